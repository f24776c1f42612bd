# SPDX-License-Identifier: MIT
"""The list of follow-ups: as high as its lines where there is room."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QSizePolicy, QWidget

from leaddesk.ui import theme
from leaddesk.ui.follow_ups.delegate import HEADING_HEIGHT, LINE_HEIGHT, FollowUpDelegate
from leaddesk.ui.models.follow_up_model import LINE_ROLE, FollowUpModel
from leaddesk.ui.models.lead_table import AnyIndex


class FollowUpList(QListView):
    """Goes over headings with the arrows.

    Emits:
        acted: the button of the line with this id was pressed.
        reached_end: the last line is on the screen.
    """

    acted = Signal(str)
    reached_end = Signal()

    def __init__(self, model: FollowUpModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = model
        self._painter = FollowUpDelegate(self)
        self.setModel(model)
        self.setItemDelegate(self._painter)
        self.setAccessibleName("Follow-ups")
        self.setProperty("look", "plain")
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)

    @property
    def key(self) -> str:
        """The id of what is chosen; empty: nothing is."""
        line = self.currentIndex().data(LINE_ROLE) if self.currentIndex().isValid() else None
        return line.id if line is not None else ""

    def choose(self, row: int) -> None:
        """Choose a line, or the next one below that is no heading."""
        count = self._lines.rowCount()
        rows = [*range(max(row, 0), count), *range(min(row, count) - 1, -1, -1)]
        found = next((one for one in rows if self._lines.lines[one].id), -1)
        if found >= 0:
            self.setCurrentIndex(self._lines.index(found, 0))
            if found <= 1:
                self.scrollToTop()

    def sizeHint(self) -> QSize:
        """Return room for all lines."""
        headings = sum(not line.id for line in self._lines.lines)
        lines = len(self._lines.lines) - headings
        height = lines * theme.px(LINE_HEIGHT) + headings * theme.px(HEADING_HEIGHT)
        return QSize(400, height)

    def minimumSizeHint(self) -> QSize:
        """Return room for a line."""
        return QSize(200, theme.px(LINE_HEIGHT))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Enter and letters to the page; the arrows move."""
        moves = {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}
        if event.key() in moves | {Qt.Key.Key_Home, Qt.Key.Key_End}:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:
        """Paint both lines: the button shows its key on the chosen one alone."""
        super().currentChanged(current, previous)
        self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Press the button where the mouse is let go over it."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        line = index.data(LINE_ROLE) if index.isValid() else None
        if line is None or line.act is None or event.button() != Qt.MouseButton.LeftButton:
            return
        rect = QRectF(self.visualRect(index))
        if self._painter.button_rect(rect, line.act, is_current=True).contains(event.position()):
            self.acted.emit(line.id)

    def _on_scrolled(self, value: int) -> None:
        if value and value == self.verticalScrollBar().maximum():
            self.reached_end.emit()
