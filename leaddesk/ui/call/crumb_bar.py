# SPDX-License-Identifier: MIT
"""The steps of the script on one line: those behind, the current one, those ahead."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from leaddesk.ui import theme
from leaddesk.ui.presenters.call_screens import Crumb
from leaddesk.ui.presenters.visible import visible
from leaddesk.ui.widgets.labels import PlainLabel

_JOIN = "  \u203a  "
_MORE = "\u2026"


class CrumbBar(PlainLabel):
    """Shows as many steps around the current one as there is room for."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._crumbs: tuple[Crumb, ...] = ()
        self._plain = theme.font(14)
        self._bold = theme.font(14, theme.SEMIBOLD)

    def set_crumbs(self, crumbs: Sequence[Crumb]) -> None:
        """Show these steps."""
        crumbs = tuple(replace(crumb, title=visible(crumb.title)) for crumb in crumbs)
        if crumbs == self._crumbs:
            return
        self._crumbs = crumbs
        here = next((i for i, crumb in enumerate(crumbs) if crumb.current), 0)
        title = crumbs[here].title if crumbs else ""
        self.setText(_JOIN.join(crumb.title for crumb in crumbs))
        self.setAccessibleName(f"Step {here + 1} of {len(crumbs)}: {title}")
        self.updateGeometry()
        # The text stays the same when only the current step moves.
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for all steps."""
        return QSize(round(self._width(self._pieces(0, len(self._crumbs)))) + 4, theme.px(24))

    def minimumSizeHint(self) -> QSize:
        """Return room for the current step at least."""
        return QSize(130, theme.px(24))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the steps that fit."""
        if not self._crumbs:
            return
        painter = QPainter(self)
        t = theme.current()
        x = 0.0
        for text, bold, tone in self._fitting():
            font = self._bold if bold else self._plain
            room = self.width() - x
            shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, room)
            painter.setFont(font)
            painter.setPen(theme.color(getattr(t, tone)))
            painter.drawText(
                QRectF(x, 0, room, self.height()), int(Qt.AlignmentFlag.AlignVCenter), shown
            )
            x += QFontMetricsF(font).horizontalAdvance(text)

    def _fitting(self) -> list[tuple[str, bool, str]]:
        """Return the widest run of steps around the current one that fits."""
        here = next((i for i, crumb in enumerate(self._crumbs) if crumb.current), 0)
        best = self._pieces(here, here + 1)
        first, last = here, here + 1
        while True:
            wider = [(first, last + 1)] * (last < len(self._crumbs)) + [(first - 1, last)] * (
                first > 0
            )
            fitting = (run for run in wider if self._width(self._pieces(*run)) <= self.width())
            first, last = next(fitting, (0, 0))
            if not last:
                return best
            best = self._pieces(first, last)

    def _pieces(self, first: int, last: int) -> list[tuple[str, bool, str]]:
        pieces: list[tuple[str, bool, str]] = []
        if first > 0:
            pieces.append((_MORE + _JOIN, False, "faint"))
        for index in range(first, last):
            crumb = self._crumbs[index]
            tone = "text" if crumb.current else "muted"
            pieces.append((crumb.title, crumb.current, tone))
            if index + 1 < len(self._crumbs):
                pieces.append((_JOIN, False, "faint"))
        if last < len(self._crumbs):
            pieces.append((_MORE, False, "faint"))
        return pieces

    def _width(self, pieces: Sequence[tuple[str, bool, str]]) -> float:
        plain, bold = QFontMetricsF(self._plain), QFontMetricsF(self._bold)
        return sum(
            (bold if is_bold else plain).horizontalAdvance(text) for text, is_bold, _ in pieces
        )
