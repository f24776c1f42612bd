# SPDX-License-Identifier: MIT
"""The Leads view: lists with counts, the table, the page of the chosen lead."""

from array import array
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from leaddesk.core.services.clock import system_clock
from leaddesk.ui import theme
from leaddesk.ui.actions import make_action, shown_keys
from leaddesk.ui.context import Context
from leaddesk.ui.leads.answer_menu import open_answer_menu
from leaddesk.ui.leads.bars import AskBar, ConditionChips, FilterBar, ManyBar
from leaddesk.ui.leads.column_menu import open_column_menu
from leaddesk.ui.leads.handoff_menu import open_handoff_menu
from leaddesk.ui.leads.lead_page import LeadPageView
from leaddesk.ui.leads.table_view import LeadTableView
from leaddesk.ui.leads.view_list import ListPane, ViewList
from leaddesk.ui.models.lead_table import LeadTable
from leaddesk.ui.presenters.lead_changes import FOR_MANY
from leaddesk.ui.presenters.lead_columns import Layout
from leaddesk.ui.presenters.lead_screen import ViewText
from leaddesk.ui.presenters.lead_texts import PageText
from leaddesk.ui.presenters.leads import LeadsPresenter
from leaddesk.ui.presenters.sales_answers import AnswerChoice
from leaddesk.ui.widgets.empty import EmptyState
from leaddesk.ui.widgets.keys import KeyButton
from leaddesk.ui.widgets.labels import label
from leaddesk.ui.widgets.search import SearchField

RIGHT_WIDTH = 372
NARROW_RIGHT_WIDTH = 300
NARROW = 1240
"""Below this width the page of a lead makes room for the table."""


