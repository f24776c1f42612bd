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
    do_not_call: int
    suppressed: int


PHONE = "coalesce(nullif(phone, ''), nullif(mobile, ''), phone_2)"
"""The number to call: the first that is known."""

LIST_SELECT = (
    "SELECT row_id, lead_id, name, title, company, grade, source, employees, status,"  # noqa: S608 - constants
    f" {PHONE}, coalesce(last_activity_at, ''), decided, do_not_call, suppressed FROM leads"
)
"""The fields of `StoredRow`, in their order."""

QUEUE_CONDITION = "to_call = 1"
QUEUE_ORDER = "priority DESC, row_id"

COUNTS_SELECT = (
    f"SELECT (SELECT count(*) FROM leads WHERE {QUEUE_CONDITION}),"  # noqa: S608 - constants
    " (SELECT count(*) FROM leads WHERE decided <> ''), (SELECT count(*) FROM leads)"
)
"""To call, decided, all: each counted in an index."""

OPEN_CALL_LEAD = "SELECT lead_id FROM calls WHERE ended_at IS NULL ORDER BY started_at DESC LIMIT 1"
