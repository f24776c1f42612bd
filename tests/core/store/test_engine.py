# SPDX-License-Identifier: MIT
import subprocess
import sys

import pytest
from sqlcipher3 import dbapi2

from leaddesk.core.domain.grading import Grade
from leaddesk.core.domain.lead import Lead
from leaddesk.core.errors import BugError, KnownError
from leaddesk.core.store import driver
from leaddesk.core.store.engine import Store


def pragma(store, name):
    return store._connection.exec_driver_sql(f"PRAGMA {name}").scalar()


def test_a_new_database_is_ours_and_safe(tmp_path):
    store = Store.open(tmp_path / "new.sqlite")
    with store.read():
        assert pragma(store, "application_id") == driver.APPLICATION_ID
        assert pragma(store, "journal_mode") == "wal"
        assert pragma(store, "synchronous") == 2  # FULL
        assert pragma(store, "foreign_keys") == 1
        assert pragma(store, "trusted_schema") == 0
        assert pragma(store, "cell_size_check") == 1
        assert pragma(store, "busy_timeout") == 5000
    store.close()


def test_every_table_of_ours_is_strict(store):
    with store.read():
        tables = store._connection.exec_driver_sql("PRAGMA table_list").mappings().all()
    ours = {
        table["name"]: table["strict"]
        for table in tables
        # The full-text index makes tables of its own kind.
        if not table["name"].startswith(("sqlite_", "alembic_", "lead_search"))
    }
    assert ours
    assert all(ours.values()), ours


def test_profiles_are_born_with_different_secrets(tmp_path):
    secrets = set()
    for name in ("one", "two"):
        store = Store.open(tmp_path / name)
        with store.read() as unit:
            secrets.add(unit.team_secret())
        store.close()
    assert len(secrets) == 2
    assert {len(bytes.fromhex(secret)) for secret in secrets} == {32}


def test_an_sqlite_that_can_damage_data_or_lacks_what_migrations_need_is_refused():
    with pytest.raises(KnownError, match=r"3\.52\.9, and 3\.53\.0 is needed"):
        driver.check_version((3, 52, 9))
    driver.check_version((3, 53, 0))


def test_what_was_saved_is_there_after_opening_again(database):
    store = Store.open(database)
    with store.begin() as unit:
        unit.leads.add([Lead("L1", last_name="Weber")])
    store.close()
    store.close()
    again = Store.open(database)
    with again.read() as unit:
        assert unit.leads.get("L1") == Lead("L1", last_name="Weber")
    again.close()


def test_an_error_undoes_the_whole_transaction(store):
    def fail():
        with store.begin() as unit:
            unit.leads.add([Lead("L1")])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with store.read() as unit:
        assert unit.leads.get("L1") is None


def test_changes_of_tables_roll_back_too(store):
    def fail():
        with store.begin():
            store._connection.exec_driver_sql("CREATE TABLE half (a)")
            store._connection.exec_driver_sql("CREATE TABLE half (a)")

    with pytest.raises(BugError, match="half"):
        fail()
    with store.read():
        names = store._connection.exec_driver_sql("SELECT name FROM sqlite_schema").scalars().all()
    assert "half" not in names


def test_a_mistake_of_ours_is_told_as_one(store):
    with pytest.raises(BugError, match="UNIQUE"), store.begin() as unit:
        unit.leads.add([Lead("L1"), Lead("L1")])


def test_a_read_sees_one_state(store, database):
    other = Store.open(database)
    with store.read() as unit:
        assert unit.lead_list.counts() == (0, 0, 0)
        with other.begin() as writing:
            writing.leads.add([Lead("L1")])
        assert unit.lead_list.counts() == (0, 0, 0)
    with store.read() as unit:
        assert unit.lead_list.counts() == (1, 0, 1)
    other.close()


def test_the_change_mark_moves_with_every_change_of_anybody(store, database):
    marks = []

    def note():
        with store.read() as unit:
            marks.append(unit.change_mark())

    note()
    note()
    with store.begin() as unit:
        unit.leads.add([Lead("L1")])
    note()
    other = Store.open(database)
    with other.begin() as unit:
        unit.leads.add([Lead("L2")])
    other.close()
    note()
    assert marks[0] == marks[1]
    assert len(set(marks)) == 3


