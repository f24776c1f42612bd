# SPDX-License-Identifier: MIT
"""Left in the Leads view: the lists there are, the segments somebody saved, the tags."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from leaddesk.ui import theme
from leaddesk.ui.call.scrolled import scrolled
from leaddesk.ui.presenters.lead_screen import ViewText
from leaddesk.ui.presenters.visible import visible
from leaddesk.ui.widgets.chips import ChipButton
from leaddesk.ui.widgets.keys import KeyButton
from leaddesk.ui.widgets.labels import heading, set_tip

PANE_WIDTH = 196
_HEIGHT = 32
_PAD = 8
_LONGEST_TAG = 80
"""Letters of a tag that are shown; its tip has them all."""
_CHIP_WIDTH = 148
"""Pixels of text of a chip that leave it within the pane."""


class ViewLine(QPushButton):
    """One list: its name and how many leads it holds."""

    def __init__(self) -> None:
        super().__init__()
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._text = ViewText("", "", 0)

    def show_view(self, text: ViewText) -> None:
        """Show this list."""
        self._text = replace(text, text=visible(text.text))
        counted = "" if text.count is None else f", {text.count:,}"
        self.setAccessibleName(f"{self._text.text}{counted}")
        set_tip(self, text.text)
        self.update()

    def sizeHint(self) -> QSize:
        """Return one line."""
        return QSize(120, theme.px(_HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw name and count, tinted when chosen."""
        t = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        back = t.accent_soft if self.isChecked() else t.line2 if self.underMouse() else t.panel
        painter.setBrush(theme.color(back))
        painter.setPen(QPen(theme.color(t.accent), 1.5) if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 0.5, -1, -0.5), 6, 6)
        weight = theme.SEMIBOLD if self.isChecked() else theme.REGULAR
        painter.setFont(theme.font(14, weight, tabular=True))
        room = self.rect().adjusted(_PAD, 0, -_PAD, 0)
        number = "\u2026" if self._text.count is None else f"{self._text.count:,}"
        painter.setPen(theme.color(t.accent if self.isChecked() else t.muted))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(room, int(flags), number)
        metrics = painter.fontMetrics()
        left = room.width() - metrics.horizontalAdvance(number) - _PAD
        shown = metrics.elidedText(self._text.text, Qt.TextElideMode.ElideRight, left)
        painter.setPen(theme.color(t.accent if self.isChecked() else t.text))
        painter.drawText(
            room, int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine), shown
        )


class ViewList(QWidget):
    """All lists, one of them chosen; below them the tags.

    Emits:
        chosen: the key of the list that was clicked.
        tag_chosen: the tag that was clicked.
    """

    chosen = Signal(str)
    tag_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._lines: dict[str, ViewLine] = {}
        self._tags: list[ChipButton] = []
        self._group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        self._column, self._tag_column = QVBoxLayout(), QVBoxLayout()
        self._column.setSpacing(1)
        self._tag_column.setSpacing(4)
        self._tag_column.setContentsMargins(_PAD, 0, 0, 0)
        self._tag_title = heading("Tags")
        for title, lines in (
            (heading("Segments"), self._column),
            (self._tag_title, self._tag_column),
        ):
            title.setContentsMargins(_PAD, 0, 0, 4)
            column.addWidget(title)
            column.addLayout(lines)
            column.addSpacing(14)
        self._tag_title.hide()

    def show_views(self, views: Sequence[ViewText], own: Sequence[ViewText], chosen: str) -> None:
        """Show the lists and which is chosen; the chosen one of a person's own last."""
        wanted = [*views, *own]
        for key in self._lines.keys() - {text.key for text in wanted}:
            line = self._lines.pop(key)
            self._group.removeButton(line)
            line.hide()
            line.deleteLater()
        for at, text in enumerate(wanted):
            line = self._lines.get(text.key) or self._add(text.key)
            line.show_view(text)
            line.setChecked(text.key == chosen)
            if self._column.indexOf(line) != at:
                self._column.insertWidget(at, line)

    def show_tags(self, tags: Sequence[tuple[str, int]]) -> None:
        """Show tags with their counts."""
        self._tag_title.setVisible(bool(tags))
        for chip in self._tags:
            chip.hide()
            chip.deleteLater()
        self._tags = []
        for tag, number in tags:
            plain = " ".join(visible(tag).split())
            chip = ChipButton("")
            chip.setText(_cut(plain[:_LONGEST_TAG], f" {number:,}", chip.fontMetrics()))
            chip.setShortcut("")  # what follows an ampersand is no key
            chip.setCheckable(False)
            chip.setAccessibleName(f"Tag {plain}, {number:,}")
            set_tip(chip, plain)
            chip.clicked.connect(lambda _checked=False, name=tag: self.tag_chosen.emit(name))
            self._tag_column.addWidget(chip)
            self._tags.append(chip)

    def _add(self, key: str) -> ViewLine:
        line = ViewLine()
        line.clicked.connect(lambda: self.chosen.emit(key))
        self._group.addButton(line)
        self._lines[key] = line
        return line


class ListPane(QFrame):
    """The pane left of the table: the lists, and below them the way to the history."""

    def __init__(self, views: ViewList, open_history: Callable[[], object]) -> None:
        super().__init__()
        self.setProperty("look", "left")
        self.setFixedWidth(PANE_WIDTH)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(8, 17, 8, 8)
        column.addWidget(views)
        column.addStretch()
        foot = QHBoxLayout()
        foot.setContentsMargins(8, 0, 8, 8)
        foot.addWidget(KeyButton.of_action("history", open_history, cap=False))
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 1, 0)
        around.addWidget(scrolled(inside))
        around.addLayout(foot)


def _cut(text: str, end: str, metrics: QFontMetrics) -> str:
    """Return a text with its end, cut before that where there is no room for both."""
    room = _CHIP_WIDTH - metrics.horizontalAdvance(end)
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, room) + end
