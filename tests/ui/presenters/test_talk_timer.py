# SPDX-License-Identifier: MIT
"""How long a call has lasted."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaddesk.core.services import calls
from leaddesk.ui.presenters.talk_timer import TalkTimer, clock_text
from tests.helpers.rep import Hand


@given(start=st.floats(0, 1e9), talked=st.integers(0, 10_000), steps=st.lists(st.integers(0, 900)))
def test_time_talked_adds_up_and_never_goes_back(start, talked, steps):
    clock = [float(int(start))]
    timer = TalkTimer(lambda: clock[0], talked)
    assert timer.talked_s == talked
    for step in steps:
        before = timer.talked_s
        clock[0] += step
        assert timer.talked_s == before + step


def test_a_second_that_is_not_over_does_not_count():
    clock = [10.0]
    timer = TalkTimer(lambda: clock[0])
    clock[0] = 10.999
    assert timer.talked_s == 0


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "00:00"), (59, "00:59"), (252, "04:12"), (3599, "59:59"), (3600, "1:00:00"), (-5, "00:00"),
     (36_061, "10:01:01")],
)  # fmt: skip
def test_time_is_shown_as_a_clock_does(seconds, text):
    assert clock_text(seconds) == text


def test_a_wall_clock_that_is_set_does_not_change_the_time_talked(hand):
    hand.call()
    hand.seconds += 60
    hand.now -= timedelta(hours=3)
    hand.presenter.tick()
    assert hand.view.last("show_elapsed") == ("01:00",)
    hand.now += timedelta(days=1)
    hand.presenter.tick()
    assert hand.view.last("show_elapsed") == ("01:00",)


def test_a_call_that_goes_on_adds_to_what_was_talked_before(hand):
    hand.call().later(minutes=2).press(">")
    hand.later(minutes=5)
    again = Hand(hand.desk)
    again.presenter.resume(lambda: None)
    assert again.view.last("show_elapsed") == ("02:00",), "the five minutes of sleep are not talk"
    again.later(seconds=30).presenter.tick()
    assert again.view.last("show_elapsed") == ("02:30",)


def test_the_time_talked_is_kept_with_the_call(hand):
    hand.call().later(minutes=3, seconds=5)
    call_id = calls.open_call(hand.desk.work).call.call_id
    hand.hang_up()
    with hand.desk.work.store.read() as unit:
        assert unit.calls.get(call_id).talk_s == 185
    assert any(text.startswith("Call, 3:05") for text in hand.history())
