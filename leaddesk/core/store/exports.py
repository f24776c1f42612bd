# SPDX-License-Identifier: MIT
"""Leads as the cells of a CSV, made by SQLite itself: a lead as a value takes ten times as long.

Past SQLAlchemy, for a million rows. A test holds these texts equal to those of `csv_writer`.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain
from types import MappingProxyType
from typing import Any

from leaddesk.core.store.driver import Connection

_FLAGS = frozenset({"do_not_call", "opted_out", "suppressed"})
_NUMBERS = frozenset({"revision", "employees", "revenue", "engagement", "fit", "priority"})
_TIMES = frozenset({"consent_at", "created_at", "last_activity_at"})
_SYSTEM = "external_id."
_BATCH = 200
"""Leads of one answer of SQLite: some milliseconds, so that others have a turn."""

_TAGS = (
    "iif(tags = '', '', (SELECT group_concat(iif(value GLOB '*[;,\"\r\n]*',"
    " '\"' || replace(value, '\"', '\"\"') || '\"', value), ';')"
    " FROM (SELECT value FROM json_each(tags) ORDER BY key)))"
)
_ID = (
    "coalesce((SELECT external_id FROM lead_external_ids AS ids"
    " WHERE ids.lead_id = leads.lead_id AND system = {}), '')"
)
_SYSTEMS = "SELECT DISTINCT system FROM lead_external_ids ORDER BY system"
_KEYS = "iif({0} = '', '', (SELECT json_group_array(key) FROM json_each({0})))"
# In the order of the ids: the left table of a CROSS JOIN is always the outer loop.
_WANTED = (
    " FROM json_each(?) AS wanted CROSS JOIN leads ON leads.row_id = wanted.value"
    " WHERE merged_into = ''"
)


class Exports:
    """Reads leads for files, inside one transaction. Merged leads are left out: they are another.

    `row_ids` is an order, too.
    """

    def __init__(self, bare: Connection) -> None:
        self._bare = bare
        self._says: dict[str, bool] = {}

    def rows(
        self,
        row_ids: Sequence[int],
        columns: Sequence[str],
        guarded: Mapping[str, bool] = MappingProxyType({}),
    ) -> Iterator[list[tuple[str, ...]]]:
        """Return the cells of leads, some leads at a time.

        Args:
            row_ids: Of the leads.
            columns: Columns of the table, "external_id.<system>", or "decided_id" for the id of
                a lead with a decision.
            guarded: Columns whose texts have an apostrophe in front: always (True), or when they
                begin like a formula (False).
        """
        return self._each(row_ids, ", ".join(_guarded(c, guarded) for c in columns))

    def count(self, row_ids: Sequence[int]) -> int:
        """Return how many of the leads there are."""
        return sum(number for ((number,),) in self._each(row_ids, "count(*)"))

    def systems(self, row_ids: Sequence[int]) -> tuple[str, ...]:
        """Return whose ids some of the leads have, sorted."""
        filled = self.filled(row_ids, self._systems)
        return tuple(column.removeprefix(_SYSTEM) for column in self._systems if column in filled)

    def extra_names(self, row_ids: Sequence[int]) -> tuple[str, ...]:
        """Return the columns that are no field of a lead, in the order they turn up."""
        if not self._has("extra"):
            return ()
        # The same columns in the same order are most often those of the row before.
        names: dict[str, None] = {}
        last = ""
        for (keys,) in chain.from_iterable(self._each(row_ids, _KEYS.format("extra"))):
            if keys and keys != last:
                names.update(dict.fromkeys(json.loads(keys)))
                last = keys
        return tuple(names)

    def filled(self, row_ids: Sequence[int], columns: Sequence[str]) -> frozenset[str]:
        """Return which of these columns say something of any of the leads."""
        if not columns:
            return frozenset()
        says = ", ".join(
            f"max({column})" if column in _FLAGS else f"max({_text(column)} <> '')"
            for column in columns
        )
        found: set[str] = set()
        for (flags,) in self._each(row_ids, says):
            found.update(name for name, says_so in zip(columns, flags, strict=True) if says_so)
        return frozenset(found)

    def written_fields(self, row_ids: Sequence[int]) -> frozenset[str]:
        """Return the fields that came in a form of their own with any of the leads."""
        if not self._has("as_written"):
            return frozenset()
        found = chain.from_iterable(self._each(row_ids, f"DISTINCT {_KEYS.format('as_written')}"))
        lists = {keys for (keys,) in found if keys}
        return frozenset(chain.from_iterable(map(json.loads, lists)))

    @cached_property
    def _systems(self) -> tuple[str, ...]:
        return tuple(f"{_SYSTEM}{row[0]}" for row in self._bare.execute(_SYSTEMS))

    def _has(self, column: str) -> bool:
        """Tell whether any lead at all has it; asked once, for without one it reads all leads."""
        if column not in self._says:
            query = f"SELECT 1 FROM leads WHERE {column} <> '' LIMIT 1"  # noqa: S608 - columns of ours
            self._says[column] = self._bare.execute(query).fetchone() is not None
        return self._says[column]

    def _each(self, row_ids: Sequence[int], what: str) -> Iterator[list[tuple[Any, ...]]]:
        query = f"SELECT {what}{_WANTED}"
        for some in _batches(row_ids):
            yield self._bare.execute(query, (some,)).fetchall()


def _batches(row_ids: Sequence[int]) -> Iterator[str]:
    for start in range(0, len(row_ids), _BATCH):
        yield json.dumps(list(row_ids[start : start + _BATCH]))


def _guarded(column: str, guarded: Mapping[str, bool]) -> str:
    text = _text(column)
    if column not in guarded:
        return text
    if guarded[column]:
        return f"iif({text} = '', '', '''' || {text})"
    return f"iif({text} GLOB '[-=+@''\t\r\n]*', '''' || {text}, {text})"


def _text(column: str) -> str:
    """Return the SQL of a cell as `csv_writer.cell_text` would write it."""
    if column.startswith(_SYSTEM):
        return _id(column.removeprefix(_SYSTEM))
    if column in _FLAGS:
        return f"iif({column}, 'true', 'false')"
    if column in _TIMES:
        return f"coalesce(replace({column}, '.000000Z', 'Z'), '')"
    if column == "tags":
        return _TAGS
    if column == "decided_id":
        return "iif(decided = '', '', lead_id)"
    return f"coalesce({column} || '', '')" if column in _NUMBERS else column


def _id(system: str) -> str:
    return _ID.format("'" + system.replace("'", "''") + "'")
