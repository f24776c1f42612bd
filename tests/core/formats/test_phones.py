# SPDX-License-Identifier: MIT
"""Phone numbers: the short way finds what phonenumbers finds, in every country, and no more."""

import csv
import random
from pathlib import Path

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaddesk.core.formats import phones

EXAMPLES = (
    Path(__file__).parents[2] / "data" / "phone_examples_libphonenumber" / "phone_examples.csv"
)
COUNTRIES = sorted(phonenumbers.SUPPORTED_REGIONS)
FORMS = ("NATIONAL", "INTERNATIONAL", "E164", "RFC3966")


def by_the_library(text: str, country: str) -> str:
    try:
        number = phonenumbers.parse(text, country or None)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_valid_number(number):
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


@pytest.fixture(autouse=True, scope="module")
def _patterns_are_kept():
    phonenumbers.enable_pattern_cache()


def examples() -> list[dict[str, str]]:
    with EXAMPLES.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_the_examples_of_every_country_in_every_form():
    rows = examples()
    assert {row["region"] for row in rows} >= set(COUNTRIES)
    for row in rows:
        country = row["region"]
        for form in ("national", "international", "e164", "rfc3966"):
            for home in (country, "US", "DE", "AU", ""):
                found = phones.e164(row[form], home)
                assert found == by_the_library(row[form], home), (row[form], home)
        if row["validity"] == "valid":
            assert phones.e164(row["international"], "") == row["e164"]


def with_slips(dice: random.Random, text: str) -> str:
    """Return the text with some signs put in, taken out or changed."""
    signs = list(text)
    for _ in range(dice.choice((0, 0, 1, 2, 3, 6))):
        place = dice.randrange(len(signs) + 1)
        new = dice.choice(4 * "0123456789" + " -()+./1x,;#A\t\u00a0'*~")
        kind = dice.randrange(3)
        if kind == 0:
            signs.insert(place, new)
        else:
            signs[place : place + 1] = new if kind == 1 else ""
    return "".join(signs)


def numbers_like_people_write_them(seed: int, count: int):
    """Yield (text, country): numbers of all countries and types, with slips of the finger."""
    dice = random.Random(seed)  # noqa: S311 - nothing secret
    types = sorted(phonenumbers.PhoneNumberType.values())
    formats = [getattr(phonenumbers.PhoneNumberFormat, form) for form in FORMS]
    for _ in range(count):
        country = dice.choice(COUNTRIES)
        example = phonenumbers.example_number_for_type(country, dice.choice(types))
        example = example or phonenumbers.example_number(country)
        text = with_slips(dice, phonenumbers.format_number(example, dice.choice(formats)))
        start = dice.random()
        if start < 0.1:
            text = dice.choice(("00", "011", "0011", "810", "0")) + text.lstrip("+")
        elif start < 0.15:
            text = f"{example.country_code}{text}"
        yield text, country if dice.random() < 0.9 else dice.choice(COUNTRIES)


def differences(seed: int, count: int) -> tuple[int, list[tuple[str, str, str, str]]]:
    """Return how many of so many are valid, and those where the two disagree."""
    valid_count = 0
    found = []
    for text, country in numbers_like_people_write_them(seed, count):
        if phones.is_scientific(text) or text[:1] in "'\"\t ":
            continue
        ours, theirs = phones.e164(text, country), by_the_library(text, country)
        valid_count += bool(theirs)
        if ours != theirs:
            found.append((text, country, ours, theirs))
    return valid_count, found


@pytest.mark.parametrize("seed", range(4))
def test_thousands_of_numbers_with_slips_of_the_finger(seed):
    valid_count, found = differences(seed, 2_000)
    assert not found
    assert valid_count > 500


@given(
    st.from_regex(r"\A\+?[0-9 ()./-]{4,22}\Z", fullmatch=True) | st.text(max_size=24),
    st.sampled_from([*COUNTRIES, "", "ZZ"]),
)
def test_any_text_of_digits_and_separators(text, country):
    if not phones.is_scientific(text) and text[:1] not in "'\"\t ":
        assert phones.e164(text, country) == by_the_library(text, country)


@given(
    st.integers(0, 10**13), st.sampled_from(COUNTRIES), st.sampled_from(["", "0", "00", "+", "1"])
)
def test_any_digits(number, country, start):
    text = f"{start}{number}"
    assert phones.e164(text, country) == by_the_library(text, country)


