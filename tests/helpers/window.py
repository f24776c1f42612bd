# SPDX-License-Identifier: MIT
"""What tests of the window share: waiting for the database thread, typing any character."""

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from leaddesk.ui.main_window import MainWindow


def settled(window: MainWindow) -> bool:
    """The window is built, and nothing is on its way to the database thread or back."""
    started = window.context.started and window.call.is_complete
    return started and window.context.tasks.running == 0


def type_text(widget: QWidget, text: str) -> None:
    """Type any characters; QTest aborts on those outside ASCII."""
    for character in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, character)
            QCoreApplication.sendEvent(widget, event)
