# SPDX-License-Identifier: MIT
"""The Call view by keys, over a real database, with the playbook that ships."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLabel, QProgressBar

from leaddesk.core.domain.verdict import Verdict
from leaddesk.ui import theme
from leaddesk.ui.call.choice_row import ChoiceRow
from leaddesk.ui.presenters.call_queue import Segment
from tests.helpers.window import settled, type_text

KEY = Qt.Key
PLAIN = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
KEYPAD = Qt.KeyboardModifier.KeypadModifier


RETURNED = f"{'A' * 80} {'B' * 80}"
"""The lead that is first in the queue; the second is Tomás, the third Ingrid, then Priya."""


def rows(call):
    return [row for row in call.script.stage.findChildren(ChoiceRow) if row.isVisible()]


def chosen(call):
    return [row.text() for row in rows(call) if row.isChecked()]


def name(call):
    return call.script.header._name.text()


def test_the_first_lead_is_chosen_and_shown(call):
    assert call.queue.current().name == RETURNED, "what sales gave back goes first"
    assert name(call) == RETURNED
    assert call.script.header.start.isVisible()
    assert call.queue.list.hasFocus()
    assert not any(button.isEnabled() for button in call.assessment._buttons.values())


def test_the_arrows_choose_also_from_the_search_field(call, press):
    press(KEY.Key_Down)
    assert name(call) == "Tomás Herrera"
    press(KEY.Key_F, CTRL)
    press(KEY.Key_Down)
    press(KEY.Key_Down)
    press(KEY.Key_Up)
    assert call.queue.search.hasFocus()
    assert name(call) == "Ingrid Solheim"
    press(KEY.Key_Return)
    assert call.presenter.call_lead_id == "L00000000000000000000000"


def test_search_and_segments_list_other_leads(call, press, qtbot, win):
    press(KEY.Key_F, CTRL)
    type_text(call.queue.search, "fjord")
    qtbot.waitUntil(lambda: call.queue.model.rowCount() == 1 and settled(win))
    assert name(call) == "Ingrid Solheim"
    type_text(call.queue.search, "xyz")
    qtbot.waitUntil(lambda: call.queue.model.rowCount() == 0 and settled(win))
    assert call.queue._empty.isVisible()
    press(KEY.Key_Escape)
    qtbot.waitUntil(lambda: call.queue.model.rowCount() > 5 and settled(win))
    qtbot.mouseClick(call.queue._chips[Segment.CALLBACKS], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: call.queue.model.rowCount() == 0 and settled(win))
    assert call.queue._empty.text() == "No callback is promised."


def test_a_call_starts_with_enter_and_shows_its_timer(call, press):
    press(KEY.Key_Return)
    assert call.script.stage.hasFocus()
    assert call.script.header._timer.isVisible()
    assert call.queue.current().note == "call in progress"


@pytest.mark.parametrize("modifier", [PLAIN, KEYPAD])
def test_a_digit_answers_on_both_blocks(at_problem, press, modifier):
    press(KEY.Key_2, modifier)
    assert chosen(at_problem) == [rows(at_problem)[1].text()]
    assert at_problem.assessment._number.text() == "16"


def test_a_digit_answers_from_wherever_no_text_is_typed(at_problem, press):
    at_problem.queue.list.setFocus()
    press(KEY.Key_1)
    at_problem.script._back.setFocus()
    press(KEY.Key_3)
    assert chosen(at_problem) == [rows(at_problem)[2].text()]


def test_a_click_answers(at_problem, qtbot, win):
    qtbot.mouseClick(rows(at_problem)[0], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: settled(win))
    assert chosen(at_problem) == [rows(at_problem)[0].text()]


def test_saved_is_told_when_the_answer_is_on_disk(at_problem, press):
    saved = []
    at_problem.saved.connect(saved.append)
    press(KEY.Key_1)
    assert [(a.question_id, a.value) for a in saved] == [("problem", "measured")]


def test_digits_typed_into_the_note_are_words(at_problem, press):
    press(KEY.Key_N, CTRL)
    type_text(QApplication.focusWidget(), "6 hours, 上海")
    press(KEY.Key_Escape)
    assert chosen(at_problem) == []
    assert at_problem.script.stage.hasFocus()
    press(KEY.Key_Return)
    press(KEY.Key_Left, ALT)
    assert at_problem.script.stage.note.toPlainText() == "6 hours, 上海"


def test_a_note_is_saved_when_typing_pauses(at_problem, press, qtbot):
    saved = []
    at_problem.saved.connect(saved.append)
    press(KEY.Key_N, CTRL)
    type_text(QApplication.focusWidget(), "waits")
    qtbot.waitUntil(lambda: [a.note for a in saved] == ["waits"])
    assert at_problem.script.stage.note.hasFocus(), "nobody is thrown out of the field"


def test_a_number_is_typed_into_its_field(at_problem, press):
    for _stop in range(3):
        press(KEY.Key_Return)
    assert at_problem.presenter.stop_id == "amount"
    type_text(QApplication.focusWidget(), "30k")
    assert chosen(at_problem) == ["25,000 to 49,999"]
    assert at_problem.script._next.text() == "Keep answer"
    press(KEY.Key_Return)
    assert at_problem.presenter.stop_id == "amount"
    assert at_problem.script._next.text() == "Next question"


def test_a_digit_goes_into_the_field_from_elsewhere(at_problem, press):
    for _stop in range(3):
        press(KEY.Key_Return)
    press(KEY.Key_Escape)
    press(KEY.Key_7)
    assert at_problem.script.stage._field.text() == "7"


def test_a_decision_by_keys_goes_on_to_the_next_lead(at_problem, press):
    press(KEY.Key_4)
    press(KEY.Key_D, ALT)
    assert at_problem.assessment._pages.currentIndex() == 1
    press(KEY.Key_Return)
    assert at_problem.presenter.call_lead_id == ""
    assert at_problem.script.before.confirmation.isVisible()
    assert name(at_problem) == "Tomás Herrera"
    assert at_problem.queue._chips[Segment.NEXT].text() == "Next 10"
    assert at_problem.queue.list.hasFocus()


def test_going_against_the_recommendation_asks_why(at_problem, press):
    press(KEY.Key_4)
    press(KEY.Key_N, ALT)
    press(KEY.Key_1)
    why = QApplication.focusWidget()
    assert "against the recommendation" in why.accessibleName()
    press(KEY.Key_Return)
    assert at_problem.presenter.call_lead_id, "without a reason nothing is decided"
    type_text(why, "They asked for spring")
    press(KEY.Key_Return)
    assert at_problem.presenter.call_lead_id == ""


def test_esc_goes_back_from_the_decision(at_problem, press):
    press(KEY.Key_P, ALT)
    press(KEY.Key_Escape)
    assert at_problem.assessment._pages.currentIndex() == 0
    press(KEY.Key_1)
    assert chosen(at_problem)


def test_the_next_call_has_the_focus_though_it_begins_where_the_last_one_ended(call, press):
    press(KEY.Key_Return)
    press(KEY.Key_E, CTRL)
    for key in (KEY.Key_2, KEY.Key_Return, KEY.Key_Return):
        press(key)
    assert call.presenter.stop_id == "opening"
    assert call.script.stage.hasFocus()


def test_a_call_ends_with_a_result_and_without_one_it_goes_on(at_problem, press):
    press(KEY.Key_E, CTRL)
    press(KEY.Key_Return)
    assert at_problem.presenter.call_lead_id, "nobody has said how it ended"
    press(KEY.Key_2)
    press(KEY.Key_Return)
    assert at_problem.presenter.call_lead_id == ""
    assert "Held back: 1 called often enough" in at_problem.queue._held.text()
    assert at_problem.queue._chips[Segment.NEXT].text() == "Next 10"


@pytest.mark.usefixtures("at_problem")
def test_a_call_goes_on_in_the_next_window(press, qtbot, open_window, filled, win):
    for key in (KEY.Key_2, KEY.Key_Return, KEY.Key_1, KEY.Key_Return):
        press(key)
    win.close()
    again = open_window(filled).call
    assert again.presenter.stop_id == "funding"
    assert again.assessment._number.text() == "41"
    assert again.queue.current().note == "call in progress"
    qtbot.keyClick(again, KEY.Key_Left, ALT)
    assert again.presenter.stop_id == "signer", "the way back is the way the answers led"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_both_themes_paint_the_verdict_in_their_colour(at_problem, press, qapp, scheme):
    theme.apply(qapp, scheme)
    press(KEY.Key_4)
    card = at_problem.assessment._card
    picture = card.grab().toImage()
    assert picture.pixelColor(picture.width() // 2, 6).name() == theme.current().dq_soft


def test_every_painted_control_is_named_and_has_a_role(at_problem):
    for bar in at_problem.findChildren(QProgressBar):
        told = QAccessible.queryAccessibleInterface(bar)
        assert told.role() == QAccessible.Role.ProgressBar
        assert told.text(QAccessible.Text.Name)
    for row in rows(at_problem):
        told = QAccessible.queryAccessibleInterface(row)
        assert told.role() == QAccessible.Role.CheckBox
        assert f"key {row.key}" in told.text(QAccessible.Text.Name)


def test_no_label_reads_markup(at_problem):
    for label in at_problem.findChildren(QLabel):
        assert label.textFormat() is Qt.TextFormat.PlainText, label.text()


def test_all_decisions_are_offered_during_a_call(at_problem):
    buttons = at_problem.assessment._buttons
    assert set(buttons) == {Verdict.DISQUALIFY, Verdict.NURTURE, Verdict.PASS}
    assert all(button.isEnabled() for button in buttons.values())


def test_a_call_from_another_view_chooses_its_lead_in_the_queue(call, win, qtbot):
    win.start_call("L00000000000000000000004")
    qtbot.waitUntil(lambda: settled(win))
    assert call.presenter.call_lead_id == "L00000000000000000000004"
    assert call.queue.current().name == "Dana Whitfield"
    assert call.script.stage.hasFocus()


def test_the_focus_is_always_somewhere_it_can_be_seen(at_problem, press):
    press(KEY.Key_P, ALT)
    seen = set()
    for _tab in range(40):
        widget = QApplication.focusWidget()
        assert widget.isVisible()
        assert widget.accessibleName(), widget
        seen.add(widget)
        press(KEY.Key_Tab)
    assert len(seen) > 10
    assert at_problem.queue.search in seen, "Tab leaves the call, and comes back"
    assert at_problem.script.stage in seen
