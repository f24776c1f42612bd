# SPDX-License-Identifier: MIT
"""What is asked beside the call, by keys in the real window: where the focus goes, what keys do."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLabel

from leaddesk.ui.call.call_field import CallField
from leaddesk.ui.call.choice_row import ChoiceRow
from tests.helpers.leads import HOSTILE

KEY = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


def panel(call):
    return call.assessment._panel


def here():
    """The name of what has the focus."""
    return QApplication.focusWidget().accessibleName()


def picked(call):
    rows = panel(call).findChildren(ChoiceRow)
    return [row.text() for row in rows if row.isVisible() and row.isChecked()]


def lines(call):
    return [line for line in panel(call).findChildren(CallField) if line.isVisible()]


def is_open(call):
    return call.assessment._pages.currentIndex() == 1


# The focus


def test_a_panel_of_choices_has_the_focus_itself(at_problem, press):
    press(KEY.Key_O, CTRL)
    assert panel(at_problem).hasFocus()
    assert here().startswith("They say.")


def test_the_line_that_is_missing_has_the_focus(at_problem, press):
    press(KEY.Key_N, ALT)
    assert panel(at_problem).hasFocus(), "a reason first, by its key"
    press(KEY.Key_1)
    assert "Why decide now?" in here()


def test_typing_is_not_disturbed_by_what_is_missing_next(at_problem, press, write):
    press(KEY.Key_P, ALT)
    write("they insist")
    why, step, _when, _who = lines(at_problem)
    assert (why.text(), step.text()) == ("they insist", "")
    assert why.hasFocus()
    press(KEY.Key_Return)
    assert step.hasFocus(), "Enter goes to what is still missing"
    assert at_problem.presenter.call_lead_id
    write("demo")
    press(KEY.Key_Return)
    assert at_problem.presenter.call_lead_id == ""


@pytest.mark.usefixtures("at_problem")
def test_tab_goes_through_the_lines_to_the_buttons(press, write):
    press(KEY.Key_P, ALT)
    write("because")
    names = []
    for _tab in range(4):
        press(KEY.Key_Tab)
        names.append(here())
    assert names == ["Next step", "When", "Who in sales receives it", "Back to call"]


def test_a_new_panel_takes_the_focus_from_the_line_of_the_one_before(at_problem, press):
    press(KEY.Key_P, ALT)
    assert isinstance(QApplication.focusWidget(), CallField)
    press(KEY.Key_J, CTRL)
    assert panel(at_problem).hasFocus()
    assert lines(at_problem) == []


# Keys


def test_a_digit_with_alt_picks_while_a_line_is_typed_in(at_problem, press, write):
    press(KEY.Key_P, ALT)
    write("they insist 1")
    assert lines(at_problem)[0].text() == "they insist 1"
    assert not picked(at_problem)
    press(KEY.Key_1, ALT)
    assert len(picked(at_problem)) == 1
    assert lines(at_problem)[0].text() == "they insist 1"
    press(KEY.Key_1, ALT)
    assert not picked(at_problem)


def test_what_is_typed_into_a_line_picks_nothing(at_problem, press, write):
    press(KEY.Key_N, ALT)
    press(KEY.Key_2)
    before = picked(at_problem)
    assert len(before) == 1
    write("1 3 abc 9")
    assert lines(at_problem)[0].text() == "1 3 abc 9"
    assert picked(at_problem) == before
    assert is_open(at_problem)


def test_a_key_picks_from_wherever_no_line_is_typed_in(at_problem, press):
    press(KEY.Key_N, ALT)
    at_problem.queue.list.setFocus()
    press(KEY.Key_2)
    assert len(picked(at_problem)) == 1


def test_letters_pick_where_digits_are_used_up(at_problem, press, write):
    press(KEY.Key_J, CTRL)
    keys = [row.key for row in panel(at_problem).findChildren(ChoiceRow) if row.isVisible()]
    assert "a" in keys
    write("a")
    assert not is_open(at_problem)
    stops = at_problem.presenter.live.way.stops
    assert at_problem.presenter.live.way.stop == stops[9]


def test_a_click_picks(at_problem, press, qtbot):
    press(KEY.Key_O, CTRL)
    (row,) = [r for r in panel(at_problem).findChildren(ChoiceRow) if r.text() == "Too expensive"]
    qtbot.mouseClick(row, Qt.MouseButton.LeftButton)
    assert not is_open(at_problem)
    assert at_problem.script.stage._badge.text() == "Objection · Too expensive"


@pytest.mark.parametrize("is_in_line", [True, False])
def test_esc_goes_back_to_the_call(at_problem, press, write, is_in_line):
    press(KEY.Key_P, ALT)
    if is_in_line:
        write("half a")
    else:
        panel(at_problem).setFocus()
    press(KEY.Key_Escape)
    assert not is_open(at_problem)
    assert at_problem.script.stage.hasFocus()
    press(KEY.Key_1)
    assert at_problem.presenter.live.value == "measured"


def test_esc_before_a_call_goes_back_to_the_queue(call, press, write):
    press(KEY.Key_K, CTRL)
    assert here() == "Phone number"
    write("+44")
    press(KEY.Key_Escape)
    assert not is_open(call)
    assert call.queue.list.hasFocus()


def test_enter_does_nothing_while_something_is_missing(at_problem, press):
    press(KEY.Key_P, ALT)
    confirm = panel(at_problem)._confirm
    assert not confirm.isEnabled()
    assert panel(at_problem)._missing.text() == "Say in one line why."
    press(KEY.Key_Return)
    assert is_open(at_problem)


def test_a_lead_is_called_from_its_number_alone(call, press, write):
    press(KEY.Key_K, CTRL)
    write("+44 20 7946 0001")
    press(KEY.Key_Return)
    assert call.script.header._name.text() == "+44 20 7946 0001"
    assert call.script.stage.hasFocus()
    assert call.queue.current().lead_id == call.presenter.call_lead_id


def test_asked_never_to_be_called_again_takes_two_keys(at_problem, press):
    press(KEY.Key_D, CTRL)
    press(KEY.Key_1)
    assert at_problem.presenter.call_lead_id == ""
    assert not is_open(at_problem)
    assert at_problem.queue.list.hasFocus()


# What is shown


def test_the_decision_that_is_being_taken_is_marked(at_problem, press):
    press(KEY.Key_N, ALT)
    checked = [b.text() for b in at_problem.assessment._buttons.values() if b.isChecked()]
    assert checked == ["Nurture"]
    press(KEY.Key_Escape)
    checked = [b.text() for b in at_problem.assessment._buttons.values() if b.isChecked()]
    assert checked == []


def test_lines_to_read_are_shown_and_go_again(at_problem, press):
    press(KEY.Key_R, CTRL)
    press(KEY.Key_Escape)
    press(KEY.Key_L, CTRL)
    assert panel(at_problem)._title.text() == "How the score came about"
    assert not panel(at_problem)._confirm.isVisible()
    press(KEY.Key_H, CTRL)
    assert panel(at_problem)._title.text() == "Held back"
    assert not panel(at_problem)._reading.isVisible()


def test_every_panel_is_plain_text_and_named(win, call, press, write):
    press(KEY.Key_K, CTRL)
    write("4711 0815")
    press(KEY.Key_Tab)
    for letter in HOSTILE:
        write(letter)
    press(KEY.Key_Return)
    assert panel(call)._title.text() == "What time is it there?"
    assert HOSTILE[:12] in panel(call)._sentence.text().replace("\N{ZERO WIDTH SPACE}", "")
    for shown in panel(call).findChildren(QLabel):
        assert shown.textFormat() is Qt.TextFormat.PlainText
    for line in lines(call):
        told = QAccessible.queryAccessibleInterface(line)
        assert told.text(QAccessible.Text.Name) == "Time zone or city"
    write("london")
    assert panel(call)._below.text().startswith("Europe/London")
    press(KEY.Key_Return)
    assert win.call.presenter.call_lead_id


def test_who_said_so_and_own_words_have_keys_that_work_while_a_line_is_typed_in(
    at_problem, press, write
):
    press(KEY.Key_N, ALT)
    press(KEY.Key_2)
    write("because")
    press(KEY.Key_S, ALT)
    assert lines(at_problem)[0].text() == "because"
    press(KEY.Key_O, ALT)
    write("Ask us in May")
    assert [line.text() for line in lines(at_problem)][-1] == "Ask us in May"
    press(KEY.Key_S, ALT)
    assert at_problem.presenter._panel._saying.by == "rep"
