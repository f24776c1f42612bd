# SPDX-License-Identifier: MIT
"""Leads that may be the same: those like one that is entered, and pairs in the whole list.

What to do with a pair is a person's to say: merge them (`services.merging`), or remember that they
are not the same.
"""

from collections.abc import Callable
from dataclasses import dataclass
from heapq import heappush, heappushpop, nlargest
from pathlib import Path
from tempfile import gettempdir
from typing import TYPE_CHECKING, NamedTuple, Self

from leaddesk.core.domain.duplicates import LIKELY, Likeness, compare, pairs_of
from leaddesk.core.domain.events import Event, EventKind
from leaddesk.core.domain.lead import Lead
from leaddesk.core.domain.traits import MOST_COMPARED, Traits, keys_of, traits_of
from leaddesk.core.errors import KnownError
from leaddesk.core.services import calling
from leaddesk.core.services.changes import Changes
from leaddesk.core.services.workspace import DATABASE_NAME

if TYPE_CHECKING:
    from types import TracebackType

    from leaddesk.core.services.workspace import Workspace
    from leaddesk.core.store.duplicates import Comparing
    from leaddesk.core.store.unit_of_work import Unit

_LEADS_A_STEP = 250
_BLOCKS_A_STEP = 60

GoOn = Callable[[int], bool]
"""Called with the percentage done, 0..100; false: stop."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two leads that may be the same; `lead` is the one that was there first."""

    lead: Lead
    other: Lead
    likeness: Likeness


class Like(NamedTuple):
    """A lead that may be the one that is entered."""

    lead: Lead
    likeness: Likeness


def like(work: "Workspace", lead: Lead) -> list[Like]:
    """Return leads that may be this one, the likeliest first; those marked as others are not.

    Args:
        work: Where the leads are.
        lead: As it is entered, or one that is there.
    """
    mine = traits_of(lead)
    with work.store.read() as unit:
        found = [
            (row_id, likeness)
            for row_id, other in unit.duplicates.candidates(lead, mine)
            if (likeness := compare(mine, traits_of(other))).score >= LIKELY
        ]
        found.sort(key=lambda one: (-one[1].score, one[0]))
        leads = [one for one, _ in unit.leads.by_row_ids([row_id for row_id, _ in found])]
        marked = unit.duplicates.marked() if lead.lead_id else set()
    pairs = zip(leads, found, strict=True)
    return [
        Like(other, likeness)
        for other, (_, likeness) in pairs
        if frozenset((lead.lead_id, other.lead_id)) not in marked
    ]


def pairs(work: "Workspace", limit: int, go_on: GoOn = lambda _percent: True) -> list[Pair]:
    """Return the likeliest pairs of all leads, the likeliest first.

    Args:
        work: Where the leads are.
        limit: At most so many.
        go_on: Asked after every step of some ten milliseconds.
    """
    with Search(work, limit) as search:
        while search.step() and go_on(search.percent):
            pass
        return search.best(work)


