# SPDX-License-Identifier: MIT
"""How often and when a lead may be tried; the limits are counted again here, the slow way."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leaddesk.core.domain.attempts import (
    Attempt,
    AttemptLimit,
    AttemptRules,
    Daypart,
    daypart,
    may_attempt,
    next_attempt,
    used_attempts,
)
from leaddesk.core.domain.results import ResultRule

RULES = AttemptRules()
BERLIN = ZoneInfo("Europe/Berlin")
CHICAGO = ZoneInfo("America/Chicago")
ZONES = [
    None, UTC, BERLIN, CHICAGO, ZoneInfo("Asia/Kathmandu"), ZoneInfo("Australia/Lord_Howe"),
    ZoneInfo("Africa/Cairo"), ZoneInfo("America/Havana"),
]  # fmt: skip
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
YEAR = datetime(2026, 1, 1, tzinfo=UTC)


def rule(hours: int | None = None, *, other=False, counts=True, terminal=False, dnc=False):
    return ResultRule(
        id="NO_ANSWER", label="No answer", key="1", connected=False, counts_as_attempt=counts,
        ends_conversation=True, retry_after_hours=hours, retry_other_daypart=other,
        terminal=terminal, sets_dnc=dnc, needs_reason=False, needs_date=False,
    )  # fmt: skip


def made(*times: datetime) -> list[Attempt]:
    return [Attempt(at, "NO_ANSWER", connected=False, by="") for at in times]


def utc(day: int, hour: int = 0, minute: int = 0) -> datetime:
    """A time in November 2026; the 2nd, 9th, 16th ... are Mondays."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("hour", "part"),
    [
        (0, Daypart.MORNING),
        (11, Daypart.MORNING),
        (12, Daypart.AFTERNOON),
        (14, Daypart.AFTERNOON),
        (15, Daypart.LATE),
        (23, Daypart.LATE),
    ],
)
def test_the_part_of_the_day_is_that_of_the_callee(hour, part):
    assert daypart(utc(9, hour, 59), None) is part
    there = datetime(2026, 11, 9, hour, 59, tzinfo=CHICAGO)
    assert daypart(there.astimezone(UTC), CHICAGO) is part


def test_a_lead_never_called_may_be_called():
    assert may_attempt(RULES, [], BERLIN, utc(9, 9)) == ("", None)


def test_four_hours_lie_between_two_attempts():
    attempts = made(utc(9, 9))
    assert may_attempt(RULES, attempts, None, utc(9, 12, 59)) == (AttemptLimit.GAP, utc(9, 13))
    assert may_attempt(RULES, attempts, None, utc(9, 13)) == ("", None)


def test_two_attempts_fill_a_day_and_it_ends_at_midnight_there():
    attempts = made(utc(9, 15), utc(9, 20))
    cause, over_at = may_attempt(RULES, attempts, CHICAGO, utc(10, 2))
    assert (cause, over_at) == (AttemptLimit.PER_DAY, utc(10, 6))
    assert may_attempt(RULES, attempts, CHICAGO, utc(10, 6)) == ("", None)
    assert may_attempt(RULES, attempts, BERLIN, utc(10, 2)) == ("", None)


def test_three_attempts_fill_24_hours_across_midnight():
    attempts = made(utc(9, 12), utc(9, 18), utc(10, 0))
    assert may_attempt(RULES, attempts, None, utc(10, 5)) == (AttemptLimit.PER_24H, utc(10, 12))


def test_six_attempts_fill_fifteen_working_days():
    attempts = made(*(utc(day, 10) for day in (2, 3, 4, 5, 6, 9)))
    full, free = datetime(2026, 11, 22, 23, 59, tzinfo=UTC), utc(23)
    assert may_attempt(RULES, attempts, None, full) == (AttemptLimit.CAP, free)
    assert may_attempt(RULES, attempts, None, free) == ("", None)
    assert used_attempts(RULES, attempts, None, full) == 6
    assert used_attempts(RULES, attempts, None, free) == 5


