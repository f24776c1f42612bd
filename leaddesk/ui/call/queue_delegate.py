# SPDX-License-Identifier: MIT
"""Paints one line of the queue: grade, name, title and company, why it is here."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QCursor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem

from leaddesk.core.services.lead_list import ListRow
from leaddesk.ui import theme
from leaddesk.ui.models.lead_table import LEAD_ROLE
from leaddesk.ui.presenters.visible import visible
from leaddesk.ui.widgets.chips import GRADE_SIZE, paint_grade

LINE_HEIGHT = 61
_PAD = 14
_TEXT_LEFT = 56
_BAR = 3
_IN_CALL = "call in progress"
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class QueueDelegate(QStyledItemDelegate):
    """Two lines of text, the badge at the left; the chosen one has a bar at its edge."""

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(
        self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return one height for all, so that a million lines cost no measuring."""
        return QSize(200, theme.px(LINE_HEIGHT))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw the line."""
        row = index.data(LEAD_ROLE)
        rect = QRectF(option.rect)
        painter.save()
        self._paint_back(painter, rect, index)
        if row is not None:
            self._paint_line(painter, rect, row)
        painter.restore()

    def _paint_back(
        self, painter: QPainter, rect: QRectF, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        # The view is asked, not the option's state: QStyle and its many enums would cost the first
        # paint some milliseconds, and nothing else of it is needed.
        t = theme.current()
        selected = self._view.selectionModel().isSelected(index)
        if selected:
            painter.fillRect(rect, theme.color(t.sel))
        elif self._is_under_mouse(index):
            painter.fillRect(rect, theme.color(t.raised))
        painter.fillRect(
            QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), theme.color(t.line2)
        )
        if selected:
            painter.fillRect(
                QRectF(rect.left(), rect.top(), _BAR, rect.height()), theme.color(t.accent)
            )
        if selected and self._view.hasFocus():
            painter.setPen(QPen(theme.color(t.accent), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(0.5, 0.5, -0.5, -1.5))

    def _is_under_mouse(self, index: QModelIndex | QPersistentModelIndex) -> bool:
        viewport = self._view.viewport()
        if not viewport.underMouse():
            return False
        return self._view.indexAt(viewport.mapFromGlobal(QCursor.pos())) == index

    def _paint_line(self, painter: QPainter, rect: QRectF, row: ListRow) -> None:
        t = theme.current()
        badge = QRectF(
            rect.left() + _PAD,
            rect.top() + theme.px(9),
            theme.px(GRADE_SIZE.width()),
            theme.px(GRADE_SIZE.height()),
        )
        paint_grade(painter, badge, row.grade)
        left, right = rect.left() + theme.px(_TEXT_LEFT), rect.right() - _PAD
        is_loud = row.is_urgent or row.note == _IN_CALL
        note_font = theme.font(12, theme.SEMIBOLD if is_loud else theme.REGULAR)
        note_color = t.dq if row.is_urgent else t.accent if is_loud else t.muted
        note_width = QFontMetricsF(note_font).horizontalAdvance(row.note)
        top = QRectF(left, rect.top() + theme.px(9), right - left, theme.px(21))
        painter.setPen(theme.color(note_color))
        _draw(painter, top, row.note, note_font, _RIGHT)
        top.setRight(right - note_width - 8)
        painter.setPen(theme.color(t.text))
        _draw(painter, top, row.name, theme.font(14, theme.SEMIBOLD))
        company = row.company if row.company != row.name else ""
        second = " \u00b7 ".join(part for part in (row.title, company) if part) or row.phone
        below = QRectF(left, rect.top() + theme.px(31), right - left, theme.px(20))
        painter.setPen(theme.color(t.muted))
        _draw(painter, below, second, theme.font(13))


def _draw(
    painter: QPainter,
    rect: QRectF,
    text: str,
    font: QFont,
    align: Qt.AlignmentFlag = _LEFT,
) -> None:
    """Draw one line of text in the pen's colour, cut at the end where it does not fit."""
    painter.setFont(font)
    one_line = " ".join(visible(text).split())
    shown = QFontMetricsF(font).elidedText(one_line, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, int(align), shown)
