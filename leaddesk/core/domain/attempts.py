# SPDX-License-Identifier: MIT
"""How often and when a lead may be tried: four limits that a call made when allowed never breaks.

At least a gap between two attempts, so many on one day there, so many in any 24 hours, so many in
any run of working days (Monday to Friday there). Days are those of the callee's zone, of UTC where
it is not known. Hours of the day at which nobody may be called are another matter.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from leaddesk.core.domain.results import ResultRule


@dataclass(frozen=True, slots=True)
class AttemptRules:
    """The limits; each is at least 1, but for the gap, which may be none.

    Attributes:
        cap: Most attempts in `cap_working_days` working days.
        per_day: Most attempts on one day of the callee.
        per_24h: Most attempts in any 24 hours.
    """

    cap: int = 6
    cap_working_days: int = 15
    gap_hours: int = 4
    per_day: int = 2
    per_24h: int = 3


@dataclass(frozen=True, slots=True)
class Attempt:
    """One call that counted (`ResultRule.counts_as_attempt`).

    Attributes:
        at: When it began, aware.
        line_result: A `LineResult`.
        connected: Whether a conversation could begin.
        by: Who called.
    """

    at: datetime
    line_result: str
    connected: bool
    by: str


class AttemptLimit(StrEnum):
    """Why a lead may not be tried right now."""

    CAP = "cap"
    PER_24H = "per_24h"
    PER_DAY = "per_day"
    GAP = "gap"


class Daypart(StrEnum):
    """A part of the callee's day."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class NextAttempt:
    """When to try again.

    Attributes:
        not_before: UTC, never before the moment asked about; None: not again.
        exhausted: The cap is reached: the lead rests.
        used: Attempts within the working days that count now.
        why: In plain words.
        not_in: The part of the day of the last attempt, where the next is to be in another; who
            moves it on (`when_open`) keeps that in mind. None: any will do.
    """

    not_before: datetime | None
    exhausted: bool
    used: int
    why: str
    not_in: Daypart | None


_AFTERNOON_HOUR = 12
_LATE_HOUR = 15
_WEEKDAYS = 5
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)


def daypart(at: datetime, zone: tzinfo | None) -> Daypart:
    """Return the part of the callee's day, of the day in UTC where their zone is not known."""
    hour = at.astimezone(zone or UTC).hour
    if hour < _AFTERNOON_HOUR:
        return Daypart.MORNING
    return Daypart.AFTERNOON if hour < _LATE_HOUR else Daypart.LATE


def may_attempt(
    rules: AttemptRules,
    attempts: Sequence[Attempt],
    zone: tzinfo | None,
    now: datetime,
    limits: Collection[AttemptLimit] = tuple(AttemptLimit),
) -> tuple[str, datetime | None]:
    """Return "" and None when the limits allow a call now, else the limit and when it is over.

    Of several limits it is the one that lasts longest, so at that time none holds any more. Only
    `limits` count; the time is UTC.
    """
    times = _times(attempts, now)
    held = [
        (over_at, limit)
        for limit, over in _LIMITS.items()
        if limit in limits
        and (over_at := over(rules, times, zone or UTC)) is not None
        and over_at > now
    ]
    if not held:
        return "", None
    over_at, limit = max(held, key=lambda one: one[0])
    return limit, over_at


def used_attempts(
    rules: AttemptRules, attempts: Sequence[Attempt], zone: tzinfo | None, now: datetime
) -> int:
    """Return how many attempts the working days hold that end with the day of `now`."""
    zone = zone or UTC
    first = _working_day(now.astimezone(zone).date() + _DAY, -rules.cap_working_days)
    return sum(at.astimezone(zone).date() >= first for at in _times(attempts, now))


def next_attempt(
    rules: AttemptRules,
    attempts: Sequence[Attempt],
    rule: "ResultRule",
    zone: tzinfo | None,
    now: datetime,
) -> NextAttempt:
    """Return when to try again after a call that ended with that result.

    Args:
        rules: The limits.
        attempts: Every attempt, with the call that just ended when it counts; in any order. One
            that lies after `now`, by another device's clock, counts as made now.
        rule: How the call ended.
        zone: The callee's; None: not known.
        now: Aware.
    """
    used = used_attempts(rules, attempts, zone, now)
    if rule.terminal or rule.sets_dnc:
        why = "no further calls"
        return NextAttempt(None, exhausted=False, used=used, why=why, not_in=None)
    if used >= rules.cap:
        why = f"{used} attempts in {rules.cap_working_days} working days"
        return NextAttempt(None, exhausted=True, used=used, why=why, not_in=None)
    from leaddesk.core.domain.results import after_words

    times = _times(attempts, now)
    limit, over_at = may_attempt(rules, attempts, zone, now)
    last = times[-1] if times else now.astimezone(UTC)
    begun = last if rule.counts_as_attempt else now.astimezone(UTC)
    wanted = begun + (rule.retry_after_hours or 0) * _HOUR
    earliest = max(wanted, over_at or now, now).astimezone(UTC)
    is_limited = over_at is not None and over_at > wanted
    words = after_words(rule.retry_after_hours or 0)
    why = _why(rules, limit) if is_limited else f"again {words}"
    not_in = daypart(last, zone) if rule.retry_other_daypart else None
    if not_in is not None:
        earliest = _other_daypart(earliest, not_in, zone or UTC)
        why = f"{why}, at another time of day"
    return NextAttempt(earliest, exhausted=False, used=used, why=why, not_in=not_in)


