# SPDX-License-Identifier: MIT
from dataclasses import replace
from datetime import timedelta

import pytest

from leaddesk.core.domain.follow_ups import OF_HANDOFFS, FollowUpKind
from leaddesk.core.domain.lead import Lead
from leaddesk.core.domain.queue import Due
from leaddesk.core.domain.roles import Rep
from leaddesk.core.domain.stages import Status
from leaddesk.core.domain.touches import TouchKind
from leaddesk.core.errors import KnownError
from leaddesk.core.services import endings, follow_ups, lead_page, merging, putting_off
from leaddesk.core.services.endings import CallResult
from leaddesk.core.store import follow_ups as stored
from tests.helpers.due import a_day, pass_on, promise, put_due, some_due, wait_with_touch
from tests.helpers.talks import say, start

K = FollowUpKind
NOTHING_YET = timedelta()


@pytest.fixture
def busy(work):
    """A profile with one follow-up of nearly every kind."""
    with work.store.begin() as unit:
        unit.leads.add(some_due())
    a_day(work)
    return work


def add(work, *leads):
    with work.store.begin() as unit:
        unit.leads.add(leads)


def listed(work, **how):
    return [(one.kind, one.lead_id) for one in follow_ups.listing(work, **how).rows]


def test_everything_that_is_due_is_listed_in_its_order(busy):
    page = follow_ups.listing(busy)
    assert [(one.kind, one.lead_id) for one in page.rows] == [
        (K.CALLBACK, "L1"),
        (K.FIRST_ATTEMPT, "L2"),
        (K.UNANSWERED, "L7"),
        (K.NURTURE_OVER, "L3"),
        (K.TOUCH, "L4"),
        (K.RETURNED, "L5"),
        (K.RETRY, "L6"),
        (K.TOUCH, "L4"),
        (K.NURTURE_OVER, "L4"),
    ]
    assert page.total == 9
    assert not page.has_more


def test_each_brings_what_is_said_of_it(busy):
    found = {one.kind: one for one in reversed(follow_ups.listing(busy).rows)}
    now = busy.clock()
    assert found[K.CALLBACK].note == "half past two, after the shift change"
    assert found[K.FIRST_ATTEMPT].clock.runs_out_at == now + timedelta(minutes=40)
    assert found[K.FIRST_ATTEMPT].is_mql
    assert found[K.RETURNED].note == "Decision maker unclear."
    assert found[K.RETURNED].due_at == now + timedelta(hours=24)
    assert (found[K.TOUCH].number, found[K.TOUCH].count, found[K.TOUCH].track) == (2, 2, "not now")
    assert (found[K.RETRY].number, found[K.RETRY].count) == (4, 6)
    assert found[K.UNANSWERED].receiver == "Sam Sales"
    assert found[K.UNANSWERED].escalate_at == now + timedelta(hours=28)


def test_some_kinds_are_listed_and_all_are_counted(busy):
    page = follow_ups.listing(busy, kinds=OF_HANDOFFS)
    assert {one.kind for one in page.rows} == OF_HANDOFFS
    assert page.counts[K.CALLBACK] == 1
    assert page.counts[K.NURTURE_OVER] == 2


def test_a_page_says_that_there_are_more(busy):
    page = follow_ups.listing(busy, most=3)
    assert [one.kind for one in page.rows] == [K.CALLBACK, K.FIRST_ATTEMPT, K.UNANSWERED]
    assert page.has_more


def test_mine_is_what_is_for_me_or_of_my_leads_or_nobodys(work):
    add(work, Lead("L1", owner="Bob"), Lead("L2", owner="Ann"), Lead("L3"), Lead("L4"), Lead("L5"))
    work.rep = Rep(name="Ann")
    for lead_id, for_whom in (("L1", ""), ("L2", ""), ("L3", ""), ("L4", "Bob"), ("L5", "Ann")):
        promise(work, lead_id, timedelta(hours=-1), for_whom=for_whom)
    assert {lead_id for _, lead_id in listed(work)} == {"L2", "L3", "L5"}
    assert len(listed(work, mine=False)) == 5
    assert follow_ups.count(work) == (3, False)


