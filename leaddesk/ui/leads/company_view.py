# SPDX-License-Identifier: MIT
"""The page of a company: its contacts, a line each, and a key for each thing to do."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from leaddesk.core.services.changes import Changes
from leaddesk.ui import theme
from leaddesk.ui.actions import make_action
from leaddesk.ui.context import Context
from leaddesk.ui.leads.line_table_view import LineTableView
from leaddesk.ui.models.line_table import LineTable
from leaddesk.ui.presenters.companies import HEADINGS, CompanyPresenter, CompanyText
from leaddesk.ui.widgets.keys import KeyButton, Tone
from leaddesk.ui.widgets.labels import ElidedLabel, label

PAGE_WIDTH: Final = 1200
_SHARES: Final = (26, 15, 19, 11, 13, 16)
"""Widths of the columns, in hundredths."""


class CompanyView(QFrame):
    """Arranges; the presenter decides."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setProperty("look", "page")
        self.setAccessibleName("Company")
        presenter = self._presenter = CompanyPresenter(self, context)
        self.lines = LineTable(HEADINGS, self)
        self.table = LineTableView(self.lines, "Contacts", _SHARES)
        self.setFocusProxy(self.table)
        self._title = ElidedLabel(pixels=19, weight=theme.BOLD)
        self._sentence = label(look="muted", wrap=True)
        self._call = KeyButton.of_action("company_call", self._call_chosen, Tone.FILLED)
        moves = {
            "company_close": presenter.close_others,
            "company_hold": presenter.hold_others,
        }
        always = {"company_undo": presenter.undo, "company_leave": presenter.leave}
        self._moves = [KeyButton.of_action(one, slot) for one, slot in moves.items()]
        self._always = [KeyButton.of_action(one, slot) for one, slot in always.items()]
        where = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for one, slot in (*moves.items(), ("company_undo", presenter.undo)):
            make_action(one, self, slot, where)
        context.notifier.changed.connect(self._on_changed)
        self._shown_title = ""
        self._assemble()

    def begin(self, lead_id: str) -> None:
        """Show the company of a lead."""
        self._shown_title = ""
        self._presenter.begin(lead_id)

    # What the presenter may show

    def show_company(self, text: CompanyText) -> None:
        """Show a company; the line that was chosen stays so while it is the same company."""
        same = self._shown_title == text.title
        row = self.table.currentIndex().row() if same else text.chosen
        self._shown_title = text.title
        self._title.setText(text.title)
        self._sentence.setText(text.sentence)
        self.lines.show(text.lines)
        row = min(max(row, 0), len(text.lines) - 1)
        self.table.setCurrentIndex(self.lines.index(row, 0))
        for button in self._moves:
            button.setEnabled(text.can_move)

    # Events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter calls, Esc goes back."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._call_chosen()
        elif event.key() == Qt.Key.Key_Escape:
            self._presenter.leave()
        else:
            super().keyPressEvent(event)

    # Internal

    def _on_changed(self, changes: Changes, who: object) -> None:
        if (
            self.isVisible()
            and who is not self._presenter
            and (changes.leads or changes.whole_list)
        ):
            self._presenter.on_changed()

    def _call_chosen(self) -> None:
        self._presenter.call(self.table.currentIndex().row())

    def _assemble(self) -> None:
        card = QFrame()
        card.setProperty("look", "card")
        around = QVBoxLayout(card)
        around.setContentsMargins(1, 1, 1, 1)
        around.addWidget(self.table)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self._call, *self._moves):
            buttons.addWidget(button)
        buttons.addStretch()
        for button in self._always:
            buttons.addWidget(button)
        inside = QWidget()
        inside.setMaximumWidth(PAGE_WIDTH)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 26, 0, 24)
        column.setSpacing(12)
        column.addWidget(self._title)
        column.addWidget(self._sentence)
        column.addWidget(card, 1)
        column.addLayout(buttons)
        row = QHBoxLayout(self)
        row.setContentsMargins(32, 0, 32, 0)
        row.addStretch(1)
        row.addWidget(inside, 1000)
        row.addStretch(1)
