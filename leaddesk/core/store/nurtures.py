# SPDX-License-Identifier: MIT
"""Waits of leads, and what is to be done meanwhile."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from leaddesk.core.domain.nurture import Nurture
from leaddesk.core.domain.touches import Touch, TouchKind, TouchState
from leaddesk.core.store.merges import ids_of
from leaddesk.core.store.schema_after import nurtures, touches
from leaddesk.core.store.times import from_text, to_text


class Nurtures:
    """The tables `nurtures` and `touches`, inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, nurture: Nurture, its_touches: Iterable[Touch] = ()) -> None:
        """Store a wait that begins, and what is to be done meanwhile."""
        values = asdict(nurture) | {
            "at": to_text(nurture.at),
            "ended_at": _text(nurture.ended_at),
        }
        self._connection.execute(insert(nurtures), values)
        rows = [_touch_row(touch) for touch in its_touches]
        if rows:
            self._connection.execute(insert(touches), rows)

    def of_lead(self, lead_id: str) -> list[Nurture]:
        """Return all waits of a lead, the oldest first."""
        query = select(nurtures).where(nurtures.c.lead_id.in_(ids_of(self._connection, lead_id)))
        query = query.order_by(nurtures.c.at, nurtures.c.nurture_id)
        return [_nurture(row) for row in self._connection.execute(query)]

    def open_of(self, lead_id: str) -> Nurture | None:
        """Return the wait a lead is in; None: it does not wait."""
        waiting = [one for one in self.of_lead(lead_id) if one.ended_at is None]
        return waiting[-1] if waiting else None

    def end(self, nurture_id: str, at: datetime, cause: str) -> None:
        """End a wait; what was still to be done is dropped."""
        self._connection.execute(
            update(nurtures)
            .where(nurtures.c.nurture_id == nurture_id)
            .values(ended_at=to_text(at), ended_by=cause)
        )
        self._connection.execute(
            update(touches)
            .where(touches.c.nurture_id == nurture_id, touches.c.state == TouchState.OPEN.value)
            .values(state=TouchState.DROPPED.value, ended_at=to_text(at))
        )

    def reopen(self, nurture_id: str) -> None:
        """Let a wait go on that was ended; what its end dropped is to be done again."""
        mine = nurtures.c.nurture_id == nurture_id
        ended = self._connection.execute(select(nurtures.c.ended_at).where(mine)).scalar_one()
        self._connection.execute(update(nurtures).where(mine).values(ended_at="", ended_by=""))
        self._connection.execute(
            update(touches)
            .where(
                touches.c.nurture_id == nurture_id,
                touches.c.state == TouchState.DROPPED.value,
                touches.c.ended_at == ended,
            )
            .values(state=TouchState.OPEN.value, ended_at="")
        )

    def touch(self, touch_id: str) -> Touch | None:
        """Return one thing to do; None: there is none of that id."""
        query = select(touches).where(touches.c.touch_id == touch_id)
        row = self._connection.execute(query).one_or_none()
        return None if row is None else _touch(row)

    def touches_of(self, lead_id: str) -> list[Touch]:
        """Return everything that was or is to be done of a lead, in the order it is due."""
        query = select(touches).where(touches.c.lead_id.in_(ids_of(self._connection, lead_id)))
        query = query.order_by(touches.c.due_at, touches.c.number, touches.c.touch_id)
        return [_touch(row) for row in self._connection.execute(query)]

    def set_touch(self, touch: Touch) -> None:
        """Store a thing to do as it is now."""
        mine = touches.c.touch_id == touch.touch_id
        self._connection.execute(update(touches).where(mine).values(_touch_row(touch)))

    def without_date(self, most: int) -> tuple[int, list[int]]:
        """Return how many leads wait without a date, and the row ids of the first of them."""
        count = self._connection.exec_driver_sql(f"SELECT count(*) {_WITHOUT_DATE}")
        first = self._connection.exec_driver_sql(
            f"SELECT row_id {_WITHOUT_DATE} ORDER BY row_id LIMIT ?", (most,)
        )
        return count.scalar_one(), list(first.scalars())


# Named, since SQLite would rather read the leads in their order.
_WITHOUT_DATE = (
    "FROM leads INDEXED BY ix_leads_without_date"
    " WHERE status = 'NURTURING' AND due_at = '' AND merged_into = '' AND held = 0"
)


def _touch_row(touch: Touch) -> dict[str, Any]:
    return {
        "touch_id": touch.touch_id,
        "nurture_id": touch.nurture_id,
        "lead_id": touch.lead_id,
        "number": touch.number,
        "kind": touch.kind.value,
        "template": touch.template,
        "due_at": to_text(touch.due_at),
        "due_for": touch.due_for,
        "state": touch.state.value,
        "ended_at": _text(touch.ended_at),
        "by_whom": touch.by,
    }


def _touch(row: Row[*tuple[Any, ...]]) -> Touch:
    return Touch(
        row.touch_id,
        row.nurture_id,
        row.lead_id,
        row.number,
        TouchKind(row.kind),
        row.template,
        from_text(row.due_at),
        row.due_for,
        TouchState(row.state),
        _time(row.ended_at),
        row.by_whom,
    )


def _nurture(row: Row[*tuple[Any, ...]]) -> Nurture:
    values = dict(row._mapping)  # noqa: SLF001 - its public name, underscored against column names
    return Nurture(**values | {"at": from_text(row.at), "ended_at": _time(row.ended_at)})


def _text(at: datetime | None) -> str:
    return "" if at is None else to_text(at)


def _time(text: str) -> datetime | None:
    return from_text(text) if text else None
