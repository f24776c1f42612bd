# SPDX-License-Identifier: MIT
"""What the cells of a column say: the texts of a file as values of a field of `Lead`."""

import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from typing import NamedTuple

from leaddesk.core.domain.column_checks import ColumnCheck
from leaddesk.core.domain.lead import Lead
from leaddesk.core.domain.stages import Stage, Status
from leaddesk.core.formats.amounts import currency, employee_count, whole_number
from leaddesk.core.formats.cells import email_address, flag, tags
from leaddesk.core.formats.column_checks import BY_COLUMN, column_reader
from leaddesk.core.formats.country_names import country_code
from leaddesk.core.formats.csv_writer import cell_text
from leaddesk.core.formats.dates import moment
from leaddesk.core.formats.presets import Preset

PHONES = ("phone", "phone_2", "mobile")
ADDRESSES = ("email", "email_2")
BLANK: Mapping[str, object] = {
    f.name: None if f.default is MISSING else f.default for f in fields(Lead)
} | {"lead_id": "", "stage": None, "status": None}
_LEAD_ID = re.compile(r"L[A-Z2-7]{24}")
_E164 = re.compile(r"\+[1-9]\d{6,14}")
"""Field -> its value where a cell is blank."""
_REMEMBERED = 1 << 14
"""Cells of one column whose meaning is kept: most columns say few different things."""

Read = Callable[[str], object | None]


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


READERS: dict[str, Read] = {
    "lead_id": _lead_id,
    **dict.fromkeys(ADDRESSES, email_address),
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

SELDOM_TWICE = frozenset((*ADDRESSES, *PHONES, *(f"{field}_e164" for field in PHONES), "revenue"))
"""Fields that hardly ever have the same cell twice: to remember those costs more than it gives."""


def read_cell(field: str, text: str) -> object | None:
    """Return what a text says as a field of a lead; None: nothing that is certain."""
    reader = READERS.get(field)
    return reader(text) if reader else text


class Cell(NamedTuple):
    """What one cell says.

    Attributes:
        is_unread: It is kept as extra.
        differs: The value written out is another text than the cell.
    """

    value: object
    is_unread: bool
    differs: bool


class Cells(dict[str, Cell]):
    """Reads the cells of one column, the same text once.

    Attributes:
        is_plain: Whether every cell so far says all in its value.
    """

    def __init__(self, field: str, preset: Preset | None, check: ColumnCheck | None = None) -> None:
        super().__init__()
        self.is_plain = True
        self._read = reader_of(field, preset, check)
        self._blank = BLANK[field]
        self._keeps_text = preset is not None and preset.keeps_text(field)

    def __missing__(self, cell: str) -> Cell:
        text = cell.strip()
        if not text:
            found = Cell(self._blank, is_unread=False, differs=False)
        else:
            found = self._told(cell, self._read(text))
            self.is_plain = self.is_plain and not (found.is_unread or found.differs)
        if len(self) >= _REMEMBERED:
            self.clear()
        self[cell] = found
        return found

    def _told(self, cell: str, value: object | None) -> Cell:
        if value is None:
            return Cell(self._blank, is_unread=True, differs=False)
        differs = self._keeps_text or cell_text(value) != cell
        return Cell(value, is_unread=False, differs=differs)


def reader_of(field: str, preset: Preset | None, check: ColumnCheck | None = None) -> Read:
    """Return how the cells of a field are read: by what they mean in their system and column.

    Args:
        field: Of `Lead`.
        preset: Of the system; None: nothing special.
        check: How dates or numbers of the column are written; None: not looked at.
    """
    reader = column_reader(check) if check is not None and field in BY_COLUMN else READERS[field]
    if preset is None or not preset.reading.is_own(field):
        return reader

    def read(text: str) -> object | None:
        said = preset.read_value(field, text)
        return reader(said) if said else None

    return read
