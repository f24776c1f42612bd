# SPDX-License-Identifier: MIT
"""What the window shows first, read before SQLAlchemy is loaded (that takes longer than Qt)."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from sqlcipher3 import dbapi2

from leaddesk.core.store import driver
from leaddesk.core.store.list_rows import COUNTS_SELECT, LIST_SELECT, OPEN_CALL_LEAD, StoredRow
from leaddesk.core.store.queue import Queue

Choose = Callable[[Queue], Sequence[int]]
"""From the queue, the row ids of the leads to show, in their order."""


class StoredFirstScreen(NamedTuple):
    """The top of the queue.

    Attributes:
        counts: Leads to call, decided, all.
        open_lead_id: The lead a call is open with; empty: none.
    """

    rows: tuple[StoredRow, ...]
    counts: tuple[int, int, int]
    open_lead_id: str


def read_first_screen(path: Path, choose: Choose) -> StoredFirstScreen | None:
    """Return the first screen of a database of today's revision; None for anything else.

    Never makes, changes or judges a file: whatever is wrong is for `Store.open` to say.
    """
    if not path.is_file():
        return None
    try:
        connection = driver.connect(path, read_only=True)
    except dbapi2.Error:
        return None
    try:
        return _read(connection, choose)
    except dbapi2.Error:
        return None
    finally:
        connection.close()


def _read(connection: driver.Connection, choose: Choose) -> StoredFirstScreen | None:
    connection.execute("BEGIN")
    if connection.execute("SELECT version_num FROM alembic_version").fetchone() != (driver.HEAD,):
        return None
    row_ids = choose(Queue(connection))
    marks = ", ".join("?" * len(row_ids))
    found = connection.execute(f"{LIST_SELECT} WHERE row_id IN ({marks})", tuple(row_ids))
    by_id = {row[0]: StoredRow._make(row) for row in found}
    counts = connection.execute(COUNTS_SELECT).fetchone()
    open_lead = connection.execute(OPEN_CALL_LEAD).fetchone()
    return StoredFirstScreen(
        tuple(by_id[row_id] for row_id in row_ids), counts, open_lead[0] if open_lead else ""
    )
