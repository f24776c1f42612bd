# SPDX-License-Identifier: MIT
"""Dates as people type them on the phone: "in 3 weeks", "tomorrow 9:30", "14 Mar", "14.3. 15:30".

Read by the clock of the rep, or of the lead where a callback is agreed on; whatever was understood
is shown back before it is used.
"""

import re
from calendar import monthrange
from datetime import UTC, datetime, timedelta, tzinfo
from typing import NamedTuple

_DAY_STARTS = 9
_DAY_PARTS = {"morning": "9:00", "afternoon": "14:00", "evening": "18:00"}
_UNITS = {
    "h": "hours", "hr": "hours", "hrs": "hours", "hour": "hours", "hours": "hours",
    "min": "minutes", "mins": "minutes", "minute": "minutes", "minutes": "minutes",
    "d": "days", "day": "days", "days": "days", "w": "weeks", "week": "weeks", "weeks": "weeks",
    "fortnight": "fortnights", "fortnights": "fortnights", "month": "months", "months": "months",
    "year": "years", "years": "years",
}  # fmt: skip
_DAYS = {"days": 1, "weeks": 7, "fortnights": 14, "months": 30, "years": 365}
_COUNTS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "a couple of": 2, "three": 3, "four": 4, "five": 5,
    "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
}  # fmt: skip
_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_LEAST_LETTERS = 3
_COUNT = "|".join(sorted(_COUNTS, key=len, reverse=True))
_AFTER = re.compile(rf"(?:in )?(\d{{1,4}}|(?:{_COUNT})(?= )) ?([a-z]+)(?: from now)?")
_CLOCK = r"(\d{1,2})(?:[:.h](\d{2}) ?(am|pm)?| ?(am|pm))"
_TIME_LAST = re.compile(rf"(?:^|[ ,]|\bat ){_CLOCK}$")
_TIME_FIRST = re.compile(rf"(?:at )?{_CLOCK},? (?:on )?(?=\S)")
_WEEKDAY = r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*"
_HOUR_LAST = re.compile(rf"(?:(.*?),? ?\bat|((?:[a-z]+ )?{_WEEKDAY}|today|tomorrow),?) (\d{{1,2}})")
_WEEKDAY_BEFORE = re.compile(rf"{_WEEKDAY},? (?=\d)")
_ISO = re.compile(r"(\d{4})([-/])(\d{1,2})\2(\d{1,2})")
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})?")
_SLASHED = re.compile(r"(\d{1,2})([-/])(\d{1,2})(?:\2(\d{4}|\d{2}))?")
_NAMED = re.compile(
    r"(?:(\d{1,2})(?:st|nd|rd|th|\.)?(?: of)?[ -]([a-z]{3,9})\.?"
    r"|([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?)(?:,?[ -]'?(\d{4}|\d{2}))?"
)
_OF_MONTH = re.compile(r"(?:the )?(\d{1,2})(?:st|nd|rd|th)")
_SPELLED = (
    (re.compile("\u2019"), "'"),
    (re.compile(r"\b([ap])\.m\b\.?"), r"\1m"),
    (re.compile(r" ?\bo'?clock\b"), ":00"),
    (re.compile(r"\b(?:12 )?(?:noon|midday)\b"), "12:00"),
    (re.compile(r"^half an hour|(?<=^in )half an hour"), "30 minutes"),
    (re.compile(r"\b(?:tmrw|tmr|tmw)\b"), "tomorrow"),
    (re.compile(r"\bfirst thing\b"), ""),
    (re.compile(r"\btonight\b"), "today evening"),
    (re.compile(r"\bthis (?=morning|afternoon|evening)"), "today "),
    (re.compile(r"(?:\bin the )?\b(morning|afternoon|evening)$"), lambda m: _DAY_PARTS[m[1]]),
    (re.compile(r"(?<=\d)t(?=\d{1,2}:)"), " "),
)
"""What stands for something that is read below, in this order."""