def when_open(
    attempt: NextAttempt, zone: tzinfo | None, opening: Callable[[datetime], datetime | None]
) -> NextAttempt:
    """Return the attempt moved on into hours at which calls are allowed, where it has a daypart.

    A weekend must not lead back to the time of day it was to leave. Where nothing else is open,
    the first hours are as good as any.

    Args:
        attempt: When the limits allow it.
        zone: The callee's; None: not known.
        opening: A moment -> that moment, or the next at which calls are allowed; None: none is
            near.
    """
    if attempt.not_in is None or attempt.not_before is None:
        return attempt
    first = at = opening(attempt.not_before)
    for _part in Daypart:
        if at is None or daypart(at, zone) is not attempt.not_in:
            break
        at = opening(_other_daypart(at, attempt.not_in, zone or UTC))
    if at is None or daypart(at, zone) is attempt.not_in:
        at = first
    return replace(attempt, not_before=at or attempt.not_before)


def _times(attempts: Sequence[Attempt], now: datetime) -> list[datetime]:
    """Return when the attempts were, in UTC, the oldest first."""
    return sorted(min(attempt.at, now).astimezone(UTC) for attempt in attempts)


def _gap_over(rules: AttemptRules, times: Sequence[datetime], zone: tzinfo) -> datetime | None:  # noqa: ARG001 - as all limits
    return times[-1] + rules.gap_hours * _HOUR if times else None


def _day_over(rules: AttemptRules, times: Sequence[datetime], zone: tzinfo) -> datetime | None:
    if len(times) < rules.per_day:
        return None
    # That day is over already when the latest attempt was on a later one.
    day = times[-rules.per_day].astimezone(zone).date()
    return _midnight(day + _DAY, zone)


def _24h_over(rules: AttemptRules, times: Sequence[datetime], zone: tzinfo) -> datetime | None:  # noqa: ARG001 - as all limits
    return times[-rules.per_24h] + _DAY if len(times) >= rules.per_24h else None


def _cap_over(rules: AttemptRules, times: Sequence[datetime], zone: tzinfo) -> datetime | None:
    if len(times) < rules.cap:
        return None
    day = times[-rules.cap].astimezone(zone).date()
    return _midnight(_working_day(day, rules.cap_working_days), zone)


_Over = Callable[[AttemptRules, Sequence[datetime], tzinfo], datetime | None]

_LIMITS: dict[AttemptLimit, _Over] = {
    AttemptLimit.CAP: _cap_over,
    AttemptLimit.PER_24H: _24h_over,
    AttemptLimit.PER_DAY: _day_over,
    AttemptLimit.GAP: _gap_over,
}
"""When each limit allows a call again, going by the attempts so far; None: it does already."""


def _midnight(day: date, zone: tzinfo) -> datetime:
    """Return when a day begins there; where clocks skip midnight, the moment they do."""
    return datetime.combine(day, time(), tzinfo=zone).astimezone(UTC)


def _working_day(day: date, count: int) -> date:
    """Return the working day that many after a day; before it, when negative."""
    step = _DAY if count > 0 else -_DAY
    left = abs(count)
    while left:
        day += step
        left -= day.weekday() < _WEEKDAYS
    return day


def _other_daypart(at: datetime, last: Daypart, zone: tzinfo) -> datetime:
    """Return the first moment from `at` on in another part of the day than `last`."""
    if daypart(at, zone) is not last:
        return at
    local = at.astimezone(zone)
    match last:
        case Daypart.MORNING:
            moved = datetime.combine(local, time(_AFTERNOON_HOUR), tzinfo=zone)
        case Daypart.AFTERNOON:
            moved = datetime.combine(local, time(_LATE_HOUR), tzinfo=zone)
        case Daypart.LATE:
            return _midnight(local.date() + _DAY, zone)
    return moved.astimezone(UTC)


def _why(rules: AttemptRules, limit: str) -> str:
    match limit:
        case AttemptLimit.PER_24H:
            return f"{rules.per_24h} calls in 24 hours"
        case AttemptLimit.PER_DAY:
            return f"{rules.per_day} calls that day"
        case _:
            return f"{rules.gap_hours} h between calls"
