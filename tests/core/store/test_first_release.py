# SPDX-License-Identifier: MIT
"""A database that the first release left, brought to today's tables: nothing of it is lost."""

import shutil
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from leaddesk.core.domain.lead_query import LeadQuery
from leaddesk.core.domain.lead_state import due_of_status
from leaddesk.core.domain.places import place_of
from leaddesk.core.domain.queue import Due
from leaddesk.core.domain.stages import Status
from leaddesk.core.errors import BugError
from leaddesk.core.store.engine import Store

STORED = Path(__file__).parents[2] / "data" / "databases" / "v0001.sqlite"
KEPT = ("meta", "playbooks", "import_batches", "leads", "lead_external_ids", "calls", "answers",
        "decisions")  # fmt: skip
GONE = {"leads": {"to_call", "search_text"}}
"""Columns that follow from others, and are made anew or not kept any more."""


def contents(path, columns=None):
    """Return table -> column -> values, in the order of the table."""
    connection = dbapi2.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    connection.row_factory = dbapi2.Row
    try:
        rows = {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in KEPT}  # noqa: S608 - our own names
    finally:
        connection.close()
    return {
        name: [
            {
                key: row[key]
                for key in row.keys()  # noqa: SIM118 - of a row, not of a dict
                if columns is None or key in columns[name]
            }
            for row in found
        ]
        for name, found in rows.items()
    }


@pytest.fixture
def stored(tmp_path):
    path = tmp_path / "leaddesk.sqlite"
    shutil.copy(STORED, path)
    return path


@pytest.fixture
def migrated(stored):
    store = Store.open(stored)
    yield store
    store.close()


def test_nothing_that_was_entered_is_lost(stored):
    before = contents(stored)
    kept = {
        name: set(rows[0]) - GONE.get(name, set()) if rows else set()
        for name, rows in before.items()
    }
    Store.open(stored).close()
    assert all(before[name] for name in ("leads", "calls", "answers", "decisions"))
    expected = {
        name: [{key: row[key] for key in row if key in kept[name]} for row in rows]
        for name, rows in before.items()
    }
    assert contents(stored, kept) == expected
    (copy,) = (stored.parent / "backups").iterdir()
    assert contents(copy) == before


def test_every_lead_is_due_as_its_status_says_and_is_where_it_is(migrated):
    with migrated.read() as unit:
        rows = unit._connection.exec_driver_sql(
            "SELECT row_id, lead_id, place, held, due, due_at FROM leads"
        ).all()
        assert {unit.leads.get(row.lead_id).status for row in rows} == set(Status)
        for row in rows:
            lead = unit.leads.get(row.lead_id)
            state = unit.leads.state(row.lead_id)
            assert row.place == place_of(lead)
            assert row.held == (lead.do_not_call or lead.suppressed)
            assert state.due is due_of_status(lead.status)
            assert (state.due_at is None) == (state.due in {Due.NONE, Due.FRESH})
            assert state.due_at in {None, lead.last_activity_at, lead.created_at}
    assert len({row.place for row in rows}) == 4
    assert sum(row.held for row in rows) == 2


def test_what_refers_to_leads_still_does_and_facts_are_still_facts(migrated):
    with migrated.read() as unit:
        assert unit.integrity() == "ok"
        opened = unit.calls.open()
        assert (opened.call.lead_id, opened.position) == ("L25", "budget")
        assert [fact.withdrawn for fact in unit.calls.facts_of_lead("L00")] == [False, False, True]
        (decision,) = unit.decisions.all()
        assert (decision.lead_id, decision.next_step, decision.next_at) == ("L00", "", None)
        assert unit.leads.state("L00").decided == decision.decided
    for table in ("answers", "decisions"):
        for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET call_id = 'C0'"):  # noqa: S608 - our own names
            with pytest.raises(BugError, match="facts, never changed"), migrated.begin() as unit:
                unit._connection.exec_driver_sql(statement)


def test_every_lead_is_found_by_its_words(migrated):
    with migrated.read() as unit:
        every = unit.lead_list.find(LeadQuery())
        assert list(unit.lead_list.find(LeadQuery(search="ad new")))
        assert every
        found = unit.lead_list._bare.execute("SELECT search_text FROM leads").fetchall()
        assert all(text.startswith(" ") for (text,) in found)


def test_foreign_keys_are_on_again(migrated):
    for statement in (
        "DELETE FROM leads WHERE lead_id = 'L25'",
        "UPDATE calls SET lead_id = 'L99'",
    ):
        with pytest.raises(BugError, match="FOREIGN KEY"), migrated.begin() as unit:
            unit._connection.exec_driver_sql(statement)
