# SPDX-License-Identifier: MIT
"""Imports that were done: which file, how it was read, what became of its rows."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from leaddesk.core.store.schema import leads
from leaddesk.core.store.schema_lists import import_batches
from leaddesk.core.store.times import from_text, to_text


@dataclass(frozen=True, slots=True)
class ImportBatch:
    """One import; `rows` is the sum of the four counts behind it."""

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
    state: str = "whole"
    on_match: str = ""
    mapping: str = ""
    undone_at: str = ""
    by_whom: str = ""


class Imports:
    """The table `import_batches`, inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, batch: ImportBatch) -> None:
        """Store an import; before the leads that came by it."""
        self._connection.execute(insert(import_batches), asdict(batch) | {"at": to_text(batch.at)})

    def of_lead(self, lead_id: str) -> ImportBatch | None:
        """Return the import by which a lead came, None when it came otherwise."""
        row = self._connection.execute(
            select(import_batches)
            .join(leads, leads.c.batch_id == import_batches.c.batch_id)
            .where(leads.c.lead_id == lead_id)
        ).one_or_none()
        return None if row is None else _batch(row)

    def all(self) -> list[ImportBatch]:
        """Return all imports, the latest first."""
        query = select(import_batches).order_by(import_batches.c.at.desc())
        return [_batch(row) for row in self._connection.execute(query)]


def _batch(row: Row[*tuple[Any, ...]]) -> ImportBatch:
    batch_id, at, *rest = row
    return ImportBatch(batch_id, from_text(at), *rest)
