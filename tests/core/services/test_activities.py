# SPDX-License-Identifier: MIT
"""What a lead did, and what follows from it: engagement, grade, MQL, and who is called soon."""

from dataclasses import replace
from datetime import timedelta

import pytest

from leaddesk.core.domain.engagement import Activity
from leaddesk.core.domain.events import EventKind
from leaddesk.core.domain.queue import Due
from leaddesk.core.domain.roles import Rep
from leaddesk.core.domain.stages import Stage, Status
from leaddesk.core.errors import KnownError
from leaddesk.core.services import activities, lead_page, queue
from tests.core.services.conftest import london


@pytest.fixture
def one(work):
    work.rep = Rep("Ada Berg")
    fit = {"employees": 500, "industry": "Manufacturing", "country": "GB", "title": "Director"}
    with work.store.begin() as unit:
        unit.leads.add([london("L1", last_name="Weber", **fit), london("L2")])
    return work


def lead(work, lead_id="L1"):
    return lead_page.page_of(work, lead_id).lead


def state(work):
    with work.store.read() as unit:
        return unit.leads.state("L1")


def set_state(work, **values):
    with work.store.begin() as unit:
        unit.leads.set_state("L1", replace(unit.leads.state("L1"), **values))


def test_a_sign_dated_ahead_by_another_clock_is_not_made_to_wait(work, clock):
    with work.store.begin() as unit:
        unit.leads.add([london("L1")])
    ahead = Activity("demo_request", clock.now + timedelta(hours=2), activity_id="V1", lead_id="L1")
    with work.store.begin() as unit:
        unit.activities.add([ahead])
        activities.follow_up(work, unit, {"L1": [ahead]})
    assert (state(work).due, state(work).due_at) == (Due.INBOUND, clock.now)
    assert list(queue.top(work).row_ids) == [1]


def moves(work):
    with work.store.read() as unit:
        return unit.events.of_lead("L1", (EventKind.MOVED,))


def test_what_a_lead_did_is_kept_and_counts_at_once(one, clock):
    did, changes = activities.add_by_hand(one, "L1", "webinar", "  asked a lot ")
    assert (did.type, did.at, did.note, did.lead_id) == ("webinar", clock.now, "asked a lot", "L1")
    assert (changes.leads, changes.queue) == ({"L1"}, True)
    with one.store.read() as unit:
        assert unit.activities.of_lead("L1") == [did]
    after = lead(one)
    assert after.engagement == 20
    assert after.grade[1:] == "3"
    assert after.priority == (after.fit or 0) + 20
    assert lead(one, "L2").engagement == 0


def test_the_digit_of_the_grade_follows_what_the_lead_does(one):
    digits = []
    for kind in ("email_open", "white_paper", "webinar", "demo_request"):
        activities.add_by_hand(one, "L1", kind)
        digits.append(lead(one).grade[1:])
    assert digits == ["4", "3", "2", "1"]


def test_enough_of_it_makes_an_mql_and_that_is_written_down(one):
    activities.add_by_hand(one, "L1", "webinar")
    assert (state(one).stage, moves(one)) == (Stage.LEAD, [])
    did, _ = activities.add_by_hand(one, "L1", "white_paper")
    assert state(one).stage is Stage.MQL
    (moved,) = moves(one)
    assert moved.changes == {"stage": ("LEAD", "MQL")}
    assert (moved.by, moved.detail) == ("Ada Berg", {"cause": did.activity_id})


def test_a_strong_sign_alone_makes_an_mql_who_waits_for_a_call(one):
    activities.add_by_hand(one, "L1", "demo_request", " asked at the fair ")
    assert (state(one).stage, state(one).due) == (Stage.MQL, Due.INBOUND)
    (moved,) = moves(one)
    assert {"stage", "due", "due_at"} <= set(moved.changes), "written down, with what was before"


