# SPDX-License-Identifier: MIT
"""What a column says of itself, and that its readers never exchange day and month."""

import json
from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaddesk.core.domain.column_checks import DateOrder
from leaddesk.core.domain.rows import ColumnMap
from leaddesk.core.formats.column_checks import (
    ColumnTally,
    check_column,
    date_reader,
    number_reader,
)
from leaddesk.core.formats.csv_reader import CsvRow
from leaddesk.core.formats.lead_rows import read_leads

YMD, DMY, MDY = DateOrder
OPEN = "day and month are not told apart, or not everywhere alike"
SHORT_YEARS = "years of two digits are 1970 to 2069"


def counted(field, values, parts=1):
    """Return the check of a column as it is counted while its rows are read, in some parts."""
    columns = (ColumnMap("Column", field), ColumnMap("Name", "last_name"))
    rows = [CsvRow(2 + at, (value, "Weber")) for at, value in enumerate(values)]
    whole = ColumnTally(field)
    for part in range(parts):
        tally = ColumnTally(field)
        for chunk in read_leads(
            rows[part::parts], columns, system="csv", country="DE",
            checks=(check_column(field, values), None), tallies=(tally, None),
        ):  # fmt: skip
            assert len(chunk.lines) == len(rows[part::parts])
        whole.add(json.loads(json.dumps(tally.told)))
    return whole.check


@pytest.mark.parametrize(
    ("field", "values", "counts", "first_kept", "remarks"),
    [
        ("created_at", ["22/01/2024", "05/03/2024", "n/a", ""], (2, 1, 1), [(4, "n/a")],
         ["day before month"]),
        ("created_at", ["9/21/20 10:00", "1/2/20 9:00"], (2, 0, 0), [],
         ["month before day", SHORT_YEARS, "times are taken for UTC"]),
        ("created_at", ["05/03/2024", "2024-03-05"], (1, 1, 0), [(2, "05/03/2024")], [OPEN]),
        ("created_at", ["22/01/2024", "01/22/2024"], (0, 2, 0),
         [(2, "22/01/2024"), (3, "01/22/2024")], [OPEN]),
        ("created_at", ["2024-03-05T10:00Z"], (1, 0, 0), [], []),
        ("created_at", ["45313", "45314.5", "45315", " "], (3, 0, 1), [],
         ["days as a spreadsheet counts them"]),
        ("created_at", ["45313"], (0, 1, 0), [(2, "45313")], []),
        ("revenue", ["1.234,50", "1.234"], (2, 0, 0), [], ["decimal comma"]),
        ("revenue", ["1.5", "1,5", "1.234"], (2, 1, 0), [(4, "1.234")],
         ["point and comma are both used for decimals"]),
        ("employees", ["11-50", "many", "0", " "], (2, 1, 1), [(3, "many")], []),
        ("phone", ["030 123456", "4.93E+11", ""], (1, 1, 1), [(3, "4.93E+11")],
         ["1 rounded by a spreadsheet, as 4.41E+11"]),
        ("phone", ["ask him", " ", "12"], (0, 2, 1), [(2, "ask him"), (4, "12")], []),
        ("email", ["ada@example.com", "ada@", "x" * 300], (1, 2, 0),
         [(3, "ada@"), (4, "x" * 200)], []),
        ("country", ["Deutschland", "Atlantis", ""], (1, 1, 1), [(3, "Atlantis")], []),
        ("do_not_call", ["no", "yes", "perhaps", "\t"], (2, 1, 1), [(4, "perhaps")], []),
        ("company", ["Weber GmbH", " "], (1, 0, 1), [], []),
        ("company", ["", " "], (0, 0, 2), [], []),
        ("external_id", ["7", " "], (1, 0, 1), [], []),
        ("company", [], (0, 0, 0), [], []),
    ],
)  # fmt: skip
def test_all_cells_of_a_column_are_counted(field, values, counts, first_kept, remarks):
    check = counted(field, values)
    assert (check.valid_count, check.kept_count, check.blank_count) == counts
    assert list(check.first_kept) == first_kept
    assert list(check.remarks) == remarks


FORMS = {YMD: "%y-%m-%d", DMY: "%d/%m/%Y", MDY: "%m/%d/%Y"}


@given(
    st.lists(st.dates(date(1970, 1, 1), date(2069, 12, 31)), min_size=1, max_size=20),
    st.sampled_from(DateOrder),
)
def test_a_date_of_a_column_is_read_right_or_not_at_all(days, order):
    texts = [day.strftime(FORMS[order]) for day in days]
    check = check_column("created_at", texts)
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


@given(
    st.sampled_from(["created_at", "revenue", "employees", "phone", "email", "country", "company"]),
    st.lists(st.text(max_size=12) | st.sampled_from(["1.5", "1,5", "3/4/24", "13/4/24", "45313"])),
)
def test_parts_of_a_column_add_up_to_the_whole(field, values):
    check = counted(field, values)
    assert check.valid_count + check.kept_count + check.blank_count == len(values)
    assert bool(check.first_kept) == bool(check.kept_count)
    assert counted(field, values, 2) == check
    assert check.is_read_as == check_column(field, values).is_read_as
