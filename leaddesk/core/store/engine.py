# SPDX-License-Identifier: MIT
"""The database of one profile: opened with every check, then transactions and nothing else.

One connection, used by one thread (docs/adr/0003-one-database-thread-and-wal-full.md).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy import Connection, create_engine, event
from sqlalchemy.pool import NullPool
from sqlcipher3 import dbapi2

from leaddesk.core.errors import BugError, KnownError
from leaddesk.core.store import driver
from leaddesk.core.store.backup import back_up
from leaddesk.core.store.failures import in_words
from leaddesk.core.store.first_rows import Sample
from leaddesk.core.store.migrate import revision_of, upgrade
from leaddesk.core.store.unit_of_work import Unit

BACKUPS = "backups"


class Store:
    """Where everything is kept. Opened by `open`; every use is one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._sample = Sample()

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False) -> "Store":
        """Return the database at `path`, made if missing and migrated if older.

        Before an existing database is migrated, a copy of it goes to the folder `backups`
        beside it.

        Args:
            path: Of the file; its folder is there.
            read_only: Nothing is made, migrated or written; where there is no file, or nothing in
                it yet, the store is an empty one in memory.

        Raises:
            KnownError: it is no database of ours, damaged, of a newer leaddesk, cannot be read
                or written, or the disk is full.
        """
        driver.check_version()
        empty = read_only and not path.exists()
        with in_words():
            if read_only and not empty:
                _put_back(path)
            bare = driver.connect(None if empty else path, read_only=read_only)
            try:
                revision = revision_of(bare)
                if read_only and not empty and not revision:
                    # Made, and stopped before anything was in it.
                    bare.close()
                    empty, bare = True, driver.connect(None, read_only=True)
                if read_only and not empty:
                    _refuse_older(revision)
                else:
                    bare.execute("PRAGMA journal_mode = WAL")
                if revision not in {"", driver.HEAD}:
                    back_up(bare, path.parent / BACKUPS, f"leaddesk-before-{driver.HEAD}")
                store = cls(_wrap(bare))
                if revision != driver.HEAD:
                    store._upgrade(bare)
            except BaseException:
                bare.close()
                raise
        return store

    @contextmanager
    def begin(self) -> Iterator[Unit]:
        """One writing transaction: on disk when the block ends, undone when it raises."""
        with self._transaction("BEGIN IMMEDIATE") as unit:
            yield unit

    @contextmanager
    def read(self) -> Iterator[Unit]:
        """One reading transaction: the whole block sees one state."""
        with self._transaction("BEGIN") as unit:
            yield unit

    @contextmanager
    def attached(self, path: Path, name: str) -> Iterator[None]:
        """Have another database at hand under a name; not inside a transaction."""
        bare = self._connection.connection.dbapi_connection
        if bare is None:
            raise BugError("a closed store")
        with in_words():
            bare.cursor().execute(f"ATTACH ? AS {name}", (str(path),))
            try:
                yield
            finally:
                bare.cursor().execute(f"DETACH {name}")

    @contextmanager
    def in_bulk(self) -> Iterator[None]:
        """Write straight into the file inside the block; not inside a transaction.

        Worth it where nearly all pages are new: they are written once instead of twice. As safe as
        the log: what a page was before is in a journal until the commit, and who opens the database
        after a kill puts it back. Nobody else can read while the pages are written; where somebody
        reads when the block begins, the log is used all the same.

        Nor are links between rows checked, for the indices they are checked by may be missing:
        whoever writes writes both ends.
        """
        bare = self._connection.connection.dbapi_connection
        if bare is None:
            raise BugError("a closed store")
        with suppress(dbapi2.OperationalError):
            bare.execute("PRAGMA main.journal_mode = DELETE")
        bare.execute("PRAGMA foreign_keys = OFF")
        try:
            yield
        finally:
            bare.execute("PRAGMA foreign_keys = ON")
            with suppress(dbapi2.OperationalError):  # then whoever opens it next does so
                bare.execute("PRAGMA main.journal_mode = WAL")

    def close(self) -> None:
        """Close the database. May be called twice."""
        with in_words():
            self._connection.close()

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is open: between calls of a service, never."""
        return self._connection.in_transaction()

    def _upgrade(self, bare: driver.Connection) -> None:
        # A table that is made anew is dropped in between; with foreign keys on, what refers to it
        # would be deleted. `upgrade` checks them before the commit.
        bare.execute("PRAGMA foreign_keys = OFF")
        with self._transaction("BEGIN IMMEDIATE") as unit:
            upgrade(self._connection)
            unit.leads.fill_places()
            unit.leads.fill_search_texts()
        bare.execute("PRAGMA foreign_keys = ON")

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[Unit]:
        with in_words(), self._connection.execution_options(begin=begin).begin():
            yield Unit(self._connection, self._sample)


def _put_back(path: Path) -> None:
    """Undo what was stopped inside `Store.in_bulk`: a connection that only reads may not."""
    if path.with_name(f"{path.name}-journal").exists():
        bare = driver.connect(path)
        try:
            bare.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone()
        finally:
            bare.close()


def _refuse_older(revision: str) -> None:
    if revision != driver.HEAD:
        raise KnownError(
            "This profile was last used with an older leaddesk.",
            "Open its window once, which brings the profile up to date.",
        )


def _wrap(bare: driver.Connection) -> Connection:
    """Return SQLAlchemy's connection over the driver's, with explicit BEGIN.

    The driver's own habit of beginning (before INSERT, not before CREATE) is off, so that
    changes of tables roll back like everything else.
    """
    give: Callable[[], driver.Connection] = lambda: bare  # noqa: E731 - one line, one use
    engine = create_engine("sqlite+pysqlite://", module=dbapi2, creator=give, poolclass=NullPool)
    event.listen(engine, "begin", _begin)
    return engine.connect()


def _begin(connection: Connection) -> None:
    # Straight to the driver: every answer waits for this, and there is no result to wrap.
    bare = connection.connection.dbapi_connection
    if bare is None:
        raise BugError("a transaction was begun on a closed connection")
    bare.cursor().execute(connection.get_execution_options()["begin"])
