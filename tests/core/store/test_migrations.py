# SPDX-License-Identifier: MIT
import re
import shutil

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine
from sqlcipher3 import dbapi2

from leaddesk.core.domain.lead import Lead
from leaddesk.core.errors import BugError, KnownError
from leaddesk.core.store import driver, migrate
from leaddesk.core.store.engine import Store
from leaddesk.core.store.schema import metadata

SECOND = """
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade():
    op.execute("CREATE TABLE added (a TEXT) STRICT")
    op.execute("UPDATE leads SET company = 'migrated'")
"""


def definitions(connection):
    """Return name -> SQL of all tables, indices and triggers, spaces made alike."""
    found = connection.exec_driver_sql(
        "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name <> 'alembic_version'"
    )
    return {name: re.sub(r"\s+", " ", sql) for name, sql in found}


@pytest.fixture
def second(tmp_path, monkeypatch):
    """The program as it will be after one more migration."""
    scripts = tmp_path / "migrations"
    shutil.copytree(migrate.SCRIPTS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    path = scripts / "versions" / "0002_second.py"
    path.write_text(SECOND)
    monkeypatch.setattr(migrate, "SCRIPTS", scripts)
    monkeypatch.setattr(driver, "HEAD", "0002")
    return path


def with_a_lead(database):
    store = Store.open(database)
    with store.begin() as unit:
        unit.leads.add([Lead("L1", company="before")])
    store.close()


def test_migrations_lead_to_exactly_the_tables_of_the_schema(store):
    from_schema = create_engine("sqlite+pysqlite://", module=dbapi2)
    with from_schema.begin() as connection, store.read():
        metadata.create_all(connection)
        assert definitions(store._connection) == definitions(connection)
    from_schema.dispose()


def test_the_newest_migration_is_the_one_the_driver_names():
    config = Config()
    config.set_main_option("script_location", str(migrate.SCRIPTS))
    assert ScriptDirectory.from_config(config).get_heads() == [driver.HEAD]


@pytest.mark.usefixtures("second")
def test_an_older_database_is_copied_then_migrated(database, monkeypatch):
    with monkeypatch.context() as today:
        today.setattr(driver, "HEAD", "0001")
        with_a_lead(database)
    store = Store.open(database)
    with store.read() as unit:
        assert unit.leads.get("L1").company == "migrated"
    store.close()
    (copy,) = (database.parent / "backups").iterdir()
    assert copy.name == "leaddesk-before-0002.sqlite"
    with monkeypatch.context() as today:
        today.setattr(driver, "HEAD", "0001")
        old = Store.open(copy, read_only=True)
        with old.read() as unit:
            assert unit.leads.get("L1").company == "before"
        old.close()


def test_a_new_database_needs_no_copy(tmp_path):
    Store.open(tmp_path / "leaddesk.sqlite").close()
    assert not (tmp_path / "backups").exists()


def test_a_migration_that_fails_leaves_the_database_as_it_was(database, monkeypatch, second):
    with monkeypatch.context() as today:
        today.setattr(driver, "HEAD", "0001")
        with_a_lead(database)
    second.write_text(SECOND + '    op.execute("CREATE TABLE added (a TEXT) STRICT")\n')
    with pytest.raises(BugError, match="added"):
        Store.open(database)
    monkeypatch.setattr(driver, "HEAD", "0001")
    store = Store.open(database)
    with store.read() as unit:
        assert unit.leads.get("L1").company == "before"
        assert "added" not in definitions(store._connection)
    store.close()


@pytest.mark.usefixtures("second")
def test_without_room_for_the_copy_nothing_is_migrated(database, monkeypatch):
    with monkeypatch.context() as today:
        today.setattr(driver, "HEAD", "0001")
        with_a_lead(database)
    (database.parent / "backups").write_text("a file where the folder should be")
    with pytest.raises(KnownError, match="No copy of the database could be made"):
        Store.open(database)
    monkeypatch.setattr(driver, "HEAD", "0001")
    store = Store.open(database)
    with store.read() as unit:
        assert unit.leads.get("L1").company == "before"
    store.close()


@pytest.mark.usefixtures("second")
def test_an_older_database_is_not_migrated_by_looking(database):
    with pytest.raises(KnownError, match="older leaddesk"):
        Store.open(database, read_only=True)