class Search:
    """A search through all leads, a step of some ten milliseconds at a time.

    So whoever has other work for the database thread does one step a job. Memory stays flat: the
    keys are in a file that is thrown away, and only the best pairs are kept.

    Args:
        work: Where the leads are.
        limit: At most so many pairs are kept.
    """

    def __init__(self, work: "Workspace", limit: int) -> None:
        from leaddesk.core.store.duplicates import Comparing

        self._limit = limit
        self._best: list[tuple[int, int, int]] = []
        self._reasons: dict[tuple[int, int], Likeness] = {}
        self._row_id = 0
        self._key: int | None = None
        self._share = 0.0
        with work.store.read() as unit:
            marked = unit.duplicates.marked()
            numbers = unit.duplicates.row_ids(lead_id for pair in marked for lead_id in pair)
        self._others = {
            tuple(sorted(numbers[lead_id] for lead_id in pair if lead_id in numbers))
            for pair in marked
        }
        self._path: Path | None = None
        self._comparing: Comparing | None = None
        database = work.profile / DATABASE_NAME
        if database.is_file():
            self._path = _stage_path(work)
            self._comparing = Comparing.make(self._path, database)
        self._is_reading = self._comparing is not None
        self.is_done = self._comparing is None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: "TracebackType | None",
    ) -> None:
        self.close()

    def close(self) -> None:
        """Throw away what is on disk. May be called twice."""
        if self._comparing is not None and self._path is not None:
            self._comparing.close()
            self._path.unlink(missing_ok=True)

    @property
    def percent(self) -> int:
        """How far it is, 0..100."""
        return int(100 * self._share)

    def step(self) -> bool:
        """Do a little more; return whether there is more to do."""
        if self.is_done or self._comparing is None:
            return False
        if self._is_reading:
            self._read(self._comparing)
        else:
            self._compare(self._comparing)
        return not self.is_done

    def best(self, work: "Workspace") -> list[Pair]:
        """Return the likeliest pairs found so far, the likeliest first."""
        ordered = nlargest(len(self._best), self._best)
        wanted = {-number for _, *numbers in ordered for number in numbers}
        with work.store.read() as unit:
            row_ids = sorted(wanted)
            there = unit.lead_list.rows(row_ids)
            ids = [row.row_id for row in there]
            leads = dict(zip(ids, (one for one, _ in unit.leads.by_row_ids(ids)), strict=True))
        return [
            Pair(leads[-one], leads[-other], self._reasons[-one, -other])
            for _, one, other in ordered
            if -one in leads and -other in leads
        ]

    def _read(self, comparing: "Comparing") -> None:
        found = comparing.leads(self._row_id, _LEADS_A_STEP)
        traits = [(row_id, traits_of(lead)) for row_id, lead in found]
        comparing.add((row_id, one, keys_of(one)) for row_id, one in traits)
        if len(found) < _LEADS_A_STEP:
            self._is_reading, self._share = False, 0.5
        else:
            self._row_id = found[-1][0]
            self._share = 0.5 * min(1.0, self._row_id / max(1, comparing.last()))

    def _compare(self, comparing: "Comparing") -> None:
        self._key, blocks = comparing.blocks(self._key, _BLOCKS_A_STEP, MOST_COMPARED)
        traits: dict[int, Traits] = comparing.traits(one for block in blocks for one in block)
        for block in blocks:
            for one, other, likeness in pairs_of([(row_id, traits[row_id]) for row_id in block]):
                self._keep(one, other, likeness)
        if self._key is None:
            self.is_done, self._share = True, 1.0
        else:  # keys are hashes, spread evenly
            self._share = 0.5 + 0.5 * (self._key + 2**63) / 2**64

    def _keep(self, one: int, other: int, likeness: Likeness) -> None:
        pair = (one, other)
        if pair in self._reasons or pair in self._others:
            return
        entry = (likeness.score, -one, -other)
        self._reasons[pair] = likeness
        if len(self._best) < self._limit:
            heappush(self._best, entry)
        else:
            _, gone, gone_too = heappushpop(self._best, entry)
            del self._reasons[-gone, -gone_too]


def _stage_path(work: "Workspace") -> Path:
    """Return where the keys go; in a profile of our own what a kill left behind is overwritten."""
    if work.lock is not None:
        return work.profile / "duplicates.stage"
    return Path(gettempdir()) / f"duplicates-{work.ids.new('B')}.stage"


def not_the_same(work: "Workspace", lead_id: str, other_id: str) -> tuple[None, Changes]:
    """Remember that two leads are not the same: they are not shown as a pair any more.

    Raises:
        KnownError: it is one and the same lead, or there is no such lead.
    """
    with work.store.begin() as unit:
        one, other = (calling.lead_of(unit, name) for name in (lead_id, other_id))
        if one.lead_id == other.lead_id:
            raise KnownError("This is one lead.", "Take the merge back first.")
        if unit.duplicates.mark(one.lead_id, other.lead_id, work.clock(), work.rep.name):
            _note(work, unit, EventKind.NOT_SAME, one, other)
    return None, Changes(leads=frozenset({one.lead_id, other.lead_id}))


def maybe_the_same(work: "Workspace", lead_id: str, other_id: str) -> tuple[bool, Changes]:
    """Take `not_the_same` back; return whether it had been said."""
    with work.store.begin() as unit:
        one, other = (calling.lead_of(unit, name) for name in (lead_id, other_id))
        was_said = unit.duplicates.unmark(one.lead_id, other.lead_id)
        if was_said:
            _note(work, unit, EventKind.MAYBE_SAME, one, other)
    return was_said, Changes(leads=frozenset({one.lead_id, other.lead_id}))


def _note(work: "Workspace", unit: "Unit", kind: EventKind, one: "Lead", other: "Lead") -> None:
    """Write into the history of two leads what was said of them."""
    unit.events.add(
        Event(
            work.ids.new("E"),
            mine.lead_id,
            work.clock(),
            kind,
            work.rep.name,
            detail={"lead": theirs.lead_id, "name": theirs.name},
        )
        for mine, theirs in ((one, other), (other, one))
    )
