# SPDX-License-Identifier: MIT
"""The Call view in the real window, worked by keys."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from leaddesk.ui.call.call_view import CallView
from tests.helpers.window import settled

Press = Callable[..., None]


@pytest.fixture
def call(win) -> CallView:
    return win.call


@pytest.fixture
def press(win, qtbot) -> Press:
    """Press a key where the focus is, and wait for what comes of it."""

    def pressed(key, modifier=Qt.KeyboardModifier.NoModifier) -> None:
        qtbot.keyClick(QApplication.focusWidget() or win, key, modifier)
        qtbot.waitUntil(lambda: settled(win))

    return pressed


@pytest.fixture
def write(win, qtbot) -> Callable[[str], None]:
    """Type a text letter by letter, each where the focus is then."""

    def written(text: str) -> None:
        for letter in text:
            qtbot.keyClick(QApplication.focusWidget() or win, letter)
            qtbot.waitUntil(lambda: settled(win))

    return written


@pytest.fixture
def at_problem(call, press) -> CallView:
    """A call with the first lead, at the first question."""
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    assert call.presenter.stop_id == "problem"
    return call
