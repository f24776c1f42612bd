# SPDX-License-Identifier: MIT
"""One column of many leads changed at once, and changed back."""

import json
from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from leaddesk.core.errors import BugError
from leaddesk.core.store.lead_mark import note_change

BULK_COLUMNS = ("tags", "owner")
"""What can be changed so: nothing else of a lead follows from these."""

_BATCH = 1_000


@dataclass(frozen=True, slots=True)
class Span:
    """Leads whose column had one value and has another now.

    Attributes:
        before, after: As stored; tags are a JSON list, '' without any.
        row_ids: Of type `q`.
    """

    before: str
    after: str
    row_ids: "array[int]"


class LeadEdits:
    """Bulk changes of the table `leads`, inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._bare: Any = connection.connection.dbapi_connection

    def change(
        self, column: str, row_ids: Sequence[int], made: Callable[[str], str]
    ) -> tuple[Span, ...]:
        """Change a column of these leads; return what was changed, leads left alone left out.

        Args:
            column: One of `BULK_COLUMNS`.
            row_ids: Whose; ids that are gone are left out.
            made: From the value there was, the new one.
        """
        spans: dict[str, Span] = {}
        for before, row_id in self._values(column, row_ids):
            if before not in spans:
                spans[before] = Span(before, made(before), array("q"))
            spans[before].row_ids.append(row_id)
        changed = tuple(span for span in spans.values() if span.before != span.after)
        for span in changed:
            self._set(column, span)
        return changed

    def change_back(self, column: str, spans: Sequence[Span]) -> tuple[Span, ...]:
        """Undo a change where the column is still what it was changed to; return what was."""
        undone = []
        for span in spans:
            same = array(
                "q",
                (row for value, row in self._values(column, span.row_ids) if value == span.after),
            )
            if same:
                undone.append(Span(span.after, span.before, same))
                self._set(column, undone[-1])
        return tuple(undone)

    def lead_ids(self, row_ids: Sequence[int]) -> Iterator[str]:
        """Yield the lead ids of these row ids, in no order."""
        for few in _batches(row_ids):
            found = self._bare.execute(f"SELECT lead_id FROM leads WHERE {_AMONG}", (few,))  # noqa: S608 - ours
            yield from (lead_id for (lead_id,) in found.fetchall())

    def _values(self, column: str, row_ids: Sequence[int]) -> Iterator[tuple[str, int]]:
        if column not in BULK_COLUMNS:
            raise BugError(f"{column} is not changed in bulk")
        for few in _batches(row_ids):
            found = self._bare.execute(
                f"SELECT {column}, row_id FROM leads WHERE {_AMONG}",  # noqa: S608 - one of ours
                (few,),
            )
            yield from found.fetchall()

    def _set(self, column: str, span: Span) -> None:
        note_change(self._connection)
        for few in _batches(span.row_ids):
            self._bare.execute(
                f"UPDATE leads SET {column} = ?, revision = revision + 1 WHERE {_AMONG}",  # noqa: S608 - one of ours
                (span.after, few),
            )


_AMONG = "row_id IN (SELECT value FROM json_each(?))"


def _batches(row_ids: Sequence[int]) -> Iterator[str]:
    for start in range(0, len(row_ids), _BATCH):
        yield json.dumps(list(row_ids[start : start + _BATCH]))
