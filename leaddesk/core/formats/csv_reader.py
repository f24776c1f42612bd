# SPDX-License-Identifier: MIT
"""Reads any list of leads: finds what it is and where its table is, then yields rows and problems.

First step of an import: bytes -> `CsvRow` | `RowProblem`. What the cells mean is for `presets` and
`lead_rows`.
"""

import codecs
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, dropwhile, islice
from typing import BinaryIO, cast

from leaddesk.core.domain.rows import RowProblem
from leaddesk.core.errors import KnownError
from leaddesk.core.formats.csv_forms import (
    NULL,
    announced_delimiter,
    delimiter_named,
    find_form,
    marks_nulls,
    sample,
)
from leaddesk.core.formats.encodings import find_encoding
from leaddesk.core.formats.file_kinds import FileKind, find_kind, refuse_no_text
from leaddesk.core.formats.packed import Unpacked
from leaddesk.core.formats.records import (
    TOLERANT,
    UNDECODABLE,
    CsvRow,
    filled_count,
    has_text,
    read_records,
)
from leaddesk.core.formats.table_edges import (
    ADDRESS,
    find_header,
    is_ruler,
    usual_width,
    without_footers,
)

__all__ = ["CsvRow", "CsvSource", "Dialect", "open_csv"]

Records = Iterator[CsvRow | RowProblem]

