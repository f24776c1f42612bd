# SPDX-License-Identifier: MIT
"""The table of a page that lists things: imports, what to know before an export."""

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from leaddesk.ui import theme
from leaddesk.ui.leads.table_view import HEADING_HEIGHT, Heading
from leaddesk.ui.models.line_table import LineTable

TEXT_SIZE: Final = 13
_ROW_HEIGHT: Final = 40
_PAD: Final = 10


class LineTableView(QTableView):
    """A line a thing; Enter and Esc are the page's.

    Args:
        lines: What is shown.
        name: What it is called aloud.
        shares: Widths of the columns, in hundredths; the last takes what is left.
    """

    def __init__(self, lines: LineTable, name: str, shares: tuple[int, ...]) -> None:
        super().__init__()
        self._shares = shares
        self.setModel(lines)
        self.setAccessibleName(name)
        self.setProperty("look", "plain")
        heading = Heading(self)
        heading.setSectionsMovable(False)
        heading.setSectionsClickable(False)
        heading.setStretchLastSection(True)
        heading.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        heading.setFixedHeight(theme.px(HEADING_HEIGHT))
        self.setHorizontalHeader(heading)
        self.setItemDelegate(_Delegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(theme.px(_ROW_HEIGHT))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the keys of the page to it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share out the width."""
        super().resizeEvent(event)
        width = self.viewport().width()
        for section, share in enumerate(self._shares[:-1]):
            self.setColumnWidth(section, width * share // 100)


class _Delegate(QStyledItemDelegate):
    """Paints one cell."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw background, text and the line below."""
        t = theme.current()
        state: QStyle.StateFlag = option.state
        rect: QRect = option.rect
        painter.save()
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.fillRect(rect, theme.color(t.sel if chosen else t.panel))
        painter.setPen(QPen(theme.color(t.line2), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.setFont(theme.font(TEXT_SIZE, tabular=True))
        painter.setPen(theme.color(t.muted if index.column() else t.text))
        room = rect.adjusted(_PAD, 0, -_PAD, -1)
        plain = " ".join(str(index.data()).split())
        shown = painter.fontMetrics().elidedText(plain, Qt.TextElideMode.ElideRight, room.width())
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(room, int(flags | Qt.TextFlag.TextSingleLine), shown)
        painter.restore()
