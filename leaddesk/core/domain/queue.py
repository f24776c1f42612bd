# SPDX-License-Identifier: MIT
"""Who is called next, and why: what is due, in which order, and in which words.

What is due is stored with the lead (`Due`, and from when); its place in the queue follows from the
clock (`Turn`). `domain.next_due` says what becomes due after a call.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import IntEnum, StrEnum


class Due(IntEnum):
    """What is due of a lead. The numbers are stored."""

    NONE = 0
    CALLBACK = 1
    INBOUND = 2
    RETURNED = 3
    NURTURE = 4
    RETRY = 5
    FRESH = 6


class Turn(IntEnum):
    """Where in the queue a lead stands now, first to last."""

    OVERDUE_CALLBACK = 0
    INBOUND_IN_CLOCK = 1
    DUE_CALLBACK = 2
    LATE_INBOUND = 3
    RETURNED = 4
    NURTURE = 5
    RETRY = 6
    FRESH = 7
    LATER = 8


URGENT = frozenset(
    {Turn.OVERDUE_CALLBACK, Turn.INBOUND_IN_CLOCK, Turn.DUE_CALLBACK, Turn.LATE_INBOUND}
)
"""Turns at which somebody is waiting for the call."""


@dataclass(frozen=True, slots=True)
class ClockRules:
    """How long the clocks of the queue run.

    Attributes:
        inbound_green_min: Within it, who asked to be called should be.
        inbound_amber_min: After it, an inbound lead no longer goes before due callbacks.
        callback_early_min: So early a callback may be made.
        callback_grace_min: So late it is overdue.
        callback_anyone_after_hours: So late anybody makes a callback promised by one person.
        reservation_min: How long a lead that is open with one person is kept from the others.
        accept_business_hours: How long sales has to accept a lead.
        escalate_hours: So long after that the team lead has to know.
        decide_business_days: How long a lead may be in conversation until it is decided.
        fix_hours: How long a lead that sales returned may lie until it is mended.
    """

    inbound_green_min: int = 5
    inbound_amber_min: int = 60
    callback_early_min: int = 5
    callback_grace_min: int = 10
    callback_anyone_after_hours: int = 24
    reservation_min: int = 30
    accept_business_hours: int = 4
    escalate_hours: int = 24
    decide_business_days: int = 3
    fix_hours: int = 24


@dataclass(frozen=True, slots=True)
class QueueItem:
    """What the queue knows of a lead.

    Attributes:
        due_at: From when it is due, aware; of a callback the time agreed, of an inbound lead the
            time it came in, with which its clock begins. None: whenever its turn comes.
        priority: As of `Lead`.
        row_id: Order of arrival.
        callback_for: Who alone makes the callback; empty: anybody.
    """

    due: Due
    due_at: datetime | None
    priority: int
    row_id: int
    callback_for: str = ""


@dataclass(frozen=True, slots=True)
class LineFacts:
    """What else the words at the right edge of a line follow from.

    Attributes:
        attempts_used, cap: As of `NextAttempt` and `AttemptRules`.
        graded: The lead has a grade.
        engaged_mql: What it did made it an MQL.
        local_clock: Its local time in words ("09:10 there"); empty: not worth showing.
    """

    attempts_used: int = 0
    cap: int = 0
    graded: bool = True
    engaged_mql: bool = False
    local_clock: str = ""


@dataclass(frozen=True, slots=True)
class WhyNext:
    """Why a lead is next, in a few words, and whether somebody is waiting."""

    text: str
    urgent: bool


class HeldCause(StrEnum):
    """Why a lead that is due is kept out of the queue."""

    DO_NOT_CALL = "do_not_call"
    OUTSIDE_HOURS = "outside_hours"
    CAP = "cap"
    RESERVED = "reserved"


HELD_WORDS: Mapping[HeldCause, str] = {
    HeldCause.DO_NOT_CALL: "do not call",
    HeldCause.OUTSIDE_HOURS: "outside hours",
    HeldCause.CAP: "called often enough",
    HeldCause.RESERVED: "open with somebody else",
}

_MINUTE = timedelta(minutes=1)
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)
_FIRST = datetime.min.replace(tzinfo=UTC)
_LAST = datetime.max.replace(tzinfo=UTC)
_AS_IT_IS = {
    Due.NONE: Turn.LATER,
    Due.RETURNED: Turn.RETURNED,
    Due.NURTURE: Turn.NURTURE,
    Due.RETRY: Turn.RETRY,
    Due.FRESH: Turn.FRESH,
}
_LATER = {
    Due.CALLBACK: "callback",
    Due.INBOUND: "inbound, from",
    Due.RETURNED: "again",
    Due.NURTURE: "nurture",
    Due.RETRY: "again",
    Due.FRESH: "new, from",
}
_BY_PRIORITY = frozenset({Turn.RETRY, Turn.FRESH})


def turn(item: QueueItem, now: datetime, clocks: ClockRules) -> Turn:
    """Return where in the queue a lead stands."""
    late = now - (item.due_at or now)
    match item.due:
        case Due.CALLBACK:
            if late < -clocks.callback_early_min * _MINUTE:
                return Turn.LATER
            is_due = late <= clocks.callback_grace_min * _MINUTE
            return Turn.DUE_CALLBACK if is_due else Turn.OVERDUE_CALLBACK
        case Due.INBOUND:
            if late < timedelta():
                return Turn.LATER
            is_in_clock = late < clocks.inbound_amber_min * _MINUTE
            return Turn.INBOUND_IN_CLOCK if is_in_clock else Turn.LATE_INBOUND
        case _:
            return Turn.LATER if late < timedelta() else _AS_IT_IS[item.due]


def visible_to(item: QueueItem, rep: str, now: datetime, clocks: ClockRules) -> bool:
    """Return whether it is for this person: not while somebody else alone is to call back."""
    if item.due is not Due.CALLBACK or item.callback_for in {"", rep} or item.due_at is None:
        return True
    return now >= item.due_at + clocks.callback_anyone_after_hours * _HOUR


def keeps_promise(due: Due, due_at: datetime | None, now: datetime, clocks: ClockRules) -> bool:
    """Return whether a call now is what was agreed: a callback, within the hour that was named.

    Their own word goes before our calling hours; later than that it is a call like any other.
    """
    if due is not Due.CALLBACK or due_at is None:
        return False
    return -clocks.callback_early_min * _MINUTE <= now - due_at <= _HOUR


def order_key(
    item: QueueItem, now: datetime, clocks: ClockRules
) -> tuple[Turn, datetime, int, int]:
    """Return what sorts leads into the order of the queue.

    By turn; then the longest due first, retries and fresh ones by priority only; what is left
    equal, by priority and arrival. What is not due yet comes last, the soonest first.
    """
    place = turn(item, now, clocks)
    since = _FIRST if place in _BY_PRIORITY else item.due_at
    if since is None:
        since = _LAST if place is Turn.LATER else _FIRST
    return place, since, -item.priority, item.row_id


def why(
    item: QueueItem,
    facts: LineFacts,
    now: datetime,
    clocks: ClockRules,
    clock_text: Callable[[datetime], str],
) -> WhyNext:
    """Return why a lead stands where it stands.

    Args:
        item: The lead.
        facts: What else is known of it.
        now: Aware.
        clocks: The rules.
        clock_text: A time as the rep's own clock shows it: "14:30", with the day where it is not
            today.
    """
    place = turn(item, now, clocks)
    late = now - (item.due_at or now)
    if item.due is Due.INBOUND and place is not Turn.LATER:
        words = _inbound(late, clocks, is_mql=facts.engaged_mql)
    else:
        words = _words(item, facts, late, place, clock_text)
    return WhyNext(words, place in URGENT)


def held_words(counts: Mapping[HeldCause, int]) -> str:
    """Return how many are held back and why: "12 outside hours · 3 do not call"."""
    named = ((counts.get(cause, 0), words) for cause, words in HELD_WORDS.items())
    ordered = sorted((one for one in named if one[0]), key=lambda one: -one[0])
    return " · ".join(f"{count:,} {words}" for count, words in ordered)


def _words(
    item: QueueItem,
    facts: LineFacts,
    late: timedelta,
    place: Turn,
    clock_text: Callable[[datetime], str],
) -> str:
    match place:
        case Turn.LATER:
            named = _LATER.get(item.due)
            words = f"{named} {clock_text(item.due_at)}" if named and item.due_at else ""
        case Turn.OVERDUE_CALLBACK:
            words = f"callback overdue {_lasting(late)}"
        case Turn.DUE_CALLBACK:
            words = f"callback {clock_text(item.due_at)}" if item.due_at else "callback"
        case Turn.RETRY:
            coming = facts.attempts_used + 1
            words = f"attempt {coming}" + (f" of {facts.cap}" if coming <= facts.cap else "")
        case Turn.FRESH:
            also = facts.local_clock if facts.graded else "not scored"
            words = f"new, {also}" if also else "new"
        case _:
            words = "returned by sales" if place is Turn.RETURNED else "nurture due"
    return words


def _inbound(late: timedelta, clocks: ClockRules, *, is_mql: bool) -> str:
    who = "MQL" if is_mql else "inbound"
    left = clocks.inbound_green_min * _MINUTE - late
    if left <= timedelta():
        return f"{who}, waiting {_lasting(late)}"
    # A minute that has begun is left: "0 min left" would be over already.
    return f"{who}, {-(-left // _MINUTE)} min left"


def _lasting(duration: timedelta) -> str:
    if duration < _HOUR:
        return f"{duration // _MINUTE} min"
    if duration < _DAY:
        return f"{duration // _HOUR} h"
    days = duration // _DAY
    return "1 day" if days == 1 else f"{days} days"
