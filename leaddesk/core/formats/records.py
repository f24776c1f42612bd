# SPDX-License-Identifier: MIT
"""Takes a stream of text apart into records, each with the physical line on which it begins.

Between the bytes and `csv_reader`, which knows what a record is. Blank records are among them, for
they say where a table ends.
"""

import codecs
import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from itertools import chain
from typing import BinaryIO, NamedTuple

from leaddesk.core.domain.rows import RowProblem
from leaddesk.core.formats.packed import Unpacked

CELL_LIMIT = 10_000_000
"""Characters of one cell; beyond it a quote was not closed, or the file is no CSV."""

TOLERANT = "leaddesk.mark"
"""Error handler that puts a mark where bytes are no text in the encoding of the file."""

UNDECODABLE = "\udc80"
"""The mark. No decoder makes this character by itself, and no text may hold it."""

_BLOCK_BYTES = 1 << 18
_LINE_LIMIT = 2 * CELL_LIMIT
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_REPLACEMENT = "\ufffd"
_MARK = "\ufeff"
_MARK_IN_THE_MIDDLE = re.compile(r"(?<=[\r\n])\ufeff|\A\ufeff")
_SHOWN_OF_A_LONG_CELL = 1_000

# A quote that is never closed is sought far, and reading goes on in the line after it. A file with
# many of them would be read as many times, so after some searches in vain they go no further than
# the lines of an ordinary cell.
_MOST_LINES = 250_000
_MOST_IN_VAIN = 1_000_000
_LINES_OF_A_CELL = 40
_TOO_FAR = "unexpected end of data"


