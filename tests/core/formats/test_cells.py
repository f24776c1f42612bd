# SPDX-License-Identifier: MIT
"""Single cells: what is read with certainty, and what is left as it came."""

import csv
from datetime import UTC, datetime
from pathlib import Path

import pytest
from email_validator import EmailNotValidError, validate_email
from hypothesis import given
from hypothesis import strategies as st

from leaddesk.core.formats import cells
from leaddesk.core.formats.country_names import country_code
from leaddesk.core.formats.csv_writer import cell_text

CASES = Path(__file__).parents[2] / "data" / "email_validator_cases" / "cases.csv"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("250", 250),
        ("0", 0),
        ("50-99", 50),
        ("50 \u2013 99 employees", 50),
        ("1,000-5,000", 1000),
        ("10.001+", 10001),
        ("1 000 000", 1_000_000),
        ("1\u202f000", 1000),
        ("1'234'567", 1_234_567),
        ("12.0", 12),
        ("$1,200,000.50", 1_200_000),
        ("1.234.567,89 €", 1_234_567),
        ("USD 5 million", 5_000_000),
        ("2.5M", 2_500_000),
        ("1,2 Mio. €", 1_200_000),
        ("10k", 10_000),
        ("> 500", 500),
        ("<50", None),
        ("-5", None),
        ("1,23,456", None),
        ("1.2E+06", None),
        ("many", None),
        ("9" * 30, None),
    ],
)
def test_numbers(text, number):
    assert cells.whole_number(text) == number


@given(st.integers(0, 10**15 - 1), st.sampled_from(["", ",", ".", " ", "'"]))
def test_thousands_may_be_grouped(number, separator):
    assert cells.whole_number(f"{number:,}".replace(",", separator)) == number


@given(st.text(max_size=40))
def test_no_text_breaks_a_reader(text):
    for read in (cells.whole_number, cells.currency, cells.flag, cells.moment, cells.tags):
        read(text)
    cells.email_address(text)
    country_code(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1 Mio. €", "EUR"),
        ("$5", "USD"),
        ("R$ 5", "BRL"),
        ("5 CHF", "CHF"),
        ("X$5", None),
        ("5", None),
    ],
)
def test_currencies(text, code):
    assert cells.currency(text) == code


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1", True),
        ("Yes", True),
        ("TRUE", True),
        ("x", True),
        ("0", False),
        ("Nein", False),
        ("perhaps", None),
    ],
)
def test_flags(text, value):
    assert cells.flag(text) is value


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2024-01-22T20:36:47.000+0000", datetime(2024, 1, 22, 20, 36, 47, tzinfo=UTC)),
        ("2024-01-22T20:36:47-05:00", datetime(2024, 1, 23, 1, 36, 47, tzinfo=UTC)),
        ("2024-01-22 20:36", datetime(2024, 1, 22, 20, 36, tzinfo=UTC)),
        ("2024-01-22", datetime(2024, 1, 22, tzinfo=UTC)),
        ("0001-01-01T00:00:00+05:00", None),
        ("20240122", None),
        ("22/01/2024", None),
        ("2024-13-01", None),
    ],
)
def test_times(text, at):
    assert cells.moment(text) == at


@given(st.datetimes(timezones=st.just(UTC)))
def test_a_time_is_read_as_it_was_written(at):
    assert cells.moment(cell_text(at)) == at


@given(st.lists(st.text(max_size=8).map(str.strip).filter(bool), unique=True).map(tuple))
def test_tags_are_read_as_they_were_written(tags):
    assert cells.tags(cell_text(tags)) == tags


def test_tags_of_mailchimp():
    assert cells.tags('"Member","2025, waiver"') == ("Member", "2025, waiver")


def valid(address: str) -> bool:
    try:
        validate_email(address, check_deliverability=False, allow_display_name=True)
    except EmailNotValidError:
        return False
    return True


def test_an_address_is_valid_when_the_library_says_so():
    with CASES.open(encoding="utf-8", errors="replace", newline="") as stream:
        addresses = [row["address"].strip() for row in csv.DictReader(stream)]
    for address in addresses:
        assert (cells.email_address(address) is not None) == valid(address), address


@given(
    st.from_regex(r"\A[a-z0-9_+.'-]{1,8}@[a-z0-9.-]{1,12}\.[a-z]{1,6}\Z", fullmatch=True)
    | st.emails()
)
def test_the_short_way_agrees_with_the_library(address):
    assert (cells.email_address(address) is not None) == valid(address)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("de", "DE"), ("DEU", "DE"), ("Germany", "DE"), ("Deutschland", "DE"), ("Allemagne", "DE"),
        ("The Netherlands", "NL"), ("U.S.A.", "US"), ("United States of America", "US"),
        ("UK", "GB"),
        ("España", "ES"), ("Brasil", "BR"), ("日本", "JP"), ("Bosnia and Herzegovina", "BA"),
        ("Atlantis", ""), ("", ""),
    ],
)  # fmt: skip
def test_countries(text, code):
    assert country_code(text) == code


def test_a_number_beyond_all_reason_is_not_read():
    assert cells.whole_number("999999999999999") == 999_999_999_999_999
    assert cells.whole_number("999999999999999 bn") is None
