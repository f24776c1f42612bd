# SPDX-License-Identifier: MIT
"""How statuses and times are put into words in one line of a list."""

from datetime import datetime

from leaddesk.core.domain.stages import Status

STATUS_WORDS = {
    Status.NEW: "New",
    Status.ATTEMPTING: "Not reached yet",
    Status.IN_CONVERSATION: "In conversation",
    Status.NURTURING: "Nurture",
    Status.PASSED: "Passed to sales",
    Status.ACCEPTED: "Accepted by sales",
    Status.RETURNED: "Returned by sales",
    Status.DISQUALIFIED: "Disqualified",
    Status.EXHAUSTED: "Never reached",
    Status.SUPPRESSED: "Do not contact",
}
NOTHING = "\u2013"

_MINUTE = 60
_HOUR = 60 * _MINUTE
_FEW_DAYS = 7


def ago(at: str, now: datetime) -> str:
    """Return how long ago an ISO 8601 time was: "2 h ago", "yesterday", "3 Oct 2025"."""
    if not at:
        return NOTHING
    then = datetime.fromisoformat(at)
    seconds = (now - then).total_seconds()
    days = (now.astimezone().date() - then.astimezone().date()).days
    if seconds < 0 or days >= _FEW_DAYS:
        return day(then, now)
    if days > 1:
        return f"{days} days ago"
    if days == 1:
        return "yesterday"
    if seconds >= _HOUR:
        return f"{int(seconds // _HOUR)} h ago"
    return f"{int(seconds // _MINUTE)} min ago" if seconds >= _MINUTE else "just now"


def day(at: datetime, now: datetime) -> str:
    """Return the local day: "2 Oct", with the year where it is not this one."""
    local = at.astimezone()
    text = f"{local.day} {local:%b}"
    return text if local.year == now.astimezone().year else f"{text} {local.year}"
