# SPDX-License-Identifier: MIT
"""Leads as the queue walks them: by time, or place by place and there by priority. No SQLAlchemy.

Everything here is read from an index, row by row as it is asked for, so that the first of a million
cost no more than the first of a hundred. The first screen uses it, too.
"""

from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from leaddesk.core.store import driver


class QueueRow(NamedTuple):
    """What the order of a lead depends on; the names are columns of `leads`."""

    row_id: int
    due: int
    due_at: str
    due_for: str
    place: str
    priority: int


class PlaceCount(NamedTuple):
    """How many leads of one kind are in one place; `ready`: those whose time has come."""

    due: int
    place: str
    number: int
    ready: int


# Kept by triggers (`schema`), so that nothing of a million leads has to be counted.
_PLACES = "SELECT place, number FROM queue_counts WHERE held = 0 AND due = ? AND number > 0"
_TIMED = (
    "SELECT row_id, due, due_at, due_for, place, priority FROM leads"
    " WHERE held = 0 AND due_at <> '' AND due = ? AND due_at > ? AND due_at <= ?"
    " ORDER BY due_at, priority DESC, row_id"
)
_LATER = (
    "SELECT row_id, due, due_at, due_for, place, priority FROM leads"
    " WHERE held = 0 AND due_at <> '' AND due = ? AND due_at > ?"
    " ORDER BY due_at, priority DESC, row_id"
)
_RESERVED = (
    "SELECT row_id, due, due_at, due_for, place, priority, reserved_by FROM leads"
    " WHERE held = 0 AND reserved_until <> '' AND reserved_until > ? AND due > 0"
)
_BY_PRIORITY = (
    "SELECT row_id, due, due_at, '', place, priority FROM leads"
    " WHERE held = 0 AND due = ? AND place = ? AND due_at <= ? ORDER BY priority DESC, row_id"
)
_ANYWHERE = (
    "SELECT row_id, due, due_at, '', place, priority FROM leads INDEXED BY {}"
    " WHERE held = 0 AND due = ? AND due_at <= ? ORDER BY priority DESC, row_id"
)
_COUNTS = "SELECT due, place, number FROM queue_counts WHERE held = 0 AND due > 0 AND number > 0"
_HELD_COUNT = "SELECT coalesce(sum(number), 0) FROM queue_counts WHERE held = 1"
# Whoever said so on a call has nothing due any more: behind those who would be called.
_HELD = (
    "SELECT row_id FROM leads WHERE held = 1 AND due > 0 ORDER BY due, row_id",
    "SELECT row_id FROM leads WHERE held = 1 AND due = 0 ORDER BY row_id",
)
# Few of these are ready at a time, and few attempts are not.
_READY = (
    "SELECT due, place, count(*) FROM leads"
    " WHERE held = 0 AND due_at <> '' AND due BETWEEN 1 AND 4 AND due_at <= ? GROUP BY due, place"
)
_LATER_COUNTS = (
    "SELECT place, count(*) FROM leads"
    " WHERE held = 0 AND due_at <> '' AND due = 5 AND due_at > ? GROUP BY place"
)
_RETRY, _FRESH = 5, 6


class Queue:
    """The part of the table `leads` that is to be called, over a connection of the driver."""

    def __init__(self, connection: driver.Connection) -> None:
        self._connection = connection

    def places(self, due: int) -> dict[str, int]:
        """Return place -> how many leads of a kind are there, ready or not."""
        return dict(self._connection.execute(_PLACES, (due,)).fetchall())

    def timed(self, due: int, until: str, after: str = "") -> Iterator[QueueRow]:
        """Yield the leads of a kind whose time is after `after` and at most `until`.

        The earliest first; of those of one time the most promising first.
        """
        return map(QueueRow._make, self._connection.execute(_TIMED, (due, after, until)))

    def later(self, due: int, after: str) -> Iterator[QueueRow]:
        """Yield the leads of a kind whose time comes after `after`, the earliest first."""
        return map(QueueRow._make, self._connection.execute(_LATER, (due, after)))

    def by_priority(self, due: int, place: str, until: str) -> Iterator[QueueRow]:
        """Yield the leads of a kind in one place whose time has come, the most promising first."""
        return map(QueueRow._make, self._connection.execute(_BY_PRIORITY, (due, place, until)))

    def anywhere(self, due: int, until: str, *, many: bool) -> Iterator[QueueRow]:
        """Yield the leads of a kind in all places whose time has come, the most promising first.

        Many are met among all leads, in the order of the index; else all of them are sorted.
        """
        statement = _ANYWHERE.format("ix_leads_priority" if many else "ix_leads_queue")
        return map(QueueRow._make, self._connection.execute(statement, (due, until)))

    def not_to_be_called(self) -> Iterator[int]:
        """Yield the row ids of leads nobody may call, those first that would be called else."""
        found = chain.from_iterable(map(self._connection.execute, _HELD))
        return (row[0] for row in found)

    def reserved(self, now: str) -> list[tuple[QueueRow, str]]:
        """Return the leads whose reservation holds at `now`, each with the rep who took it."""
        found = sorted(self._connection.execute(_RESERVED, (now,)).fetchall())
        return [(QueueRow._make(row), by) for *row, by in found]

    def counts(self, now: str) -> list[PlaceCount]:
        """Return how many leads of each kind are in each place."""
        ready = {(due, place): n for due, place, n in self._connection.execute(_READY, (now,))}
        later = dict(self._connection.execute(_LATER_COUNTS, (now,)).fetchall())
        counts = []
        for due, place, number in self._connection.execute(_COUNTS):
            is_ready = ready.get((due, place), 0)
            if due in {_RETRY, _FRESH}:
                is_ready = number - (later.get(place, 0) if due == _RETRY else 0)
            counts.append(PlaceCount(due, place, number, is_ready))
        return counts

    def not_to_be_called_count(self) -> int:
        """Return how many leads `not_to_be_called` yields."""
        return int(self._connection.execute(_HELD_COUNT).fetchone()[0])
