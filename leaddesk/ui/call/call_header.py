# SPDX-License-Identifier: MIT
"""Who is called: name, title and company, phone and source; the time of the call, or its start."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout

from leaddesk.core.services.lead_list import ListRow
from leaddesk.ui import theme
from leaddesk.ui.call.span_text import Span, SpanText
from leaddesk.ui.widgets.chips import Chip
from leaddesk.ui.widgets.keys import KeyButton, Tone
from leaddesk.ui.widgets.labels import ElidedLabel, label

if TYPE_CHECKING:
    from leaddesk.ui.presenters.call_screens import LeadCard

HEIGHT = 81
SIDE = 22


class NameLabel(ElidedLabel):
    """A label that takes the width of its text, and gives way when there is less."""

    def sizeHint(self) -> QSize:
        """Return room for the text and no more."""
        width = self.fontMetrics().horizontalAdvance(self.text()) + 2
        return QSize(width, super().sizeHint().height())


class CallHeader(QFrame):
    """The header of the middle pane."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "bar")
        self.setFixedHeight(theme.px(HEIGHT))
        self._name = NameLabel(pixels=20, weight=theme.BOLD)
        self._subtitle = ElidedLabel("", "muted")
        self._phone = NameLabel("", "muted", pixels=13)
        self._contact = ElidedLabel("", "muted", pixels=13)
        self._local = SpanText(pixels=13)
        self._local.setWordWrap(False)
        self._timer = label("", pixels=20, weight=theme.SEMIBOLD, tabular=True)
        self._timer.setAccessibleName("Time on this call")
        self._pill = Chip("\u25cf on call", "dq")
        self.start = KeyButton("Start call", "Enter", Tone.FILLED)
        self._assemble()

    def show_row(self, row: ListRow | None) -> None:
        """Show what a line of the queue tells of its lead; None: there is no lead."""
        if row is None:
            self._show("No lead chosen", (), ())
        else:
            company = row.company if row.company != row.name else ""
            self._show(row.name, (row.title, company), (row.phone, row.source))
        self._set_in_call(on=False)
        self.start.setVisible(row is not None)

    def show_lead(self, card: "LeadCard") -> None:
        """Show a lead before its call."""
        self._show(card.name, (card.subtitle,), card.contact)
        self._show_local(card)
        self._set_in_call(on=False)
        self.start.setText("Call again" if card.decided else "Start call")
        self.start.setVisible(True)

    def show_call(self, card: "LeadCard") -> None:
        """Show the lead of the call in progress."""
        self._show(card.name, (card.subtitle,), card.contact)
        self._show_local(card)
        self._set_in_call(on=True)
        self.start.hide()

    def show_elapsed(self, text: str) -> None:
        """Show the time of the call."""
        self._timer.setText(text)

    def _show(self, name: str, subtitle: Sequence[str], contact: Sequence[str]) -> None:
        self._name.setText(name)
        self._name.updateGeometry()
        self._subtitle.setText(", ".join(part for part in subtitle if part))
        first, *rest = [part for part in contact if part] or [""]
        self._phone.setText(first)
        self._contact.setText("".join(f"\u00b7 {part} " for part in rest))
        self._phone.updateGeometry()
        self._local.hide()

    def _show_local(self, card: "LeadCard") -> None:
        """Show what time it is there, and whether that is a time to call."""
        tone = {True: "pass", False: "dq", None: "nurture"}[card.is_allowed]
        tone = {"pass": "pass_"}.get(tone, tone)
        parts = [Span(f"\u00b7 {card.local} ", "muted")] if card.local else []
        if card.permission:
            parts.append(Span(card.permission, tone, weight=theme.SEMIBOLD))
        self._local.set_spans(parts)
        self._local.setVisible(bool(parts))
        if parts:
            self._local.setFixedWidth(self._local.sizeHint().width())

    def _set_in_call(self, *, on: bool) -> None:
        self._timer.setVisible(on)
        self._pill.setVisible(on)

    def _assemble(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(SIDE, 12, SIDE - 2, 10)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(2)
        grid.setRowMinimumHeight(0, theme.px(30))
        grid.setRowMinimumHeight(1, theme.px(25))
        names = QHBoxLayout()
        names.setSpacing(6)
        self._subtitle.setContentsMargins(0, 4, 0, 0)
        names.addWidget(self._name, 0, Qt.AlignmentFlag.AlignVCenter)
        names.addWidget(self._subtitle, 1, Qt.AlignmentFlag.AlignVCenter)
        grid.addLayout(names, 0, 0)
        second = QHBoxLayout()
        second.setSpacing(4)
        second.addWidget(self._phone, 0, Qt.AlignmentFlag.AlignVCenter)
        second.addWidget(self._local, 0, Qt.AlignmentFlag.AlignVCenter)
        second.addWidget(self._contact, 1, Qt.AlignmentFlag.AlignVCenter)
        grid.addLayout(second, 1, 0)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        grid.addWidget(self._timer, 0, 1, right)
        grid.addWidget(self._pill, 1, 1, right)
        grid.addWidget(self.start, 0, 1, 2, 1, right)
        grid.setColumnStretch(0, 1)