class LeadsView(QWidget):
    """Arranges; the presenter decides."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setAccessibleName("Leads")
        self._context = context
        self._presenter = LeadsPresenter(self, context, system_clock)
        self._views = ViewList()
        self._search = SearchField(
            "Search name, company, e-mail, phone, notes\u2026", shown_keys("leads_search")
        )
        self._count = label("", "muted", pixels=13, tabular=True)
        self._counted = ""
        self._chips, self._filter, self._ask = ConditionChips(), FilterBar(), AskBar()
        self._many = ManyBar()
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

    def show_import(self, batch_id: str) -> None:
        """Show the leads of an import."""
        self._presenter.show_import(batch_id)

    # What the presenter may show

    def show_views(self, views: Sequence[ViewText], own: Sequence[ViewText], chosen: str) -> None:
        """Show the lists and segments with their counts."""
        self._views.show_views(views, own, chosen)

    def show_tags(self, tags: Sequence[tuple[str, int]]) -> None:
        """Show the tags most leads have."""
        self._views.show_tags(tags)

    def show_list(self, row_ids: "array[int]", count: str) -> None:
        """Show these leads; the chosen one stays chosen, else the first is."""
        chosen = self._chosen_row_id()
        column = max(self.table.currentIndex().column(), 0)
        self._model.show(row_ids)
        self._counted = count
        self._middle.setCurrentWidget(self.table)
        if (row_ids and self._chosen_row_id() != chosen) or not self.table.currentIndex().isValid():
            row = max(self._model.row_of(chosen), 0) if chosen else 0
            self.table.setCurrentIndex(self._model.index(row, column))
        self._show_count()

    def show_order(self, column: int | None, *, descending: bool) -> None:
        """Mark the column the list is sorted by."""
        self.table.heading.show_order(column, descending=descending)

    def show_columns(self, layout: Layout) -> None:
        """Show these columns."""
        chosen = self._chosen_row_id()
        self._model.show_columns(layout)
        self.table.show_layout(layout)
        row = self._model.row_of(chosen) if chosen else -1
        if row >= 0 and not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self._model.index(row, 0))

    def show_conditions(self, texts: Sequence[str], *, any_of: bool) -> None:
        """Show what leads have to fulfil."""
        self._chips.show_conditions(texts, any_of=any_of)

    def show_search(self, text: str) -> None:
        """Show what is sought, which the presenter knows already."""
        self._search.show_said(text)

    def show_imports(self, imports: Sequence[tuple[str, str]]) -> None:
        """Offer the imports there are for conditions."""
        self._filter.show_imports(imports)

    def ask_line(
        self,
        what: str,
        hint: str,
        done: Callable[[str], object],
        *,
        typed: str = "",
        problem: str = "",
    ) -> None:
        """Ask for a line of text above the table."""
        self._ask.ask(what, hint, done, typed=typed, problem=problem)

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

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the table what it needs first."""
        super().resizeEvent(event)
        is_narrow = self.width() < theme.px(NARROW)
        self._page.setFixedWidth(NARROW_RIGHT_WIDTH if is_narrow else RIGHT_WIDTH)

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what happened out of sight."""
        super().showEvent(event)
        self._presenter.shown(is_shown=True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Count nothing out of sight."""
        super().hideEvent(event)
        self._presenter.shown(is_shown=False)

    # Private slots

    def _on_row(self) -> None:
        self._choose_current()
        self._show_count()

    def _on_data(self) -> None:
        if self._page_id != self.chosen_lead_id:
            self._choose_current()

    def _choose_current(self) -> None:
        lead_id = self.chosen_lead_id
        if lead_id:
            self._page_id = lead_id
            self._presenter.choose_lead(lead_id)

    def _call(self) -> None:
        self._presenter.call(self.chosen_lead_id)

    def _edit(self) -> None:
        self.table.setFocus()
        if not self.table.edit_current():
            self._context.say("This cell follows from others. Go to another one with the arrows.")

    def _open_handoff(self) -> None:
        lead_id = self.chosen_lead_id
        if lead_id:
            open_handoff_menu(self._page.handoff, self._context, lead_id)

    def _ask_answer(self) -> None:
        def show(choices: Sequence[AnswerChoice]) -> None:
            open_answer_menu(self._page.answer, choices)

        self._presenter.answers.ask(self.chosen_lead_id, show)

    def _ask_many(self, action_id: str) -> None:
        self._presenter.changes.ask(action_id, self._selected())

    def _choose_columns(self) -> None:
        presenter = self._presenter
        open_column_menu(self._columns, presenter.layout, presenter.show_columns)

    def _export(self) -> None:
        chosen = self._selected()
        self._presenter.export(chosen if len(chosen) > 1 else ())

    # Internal functions

    def _chosen_row_id(self) -> int:
        index = self.table.currentIndex()
        return self._model.row_id(index.row()) if index.isValid() else 0

    @property
    def chosen_lead_id(self) -> str:
        """The lead that is chosen; empty: none."""
        index = self.table.currentIndex()
        row = self._model.lead(index.row()) if index.isValid() else None
        return row.lead_id if row else ""

    def _selected(self) -> "array[int]":
        """Return the row ids of the lines that are chosen, in the order of the list."""
        found = array("q")
        for top, bottom in self.table.chosen_spans():
            found.extend(self._model.row_ids(top, bottom))
        return found

    def _show_count(self) -> None:
        chosen = sum(bottom - top + 1 for top, bottom in self.table.chosen_spans())
        many = chosen > 1
        self._count.setText(f"{self._counted} \u00b7 {chosen:,} chosen" if many else self._counted)
        self._many.setVisible(many)

    def _bind(self) -> None:
        self._page_id = ""
        presenter = self._presenter
        selection = self.table.selectionModel()
        selection.selectionChanged.connect(lambda *_: self._on_row())
        self._model.dataChanged.connect(lambda *_: self._on_data())
        self._model.edited.connect(presenter.changes.edit)
        self.table.wanted.connect(self._call)
        self.table.layout_changed.connect(presenter.show_columns)
        self.table.heading.sectionClicked.connect(presenter.sort_by)
        self._page.call_wanted.connect(self._call)
        self._page.edit_wanted.connect(self._edit)
        self._page.handoff_wanted.connect(self._open_handoff)
        self._page.answer_wanted.connect(self._ask_answer)
        self._page.company_wanted.connect(self._context.show_company)
        self._views.chosen.connect(presenter.choose_view)
        self._views.tag_chosen.connect(presenter.add_tag_condition)
        self._chips.dropped.connect(presenter.drop_condition)
        self._chips.turned.connect(presenter.turn_conditions)
        self._chips.saved.connect(presenter.segments.ask_save)
        self._many.wanted.connect(self._ask_many)
        self._filter.added.connect(presenter.add_condition)
        for bar in (self._filter, self._ask):
            bar.closed.connect(self.table.setFocus)
        self._search.searched.connect(presenter.search)
        self._search.left.connect(self.table.setFocus)
        slots: tuple[tuple[str, Callable[[], object]], ...] = (
            ("leads_search", self._focus_search),
            ("export", self._export),
            ("leads_view_next", lambda: presenter.step_view(1)),
            ("leads_view_back", lambda: presenter.step_view(-1)),
            ("leads_reverse", presenter.reverse),
            ("leads_sort_next", lambda: presenter.sort_next(1)),
            ("leads_sort_back", lambda: presenter.sort_next(-1)),
            ("lead_edit", self._edit),
            ("lead_handoff", self._open_handoff),
            ("lead_answer", self._ask_answer),
            ("leads_undo", presenter.steps.undo),
            ("leads_filter", self._filter.open),
            ("leads_columns", self._choose_columns),
            ("leads_save", presenter.segments.ask_save),
            ("leads_rename", presenter.segments.ask_rename),
            ("leads_forget", presenter.segments.delete),
            *((action_id, partial(self._ask_many, action_id)) for action_id in FOR_MANY),
        )
        for action_id, slot in slots:
            make_action(action_id, self, slot)

    def _focus_search(self) -> None:
        self._search.setFocus()
        self._search.selectAll()

    def _assemble(self) -> None:
        middle = QFrame()
        middle.setProperty("look", "panel")
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head())
        column.addWidget(self._middle, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        history = partial(self._context.open_view, "history")
        row.addWidget(ListPane(self._views, history))
        row.addWidget(middle, 1)
        row.addWidget(self._page)

    def _head(self) -> QVBoxLayout:
        self._columns = KeyButton.of_action("leads_columns", self._choose_columns, cap=False)
        tools = QHBoxLayout()
        tools.setSpacing(8)
        tools.addWidget(self._search, 1)
        tools.addWidget(KeyButton.of_action("leads_filter", self._filter.open, cap=False))
        tools.addWidget(self._columns)
        tools.addWidget(KeyButton.of_action("export", self._export, cap=False))
        counts = QHBoxLayout()
        counts.setSpacing(8)
        counts.addWidget(self._chips, 1)
        counts.addWidget(self._count, 0, Qt.AlignmentFlag.AlignTop)
        head = QVBoxLayout()
        head.setContentsMargins(14, 12, 14, 11)
        head.setSpacing(11)
        head.addLayout(tools)
        for line in (self._filter, self._ask, self._many):
            head.addWidget(line)
        head.addLayout(counts)
        return head
