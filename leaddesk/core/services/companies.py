# SPDX-License-Identifier: MIT
"""All contacts of a company, and what a decision on one of them does to the others.

Others are closed or held by a move of the company, with the cause in their history and no decision:
nobody talked to them. It can be taken back as long as nothing else happened with them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from leaddesk.core.domain.events import Event, EventKind
from leaddesk.core.domain.lead_state import LeadState, changed, restored
from leaddesk.core.domain.queue import Due
from leaddesk.core.domain.stages import OPEN_STATUSES, Status
from leaddesk.core.errors import KnownError
from leaddesk.core.services import calling
from leaddesk.core.services.changes import Changes

if TYPE_CHECKING:
    from leaddesk.core.domain.call import Call
    from leaddesk.core.domain.decision import Decision
    from leaddesk.core.domain.lead import Lead
    from leaddesk.core.services.workspace import Workspace
    from leaddesk.core.store.unit_of_work import Unit

MOST = 60
"""Contacts that are shown of a company."""

HOLD_DAYS = 30
CLOSED, HELD = "closed", "held"
_WAITING = (*OPEN_STATUSES, Status.NURTURING, Status.EXHAUSTED)


@dataclass(frozen=True, slots=True)
class Contact:
    """One person of a company.

    Attributes:
        last: The last call that ended; None: there was none.
        decision: That stands; None: there is none.
        is_open: It still waits for a call, so that a company's move can close or hold it.
    """

    lead: "Lead"
    state: LeadState
    last: "Call | None"
    decision: "Decision | None"
    is_open: bool


@dataclass(frozen=True, slots=True)
class Company:
    """The contacts of a company.

    Attributes:
        lead: Whose page it was opened from.
        contacts: With that lead, the oldest first.
        named: (lead id, words) of who named whom: "named by Ada Berg".
    """

    name: str
    lead: "Lead"
    contacts: tuple[Contact, ...]
    named: tuple[tuple[str, str], ...]

    @property
    def others(self) -> tuple[Contact, ...]:
        """Contacts but the lead itself that are open."""
        mine = self.lead.lead_id
        return tuple(one for one in self.contacts if one.is_open and one.lead.lead_id != mine)


@dataclass(frozen=True, slots=True)
class CompanyMove:
    """What was done to the others of a company, to be taken back.

    Attributes:
        words: For people: "3 others closed".
    """

    move_id: str
    lead_ids: tuple[str, ...]
    words: str


def of_company(unit: "Unit", lead: "Lead") -> "list[Lead]":
    """Return the leads of the company of a lead, it among them, at most `MOST`."""
    return [lead, *unit.companies.others(lead, MOST - 1)]


def page_of(work: "Workspace", lead_id: str) -> Company:
    """Return the company of a lead with all its contacts.

    Raises:
        KnownError: there is no such lead.
    """
    with work.store.read() as unit:
        lead = calling.lead_of(unit, lead_id)
        leads = of_company(unit, lead)
        contacts = tuple(_contact(unit, one) for one in leads)
        names = {one.lead_id: one.name for one in leads}
        named = tuple(
            (one.lead_id, words) for one in leads for words in named_words(unit, one.lead_id, names)
        )
    name = lead.company or next((one.company for one in leads if one.company), "")
    return Company(name, lead, contacts, named)


def named_words(unit: "Unit", lead_id: str, names: dict[str, str] | None = None) -> list[str]:
    """Return who named a lead, and whom it named, in words."""
    known = names or {}

    def name(other_id: str) -> str:
        other = None if other_id in known else unit.leads.get(other_id)
        return known.get(other_id) or (other.name if other is not None else other_id)

    return [
        f"named by {name(one.from_id)}" if one.lead_id == lead_id else f"named {name(one.lead_id)}"
        for one in unit.referrals.of_lead(lead_id)
        if one.lead_id != one.from_id
    ]


def close_others(work: "Workspace", lead_id: str) -> tuple[CompanyMove, Changes]:
    """Close the open contacts of a lead's company but the lead itself.

    Raises:
        KnownError: there is none, or the lead is gone.
    """

    def closed(state: LeadState) -> LeadState:
        return replace(state, status=Status.DISQUALIFIED, due=Due.NONE, due_at=None, due_for="")

    return _move_others(work, lead_id, CLOSED, closed)


def hold_others(
    work: "Workspace", lead_id: str, days: int = HOLD_DAYS
) -> tuple[CompanyMove, Changes]:
    """Let the open contacts of a lead's company wait; what was promised to one is kept.

    Raises:
        KnownError: there is none, or the lead is gone.
    """
    until = work.clock() + timedelta(days=days)

    def held(state: LeadState) -> LeadState:
        if state.due is Due.CALLBACK or (state.due_at is not None and state.due_at >= until):
            return state
        return replace(state, due_at=until)

    return _move_others(work, lead_id, HELD, held, until)


def undo(work: "Workspace", move: CompanyMove) -> tuple[int, Changes]:
    """Take back what was done to the others of a company; return how many are as they were.

    Raises:
        KnownError: something else happened with all of them since.
    """
    back = []
    with work.store.begin() as unit:
        for lead_id in move.lead_ids:
            moves = unit.events.of_lead(lead_id, (EventKind.MOVED,))
            if not moves or moves[-1].detail.get("cause") != move.move_id:
                continue  # it went on since
            state = unit.leads.state(lead_id)
            before = {name: old for name, (old, _) in moves[-1].changes.items()}
            _move(work, unit, lead_id, state, restored(state, before), f"undo {move.move_id}")
            back.append(lead_id)
        if not back:
            raise KnownError("Something else happened with all of them since.", "Change them.")
    return len(back), Changes(leads=frozenset(back), queue=True)


def _move_others(
    work: "Workspace",
    lead_id: str,
    what: str,
    moved: Callable[[LeadState], LeadState],
    until: datetime | None = None,
) -> tuple[CompanyMove, Changes]:
    move_id = work.ids.new("G")
    done: list[str] = []
    with work.store.begin() as unit:
        lead = calling.lead_of(unit, lead_id)
        for contact in (_contact(unit, one) for one in of_company(unit, lead)[1:]):
            after = moved(contact.state)
            if contact.is_open and after != contact.state:
                detail = {"company": what, "name": lead.name, "lead": lead.lead_id}
                if until is not None:
                    detail["until"] = until.isoformat()
                other_id = contact.lead.lead_id
                _move(work, unit, other_id, contact.state, after, move_id, detail)
                done.append(other_id)
    if not done:
        raise KnownError(f"Nobody else of this company can be {what}.", "Esc shows the leads.")
    many = "other" if len(done) == 1 else "others"
    words = f"{len(done)} {many} {what}"
    changes = Changes(leads=frozenset(done), queue=True)
    return CompanyMove(move_id, tuple(done), words), changes


def _move(  # noqa: PLR0913, PLR0917 - before and after, of what and why
    work: "Workspace",
    unit: "Unit",
    lead_id: str,
    before: LeadState,
    after: LeadState,
    cause: str,
    detail: dict[str, str] | None = None,
) -> None:
    unit.leads.set_state(lead_id, after)
    event = Event(
        work.ids.new("E"),
        lead_id,
        work.clock(),
        EventKind.MOVED,
        work.rep.name,
        detail={"cause": cause, **(detail or {})},
        changes=changed(before, after),
    )
    unit.events.add([event])


def _contact(unit: "Unit", lead: "Lead") -> Contact:
    state = unit.leads.state(lead.lead_id)
    calls: Sequence[Call] = unit.calls.of_lead(lead.lead_id)
    ended = [call for call in calls if call.ended_at is not None]
    standing = unit.decisions.standing_of_lead(lead.lead_id)
    is_open = state.status in _WAITING and not state.suppressed and len(ended) == len(calls)
    return Contact(
        lead, state, ended[-1] if ended else None, standing[-1] if standing else None, is_open
    )
