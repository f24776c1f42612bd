# SPDX-License-Identifier: MIT
"""The lists of leads: what the queue and the Leads view read."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from leaddesk.core.domain.calling_windows import zone_named
from leaddesk.core.domain.lead_query import LeadQuery
from leaddesk.core.domain.queue import Due, LineFacts, QueueItem, why
from leaddesk.core.domain.stages import Stage, Status
from leaddesk.core.domain.verdict import Verdict
from leaddesk.core.services import calling
from leaddesk.core.store.times import from_text_or_none, to_text

if TYPE_CHECKING:
    from array import array

    from leaddesk.core.domain.lead import Lead
    from leaddesk.core.services.calling import CallingDesk
    from leaddesk.core.services.workspace import Workspace
    from leaddesk.core.store.list_rows import StoredRow
    from leaddesk.core.store.table_rows import TableRow
    from leaddesk.core.store.unit_of_work import Unit


class ListRow(NamedTuple):
    """One line of a list.

    Attributes:
        row_id: The key `find` and `rows` speak of; for this database only.
        phone: The number to call, as written.
        last_activity_at: ISO 8601, UTC; empty: never.
        decided: The last decision, empty without one.
        note: Why the lead is here, in a few words: "new", "call in progress", "callback 14:30".
        is_urgent: Somebody is waiting for the call.
    """

    row_id: int
    lead_id: str
    name: str
    title: str
    company: str
    grade: str
    source: str
    employees: int | None
    status: str
    phone: str
    last_activity_at: str
    decided: str
    note: str
    is_urgent: bool = False


class Counts(NamedTuple):
    """How many leads each view holds."""

    to_call: int
    decided: int
    all: int


class FirstScreen(NamedTuple):
    """What the window shows before the database is opened in full.

    Attributes:
        rows: The first leads of the queue, in its order.
    """

    rows: tuple[ListRow, ...]
    counts: Counts


STATUS_NOTES = {
    Status.NEW: "new",
    Status.ATTEMPTING: "not reached yet",
    Status.IN_CONVERSATION: "talked, not decided",
    Status.NURTURING: "nurture",
    Status.PASSED: "passed to sales",
    Status.ACCEPTED: "accepted by sales",
    Status.RETURNED: "returned by sales",
    Status.DISQUALIFIED: "disqualified",
    Status.EXHAUSTED: "never reached",
    Status.SUPPRESSED: "do not contact",
}


def find(work: "Workspace", query: LeadQuery) -> "array[int]":
    """Return the row ids (type `q`) of all leads a query finds, in its order."""
    with work.store.read() as unit:
        return find_in(unit, query, work.clock())


def find_in(unit: "Unit", query: LeadQuery, now: datetime | None = None) -> "array[int]":
    """Do what `find` does, inside a transaction that is open already.

    `now` is needed where a condition counts days.
    """
    return unit.lead_list.find(query, now)


def count(work: "Workspace", query: LeadQuery, most: int) -> int:
    """Return how many leads a query finds; `most` where it is that many or more."""
    with work.store.read() as unit:
        return unit.lead_list.count(query, most, work.clock())


def make_ready(work: "Workspace", order: str) -> bool:
    """See to it that a large list can be sorted so at once; return whether that took work.

    A million leads take a second or two, once for each order (docs/adr/0018). The first rows are
    found without it in a fraction of that.
    """
    with work.store.read() as unit:
        if unit.lead_list.is_prepared(order):
            return False
    with work.store.begin() as unit:
        return unit.lead_list.prepare(order)


def table_rows(work: "Workspace", row_ids: Sequence[int]) -> "list[TableRow]":
    """Return what the table shows of these leads, in the order given; those gone are left out."""
    with work.store.read() as unit:
        return unit.lead_list.table_rows(row_ids)


def rows(work: "Workspace", row_ids: Sequence[int]) -> list[ListRow]:
    """Return the lines of these leads, in the order given; ids that are gone are left out."""
    with work.store.read() as unit:
        open_call = unit.calls.open()
        open_lead_id = open_call.call.lead_id if open_call else ""
        noter = Noter(work)
        return [noter.line(row, open_lead_id) for row in unit.lead_list.rows(row_ids)]


def row_id_of(work: "Workspace", lead_id: str) -> int | None:
    """Return the row id of a lead, None where there is no such lead."""
    with work.store.read() as unit:
        return unit.lead_list.row_id(lead_id)


def leads(work: "Workspace", row_ids: Sequence[int]) -> "list[Lead]":
    """Return these leads with all their fields, in the order given."""
    with work.store.read() as unit:
        return [lead for lead, _ in unit.leads.by_row_ids(row_ids)]


def counts(work: "Workspace") -> Counts:
    """Return how many leads each view holds."""
    with work.store.read() as unit:
        return Counts(*unit.lead_list.counts())


def decision_counts(work: "Workspace") -> dict[Verdict, int]:
    """Return how many leads each decision holds; decisions nobody took are left out."""
    with work.store.read() as unit:
        found = unit.lead_list.decision_counts()
    return {Verdict(decided): number for decided, number in found.items()}


class Noter:
    """Says of leads why they are where they are in the queue, at one moment."""

    def __init__(self, work: "CallingDesk") -> None:
        self._work = work
        self._now = work.clock()
        self._rules = calling.rules(work)
        self._today = self._now.astimezone().date()
        self._clocks: dict[str, str] = {}

    def line(self, row: "StoredRow", open_lead_id: str) -> ListRow:
        """Return one line of a list."""
        note, is_urgent = self._note(row, open_lead_id)
        return ListRow(
            row.row_id,
            row.lead_id,
            row.name,
            row.title,
            row.company,
            row.grade,
            row.source,
            row.employees,
            row.status,
            row.phone,
            row.last_activity_at,
            row.decided,
            note,
            is_urgent,
        )

    def _note(self, row: "StoredRow", open_lead_id: str) -> tuple[str, bool]:
        if row.lead_id == open_lead_id:
            return "call in progress", False
        if row.held:
            return "do not call", False
        taken = row.reserved_until and row.reserved_until > to_text(self._now)
        if taken and row.reserved_by != self._work.rep.name:
            return f"with {row.reserved_by or 'somebody else'}", False
        due = Due(row.due)
        if due is Due.NONE:
            return STATUS_NOTES[Status(row.status)], False
        item = QueueItem(due, from_text_or_none(row.due_at or None), 0, row.row_id, row.due_for)
        facts = LineFacts(
            row.attempts,
            self._rules.attempts.cap,
            bool(row.grade),
            row.stage == Stage.MQL,
            self._local_clock(row.place) if due is Due.FRESH else "",
        )
        found = why(item, facts, self._now, self._rules.clocks, self._clock_text)
        return found.text or STATUS_NOTES[Status(row.status)], found.urgent

    def _local_clock(self, place: str) -> str:
        """Return what the clock shows there, where it differs from the one here."""
        if place not in self._clocks:
            zones = calling.whereabouts(self._work, place).zones
            zone = zone_named(zones[0]) if len(zones) == 1 else None
            there, here = self._now.astimezone(zone), self._now.astimezone()
            differs = zone is not None and there.utcoffset() != here.utcoffset()
            self._clocks[place] = f"{there:%H:%M} there" if differs else ""
        return self._clocks[place]

    def _clock_text(self, at: datetime) -> str:
        local = at.astimezone()
        if local.date() == self._today:
            return f"{local:%H:%M}"
        return f"{local.day} {local:%b}"
