# SPDX-License-Identifier: MIT
"""The lead table: pages come when they are looked at, and never twice without need."""

from array import array
from datetime import UTC, datetime
from enum import IntEnum

import pytest
from PySide6.QtCore import Qt

from leaddesk.core.services.lead_list import ListRow
from leaddesk.ui.models.lead_table import (
    KEPT_PAGES,
    LEAD_ROLE,
    PAGE,
    SORT_ROLE,
    WAITING_PAGES,
    LeadTable,
)
from leaddesk.ui.presenters.lead_columns import COLUMNS, USUAL
from leaddesk.ui.presenters.row_texts import NOTHING

Column = IntEnum("Column", [key.upper() for key, _ in USUAL], start=0)

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
TEXT = Qt.ItemDataRole.DisplayRole
SPOKEN = Qt.ItemDataRole.AccessibleTextRole


def line(row_id: int, name: str = "", **fields) -> ListRow:
    row = ListRow(
        row_id=row_id,
        lead_id=f"L{row_id}",
        name=name or f"Lead {row_id}",
        title="",
        company="Weber GmbH",
        grade="A1",
        source="",
        employees=1200,
        status="NEW",
        phone="",
        last_activity_at="2026-11-22T09:30:00+00:00",
        decided="",
        note="new",
    )
    return row._replace(**fields)


class Database:
    """Answers when it is told to."""

    def __init__(self) -> None:
        self.asked = []
        self.name = ""

    def fetch(self, row_ids, done):
        self.asked.append((list(row_ids), done))

    def answer(self):
        row_ids, done = self.asked.pop(0)
        done([line(row_id, self.name) for row_id in row_ids])
        return row_ids


@pytest.fixture
def database():
    return Database()


@pytest.fixture
def model(database):
    made = LeadTable(database.fetch, lambda: NOW)
    made.show(array("q", range(1, 1001)))
    return made


def cell(model, row, column, role=TEXT):
    return model.data(model.index(row, column), role)


def test_keeps_the_rules_of_qt(qtmodeltester):
    model = LeadTable(lambda ids, done: done([line(i) for i in ids]), lambda: NOW)
    model.show(array("q", range(300)))
    qtmodeltester.check(model)
    model.refresh(None)
    model.show(array("q", range(5)))
    qtmodeltester.check(model)


def test_a_line_is_a_placeholder_until_it_is_here(model, database):
    assert cell(model, 0, Column.NAME) == "…"
    assert cell(model, 0, Column.COMPANY) == ""
    assert cell(model, 0, Column.NAME, LEAD_ROLE) is None
    assert cell(model, 0, Column.EMPLOYEES, SORT_ROLE) is None
    assert database.answer() == list(range(1, PAGE + 1))
    assert cell(model, 0, Column.NAME) == "Lead 1"


def test_what_a_cell_says(model, database):
    cell(model, 0, Column.NAME)
    database.answer()
    assert [cell(model, 0, column) for column in Column] == [
        "A1",
        "Lead 1",
        "Weber GmbH",
        NOTHING,
        "1,200",
        "New",
        "2 h ago",
    ]
    assert cell(model, 0, Column.COMPANY, SPOKEN) == "Company: Weber GmbH"
    assert cell(model, 0, Column.EMPLOYEES, SORT_ROLE) == 1200
    assert cell(model, 0, Column.NAME, LEAD_ROLE).lead_id == "L1"
    assert cell(model, 0, Column.NAME, Qt.ItemDataRole.DecorationRole) is None


def test_an_arriving_page_announces_exactly_its_lines(model, database, qtbot):
    cell(model, 999, Column.NAME)
    with qtbot.waitSignal(model.dataChanged) as caught:
        database.answer()
    first, last, _ = caught.args
    assert (first.row(), last.row()) == (896, 999)
    assert (first.column(), last.column()) == (0, len(Column) - 1)


def test_one_page_is_asked_for_once(model, database):
    for _ in range(3):
        cell(model, 0, Column.NAME)
        cell(model, 1, Column.NAME)
    assert len(database.asked) == 1