def test_a_stage_that_was_reached_by_a_call_stays(one):
    set_state(one, stage=Stage.SQL)
    activities.add_by_hand(one, "L1", "demo_request")
    assert state(one).stage is Stage.SQL


@pytest.mark.parametrize(
    "status",
    [
        Status.NEW,
        Status.ATTEMPTING,
        Status.IN_CONVERSATION,
        Status.NURTURING,
        Status.EXHAUSTED,
    ],
)
def test_a_strong_sign_ends_any_wait(one, clock, status):
    later = clock.now + timedelta(days=50)
    set_state(one, status=status, due=Due.NURTURE, due_at=later, attempts=6)
    activities.add_by_hand(one, "L1", "contact_request")
    after = state(one)
    assert (after.due, after.due_at, after.attempts) == (Due.INBOUND, clock.now, 0)
    assert after.status is status
    assert list(queue.top(one, 1).row_ids) == [1]


@pytest.mark.parametrize(
    "status", [Status.PASSED, Status.ACCEPTED, Status.DISQUALIFIED, Status.SUPPRESSED]
)
def test_who_is_with_sales_or_decided_against_is_not_called_for_it(one, status):
    set_state(one, status=status, due=Due.NONE)
    activities.add_by_hand(one, "L1", "demo_request")
    assert state(one).due is Due.NONE
    assert lead(one).engagement == 60


def test_a_weak_sign_and_a_promise_leave_what_is_due(one, clock):
    activities.add_by_hand(one, "L1", "pricing_page")
    assert (state(one).stage, state(one).due) == (Stage.LEAD, Due.FRESH)
    at = clock.now + timedelta(days=1)
    set_state(one, due=Due.CALLBACK, due_at=at, due_for="Bo Dahl")
    activities.add_by_hand(one, "L1", "demo_request")
    assert (state(one).due, state(one).due_at, state(one).due_for) == (
        Due.CALLBACK,
        at,
        "Bo Dahl",
    )


def test_who_waits_already_keeps_the_time_since_when(one, clock):
    activities.add_by_hand(one, "L1", "demo_request")
    since = clock.now
    clock.move(minutes=30)
    activities.add_by_hand(one, "L1", "contact_request")
    assert state(one).due_at == since


def test_what_a_lead_did_counts_less_every_day(one, clock):
    activities.add_by_hand(one, "L1", "demo_request")
    assert (lead(one).engagement, lead(one).grade[1:]) == (60, "1")
    for half, digit in ((30, "2"), (15, "3"), (7, "4")):
        clock.move(days=14)
        assert not activities.refresh(one)[0], "all of them in one go"
        assert (lead(one).engagement, lead(one).grade[1:]) == (half, digit)
    assert state(one).stage is Stage.MQL
    assert lead(one, "L2").engagement == 0


def test_engagement_is_refreshed_some_leads_at_a_time(one, clock):
    ids = [f"M{number:03d}" for number in range(201)]
    with one.store.begin() as unit:
        unit.leads.add(london(lead_id) for lead_id in ids)
    for lead_id in ids:
        activities.add_by_hand(one, lead_id, "demo_request")
    clock.move(days=14)
    after, jobs = activities.refresh(one)[0], 1
    while after:
        after, jobs = activities.refresh(one, after)[0], jobs + 1
    assert jobs == 3
    assert {lead(one, lead_id).engagement for lead_id in ids} == {30}


def test_refreshing_nothing_changes_nothing(one):
    after, changes = activities.refresh(one)
    assert (after, changes.whole_list, changes.queue) == ("", False, False)


@pytest.mark.parametrize(
    ("lead_id", "kind", "says"),
    [("L1", "nonsense", "is no activity"), ("L9", "webinar", "not in this profile")],
)
def test_what_cannot_be_written_down_is_told(one, lead_id, kind, says):
    with pytest.raises(KnownError, match=says):
        activities.add_by_hand(one, lead_id, kind)
    with one.store.read() as unit:
        assert unit.activities.active_leads("", 10) == []
