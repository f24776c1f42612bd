# SPDX-License-Identifier: MIT
"""Reads the first filled sheet of an Excel workbook (xlsx) as the texts a person sees in it.

Numbers and dates come in a plain form: no thousands separators, no exponents, ISO 8601. openpyxl
does the reading; what could make it take all memory is refused before.
"""

import re
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import BinaryIO, Protocol

from leaddesk.core.errors import KnownError
from leaddesk.core.formats.records import CsvRow

MOST_ROWS = 1_048_576
"""Rows of a sheet; Excel has no more, so a greater number in a file is a mistake or a trap."""

MOST_PART_BYTES = 4 << 30
"""Of a sheet, unpacked: some 200 for each of the cells that 1,000,000 leads with 20 fields have."""

MOST_SHARED_BYTES = 256 << 20
"""Of the texts of a workbook and all else that is read into memory as a whole."""

MOST_TIMES = 300
"""How many times its packed size a part may be; sheets shrink to a tenth or a fortieth."""

_ALWAYS_ALLOWED = 16 << 20
_MOST_PARTS = 10_000
_HEAD_BYTES = 1 << 12
_FAULTS = (
    zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, LookupError, TypeError,
    AttributeError, SyntaxError, ArithmeticError, RuntimeError, AssertionError,
)  # fmt: skip
"""What openpyxl raises for a workbook that is not as it should be."""

_SECOND = timedelta(seconds=1)
_ZEROS = re.compile(r"0{2,}")
_CARRIAGE_RETURN = re.compile(r"_x000[dD]_\n?")
_CONVERTED_LINE_END = "\n"


class _Cell(Protocol):
    value: object
    number_format: str


class _Content(Protocol):
    def iter_rows(self, *, max_row: int) -> Iterable[Iterable[_Cell]]: ...


@dataclass(frozen=True, slots=True)
class Sheet:
    """The sheet of a workbook that is read.

    Attributes:
        name: As on its tab.
        others: Names of the sheets that are not read and hold something.
        content: For `records`.
    """

    name: str
    others: tuple[str, ...]
    content: _Content

    def records(self) -> Iterator[CsvRow]:
        """Yield all rows from the first, also blank ones, each with its number in the sheet.

        Raises:
            KnownError: the sheet turns out to be damaged.
        """
        rows = enumerate(self.content.iter_rows(max_row=MOST_ROWS), 1)
        while True:
            try:
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")  # dates that are none, styles, extensions
                    number, cells = next(rows)
            except StopIteration:
                return
            except _FAULTS as error:
                raise _damaged() from error
            texts = [_seen(cell) for cell in cells]
            while texts and not texts[-1]:
                texts.pop()
            yield CsvRow(number, tuple(texts))


def open_sheet(stream: BinaryIO) -> Sheet:
    """Return the first visible sheet with content, else the first hidden one.

    Args:
        stream: A ZIP archive with a workbook; stays open and belongs to the caller.

    Raises:
        KnownError: there is no such sheet, the workbook is damaged, or it is made to take all
            memory.
    """
    import openpyxl  # type: ignore[import-untyped]  # publishes no types

    _refuse_traps(stream)
    stream.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)
    except _FAULTS as error:
        raise _damaged() from error
    sheets = sorted(book.worksheets, key=lambda sheet: sheet.sheet_state != "visible")
    for sheet in sheets:
        sheet.reset_dimensions()  # many programs write a wrong one, and cells beyond were lost
    filled = [Sheet(sheet.title, (), sheet) for sheet in sheets]
    filled = [sheet for sheet in filled if any(any(row.cells) for row in sheet.records())]
    if not filled:
        raise KnownError("The workbook is empty.", "Choose a workbook with a header and leads.")
    return Sheet(filled[0].name, tuple(other.name for other in filled[1:]), filled[0].content)


def _damaged() -> KnownError:
    return KnownError(
        "The workbook is damaged, or not written as Excel does.",
        "Open it in a spreadsheet program, save it as CSV, and import that file.",
    )


def _refuse_traps(stream: BinaryIO) -> None:
    """Leave a workbook alone whose parts are of usual sizes.

    The library reads no more of a part than it is declared to have, so that is what is looked at.
    """
    stream.seek(0)
    try:
        with zipfile.ZipFile(stream) as archive:
            parts = archive.infolist()
            is_trap = len(parts) > _MOST_PARTS or any(map(_is_trap, parts))
            is_trap = is_trap or _shared_size(parts) > MOST_SHARED_BYTES
            is_trap = is_trap or any(_has_entities(archive, part) for part in parts)
    except _FAULTS as error:
        raise _damaged() from error
    if is_trap:
        raise KnownError(
            "Far more comes out of this workbook than a list of leads can hold.",
            "Open it in a spreadsheet program, save the leads as CSV, and import that file.",
        )


def _is_trap(part: zipfile.ZipInfo) -> bool:
    size = part.file_size
    return size > MOST_PART_BYTES or size > max(_ALWAYS_ALLOWED, MOST_TIMES * part.compress_size)


def _shared_size(parts: list[zipfile.ZipInfo]) -> int:
    return sum(
        part.file_size
        for part in parts
        if part.filename.endswith(".xml") and "/worksheets/" not in part.filename
    )


def _has_entities(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Return whether a part declares a document type, which no workbook needs and XML bombs do."""
    if not part.filename.endswith((".xml", ".rels")):
        return False
    with archive.open(part) as content:
        return b"<!DOCTYPE" in content.read(_HEAD_BYTES).replace(b"\0", b"")


def _seen(cell: _Cell) -> str:
    """Return the text of a cell; formulas have the value that was stored with them."""
    value = cell.value
    match value:
        case None:
            return ""
        case str():
            return _CARRIAGE_RETURN.sub(_CONVERTED_LINE_END, value) if "_x000" in value else value
        case bool():
            return "TRUE" if value else "FALSE"
        case int() | float():
            return _number(value, cell.number_format)
        case datetime() | date() | time() | timedelta():
            return _moment(value)
        case _:
            return str(value)


def _number(value: float, shape: str) -> str:
    """Return a number without separators and exponent; "50%" and "01234" where they look so."""
    if shape.endswith("%"):
        return f"{_plain(value * 100)}%"
    text = _plain(value)
    return text.zfill(len(shape)) if _ZEROS.fullmatch(shape) and text.isdigit() else text


def _plain(value: float) -> str:
    if isinstance(value, int):
        return str(value)
    # Excel keeps and shows 15 digits; the others are what is left of binary fractions.
    text = f"{Decimal(f'{value:.15g}'):f}" if abs(value) < float("inf") else str(value)
    return text.rstrip("0").rstrip(".") if "." in text else text


def _moment(value: datetime | date | time | timedelta) -> str:
    if isinstance(value, datetime):
        value = (value + _SECOND / 2).replace(microsecond=0)
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, timedelta):
        seconds = round(value / _SECOND)
        return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    if isinstance(value, time):
        return value.replace(microsecond=0).isoformat()
    return value.isoformat()
