# SPDX-License-Identifier: MIT
"""What the queue shows and which lead of it is chosen. Knows no widget.

Only row ids are kept, in order; the model fetches the lines as they come into sight. After every
change the lead chosen stays chosen; where it left the list, the one behind it is chosen. The list
comes first, the counts behind it.
"""

from array import array
from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, Protocol

from leaddesk.core.domain.lead_query import LeadQuery
from leaddesk.core.domain.queue import HeldCause
from leaddesk.core.services import lead_list, queue
from leaddesk.core.services.lead_list import ListRow
from leaddesk.core.services.queue import PAGE, QueueCounts, QueuePage
from leaddesk.ui.presenters.desk import Desk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from leaddesk.core.services.changes import Changes
    from leaddesk.core.services.workspace import Workspace

_GROWTH = 4
"""By how much the list grows when somebody scrolls to its end."""


class Segment(StrEnum):
    """Which leads are listed; HELD: those held back for one cause."""

    NEXT = "next"
    NEW = "new"
    CALLBACKS = "callbacks"
    ALL = "all"
    HELD = "held"


class QueueView(Protocol):
    """What the presenter asks of the pane."""

    def show_counts(self, counts: QueueCounts) -> None:
        """Show how many leads each segment holds, and how many are held back."""

    def show_leads(self, row_ids: "array[int]", chosen: int) -> None:
        """Show these leads with the one at `chosen` selected, -1 for none."""

    def refresh_lines(self, lead_ids: frozenset[str] | None) -> None:
        """Fetch the lines of these leads again; None: of all."""

    def show_nothing(self, sentence: str) -> None:
        """Say why there is no lead to show; empty: there are leads."""

    def show_segment(self, segment: Segment) -> None:
        """Show which leads are listed."""

    def show_best_hours(self, words: str) -> None:
        """Show when one's own calls were answered; empty: not known."""


class _Found(NamedTuple):
    page: QueuePage
    wanted_row_id: int | None


