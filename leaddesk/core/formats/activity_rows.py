# SPDX-License-Identifier: MIT
"""Recognises a file of what leads did, and turns its rows into activities with the lead's keys.

Between `csv_reader` and the services, which find the leads. What columns and activities are called
is data: resources/activities/columns.toml, read by the caller.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from leaddesk.core.domain.playbook import EngagementRule
from leaddesk.core.domain.rows import ActivityRow, RowProblem
from leaddesk.core.formats.csv_reader import CsvRow
from leaddesk.core.formats.csv_writer import REJECT_COLUMNS
from leaddesk.core.formats.dates import moment
from leaddesk.core.formats.presets import EXTERNAL_ID, fold_label

LEAD_ID = "lead_id"
ALLOWED_TIMES = "such as 2026-01-31, 2026-01-31 14:30 or 31.01.2026 14:30"

_SYSTEM = f"{EXTERNAL_ID}."
# A time without an offset is read as UTC. Where it was noted it may have been as much later.
_FARTHEST_AHEAD_OF_UTC = timedelta(hours=14)
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})(.*)", re.ASCII | re.DOTALL)
_TIME_OF_DAY = re.compile(r"(.{10})[ T,]+(\d{1,2}:\d\d.*?)(?: Uhr)?", re.ASCII | re.DOTALL)
_UTC = re.compile(r" ?(?:UTC|GMT)$")
_SPACED_OFFSET = re.compile(r" (?=[+-]\d{2}:?\d{2}$)", re.ASCII)
_OFFSET = re.compile(r"\d{2}\S*(?:Z|[+-]\d{2}:?\d{2})$", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True, slots=True)
class ActivityWords:
    """What is called how in files of activities; all texts as `fold_label` makes them.

    Attributes:
        who: Label -> what it holds: "external_id", "email" or "phone".
        type, at: Labels that are certain, and those that are only possible; the best first.
        time: Labels of a time of day.
        note: Labels of a note, the best first.
        beside: Labels of columns that are not read, and no sign of a list of leads.
        types: Usual id of a kind of activity -> what it is called.
    """

    who: Mapping[str, str]
    type: tuple[tuple[str, ...], tuple[str, ...]]
    at: tuple[tuple[str, ...], tuple[str, ...]]
    time: tuple[str, ...]
    note: tuple[str, ...]
    beside: frozenset[str]
    types: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class ActivityColumns:
    """Where in a file of activities what stands. Columns by position from 0.

    Attributes:
        header: The labels.
        who: (column, key as in `ActivityRow.keys`), in the order of the file.
        at: One column, or a date and a time of day.
        note: None: there is none.
    """

    header: tuple[str, ...]
    who: tuple[tuple[int, str], ...]
    type: int
    at: tuple[int, ...]
    note: int | None


def load_activity_words(text: str) -> ActivityWords:
    """Return the words of a TOML text such as resources/activities/columns.toml."""
    table = tomllib.loads(text)
    who: Mapping[str, Sequence[str]] = table["who"]
    return ActivityWords(
        who={fold_label(label): key for key, labels in who.items() for label in labels},
        type=(_folded(table["type"]["certain"]), _folded(table["type"]["possible"])),
        at=(_folded(table["at"]["certain"]), _folded(table["at"]["possible"])),
        time=_folded(table["at"]["time"]),
        note=_folded(table["note"]["names"]),
        beside=frozenset(_folded(table["beside"]["names"])),
        types={kind: _folded([kind, *names]) for kind, names in table["types"].items()},
    )


def recognise_activities(header: Sequence[str], words: ActivityWords) -> ActivityColumns | None:
    """Return the columns of a file of activities, None where it is not certain to be one.

    It names somebody, what was done and when. Where the names of the last two could stand in a
    list of leads just as well, it may have no column that is not known here.
    """
    labels = [fold_label(label) for label in header]
    who = tuple((i, key) for i, label in enumerate(header) if (key := names_whom(label, words)))
    kind = first_column(labels, words.type)
    date = first_column(labels, words.at)
    time = first_column(labels, (words.time,))
    at = tuple(column for column in (date, time) if column is not None)
    if not who or kind is None or not at:
        return None
    is_certain = labels[kind] in words.type[0] and labels[at[0]] in words.at[0]
    if not is_certain and not _has_nothing_else(header, labels, words):
        return None
    return ActivityColumns(tuple(header), who, kind, at, first_column(labels, (words.note,)))


def activity_types(words: ActivityWords, rule: EngagementRule | None) -> Mapping[str, str]:
    """Return what an activity may be called -> id of the playbook's type, for `read_activities`.

    Args:
        words: What kinds of activity are called.
        rule: The types there are; None: there are none.
    """
    own = {fold_label(kind.id): kind.id for kind in (rule.types if rule else ())}
    found = {}
    for names in words.types.values():
        chosen = next((own[name] for name in names if name in own), None)
        if chosen is not None:
            found.update(dict.fromkeys(names, chosen))
    return found | own


def read_activities(
    rows: Iterable[CsvRow | RowProblem],
    columns: ActivityColumns,
    types: Mapping[str, str],
    now: datetime,
) -> Iterator[ActivityRow | RowProblem]:
    """Yield an activity or a problem for every row, in the order of the file.

    Args:
        rows: As `CsvSource.rows` gives them; problems are handed on.
        columns: As `recognise_activities` gives them.
        types: As `activity_types` gives them.
        now: What is later has not happened.
    """
    for row in rows:
        yield row if isinstance(row, RowProblem) else _read(row, columns, types, now)


def _read(
    row: CsvRow, columns: ActivityColumns, types: Mapping[str, str], now: datetime
) -> ActivityRow | RowProblem:
    keys: dict[str, str] = {}
    for column, key in columns.who:
        if text := row.cells[column].strip():
            keys.setdefault(key, text)
    if not keys:
        return RowProblem("no_key", row.line, cells=row.cells)
    said = row.cells[columns.type].strip()
    kind = types.get(fold_label(said))
    if kind is None:
        code = "unknown_type" if said else "no_type"
        ids = ", ".join(dict.fromkeys(types.values())) or "it lists none"
        label = columns.header[columns.type]
        return RowProblem(code, row.line, label, found=said, allowed=ids, cells=row.cells)
    at = _at(row, columns, now)
    if isinstance(at, RowProblem):
        return at
    note = "" if columns.note is None else row.cells[columns.note].strip()
    return ActivityRow(row.line, keys, kind, at, note)


def _at(row: CsvRow, columns: ActivityColumns, now: datetime) -> datetime | RowProblem:
    """Return when it happened, or why that is not known."""
    date, *times = (row.cells[column].strip() for column in columns.at)
    # Some files have the whole time under "Date", and the time of day once more.
    text = date if ":" in date else " ".join(part for part in (date, *times) if part)
    label = columns.header[columns.at[0]]
    if not text:
        return RowProblem("no_time", row.line, label, cells=row.cells)
    at = time_of(text)
    if at is None:
        return RowProblem(
            "bad_time", row.line, label, found=text, allowed=ALLOWED_TIMES, cells=row.cells
        )
    if is_ahead(text, at, now):
        return RowProblem("future", row.line, label, found=text, cells=row.cells)
    return at


def time_of(text: str) -> datetime | None:
    """Return the moment a text names, None where it names none."""
    return moment(_as_iso(text))


def is_ahead(text: str, at: datetime, now: datetime) -> bool:
    """Return whether the moment a text names has not come yet, wherever it was noted."""
    return at - now > (timedelta(0) if _OFFSET.search(_as_iso(text)) else _FARTHEST_AHEAD_OF_UTC)


def _as_iso(text: str) -> str:
    """Return a time as ISO 8601 writes it; what cannot be one comes back in some form.

    Between dots the day stands first, everywhere; between slashes nobody knows.
    """
    if dotted := _DOTTED.fullmatch(text):
        day, month, year, rest = dotted.groups()
        text = f"{year}-{month:0>2}-{day:0>2}{rest}"
    text = _SPACED_OFFSET.sub("", _UTC.sub("Z", text))
    if timed := _TIME_OF_DAY.fullmatch(text):
        date, time = timed.groups()
        text = f"{date}T{time if time[2] == ':' else f'0{time}'}"
    return text


def _folded(labels: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(fold_label, labels)))


def names_whom(label: str, words: ActivityWords) -> str:
    """Return what a column says of whom a row is about, a key of `ActivityRow.keys`; or empty."""
    # Only our very own spelling: "Lead ID" is what other systems call their ids.
    if label == LEAD_ID or (label.startswith(_SYSTEM) and label != _SYSTEM):
        return label
    return words.who.get(fold_label(label), "")


def first_column(labels: Sequence[str], names: Iterable[Sequence[str]]) -> int | None:
    """Return the column of the best of some names, None where no column has one of them."""
    return next((labels.index(name) for some in names for name in some if name in labels), None)


def _has_nothing_else(header: Sequence[str], labels: Sequence[str], words: ActivityWords) -> bool:
    known = {*words.time, *words.note, *words.beside, "", *words.who}
    known.update(*words.type, *words.at)
    rejects = len(REJECT_COLUMNS) if tuple(header[: len(REJECT_COLUMNS)]) == REJECT_COLUMNS else 0
    return all(
        label in known or names_whom(header[column], words)
        for column, label in enumerate(labels)
        if column >= rejects
    )
