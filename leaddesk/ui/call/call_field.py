# SPDX-License-Identifier: MIT
"""One line of typing in a call: a number, a text, or why a decision goes against advice."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit


class CallField(QLineEdit):
    """Takes letters; Enter, Esc and digits with Alt belong to the call.

    Emits:
        entered: Enter.
        escaped: Esc.
        picked: A digit with Alt: that digit, as if nothing were typed in.
    """

    entered = Signal()
    escaped = Signal()
    picked = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hand on what belongs to the call."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        elif event.modifiers() & Qt.KeyboardModifier.AltModifier and _digit(event):
            self.picked.emit(_digit(event))
        else:
            super().keyPressEvent(event)


def _digit(event: QKeyEvent) -> str:
    """Return the digit of a key, empty for any other; by the key, for Alt changes its text."""
    key = event.key()
    return chr(key) if Qt.Key.Key_0 <= key <= Qt.Key.Key_9 else ""
