# SPDX-License-Identifier: MIT
"""Dates and times of many countries: read as written, and never with day and month exchanged."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaddesk.core.domain.column_checks import DateOrder
from leaddesk.core.formats import dates
from leaddesk.core.formats.csv_writer import cell_text
from leaddesk.core.formats.month_names import MONTHS

YMD, DMY, MDY = DateOrder
READERS = {order: dates.moment_reader(order) for order in (None, *DateOrder)}


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2024-01-22T20:36:47.000+0000", datetime(2024, 1, 22, 20, 36, 47, tzinfo=UTC)),
        ("2024-01-22T20:36:47-05:00", datetime(2024, 1, 23, 1, 36, 47, tzinfo=UTC)),
        ("2024-01-22T20:36:47Z", datetime(2024, 1, 22, 20, 36, 47, tzinfo=UTC)),
        ("2024-01-22 20:36", datetime(2024, 1, 22, 20, 36, tzinfo=UTC)),
        ("2024-01-22 20:36:47 UTC", datetime(2024, 1, 22, 20, 36, 47, tzinfo=UTC)),
        ("2024-01-22 2:36 PM", datetime(2024, 1, 22, 14, 36, tzinfo=UTC)),
        ("2024-01-22 12:36 a.m.", datetime(2024, 1, 22, 0, 36, tzinfo=UTC)),
        ("2024-01-22", datetime(2024, 1, 22, tzinfo=UTC)),
        ("2024/1/22", datetime(2024, 1, 22, tzinfo=UTC)),
        ("2024. 1. 22.", datetime(2024, 1, 22, tzinfo=UTC)),
        ("2024年1月22日 14:05", datetime(2024, 1, 22, 14, 5, tzinfo=UTC)),
        ("2024년 1월 22일", datetime(2024, 1, 22, tzinfo=UTC)),
        ("22 Jan 2024", datetime(2024, 1, 22, tzinfo=UTC)),
        ("22-Jan-24", datetime(2024, 1, 22, tzinfo=UTC)),
        ("Jan 22, 2024, 20:36", datetime(2024, 1, 22, 20, 36, tzinfo=UTC)),
        ("Mon, 22 Jan 2024 20:36:47 +0100", datetime(2024, 1, 22, 19, 36, 47, tzinfo=UTC)),
        ("22. Januar 2024", datetime(2024, 1, 22, tzinfo=UTC)),
        ("1er février 2024", datetime(2024, 2, 1, tzinfo=UTC)),
        ("22 de enero de 2024", datetime(2024, 1, 22, tzinfo=UTC)),
        ("0001-01-01T00:00:00+05:00", None),
        ("20240122", None),
        ("22/01/2024", None),
        ("01/02/2024", None),
        ("45313", None),
        ("2024-13-01", None),
        ("2024-02-30 10:00", None),
        ("2024-01-22 20:36 CET", None),
        ("2024-01-22 13:36 PM", None),
        ("2024-01-22 20:61", None),
        ("2024-22", None),
        ("22 Foo 2024", None),
        ("soon", None),
        ("", None),
    ],
)
def test_what_cannot_be_mistaken_is_read_without_an_order(text, at):
    assert dates.moment(text) == at
    if at:
        assert dates.moment(text).tzinfo is UTC


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("05/03/2024", DMY, date(2024, 3, 5)),
        ("05/03/2024", MDY, date(2024, 5, 3)),
        ("5.3.2024", DMY, date(2024, 3, 5)),
        ("22. 1. 2024", DMY, date(2024, 1, 22)),
        ("9/21/20", MDY, date(2020, 9, 21)),
        ("22-07-17", DMY, date(2017, 7, 22)),
        ("22-07-17", YMD, date(2022, 7, 17)),
        ("01.02.69", DMY, date(2069, 2, 1)),
        ("01.02.70", DMY, date(1970, 2, 1)),
        ("05/03/2024", YMD, None),
        ("22/01/2024", MDY, None),
        ("31/02/2024", DMY, None),
        ("05/03.2024", DMY, None),
        ("05/03/024", DMY, None),
    ],
)
def test_dates_in_digits_are_read_in_the_order_of_the_column(text, order, day):
    at = READERS[order](text)
    assert at == (datetime.combine(day, time(), UTC) if day else None)


SEPARATORS = st.sampled_from(["/", ".", "-", " ", ". "])
PARTS = {YMD: "{y}{s}{m}{s}{d}", DMY: "{d}{s}{m}{s}{y}", MDY: "{m}{s}{d}{s}{y}"}


def in_digits(day: date, order: DateOrder, sign: str, *, padded: bool, short: bool = False) -> str:
    width = "02" if padded else ""
    year = f"{day.year % 100:02}" if short else f"{day.year:04}"
    return PARTS[order].format(y=year, m=f"{day.month:{width}}", d=f"{day.day:{width}}", s=sign)


@given(st.dates(), st.sampled_from(DateOrder), SEPARATORS, st.booleans())
def test_a_day_is_read_as_it_was_written(day, order, sign, padded):
    text = in_digits(day, order, sign, padded=padded)
    expected = datetime.combine(day, time(), UTC)
    assert READERS[order](text) == expected
    assert dates.moment(text) == (expected if order is YMD else None)
    assert order is YMD or order in dates.date_orders(text)


@given(st.dates(date(1970, 1, 1), date(2069, 12, 31)), st.sampled_from(DateOrder), SEPARATORS)
def test_a_day_of_a_year_of_two_digits(day, order, sign):
    text = in_digits(day, order, sign, padded=True, short=True)
    assert READERS[order](text) == datetime.combine(day, time(), UTC)
    assert dates.moment(text) is None
    assert dates.has_short_year(text)
    assert order in dates.date_orders(text)


@given(st.dates(), st.sampled_from(sorted(MONTHS)))
def test_a_day_with_a_month_in_words(day, name):
    number = MONTHS[name]
    day = day.replace(day=min(day.day, 28), month=number)
    expected = datetime.combine(day, time(), UTC)
    for text in (
        f"{day.day} {name.title()} {day.year:04}",
        f"{day.day}. {name} {day.year:04}",
        f"{name.upper()} {day.day}, {day.year:04}",
        f"{day.day:02}-{name}-{day.year:04}",
    ):
        assert dates.moment(text) == expected


@given(
    st.datetimes(datetime(1900, 1, 2), datetime(2100, 1, 1)),  # noqa: DTZ001 - the zone follows
    st.sampled_from(DateOrder),
    st.sampled_from(["%H:%M:%S", "%I:%M:%S %p", "%H:%M:%S.%f"]),
    st.none() | st.integers(-14 * 60, 14 * 60),
)
def test_a_time_is_read_as_it_was_written(at, order, form, offset_minutes):
    at = at if "%f" in form else at.replace(microsecond=0)
    zone = UTC if offset_minutes is None else timezone(timedelta(minutes=offset_minutes))
    day = in_digits(at.date(), order, "/", padded=False)
    text = f"{day} {at.strftime(form)}"
    if offset_minutes is not None:
        text += f" {at.replace(tzinfo=zone):%z}"
    assert READERS[order](text) == at.replace(tzinfo=zone).astimezone(UTC)
    assert dates.time_of_day(text) == at.timetz().replace(
        tzinfo=None if offset_minutes is None else zone
    )


@given(st.datetimes(timezones=st.just(UTC)))
def test_a_time_of_our_own_csv(at):
    assert dates.moment(cell_text(at)) == at


def test_times_without_an_offset_are_those_of_a_zone_when_it_is_known():
    read = dates.moment_reader(MDY, ZoneInfo("America/Chicago"))
    assert read("7/22/2024 10:00") == datetime(2024, 7, 22, 15, tzinfo=UTC)
    assert read("7/22/2024 10:00 Z") == datetime(2024, 7, 22, 10, tzinfo=UTC)
    assert read("2024-01-22 10:00") == datetime(2024, 1, 22, 16, tzinfo=UTC)
    assert read("7/22/2024") == datetime(2024, 7, 22, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("45313", datetime(2024, 1, 22, tzinfo=UTC)),
        ("45313.5", datetime(2024, 1, 22, 12, tzinfo=UTC)),
        ("45313,858877315", datetime(2024, 1, 22, 20, 36, 47, tzinfo=UTC)),
        ("10115", None),
        ("2024", None),
        ("453135", None),
    ],
)
def test_days_of_spreadsheets(text, at):
    assert dates.serial_moment(text) == at
    assert dates.is_serial_day(text) == (at is not None)


@given(st.text(max_size=30) | st.text("0123456789/.-: TZapm+", max_size=24))
def test_no_text_breaks_a_reader(text):
    for read in READERS.values():
        read(text)
    dates.date_orders(text)
    dates.has_short_year(text)
    dates.time_of_day(text)
    dates.serial_moment(text)
