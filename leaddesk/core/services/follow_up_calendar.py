# SPDX-License-Identifier: MIT
"""Writes follow-ups to a calendar file."""

from pathlib import Path
from typing import TYPE_CHECKING

from leaddesk.core.domain.follow_up_words import words
from leaddesk.core.services.whole_file import whole_file

if TYPE_CHECKING:
    from collections.abc import Sequence

    from leaddesk.core.domain.follow_ups import FollowUp
    from leaddesk.core.services.workspace import Workspace


def write(work: "Workspace", path: Path, follow_ups: "Sequence[FollowUp]") -> int:
    """Write follow-ups to a calendar file; return how many.

    Raises:
        KnownError: it cannot be written; what was there before stays.
    """
    from leaddesk.core.formats.calendar_file import CalendarEntry, write_calendar

    now = work.clock()
    entries = []
    for one in follow_ups:
        said = words(one, now, None)
        lines = (said.detail, f"Company: {one.company}" if one.company else "")
        text = "\n".join(line for line in lines if line)
        entries.append(CalendarEntry(f"{one.kind}-{one.id}", one.due_at, said.title, text))
    with whole_file(path) as stream:
        stream.write(write_calendar(entries, now))
    return len(entries)
