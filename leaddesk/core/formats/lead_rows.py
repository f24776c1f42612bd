# SPDX-License-Identifier: MIT
"""Turns the cells of rows into the fields of leads; nothing that stands in a cell is lost.

Between `csv_reader` and the staging file of an import. A text that cannot be read as its field
wants it is kept in `extra` under the column's name; one that is kept in another form also stands in
`as_written`. Rows are read by the thousand and column by column: files have a million.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import MISSING, fields
from itertools import islice
from typing import NamedTuple

from leaddesk.core.domain.lead import Lead
from leaddesk.core.domain.rows import ColumnMap, RowProblem
from leaddesk.core.domain.stages import Stage, Status
from leaddesk.core.formats.amounts import currency, employee_count, whole_number
from leaddesk.core.formats.cells import email_address, flag, tags
from leaddesk.core.formats.country_names import country_code
from leaddesk.core.formats.csv_reader import CsvRow
from leaddesk.core.formats.csv_writer import cell_text
from leaddesk.core.formats.dates import moment
from leaddesk.core.formats.phones import e164
from leaddesk.core.formats.presets import EXTERNAL_ID, IGNORED

PHONES = ("phone", "phone_2", "mobile")
CHUNK = 1000
"""Rows read together."""

_CONTACTS = ("first_name", "last_name", "full_name", "company", "email", "email_2", *PHONES)
_ADDRESSES = ("email", "email_2")
_BLANK: Mapping[str, object] = {
    f.name: None if f.default is MISSING else f.default for f in fields(Lead)
} | {"lead_id": "", "stage": None, "status": None}
_LEAD_ID = re.compile(r"L[A-Z2-7]{24}")
_E164 = re.compile(r"\+[1-9]\d{6,14}")
_SYSTEM = f"{EXTERNAL_ID}."
_NOTHING: Mapping[str, str] = {}
_REMEMBERED = 1 << 14
"""Cells of one column whose meaning is kept: most columns say few different things."""

Read = Callable[[str], object | None]


class LeadChunk(NamedTuple):
    """Some usable rows of a file, field by field, and the problems among them.

    Attributes:
        lines: Physical line on which each row begins.
        values: Field of `Lead` -> its value in each row, of that field's type; blank where the cell
            is. Every field a column goes to is there, and what follows from it.
        external_ids, extra, as_written: One mapping a row, as in `Lead`.
        problems: Rows that are not among the others, in the order of the file.
    """

    lines: list[int]
    values: dict[str, list[object]]
    external_ids: list[Mapping[str, str]]
    extra: list[Mapping[str, str]]
    as_written: list[Mapping[str, str]]
    problems: list[RowProblem]


def read_leads(
    rows: Iterable[CsvRow | RowProblem], columns: Sequence[ColumnMap], *, system: str, country: str
) -> Iterator[LeadChunk]:
    """Yield the rows of a file in its order, `CHUNK` of them at a time.

    Args:
        rows: As `CsvSource.rows` gives them; problems are handed on.
        columns: One for each cell of a row.
        system: Key in `Lead.external_ids` of the ids of this file.
        country: ISO 3166 alpha-2 for phone numbers without country code, in rows without a
            country; empty when not known.
    """
    reader = _ChunkReader(columns, system, country)
    remaining = iter(rows)
    while some := list(islice(remaining, CHUNK)):
        usable = [row for row in some if not isinstance(row, RowProblem)]
        chunk = reader.read(usable)
        if len(usable) < len(some):
            handed_on = [row for row in some if isinstance(row, RowProblem)]
            problems = sorted([*chunk.problems, *handed_on], key=lambda problem: problem.line)
            chunk = chunk._replace(problems=problems)
        yield chunk


def lead_fields(columns: Iterable[ColumnMap]) -> tuple[str, ...]:
    """Return the fields of `Lead` that are in `LeadChunk.values` for a file with these columns."""
    mapped = [column.field for column in columns if column.field in _BLANK]
    e164s = [f"{field}_e164" for field in PHONES if field in mapped]
    currencies = ["currency"] if "revenue" in mapped else []
    return tuple(dict.fromkeys((*mapped, *e164s, *currencies)))


def _country(text: str) -> str | None:
    return country_code(text) or None


def _currency_column(text: str) -> str | None:
    return currency(text.upper()) or currency(text)


def _stage(text: str) -> Stage | None:
    return Stage.__members__.get(text.upper().replace(" ", "_"))


def _status(text: str) -> Status | None:
    return Status.__members__.get(text.upper().replace(" ", "_"))


def _phone(text: str) -> str | None:
    return text if any(map(str.isdecimal, text)) else None


def _e164(text: str) -> str | None:
    return text if _E164.fullmatch(text) else None


def _lead_id(text: str) -> str | None:
    return text if _LEAD_ID.fullmatch(text) else None


_READERS: dict[str, Read] = {
    "lead_id": _lead_id,
    **dict.fromkeys(_ADDRESSES, email_address),
    **dict.fromkeys(PHONES, _phone),
    **{f"{field}_e164": _e164 for field in PHONES},
    "employees": employee_count,
    "revenue": whole_number,
    "currency": _currency_column,
    "country": _country,
    "stage": _stage,
    "status": _status,
    "tags": tags,
    **dict.fromkeys(("do_not_call", "opted_out", "suppressed"), flag),
    **dict.fromkeys(("consent_at", "created_at", "last_activity_at"), moment),
}
"""Fields that are not just the trimmed text, and how they are read; None: kept as extra."""

_SELDOM_TWICE = frozenset((*_ADDRESSES, *PHONES, *(f"{field}_e164" for field in PHONES), "revenue"))
"""Fields that hardly ever have the same cell twice: to remember those costs more than it gives."""


class _Cell(NamedTuple):
    """What one cell says.

    Attributes:
        is_unread: It is kept as extra.
        differs: The value written out is another text than the cell.
    """

    value: object
    is_unread: bool
    differs: bool


class _Cells(dict[str, _Cell]):
    """Reads the cells of one column, the same text once."""

    def __init__(self, field: str) -> None:
        super().__init__()
        self._read = _READERS[field]
        self._blank = _BLANK[field]

    def __missing__(self, cell: str) -> _Cell:
        text = cell.strip()
        if not text:
            found = _Cell(self._blank, is_unread=False, differs=False)
        else:
            found = self._told(cell, self._read(text))
        if len(self) >= _REMEMBERED:
            self.clear()
        self[cell] = found
        return found

    def _told(self, cell: str, value: object | None) -> _Cell:
        if value is None:
            return _Cell(self._blank, is_unread=True, differs=False)
        # A flag that is not set says nothing, in whatever word.
        differs = value is not False and cell_text(value) != cell
        return _Cell(value, is_unread=False, differs=differs)


class _Notes:
    """What is noted of single rows, a mapping for each that has any."""

    def __init__(self, count: int) -> None:
        self._rows: list[dict[str, str] | None] = [None] * count

    def add(self, row: int, name: str, text: str) -> None:
        """Note a text of a row."""
        noted = self._rows[row]
        if noted is None:
            self._rows[row] = {name: text}
        else:
            noted[name] = text

    def of_field(self, name: str) -> Iterator[tuple[int, str]]:
        """Yield row and text of what was noted under a name."""
        for row, noted in enumerate(self._rows):
            if noted is not None and name in noted:
                yield row, noted[name]

    def all(self) -> list[Mapping[str, str]]:
        """Return what was noted, a mapping for each row."""
        return [noted or _NOTHING for noted in self._rows]


class _ChunkReader:
    """Knows for the columns of one file which cell becomes what."""

    def __init__(self, columns: Sequence[ColumnMap], system: str, country: str) -> None:
        self._country = country
        self._texts: list[tuple[int, str]] = []
        self._others: list[tuple[int, tuple[str, str], _Cells]] = []
        self._unlike: list[tuple[int, tuple[str, str], Read]] = []
        self._ids: list[tuple[int, str]] = []
        self._extra: list[tuple[int, str]] = []
        for index, column in enumerate(columns):
            field = column.field
            if field == EXTERNAL_ID:
                self._ids.append((index, system))
            elif field.startswith(_SYSTEM):
                self._ids.append((index, field.removeprefix(_SYSTEM)))
            elif not field:
                self._extra.append((index, column.column))
            elif field in _SELDOM_TWICE:
                self._unlike.append((index, (column.column, field), _READERS[field]))
            elif field in _READERS:
                self._others.append((index, (column.column, field), _Cells(field)))
            elif field != IGNORED:
                self._texts.append((index, field))

    def read(self, rows: Sequence[CsvRow]) -> LeadChunk:
        """Return the leads of some rows, and why others are none."""
        count = len(rows)
        cells = list(zip(*(row.cells for row in rows), strict=True))
        values: dict[str, list[object]] = {}
        extra, written, ids = _Notes(count), _Notes(count), _Notes(count)
        unread: dict[int, str] = {}
        if rows:
            self._read_extra(cells, extra)
            self._read_texts(cells, values, written)
            self._read_others(cells, values, extra, written)
            unread = self._read_unlike(cells, values, extra, written)
            self._read_ids(cells, ids)
            self._add_what_follows(values, written)
        chunk = LeadChunk(
            [row.line for row in rows], values, ids.all(), extra.all(), written.all(), []
        )
        contacts = [values[field] for field in _CONTACTS if field in values]
        known = list(map(any, zip(*contacts, strict=True))) if contacts else [False] * count
        return chunk if all(known) else _without_nobodies(chunk, rows, known, unread)

    def _read_extra(self, cells: Sequence[Sequence[str]], extra: _Notes) -> None:
        for index, name in self._extra:
            for row, cell in enumerate(cells[index]):
                if cell and not cell.isspace():
                    extra.add(row, name, cell)

    def _read_texts(
        self, cells: Sequence[Sequence[str]], values: dict[str, list[object]], written: _Notes
    ) -> None:
        for index, field in self._texts:
            column = cells[index]
            texts = [cell.strip() for cell in column]
            values[field] = [*texts]
            if texts != list(column):
                for row, (text, cell) in enumerate(zip(texts, column, strict=True)):
                    if text != cell and text:
                        written.add(row, field, cell)

    def _read_others(
        self,
        cells: Sequence[Sequence[str]],
        values: dict[str, list[object]],
        extra: _Notes,
        written: _Notes,
    ) -> None:
        for index, (label, field), known in self._others:
            column = cells[index]
            found = [known[cell] for cell in column]
            values[field] = [cell.value for cell in found]
            for row, cell in enumerate(found):
                if cell.is_unread:
                    extra.add(row, label, column[row])
                elif cell.differs:
                    written.add(row, field, column[row])

    def _read_unlike(
        self,
        cells: Sequence[Sequence[str]],
        values: dict[str, list[object]],
        extra: _Notes,
        written: _Notes,
    ) -> dict[int, str]:
        """Read columns cell by cell; return row -> the column whose address is none."""
        unread: dict[int, str] = {}
        for index, (label, field), read in self._unlike:
            column = cells[index]
            blank = _BLANK[field]
            texts = [cell.strip() for cell in column]
            found = [read(text) if text else blank for text in texts]
            shown = found if blank == "" else list(map(cell_text, found))
            values[field] = found
            if shown == list(column):
                continue
            for row, (text, cell) in enumerate(zip(texts, column, strict=True)):
                if text and found[row] is None:
                    found[row] = blank
                    extra.add(row, label, cell)
                    if field in _ADDRESSES:
                        unread.setdefault(row, label)
                elif text and shown[row] != cell:
                    written.add(row, field, cell)
        return unread

    def _read_ids(self, cells: Sequence[Sequence[str]], ids: _Notes) -> None:
        for index, system in self._ids:
            for row, cell in enumerate(cells[index]):
                if text := cell.strip():
                    ids.add(row, system, text)

    def _add_what_follows(self, values: dict[str, list[object]], written: _Notes) -> None:
        """Add what other cells of the row say: E.164, and the currency of an amount."""
        count = len(next(iter(values.values()), ()))
        usual = self._country
        countries = [country or usual for country in values.get("country", [""] * count)]
        for field in PHONES:
            if field not in values:
                continue
            told = values.get(f"{field}_e164", [""] * count)
            values[f"{field}_e164"] = [
                (phone and e164(str(phone), str(country))) or number
                for phone, country, number in zip(values[field], countries, told, strict=True)
            ]
        if "revenue" in values:
            currencies = values.setdefault("currency", [""] * count)
            for row, text in written.of_field("revenue"):
                currencies[row] = currencies[row] or currency(text) or ""


def _without_nobodies(
    chunk: LeadChunk, rows: Sequence[CsvRow], known: Sequence[bool], unread: Mapping[int, str]
) -> LeadChunk:
    """Return the chunk without the rows that say of nobody who it is, which are problems."""
    kept = [row for row, is_known in enumerate(known) if is_known]
    return LeadChunk(
        [chunk.lines[row] for row in kept],
        {field: [column[row] for row in kept] for field, column in chunk.values.items()},
        [chunk.external_ids[row] for row in kept],
        [chunk.extra[row] for row in kept],
        [chunk.as_written[row] for row in kept],
        [
            _nobody(rows[row], unread.get(row), chunk.extra[row])
            for row, is_known in enumerate(known)
            if not is_known
        ],
    )


def _nobody(row: CsvRow, column: str | None, extra: Mapping[str, str]) -> RowProblem:
    cells = tuple(row.cells)
    if column is None:
        return RowProblem("nobody", row.line, cells=cells)
    return RowProblem("bad_email", row.line, column, found=extra[column], cells=cells)
