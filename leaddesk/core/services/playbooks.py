# SPDX-License-Identifier: MIT
"""Which playbook calls are held with; playbooks of past calls, for recomputing their decisions."""

from typing import TYPE_CHECKING

from leaddesk.core.errors import BugError

if TYPE_CHECKING:
    from leaddesk.core.domain.playbook import Playbook
    from leaddesk.core.services.workspace import Workspace
    from leaddesk.core.store.unit_of_work import Unit


def active(work: "Workspace") -> "Playbook":
    """Return the playbook new calls are held with: the first of those shipped with the program."""
    from leaddesk.core.formats.playbook_toml import read_playbook

    if work.active_playbook is None:
        name, text = next(iter(work.texts("playbooks", ".toml").items()))
        playbook = read_playbook(text, name)
        work.playbooks[playbook.fingerprint] = playbook
        work.playbook_texts[playbook.fingerprint] = text
        work.active_playbook = playbook
    return work.active_playbook


def of(work: "Workspace", fingerprint: str) -> "Playbook":
    """Return the playbook of that fingerprint, as it was when a call was held with it.

    Raises:
        BugError: no call was ever held with it.
    """
    if fingerprint not in work.playbooks:
        with work.store.read() as unit:
            of_unit(work, unit, fingerprint)
    return work.playbooks[fingerprint]


def of_unit(work: "Workspace", unit: "Unit", fingerprint: str) -> "Playbook":
    """Do what `of` does, inside a transaction that is open already."""
    from leaddesk.core.formats.playbook_toml import read_playbook

    known = work.playbooks.get(fingerprint)
    if known is not None:
        return known
    text = unit.playbooks.text(fingerprint)
    if text is None:
        raise BugError(f"no playbook {fingerprint} in the database")
    playbook = read_playbook(text)
    work.playbooks[fingerprint] = playbook
    return playbook


def keep(work: "Workspace", unit: "Unit", playbook: "Playbook") -> None:
    """Store the text of a playbook a call is about to pin, unless it is there already."""
    text = work.playbook_texts.get(playbook.fingerprint)
    if text is not None:
        unit.playbooks.keep(playbook.fingerprint, playbook.id, playbook.version, text)
