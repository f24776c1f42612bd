# SPDX-License-Identifier: MIT
"""What the Leads view can show, and the lists it always offers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from leaddesk.core.domain.lead_query import View
from leaddesk.core.domain.verdict import Verdict
from leaddesk.ui.presenters.lead_columns import Layout
from leaddesk.ui.presenters.lead_texts import PageText

if TYPE_CHECKING:
    from array import array

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


@dataclass(frozen=True, slots=True)
class ViewText:
    """One line of the left pane.

    Attributes:
        key: A `View` or the id of a segment.
        count: None while it is not counted yet.
    """

    key: str
    text: str
    count: int | None


class LeadsScreen(Protocol):
    """What the Leads view can show."""

    def show_views(self, views: Sequence[ViewText], own: Sequence[ViewText], chosen: str) -> None:
        """Show the lists there are, and the segments somebody saved, with their counts."""

    def show_tags(self, tags: Sequence[tuple[str, int]]) -> None:
        """Show the tags most leads have, with their counts."""

    def show_list(self, row_ids: "array[int]", count: str) -> None:
        """Show these leads; the one that was chosen stays chosen if it is among them."""

    def show_order(self, column: int | None, *, descending: bool) -> None:
        """Mark the column the list is sorted by."""

    def show_columns(self, layout: Layout) -> None:
        """Show these columns."""

    def show_conditions(self, texts: Sequence[str], *, any_of: bool) -> None:
        """Show what leads have to fulfil, each with a way to let go of it."""

    def show_imports(self, imports: Sequence[tuple[str, str]]) -> None:
        """Offer the imports there are for conditions: (id, what it is called)."""

    def ask_line(
        self,
        what: str,
        hint: str,
        done: Callable[[str], object],
        *,
        typed: str = "",
        problem: str = "",
    ) -> None:
        """Ask for a line of text that begins as typed; `problem`: why the one before was none."""

    def show_search(self, text: str) -> None:
        """Show what is sought."""

    def show_nothing(self, what: str, todo: str) -> None:
        """Say why the list is empty."""

    def show_page(self, page: PageText | None) -> None:
        """Show a lead's page, or none."""

    def refresh_rows(self, lead_ids: frozenset[str] | None) -> None:
        """Read these leads (None: all) again where the table holds them."""
