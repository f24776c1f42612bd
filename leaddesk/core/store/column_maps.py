# SPDX-License-Identifier: MIT
"""What people chose for the columns of files of one source, for the next file of it."""

from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from leaddesk.core.store.schema_lists import column_maps
from leaddesk.core.store.times import to_text


class ColumnMaps:
    """The table `column_maps`, inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, source: str) -> str:
        """Return the choices kept for a source, JSON; empty without any."""
        query = select(column_maps.c.mapping).where(column_maps.c.source == source)
        return self._connection.execute(query).scalar_one_or_none() or ""

    def put(self, source: str, mapping: str, at: datetime) -> None:
        """Keep choices, JSON, in place of those of the source; empty: keep none."""
        self._connection.execute(delete(column_maps).where(column_maps.c.source == source))
        if mapping:
            values = {"source": source, "mapping": mapping, "at": to_text(at)}
            self._connection.execute(insert(column_maps), values)
