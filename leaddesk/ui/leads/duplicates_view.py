# SPDX-License-Identifier: MIT
"""The page of possible duplicates: two leads side by side, and a key for each thing to do."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QProgressBar,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from leaddesk.ui import theme
from leaddesk.ui.actions import make_action
from leaddesk.ui.call.scrolled import scrolled
from leaddesk.ui.context import Context
from leaddesk.ui.presenters.duplicates import DuplicatesPresenter, PairText
from leaddesk.ui.presenters.visible import visible
from leaddesk.ui.widgets.keys import KeyButton, Tone
from leaddesk.ui.widgets.labels import ElidedLabel, label

PAGE_WIDTH = 960
_NAME_WIDTH = 130


class DuplicatesView(QFrame):
    """Arranges; the presenter decides."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setProperty("look", "page")
        self.setAccessibleName("Duplicates")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        presenter = self._presenter = DuplicatesPresenter(self, context)
        self._title = label(pixels=19, weight=theme.BOLD)
        self._reasons = label(look="muted", wrap=True)
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setMaximumWidth(360)
        self._progress.setAccessibleName("Looking for duplicates")
        self._table: QScrollArea | None = None
        of_pairs = {
            "pair_merge": presenter.merge,
            "pair_part": presenter.not_the_same,
            "pair_skip": presenter.skip,
            "pair_swap": presenter.swap,
        }
        always = {"pair_undo": presenter.undo, "pair_leave": presenter.leave}
        self._of_pair = [
            KeyButton.of_action(one, slot, Tone.FILLED if one == "pair_merge" else Tone.PLAIN)
            for one, slot in of_pairs.items()
        ]
        self._always = [KeyButton.of_action(one, slot) for one, slot in always.items()]
        for one, slot in (of_pairs | always).items():
            make_action(one, self, slot, Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._assemble()

    # Methods

    def give_up(self) -> None:
        """End a search under way: the window closes."""
        self._presenter.give_up()

    # What the presenter may show

    def show_progress(self, percent: int) -> None:
        """Show how far the search is."""
        self._say("Looking for leads that may be the same", "You can go on working meanwhile.")
        self._progress.setValue(percent)
        self._progress.show()

    def show_pair(self, text: PairText) -> None:
        """Show a pair, to be decided by a key."""
        self._say(text.title, text.reasons)
        for button in self._of_pair:
            button.show()
        self._table = scrolled(_table(text))
        self._column.insertWidget(self._column.count() - 1, self._table, 1)

    def show_end(self, what: str, todo: str) -> None:
        """Show that no pair is left."""
        self._say(what, todo)

    # Events

    def showEvent(self, event: QShowEvent) -> None:
        """Look through the leads whenever the page is opened."""
        super().showEvent(event)
        if not event.spontaneous():
            self._presenter.begin()

    # Internal

    def _say(self, title: str, more: str) -> None:
        self._title.setText(title)
        self._reasons.setText(more)
        self._progress.hide()
        for button in self._of_pair:
            button.hide()
        if self._table is not None:
            self._column.removeWidget(self._table)
            self._table.hide()
            self._table.deleteLater()
            self._table = None

    def _assemble(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in self._of_pair:
            buttons.addWidget(button)
        buttons.addStretch()
        for button in self._always:
            buttons.addWidget(button)
        inside = QWidget()
        inside.setMaximumWidth(PAGE_WIDTH)
        column = self._column = QVBoxLayout(inside)
        column.setContentsMargins(0, 28, 0, 24)
        column.setSpacing(10)
        column.addWidget(self._title)
        column.addWidget(self._reasons)
        column.addWidget(self._progress)
        column.addStretch()
        column.addLayout(buttons)
        row = QHBoxLayout(self)
        row.setContentsMargins(32, 0, 32, 0)
        row.addStretch(1)
        row.addWidget(inside, 1000)
        row.addStretch(1)


def _table(text: PairText) -> QWidget:
    """Return the fields of both leads, a line each; where they differ, in bold."""
    table = QFrame()
    table.setProperty("look", "panel")
    grid = QGridLayout(table)
    grid.setContentsMargins(18, 14, 18, 14)
    grid.setHorizontalSpacing(24)
    grid.setColumnMinimumWidth(0, _NAME_WIDTH)
    for column, title in enumerate(("", "Stays", "Merged into it")):
        grid.addWidget(label(title, "muted", pixels=12, weight=theme.SEMIBOLD), 0, column)
        grid.setColumnStretch(column, 1 if column else 0)
    for row, (what, mine, theirs) in enumerate(text.rows, 1):
        grid.addWidget(label(what, "muted"), row, 0)
        weight = theme.SEMIBOLD if mine != theirs else theme.REGULAR
        for column, value in ((1, mine), (2, theirs)):
            shown = ElidedLabel(value, weight=weight)
            shown.setAccessibleName(f"{what}: {visible(value) or 'blank'}")
            grid.addWidget(shown, row, column)
    grid.setRowStretch(len(text.rows) + 1, 1)
    return table
