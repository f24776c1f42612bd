# SPDX-License-Identifier: MIT
"""Companies for comparing: spellings of one name are equal, and no name is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaddesk.core.domain.company_names import company_key

# From tests/test_cleanname.py of cleanco 2.3 (MIT), all of its cases.
HELLO = (
    "Hello World Oy", "Hello World, ltd.", "Hello    World ltd", "Hello World ltd ",
    "Hello World ltd. ", " Hello World ltd. ", "Hello World sro", "Oy Hello World",
    "Oy Hello World Ab", "Hello Oy World", "Hello pty ltd World", "Hello Oy World Ab",
    "Ab Oy Hello World", "Hello World Ab Oy", "Hello Ab Oy World",
)  # fmt: skip
KEPT = (
    ("Hello, World, ltd.", "Hello, World"),
    ("Hello. World, Oy", "Hello. World"),
    ("Säätämö Oy", "Säätämö"),
    ("Säätämö, Oy", "Säätämö"),
    ("Säätämo Oy", "Säätämo"),
    ("Äätämo Oy", "Äätämo"),
    ("Äätämö", "Äätämö"),
    (
        "\u041e\u0410\u041e Новороссийский морской торговый порт",
        "Новороссийский морской торговый порт",
    ),
    ("Łoś spółka z o.o", "Łoś"),
    ("Łoś spolka z o.o", "Łoś"),
)


@pytest.mark.parametrize("name", HELLO)
def test_cases_of_cleanco(name):
    assert company_key(name) == "hello world"


@pytest.mark.parametrize(("name", "base"), KEPT)
def test_cases_of_cleanco_that_keep_letters(name, base):
    assert company_key(name) == company_key(base) != ""


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Müller GmbH & Co. KG", "muller"),
        ("Weber UG (haftungsbeschränkt)", "weber"),
        ("Weber & Co.", "weber"),
        ("Weber S.p.A.", "weber"),
        ("Day Spa", "day spa"),
        ("Foo Pty Ltd", "foo"),
        ("Foo A/S", "foo"),
        ("Weber GmbH Berlin", "weber berlin"),
        ("Johnson & Johnson", "johnson and johnson"),
        ("L'Oréal S.A.", "loreal"),
        ("Amazon.com, Inc.", "amazon com"),
        ("株式会社トヨタ", "トヨタ"),
        ("ガス株式会社", "ガス"),
        ("GmbH", "gmbh"),
        ("!!!", ""),
        ("", ""),
    ],
)
def test_keys(name, key):
    assert company_key(name) == key


@given(st.text("bcdfgh", min_size=6, max_size=12), st.sampled_from(["GmbH", "Ltd.", "S.A.", "Inc"]))
def test_a_legal_form_makes_no_difference(name, form):
    assert company_key(f"{name} {form}") == company_key(name.upper()) == name


@given(st.text(max_size=30))
def test_a_name_with_letters_has_a_key(text):
    assert company_key(text) or not any(map(str.isalpha, text))