def test_days_are_counted_where_the_callee_is():
    attempts = made(utc(3, 3))  # still Monday the 2nd in Chicago
    late = datetime(2026, 11, 23, 12, tzinfo=UTC)
    assert used_attempts(RULES, attempts, CHICAGO, late) == 0
    assert used_attempts(RULES, attempts, None, late) == 1


def test_of_several_limits_the_one_that_lasts_longest_is_named():
    attempts = made(utc(9, 9), utc(9, 13))
    assert may_attempt(RULES, attempts, None, utc(9, 14)) == (AttemptLimit.PER_DAY, utc(10))


def test_a_result_asks_for_more_than_the_gap_or_gets_the_gap():
    now = utc(9, 9, 3)
    attempts = made(utc(9, 9))
    soon = next_attempt(RULES, attempts, rule(1), None, now)
    assert (soon.not_before, soon.why) == (utc(9, 13), "4 h between calls")
    later = next_attempt(RULES, attempts, rule(48), None, now)
    assert (later.not_before, later.why) == (utc(11, 9), "again after 2 days")
    assert (later.used, later.exhausted, later.not_in) == (1, False, None)
    unsaid = next_attempt(RULES, attempts, rule(), None, now)
    assert unsaid.not_before == utc(9, 13)


@pytest.mark.parametrize(
    ("called", "hours", "expected"),
    [
        (utc(9, 9), 48, utc(11, 12)),
        (utc(9, 9), 4, utc(9, 13)),
        (utc(9, 13), 24, utc(10, 15)),
        (utc(9, 16), 4, utc(10)),
        (utc(9, 16), 48, utc(12)),
    ],
)
def test_another_time_of_day_is_another_part_of_the_day(called, hours, expected):
    found = next_attempt(RULES, made(called), rule(hours, other=True), None, called)
    assert found.not_before == expected
    assert found.not_in is not None
    assert found.why.endswith("at another time of day")


def test_the_part_of_the_day_moves_by_the_clock_there():
    called = datetime(2026, 11, 9, 9, tzinfo=CHICAGO).astimezone(UTC)
    found = next_attempt(RULES, made(called), rule(48, other=True), CHICAGO, called)
    assert found.not_before == datetime(2026, 11, 11, 12, tzinfo=CHICAGO)


def test_the_sixth_attempt_exhausts():
    attempts = made(*(utc(day, 10) for day in (2, 3, 4, 5, 6, 9)))
    found = next_attempt(RULES, attempts, rule(4), None, utc(9, 10))
    assert (found.exhausted, found.not_before, found.used) == (True, None, 6)
    assert found.why == "6 attempts in 15 working days"
    rested = next_attempt(RULES, attempts, rule(4), None, utc(23, 10))
    assert (rested.exhausted, rested.used) == (False, 5)


@pytest.mark.parametrize("ended", [rule(terminal=True), rule(dnc=True)])
def test_after_some_results_no_call_follows(ended):
    found = next_attempt(RULES, made(utc(9, 9)), ended, None, utc(9, 9))
    assert (found.not_before, found.exhausted) == (None, False)


def test_a_call_that_does_not_count_leaves_the_lead_as_it_was():
    found = next_attempt(RULES, [], rule(0, counts=False), None, utc(9, 9))
    assert (found.not_before, found.used, found.why) == (utc(9, 9), 0, "again at once")


def test_an_attempt_by_a_clock_that_is_ahead_counts_as_made_now():
    attempts = made(utc(20, 9))
    assert may_attempt(RULES, attempts, None, utc(9, 9)) == (AttemptLimit.GAP, utc(9, 13))


