# SPDX-License-Identifier: MIT
"""What is known of a lead before it is called, and what was just done with the one before."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QLayout, QVBoxLayout, QWidget

from leaddesk.core.domain.verdict import Verdict
from leaddesk.ui import theme
from leaddesk.ui.call.call_header import SIDE
from leaddesk.ui.call.span_text import wrapped
from leaddesk.ui.presenters.call_screens import Confirmation, LeadCard
from leaddesk.ui.presenters.visible import visible
from leaddesk.ui.widgets.labels import breakable, heading, label

TONES = {
    Verdict.PASS: "pass",
    Verdict.NURTURE: "nurture",
    Verdict.DISQUALIFY: "dq",
    Verdict.UNDECIDED: "neutral",
}
_HISTORY = 12


class ConfirmationCard(QFrame):
    """A calm line with what was decided."""

    def __init__(self) -> None:
        super().__init__()
        self._title = wrapped(label("", weight=theme.SEMIBOLD))
        self._text = wrapped(label("", pixels=13))
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 12)
        column.setSpacing(2)
        column.addWidget(self._title)
        column.addWidget(self._text)
        self.hide()

    def show_confirmation(self, done: Confirmation | None) -> None:
        """Show what was done; None: nothing."""
        self.setVisible(done is not None)
        if done is None:
            return
        tone = TONES[done.verdict]
        self.setProperty("tint", tone)
        self._title.setProperty("look", tone)
        for widget in (self, self._title):
            widget.style().unpolish(widget)
            widget.style().polish(widget)
        self._title.setText(breakable(done.title))
        self._text.setText(done.text)
        self._text.setVisible(bool(done.text))
        self.setAccessibleName(visible(f"{done.title}. {done.text}"))


class BeforeCall(QWidget):
    """The middle pane before a call."""

    def __init__(self) -> None:
        super().__init__()
        self.confirmation = ConfirmationCard()
        self._blocked = label("", "dq", weight=theme.SEMIBOLD)
        self._empty = label("Choose a lead to call at the left.", "muted")
        self._last_box = QWidget()
        self._last = _grid()
        box = QVBoxLayout(self._last_box)
        box.setContentsMargins(0, 0, 0, 12)
        box.setSpacing(10)
        box.addWidget(heading("Last time"))
        box.addLayout(self._last)
        self._facts_head = heading("What is known")
        self._history_head = heading("So far")
        self._facts = _grid()
        self._history = _grid()
        column = QVBoxLayout(self)
        column.setContentsMargins(SIDE, 20, SIDE, 16)
        column.setSpacing(10)
        column.addWidget(self.confirmation)
        column.addWidget(self._blocked)
        column.addWidget(self._empty)
        column.addWidget(self._last_box)
        column.addWidget(self._facts_head)
        column.addLayout(self._facts)
        column.addSpacing(12)
        column.addWidget(self._history_head)
        column.addLayout(self._history)
        column.addStretch(1)

    def expect_lead(self) -> None:
        """Say no longer that there is none: one is being read."""
        self._empty.hide()

    def show_nobody(self) -> None:
        """Show that there is no lead."""
        self._empty.show()
        self._blocked.hide()
        self._show_rows((), (), ())

    def show_lead(self, card: LeadCard) -> None:
        """Show a lead."""
        self._empty.hide()
        self._blocked.setText(card.blocked)
        self._blocked.setVisible(bool(card.blocked))
        self._show_rows(card.last_time, card.facts, card.history[:_HISTORY])

    def _show_rows(
        self,
        last: tuple[tuple[str, str], ...],
        facts: tuple[tuple[str, str], ...],
        history: tuple[tuple[str, str], ...],
    ) -> None:
        self._last_box.setVisible(bool(last))
        _fill(self._last, last)
        self._facts_head.setVisible(bool(facts))
        self._history_head.setVisible(bool(history))
        _fill(self._facts, facts)
        _fill(self._history, history)


def _grid() -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(7)
    grid.setColumnMinimumWidth(0, 96)
    grid.setColumnStretch(1, 1)
    return grid


def _fill(grid: QGridLayout, rows: tuple[tuple[str, str], ...]) -> None:
    """Show rows of (name, value); labels are kept and shown again with other words."""
    for index in range(max(len(rows), grid.count() // 2)):
        name, value = _labels(grid, index)
        here = index < len(rows)
        name.setVisible(here)
        value.setVisible(here)
        if here:
            name.setText(rows[index][0])
            value.setText(breakable(rows[index][1]))


def _labels(grid: QGridLayout, row: int) -> tuple[QLabel, QLabel]:
    made = _at(grid, row, 0), _at(grid, row, 1)
    if made[0] is None or made[1] is None:
        name, value = label("", "muted", pixels=13), wrapped(label(""))
        name.setMaximumWidth(180)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(value, row, 1)
        return name, value
    return made[0], made[1]


def _at(grid: QLayout, row: int, column: int) -> QLabel | None:
    item = grid.itemAtPosition(row, column) if isinstance(grid, QGridLayout) else None
    widget = item.widget() if item is not None else None
    return widget if isinstance(widget, QLabel) else None
