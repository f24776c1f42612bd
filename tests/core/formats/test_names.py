# SPDX-License-Identifier: MIT
"""Names in one cell: split where it is certain, and never wrongly."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaddesk.core.formats.names import split_name

SAMPLES = Path(__file__).parents[2] / "data" / "person_names_cldr" / "person_names.csv"
SURNAME_FIRST = {"hu": "HU", "ja": "JP", "ko": "KR", "vi": "VN", "zh": "CN", "km": "KH", "mn": "MN"}


@pytest.mark.parametrize(
    ("text", "split"),
    [
        ("Ada Weber", ("", "Ada", "Weber")),
        ("Weber, Ada", ("", "Ada", "Weber")),
        ("Weber, Dr. Ada", ("Dr.", "Ada", "Weber")),
        ("Dr. Ada Weber", ("Dr.", "Ada", "Weber")),
        ("Ada van der Weber", ("", "Ada", "van der Weber")),
        ("Herr Dr. med. Hans-Peter Müller", ("Herr Dr. med.", "Hans-Peter", "Müller")),
        ("de la Cruz, María José", ("", "María José", "de la Cruz")),
        ("Frau Müller", ("Frau", "", "Müller")),
        ("John F. Kennedy", ("", "John F.", "Kennedy")),
        ("Ada Weber, PhD", ("", "Ada", "Weber")),
        ("Ada Weber Jr.", ("", "Ada", "Weber")),
        ("Nagy, István", ("", "István", "Nagy")),
        ("Ana da Silva", ("", "Ana", "da Silva")),
        ("Ada", None),
        ("Dr. Ada", None),
        ("Mary Sue Watson", None),
        ("María del Carmen García", None),
        ("Nagy István", None),
        ("Nguyễn Văn An", None),
        ("Wang Wei", None),
        ("WEBER Ada", None),
        ("M. Dupont", None),
        ("山田 太郎", None),
        ("Ada & Ben Weber", None),
        ("Weber GmbH", None),
        ("Weber, Ltd.", None),
        ("Ada Weber (sales)", None),
        ("Van Morrison", None),
        ("Weber, Ada, Berlin", None),
        (",", None),
        ("", None),
    ],
)
def test_names(text, split):
    assert split_name(text) == split


def test_where_the_surname_comes_first_only_a_comma_is_certain():
    assert split_name("Kovács Virág", "HU") is None
    assert split_name("Kovács, Virág", "HU") == ("", "Virág", "Kovács")


def test_names_of_a_hundred_languages_are_split_right_or_not_at_all():
    with SAMPLES.open(encoding="utf-8-sig", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["sample"].endswith("GS")]
    rows = [row for row in rows if row["given"] and row["surname"] and not row["given2"]]
    found_count = 0
    for row in rows:
        given_name, surname = row["given"], row["surname"]
        for text in (f"{given_name} {surname}", f"{surname}, {given_name}"):
            found = split_name(text)
            assert found in {None, ("", given_name, surname)}, row
            found_count += found is not None
        if (home := SURNAME_FIRST.get(row["locale"])) and row["sample"].startswith("native"):
            assert split_name(f"{surname} {given_name}", home) is None
    assert found_count > len(rows) / 2


PIECES = st.sampled_from(["de", "la", "Dr.", "Ada", ",", "Jr.", "O'N"])


@given(st.text(max_size=40) | st.lists(PIECES).map(" ".join))
def test_nothing_is_made_up(text):
    found = split_name(text)
    if found:
        assert found[2]
        assert all(word in text for part in found for word in part.split())
