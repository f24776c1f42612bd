# SPDX-License-Identifier: MIT
"""Conditions of `domain.lead_query` as SQL over `leads`. What people typed is bound, never joined.

Case does not count: that of ASCII letters by SQLite, that of others as far as a text is written as
typed, all small or all large.
"""

import json
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple

from leaddesk.core.domain.lead_query import (
    EXTRA,
    FIELDS,
    IMPORT,
    YES,
    Condition,
    Kind,
    LeadQuery,
    Op,
    View,
    day_of,
    kind_of,
    number_of,
)
from leaddesk.core.errors import BugError
from leaddesk.core.store.list_rows import TO_CALL
from leaddesk.core.store.search import beginnings, match_expression
from leaddesk.core.store.times import to_text

ESCAPE = "\\"

NOT_MERGED = "row_id NOT IN (SELECT row_id FROM leads WHERE merged_into <> '')"
"""Leads merged into another never show. Few are, and an index holds them: SQLite reads those once,
and an index over all leads that knows nothing of merging still answers alone."""

_VIEWS = {
    View.TO_CALL: TO_CALL,
    View.DECIDED: "decided <> ''",
    View.PASSED: "decided = 'pass'",
    View.NURTURED: "decided = 'nurture'",
    View.DISQUALIFIED: "decided = 'disqualify'",
    View.ALL: "",
}
HAS_WORD = "instr(search_text, ?)"
"""Whether a word of a lead begins so, found in the lead itself."""

FOUND = "row_id IN (SELECT rowid FROM lead_search WHERE lead_search MATCH ?)"
"""Whether the full-text index lists a lead."""

_MARK = {Op.GREATER: ">", Op.LESS: "<"}
_CALLS = "(SELECT count(*) FROM calls WHERE calls.lead_id = leads.lead_id)"
_EXTRA_HAS = "EXISTS (SELECT 1 FROM json_each(nullif(extra, '')) WHERE key = ? AND {})"
_TAG = "EXISTS (SELECT 1 FROM json_each(nullif(tags, '')) WHERE {})"

_CHANGED_BY = (
    "EXISTS (SELECT 1 FROM import_changes AS change"
    " WHERE change.batch_id = ? AND change.row_id = leads.row_id AND change.revision <> 0)"
)
_CHANGED_BY_ANY = "row_id IN (SELECT row_id FROM import_changes WHERE revision <> 0)"
_OF_IMPORT = "{0} OR lead_id IN (SELECT merged_into FROM leads WHERE merged_into <> '' AND ({0}))"
"""Whether this holds for a lead, or for one that was merged into it."""

_MAY_BE_OF_IMPORT = (
    "row_id IN (SELECT row_id FROM leads WHERE batch_id = ?"
    " UNION ALL SELECT row_id FROM import_changes WHERE batch_id = ?"
    " UNION ALL SELECT kept.row_id FROM leads AS gone JOIN leads AS kept"
    " ON kept.lead_id = gone.merged_into WHERE gone.merged_into <> '')"
)
"""Who is worth a look where an import is asked for: indices know them."""


class Clause(NamedTuple):
    """A condition in SQL and what is bound to its marks."""

    sql: str
    values: tuple[Any, ...] = ()


NOBODY = Clause("0")
"""Fulfilled by no lead."""


def clause_of(query: LeadQuery, now: datetime | None = None) -> Clause:
    """Return what leads of a query fulfil, its search aside; "1" where that is nothing.

    Args:
        query: Whose view and conditions are meant.
        now: The present moment, for conditions that count days from it.
    """
    parts = [Clause(_VIEWS[query.view])] if query.view is not View.ALL else []
    asked = [_clause(condition, now) for condition in query.conditions]
    if asked:
        parts.append(_joined(asked, " OR " if query.any_of else " AND "))
    return _joined(parts, " AND ") if parts else Clause("1")


def sought(query: LeadQuery, now: datetime | None) -> Clause:
    """Return a clause for a whole query that asks indices for its words and its import."""
    wanted, clause = beginnings(query.search), clause_of(query, now)
    if query.search.strip() and not wanted:
        return NOBODY
    few = [Clause(FOUND, (match_expression(wanted),))] if wanted else []
    if not query.any_of:
        few += [
            Clause(_MAY_BE_OF_IMPORT, condition.values * 2)
            for condition in query.conditions
            if condition.field == IMPORT and condition.op is Op.IS
        ]
    return _joined([*few, clause], " AND ") if few else clause


def tested(query: LeadQuery, now: datetime | None) -> Clause:
    """Return a clause that says the same by looking at the words of each lead itself."""
    wanted, clause = beginnings(query.search), clause_of(query, now)
    if query.search.strip() and not wanted:
        return NOBODY
    tests = f"{HAS_WORD} AND " * len(wanted)
    return Clause(f"{tests}{clause.sql}", (*map(in_text, wanted), *clause.values))


def in_text(word: str) -> str:
    """Return what is bound to `HAS_WORD` for the beginning of a word."""
    return f" {word}"


def _joined(parts: Sequence[Clause], word: str) -> Clause:
    sql = word.join(f"({part.sql})" for part in parts)
    return Clause(sql, tuple(value for part in parts for value in part.values))


def _clause(condition: Condition, now: datetime | None) -> Clause:
    if condition.op in {Op.IS_NOT, Op.CONTAINS_NOT, Op.HAS_NOT, Op.NOT_EMPTY}:
        asked = _ASKED[kind_of(condition.field)](_turned(condition), now)
        return Clause(f"NOT coalesce({asked.sql}, 0)", asked.values)
    return _ASKED[kind_of(condition.field)](condition, now)


