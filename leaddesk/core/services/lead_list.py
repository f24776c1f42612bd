# SPDX-License-Identifier: MIT
"""The lists of leads: what the queue and the Leads view read."""

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from leaddesk.core.domain.stages import Status
from leaddesk.core.domain.verdict import Verdict
from leaddesk.core.services.workspace import DATABASE_NAME

if TYPE_CHECKING:
    from array import array

    from leaddesk.core.domain.lead import Lead
    from leaddesk.core.services.workspace import Workspace
    from leaddesk.core.store.list_rows import StoredRow
    from leaddesk.core.store.unit_of_work import Unit


class View(StrEnum):
    """Which leads a list holds.

    TO_CALL: no decision yet and calling is allowed. DECIDED: with a decision of ours; the three
    after it: by what was decided last.
    """

    TO_CALL = "to_call"
    DECIDED = "decided"
    PASSED = "pass"
    NURTURED = "nurture"
    DISQUALIFIED = "disqualify"
    ALL = "all"


ORDERS = (
    "priority",
    "name",
    "title",
    "company",
    "grade",
    "source",
    "employees",
    "status",
    "phone",
    "last_activity_at",
)
"""What a list can be sorted by. Leads without the value come last, whatever the direction."""


class LeadQuery(NamedTuple):
    """What a list shows and in which order.

    Attributes:
        search: Words that must all occur in name, company, e-mail or phone; empty: no search.
        order: One of `ORDERS`.
    """

    view: View = View.ALL
    search: str = ""
    order: str = "priority"
    descending: bool = True


class ListRow(NamedTuple):
    """One line of a list.

    Attributes:
        row_id: The key `find` and `rows` speak of; for this database only.
        phone: The number to call, as written.
        last_activity_at: ISO 8601, UTC; empty: never.
        decided: The last decision, empty without one.
        note: Why the lead is here, in a few words: "new", "call in progress", "nurture".
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


class Counts(NamedTuple):
    """How many leads each view holds."""

    to_call: int
    decided: int
    all: int


class FirstScreen(NamedTuple):
    """What the window shows before the database is opened in full.

    Attributes:
        rows: The first 50 of `View.TO_CALL` in its usual order.
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


def first_screen(profile: Path) -> FirstScreen | None:
    """Return the first screen of a profile, read without its lock in a few milliseconds.

    None where there is nothing to read as it stands (no database yet, one that needs migrating,
    a damaged one): opening the workspace then deals with it.
    """
    from leaddesk.core.store.first_screen import read_first_screen

    found = read_first_screen(profile / DATABASE_NAME)
    if found is None:
        return None
    return FirstScreen(
        tuple(_list_row(row, found.open_lead_id) for row in found.rows), Counts(*found.counts)
    )


def find(work: "Workspace", query: LeadQuery) -> "array[int]":
    """Return the row ids (type `q`) of all leads a query finds, in its order."""
    with work.store.read() as unit:
        return find_in(unit, query)


def find_in(unit: "Unit", query: LeadQuery) -> "array[int]":
    """Do what `find` does, inside a transaction that is open already."""
    return unit.lead_list.find(query.view, query.search, query.order, descending=query.descending)


def rows(work: "Workspace", row_ids: Sequence[int]) -> list[ListRow]:
    """Return the lines of these leads, in the order given; ids that are gone are left out."""
    with work.store.read() as unit:
        open_call = unit.calls.open()
        open_lead_id = open_call.call.lead_id if open_call else ""
        return [_list_row(row, open_lead_id) for row in unit.lead_list.rows(row_ids)]


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


def _list_row(row: "StoredRow", open_lead_id: str) -> ListRow:
    note = STATUS_NOTES[Status(row.status)]
    if row.lead_id == open_lead_id:
        note = "call in progress"
    elif row.suppressed or row.do_not_call:
        note = "do not call"
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
    )