def test_a_callback_of_somebody_else_is_anybodys_when_it_is_a_day_late(work, clock):
    add(work, Lead("L1"))
    work.rep = Rep(name="Ann")
    promise(work, "L1", timedelta(hours=-1), for_whom="Bob")
    clock.move(hours=22)
    assert not listed(work)
    clock.move(hours=1)
    assert listed(work) == [(K.CALLBACK, "L1")]


def test_nobody_who_is_suppressed_or_merged_is_listed(busy):
    with busy.store.begin() as unit:
        for lead_id in ("L1", "L2", "L3", "L4", "L6", "L7"):
            state = unit.leads.state(lead_id)
            unit.leads.set_state(lead_id, replace(state, suppressed=True))
    assert {lead_id for _, lead_id in listed(busy)} == {"L5"}
    add(busy, Lead("L9"))
    merging.merge(busy, "L9", "L5")
    assert "L5" not in {lead_id for _, lead_id in listed(busy)}


def test_a_touch_of_a_merged_lead_is_of_the_one_that_stands_for_it(work):
    add(work, Lead("L1", full_name="Ada"), Lead("L2"))
    wait_with_touch(work, "L2", NOTHING_YET)
    merging.merge(work, "L1", "L2")
    touches = follow_ups.listing(work, kinds={K.TOUCH}).rows
    assert {(one.lead_id, one.name) for one in touches} == {("L1", "Ada")}


@pytest.mark.parametrize(
    ("kind", "fields"),
    [(TouchKind.EMAIL, {"opted_out": True}), (TouchKind.CALL, {"do_not_call": True})],
)
def test_no_touch_is_listed_on_a_way_they_do_not_want(work, kind, fields):
    add(work, Lead("L1", **fields))
    touch_id = wait_with_touch(work, "L1", NOTHING_YET, kind)
    assert touch_id not in [one.id for one in follow_ups.listing(work).rows]


def test_a_lead_that_was_talked_to_has_to_be_decided(work, clock):
    add(work, *some_due(1))
    call_id = start(work)
    say(work, call_id)
    endings.end_call(work, call_id, CallResult("CONNECTED_TARGET", "HUNG_UP"))
    (one,) = follow_ups.listing(work).rows
    assert one.kind is K.DECISION
    assert one.clock.since == clock()
    assert one.due_at == one.clock.runs_out_at, "Monday, three working days"
    assert (one.due_at - clock()).days == 3


def test_what_came_in_a_file_without_a_time_is_due_at_any(work):
    add(work, Lead("L1", full_name="Ada", status=Status.NURTURING))
    (one,) = follow_ups.listing(work).rows
    assert (one.kind, one.due_at) == (K.NURTURE_OVER, None)


def test_what_is_late_is_not_hidden_by_what_has_no_time(work):
    waiting = [Lead(f"L{n}", status=Status.NURTURING) for n in range(9)]
    add(work, *waiting)
    put_due(work, "L8", Due.NURTURE, timedelta(days=-3))
    put_due(work, "L7", Due.NURTURE, timedelta(days=3))
    page = follow_ups.listing(work, most=3)
    assert [one.lead_id for one in page.rows] == ["L8", "L0", "L1"]
    assert follow_ups.listing(work).rows[-1].lead_id == "L7"


def test_who_waits_without_a_date_is_counted_and_listed(work):
    add(work, Lead("L1", full_name="Ada"))
    put_due(work, "L1", Due.NURTURE, None, status=Status.NURTURING)
    page = follow_ups.listing(work)
    assert (page.rows, page.without_date) == ((), 1)
    (one,) = follow_ups.without_date(work)
    assert (one.lead_id, one.name, one.due_at) == ("L1", "Ada", None)


