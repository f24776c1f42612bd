# SPDX-License-Identifier: MIT
"""What to call next and why; who is held back, and for what cause.

The order is `domain.queue`'s; this walks the database in it and stops as soon as enough are found,
so that a million leads are as quick as a hundred.
"""

import heapq
from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple

from leaddesk.core.domain.queue import (
    Due,
    HeldCause,
    QueueItem,
    keeps_promise,
    order_key,
    visible_to,
)
from leaddesk.core.services import calling
from leaddesk.core.services.changes import Changes
from leaddesk.core.store.times import from_text_or_none, to_text

if TYPE_CHECKING:
    from leaddesk.core.domain.queue import ClockRules
    from leaddesk.core.services.calling import CallingDesk
    from leaddesk.core.services.workspace import Workspace
    from leaddesk.core.store.queue import Queue, QueueRow
    from leaddesk.core.store.unit_of_work import Unit

PAGE = 500
"""How many leads are listed at first; the list grows when somebody scrolls to its end."""

_TRIES = 500
_TAKEN_FROM = 50
"""How many leads are looked at for one that nothing stands against."""

MERGED = 200
"""Places whose lists are walked beside each other: what it costs grows with their square."""

SORTED = 20_000
"""Leads in more places than that which are sorted; more are met soon among all leads."""

_FOREVER = "9"
"""Sorts behind every time."""


class QueuePage(NamedTuple):
    """The beginning of the queue.

    Attributes:
        row_ids: Type `q`, in the order to call them.
        has_more: There are further leads behind these.
    """

    row_ids: "array[int]"
    has_more: bool


@dataclass(frozen=True, slots=True)
class QueueCounts:
    """How many leads there are of each kind.

    Attributes:
        now: Can be called now; `new` of them were never called, `callbacks` promised, now or later.
        held: Cause -> leads held back by it; causes without any are left out.
        all: All leads, whatever becomes of them.
    """

    now: int
    new: int
    callbacks: int
    all: int
    held: dict[HeldCause, int]


@dataclass(frozen=True, slots=True)
class Walk:
    """What the order depends on besides the leads.

    Attributes:
        rep: Whose queue it is.
        is_open: Whether a place may be called now.
    """

    queue: "Queue"
    now: datetime
    rep: str
    clocks: "ClockRules"
    is_open: Callable[[str], bool]


def top(work: "Workspace", most: int = PAGE) -> QueuePage:
    """Return the leads to call now, the first `most` of them in order."""
    with work.store.read() as unit:
        return page_of(walk_of(work, unit.queue), most)


def new(work: "Workspace", most: int = PAGE) -> QueuePage:
    """Return the leads nobody has called yet that can be called now."""
    with work.store.read() as unit:
        walk = walk_of(work, unit.queue)
        return _page(_by_priority(walk, Due.FRESH), most, _reserved(walk))


def callbacks(work: "Workspace", most: int = PAGE) -> QueuePage:
    """Return all leads with a promised callback, the earliest first, also those of the future."""
    with work.store.read() as unit:
        return _page(unit.queue.timed(Due.CALLBACK, _FOREVER), most, frozenset())


def held(work: "Workspace", cause: HeldCause, most: int = PAGE) -> QueuePage:
    """Return the leads held back for a cause."""
    with work.store.read() as unit:
        walk = walk_of(work, unit.queue)
        now = to_text(walk.now)
        if cause is HeldCause.DO_NOT_CALL:
            return _listed(unit.queue.not_to_be_called(), most)
        if cause is HeldCause.RESERVED:
            return _page(iter(_taken(walk)), most, frozenset())
        if cause is HeldCause.CAP:
            return _page(unit.queue.later(Due.RETRY, now), most, frozenset())
        closed = Walk(walk.queue, walk.now, walk.rep, walk.clocks, lambda p: not walk.is_open(p))
        kinds = (Due.INBOUND, Due.RETURNED, Due.NURTURE)
        timed = chain.from_iterable(
            (row for row in walk.queue.timed(due, now) if closed.is_open(row.place))
            for due in kinds
        )
        untimed = (_by_priority(closed, due) for due in (Due.RETRY, Due.FRESH))
        return _page(chain(_too_late(walk), timed, *untimed), most, frozenset())


