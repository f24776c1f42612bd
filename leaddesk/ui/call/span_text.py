# SPDX-License-Identifier: MIT
"""Plain text in several colours and weights. Never markup: lead data can only ever be read."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

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
from leaddesk.ui.presenters.visible import visible
from leaddesk.ui.widgets.labels import PlainLabel

if TYPE_CHECKING:
    from leaddesk.ui.theme import Tokens

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


class SpanText(PlainLabel):
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
        self.setFont(theme.font(pixels, weight))
        self.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._step = round(theme.px(pixels) * line_height)
        self._spans: tuple[Span, ...] = ()
        self._made_for: Tokens | None = None
        self._layouts: dict[int, tuple[QTextLayout, int]] = {}

    def set_spans(self, spans: Sequence[Span]) -> None:
        """Show these pieces, one behind the other."""
        seen = tuple(replace(span, text=visible(span.text)) for span in spans)
        if seen != self._spans:
            self._spans = seen
            self._made_for = None
            self.setText("".join(span.text for span in seen))
            self.update()

    def hasHeightForWidth(self) -> bool:
        """Return True: the text wraps."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all lines."""
        return self._laid_out(width)[1]

    def sizeHint(self) -> QSize:
        """Return the text on one line."""
        layout, height = self._laid_out(_WIDEST)
        return QSize(round(layout.maximumWidth()) + 2, height)

    def minimumSizeHint(self) -> QSize:
        """Return little: the text wraps."""
        return QSize(40, self._step)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the lines."""
        self._laid_out(self.width())[0].draw(QPainter(self), QPointF(0, 0))

    def _laid_out(self, width: int) -> tuple[QTextLayout, int]:
        """Return the lines at a width and their height; made once a text, theme and width."""
        if self._made_for is not theme.current():
            self._made_for = theme.current()
            self._layouts.clear()
        if width not in self._layouts:
            self._layouts[width] = self._lay_out(width)
        return self._layouts[width]

    def _lay_out(self, width: int) -> tuple[QTextLayout, int]:
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
        return layout, y

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
