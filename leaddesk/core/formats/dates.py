# SPDX-License-Identifier: MIT
"""Dates and times as files of many countries write them -> UTC.

Which of the first two numbers of 03/04/2024 is the day no cell can say for itself; the order comes
from the whole column (`formats.column_checks`). Without one only what cannot be mistaken is read:
the year first, or the month as a word.
"""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache

from leaddesk.core.domain.column_checks import DateOrder
from leaddesk.core.formats.month_names import MONTHS, WEEKDAYS

_DIGITS = re.compile(
    r"(\d{1,4})(?P<sign>[./-]|\. | )(\d{1,2})(?P=sign)(\d{1,4})\.?", re.ASCII
).fullmatch
_IDEOGRAPHS = re.compile(r"(\d{4})[年년] ?(\d{1,2})[月월] ?(\d{1,2})[日일]", re.ASCII).fullmatch
_NAME = r"([^\W\d_]{3,10})"
_day_first = re.compile(
    rf"(\d{{1,2}})(?:st|nd|rd|th|er|º|\.)?[ -]?(?:of |de )?{_NAME}\.?,?(?: de | |-)"
    r"(\d{4}|\d{2})",
    re.IGNORECASE,
).fullmatch
_month_first = re.compile(
    rf"{_NAME}\.? (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}})", re.IGNORECASE
).fullmatch
_year_first = re.compile(rf"(\d{{4}})[ -]{_NAME}\.?[ -](\d{{1,2}})", re.IGNORECASE).fullmatch
_TIME = re.compile(
    r"(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,6})\d*)?)?(?: ?([ap])\.?m\.?)?"
    r"(?: ?(Z|UTC|GMT|[+-]\d{2}:?(?:[0-5]\d)?))?",
    re.IGNORECASE | re.ASCII,
).fullmatch
_SERIAL = re.compile(r"([2-6]\d{4})(?:[.,](\d{1,12}))?", re.ASCII).fullmatch
_SERIAL_DAY_0 = datetime(1899, 12, 30, tzinfo=UTC)
_SERIALS = range(29_221, 65_746)
"""1980 to 2079; other numbers are more likely something else."""
_CENTURY_TURNS = 70
_PLAIN_TIMES = frozenset({len("20:36"), len("20:36:47")})
_LONGEST = 60


def date_orders(text: str) -> frozenset[DateOrder]:
    """Return the orders in which a text of digits is a date; empty when it is none or needs none.

    Args:
        text: A cell, perhaps with a time of day.
    """
    found = _DIGITS(_split(text)[0])
    if not found or len(found[1]) == 4:  # noqa: PLR2004 - a year, so the order is known
        return frozenset()
    return frozenset(order for order in DateOrder if _in_order(found, order))


def has_short_year(text: str) -> bool:
    """Return whether a date of digits has a year of two digits."""
    found = _DIGITS(_split(text)[0])
    return found is not None and len(found[1]) <= 2 and len(found[4]) <= 2  # noqa: PLR2004


def time_of_day(text: str) -> time | None:
    """Return the time of day in a cell, with its offset from UTC if it says one; else None."""
    tail = _split(text)[1]
    return _time(tail) if tail else None


def is_serial_day(text: str) -> bool:
    """Return whether a text may be a day as spreadsheets count them: 45313 is 22 January 2024."""
    found = _SERIAL(text)
    return found is not None and int(found[1]) in _SERIALS


def serial_moment(text: str) -> datetime | None:
    """Return the time of a day as spreadsheets count them, to the second; None for another text."""
    found = _SERIAL(text)
    if not found or int(found[1]) not in _SERIALS:
        return None
    seconds = round(int((found[2] or "0").ljust(12, "0")) * 86_400 / 10**12)
    return _SERIAL_DAY_0 + timedelta(days=int(found[1]), seconds=seconds)


