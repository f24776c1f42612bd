# SPDX-License-Identifier: MIT
"""The one driver, what a database of ours looks like, and connections to it. No SQLAlchemy.

`sqlcipher3` is plain SQLite when no key is given, of a version that has no WAL-reset bug
(docs/adr/0004-sqlcipher3-as-the-one-driver.md).
"""

from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from leaddesk.core.errors import KnownError

APPLICATION_ID = 0x6C646B31
"""Stands in the header of every database of ours: "ldk1" in ASCII."""

HEAD = "0007"
"""The newest migration; a test holds it equal to what the migrations folder says."""

OLDEST_SQLITE = (3, 53, 0)
"""Before 3.51.3 two connections can damage a WAL database (sqlite.org/wal.html); from 3.53 on a
migration can change a check without making the table anew."""

CONNECTION_PRAGMAS = (
    "PRAGMA busy_timeout = 5000",
    "PRAGMA foreign_keys = ON",
    "PRAGMA recursive_triggers = ON",  # so that REPLACE does not get round the triggers of facts
    "PRAGMA synchronous = FULL",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
    "PRAGMA cache_size = -16000",  # 16 MB: what is typed letter by letter finds the same leads
)
"""What every connection needs; none of them writes to the file."""

Connection = Any
"""A connection of the driver (DB-API 2; it ships no types)."""


def check_version(found: tuple[int, ...] = dbapi2.sqlite_version_info) -> None:
    """Refuse an SQLite with a known way to lose data.

    Raises:
        KnownError: the driver is too old.
    """
    if found < OLDEST_SQLITE:
        needed = ".".join(map(str, OLDEST_SQLITE))
        raise KnownError(
            f"The database library is version {'.'.join(map(str, found))}, and {needed} is needed.",
            "Install leaddesk's own requirements again.",
        )


def connect(path: Path | None, *, read_only: bool = False) -> Connection:
    """Return a connection in autocommit mode, with the pragmas set; the file is made if missing.

    Without a path the database is an empty one in memory.
    """
    uri = f"{path.absolute().as_uri()}?mode={'ro' if read_only else 'rwc'}" if path else ":memory:"
    connection = dbapi2.connect(uri, uri=True, isolation_level=None, check_same_thread=False)
    try:
        for pragma in CONNECTION_PRAGMAS:
            connection.execute(pragma)
    except BaseException:
        connection.close()
        raise
    return connection
