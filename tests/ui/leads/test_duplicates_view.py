# SPDX-License-Identifier: MIT
"""The page of possible duplicates by keys, over a real database."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from leaddesk import resources
from leaddesk.core.domain.lead import Lead
from leaddesk.core.services.workspace import open_workspace
from tests.helpers.leads import HOSTILE
from tests.helpers.window import settled

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def page(filled, open_window, qtbot):
    with open_workspace(filled, resources.texts) as work, work.store.begin() as unit:
        unit.leads.add(
            Lead(f"D{number}", first_name="Dora", last_name="Egli", company=HOSTILE)
            for number in range(2)
        )
    win = open_window(filled)
    qtbot.keyClick(win, Qt.Key.Key_U, CTRL | SHIFT)
    qtbot.waitUntil(lambda: settled(win))
    return win.views.duplicates


def texts(page):
    return [label.text() for label in page.findChildren(QLabel) if label.isVisible()]


def test_a_pair_is_shown_as_plain_text_and_merged_by_a_key(page, qtbot):
    win = page.window()
    assert win._stack.currentWidget() is page
    assert win._tabs["leads"].isChecked()
    assert "The last pair" in texts(page)
    assert texts(page).count(HOSTILE) == 2
    qtbot.keyClick(page, Qt.Key.Key_M)
    qtbot.waitUntil(lambda: settled(win))
    assert "That was the last pair. 1 pair merged." in texts(page)
    assert win._count.text() == "13 leads"
    qtbot.keyClick(page, Qt.Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: settled(win))
    assert "The last pair" in texts(page)
    assert win._count.text() == "14 leads"


@pytest.mark.parametrize("key", [Qt.Key.Key_N, Qt.Key.Key_S])
def test_a_pair_is_left_by_a_key_and_esc_shows_the_leads(page, qtbot, key):
    win = page.window()
    qtbot.keyClick(page, key)
    qtbot.waitUntil(lambda: settled(win))
    assert "That was the last pair. 0 pairs merged." in texts(page)
    assert not any(button.isVisible() for button in page._of_pair)
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: settled(win))
    assert win._stack.currentWidget() is win.views.leads
