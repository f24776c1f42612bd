# SPDX-License-Identifier: MIT
"""The import page by keys, over a real file and a real database."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFileDialog, QLabel, QMenu, QWidget

from tests.helpers.leads import HOSTILE
from tests.helpers.window import settled

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def csv_file(tmp_path):
    path = tmp_path / "fair.csv"
    path.write_text(f'Name,Email\n"{HOSTILE.replace(chr(34), chr(34) * 2)}",a@b.example\n')
    return path


@pytest.fixture
def chosen(win, qtbot, csv_file):
    """The page after Ctrl+I and the choice of a file."""
    qtbot.keyClick(win, Qt.Key.Key_I, CTRL)
    (dialog,) = win.findChildren(QFileDialog)
    assert not dialog.isModal()
    dialog.fileSelected.emit(str(csv_file))
    dialog.close()
    win.activateWindow()
    qtbot.waitUntil(lambda: settled(win) and win.isActiveWindow())
    return win.views.imports


def texts(page):
    return [label.text() for label in page.findChildren(QLabel) if label.isVisible()]


def test_a_chosen_file_is_shown_in_the_window(chosen, win):
    assert win._stack.currentWidget() is chosen
    assert win._tabs["leads"].isChecked()
    assert chosen._preview._title.text() == "Import fair.csv"
    assert chosen._preview._import.text() == "Import 1 lead"
    lines = chosen._preview.table.lines
    assert HOSTILE in lines.index(0, 2).data()


def test_enter_imports_and_enter_again_shows_the_leads(chosen, win, qtbot):
    qtbot.keyClick(chosen, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: settled(win))
    assert "1 lead added." in texts(chosen)
    assert win._count.text() == "13 leads"
    qtbot.keyClick(chosen, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: settled(win))
    assert win._stack.currentWidget() is win.views.leads
    assert win.views.leads._count.text() == "13 leads"


def test_esc_leaves_the_file_alone(chosen, win, qtbot):
    qtbot.keyClick(chosen, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: settled(win))
    assert win._stack.currentWidget() is win.views.leads
    assert win._count.text() == "12 leads"


def test_the_choice_on_a_match_is_a_menu(chosen, win, qtbot):
    names = [action.text() for action in chosen._preview._policy.menu().actions()]
    assert names == [
        "fill empty fields, keep mine otherwise",
        "take everything the file says",
        "leave my lead alone",
    ]
    chosen._preview._policy.menu().actions()[2].trigger()
    qtbot.waitUntil(lambda: settled(win))
    assert chosen._preview._policy.accessibleName() == "On a match: leave my lead alone"


def test_what_is_no_csv_is_said_on_the_page(win, qtbot, tmp_path):
    path = tmp_path / "empty.csv"
    path.write_bytes(b"")
    win.views.imports.show_file(str(path))
    qtbot.waitUntil(lambda: settled(win))
    assert "empty.csv was not imported" in texts(win.views.imports)
    assert win._message is None


def test_leads_imported_elsewhere_show_up_in_an_open_list(win, qtbot, csv_file):
    win.open_view("leads")
    page = win.views.imports
    page.show_file(str(csv_file))
    qtbot.waitUntil(lambda: settled(win))
    qtbot.keyClick(page, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: settled(win))
    # A list that is not seen is read again when it is.
    win.open_view("leads")
    qtbot.waitUntil(lambda: settled(win))
    assert win.views.leads._count.text() == "13 leads"


def choose_field(qtbot, win, letters):
    """Open the list of the current column by F2, type the beginning of a field, take it."""
    table = win.views.imports._preview.table
    qtbot.keyClick(table, Qt.Key.Key_F2)
    (combo,) = table.findChildren(QComboBox)
    qtbot.waitUntil(lambda: combo.view().isVisible())
    qtbot.keyClicks(combo.view(), letters)
    qtbot.keyClick(combo.view(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not table.findChildren(QComboBox))
    qtbot.waitUntil(lambda: settled(win))


def test_a_column_is_moved_by_keys(chosen, win, qtbot):
    qtbot.keyClick(chosen, Qt.Key.Key_Down)
    table = chosen._preview.table
    assert table.hasFocus()
    choose_field(qtbot, win, "comp")
    assert table.lines.index(0, 1).data() == "Company"
    assert table.currentIndex().row() == 0
    accessible = Qt.ItemDataRole.AccessibleTextRole
    assert table.lines.index(0, 1).data(accessible) == "Goes to: Company"


def test_one_field_gets_a_policy_by_its_menu(chosen, win, qtbot):
    qtbot.keyClick(chosen, Qt.Key.Key_Down)
    table = chosen._preview.table
    qtbot.keyClick(table, Qt.Key.Key_Down)
    menu = table.policy_menu()
    assert [action.isChecked() for action in menu.actions()] == [True, False, False, False, False]
    menu.actions()[2].trigger()
    qtbot.waitUntil(lambda: settled(win))
    assert table.lines.index(1, 1).data() == "E-mail · overwrite"


def test_ten_thousand_columns_need_no_widget_each(win, qtbot, tmp_path):
    path = tmp_path / "wide.csv"
    names = ",".join(f"Column {n}" for n in range(10_000))
    path.write_text(f"Email,{names}\na@b.example{',x' * 10_000}\n")
    page = win.views.imports
    page.show_file(str(path))
    qtbot.waitUntil(lambda: settled(win))
    table = page._preview.table
    assert table.lines.rowCount() == 10_001
    assert len(table.findChildren(QWidget)) < 40


def test_enter_in_the_table_chooses_and_ctrl_enter_imports(chosen, win, qtbot):
    table = chosen._preview.table
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Return)
    (combo,) = table.findChildren(QComboBox)
    qtbot.waitUntil(lambda: combo.view().isVisible())
    qtbot.keyClick(combo.view(), Qt.Key.Key_Escape)
    assert win._count.text() == "12 leads"
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: settled(win))
    assert win._count.text() == "13 leads"


def test_the_system_is_changed_by_a_menu(chosen, win, qtbot):
    qtbot.keyClick(chosen, Qt.Key.Key_C, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: bool(chosen._preview._change.findChildren(QMenu)))
    menu = chosen._preview._change.findChildren(QMenu)[0]
    systems = menu.actions()[0].menu()
    (hubspot,) = [action for action in systems.actions() if action.text() == "HubSpot"]
    hubspot.trigger()
    menu.close()
    qtbot.waitUntil(lambda: settled(win))
    assert "HubSpot" in chosen._preview._source.text()
