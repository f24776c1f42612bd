# SPDX-License-Identifier: MIT
"""The checklist: a line a criterion, gaps first, each with its state, its words and its meter."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from leaddesk.ui import theme
from leaddesk.ui.call.meters import CriterionMeter
from leaddesk.ui.call.span_text import Span, SpanText, wrapped
from leaddesk.ui.presenters.call_screens import CriterionLine, Gap
from leaddesk.ui.presenters.visible import visible
from leaddesk.ui.widgets.chips import GradeBadge
from leaddesk.ui.widgets.labels import label

_WORDS = {
    Gap.DONE: "known",
    Gap.PART: "partly known",
    Gap.OPEN: "open",
    Gap.MISSED: "known, below what a pass needs",
}


class StateSign(QWidget):
    """Tick, half circle, circle or cross: told apart by shape, not by colour alone."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(20, 20)
        self._gap = Gap.OPEN

    def show_gap(self, gap: Gap) -> None:
        """Show another state."""
        self._gap = gap
        self.setAccessibleName(_WORDS[gap])
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the sign."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        {
            Gap.DONE: _tick,
            Gap.PART: _half,
            Gap.OPEN: _circle,
            Gap.MISSED: _cross,
        }[self._gap](painter)


def _pen(color: str, width: float = 1.6) -> QPen:
    return QPen(
        theme.color(color),
        width,
        Qt.PenStyle.SolidLine,
        Qt.PenCapStyle.RoundCap,
        Qt.PenJoinStyle.RoundJoin,
    )


def _tick(painter: QPainter) -> None:
    path = QPainterPath(QPointF(2.5, 10.5))
    path.lineTo(5.5, 13.5)
    path.lineTo(11, 6.5)
    painter.setPen(_pen(theme.current().pass_))
    painter.drawPath(path)


def _circle(painter: QPainter) -> None:
    painter.setPen(_pen(theme.current().muted, 1.4))
    painter.drawEllipse(QRectF(2, 5, 10, 10))


def _half(painter: QPainter) -> None:
    color = theme.current().nurture
    painter.setPen(_pen(color, 1.2))
    painter.drawEllipse(QRectF(1.5, 4.5, 11, 11))
    painter.setBrush(theme.color(color))
    painter.drawPie(QRectF(1.5, 4.5, 11, 11), 90 * 16, 180 * 16)


def _cross(painter: QPainter) -> None:
    painter.setPen(_pen(theme.current().dq))
    painter.drawLine(QPointF(3, 6), QPointF(11, 14))
    painter.drawLine(QPointF(11, 6), QPointF(3, 14))


class CriterionRow(QFrame):
    """One line of the checklist."""

    def __init__(self) -> None:
        super().__init__()
        self._current = False
        self._line: CriterionLine | None = None
        self._sign = StateSign()
        self._title = SpanText(weight=theme.SEMIBOLD, line_height=1.43)
        self._words = wrapped(label("", "muted", pixels=13))
        self._meter = CriterionMeter()
        self._badge = GradeBadge()
        grid = QGridLayout(self)
        grid.setContentsMargins(16, 10, 16, 9)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(3)
        grid.addWidget(self._sign, 0, 0)
        grid.addWidget(self._title, 0, 1)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        grid.addWidget(self._meter, 0, 2, right)
        grid.addWidget(self._badge, 0, 2, right)
        grid.addWidget(self._words, 1, 1)
        grid.setColumnStretch(1, 1)
        grid.setColumnMinimumWidth(2, 76)

    @property
    def is_current(self) -> bool:
        """Whether the question on screen belongs to this criterion."""
        return self._current

    def show_line(self, line: CriterionLine) -> None:
        """Show another criterion or another state of it."""
        if line == self._line:
            return
        self._line = line
        self._sign.show_gap(line.gap)
        suffix = [Span(f" {line.suffix}", "muted", weight=theme.REGULAR)] if line.suffix else []
        self._title.set_spans([Span(line.title), *suffix])
        if self._words.text() != line.line:
            self._words.setText(line.line)
        self._meter.show_line(line)
        self._meter.setVisible(not line.badge)
        self._badge.set_grade(line.badge)
        self._badge.setVisible(bool(line.badge))
        self.setAccessibleName(visible(f"{line.title}: {_WORDS[line.gap]}. {line.line}"))
        if line.current != self._current:
            self._current = line.current
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Tint the criterion of the question on screen, and rule off the one above."""
        t = theme.current()
        painter = QPainter(self)
        if self._current:
            painter.fillRect(self.rect(), theme.color(t.sel))
        painter.fillRect(0, 0, self.width(), 1, theme.color(t.line2))


class Checklist(QWidget):
    """The lines in the order given; rows stay where they are and show another criterion."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Checklist")
        self._rows: list[CriterionRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._end = QFrame()
        self._end.setProperty("look", "rule2")
        self._column.addWidget(self._end)
        self._column.addStretch(1)

    def show_lines(self, lines: Sequence[CriterionLine]) -> None:
        """Show these lines."""
        for _missing in range(len(lines) - len(self._rows)):
            row = CriterionRow()
            self._column.insertWidget(len(self._rows), row)
            self._rows.append(row)
        for index, row in enumerate(self._rows):
            if index < len(lines):
                row.show_line(lines[index])
            if row.isHidden() != (index >= len(lines)):
                row.setVisible(index < len(lines))

    def current_row(self) -> QWidget | None:
        """Return the row of the question on screen."""
        return next((row for row in self._rows if row.isVisible() and row.is_current), None)
