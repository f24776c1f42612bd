# SPDX-License-Identifier: MIT
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaddesk.core.domain.attempts import Daypart
from leaddesk.core.domain.follow_up_words import words
from leaddesk.core.domain.follow_ups import (
    FollowUp,
    FollowUpKind,
    Section,
    any_time,
    order_key,
    section,
)
from leaddesk.core.domain.queue import ClockRules
from leaddesk.core.domain.service_levels import first_attempt, to_fix

SUNDAY = datetime(2026, 11, 22, 14, 42, tzinfo=UTC)
HALF_PAST_TWO = datetime(2026, 11, 22, 14, 30, tzinfo=UTC)
K = FollowUpKind

follow_ups = st.builds(
    FollowUp,
    st.sampled_from(K),
    st.text("abc", min_size=1, max_size=3),
    st.just("L1"),
    st.none() | st.integers(-90, 90).map(lambda h: SUNDAY + timedelta(hours=h, minutes=7 * h)),
    way=st.sampled_from(("email", "call", "task")),
    priority=st.integers(0, 5),
)
zones = st.sampled_from(tuple(map(ZoneInfo, ("UTC", "Asia/Tokyo", "America/Chicago"))))


def said(kind, due_at=HALF_PAST_TWO, **more):
    found = words(FollowUp(kind, "L1", "L1", due_at, name="Ada", **more), SUNDAY, UTC)
    return found.when, found.title, found.detail


def test_a_callback_is_said_with_what_was_promised():
    assert said(K.CALLBACK, note="half past two, after the shift change") == (
        "14:30, 12 min",
        "Call Ada back",
        "Promised: \u201chalf past two, after the shift change\u201d",
    )


def test_a_first_attempt_says_when_its_clock_runs_out_and_that_it_did():
    since = datetime(2026, 11, 22, 14, 4, tzinfo=UTC)
    clock = first_attempt(since, ClockRules())
    assert said(K.FIRST_ATTEMPT, clock.runs_out_at, is_mql=True, clock=clock) == (
        "15:04",
        "First attempt, Ada",
        "MQL since 14:04, the clock runs out at 15:04, 22 min left",
    )
    old = first_attempt(since - timedelta(hours=1), ClockRules())
    assert said(K.FIRST_ATTEMPT, old.runs_out_at, clock=old) == (
        "14:04, 38 min",
        "First attempt, Ada",
        "Inbound since 13:04, the clock ran out at 14:04, 38 min late",
    )
    new = first_attempt(SUNDAY - timedelta(minutes=2), ClockRules())
    assert (
        "best by 14:45, the clock runs out at 15:40"
        in said(K.FIRST_ATTEMPT, new.runs_out_at, clock=new)[2]
    )


@pytest.mark.parametrize(
    ("kind", "due_at", "more", "expected"),
    [
        (
            K.NURTURE_OVER,
            HALF_PAST_TWO,
            {"note": "Budget opens in December", "ask_first": "Ask first: what is set aside now?"},
            (
                "any time",
                "Nurture over, Ada",
                "Budget opens in December. Ask first: what is set aside now?",
            ),
        ),
        (
            K.RETURNED,
            SUNDAY + timedelta(hours=2),
            {
                "note": "Decision maker unclear.",
                "clock": to_fix(SUNDAY - timedelta(hours=22), ClockRules()),
            },
            (
                "16:42",
                "Returned by sales, Ada",
                (
                    "\u201cDecision maker unclear.\u201d Fix within 24 hours:"
                    " the clock runs out at 16:42, 2 h left"
                ),
            ),
        ),
        (
            K.TOUCH,
            SUNDAY + timedelta(days=1),
            {"way": "email", "track": "not now", "number": 2, "count": 4},
            (
                "23 Nov",
                "Send the e-mail, Ada",
                "Nurture track \u201cnot now\u201d, step 2 of 4, text is ready",
            ),
        ),
        (
            K.RETRY,
            SUNDAY + timedelta(days=1),
            {
                "number": 4,
                "count": 6,
                "tried_in": (Daypart.LATE,) * 3,
                "comes_in": Daypart.MORNING,
            },
            (
                "23 Nov",
                "Attempt 4 of 6, Ada",
                "Morning this time: the first three were in the late afternoon",
            ),
        ),
        (
            K.CALLBACK,
            SUNDAY + timedelta(days=1),
            {"moved_from": HALF_PAST_TWO},
            ("Mon 14:42", "Call Ada back", "Promised. Promised for 14:30, then moved."),
        ),
    ],
)
def test_each_kind_has_its_words(kind, due_at, more, expected):
    assert said(kind, due_at, **more) == expected


@given(follow_ups, zones)
def test_a_follow_up_that_is_late_says_so_in_words(one, zone):
    found = words(one, SUNDAY, zone)
    assert found.is_late == (section(one, SUNDAY, zone) is Section.LATE)
    assert found.is_late == ("," in found.when), "how late it is stands behind a comma"
    assert found.title.strip()


@given(follow_ups, zones)
def test_what_is_late_was_due_and_what_is_later_is_another_day(one, zone):
    place = section(one, SUNDAY, zone)
    if place is Section.LATE:
        assert one.due_at <= SUNDAY
    if place is Section.LATER:
        assert one.due_at.astimezone(zone).date() > SUNDAY.astimezone(zone).date()
    if one.due_at is not None and one.due_at <= SUNDAY and not any_time(one):
        assert place is Section.LATE, "nothing that has a time is overdue in silence"


@given(st.lists(follow_ups, max_size=12), zones)
def test_the_order_is_one_whatever_it_came_in(ones, zone):
    ordered = sorted(ones, key=lambda one: order_key(one, SUNDAY, zone))
    places = [section(one, SUNDAY, zone) for one in ordered]
    assert places == sorted(places), "one heading each"
    backwards = ones[::-1]
    again = sorted(backwards, key=lambda one: order_key(one, SUNDAY, zone))
    keys = [order_key(one, SUNDAY, zone) for one in ordered]
    assert keys == [order_key(one, SUNDAY, zone) for one in again]


def test_a_promise_that_is_late_goes_before_what_is_late_by_days():
    promised = FollowUp(K.CALLBACK, "a", "L1", HALF_PAST_TWO)
    over = FollowUp(K.NURTURE_OVER, "b", "L2", SUNDAY - timedelta(days=9))
    ordered = sorted((over, promised), key=lambda one: order_key(one, SUNDAY, UTC))
    assert ordered == [promised, over]
