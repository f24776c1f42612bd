# SPDX-License-Identifier: MIT
"""What is to be done of leads, and when: promised calls, clocks that run, touches, hand-offs."""

from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from enum import IntEnum, StrEnum

from leaddesk.core.domain.attempts import Daypart
from leaddesk.core.domain.service_levels import ServiceClock


class FollowUpKind(StrEnum):
    """What is to be done."""

    CALLBACK = "callback"
    FIRST_ATTEMPT = "first_attempt"
    RETURNED = "returned"
    UNANSWERED = "unanswered"
    DECISION = "decision"
    NURTURE_OVER = "nurture_over"
    TOUCH = "touch"
    RETRY = "retry"


class Section(IntEnum):
    """Under which heading a follow-up stands, first to last."""

    LATE = 0
    TODAY = 1
    LATER = 2


SECTION_WORDS = {
    Section.LATE: "Late",
    Section.TODAY: "Today",
    Section.LATER: "Tomorrow and later",
}
ANY_TIME = frozenset({FollowUpKind.NURTURE_OVER, FollowUpKind.RETRY})
"""Kinds that are due from a moment on, at any time of that day."""

OF_HANDOFFS = frozenset({FollowUpKind.RETURNED, FollowUpKind.UNANSWERED})
OF_NURTURE = frozenset({FollowUpKind.NURTURE_OVER, FollowUpKind.TOUCH})
OF_CALLBACKS = frozenset({FollowUpKind.CALLBACK})
_KIND_ORDER = {kind: place for place, kind in enumerate(FollowUpKind)}
_LAST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class FollowUp:
    """One thing to do of one lead.

    Attributes:
        id: Of what is due: the lead, the touch or the hand-off.
        due_at: When, aware; None: whenever there is time.
        due_for: Name of the rep it is for; empty: anybody.
        name, company, grade, priority: Of the lead.
        is_mql: The lead is an MQL, or further.
        clock: Of the service level, where one runs.
        escalate_at: From then on the team lead has to know; None: never.
        note: What they said, or the reason, in somebody's own words.
        ask_first: What the next call opens with, a sentence; empty: not known.
        moved_from: When it was due before somebody moved it; None: nobody did.
        number, count: It is the n-th of so many attempts, or steps of a track.
        track: Title of the nurture track; empty: none.
        way: Of a touch: "email", "call" or "task".
        receiver: Who has the lead in sales.
        talked_at: When it was talked to or tried last; None: not known.
        email: Where an e-mail goes.
        tried_in, comes_in: Parts of the day, where the lead is, of the attempts so far and of the
            next one.
    """

    kind: FollowUpKind
    id: str
    lead_id: str
    due_at: datetime | None
    due_for: str = ""
    name: str = ""
    company: str = ""
    grade: str = ""
    priority: int = 0
    is_mql: bool = False
    clock: ServiceClock | None = None
    escalate_at: datetime | None = None
    note: str = ""
    ask_first: str = ""
    moved_from: datetime | None = None
    number: int = 0
    count: int = 0
    track: str = ""
    way: str = ""
    receiver: str = ""
    talked_at: datetime | None = None
    email: str = ""
    tried_in: tuple[Daypart, ...] = ()
    comes_in: Daypart | None = None


def any_time(one: FollowUp) -> bool:
    """Return whether the time of day says nothing: only the day does."""
    if one.kind is FollowUpKind.TOUCH:
        return one.way != "call"
    return one.kind in ANY_TIME or (one.kind is FollowUpKind.RETURNED and one.clock is None)


def section(one: FollowUp, now: datetime, zone: tzinfo | None) -> Section:
    """Return under which heading a follow-up stands.

    Args:
        one: The follow-up.
        now: Aware.
        zone: By whose clock a day begins; None: the one of this computer.

    What is due at any time is late when its day is over; a further attempt is never late, since
    nobody waits for it.
    """
    if one.due_at is None:
        return Section.TODAY
    today, day = now.astimezone(zone).date(), one.due_at.astimezone(zone).date()
    if day > today:
        return Section.LATER
    if one.kind is FollowUpKind.RETRY:
        return Section.TODAY
    is_late = day < today if any_time(one) else one.due_at <= now
    return Section.LATE if is_late else Section.TODAY


def order_key(
    one: FollowUp, now: datetime, zone: tzinfo | None
) -> tuple[Section, int, datetime, int, int, str]:
    """Return what sorts follow-ups as they are shown.

    By heading; there what has a time of its own before what is due at any, and further attempts
    last, since nobody waits for those; then by time.
    """
    place = section(one, now, zone)
    rank = 0
    if place is not Section.LATER:
        rank = 2 if one.kind is FollowUpKind.RETRY else int(any_time(one))
    return place, rank, one.due_at or _LAST, _KIND_ORDER[one.kind], -one.priority, one.id
