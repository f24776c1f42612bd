# SPDX-License-Identifier: MIT
"""Reads any CSV: finds encoding, delimiter and header, then yields rows and problems one by one.

First step of an import: bytes -> `CsvRow` | `RowProblem`. What the cells mean is for `presets` and
`lead_rows`.
"""

import codecs
import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO

from leaddesk.core.domain.rows import RowProblem
from leaddesk.core.errors import KnownError
from leaddesk.core.formats.encodings import find_encoding
from leaddesk.core.formats.file_kinds import refuse_no_text, refuse_other_kinds

DELIMITERS = (",", ";", "\t", "|")
"""What is sought; of two that divide a file equally well the first is taken."""

CELL_LIMIT = 10_000_000
"""Characters of one cell; beyond it a quote was not closed, or the file is no CSV."""

_SAMPLE_RECORDS = 50
_HEAD_CHARACTERS = 1 << 16
_SEPARATOR_LINE = re.compile(r'"?sep=(.)"?\s*?(?:\r|\n)', re.IGNORECASE)
_SEPARATOR_NAMES = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "pipe": "|"}
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_UNDECODABLE = "\udc80"
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_TOLERANT = "leaddesk.mark"


def _mark(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return _UNDECODABLE, error.end


codecs.register_error(_TOLERANT, _mark)
csv.field_size_limit(CELL_LIMIT)


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a file is written.

    Attributes:
        encoding: Name of the codec, without a byte order mark.
        delimiter: One character.
        header_line: Physical line of the column labels, from 1.
    """

    encoding: str
    delimiter: str
    header_line: int


@dataclass(frozen=True, slots=True)
class CsvRow:
    """One data row.

    Attributes:
        line: Physical line on which it begins, from 1.
        cells: As many as the header has, as they came.
    """

    line: int
    cells: tuple[str, ...]


class CsvSource:
    """An opened CSV.

    Attributes:
        dialect: How it is written.
        header: The labels of the columns, trimmed; may repeat and be empty.
    """

    def __init__(self, stream: BinaryIO, dialect: Dialect, header: tuple[str, ...]) -> None:
        self._stream = stream
        self.dialect = dialect
        self.header = header

    def rows(self) -> Iterator[CsvRow | RowProblem]:
        """Yield the data rows in the order of the file; wholly blank ones are left out.

        Missing cells at the end of a row are blank. The stream is read from its beginning each
        time, and only one of the iterators may be in use.
        """
        width = len(self.header)
        records = _records(self._stream, self.dialect.encoding, self.dialect.delimiter)
        for record in records:
            if record.line <= self.dialect.header_line:
                continue
            if isinstance(record, RowProblem):
                yield record
            elif any(map(str.strip, record.cells)):
                yield record if len(record.cells) == width else _as_wide(record, width)


def open_csv(stream: BinaryIO, *, encoding: str = "", delimiter: str = "") -> CsvSource:
    """Return a CSV ready to be read, its dialect and header found.

    Args:
        stream: Seekable; stays open and belongs to the caller.
        encoding: Any name Python knows; empty: found.
        delimiter: One character, or "tab"; empty: found.

    Raises:
        KnownError: the file is empty, is of another kind (picture, workbook, archive, ...), has
            no header or nothing below it, or the encoding or delimiter is none.
    """
    refuse_other_kinds(stream)
    codec = _codec(encoding) if encoding else find_encoding(stream)
    head = _head(stream, codec)
    refuse_no_text(head.replace(_UNDECODABLE, ""))
    announced = _SEPARATOR_LINE.match(head.lstrip("\ufeff"))
    first_line = 2 if announced else 1
    if delimiter:
        separator = _separator(delimiter)
    else:
        separator = announced[1] if announced else _find_delimiter(stream, codec)
    records = _records(stream, codec, separator)
    filled = (r for r in records if r.line >= first_line and any(cell.strip() for cell in r.cells))
    header = _header(next(filled, None))
    if next(filled, None) is None:
        raise KnownError(
            "The file has a header, but no rows below it.", "Choose a file with leads."
        )
    labels = tuple(cell.strip() for cell in header.cells)
    return CsvSource(stream, Dialect(codec, separator, header.line), labels)


def _header(record: CsvRow | RowProblem | None) -> CsvRow:
    if record is None:
        raise KnownError("The file is empty.", "Choose a CSV file with a header and leads.")
    if isinstance(record, RowProblem):
        problem = record.reason
        raise KnownError(f"The header of the file cannot be read: {problem}.", "Correct that line.")
    if any(_ADDRESS.fullmatch(cell.strip()) for cell in record.cells):
        raise KnownError(
            "The first line of the file is a lead, not a header.",
            "Put a line with the names of the columns above it.",
        )
    return record


def _codec(name: str) -> str:
    try:
        "".encode(name)
        return codecs.lookup(name).name
    except (LookupError, UnicodeError):
        raise KnownError(
            f'There is no encoding "{name}".', 'Use a name such as "utf-8" or "cp1252".'
        ) from None


def _separator(name: str) -> str:
    separator = _SEPARATOR_NAMES.get(name.casefold(), name)
    if len(separator) != 1 or separator in '"\r\n\0':
        raise KnownError(
            f'"{name}" cannot divide the cells of a row.', 'Use one character, or "tab".'
        )
    return separator


class _Borrowed(io.BufferedIOBase):
    """A stream that belongs to somebody else: what is closed is this, not that."""

    name = ""

    def __init__(self, stream: BinaryIO) -> None:
        super().__init__()
        self._stream = stream

    def readable(self) -> bool:
        return True

    def read1(self, size: int = -1, /) -> bytes:
        return self._stream.read(size)


def _text(stream: BinaryIO, codec: str) -> io.TextIOWrapper:
    """Return the text of a stream from its beginning, line ends as they are."""
    stream.seek(0)
    return io.TextIOWrapper(_Borrowed(stream), codec, errors=_TOLERANT, newline="")


def _head(stream: BinaryIO, codec: str) -> str:
    try:
        return _text(stream, codec).read(_HEAD_CHARACTERS)
    except UnicodeError as error:  # UTF-16 needs a mark here; some codecs are not for files
        raise KnownError(
            f'The file cannot be read as "{codec}".', "Leave the encoding out, or name another."
        ) from error


def _find_delimiter(stream: BinaryIO, codec: str) -> str:
    fits = {separator: _fit(stream, codec, separator) for separator in DELIMITERS}
    return max(fits, key=fits.__getitem__)


def _fit(stream: BinaryIO, codec: str, separator: str) -> tuple[float, int]:
    """Return the share of the first records that are as wide as the header, and that width."""
    sample = islice(_records(stream, codec, separator), _SAMPLE_RECORDS)
    widths = [
        0 if isinstance(record, RowProblem) else len(record.cells)
        for record in sample
        if any(cell.strip() for cell in record.cells)
    ]
    if not widths or widths[0] <= 1:
        return 0.0, 0
    return widths.count(widths[0]) / len(widths), widths[0]


class _Lines:
    """The physical lines of a text, of which some can be handed out once more.

    Attributes:
        number: Of the line handed out last, from 1.
        record: Lines handed out since the record began.
        is_damaged: Whether one of them holds bytes that are no text.
    """

    def __init__(self, text: Iterator[str]) -> None:
        self._text = text
        self._again: list[str] = []
        self.number = 0
        self.record: list[str] = []
        self.is_damaged = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._again.pop() if self._again else next(self._text)
        if self.number == 0:
            line = line.removeprefix("\ufeff")
        if "\0" in line:
            line = line.replace("\0", "")
        # Beside what was marked: halves of characters, which UTF-7 and the like let through.
        if not line.isascii() and _SURROGATE.search(line):
            self.is_damaged = True
        self.number += 1
        self.record.append(line)
        return line

    def begin_record(self) -> None:
        """Forget the lines handed out so far."""
        self.record.clear()
        self.is_damaged = False

    def hand_out_again(self) -> None:
        """Go back to the second line of the record."""
        self._again.extend(reversed(self.record[1:]))
        self.number -= len(self.record) - 1


def _records(stream: BinaryIO, codec: str, separator: str) -> Iterator[CsvRow | RowProblem]:
    """Yield all records, the header and blank ones too.

    A record that cannot be taken apart costs its first line only: a quote that is never closed
    would else swallow the rest of the file.
    """
    lines = _Lines(_text(stream, codec))
    reader = csv.reader(lines, delimiter=separator, strict=True)
    while True:
        line = lines.number + 1
        lines.begin_record()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            problem = _quote_problem(line, lines.record[0], str(error))
            lines.hand_out_again()
            reader = csv.reader(lines, delimiter=separator, strict=True)
            yield problem
            continue
        if lines.is_damaged:
            shown = tuple(_SURROGATE.sub("\ufffd", cell) for cell in cells)
            yield RowProblem("undecodable", line, allowed=codec, cells=shown)
        else:
            yield CsvRow(line, tuple(cells))


def _quote_problem(line: int, text: str, error: str) -> RowProblem:
    cells = (_SURROGATE.sub("\ufffd", text.rstrip("\r\n")),)
    if "field limit" in error:
        limit = f"{CELL_LIMIT:,} characters"
        return RowProblem("cell_too_large", line, allowed=limit, cells=cells)
    return RowProblem("quote", line, cells=cells)


def _as_wide(row: CsvRow, width: int) -> CsvRow | RowProblem:
    """Return a row of another width than the header made as wide, if it has nothing beyond."""
    if any(cell.strip() for cell in row.cells[width:]):
        found, allowed = f"{len(row.cells)} fields", f"the header has {width}"
        return RowProblem(
            "too_many_fields", row.line, found=found, allowed=allowed, cells=row.cells
        )
    return CsvRow(row.line, (*row.cells[:width], *("",) * (width - len(row.cells))))
