# SPDX-License-Identifier: MIT
"""Places: the few letters that decide a lead's local time, and back to their parts."""

from datetime import datetime
from importlib.resources import files
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaddesk.core.domain.lead import Lead
from leaddesk.core.domain.places import (
    MANY_ZONES,
    STATES_TELL,
    Place,
    fold_state,
    parts_of,
    place_of,
)

CHICAGO = "+13125550100"
MADRID = "+34910000000"


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({}, ""),
        ({"country": "DE"}, "at:DE"),
        ({"country": "DE", "state": "Baden-Württemberg"}, "at:DE|baden wurttemberg"),
        ({"country": "DE", "phone_e164": "+4930123456"}, "at:DE"),
        ({"country": "US", "state": " Illinois "}, "at:US|illinois"),
        ({"country": "US", "state": "IL", "phone_e164": CHICAGO}, "at:US|il"),
        ({"country": "US", "phone_e164": CHICAGO}, "at:US|+1312"),
        ({"country": "US", "state": "N/A", "phone_e164": CHICAGO}, "at:US|+1312"),
        ({"country": "US", "state": "-", "phone_e164": CHICAGO}, "at:US|+1312"),
        ({"country": "US"}, "at:US"),
        ({"country": "ES", "state": "Madrid", "phone_e164": MADRID}, "at:ES|madrid|+34910"),
        ({"country": "PT", "phone_e164": "+351291000000"}, "at:PT|+351291"),
        ({"country": "RU", "mobile_e164": "+79120000000"}, "at:RU|+7912"),
        ({"phone_e164": "+4930123456"}, "no:+4930"),
        ({"phone_2_e164": CHICAGO, "mobile_e164": "+447400000000"}, "no:+4474"),
        ({"phone_2_e164": CHICAGO, "state": "Illinois"}, "no:+1312"),
        ({"time_zone": "Europe/Berlin"}, "zone:Europe/Berlin|"),
        ({"time_zone": "Europe/Berlin", "country": "DE"}, "zone:Europe/Berlin|at:DE"),
        ({"time_zone": "CST", "phone_e164": CHICAGO}, "zone:CST|no:+1312"),
        ({"time_zone": "a|at:US|", "country": "DE"}, "at:DE"),
        ({"time_zone": "x" * 500, "country": "DE"}, "at:DE"),
    ],
)
def test_a_place_holds_what_decides_and_no_more(fields, place):
    assert place_of(Lead("L", **fields)) == place


@pytest.mark.parametrize(
    ("place", "parts"),
    [
        ("", Place()),
        ("at:DE", Place(country="DE")),
        ("at:US|illinois", Place(country="US", state="illinois")),
        ("at:US|+1312", Place(country="US", number="+1312")),
        ("at:ES|madrid|+34910", Place(country="ES", state="madrid", number="+34910")),
        ("no:+4930", Place(number="+4930")),
        ("zone:Europe/Berlin|", Place("Europe/Berlin")),
        ("zone:CST|at:US|+1312", Place("CST", "US", number="+1312")),
        ("something else", Place()),
    ],
)
def test_a_place_comes_apart_again(place, parts):
    assert parts_of(place) == parts


TEXTS = st.text(max_size=60) | st.text("|+-/: aZé", max_size=12)


@given(
    zone=TEXTS, state=TEXTS, country=st.sampled_from(["", "DE", "US", "ES"]), phone=st.booleans()
)
def test_whatever_stands_in_a_lead_its_parts_are_found_again(zone, state, country, phone):
    number = CHICAGO if phone else ""
    lead = Lead("L", time_zone=zone, state=state, country=country, phone_e164=number)
    parts = parts_of(place_of(lead))
    assert parts.zone in {"", zone}
    assert parts.country == country
    assert parts.state == (fold_state(state) if country else "")
    assert number.startswith(parts.number)
    assert len(place_of(lead)) < 110


@given(TEXTS)
def test_a_folded_state_folds_no_further(text):
    assert fold_state(fold_state(text)) == fold_state(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Québec", "QUEBEC"),
        ("D.C.", "dc"),
        ("us-il", "US IL"),
        ("New  York ", "new york"),
        ("N.S.W.", "nsw"),
    ],
)
def test_spellings_of_a_state_are_alike(one, other):
    assert fold_state(one) == fold_state(other)


def zones_of_countries() -> dict[str, list[ZoneInfo]]:
    """As tzdata has them, whatever the machine has."""
    folder = files("tzdata.zoneinfo")
    countries: dict[str, list[ZoneInfo]] = {}
    for line in (folder / "zone.tab").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            country, _, name, *_ = line.split("\t")
            with (folder / name).open("rb") as stream:
                countries.setdefault(country, []).append(ZoneInfo.from_file(stream, name))
    return countries


def test_the_countries_of_many_zones_are_those_where_clocks_differ():
    moments = [datetime(2026 + n // 12, 1 + n % 12, 15, 12) for n in range(24)]  # noqa: DTZ001
    differing = {
        country
        for country, zones in zones_of_countries().items()
        if len({tuple(zone.utcoffset(at) for at in moments) for zone in zones}) > 1
    }
    assert differing == MANY_ZONES
    assert STATES_TELL < MANY_ZONES
