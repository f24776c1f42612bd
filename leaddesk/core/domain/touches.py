# SPDX-License-Identifier: MIT
"""One thing to do while a lead waits: an e-mail, a call or a task of its track."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class TouchKind(StrEnum):
    """What is to be done."""

    EMAIL = "email"
    CALL = "call"
    TASK = "task"


class TouchState(StrEnum):
    """How far it is."""

    OPEN = "open"
    DONE = "done"
    SKIPPED = "skipped"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Touch:
    """One step of a track, for one lead.

    Attributes:
        number: Place in the track, 0 first.
        template: Text with merge fields, as the playbook had it.
        due_for: Name of the rep it is for; empty: anybody.
        state: DROPPED where the wait ended before it was done.
        ended_at: When it was done, skipped or dropped; None while open.
        by: Who did or skipped it.
    """

    touch_id: str
    nurture_id: str
    lead_id: str
    number: int
    kind: TouchKind
    template: str
    due_at: datetime
    due_for: str = ""
    state: TouchState = TouchState.OPEN
    ended_at: datetime | None = None
    by: str = ""
