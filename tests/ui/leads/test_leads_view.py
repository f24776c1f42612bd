# SPDX-License-Identifier: MIT
"""The Leads view by keys, over a real database."""

from array import array
from enum import IntEnum

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QMenu

from leaddesk.core.services.settings import load_settings
from leaddesk.ui.presenters.lead_columns import USUAL
from tests.helpers.leads import HOSTILE
from tests.helpers.window import settled, type_text

Column = IntEnum("Column", [key.upper() for key, _ in USUAL], start=0)
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def view(win, qtbot):
    qtbot.keyClick(win, Qt.Key.Key_2, CTRL)
    qtbot.waitUntil(lambda: settled(win))
    return win.views.leads


@pytest.fixture
def wait(win, qtbot):
    return lambda: qtbot.waitUntil(lambda: settled(win) and not _pause(win).isActive())


def _pause(win):
    return win.views.leads._search._pause


def names(view):
    model = view.table.model()
    return [model.index(row, Column.NAME).data() for row in range(model.rowCount())]


def shown_name(view):
    return view._page._name.text()


def test_shows_every_lead_and_the_page_of_the_first(view):
    assert len(names(view)) == 12
    assert view._count.text() == "12 leads"
    assert shown_name(view) == "Ingrid Solheim"


def test_the_arrow_keys_walk_through_the_leads(view, qtbot, wait):
    qtbot.keyClick(view.table, Qt.Key.Key_Down)
    wait()
    assert shown_name(view) == "Priya Raman"
    qtbot.keyClick(view.table, Qt.Key.Key_End)
    wait()
    assert shown_name(view).startswith("AAAA")
    qtbot.keyClick(view.table, Qt.Key.Key_Home)
    wait()
    assert shown_name(view) == "Ingrid Solheim"


def test_search_finds_letters_of_every_alphabet(view, qtbot, wait, win):
    qtbot.keyClick(win, Qt.Key.Key_F, CTRL)
    assert view._search.hasFocus()
    type_text(view._search, "الحداد")
    wait()
    assert names(view) == ["سارة الحداد"]
    assert shown_name(view) == "سارة الحداد"
    qtbot.keyClick(view._search, Qt.Key.Key_Escape)
    wait()
    assert len(names(view)) == 12
    qtbot.keyClick(view._search, Qt.Key.Key_Down)
    assert view.table.hasFocus()


def test_a_search_without_result_says_so(view, wait):
    type_text(view._search, "nobody")
    wait()
    assert view._middle.currentWidget() is view._empty
    assert view._page._pages.currentIndex() == 0
    view._search.clear()
    wait()
    assert view._middle.currentWidget() is view.table
    assert shown_name(view) == "Ingrid Solheim"


def test_a_click_on_a_heading_sorts_and_keeps_the_chosen_lead(view, qtbot, wait):
    view.table.selectRow(1)
    wait()
    heading = view.table.heading
    x = heading.sectionViewportPosition(Column.COMPANY) + 20
    pos = heading.rect().center()
    pos.setX(x)
    qtbot.mouseClick(heading.viewport(), Qt.MouseButton.LeftButton, pos=pos)
    wait()
    assert names(view)[1] == "Priya Raman"
    assert heading._order == (Column.COMPANY, False)
    assert shown_name(view) == "Priya Raman"
    assert view.table.currentIndex().row() == 1


def test_keys_sort_and_turn_round(view, qtbot, wait):
    for _ in range(2):
        qtbot.keyClick(view.table, Qt.Key.Key_Right, ALT)
    wait()
    assert view.table.heading._order == (Column.NAME, False)
    qtbot.keyClick(view.table, Qt.Key.Key_Down, ALT)
    wait()
    assert view.table.heading._order == (Column.NAME, True)


def test_keys_show_the_next_view(view, qtbot, wait):
    qtbot.keyClick(view.table, Qt.Key.Key_Down, CTRL)
    wait()
    assert view._count.text() == "11 leads"
    qtbot.keyClick(view.table, Qt.Key.Key_Down, CTRL)
    wait()
    assert view._middle.currentWidget() is view._empty


def test_enter_calls_the_chosen_lead(view, qtbot, win):
    called = []
    win.context.start_call = called.append
    view.table.setFocus()
    qtbot.keyClick(view.table, Qt.Key.Key_Return)
    assert called == [view.table.model().lead(0).lead_id]


def test_a_lead_named_like_markup_is_shown_as_written(view, wait):
    row = names(view).index(HOSTILE)
    view.table.selectRow(row)
    wait()
    assert shown_name(view) == HOSTILE
    assert not view._page._call.isEnabled()
    for label in view._page.findChildren(QLabel):
        assert "<img" not in label.text() or label.textFormat() == Qt.TextFormat.PlainText
        assert "<img" not in label.toolTip()


