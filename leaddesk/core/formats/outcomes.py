# SPDX-License-Identifier: MIT
"""Recognises a file of what sales said of leads, and turns its rows into answers with keys.

Between `csv_reader` and the services, which find the hand-offs. What columns and answers are called
is data: resources/activities/outcomes.toml, read by the caller.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from leaddesk.core.domain.rows import OutcomeRow, RowProblem
from leaddesk.core.domain.sales_outcomes import OUTCOME_LABELS, OutcomeKind, SalesOutcome
from leaddesk.core.formats import amounts
from leaddesk.core.formats.activity_rows import (
    ALLOWED_TIMES,
    ActivityWords,
    first_column,
    is_ahead,
    names_whom,
    time_of,
)
from leaddesk.core.formats.csv_reader import CsvRow
from leaddesk.core.formats.csv_writer import REJECT_COLUMNS
from leaddesk.core.formats.presets import fold_label

HANDOFF_ID = "handoff_id"
_NEEDS_REASON = frozenset({OutcomeKind.RETURNED, OutcomeKind.LOST})


@dataclass(frozen=True, slots=True)
class OutcomeWords:
    """What is called how; all texts as `fold_label` makes them.

    Attributes:
        outcome: Labels that are certain, and those that are only possible; the best first.
        others: "reason", "note", "amount", "currency", "at" -> labels, the best first.
        beside: Labels of columns that are not read, and no sign of a list of leads.
        kinds: What an answer is called -> which it is.
    """

    outcome: tuple[tuple[str, ...], tuple[str, ...]]
    others: Mapping[str, tuple[str, ...]]
    beside: frozenset[str]
    kinds: Mapping[str, OutcomeKind]


@dataclass(frozen=True, slots=True)
class OutcomeColumns:
    """Where in a file of answers what stands. Columns by position from 0.

    Attributes:
        header: The labels.
        who: (column, key as in `OutcomeRow.keys`), in the order of the file.
        others: As in `OutcomeWords`, for those that are there.
    """

    header: tuple[str, ...]
    who: tuple[tuple[int, str], ...]
    outcome: int
    others: Mapping[str, int]


def load_outcome_words(text: str) -> OutcomeWords:
    """Return the words of a TOML text such as resources/activities/outcomes.toml."""
    table = tomllib.loads(text)
    return OutcomeWords(
        (_folded(table["outcome"]["certain"]), _folded(table["outcome"]["possible"])),
        {name: _folded(table[name]["names"]) for name in _OTHERS},
        frozenset(_folded(table["beside"]["names"])),
        {
            name: OutcomeKind(kind)
            for kind, names in table["kinds"].items()
            for name in _folded(names)
        },
    )


def recognise_outcomes(
    header: Sequence[str], words: OutcomeWords, whom: ActivityWords, *, is_said: bool = False
) -> OutcomeColumns | None:
    """Return the columns of a file of answers, None where it is not certain to be one.

    Args:
        header: The labels.
        words: What its columns are called.
        whom: What columns are called that say whom a row is about.
        is_said: A person says that it is one: possible names are enough.
    """
    labels = [fold_label(label) for label in header]
    who = tuple((i, key) for i, label in enumerate(header) if (key := _who(label, whom)))
    outcome = first_column(labels, words.outcome)
    if not who or outcome is None:
        return None
    others = {
        name: column
        for name, names in words.others.items()
        if (column := first_column(labels, (names,))) is not None and column != outcome
    }
    is_certain = is_said or labels[outcome] in words.outcome[0]
    if not is_certain and not _has_nothing_else(header, labels, words, whom):
        return None
    return OutcomeColumns(tuple(header), who, outcome, others)


def read_outcomes(
    rows: Iterable[CsvRow | RowProblem],
    columns: OutcomeColumns,
    words: OutcomeWords,
    now: datetime,
) -> Iterator[OutcomeRow | RowProblem]:
    """Yield an answer or a problem for every row, in the order of the file.

    Args:
        rows: As `CsvSource.rows` gives them; problems are handed on.
        columns: As `recognise_outcomes` gives them.
        words: What answers are called.
        now: What is later has not happened.
    """
    for row in rows:
        yield row if isinstance(row, RowProblem) else _read(row, columns, words, now)


_OTHERS = ("reason", "note", "amount", "currency", "at")


def _read(
    row: CsvRow, columns: OutcomeColumns, words: OutcomeWords, now: datetime
) -> OutcomeRow | RowProblem:
    keys: dict[str, str] = {}
    for column, key in columns.who:
        if text := row.cells[column].strip():
            keys.setdefault(key, text)
    if not keys:
        return RowProblem("no_key", row.line, cells=row.cells)
    said = row.cells[columns.outcome].strip()
    kind = words.kinds.get(fold_label(said))
    if kind is None:
        code = "unknown_answer" if said else "no_answer"
        label, allowed = columns.header[columns.outcome], ", ".join(OUTCOME_LABELS.values())
        return RowProblem(code, row.line, label, found=said, allowed=allowed, cells=row.cells)
    told = {name: row.cells[column].strip() for name, column in columns.others.items()}
    amount, at = _amount(told.get("amount", "")), told.get("at", "")
    when = time_of(at) if at else None
    if told.get("amount") and amount is None:
        return _problem("bad_amount", row, columns, "amount", told["amount"])
    if at and when is None:
        return _problem("bad_time", row, columns, "at", at)
    if when is not None and is_ahead(at, when, now):
        return _problem("future", row, columns, "at", at)
    # What came back or was lost has a reason; where the file has none, its own word stands.
    reason = told.get("reason", "") or (said if kind in _NEEDS_REASON else "")
    money = told.get("currency", "") or amounts.currency(told.get("amount", "")) or ""
    outcome = SalesOutcome(
        kind, reason, told.get("note", ""), amount, money.upper() if amount is not None else "",
        min(when, now) if when is not None else None,
    )  # fmt: skip
    return OutcomeRow(row.line, keys, outcome, row.cells)


def _problem(code: str, row: CsvRow, columns: OutcomeColumns, name: str, found: str) -> RowProblem:
    label = columns.header[columns.others[name]]
    return RowProblem(code, row.line, label, found=found, allowed=ALLOWED_TIMES, cells=row.cells)


def _amount(text: str) -> int | None:
    return amounts.whole_number(text) if text else None


def _folded(labels: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(fold_label, labels)))


def _who(label: str, words: ActivityWords) -> str:
    return HANDOFF_ID if label == HANDOFF_ID else names_whom(label, words)


def _has_nothing_else(
    header: Sequence[str], labels: Sequence[str], words: OutcomeWords, whom: ActivityWords
) -> bool:
    known = {*words.beside, ""}
    known.update(*words.outcome, *words.others.values())
    # Names and a status alone are a list of leads; an answer says more, or whose hand-off it is.
    says_more = any(label in names for label in labels for names in words.others.values())
    rejects = len(REJECT_COLUMNS) if tuple(header[: len(REJECT_COLUMNS)]) == REJECT_COLUMNS else 0
    return (says_more or HANDOFF_ID in header) and all(
        label in known or _who(header[column], whom)
        for column, label in enumerate(labels)
        if column >= rejects
    )
