# SPDX-License-Identifier: MIT
import pytest

from leaddesk.core.domain.lead import Lead
from leaddesk.core.errors import KnownError
from leaddesk.core.store import driver
from leaddesk.core.store.backup import back_up
from leaddesk.core.store.engine import Store


@pytest.fixture
def bare(store, database):
    with store.begin() as unit:
        unit.leads.add([Lead("L1")])
    connection = driver.connect(database)
    yield connection
    connection.close()


def count(path):
    store = Store.open(path, read_only=True)
    with store.read() as unit:
        counts = unit.lead_list.counts()
    store.close()
    return counts


def test_a_copy_is_one_whole_file_and_never_takes_the_place_of_another(bare, tmp_path):
    folder = tmp_path / "backups"
    copies = [back_up(bare, folder, "copy") for _ in range(3)]
    assert [path.name for path in copies] == ["copy.sqlite", "copy-2.sqlite", "copy-3.sqlite"]
    assert sorted(folder.iterdir()) == sorted(copies)
    assert {count(path) for path in copies} == {(1, 0, 1)}


def test_what_a_crash_left_of_a_copy_is_not_in_the_way(bare, tmp_path):
    (tmp_path / "copy.partial").write_bytes(b"half a copy" * 1000)
    assert count(back_up(bare, tmp_path, "copy")) == (1, 0, 1)
    assert not (tmp_path / "copy.partial").exists()


def test_no_half_copy_is_left_behind(bare, tmp_path, monkeypatch):
    monkeypatch.setattr(
        driver, "CONNECTION_PRAGMAS", (*driver.CONNECTION_PRAGMAS, "PRAGMA max_page_count = 2")
    )
    with pytest.raises(KnownError, match="disk is full"):
        back_up(bare, tmp_path / "backups", "copy")
    assert list((tmp_path / "backups").iterdir()) == []