def test_a_name_that_is_too_long_is_cut_and_its_tip_has_it_all(view, wait):
    view.table.selectRow(11)
    wait()
    assert "A" * 80 in view._page._name.toolTip()
    assert view._page.width() == 372


def test_an_empty_profile_says_how_leads_come_in(open_window, profile, qtbot):
    win = open_window(profile)
    win.open_view("leads")
    qtbot.waitUntil(lambda: settled(win))
    assert win.views.leads._empty._what.text() == "No leads yet"
    assert "Ctrl I" in win.views.leads._empty._todo.text()


def test_what_is_read_aloud(view):
    index = view.table.model().index(0, Column.COMPANY)
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Company: Fjordline Logistics"


def press(qtbot, win, key, modifier=CTRL):
    qtbot.keyClick(win.focusWidget() or win, key, modifier)


def company_of(view, name):
    """The company of a lead, wherever its new priority puts it."""
    return view._model.index(names(view).index(name), Column.COMPANY).data()


def test_a_cell_is_changed_with_f2_and_taken_back(view, qtbot, wait, win):
    view.table.setFocus()
    qtbot.keyClick(view.table, Qt.Key.Key_Down)
    for _ in range(Column.COMPANY):
        qtbot.keyClick(view.table, Qt.Key.Key_Right)
    press(qtbot, win, Qt.Key.Key_F2, Qt.KeyboardModifier.NoModifier)
    editor = view.table.findChild(QLineEdit)
    assert (editor.text(), editor.accessibleName()) == ("Corvane Foods", "Company")
    editor.selectAll()
    type_text(editor, HOSTILE)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: company_of(view, "Priya Raman") == HOSTILE)
    wait()
    assert win._state.text() == "Company changed. Ctrl Z takes it back."
    assert any("changed" in label.text() for label in view._page.findChildren(QLabel))
    qtbot.waitUntil(view.table.hasFocus)
    assert win._stack.currentWidget() is view, "the Enter that ends typing calls nobody"
    press(qtbot, win, Qt.Key.Key_Z)
    qtbot.waitUntil(lambda: company_of(view, "Priya Raman") == "Corvane Foods")
    wait()


def test_what_follows_is_not_changed_by_hand(view, qtbot, win):
    view.table.setFocus()
    press(qtbot, win, Qt.Key.Key_F2, Qt.KeyboardModifier.NoModifier)
    assert view.table.findChild(QLineEdit) is None
    assert "follows" in win._state.text()


def test_a_condition_is_put_together_by_keys(view, qtbot, wait, win):
    view.table.setFocus()
    press(qtbot, win, Qt.Key.Key_L)
    assert view._filter._field.hasFocus()
    type_text(view._filter._field, "Source")
    assert view._filter._field.currentText() == "Source"
    type_text(view._filter._value, "trade fair")
    qtbot.keyClick(view._filter._value, Qt.Key.Key_Return)
    wait()
    assert names(view) == ["Tomás Herrera", "Oleksandr Bondar"]
    assert view.table.hasFocus()
    chip = view._chips._chips[0]
    assert chip.text() == "Source is trade fair ✕"
    qtbot.keyClick(chip, Qt.Key.Key_Space)
    wait()
    assert len(names(view)) == 12


def test_a_condition_that_cannot_be_is_told_in_its_line(view, qtbot):
    view._filter.open()
    qtbot.keyClick(view._filter._value, Qt.Key.Key_Return)
    assert view._filter.isVisible()
    assert view._filter._problem.text()
    qtbot.keyClick(view._filter._value, Qt.Key.Key_Escape)
    assert not view._filter.isVisible()


def choose(qtbot, box, text):
    """Choose an entry of a drop-down as one does with the arrows."""
    qtbot.keyClick(box, Qt.Key.Key_Home)
    for _ in range(box.count()):
        if box.currentText() == text:
            return
        qtbot.keyClick(box, Qt.Key.Key_Down)
    raise AssertionError(f"{text} is not there")


@pytest.mark.parametrize(
    "asked",
    [
        ("Source", "is", "trade fair", "Source is trade fair", 2),
        ("Company", "contains", "corv", "Company contains corv", 1),
        ("Company", "is empty", "", "Company is empty", 1),
        ("Employees", "is between", "100 and 1,200", "Employees is between 100 and 1,200", 5),
        ("Added", "in the past \u2026 days", "7", "Added in the past 7 days", 0),
    ],
)
def test_every_kind_of_question_is_put_by_keys_alone(view, qtbot, wait, win, asked):
    field, question, typed, said, number = asked
    view.table.setFocus()
    press(qtbot, win, Qt.Key.Key_L)
    choose(qtbot, win.focusWidget(), field)
    qtbot.keyClick(win.focusWidget(), Qt.Key.Key_Tab)
    assert win.focusWidget().accessibleName() == "Question"
    choose(qtbot, win.focusWidget(), question)
    if typed:
        qtbot.keyClick(win.focusWidget(), Qt.Key.Key_Tab)
        assert win.focusWidget().accessibleName() == "Value"
        assert win.focusWidget().accessibleDescription(), "what is to be typed is heard as well"
        type_text(win.focusWidget(), typed)
    qtbot.keyClick(win.focusWidget(), Qt.Key.Key_Return)
    wait()
    assert view.table.hasFocus() or not number
    assert view._chips._chips[0].accessibleName() == f"{said}, let go"
    assert view._count.text() == f"{number} lead{'' if number == 1 else 's'}"


