# SPDX-License-Identifier: MIT
"""Events: facts, only ever added; triggers refuse anything else."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from leaddesk.core.domain.events import Event, EventKind
from leaddesk.core.store.merges import ids_of
from leaddesk.core.store.schema import events
from leaddesk.core.store.times import from_text, to_text


class Events:
    """The table `events`, inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, new: Iterable[Event]) -> None:
        """Store what happened."""
        rows = [_row(event) for event in new]
        if rows:
            self._connection.execute(insert(events), rows)

    def of_lead(self, lead_id: str, kinds: Sequence[EventKind] = tuple(EventKind)) -> list[Event]:
        """Return what happened with a lead, in the order it was recorded."""
        query = (
            select(events)
            .where(
                events.c.lead_id.in_(ids_of(self._connection, lead_id)),
                events.c.kind.in_([kind.value for kind in kinds]),
            )
            .order_by(events.c.number)
        )
        return [_event(row) for row in self._connection.execute(query)]

    def decisions_with(self, kind: EventKind) -> set[str]:
        """Return the ids of all decisions an event of this kind speaks of."""
        found = self._connection.exec_driver_sql(
            "SELECT detail ->> '$.detail.decision' FROM events WHERE kind = ?", (kind.value,)
        )
        return {decision_id for decision_id in found.scalars() if decision_id}


def _row(event: Event) -> dict[str, str]:
    detail = {"detail": dict(event.detail), "changes": dict(event.changes)}
    return {
        "event_id": event.event_id,
        "lead_id": event.lead_id,
        "call_id": event.call_id,
        "at": to_text(event.at),
        "by_whom": event.by,
        "kind": event.kind.value,
        "detail": json.dumps(
            {key: value for key, value in detail.items() if value},
            ensure_ascii=False,
            separators=(",", ":"),
        ),
    }


def _event(row: Row[*tuple[Any, ...]]) -> Event:
    content = json.loads(row.detail)
    changes = {name: (old, new) for name, (old, new) in content.get("changes", {}).items()}
    return Event(
        row.event_id,
        row.lead_id,
        from_text(row.at),
        EventKind(row.kind),
        row.by_whom,
        row.call_id,
        content.get("detail", {}),
        changes,
    )