@pytest.mark.parametrize(
    ("zone", "called", "expected"),
    [
        # The day in spring has 23 hours, the one in autumn 25.
        (BERLIN, "2026-03-29T20:30Z", "2026-03-29T22:00Z"),
        (BERLIN, "2026-03-28T21:30Z", "2026-03-28T23:00Z"),
        (BERLIN, "2026-10-24T22:30Z", "2026-10-25T23:00Z"),
        # Clocks skip midnight in Cairo, so the day begins at one.
        (ZoneInfo("Africa/Cairo"), "2026-04-23T20:30Z", "2026-04-23T22:00Z"),
    ],
)
def test_a_day_ends_rightly_in_nights_that_change_the_clocks(zone, called, expected):
    once = AttemptRules(per_day=1, gap_hours=0)
    attempts = made(datetime.fromisoformat(called))
    over_at = datetime.fromisoformat(expected)
    before = over_at - timedelta(seconds=1)
    assert may_attempt(once, attempts, zone, before) == (AttemptLimit.PER_DAY, over_at)
    assert may_attempt(once, attempts, zone, over_at) == ("", None)


limits = st.builds(
    AttemptRules,
    cap=st.integers(1, 8),
    cap_working_days=st.integers(1, 15),
    gap_hours=st.integers(0, 30),
    per_day=st.integers(1, 4),
    per_24h=st.integers(1, 4),
)
starts = st.integers(0, 366 * 24 * 60).map(lambda minute: YEAR + minute * MINUTE)


def breaks_a_limit(rules: AttemptRules, times: list[datetime], zone) -> str:
    """Look through every window that ends with a call."""
    for number, at in enumerate(times):
        so_far = times[: number + 1]
        today = at.astimezone(zone or UTC).date()
        if number and at - times[number - 1] < rules.gap_hours * HOUR:
            return "gap"
        if sum(one > at - DAY for one in so_far) > rules.per_24h:
            return "per_24h"
        days = [one.astimezone(zone or UTC).date() for one in so_far]
        if days.count(today) > rules.per_day:
            return "per_day"
        working = [today - back * DAY for back in range(60)]
        working = [day for day in working if day.weekday() < 5][: rules.cap_working_days]
        if sum(day >= working[-1] for day in days) > rules.cap:
            return "cap"
    return ""


@settings(deadline=None)
@given(
    limits,
    st.sampled_from(ZONES),
    starts,
    st.lists(st.one_of(st.just(0), st.integers(0, 72 * 60)), min_size=1, max_size=25),
)
def test_calls_made_when_allowed_never_break_a_limit(rules, zone, start, waits):
    now, times = start, []
    for wait in waits:
        now += wait * MINUTE
        cause, over_at = may_attempt(rules, made(*times), zone, now)
        if cause:
            assert over_at is not None
            assert over_at > now
            assert may_attempt(rules, made(*times), zone, over_at) == ("", None)
            # Not a moment too long: a call just before it would break a limit.
            early = [*times, over_at - timedelta(microseconds=1)]
            assert breaks_a_limit(rules, early, zone)
            now = over_at
        times.append(now)
    assert breaks_a_limit(rules, times, zone) == ""


@settings(deadline=None)
@given(
    limits,
    st.sampled_from(ZONES),
    starts,
    st.lists(st.tuples(st.integers(0, 100), st.booleans(), st.integers(0, 30)), max_size=20),
)
def test_the_next_attempt_is_never_too_early(rules, zone, now, results):
    times = [now]
    for hours, other, minutes in results:
        now += minutes * MINUTE
        found = next_attempt(rules, made(*times), rule(hours, other=other), zone, now)
        assert found.used == used_attempts(rules, made(*times), zone, now) >= 0
        if found.exhausted:
            assert may_attempt(rules, made(*times), zone, now)[0]
            assert found.used >= rules.cap
            return
        assert found.not_before is not None
        assert found.not_before >= max(now, times[-1] + hours * HOUR)
        if other:
            assert daypart(found.not_before, zone) is not daypart(times[-1], zone)
        now = found.not_before
        times.append(now)
    assert breaks_a_limit(rules, times, zone) == ""
