# SPDX-License-Identifier: MIT
"""What stands where there is nothing yet: what that means, and what to do."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from leaddesk.ui import theme
from leaddesk.ui.widgets.labels import label


class EmptyState(QFrame):
    """Two sentences in the middle of an empty place."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "panel")
        self._what = label(pixels=17, weight=theme.SEMIBOLD)
        self._todo = label(look="muted")
        for line in (self._what, self._todo):
            line.setWordWrap(True)
            line.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(48, 0, 48, 64)
        column.setSpacing(6)
        column.addStretch()
        column.addWidget(self._what)
        column.addWidget(self._todo)
        column.addStretch()

    def say(self, what: str, todo: str) -> None:
        """Show what is the matter and what to do."""
        self._what.setText(what)
        self._todo.setText(todo)