def counts(work: "Workspace") -> QueueCounts:
    """Return how many leads there are of each kind."""
    with work.store.read() as unit:
        walk = walk_of(work, unit.queue)
        taken = _taken(walk)
        open_now = dict.fromkeys(Due, 0)
        closed = waiting = promised = 0
        for due_, place, number, ready in unit.queue.counts(to_text(walk.now)):
            due = Due(due_)
            promised += number if due is Due.CALLBACK else 0
            waiting += number - ready if due is Due.RETRY else 0
            if due is Due.CALLBACK:
                continue
            if walk.is_open(place):
                open_now[due] += ready
            else:
                closed += ready
        open_now[Due.CALLBACK] = sum(1 for _ in _promised(walk))
        closed += sum(1 for _ in _too_late(walk))
        causes = {
            HeldCause.DO_NOT_CALL: unit.queue.not_to_be_called_count(),
            HeldCause.OUTSIDE_HOURS: closed,
            HeldCause.CAP: waiting,
            HeldCause.RESERVED: len(taken),
        }
        return QueueCounts(
            now=sum(open_now.values()) - len(taken),
            new=open_now[Due.FRESH] - sum(row.due == Due.FRESH for row in taken),
            callbacks=promised,
            all=unit.lead_list.counts()[2],
            held={cause: count for cause, count in causes.items() if count},
        )


def take_next(work: "Workspace", skip: Sequence[int] = ()) -> tuple[str, Changes]:
    """Take the lead that is next, so that nobody else does; return its id, empty for none.

    What the order does not look at, such as the numbers of a lead and how often it was tried
    today, may still stand against a call; the next one that can be called is taken then.

    Args:
        work: Where the queue is.
        skip: Row ids of leads that are not wanted now.
    """
    now = work.clock()
    with work.store.begin() as unit:
        found = page_of(walk_of(work, unit.queue), _TAKEN_FROM + len(skip)).row_ids
        leads = unit.leads.by_row_ids([row_id for row_id in found if row_id not in skip])
        free = (lead for lead, _ in leads if not calling.permission_in(work, unit, lead).blocks)
        lead = next(free, None)
        if lead is None:
            return "", Changes()
        reserve(work, unit, lead.lead_id, now)
    return lead.lead_id, Changes(leads=frozenset({lead.lead_id}))


def reserve(work: "Workspace", unit: "Unit", lead_id: str, now: datetime) -> None:
    """Keep a lead for who works here, for as long as the rules say."""
    from dataclasses import replace

    until = now + timedelta(minutes=calling.rules(work).clocks.reservation_min)
    state = unit.leads.state(lead_id)
    unit.leads.set_state(lead_id, replace(state, reserved_by=work.rep.name, reserved_until=until))


def best_hours_words(work: "Workspace") -> str:
    """Return at which hours one's own calls were answered; empty while there are too few."""
    from leaddesk.core.domain.best_hours import best_hours

    with work.store.read() as unit:
        found = best_hours(unit.calls.tries_by(work.rep.name, _TRIES))
    return found.words if found is not None else ""


def walk_of(work: "CallingDesk", queue: "Queue") -> Walk:
    """Return what the order depends on now."""
    now = work.clock()
    clocks = calling.rules(work).clocks
    return Walk(queue, now, work.rep.name, clocks, calling.open_places(work, now))


def page_of(walk: Walk, most: int) -> QueuePage:
    """Return the beginning of the queue, in its order."""
    reserved = _reserved(walk)
    timed = sorted(
        _timed(walk, most, reserved), key=lambda item: order_key(item, walk.now, walk.clocks)
    )
    untimed = (_by_priority(walk, due) for due in (Due.RETRY, Due.FRESH))
    return _page(chain(timed, *untimed), most, reserved)


