# SPDX-License-Identifier: MIT
"""Follow-ups in words: what is to be done, why, and when."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from leaddesk.core.domain.attempts import Daypart
from leaddesk.core.domain.follow_ups import FollowUp, FollowUpKind, Section, any_time, section
from leaddesk.core.domain.service_levels import ClockState, ServiceClock

_MINUTE = timedelta(minutes=1)
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)
NAMELESS = "a lead without a name"
_DAYPARTS = {
    Daypart.MORNING: "morning",
    Daypart.AFTERNOON: "early afternoon",
    Daypart.LATE: "late afternoon",
}
_COUNTS = ("", "", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TOUCHES = {"email": "Send the e-mail", "call": "Call on the way", "task": "Do the task"}


@dataclass(frozen=True, slots=True)
class FollowUpWords:
    """A follow-up as it is read.

    Attributes:
        when: "14:30", "any time", "Mon 09:00", "1 Dec"; how late it is, too, where it is.
        is_late: It is late, or its clock is near its end; `when` or `detail` says so as well.
    """

    when: str
    title: str
    detail: str
    is_late: bool


def words(one: FollowUp, now: datetime, zone: tzinfo | None) -> FollowUpWords:
    """Return a follow-up in words.

    Args:
        one: The follow-up.
        now: Aware.
        zone: By whose clock; None: the one of this computer.
    """
    says = _Says(now, zone)
    place = section(one, now, zone)
    name = one.name or one.company or NAMELESS
    title = f"{_what(one)} {name}" + (" back" if one.kind is FollowUpKind.CALLBACK else "")
    detail = " ".join(part for part in (_DETAILS[one.kind](one, says), says.moved(one)) if part)
    return FollowUpWords(says.when(one, place), title, detail, place is Section.LATE)


def lasting(duration: timedelta) -> str:
    """Return a duration in its largest unit: "12 min", "3 h", "2 days"."""
    if duration < _HOUR:
        return f"{max(duration // _MINUTE, 0)} min"
    if duration < _DAY:
        return f"{duration // _HOUR} h"
    days = duration // _DAY
    return "1 day" if days == 1 else f"{days} days"


def _what(one: FollowUp) -> str:
    match one.kind:
        case FollowUpKind.CALLBACK:
            return "Call"
        case FollowUpKind.RETRY:
            of = f" of {one.count}" if one.number <= one.count else ""
            return f"Attempt {one.number}{of},"
        case FollowUpKind.TOUCH:
            return f"{_TOUCHES.get(one.way, 'Do the step')},"
        case _:
            return f"{_WHATS[one.kind]},"


_WHATS = {
    FollowUpKind.FIRST_ATTEMPT: "First attempt",
    FollowUpKind.RETURNED: "Returned by sales",
    FollowUpKind.UNANSWERED: "Sales has not answered",
    FollowUpKind.DECISION: "Decide",
    FollowUpKind.NURTURE_OVER: "Nurture over",
}


class _Says:
    """Says moments as they are read now, by one clock."""

    def __init__(self, now: datetime, zone: tzinfo | None) -> None:
        self.now = now
        self._zone = zone

    def when(self, one: FollowUp, place: Section) -> str:
        """Return the first column."""
        if one.due_at is None:
            return "any time"
        if place is Section.LATE:
            late = self.now - one.due_at
            if any_time(one):
                return f"{self.day(one.due_at)}, {lasting(max(late, _DAY))}"
            return f"{self.moment(one.due_at)}, {lasting(late)}"
        if not any_time(one):
            return self.moment(one.due_at)
        return "any time" if place is Section.TODAY else self.day(one.due_at)

    def moment(self, at: datetime) -> str:
        """Return a time of today, a weekday with a time, or a day: what is needed to know it."""
        local, today = at.astimezone(self._zone), self.now.astimezone(self._zone)
        if local.date() == today.date():
            return f"{local:%H:%M}"
        if today.date() < local.date() and local.date() - today.date() < _WEEK:
            return f"{local:%a %H:%M}"
        return self.day(at)

    def day(self, at: datetime) -> str:
        """Return a day, with its year where it is another one."""
        local = at.astimezone(self._zone)
        year = "" if local.year == self.now.astimezone(self._zone).year else f" {local.year}"
        return f"{local.day} {local:%b}{year}"

    def moved(self, one: FollowUp) -> str:
        """Say that it was due at another time."""
        if one.moved_from is None:
            return ""
        what = "Promised for" if one.kind is FollowUpKind.CALLBACK else "Due"
        return f"{what} {self.moment(one.moved_from)}, then moved."

    def runs_out(self, clock: ServiceClock) -> str:
        """Say until when there is time, or since when there is none left."""
        at = self.moment(clock.runs_out_at)
        if clock.state(self.now) is ClockState.RED:
            return f"the clock ran out at {at}, {lasting(self.now - clock.runs_out_at)} late"
        left = ""
        if clock.state(self.now) is ClockState.AMBER:
            left = f", {lasting(clock.runs_out_at - self.now)} left"
        return f"the clock runs out at {at}{left}"


def _of_callback(one: FollowUp, _says: _Says) -> str:
    whom = f" by {one.due_for}" if one.due_for else ""
    return f"Promised{whom}: \u201c{one.note}\u201d" if one.note else f"Promised{whom}."


def _of_first_attempt(one: FollowUp, says: _Says) -> str:
    who = "MQL" if one.is_mql else "Inbound"
    if one.clock is None:
        return who
    green = ""
    if one.clock.state(says.now) is ClockState.GREEN:
        green = f"best by {says.moment(one.clock.amber_at)}, "
    return f"{who} since {says.moment(one.clock.since)}, {green}{says.runs_out(one.clock)}"


def _of_returned(one: FollowUp, says: _Says) -> str:
    reason = f"\u201c{one.note}\u201d " if one.note else ""
    if one.clock is None:
        return f"{reason}Find out what was missing."
    hours = (one.clock.runs_out_at - one.clock.since) // _HOUR
    return f"{reason}Fix within {hours} hours: {says.runs_out(one.clock)}"


def _of_unanswered(one: FollowUp, says: _Says) -> str:
    whom = f" to {one.receiver}" if one.receiver else ""
    if one.clock is None:
        return f"Passed{whom}"
    state = one.clock.state(says.now)
    acceptance = f"acceptance {'was' if state is ClockState.RED else 'is'} due"
    by = says.moment(one.clock.runs_out_at)
    told = ""
    if one.escalate_at is not None and one.escalate_at <= says.now:
        told = ". Tell the team lead"
    return f"Passed{whom} {says.moment(one.clock.since)}, {acceptance} by {by}{told}"


def _of_decision(one: FollowUp, says: _Says) -> str:
    if one.clock is None:
        return "Talked to, not decided"
    return f"Talked {says.moment(one.clock.since)}, not decided; {says.runs_out(one.clock)}"


def _of_nurture_over(one: FollowUp, _says: _Says) -> str:
    parts = (_sentence(one.note), one.ask_first)
    return " ".join(part for part in parts if part) or "The wait is over: qualify anew."


def _of_touch(one: FollowUp, _says: _Says) -> str:
    track = f"Nurture track \u201c{one.track}\u201d" if one.track else "Nurture"
    step = f", step {one.number} of {one.count}" if one.count else ""
    ready = ", text is ready" if one.way == "email" else ""
    note = f": {one.note}" if one.note else ""
    return f"{track}{step}{ready}{note}"


def _of_retry(one: FollowUp, says: _Says) -> str:
    before = set(one.tried_in)
    if len(before) == 1 and one.comes_in is not None and one.comes_in not in before:
        part = _DAYPARTS[one.tried_in[0]]
        many = len(one.tried_in)
        told = "the first was" if many == 1 else f"the first {_count(many)} were"
        return f"{_DAYPARTS[one.comes_in].capitalize()} this time: {told} in the {part}"
    if one.talked_at is not None:
        return f"Last tried {says.moment(one.talked_at)}"
    return ""


def _count(number: int) -> str:
    return _COUNTS[number] if number < len(_COUNTS) else str(number)


def _sentence(text: str) -> str:
    return text if not text or text[-1] in ".!?" else f"{text}."


_DETAILS: dict[FollowUpKind, Callable[[FollowUp, _Says], str]] = {
    FollowUpKind.CALLBACK: _of_callback,
    FollowUpKind.FIRST_ATTEMPT: _of_first_attempt,
    FollowUpKind.RETURNED: _of_returned,
    FollowUpKind.UNANSWERED: _of_unanswered,
    FollowUpKind.DECISION: _of_decision,
    FollowUpKind.NURTURE_OVER: _of_nurture_over,
    FollowUpKind.TOUCH: _of_touch,
    FollowUpKind.RETRY: _of_retry,
}
