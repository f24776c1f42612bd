# SPDX-License-Identifier: MIT
"""The bar under the tabs that says what went wrong and what to do. Never modal, never a sound."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from leaddesk.ui import theme
from leaddesk.ui.widgets.keys import KeyButton
from leaddesk.ui.widgets.labels import label


class MessageBar(QFrame):
    """Hidden until there is something to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("tint", "nurture")
        self.setAccessibleName("Message")
        self._what = label(weight=theme.SEMIBOLD)
        self._what.setWordWrap(True)
        self._todo = label()
        self._todo.setWordWrap(True)
        self._todo.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        close = KeyButton.of_action("dismiss", self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 12, 8)
        row.setSpacing(12)
        row.addWidget(self._what, 2)
        row.addWidget(self._todo, 3)
        row.addWidget(close)
        self.hide()

    def say(self, what: str, todo: str = "", *, serious: bool = False) -> None:
        """Show a message in place of the one before; read out by screen readers."""
        self._what.setText(what)
        self._todo.setText(todo)
        self.setProperty("tint", "dq" if serious else "nurture")
        self.style().unpolish(self)
        self.style().polish(self)
        self.show()
        spoken = QAccessibleAnnouncementEvent(self, f"{what} {todo}".strip())
        QAccessible.updateAccessibility(spoken)
