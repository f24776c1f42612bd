# SPDX-License-Identifier: MIT
"""The bar under the tabs that says what went wrong and what to do. Never modal, never a sound."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from leaddesk.ui.widgets.keys import KeyButton
from leaddesk.ui.widgets.labels import label, set_parts, set_property


class MessageBar(QFrame):
    """Hidden until there is something to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("strip", "nurture")
        self.setAccessibleName("Message")
        self._text = label()
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        close = KeyButton.of_action("dismiss", self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 12, 6)
        row.setSpacing(12)
        row.addWidget(self._text, 1)
        row.addWidget(close)
        self.hide()

    def say(self, what: str, todo: str = "", *, serious: bool = False) -> None:
        """Show a message in place of the one before; read out by screen readers."""
        set_parts(self._text, ((what, True), (f"  {todo}", False)))
        set_property(self, "strip", "dq" if serious else "nurture")
        self.show()
        spoken = QAccessibleAnnouncementEvent(self, f"{what} {todo}".strip())
        QAccessible.updateAccessibility(spoken)
