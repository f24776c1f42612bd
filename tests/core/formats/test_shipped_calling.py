# SPDX-License-Identifier: MIT
"""The calling rules that come with leaddesk: right by their sources, and what leads get of them."""

import tomllib
from collections import defaultdict
from importlib.resources import files

import pytest
from phonenumbers.geodata import GEOCODE_DATA

from leaddesk.core.domain.calling import (
    BUSINESS_HOURS,
    AttemptRules,
    CallingRules,
    ClockRules,
    local_text,
)
from leaddesk.core.domain.places import STATES_TELL, fold_state
from leaddesk.core.formats.calling_toml import check_calling, read_calling
from leaddesk.core.formats.country_names import country_code
from leaddesk.resources import texts
from tests.helpers.calling import permission, shipped_rules

NO_RULES = CallingRules()
TEXTS = texts("calling", ".toml")
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def test_the_files_have_no_mistake():
    assert check_calling(TEXTS["zones"]) == ()
    assert check_calling(TEXTS["calling"], read_calling(TEXTS["zones"])) == ()


def test_the_numbers_are_those_of_the_program():
    rules = shipped_rules()
    assert (rules.attempts, rules.clocks) == (AttemptRules(), ClockRules())
    assert rules.windows[""] == BUSINESS_HOURS


def hours(region: str) -> str:
    """Monday's and Sunday's; the other days are like Monday."""
    days = shipped_rules().windows[region].days
    assert days[:6] == (days[0],) * 6
    told = [f"{w.start_min / 60:g}-{w.stop_min / 60:g}" if w else "none" for w in days[5:]]
    return " ".join(told)


@pytest.mark.parametrize(
    ("region", "told"),
    [
        ("US", "8-21 8-21"),
        ("PR", "8-21 8-21"),
        ("US-FL", "8-20 8-20"),
        ("US-OK", "8-20 8-20"),
        ("US-WA", "8-20 8-20"),
        ("US-MA", "8-20 8-20"),
        ("US-WY", "8-20 8-20"),
        ("US-AL", "8-20 none"),
        ("US-LA", "8-20 none"),
        ("US-MS", "8-20 none"),
        ("US-RI", "9-18 none"),
        ("US-SD", "8-21 none"),
        ("US-KY", "10-21 10-21"),
    ],
)
def test_the_windows_are_those_of_the_law(region, told):
    assert hours(region) == told


def test_the_countries_have_the_zones_of_zone_tab():
    table = defaultdict(list)
    for line in (files("tzdata.zoneinfo") / "zone.tab").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            country, _, zone, *_ = line.split("\t")
            table[country].append(zone)
    table["XK"] = ["Europe/Belgrade"]
    zones = {country: list(zones) for country, zones in shipped_rules().country_zones.items()}
    assert zones == table
    assert all(country_code(country) == country for country in zones)


def test_states_have_zones_of_their_country_and_are_known_for_the_countries_that_say_so():
    rules = shipped_rules()
    pacific = {"US-AS": "AS", "US-GU": "GU", "US-MP": "MP", "US-PR": "PR", "US-VI": "VI"}
    for state, zones in rules.state_zones.items():
        country = pacific.get(state, state[:2])
        assert set(zones) <= set(rules.country_zones[country]), state
    assert {country for country, _ in rules.state_ids} == STATES_TELL
    counts = {"US": 56, "CA": 13, "AU": 8, "MX": 32, "BR": 27}
    for country, count in counts.items():
        assert sum(state.startswith(country) for state in rules.state_zones) == count


def test_no_two_states_of_a_country_share_a_name():
    for country, states in tomllib.loads(TEXTS["zones"])["states"].items():
        for code, text in states.items():
            for name in (code, *text.partition(";")[0].split(",")):
                found = shipped_rules().state_ids[country, fold_state(name)]
                assert found == f"{country}-{code}", name


NAMES = {
    "Alabama": "AL", "Florida": "FL", "Kentucky": "KY", "Louisiana": "LA", "Massachusetts": "MA",
    "Mississippi": "MS", "Oklahoma": "OK", "Rhode Island": "RI", "South Dakota": "SD",
    "Washington State": "WA", "Wyoming": "WY",
}  # fmt: skip


def test_the_states_with_a_window_of_their_own_have_all_their_area_codes():
    table = {}
    for digits, names in GEOCODE_DATA.items():
        place = names.get("en", "")
        state = NAMES.get(place, place[-2:] if place[-4:-2] == ", " else "")
        if len(digits) == 4 and digits.startswith("1") and state in NAMES.values():
            table[f"+{digits}"] = f"US-{state}"
    assert shipped_rules().area_states == table
    assert set(table.values()) == {r for r in shipped_rules().windows if r.startswith("US-")}


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"country": "US", "state": "IL"}, "13:42 in Chicago"),
        ({"country": "US", "state": "Hawaii"}, "08:42 in Honolulu"),
        ({"country": "US", "state": "Puerto Rico"}, "14:42 in Puerto Rico"),
        ({"country": "US", "state": "Texas"}, "between 12:42 and 13:42 there"),
        ({"country": "US", "phone_e164": "+12125550100"}, "14:42 in New York"),
        ({"phone_e164": "+12125550100"}, "14:42 in New York"),
        ({"country": "AU", "state": "WA"}, "02:42 in Perth"),
        ({"country": "MX", "state": "Nuevo León"}, "between 12:42 and 13:42 there"),
        ({"country": "BR", "state": "Sao Paulo"}, "15:42 in Sao Paulo"),
        ({"country": "CA", "state": "Québec"}, "14:42 in Toronto"),
        ({"country": "DE"}, "20:42 in Berlin"),
        ({"country": "IN"}, "00:12 in Kolkata"),
        ({"country": "ES", "state": "Madrid", "phone_e164": "+34910000000"}, "20:42 in Madrid"),
        ({"country": "XK"}, "20:42 in Belgrade"),
        ({"country": "DE", "time_zone": "Asia/Tokyo"}, "03:42 in Tokyo"),
        ({"country": "DE", "time_zone": "somewhere"}, "20:42 in Berlin"),
        ({"phone_e164": "+80012345678"}, ""),
        ({}, ""),
    ],
)
def test_the_local_time_of_leads_on_a_summer_evening_in_utc(fields, text):
    assert local_text(permission("2026-06-15T18:42", **fields)) == text