def test_the_change_mark_stays_where_no_lead_is_told_otherwise(store):
    with store.begin() as unit:
        unit.leads.add([Lead("L1")])
        before = unit.change_mark()
        unit.leads.set_grade([("L1", Grade("A", "1", 90, 5))])
        assert unit.change_mark() == before
        unit.leads.replace([Lead("L1", first_name="Ada")])
        assert unit.change_mark() != before


def test_a_database_somebody_else_is_writing_to_is_told(store, database):
    with store.read():
        pragma(store, "busy_timeout = 0")
    other = driver.connect(database)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(KnownError, match="Another program is writing"), store.begin():
        pass
    other.execute("ROLLBACK")
    other.close()
    with store.begin() as unit:
        unit.leads.add([Lead("L1")])


def test_read_only_reads_beside_a_writer_and_writes_nothing(store, database):
    with store.begin() as unit:
        unit.leads.add([Lead("L1")])
    looking = Store.open(database, read_only=True)
    with looking.read() as unit:
        assert unit.lead_list.counts() == (1, 0, 1)
    with pytest.raises(KnownError, match="cannot be written"), looking.begin() as unit:
        unit.leads.add([Lead("L2")])
    looking.close()


def test_read_only_of_a_database_that_was_only_begun_is_empty(tmp_path):
    path = tmp_path / "leaddesk.sqlite"
    path.touch()
    store = Store.open(path, read_only=True)
    with store.read() as unit:
        assert unit.lead_list.counts()[-1] == 0
    store.close()
    assert path.stat().st_size == 0


def test_read_only_of_nothing_is_empty_and_makes_nothing(tmp_path):
    store = Store.open(tmp_path / "leaddesk.sqlite", read_only=True)
    with store.read() as unit:
        assert unit.lead_list.counts() == (0, 0, 0)
    store.close()
    assert not list(tmp_path.iterdir())


def not_a_database(path):
    path.write_bytes(b"\x89PNG\r\n" + bytes(range(256)) * 64)


def of_another_program(path):
    other = dbapi2.connect(str(path))
    other.execute("CREATE TABLE theirs (a)")
    other.commit()
    other.close()


def of_a_newer_leaddesk(path):
    Store.open(path).close()
    newer = dbapi2.connect(str(path))
    newer.execute("UPDATE alembic_version SET version_num = '9999'")
    newer.commit()
    newer.close()


def damaged(path):
    store = Store.open(path)
    with store.begin() as unit:
        unit.leads.add(Lead(f"L{n}", company="x" * 500) for n in range(50))
    store.close()
    content = bytearray(path.read_bytes())
    content[100:4096] = b"\xff" * 3996
    path.write_bytes(content)


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (not_a_database, "is no database"),
        (of_another_program, "belongs to another program"),
        (of_a_newer_leaddesk, "newer leaddesk"),
        (damaged, "damaged"),
    ],
)
@pytest.mark.parametrize("read_only", [False, True])
def test_a_file_that_cannot_be_used_is_told_and_left_alone(tmp_path, make, sentence, read_only):
    path = tmp_path / "leaddesk.sqlite"
    make(path)
    before = path.read_bytes()
    with pytest.raises(KnownError, match=sentence) as caught:
        Store.open(path, read_only=read_only)
    assert caught.value.todo
    assert path.read_bytes() == before


def test_a_folder_that_is_gone_is_told(tmp_path):
    with pytest.raises(KnownError, match="cannot be opened"):
        Store.open(tmp_path / "gone" / "leaddesk.sqlite")


def test_a_full_disk_is_told_and_leaves_nothing_half_written(store):
    with store.begin() as unit:
        unit.leads.add([Lead("L1")])
    with store.read():
        pages = pragma(store, "page_count")
        pragma(store, f"max_page_count = {pages + 20}")
    many = [Lead(f"M{n}", company="x" * 900) for n in range(1000)]
    with pytest.raises(KnownError, match="disk is full") as caught, store.begin() as unit:
        unit.leads.add(many)
    assert "Make room" in caught.value.todo
    with store.read() as unit:
        assert unit.lead_list.counts() == (1, 0, 1)
        assert unit.integrity() == "ok"
        pragma(store, "max_page_count = 1000000")
    with store.begin() as unit:
        unit.leads.add(many)
    with store.read() as unit:
        assert unit.lead_list.counts() == (1001, 0, 1001)


