# SPDX-License-Identifier: MIT
"""Goes through the pairs of leads that may be the same, one key each: merge, not the same, skip."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from leaddesk.core.domain.lead import Lead
from leaddesk.core.services import duplicates, merging
from leaddesk.core.services.duplicates import Pair, Search
from leaddesk.ui.presenters.desk import Desk

if TYPE_CHECKING:
    from collections.abc import Callable

    from leaddesk.core.services.changes import Changes
    from leaddesk.core.services.workspace import Workspace

MOST_PAIRS = 500
"""So many are enough for a sitting; merging some changes which the next are."""

_FIELDS = (
    ("Name", "name"), ("Title", "title"), ("Company", "company"), ("E-mail", "email"),
    ("Second e-mail", "email_2"), ("Phone", "phone"), ("Mobile", "mobile"),
    ("Second phone", "phone_2"), ("Street", "street"), ("City", "city"),
    ("Postal code", "postal_code"), ("Country", "country"), ("Source", "source"),
    ("Owner", "owner"), ("Status", "status"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PairText:
    """A pair in words.

    Attributes:
        rows: (what, of the lead that stays, of the other), of what at least one of them has.
    """

    title: str
    reasons: str
    rows: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class _Undo:
    """How the last decision is taken back, and where that leads.

    Attributes:
        merged: How many merges it was.
    """

    job: "Callable[[Workspace], tuple[object, Changes]]"
    pairs: list[Pair]
    at: int = 0
    merged: int = 0


class DuplicatesPage(Protocol):
    """What the presenter may show."""

    def show_progress(self, percent: int) -> None:
        """Show how far the search is."""

    def show_pair(self, text: PairText) -> None:
        """Show a pair, to be decided by a key."""

    def show_end(self, what: str, todo: str) -> None:
        """Show that no pair is left."""


class DuplicatesPresenter:
    """Decides what the page shows."""

    def __init__(self, page: DuplicatesPage, desk: Desk) -> None:
        self._page = page
        self._desk = desk
        self._search: Search | None = None
        self._pairs: list[Pair] = []
        self._at = 0
        self._merged = 0
        self._undo: _Undo | None = None

    def begin(self) -> None:
        """Look through all leads, unless pairs of the last time are left.

        What else the database thread has to do comes in between.
        """
        if self._pair() is not None:
            self._show()
        elif self._search is None:
            self._pairs, self._at, self._merged, self._undo = [], 0, 0, None
            self._page.show_progress(0)
            self._desk.run(lambda work: Search(work, MOST_PAIRS), self._go_on, self._failed)

    def merge(self) -> None:
        """Merge the pair that is shown into the lead on the left."""
        pair = self._pair()
        if pair is None:
            return

        def job(work: "Workspace") -> "tuple[str, Changes]":
            lead, changes = merging.merge(work, pair.lead.lead_id, pair.other.lead_id)
            done = merging.last_of(work, lead.lead_id)
            return (done.merge_id if done else ""), changes

        def merged(merge_id: str) -> None:
            undo = _Undo(lambda work: merging.undo(work, merge_id), self._pairs, merged=1)
            gone = pair.other.lead_id
            later = (one for one in self._pairs[self._at + 1 :] if gone not in _ids(one))
            self._pairs = [*self._pairs[: self._at + 1], *later]
            self._merged += 1
            self._desk.say(f"{pair.other.name} is merged into {pair.lead.name}.")
            self._next(undo)

        self._desk.change(job, merged, self._desk.show_error, self)

    def not_the_same(self) -> None:
        """Remember that the pair that is shown is none."""
        pair = self._pair()
        if pair is None:
            return
        ids = _ids(pair)

        def noted(_nothing: None) -> None:
            self._next(_Undo(lambda work: duplicates.maybe_the_same(work, *ids), self._pairs))

        self._desk.change(
            lambda work: duplicates.not_the_same(work, *ids), noted, self._desk.show_error, self
        )

    def skip(self) -> None:
        """Leave the pair for another time."""
        if self._pair() is not None:
            self._next(None)

    def swap(self) -> None:
        """Let the other lead of the pair be the one that stays."""
        pair = self._pair()
        if pair is not None:
            self._pairs[self._at] = replace(pair, lead=pair.other, other=pair.lead)
            self._show()

    def undo(self) -> None:
        """Take the last merge or "not the same" back, and show that pair again."""
        undo, self._undo = self._undo, None
        if undo is None:
            self._desk.say("Nothing to take back.")
            return

        def back(_result: object) -> None:
            self._pairs, self._at = undo.pairs, undo.at
            self._merged -= undo.merged
            self._show()

        self._desk.change(undo.job, back, self._desk.show_error, self)

    def leave(self) -> None:
        """Show the leads; a search under way is given up."""
        self.give_up()
        self._desk.open_view("leads")

    def give_up(self) -> None:
        """End a search under way, and leave nothing of it behind."""
        search, self._search = self._search, None
        if search is not None:
            self._desk.run(lambda _work: search.close())

    # Internal

    def _go_on(self, search: Search) -> None:
        self._search = search
        self._desk.run(lambda _work: search.step(), self._stepped, self._failed)

    def _stepped(self, has_more: bool) -> None:  # noqa: FBT001 - what `Search.step` returns
        search = self._search
        if search is None:  # left since
            return
        self._page.show_progress(search.percent)
        if has_more:
            self._go_on(search)
        else:
            self._desk.run(lambda work: _finished(work, search), self._found, self._failed)

    def _found(self, pairs: list[Pair]) -> None:
        self._search = None
        self._pairs = pairs
        self._show()

    def _failed(self, error: Exception) -> None:
        self.give_up()
        self._desk.show_error(error)
        self._desk.open_view("leads")

    def _pair(self) -> Pair | None:
        return self._pairs[self._at] if self._at < len(self._pairs) else None

    def _next(self, undo: "_Undo | None") -> None:
        if undo is not None:
            self._undo = replace(undo, at=self._at)
        self._at += 1
        self._show()

    def _show(self) -> None:
        pair = self._pair()
        if pair is None:
            self._page.show_end(*self._end())
            return
        left = len(self._pairs) - self._at
        why = ", ".join(pair.likeness.reasons)
        self._page.show_pair(
            PairText(
                "The last pair" if left == 1 else f"{left:,} pairs to look at",
                f"{pair.likeness.score} of 100: {why}",
                tuple(_rows(pair.lead, pair.other)),
            )
        )

    def _end(self) -> tuple[str, str]:
        if not self._pairs:
            return "No two leads seem to be the same.", "Esc shows the leads."
        merged = "1 pair merged" if self._merged == 1 else f"{self._merged:,} pairs merged"
        return f"That was the last pair. {merged}.", "Esc shows the leads."


def _ids(pair: Pair) -> tuple[str, str]:
    return pair.lead.lead_id, pair.other.lead_id


def _finished(work: "Workspace", search: Search) -> list[Pair]:
    """Return what a search found; nothing of it is left on disk."""
    try:
        return search.best(work)
    finally:
        search.close()


def _rows(lead: Lead, other: Lead) -> list[tuple[str, str, str]]:
    rows = [(what, str(getattr(lead, one)), str(getattr(other, one))) for what, one in _FIELDS]
    return [row for row in rows if row[1] or row[2]]
