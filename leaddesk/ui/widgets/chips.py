# SPDX-License-Identifier: MIT
"""Small rounded labels: a count, a state, a choice of the queue; and the grade of a lead."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from leaddesk.ui import theme
from leaddesk.ui.presenters.visible import visible
from leaddesk.ui.theme import Tokens
from leaddesk.ui.widgets.labels import PlainLabel

GRADE_SIZE = QSize(28, 22)


class Chip(PlainLabel):
    """A rounded label; tones are neutral, accent, pass, nurture and dq."""

    def __init__(self, text: str = "", tone: str = "neutral") -> None:
        super().__init__(text)
        self.setFont(theme.font(12, theme.SEMIBOLD, tabular=True))
        self.setProperty("chip", tone)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)


class ChipButton(QPushButton):
    """A chip that can be chosen, for example a segment of the queue."""

    def __init__(self, text: str) -> None:
        super().__init__(visible(text))
        self.setCheckable(True)
        self.setFont(theme.font(12, theme.SEMIBOLD, tabular=True))
        self.setAccessibleName(visible(text))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def setText(self, text: str) -> None:
        """Change text and accessible name together."""
        super().setText(visible(text))
        self.setAccessibleName(visible(text))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Return room for the text."""
        width = QFontMetricsF(self.font()).horizontalAdvance(self.text())
        return QSize(round(width) + 17, theme.px(22))

    def minimumSizeHint(self) -> QSize:
        """Return the size hint: a chip is never cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the chip, tinted when it is chosen."""
        t = theme.current()
        back, front = (t.accent_soft, t.accent) if self.isChecked() else (t.line2, t.muted)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ring = QPen(theme.color(t.accent), 1.5) if self.hasFocus() else Qt.PenStyle.NoPen
        painter.setPen(ring)
        painter.setBrush(theme.color(back))
        body = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(body, body.height() / 2, body.height() / 2)
        painter.setPen(theme.color(front))
        painter.setFont(self.font())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())


def grade_colors(grade: str, tokens: Tokens) -> tuple[str, str]:
    """Return background and text colour of a grade; unknown is neutral."""
    return {
        "A": (tokens.pass_soft, tokens.pass_),
        "B": (tokens.accent_soft, tokens.accent),
        "C": (tokens.nurture_soft, tokens.nurture),
        "D": (tokens.dq_soft, tokens.dq),
    }.get(grade[:1], (tokens.line2, tokens.muted))


def paint_grade(painter: QPainter, rect: QRectF, grade: str) -> None:
    """Draw a grade badge into the rectangle; an empty grade is a dash."""
    back, front = grade_colors(grade, theme.current())
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color(back))
    painter.drawRoundedRect(rect, 5, 5)
    painter.setPen(theme.color(front))
    painter.setFont(theme.font(12, theme.BOLD))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, grade or "\u2013")


class GradeBadge(QWidget):
    """The grade of a lead: fit letter and engagement digit."""

    def __init__(self, grade: str = "") -> None:
        super().__init__()
        self.setFixedSize(theme.px(GRADE_SIZE.width()), theme.px(GRADE_SIZE.height()))
        self._grade = grade
        self.set_grade(grade)

    def set_grade(self, grade: str) -> None:
        """Show another grade."""
        self._grade = grade
        self.setAccessibleName(f"Grade {grade}" if grade else "No grade yet")
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the badge."""
        paint_grade(QPainter(self), QRectF(self.rect()), self._grade)
