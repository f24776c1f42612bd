# SPDX-License-Identifier: MIT
"""The views of the lead list with their counts, left in the Leads view."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from leaddesk.core.domain.lead_query import View
from leaddesk.ui import theme
from leaddesk.ui.presenters.leads import ViewText
from leaddesk.ui.widgets.labels import heading

_HEIGHT = 32
_PAD = 8


class ViewLine(QPushButton):
    """One view: its name and how many leads it holds."""

    def __init__(self) -> None:
        super().__init__()
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._text = ViewText(View.ALL, "", 0)

    def show_view(self, text: ViewText) -> None:
        """Show this view."""
        self._text = text
        self.setAccessibleName(f"{text.text}, {text.count:,}")
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
        painter.setPen(theme.color(t.accent if self.isChecked() else t.text))
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), self._text.text)
        painter.setPen(theme.color(t.accent if self.isChecked() else t.muted))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(room, int(flags), f"{self._text.count:,}")


class ViewList(QWidget):
    """All views, one of them chosen.

    Emits:
        chosen: the `View` that was clicked.
    """

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._lines: dict[View, ViewLine] = {}
        self._group = QButtonGroup(self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(1)
        title = heading("Views")
        title.setContentsMargins(_PAD, 0, 0, 4)
        self._column.addWidget(title)

    def show_views(self, views: Sequence[ViewText], chosen: View) -> None:
        """Show the views and which is chosen."""
        for text in views:
            line = self._lines.get(text.view) or self._add(text.view)
            line.show_view(text)
            line.setChecked(text.view is chosen)

    def _add(self, view: View) -> ViewLine:
        line = ViewLine()
        line.clicked.connect(lambda: self.chosen.emit(view))
        self._group.addButton(line)
        self._column.addWidget(line)
        self._lines[view] = line
        return line
