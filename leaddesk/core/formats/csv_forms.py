# SPDX-License-Identifier: MIT
"""Finds how the cells of a text file are divided and quoted, by trying it on its first records."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import BinaryIO

from leaddesk.core.domain.rows import RowProblem
from leaddesk.core.errors import KnownError
from leaddesk.core.formats.records import CsvRow, Form, filled_count, has_text, read_records
from leaddesk.core.formats.table_edges import find_header, usual_width

DELIMITERS = (",", ";", "\t", "|")
"""What is sought; of two that divide a file equally well the first is taken."""

NULL = r"\N"
"""What database dumps write where a value is missing."""

_SAMPLE_RECORDS = 200
_SAMPLE_CHARACTERS = 1 << 18
_FEWEST_RECORDS = 3
_TELLING_NULLS = 2

_SEPARATOR_LINE = re.compile(r'\ufeff?"?sep=(.)\1*"?\1*[ \t]*?(?:\r|\n)', re.IGNORECASE)
_SEPARATOR_NAMES = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "pipe": "|"}
_SPACED_QUOTE = re.compile(r" +\"")


def announced_delimiter(head: str) -> str:
    """Return the delimiter that the first line of a file names ("sep=;"); empty: it does not."""
    match = _SEPARATOR_LINE.match(head)
    return match[1] if match and match[1] not in '"\0' else ""


def delimiter_named(name: str) -> str:
    """Return the one character of a delimiter, which may be given by its name.

    Raises:
        KnownError: it is none.
    """
    delimiter = _SEPARATOR_NAMES.get(name.casefold(), name)
    if len(delimiter) != 1 or delimiter in '"\r\n\0':
        raise KnownError(
            f'"{name}" cannot divide the cells of a row.', 'Use one character, or "tab".'
        )
    return delimiter


def find_form(stream: BinaryIO, codec: str, head: str, delimiter: str = "") -> Form:
    r"""Return how the records of a stream are written.

    Quotes are doubled `"` unless the file reads better otherwise: with `\"`, with `'`, with spaces
    before the quote, or with no quotes at all.

    Args:
        stream: From its beginning.
        codec: The encoding of the text.
        head: The first characters of the text.
        delimiter: Empty: sought among `DELIMITERS`.
    """
    plain = [Form(one) for one in ([delimiter] if delimiter else DELIMITERS)]
    tried = {form: _Trial.of(stream, codec, form) for form in plain}
    for form in plain:
        for other in _other_forms(form, head):
            trial = _Trial.of(stream, codec, other)
            if trial.is_better_than(tried[form]):
                tried[other] = trial
    best = max(tried, key=lambda form: (tried[form].fit, tried[form].width))
    if not tried[best].fit and not delimiter:
        # One column: what stands in it may well hold commas.
        return next((form for form in plain if tried[form].is_one_column), plain[0])
    return best


def sample(stream: BinaryIO, codec: str, form: Form) -> list[CsvRow | RowProblem]:
    """Return the first records of a stream, blank ones too: enough to see what they are like."""
    return list(_first(read_records(stream, codec, form)))


def marks_nulls(records: list[CsvRow | RowProblem]) -> bool:
    r"""Return whether a database wrote the records, with `\N` where there is no value."""
    rows = [record for record in records if isinstance(record, CsvRow) and NULL in record.cells]
    return len(rows) >= _TELLING_NULLS


def _first(records: Iterator[CsvRow | RowProblem]) -> Iterator[CsvRow | RowProblem]:
    size = 0
    for count, record in enumerate(records, 1):
        yield record
        size += sum(map(len, record.cells))
        if count >= _SAMPLE_RECORDS or (size > _SAMPLE_CHARACTERS and count >= _FEWEST_RECORDS):
            return


def _other_forms(form: Form, head: str) -> Iterator[Form]:
    """Yield the ways of quoting that a file could have, by what stands in its head."""
    if '\\"' in head:
        yield replace(form, escape="\\")
    if "'" in head:
        yield replace(form, quote="'")
    if _SPACED_QUOTE.search(head):
        yield replace(form, skips_spaces=True)
    if '"' in head and form.delimiter in "\t|":
        yield replace(form, quote="")


@dataclass(frozen=True, slots=True)
class _Trial:
    """What comes of reading the first records in one way.

    Attributes:
        form: The way.
        fit: 0 or more: how well they are of one width, and how much that width says.
        width: The usual one.
        problems: Records that could not be taken apart.
        quoted: Cells that still stand in quotes, as if they had not been understood.
        header_quoted: Whether all cells of the first record do.
        is_one_column: Whether no record has a second cell with text.
    """

    form: Form
    fit: float
    width: int
    problems: int
    quoted: int
    header_quoted: bool
    is_one_column: bool

    @classmethod
    def of(cls, stream: BinaryIO, codec: str, form: Form) -> "_Trial":
        first = sample(stream, codec, form)
        header = first[max(0, find_header(first))].cells if first else ()
        records = list(filter(has_text, first))
        rows = [record for record in records if isinstance(record, CsvRow)]
        width = usual_width(records)
        fit = 0.0
        if width > 1 and len(header) > 1:
            share = sum(len(row.cells) == width for row in rows) / len(records)
            fit = share**2 * math.log2(width) * (1 - _spaced_share(rows) / 2)
        marks = (form.quote or '"', '"', "'")
        quoted = [[_is_quoted(cell, marks) for cell in row.cells] for row in rows]
        return cls(
            form,
            fit,
            width,
            problems=len(records) - len(rows),
            quoted=sum(map(sum, quoted)),
            header_quoted=bool(quoted) and all(quoted[0]),
            is_one_column=bool(rows) and all(filled_count(row.cells) <= 1 for row in rows),
        )

    def is_better_than(self, plain: "_Trial") -> bool:
        """Return whether this reads a file that the plain way does not understand."""
        fits = self.fit >= plain.fit and self.problems <= plain.problems
        if self.form.quote == "'":
            is_needed = plain.header_quoted or self.fit > plain.fit
            return fits and is_needed and self.quoted < plain.quoted
        if not self.form.quote:
            return fits and plain.problems > self.problems and not self.quoted
        if self.form.skips_spaces:
            return fits and self.quoted < plain.quoted
        return fits and plain.problems > self.problems


def _spaced_share(rows: list[CsvRow]) -> float:
    """Return the share of cells that begin with a space, as what follows a comma in a text does."""
    later = [cell for row in rows for cell in row.cells[1:]]
    return sum(cell.startswith(" ") for cell in later) / len(later) if later else 0.0


def _is_quoted(cell: str, marks: tuple[str, ...]) -> bool:
    text = cell.lstrip(" ")
    return len(text) > 1 and text[0] in marks and text[-1] in (*marks, " ")
