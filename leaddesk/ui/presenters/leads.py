# SPDX-License-Identifier: MIT
"""Decides what the Leads view shows: which list, in which order, which lead's page.

The first lines of a list are asked for by themselves and shown at once; all of it comes behind.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from leaddesk.core.domain.lead_query import IMPORT, Condition, LeadQuery, Op, View, say_condition
from leaddesk.core.services import import_history, lead_list, lead_page
from leaddesk.core.services.lead_page import LeadPage
from leaddesk.ui.presenters.desk import Desk
from leaddesk.ui.presenters.lead_changes import LeadChanges
from leaddesk.ui.presenters.lead_columns import COLUMNS, USUAL, Layout, read_layout, write_layout
from leaddesk.ui.presenters.lead_filters import import_names
from leaddesk.ui.presenters.lead_screen import DECIDED_AS, LeadsScreen
from leaddesk.ui.presenters.lead_segments import LeadSegments
from leaddesk.ui.presenters.lead_texts import counted, page_text
from leaddesk.ui.presenters.sales_answers import SalesAnswers
from leaddesk.ui.presenters.steps import Steps

if TYPE_CHECKING:
    from array import array

    from leaddesk.core.services.changes import Changes
    from leaddesk.core.services.import_history import ImportBatch
    from leaddesk.core.services.workspace import Workspace

FIRST: Final = 128
"""Lines that are shown before all of a list is known: more than fit on any screen."""


class LeadsPresenter:
    """One per Leads view."""

    def __init__(self, screen: LeadsScreen, desk: Desk, clock: Callable[[], datetime]) -> None:
        self._screen = screen
        self._desk = desk
        self._clock = clock
        self._query = LeadQuery()
        self._layout: Layout = USUAL
        self._chosen = ""
        self._imports: dict[str, str] = {}
        self._is_shown = True
        self._is_stale = False
        self._found: array[int] | None = None
        self.steps = Steps(desk)
        self.changes = LeadChanges(screen, desk, self.steps)
        self.answers = SalesAnswers(screen, desk, self.steps)
        self.segments = LeadSegments(screen, desk, self.steps, lambda: self._query)

    @property
    def layout(self) -> Layout:
        """The columns as they stand."""
        return self._layout

    def start(self) -> None:
        """Show everything for the first time."""
        self._desk.run(_layout, self._take_layout)
        self._show_query()
        self._refresh()

    def shown(self, is_shown: bool) -> None:  # noqa: FBT001 - a state
        """Refresh what changed while the view was out of sight."""
        self._is_shown = is_shown
        self.segments.shown(is_shown)
        if is_shown and self._is_stale:
            self._is_stale = False
            self._refresh()

    # Which list

    def choose_view(self, key: str) -> None:
        """Show another list: a `View`, or a segment by its id."""
        found = self.segments.query_of(key)
        if found is None:
            return
        if key in set(View):
            self._ask(self._query._replace(view=found.view, conditions=(), any_of=False))
        else:
            self._show_others(found)

    def show_import(self, batch_id: str) -> None:
        """Show the leads an import made or changed."""
        self._show_others(LeadQuery(conditions=(Condition(IMPORT, Op.IS, (batch_id,)),)))

    def step_view(self, step: int) -> None:
        """Show the list after (1) or before (-1) this one."""
        self.choose_view(self.segments.beside(step))

    def search(self, text: str) -> None:
        """Show the leads that match."""
        if text != self._query.search:
            self._ask(self._query._replace(search=text))

    def add_condition(self, condition: Condition) -> None:
        """Ask for one thing more."""
        if condition not in self._query.conditions:
            self._ask(self._query._replace(conditions=(*self._query.conditions, condition)))

    def add_tag_condition(self, tag: str) -> None:
        """Show who has a tag."""
        self.add_condition(Condition("tags", Op.HAS, (tag,)))

    def drop_condition(self, place: int) -> None:
        """Let go of one condition."""
        left = self._query.conditions[:place] + self._query.conditions[place + 1 :]
        self._ask(self._query._replace(conditions=left))

    def turn_conditions(self) -> None:
        """Ask for any of the conditions in place of all, or back."""
        self._ask(self._query._replace(any_of=not self._query.any_of))

    # In which order

    def sort_by(self, column: int) -> None:
        """Sort by a column; by the same column again, the other way round."""
        key = self._layout[column][0]
        if key == self._query.order:
            self.reverse()
            return
        self._ask(self._query._replace(order=key, descending=COLUMNS[key].falls_first))

    def sort_next(self, step: int) -> None:
        """Sort by the column after (1) or before (-1) the one sorted by now."""
        column = self._column()
        start = -1 if column is None and step > 0 else column or 0
        self.sort_by((start + step) % len(self._layout))

    def reverse(self) -> None:
        """Turn the order round."""
        self._ask(self._query._replace(descending=not self._query.descending))

    def show_columns(self, layout: Layout) -> None:
        """Show other columns, or these in another order or width; they are remembered."""
        if layout != self._layout:
            self._layout = layout
            self._screen.show_columns(layout)
            self._screen.show_order(self._column(), descending=self._query.descending)
            self._desk.run(partial(_save_layout, layout=layout))

    # One lead

    def choose_lead(self, lead_id: str) -> None:
        """Show the page of a lead; an empty id shows none."""
        self._chosen = lead_id
        if lead_id:
            self._desk.run(
                lambda work: lead_page.page_of(work, lead_id), partial(self._show_page, lead_id)
            )
        else:
            self._screen.show_page(None)

    def call(self, lead_id: str) -> None:
        """Call a lead: the Call view takes over."""
        if lead_id:
            self._desk.start_call(lead_id)

    def fetch(self, row_ids: Sequence[int], done: Callable[[list[Any]], None]) -> None:
        """Read lines of the table; where that fails it is said, and there are none."""

        def failed(error: Exception) -> None:
            self._desk.show_error(error)
            done([])

        self._desk.run(lambda work: lead_list.table_rows(work, row_ids), done, failed)

    def export(self, row_ids: Sequence[int]) -> None:
        """Show the export page for these leads, or without any for all that are shown."""
        self._desk.export(self._query, row_ids)

    def on_changed(self, changes: "Changes") -> None:
        """Refresh what a command anywhere in the window changed."""
        if changes.whole_list:
            self._screen.refresh_rows(None)
        elif changes.leads:
            self._screen.refresh_rows(changes.leads)
        if changes.leads or changes.whole_list or changes.segments:
            if self._is_shown:
                self._refresh()
            else:
                self._is_stale = True
        if self._chosen and (changes.whole_list or self._chosen in changes.leads):
            self.choose_lead(self._chosen)

    # Internal functions

    def _ask(self, query: LeadQuery) -> None:
        self._query = query
        self._found = None
        self._show_query()
        self._refresh(recount=False)

    def _show_query(self) -> None:
        query = self._query
        self._screen.show_order(self._column(), descending=query.descending)
        self._screen.show_conditions(
            [say_condition(condition, self._imports) for condition in query.conditions],
            any_of=query.any_of,
        )

    def _show_others(self, who: LeadQuery) -> None:
        self._screen.show_search(who.search)
        self._ask(who._replace(order=self._query.order, descending=self._query.descending))

    def _refresh(self, *, recount: bool = True) -> None:
        query = self._query
        if recount:
            self._desk.run(import_history.history, self._take_imports)
        self.segments.refresh(recount=recount)
        if self._found is None:
            first = query._replace(most=FIRST)
            self._desk.run(
                lambda work: lead_list.find(work, first), partial(self._show_first, query)
            )
        else:
            self._find_all(query)

    def _find_all(self, query: LeadQuery) -> None:
        def find(work: "Workspace") -> "array[int] | None":
            # Somebody typed on meanwhile: nobody waits for this any more.
            return lead_list.find(work, query) if query == self._query else None

        def make_ready(work: "Workspace") -> None:
            if query == self._query:
                lead_list.make_ready(work, query.order)

        self._desk.run(make_ready)
        self._desk.run(find, partial(self._show_found, query))

    def _show_first(self, query: LeadQuery, row_ids: "array[int]") -> None:
        if query != self._query:
            return
        if len(row_ids) < FIRST:
            self._show_found(query, row_ids)
            return
        self._screen.show_list(row_ids, f"{FIRST}+ leads")
        self._find_all(query)

    def _show_found(self, query: LeadQuery, row_ids: "array[int] | None") -> None:
        if query != self._query or row_ids is None:
            return
        self._found = row_ids
        self._screen.show_list(row_ids, counted(len(row_ids), "lead"))
        if not row_ids:
            self._screen.show_nothing(*self._why_empty())

    def _why_empty(self) -> tuple[str, str]:
        query = self._query
        if not self.segments.total:
            return (
                "No leads yet",
                "Bring them in from a CSV file: Import CSV, or Ctrl I. Any column order will do.",
            )
        if query.search:
            return (f"Nobody matches \u201c{query.search}\u201d", "Esc clears the search.")
        if query.conditions:
            return ("Nobody fulfils all this", "Let go of a condition above the list.")
        if query.view in DECIDED_AS:
            return ("Nobody here yet", "A lead comes here when its call ends in this decision.")
        return ("Nobody left to call", "Every lead has a decision, or must not be called.")

    def _show_page(self, lead_id: str, page: LeadPage) -> None:
        if lead_id == self._chosen:
            self._screen.show_page(page_text(page, self._clock()))

    def _take_imports(self, batches: "Sequence[ImportBatch]") -> None:
        names = import_names(batches, self._clock())
        if names != self._imports:
            self._imports = names
            self._screen.show_imports(list(names.items()))
            self._show_query()

    def _take_layout(self, layout: Layout) -> None:
        self._layout = layout
        self._screen.show_columns(layout)
        self._screen.show_order(self._column(), descending=self._query.descending)

    def _column(self) -> int | None:
        keys = [key for key, _ in self._layout]
        return keys.index(self._query.order) if self._query.order in keys else None


def _layout(work: "Workspace") -> Layout:
    from leaddesk.core.services.settings import load_settings

    return read_layout(load_settings(work.profile)[0].lead_columns)


def _save_layout(work: "Workspace", layout: Layout) -> None:
    from dataclasses import replace

    from leaddesk.core.services.settings import load_settings, save_settings

    settings, _ = load_settings(work.profile)
    save_settings(work.profile, replace(settings, lead_columns=write_layout(layout)))
