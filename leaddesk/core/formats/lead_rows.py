# SPDX-License-Identifier: MIT
"""Turns the cells of a row into the fields of a lead; nothing that stands in a cell is lost.

Between `csv_reader` and `domain.merge`. A text that cannot be read as its field wants it is kept in
`extra` under the column's name; one that is kept in another form also stands in `as_written`.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from leaddesk.core.domain.rows import ColumnMap, LeadRow, RowProblem
from leaddesk.core.domain.stages import Stage, Status
from leaddesk.core.formats.cells import (
    currency,
    e164,
    email_address,
    flag,
    moment,
    tags,
    whole_number,
)
from leaddesk.core.formats.country_names import country_code
from leaddesk.core.formats.csv_reader import CsvRow
from leaddesk.core.formats.csv_writer import cell_text
from leaddesk.core.formats.presets import EXTERNAL_ID, IGNORED, Preset

PHONES = ("phone", "phone_2", "mobile")

_CONTACTS = frozenset(
    {"first_name", "last_name", "full_name", "company", "email", "email_2", *PHONES}
)
_LEAD_ID = re.compile(r"L[A-Z2-7]{24}")
_E164 = re.compile(r"\+[1-9]\d{6,14}")
_SYSTEM = f"{EXTERNAL_ID}."


def read_leads(
    rows: Iterable[CsvRow | RowProblem],
    columns: Sequence[ColumnMap],
    *,
    system: str,
    country: str,
    preset: Preset | None = None,
) -> Iterator[LeadRow | RowProblem]:
    """Yield a lead or a problem for every row, in the order of the file.

    Args:
        rows: As `CsvSource.rows` gives them; problems are handed on.
        columns: One for each cell of a row.
        system: Key in `Lead.external_ids` of the ids of this file.
        country: ISO 3166 alpha-2 for phone numbers without country code, in rows without a
            country; empty when not known.
        preset: Says what values mean in the system the file comes from; None: nothing special.
    """
    reader = _RowReader(columns, system, country, preset)
    for row in rows:
        yield row if isinstance(row, RowProblem) else reader.read(row)


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


_READERS: dict[str, Callable[[str], object | None]] = {
    "lead_id": _lead_id,
    **dict.fromkeys(("email", "email_2"), email_address),
    **dict.fromkeys(PHONES, _phone),
    **{f"{field}_e164": _e164 for field in PHONES},
    **dict.fromkeys(("employees", "revenue"), whole_number),
    "currency": _currency_column,
    "country": _country,
    "stage": _stage,
    "status": _status,
    "tags": tags,
    **dict.fromkeys(("do_not_call", "opted_out", "suppressed"), flag),
    **dict.fromkeys(("consent_at", "created_at", "last_activity_at"), moment),
}
"""Fields that are not just the trimmed text, and how they are read; None: kept as extra."""


def read_cell(field: str, text: str) -> object | None:
    """Return what a text says as a field of a lead; None: nothing that is certain."""
    reader = _READERS.get(field)
    return reader(text) if reader else text


class _Draft:
    """What has been read of one row so far."""

    __slots__ = ("as_written", "extra", "unread", "values")

    def __init__(self) -> None:
        self.values: dict[str, object] = {}
        self.as_written: dict[str, str] = {}
        self.extra: dict[str, str] = {}
        self.unread: dict[str, str] = {}

    def finish(self, external_ids: Mapping[str, str]) -> Mapping[str, object]:
        """Return all of it as in `LeadRow.values`."""
        mappings = {
            "external_ids": external_ids,
            "extra": self.extra,
            "as_written": self.as_written,
        }
        return self.values | {name: mapping for name, mapping in mappings.items() if mapping}


class _RowReader:
    """Knows for the columns of one file which cell becomes what."""

    def __init__(
        self, columns: Sequence[ColumnMap], system: str, country: str, preset: Preset | None
    ) -> None:
        self._country = country
        self._preset = preset
        self._texts: list[tuple[int, str]] = []
        self._others: list[tuple[int, ColumnMap, Callable[[str], object | None]]] = []
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
            elif field in _READERS:
                self._others.append((index, column, _READERS[field]))
            elif field != IGNORED:
                self._texts.append((index, field))

    def read(self, row: CsvRow) -> LeadRow | RowProblem:
        """Return the lead of a row, or why there is none."""
        cells = self._preset.cells(row.cells) if self._preset else row.cells
        draft = _Draft()
        for index, name in self._extra:
            if cells[index] and not cells[index].isspace():
                draft.extra[name] = cells[index]
        self._read_texts(cells, draft)
        self._read_others(cells, draft)
        if draft.values.keys().isdisjoint(_CONTACTS):
            return _nobody(row, draft)
        if self._preset:
            self._preset.complete(draft.values, draft.extra, draft.as_written)
        self._add_what_follows(draft)
        external_ids = {system: text for i, system in self._ids if (text := cells[i].strip())}
        return LeadRow(row.line, draft.finish(external_ids))

    def _read_texts(self, cells: Sequence[str], draft: _Draft) -> None:
        for index, field in self._texts:
            if text := cells[index].strip():
                draft.values[field] = text
                if text != cells[index]:
                    draft.as_written[field] = cells[index]

    def _read_others(self, cells: Sequence[str], draft: _Draft) -> None:
        for index, column, reader in self._others:
            if not (text := cells[index].strip()):
                continue
            said = self._preset.read_value(column.field, text) if self._preset else text
            value = reader(said) if said else None
            if value is None:
                draft.extra[column.column] = cells[index]
                draft.unread[column.field] = column.column
                continue
            if value is not False:
                draft.values[column.field] = value
            kept = self._preset is not None and self._preset.keeps_text(column.field)
            if kept or cell_text(value) != cells[index]:
                draft.as_written[column.field] = cells[index]

    def _add_what_follows(self, draft: _Draft) -> None:
        """Add what other cells of the row say: E.164, and the currency of an amount."""
        values = draft.values
        country = str(values.get("country", "")) or self._country
        for field in PHONES:
            if (phone := values.get(field)) and (number := e164(str(phone), country)):
                values[f"{field}_e164"] = number
        written = draft.as_written.get("revenue", "")
        if "currency" not in values and (found := currency(written)):
            values["currency"] = found


def _nobody(row: CsvRow, draft: _Draft) -> RowProblem:
    column = draft.unread.get("email") or draft.unread.get("email_2")
    if column is None:
        return RowProblem("nobody", row.line, cells=row.cells)
    return RowProblem("bad_email", row.line, column, found=draft.extra[column], cells=row.cells)
