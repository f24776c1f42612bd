# SPDX-License-Identifier: MIT
"""Imports that were done: which file, how it was read, what became of its rows."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from leaddesk.core.store.merges import ids_of
from leaddesk.core.store.schema import leads
from leaddesk.core.store.schema_lists import import_batches
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

    def of_lead(self, lead_id: str) -> list[ImportBatch]:
        """Return the imports by which a lead came, and those merged into it."""
        query = (
            select(import_batches)
            .join(leads, leads.c.batch_id == import_batches.c.batch_id)
            .where(leads.c.lead_id.in_(ids_of(self._connection, lead_id)))
        )
        return [_batch(row) for row in self._connection.execute(query)]

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


def _batch(row: Row[*tuple[Any, ...]]) -> ImportBatch:
    batch_id, at, *rest = row
    return ImportBatch(batch_id, from_text(at), *rest)
