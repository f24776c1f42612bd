# SPDX-License-Identifier: MIT
"""The zones of phone numbers and of their beginnings."""

import csv
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from phonenumbers.tzdata import TIMEZONE_DATA

from leaddesk.core.domain.calling_windows import zone_named
from leaddesk.core.domain.lead import Lead
from leaddesk.core.domain.places import parts_of, place_of
from leaddesk.core.formats.phone_zones import RENAMED, phone_zones
from tests.helpers.calling import shipped_rules, utc

DATA = Path(__file__).parents[2] / "data" / "phone_examples_libphonenumber"


def examples() -> list[dict[str, str]]:
    with (DATA / "phone_examples.csv").open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.parametrize(
    ("number", "zones"),
    [
        ("+4930", ("Europe/Berlin",)),
        ("+493012345678", ("Europe/Berlin",)),
        ("+1312", ("America/Chicago",)),
        ("+13125550100", ("America/Chicago",)),
        ("+91", ("Asia/Kolkata",)),
        ("+5411", ("America/Argentina/Buenos_Aires",)),
        ("+1246", ("America/Barbados",)),
        ("+1270", ("America/New_York", "America/Chicago")),
        ("+1270343", ("America/Chicago",)),
    ],
)
def test_a_number_with_an_area_has_the_zones_of_the_area(number, zones):
    assert phone_zones(number) == zones


@pytest.mark.parametrize(
    ("number", "some"),
    [
        ("+7912", {"Europe/Moscow", "Asia/Vladivostok"}),
        ("+79123456789", {"Europe/Moscow", "Asia/Vladivostok"}),
        ("+1800", {"America/New_York", "Pacific/Honolulu"}),
        ("+18002345678", {"America/New_York", "Pacific/Honolulu"}),
        ("+61412", {"Australia/Perth", "Australia/Sydney"}),
        ("+34612", {"Europe/Madrid", "Atlantic/Canary"}),
    ],
)
def test_a_number_that_tells_no_area_has_all_zones_of_its_country(number, some):
    assert some <= set(phone_zones(number))


@pytest.mark.parametrize(
    "number",
    ["", "+", "+0", "1312", "+80012345678", "+999", "+1312x", "+1" * 9, "+\u0661\u0663", "+49\n"],
)
def test_what_is_no_number_of_a_place_has_none(number):
    assert phone_zones(number) == ()


@given(st.text() | st.from_regex(r"\+[0-9]{0,16}", fullmatch=True))
def test_no_text_is_too_odd(text):
    assert all(zone_named(zone) for zone in phone_zones(text))


def test_every_example_has_zones_or_none_whole_or_in_parts():
    known = set(shipped_rules().zone_countries)
    without = set()
    for row in examples():
        for length in range(1, len(row["e164"]) + 1):
            assert known.issuperset(phone_zones(row["e164"][:length])), row["e164"]
        if not phone_zones(row["e164"]):
            without.add(row["country_code"])
    assert without == {"800", "808", "870", "878", "881", "882", "883", "888", "979"}


def clocks(zones: tuple[str, ...]) -> set[tuple[timedelta | None, ...]]:
    moments = [utc(f"2026-{month:02}-15") for month in range(1, 13)]
    return {tuple(at.astimezone(zone_named(zone)).utcoffset() for at in moments) for zone in zones}


def test_the_beginning_in_a_place_misses_no_clock_that_the_number_may_have():
    missed = set()
    for row in examples():
        number = row["e164"]
        for country in ("", row["region"]):
            beginning = parts_of(place_of(Lead("L", country=country, phone_e164=number))).number
            if beginning and not clocks(phone_zones(number)) <= clocks(phone_zones(beginning)):
                missed.add((beginning, row["type"]))
    # Too short to tell that they are internet telephony, which a few numbers of an area are.
    assert missed == {("+6114", "VOIP"), ("+5932", "VOIP")}


def test_every_zone_of_the_tables_has_its_name_of_today():
    zones = {RENAMED.get(zone, zone) for zones in TIMEZONE_DATA.values() for zone in zones}
    assert zones <= set(shipped_rules().zone_countries)