_PUNCTUATION = " .,;!?"
_DAY_AND_MONTH = re.compile(r"(?:^|.* )\d{1,2}\.(?:0?[1-9]|1[0-2])\.")
"""Its last full stop belongs to it: 14.3. is a day, 14.3 is none and 10.30 a time."""

_MOST_DAYS = 366 * 6
_NOON = 12
_LAST_HOUR = 23
_LAST_MINUTE = 59
_LAST_MONTH = 12
_AFTERNOON = range(1, 7)
"""Whoever says "at 3" to a customer does not mean the night."""

_NO_DATE = "That is no date. Type it like: in 3 weeks, 14 Mar, tomorrow 9:00."


class _NoSuchDayError(ValueError):
    """A day that is none, or could be two; what it says is for people."""


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
    without a year is the next such day. What lies in the past is a problem, and so is a day that
    its month does not have, or that is another one depending on who reads it.
    """
    plain = _plain(text)
    if not plain:
        return When(None, "", _NO_DATE if text.strip() else "")
    local = now.astimezone(zone)
    at, problem = None, _NO_DATE
    try:
        at = _soon(plain, local) or _on_a_day(plain, local, zone)
    except _NoSuchDayError as error:
        problem = str(error)
    except (ValueError, OverflowError):
        at = None
    if at is None:
        return When(None, "", problem)
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


def _plain(text: str) -> str:
    """Return a text in small letters, with one word for what has several, without a full stop."""
    plain = " ".join(text.casefold().split()).rstrip(" ,;!?")
    if not _DAY_AND_MONTH.fullmatch(plain):
        plain = plain.rstrip(_PUNCTUATION)
    for pattern, word in _SPELLED:
        plain = pattern.sub(word, plain)
    return " ".join(plain.split()).lstrip(_PUNCTUATION)


def _soon(plain: str, local: datetime) -> datetime | None:
    """Return the moment that is some hours or minutes from now."""
    count, unit = _counted(plain)
    if unit not in {"hours", "minutes"}:
        return None
    at = local.astimezone(UTC) + timedelta(**{unit: count})
    return at.replace(second=0, microsecond=0)


def _counted(words: str) -> tuple[int, str]:
    """Return how many of which unit; of none where nothing is counted."""
    match = _AFTER.fullmatch(words)
    if match is None or match[2] not in _UNITS:
        return 0, ""
    return _COUNTS.get(match[1]) or int(match[1]), _UNITS[match[2]]


def _on_a_day(plain: str, local: datetime, zone: tzinfo | None) -> datetime | None:
    day, hour, minute = _without_time(plain)
    if hour > _LAST_HOUR or minute > _LAST_MINUTE:
        return None
    if not day:
        at = _at(local, hour, minute, zone)
        return (
            at
            if at.astimezone(UTC) > local.astimezone(UTC)
            else _at(local + timedelta(days=1), hour, minute, zone)
        )
    found = _day(day, local)
    return None if found is None else _at(found, hour, minute, zone)


def _without_time(plain: str) -> tuple[str, int, int]:
    """Return the day, as typed, and the time; that of the morning where none is named."""
    if time := _TIME_LAST.search(plain):
        day = plain[: time.start()].strip(" ,").removesuffix(" at").strip()
    elif time := _TIME_FIRST.match(plain):
        day = plain[time.end() :]
    elif hour := _HOUR_LAST.fullmatch(plain):
        number = int(hour[3])
        return hour[1] or hour[2] or "", number + _NOON * (number in _AFTERNOON), 0
    else:
        return plain, _DAY_STARTS, 0
    number, half = int(time[1]), time[3] or time[4]
    if half:
        number = number % _NOON + (_NOON if half == "pm" else 0)
    return day, number, int(time[2] or 0)


def _day(words: str, local: datetime) -> datetime | None:
    words = words.removeprefix("on ").removeprefix("by ")
    if words in {"today", "tomorrow"}:
        return local + timedelta(days=int(words == "tomorrow"))
    if words.removeprefix("the ") == "day after tomorrow":
        return local + timedelta(days=2)
    count, unit = _counted(words)
    if unit in _DAYS:
        return local + timedelta(days=count * _DAYS[unit])
    return _calendar_day(words, local) or _date(words, local)


def _calendar_day(words: str, local: datetime) -> datetime | None:
    """Return the day that a weekday, a week or a month stands for."""
    plainer = words.replace(" the ", " ")
    if plainer == "next week":
        return local + timedelta(days=7 - local.weekday())
    if plainer == "end of week":
        return local + timedelta(days=(4 - local.weekday()) % 7)
    if plainer == "next month":
        return _next(local, local.month % _LAST_MONTH + 1, 1)
    if plainer == "end of month":
        return _date_of(local, local.year, local.month, _days_in(local.year, local.month))
    for before in ("next ", "this ", "coming "):
        words = words.removeprefix(before)
    weekday = _named(_WEEKDAYS, words)
    if weekday is not None:
        return local + timedelta(days=(weekday - local.weekday()) % 7 or 7)
    month = _named(_MONTHS, words.removeprefix("in "))
    return None if month is None else _next(local, month + 1, 1)


def _date(words: str, local: datetime) -> datetime | None:
    """Return the day of a date."""
    words = _WEEKDAY_BEFORE.sub("", words, count=1)
    if match := _ISO.fullmatch(words):
        return _date_of(local, int(match[1]), int(match[3]), int(match[4]))
    if match := _DOTTED.fullmatch(words):
        return _next(local, int(match[2]), int(match[1]), match[3])
    if match := _SLASHED.fullmatch(words):
        first, second = int(match[1]), int(match[3])
        if first != second and max(first, second) <= _LAST_MONTH:
            raise _NoSuchDayError(f"{words} can be two days. Type the month as a word: 14 Mar.")
        # What is no month is the day, wherever it stands.
        month, day = (first, second) if second > _LAST_MONTH else (second, first)
        return _next(local, month, day, match[4])
    if match := _NAMED.fullmatch(words):
        named = _named(_MONTHS, match[2] or match[3])
        if named is not None:
            return _next(local, named + 1, int(match[1] or match[4]), match[5])
    if match := _OF_MONTH.fullmatch(words):
        day = int(match[1])
        of_next = local.month % _LAST_MONTH + 1
        return _next(local, local.month if day >= local.day else of_next, day)
    return None


def _named(names: tuple[str, ...], word: str) -> int | None:
    """Return which of the names a word is, or is short for."""
    if len(word) < _LEAST_LETTERS:
        return None
    return next((index for index, name in enumerate(names) if name.startswith(word)), None)


def _next(local: datetime, month: int, day: int, year: str | None = None) -> datetime:
    """Return the next such day; the one of a year, where it is named, in two digits or four."""
    if year is not None:
        in_full = int(year) + (local.year // 100 * 100 if len(year) == 2 else 0)  # noqa: PLR2004 - two digits
        return _date_of(local, in_full, month, day)
    is_over = (month, day) < (local.month, local.day)
    return _date_of(local, local.year + is_over, month, day)


def _date_of(local: datetime, year: int, month: int, day: int) -> datetime:
    if day > _days_in(year, month):
        name = _MONTHS[month - 1].capitalize()
        raise _NoSuchDayError(f"{name} {year} has only {_days_in(year, month)} days.")
    return local.replace(year=year, month=month, day=day)


def _days_in(year: int, month: int) -> int:
    return monthrange(year, month)[1]


def _at(day: datetime, hour: int, minute: int, zone: tzinfo | None) -> datetime:
    """Return that time of that day by the clock on the wall, whatever its offset is then."""
    naive = day.replace(hour=hour, minute=minute, second=0, microsecond=0, tzinfo=None)
    return naive.astimezone() if zone is None else naive.replace(tzinfo=zone)
