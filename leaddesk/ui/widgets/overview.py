# SPDX-License-Identifier: MIT
"""The overview of every key, over the window. Made from the list of actions when first shown."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from leaddesk.ui import actions, theme
from leaddesk.ui.action_list import ACTIONS, Where
from leaddesk.ui.call.scrolled import scrolled
from leaddesk.ui.widgets.keys import KeyButton, KeyCap
from leaddesk.ui.widgets.labels import heading, label

_COLUMNS = (
    (Where.QUEUE, Where.EVERYWHERE, Where.FOLLOW_UPS),
    (Where.CALL,),
    (Where.LEADS, Where.PANEL),
    (Where.IMPORT, Where.EXPORT, Where.HISTORY, Where.DUPLICATES, Where.COMPANY),
)
_STEPS = {
    Qt.Key.Key_Down: 60,
    Qt.Key.Key_Up: -60,
    Qt.Key.Key_PageDown: 400,
    Qt.Key.Key_PageUp: -400,
}
_AROUND = 170
"""What stands above, below and around the keys, in pixels."""


class Overview(QWidget):
    """Dims what is below it; Esc, F1 or a click beside it close it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._under = parent
        self.setAccessibleName("Shortcuts")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._card = QFrame()
        self._card.setProperty("look", "card")
        keys = QWidget()
        columns = QHBoxLayout(keys)
        columns.setContentsMargins(0, 0, 12, 0)
        columns.setSpacing(40)
        for wheres in _COLUMNS:
            columns.addLayout(_column(wheres))
        scroll = self._scroll = scrolled(keys)
        scroll.setSizeAdjustPolicy(QScrollArea.SizeAdjustPolicy.AdjustToContents)
        scroll.setMinimumWidth(keys.sizeHint().width() + 14)
        self._needed = keys.sizeHint().height()
        title = QHBoxLayout()
        title.addWidget(label("Shortcuts", pixels=19, weight=theme.SEMIBOLD))
        title.addStretch()
        title.addWidget(KeyButton.of_action("dismiss", self.hide))
        inside = QVBoxLayout(self._card)
        inside.setContentsMargins(28, 22, 28, 26)
        inside.setSpacing(16)
        inside.addLayout(title)
        inside.addWidget(scroll)
        self._around = QVBoxLayout(self)
        self._around.addWidget(self._card, 0, Qt.AlignmentFlag.AlignCenter)
        self.hide()

    def toggle(self) -> None:
        """Show it over the whole parent, or hide it."""
        if self.isVisible():
            self.hide()
            return
        self.setGeometry(self._under.rect())
        self._fit()
        self.show()
        self._around.activate()
        self.raise_()
        self.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the keys scroll where there is less room than they need."""
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close on Esc, scroll with the arrows, keep every other key from what lies below."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        elif event.key() in _STEPS:
            bar = self._scroll.verticalScrollBar()
            bar.setValue(bar.value() + _STEPS[Qt.Key(event.key())])

    def _fit(self) -> None:
        room = self.height() - theme.px(_AROUND)
        self._scroll.setFixedHeight(max(120, min(self._needed, room)))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Close on a click beside the card."""
        if not self._card.geometry().contains(event.position().toPoint()):
            self.hide()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Dim what is below."""
        shade = QColor(theme.current().text if theme.is_light() else theme.current().bg)
        shade.setAlpha(110 if theme.is_light() else 190)
        QPainter(self).fillRect(self.rect(), shade)


def _column(wheres: tuple[Where, ...]) -> QVBoxLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(14)
    grid.setVerticalSpacing(7)
    grid.setColumnStretch(1, 1)
    for where in wheres:
        if grid.count():
            grid.setRowMinimumHeight(grid.rowCount(), 10)
        grid.addWidget(heading(where.value), grid.rowCount(), 0, 1, 2)
        for spec in (action for action in ACTIONS if action.where is where):
            row = grid.rowCount()
            cap = KeyCap(actions.shown_keys(spec.id))
            grid.addWidget(cap, row, 0, Qt.AlignmentFlag.AlignRight)
            grid.addWidget(label(spec.text), row, 1)
    column = QVBoxLayout()
    column.addLayout(grid)
    column.addStretch()
    return column
