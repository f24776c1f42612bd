# SPDX-License-Identifier: MIT
"""Merges at random: taken back they leave no trace, and every fact always has one lead."""

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from leaddesk.core.domain.lead import Lead
from leaddesk.core.domain.stages import Stage, Status
from leaddesk.core.errors import KnownError
from leaddesk.core.services import activities, calling, endings, merging
from leaddesk.core.store.schema import activities as activities_
from leaddesk.core.store.schema import answers, decisions, events
from leaddesk.core.store.schema import calls as calls_
from tests.core.services.conftest import london
from tests.core.services.test_import_history import dump
from tests.core.services.test_merging import add, lead_of, listed
from tests.helpers.talks import CANCELLED, say, start

some = st.sampled_from
times = some([None, datetime(2026, 1, 2, tzinfo=UTC), datetime(2026, 2, 3, tzinfo=UTC)])
people = st.builds(
    Lead,
    lead_id=st.just(""),
    first_name=some(["", "Ada"]),
    last_name=some(["Weber", "Cole"]),
    company=some(["", "Weber GmbH"]),
    email=some(["", "a@x.example", "b@x.example"]),
    email_2=some(["", "a@x.example", "c@x.example"]),
    phone=some(["", "+44 20 7946 0958"]),
    phone_e164=some(["", "+442079460958"]),
    mobile=some(["", "odd", "+44 20 7946 0958"]),
    country=some(["", "DE", "GB"]),
    revenue=some([None, 0, 5]),
    currency=some(["", "EUR"]),
    stage=some(list(Stage)),
    status=some(list(Status)),
    tags=some([(), ("a",), ("b", "a")]),
    do_not_call=st.booleans(),
    suppressed=st.booleans(),
    opted_out=st.booleans(),
    external_ids=some([{}, {"crm": "1"}, {"crm": "2", "erp": "3"}]),
    extra=some([{}, {"Pet": "cat"}, {"Pet": "dog", "Car": "red"}]),
    as_written=some([{}, {"email": "A@x.example"}]),
    created_at=times,
    last_activity_at=times,
)
chosen = st.dictionaries(
    some(["email", "phone", "mobile", "revenue", "company"]), some(["kept", "gone"])
)
numbers = count(1)


def new_people(work, leads):
    made = [replace(lead, lead_id=f"P{next(numbers):05d}") for lead in leads]
    add(work, *made)
    return [lead.lead_id for lead in made]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=80)
@given(leads=st.tuples(people, people), choices=chosen)
def test_undo_restores_the_exact_state(work, leads, choices):
    kept, gone = new_people(work, leads)
    before = dump(work)
    lead, _ = merging.merge(work, kept, gone, choices)
    for one in leads:
        assert lead.do_not_call >= one.do_not_call
        assert lead.opted_out >= one.opted_out
        assert set(one.tags) <= set(lead.tags)
    assert dump(work) != before
    merging.undo(work, merging.last_of(work, kept).merge_id)
    assert dump(work) == before


def facts(work, lead_id):
    with work.store.read() as unit:
        return {
            *(call.call_id for call in unit.calls.of_lead(lead_id)),
            *(answer.answer_id for answer in unit.calls.facts_of_lead(lead_id)),
            *(one.decision_id for one in unit.decisions.of_lead(lead_id)),
            *(one.activity_id for one in unit.activities.of_lead(lead_id)),
            *(one.event_id for one in unit.events.of_lead(lead_id)),
        }


def all_facts(work, lead_ids):
    """Return the ids of all facts in the tables themselves, as often as they are there."""
    with work.store.read() as unit:
        tables = {"call": calls_, "decision": decisions, "activity": activities_, "event": events}
        found = [
            row[0]
            for name, table in tables.items()
            for row in unit._connection.execute(
                select(table.c[f"{name}_id"]).where(table.c.lead_id.in_(lead_ids))
            )
        ]
        said = select(answers.c.answer_id).join(calls_).where(calls_.c.lead_id.in_(lead_ids))
        return found + list(unit._connection.execute(said).scalars())


which = st.integers(0, 3)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("merge"), which, which),
        st.tuples(st.just("undo"), st.integers(0, 9), st.just(0)),
        st.tuples(some(["call", "act"]), which, st.just(0)),
    ),
    max_size=14,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(steps=steps)
def test_every_fact_is_reached_from_exactly_one_lead(work, clock, steps):
    ids = new_people(work, [london("", last_name=f"P{number}") for number in range(4)])
    done = []
    for kind, at, other in steps:
        clock.move(days=2)
        with suppress(KnownError):  # one lead already, taken back already, changed since
            if kind == "merge":
                merging.merge(work, ids[at], ids[other])
                done.append(merging.last_of(work, ids[at]).merge_id)
            elif kind == "undo" and done:
                merging.undo(work, done[at % len(done)])
            elif kind == "act":
                activities.add_by_hand(work, ids[at], "webinar")
            elif kind == "call" and calling.permission(work, ids[at]).allowed:
                call_id = start(work, ids[at])
                say(work, call_id)
                endings.end_call(work, call_id, CANCELLED)
    visible = [one for one in ids if lead_of(work, one).lead_id == one]
    assert {one for one in listed(work) if one in ids} == set(visible)
    reached = [fact for lead_id in visible for fact in facts(work, lead_id)]
    assert sorted(reached) == sorted(all_facts(work, ids))
    assert all(facts(work, one) == facts(work, lead_of(work, one).lead_id) for one in ids)
