# SPDX-License-Identifier: MIT
"""One line of typing in a call: a number, a text, or why a decision goes against advice."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit


class CallField(QLineEdit):
    """Takes letters; Enter and Esc belong to the call.

    Emits:
        entered: Enter.
        escaped: Esc.
    """

    entered = Signal()
    escaped = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hand Enter and Esc on."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)
