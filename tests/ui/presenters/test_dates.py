# SPDX-License-Identifier: MIT
"""Dates as people type them, by whose clock, over the nights when clocks change."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaddesk.ui.presenters.dates import When, in_days, read_when, say_when
from tests.helpers.noon import NOON

LONDON, CHICAGO, LORD_HOWE = map(
    ZoneInfo, ("Europe/London", "America/Chicago", "Australia/Lord_Howe")
)
ZONES = st.sampled_from(
    [LONDON, CHICAGO, LORD_HOWE, ZoneInfo("Asia/Kathmandu"), ZoneInfo("Pacific/Apia")]
)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        ("in 3 weeks", "2026-12-14T09:00"),
        ("3 weeks", "2026-12-14T09:00"),
        ("  In  3   WEEKS ", "2026-12-14T09:00"),
        ("in 1 week", "2026-11-30T09:00"),
        ("٣ weeks", "2026-12-14T09:00"),
        ("2w", "2026-12-07T09:00"),
        ("in 2 months", "2027-01-22T09:00"),
        ("in 1 day", "2026-11-24T09:00"),
        ("in 2 hours", "2026-11-23T14:00"),
        ("in 45 min", "2026-11-23T12:45"),
        ("1h", "2026-11-23T13:00"),
        ("tomorrow", "2026-11-24T09:00"),
        ("tomorrow 9:30", "2026-11-24T09:30"),
        ("tomorrow at 9:30", "2026-11-24T09:30"),
        ("tomorrow, 3pm", "2026-11-24T15:00"),
        ("today 17:15", "2026-11-23T17:15"),
        ("15:30", "2026-11-23T15:30"),
        ("9:00", "2026-11-24T09:00"),
        ("12:00", "2026-11-24T12:00"),
        ("8 am", "2026-11-24T08:00"),
        ("12 pm", "2026-11-24T12:00"),
        ("12am", "2026-11-24T00:00"),
        ("monday", "2026-11-30T09:00"),
        ("next tue", "2026-11-24T09:00"),
        ("on Friday 10h30", "2026-11-27T10:30"),
        ("14 Mar", "2027-03-14T09:00"),
        ("14 March 2028", "2028-03-14T09:00"),
        ("Mar 14, 2027", "2027-03-14T09:00"),
        ("Sun 14 Mar 2027, 10:00", "2027-03-14T10:00"),
        ("1 dec 8:15", "2026-12-01T08:15"),
        ("23 nov 18:00", "2026-11-23T18:00"),
        ("14.3.", "2027-03-14T09:00"),
        ("14.3. 15:30", "2027-03-14T15:30"),
        ("14.3.2027", "2027-03-14T09:00"),
        ("2027-03-14", "2027-03-14T09:00"),
        ("2027-03-14 16:45", "2027-03-14T16:45"),
        ("29 Feb 2028", "2028-02-29T09:00"),
        ("tomorrow.", "2026-11-24T09:00"),
        ("in 3 weeks!", "2026-12-14T09:00"),
        ("Tue 10:30.", "2026-11-24T10:30"),
        ("Sat 10:30", "2026-11-28T10:30"),
        ("sat 12 noon", "2026-11-28T12:00"),
        ("tomorrow at noon", "2026-11-24T12:00"),
        ("tomorrow morning", "2026-11-24T09:00"),
        ("Friday in the afternoon", "2026-11-27T14:00"),
        ("this evening", "2026-11-23T18:00"),
        ("tonight", "2026-11-23T18:00"),
        ("first thing tomorrow", "2026-11-24T09:00"),
        ("tmrw 9:15", "2026-11-24T09:15"),
        ("the day after tomorrow, 10:00", "2026-11-25T10:00"),
        ("next week", "2026-11-30T09:00"),
        ("end of the week", "2026-11-27T09:00"),
        ("next month", "2026-12-01T09:00"),
        ("end of month", "2026-11-30T09:00"),
        ("in January", "2027-01-01T09:00"),
        ("in a week", "2026-11-30T09:00"),
        ("in an hour", "2026-11-23T13:00"),
        ("in half an hour", "2026-11-23T12:30"),
        ("two weeks", "2026-12-07T09:00"),
        ("in a couple of days", "2026-11-25T09:00"),
        ("a fortnight", "2026-12-07T09:00"),
        ("3 weeks from now", "2026-12-14T09:00"),
        ("in 1 year", "2027-11-23T09:00"),
        ("2 hrs", "2026-11-23T14:00"),
        ("30 mins", "2026-11-23T12:30"),
        ("in 2 weeks 10:00", "2026-12-07T10:00"),
        ("in 3 days at 15:30", "2026-11-26T15:30"),
        ("tomorrow 9", "2026-11-24T09:00"),
        ("Tue 10", "2026-11-24T10:00"),
        ("Tuesday at 3", "2026-11-24T15:00"),
        ("tuesday 3 p.m.", "2026-11-24T15:00"),
        ("at 15", "2026-11-23T15:00"),
        ("10 o\u2019clock", "2026-11-24T10:00"),
        ("15:30 tomorrow", "2026-11-24T15:30"),
        ("9am on Friday", "2026-11-27T09:00"),
        ("14:00 14 Mar", "2027-03-14T14:00"),
        ("by Friday", "2026-11-27T09:00"),
        ("this friday", "2026-11-27T09:00"),
        ("on 14 March", "2027-03-14T09:00"),
        ("14th of March", "2027-03-14T09:00"),
        ("March 14th, 2027", "2027-03-14T09:00"),
        ("the 14th", "2026-12-14T09:00"),
        ("30th", "2026-11-30T09:00"),
        ("14 Mar 27", "2027-03-14T09:00"),
        ("14 Mar '27", "2027-03-14T09:00"),
        ("1-Dec-2026", "2026-12-01T09:00"),
        ("1 Dec. 2026", "2026-12-01T09:00"),
        ("14.03.27", "2027-03-14T09:00"),
        ("14/3/2027", "2027-03-14T09:00"),
        ("3/14/27", "2027-03-14T09:00"),
        ("1/1", "2027-01-01T09:00"),
        ("2027/03/14", "2027-03-14T09:00"),
        ("2027-03-14T15:30", "2027-03-14T15:30"),
        ("15.30", "2026-11-23T15:30"),
    ],
)
def test_what_people_type_stands_for_a_moment(typed, at):
    found = read_when(typed, NOON, LONDON)
    assert found == When(utc(at), say_when(utc(at), LONDON), "")


@pytest.mark.parametrize(
    "typed",
    [
        "soon", "mon dieu", "monster", "sunny", "marble 3", "14", "14 3", "14 3 2027",
        "25:00", "12:75", "tomorrow 24:30", "in weeks", "in 3 moons",
        "in 10000 days", "2027-13-01", "today tomorrow", ".", "-", "9:00 tomorrow 9:00",
        "14 Mar 0000", "<b>", "tomorrow 27", "14/14", "2027-03", "13/13/2027", "0th",
    ],
)  # fmt: skip
def test_what_is_no_date_is_said(typed):
    found = read_when(typed, NOON, LONDON)
    assert (found.at, found.words) == (None, "")
    assert found.problem.startswith("That is no date. Type it like: ")


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("29 Feb", "February 2027 has only 28 days."),
        ("29.2. 10:00", "February 2027 has only 28 days."),
        ("29 Feb 2027", "February 2027 has only 28 days."),
        ("31.2.", "February 2027 has only 28 days."),
        ("31 Nov", "November 2026 has only 30 days."),
        ("32 Mar", "March 2027 has only 31 days."),
        ("3/4", "3/4 can be two days. Type the month as a word: 14 Mar."),
        ("03-04-2027", "03-04-2027 can be two days. Type the month as a word: 14 Mar."),
    ],
)
def test_a_day_that_is_none_or_could_be_two_says_so(typed, problem):
    assert read_when(typed, NOON, LONDON) == When(None, "", problem)


def test_in_a_leap_year_29_february_is_a_day_until_it_is_over():
    assert read_when("29 Feb", utc("2028-02-01T12:00"), LONDON).at == utc("2028-02-29T09:00")
    over = read_when("29 Feb", utc("2028-03-01T12:00"), LONDON)
    assert over.problem == "February 2029 has only 28 days."


@pytest.mark.parametrize("typed", ["", "   "])
def test_nothing_typed_is_no_problem(typed):
    assert read_when(typed, NOON, LONDON) == When(None, "", "")


@pytest.mark.parametrize(
    "typed", ["today", "today 11:59", "23 nov 12:00", "2026-11-22", "14.3.2026", "in 0 hours"]
)
def test_what_is_over_is_refused(typed):
    assert read_when(typed, NOON, LONDON) == When(None, "", "That is in the past.")


@pytest.mark.parametrize("typed", ["in 80 months", "1 Jan 2036", "in 9999 months"])
def test_what_is_too_far_away_is_refused(typed):
    assert read_when(typed, NOON, LONDON).problem == "That is more than six years away."


def test_a_time_is_by_the_clock_of_who_is_called():
    there = read_when("tomorrow 15:00", NOON, CHICAGO)
    assert there.at == utc("2026-11-24T21:00")
    assert there.words == "Tue 24 Nov 2026, 15:00"
    assert say_when(there.at, LONDON) == "Tue 24 Nov 2026, 21:00"


def test_tomorrow_is_the_day_it_is_there():
    late = utc("2026-11-24T03:00")
    assert read_when("tomorrow", late, CHICAGO).at == utc("2026-11-24T15:00")
    assert read_when("tomorrow", late, LONDON).at == utc("2026-11-25T09:00")


def test_without_a_zone_it_is_the_clock_of_the_rep():
    found = read_when("tomorrow 15:30", NOON)
    assert found.at.astimezone().strftime("%H:%M") == "15:30"
    assert found.words.endswith("15:30")


@pytest.mark.parametrize(
    ("now", "typed", "at"),
    [
        # The night to 29 March 2026, Europe goes from 1:00 to 2:00 (UTC 1:00).
        ("2026-03-28T12:00", "tomorrow 9:00", "2026-03-29T08:00"),
        ("2026-03-29T00:30", "in 2 hours", "2026-03-29T02:30"),
        ("2026-03-28T12:00", "tomorrow 1:30", "2026-03-29T01:30"),
        ("2026-03-28T12:00", "in 1 week", "2026-04-04T08:00"),
        # The night to 25 October 2026, from 2:00 back to 1:00 (UTC 1:00).
        ("2026-10-24T12:00", "tomorrow 9:00", "2026-10-25T09:00"),
        ("2026-10-25T00:30", "in 1 hour", "2026-10-25T01:30"),
        ("2026-10-25T00:30", "in 90 min", "2026-10-25T02:00"),
        ("2026-10-25T00:30", "1:45", "2026-10-25T00:45"),
        ("2026-10-25T01:30", "1:45", "2026-10-25T01:45"),
    ],
)
def test_clocks_that_change_in_between(now, typed, at):
    assert read_when(typed, utc(now), LONDON).at == utc(at)


def test_a_time_the_clock_jumps_over_is_shown_as_the_moment_it_becomes():
    found = read_when("tomorrow 1:30", utc("2026-03-28T12:00"), LONDON)
    assert found.words == "Sun 29 Mar 2026, 02:30"
    assert found.words == say_when(found.at, LONDON)


MOMENTS = st.datetimes(
    NOON.replace(year=2020, tzinfo=None),
    NOON.replace(year=2040, tzinfo=None),
    timezones=st.just(UTC),
)


@given(now=MOMENTS, ahead=st.integers(1, 6 * 365 * 24 * 60), zone=ZONES)
def test_what_is_shown_can_be_typed_again(now, ahead, zone):
    at = (now + timedelta(minutes=ahead)).replace(second=0, microsecond=0)
    if at <= now or at.astimezone(zone).fold:
        at += timedelta(hours=2)  # an hour that comes twice is shown alike
    shown = say_when(at, zone)
    assert read_when(shown, now, zone) == When(at, shown, "")


@given(now=MOMENTS, days=st.integers(1, 2000), zone=ZONES)
def test_days_are_counted_by_the_calendar_there(now, days, zone):
    found = read_when(in_days(days), now, zone).at.astimezone(zone)
    today = now.astimezone(zone).date()
    # Apia has skipped a day, once, before these years; no zone here skips nine in the morning.
    assert (found.date() - today).days == days
    assert (found.hour, found.minute) == (9, 0)


@given(text=st.text(max_size=30), now=MOMENTS, zone=ZONES)
def test_whatever_is_typed_is_a_moment_to_come_or_a_sentence(text, now, zone):
    found = read_when(text, now, zone)
    assert found.at is None or (found.at > now and not found.problem)
    assert bool(found.at) == bool(found.words)
    assert found.at or found.problem or not text.strip()