def test_what_is_put_off_is_due_then_and_says_so(work, clock):
    add(work, *some_due(1))
    promise(work, "L1", timedelta(minutes=-12), "two")
    was, until = clock() - timedelta(minutes=12), clock() + timedelta(days=1)
    _, changes = putting_off.put_off(work, "L1", until)
    assert changes.leads == {"L1"}
    assert changes.queue
    (one,) = follow_ups.listing(work).rows
    assert (one.due_at, one.moved_from, one.note) == (until, was, "two")
    putting_off.put_off(work, "L1", until + timedelta(days=1))
    assert follow_ups.listing(work).rows[0].moved_from == was, "the promise is the first time"


def test_a_clock_that_was_moved_still_says_when_it_began(work, clock):
    add(work, *some_due(1))
    put_due(work, "L1", Due.INBOUND, timedelta(minutes=-20))
    since, until = clock() - timedelta(minutes=20), clock() + timedelta(hours=3)
    putting_off.put_off(work, "L1", until)
    (one,) = follow_ups.listing(work).rows
    assert (one.due_at, one.clock.since) == (until, since)


def test_what_was_put_off_is_taken_back_one_by_one(work, clock):
    add(work, *some_due(1))
    promise(work, "L1", timedelta(minutes=-12))
    before = follow_ups.listing(work).rows
    first, _ = putting_off.put_off(work, "L1", clock() + timedelta(days=1))
    between = follow_ups.listing(work).rows
    second, _ = putting_off.put_off(work, "L1", clock() + timedelta(days=2))
    putting_off.take_back(work, "L1", second)
    assert follow_ups.listing(work).rows == between
    putting_off.take_back(work, "L1", first)
    assert follow_ups.listing(work).rows == before


def test_nothing_is_taken_back_once_something_else_became_of_the_lead(work, clock):
    add(work, *some_due(1))
    promise(work, "L1", timedelta(minutes=-12))
    event_id, _ = putting_off.put_off(work, "L1", clock() + timedelta(days=1))
    endings.end_call(work, start(work), CallResult("NO_ANSWER"))
    before = lead_page.page_of(work, "L1")
    with pytest.raises(KnownError, match="Something else"):
        putting_off.take_back(work, "L1", event_id)
    assert lead_page.page_of(work, "L1") == before


@pytest.mark.parametrize("after", [timedelta(), timedelta(minutes=-1)])
def test_nothing_is_put_off_to_the_past(busy, clock, after):
    with pytest.raises(KnownError, match="past"):
        putting_off.put_off(busy, "L1", clock() + after)


def test_what_is_not_due_is_not_put_off(work, clock):
    add(work, *some_due(1))
    pass_on(work, "L1", timedelta(hours=4))
    with pytest.raises(KnownError, match="Nothing is due"):
        putting_off.put_off(work, "L1", clock() + timedelta(days=1))


def test_indexes_tell_what_is_due_without_sorting(busy):
    with busy.store.read() as unit:
        for kind, source in stored._LEADS.items():
            for part in stored._PARTS:
                sql = f"EXPLAIN QUERY PLAN SELECT row_id {source} AND {part} ORDER BY due_at"
                values = {"rep": "", "open_to_all_before": "", "tomorrow": ""}
                steps = [row[3] for row in unit.follow_ups._connection.execute(sql, values)]
                assert any("COVERING INDEX ix_leads" in step for step in steps), kind
                assert not any("TEMP B-TREE" in step for step in steps), kind


def test_counting_stops_and_says_so(work):
    add(work, *(Lead(f"L{n}", status=Status.ATTEMPTING) for n in range(follow_ups.COUNTED + 5)))
    assert follow_ups.count(work) == (follow_ups.COUNTED, True)
    assert follow_ups.listing(work).counts[K.RETRY] == follow_ups.COUNTED
