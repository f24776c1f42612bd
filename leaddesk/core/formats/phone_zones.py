# SPDX-License-Identifier: MIT
"""Which time zones a phone number, or any number that begins alike, may be in.

From the tables of phonenumbers (libphonenumber). They are imported with the first number.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache

RENAMED = {
    "Africa/Asmera": "Africa/Asmara",
    "America/Buenos_Aires": "America/Argentina/Buenos_Aires",
    "America/Godthab": "America/Nuuk",
    "Asia/Calcutta": "Asia/Kolkata",
    "Asia/Choibalsan": "Asia/Ulaanbaatar",
    "Asia/Katmandu": "Asia/Kathmandu",
    "Asia/Rangoon": "Asia/Yangon",
    "Atlantic/Faeroe": "Atlantic/Faroe",
    "Pacific/Enderbury": "Pacific/Kanton",
    "Pacific/Ponape": "Pacific/Pohnpei",
    "Pacific/Truk": "Pacific/Chuuk",
}
"""Zones that the tables have by an older name -> name in zone.tab (`backward` of the IANA data)."""

_NUMBER = re.compile(r"\+([1-9][0-9]{0,14})", re.ASCII)
_LEAST_DIGITS = 7
_LONGEST_CODE = 3

# Its area codes belong to one place each, for mobiles too; what tells no place has its own codes.
_NORTH_AMERICA = "1"


@lru_cache(maxsize=1 << 12)
def phone_zones(number: str) -> tuple[str, ...]:
    """Return the IANA names of the zones a number may be in; empty when none is known.

    Args:
        number: E.164, or only its beginning, which has the zones of all numbers that begin so. A
            number that tells no area, such as a mobile one, has all zones of its country.
    """
    match = _NUMBER.fullmatch(number)
    if match is None:
        return ()
    zones = (*_of_area(match[1]), *_of_whole_code(match[1]))
    return tuple(dict.fromkeys(RENAMED.get(zone, zone) for zone in zones))


def _of_area(digits: str) -> Iterator[str]:
    """Yield the zones of the longest known beginning, and of every longer one there may be."""
    from phonenumbers.tzdata import TIMEZONE_DATA

    for length in range(len(digits), 0, -1):
        if digits[:length] in TIMEZONE_DATA:
            yield from TIMEZONE_DATA[digits[:length]]
            break
    beginnings = _beginnings()
    for beginning in beginnings[bisect_left(beginnings, digits) :]:
        if not beginning.startswith(digits):
            return
        yield from TIMEZONE_DATA[beginning]


@lru_cache(maxsize=1)
def _beginnings() -> tuple[str, ...]:
    """Return the beginnings of numbers that the tables know, in order."""
    from phonenumbers.tzdata import TIMEZONE_DATA

    return tuple(sorted(TIMEZONE_DATA))


def _of_whole_code(digits: str) -> tuple[str, ...]:
    """Return all zones of the country calling code, if such a number may tell no area."""
    from phonenumbers import COUNTRY_CODE_TO_REGION_CODE
    from phonenumbers.tzdata import TIMEZONE_DATA

    codes = (digits[:length] for length in range(1, _LONGEST_CODE + 1))
    code = next((code for code in codes if int(code) in COUNTRY_CODE_TO_REGION_CODE), "")
    zones: tuple[str, ...] = TIMEZONE_DATA.get(code, ())
    if len(zones) < 2 or code == _NORTH_AMERICA:  # noqa: PLR2004 - one zone is that of every area
        return ()
    return zones if _may_tell_no_area(code, digits[len(code) :]) else ()


def _may_tell_no_area(code: str, digits: str) -> bool:
    """Return whether a valid number that begins so is of a kind that is not bound to an area."""
    from phonenumbers import (
        PhoneNumber,
        PhoneNumberType,
        is_number_type_geographical,
        number_type,
    )

    for national in _whole_numbers(code, digits):
        kind = number_type(PhoneNumber(country_code=int(code), national_number=int(national)))
        if kind != PhoneNumberType.UNKNOWN and not is_number_type_geographical(kind, int(code)):
            return True
    return False


def _whole_numbers(code: str, digits: str) -> Iterator[str]:
    """Yield national numbers: these digits if they are enough for one, else some that begin so.

    What kind a number is of nearly always shows in its first digits, so any will do for the rest.
    """
    from phonenumbers import PhoneMetadata, region_code_for_country_code

    if len(code) + len(digits) >= _LEAST_DIGITS:
        yield digits
        return
    region = region_code_for_country_code(int(code))
    metadata = PhoneMetadata.metadata_for_region(region, None)
    general = metadata.general_desc if metadata else None
    for length in general.possible_length if general else ():
        for digit in "0123456789":
            yield digits.ljust(length, digit)
