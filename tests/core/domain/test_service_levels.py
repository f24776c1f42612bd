# SPDX-License-Identifier: MIT
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from leaddesk.core.domain.queue import ClockRules
from leaddesk.core.domain.service_levels import (
    DAY_STARTS,
    DAY_STOPS,
    ClockState,
    after_business_days,
    after_business_hours,
    decision,
    first_attempt,
    to_fix,
)

MONDAY = datetime(2026, 11, 23, 11, 4, tzinfo=UTC)
ZONES = tuple(map(ZoneInfo, ("UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe")))
moments = st.integers(0, 6 * 365 * 24 * 60).map(
    lambda minutes: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
zones = st.sampled_from(ZONES)


def test_a_first_attempt_is_green_then_amber_then_late():
    clock = first_attempt(MONDAY, ClockRules())
    states = [clock.state(MONDAY + timedelta(minutes=m)) for m in (0, 4, 5, 59, 60)]
    assert states == [*[ClockState.GREEN] * 2, *[ClockState.AMBER] * 2, ClockState.RED]


def test_a_decision_is_due_at_the_end_of_a_working_day_and_amber_on_it():
    clock = decision(datetime(2026, 11, 26, 15, tzinfo=UTC), ClockRules(), UTC)
    assert clock.runs_out_at == datetime(2026, 12, 1, 17, tzinfo=UTC), "Friday, Monday, Tuesday"
    assert clock.state(datetime(2026, 11, 30, 23, tzinfo=UTC)) is ClockState.GREEN
    assert clock.state(datetime(2026, 12, 1, 0, tzinfo=UTC)) is ClockState.AMBER


def test_what_is_returned_is_amber_in_the_last_quarter():
    clock = to_fix(MONDAY, ClockRules())
    assert clock.runs_out_at - clock.amber_at == timedelta(hours=6)


def test_business_hours_go_on_the_next_working_day():
    friday = datetime(2026, 11, 27, 16, tzinfo=UTC)
    assert after_business_hours(friday, 4, UTC) == datetime(2026, 11, 30, 12, tzinfo=UTC)


@given(moments, st.integers(0, 60), zones)
def test_business_hours_end_within_business_time(at, hours, zone):
    end = after_business_hours(at, hours, zone)
    local = end.astimezone(zone)
    assert end >= at
    assert local.weekday() < 5
    assert DAY_STARTS <= local.time() <= DAY_STOPS
    assert end - at >= timedelta(hours=hours) - timedelta(hours=1), "clocks change an hour at most"


@given(moments, st.integers(0, 40), st.integers(1, 40), zones)
def test_more_business_hours_are_never_sooner(at, hours, more, zone):
    assert after_business_hours(at, hours + more, zone) > after_business_hours(at, hours, zone)


@given(moments, st.integers(0, 30), zones)
def test_business_days_end_when_a_working_day_stops(at, days, zone):
    local = after_business_days(at, days, zone).astimezone(zone)
    assert local.weekday() < 5
    assert local.time() == DAY_STOPS
    first = at.astimezone(zone).date()
    passed = (first + timedelta(days=n) for n in range(1, (local.date() - first).days + 1))
    assert sum(day.weekday() < 5 for day in passed) == max(days, first.weekday() >= 5)
