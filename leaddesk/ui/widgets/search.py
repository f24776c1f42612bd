# SPDX-License-Identifier: MIT
"""The search field with its key, which speaks when typing pauses."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from leaddesk.ui import theme
from leaddesk.ui.widgets.keys import KeyCap

PAUSE_MS = 120


class SearchField(QLineEdit):
    """A line to search in. Esc clears it, Enter and Down go on to the results.

    Emits:
        searched: the text, once typing paused or Enter was pressed.
        left: Enter, Down, or Esc in an empty field: the list wants the focus.
    """

    searched = Signal(str)
    left = Signal()

    def __init__(self, hint: str, keys: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(hint)
        self.setAccessibleName("Search")
        self.setFont(theme.font())
        self.setFixedHeight(theme.px(37))
        self._cap = KeyCap(keys, self)
        self.setTextMargins(0, 0, self._cap.width() + 6, 0)
        self._said = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._say)
        self.textChanged.connect(lambda _text: self._pause.start())

    def show_said(self, text: str) -> None:
        """Show what is sought already; it is not said again."""
        self.setText(text)
        self._pause.stop()
        self._said = text.strip()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the cap at the right."""
        super().resizeEvent(event)
        self._cap.move(
            self.width() - self._cap.width() - 10, (self.height() - self._cap.height()) // 2
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc clears, then leaves; Enter and Down leave."""
        key = event.key()
        if key == Qt.Key.Key_Escape and self.text():
            self.clear()
            self._say()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down, Qt.Key.Key_Escape):
            self._say()
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _say(self) -> None:
        self._pause.stop()
        text = self.text().strip()
        if text != self._said:
            self._said = text
            self.searched.emit(text)
