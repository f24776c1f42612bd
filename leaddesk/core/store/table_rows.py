# SPDX-License-Identifier: MIT
"""The columns of the table of leads: everything a person may choose to see there."""

from typing import NamedTuple

from leaddesk.core.store.list_rows import PHONE


class TableRow(NamedTuple):
    """One lead as the table shows it; the names are columns of `leads`, but for `phone`.

    Times are ISO 8601 in UTC, tags a JSON list; what is not known is '' or None.
    """

    row_id: int
    lead_id: str
    grade: str
    name: str
    title: str
    company: str
    email: str
    phone: str
    industry: str
    employees: int | None
    revenue: int | None
    currency: str
    city: str
    state: str
    country: str
    source: str
    stage: str
    status: str
    owner: str
    tags: str
    decided: str
    engagement: int
    fit: int | None
    created_at: str | None
    last_activity_at: str | None


_SELECTED = (PHONE if name == "phone" else name for name in TableRow._fields)
TABLE_SELECT = f"SELECT {', '.join(_SELECTED)} FROM leads"  # noqa: S608 - constants
"""The fields of `TableRow`, in their order."""
