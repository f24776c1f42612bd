# SPDX-License-Identifier: MIT
"""The waits of a lead in words, for its history: until when, and what is done meanwhile."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from leaddesk.core.domain.nurture import UNRESPONSIVE, Nurture
from leaddesk.core.domain.touches import Touch
from leaddesk.core.domain.wording import listed

TOUCH_NAMES = {"email": "e-mail", "call": "call", "task": "task"}


def wait_words(
    waits: Sequence[Nurture], touches: Sequence[Touch], until: Mapping[str, datetime]
) -> Iterator[tuple[datetime, str]]:
    """Yield when each wait began, and what was planned.

    Args:
        waits: Of one lead.
        touches: All of them.
        until: Id of a wait -> when the lead was to be called again, where it is known.
    """
    for wait in waits:
        own = [one for one in touches if one.nurture_id == wait.nurture_id]
        steps = [f"{TOUCH_NAMES[one.kind]} {day_words(one.due_at)}" for one in own]
        parts = []
        if wait.reason == UNRESPONSIVE and not wait.decision_id:
            parts.append("Rests, tried as often as it may be")
        if wait.nurture_id in until:
            parts.append(f"To be called again {day_words(until[wait.nurture_id])}")
        if steps:
            parts.append(f"Until then: {listed(steps)}")
        if parts:
            yield wait.at, ". ".join(parts)


def day_words(at: datetime) -> str:
    """Return a day as the history shows it."""
    local = at.astimezone()
    return f"{local:%a} {local.day} {local:%b %Y}"
