# SPDX-License-Identifier: MIT
"""The looks of the lead table: painted lines of one height, a quiet heading."""

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from leaddesk.ui import theme
from leaddesk.ui.models.lead_table import HEADINGS, LEAD_ROLE, Column
from leaddesk.ui.presenters.row_texts import NOTHING
from leaddesk.ui.widgets.chips import GRADE_SIZE, paint_grade

ROW_HEIGHT: Final = 37
HEADING_HEIGHT: Final = 33
TEXT_SIZE: Final = 13
_PAD: Final = 10
_FIXED: Final = {
    Column.GRADE: 62,
    Column.SOURCE: 124,
    Column.EMPLOYEES: 96,
    Column.STATUS: 126,
    Column.LAST_ACTIVITY: 112,
}
_NARROW: Final = 620
"""Below this width the source makes room for name and company."""


class LeadDelegate(QStyledItemDelegate):
    """Paints one cell."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw background, badge or text, and the line below."""
        t = theme.current()
        state: QStyle.StateFlag = option.state
        rect: QRect = option.rect
        painter.save()
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.fillRect(rect, theme.color(t.sel if chosen else t.panel))
        painter.setPen(QPen(theme.color(t.line2), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if index.column() == Column.GRADE:
            self._paint_grade(painter, rect, index)
        else:
            self._paint_text(painter, rect, index)
        painter.restore()

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return the height of a line; widths are set by the view."""
        return QSize(super().sizeHint(option, index).width(), theme.px(ROW_HEIGHT))

    def _paint_grade(
        self, painter: QPainter, rect: QRect, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row = index.data(LEAD_ROLE)
        if row is None:
            return
        top = rect.top() + (rect.height() - 1 - GRADE_SIZE.height()) / 2
        box = QRectF(rect.left() + _PAD, top, GRADE_SIZE.width(), GRADE_SIZE.height())
        paint_grade(painter, box, row.grade)

    def _paint_text(
        self, painter: QPainter, rect: QRect, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        text = index.data()
        if not text:
            return
        t = theme.current()
        column = index.column()
        number = column in (Column.EMPLOYEES, Column.LAST_ACTIVITY)
        painter.setFont(theme.font(TEXT_SIZE, tabular=number))
        painter.setPen(theme.color(t.muted if text == NOTHING else t.text))
        room = rect.adjusted(_PAD, 0, -_PAD, -1)
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        side = (
            Qt.AlignmentFlag.AlignRight
            if column == Column.EMPLOYEES
            else Qt.AlignmentFlag.AlignLeft
        )
        flags = side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(room, int(flags | Qt.TextFlag.TextSingleLine), shown)


class Heading(QHeaderView):
    """The heading: muted words, an arrow at the column sorted by."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setFixedHeight(theme.px(HEADING_HEIGHT))
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(40)
        self._order: tuple[int | None, bool] = (None, True)

    def show_order(self, column: int | None, *, descending: bool) -> None:
        """Mark the column sorted by; None marks none."""
        self._order = (column, descending)
        self.viewport().update()

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Draw one heading."""
        t = theme.current()
        painter.save()
        painter.fillRect(rect, theme.color(t.raised))
        painter.setPen(QPen(theme.color(t.line), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.setFont(theme.font(TEXT_SIZE, theme.MEDIUM))
        column, descending = self._order
        sorted_by = section == column
        painter.setPen(theme.color(t.text if sorted_by else t.muted))
        arrow = " \u25be" if descending else " \u25b4"
        side = (
            Qt.AlignmentFlag.AlignRight
            if section == Column.EMPLOYEES
            else Qt.AlignmentFlag.AlignLeft
        )
        painter.drawText(
            rect.adjusted(_PAD, 0, -_PAD, 0),
            int(side | Qt.AlignmentFlag.AlignVCenter),
            HEADINGS[section] + (arrow if sorted_by else ""),
        )
        painter.restore()


class LeadTableView(QTableView):
    """One lead a line; moves by keys, calls with Enter.

    Emits:
        wanted: Enter or a double click on a lead.
    """

    wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Leads")
        self.setProperty("look", "plain")
        self.heading = Heading(self)
        self.setHorizontalHeader(self.heading)
        self.setItemDelegate(LeadDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(theme.px(ROW_HEIGHT))
        rows.setMinimumSectionSize(theme.px(ROW_HEIGHT))
        self.doubleClicked.connect(lambda _index: self.wanted.emit())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give name and company what the others leave."""
        super().resizeEvent(event)
        width = self.viewport().width()
        hidden = width < _NARROW + _FIXED[Column.SOURCE]
        self.setColumnHidden(Column.SOURCE, hidden)
        rest = width - sum(
            size for column, size in _FIXED.items() if not (hidden and column is Column.SOURCE)
        )
        for column, size in _FIXED.items():
            self.setColumnWidth(column, size)
        self.setColumnWidth(Column.NAME, rest // 2)
        self.setColumnWidth(Column.COMPANY, rest - rest // 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter calls; Home and End go to the first and last lead."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.wanted.emit()
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.selectRow(0 if key == Qt.Key.Key_Home else self.model().rowCount() - 1)
        else:
            super().keyPressEvent(event)
