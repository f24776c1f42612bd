# SPDX-License-Identifier: MIT
"""Imports that were done: which file, how it was read, what became of its rows."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from leaddesk.core.store.lead_mapping import LEAD_COLUMNS, values_of_columns
from leaddesk.core.store.merges import ids_of
from leaddesk.core.store.schema import leads
from leaddesk.core.store.schema_lists import import_batches, import_changes
from leaddesk.core.store.times import from_text, to_text

TAKING, WHOLE, UNDONE = "taking", "whole", "undone"
"""States of a batch."""


@dataclass(frozen=True, slots=True)
class ImportBatch:
    """One import; `rows` is the sum of the four counts behind it.

    Attributes:
        state: TAKING while it comes in, WHOLE, or UNDONE.
        on_match: What its rows did to leads that were there.
        mapping: JSON, column -> field.
        undone_at: ISO 8601; empty unless it was taken back.
    """

    batch_id: str
    at: datetime
    file_name: str
    encoding: str
    delimiter: str
    preset: str
    header_line: int
    rows: int
    imported: int
    updated: int
    skipped: int
    rejected: int
    state: str = WHOLE
    on_match: str = ""
    mapping: str = ""
    undone_at: str = ""
    by_whom: str = ""


@dataclass(frozen=True, slots=True)
class LeadImport:
    """What one import did to one lead.

    Attributes:
        before: Field that was changed -> its value until then, None for a blank one; no fields at
            all where the lead came by the import.
        is_restored: Whether the import was taken back, and the lead is as before.
    """

    batch: ImportBatch
    before: Mapping[str, object | None] | None = None
    is_restored: bool = False


class Imports:
    """The table `import_batches`, inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, batch: ImportBatch) -> None:
        """Store an import; before the leads that come by it."""
        self._connection.execute(insert(import_batches), asdict(batch) | {"at": to_text(batch.at)})

    def set_state(self, batch_id: str, state: str, undone_at: datetime | None = None) -> None:
        """Store how far an import is."""
        self._connection.exec_driver_sql(
            "UPDATE import_batches SET state = ?, undone_at = ? WHERE batch_id = ?",
            (state, to_text(undone_at) if undone_at else "", batch_id),
        )

    def of_lead(self, lead_id: str) -> list[LeadImport]:
        """Return the imports by which a lead came or was changed, and those merged into it."""
        ids = ids_of(self._connection, lead_id)
        came = (
            select(import_batches)
            .join(leads, leads.c.batch_id == import_batches.c.batch_id)
            .where(leads.c.lead_id.in_(ids))
            .distinct()
        )
        changed = (
            select(import_changes.c.before, import_changes.c.revision, import_batches)
            .join(import_changes, import_changes.c.batch_id == import_batches.c.batch_id)
            .join(leads, leads.c.row_id == import_changes.c.row_id)
            .where(leads.c.lead_id.in_(ids))
        )
        return [LeadImport(_batch(row)) for row in self._connection.execute(came)] + [
            LeadImport(_batch(row[2:]), _fields(row.before), is_restored=not row.revision)
            for row in self._connection.execute(changed)
        ]

    def get(self, batch_id: str) -> ImportBatch | None:
        """Return one import, None when there is none of that id."""
        query = select(import_batches).where(import_batches.c.batch_id == batch_id)
        row = self._connection.execute(query).one_or_none()
        return None if row is None else _batch(row)

    def taking(self) -> list[ImportBatch]:
        """Return the imports that were stopped on their way in."""
        query = select(import_batches).where(import_batches.c.state == TAKING)
        return [_batch(row) for row in self._connection.execute(query)]

    def all(self) -> list[ImportBatch]:
        """Return all imports, the latest first."""
        query = select(import_batches).order_by(import_batches.c.at.desc())
        return [_batch(row) for row in self._connection.execute(query)]


def _fields(before: str) -> dict[str, object | None]:
    """Return field -> value of stored columns, without those that follow from fields."""
    columns = json.loads(before)
    names = [name for name in columns if name in LEAD_COLUMNS]
    values = values_of_columns(names, [columns[name] for name in names])
    if "external_ids" in columns:
        names.append("external_ids")
        values |= {"external_ids": columns["external_ids"]} if columns["external_ids"] else {}
    return {name: values.get(name) for name in names}


def _batch(row: Row[*tuple[Any, ...]] | tuple[Any, ...]) -> ImportBatch:
    batch_id, at, *rest = row
    return ImportBatch(batch_id, from_text(at), *rest)
