# SPDX-License-Identifier: MIT
"""The import page by keys, over a real file and a real database."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel

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
    qtbot.waitUntil(lambda: settled(win))
    return win._import


def texts(page):
    return [label.text() for label in page.findChildren(QLabel) if label.isVisible()]


def test_a_chosen_file_is_shown_in_the_window(chosen, win):
    assert win._stack.currentWidget() is chosen
    assert win._tabs["leads"].isChecked()
    assert chosen._preview._title.text() == "Import fair.csv"
    assert chosen._preview._import.text() == "Import 1 lead"
    assert HOSTILE in texts(chosen)


def test_enter_imports_and_enter_again_shows_the_leads(chosen, win, qtbot):
    qtbot.keyClick(chosen, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: settled(win))
    assert "1 lead added." in texts(chosen)
    assert win._count.text() == "13 leads"
    qtbot.keyClick(chosen, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: settled(win))
    assert win._stack.currentWidget() is win._leads
    assert win._leads._count.text() == "13 leads"


def test_esc_leaves_the_file_alone(chosen, win, qtbot):
    qtbot.keyClick(chosen, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: settled(win))
    assert win._stack.currentWidget() is win._leads
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
    win._import_view().show_file(str(path))
    qtbot.waitUntil(lambda: settled(win))
    assert "empty.csv was not imported" in texts(win._import)
    assert win._message is None


def test_leads_imported_elsewhere_show_up_in_an_open_list(win, qtbot, csv_file):
    win.open_view("leads")
    page = win._import_view()
    page.show_file(str(csv_file))
    qtbot.waitUntil(lambda: settled(win))
    qtbot.keyClick(page, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: settled(win))
    # A list that is not seen is read again when it is.
    win.open_view("leads")
    qtbot.waitUntil(lambda: settled(win))
    assert win._leads._count.text() == "13 leads"