def _mark(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return UNDECODABLE, error.end


codecs.register_error(TOLERANT, _mark)
csv.field_size_limit(CELL_LIMIT)


class CsvRow(NamedTuple):
    """One row: for 1,000,000 of them, making a dataclass costs more than reading the file.

    Attributes:
        line: Physical line on which it begins, from 1; the row of the sheet in a workbook.
        cells: The texts as they came.
    """

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """How the cells of a record are divided and quoted.

    Attributes:
        delimiter: One character.
        quote: One character; empty: cells are not quoted, and a quote is text.
        escape: What makes the next character plain text; empty: quotes are doubled.
        skips_spaces: Whether spaces behind the delimiter are no part of the cell, so that a
            quote may follow them.
    """

    delimiter: str
    quote: str = '"'
    escape: str = ""
    skips_spaces: bool = False


def read_records(stream: BinaryIO, codec: str, form: Form) -> Iterator[CsvRow | RowProblem]:
    """Yield all records from the beginning of a stream, the header and blank ones too.

    A record that cannot be taken apart costs its first line only: a quote that is never closed
    would else swallow the rest of the file.

    Raises:
        UnicodeError: the codec is none for files, or wants a byte order mark that is not there.
    """
    text = _Text(stream, codec)
    lines = _Lines(chain.from_iterable(text.parts()))
    reader = lines.reader(form)
    make, row = tuple.__new__, CsvRow  # half the time of calling the class
    record = lines.record
    before = 0
    while True:
        line = before + reader.line_num + 1
        record.clear()
        try:
            cells = next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            yield _quote_problem(line, record[0], str(error))
            lines.hand_out_again()
            before = line
            reader = lines.reader(form)
            continue
        if text.is_damaged and any(map(_SURROGATE.search, record)):
            shown = tuple(_SURROGATE.sub(_REPLACEMENT, cell) for cell in cells)
            yield RowProblem("undecodable", line, allowed=codec, cells=shown)
        else:
            yield make(row, (line, tuple(cells)))
    if isinstance(stream, Unpacked) and stream.fault:
        last = (_SURROGATE.sub(_REPLACEMENT, text.cut_off),) if text.cut_off else ()
        yield RowProblem("cut_off", before + reader.line_num + 1, found=stream.fault, cells=last)


class _Text:
    """The text of a stream from its beginning, line ends as they are.

    Attributes:
        is_damaged: Whether what was read so far holds bytes that are no text.
        cut_off: The line in which a damaged archive ends.
    """

    def __init__(self, stream: BinaryIO, codec: str) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder(codec)(TOLERANT)
        self._is_marked: bool | None = None
        self.is_damaged = False
        self.cut_off = ""

    def parts(self) -> Iterator[StringIO]:
        """Yield whole lines, many at a time: what is asked of each line is slow."""
        self._stream.seek(0)
        rest = ""
        while block := self._stream.read(_BLOCK_BYTES):
            text = rest + self._decoder.decode(block)
            end = _end_of_lines(text)
            if end:
                yield self._part(text[:end])
            rest = text[end:]
        rest += self._decoder.decode(b"", final=True)
        if isinstance(self._stream, Unpacked) and self._stream.fault:
            self.cut_off = rest
        elif rest:
            yield self._part(rest)

    def _part(self, text: str) -> StringIO:
        if "\0" in text:
            text = text.replace("\0", "")
        if self._is_marked is None:
            self._is_marked = text.startswith(_MARK)
        # One at the beginning, others where files were put together. In a file without one at the
        # beginning it is part of a cell.
        if self._is_marked and _MARK in text:
            text = _MARK_IN_THE_MIDDLE.sub("", text)
        if not (text.isascii() or self.is_damaged):
            self.is_damaged = not _is_whole(text)
        return StringIO(text, newline="")


def _end_of_lines(text: str) -> int:
    """Return where the last whole line ends; 0: there is none."""
    # A CR at the end may be the first half of CRLF.
    end = max(text.rfind("\n"), text.rfind("\r", 0, -1)) + 1
    return len(text) if not end and len(text) > _LINE_LIMIT else end


def _is_whole(text: str) -> bool:
    """Return whether all characters are whole: no mark, and no half of one as UTF-7 may hold."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


class _Lines:
    """The physical lines of a text, of which those of a broken record are handed out once more.

    Attributes:
        record: Lines handed out since it was last cleared.
    """

    def __init__(self, text: Iterator[str]) -> None:
        self._text = text
        self._again: list[str] = []
        self._most = _MOST_LINES
        self._in_vain = 0
        self.record: list[str] = []

    def reader(self, form: Form) -> "csv._reader":  # type: ignore[name-defined]  # only in stubs
        """Return a reader of the lines from here on."""
        return csv.reader(
            self._handed_out(),
            delimiter=form.delimiter,
            quotechar=form.quote or None,
            quoting=csv.QUOTE_MINIMAL if form.quote else csv.QUOTE_NONE,
            escapechar=form.escape or None,
            skipinitialspace=form.skips_spaces,
            strict=True,
        )

    def _handed_out(self) -> Iterator[str]:
        record, again, most = self.record, self._again, self._most
        while again:
            record.append(again.pop())
            if len(record) > most:
                raise csv.Error(_TOO_FAR)
            yield record[-1]
        for line in self._text:
            record.append(line)
            if len(record) > most:
                raise csv.Error(_TOO_FAR)
            yield line

    def hand_out_again(self) -> None:
        """Go back to the second line of the record."""
        self._in_vain += len(self.record)
        if self._in_vain > _MOST_IN_VAIN:
            self._most = _LINES_OF_A_CELL
        self._again.extend(reversed(self.record[1:]))


def _quote_problem(line: int, text: str, error: str) -> RowProblem:
    shown = _SURROGATE.sub(_REPLACEMENT, text.rstrip("\r\n"))
    if "field limit" in error:
        limit = f"{CELL_LIMIT:,} characters"
        start = (shown[:_SHOWN_OF_A_LONG_CELL],)
        return RowProblem("cell_too_large", line, allowed=limit, cells=start)
    return RowProblem("quote", line, cells=(shown,))


def filled_count(cells: Sequence[str]) -> int:
    """Return how many cells are not blank."""
    return len(cells) - cells.count("") - sum(map(str.isspace, cells))


def has_text(record: CsvRow | RowProblem) -> bool:
    """Return whether a record is more than a blank line."""
    return isinstance(record, RowProblem) or filled_count(record.cells) > 0
