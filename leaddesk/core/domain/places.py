# SPDX-License-Identifier: MIT
"""Where a lead is, as a short text: leads with the same text have the same local time and rules.

An import asks for it row by row, so it only cuts and folds texts; what it means, `calling.locate`
finds out once for each place. Forms, of which a zone stands before one of the others:

    zone:Europe/Berlin|...    what the lead itself says
    at:DE, at:US|illinois     country and state
    at:US|+1312, at:ES|madrid|+34911    where those may leave several zones: the number's beginning
    no:+4930                  no country: the number's beginning
    (empty)                   nothing known
"""

from typing import TYPE_CHECKING, NamedTuple

from leaddesk.core.domain.lead_keys import fold
from leaddesk.core.domain.letters import without_accents

if TYPE_CHECKING:
    from leaddesk.core.domain.lead import Lead

MANY_ZONES = frozenset(
    {"AQ", "AU", "BR", "CA", "CD", "CL", "CN", "EC", "ES", "FM", "GL", "ID", "KI", "MN", "MX",
     "NZ", "PF", "PG", "PT", "RU", "UA", "UM", "US"}
)  # fmt: skip
"""Countries in which clocks differ: there the country alone is no answer.

From zone.tab of tzdata 2026.6; a test compares them.
"""

STATES_TELL = frozenset({"AU", "BR", "CA", "MX", "US"})
"""Those of them whose states we know (resources/calling/zones.toml): with a state, the number
does not matter, so leads of one state share one place."""

_NO_STATE = frozenset({"na", "none", "null", "unknown"})
"""What stands in a column of states where there is none; no state's code is among them."""

_SHORT_CODES = frozenset({"1", "7"})
_TWO_DIGIT_CODES = frozenset(
    {"20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44", "45", "46",
     "47", "48", "49", "51", "52", "53", "54", "55", "56", "57", "58", "60", "61", "62", "63",
     "64", "65", "66", "81", "82", "84", "86", "90", "91", "92", "93", "94", "95", "98"}
)  # fmt: skip
"""Country calling codes by their length (ITU-T E.164); all others have three digits."""

_AREA_DIGITS = 3
_NUMBER_START = 5
_MOST_CHARACTERS = 40
_PUNCTUATION = str.maketrans(
    {"-": " ", "_": " ", "/": "", ".": "", ",": "", "'": "", "|": "", "+": ""}
)


class Place(NamedTuple):
    """The parts of a place, empty where it does not have them.

    Attributes:
        zone: Name of a time zone as the lead has it, which may be wrong.
        country: ISO 3166 alpha-2.
        state: In the form of `fold_state`.
        number: "+" and the first digits of an E.164 number.
    """

    zone: str = ""
    country: str = ""
    state: str = ""
    number: str = ""


def place_of(lead: "Lead") -> str:
    """Return the place of a lead, empty when nothing says where it is."""
    zone = lead.time_zone
    if zone and len(zone) <= _MOST_CHARACTERS and "|" not in zone:
        return f"zone:{zone}|{_without_zone(lead)}"
    return _without_zone(lead)


def _without_zone(lead: "Lead") -> str:
    country = lead.country
    number = lead.phone_e164 or lead.mobile_e164 or lead.phone_2_e164
    if not country:
        return f"no:{number[:_NUMBER_START]}" if number else ""
    place = f"at:{country}"
    if state := lead.state and fold_state(lead.state):
        place = f"{place}|{state}"
    if not number or country not in MANY_ZONES or (state and country in STATES_TELL):
        return place
    return f"{place}|{_area_of(number)}"


def fold_state(text: str) -> str:
    """Return the name or code of a state for comparing; empty where the text names none.

    Kept in `leads.place`, which has to agree with the tables of states: so it is cut, and what
    stands for no state is taken out.
    """
    if not text.isascii():
        text = without_accents(text)
    folded = fold(text.translate(_PUNCTUATION))[:_MOST_CHARACTERS].rstrip()
    return "" if folded in _NO_STATE else folded


def parts_of(place: str) -> Place:
    """Return the parts of what `place_of` returned; of any other text, nothing."""
    zone = ""
    if place.startswith("zone:"):
        zone, _, place = place.removeprefix("zone:").partition("|")
    if place.startswith("no:"):
        return Place(zone, number=place.removeprefix("no:"))
    if not place.startswith("at:"):
        return Place(zone)
    country, _, rest = place.removeprefix("at:").partition("|")
    state, plus, digits = rest.partition("+")
    return Place(zone, country, state.rstrip("|"), plus + digits)


def _area_of(number: str) -> str:
    """Return the country calling code and the three digits after it."""
    code = 3
    if number[1:2] in _SHORT_CODES:
        code = 1
    elif number[1:3] in _TWO_DIGIT_CODES:
        code = 2
    return number[: 1 + code + _AREA_DIGITS]
