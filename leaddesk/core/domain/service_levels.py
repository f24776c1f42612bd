# SPDX-License-Identifier: MIT
"""Clocks of the service level: when a first attempt, a decision and an answer of sales run out.

Business time is Monday to Friday, nine to five by the clock of a zone; holidays are not known.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from enum import StrEnum

from leaddesk.core.domain.queue import ClockRules

DAY_STARTS = time(9)
DAY_STOPS = time(17)
_SATURDAY = 5
_DAY = timedelta(days=1)


class ClockState(StrEnum):
    """How a clock stands: in time, near its end, or run out."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


@dataclass(frozen=True, slots=True)
class ServiceClock:
    """One clock of one lead.

    Attributes:
        since: When it began.
        amber_at: From then on it is near its end.
        runs_out_at: From then on it has run out.
    """

    since: datetime
    amber_at: datetime
    runs_out_at: datetime

    def state(self, now: datetime) -> ClockState:
        """Return how it stands."""
        if now >= self.runs_out_at:
            return ClockState.RED
        return ClockState.AMBER if now >= self.amber_at else ClockState.GREEN


def first_attempt(since: datetime, clocks: ClockRules) -> ServiceClock:
    """Return the clock of a lead that asked to be called at `since`."""
    green = since + timedelta(minutes=clocks.inbound_green_min)
    return ServiceClock(since, green, since + timedelta(minutes=clocks.inbound_amber_min))


def decision(talked_at: datetime, clocks: ClockRules, zone: tzinfo | None) -> ServiceClock:
    """Return the clock of a lead that was talked to last at `talked_at`; amber on its last day."""
    runs_out = after_business_days(talked_at, clocks.decide_business_days, zone)
    last_day = _local(runs_out, zone).replace(hour=0, minute=0, second=0, microsecond=0)
    return ServiceClock(talked_at, max(last_day, talked_at), runs_out)


def acceptance(passed_at: datetime, accept_by: datetime) -> ServiceClock:
    """Return the clock of a lead that sales has to accept; amber in its last quarter."""
    return ServiceClock(passed_at, accept_by - (accept_by - passed_at) / 4, accept_by)


def to_fix(returned_at: datetime, clocks: ClockRules) -> ServiceClock:
    """Return the clock of a lead that sales gave back; amber in its last quarter."""
    whole = timedelta(hours=clocks.fix_hours)
    return ServiceClock(returned_at, returned_at + whole * 3 / 4, returned_at + whole)


def after_business_hours(at: datetime, hours: int, zone: tzinfo | None) -> datetime:
    """Return the moment so many business hours after another.

    Args:
        at: Aware.
        hours: How many.
        zone: By whose clock; None: the one of this computer.
    """
    left = timedelta(hours=hours)
    day = _local(at, zone)
    while True:
        start = max(day, _clock(day, DAY_STARTS, zone))
        stop = _clock(day, DAY_STOPS, zone)
        if day.weekday() < _SATURDAY and start < stop:
            # Within one working day no clock is changed, so the wall's difference is the real one.
            if left <= stop - start:
                return start + left
            left -= stop - start
        day = _clock(day + _DAY, time(), zone)


def after_business_days(at: datetime, days: int, zone: tzinfo | None) -> datetime:
    """Return the end of the working day so many working days after another moment."""
    day = _local(at, zone)
    left = days
    while left > 0 or day.weekday() >= _SATURDAY:
        day = _clock(day + _DAY, time(), zone)
        left -= day.weekday() < _SATURDAY
    return _clock(day, DAY_STOPS, zone)


def _local(at: datetime, zone: tzinfo | None) -> datetime:
    return at.astimezone(zone)


def _clock(day: datetime, at: time, zone: tzinfo | None) -> datetime:
    """Return that time of that day by the wall's clock, whatever its offset is then."""
    naive = datetime.combine(day.date(), at)
    return naive.astimezone() if zone is None else naive.replace(tzinfo=zone)