def _timed(walk: Walk, most: int, reserved: frozenset[int]) -> Iterator[QueueItem]:
    """Yield what has a time of its own and may be among the first `most`, in no order."""
    now = to_text(walk.now)
    # In its clock an inbound lead goes before callbacks, later behind them: two turns, so from
    # each as many as may be wanted, and one more to know that there are more.
    cold = to_text(walk.now - timedelta(minutes=walk.clocks.inbound_amber_min))
    queue = walk.queue
    kinds = (
        _promised(walk),
        _open_items(walk, queue.timed(Due.INBOUND, cold)),
        _open_items(walk, queue.timed(Due.INBOUND, now, cold)),
        _open_items(walk, queue.timed(Due.RETURNED, now)),
        _open_items(walk, queue.timed(Due.NURTURE, now)),
    )
    for items in kinds:
        yield from islice((item for item in items if item.row_id not in reserved), most + 1)


def _open_items(walk: Walk, rows: "Iterator[QueueRow]") -> Iterator[QueueItem]:
    return (_item(row) for row in rows if walk.is_open(row.place))


def _promised(walk: Walk) -> Iterator[QueueItem]:
    """Yield the callbacks to make now that are for this person, the longest due first."""
    early = to_text(walk.now + timedelta(minutes=walk.clocks.callback_early_min))
    promised = (
        _item(row) for row in walk.queue.timed(Due.CALLBACK, early) if _may_be_kept(walk, row)
    )
    return (i for i in promised if visible_to(i, walk.rep, walk.now, walk.clocks))


def _too_late(walk: Walk) -> "Iterator[QueueRow]":
    """Yield the callbacks whose hour has gone by, and now is no hour to call at."""
    rows = walk.queue.timed(Due.CALLBACK, to_text(walk.now))
    return (row for row in rows if not _may_be_kept(walk, row))


def _may_be_kept(walk: Walk, row: "QueueRow") -> bool:
    """Return whether a callback may be made: as agreed, or within calling hours."""
    at = from_text_or_none(row.due_at or None)
    return walk.is_open(row.place) or keeps_promise(Due.CALLBACK, at, walk.now, walk.clocks)


def _by_priority(walk: Walk, due: Due) -> "Iterator[QueueRow]":
    """Yield the leads of a kind in all places that are open, the most promising first."""
    now = to_text(walk.now)
    places = {
        place: number for place, number in walk.queue.places(due).items() if walk.is_open(place)
    }
    if len(places) > MERGED:
        everybody = walk.queue.anywhere(due, now, many=sum(places.values()) > SORTED)
        return (row for row in everybody if row.place in places)
    lists = (walk.queue.by_priority(due, place, now) for place in places)
    return heapq.merge(*lists, key=lambda row: (-row.priority, row.row_id))


def _page(
    found: "Iterator[QueueRow | QueueItem]", most: int, reserved: "frozenset[int]"
) -> QueuePage:
    return _listed((one.row_id for one in found if one.row_id not in reserved), most)


def _listed(row_ids: Iterator[int], most: int) -> QueuePage:
    first = array("q", islice(row_ids, most))
    return QueuePage(first, next(row_ids, None) is not None)


def _reserved(walk: Walk) -> frozenset[int]:
    """Return the row ids of leads others have taken."""
    found = walk.queue.reserved(to_text(walk.now))
    return frozenset(row.row_id for row, by in found if by != walk.rep)


def _taken(walk: Walk) -> "list[QueueRow]":
    """Return the leads that could be called now, had others not taken them."""
    now = to_text(walk.now)
    found = [row for row, by in walk.queue.reserved(now) if by != walk.rep]
    if not found:
        return []
    promised = {item.row_id for item in _promised(walk)}
    return [
        row
        for row in found
        if (
            row.row_id in promised
            if row.due == Due.CALLBACK
            else row.due_at <= now and walk.is_open(row.place)
        )
    ]


def _item(row: "QueueRow") -> QueueItem:
    return QueueItem(
        Due(row.due), from_text_or_none(row.due_at or None), row.priority, row.row_id, row.due_for
    )
