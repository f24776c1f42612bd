# SPDX-License-Identifier: MIT
"""Follow-ups as a calendar file (RFC 5545), to be put into any calendar.

It has no METHOD: it is nobody's invitation. The UID of an entry is that of what is due, so that a
calendar that takes the file in again moves the entry it has.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

MINUTES = 15
"""How long an entry lasts."""

_KEPT_CONTROLS = "\n\t"


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """One entry.

    Attributes:
        id: The same whenever the same thing is written.
        at: Aware; None: on the day of the file, at any time.
        title, text: Plain.
    """

    id: str
    at: datetime | None
    title: str
    text: str


def write_calendar(entries: Iterable[CalendarEntry], now: datetime) -> str:
    """Return the text of a calendar file, its lines ended as the standard wants it.

    Args:
        entries: What is due.
        now: Aware: when the file was written.
    """
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//leaddesk//follow-ups//EN")
    calendar.add("version", "2.0")
    stamp = now.astimezone(UTC).replace(microsecond=0)
    for entry in entries:
        event = Event()
        event.add("uid", f"{entry.id}@leaddesk")
        event.add("dtstamp", stamp)
        start = (entry.at or stamp).astimezone(UTC).replace(microsecond=0)
        event.add("dtstart", start)
        event.add("dtend", start + timedelta(minutes=MINUTES))
        event.add("summary", " ".join(_plain(entry.title).split()))
        event.add("description", _plain(entry.text))
        calendar.add_component(event)
    return bytes(calendar.to_ical()).decode("utf-8")


def _plain(text: str) -> str:
    """Return a text without what no calendar file may hold: control characters, half characters."""
    whole = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = (char for char in whole if char >= " " or char in _KEPT_CONTROLS)
    return "".join(kept).replace("\x7f", "").encode("utf-8", "replace").decode("utf-8")
