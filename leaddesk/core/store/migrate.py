# SPDX-License-Identifier: MIT
"""Bring a database to today's tables: forward only, all of it or nothing, after a copy."""

from pathlib import Path

from sqlalchemy import Connection

from leaddesk.core.errors import BugError, KnownError
from leaddesk.core.store import driver

SCRIPTS = Path(__file__).parent / "migrations"


def revision_of(connection: driver.Connection) -> str:
    """Return the revision of a database, "" for an empty one.

    Args:
        connection: Of the driver; nothing is written.

    Raises:
        KnownError: the file is a database of another program, or of a newer leaddesk.
    """
    application_id = connection.execute("PRAGMA application_id").fetchone()[0]
    tables = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    if not tables and application_id in {0, driver.APPLICATION_ID}:
        return ""
    if application_id != driver.APPLICATION_ID:
        raise KnownError(
            "The file with the name of leaddesk's database belongs to another program.",
            "Move it elsewhere, or name another folder with --profile.",
        )
    revision = str(connection.execute("SELECT version_num FROM alembic_version").fetchone()[0])
    if revision > driver.HEAD:
        raise KnownError(
            "This profile was last used with a newer leaddesk, so this one leaves it alone.",
            "Install the newest leaddesk, or name another folder with --profile.",
        )
    return revision


def upgrade(connection: Connection) -> None:
    """Run every migration the database does not have yet, in the transaction that is open."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    connection.exec_driver_sql(f"PRAGMA application_id = {driver.APPLICATION_ID}")
    command.upgrade(config, "head")
    lost = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if lost:
        raise BugError(f"the migration lost what {lost[0][0]} {lost[0][1]} refers to")
