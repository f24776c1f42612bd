# SPDX-License-Identifier: MIT
"""Numbers of people and amounts of money: what is read with certainty, and what is left."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from leaddesk.core.formats.amounts import (
    MIXED,
    currency,
    decimal_sign,
    employee_count,
    whole_number,
)


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
        ("1 234 567 kr", 1_234_567),
        ("1\u202f000", 1000),
        ("1'234'567", 1_234_567),
        ("12.0", 12),
        ("0.500", 0),
        ("$1,234,567.89", 1_234_567),
        ("1.234.567,89 €", 1_234_567),
        ("1.234,5", 1234),
        ("5.000.000", 5_000_000),
        ("12,34,567", 1_234_567),
        ("1,23,456", 123_456),
        ("USD 5 million", 5_000_000),
        ("USD 5M", 5_000_000),
        ("2.5M", 2_500_000),
        ("1.2 Mio. €", 1_200_000),
        ("1,5 Mrd.", 1_500_000_000),
        ("5 TEUR", 5_000),
        ("5 crore", 50_000_000),
        ("10k", 10_000),
        ("> 500", 500),
        ("$1-5 million", 1_000_000),
        ("500K - 1M", 500_000),
        ("999999999999999", 999_999_999_999_999),
        ("999999999999999 bn", None),
        ("500-1M", None),
        ("1.234 Mio", None),
        ("5 mil", None),
        ("<50", None),
        ("-5", None),
        ("(5)", None),
        ("5-1", None),
        ("1,2,3", None),
        ("1.2.3", None),
        ("1,234.567,8", None),
        ("1.2E+06", None),
        ("2024-01-22", None),
        ("founded 1998, 50 people", None),
        ("20 branches", None),
        ("many", None),
        ("9" * 30, None),
        ("5" + " " * 200 + "k", None),
        ("", None),
    ],
)
def test_amounts(text, number):
    assert whole_number(text) == number


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("11-50", 11),
        ("51\u2013200", 51),
        ("1,000-5,000 employees", 1000),
        ("1.001-5.000", 1001),
        ("10k+", 10_000),
        ("< 10", 1),
        ("less than 10", 1),
        ("bis 10 Mitarbeiter", 1),
        ("de 50 a 99 empleados", 50),
        ("ca. 50 Mitarbeitende", 50),
        ("1.5k", 1500),
        ("12.0", 12),
        ("1,234", 1234),
        ("12.5", None),
        ("Nov-50", None),
        ("self-employed", None),
    ],
)
def test_numbers_of_people(text, count):
    assert employee_count(text) == count


@pytest.mark.parametrize(
    ("texts", "sign"),
    [
        (["1.234", "5"], ""),
        (["1.234", "1.234,5"], ","),
        (["1.234.567"], ","),
        (["1,234,567 €"], "."),
        (["1234.567"], "."),
        (["0,500"], ","),
        (["1 234,5"], ","),
        (["1.5", "1,5"], MIXED),
        (["n/a", "", "1,2,3,"], ""),
        ([], ""),
    ],
)
def test_which_sign_is_that_of_decimals(texts, sign):
    assert decimal_sign(texts) == sign


@pytest.mark.parametrize(
    ("text", "decimal", "number"),
    [
        ("1.234", "", 1234),
        ("1.234", ",", 1234),
        ("1.234", ".", 1),
        ("1.234", MIXED, None),
        ("1,234", MIXED, None),
        ("1.234 Mio", ",", 1_234_000_000),
        ("1.234 Mio", ".", 1_234_000),
        ("1,5", ".", None),
        ("1.234.567", MIXED, 1_234_567),
        ("1,500.5", MIXED, 1500),
    ],
)
def test_the_sign_of_the_column_decides(text, decimal, number):
    assert whole_number(text, decimal) == number


FORMATS = {
    "en": (",", "."),
    "de": (".", ","),
    "fr": ("\u202f", ","),
    "sv": ("\u00a0", ","),
    "ch": ("\u2019", "."),
    "plain": ("", "."),
}


def written(number: int, cents: int | None, group: str, decimal: str) -> str:
    whole = f"{number:,}".replace(",", group)
    return whole if cents is None else f"{whole}{decimal}{cents:02}"


@given(
    st.integers(0, 10**15 - 1),
    st.none() | st.integers(0, 99),
    st.sampled_from(list(FORMATS.values())),
    st.sampled_from(["{}", "{} €", "$ {}", "EUR {}", "{} USD"]),
)
def test_an_amount_in_a_national_format_is_read_as_it_was_written(number, cents, signs, form):
    text = form.format(written(number, cents, *signs))
    assert whole_number(text) == number
    for decimal in (signs[1], MIXED):
        assert whole_number(text, decimal) in {number, None if decimal == MIXED else number}


@given(st.lists(st.tuples(st.integers(0, 10**9), st.none() | st.integers(0, 99))), st.data())
def test_the_sign_of_a_column_is_never_found_wrong(amounts, data):
    group, decimal = data.draw(st.sampled_from(list(FORMATS.values())))
    texts = [written(number, cents, group, decimal) for number, cents in amounts]
    assert decimal_sign(texts) in {"", decimal}


@given(st.integers(1, 999), st.integers(0, 999), st.sampled_from(".,"), st.sampled_from(".,"))
def test_what_may_be_two_numbers_is_none_in_a_mixed_column(left, right, sign, decimal):
    text = f"{left}{sign}{right:03}"
    assert whole_number(text, MIXED) is None
    assert whole_number(text, decimal) == (left if sign == decimal else left * 1000 + right)


@given(st.integers(1, 10**6), st.integers(1, 10**6), st.sampled_from(list(FORMATS.values())))
def test_a_range_has_its_lower_end(low, high, signs):
    assume(low <= high)
    text = f"{written(low, None, *signs)} - {written(high, None, *signs)}"
    assert employee_count(text) == whole_number(text) == low


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1 Mio. €", "EUR"),
        ("5 MIO EUR", "EUR"),
        ("5 TEUR", "EUR"),
        ("5 million euros", "EUR"),
        ("$5", "USD"),
        ("R$ 5", "BRL"),
        ("5 CHF", "CHF"),
        ("X$5", "USD"),
        ("5 MIO", None),
        ("5 kr", None),
        ("5", None),
    ],
)
def test_currencies(text, code):
    assert currency(text) == code


@given(st.text(max_size=40) | st.text("0123456789.,-\u2013<> kM€", max_size=20))
def test_no_text_breaks_a_reader(text):
    for decimal in ("", ".", ",", MIXED):
        for read in (whole_number, employee_count):
            number = read(text, decimal)
            assert number is None or 0 <= number < 10**15
    currency(text)
    decimal_sign([text])
