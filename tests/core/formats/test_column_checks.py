# SPDX-License-Identifier: MIT
"""What a column says of itself, and that its readers never exchange day and month."""

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaddesk.core.domain.column_checks import DateOrder
from leaddesk.core.formats.column_checks import check_column, date_reader, number_reader

YMD, DMY, MDY = DateOrder
OPEN = "day and month are not told apart, or not everywhere alike"
SHORT_YEARS = "years of two digits are 1970 to 2069"


@pytest.mark.parametrize(
    ("field", "values", "sentence"),
    [
        ("created_at", ["22/01/2024", "05/03/2024", "n/a", ""],
         "2 valid, 1 kept as written (first: n/a); day before month"),
        ("created_at", ["9/21/20 10:00", "1/2/20 9:00"],
         f"2 valid; month before day; {SHORT_YEARS}; times are taken for UTC"),
        ("created_at", ["05/03/2024", "2024-03-05"],
         f"1 valid, 1 kept as written (first: 05/03/2024); {OPEN}"),
        ("created_at", ["22/01/2024", "01/22/2024"],
         f"0 valid, 2 kept as written (first: 22/01/2024); {OPEN}"),
        ("created_at", ["2024-03-05T10:00Z"], "1 valid"),
        ("created_at", ["45313", "45314.5", "45315"], "3 valid; days as a spreadsheet counts them"),
        ("created_at", ["45313"], "0 valid, 1 kept as written (first: 45313)"),
        ("revenue", ["1.234,50", "1.234"], "2 valid; decimal comma"),
        ("revenue", ["1.5", "1,5", "1.234"],
         "2 valid, 1 kept as written (first: 1.234); point and comma are both used for decimals"),
        ("employees", ["11-50", "many"], "1 valid, 1 kept as written (first: many)"),
        ("phone", ["030 123456", "4.93E+11"],
         "1 valid, 1 kept as written (first: 4.93E+11); 1 rounded by a spreadsheet, as 4.41E+11"),
        ("email", ["ada@example.com", "ada@"], "1 valid, 1 kept as written (first: ada@)"),
        ("country", ["Deutschland", "Atlantis"], "1 valid, 1 kept as written (first: Atlantis)"),
        ("company", ["Weber GmbH", " "], "1 valid"),
        ("company", ["", " "], "No cell has anything in it"),
        ("", [], "No cell has anything in it"),
    ],
)  # fmt: skip
def test_a_check_in_words(field, values, sentence):
    assert check_column(field, values, country="DE").sentence == sentence


def test_an_order_that_is_known_helps_where_no_cell_tells_it():
    check = check_column("created_at", ["05/03/2024"], order=DMY)
    assert date_reader(check)("05/03/2024") == datetime(2024, 3, 5, tzinfo=UTC)
    told = check_column("created_at", ["05/13/2024"], order=DMY)
    assert told.order is MDY


FORMS = {YMD: "%y-%m-%d", DMY: "%d/%m/%Y", MDY: "%m/%d/%Y"}


@given(
    st.lists(st.dates(date(1970, 1, 1), date(2069, 12, 31)), min_size=1, max_size=20),
    st.sampled_from(DateOrder),
)
def test_a_date_of_a_column_is_read_right_or_not_at_all(days, order):
    texts = [day.strftime(FORMS[order]) for day in days]
    check = check_column("created_at", texts)
    assert check.valid_count + check.kept_count == len(days)
    assert check.is_order_open or check.order is order
    read = date_reader(check)
    for day, text in zip(days, texts, strict=True):
        expected = None if check.is_order_open else datetime.combine(day, time(), UTC)
        assert read(text) == expected


@given(
    st.lists(st.tuples(st.integers(0, 10**9), st.integers(0, 99)), min_size=1),
    st.sampled_from([(",", "."), (".", ",")]),
)
def test_an_amount_of_a_column_is_read_as_it_was_written(amounts, signs):
    group, decimal = signs
    texts = [f"{n:,}".replace(",", group) + f"{decimal}{cents:02}" for n, cents in amounts]
    read = number_reader(check_column("revenue", texts))
    assert [read(text) for text in texts] == [number for number, _ in amounts]


@given(st.sampled_from(["created_at", "revenue", "phone", "email", "company"]), st.lists(st.text()))
def test_every_cell_is_counted(field, values):
    check = check_column(field, values)
    assert check.valid_count + check.kept_count + check.blank_count == len(values)
    assert bool(check.first_kept) == bool(check.kept_count)