class QueuePresenter:
    """One per window.

    Attributes:
        segment: Which leads are listed.
    """

    def __init__(self, view: QueueView, desk: Desk) -> None:
        self.segment = Segment.NEXT
        self._held: HeldCause | None = None
        self._view = view
        self._desk = desk
        self._search = ""
        self._row_ids: array[int] = array("q")
        self._at = -1
        self._most = PAGE
        self._has_more = False
        self._generation = 0
        self._wanted = ""

    def show_first(self, rows: "Sequence[ListRow]") -> None:
        """Take what was read before the database is open, for the first paint."""
        self._row_ids = array("q", (row.row_id for row in rows))
        self._at = 0 if rows else -1

    def select(self, position: int) -> None:
        """Remember which lead is chosen."""
        self._at = position

    def show_segment(self, segment: Segment) -> None:
        """List other leads."""
        if segment is not self.segment:
            self._list(segment, None)

    def show_held(self, cause: HeldCause) -> None:
        """List the leads held back for a cause."""
        self._list(Segment.HELD, cause)

    def search(self, text: str) -> None:
        """List the leads in which all these words occur."""
        if text != self._search:
            self._search = text
            self.refresh()

    def more(self) -> None:
        """List further leads: the end of the list is in sight."""
        if self._has_more:
            self._has_more = False
            self._most *= _GROWTH
            self.refresh()

    def tick(self) -> None:
        """Follow the clock: callbacks become due, windows open and close."""
        self.refresh()
        self._view.refresh_lines(None)

    def refresh(self, lead_id: str = "") -> None:
        """Read the list again; `lead_id`: choose this lead where it is listed."""
        self._generation += 1
        generation = self._generation
        # A change announced meanwhile reads the list once more; whoever was asked for stays so.
        lead_id = self._wanted = lead_id or self._wanted
        search, segment, held, most = self._search, self.segment, self._held, self._most

        def find(work: "Workspace") -> _Found:
            wanted = lead_list.row_id_of(work, lead_id) if lead_id else None
            if search:
                row_ids = lead_list.find(work, LeadQuery(search=search))
                return _Found(QueuePage(row_ids, has_more=False), wanted)
            return _Found(_read(work, segment, held, most), wanted)

        def found(result: _Found) -> None:
            if generation == self._generation:
                self._wanted = ""
                self._show(result)
                self._desk.run(queue.counts, self._counted)

        self._desk.run(find, found)

    def read_best_hours(self) -> None:
        """Find out when one's own calls were answered."""
        self._desk.run(queue.best_hours_words, self._view.show_best_hours)

    def leave(self) -> None:
        """Choose the lead behind the one chosen, whose call is over, and read the list again."""
        following = self._at + 1
        if following < len(self._row_ids):
            self._at = following
        self.refresh()
        self.read_best_hours()

    def changed(self, changes: "Changes") -> None:
        """Take over what a command changed, here or elsewhere in the window."""
        if changes.whole_list or changes.imports or changes.decisions or changes.queue:
            self.refresh()
        if changes.queue:
            self.read_best_hours()
        if changes.leads:
            self._view.refresh_lines(changes.leads)

    def _list(self, segment: Segment, held: HeldCause | None) -> None:
        self.segment, self._held = segment, held
        self._at = 0
        self._most = PAGE
        self._row_ids = array("q")
        self._view.show_segment(segment)
        self.refresh()

    def _show(self, found: _Found) -> None:
        row_ids = found.page.row_ids
        self._has_more = found.page.has_more
        chosen_id = self._row_ids[self._at] if 0 <= self._at < len(self._row_ids) else None
        wanted = chosen_id if found.wanted_row_id is None else found.wanted_row_id
        if found.wanted_row_id is not None and wanted not in row_ids:
            # Called although it is not listed: it stands above the others while it is on screen.
            row_ids = array("q", [found.wanted_row_id, *row_ids])
        self._row_ids = row_ids
        try:
            self._at = row_ids.index(wanted) if wanted is not None else 0
        except ValueError:
            self._at = max(self._at, 0)
        self._at = min(self._at, len(row_ids) - 1)
        self._view.show_leads(row_ids, self._at)
        if row_ids:
            self._view.show_nothing("")

    def _counted(self, counts: QueueCounts) -> None:
        self._view.show_counts(counts)
        if not self._row_ids:
            self._view.show_nothing(self._why_nothing(counts))

    def _why_nothing(self, counts: QueueCounts) -> str:
        if self._search:
            return "No lead has all these words."
        if not counts.all:
            return "No leads yet. Bring them in from a CSV file (Ctrl+I)."
        if self.segment is Segment.NEXT:
            held = sum(counts.held.values())
            if held:
                return "Nobody can be called now. Ctrl+H says who is held back, and why."
            return "Nobody is left to call: all leads are decided."
        return {
            Segment.NEW: "No new lead can be called now.",
            Segment.CALLBACKS: "No callback is promised.",
        }.get(self.segment, "No lead is held back for this.")


def _read(work: "Workspace", segment: Segment, held: HeldCause | None, most: int) -> QueuePage:
    if segment is Segment.HELD and held is not None:
        return queue.held(work, held, most)
    if segment is Segment.ALL:
        row_ids = lead_list.find(work, LeadQuery(most=most + 1))
        return QueuePage(row_ids[:most], has_more=len(row_ids) > most)
    return {
        Segment.NEW: queue.new,
        Segment.CALLBACKS: queue.callbacks,
    }.get(segment, queue.top)(work, most)


Fetch = Callable[["Sequence[int]", Callable[[list[ListRow]], None]], None]


def fetch_lines(desk: Desk) -> Fetch:
    """Return how the model gets its lines: through the database thread."""

    def fetch(row_ids: "Sequence[int]", done: Callable[[list[ListRow]], None]) -> None:
        desk.run(lambda work: lead_list.rows(work, row_ids), done)

    return fetch
