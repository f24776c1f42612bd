# SPDX-License-Identifier: MIT
"""Lists of leads: all row ids in order once, then any few rows by id. Never pages by OFFSET.

The first rows of a list come before all of it, by another way (`store.first_rows`).
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection

from leaddesk.core.domain.lead_query import LeadQuery, View
from leaddesk.core.errors import BugError
from leaddesk.core.store import first_rows as firsts
from leaddesk.core.store import sorting
from leaddesk.core.store.conditions import NOBODY, NOT_MERGED, Clause, sought
from leaddesk.core.store.list_rows import COUNTS_SELECT, LIST_SELECT, StoredRow
from leaddesk.core.store.merges import visible_id
from leaddesk.core.store.table_rows import TABLE_SELECT, TableRow

if TYPE_CHECKING:
    from array import array


class LeadList:
    """Ordered lists over the table `leads`, inside one transaction."""

    def __init__(self, connection: Connection, sample: firsts.Sample) -> None:
        self._connection = connection
        self._sample = sample
        self._bare: Any = connection.connection.dbapi_connection

    def find(self, query: LeadQuery, now: datetime | None = None) -> "array[int]":
        """Return the row ids a query finds, in its order; leads without the value come last.

        Args:
            query: What is sought; `most` of it are returned, or all.
            now: The present moment, for conditions that count days from it.
        """
        order = _order(query)
        if query.most:
            return self._first(query, order, now)
        # All of an index in its order is quick; met in another order, each lead is sought apart.
        indexed = query.is_whole_list and sorting.has_index(self._bare, query.order)
        return self._all(order, sought(query, now), descending=query.descending, indexed=indexed)

    def count(self, query: LeadQuery, most: int, now: datetime | None = None) -> int:
        """Return how many leads a query finds; `most` where it is that many or more."""
        clause = sought(query, now)
        found = self._bare.execute(
            f"SELECT count(*) FROM (SELECT 1 FROM leads WHERE {clause.sql}"  # noqa: S608 - values are bound
            f" AND {NOT_MERGED} LIMIT ?)",
            (*clause.values, most),
        )
        return int(found.fetchone()[0])

    def prepare(self, order: str) -> bool:
        """Make the index of an order where the list is large; return whether it was made."""
        _, _, every = self.counts()
        return every >= sorting.LARGE and sorting.ensure_index(self._bare, order)

    def is_prepared(self, order: str) -> bool:
        """Return whether a list can be sorted so at once."""
        _, _, every = self.counts()
        return every < sorting.LARGE or sorting.has_index(self._bare, order)

    def drop_prepared(self) -> None:
        """Forget what `prepare` made; before very many leads come in."""
        sorting.drop_indices(self._bare)

    def rows(self, row_ids: Sequence[int]) -> list[StoredRow]:
        """Return the rows of these ids, in their order; ids that are gone are left out."""
        return [StoredRow._make(row) for row in self._by_id(LIST_SELECT, row_ids)]

    def table_rows(self, row_ids: Sequence[int]) -> list[TableRow]:
        """Return rows with all that the table of leads can show, as `rows` does."""
        return [TableRow._make(row) for row in self._by_id(TABLE_SELECT, row_ids)]

    def row_id(self, lead_id: str) -> int | None:
        """Return the row id of a lead, or of the one it was merged into; None: no such lead."""
        found = self._bare.execute(
            "SELECT row_id FROM leads WHERE lead_id = ?", (visible_id(self._connection, lead_id),)
        )
        row = found.fetchone()
        return row[0] if row else None

    def counts(self) -> tuple[int, int, int]:
        """Return how many leads there are to call, decided, and at all."""
        to_call, decided, every = self._bare.execute(COUNTS_SELECT).fetchone()
        return to_call, decided, every

    def decision_counts(self) -> dict[str, int]:
        """Return decision -> number of leads with it, counted in an index."""
        found = self._bare.execute(
            f"SELECT decided, count(*) FROM leads WHERE decided <> '' AND {NOT_MERGED}"  # noqa: S608 - constants
            " GROUP BY decided"
        )
        return dict(found.fetchall())

    def _first(self, query: LeadQuery, order: sorting.Order, now: datetime | None) -> "array[int]":
        """Return the first rows of a list, whichever way is the quickest."""
        whole = query.is_whole_list
        indexed = sorting.has_index(self._bare, query.order)
        clause = sought(query, now)
        if indexed and not whole and clause != NOBODY:
            found = firsts.first_rows(self._bare, self._sample, query, order, now)
            if found is not None:
                return found
        return self._all(
            order,
            clause,
            descending=query.descending,
            indexed=indexed and whole,
            most=query.most,
        )

    def _all(
        self,
        order: sorting.Order,
        clause: Clause,
        *,
        descending: bool,
        indexed: bool,
        most: int = 0,
    ) -> "array[int]":
        """Return all leads of a list, those without the value behind the others."""
        where = f"SELECT row_id FROM leads WHERE {clause.sql} AND {NOT_MERGED}"  # noqa: S608 - values are bound
        by = sorting.order_by(order, descending=descending, indexed=indexed)
        known = f" AND {order.known}" if order.known else ""
        limit = (most or -1,)
        found = firsts.ids_of(
            self._bare.execute(f"{where}{known} ORDER BY {by} LIMIT ?", clause.values + limit)
        )
        if order.known and len(found) != (most or self.counts()[2]):
            rest = (most - len(found) if most else -1,)
            ties = sorting.ties(order, descending=descending)
            unknown = f"{where} AND NOT coalesce({order.known}, 0) ORDER BY row_id {ties} LIMIT ?"
            found.extend(firsts.ids_of(self._bare.execute(unknown, clause.values + rest)))
        return found

    def _by_id(self, select: str, row_ids: Sequence[int]) -> Iterable[tuple[Any, ...]]:
        marks = ", ".join("?" * len(row_ids))
        found = self._bare.execute(f"{select} WHERE row_id IN ({marks})", tuple(row_ids))
        by_id = {row[0]: row for row in found}
        return [by_id[row_id] for row_id in row_ids if row_id in by_id]


def _order(query: LeadQuery) -> sorting.Order:
    if query.order not in sorting.ORDERS or query.view not in set(View):
        raise BugError(f"no view {query.view!r} or no order {query.order!r}")
    return sorting.ORDERS[query.order]
