# SPDX-License-Identifier: MIT
"""May this lead be called now? Where it is, which window counts, what is told of it."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaddesk.core.domain.calling import (
    BUSINESS_HOURS,
    AttemptRules,
    CallingRules,
    ClockRules,
    Whereabouts,
    local_text,
    locate,
    may_call_at,
    merged,
)
from leaddesk.core.domain.calling_windows import SEARCHED_DAYS, CallingWindow, DayWindow
from tests.helpers.calling import utc

LONG = CallingWindow("US", (DayWindow(480, 1260),) * 7, "Federal")
SHORT = CallingWindow("US-FL", (DayWindow(480, 1200),) * 7, "Florida")
NO_SUNDAY = CallingWindow("US-AL", (*(DayWindow(480, 1200),) * 6, None), "Alabama")
RULES = CallingRules(
    windows={window.region: window for window in (BUSINESS_HOURS, LONG, SHORT, NO_SUNDAY)},
    country_zones={
        "DE": ("Europe/Berlin", "Europe/Busingen"),
        "RU": ("Europe/Kaliningrad", "Asia/Kamchatka"),
        "US": ("America/New_York", "America/Chicago", "America/Los_Angeles"),
    },
    state_zones={"US-IL": ("America/Chicago",), "US-FL": ("America/New_York", "America/Chicago")},
    state_ids={("US", "illinois"): "US-IL", ("US", "florida"): "US-FL", ("US", "al"): "US-AL"},
    area_states={"+1305": "US-FL"},
)
NUMBERS = {
    "+1312": ("America/Chicago",),
    "+1305": ("America/New_York",),
    "+1800": ("America/New_York", "America/Los_Angeles", "America/Jamaica"),
    "+4420": ("Europe/London",),
    "+4930": ("Europe/Berlin",),
    "+8001": ("Etc/Unknown",),
}
CHICAGO = ("America/Chicago",)
NEW_YORK = ("America/New_York",)


def told(number: str) -> tuple[str, ...]:
    return NUMBERS.get(number, ())


@pytest.mark.parametrize(
    ("place", "where"),
    [
        ("", Whereabouts((), (), "")),
        ("zone:Europe/Berlin|", Whereabouts(("Europe/Berlin",), ("DE",), "zone")),
        ("zone:US/Central|", Whereabouts(("US/Central",), (), "zone")),
        ("zone:America/Chicago|at:US|+1305", Whereabouts(CHICAGO, ("US-FL", "US"), "zone")),
        ("zone:America/Chicago|at:US|florida", Whereabouts(CHICAGO, ("US-FL", "US"), "zone")),
        ("zone:Etc/Unknown|at:US|illinois", Whereabouts(CHICAGO, ("US-IL", "US"), "address")),
        ("zone:Mars/Phobos|no:+4930", Whereabouts(("Europe/Berlin",), ("DE",), "number")),
        ("at:US|illinois", Whereabouts(CHICAGO, ("US-IL", "US"), "address")),
        (
            "at:US|florida",
            Whereabouts(("America/New_York", "America/Chicago"), ("US-FL", "US"), "address"),
        ),
        ("at:US|+1312", Whereabouts(CHICAGO, ("US",), "number")),
        ("at:US|+1305", Whereabouts(NEW_YORK, ("US-FL", "US"), "number")),
        ("at:US|+4420", Whereabouts(("Europe/London",), ("US",), "number")),
        ("at:RU|+1305", Whereabouts(NEW_YORK, ("RU",), "number")),
        (
            "at:US|+1800",
            Whereabouts(("America/New_York", "America/Los_Angeles"), ("US",), "number"),
        ),
        ("at:US|+8001", Whereabouts(RULES.country_zones["US"], ("US",), "address")),
        ("at:US|nowhere", Whereabouts(RULES.country_zones["US"], ("US",), "address")),
        ("at:DE", Whereabouts(RULES.country_zones["DE"], ("DE",), "address")),
        ("at:XX", Whereabouts((), ("XX",), "")),
        ("no:+1312", Whereabouts(CHICAGO, ("US",), "number")),
        ("no:+1305", Whereabouts(NEW_YORK, ("US-FL", "US"), "number")),
        ("no:+1800", Whereabouts(NUMBERS["+1800"], (), "number")),
        ("no:+8001", Whereabouts((), (), "")),
        ("no:+9999", Whereabouts((), (), "")),
    ],
)
def test_a_lead_is_where_its_zone_says_else_its_address_else_its_number(place, where):
    assert locate(RULES, place, told) == where


def test_the_number_is_looked_up_only_where_it_decides():
    asked = []
    for place in ("zone:Europe/Berlin|no:+4930", "at:US|illinois", "at:DE", "at:US", ""):
        locate(RULES, place, lambda number: asked.append(number) or ())
    assert asked == []


def asked_at(place: str, now: str):
    return may_call_at(RULES, locate(RULES, place, told), utc(now))


def test_inside_the_window_it_is_allowed_until_it_closes():
    found = asked_at("at:US|illinois", "2026-06-15T14:42")
    assert (found.allowed, found.unknown, found.why) == (True, False, "Federal")
    assert found.opens_at is None
    assert found.closes_at == utc("2026-06-16T02:00")
    assert [(time.zone, f"{time.at:%H:%M}", time.allowed) for time in found.local] == [
        ("America/Chicago", "09:42", True)
    ]


def test_outside_it_is_not_until_it_opens():
    found = asked_at("at:US|illinois", "2026-06-15T11:42")
    assert (found.allowed, found.unknown, found.closes_at) == (False, False, None)
    assert found.opens_at == utc("2026-06-15T13:00")


def test_of_several_zones_each_has_to_allow():
    found = asked_at("at:US|+1800", "2026-06-15T13:00")
    assert [time.allowed for time in found.local] == [True, False]
    assert (found.allowed, found.opens_at) == (False, utc("2026-06-15T15:00"))


def test_where_nothing_is_known_we_ask_and_do_not_dial():
    found = asked_at("", "2026-06-15T13:00")
    assert (found.allowed, found.unknown, found.local) == (False, True, ())
    assert (found.opens_at, found.closes_at) == (None, None)
    assert found.why == "The local time is not known: ask, do not dial."


def test_zones_that_no_moment_suits_are_told():
    found = asked_at("at:RU", "2026-06-15T06:00")
    assert (found.allowed, found.unknown, found.opens_at) == (False, False, None)
    assert found.why.startswith("No moment in 14 days suits every place")


def test_the_most_specific_region_counts():
    evening = "2026-06-16T00:30"  # 20:30 in New York, 19:30 in Chicago
    assert asked_at("zone:America/New_York|at:US", evening).why == "Federal"
    assert asked_at("zone:America/New_York|at:US|+1305", evening).why == "Florida"
    assert asked_at("zone:America/New_York|at:US", evening).allowed
    assert not asked_at("zone:America/New_York|at:US|+1305", evening).allowed
    assert asked_at("at:DE", evening).why == BUSINESS_HOURS.why


def test_a_closed_sunday_waits_for_monday():
    saturday, sunday = "2026-06-13T23:00", "2026-06-14T17:00"
    place = "zone:America/Chicago|at:US|al"
    assert asked_at(place, saturday).closes_at == utc("2026-06-14T01:00")
    assert asked_at(place, sunday).opens_at == utc("2026-06-15T13:00")


def test_without_any_rules_business_hours_count():
    found = may_call_at(
        CallingRules(), Whereabouts(("UTC",), ("DE",), "zone"), utc("2026-06-13T10")
    )
    assert (found.opens_at, found.why) == (utc("2026-06-15T09:00"), BUSINESS_HOURS.why)


def test_a_time_without_a_zone_is_a_mistake_of_ours():
    with pytest.raises(TypeError):
        may_call_at(RULES, Whereabouts(("UTC",), (), "zone"), datetime(2026, 6, 15))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ("at:US|illinois", "13:42 in Chicago"),
        ("no:+1305", "14:42 in New York"),
        ("at:DE", "20:42 in Berlin"),
        ("at:US", "between 11:42 and 14:42 there"),
        ("zone:America/Argentina/Buenos_Aires|", "15:42 in Buenos Aires"),
        ("", ""),
    ],
)
def test_the_local_time_is_told_with_its_city(place, text):
    assert local_text(asked_at(place, "2026-06-15T18:42")) == text


def test_the_earliest_clock_is_told_first_even_over_midnight():
    where = Whereabouts(("Asia/Tokyo", "America/Los_Angeles"), (), "number")
    found = may_call_at(RULES, where, utc("2026-06-15T20:00"))
    assert local_text(found) == "between 13:00 and 05:00 there"


def test_own_rules_replace_region_by_region():
    own = CallingRules(
        windows={"US": SHORT}, state_zones={"US-IL": ("UTC",)}, attempts=AttemptRules(cap=3)
    )
    both = merged(RULES, own)
    assert both.windows == {**RULES.windows, "US": SHORT}
    assert both.state_zones["US-IL"] == ("UTC",)
    assert both.state_zones["US-FL"] == RULES.state_zones["US-FL"]
    assert both.zone_countries == RULES.zone_countries
    assert (both.attempts, both.clocks) == (AttemptRules(cap=3), ClockRules())


PLACES = st.sampled_from(
    ["at:DE", "at:US", "at:US|florida", "at:US|+1800", "no:+1305", "zone:Australia/Lord_Howe|at:DE"]
)
MOMENTS = st.datetimes(
    datetime(2020, 1, 1), datetime(2036, 1, 1), timezones=st.just(UTC)  # noqa: DTZ001
)  # fmt: skip


@given(PLACES, MOMENTS)
def test_allowed_means_that_each_clock_is_within_the_window(place, now):
    where = locate(RULES, place, told)
    found = may_call_at(RULES, where, now)
    window = next((RULES.windows[r] for r in where.regions if r in RULES.windows), BUSINESS_HOURS)
    for time in found.local:
        day = window.days[time.at.weekday()]
        minute = 60 * time.at.hour + time.at.minute
        assert time.at == now
        assert time.allowed == (day is not None and day.start_min <= minute < day.stop_min)
    assert found.allowed == all(time.allowed for time in found.local)


@given(PLACES, MOMENTS, st.floats(0, 1, exclude_max=True))
def test_it_opens_when_told_and_not_before_and_closes_when_told(place, now, share):
    where = locate(RULES, place, told)
    found = may_call_at(RULES, where, now)
    turns_at = found.closes_at if found.allowed else found.opens_at
    assert turns_at is not None
    assert now < turns_at <= now + timedelta(days=SEARCHED_DAYS)
    assert may_call_at(RULES, where, turns_at).allowed is not found.allowed
    before = min(now + (turns_at - now) * share, turns_at - timedelta(microseconds=1))
    assert may_call_at(RULES, where, before).allowed is found.allowed