FILE_SIZE_LIMIT = """
import resource, sys
from pathlib import Path
from leaddesk.core.domain.lead import Lead
from leaddesk.core.errors import KnownError
from leaddesk.core.store.engine import Store

path = Path(sys.argv[1])
usual = resource.getrlimit(resource.RLIMIT_FSIZE)

# First a disk too full to make the database at all.
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, usual[1]))
try:
    Store.open(path)
except KnownError as error:
    print(error.what)
resource.setrlimit(resource.RLIMIT_FSIZE, usual)

store = Store.open(path)
with store.begin() as unit:
    unit.leads.add([Lead("L1")])
resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, usual[1]))
many = [Lead(f"M{n}", company="x" * 900) for n in range(3000)]
try:
    with store.begin() as unit:
        unit.leads.add(many)
except KnownError as error:
    print(error.what)
with store.read() as unit:
    print(unit.lead_list.counts(), unit.integrity())
resource.setrlimit(resource.RLIMIT_FSIZE, usual)
with store.begin() as unit:
    unit.leads.add(many)
with store.read() as unit:
    print(unit.lead_list.counts(), unit.integrity())
store.close()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit of file sizes")
def test_a_disk_that_refuses_to_write_is_told_and_leaves_nothing_half_written(tmp_path):
    found = subprocess.run(  # noqa: S603 - this Python, with the program above
        [sys.executable, "-c", FILE_SIZE_LIMIT, str(tmp_path / "leaddesk.sqlite")],
        capture_output=True,
        text=True,
        check=True,
    )
    sentence = "The disk is full or cannot be read or written, so nothing of this was saved."
    assert found.stdout.splitlines() == [
        sentence,
        sentence,
        "(1, 0, 1) ok",
        "(3001, 0, 3001) ok",
    ]


STOPPED = """
import sys, time
from pathlib import Path
from leaddesk.core.store.engine import Store
store = Store.open(Path(sys.argv[1]))
bare = store._connection.connection.dbapi_connection
bare.execute("PRAGMA cache_size = 10")
with store.in_bulk(), store.begin() as unit:
    for number in range(400):
        bare.execute("INSERT INTO meta VALUES (?, ?)", (f"half {number}", "x" * 2000))
    print("half", flush=True)
    sys.stdin.read()
"""


@pytest.mark.parametrize("read_only", [True, False])
def test_what_was_stopped_without_the_log_never_was(tmp_path, read_only):
    path = tmp_path / "new.sqlite"
    Store.open(path).close()
    with subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-c", STOPPED, path],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stdout.readline() == "half\n"
        process.kill()
    assert path.with_name("new.sqlite-journal").exists()
    store = Store.open(path, read_only=read_only)
    with store.read() as unit:
        found = store._connection.exec_driver_sql(
            "SELECT count(*) FROM meta WHERE key LIKE 'half%'"
        )
        assert found.scalar() == 0
        assert unit.integrity() == "ok"
    store.close()


def test_without_the_log_a_transaction_is_whole_or_absent_too(tmp_path):
    path = tmp_path / "new.sqlite"
    store = Store.open(path)
    broken = "INSERT INTO meta VALUES ('half', ''), ('half', '')"
    with pytest.raises(BugError, match="UNIQUE"), store.in_bulk(), store.begin():
        store._connection.exec_driver_sql(broken)
    with store.in_bulk(), store.begin():
        assert pragma(store, "journal_mode") == "delete"
        store._connection.exec_driver_sql("INSERT INTO meta VALUES ('whole', '')")
    with store.read():
        assert pragma(store, "journal_mode") == "wal"
        found = store._connection.exec_driver_sql("SELECT key FROM meta WHERE value = ''")
        assert found.scalars().all() == ["whole"]
    store.close()


def test_where_somebody_reads_the_log_is_used_all_the_same(tmp_path):
    path = tmp_path / "new.sqlite"
    store = Store.open(path)
    store._connection.exec_driver_sql("PRAGMA busy_timeout = 0")
    store._connection.rollback()
    reader = Store.open(path, read_only=True)
    with reader.read() as unit:
        unit.team_secret()
        with store.in_bulk(), store.begin():
            store._connection.exec_driver_sql("INSERT INTO meta VALUES ('meanwhile', '')")
    with reader.read(), store.read():
        assert pragma(store, "journal_mode") == "wal"
        found = reader._connection.exec_driver_sql("SELECT 1 FROM meta WHERE key = 'meanwhile'")
        assert found.scalar() == 1
    reader.close()
    store.close()
