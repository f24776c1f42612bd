# SPDX-License-Identifier: MIT
"""Calendar files, read again by a library that did not write them."""

from datetime import UTC, datetime, timedelta, timezone

import vobject
from hypothesis import given
from hypothesis import strategies as st

from leaddesk.core.formats.calendar_file import MINUTES, CalendarEntry, write_calendar

NOW = datetime(2026, 11, 22, 14, 42, 7, 5, tzinfo=UTC)
AT = datetime(2026, 11, 23, 10, tzinfo=timezone(timedelta(hours=2)))


def read(*entries):
    (calendar,) = vobject.readComponents(write_calendar(entries, NOW))
    return calendar


def test_an_entry_has_what_the_standard_asks_for():
    calendar = read(
        CalendarEntry("callback-L1", AT, "Call Ada back", "Promised:\n\u201ctwo; or, so\u201d")
    )
    event = calendar.vevent
    assert calendar.version.value == "2.0"
    assert calendar.prodid.value
    assert not hasattr(calendar, "method"), "nobody is invited"
    assert event.uid.value == "callback-L1@leaddesk"
    assert event.dtstamp.value == NOW.replace(microsecond=0)
    assert event.dtstart.value == AT
    assert event.dtstart.value.utcoffset() == timedelta()
    assert event.dtend.value - event.dtstart.value == timedelta(minutes=MINUTES)
    assert event.summary.value == "Call Ada back"
    assert event.description.value == "Promised:\n\u201ctwo; or, so\u201d"


def test_the_same_thing_has_the_same_uid_in_every_file():
    first, again = (read(CalendarEntry("touch-T1", at, "x", "y")) for at in (AT, None))
    assert first.vevent.uid.value == again.vevent.uid.value
    assert again.vevent.dtstart.value == NOW.replace(microsecond=0), "due at any time: now"


def test_nothing_of_a_lead_becomes_a_line_of_the_file():
    calendar = read(
        CalendarEntry("a", AT, "x\r\nEND:VEVENT\r\nMETHOD:REQUEST", "y\nATTENDEE:mailto:a@b\x00"),
        CalendarEntry("b", AT, "<b>R&D</b>", ""),
    )
    assert len(calendar.vevent_list) == 2
    assert not hasattr(calendar, "method")
    assert not hasattr(calendar.vevent_list[0], "attendee")
    assert calendar.vevent_list[1].summary.value == "<b>R&D</b>"


@given(st.text(), st.text())
def test_whatever_is_written_can_be_read_and_has_short_lines(title, text):
    file = write_calendar([CalendarEntry("L1", AT, title, text)], NOW)
    assert file.endswith("\r\n")
    assert all(len(line.encode()) <= 75 for line in file.split("\r\n"))
    (calendar,) = vobject.readComponents(file)
    assert len(calendar.vevent_list) == 1
    assert getattr(calendar.vevent, "method", None) is None
