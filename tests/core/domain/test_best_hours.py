# SPDX-License-Identifier: MIT
"""At which hours people answer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaddesk.core.domain.best_hours import LEAST_PER_HOUR, BestHours, Try, best_hours


def tried(**hours: str):
    """Tries from `h10="3 of 20"`."""
    for name, text in hours.items():
        answered, of, made = text.partition(" of ")
        assert of
        for number in range(int(made)):
            yield Try(int(name[1:]), number < int(answered))


def test_two_hours_that_are_nearly_as_good_are_both_named():
    found = best_hours(tried(h9="2 of 30", h10="9 of 30", h14="1 of 30", h16="9 of 30"))
    assert found == BestHours((10, 16), 18, 60)
    assert found.words == "Mostly answered 10\u201311 and 16\u201317 (18 of 60)."


def test_a_second_hour_far_behind_is_not_named():
    found = best_hours(tried(h9="5 of 40", h10="30 of 40", h14="1 of 40"))
    assert found is not None
    assert found.words == "Mostly answered 10\u201311 (30 of 40)."


def test_hours_next_to_each_other_are_one_span():
    found = best_hours(tried(h9="0 of 20", h10="10 of 20", h11="10 of 20"))
    assert found is not None
    assert found.words == "Mostly answered 10\u201312 (20 of 40)."


def test_one_answer_of_one_does_not_win():
    found = best_hours(tried(h8="1 of 1", h9="5 of 30", h10="15 of 30"))
    assert found is not None
    assert found.hours == (10,)


def test_a_short_streak_does_not_win_over_many_answers():
    found = best_hours(tried(h8="3 of 5", h9="5 of 100", h10="75 of 100"))
    assert found is not None
    assert found.hours == (10,)


@pytest.mark.parametrize(
    "hours",
    [
        {},
        {"h10": "9 of 9", "h11": "0 of 10"},
        {"h10": "20 of 20"},
        {"h10": "0 of 20", "h11": "0 of 20"},
        {"h10": "5 of 10", "h11": "5 of 10"},
        {f"h{hour}": "4 of 4" for hour in range(20)},
    ],
)
def test_nothing_is_said_where_nothing_is_known(hours):
    assert best_hours(tried(**hours)) is None


def test_how_many_calls_it_takes_can_be_set():
    few = list(tried(h10="4 of 5", h11="0 of 5"))
    assert best_hours(few) is None
    assert best_hours(few, least=10) == BestHours((10,), 4, 5)


@given(st.lists(st.builds(Try, st.integers(0, 23), st.booleans()), max_size=300))
def test_what_is_named_was_tried_often_enough_and_is_better_than_the_rest(tries):
    found = best_hours(tries)
    if found is None:
        return
    assert 1 <= len(found.hours) <= 2
    assert list(found.hours) == sorted(set(found.hours))
    named = [one for one in tries if one.local_hour in found.hours]
    assert (found.tries, found.answered) == (len(named), sum(one.answered for one in named))
    for hour in found.hours:
        made = [one.answered for one in tries if one.local_hour == hour]
        assert len(made) >= LEAST_PER_HOUR
        assert sum(made) * len(tries) > sum(one.answered for one in tries) * len(made)
    assert best_hours(reversed(tries)) == found
