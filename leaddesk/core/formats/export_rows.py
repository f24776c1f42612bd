# SPDX-License-Identifier: MIT
"""Turns leads into the rows of a file for one system (`presets`), losing nothing that came from it.

Between the store, which gives every lead as the texts of our own CSV, and `csv_writer`. A cell is
given back as it came as long as it still says what the lead says; columns nobody knows are given
back behind those of the system.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from leaddesk.core.domain.decision import Decision
from leaddesk.core.domain.lead_keys import fold
from leaddesk.core.formats.addresses import address_parts
from leaddesk.core.formats.cells import tags
from leaddesk.core.formats.csv_writer import cell_text, prefixed, score_of
from leaddesk.core.formats.lead_cells import read_cell
from leaddesk.core.formats.preset_writing import PresetWriting
from leaddesk.core.formats.presets import (
    EXTERNAL_ID,
    READABLE_FIELDS,
    Preset,
    fold_label,
)

ADDRESS, RATING, SCORE = "address", "rating", "score"
"""Columns that are no field of a lead: an address in one cell, and what a decision says."""

_NEVER = frozenset({"#N/A", "NULL"})
"""Words that wipe or confuse: they are never written."""

_ADDRESS_FIELDS = ("street", "city", "state", "postal_code", "country")
_GIVEN_BACK = frozenset({"created_at", "last_activity_at", "stage", "status"})
"""Written only where they came from a file, when the system has no column of its own for them."""

_OURS = frozenset(
    {"suppressed", "consent_basis", "consent_source", "consent_at"}
    | {f"{name}_e164" for name in ("phone", "phone_2", "mobile")}
)
"""What no other system has a column for."""

_DEFAULTS = {"stage": "LEAD", "status": "NEW"}
"""Fields that always have a value, and the one they begin with."""

Cell = Callable[["ExportedLead"], str]


@dataclass(slots=True)
class ExportedLead:
    """A lead on its way out.

    Attributes:
        texts: Field -> text, as in our own CSV.
        external_id: Its id in the system; empty: the system does not know it.
        extra, as_written: As in `Lead`.
        decision: The last one that stands; None: there is none.
    """

    texts: Mapping[str, str]
    external_id: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)
    as_written: Mapping[str, str] = field(default_factory=dict)
    decision: Decision | None = None


@dataclass(frozen=True, slots=True)
class FilledColumns:
    """What any of some leads has, beside the columns every file of a system has.

    Attributes:
        fields: Fields of `Lead` with a text.
        as_written: Fields that came in a form of their own.
        extra: Names in `Lead.extra`, in their order.
    """

    fields: frozenset[str] = frozenset()
    as_written: frozenset[str] = frozenset()
    extra: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PresetRows:
    """A file for one system: its header, and how each cell is made."""

    header: tuple[str, ...]
    cells: tuple[Cell, ...]

    def row(self, lead: ExportedLead) -> list[str]:
        """Return the row of a lead."""
        return ["" if (text := cell(lead)) in _NEVER else text for cell in self.cells]


class RowNotes:
    """What to say of rows before they are written.

    Attributes:
        unknown: Label -> value the system's list does not have -> number of leads.
        missing: Label of a column the system insists on -> number of leads without a value.
    """

    def __init__(self, writing: PresetWriting) -> None:
        self._writing = writing
        self.unknown: dict[str, Counter[str]] = {}
        self.missing: Counter[str] = Counter()

    def noting(
        self, header: Sequence[str], rows: Iterable[Sequence[str]]
    ) -> Iterator[Sequence[str]]:
        """Yield the rows as they are, taking notes."""
        listed = [
            (at, label, known)
            for label, known in self._writing.picklists.items()
            for at in [header.index(label)]
        ]
        required = [(header.index(label), label) for label in self._writing.required]
        for row in rows:
            for at, label, known in listed:
                if (text := row[at]) and text not in known:
                    self.unknown.setdefault(label, Counter())[text] += 1
            for at, label in required:
                if not row[at]:
                    self.missing[label] += 1
            yield row


def preset_rows(preset: Preset, filled: FilledColumns, *, opted_out: bool = False) -> PresetRows:
    """Return the columns of a file for a system.

    Args:
        preset: One that can be written.
        filled: What the leads of the file have.
        opted_out: The file is one of people who have opted out, for a system that has those
            in files of their own.
    """
    writing = preset.written
    columns = dict(writing.columns)
    columns.update(_other_columns(preset, writing, filled))
    by_label: dict[str, list[str]] = {}
    for name in filled.extra:
        by_label.setdefault(fold_label(name), []).append(name)
    labels = list(columns.values())
    cells = [
        _cell(preset, writing, column, by_label.pop(fold_label(label), []))
        for column, label in columns.items()
    ]
    rest = [name for name in filled.extra if name in by_label.get(fold_label(name), ())]
    if opted_out and writing.opted_out_marker not in rest:
        rest.append(writing.opted_out_marker)
    labels += [prefixed(name) for name in rest]
    cells += [_extra_cell(name) for name in rest]
    return PresetRows(tuple(labels), tuple(cells))


def leads_to_rows(
    preset: Preset, filled: FilledColumns, leads: Iterable[ExportedLead]
) -> Iterator[list[str]]:
    """Yield the header of a file for a system, then the row of each lead."""
    rows = preset_rows(preset, filled)
    yield list(rows.header)
    yield from map(rows.row, leads)


def exported_lead(
    names: Sequence[str], row: Sequence[str], external_id: str, decision: Decision | None
) -> ExportedLead:
    """Return a lead as the store gives it.

    Args:
        names: Of the texts in `row`; behind them stand `extra` and `as_written` as JSON.
        row: The texts.
        external_id: Its id in the system.
        decision: The last one that stands.
    """
    extra, written = row[len(names)], row[len(names) + 1]
    return ExportedLead(
        dict(zip(names, row, strict=False)),
        external_id,
        json.loads(extra) if extra else {},
        json.loads(written) if written else {},
        decision,
    )


def still_says(preset: Preset, name: str, text: str, value: str) -> bool:
    """Tell whether a text as it came says what a field says now.

    Args:
        preset: Of the system it came from.
        name: Field of `Lead`.
        text: As it came.
        value: As our own CSV has it; empty: nothing.
    """
    said = preset.read_value(name, text.strip())
    read = read_cell(name, said) if said else None
    return read is not None and fold(cell_text(read)) == fold(value)


def _other_columns(preset: Preset, writing: PresetWriting, filled: FilledColumns) -> dict[str, str]:
    """Return field -> label of what the leads have and the system has no usual column for."""
    taken = set(writing.columns) | ({"street"} if ADDRESS in writing.columns else set())
    labels = set(map(fold_label, writing.columns.values()))
    # What stands in a second column for a field stays there when the first one stands before it.
    claimed = {preset.fields.get(fold_label(name)) for name in filled.extra}
    found = {}
    for name in READABLE_FIELDS:
        known = filled.as_written
        if name not in _GIVEN_BACK | _OURS:
            known |= filled.fields
        if name in taken or not (name in known or name in claimed):
            continue
        label = writing.words.get(name, name)
        if fold_label(label) in labels or preset.fields.get(fold_label(label)) != name:
            label = name
        found[name] = label
    if EXTERNAL_ID not in taken and EXTERNAL_ID in writing.words and EXTERNAL_ID in filled.fields:
        found[EXTERNAL_ID] = writing.words[EXTERNAL_ID]
    return found


def _cell(preset: Preset, writing: PresetWriting, column: str, unread: Sequence[str]) -> Cell:
    """Return what makes the cells of a column: a field, or one of the columns that are none.

    `unread` are the names in `Lead.extra` of texts that stood in it and could not be read.
    """
    if column in _DEFAULTS:
        return _defaulted(preset, writing, column, unread)
    cells: Mapping[str, Callable[[], Cell]] = {
        EXTERNAL_ID: lambda: lambda lead: lead.external_id,
        ADDRESS: lambda: _address_cell,
        SCORE: lambda: _score_cell(unread),
        RATING: lambda: _rating_cell(writing, unread),
        "tags": lambda: _tags_cell(preset, writing, unread),
    }
    return cells.get(column, lambda: _plain(preset, writing, column, unread))()


def _score_cell(unread: Sequence[str]) -> Cell:
    return lambda lead: score_of(lead.decision) if lead.decision else _unread(lead, unread)


def _rating_cell(writing: PresetWriting, unread: Sequence[str]) -> Cell:
    return lambda lead: _decided(writing, RATING, lead) or _unread(lead, unread)


def _plain(preset: Preset, writing: PresetWriting, name: str, unread: Sequence[str]) -> Cell:
    write = writing.values.write

    def cell(lead: ExportedLead) -> str:
        value = lead.texts[name]
        text = lead.as_written.get(name)
        if text is not None and still_says(preset, name, text, value):
            return text
        return write(name, value) or _unread(lead, unread)

    return cell


def _defaulted(preset: Preset, writing: PresetWriting, name: str, unread: Sequence[str]) -> Cell:
    """Return the cells of a status or a stage, which every lead has without anybody saying so.

    What a system said itself and nobody changed stays as it is there, blank too; a stage that
    nobody set is nobody's to set.
    """
    default = _DEFAULTS[name]

    def cell(lead: ExportedLead) -> str:
        value = lead.texts[name]
        text = lead.as_written.get(name)
        if text is not None and still_says(preset, name, text, value):
            return text
        found = _unread(lead, unread)
        if value == default and (found or lead.external_id or name == "stage"):
            return found
        if name not in writing.values.values:
            return value
        reason = lead.decision.reason if lead.decision else ""
        return writing.values.label(name, value, reason)

    return cell


def _tags_cell(preset: Preset, writing: PresetWriting, unread: Sequence[str]) -> Cell:
    def cell(lead: ExportedLead) -> str:
        value = lead.texts["tags"]
        said = _decided(writing, "tags", lead)
        text = lead.as_written.get("tags")
        if text is not None and not said and still_says(preset, "tags", text, value):
            return text
        found = tags(value)
        if said and said not in found:
            found = (*found, said)
        return writing.values.tags(found) or _unread(lead, unread)

    return cell


def _address_cell(lead: ExportedLead) -> str:
    street = lead.as_written.get("street", "")
    now = {name: text for name in _ADDRESS_FIELDS if (text := lead.texts[name])}
    if street and address_parts(street) == now:
        return street
    if len(now) < len(_ADDRESS_FIELDS):
        return lead.texts["street"]  # parts are told apart by their number alone
    return "  ".join(now.values()).replace("\n", "  ")


def _extra_cell(name: str) -> Cell:
    return lambda lead: lead.extra.get(name, "")


def _unread(lead: ExportedLead, names: Sequence[str]) -> str:
    return next((text for name in names if (text := lead.extra.get(name))), "")


def _decided(writing: PresetWriting, column: str, lead: ExportedLead) -> str:
    if lead.decision is None:
        return ""
    return writing.values.after_decision(column, lead.texts["status"], lead.decision.reason)
