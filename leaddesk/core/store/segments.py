# SPDX-License-Identifier: MIT
"""Segments saved by people, and counts over all leads, some thousands at a time."""

import json
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from leaddesk.core.domain.lead_query import LeadQuery, Segment, from_json, to_json
from leaddesk.core.store.conditions import NOT_MERGED, tested
from leaddesk.core.store.schema_lists import segments
from leaddesk.core.store.times import to_text


class Segments:
    """The table `segments`, inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> list[Segment]:
        """Return all segments by name."""
        rows = self._connection.execute(select(segments)).all()
        return sorted(map(_segment, rows), key=lambda one: one.name.casefold())

    def named(self, name_or_id: str) -> Segment | None:
        """Return the segment of this id or, whatever the case, name; None without one."""
        found = self.all()
        by_id = {one.segment_id: one for one in found}
        by_name = {one.name.casefold(): one for one in found}
        return by_id.get(name_or_id) or by_name.get(name_or_id.strip().casefold())

    def add(self, segment: Segment, query: LeadQuery, at: datetime, by: str) -> None:
        """Store a new segment."""
        self._connection.execute(
            insert(segments).values(
                segment_id=segment.segment_id,
                name=segment.name,
                query=json.dumps(to_json(query), ensure_ascii=False),
                at=to_text(at),
                by_whom=by,
            )
        )

    def change(self, segment_id: str, **values: str) -> None:
        """Give a segment another name or, as JSON, another query."""
        self._connection.execute(
            update(segments).where(segments.c.segment_id == segment_id).values(**values)
        )

    def remove(self, segment_id: str) -> None:
        """Delete a segment; its leads stay."""
        self._connection.execute(delete(segments).where(segments.c.segment_id == segment_id))

    def count_some(
        self, queries: Sequence[LeadQuery], after: int, most: int, now: datetime
    ) -> tuple[list[int], Counter[str], int]:
        """Count who is in each query and who has which tag among some leads.

        Args:
            queries: What is counted.
            after: The row id up to which it is done already.
            most: So many row ids are looked at.
            now: The present moment.

        Returns:
            A number for each query; tag -> number; the row id up to which it is done now, 0 at
            the end.
        """
        bare: Any = self._connection.connection.dbapi_connection
        clauses = [tested(query, now) for query in queries]
        sums = ", ".join(f"coalesce(sum({one.sql}), 0)" for one in clauses) or "0"
        values = tuple(value for one in clauses for value in one.values)
        span = f"row_id > ? AND row_id <= ? AND {NOT_MERGED}"
        bounds = (after, after + most)
        numbers = bare.execute(f"SELECT {sums} FROM leads WHERE {span}", values + bounds).fetchone()  # noqa: S608 - values are bound
        tags = bare.execute(
            "SELECT value, count(*) FROM leads, json_each(tags)"  # noqa: S608 - constants
            f" WHERE {span} AND tags <> '' GROUP BY value",
            bounds,
        )
        (last,) = bare.execute("SELECT coalesce(max(row_id), 0) FROM leads").fetchone()
        done = after + most
        return list(numbers[: len(queries)]), Counter(dict(tags)), done if done < last else 0


def _segment(row: Row[Any]) -> Segment:
    try:
        query = from_json(json.loads(row.query))
    except (ValueError, AttributeError):
        query = None
    return Segment(row.segment_id, row.name, query)
