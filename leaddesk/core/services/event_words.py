# SPDX-License-Identifier: MIT
"""Events in words, for the history of a lead; what the history shows otherwise has none."""

from collections.abc import Callable
from datetime import datetime

from leaddesk.core.domain.events import Event, EventKind
from leaddesk.core.domain.lead_query import label_of
from leaddesk.core.domain.results import ConversationResult


def event_words(event: Event) -> str:
    """Return what happened in one sentence; empty for what is no news of its own."""
    made = _WORDS.get(event.kind)
    return made(event) if made is not None else ""


def _moved(event: Event) -> str:
    stage = event.changes.get("stage")
    status = event.changes.get("status")
    parts = [words] if (words := _of_company(event)) else []
    if stage is not None:
        parts.append(f"Stage {stage[0]} to {stage[1]}")
    if status is not None and status[1] in {"EXHAUSTED", "SUPPRESSED"}:
        parts.append({"EXHAUSTED": "Never reached; rests for a while"}.get(status[1], "Suppressed"))
    return ". ".join(parts)


def _of_company(event: Event) -> str:
    """Return what was done to a lead because of somebody else of its company; empty: nothing."""
    what, name = event.detail.get("company", ""), event.detail.get("name", "")
    if until := event.detail.get("until", ""):
        at = datetime.fromisoformat(until).astimezone()
        return f"Held until {at.day} {at:%b %Y}, because of {name} at the same company"
    return f"{what.capitalize()}, because of {name} at the same company" if what else ""


def _overridden(event: Event) -> str:
    by = f" by {event.by}" if event.by else ""
    return f"Called all the same{by}: “{event.detail.get('reason', '')}”"


def _callback(event: Event) -> str:
    at = datetime.fromisoformat(event.detail["at"]).astimezone()
    note = f" ({event.detail['note']})" if event.detail.get("note") else ""
    return f"Agreed to talk again: {at:%a} {at.day} {at:%b %Y, %H:%M}{note}"


def _told(event: Event) -> str:
    text = event.detail.get("name", "")
    is_language = event.detail.get("result") == ConversationResult.LANGUAGE_BARRIER
    return f"Speaks {text}" if is_language else f"Named: {text}"


def _edited(event: Event) -> str:
    by = f" by {event.by}" if event.by else ""
    return "; ".join(
        f"{label_of(name)} changed{by}: {quoted(before)} to {quoted(after)}"
        for name, (before, after) in event.changes.items()
    )


def quoted(text: str) -> str:
    """Return a value for the history; a long one is cut there."""
    shown = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
    return f"“{shown}”" if text else "nothing"


_LONGEST = 120
"""Letters of a value in the history; the value itself is kept whole."""

_WORDS: dict[EventKind, Callable[[Event], str]] = {
    EventKind.MOVED: _moved,
    EventKind.OVERRIDDEN: _overridden,
    EventKind.REOPENED: lambda _event: "Opened again",
    EventKind.UNDONE: lambda _event: "Decision taken back",
    EventKind.EXPORTED: lambda _event: "Decision exported",
    EventKind.CALLBACK: _callback,
    EventKind.TIME_ZONE: lambda event: f"Time zone: {event.detail.get('zone', '')}",
    EventKind.NUMBER_BLOCKED: lambda event: f"Never call {event.detail.get('number', '')} again",
    EventKind.NUMBER_WRONG: lambda event: f"Not to be reached on {event.detail.get('number', '')}",
    EventKind.REFERRED: _told,
    EventKind.ADDED: lambda event: (
        "Named by somebody" if event.detail.get("how") == "referral" else "Entered by hand"
    ),
    EventKind.EDITED: _edited,
    EventKind.MERGED: lambda event: f"Merged with {event.detail.get('name', '')}",
    EventKind.PARTED: lambda event: f"No longer merged with {event.detail.get('name', '')}",
    EventKind.NOT_SAME: lambda event: f"Not the same as {event.detail.get('name', '')}",
    EventKind.MAYBE_SAME: lambda event: f"May be the same as {event.detail.get('name', '')}",
}
