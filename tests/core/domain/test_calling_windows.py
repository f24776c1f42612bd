# SPDX-License-Identifier: MIT
"""When windows open and close, through the nights in which clocks jump."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leaddesk.core.domain.calling_windows import (
    SEARCHED_DAYS,
    DayWindow,
    OpenTime,
    is_open,
    open_time,
    zone_named,
)

ALWAYS = (DayWindow(0, 1440),) * 7
NEVER = (None,) * 7
BUSINESS = (*(DayWindow(540, 1020),) * 5, None, None)
MINUTE = timedelta(minutes=1)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "case",
    [
        # Berlin, spring: 2:00 to 3:00 on 29 March is missing (1:00 UTC).
        "Europe/Berlin 02:30-06:00 from 03-28T22:00 is 03-29T01:00 to 03-29T04:00",
        "Europe/Berlin 01:00-02:30 from 03-28T22:00 is 03-29T00:00 to 03-29T01:00",
        "Europe/Berlin 02:10-02:50 from 03-28T22:00 is 03-30T00:10 to 03-30T00:50",
        "Europe/Berlin 08:00-20:00 from 03-28T22:00 is 03-29T06:00 to 03-29T18:00",
        # Berlin, autumn: 2:00 to 3:00 on 25 October comes twice (0:00 and 1:00 UTC).
        "Europe/Berlin 02:00-03:00 from 10-24T22:00 is 10-25T00:00 to 10-25T02:00",
        "Europe/Berlin 02:20-02:40 from 10-24T22:00 is 10-25T00:20 to 10-25T00:40",
        "Europe/Berlin 02:20-02:40 from 10-25T00:40 is 10-25T01:20 to 10-25T01:40",
        "Europe/Berlin 02:20-06:00 from 10-24T22:00 is 10-25T00:20 to 10-25T01:00",
        "Europe/Berlin 02:20-06:00 from 10-25T01:00 is 10-25T01:20 to 10-25T05:00",
        "Europe/Berlin 01:00-02:40 from 10-25T00:40 is 10-25T01:00 to 10-25T01:40",
        # Chicago: 8 March and 1 November.
        "America/Chicago 08:00-21:00 from 03-08T06:00 is 03-08T13:00 to 03-09T02:00",
        "America/Chicago 08:00-21:00 from 11-01T05:00 is 11-01T14:00 to 11-02T03:00",
        # Lord Howe jumps half an hour: back on 5 April, on at 2:00 on 4 October.
        "Australia/Lord_Howe 02:10-03:00 from 10-03T12:00 is 10-03T15:30 to 10-03T16:00",
        "Australia/Lord_Howe 01:30-02:00 from 04-04T12:00 is 04-04T14:30 to 04-04T15:30",
        # Odd hours, and the far side of the date line.
        "Asia/Kathmandu 09:00-17:00 from 06-12T11:15 is 06-13T03:15 to 06-13T11:15",
        "Pacific/Kiritimati 09:00-17:00 from 06-14T18:59 is 06-14T19:00 to 06-15T03:00",
    ],
)
def test_a_window_follows_the_clock_of_the_place(case):
    zone, hours, _, now, _, opens, _, closes = case.split()
    start, stop = (60 * int(time[:2]) + int(time[3:]) for time in hours.split("-"))
    time = open_time((zone,), (DayWindow(start, stop),) * 7, utc(f"2026-{now}"))
    assert time == OpenTime(utc(f"2026-{opens}"), utc(f"2026-{closes}"))


def test_midnight_joins_two_days_and_a_week_begins_on_monday():
    week = (DayWindow(1200, 1440), DayWindow(0, 60), *NEVER[:5])
    time = open_time(("Europe/Berlin",), week, utc("2026-06-14T00:00"))
    assert time == OpenTime(utc("2026-06-15T18:00"), utc("2026-06-15T23:00"))


def test_the_moment_it_opens_belongs_to_it_and_the_moment_it_closes_does_not():
    before = open_time(("Europe/Berlin",), BUSINESS, utc("2026-06-15T06:59:59.999999"))
    during = open_time(("Europe/Berlin",), BUSINESS, utc("2026-06-15T14:59:59.999999"))
    assert before == during == OpenTime(utc("2026-06-15T07:00"), utc("2026-06-15T15:00"))
    after = open_time(("Europe/Berlin",), BUSINESS, utc("2026-06-15T15:00"))
    assert after == OpenTime(utc("2026-06-16T07:00"), utc("2026-06-16T15:00"))


def test_of_several_zones_only_the_time_they_share_counts():
    coasts = ("America/New_York", "America/Los_Angeles", "America/Chicago")
    time = open_time(coasts, BUSINESS, utc("2026-06-15T00:00"))
    assert time == OpenTime(utc("2026-06-15T16:00"), utc("2026-06-15T21:00"))
    apart = ("Europe/Kaliningrad", "Asia/Kamchatka")
    assert open_time(apart, BUSINESS, utc("2026-06-15T00:00")) is None


def test_what_never_opens_or_never_closes_has_no_such_moment():
    now = utc("2026-10-20T12:00")
    assert open_time(("Europe/Berlin",), NEVER, now) is None
    always = open_time(("Europe/Berlin",), ALWAYS, now)
    assert always is not None
    assert always.starts_at <= now
    assert always.stops_at is None


def test_a_window_of_one_day_a_week_is_found_within_the_days_searched():
    sunday = (*NEVER[:6], DayWindow(540, 1020))
    time = open_time(("Europe/Berlin",), sunday, utc("2026-06-14T15:00"))
    assert time == OpenTime(utc("2026-06-21T07:00"), utc("2026-06-21T15:00"))


def test_nothing_is_looked_for_beyond_the_days_searched():
    # From 8 March, when only Chicago's clocks have jumped, these share an hour.
    zones, days = ("Europe/Berlin", "America/Chicago"), (DayWindow(480, 900),) * 7
    shared = OpenTime(utc("2026-03-08T13:00"), utc("2026-03-08T14:00"))
    assert open_time(zones, days, utc("2026-02-22T13:00")) == shared
    assert open_time(zones, days, utc("2026-02-22T12:59:59")) is None


@pytest.mark.parametrize(
    "name",
    [
        *("", "Etc/Unknown", "Factory", "Mars/Phobos", "Europe", "europe/berlin", "localtime"),
        *("posix/Europe/Berlin", "../Europe/Berlin", "/etc/localtime", "zone.tab"),
        *("Europe/Berlin/x", "Europe/Berlin\0", "Europe/Berlin\n", "A" * 300, "Zürich", "CST (US)"),
    ],
)
def test_what_is_no_time_zone_is_none(name):
    assert zone_named(name) is None


@pytest.mark.parametrize("name", ["UTC", "EST", "US/Eastern", "Etc/GMT+5", "Asia/Ust-Nera"])
def test_old_and_plain_names_are_time_zones(name):
    assert zone_named(name) is not None


ZONES = st.sampled_from(
    [
        *("Europe/Berlin", "America/Chicago", "Australia/Lord_Howe", "Africa/Casablanca", "UTC"),
        *("America/St_Johns", "Pacific/Chatham", "Pacific/Apia", "Africa/Cairo", "Asia/Kathmandu"),
    ]
)
WINDOWS = st.none() | st.lists(st.integers(0, 1440), min_size=2, max_size=2, unique=True).map(
    lambda ends: DayWindow(*sorted(ends))
)
WEEKS = st.tuples(*[WINDOWS] * 7)
JUMPS = ["2026-03-08", "2026-03-29", "2026-04-05", "2026-10-04", "2026-10-25", "2026-11-01"]
MOMENTS = st.builds(  # around the nights in which clocks jump, and anywhere
    lambda day, minutes: utc(day) + timedelta(minutes=minutes),
    st.sampled_from(JUMPS) | st.dates(date(2020, 1, 1), date(2036, 1, 1)).map(str),
    st.integers(-3000, 3000) | st.floats(-3000, 3000),
)


def open_in_all(zones, days, at: datetime) -> bool:
    return all(is_open(days, at.astimezone(zone_named(zone))) for zone in zones)


@settings(max_examples=300)
@given(st.lists(ZONES, min_size=1, max_size=3, unique=True).map(tuple), WEEKS, MOMENTS, st.data())
def test_it_opens_at_the_first_moment_all_clocks_are_within_and_not_before(zones, days, now, data):
    time = open_time(zones, days, now)
    last = now + timedelta(days=SEARCHED_DAYS)
    opens = last if time is None else max(now, time.starts_at)
    if time is not None:
        assert opens <= last
        assert open_in_all(zones, days, opens)
    if opens > now:
        share = data.draw(st.floats(0, 1, exclude_max=True))
        before = now + (opens - now) * share
        assert not open_in_all(zones, days, min(before, opens - timedelta(microseconds=1)))
        assert not open_in_all(zones, days, max(now, opens - MINUTE))


@settings(max_examples=300)
@given(st.lists(ZONES, min_size=1, max_size=3, unique=True).map(tuple), WEEKS, MOMENTS, st.data())
def test_it_stays_open_until_it_closes(zones, days, now, data):
    time = open_time(zones, days, now)
    if time is None:
        return
    begin = max(now, time.starts_at)
    end = time.stops_at or now + timedelta(days=SEARCHED_DAYS)
    assert begin < end
    share = data.draw(st.floats(0, 1, exclude_max=True))
    within = min(begin + (end - begin) * share, end - timedelta(microseconds=1))
    assert open_in_all(zones, days, within)
    if time.stops_at is not None:
        assert not open_in_all(zones, days, time.stops_at)


@settings(max_examples=20)
@given(ZONES, WEEKS, MOMENTS.map(lambda at: at.replace(second=0, microsecond=0)))
def test_minute_by_minute_it_is_the_same(zone, days, now):
    now_or_next = open_time((zone,), days, now)
    first = next(
        (at for n in range(2 * 1440) if open_in_all((zone,), days, at := now + n * MINUTE)), None
    )
    if first is not None:
        assert now_or_next is not None
        assert max(now, now_or_next.starts_at) == first
