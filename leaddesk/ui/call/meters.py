# SPDX-License-Identifier: MIT
"""The painted bars of the assessment: the score as an interval, and the meter of a criterion.

Both are progress bars to a screen reader, with a value and words.
"""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QFontMetricsF, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QProgressBar, QSizePolicy

from leaddesk.ui import theme
from leaddesk.ui.presenters.call_screens import AssessmentScreen, CriterionLine
from leaddesk.ui.presenters.visible import visible

_BAR_TOP = 5
_BAR_HEIGHT = 14
_TICK = 2
_LABEL_TOP = 24
_LABEL_GAP = 10


class IntervalBar(QProgressBar):
    """Earned, still reachable and what can be lost, on 0 to 100, with both thresholds."""

    def __init__(self) -> None:
        super().__init__()
        self.setRange(0, 100)
        self.setTextVisible(False)
        self.setStyleSheet("min-height: 40px; max-height: 40px; background: transparent;")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Score")
        self._screen: AssessmentScreen | None = None

    def sizeHint(self) -> QSize:
        """Return the bar with the labels below it."""
        return QSize(200, _LABEL_TOP + theme.px(16))

    def show_screen(self, screen: AssessmentScreen) -> None:
        """Show another interval."""
        self._screen = screen
        set_quietly(self, screen.shown)
        self.setAccessibleDescription(
            f"{screen.shown} of 100, {screen.reach}; "
            f"nurture from {screen.nurture_at}, pass from {screen.pass_at}"
        )
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the interval and the thresholds."""
        screen = self._screen
        if screen is None:
            return
        t = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        bar = QRectF(0, _BAR_TOP, self.width(), _BAR_HEIGHT)
        shape = QPainterPath()
        shape.addRoundedRect(bar, _BAR_HEIGHT / 2, _BAR_HEIGHT / 2)
        painter.save()
        painter.setClipPath(shape)
        painter.fillRect(bar, theme.color(t.track))
        painter.fillRect(self._part(0, screen.high), theme.color(t.reach))
        painter.fillRect(self._part(0, screen.score), theme.color(t.accent))
        if screen.low < screen.score:
            stripes = QBrush(theme.color(t.reach), Qt.BrushStyle.BDiagPattern)
            painter.fillRect(self._part(screen.low, screen.score), stripes)
        painter.restore()
        self._paint_thresholds(painter, screen)

    def _part(self, start: float, end: float) -> QRectF:
        left, right = self.width() * start / 100, self.width() * end / 100
        return QRectF(left, _BAR_TOP, right - left, _BAR_HEIGHT)

    def _paint_thresholds(self, painter: QPainter, screen: AssessmentScreen) -> None:
        """Draw both ticks; where their labels would touch, they move apart."""
        t = theme.current()
        font = theme.font(12, tabular=True)
        metrics = QFontMetricsF(font)
        marks = ((screen.nurture_at, "nurture", t.nurture), (screen.pass_at, "pass", t.pass_))
        texts = [f"{word} {at}" for at, word, _color in marks]
        widths = [metrics.horizontalAdvance(text) for text in texts]
        centres = [self.width() * at / 100 for at, _word, _color in marks]
        lefts = apart(centres, widths, self.width())
        painter.setFont(font)
        for (_at, _word, color), text, centre, left, width in zip(
            marks, texts, centres, lefts, widths, strict=True
        ):
            tick = min(max(0.0, centre - _TICK / 2), self.width() - _TICK)
            painter.fillRect(QRectF(tick, _BAR_TOP - 4, _TICK, _BAR_HEIGHT + 8), theme.color(color))
            painter.setPen(theme.color(color))
            painter.drawText(
                QRectF(left, _LABEL_TOP, width + 1, theme.px(16)),
                int(Qt.AlignmentFlag.AlignVCenter),
                text,
            )


def set_quietly(bar: QProgressBar, value: int) -> None:
    """Set a value without the repaint in place that Qt does: the next frame is soon enough."""
    bar.setUpdatesEnabled(False)
    bar.setValue(value)
    bar.setUpdatesEnabled(True)


def apart(centres: list[float], widths: list[float], room: float) -> list[float]:
    """Return where two labels start: centred below their ticks, inside, and not touching."""
    lefts = [
        min(max(0.0, centre - width / 2), room - width)
        for centre, width in zip(centres, widths, strict=True)
    ]
    overlap = lefts[0] + widths[0] + _LABEL_GAP - lefts[1]
    if overlap > 0:
        second = min(lefts[1] + overlap / 2, room - widths[1])
        lefts = [max(0.0, second - _LABEL_GAP - widths[0]), second]
        lefts[1] = max(lefts[1], lefts[0] + widths[0] + _LABEL_GAP)
    return lefts


class CriterionMeter(QProgressBar):
    """Earned and reachable of the most one criterion can give."""

    def __init__(self) -> None:
        super().__init__()
        self.setRange(0, 100)
        self.setTextVisible(False)
        self.setStyleSheet("min-height: 5px; max-height: 5px; background: transparent;")
        self.setFixedSize(76, 5)
        self._shares = (0.0, 0.0)

    def show_line(self, line: CriterionLine) -> None:
        """Show the meter of another criterion."""
        self.setAccessibleName(visible(f"{line.title}, points"))
        if (line.earned, line.reach) == self._shares:
            return
        self._shares = (line.earned, line.reach)
        set_quietly(self, int(100 * line.earned))
        self.setAccessibleDescription(f"{line.earned:.0%} earned, {line.reach:.0%} can be reached")
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the meter."""
        t = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        body = QRectF(self.rect())
        shape = QPainterPath()
        shape.addRoundedRect(body, 3, 3)
        painter.setClipPath(shape)
        earned, reach = self._shares
        for share, color in ((1.0, t.track), (reach, t.reach), (earned, t.accent)):
            painter.fillRect(QRectF(0, 0, body.width() * share, body.height()), theme.color(color))