_HEAD_BYTES = 1 << 18
_HEAD_RECORDS = 200


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a file is written.

    Attributes:
        encoding: Name of the codec, without a byte order mark; "xlsx" for a workbook.
        delimiter: One character; empty for a workbook.
        header_line: Physical line of the column labels, from 1; 0: there is none.
        kind: "csv", "csv.gz" or "xlsx".
        quote: What cells with a delimiter are quoted with; empty: nothing.
        escape: What makes the next character plain text; empty: quotes are doubled.
        preamble: The records above the header, each as one text.
        null: The text that stands for "no value"; empty: none does.
        sheet: Name of the sheet that is read, in a workbook.
        other_sheets: Names of the sheets that hold something too and are not read.
    """

    encoding: str
    delimiter: str
    header_line: int
    kind: str = FileKind.TEXT.value
    quote: str = '"'
    escape: str = ""
    preamble: tuple[str, ...] = ()
    null: str = ""
    sheet: str = ""
    other_sheets: tuple[str, ...] = ()


class CsvSource:
    """An opened list of leads.

    Attributes:
        dialect: How it is written.
        header: The labels of the columns, trimmed; may repeat and be empty.
    """

    def __init__(
        self, read: Callable[[], Records], dialect: Dialect, names: tuple[str, ...], first_line: int
    ) -> None:
        self._read = read
        self._names = names
        self._first_line = first_line
        self.dialect = dialect
        self.header = tuple(cell.strip() for cell in names)

    def rows(self) -> Records:
        """Yield the data rows in the order of the file; wholly blank ones are left out.

        Each has as many cells as the header; those missing at the end of a row are blank. Footers
        of reports and the header, when it comes again, are problems. The stream is read from its
        beginning each time, and only one of the iterators may be in use.

        Raises:
            KnownError: an archive turns out to hold far more than a list of leads.
        """
        width, names, plain = len(self.header), self._names, not self.dialect.null
        records = self._below_header()
        held: CsvRow | None = None  # the row before, until it is known not to be a line of totals
        for record in records:
            # What is so for nearly all rows of nearly all files comes first, and costs little.
            if (
                record.__class__ is CsvRow
                and len(cells := record.cells) == width
                and plain
                and ((cells[0] and not cells[0].isspace()) or filled_count(cells) > 1)
                and cells != names
            ):
                if held is not None:
                    yield held
                held = record
                continue
            if isinstance(record, CsvRow) and filled_count(record.cells) <= min(1, width - 1):
                # Nothing, or one cell: what follows may be no rows of the table any more.
                rest = chain((record,), records)
                yield from map(self._fitted, without_footers(rest, held, width))
                held = None
            else:
                if held is not None:
                    yield held
                fitted = self._fitted(record)
                held = fitted if isinstance(fitted, CsvRow) else None
                if held is None:
                    yield fitted
        yield from without_footers(records, held, width)

    def _below_header(self) -> Records:
        """Return the records from the first row on; a line of dashes there is a problem."""
        first_line = self._first_line
        records = dropwhile(lambda record: record.line < first_line, self._read())
        for first in records:
            is_dashes = isinstance(first, CsvRow) and is_ruler(first.cells)
            shown = RowProblem("ruler", first.line, cells=first.cells) if is_dashes else first
            return chain((shown,), records)
        return records

    def _fitted(self, record: CsvRow | RowProblem) -> CsvRow | RowProblem:
        """Return a record as wide as the header; a problem if it is no row of this table."""
        if isinstance(record, RowProblem):
            return record
        line, cells = record
        width = len(self.header)
        if self.dialect.null:
            cells = tuple("" if cell == self.dialect.null else cell for cell in cells)
        if cells == self._names and width > 1:
            return RowProblem("header_again", line, cells=cells)
        if len(cells) > width and filled_count(cells[width:]):
            found, allowed = f"{len(cells)} fields", f"the header has {width}"
            return RowProblem("too_many_fields", line, found=found, allowed=allowed, cells=cells)
        return CsvRow(line, cells[:width] + ("",) * (width - len(cells)))


def open_csv(
    stream: BinaryIO, *, encoding: str = "", delimiter: str = "", has_header: bool = True
) -> CsvSource:
    """Return a list of leads ready to be read, its dialect and header found.

    Args:
        stream: Seekable; stays open and belongs to the caller. A CSV, one packed with gzip, or an
            Excel workbook (xlsx).
        encoding: Any name Python knows; empty: found.
        delimiter: One character, or "tab"; empty: found.
        has_header: False: the first row is a lead already, and the columns are called "Column 1"
            and so on.

    Raises:
        KnownError: the file is empty, is of another kind (picture, document, archive, ...), has no
            header or nothing below it, or the encoding or delimiter is none.
    """
    kind = find_kind(stream)
    if kind is FileKind.WORKBOOK:
        return _open_workbook(stream, has_header=has_header)
    if kind is FileKind.GZIP:
        stream = _unpacked(stream)
    codec = _codec(encoding) if encoding else find_encoding(stream)
    head = _head(stream, codec)
    refuse_no_text(head.replace(UNDECODABLE, ""))
    announced = announced_delimiter(head)
    wanted = delimiter_named(delimiter) if delimiter else announced
    form = find_form(stream, codec, head, wanted)
    records = [record for record in sample(stream, codec, form) if record.line > bool(announced)]
    null = NULL if marks_nulls(records) else ""
    dialect = Dialect(codec, form.delimiter, 0, kind.value, form.quote, form.escape, null=null)
    read = partial(read_records, stream, codec, form)
    return _source(read, dialect, records, has_header=has_header)


def _open_workbook(stream: BinaryIO, *, has_header: bool) -> CsvSource:
    from leaddesk.core.formats.workbooks import open_sheet

    sheet = open_sheet(stream)
    kind = FileKind.WORKBOOK.value
    dialect = Dialect(kind, "", 0, kind, "", sheet=sheet.name, other_sheets=sheet.others)
    records = _as_wide_as_fullest(list(islice(sheet.records(), _HEAD_RECORDS)))
    return _source(sheet.records, dialect, records, has_header=has_header)


def _as_wide_as_fullest(records: Sequence[CsvRow]) -> list[CsvRow]:
    """Return rows of a sheet, which end with their last text, made as wide as its table."""
    fullest = max(records, key=lambda record: filled_count(record.cells), default=CsvRow(1, ()))
    width = len(fullest.cells)
    return [CsvRow(row.line, (*row.cells, *("",) * (width - len(row.cells)))) for row in records]


def _source(
    read: Callable[[], Records],
    dialect: Dialect,
    records: Sequence[CsvRow | RowProblem],
    *,
    has_header: bool,
) -> CsvSource:
    """Return the source of some records, of which the first are given."""
    index = find_header(records)
    if index < 0:
        raise KnownError("The file is empty.", "Choose a CSV file with a header and leads.")
    if not has_header:
        labels = tuple(f"Column {number}" for number in range(1, usual_width(records) + 1))
        return CsvSource(read, dialect, labels, records[index].line)
    header = _header(records[index])
    above = (" ".join(filter(None, map(str.strip, r.cells))) for r in records[:index])
    dialect = replace(dialect, header_line=header.line, preamble=tuple(filter(None, above)))
    below = dropwhile(lambda record: record.line <= header.line, read())
    first = next(filter(has_text, below), None)
    if first is None:
        raise KnownError(
            "The file has a header, but no rows below it.", "Choose a file with leads."
        )
    return CsvSource(read, dialect, header.cells, first.line)


def _header(record: CsvRow | RowProblem) -> CsvRow:
    if isinstance(record, RowProblem):
        problem = record.reason
        raise KnownError(f"The header of the file cannot be read: {problem}.", "Correct that line.")
    if any(ADDRESS.fullmatch(cell.strip()) for cell in record.cells):
        raise KnownError(
            "The first line of the file is a lead, not a header.",
            "Put a line with the names of the columns above it.",
        )
    return record


def _unpacked(stream: BinaryIO) -> BinaryIO:
    """Return the CSV inside a gzip archive.

    Raises:
        KnownError: nothing can be read in the archive, or it holds something else.
    """
    inside = cast("BinaryIO", Unpacked(stream))
    if not inside.read(1):
        raise KnownError(
            "This is an archive that is empty, or so damaged that nothing in it can be read.",
            "Fetch or save it once more, then import it again.",
        )
    if find_kind(inside) is not FileKind.TEXT:
        raise KnownError(
            "There is no CSV in this archive, but a workbook or another archive.",
            "Unpack it first, and import what is inside.",
        )
    return inside


def _codec(name: str) -> str:
    try:
        "".encode(name)
        return codecs.lookup(name).name
    except (LookupError, ValueError):
        raise KnownError(
            f'There is no encoding "{name}".', 'Use a name such as "utf-8" or "cp1252".'
        ) from None


def _head(stream: BinaryIO, codec: str) -> str:
    """Return the first characters of the text."""
    stream.seek(0)
    try:
        return codecs.getincrementaldecoder(codec)(TOLERANT).decode(stream.read(_HEAD_BYTES))
    except (UnicodeError, LookupError) as error:
        # UTF-16 needs a mark here; some codecs are not for files.
        raise KnownError(
            f'The file cannot be read as "{codec}".', "Leave the encoding out, or name another."
        ) from error
