# SPDX-License-Identifier: MIT
"""Turns the cells of rows into the fields of leads; nothing that stands in a cell is lost.

Between `csv_reader` and the staging file of an import. A text that cannot be read as its field
wants it is kept in `extra` under the column's name; one that is kept in another form also stands in
`as_written`. Rows are read by the thousand and column by column: files have a million.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count, islice
from typing import NamedTuple

from leaddesk.core.domain.column_checks import ColumnCheck
from leaddesk.core.domain.rows import ColumnMap, RowProblem
from leaddesk.core.formats.amounts import currency
from leaddesk.core.formats.column_checks import BY_COLUMN, ColumnTally
from leaddesk.core.formats.csv_reader import CsvRow
from leaddesk.core.formats.csv_writer import cell_text
from leaddesk.core.formats.lead_cells import (
    ADDRESSES,
    BLANK,
    PHONES,
    READERS,
    SELDOM_TWICE,
    Cells,
    Read,
    reader_of,
)
from leaddesk.core.formats.names import split_name
from leaddesk.core.formats.phones import e164
from leaddesk.core.formats.presets import EXTERNAL_ID, IGNORED, Preset

CHUNK = 1000
"""Rows read together."""

_CONTACTS = ("first_name", "last_name", "full_name", "company", "email", "email_2", *PHONES)
NAME_PARTS = ("salutation", "first_name", "last_name")
"""What a name in one piece is split into, in the order of `names.Split`."""
_SYSTEM = f"{EXTERNAL_ID}."
_NOTHING: Mapping[str, str] = {}


Share = tuple[int, int]


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


def read_leads(  # noqa: PLR0913 - all that decides how a file is read
    rows: Iterable[CsvRow | RowProblem],
    columns: Sequence[ColumnMap],
    *,
    system: str,
    country: str,
    preset: Preset | None = None,
    share: Share = (0, 1),
    checks: Sequence[ColumnCheck | None] = (),
    tallies: Sequence[ColumnTally | None] = (),
) -> Iterator[LeadChunk]:
    """Yield the rows of a file in its order, `CHUNK` of them at a time.

    Args:
        rows: As `CsvSource.rows` gives them; problems are handed on.
        columns: One for each cell of a row.
        system: Key in `Lead.external_ids` of the ids of this file.
        country: ISO 3166 alpha-2 for phone numbers without country code, in rows without a
            country; empty when not known.
        share: Of every `share[1]` chunks only the one of number `share[0]` is wanted.
        preset: Says what values mean in the system the file comes from; None: nothing special.
        checks: For each column how its dates or numbers are written; None: not looked at.
        tallies: For each column what counts its cells, None: they are not counted.
    """
    reader = _ChunkReader(columns, system, country, preset, checks or [None] * len(columns))
    remaining = iter(rows)
    for number in count():
        if not (some := list(islice(remaining, CHUNK))):
            return
        if number % share[1] != share[0]:
            continue
        usable = [row for row in some if not isinstance(row, RowProblem)]
        chunk = reader.read(usable, tallies)
        if len(usable) < len(some):
            handed_on = [row for row in some if isinstance(row, RowProblem)]
            problems = sorted([*chunk.problems, *handed_on], key=lambda problem: problem.line)
            chunk = chunk._replace(problems=problems)
        yield chunk


def lead_fields(columns: Iterable[ColumnMap], preset: Preset | None = None) -> tuple[str, ...]:
    """Return the fields of `Lead` that are in `LeadChunk.values` for a file with these columns."""
    mapped = [column.field for column in columns if column.field in BLANK]
    e164s = [f"{field}_e164" for field in PHONES if field in mapped]
    currencies = ["currency"] if "revenue" in mapped else []
    completed = preset.completed_fields if preset else ()
    parts = NAME_PARTS if are_names_split(mapped) else ()
    return tuple(dict.fromkeys((*mapped, *e164s, *currencies, *completed, *parts)))


def are_names_split(fields: Iterable[str]) -> bool:
    """Tell whether the first and last names of a file come from a column with both in one piece.

    Args:
        fields: Where its columns go.
    """
    known = {"first_name", "last_name", "full_name"}.intersection(fields)
    return known == {"full_name"}


class _Notes:
    """What is noted of single rows, a mapping for each that has any."""

    def __init__(self, count: int) -> None:
        self._rows: list[dict[str, str] | None] = [None] * count

    def add(self, row: int, name: str, text: str) -> None:
        """Note a text of a row, unless there is one of that name."""
        noted = self._rows[row]
        if noted is None:
            self._rows[row] = {name: text}
        else:
            noted.setdefault(name, text)

    def of(self, row: int) -> Mapping[str, str]:
        """Return what was noted of a row."""
        return self._rows[row] or _NOTHING

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

    def __init__(
        self,
        columns: Sequence[ColumnMap],
        system: str,
        country: str,
        preset: Preset | None,
        checks: Sequence[ColumnCheck | None],
    ) -> None:
        self._columns = columns
        self._country = country
        self._preset = preset
        self._splits_names = are_names_split(column.field for column in columns)
        self._texts: list[tuple[int, str]] = []
        self._others: list[tuple[int, tuple[str, str], Cells]] = []
        self._unlike: list[tuple[int, tuple[str, str], Read]] = []
        self._ids: list[tuple[int, str]] = []
        self._extra: list[tuple[int, str]] = []
        for index, (column, check) in enumerate(zip(columns, checks, strict=True)):
            field = column.field
            if field == EXTERNAL_ID:
                self._ids.append((index, system))
            elif field.startswith(_SYSTEM):
                self._ids.append((index, field.removeprefix(_SYSTEM)))
            elif not field:
                self._extra.append((index, column.column))
            elif field in SELDOM_TWICE:
                read = reader_of(field, preset, check)
                self._unlike.append((index, (column.column, field), read))
            elif field in READERS:
                self._others.append((index, (column.column, field), Cells(field, preset, check)))
            elif field != IGNORED:
                self._texts.append((index, field))

    def read(self, rows: Sequence[CsvRow], tallies: Sequence[ColumnTally | None] = ()) -> LeadChunk:
        """Return the leads of some rows, and why others are none."""
        size = len(rows)
        cells = list(zip(*map(self._cells, rows), strict=True))
        values: dict[str, list[object]] = {}
        extra, written, ids = _Notes(size), _Notes(size), _Notes(size)
        unread: dict[int, str] = {}
        if rows:
            self._read_extra(cells, extra)
            self._read_texts(cells, values, written)
            self._read_others(cells, values, extra, written)
            unread = self._read_unlike(cells, values, extra, written)
            self._read_ids(cells, ids)
            self._complete(values, extra, written)
            self._add_what_follows(values, written)
            if self._splits_names:
                self._split_names(values)
        lines = [row.line for row in rows]
        for index, tally in enumerate(tallies if rows else ()):
            if tally is not None:
                kept = [row for row, _ in extra.of_field(self._columns[index].column)]
                self._count(tally, lines, cells[index], values, kept)
        chunk = LeadChunk(lines, values, ids.all(), extra.all(), written.all(), [])
        contacts = [values[field] for field in _CONTACTS if field in values]
        known = list(map(any, zip(*contacts, strict=True))) if contacts else [False] * size
        return chunk if all(known) else _without_nobodies(chunk, rows, known, unread)

    def _count(
        self,
        tally: ColumnTally,
        lines: Sequence[int],
        cells: Sequence[str],
        values: Mapping[str, Sequence[object]],
        unread: Sequence[int],
    ) -> None:
        """Count the cells of a column, of which some could not be read."""
        field = tally.field
        found = values.get(field)
        if found is not None and BLANK[field] == "":
            # Quicker than to trim the cells once more.
            blank_count = found.count("") - len(unread)
        else:
            blank_count = len(cells) - sum(map(bool, map(str.strip, cells)))
        if field in PHONES and values[f"{field}_e164"].count("") > blank_count:
            numbers = zip(cells, values[f"{field}_e164"], strict=True)
            unread = [r for r, (cell, n) in enumerate(numbers) if not n and cell.strip()]
        elif tally.are_names_split:
            names = zip(values["full_name"], values["last_name"], strict=True)
            unread = [r for r, (name, last) in enumerate(names) if name and not last]
        tally.count(lines, cells, blank_count, unread)
        if field in BY_COLUMN:
            preset = self._preset
            texts = filter(None, map(str.strip, cells))
            tally.learn(preset.unknown_texts(field, texts) if preset else texts)

    def _cells(self, row: CsvRow) -> Sequence[str]:
        return self._preset.cells(row.cells) if self._preset else row.cells

    def _complete(self, values: dict[str, list[object]], extra: _Notes, written: _Notes) -> None:
        """Add what the system says of a row beside its columns."""
        names = self._preset.completed_fields if self._preset else ()
        if self._preset is None or not names:
            return
        count = len(next(iter(values.values()), ()))
        columns = [values.setdefault(name, [BLANK[name]] * count) for name in names]
        for row in range(count):
            told = {n: c[row] for n, c in zip(names, columns, strict=True) if c[row]}
            noted: dict[str, str] = {}
            self._preset.complete(told, extra.of(row), noted)
            for name, column in zip(names, columns, strict=True):
                column[row] = told.get(name, column[row])
            for name, text in noted.items():
                written.add(row, name, text)

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
            if known.is_plain:
                continue
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
            blank = BLANK[field]
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
                    if field in ADDRESSES:
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

    def _split_names(self, values: dict[str, list[object]]) -> None:
        """Add first and last names where they are certain; the name in one piece stays."""
        names = values["full_name"]
        count = len(names)
        countries = values.get("country", [""] * count)
        companies = values.get("company", [""] * count)
        salutations, firsts, lasts = (values.setdefault(part, [""] * count) for part in NAME_PARTS)
        for row, (name, country, company) in enumerate(
            zip(names, countries, companies, strict=True)
        ):
            # The name of a company stands in both columns of many lists.
            if not name or name == company:
                continue
            if split := split_name(str(name), str(country or self._country)):
                salutation, firsts[row], lasts[row] = split
                salutations[row] = salutations[row] or salutation


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
