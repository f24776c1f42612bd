# SPDX-License-Identifier: MIT
"""Plain text in several colours and weights. Never markup: lead data can only ever be read."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QPainter,
    QPaintEvent,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QLabel, QSizePolicy

from leaddesk.ui import theme

_WIDEST = 100_000


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of text.

    Attributes:
        tone: Name of a text colour of `theme.Tokens`.
        mark: Name of a background colour; empty: none.
        weight: Of the font; 0: that of the label.
    """

    text: str
    tone: str = "text"
    mark: str = ""
    weight: int = 0


class SpanText(QLabel):
    """A label of spans that wraps; screen readers get its plain text.

    Args:
        line_height: Distance of base lines as a multiple of the font's size.
    """

    def __init__(
        self,
        *,
        pixels: int = theme.BASE_SIZE,
        weight: int = theme.REGULAR,
        line_height: float = 1.45,
    ) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(theme.font(pixels, weight))
        self.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._step = round(pixels * line_height)
        self._spans: tuple[Span, ...] = ()
        self._made_for: tuple[object, ...] = ()
        self._layout = QTextLayout()
        self._height = 0

    def set_spans(self, spans: Sequence[Span]) -> None:
        """Show these pieces, one behind the other."""
        if tuple(spans) != self._spans:
            self._spans = tuple(spans)
            self.setText("".join(span.text for span in spans))

    def hasHeightForWidth(self) -> bool:
        """Return True: the text wraps."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all lines."""
        self._lay_out(width)
        return self._height

    def sizeHint(self) -> QSize:
        """Return the text on one line."""
        self._lay_out(_WIDEST)
        return QSize(round(self._layout.maximumWidth()) + 2, self._height)

    def minimumSizeHint(self) -> QSize:
        """Return little: the text wraps."""
        return QSize(40, self._step)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the lines."""
        self._lay_out(self.width())
        self._layout.draw(QPainter(self), QPointF(0, 0))

    def _lay_out(self, width: int) -> None:
        key = (width, self._spans, theme.current())
        if key == self._made_for:
            return
        self._made_for = key
        layout = QTextLayout(self.text().replace("\n", "\u2028"), self.font())
        layout.setTextOption(QTextOption(Qt.AlignmentFlag.AlignLeft))
        layout.setFormats(self._formats())
        layout.beginLayout()
        y = 0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, y + (self._step - line.height()) / 2))
            y += self._step
        layout.endLayout()
        self._layout, self._height = layout, y

    def _formats(self) -> list[QTextLayout.FormatRange]:
        tokens = theme.current()
        formats = []
        start = 0
        for span in self._spans:
            piece = QTextLayout.FormatRange()
            look = QTextCharFormat()
            look.setForeground(QColor(getattr(tokens, span.tone)))
            if span.mark:
                look.setBackground(QColor(getattr(tokens, span.mark)))
            if span.weight:
                look.setFontWeight(span.weight)
            piece.start, piece.length, piece.format = start, _utf16_length(span.text), look
            formats.append(piece)
            start += _utf16_length(span.text)
        return formats


def wrapped(shown: QLabel) -> QLabel:
    """Return the label, made to wrap its text."""
    shown.setWordWrap(True)
    return shown


def _utf16_length(text: str) -> int:
    """Return how Qt counts: characters beyond the basic plane are two."""
    return len(text.encode("utf-16-le")) // 2
