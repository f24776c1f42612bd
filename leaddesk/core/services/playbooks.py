# SPDX-License-Identifier: MIT
"""Which playbooks calls are held with, which views they are read in; those of past calls."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from leaddesk.core.domain.roles import Right, may
from leaddesk.core.errors import BugError, KnownError
from leaddesk.core.services.whole_file import read_whole

if TYPE_CHECKING:
    from leaddesk.core.domain.playbook import Playbook
    from leaddesk.core.services.workspace import Workspace
    from leaddesk.core.store.unit_of_work import Unit

OWN_FOLDER = "playbooks"
"""The folder of a profile in which a team's own playbooks are."""

USUAL = "bant"


def active(work: "Workspace") -> "Playbook":
    """Return the playbook new calls are held with: the newest version of the one in the settings.

    Where that one is gone, has mistakes or is no longer for calls, it is the usual one.
    """
    from leaddesk.core.domain.playbook import Use

    if work.active_playbook is None:
        sources = _sources(work, [])
        versions = _versions(sources)
        playbook = _newest(work, sources, versions.get(work.playbook_id, ()), [])
        if playbook is None or playbook.use is not Use.CALL:
            playbook = _newest(work, sources, versions[USUAL], [])
        if playbook is None:
            raise BugError(f"no playbook {USUAL} comes with the program")
        work.active_playbook = playbook
    return work.active_playbook


def offered(work: "Workspace") -> "tuple[Playbook, ...]":
    """Return the newest version of every playbook for calls, shipped or the team's own."""
    from leaddesk.core.domain.playbook import Use

    return tuple(book for book in _all_newest(work, []) if book.use is Use.CALL)


def refused(work: "Workspace") -> tuple[str, ...]:
    """Return which of the team's own playbooks cannot be used and why, a sentence each."""
    found: list[KnownError] = []
    _all_newest(work, found)
    return tuple(error.what for error in found)


def views(work: "Workspace") -> "tuple[Playbook, ...]":
    """Return the newest version of every view that a call can be read in."""
    from leaddesk.core.domain.playbook import Use

    return tuple(book for book in _all_newest(work, []) if book.use is Use.VIEW)


def offered_one(work: "Workspace", fingerprint: str) -> "Playbook":
    """Return the offered playbook of that fingerprint.

    Raises:
        KnownError: none of those offered has it.
    """
    for playbook in offered(work):
        if playbook.fingerprint == fingerprint:
            return playbook
    raise KnownError("This playbook is not offered any more.", "Choose another one.")


def choose(work: "Workspace", playbook_id: str) -> None:
    """Hold new calls with another playbook."""
    work.playbook_id = playbook_id
    work.active_playbook = None


def publish(work: "Workspace", name: str, text: str) -> "Playbook":
    """Put a playbook of the team's own into the profile, for everybody who calls from it.

    Raises:
        KnownError: who works here may not, the text has mistakes, or this version is there already
            with another content.
    """
    from leaddesk.core.formats.playbook_toml import read_playbook

    if not may(work.rep.role, Right.PUBLISH_PLAYBOOK):
        raise KnownError(
            "Only a team lead or an administrator publishes playbooks.",
            "The role is one of the settings of this profile.",
        )
    playbook = read_playbook(text, name)
    file_name = f"{playbook.id}-v{playbook.version}"
    there = _sources(work, []).get(file_name)
    if there is not None and read_playbook(there, file_name).fingerprint != playbook.fingerprint:
        raise KnownError(
            f"{file_name} is published already, and a published version never changes.",
            f"Give the file version {playbook.version + 1}.",
        )
    if there is None:
        _write(work.profile / OWN_FOLDER / f"{file_name}.toml", text)
    work.active_playbook = None
    return playbook


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


def _all_newest(work: "Workspace", problems: list[KnownError]) -> "list[Playbook]":
    """Return the newest version of every playbook; what cannot be used goes to `problems`."""
    sources = _sources(work, problems)
    found = (_newest(work, sources, names, problems) for names in _versions(sources).values())
    return [playbook for playbook in found if playbook is not None]


def _sources(work: "Workspace", problems: list[KnownError]) -> dict[str, str]:
    """Return file name -> text of all playbooks there are, the team's own behind those shipped."""
    found = dict(work.texts("playbooks", ".toml"))
    folder = work.profile / OWN_FOLDER
    if folder.is_dir():
        for path in sorted(folder.glob("*.toml")):
            try:
                found.setdefault(path.stem, read_whole(path))
            except KnownError as error:
                problems.append(error)
    return found


def _versions(names: Iterable[str]) -> dict[str, list[str]]:
    """Return playbook id -> names of the files with its versions, the newest first."""
    found: dict[str, list[tuple[int, str]]] = {}
    for name in names:
        playbook_id, _, version = name.rpartition("-v")
        if playbook_id and version.isdecimal():
            found.setdefault(playbook_id, []).append((int(version), name))
    return {one: [name for _, name in sorted(own, reverse=True)] for one, own in found.items()}


def _newest(
    work: "Workspace", sources: Mapping[str, str], names: Iterable[str], problems: list[KnownError]
) -> "Playbook | None":
    """Return the first of these playbooks that has no mistakes; None: all have some."""
    for name in names:
        try:
            return _read(work, name, sources[name])
        except KnownError as error:
            problems.append(error)
    return None


def _read(work: "Workspace", name: str, text: str) -> "Playbook":
    from leaddesk.core.formats.playbook_toml import read_playbook

    if name not in work.playbook_files:
        playbook = read_playbook(text, name)
        work.playbook_files[name] = playbook
        work.playbooks[playbook.fingerprint] = playbook
        work.playbook_texts[playbook.fingerprint] = text
    return work.playbook_files[name]


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        waiting = path.with_suffix(".new")
        waiting.write_text(text, encoding="utf-8")
        waiting.replace(path)
    except OSError as error:
        raise KnownError(
            f"The playbook could not be written to {path.parent}: {error.strerror}.",
            "Check that the folder can be written and has room.",
        ) from error
