# SPDX-License-Identifier: MIT
"""What leads did: facts, only ever added; triggers refuse anything else."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Row, select

from leaddesk.core.domain.engagement import Activity
from leaddesk.core.store.merges import ids_of, visible_ids
from leaddesk.core.store.schema import activities
from leaddesk.core.store.times import from_text, to_text

_ADD = (
    "INSERT INTO activities (activity_id, lead_id, type, at, source, note)"
    " VALUES (?, ?, ?, ?, ?, ?)"
)
_BATCH = 1000


class Activities:
    """The table `activities`, inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def taken_ids(self, activity_ids: Sequence[str]) -> set[str]:
        """Return which of these ids an activity has already."""
        found = self._connection.exec_driver_sql(
            "SELECT activity_id FROM activities"
            " WHERE activity_id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(activity_ids)),),
        )
        return set(found.scalars())

    def add(self, new: Iterable[Activity]) -> None:
        """Store what leads did."""
        rows = [
            (one.activity_id, one.lead_id, one.type, to_text(one.at), one.source, one.note)
            for one in new
        ]
        if rows:
            self._connection.exec_driver_sql(_ADD, rows)

    def of_lead(self, lead_id: str) -> list[Activity]:
        """Return what a lead did, in the order of time."""
        query = select(activities).where(
            activities.c.lead_id.in_(ids_of(self._connection, lead_id))
        )
        found = self._connection.execute(query.order_by(activities.c.at, activities.c.number))
        return [_activity(row) for row in found]

    def of_leads(self, lead_ids: Sequence[str]) -> dict[str, list[Activity]]:
        """Return lead id -> what it did, for those of the leads that did anything."""
        found: dict[str, list[Activity]] = {}
        for start in range(0, len(lead_ids), _BATCH):
            few = list(lead_ids[start : start + _BATCH])
            kept = visible_ids(self._connection, few)
            query = select(activities).where(activities.c.lead_id.in_(kept))
            for row in self._connection.execute(query.order_by(activities.c.at)):
                found.setdefault(kept[row.lead_id], []).append(_activity(row))
        return found

    def active_leads(self, after: str, most: int) -> list[str]:
        """Return the ids of leads that ever did anything, merged or not, from behind `after` on."""
        found = (
            select(activities.c.lead_id)
            .where(activities.c.lead_id > after)
            .distinct()
            .order_by(activities.c.lead_id)
            .limit(most)
        )
        return list(self._connection.execute(found).scalars())


def _activity(row: Row[*tuple[Any, ...]]) -> Activity:
    return Activity(
        row.type,
        from_text(row.at),
        source=row.source,
        note=row.note,
        activity_id=row.activity_id,
        lead_id=row.lead_id,
    )
