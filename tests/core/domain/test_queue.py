# SPDX-License-Identifier: MIT
"""The order of the queue, who sees what of it, and its words."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaddesk.core.domain.queue import (
    HELD_WORDS,
    ClockRules,
    Due,
    HeldCause,
    LineFacts,
    QueueItem,
    Turn,
    held_words,
    order_key,
    turn,
    visible_to,
    why,
)

NOW = datetime(2026, 11, 9, 13, tzinfo=UTC)
CLOCKS = ClockRules()
MINUTE = timedelta(minutes=1)


def item(due: Due, minutes_late: float | None = 0, priority=0, row_id=1, callback_for=""):
    due_at = None if minutes_late is None else NOW - minutes_late * MINUTE
    return QueueItem(due, due_at, priority, row_id, callback_for)


def words(one: QueueItem, **facts):
    return why(one, LineFacts(**facts), NOW, CLOCKS, lambda at: f"{at:%H:%M}")


@pytest.mark.parametrize(
    ("due", "minutes_late", "expected"),
    [
        (Due.CALLBACK, -5.1, Turn.LATER),
        (Due.CALLBACK, -5, Turn.DUE_CALLBACK),
        (Due.CALLBACK, 10, Turn.DUE_CALLBACK),
        (Due.CALLBACK, 10.1, Turn.OVERDUE_CALLBACK),
        (Due.CALLBACK, None, Turn.DUE_CALLBACK),
        (Due.INBOUND, -0.1, Turn.LATER),
        (Due.INBOUND, 0, Turn.INBOUND_IN_CLOCK),
        (Due.INBOUND, 59.9, Turn.INBOUND_IN_CLOCK),
        (Due.INBOUND, 60, Turn.LATE_INBOUND),
        (Due.RETURNED, 0, Turn.RETURNED),
        (Due.RETURNED, -0.1, Turn.LATER),
        (Due.NURTURE, 0, Turn.NURTURE),
        (Due.NURTURE, -0.1, Turn.LATER),
        (Due.RETRY, 0, Turn.RETRY),
        (Due.RETRY, -0.1, Turn.LATER),
        (Due.FRESH, None, Turn.FRESH),
        (Due.FRESH, -1, Turn.LATER),
        (Due.NONE, None, Turn.LATER),
        (Due.NONE, 5, Turn.LATER),
    ],
)
def test_the_turn_follows_from_the_clock(due, minutes_late, expected):
    assert turn(item(due, minutes_late), NOW, CLOCKS) is expected


def test_the_clocks_are_those_of_the_team():
    clocks = replace(CLOCKS, callback_early_min=30, callback_grace_min=0, inbound_amber_min=10)
    assert turn(item(Due.CALLBACK, -30), NOW, clocks) is Turn.DUE_CALLBACK
    assert turn(item(Due.CALLBACK, 1), NOW, clocks) is Turn.OVERDUE_CALLBACK
    assert turn(item(Due.INBOUND, 10), NOW, clocks) is Turn.LATE_INBOUND


IN_ORDER = [
    item(Due.CALLBACK, 90),
    item(Due.CALLBACK, 30),
    item(Due.INBOUND, 59),
    item(Due.INBOUND, 1),
    item(Due.CALLBACK, 9),
    item(Due.CALLBACK, -4),
    item(Due.INBOUND, 600),
    item(Due.INBOUND, 61),
    item(Due.RETURNED, 100),
    item(Due.RETURNED, 10),
    item(Due.NURTURE, 100),
    item(Due.NURTURE, 10, priority=90),
    item(Due.RETRY, 10, priority=80, row_id=7),
    item(Due.RETRY, 100, priority=80, row_id=8),
    item(Due.RETRY, 100, priority=10, row_id=2),
    item(Due.FRESH, None, priority=99, row_id=5),
    item(Due.FRESH, None, priority=99, row_id=6),
    item(Due.FRESH, 5, priority=1, row_id=1),
    item(Due.CALLBACK, -60),
    item(Due.RETRY, -240, priority=99),
    item(Due.NONE, None, priority=100),
]


@given(st.permutations(IN_ORDER))
def test_the_queue_has_one_order_however_it_came(shuffled):
    assert sorted(shuffled, key=lambda one: order_key(one, NOW, CLOCKS)) == IN_ORDER


items = st.builds(
    item,
    st.sampled_from(Due),
    st.one_of(st.none(), st.integers(-5000, 5000)),
    st.integers(0, 200),
    st.integers(1, 10),
    st.sampled_from(["", "ada", "bo"]),
)


@given(items, items)
def test_the_turn_goes_before_everything_else(one, other):
    if turn(one, NOW, CLOCKS) < turn(other, NOW, CLOCKS):
        assert order_key(one, NOW, CLOCKS) < order_key(other, NOW, CLOCKS)


@given(items)
def test_whoever_promised_a_callback_sees_it_and_so_does_anybody_a_day_later(one):
    assert visible_to(one, one.callback_for, NOW, CLOCKS)
    assert visible_to(one, "cleo", NOW + timedelta(days=30), CLOCKS)
    if one.due is not Due.CALLBACK:
        assert visible_to(one, "cleo", NOW, CLOCKS)


def test_a_promise_is_kept_from_others_until_it_is_a_day_overdue():
    own = item(Due.CALLBACK, 24 * 60 - 1, callback_for="ada")
    assert not visible_to(own, "bo", NOW, CLOCKS)
    assert not visible_to(own, "", NOW, CLOCKS)
    assert visible_to(own, "bo", NOW + MINUTE, CLOCKS)
    assert visible_to(replace(own, callback_for=""), "bo", NOW, CLOCKS)


@pytest.mark.parametrize(
    ("due", "minutes_late", "facts", "text", "urgent"),
    [
        (Due.CALLBACK, -4, {}, "callback 13:04", True),
        (Due.CALLBACK, 0, {}, "callback 13:00", True),
        (Due.CALLBACK, -90, {}, "callback 14:30", False),
        (Due.CALLBACK, 20, {}, "callback overdue 20 min", True),
        (Due.CALLBACK, 130, {}, "callback overdue 2 h", True),
        (Due.CALLBACK, 24 * 60, {}, "callback overdue 1 day", True),
        (Due.CALLBACK, 72 * 60, {}, "callback overdue 3 days", True),
        (Due.CALLBACK, None, {}, "callback", True),
        (Due.INBOUND, 0, {}, "inbound, 5 min left", True),
        (Due.INBOUND, -3, {}, "inbound, from 13:03", False),
        (Due.INBOUND, 1, {"engaged_mql": True}, "MQL, 4 min left", True),
        (Due.INBOUND, 4.9, {}, "inbound, 1 min left", True),
        (Due.INBOUND, 5, {}, "inbound, waiting 5 min", True),
        (Due.INBOUND, 120, {}, "inbound, waiting 2 h", True),
        (Due.INBOUND, 120, {"engaged_mql": True}, "MQL, waiting 2 h", True),
        (Due.RETURNED, 5, {}, "returned by sales", False),
        (Due.RETURNED, -5, {}, "again 13:05", False),
        (Due.NURTURE, 5, {}, "nurture due", False),
        (Due.NURTURE, -60, {}, "nurture 14:00", False),
        (Due.RETRY, 5, {"attempts_used": 2, "cap": 6}, "attempt 3 of 6", False),
        (Due.RETRY, 5, {"attempts_used": 6, "cap": 6}, "attempt 7", False),
        (Due.RETRY, -60, {"attempts_used": 2, "cap": 6}, "again 14:00", False),
        (Due.FRESH, None, {}, "new", False),
        (Due.FRESH, None, {"local_clock": "09:10 there"}, "new, 09:10 there", False),
        (
            Due.FRESH,
            None,
            {"graded": False, "local_clock": "09:10 there"},
            "new, not scored",
            False,
        ),
        (Due.FRESH, -60, {}, "new, from 14:00", False),
        (Due.NONE, None, {}, "", False),
    ],
)
def test_a_line_says_why_it_is_there(due, minutes_late, facts, text, urgent):
    found = words(item(due, minutes_late), **facts)
    assert (found.text, found.urgent) == (text, urgent)


@given(items)
def test_words_are_short_and_whole(one):
    text = words(one, attempts_used=2, cap=6).text
    assert len(text) <= 30
    assert "-" not in text
    assert text or one.due is Due.NONE


def test_what_is_held_back_is_summed_up_the_most_first():
    counts = {HeldCause.DO_NOT_CALL: 3, HeldCause.OUTSIDE_HOURS: 1200, HeldCause.CAP: 0}
    assert held_words(counts) == "1,200 outside hours · 3 do not call"
    assert held_words({}) == ""
    assert set(HELD_WORDS) == set(HeldCause)
