# SPDX-License-Identifier: MIT
"""Windows of the day on the clock of a place, and when one opens and closes there.

Clocks jump. So a zone is cut into spans in which it does not, and within a span the clock is plain
addition: exact through the hour that is missing in spring and the one that comes twice in autumn.
Moments are whole seconds since 1970, UTC; rules speak of whole minutes, so nothing is lost.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import NamedTuple

SEARCHED_DAYS = 14
"""How far ahead an opening is looked for."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND = timedelta(seconds=1)
_DAY_S = 24 * 60 * 60
_THURSDAY = 3  # 1970-01-01; Monday is 0

# Names of other kinds in the same folders (localtime, posix/..., zone.tab) begin in small letters.
_ZONE_NAME = re.compile(r"[A-Z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+){0,2}")
_NO_PLACE = frozenset({"Etc/Unknown", "Factory"})


class DayWindow(NamedTuple):
    """Part of a day: from `start_min` up to but not including `stop_min`.

    A tuple, because weeks of them are looked up in caches for every place of a queue.

    Attributes:
        start_min: Minutes after midnight on the clock there, less than `stop_min`.
        stop_min: At most 1440, which is the next midnight.
    """

    start_min: int
    stop_min: int


Week = tuple[DayWindow | None, ...]
"""Seven days, Monday first; None: closed all day."""


@dataclass(frozen=True, slots=True)
class CallingWindow:
    """When people of a region may be called.

    Attributes:
        region: Empty for the default, else a country ("US") or a state ("US-FL").
        days: As `Week`.
        why: The rule in a sentence.
    """

    region: str
    days: Week
    why: str


class OpenTime(NamedTuple):
    """A time in which a window is open; `stops_at` does not belong to it.

    Attributes:
        starts_at: UTC.
        stops_at: UTC; None: open for longer than is looked ahead.
    """

    starts_at: datetime
    stops_at: datetime | None


class _Times(NamedTuple):
    start_s: int
    stop_s: int


class _Span(NamedTuple):
    """A time in which the clocks of a zone do not jump; `stop_s` does not belong to it."""

    start_s: int
    stop_s: int
    offset_s: int


@lru_cache(maxsize=1 << 10)
def zone_named(name: str) -> tzinfo | None:
    """Return the time zone of that IANA name, None when there is none or it means no place."""
    if not _ZONE_NAME.fullmatch(name) or name in _NO_PLACE:
        return None
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(name)
    except (KeyError, OSError, ValueError):  # no such file, a folder, not a zone
        return None


def is_open(days: Week, local: datetime) -> bool:
    """Return whether the window is open at a time on the clock there."""
    window = days[local.weekday()]
    minute = 60 * local.hour + local.minute
    return window is not None and window.start_min <= minute < window.stop_min


def open_time(zones: tuple[str, ...], days: Week, now: datetime) -> OpenTime | None:
    """Return the time, around `now` or next, in which the window is open in all of these zones.

    Args:
        zones: Names that `zone_named` knows, at least one.
        days: The window.
        now: Aware.

    Returns:
        None when nothing opens within `SEARCHED_DAYS`. What is open now may have begun earlier than
        `starts_at`.
    """
    now_s = (now - _EPOCH) // _SECOND
    day = now_s // _DAY_S
    for time in _open_times(zones, days, day):
        if now_s < time.stop_s:
            if time.start_s > now_s + SEARCHED_DAYS * _DAY_S:
                return None
            ends = time.stop_s < _searched_until(day)
            return OpenTime(_moment(time.start_s), _moment(time.stop_s) if ends else None)
    return None


def _moment(at_s: int) -> datetime:
    return _EPOCH + timedelta(seconds=at_s)


def _searched_until(day: int) -> int:
    return (day + SEARCHED_DAYS + 2) * _DAY_S


@lru_cache(maxsize=1 << 12)
def _open_times(zones: tuple[str, ...], days: Week, day: int) -> tuple[_Times, ...]:
    """Return when all zones are open, in order, from the start of a day in UTC on."""
    first, *others = zones
    if not others:
        return tuple(_joined(_pieces(_spans(first, day), days)))
    common = _open_times((first,), days, day)
    for zone in others:
        common = tuple(_common(common, _open_times((zone,), days, day)))
    return common


def _pieces(spans: Iterable[_Span], days: Week) -> Iterator[_Times]:
    """Yield when one zone is open, cut at midnights and where clocks jump."""
    for start_s, stop_s, offset_s in spans:
        first_day = (start_s + offset_s) // _DAY_S
        last_day = (stop_s + offset_s) // _DAY_S
        for day in range(first_day, last_day + 1):
            window = days[(day + _THURSDAY) % 7]
            if window is not None:
                midnight_s = day * _DAY_S - offset_s
                opens_s = max(start_s, midnight_s + 60 * window.start_min)
                closes_s = min(stop_s, midnight_s + 60 * window.stop_min)
                if opens_s < closes_s:
                    yield _Times(opens_s, closes_s)


def _joined(pieces: Iterable[_Times]) -> Iterator[_Times]:
    """Yield the same times, those that touch as one."""
    last: _Times | None = None
    for piece in pieces:
        if last is not None and last.stop_s == piece.start_s:
            last = _Times(last.start_s, piece.stop_s)
        else:
            if last is not None:
                yield last
            last = piece
    if last is not None:
        yield last


def _common(left: Sequence[_Times], right: Sequence[_Times]) -> Iterator[_Times]:
    """Yield the times that are in both."""
    at_left = at_right = 0
    while at_left < len(left) and at_right < len(right):
        one, other = left[at_left], right[at_right]
        start_s, stop_s = max(one.start_s, other.start_s), min(one.stop_s, other.stop_s)
        if start_s < stop_s:
            yield _Times(start_s, stop_s)
        if one.stop_s <= other.stop_s:
            at_left += 1
        else:
            at_right += 1


@lru_cache(maxsize=1 << 10)
def _spans(name: str, day: int) -> tuple[_Span, ...]:
    """Return the spans of a zone from the start of a day in UTC to beyond what is searched."""
    zone = zone_named(name)
    if zone is None:
        raise ValueError(f"{name!r} is no time zone")
    spans: list[_Span] = []
    start_s = day * _DAY_S
    until_s = _searched_until(day)
    for change_s in (*_changes(zone, start_s, until_s), until_s):
        spans.append(_Span(start_s, change_s, _offset(zone, start_s)))
        start_s = change_s
    return tuple(spans)


def _changes(zone: tzinfo, start_s: int, stop_s: int) -> Iterator[int]:
    """Yield the moments at which the clocks of a zone jump. Looking once a day finds them."""
    for day_s in range(start_s, stop_s, _DAY_S):
        before_s, last_s = day_s, day_s + _DAY_S
        while (offset := _offset(zone, before_s)) != _offset(zone, last_s):
            after_s = last_s
            while after_s - before_s > 1:
                middle_s = (before_s + after_s) // 2
                if _offset(zone, middle_s) == offset:
                    before_s = middle_s
                else:
                    after_s = middle_s
            yield after_s
            before_s = after_s


def _offset(zone: tzinfo, at_s: int) -> int:
    offset = _moment(at_s).astimezone(zone).utcoffset()
    return 0 if offset is None else offset // _SECOND
