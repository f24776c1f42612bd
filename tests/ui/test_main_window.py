# SPDX-License-Identifier: MIT
"""The window by keys: views, overview, colours, messages; every control has a name."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLabel, QWidget

from leaddesk.core.domain.lead import Lead
from leaddesk.core.errors import KnownError
from leaddesk.core.services import activities
from leaddesk.ui import theme
from leaddesk.ui.widgets.keys import KeyButton
from tests.helpers.leads import HOSTILE
from tests.helpers.noon import NOON
from tests.helpers.window import settled

CTRL = Qt.KeyboardModifier.ControlModifier
NAMED_ROLES = {
    QAccessible.Role.Button,
    QAccessible.Role.PushButton,
    QAccessible.Role.EditableText,
    QAccessible.Role.CheckBox,
    QAccessible.Role.RadioButton,
    QAccessible.Role.ComboBox,
    QAccessible.Role.Table,
    QAccessible.Role.List,
    QAccessible.Role.ProgressBar,
}


def views(win):
    return [win._stack.widget(number) for number in range(win._stack.count())]


def test_only_the_call_view_is_built_before_it_is_asked_for(win):
    assert views(win) == [win.call]


def test_keys_show_the_views(win, qtbot):
    qtbot.keyClick(win, Qt.Key.Key_2, CTRL)
    assert win._stack.currentWidget() is win.views.leads
    assert win._tabs["leads"].isChecked()
    qtbot.keyClick(win, Qt.Key.Key_1, CTRL)
    assert win._stack.currentWidget() is win.call
    assert win._tabs["call"].isChecked()


def test_tabs_show_the_views(win, qtbot):
    qtbot.mouseClick(win._tabs["leads"], Qt.MouseButton.LeftButton)
    assert win._stack.currentWidget() is win.views.leads


def test_the_status_bar_counts_the_leads_and_says_what_is_saved(win):
    assert win._count.text() == "12 leads"
    assert win._state.text() == "Saved"


def test_f1_shows_every_key_and_esc_hides_them(win, qtbot):
    qtbot.keyClick(win, Qt.Key.Key_F1)
    assert win._overview.isVisible()
    qtbot.keyClick(win._overview, Qt.Key.Key_Escape)
    assert not win._overview.isVisible()
    qtbot.keyClick(win, Qt.Key.Key_F1)
    qtbot.keyClick(win, Qt.Key.Key_F1)
    assert not win._overview.isVisible()


def test_a_click_beside_the_overview_closes_it(win, qtbot):
    win.toggle_overview()
    qtbot.mouseClick(win._overview, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert not win._overview.isVisible()


def test_the_key_for_colours_goes_round_and_is_kept(win, qtbot, saved_themes):
    for _ in range(3):
        qtbot.keyClick(win, Qt.Key.Key_L, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert saved_themes == ["dark", "system", "light"]
    assert theme.scheme() == "light"


def test_a_failure_is_a_bar_in_the_window_and_esc_closes_it(win, qtbot):
    win.context.show_error(KnownError("The disk is full.", "Make room."))
    assert win._message.isVisible()
    assert "The disk is full." in win._message._text.text()
    win.setFocus()
    qtbot.keyClick(win, Qt.Key.Key_Escape)
    assert not win._message.isVisible()


def test_messages_are_plain_text(win):
    win.context.show_error(KnownError(HOSTILE, HOSTILE))
    assert "<img" not in win._message._text.text()


def test_what_was_said_goes_away_again(win):
    win.say("Exported 3 leads")
    assert win._state.text() == "Exported 3 leads"
    win._said.timeout.emit()
    assert win._state.text() == "Saved"


def test_long_work_is_shown_while_it_lasts(win, qtbot):
    win._busy.setInterval(0)
    win.context.tasks.run(lambda: None)
    qtbot.waitUntil(lambda: settled(win))
    win._busy.timeout.emit()
    assert win._state.text() == "Working…"


def test_what_leads_did_counts_less_the_next_day_though_the_window_stays_open(win, qtbot):
    now = [NOON]
    win.context.clock = lambda: now[0]
    found = []

    def engagement(work):
        with work.store.read() as unit:
            return unit.leads.get("L0").engagement

    def demo_request(work):
        work.clock = win.context.clock
        with work.store.begin() as unit:
            unit.leads.add([Lead("L0", "Ada")])
        return activities.add_by_hand(work, "L0", "demo_request")

    win.context.change(demo_request)
    for days in (0, 0, 14):
        now[0] += timedelta(days=days)
        win._day.timeout.emit()
        qtbot.waitUntil(lambda: settled(win))
        win.context.run(engagement, found.append)
        qtbot.waitUntil(lambda: settled(win))
    assert win._day.isActive()
    assert found[0] == found[1] > found[2] > 0
    before = win.context.tasks.running
    win._day.timeout.emit()
    assert win.context.tasks.running == before, "it is the same day"


def test_closing_closes_the_workspace(win):
    win.close()
    assert win.context._work is None


@pytest.mark.parametrize("view", ["call", "leads", "imports"])
def test_every_control_has_a_name(win, qtbot, view):
    win.open_view(view)
    win.toggle_overview()
    qtbot.waitUntil(lambda: settled(win))
    nameless = [
        widget
        for widget in win.findChildren(QWidget)
        if widget.isVisible()
        and (found := QAccessible.queryAccessibleInterface(widget)) is not None
        and found.role() in NAMED_ROLES
        and not found.text(QAccessible.Text.Name)
    ]
    assert nameless == []


@pytest.mark.parametrize("view", ["call", "leads", "imports"])
def test_no_label_guesses_whether_text_is_markup(win, qtbot, view):
    win.open_view(view)
    qtbot.waitUntil(lambda: settled(win))
    guessing = [
        label.text()
        for label in win.findChildren(QLabel)
        if label.textFormat() == Qt.TextFormat.AutoText
    ]
    assert guessing == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1440, 900), (1280, 720)])
def test_no_button_is_cut(win, qtbot, qapp, scheme, size):
    theme.apply(qapp, scheme)
    win.resize(*size)
    win.open_view("leads")
    qtbot.waitUntil(lambda: settled(win))
    cut = [
        button.text()
        for button in win.findChildren(KeyButton)
        if button.isVisible() and button.width() < button.sizeHint().width()
    ]
    assert cut == []
