# SPDX-License-Identifier: MIT
"""What the Call view asks of the services, as jobs for the database thread."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from leaddesk.core.domain import script
from leaddesk.core.domain.call import Answer
from leaddesk.core.domain.call_session import CallSession
from leaddesk.core.domain.lead import Lead
from leaddesk.core.domain.playbook import Playbook
from leaddesk.core.services import calling, calls, lead_page, playbooks, re_entry
from leaddesk.ui.presenters.desk import Desk

if TYPE_CHECKING:
    from leaddesk.core.services.calling import CallPermission
    from leaddesk.core.services.changes import Changes
    from leaddesk.core.services.lead_page import LeadPage
    from leaddesk.core.services.re_entry import LastTime
    from leaddesk.core.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class OpenedCall:
    """A call with all that the view needs of it.

    Attributes:
        local: "13:42 in Chicago"; empty where it is not known.
        number: The number that is called, as written.
        rep_fields: What `rep.*` stands for in the script.
        is_silent: The score is shown at the end only.
        zone: The clock of the lead; None: not known.
        is_rehearsal: With a simulated prospect; nothing of it is written down.
    """

    session: CallSession
    playbook: Playbook
    lead: Lead
    local: str = ""
    number: str = ""
    attempts: int = 0
    rep_fields: Mapping[str, str] = field(default_factory=dict)
    is_silent: bool = False
    zone: tzinfo | None = None
    is_rehearsal: bool = False


@dataclass(frozen=True, slots=True)
class ChosenLead:
    """A lead that may be called next, with everything known of it.

    Attributes:
        is_silent: The score is shown at the end of a call only, so not before it either.
        last_time: What it was sent to wait with; None: it was not.
    """

    page: "LeadPage"
    permission: "CallPermission"
    playbook: Playbook
    session: CallSession
    is_silent: bool
    last_time: "LastTime | None" = None


class Heard(NamedTuple):
    """Everything that was said to a lead.

    Attributes:
        facts: In the order they were recorded.
        books: Fingerprint -> playbook of the facts.
    """

    facts: Sequence[Answer]
    books: Mapping[str, Playbook]


def start_call(work: "Workspace", lead_id: str, override: str = "") -> "tuple[OpenedCall, Changes]":
    """Begin a call with a lead, or go on with its open one."""
    session, changes = calls.start_call(work, lead_id, override=override)
    return opened(work, session), changes


def open_call(work: "Workspace") -> OpenedCall | None:
    """Return the call that was left open, if any."""
    session = calls.open_call(work)
    return None if session is None else opened(work, session)


def switched(work: "Workspace", call_id: str, fingerprint: str) -> "tuple[OpenedCall, Changes]":
    """Go on with another playbook."""
    session, changes = calls.switch_playbook(work, call_id, fingerprint)
    return opened(work, session), changes


def heard(work: "Workspace", lead_id: str) -> Heard:
    """Return everything that was said to a lead, on this call and on others."""
    with work.store.read() as unit:
        return Heard(*calls.facts_in(work, unit, lead_id))


def read_lead(work: "Workspace", lead_id: str) -> ChosenLead:
    """Return a lead with its history, whether it may be called, and how a call would begin."""
    playbook = playbooks.active(work)
    session = calls.preview(work, lead_id)
    return ChosenLead(
        lead_page.page_of(work, lead_id),
        calling.permission(work, lead_id),
        playbook,
        session,
        work.is_silent,
        re_entry.last_time(work, session),
    )


class LeadReader:
    """Reads leads one at a time; of those asked for meanwhile only the last is read."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._wanted = ""
        self._reading = False

    def read(
        self,
        lead_id: str,
        done: Callable[[ChosenLead], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Read a lead and hand it to `done`, unless another one is asked for before."""
        self._wanted = lead_id
        if self._reading:
            return

        def again() -> bool:
            self._reading = False
            if self._wanted != lead_id:
                self.read(self._wanted, done, failed)
            return self._wanted != lead_id

        def came(found: ChosenLead) -> None:
            if not again():
                done(found)

        def broke(error: Exception) -> None:
            if not again():
                failed(error)

        self._reading = True
        self._desk.run(partial(read_lead, lead_id=lead_id), came, broke)


def opened(work: "Workspace", session: CallSession) -> OpenedCall:
    """Return a call with all that the view needs of it."""
    lead_id = session.call.lead_id
    permission = calling.permission(work, lead_id)
    playbook = playbooks.of(work, session.call.playbook_fingerprint)
    lead = _lead(work, lead_id)
    return OpenedCall(
        session,
        playbook,
        lead,
        permission.local,
        permission.number,
        permission.attempts,
        rep_fields(work),
        work.is_silent,
        permission.hours.local[0].at.tzinfo if permission.hours.local else None,
    )


def rep_fields(work: "Workspace") -> dict[str, str]:
    """Return what `rep.*` stands for in the script, where it is known."""
    return script.rep_fields(work.rep)


def _lead(work: "Workspace", lead_id: str) -> Lead:
    with work.store.read() as unit:
        return calling.lead_of(unit, lead_id)
