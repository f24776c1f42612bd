# SPDX-License-Identifier: MIT
"""Time zones as people name them."""

from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaddesk.ui.presenters.zones import matching_zones, zone_names


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("Chicago", "America/Chicago"),
        ("  chicago ", "America/Chicago"),
        ("america/chicago", "America/Chicago"),
        ("new york", "America/New_York"),
        ("New_York", "America/New_York"),
        ("Kathm", "Asia/Kathmandu"),
        ("berl", "Europe/Berlin"),
    ],
)
def test_a_city_or_a_name_finds_its_zone(typed, first):
    assert matching_zones(typed)[0] == first


def test_what_is_named_exactly_comes_before_what_begins_alike():
    found = matching_zones("London")
    assert found[0] == "Europe/London"
    begun = matching_zones("lon")
    assert begun[0].rpartition("/")[2].casefold().startswith("lon")


@pytest.mark.parametrize("typed", ["", "  ", "Nowhereville", "UTC+3", "<b>", "Etc/GMT+1"])
def test_what_is_no_place_finds_nothing(typed):
    assert matching_zones(typed) == ()


def test_every_zone_offered_is_a_place_that_can_be_used():
    assert "Europe/Berlin" in zone_names()
    for name in zone_names():
        assert "/" in name
        assert not name.startswith(("Etc/", "US/", "posix"))
        ZoneInfo(name)


@given(st.sampled_from(zone_names()))
def test_every_zone_is_found_by_its_name(name):
    assert matching_zones(name)[0] == name
    assert name in matching_zones(name.replace("_", " ").lower())


@given(st.text(max_size=12))
def test_there_are_never_many(text):
    found = matching_zones(text)
    assert len(found) <= 6
    assert len(set(found)) == len(found)
