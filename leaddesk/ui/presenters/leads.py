# SPDX-License-Identifier: MIT
"""Decides what the Leads view shows: which list, in which order, which lead's page.

The first lines of a list are asked for by themselves and shown at once; all of it comes behind.
What is counted (segments, tags) is counted some thousands of leads at a time, and only in sight.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from leaddesk.core.domain.lead_query import Condition, LeadQuery, Op, Segment, View, say_condition
from leaddesk.core.services import lead_list, lead_page, segments
from leaddesk.core.services.lead_page import LeadPage
from leaddesk.core.services.segments import ListCounts
from leaddesk.ui.presenters.desk import Desk
from leaddesk.ui.presenters.lead_changes import LeadChanges
from leaddesk.ui.presenters.lead_columns import COLUMNS, USUAL, Layout, read_layout, write_layout
from leaddesk.ui.presenters.lead_screen import DECIDED_AS, VIEWS, LeadsScreen, ViewText
from leaddesk.ui.presenters.lead_texts import counted, page_text

if TYPE_CHECKING:
    from array import array

    from leaddesk.core.services.changes import Changes
    from leaddesk.core.services.export_leads import ExportReport
    from leaddesk.core.services.workspace import Workspace

FIRST: Final = 128
"""Lines that are shown before all of a list is known: more than fit on any screen."""

MOST_TAGS: Final = 12


class LeadsPresenter:
    """One per Leads view."""

    def __init__(self, screen: LeadsScreen, desk: Desk, clock: Callable[[], datetime]) -> None:
        self._screen = screen
        self._desk = desk
        self._clock = clock
        self._query = LeadQuery()
        self._layout: Layout = USUAL
        self._chosen = ""
        self._total = 0
        self._counts: dict[str, int] = {}
        self._segments: list[Segment] = []
        self._counting = 0
        self._is_shown = True
        self._is_stale = False
        self._found: array[int] | None = None
        self.changes = LeadChanges(desk, lambda: self._screen.refresh_rows(None))

    @property
    def export_name(self) -> str:
        """A file name to offer for the export of what is shown."""
        view = self._query.view
        return "leads.csv" if view is View.ALL else f"leads-{view.replace('_', '-')}.csv"

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
        if is_shown and self._is_stale:
            self._is_stale = False
            self._refresh()

    # Which list

    def choose_view(self, key: str) -> None:
        """Show another list: a `View`, or a segment by its id."""
        for segment in self._segments:
            if segment.segment_id == key and segment.query is not None:
                found = segment.query
                self._screen.show_search(found.search)
                self._ask(
                    found._replace(order=self._query.order, descending=self._query.descending)
                )
                return
        if key in set(View):
            self._ask(self._query._replace(view=View(key), conditions=(), any_of=False))

    def step_view(self, step: int) -> None:
        """Show the list after (1) or before (-1) this one."""
        keys: list[str] = [view for view, _ in VIEWS]
        keys += [one.segment_id for one in self._segments if one.query is not None]
        self.choose_view(keys[(keys.index(self._key()) + step) % len(keys)])

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

    def save_segment(self, name: str) -> None:
        """Keep who is shown under a name."""
        query = self._query
        self._desk.change(
            lambda work: segments.save(work, name, query),
            lambda made: self._after_segment(f"Segment {made.name} saved"),
        )

    def delete_segment(self) -> None:
        """Forget the segment that is shown."""
        key = self._key()
        if key in set(View):
            self._desk.say("Choose a segment of yours first.")
            return
        self._desk.change(
            lambda work: segments.delete(work, key),
            lambda gone: self._after_segment(f"Segment {gone.name} deleted; its leads stay"),
        )

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

    def export(self, path: str, row_ids: Sequence[int] = ()) -> None:
        """Write these leads to a CSV file, or all that are shown."""
        from leaddesk.core.services import export_leads

        query = self._query

        def write(work: "Workspace") -> "tuple[ExportReport, Changes]":
            wanted = row_ids or lead_list.find(work, query)
            return export_leads.export(work, Path(path), export_leads.ExportOptions(row_ids=wanted))

        self._desk.change(
            write,
            self._say_exported,
        )

    def on_changed(self, changes: "Changes") -> None:
        """Refresh what a command anywhere in the window changed."""
        if changes.whole_list:
            self._screen.refresh_rows(None)
        elif changes.leads:
            self._screen.refresh_rows(changes.leads)
        if changes.leads or changes.whole_list:
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
            [say_condition(condition) for condition in query.conditions], any_of=query.any_of
        )

    def _refresh(self, *, recount: bool = True) -> None:
        query = self._query
        self._desk.run(_numbers, self._take_numbers)
        if self._found is None:
            first = query._replace(most=FIRST)
            self._desk.run(
                lambda work: lead_list.find(work, first), partial(self._show_first, query)
            )
        else:
            self._find_all(query)
        if recount:
            self._counting += 1
            self._count(self._counting, ListCounts())

    def _find_all(self, query: LeadQuery) -> None:
        def find(work: "Workspace") -> "array[int] | None":
            # Somebody typed on meanwhile: nobody waits for this any more.
            return lead_list.find(work, query) if query == self._query else None

        def make_ready(work: "Workspace") -> None:
            if query == self._query:
                lead_list.make_ready(work, query.order)

        self._desk.run(make_ready)
        self._desk.run(find, partial(self._show_found, query))

    def _count(self, counting: int, so_far: ListCounts) -> None:
        def go_on(found: ListCounts) -> None:
            if counting != self._counting:
                return
            if found.after and self._is_shown:
                self._count(counting, found)
                return
            self._is_stale = bool(found.after) or self._is_stale
            self._counts.update(found.segments)
            tags = sorted(found.tags.items(), key=lambda one: (-one[1], one[0].casefold()))
            self._screen.show_tags(tags[:MOST_TAGS])
            self._show_views()

        self._desk.run(lambda work: segments.count_some(work, so_far), go_on)

    def _take_numbers(self, found: "tuple[dict[str, int], list[Segment]]") -> None:
        numbers, self._segments = found
        self._counts.update(numbers)
        self._total = numbers[View.ALL]
        self._show_views()

    def _show_views(self) -> None:
        own = [
            ViewText(one.segment_id, one.name, self._counts.get(one.segment_id))
            for one in self._segments
            if one.query is not None
        ]
        views = [ViewText(view, text, self._counts.get(view)) for view, text in VIEWS]
        self._screen.show_views(views, own, self._key())

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
        if not self._total:
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

    def _say_exported(self, report: "ExportReport") -> None:
        self._desk.say(f"Exported {counted(report.rows, 'lead')} to {report.file}")

    def _after_segment(self, said: str) -> None:
        self._desk.say(said)
        self._refresh()

    def _take_layout(self, layout: Layout) -> None:
        self._layout = layout
        self._screen.show_columns(layout)
        self._screen.show_order(self._column(), descending=self._query.descending)

    def _key(self) -> str:
        """Return which list is shown: the segment that is just this, else the view."""
        who = self._query.who()
        same = (one.segment_id for one in self._segments if one.query == who)
        return next(same, self._query.view)

    def _column(self) -> int | None:
        keys = [key for key, _ in self._layout]
        return keys.index(self._query.order) if self._query.order in keys else None


def _numbers(work: "Workspace") -> "tuple[dict[str, int], list[Segment]]":
    counts = lead_list.counts(work)
    decided = lead_list.decision_counts(work)
    by_decision = {view: decided.get(verdict, 0) for view, verdict in DECIDED_AS.items()}
    numbers = {View.ALL: counts.all, View.TO_CALL: counts.to_call, **by_decision}
    return {str(view): number for view, number in numbers.items()}, segments.all_of(work)


def _layout(work: "Workspace") -> Layout:
    from leaddesk.core.services.settings import load_settings

    return read_layout(load_settings(work.profile)[0].lead_columns)


def _save_layout(work: "Workspace", layout: Layout) -> None:
    from dataclasses import replace

    from leaddesk.core.services.settings import load_settings, save_settings

    settings, _ = load_settings(work.profile)
    save_settings(work.profile, replace(settings, lead_columns=write_layout(layout)))
