# SPDX-License-Identifier: MIT
"""The small window by keys: the same call, the same answers, and the way back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget

from leaddesk.core.errors import KnownError
from leaddesk.core.services import calls
from leaddesk.ui.call.choice_row import ChoiceRow
from leaddesk.ui.call.meters import IntervalBar
from leaddesk.ui.presenters.call_screens import EntryScreen
from tests.helpers.window import settled, type_text

KEY = Qt.Key
PLAIN = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def press(win, qtbot):
    """Press a key where the focus is, and wait for what comes of it."""

    def pressed(key, modifier=PLAIN):
        qtbot.keyClick(QApplication.focusWidget() or win, key, modifier)
        qtbot.waitUntil(lambda: settled(win))

    return pressed


@pytest.fixture
def toggle(win, press, qtbot):
    """Press the key of the small window, and wait until the window it leads to is in front."""

    def toggled(*, to_small):
        press(KEY.Key_K, CTRL | SHIFT)
        wanted = win.call.panes.small if to_small else win
        qtbot.waitUntil(wanted.isActiveWindow)

    return toggled


@pytest.fixture
def small(win, press, toggle):
    """The small window, at the first question of a call."""
    press(KEY.Key_Return)
    press(KEY.Key_Return)
    assert win.call.presenter.stop_id == "problem"
    toggle(to_small=True)
    return win.call.panes.small


def rows(small):
    return [row for row in small.findChildren(ChoiceRow) if row.isVisible()]


def chosen(window):
    return [
        row.text() for row in window.findChildren(ChoiceRow) if row.isVisible() and row.isChecked()
    ]


def visible_texts(small):
    return [shown.text() for shown in small.findChildren(QLabel) if shown.isVisible()]


def test_it_shows_the_call_over_all_windows_in_place_of_the_whole_one(win, small):
    assert small.isVisible()
    assert not win.isVisible()
    assert small.windowFlags() & Qt.WindowType.WindowStaysOnTopHint
    assert small.windowFlags() & Qt.WindowType.Tool == Qt.WindowType.Tool
    texts = visible_texts(small)
    live = win.call.presenter.live
    assert live.lead.name in texts
    assert "00:00" in texts
    assert any(live.question.ask[:12] in text for text in texts)
    assert len(rows(small)) == len(
        [row for row in win.call.script.stage.findChildren(ChoiceRow) if not row.isHidden()]
    )


def test_keys_answer_go_on_and_go_back_as_in_the_whole_window(win, small, press):
    press(KEY.Key_2)
    assert chosen(small) == [rows(small)[1].text()]
    assert small._number.text() == win.call.assessment._number.text() != "0"
    press(KEY.Key_Return)
    assert win.call.presenter.stop_id == "signer"
    press(KEY.Key_Left, ALT)
    assert win.call.presenter.stop_id == "problem"
    assert chosen(small) == [rows(small)[1].text()]


def test_a_click_answers(win, small, qtbot):
    qtbot.mouseClick(rows(small)[0], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: settled(win))
    assert chosen(small) == [rows(small)[0].text()]


@pytest.mark.parametrize("key", [(KEY.Key_Escape, PLAIN), (KEY.Key_K, CTRL | SHIFT)])
def test_a_key_leads_back_to_the_whole_window_with_all_that_was_said(win, small, press, qtbot, key):
    press(KEY.Key_1)
    press(*key)
    qtbot.waitUntil(win.isActiveWindow)
    assert not small.isVisible()
    assert win.isVisible()
    assert chosen(win.call.script.stage) == [win.call.presenter.talk.live.question.options[0].label]
    assert win.call.script.stage.hasFocus()
    press(KEY.Key_2)
    assert chosen(win.call.script.stage) == [win.call.presenter.talk.live.question.options[1].label]


def test_closing_it_leads_back_and_the_call_goes_on(win, small, qtbot):
    small.close()
    qtbot.waitUntil(win.isActiveWindow)
    assert win.isVisible()
    assert win.call.presenter.is_asking


def test_it_can_be_opened_again_and_shows_what_was_said_meanwhile(win, small, press, toggle):
    toggle(to_small=False)
    press(KEY.Key_1)
    press(KEY.Key_Return)
    toggle(to_small=True)
    assert win.call.panes.small is small
    assert any("who signs" in text for text in visible_texts(small))


def test_the_timer_runs_on(win, small):
    win.call.panes.show_elapsed("04:12")
    assert "04:12" in visible_texts(small)


def test_an_amount_is_typed_and_what_is_half_typed_comes_along(win, small, press, toggle):
    win.call.presenter.talk.go_to("amount")
    field = next(one for one in small.findChildren(QLineEdit) if one.isVisible())
    assert field.hasFocus()
    type_text(field, "30000")
    toggle(to_small=False)
    whole = next(one for one in win.call.script.stage.findChildren(QLineEdit) if one.isVisible())
    assert whole.text() == "30000"
    toggle(to_small=True)
    assert field.text() == "30000"
    press(KEY.Key_Return)
    assert win.call.presenter.talk.live.value == 30_000
    press(KEY.Key_Return)
    assert win.call.presenter.stop_id != "amount"


@pytest.mark.parametrize(
    "key",
    [(KEY.Key_P, ALT), (KEY.Key_E, CTRL), (KEY.Key_D, CTRL), (KEY.Key_J, CTRL)],
)
def test_a_panel_needs_the_whole_window(win, small, press, qtbot, key):
    press(*key)
    qtbot.waitUntil(win.isActiveWindow)
    assert not small.isVisible()
    assert win.call.presenter.has_panel
    assert win.call.assessment._panel.isVisible()
    assert win.call.assessment._panel.isAncestorOf(QApplication.focusWidget()) or (
        win.call.assessment._panel.hasFocus()
    )


@pytest.mark.usefixtures("small")
def test_a_note_is_written_in_the_whole_window(win, press, qtbot):
    press(KEY.Key_N, CTRL)
    qtbot.waitUntil(win.isActiveWindow)
    assert win.call.script.stage.note.hasFocus()


def test_it_is_not_opened_beside_a_panel_or_without_a_call(win, press):
    press(KEY.Key_K, CTRL | SHIFT)
    assert win.call.panes.small is None
    assert "call" in win._state.text()
    press(KEY.Key_Return)
    press(KEY.Key_E, CTRL)
    press(KEY.Key_K, CTRL | SHIFT)
    assert win.call.panes.small is None
    assert win.isVisible()


def test_an_answer_that_cannot_be_written_is_said_in_the_whole_window(
    win, small, press, qtbot, monkeypatch
):
    def refuse(*_args, **_kwargs):
        raise KnownError("The disk is full.", "Make room.")

    monkeypatch.setattr(calls, "record_answer", refuse)
    press(KEY.Key_1)
    qtbot.waitUntil(win.isActiveWindow)
    assert not small.isVisible()
    assert win._message.isVisible()
    assert chosen(win.call.script.stage) == []


def test_it_says_what_is_to_be_known_about_an_answer(small, press):
    press(KEY.Key_K, ALT)
    (shown,) = [text for text in visible_texts(small._remarks) if text]
    assert shown == "Does not know; the question stays open"
    scrolled = small._scroll.widget()
    assert small._remarks.mapTo(scrolled, small._remarks.rect().bottomRight()).x() < small.width()
    press(KEY.Key_Return)
    assert small._remarks.isHidden()


def test_where_enter_confirms_an_old_answer_the_button_says_so(win, small):
    whole = win.call.script
    for entry, words in (
        (EntryScreen((), "", unsaved=False, at_end=True, confirms=True), "Confirm"),
        (EntryScreen((), "", unsaved=False, at_end=True), "Next"),
    ):
        small.show_entry(entry)
        whole.show_entry(entry)
        assert small._next.text() == words
        assert whole._next.text().startswith(words)
        assert small._next.isEnabled() == whole._next.isEnabled() == entry.confirms


def test_silent_mode_keeps_the_score_for_the_end(win, press, qtbot, toggle):
    win.context.run(lambda work: setattr(work, "is_silent", True))
    qtbot.waitUntil(lambda: settled(win))
    press(KEY.Key_Return)
    press(KEY.Key_Return)
    toggle(to_small=True)
    small = win.call.panes.small
    press(KEY.Key_1)
    assert not small._number.isVisible()
    assert not small.findChild(IntervalBar).isVisible()
    assert "The score is shown at the end of the call." in visible_texts(small)


def test_quitting_closes_everything(win, small, qtbot):
    qtbot.keyClick(small, KEY.Key_Q, CTRL)
    assert not small.isVisible()
    assert not win.isVisible()
    assert win.context._work is None


def test_everything_in_it_has_a_name_and_no_button_is_cut(small):
    from leaddesk.ui.widgets.keys import KeyButton

    for widget in small.findChildren(QWidget):
        found = QAccessible.queryAccessibleInterface(widget)
        if widget.isVisible() and found is not None and found.role() in {
            QAccessible.Role.Button, QAccessible.Role.EditableText, QAccessible.Role.ProgressBar,
        }:  # fmt: skip
            assert found.text(QAccessible.Text.Name)
    for button in small.findChildren(KeyButton):
        assert button.width() >= button.sizeHint().width()
