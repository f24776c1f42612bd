# SPDX-License-Identifier: MIT
"""The columns of a list row, shared by the full store and by the first screen. No SQLAlchemy."""

from typing import NamedTuple


class StoredRow(NamedTuple):
    """One lead as a list shows it; the names are columns of `leads`, but for `phone`."""

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
    held: int
    place: str
    due: int
    due_at: str
    due_for: str
    attempts: int
    engagement: int
    stage: str
    reserved_by: str
    reserved_until: str


PHONE = "coalesce(nullif(phone, ''), nullif(mobile, ''), phone_2)"
"""The number to call: the first that is known."""

LIST_SELECT = (
    "SELECT row_id, lead_id, name, title, company, grade, source, employees, status,"  # noqa: S608 - constants
    f" {PHONE}, coalesce(last_activity_at, ''), decided, held, place, due,"
    " due_at, due_for, attempts, engagement, stage, reserved_by, reserved_until FROM leads"
)
"""The fields of `StoredRow`, in their order."""

TO_CALL = "held = 0 AND due IN (1, 2, 3, 5, 6)"
"""No decision yet that holds, and nobody asked not to be called; `domain.queue.Due` but nurture."""

COUNTS_SELECT = (
    f"SELECT (SELECT coalesce(sum(number), 0) FROM queue_counts WHERE {TO_CALL}),"  # noqa: S608 - constants
    " (SELECT count(*) FROM leads WHERE decided <> ''),"
    " (SELECT coalesce(sum(number), 0) FROM queue_counts)"
    " - (SELECT count(*) FROM leads WHERE merged_into <> '')"
)
"""To call, decided, all: kept by triggers, the decided counted in an index."""

OPEN_CALL_LEAD = "SELECT lead_id FROM calls WHERE ended_at IS NULL ORDER BY started_at DESC LIMIT 1"
