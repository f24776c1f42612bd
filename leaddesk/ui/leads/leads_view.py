# SPDX-License-Identifier: MIT
"""The Leads view: views with counts, the table, the page of the chosen lead."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from leaddesk.core.domain.lead_query import View
from leaddesk.core.services.clock import system_clock
from leaddesk.ui.actions import make_action, shown_keys
from leaddesk.ui.context import Context
from leaddesk.ui.leads.lead_page import LeadPageView
from leaddesk.ui.leads.table_view import LeadTableView
from leaddesk.ui.leads.view_list import ViewList
from leaddesk.ui.models.lead_table import LeadTable
from leaddesk.ui.presenters.lead_texts import PageText
from leaddesk.ui.presenters.leads import LeadsPresenter, ViewText
from leaddesk.ui.widgets.empty import EmptyState
from leaddesk.ui.widgets.keys import KeyButton
from leaddesk.ui.widgets.labels import label
from leaddesk.ui.widgets.search import SearchField

if TYPE_CHECKING:
    from array import array

LEFT_WIDTH = 196
RIGHT_WIDTH = 372


class LeadsView(QWidget):
    """Arranges; the presenter decides."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setAccessibleName("Leads")
        self._presenter = LeadsPresenter(self, context, system_clock)
        self._views = ViewList()
        self._search = SearchField(
            "Search name, company, e-mail, phone\u2026", shown_keys("leads_search")
        )
        self._count = label("", "muted", pixels=13, tabular=True)
        self._model = LeadTable(self._presenter.fetch, system_clock, self)
        self.table = LeadTableView()
        self.table.setModel(self._model)
        self._empty = EmptyState()
        self._page = LeadPageView()
        self._page.setFixedWidth(RIGHT_WIDTH)
        self._middle = QStackedWidget()
        self._middle.addWidget(self.table)
        self._middle.addWidget(self._empty)
        self._assemble()
        self._bind()
        context.notifier.changed.connect(lambda changes, _who: self._presenter.on_changed(changes))
        self._presenter.start()

    # What the presenter may show

    def show_views(self, views: Sequence[ViewText], chosen: View) -> None:
        """Show the views with their counts."""
        self._views.show_views(views, chosen)

    def show_list(self, row_ids: "array[int]", count: str) -> None:
        """Show these leads; the chosen one stays chosen, else the first is."""
        chosen = self._chosen_row_id()
        self._model.show(row_ids)
        self._count.setText(count)
        self._middle.setCurrentWidget(self.table)
        row = max(self._model.row_of(chosen), 0)
        if row_ids and self.table.currentIndex().row() != row:
            self.table.selectRow(row)

    def show_order(self, column: int | None, *, descending: bool) -> None:
        """Mark the column the list is sorted by."""
        self.table.heading.show_order(column, descending=descending)

    def show_nothing(self, what: str, todo: str) -> None:
        """Say why the list is empty."""
        self._empty.say(what, todo)
        self._middle.setCurrentWidget(self._empty)
        self._presenter.choose_lead("")

    def show_page(self, page: PageText | None) -> None:
        """Show a lead's page, or none."""
        self._page.show_page(page)

    def refresh_rows(self, lead_ids: frozenset[str] | None) -> None:
        """Read these leads (None: all) again where the table holds them."""
        self._model.refresh(lead_ids)

    # Events

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the focus to the table."""
        super().focusInEvent(event)
        self.table.setFocus()

    # Private slots

    def _on_row(self, _selected: QItemSelection, _deselected: QItemSelection) -> None:
        self._choose_current()

    def _on_data(self) -> None:
        if self._page_id != self._chosen_lead_id():
            self._choose_current()

    def _choose_current(self) -> None:
        lead_id = self._chosen_lead_id()
        if lead_id:
            self._page_id = lead_id
            self._presenter.choose_lead(lead_id)

    def _call(self) -> None:
        self._presenter.call(self._chosen_lead_id())

    def _export(self) -> None:
        dialog = QFileDialog(self, "Export to CSV", self._presenter.export_name)
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter("CSV (*.csv)")
        dialog.setDefaultSuffix("csv")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setModal(False)
        dialog.resize(860, 560)
        dialog.fileSelected.connect(self._presenter.export)
        dialog.show()

    # Internal functions

    def _chosen_row_id(self) -> int:
        index = self.table.currentIndex()
        return self._model.row_id(index.row()) if index.isValid() else 0

    def _chosen_lead_id(self) -> str:
        index = self.table.currentIndex()
        row = self._model.lead(index.row()) if index.isValid() else None
        return row.lead_id if row else ""

    def _bind(self) -> None:
        self._page_id = ""
        presenter = self._presenter
        self.table.selectionModel().selectionChanged.connect(self._on_row)
        self._model.dataChanged.connect(lambda *_: self._on_data())
        self.table.wanted.connect(self._call)
        self.table.heading.sectionClicked.connect(presenter.sort_by)
        self._page.call_wanted.connect(self._call)
        self._views.chosen.connect(presenter.choose_view)
        self._search.searched.connect(presenter.search)
        self._search.left.connect(self.table.setFocus)
        make_action("leads_search", self, self._focus_search)
        make_action("export", self, self._export)
        make_action("leads_view_next", self, lambda: presenter.step_view(1))
        make_action("leads_view_back", self, lambda: presenter.step_view(-1))
        make_action("leads_reverse", self, presenter.reverse)
        make_action("leads_sort_next", self, lambda: presenter.sort_next(1))
        make_action("leads_sort_back", self, lambda: presenter.sort_next(-1))

    def _focus_search(self) -> None:
        self._search.setFocus()
        self._search.selectAll()

    def _assemble(self) -> None:
        left = QFrame()
        left.setProperty("look", "left")
        left.setFixedWidth(LEFT_WIDTH)
        column = QVBoxLayout(left)
        column.setContentsMargins(8, 17, 8, 8)
        column.addWidget(self._views)
        column.addStretch()

        tools = QHBoxLayout()
        tools.setSpacing(8)
        tools.addWidget(self._search, 1)
        tools.addWidget(KeyButton.of_action("export", self._export, cap=False))
        counts = QHBoxLayout()
        counts.addStretch()
        counts.addWidget(self._count)
        head = QVBoxLayout()
        head.setContentsMargins(14, 12, 14, 11)
        head.setSpacing(13)
        head.addLayout(tools)
        head.addLayout(counts)
        middle = QFrame()
        middle.setProperty("look", "panel")
        middle_column = QVBoxLayout(middle)
        middle_column.setContentsMargins(0, 0, 0, 0)
        middle_column.setSpacing(0)
        middle_column.addLayout(head)
        middle_column.addWidget(self._middle, 1)

        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(left)
        row.addWidget(middle, 1)
        row.addWidget(self._page)