@given(st.sampled_from(COUNTRIES), st.data())
def test_numbers_that_begin_like_those_of_the_country(country, data):
    """Where several countries share a code, the first digits say which rules hold."""
    example = phonenumbers.example_number(country)
    national = phonenumbers.national_significant_number(example)
    kept = data.draw(st.integers(1, len(national)))
    rest = data.draw(st.text("0123456789", min_size=0, max_size=len(national) - kept + 1))
    text = f"+{example.country_code}{national[:kept]}{rest}"
    assert phones.e164(text, "") == by_the_library(text, "")


@pytest.mark.parametrize(
    ("text", "country", "number"),
    [
        ("+49 30 123456", "", "+4930123456"),
        ("+49 (0)30 123456", "", "+4930123456"),
        ("(+49) 30 123456", "", "+4930123456"),
        ("030 123456", "DE", "+4930123456"),
        ("0049 30 123456", "DE", "+4930123456"),
        ("0049 30 123456", "", ""),
        ("011 49 30 123456", "US", "+4930123456"),
        ("4930123456", "DE", "+4930123456"),
        ("030 123456", "", ""),
        ("'+1 217-254-9641", "", "+12172549641"),
        ("'030 123456", "DE", "+4930123456"),
        ("(217) 254-9641 x12", "US", "+12172549641"),
        ("1-800-FLOWERS", "US", "+18003569377"),
        ("tel:+49-30-123456", "", "+4930123456"),
        ("٠٣٠ ١٢٣٤٥٦", "DE", "+4930123456"),
        ("06 1234 5678", "IT", "+390612345678"),
        ("4.41E+11", "GB", ""),
        ("4,93012345E+11", "DE", ""),
        ("4.93012345E11", "DE", ""),
        ("12", "DE", ""),
        ("call me", "DE", ""),
        ("030 123456", "ZZ", ""),
        ("+49 30 123456" + " " * 60, "DE", ""),
        ("+800 1234 5678", "", "+80012345678"),
        ("", "DE", ""),
    ],
)
def test_numbers(text, country, number):
    assert phones.e164(text, country) == number


@pytest.mark.parametrize(
    ("text", "extension", "number"),
    [
        ("+1 415 555 2671 ext. 12", "12", "+14155552671"),
        ("+1 415 555 2671 x12", "12", "+14155552671"),
        ("+1 (415) 555-2671, extension 12", "12", "+14155552671"),
        ("+1 415 555 2671;ext=12", "12", "+14155552671"),
        ("+1 415 555 2671 #12", "12", "+14155552671"),
        ("+49 30 1234567 Durchwahl 12", "12", "+49301234567"),
        ("+49 30 1234567 (DW: 012)", "012", "+49301234567"),
        ("+49 30 1234567 App. 7", "7", "+49301234567"),
        ("+33 1 23 45 67 89 poste 12", "12", "+33123456789"),
        ("+55 11 2345 6789 ramal 12", "12", "+551123456789"),
        ("+1 415 555 2671", "", "+14155552671"),
        ("1-800-FLOWERS", "", ""),
        ("+1 800 FLEX 12", "", ""),
        ("x12", "", ""),
        ("Durchwahl 12", "", ""),
        ("", "", ""),
    ],
)
def test_extensions(text, extension, number):
    assert phones.extension_of(text) == extension
    assert phones.e164(text, "") == number


@given(
    st.sampled_from(COUNTRIES), st.integers(0, 999_999), st.sampled_from([" ext. ", " x", ";ext="])
)
def test_an_extension_is_found_as_phonenumbers_finds_it(country, extension, label):
    example = phonenumbers.example_number(country)
    written = phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    text = f"{written}{label}{extension}"
    assert phones.extension_of(text) == phonenumbers.parse(text, country).extension
    assert phones.e164(text, "") == by_the_library(written, "")


@pytest.mark.parametrize("text", ["4.41E+11", "4,41e+11", "4E+11", "4.93012345E+11"])
def test_a_number_that_a_spreadsheet_has_rounded_is_flagged(text):
    assert phones.is_scientific(text)
    assert not phones.is_scientific("+49 30 123456")


@pytest.mark.parametrize(
    ("number", "country"),
    [("+81312345678", "JP"), ("+442079460958", "GB"), ("+12125550148", "US"), ("+80012345678", "")],
)
def test_a_number_tells_its_country(number, country):
    assert phones.country_of(number) == country


def test_nothing_tells_none():
    assert not phones.country_of("")
