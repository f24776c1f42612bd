# SPDX-License-Identifier: MIT
"""What the Call view asks of the services, as jobs for the database thread."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from leaddesk.core.domain.call import CallSession
from leaddesk.core.domain.lead import Lead
from leaddesk.core.domain.playbook import Playbook
from leaddesk.core.services import calls, lead_page, playbooks
from leaddesk.ui.presenters.desk import Desk

if TYPE_CHECKING:
    from leaddesk.core.services.changes import Changes
    from leaddesk.core.services.lead_page import LeadPage
    from leaddesk.core.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class OpenedCall:
    """A call with all that the view needs of it."""

    session: CallSession
    playbook: Playbook
    lead: Lead


def start_call(work: "Workspace", lead_id: str) -> "tuple[OpenedCall, Changes]":
    """Begin a call with a lead, or go on with its open one."""
    session, changes = calls.start_call(work, lead_id)
    return _opened(work, session), changes


def open_call(work: "Workspace") -> OpenedCall | None:
    """Return the call that was left open, if any."""
    session = calls.open_call(work)
    return None if session is None else _opened(work, session)


def _read_lead(work: "Workspace", lead_id: str) -> "tuple[LeadPage, Playbook]":
    """Return a lead with its history, and the playbook a call would be held with."""
    return lead_page.page_of(work, lead_id), playbooks.active(work)


class LeadReader:
    """Reads leads one at a time; of those asked for meanwhile only the last is read."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._wanted = ""
        self._reading = False

    def read(
        self,
        lead_id: str,
        done: "Callable[[tuple[LeadPage, Playbook]], None]",
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

        def came(found: "tuple[LeadPage, Playbook]") -> None:
            if not again():
                done(found)

        def broke(error: Exception) -> None:
            if not again():
                failed(error)

        self._reading = True
        self._desk.run(partial(_read_lead, lead_id=lead_id), came, broke)


def _opened(work: "Workspace", session: CallSession) -> OpenedCall:
    playbook = playbooks.of(work, session.call.playbook_fingerprint)
    return OpenedCall(session, playbook, lead_page.page_of(work, session.call.lead_id).lead)
