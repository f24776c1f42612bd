# SPDX-License-Identifier: MIT
"""What the queue shows and which lead of it is chosen. Knows no widget.

Only row ids are kept, in order; the model fetches the lines as they come into sight. After every
change the lead chosen stays chosen; where it left the list, the one behind it is chosen.
"""

from array import array
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple, Protocol

from leaddesk.core.services import lead_list
from leaddesk.core.services.lead_list import Counts, LeadQuery, ListRow, View
from leaddesk.ui.presenters.desk import Desk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from leaddesk.core.services.changes import Changes
    from leaddesk.core.services.workspace import Workspace


class QueueView(Protocol):
    """What the presenter asks of the pane."""

    def show_counts(self, counts: Counts) -> None:
        """Show how many leads each segment holds."""

    def show_leads(self, row_ids: "array[int]", chosen: int) -> None:
        """Show these leads with the one at `chosen` selected, -1 for none."""

    def refresh_lines(self, lead_ids: frozenset[str]) -> None:
        """Fetch the lines of these leads again."""

    def show_nothing(self, sentence: str) -> None:
        """Say why there is no lead to show; empty: there are leads."""


class _Found(NamedTuple):
    row_ids: "array[int]"
    counts: Counts
    wanted_row_id: int | None


class QueuePresenter:
    """One per window.

    Attributes:
        segment: Which leads are listed.
    """

    def __init__(self, view: QueueView, desk: Desk) -> None:
        self.segment = View.TO_CALL
        self._view = view
        self._desk = desk
        self._search = ""
        self._row_ids: array[int] = array("q")
        self._at = -1
        self._generation = 0

    def show_first(self, rows: "Sequence[ListRow]", counts: Counts) -> None:
        """Take what was read before the database is open, for the first paint."""
        self._row_ids = array("q", (row.row_id for row in rows))
        self._at = 0 if rows else -1
        self._view.show_counts(counts)

    def select(self, position: int) -> None:
        """Remember which lead is chosen."""
        self._at = position

    def show_segment(self, segment: View) -> None:
        """List other leads."""
        if segment is not self.segment:
            self.segment = segment
            self._at = 0
            self._row_ids = array("q")
            self.refresh()

    def search(self, text: str) -> None:
        """List the leads in which all these words occur."""
        if text != self._search:
            self._search = text
            self.refresh()

    def refresh(self, lead_id: str = "") -> None:
        """Read the list again; `lead_id`: choose this lead where it is listed."""
        self._generation += 1
        generation = self._generation
        query = LeadQuery(self.segment, self._search)

        def found(result: _Found) -> None:
            if generation == self._generation:
                self._show(result)

        self._desk.run(lambda work: _find(work, query, lead_id), found)

    def leave(self) -> None:
        """Choose the lead behind the one chosen, whose call is over, and read the list again."""
        following = self._at + 1
        if following < len(self._row_ids):
            self._at = following
        self.refresh()

    def changed(self, changes: "Changes") -> None:
        """Take over what a command changed, here or elsewhere in the window."""
        if changes.whole_list or changes.imports or changes.decisions:
            self.refresh()
        elif changes.leads:
            self._view.refresh_lines(changes.leads)

    def _show(self, found: _Found) -> None:
        chosen_id = self._row_ids[self._at] if 0 <= self._at < len(self._row_ids) else None
        wanted = chosen_id if found.wanted_row_id is None else found.wanted_row_id
        self._row_ids = found.row_ids
        try:
            self._at = found.row_ids.index(wanted) if wanted is not None else 0
        except ValueError:
            self._at = max(self._at, 0)
        self._at = min(self._at, len(found.row_ids) - 1)
        self._view.show_counts(found.counts)
        self._view.show_leads(found.row_ids, self._at)
        self._view.show_nothing("" if found.row_ids else self._why_nothing(found.counts))

    def _why_nothing(self, counts: Counts) -> str:
        if self._search:
            return "No lead has all these words."
        if not counts.all:
            return "No leads yet. Bring them in from a CSV file (Ctrl+I)."
        if self.segment is View.TO_CALL:
            return "All leads are decided."
        return "No lead is decided yet."


def _find(work: "Workspace", query: LeadQuery, lead_id: str) -> _Found:
    wanted = lead_list.row_id_of(work, lead_id) if lead_id else None
    return _Found(lead_list.find(work, query), lead_list.counts(work), wanted)


Fetch = Callable[["Sequence[int]", Callable[[list[ListRow]], None]], None]


def fetch_lines(desk: Desk) -> Fetch:
    """Return how the model gets its lines: through the database thread."""

    def fetch(row_ids: "Sequence[int]", done: Callable[[list[ListRow]], None]) -> None:
        desk.run(lambda work: lead_list.rows(work, row_ids), done)

    return fetch
