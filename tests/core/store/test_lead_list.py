# SPDX-License-Identifier: MIT
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from leaddesk.core.domain.call import Call
from leaddesk.core.domain.lead import Lead
from leaddesk.core.domain.lead_query import LeadQuery, View
from leaddesk.core.domain.stages import OPEN_STATUSES, Status
from leaddesk.core.errors import BugError
from leaddesk.core.store import driver, list_rows, sorting
from leaddesk.core.store.first_screen import read_first_screen

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


@pytest.fixture
def three(store):
    with store.begin() as unit:
        unit.leads.add(
            [
                Lead("L1", last_name="Özil", company="b", priority=5, employees=10, grade="B1"),
                Lead("L2", last_name="adams", company="A", priority=9, mobile="0151 2"),
                Lead("L3", last_name="Zoll", priority=5, employees=9, grade="A2", phone="030 1"),
            ]
        )
        unit.leads.set_state("L3", replace(unit.leads.state("L3"), decided="nurture"))
        unit.leads.touch("L3", NOW)
    return store


def find(store, view="all", search="", order="priority", *, descending=True):
    with store.read() as unit:
        query = LeadQuery(View(view), search, order, descending=descending)
        return list(unit.lead_list.find(query))


def test_orders_put_what_is_not_known_last_either_way(three):
    assert find(three) == [2, 1, 3]
    assert find(three, descending=False) == [3, 1, 2], "read from its end"
    assert find(three, order="name", descending=False) == [2, 1, 3]
    assert find(three, order="employees") == [1, 3, 2]
    assert find(three, order="employees", descending=False) == [3, 1, 2]
    assert find(three, order="company", descending=False) == [2, 1, 3]
    assert find(three, order="company") == [1, 2, 3]
    assert find(three, order="grade", descending=False) == [3, 1, 2]
    assert find(three, order="last_activity_at") == [3, 2, 1]


@pytest.mark.parametrize("order", sorting.ORDERS)
def test_every_order_has_every_lead_and_turns_round(three, order):
    rising, falling = find(three, order=order, descending=False), find(three, order=order)
    assert sorted(rising) == sorted(falling) == [1, 2, 3]
    with three.begin() as unit:
        assert unit.lead_list.prepare(order) is False, "three leads need no index"
        sorting.ensure_index(unit._connection.connection.dbapi_connection, order)
    assert find(three, order=order, descending=False) == rising, "an index changes nothing"
    assert find(three, order=order) == falling
    with three.begin() as unit:
        unit.lead_list.drop_prepared()
    assert find(three, order=order) == falling


def test_an_order_nobody_knows_is_a_mistake_of_ours(three):
    with pytest.raises(BugError):
        find(three, order="row_id; DROP TABLE leads")


def test_every_word_must_occur(three):
    assert find(three, search="ozil") == [1]
    assert find(three, search="ÖZIL b") == [1]
    assert find(three, search="ozil zoll") == []
    assert find(three, search="01512") == [2]
    assert find(three, search="%") == []


@pytest.mark.parametrize("status", Status)
def test_the_queue_holds_the_open_statuses(store, status):
    with store.begin() as unit:
        unit.leads.add([Lead("L1", status=status)])
    assert find(store, "to_call") == ([1] if status in OPEN_STATUSES else [])


@pytest.mark.parametrize("flag", ["do_not_call", "suppressed"])
def test_the_queue_leaves_out_who_must_not_be_called(store, flag):
    with store.begin() as unit:
        unit.leads.add([Lead("L1", **{flag: True}), Lead("L2")])
    assert find(store, "to_call") == [2]


def test_counts_are_those_of_the_views(three):
    with three.begin() as unit:
        unit.leads.add([Lead("L4", do_not_call=True)])
    with three.read() as unit:
        assert unit.lead_list.counts() == (3, 1, 4)
        assert unit.lead_list.decision_counts() == {"nurture": 1}
    assert find(three, "decided") == find(three, "nurture") == [3]
    assert find(three, "pass") == []


def test_rows_come_in_the_order_asked_for_without_those_that_are_gone(three):
    with three.read() as unit:
        rows = unit.lead_list.rows([3, 99, 1, 2])
        assert unit.lead_list.rows([]) == []
    assert [row.row_id for row in rows] == [3, 1, 2]
    assert [row.name for row in rows] == ["Zoll", "Özil", "adams"]
    assert [row.phone for row in rows] == ["030 1", "", "0151 2"]
    assert rows[0].decided == "nurture"
    assert rows[0].last_activity_at == "2026-11-22T10:00:00.000000Z"


def test_counts_are_read_from_indices_alone(three):
    with three.read() as unit:
        plans = [
            unit._connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}").all()
            for query in (
                f"SELECT count(*) FROM leads WHERE {list_rows.TO_CALL}",  # noqa: S608 - our own words
                "SELECT count(*) FROM leads WHERE decided <> ''",
            )
        ]
    for plan in plans:
        assert "COVERING INDEX" in plan[0].detail
        assert not any("TEMP B-TREE" in step.detail for step in plan)


def test_the_first_screen_has_the_rows_that_were_chosen_in_their_order(store, database):
    with store.begin() as unit:
        unit.leads.add(Lead(f"L{n}", last_name=f"N{n}", status=Status.NEW) for n in range(20))
        unit.playbooks.keep("f", "bant", 1, "text")
        unit.calls.add(Call("C1", "L3", "bant", 1, "f", NOW))
    chosen = [7, 3, 12]
    screen = read_first_screen(database, lambda queue: chosen if queue.places(6) else [])
    with store.read() as unit:
        assert list(screen.rows) == unit.lead_list.rows(chosen)
        assert screen.counts == unit.lead_list.counts() == (20, 0, 20)
    assert screen.open_lead_id == "L3"


def nothing(_queue):
    return []


def test_there_is_no_first_screen_of_what_has_to_be_dealt_with_first(tmp_path, database):
    assert read_first_screen(tmp_path / "none.sqlite", nothing) is None
    other = tmp_path / "other.sqlite"
    other.write_bytes(b"not a database" * 100)
    assert read_first_screen(other, nothing) is None
    older = driver.connect(database)
    older.execute("UPDATE alembic_version SET version_num = '0000'")
    older.close()
    assert read_first_screen(database, nothing) is None
    assert not (tmp_path / "none.sqlite").exists()
