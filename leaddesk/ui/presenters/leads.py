# SPDX-License-Identifier: MIT
"""Decides what the Leads view shows: which list, in which order, which lead's page."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from leaddesk.core.domain.lead_query import LeadQuery, View
from leaddesk.core.domain.verdict import Verdict
from leaddesk.core.services import lead_list, lead_page
from leaddesk.core.services.lead_list import ListRow
from leaddesk.core.services.lead_page import LeadPage
from leaddesk.ui.presenters.desk import Desk
from leaddesk.ui.presenters.lead_texts import PageText, counted, page_text

if TYPE_CHECKING:
    from array import array

    from leaddesk.core.services.changes import Changes
    from leaddesk.core.services.export_leads import ExportReport
    from leaddesk.core.services.workspace import Workspace

VIEWS: Final = (
    (View.ALL, "All leads"),
    (View.TO_CALL, "To call"),
    (View.PASSED, "Passed to sales"),
    (View.NURTURED, "Nurture"),
    (View.DISQUALIFIED, "Disqualified"),
)
DECIDED_AS: Final = {
    View.PASSED: Verdict.PASS,
    View.NURTURED: Verdict.NURTURE,
    View.DISQUALIFIED: Verdict.DISQUALIFY,
}
COLUMN_ORDERS: Final = (
    "grade",
    "name",
    "company",
    "source",
    "employees",
    "status",
    "last_activity_at",
)
"""What each column of the table is sorted by."""

LARGEST_FIRST: Final = ("employees", "last_activity_at")
"""Columns whose first click shows the largest first."""


@dataclass(frozen=True, slots=True)
class ViewText:
    """One line of the left pane."""

    view: View
    text: str
    count: int


class LeadsScreen(Protocol):
    """What the Leads view can show."""

    def show_views(self, views: Sequence[ViewText], chosen: View) -> None:
        """Show the views with their counts."""

    def show_list(self, row_ids: "array[int]", count: str) -> None:
        """Show these leads; the one that was chosen stays chosen if it is among them."""

    def show_order(self, column: int | None, *, descending: bool) -> None:
        """Mark the column the list is sorted by."""

    def show_nothing(self, what: str, todo: str) -> None:
        """Say why the list is empty."""

    def show_page(self, page: PageText | None) -> None:
        """Show a lead's page, or none."""

    def refresh_rows(self, lead_ids: frozenset[str] | None) -> None:
        """Read these leads (None: all) again where the table holds them."""


class LeadsPresenter:
    """One per Leads view."""

    def __init__(self, screen: LeadsScreen, desk: Desk, clock: Callable[[], datetime]) -> None:
        self._screen = screen
        self._desk = desk
        self._clock = clock
        self._query = LeadQuery()
        self._chosen = ""
        self._total = 0

    @property
    def export_name(self) -> str:
        """A file name to offer for the export of what is shown."""
        view = self._query.view
        return "leads.csv" if view is View.ALL else f"leads-{view.replace('_', '-')}.csv"

    def start(self) -> None:
        """Show everything for the first time."""
        self._screen.show_order(self._column(), descending=self._query.descending)
        self._refresh()

    def choose_view(self, view: View) -> None:
        """Show another list."""
        self._ask(self._query._replace(view=view))

    def step_view(self, step: int) -> None:
        """Show the list after (1) or before (-1) this one."""
        views = [view for view, _ in VIEWS]
        self.choose_view(views[(views.index(self._query.view) + step) % len(views)])

    def search(self, text: str) -> None:
        """Show the leads that match."""
        self._ask(self._query._replace(search=text))

    def sort_by(self, column: int) -> None:
        """Sort by a column; by the same column again, the other way round."""
        order = COLUMN_ORDERS[column]
        if order == self._query.order:
            self.reverse()
        else:
            self._ask(self._query._replace(order=order, descending=order in LARGEST_FIRST))

    def sort_next(self, step: int) -> None:
        """Sort by the column after (1) or before (-1) the one sorted by now."""
        column = self._column()
        start = -1 if column is None and step > 0 else column or 0
        self.sort_by((start + step) % len(COLUMN_ORDERS))

    def reverse(self) -> None:
        """Turn the order round."""
        self._ask(self._query._replace(descending=not self._query.descending))

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

    def fetch(self, row_ids: Sequence[int], done: Callable[[list[ListRow]], None]) -> None:
        """Read lines of the table; where that fails it is said, and there are none."""

        def failed(error: Exception) -> None:
            self._desk.show_error(error)
            done([])

        self._desk.run(lambda work: lead_list.rows(work, row_ids), done, failed)

    def export(self, path: str) -> None:
        """Write what is shown to a CSV file."""
        from leaddesk.core.services import export_leads

        view, search = self._query.view, self._query.search
        self._desk.change(
            lambda work: export_leads.export(work, Path(path), view=view, search=search),
            self._say_exported,
        )

    def on_changed(self, changes: "Changes") -> None:
        """Refresh what a command anywhere in the window changed."""
        if changes.whole_list:
            self._screen.refresh_rows(None)
        elif changes.leads:
            self._screen.refresh_rows(changes.leads)
        if changes.leads or changes.whole_list:
            self._refresh()
        if self._chosen and (changes.whole_list or self._chosen in changes.leads):
            self.choose_lead(self._chosen)

    def _ask(self, query: LeadQuery) -> None:
        self._query = query
        self._screen.show_order(self._column(), descending=query.descending)
        self._refresh()

    def _refresh(self) -> None:
        query = self._query
        self._desk.run(_counts, self._show_counts)
        self._desk.run(lambda work: lead_list.find(work, query), partial(self._show_found, query))

    def _show_counts(self, numbers: Mapping[View, int]) -> None:
        self._total = numbers[View.ALL]
        self._screen.show_views(
            [ViewText(view, text, numbers[view]) for view, text in VIEWS], self._query.view
        )

    def _show_found(self, query: LeadQuery, row_ids: "array[int]") -> None:
        if query != self._query:
            return
        self._screen.show_list(row_ids, counted(len(row_ids), "lead"))
        if not row_ids:
            self._screen.show_nothing(*self._why_empty())

    def _why_empty(self) -> tuple[str, str]:
        if not self._total:
            return (
                "No leads yet",
                "Bring them in from a CSV file: Import CSV, or Ctrl I. Any column order will do.",
            )
        if self._query.search:
            return (f"Nobody matches \u201c{self._query.search}\u201d", "Esc clears the search.")
        if self._query.view in DECIDED_AS:
            return ("Nobody here yet", "A lead comes here when its call ends in this decision.")
        return ("Nobody left to call", "Every lead has a decision, or must not be called.")

    def _show_page(self, lead_id: str, page: LeadPage) -> None:
        if lead_id == self._chosen:
            self._screen.show_page(page_text(page, self._clock()))

    def _say_exported(self, report: "ExportReport") -> None:
        self._desk.say(f"Exported {counted(report.rows, 'lead')} to {report.file}")

    def _column(self) -> int | None:
        order = self._query.order
        return COLUMN_ORDERS.index(order) if order in COLUMN_ORDERS else None


def _counts(work: "Workspace") -> dict[View, int]:
    counts = lead_list.counts(work)
    decided = lead_list.decision_counts(work)
    by_decision = {view: decided.get(verdict, 0) for view, verdict in DECIDED_AS.items()}
    return {View.ALL: counts.all, View.TO_CALL: counts.to_call, **by_decision}
