# SPDX-License-Identifier: MIT
"""Single cells: what is read with certainty, and what is left as it came."""

import csv
from pathlib import Path

import pytest
from email_validator import EmailNotValidError, validate_email
from hypothesis import given
from hypothesis import strategies as st

from leaddesk.core.formats import cells
from leaddesk.core.formats.country_names import country_code
from leaddesk.core.formats.csv_writer import cell_text

CASES = Path(__file__).parents[2] / "data" / "email_validator_cases" / "cases.csv"


@given(st.text(max_size=40))
def test_no_text_breaks_a_reader(text):
    for read in (cells.flag, cells.tags):
        read(text)
    cells.email_address(text)
    country_code(text)


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


@given(st.lists(st.text(max_size=8).map(str.strip).filter(bool), unique=True).map(tuple))
def test_tags_are_read_as_they_were_written(tags):
    assert cells.tags(cell_text(tags)) == tags


def test_tags_of_mailchimp():
    assert cells.tags('"Member","2025, waiver"') == ("Member", "2025, waiver")


def by_the_library(address: str) -> str | None:
    try:
        found = validate_email(address, check_deliverability=False, allow_display_name=True)
    except EmailNotValidError:
        return None
    return found.normalized


def test_an_address_is_read_as_the_library_reads_it():
    with CASES.open(encoding="utf-8", errors="replace", newline="") as stream:
        addresses = [row["address"].strip() for row in csv.DictReader(stream)]
    assert len(addresses) > 100
    for address in addresses:
        assert cells.email_address(address) == by_the_library(address), address


LETTERS = "abcXYZ09_+.'-"


@given(
    st.from_regex(r"\A[a-zA-Z0-9_+.'-]{1,8}@[a-zA-Z0-9.-]{1,12}\.[a-zA-Z]{1,6}\Z", fullmatch=True)
    | st.builds(
        "{}@{}.{}".format,
        st.sampled_from(["Info", "SALES", "ada", "Ada.Weber", "o'neil", "a" * 60])
        | st.text(LETTERS),
        st.sampled_from(["Example", "xn--bcher-kva", "a-b", "-a", "a-", "1"]) | st.text("aB-.1"),
        st.sampled_from(["com", "DE", "test", "LOCAL", "arpa", "x", "museum", "c0m", "1"]),
    )
    | st.emails()
)
def test_the_short_way_agrees_with_the_library(address):
    assert cells.email_address(address) == by_the_library(address)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("ada@example.com", "ada@example.com"),
        ("Ada.Weber@Example.COM", "Ada.Weber@example.com"),
        ("INFO@Example.com", "info@example.com"),
        ("Ada Weber <ada@example.com>", "ada@example.com"),
        ("ada@bücher.example", "ada@bücher.example"),
        ("a\u017f@example.com", "a\u017f@example.com"),
        ("ada@\u212aiosk.example", "ada@kiosk.example"),
        ("ada@\u017fhop.example", "ada@shop.example"),
        ("ada@example.test", None),
        ("ada at example.com", None),
        ("", None),
    ],
)
def test_addresses(text, address):
    assert cells.email_address(text) == address == (by_the_library(text) if text else None)


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
