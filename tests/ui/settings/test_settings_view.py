# SPDX-License-Identifier: MIT
"""The Settings view by keys, in the real window."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from leaddesk.core.domain.roles import Role
from leaddesk.core.services.settings import FILE_NAME, Settings, Theme, load_settings
from leaddesk.ui import theme
from tests.helpers.window import settled, type_text

KEY = Qt.Key
PLAIN = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ORDER = ("name", "company", "phone", "role", "playbook", "silent", "country", "theme")


@pytest.fixture
def press(win, qtbot):
    """Press a key where the focus is, and wait for what comes of it."""

    def pressed(key, modifier=PLAIN):
        qtbot.keyClick(QApplication.focusWidget() or win, key, modifier)
        qtbot.waitUntil(lambda: settled(win))

    return pressed


@pytest.fixture
def view(win, press):
    """The view, opened by its key."""
    press(KEY.Key_Comma, CTRL)
    return win.views.settings


@pytest.fixture
def on_disk(filled):
    return lambda: load_settings(filled)[0]


def control(view, key):
    return view.findChild(QWidget, f"setting_{key}")


def go_to(press, view, key):
    control(view, "name").setFocus()
    for _ in range(ORDER.index(key)):
        press(KEY.Key_Tab)
    assert control(view, key).hasFocus()


def test_a_playbook_that_cannot_be_used_is_named_below_those_that_can(view, filled, qtbot, win):
    assert view._playbook_note.isHidden()
    (filled / "playbooks").mkdir()
    (filled / "playbooks" / "mine-v1.toml").write_text("schema = 1", encoding="utf-8")
    view.refresh()
    qtbot.waitUntil(lambda: settled(win))
    assert view._playbook_note.isVisible()
    assert "mine-v1" in view._playbook_note.text()


def test_the_key_opens_the_view_at_its_first_field(win, view):
    assert win._stack.currentWidget() is view
    assert control(view, "name").hasFocus()
    assert not any(tab.isChecked() for tab in win._tabs.values())


def test_the_button_opens_the_view(win, qtbot):
    from leaddesk.ui.widgets.keys import KeyButton

    button = next(b for b in win.findChildren(KeyButton) if b.text() == "Settings")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert win._stack.currentWidget() is win.views.settings


@pytest.mark.parametrize(("key", "name"), [(KEY.Key_1, "call"), (KEY.Key_2, "leads")])
def test_esc_leads_back_to_the_view_before(win, press, key, name):
    press(key, CTRL)
    before = win._stack.currentWidget()
    press(KEY.Key_Comma, CTRL)
    press(KEY.Key_Comma, CTRL)
    press(KEY.Key_Escape)
    assert win._stack.currentWidget() is before
    assert win._tabs[name].isChecked()


def test_tab_reaches_every_setting_and_each_has_a_name(view, press):
    for key in ORDER:
        go_to(press, view, key)
        found = QAccessible.queryAccessibleInterface(control(view, key))
        assert found.text(QAccessible.Text.Name)


def test_a_name_is_kept_with_enter_and_stands_in_the_queue(win, view, press, on_disk):
    type_text(control(view, "name"), "  Robin  Ünsal")
    press(KEY.Key_Return)
    assert on_disk().name == "Robin Ünsal"
    assert win.context._work.rep.name == "Robin Ünsal"
    press(KEY.Key_Tab)
    assert control(view, "name").text() == "Robin Ünsal"


def test_a_pause_keeps_what_is_typed_and_leaves_it_as_it_is(win, view, qtbot, on_disk):
    field = control(view, "name")
    type_text(field, "Robin ")
    field._pause.timeout.emit()
    qtbot.waitUntil(lambda: settled(win))
    assert on_disk().name == "Robin"
    type_text(field, "Example")
    assert field.text() == "Robin Example"


def test_esc_keeps_what_was_typed_just_now(view, press, on_disk):
    type_text(control(view, "company"), "Acme")
    press(KEY.Key_Escape)
    assert on_disk().company == "Acme"


def test_closing_the_window_keeps_what_was_typed_just_now(win, view, on_disk):
    type_text(control(view, "phone"), "123")
    win.close()
    assert on_disk().phone == "123"


def test_arrows_choose_role_country_and_colours(win, view, press, on_disk):
    go_to(press, view, "role")
    press(KEY.Key_Down)
    go_to(press, view, "country")
    type_text(control(view, "country"), "Germ")
    press(KEY.Key_Down)
    press(KEY.Key_Up)
    go_to(press, view, "theme")
    press(KEY.Key_End)
    assert on_disk() == Settings(Theme.DARK, country="DE", role=Role.LEAD)
    assert win.context.country == "DE"
    assert win.context._work.rep.role is Role.LEAD
    assert theme.scheme() == "dark"


def test_space_turns_silent_mode_on_and_off(win, view, press, on_disk):
    go_to(press, view, "silent")
    press(KEY.Key_Space)
    assert on_disk().silent
    assert win.context._work.is_silent
    press(KEY.Key_Space)
    assert on_disk() == Settings()


def test_the_settings_are_shown_when_the_view_is_opened_again(view, press):
    go_to(press, view, "silent")
    press(KEY.Key_Space)
    press(KEY.Key_Escape)
    press(KEY.Key_Comma, CTRL)
    assert control(view, "silent").isChecked()


def test_what_cannot_be_kept_is_said_in_the_bar_and_turned_back(win, view, press, filled):
    (filled / f"{FILE_NAME}.new").mkdir()
    go_to(press, view, "silent")
    press(KEY.Key_Space)
    assert win._message.isVisible()
    assert "could not be saved" in win._message._text.text()
    assert not control(view, "silent").isChecked()


def test_a_running_call_stays_as_it_is(win, press):
    press(KEY.Key_Return)
    press(KEY.Key_Return)
    press(KEY.Key_1)
    before = (win.call.presenter.stop_id, win.call.assessment._number.text())
    press(KEY.Key_Comma, CTRL)
    go_to(press, win.views.settings, "silent")
    press(KEY.Key_Space)
    press(KEY.Key_Escape)
    assert (win.call.presenter.stop_id, win.call.assessment._number.text()) == before
    assert win.call.assessment._number.isVisible()
    assert win.call.script.stage.hasFocus()
    press(KEY.Key_2)
    assert win.call.assessment._number.isVisible()


def test_the_page_scrolls_where_the_window_is_low_and_labels_are_plain(win, view, qtbot):
    win.resize(1040, 640)
    qtbot.waitUntil(lambda: settled(win))
    for found in view.findChildren(QLabel):
        assert found.textFormat() == Qt.TextFormat.PlainText
    for key in ORDER:
        shown = control(view, key)
        assert shown.width() >= shown.minimumSizeHint().width()


def test_the_wheel_over_a_list_changes_nothing(view):
    from PySide6.QtCore import QPoint, QPointF
    from PySide6.QtGui import QWheelEvent

    role = control(view, "role")
    at = QPointF(role.rect().center())
    wheel = QWheelEvent(
        at, role.mapToGlobal(at), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton, PLAIN,
        Qt.ScrollPhase.NoScrollPhase, False,  # noqa: FBT003 - Qt's signature
    )  # fmt: skip
    QApplication.sendEvent(role, wheel)
    assert role.currentData() == "rep"
