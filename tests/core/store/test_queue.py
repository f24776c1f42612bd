# SPDX-License-Identifier: MIT
"""The queue reads an index, and of that only what it needs."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from leaddesk.core.domain.lead import Lead
from leaddesk.core.domain.queue import Due
from leaddesk.core.store import queue
from leaddesk.core.store.times import to_text

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


def add(store, *leads, **state):
    with store.begin() as unit:
        unit.leads.add(leads)
        for lead in leads:
            unit.leads.set_state(lead.lead_id, replace(unit.leads.state(lead.lead_id), **state))


@pytest.mark.parametrize(
    ("statement", "parameters", "index"),
    [
        (queue._BY_PRIORITY, (6, "at:GB", "2026"), "ix_leads_queue"),
        (queue._TIMED, (1, "", "2026"), "ix_leads_due_at"),
        (queue._ANYWHERE.format("ix_leads_priority"), (6, "2026"), "ix_leads_priority"),
        (queue._LATER, (5, "2026"), "ix_leads_due_at"),
    ],
)
def test_an_index_gives_the_leads_in_their_order(store, statement, parameters, index):
    add(store, *(Lead(f"L{n}", country="GB", priority=n) for n in range(50)))
    with store.read() as unit:
        plan = unit._connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all()
    read = [step.detail for step in plan if " leads" in step.detail]
    assert read
    assert all(f"INDEX {index}" in detail for detail in read)
    assert not any("TEMP B-TREE" in step.detail for step in plan)


def test_whom_nobody_may_call_is_read_and_counted_without_looking_at_every_lead(store):
    with store.read() as unit:
        plans = [
            unit._connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}").all()
            for statement in (*queue._HELD, queue._HELD_COUNT)
        ]
    steps = [step.detail for plan in plans for step in plan]
    assert [step.split()[0] for step in steps] == ["SEARCH"] * 3
    assert all("ix_leads_held" in step for step in steps[:2])
    assert "queue_counts" in steps[2]


def test_reservations_are_read_without_looking_at_every_lead(store):
    with store.read() as unit:
        plan = unit._connection.exec_driver_sql(
            f"EXPLAIN QUERY PLAN {queue._RESERVED}", ("2026",)
        ).all()
    assert "ix_leads_reserved" in plan[0].detail


def test_a_place_is_named_once_and_only_while_somebody_there_is_due(store):
    add(store, Lead("L1", country="GB"), Lead("L2", country="GB"), Lead("L3", country="DE"))
    add(store, Lead("L4", country="FR"), do_not_call=True)
    add(store, Lead("L5", country="IT"), due=Due.NONE)
    add(store, Lead("L6", country="ES"), due=Due.RETURNED, due_at=NOW)
    with store.read() as unit:
        assert unit.queue.places(Due.FRESH) == {"at:DE": 1, "at:GB": 2}
        assert unit.queue.places(Due.RETURNED) == {"at:ES": 1}
        assert unit.queue.places(Due.CALLBACK) == {}


def test_the_time_from_which_a_lead_is_due_counts_as_reached(store):
    for number, minutes in enumerate((-1, 0, 1), 1):
        at = NOW + timedelta(minutes=minutes)
        add(store, Lead(f"L{number}", priority=number), due=Due.RETRY, due_at=at)
    now, before = to_text(NOW), to_text(NOW - timedelta(minutes=1))
    with store.read() as unit:
        assert [row.row_id for row in unit.queue.timed(Due.RETRY, now)] == [1, 2]
        assert [row.row_id for row in unit.queue.timed(Due.RETRY, now, before)] == [2]
        assert [row.row_id for row in unit.queue.later(Due.RETRY, now)] == [3]
        assert [row.row_id for row in unit.queue.by_priority(Due.RETRY, "", now)] == [2, 1]


def test_a_reservation_holds_until_its_time(store):
    add(store, Lead("L1"), reserved_by="Ada", reserved_until=NOW)
    with store.read() as unit:
        ((row, by),) = unit.queue.reserved(to_text(NOW - timedelta(seconds=1)))
        assert (row.row_id, by) == (1, "Ada")
        assert unit.queue.reserved(to_text(NOW)) == []
