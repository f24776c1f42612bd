# SPDX-License-Identifier: MIT
"""The shipped presets, and leads taken through them without a database."""

from collections.abc import Iterable, Sequence

from leaddesk.core.domain.lead import Lead
from leaddesk.core.domain.rows import LeadRow
from leaddesk.core.formats.csv_reader import CsvRow
from leaddesk.core.formats.csv_writer import LEAD_COLUMNS, LeadColumns, cell_text
from leaddesk.core.formats.export_rows import ExportedLead, FilledColumns, leads_to_rows
from leaddesk.core.formats.guarding import guard
from leaddesk.core.formats.presets import (
    EXTERNAL_ID,
    READABLE_FIELDS,
    Preset,
    load_presets,
    map_columns,
)
from leaddesk.resources import files
from tests.helpers.chunks import read_leads

PRESETS = load_presets(path.read_text("utf-8") for path in files("presets", ".toml"))
BY_ID = {preset.id: preset for preset in PRESETS}
WRITTEN = [preset for preset in PRESETS if preset.writing is not None]


def read(preset: Preset, header: Sequence[str], rows: Iterable[Sequence[str]]) -> list[Lead]:
    """Return the leads of a file of a system; rows that name nobody are left out."""
    columns = map_columns(header, preset)
    lines = (CsvRow(line, tuple(cells)) for line, cells in enumerate(rows, 2))
    found = read_leads(lines, columns, system=preset.system, country="", preset=preset)
    return [
        Lead(**{"lead_id": f"L{row.line}", **row.values})
        for row in found
        if isinstance(row, LeadRow)
    ]


def exported(lead: Lead, system: str, decision=None) -> ExportedLead:
    """Return a lead as the store hands it to the writer."""
    texts = {name: cell_text(getattr(lead, name, "")) for name in LEAD_COLUMNS}
    own_id = lead.external_ids.get(system, "")
    return ExportedLead(texts, own_id, lead.extra, lead.as_written, decision)


def filled(leads: Sequence[Lead], system: str) -> FilledColumns:
    """Return what the store would say of leads."""
    names = {
        name
        for lead in leads
        for name in READABLE_FIELDS
        if (value := getattr(lead, name)) is not False and cell_text(value)
    }
    if any(system in lead.external_ids for lead in leads):
        names.add(EXTERNAL_ID)
    return FilledColumns(
        frozenset(names),
        frozenset(name for lead in leads for name in lead.as_written),
        tuple(dict.fromkeys(name for lead in leads for name in lead.extra)),
    )


def written(preset: Preset, leads: Sequence[Lead], decision=None) -> list[list[str]]:
    """Return the header and the rows of a file for a system."""
    out = (exported(lead, preset.system, decision) for lead in leads)
    return list(leads_to_rows(preset, filled(leads, preset.system), out))


def own_columns(leads: Sequence[Lead], **options) -> LeadColumns:
    """Return the columns of our own file for leads."""
    systems = sorted({system for lead in leads for system in lead.external_ids})
    extra = dict.fromkeys(name for lead in leads for name in lead.extra)
    return LeadColumns(tuple(systems), tuple(extra), **options)


def own_cells(columns: LeadColumns, lead: Lead, decision=None, notes="") -> list[str]:
    """Return the row of a lead in our own file."""
    texts = [cell_text(getattr(lead, name, 0)) for name in LEAD_COLUMNS]
    texts += [lead.external_ids.get(system, "") for system in columns.systems]
    guarded = [
        f"'{text}"
        if text and columns.guarded.get(name)
        else guard(text)
        if name in columns.guarded
        else text
        for name, text in zip(columns.columns, texts, strict=True)
    ]
    return columns.cells(guarded, lead.extra, decision, notes)
