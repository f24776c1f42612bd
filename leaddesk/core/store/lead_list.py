# SPDX-License-Identifier: MIT
"""Lists of leads: all row ids in order once, then any few rows by id. Never pages by OFFSET."""

from array import array
from collections.abc import Sequence

from sqlalchemy import Connection

from leaddesk.core.errors import BugError
from leaddesk.core.store.list_rows import (
    COUNTS_SELECT,
    LIST_SELECT,
    PHONE,
    TO_CALL,
    StoredRow,
)
from leaddesk.core.store.merges import NOT_MERGED, visible_id
from leaddesk.core.store.search import ESCAPE, patterns

_VIEWS = {
    "to_call": TO_CALL,
    "decided": "decided <> ''",
    "pass": "decided = 'pass'",
    "nurture": "decided = 'nurture'",
    "disqualify": "decided = 'disqualify'",
    "all": NOT_MERGED,
}
_ORDERS = {
    "priority": "priority",
    "name": "search_text",
    "title": "title COLLATE NOCASE",
    "company": "company COLLATE NOCASE",
    "grade": "grade",
    "source": "source COLLATE NOCASE",
    "employees": "employees",
    "status": "status",
    "phone": PHONE,
    "last_activity_at": "last_activity_at",
}


class LeadList:
    """Ordered views of the table `leads`, inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(
        self, view: str, search: str, order: str, *, descending: bool, most: int = 0
    ) -> "array[int]":
        """Return row ids in order; leads without the value sorted by come last.

        Args:
            view: A key of `_VIEWS`.
            search: Words that must all occur; empty: no search.
            order: A key of `_ORDERS`.
            descending: The largest first.
            most: At most so many; 0: all.
        """
        if view not in _VIEWS or order not in _ORDERS:
            raise BugError(f"no view {view!r} or no order {order!r}")
        words = patterns(search)
        conditions = [_VIEWS[view], *[f"search_text LIKE ? ESCAPE '{ESCAPE}'"] * len(words)]
        rows = self._connection.exec_driver_sql(
            f"SELECT row_id FROM leads WHERE {' AND '.join(conditions)}"  # noqa: S608 - words are bound
            f" ORDER BY {_order_by(order, descending=descending)} LIMIT ?",
            (*words, most or -1),
        )
        return array("q", rows.scalars())

    def rows(self, row_ids: Sequence[int]) -> list[StoredRow]:
        """Return the rows of these ids, in their order; ids that are gone are left out."""
        marks = ", ".join("?" * len(row_ids))
        found = self._connection.exec_driver_sql(
            f"{LIST_SELECT} WHERE row_id IN ({marks}) AND merged_into = ''",
            tuple(row_ids),
        )
        by_id = {row[0]: StoredRow._make(row) for row in found}
        return [by_id[row_id] for row_id in row_ids if row_id in by_id]

    def row_id(self, lead_id: str) -> int | None:
        """Return the row id of a lead, or of the one it was merged into; None: no such lead."""
        found = self._connection.exec_driver_sql(
            "SELECT row_id FROM leads WHERE lead_id = ?", (visible_id(self._connection, lead_id),)
        )
        row_id: int | None = found.scalar()
        return row_id

    def counts(self) -> tuple[int, int, int]:
        """Return how many leads there are to call, decided, and at all."""
        to_call, decided, every = self._connection.exec_driver_sql(COUNTS_SELECT).one()
        return to_call, decided, every

    def decision_counts(self) -> dict[str, int]:
        """Return decision -> number of leads with it, counted in an index."""
        found = self._connection.exec_driver_sql(
            "SELECT decided, count(*) AS number FROM leads WHERE decided <> '' GROUP BY decided"
        )
        return {row.decided: row.number for row in found}


def _order_by(order: str, *, descending: bool) -> str:
    if order == "priority" and descending:
        return "priority DESC, row_id"
    column = _ORDERS[order]
    direction = "DESC" if descending else "ASC"
    return f"coalesce({column}, '') = '', {column} {direction}, row_id"
