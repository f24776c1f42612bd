# SPDX-License-Identifier: MIT
"""A list comes in and goes again, by keys alone: column, policy, import, memory, history, undo."""

import multiprocessing

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QMenu

from leaddesk.core.services.import_looking import LARGE
from tests.helpers.window import settled

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CSV = "Email;Shade\nada@engine.example;Farming\nbob@engine.example;Mining\n"


@pytest.fixture
def choose(win, qtbot, tmp_path):
    def choose(name, text=CSV):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        win.activateWindow()
        qtbot.waitUntil(win.isActiveWindow)
        qtbot.keyClick(win, Qt.Key.Key_I, CTRL)
        dialog = win.findChildren(QFileDialog)[-1]
        # Off-screen, Enter behind a typed name leaves the dialog open: its choice is told for it.
        dialog.fileSelected.emit(str(path))
        dialog.close()
        win.activateWindow()
        qtbot.waitUntil(lambda: settled(win) and win.isActiveWindow())
        return win.views.imports

    return choose


def press(win, qtbot, key, modifiers=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(win.focusWidget(), key, modifiers)
    qtbot.waitUntil(lambda: settled(win))


def test_a_list_comes_in_as_chosen_and_goes_again(win, qtbot, choose):
    page = choose("fair.csv")
    table = page._preview.table
    press(win, qtbot, Qt.Key.Key_Down)
    press(win, qtbot, Qt.Key.Key_Down)
    press(win, qtbot, Qt.Key.Key_F2)
    (combo,) = table.findChildren(QComboBox)
    qtbot.waitUntil(lambda: combo.view().isVisible())
    qtbot.keyClicks(combo.view(), "indu")
    qtbot.keyClick(combo.view(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not table.findChildren(QComboBox) and settled(win))
    assert table.lines.index(1, 1).data() == "Industry"

    press(win, qtbot, Qt.Key.Key_Down)
    press(win, qtbot, Qt.Key.Key_P, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: bool(table.findChildren(QMenu)))
    (menu,) = table.findChildren(QMenu)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return):
        qtbot.keyClick(menu, key)
    qtbot.waitUntil(lambda: table.lines.index(1, 1).data() == "Industry · overwrite")
    qtbot.waitUntil(lambda: settled(win))

    press(win, qtbot, Qt.Key.Key_Return)
    assert win._count.text() == "14 leads"
    assert win._state.text() == "An import can be undone from Leads \u203a History"

    page = choose("next.csv")
    assert table.lines.index(1, 1).data() == "Industry · overwrite"
    assert page._preview._forget.isVisible()
    press(win, qtbot, Qt.Key.Key_F, Qt.KeyboardModifier.AltModifier)
    assert table.lines.index(1, 1).data() == "Kept as an extra field"
    press(win, qtbot, Qt.Key.Key_Escape)

    press(win, qtbot, Qt.Key.Key_H, CTRL | SHIFT)
    history = win.views.history
    assert win._stack.currentWidget() is history
    assert history.lines.index(0, 0).data() == "fair.csv"
    press(win, qtbot, Qt.Key.Key_U)
    assert history._what.text() == "Undo the import of fair.csv?"
    assert win._count.text() == "14 leads"
    press(win, qtbot, Qt.Key.Key_Return)
    assert win._count.text() == "12 leads"
    assert history.lines.index(0, 5).data() == "Taken back"
    press(win, qtbot, Qt.Key.Key_Escape)
    assert win._stack.currentWidget() is win.views.leads


def test_a_large_list_is_looked_at_beside_the_window(win, qtbot, choose):
    rows = "".join(f"n{n}@engine.example;{'x' * 500}\n" for n in range(LARGE // 500))
    page = choose("large.csv", "Email;Shade\n" + rows)
    # Nothing waits for the database's thread any more, and the look still goes on.
    assert settled(win)
    assert page._pages.currentWidget() is page._plain
    qtbot.waitUntil(lambda: page._pages.currentWidget() is page._preview, timeout=60_000)
    assert page._preview._import.text().startswith(f"Import {LARGE // 500:,} leads")
    press(win, qtbot, Qt.Key.Key_Escape)


def test_leaving_ends_a_look_at_a_large_list(win, qtbot, choose):
    page = choose("large.csv", "Email;Shade\n" + f"a@b.example;{'x' * LARGE}\n")
    win.setFocus()
    page.setFocus()
    press(win, qtbot, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not multiprocessing.active_children(), timeout=60_000)
    assert page._preview.isHidden() or page._pages.currentWidget() is page._plain


def test_a_file_is_read_by_another_separator_and_country(win, qtbot, choose):
    page = choose("fair.csv", "Email;Phone|Shade\nada@engine.example;0151 23450001|green\n")

    def pick(*keys):
        # Off-screen, no window becomes active by itself when a menu in a menu is gone.
        win.activateWindow()
        qtbot.waitUntil(win.isActiveWindow)
        press(win, qtbot, Qt.Key.Key_C, Qt.KeyboardModifier.AltModifier)
        for key in keys:
            qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
            qtbot.keyClick(QApplication.activePopupWidget(), key)
        qtbot.waitUntil(lambda: QApplication.activePopupWidget() is None and settled(win))
        return page._preview.table.lines

    down, enter = Qt.Key.Key_Down, Qt.Key.Key_Return
    lines = pick(down, down, down, Qt.Key.Key_Right, down, down, down, enter)
    assert lines.index(0, 0).data() == "Email;Phone"
    lines = pick(down, down, down, Qt.Key.Key_Right, down, down, enter)
    assert (lines.index(0, 0).data(), lines.index(1, 0).data()) == ("Email", "Phone|Shade")
    pick(Qt.Key.Key_Up, Qt.Key.Key_Right, Qt.Key.Key_G, Qt.Key.Key_G, enter)
    assert page._presenter.reading()[-1].now.startswith("G")
