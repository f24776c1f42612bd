# SPDX-License-Identifier: MIT
"""Paints one line of the follow-ups: when, grade, what, company and its button."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem

from leaddesk.ui import theme
from leaddesk.ui.actions import shown_keys
from leaddesk.ui.models.follow_up_model import LINE_ROLE
from leaddesk.ui.presenters.follow_up_lines import Act, FollowUpLine
from leaddesk.ui.presenters.visible import visible
from leaddesk.ui.widgets.chips import GRADE_SIZE, paint_grade
from leaddesk.ui.widgets.keys import CAP_HEIGHT, cap_width, paint_cap

LINE_HEIGHT = 60
HEADING_HEIGHT = 39
_PAD = 16
_WHEN_WIDTH = 96
_GAP = 12
_BUTTON_PAD = 11
_BUTTON_HEIGHT = 34
_COMPANY_SHARE = 0.2
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter

Index = QModelIndex | QPersistentModelIndex


class FollowUpDelegate(QStyledItemDelegate):
    """One height for lines, a smaller one for headings."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return how high a line is."""
        line: FollowUpLine = index.data(LINE_ROLE)
        return QSize(200, theme.px(LINE_HEIGHT if line.id else HEADING_HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a heading or a line."""
        line: FollowUpLine = index.data(LINE_ROLE)
        rect = QRectF(option.rect)
        t = theme.current()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not line.id:
            painter.setPen(theme.color(t.dq if line.is_late else t.muted))
            _draw(painter, rect.adjusted(_PAD, 0, -_PAD, 0), line.title, _heading())
        else:
            is_current = index == self._view.currentIndex()
            if is_current:
                self._paint_chosen(painter, rect)
            self._paint_line(painter, rect, line, is_current=is_current)
        painter.setPen(QPen(theme.color(t.line2), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.restore()

    def button_rect(self, rect: QRectF, act: Act, *, is_current: bool) -> QRectF:
        """Return where the button of a line is."""
        width = QFontMetricsF(_bold()).horizontalAdvance(act) + 2 * _BUTTON_PAD
        if is_current:
            width += _GAP + cap_width(_enter())
        height = theme.px(_BUTTON_HEIGHT)
        top = rect.top() + (rect.height() - height) / 2
        return QRectF(rect.right() - _PAD - width, top, width, height)

    def _paint_chosen(self, painter: QPainter, rect: QRectF) -> None:
        t = theme.current()
        painter.fillRect(rect, theme.color(t.raised))
        if self._view.hasFocus():
            painter.setPen(QPen(theme.color(t.accent), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(0.5, 0.5, -0.5, -1.5))

    def _paint_line(
        self, painter: QPainter, rect: QRectF, line: FollowUpLine, *, is_current: bool
    ) -> None:
        t = theme.current()
        left = rect.left() + _PAD
        when = QRectF(left, rect.top(), _when_width(line), rect.height())
        painter.setPen(theme.color(t.dq if line.is_late else t.text))
        _draw(painter, when, line.when, _bold() if line.is_late else theme.font(tabular=True))
        left = rect.left() + _PAD + theme.px(_WHEN_WIDTH) + _GAP
        left = max(left, when.right() + _GAP)
        height = theme.px(GRADE_SIZE.height())
        top = rect.top() + (rect.height() - height) / 2
        paint_grade(painter, QRectF(left, top, theme.px(GRADE_SIZE.width()), height), line.grade)
        left += theme.px(GRADE_SIZE.width()) + _GAP + 4
        right = rect.right() - _PAD
        if line.act is not None:
            button = self.button_rect(rect, line.act, is_current=is_current)
            _paint_button(painter, button, line.act, is_current=is_current)
            right = rect.right() - _PAD - _widest_button() - _GAP
        width = (right - left) * _COMPANY_SHARE
        company = QRectF(right - width, rect.top(), width, rect.height())
        painter.setPen(theme.color(t.muted))
        _draw(painter, company, line.company, theme.font(13))
        room = company.left() - _GAP - left
        has_detail = bool(line.detail)
        upper = QRectF(left, rect.top() + theme.px(9 if has_detail else 19), room, theme.px(21))
        painter.setPen(theme.color(t.text))
        _draw(painter, upper, line.title, _bold())
        painter.setPen(theme.color(t.muted))
        lower = QRectF(left, rect.top() + theme.px(30), room, theme.px(20))
        _draw(painter, lower, line.detail, theme.font(13))


def _paint_button(painter: QPainter, rect: QRectF, act: Act, *, is_current: bool) -> None:
    t = theme.current()
    painter.setPen(QPen(theme.color(t.accent if is_current else t.line), 1))
    painter.setBrush(theme.color(t.raised))
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
    painter.setPen(theme.color(t.accent if is_current else t.text))
    _draw(painter, rect.adjusted(_BUTTON_PAD, 0, 0, 0), act, _bold())
    if is_current:
        width, height = cap_width(_enter()), theme.px(CAP_HEIGHT)
        left = rect.right() - _BUTTON_PAD - width
        top = rect.top() + (rect.height() - height) / 2
        paint_cap(painter, QRectF(left, top, width, height), _enter())


def _heading() -> QFont:
    return theme.font(12, theme.SEMIBOLD)


def _bold() -> QFont:
    return theme.font(theme.BASE_SIZE, theme.SEMIBOLD, tabular=True)


def _enter() -> str:
    return shown_keys("follow_act")


def _widest_button() -> float:
    metrics = QFontMetricsF(_bold())
    widest = max(metrics.horizontalAdvance(act) for act in (Act.COPY, Act.REMIND))
    return widest + 2 * _BUTTON_PAD + _GAP + cap_width(_enter())


def _when_width(line: FollowUpLine) -> float:
    """Return room for the time; how late it is is never cut."""
    needed = QFontMetricsF(_bold()).horizontalAdvance(line.when) + 2
    return max(needed, theme.px(_WHEN_WIDTH))


def _draw(painter: QPainter, rect: QRectF, text: str, font: QFont) -> None:
    """Draw one line of text in the pen's colour, cut at the end where it does not fit."""
    painter.setFont(font)
    one_line = " ".join(visible(text).split())
    shown = QFontMetricsF(font).elidedText(one_line, Qt.TextElideMode.ElideRight, rect.width() + 1)
    painter.drawText(rect.adjusted(0, 0, 1, 0), int(_LEFT | Qt.TextFlag.TextSingleLine), shown)