def _turned(condition: Condition) -> Condition:
    turned = {
        Op.IS_NOT: Op.IS,
        Op.CONTAINS_NOT: Op.CONTAINS,
        Op.HAS_NOT: Op.HAS,
        Op.NOT_EMPTY: Op.EMPTY,
    }
    return Condition(condition.field, turned[condition.op], condition.values)


def _text(condition: Condition, _now: datetime | None) -> Clause:
    field, op = condition.field, condition.op
    if not field.startswith(EXTRA):
        return _text_of(_column(field), op, condition.values)
    key = field.removeprefix(EXTRA)
    if op is Op.EMPTY:
        there = _EXTRA_HAS.format("trim(value) <> ''")
        return Clause(f"NOT {there}", (key,))
    asked = _text_of("value", op, condition.values)
    return Clause(_EXTRA_HAS.format(f"({asked.sql})"), (key, *asked.values))


def _text_of(column: str, op: Op, values: Sequence[str]) -> Clause:
    if op is Op.EMPTY:
        return Clause(f"{column} = ''")
    spelled = [way for value in values for way in _spellings(value.strip())]
    if op in {Op.IS, Op.ANY_OF}:
        marks = ", ".join("?" * len(spelled))
        return Clause(f"{column} COLLATE NOCASE IN ({marks})", tuple(spelled))
    before = "%" if op is Op.CONTAINS else ""
    like = f"{column} LIKE ? ESCAPE '{ESCAPE}'"
    return Clause(
        " OR ".join([like] * len(spelled)), tuple(f"{before}{_escaped(way)}%" for way in spelled)
    )


def _spellings(value: str) -> list[str]:
    return (
        [value] if value.isascii() else list(dict.fromkeys((value, value.lower(), value.upper())))
    )


def _escaped(word: str) -> str:
    for special in (ESCAPE, "%", "_"):
        word = word.replace(special, ESCAPE + special)
    return word


def _word(condition: Condition, _now: datetime | None) -> Clause:
    column = _column(condition.field)
    if condition.op is Op.EMPTY:
        return Clause(f"coalesce({column}, '') = ''")
    marks = ", ".join("?" * len(condition.values))
    return Clause(
        f"{column} COLLATE NOCASE IN ({marks})", tuple(v.strip() for v in condition.values)
    )


def _number(condition: Condition, _now: datetime | None) -> Clause:
    column = _CALLS if condition.field == "calls" else _column(condition.field)
    if condition.op is Op.EMPTY:
        return Clause(f"{column} IS NULL")
    numbers = tuple(map(number_of, condition.values))
    if condition.op is Op.BETWEEN:
        return Clause(f"{column} BETWEEN ? AND ?", (min(numbers), max(numbers)))
    return Clause(f"{column} {_MARK.get(condition.op, '=')} ?", numbers)


def _time(condition: Condition, now: datetime | None) -> Clause:
    column, op, values = _column(condition.field), condition.op, condition.values
    if op is Op.EMPTY:
        return Clause(f"coalesce({column}, '') = ''")
    if op is Op.PAST_DAYS:
        if now is None:
            raise BugError("a condition counts days, and nobody said from when")
        days = min(max(number_of(values[0]), 0), (now - datetime(1, 1, 2, tzinfo=UTC)).days)
        return Clause(f"{column} BETWEEN ? AND ?", (to_text(now - timedelta(days)), to_text(now)))
    starts = sorted(day_of(value) for value in values)
    if op is Op.BEFORE:
        return Clause(f"{column} <> '' AND {column} < ?", (_midnight(starts[0]),))
    if op is Op.AFTER:
        return Clause(f"{column} >= ?", (_midnight(starts[0], 1),))
    bounds = (_midnight(starts[0]), _midnight(starts[1], 1))
    return Clause(f"{column} >= ? AND {column} < ?", bounds)


def _midnight(day: tuple[int, int, int], later: int = 0) -> str:
    """Return when a day begins by the clock here, or the one after it."""
    try:
        local = datetime.combine(date(*day) + timedelta(later), time())
        return to_text(local.astimezone(UTC))
    except (OverflowError, ValueError):  # at either end of what can be counted
        return to_text(datetime.combine(date(*day), time(), UTC))


def _flag(condition: Condition, _now: datetime | None) -> Clause:
    return Clause(f"{_column(condition.field)} = ?", (int(condition.values[0] == YES),))


def _tags(condition: Condition, _now: datetime | None) -> Clause:
    if condition.op is Op.EMPTY:
        return Clause("tags = ''")
    asked = _text_of("value", Op.ANY_OF, condition.values)
    return Clause(f"tags <> '' AND {_TAG.format(asked.sql)}", asked.values)


def _import(condition: Condition, _now: datetime | None) -> Clause:
    if condition.op is Op.EMPTY:
        some = _OF_IMPORT.format(f"batch_id IS NOT NULL OR {_CHANGED_BY_ANY}")
        return Clause(f"NOT ({some})")
    return Clause(_OF_IMPORT.format(f"batch_id = ? OR {_CHANGED_BY}"), condition.values * 4)


def tags_to_text(tags: Sequence[str]) -> str:
    """Return the column `tags` of these tags."""
    return json.dumps(list(tags), ensure_ascii=False, separators=(",", ":")) if tags else ""


def _column(field: str) -> str:
    if field not in FIELDS:
        raise BugError(f"no column {field!r}")
    return field


_ASKED: dict[Kind, Callable[[Condition, datetime | None], Clause]] = {
    Kind.TEXT: _text,
    Kind.WORD: _word,
    Kind.NUMBER: _number,
    Kind.TIME: _time,
    Kind.FLAG: _flag,
    Kind.TAGS: _tags,
    Kind.IMPORT: _import,
}
