# SPDX-License-Identifier: MIT
"""Dates as people type them on the phone: "in 3 weeks", "tomorrow 9:30", "14 Mar", "14.3. 15:30".

Read by the clock of the rep, or of the lead where a callback is agreed on; whatever was understood
is shown back before it is used.
"""

import re
from datetime import UTC, datetime, timedelta, tzinfo
from typing import NamedTuple

_DAY_STARTS = 9
_UNITS = {
    "h": "hours", "hour": "hours", "hours": "hours", "min": "minutes", "minute": "minutes",
    "minutes": "minutes", "d": "days", "day": "days", "days": "days", "w": "weeks",
    "week": "weeks", "weeks": "weeks", "month": "months", "months": "months",
}  # fmt: skip
_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_LEAST_LETTERS = 3
_AFTER = re.compile(r"(?:in )?(\d{1,4}) ?([a-z]+)")
_TIME = re.compile(r"(?:^|[ ,]|at )(\d{1,2})(?:[:.h](\d{2}))? ?(am|pm)?$")
_WEEKDAY_BEFORE = re.compile(r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,? (?=\d)")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_NUMERIC = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})?")
_NAMED = re.compile(r"(?:(\d{1,2})\.? ([a-z]{3,9})|([a-z]{3,9}) (\d{1,2}))(?:,? (\d{4}))?")
_MOST_DAYS = 366 * 6
_DAYS_IN_MONTH = 30
_NOON = 12
_LAST_HOUR = 23
_LAST_MINUTE = 59


class When(NamedTuple):
    """What was typed, understood.

    Attributes:
        at: The moment, UTC; None where nothing is typed or it was not understood.
        words: The moment as people read it: "Sat 14 Mar 2026, 15:30".
        problem: Why it cannot be used; empty where it can, or nothing is typed.
    """

    at: datetime | None
    words: str
    problem: str


def in_days(days: int) -> str:
    """Return how a number of days is typed."""
    return f"in {days} days"


def read_when(text: str, now: datetime, zone: tzinfo | None = None) -> When:
    """Return the moment a text stands for, seen from `now` (aware).

    Args:
        text: As typed.
        now: The present moment.
        zone: By whose clock; None: the rep's.

    A day without a time is that day at nine; a time without a day is the next such time; a day
    without a year is the next such day. What lies in the past is a problem.
    """
    plain = " ".join(text.casefold().split()).strip(" .") + (
        "." if text.strip()[-1:] == "." else ""
    )
    if not plain:
        return When(None, "", "")
    local = now.astimezone(zone)
    try:
        at = _after(plain, local, zone) or _on_a_day(plain, local, zone)
    except (ValueError, OverflowError):
        at = None
    if at is None:
        return When(None, "", "That is no date. Type it like: in 3 weeks, 14 Mar, tomorrow 9:00.")
    # From here on in UTC: between times of one zone Python counts what the wall shows, which jumps.
    at = at.astimezone(UTC)
    if at <= now:
        return When(None, "", "That is in the past.")
    if at - now > timedelta(days=_MOST_DAYS):
        return When(None, "", "That is more than six years away.")
    return When(at, say_when(at, zone), "")


def say_when(at: datetime, zone: tzinfo | None = None) -> str:
    """Return a moment as people read it, by the clock of a zone; None: by the rep's."""
    local = at.astimezone(zone)
    return f"{local:%a} {local.day} {local:%b %Y, %H:%M}"


def _after(plain: str, local: datetime, zone: tzinfo | None) -> datetime | None:
    match = _AFTER.fullmatch(plain)
    if match is None or match[2] not in _UNITS:
        return None
    count, unit = int(match[1]), _UNITS[match[2]]
    if unit in {"hours", "minutes"}:
        at = local.astimezone(UTC) + timedelta(**{unit: count})
        return at.replace(second=0, microsecond=0)
    days = {"days": 1, "weeks": 7, "months": _DAYS_IN_MONTH}[unit] * count
    return _at(local + timedelta(days=days), _DAY_STARTS, 0, zone)


def _on_a_day(plain: str, local: datetime, zone: tzinfo | None) -> datetime | None:
    time = _TIME.search(plain)
    if time is not None and (time[2] or time[3]):
        hour = int(time[1]) % _NOON + (_NOON if time[3] == "pm" else 0) if time[3] else int(time[1])
        minute = int(time[2] or 0)
        if hour > _LAST_HOUR or minute > _LAST_MINUTE:
            return None
        day = plain[: time.start()].strip(" ,").removesuffix(" at").strip()
    else:
        hour, minute, day = _DAY_STARTS, 0, plain
    if not day:
        at = _at(local, hour, minute, zone)
        return (
            at
            if at.astimezone(UTC) > local.astimezone(UTC)
            else _at(local + timedelta(days=1), hour, minute, zone)
        )
    found = _day(day, local)
    return None if found is None else _at(found, hour, minute, zone)


def _day(words: str, local: datetime) -> datetime | None:
    if words in {"today", "tomorrow"}:
        return local + timedelta(days=int(words == "tomorrow"))
    weekday = _named(_WEEKDAYS, words.removeprefix("next ").removeprefix("on "))
    if weekday is not None:
        return local + timedelta(days=(weekday - local.weekday()) % 7 or 7)
    words = _WEEKDAY_BEFORE.sub("", words, count=1)
    if match := _ISO.fullmatch(words):
        return local.replace(year=int(match[1]), month=int(match[2]), day=int(match[3]))
    if match := _NUMERIC.fullmatch(words):
        return _next(local, int(match[2]), int(match[1]), match[3])
    if match := _NAMED.fullmatch(words):
        month = _named(_MONTHS, match[2] or match[3])
        if month is not None:
            return _next(local, month + 1, int(match[1] or match[4]), match[5])
    return None


def _named(names: tuple[str, ...], word: str) -> int | None:
    """Return which of the names a word is, or is short for."""
    if len(word) < _LEAST_LETTERS:
        return None
    return next((index for index, name in enumerate(names) if name.startswith(word)), None)


def _next(local: datetime, month: int, day: int, year: str | None) -> datetime:
    if year is not None:
        return local.replace(year=int(year), month=month, day=day)
    this = local.replace(month=month, day=day)
    return this if this.date() >= local.date() else this.replace(year=local.year + 1)


def _at(day: datetime, hour: int, minute: int, zone: tzinfo | None) -> datetime:
    """Return that time of that day by the clock on the wall, whatever its offset is then."""
    naive = day.replace(hour=hour, minute=minute, second=0, microsecond=0, tzinfo=None)
    return naive.astimezone() if zone is None else naive.replace(tzinfo=zone)
