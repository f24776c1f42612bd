# SPDX-License-Identifier: MIT
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaddesk.core.store import sorting
from leaddesk.core.store.table_rows import TableRow
from leaddesk.ui.presenters.lead_columns import (
    COLUMNS,
    USUAL,
    cell_text,
    edit_text,
    read_layout,
    toggled,
    write_layout,
)
from leaddesk.ui.presenters.row_texts import NOTHING

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
EMPTY = TableRow(
    *[1, "L1", *[""] * 7, None, None, *[""] * 6, "NEW", *[""] * 3, 0, None, None, None]
)
FULL = EMPTY._replace(
    name="Ann", employees=1200, revenue=5_000_000, currency="EUR", tags='["a","<b>"]',
    decided="pass", created_at="2026-11-22T09:30:00.000000Z",
)  # fmt: skip


def test_every_column_is_shown_and_can_be_sorted_by():
    for key, column in COLUMNS.items():
        assert key in sorting.ORDERS
        assert cell_text(EMPTY, column, NOW)
        assert isinstance(edit_text(FULL, column), str)


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("name", "Ann"), ("employees", "1,200"), ("revenue", "5,000,000 EUR"), ("tags", "a, <b>"),
        ("decided", "Pass"), ("created_at", "2 h ago"), ("status", "New"), ("city", NOTHING),
        ("last_activity_at", NOTHING),
    ],
)  # fmt: skip
def test_what_a_cell_says(key, said):
    assert cell_text(FULL, COLUMNS[key], NOW) == said


def test_an_editor_begins_with_what_can_be_read_again():
    assert edit_text(FULL, COLUMNS["tags"]) == "a; <b>"
    assert edit_text(FULL, COLUMNS["employees"]) == "1200"
    assert edit_text(EMPTY, COLUMNS["employees"]) == ""


layouts = st.lists(
    st.tuples(st.sampled_from(sorted(COLUMNS)), st.sampled_from((0, 40, 180, 900))),
    min_size=1,
    unique_by=lambda one: one[0],
).map(tuple)


@given(layouts)
def test_a_layout_is_remembered(layout):
    assert read_layout(write_layout(layout)) == layout


@given(st.text())
def test_a_setting_that_is_no_layout_is_the_usual_one_or_what_is_known_of_it(text):
    assert all(key in COLUMNS for key, _ in read_layout(text))
    assert read_layout("mood:3 nothing") == USUAL


@given(layouts, st.sampled_from(sorted(COLUMNS)))
def test_a_column_comes_and_goes_and_one_stays(layout, key):
    once = toggled(layout, key)
    assert once
    if key not in dict(layout):
        assert dict(once)[key] == COLUMNS[key].width
        assert toggled(once, key) == layout
    elif len(layout) > 1:
        assert key not in dict(once)
