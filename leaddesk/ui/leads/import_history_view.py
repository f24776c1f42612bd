# SPDX-License-Identifier: MIT
"""The history of imports: a line each, and a key that takes one back."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from leaddesk.ui import theme
from leaddesk.ui.actions import make_action, shown_keys
from leaddesk.ui.call.scrolled import scrolled
from leaddesk.ui.context import Context
from leaddesk.ui.leads.line_table_view import TEXT_SIZE, LineTableView
from leaddesk.ui.models.line_table import LineTable
from leaddesk.ui.presenters.import_history import HistoryPresenter, ImportLine
from leaddesk.ui.widgets.empty import EmptyState
from leaddesk.ui.widgets.keys import KeyButton, Tone
from leaddesk.ui.widgets.labels import label

PAGE_WIDTH: Final = 1200
_HEADINGS: Final = ("File", "When", "By", "From", "Rows", "State")
_SHARES: Final = (26, 13, 13, 12, 25, 11)
"""Widths of the columns, in hundredths."""

_KEPT_HEIGHT: Final = 160


class ImportHistoryView(QFrame):
    """Arranges; the presenter decides."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setProperty("look", "page")
        self.setAccessibleName("History of imports")
        presenter = self._presenter = HistoryPresenter(self, context)
        self.lines = LineTable(_HEADINGS, self)
        self.table = LineTableView(self.lines, "Imports", _SHARES)
        self.setFocusProxy(self.table)
        self._empty = EmptyState()
        self._empty.say(
            "Nothing was imported yet", f"{shown_keys('import')} brings in leads from a file."
        )
        self._pages = QStackedWidget()
        self._pages.addWidget(self._empty)
        self._pages.addWidget(self.table)
        self._what = label(weight=theme.SEMIBOLD, wrap=True)
        self._more = label(look="muted", wrap=True)
        self._kept: QWidget | None = None
        self._undo = KeyButton.of_action("history_undo", self._ask)
        self._show = KeyButton.of_action("history_show", self._show_leads)
        self._yes = KeyButton("Undo the import", shown_keys("history_confirm"), Tone.FILLED)
        self._yes.clicked.connect(presenter.confirm)
        self._back = KeyButton.of_action("history_leave", presenter.leave)
        where = Qt.ShortcutContext.WidgetWithChildrenShortcut
        make_action("history_undo", self, self._ask, where)
        make_action("history_show", self, self._show_leads, where)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._on_line())
        self._assemble()
        self.hide_question()

    # What the presenter may show

    def show_lines(self, lines: tuple[ImportLine, ...]) -> None:
        """Show the imports; the line that was chosen stays it."""
        row = max(self.table.currentIndex().row(), 0)
        self.lines.show(tuple(line.cells for line in lines))
        self._pages.setCurrentWidget(self.table if lines else self._empty)
        if lines:
            self.table.setCurrentIndex(self.lines.index(min(row, len(lines) - 1), 0))
        self._on_line()

    def show_question(self, what: str, more: str) -> None:
        """Ask below the table."""
        self._say(what, more)
        self._yes.show()
        self._undo.hide()

    def show_undone(self, what: str, kept_title: str, kept: tuple[str, ...]) -> None:
        """Say what was taken back, and name the leads that stay."""
        self._say(what, kept_title)
        if kept:
            names = QFrame()
            names.setProperty("look", "panel")
            column = QVBoxLayout(names)
            for name in kept:
                column.addWidget(label(name, pixels=TEXT_SIZE, wrap=True))
            column.addStretch()
            self._kept = scrolled(names)
            self._kept.setAccessibleName("Leads that stay")
            self._kept.setMaximumHeight(theme.px(_KEPT_HEIGHT))
            self._below.addWidget(self._kept)

    def hide_question(self) -> None:
        """Show the table alone."""
        self._say("", "")

    # Events

    def showEvent(self, event: QShowEvent) -> None:
        """Read the history whenever the page is opened."""
        super().showEvent(event)
        if not event.spontaneous():
            self._presenter.begin()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter asks and then confirms, Esc goes back."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._presenter.is_asking:
                self._presenter.confirm()
            else:
                self._ask()
        elif event.key() == Qt.Key.Key_Escape:
            self._presenter.leave()
        else:
            super().keyPressEvent(event)

    # Internal

    def _on_line(self) -> None:
        row = self.table.currentIndex().row()
        self._show.setEnabled(row >= 0)
        self._undo.setEnabled(self._presenter.can_undo(row))

    def _show_leads(self) -> None:
        self._presenter.show_leads(self.table.currentIndex().row())

    def _ask(self) -> None:
        if not self._presenter.is_asking:
            self._presenter.ask(self.table.currentIndex().row())

    def _say(self, what: str, more: str) -> None:
        for line, text in ((self._what, what), (self._more, more)):
            line.setText(text)
            line.setVisible(bool(text))
        self._yes.hide()
        self._undo.show()
        if self._kept is not None:
            self._below.removeWidget(self._kept)
            self._kept.hide()
            self._kept.deleteLater()
            self._kept = None

    def _assemble(self) -> None:
        card = QFrame()
        card.setProperty("look", "card")
        around = QVBoxLayout(card)
        around.setContentsMargins(1, 1, 1, 1)
        around.addWidget(self._pages)
        self._below = QVBoxLayout()
        self._below.setSpacing(4)
        self._below.addWidget(self._what)
        self._below.addWidget(self._more)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch()
        for button in (self._back, self._show, self._undo, self._yes):
            buttons.addWidget(button)
        inside = QWidget()
        inside.setMaximumWidth(PAGE_WIDTH)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 26, 0, 24)
        column.setSpacing(12)
        column.addWidget(label("History of imports", pixels=19, weight=theme.BOLD))
        column.addWidget(card, 1)
        column.addLayout(self._below)
        column.addLayout(buttons)
        row = QHBoxLayout(self)
        row.setContentsMargins(32, 0, 32, 0)
        row.addStretch(1)
        row.addWidget(inside, 1000)
        row.addStretch(1)