def test_after_a_long_scroll_the_last_pages_come_first_and_few(model, database):
    for row in range(0, 1000, PAGE):
        cell(model, row, Column.NAME)
    fetched = []
    while database.asked:
        fetched.append(database.answer()[0] // PAGE)
    assert fetched == [0, 7, 6, 5, 4]
    assert len(fetched) == 1 + WAITING_PAGES


def test_lines_of_another_list_are_not_taken(model, database):
    cell(model, 0, Column.NAME)
    model.show(array("q", range(5000, 5100)))
    database.answer()
    assert cell(model, 0, Column.NAME) == "…"
    database.answer()
    assert cell(model, 0, Column.NAME) == "Lead 5000"


def test_the_same_list_again_changes_nothing(model, database, qtbot):
    cell(model, 0, Column.NAME)
    database.answer()
    with qtbot.assertNotEmitted(model.modelReset):
        model.show(array("q", range(1, 1001)))
    assert cell(model, 0, Column.NAME) == "Lead 1"
    assert not database.asked


def test_a_line_in_sight_stays_through_another_order(model, database):
    cell(model, 0, Column.NAME)
    database.answer()
    model.show(array("q", [3, 2, 1]))
    assert cell(model, 0, Column.NAME) == "Lead 3"
    database.name = "Renamed"
    database.answer()
    assert cell(model, 0, Column.NAME) == "Renamed"


@pytest.mark.parametrize("changed", [frozenset({"L5"}), None])
def test_a_changed_lead_is_read_again(model, database, changed):
    cell(model, 0, Column.NAME)
    database.answer()
    database.name = "Renamed"
    model.refresh(changed)
    assert cell(model, 4, Column.NAME) == "Lead 5", "the old line stays until the new one is here"
    database.answer()
    assert cell(model, 4, Column.NAME) == "Renamed"


def test_leads_out_of_sight_are_not_read_again(model, database):
    cell(model, 0, Column.NAME)
    database.answer()
    model.refresh(frozenset({"L900", "unknown"}))
    cell(model, 0, Column.NAME)
    assert not database.asked


def test_a_line_read_before_the_change_is_not_taken(model, database):
    cell(model, 0, Column.NAME)
    database.answer()
    cell(model, PAGE, Column.NAME)
    model.refresh(None)
    database.answer()
    database.name = "Renamed"
    while database.asked:
        database.answer()
    assert cell(model, PAGE, Column.NAME) == "Renamed"


def test_pages_not_looked_at_for_long_are_let_go(database):
    model = LeadTable(database.fetch, lambda: NOW)
    model.show(array("q", range((KEPT_PAGES + 2) * PAGE)))
    for number in range(KEPT_PAGES + 1):
        cell(model, number * PAGE, Column.NAME)
        database.answer()
    assert len(model._pages) == KEPT_PAGES
    cell(model, 0, Column.NAME)
    assert len(database.asked) == 1


def test_where_a_lead_stands(model):
    assert model.row_of(7) == 6
    assert model.row_id(6) == 7
    assert model.row_of(5000) == -1


def test_all_of_a_list_comes_behind_its_first_lines(model, database, qtbot):
    model.show(array("q", range(1, 51)))
    cell(model, 0, Column.NAME)
    database.answer()
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.rowsInserted) as caught:
        model.show(array("q", range(1, 1001)))
    assert tuple(caught.args[1:]) == (50, 999)
    assert cell(model, 0, Column.NAME) == "Lead 1", "it stays in sight"
    while database.asked:
        database.answer()
    assert cell(model, 60, Column.NAME) == "Lead 61"


def test_other_columns_can_be_shown(model, database):
    cell(model, 0, Column.NAME)
    database.answer()
    model.show_columns((("company", 0), ("phone", 90)))
    assert model.columnCount() == 2
    assert [cell(model, 0, column) for column in range(2)] == ["Weber GmbH", NOTHING]
    assert model.headerData(1, Qt.Orientation.Horizontal) == "Phone"


def test_a_cell_asks_to_be_changed(model, database, qtbot):
    index = model.index(0, Column.COMPANY)
    editable = Qt.ItemFlag.ItemIsEditable
    assert not model.flags(index) & editable, "not before it is here"
    database.answer()
    assert model.flags(index) & editable
    assert not model.flags(model.index(0, Column.GRADE)) & editable
    assert cell(model, 0, Column.COMPANY, Qt.ItemDataRole.EditRole) == "Weber GmbH"
    with qtbot.assertNotEmitted(model.edited):
        assert model.setData(index, "Weber GmbH")
    with qtbot.waitSignal(model.edited) as caught:
        assert model.setData(index, "Acme")
    row, column, text = caught.args
    assert (row.lead_id, column, text) == ("L1", COLUMNS["company"], "Acme")
    assert not model.setData(index, "Acme", Qt.ItemDataRole.DisplayRole)
