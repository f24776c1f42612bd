# SPDX-License-Identifier: MIT
"""Labels that show lead data as it is: plain text, never markup."""

import re
from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from leaddesk.ui import theme
from leaddesk.ui.presenters.visible import visible

_LONG_WORD = re.compile(r"(\S{20})")
_BREAKABLE = "\\1\N{ZERO WIDTH SPACE}"


class PlainLabel(QLabel):
    """A label that takes nothing for markup and shows control characters."""

    def __init__(self, text: str = "") -> None:
        super().__init__(visible(text))
        self.setTextFormat(Qt.TextFormat.PlainText)

    def setText(self, text: str) -> None:
        """Show another text."""
        super().setText(visible(text))


def set_tip(widget: QWidget, text: str) -> None:
    """Give the widget a tool tip of plain text."""
    widget.setToolTip(tip(text))


def tip(text: str) -> str:
    """Return a tool tip of plain text; Qt would guess markup in it, so it is escaped."""
    return f"<p style='white-space:pre-wrap'>{_escaped(text)}</p>" if text else ""


def _escaped(text: str) -> str:
    return visible(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def breakable(text: str) -> str:
    """Return a text that wraps: a word longer than its line would push everything else away."""
    return _LONG_WORD.sub(_BREAKABLE, text)


def set_property(widget: QWidget, name: str, value: str) -> None:
    """Set a property the style sheet asks for, also after the widget was shown."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def set_look(widget: QWidget, look: str) -> None:
    """Choose the look of a widget from the style sheet, also after it was shown."""
    set_property(widget, "look", look)


def label(  # noqa: PLR0913 - the looks of a label, all by name
    text: str = "",
    look: str = "",
    *,
    pixels: int = theme.BASE_SIZE,
    weight: int = theme.REGULAR,
    tabular: bool = False,
    wrap: bool = False,
) -> QLabel:
    """Return a label of plain text; `look` is a text look of the style sheet, such as "muted"."""
    made = PlainLabel(text)
    made.setFont(theme.font(pixels, weight, tabular=tabular))
    made.setWordWrap(wrap)
    if look:
        made.setProperty("look", look)
    return made


def set_parts(shown: QLabel, parts: Iterable[tuple[str, bool]]) -> None:
    """Show text with some parts emphasised; every part is escaped, so it stays plain text."""
    words = (
        f"<span style='font-weight:600'>{_escaped(text)}</span>" if emphasised else _escaped(text)
        for text, emphasised in parts
    )
    shown.setTextFormat(Qt.TextFormat.RichText)
    shown.setText("".join(words))


def heading(text: str) -> QLabel:
    """Return the small heading of a section."""
    return label(text, "muted", pixels=12, weight=theme.SEMIBOLD)


def rule(look: str = "rule") -> QFrame:
    """Return a line of one pixel across; `rule2` is the lighter one between rows."""
    made = QFrame()
    made.setProperty("look", look)
    made.setFixedHeight(1)
    return made


class ElidedLabel(PlainLabel):
    """One line of plain text that ends in "…" where there is no room; the tip has all of it."""

    def __init__(
        self,
        text: str = "",
        look: str = "",
        *,
        pixels: int = theme.BASE_SIZE,
        weight: int = theme.REGULAR,
    ) -> None:
        super().__init__(" ".join(text.split()))
        self.setFont(theme.font(pixels, weight))
        if look:
            self.setProperty("look", look)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        """Return a width that never pushes its neighbours away."""
        return QSize(24, super().minimumSizeHint().height())

    def setText(self, text: str) -> None:
        """Show the text, line breaks as spaces."""
        super().setText(" ".join(text.split()))
        self._update_tip()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the tip to what does not fit."""
        super().resizeEvent(event)
        self._update_tip()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the text, cut at the end."""
        painter = QPainter(self)
        rect = self.contentsRect()
        shown = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, rect.width()
        )
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(rect, int(self.alignment() | Qt.AlignmentFlag.AlignVCenter), shown)

    def _update_tip(self) -> None:
        fits = self.fontMetrics().horizontalAdvance(self.text()) <= self.contentsRect().width()
        set_tip(self, "" if fits else self.text())
