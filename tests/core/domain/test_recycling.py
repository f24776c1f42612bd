# SPDX-License-Identifier: MIT
"""Engagement starts anew with a lead that came back, and only then."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaddesk.core.domain.engagement import Activity
from leaddesk.core.domain.queue import Due
from leaddesk.core.domain.recycling import Rounds, counts_from, that_count
from leaddesk.core.domain.stages import Status

NOW = datetime(2026, 11, 26, 10, 0, tzinfo=UTC)
DAY = timedelta(days=1)
TIMES = st.none() | st.integers(-300, 300).map(lambda days: NOW + days * DAY)
ROUNDS = st.builds(
    Rounds, st.sampled_from(Status), st.sampled_from(Due), TIMES, TIMES, TIMES, TIMES
)


@given(ROUNDS)
def test_it_counts_from_the_last_end_of_a_round_or_from_the_beginning(rounds):
    ends = [rounds.decided_at, rounds.given_back_at, rounds.exhausted_at]
    last = max((end for end in ends if end), default=None)
    assert counts_from(rounds, NOW) in {None, last}
    if rounds.status in {Status.PASSED, Status.ACCEPTED}:
        assert counts_from(rounds, NOW, called=True) is None
    else:
        assert counts_from(rounds, NOW, called=True) == last


@given(ROUNDS, st.integers(0, 400))
def test_a_wait_that_is_over_stays_over(rounds, days):
    if counts_from(rounds, NOW) is not None:
        assert counts_from(rounds, NOW + days * DAY) is not None


@pytest.mark.parametrize("status", [Status.NURTURING, Status.EXHAUSTED])
def test_while_it_waits_all_counts_and_once_its_turn_comes_only_what_was_since(status):
    rounds = Rounds(status, Due.NURTURE, NOW + DAY, NOW - 90 * DAY)
    assert counts_from(rounds, NOW) is None
    assert counts_from(rounds, NOW + DAY) == NOW - 90 * DAY


def test_a_strong_sign_that_ends_the_wait_begins_the_next_round():
    rounds = Rounds(Status.NURTURING, Due.INBOUND, NOW, NOW - 9 * DAY)
    assert counts_from(rounds, NOW) == NOW - 9 * DAY


def test_what_sales_gave_back_counts_from_their_answer():
    rounds = Rounds(Status.RETURNED, Due.RETURNED, None, NOW - 9 * DAY, NOW - DAY)
    assert counts_from(rounds, NOW) == NOW - DAY


def test_only_what_was_after_it_counts():
    did = [Activity("webinar", NOW - DAY), Activity("webinar", NOW), Activity("visit", NOW + DAY)]
    assert that_count(did, None) == tuple(did)
    assert that_count(did, NOW) == (did[2],)