def moment_reader(order: DateOrder | None, zone: tzinfo = UTC) -> Callable[[str], datetime | None]:
    """Return a function from a cell, trimmed, to its time in UTC; None for what is not certain.

    Args:
        order: Of dates in digits; None: these are not read unless the year comes first.
        zone: For times that say no offset. A date alone is midnight UTC.
    """
    is_utc = zone is UTC

    @lru_cache(maxsize=1 << 14)
    def midnight(text: str) -> datetime | None:
        day = _day(text, order)
        return datetime(day.year, day.month, day.day, tzinfo=UTC) if day else None

    @lru_cache(maxsize=1 << 14)
    def iso_day(text: str) -> str:
        day = _day(text.rstrip(" ,"), order)
        return f"{day.isoformat()}T" if day else ""

    def read(text: str) -> datetime | None:
        cut = _end_of_day(text)
        if not cut:
            return midnight(text)
        day, clock = iso_day(text[:cut]), text[cut + 1 :]
        if not day:
            return None
        try:
            if is_utc and len(clock) in _PLAIN_TIMES:
                return datetime.fromisoformat(f"{day}{clock}Z")
            return _in_utc(datetime.fromisoformat(day + clock), zone)
        except ValueError:
            at = _time(clock)  # perhaps "1:30 pm"
        return _in_utc(datetime.combine(date.fromisoformat(day[:-1]), at), zone) if at else None

    return read


def moment(text: str) -> datetime | None:
    """Return the time of a cell, trimmed, in UTC; None where the order of day and month matters."""
    return _any_order()(text)


@lru_cache(maxsize=1)
def _any_order() -> Callable[[str], datetime | None]:
    return moment_reader(None)


def _in_utc(at: datetime, zone: tzinfo) -> datetime | None:
    if at.tzinfo is None:
        at = at.replace(tzinfo=zone)
    try:
        return at if at.tzinfo is UTC else at.astimezone(UTC)
    except OverflowError:
        return None


def _end_of_day(text: str) -> int:
    """Return where the sign between date and time of day stands; 0 without a time of day."""
    colon = text.find(":")
    if colon < 0:
        return 0
    cut = text.rfind(" ", 0, colon)
    return cut if cut > 0 else max(text.rfind("T", 0, colon), 0)


def _split(text: str) -> tuple[str, str]:
    """Return date and time of day of a cell; the latter is empty when there is none."""
    cut = _end_of_day(text)
    return (text[:cut].rstrip(" ,"), text[cut + 1 :]) if cut else (text, "")


def _day(text: str, order: DateOrder | None) -> date | None:
    """Return the day of a text without a time of day; None: not certain."""
    if found := _DIGITS(text):
        if len(found[1]) == 4:  # noqa: PLR2004 - a year
            return _date(found[1], found[3], found[4]) if len(found[4]) <= 2 else None  # noqa: PLR2004
        return _in_order(found, order) if order else None
    if found := _IDEOGRAPHS(text):
        return _date(*found.groups())
    return _day_with_name(_without_weekday(text)) if len(text) <= _LONGEST else None


def _day_with_name(text: str) -> date | None:
    if found := _day_first(text):
        day, name, year = found.groups()
    elif found := _month_first(text):
        name, day, year = found.groups()
    elif found := _year_first(text):
        year, name, day = found.groups()
    else:
        return None
    month = MONTHS.get(name.casefold())
    return _date(year, month, day) if month else None


def _without_weekday(text: str) -> str:
    word, sign, rest = text.partition(",")
    is_weekday = word.casefold().rstrip(".") in WEEKDAYS
    return rest.lstrip() if sign and is_weekday else text


def _in_order(found: re.Match[str], order: DateOrder) -> date | None:
    """Return the day of a match of `_DIGITS` in an order; None when there is none."""
    first, second, third = found[1], found[3], found[4]
    if order is DateOrder.YMD:
        year, month, day = first, second, third
    elif order is DateOrder.DMY:
        day, month, year = first, second, third
    else:
        month, day, year = first, second, third
    if len(year) not in {2, 4} or len(day) > 2:  # noqa: PLR2004
        return None
    return _date(year, month, day)


def _date(year: str, month: str | int, day: str) -> date | None:
    number = int(year)
    if len(year) == 2:  # noqa: PLR2004
        number += 1900 if number >= _CENTURY_TURNS else 2000
    try:
        return date(number, int(month), int(day))
    except ValueError:
        return None


def _time(text: str) -> time | None:
    found = _TIME(text)
    if not found:
        return None
    hour, half = int(found[1]), found[5]
    if half and not 1 <= hour <= 12:  # noqa: PLR2004
        return None
    if half:
        hour = hour % 12 + (12 if half in "pP" else 0)
    micros = int((found[4] or "").ljust(6, "0"))
    try:
        return time(hour, int(found[2]), int(found[3] or 0), micros, _offset(found[6] or ""))
    except ValueError:
        return None


def _offset(text: str) -> tzinfo | None:
    if text[:1] not in {"+", "-"}:
        return UTC if text else None
    digits = text[1:].replace(":", "").ljust(4, "0")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(offset if text[0] == "+" else -offset) if offset else UTC
