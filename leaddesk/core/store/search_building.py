# SPDX-License-Identifier: MIT
"""Builds the search index of very many staged leads while their transaction makes all the rest.

The full-text index takes as long as all other indices together, and a connection does one thing at
a time. So another one builds it, on a thread, in a file of its own, for the row ids the leads will
have; `store.intake` copies its tables. Source: docs/adr/0020-a-large-import-in-two-lanes.md.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from leaddesk.core.store import driver
from leaddesk.core.store.schema import SEARCH_TABLE

_TABLES = ("lead_search_data", "lead_search_idx", "lead_search_config")
"""Where FTS5 keeps an index of this form (sqlite.org/fts5.html, "FTS5 Data Structures")."""
_INDEX = (
    "INSERT INTO lead_search (rowid, search_text)"
    " SELECT ? + row_number() OVER (ORDER BY line), search_text FROM stage.rows"
    " WHERE line NOT IN (SELECT line FROM stage.outcomes)"
)


@contextmanager
def built_beside(stage: Path, last: int) -> Iterator[Callable[[driver.Connection], None]]:
    """Build the search index of the staged leads that are new, beside what the block does.

    Args:
        stage: The staging file; nothing is written to it inside the block.
        last: The highest row id there is; the new leads follow it in the order of the file.

    Yields:
        What puts the index in place of the one a connection has.
    """
    path = stage.with_suffix(".search.stage")
    path.unlink(missing_ok=True)
    bare = driver.connect(path)
    try:
        with ThreadPoolExecutor(1, "search-index") as beside:
            built = beside.submit(_build, bare, stage, last)

            def put_in_place(connection: driver.Connection) -> None:
                built.result()
                _copy(bare, connection)

            try:
                yield put_in_place
            except BaseException:
                bare.interrupt()
                raise
    finally:
        bare.close()
        path.unlink(missing_ok=True)


def _build(bare: driver.Connection, stage: Path, last: int) -> None:
    # Nothing in it outlives the import.
    bare.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
    bare.execute("ATTACH ? AS stage", (f"{stage.absolute().as_uri()}?mode=ro",))
    bare.execute("BEGIN")
    bare.execute(SEARCH_TABLE)
    bare.execute(_INDEX, (last,))
    bare.execute("COMMIT")


def _copy(source: driver.Connection, target: driver.Connection) -> None:
    # Made anew, for FTS5 remembers what it has read of the old one.
    target.execute("DROP TABLE lead_search")
    target.execute(SEARCH_TABLE)
    for table in _TABLES:
        target.execute(f"DELETE FROM {table}")  # noqa: S608 - a constant
        rows = source.execute(f"SELECT * FROM {table}")  # noqa: S608 - a constant
        marks = ", ".join("?" * len(rows.description))
        target.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)  # noqa: S608 - a constant
