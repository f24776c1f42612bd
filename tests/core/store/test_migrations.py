# SPDX-License-Identifier: MIT
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
from leaddesk.core.store.schema import leads

TODAY = driver.HEAD
NEXT = f"{int(TODAY) + 1:04}"
ADDED = f"""
from alembic import op

revision = "{NEXT}"
down_revision = "{TODAY}"


def upgrade():
    op.execute("CREATE TABLE added (a TEXT) STRICT")
    op.execute("UPDATE leads SET company = 'migrated'")
"""  # noqa: S608 - numbers of migrations


def definitions(connection):
    """Return name -> pieces of the SQL of all tables, indices and triggers.

    Columns added later stand behind the constraints, so the pieces are sorted; what they say has
    to be the same to the letter.
    """
    found = connection.exec_driver_sql(
        "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name <> 'alembic_version'"
    )
    return {name: pieces(sql) for name, sql in found}


def pieces(sql):
    """Return what stands between the outer commas of a definition, and around its brackets."""
    head, _, rest = " ".join(sql.replace('"', "").split()).partition("(")
    inside, _, tail = rest.rpartition(")")
    found, depth = [""], 0
    for char in inside:
        depth += (char == "(") - (char == ")")
        if char == "," and not depth:
            found.append("")
        else:
            found[-1] += char
    return head.strip(), sorted(piece.strip() for piece in found), tail.strip()


def columns(connection):
    """Return table -> its columns as SQLite understands them, whatever their order."""
    tables = connection.exec_driver_sql(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'alembic_version'"
    )
    return {
        name: sorted(
            tuple(row[1:])
            for row in connection.exec_driver_sql(f"PRAGMA table_xinfo({name})").all()
        )
        for name in tables.scalars().all()
    }


@pytest.fixture
def one_more(tmp_path, monkeypatch):
    """The program as it will be after one more migration."""
    scripts = tmp_path / "migrations"
    shutil.copytree(migrate.SCRIPTS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    path = scripts / "versions" / f"{NEXT}_added.py"
    path.write_text(ADDED)
    monkeypatch.setattr(migrate, "SCRIPTS", scripts)
    monkeypatch.setattr(driver, "HEAD", NEXT)
    return path


def with_a_lead(database):
    store = Store.open(database)
    with store.begin() as unit:
        unit.leads.add([Lead("L1", company="before")])
    store.close()


def test_migrations_lead_to_exactly_the_tables_of_the_schema(store):
    from_schema = create_engine("sqlite+pysqlite://", module=dbapi2)
    with from_schema.begin() as connection, store.read():
        leads.metadata.create_all(connection)
        assert definitions(store._connection) == definitions(connection)
        assert columns(store._connection) == columns(connection)
    from_schema.dispose()


def test_the_newest_migration_is_the_one_the_driver_names():
    config = Config()
    config.set_main_option("script_location", str(migrate.SCRIPTS))
    assert ScriptDirectory.from_config(config).get_heads() == [driver.HEAD]


@pytest.mark.usefixtures("one_more")
def test_an_older_database_is_copied_then_migrated(database, monkeypatch):
    with monkeypatch.context() as today:
        today.setattr(driver, "HEAD", TODAY)
        with_a_lead(database)
    store = Store.open(database)
    with store.read() as unit:
        assert unit.leads.get("L1").company == "migrated"
    store.close()
    (copy,) = (database.parent / "backups").iterdir()
    assert copy.name == f"leaddesk-before-{NEXT}.sqlite"
    with monkeypatch.context() as today:
        today.setattr(driver, "HEAD", TODAY)
        old = Store.open(copy, read_only=True)
        with old.read() as unit:
            assert unit.leads.get("L1").company == "before"
        old.close()


def test_a_new_database_needs_no_copy(tmp_path):
    Store.open(tmp_path / "leaddesk.sqlite").close()
    assert not (tmp_path / "backups").exists()


def test_a_migration_that_fails_leaves_the_database_as_it_was(database, monkeypatch, one_more):
    with monkeypatch.context() as today:
        today.setattr(driver, "HEAD", TODAY)
        with_a_lead(database)
    one_more.write_text(ADDED + '    op.execute("CREATE TABLE added (a TEXT) STRICT")\n')
    with pytest.raises(BugError, match="added"):
        Store.open(database)
    monkeypatch.setattr(driver, "HEAD", TODAY)
    store = Store.open(database)
    with store.read() as unit:
        assert unit.leads.get("L1").company == "before"
        assert "added" not in definitions(store._connection)
    store.close()


def test_leads_with_a_number_nobody_may_call_are_held_back_from_the_queue(tmp_path, monkeypatch):
    scripts = tmp_path / "migrations"
    later = shutil.ignore_patterns("__pycache__", "000[3-9]_*")
    shutil.copytree(migrate.SCRIPTS, scripts, ignore=later)
    database = tmp_path / "leaddesk.sqlite"
    with monkeypatch.context() as before:
        before.setattr(migrate, "SCRIPTS", scripts)
        before.setattr(driver, "HEAD", "0002")
        store = Store.open(database)
        with store.begin() as unit:
            unit._connection.exec_driver_sql(
                "INSERT INTO leads (lead_id, stage, status, phone, phone_e164, mobile, due, held)"
                " VALUES ('L1', 'LEAD', 'NEW', '1', '+441', '', 6, 0),"
                " ('L2', 'LEAD', 'NEW', '1', '+441', 'ask', 6, 0),"
                " ('L3', 'LEAD', 'NEW', '2', '+442', '', 6, 0),"
                " ('L4', 'LEAD', 'NEW', '', '', '', 6, 0)"
            )
            unit._connection.exec_driver_sql(
                "INSERT INTO do_not_call_numbers (phone_e164, at) VALUES ('+441', '2026')"
            )
        store.close()
    store = Store.open(database)
    with store.read() as unit:
        assert list(unit.queue.not_to_be_called()) == [1]
        assert unit.queue.not_to_be_called_count() == 1
        assert unit.integrity() == "ok"
    store.close()


@pytest.mark.usefixtures("one_more")
def test_without_room_for_the_copy_nothing_is_migrated(database, monkeypatch):
    with monkeypatch.context() as today:
        today.setattr(driver, "HEAD", TODAY)
        with_a_lead(database)
    (database.parent / "backups").write_text("a file where the folder should be")
    with pytest.raises(KnownError, match="No copy of the database could be made"):
        Store.open(database)
    monkeypatch.setattr(driver, "HEAD", TODAY)
    store = Store.open(database)
    with store.read() as unit:
        assert unit.leads.get("L1").company == "before"
    store.close()


@pytest.mark.usefixtures("one_more")
def test_an_older_database_is_not_migrated_by_looking(database):
    with pytest.raises(KnownError, match="older leaddesk"):
        Store.open(database, read_only=True)