def test_alt_down_opens_the_list_of_fields_and_leaves_the_order(view, qtbot, win):
    order = view.table.heading._order
    view.table.setFocus()
    press(qtbot, win, Qt.Key.Key_L)
    press(qtbot, win, Qt.Key.Key_Down, ALT)
    assert view._filter._field.view().isVisible()
    view._filter._field.hidePopup()
    assert view.table.heading._order == order


def save_as(qtbot, wait, win, name):
    press(qtbot, win, Qt.Key.Key_S)
    type_text(win.focusWidget(), name)
    qtbot.keyClick(win.focusWidget(), Qt.Key.Key_Return)
    wait()


def own_lists(view):
    return [line.accessibleName() for line in view._views._lines.values()][5:]


def test_a_segment_is_renamed_deleted_and_both_are_taken_back_by_keys(view, qtbot, wait, win):
    shift = CTRL | Qt.KeyboardModifier.ShiftModifier
    view.table.setFocus()
    for search, name in (("corvane", "Corvane"), ("fjordline", "Fjord")):
        view._search.setText(search)
        wait()
        view.table.setFocus()
        save_as(qtbot, wait, win, name)
    press(qtbot, win, Qt.Key.Key_S, shift)
    line = win.focusWidget()
    assert (line.text(), line.selectedText()) == ("Fjord", "Fjord")
    assert line.accessibleName() == "Rename the segment"
    type_text(line, "corvane")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    wait()
    assert line.hasFocus()
    assert line.text() == "corvane"
    assert view._ask._problem.text() == "There is a segment Corvane already. Type another name."
    assert "already" in line.accessibleDescription()
    line.selectAll()
    type_text(line, "Żółw & <b>")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    wait()
    qtbot.waitUntil(lambda: own_lists(view) == ["Corvane, 1", "Żółw & <b>, 1"])
    press(qtbot, win, Qt.Key.Key_D, shift)
    qtbot.waitUntil(lambda: own_lists(view) == ["Corvane, 1"])
    wait()
    press(qtbot, win, Qt.Key.Key_Z)
    qtbot.waitUntil(lambda: own_lists(view) == ["Corvane, 1", "Żółw & <b>, 1"])
    wait()
    press(qtbot, win, Qt.Key.Key_Z)
    qtbot.waitUntil(lambda: own_lists(view) == ["Corvane, 1", "Fjord, 1"])
    wait()


def test_several_leads_get_a_tag_and_a_segment(view, qtbot, wait, win):
    view.table.setFocus()
    qtbot.keyClick(view.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert view._count.text() == "12 leads · 2 chosen"
    assert view._many.isVisible()
    press(qtbot, win, Qt.Key.Key_T)
    type_text(view._ask._line, "fair")
    qtbot.keyClick(view._ask._line, Qt.Key.Key_Return)
    wait()
    assert win._state.text() == "Tag fair added to 2 leads. Ctrl Z takes it back."
    qtbot.waitUntil(lambda: [chip.text() for chip in view._views._tags] == ["fair 2"])
    press(qtbot, win, Qt.Key.Key_A)
    press(qtbot, win, Qt.Key.Key_G)
    type_text(view._ask._line, "Everybody")
    qtbot.keyClick(view._ask._line, Qt.Key.Key_Return)
    wait()
    qtbot.waitUntil(
        lambda: "Everybody, 12" in [line.accessibleName() for line in view._views._lines.values()]
    )


def test_columns_are_chosen_moved_and_remembered(view, wait, win):
    view._choose_columns()
    (menu,) = view.findChildren(QMenu)
    next(action for action in menu.actions() if action.text() == "Phone").trigger()
    menu.close()
    wait()
    assert "Phone" in [column.heading for column in view._model.columns]
    view.table.heading.moveSection(2, 0)
    wait()
    assert view._model.columns[0].key == "company"
    view.table.heading.resizeSection(0, 333)
    wait()
    assert view._presenter.layout[0] == ("company", 333)
    saved = load_settings(win.context._work.profile)[0].lead_columns
    assert saved.startswith("company:333 grade:62 name:0")


def test_a_list_of_half_a_million_scrolls_without_waiting(view, wait):
    view._model.show(array("q", range(1, 500_001)))
    view.table.verticalScrollBar().setValue(view.table.verticalScrollBar().maximum())
    view.table.grab()
    assert view._model.index(499_999, Column.NAME).data() == "…", "a quiet sign until it is read"
    wait()
