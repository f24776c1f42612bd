# SPDX-License-Identifier: MIT
"""The lists left in the Leads view with their counts, and what is done to segments.

What is counted (segments, tags) is counted some thousands of leads at a time, and only in sight.
"""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from leaddesk.core.domain.lead_query import LeadQuery, Segment, View
from leaddesk.core.errors import KnownError
from leaddesk.core.services import lead_list, segments
from leaddesk.core.services.segments import ListCounts
from leaddesk.ui.presenters.desk import Desk
from leaddesk.ui.presenters.lead_screen import DECIDED_AS, VIEWS, LeadsScreen, ViewText
from leaddesk.ui.presenters.steps import Steps

if TYPE_CHECKING:
    from leaddesk.core.services.changes import Changes
    from leaddesk.core.services.workspace import Workspace

MOST_TAGS: Final = 12


class LeadSegments:
    """One per Leads view.

    Args:
        screen: What shows the lists.
        desk: The way to the services.
        steps: Where what is done is kept, to be taken back.
        asked: Returns what the list shows now.
    """

    def __init__(
        self, screen: LeadsScreen, desk: Desk, steps: Steps, asked: Callable[[], LeadQuery]
    ) -> None:
        self._screen = screen
        self._desk = desk
        self._steps = steps
        self._asked = asked
        self._segments: list[Segment] = []
        self._counts: dict[str, int] = {}
        self._counting = 0
        self._left: ListCounts | None = None
        self._is_shown = True

    @property
    def total(self) -> int:
        """How many leads there are."""
        return self._counts.get(View.ALL, 0)

    @property
    def key(self) -> str:
        """Which list is shown: the segment that is just this, else the view."""
        shown = self._shown()
        return shown.segment_id if shown else self._asked().view

    def query_of(self, key: str) -> LeadQuery | None:
        """Return who is in a list; None: there is none of that key."""
        if key in set(View):
            return LeadQuery(View(key))
        return next((one.query for one in self._segments if one.segment_id == key), None)

    def beside(self, step: int) -> str:
        """Return the list after (1) or before (-1) the one that is shown."""
        keys: list[str] = [view for view, _ in VIEWS]
        keys += [one.segment_id for one in self._segments if one.query is not None]
        return keys[(keys.index(self.key) + step) % len(keys)]

    # Showing and counting

    def refresh(self, *, recount: bool) -> None:
        """Read which lists there are; count what is counted lead by lead as well, or not."""
        self._desk.run(_numbers, self._take_numbers)
        if recount:
            self._counting += 1
            self._left = None
            self._count(self._counting, ListCounts())

    def shown(self, is_shown: bool) -> None:  # noqa: FBT001 - a state
        """Go on counting where it stopped when the view went out of sight."""
        self._is_shown = is_shown
        left, self._left = self._left, None
        if is_shown and left is not None:
            self._count(self._counting, left)
        else:
            self._left = left

    def _count(self, counting: int, so_far: ListCounts) -> None:
        def go_on(found: ListCounts) -> None:
            if counting != self._counting:
                return
            if found.after and self._is_shown:
                self._count(counting, found)
                return
            if found.after:
                self._left = found
                return
            self._counts.update(found.segments)
            tags = sorted(found.tags.items(), key=lambda one: (-one[1], one[0].casefold()))
            self._screen.show_tags(tags[:MOST_TAGS])
            self._show()

        self._desk.run(lambda work: segments.count_some(work, so_far), go_on)

    def _take_numbers(self, found: tuple[dict[str, int], list[Segment]]) -> None:
        numbers, self._segments = found
        self._counts.update(numbers)
        self._show()

    def _show(self) -> None:
        own = [
            ViewText(one.segment_id, one.name, self._counts.get(one.segment_id))
            for one in self._segments
            if one.query is not None
        ]
        views = [ViewText(view, text, self._counts.get(view)) for view, text in VIEWS]
        self._screen.show_views(views, own, self.key)

    # Segments of one's own

    def ask_save(self) -> None:
        """Ask for a name to keep under it who is shown."""
        if self._asked().is_whole_list:
            self._desk.say("This is the list of all leads. Search or filter first, then save it.")
        else:
            self._ask_save("", "")

    def ask_rename(self) -> None:
        """Ask for another name of the segment that is shown."""
        there = self._shown()
        if there is None:
            self._desk.say("Choose a segment of yours first.")
        else:
            self._ask_rename(there, there.name, "")

    def delete(self) -> None:
        """Forget the segment that is shown."""
        there = self._shown()
        if there is None:
            self._desk.say("Choose a segment of yours first.")
            return
        self._desk.change(
            lambda work: segments.delete(work, there.segment_id),
            lambda gone: self._steps.keep(
                f"Segment {gone.name} deleted; its leads stay", partial(_bring_back, gone)
            ),
        )

    def _ask_save(self, typed: str, problem: str) -> None:
        self._screen.ask_line(
            "Save this list as", "A name for it", self._save, typed=typed, problem=problem
        )

    def _save(self, name: str) -> None:
        query = self._asked()
        self._desk.change(
            lambda work: segments.save(work, name, query),
            lambda made: self._steps.keep(f"Segment {made.name} saved", partial(_forget, made)),
            partial(self._refused, partial(self._ask_save, name)),
        )

    def _ask_rename(self, there: Segment, typed: str, problem: str) -> None:
        self._screen.ask_line(
            "Rename the segment",
            "Another name for it",
            partial(self._rename, there),
            typed=typed,
            problem=problem,
        )

    def _rename(self, there: Segment, name: str) -> None:
        def done(made: Segment) -> None:
            if made.name != there.name:
                self._steps.keep(
                    f"Segment {there.name} is called {made.name} now", partial(_name_back, there)
                )

        self._desk.change(
            lambda work: segments.rename(work, there.segment_id, name),
            done,
            partial(self._refused, partial(self._ask_rename, there, name)),
        )

    def _refused(self, ask_again: Callable[[str], None], error: Exception) -> None:
        """What was typed is not lost: it stands in the question that is asked again."""
        if isinstance(error, KnownError):
            ask_again(f"{error.what} {error.todo}".strip())
        else:
            self._desk.show_error(error)

    def _shown(self) -> Segment | None:
        who = self._asked().who()
        return next((one for one in self._segments if one.query == who), None)


def _forget(made: Segment, work: "Workspace") -> "tuple[str, Changes]":
    _, changes = segments.delete(work, made.segment_id)
    return f"Taken back: segment {made.name} saved", changes


def _name_back(there: Segment, work: "Workspace") -> "tuple[str, Changes]":
    _, changes = segments.rename(work, there.segment_id, there.name)
    return f"Taken back: the segment is called {there.name} again", changes


def _bring_back(gone: Segment, work: "Workspace") -> "tuple[str, Changes]":
    made, changes = segments.restore(work, gone)
    taken = "" if made.name == gone.name else f"; that name is taken, it is {made.name} now"
    return f"Taken back: segment {gone.name} deleted{taken}", changes


def _numbers(work: "Workspace") -> tuple[dict[str, int], list[Segment]]:
    counts = lead_list.counts(work)
    decided = lead_list.decision_counts(work)
    by_decision = {view: decided.get(verdict, 0) for view, verdict in DECIDED_AS.items()}
    numbers = {View.ALL: counts.all, View.TO_CALL: counts.to_call, **by_decision}
    return {str(view): number for view, number in numbers.items()}, segments.all_of(work)
