# SPDX-License-Identifier: MIT
"""Events in words, for the history of a lead; what the history shows otherwise has none."""

from collections.abc import Callable
from datetime import datetime

from leaddesk.core.domain.events import Event, EventKind
from leaddesk.core.domain.lead_query import label_of
from leaddesk.core.domain.results import ConversationResult
from leaddesk.core.domain.sales_outcomes import OUTCOME_LABELS, OutcomeKind
from leaddesk.core.services.wait_words import TOUCH_NAMES, day_words


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


def _handed(event: Event) -> str:
    undone = event.detail.get("undone", "")
    if undone == "answer":
        return "Answer of sales taken back"
    receiver = event.detail.get("receiver", "")
    to = f" to {receiver}" if receiver else ", to nobody named yet"
    if undone:
        return f"Given back{to}"
    return f"Given on{to}" if "from" in event.detail or not receiver else f"Given{to}"


def _answered(event: Event) -> str:
    state = event.detail.get("state", "")
    words = OUTCOME_LABELS[OutcomeKind(state)] if state in set(OutcomeKind) else state
    again = f" for the {_nth(int(event.detail['again']))} time" if "again" in event.detail else ""
    reason = f": “{event.detail['reason']}”" if event.detail.get("reason") else ""
    note = f" ({event.detail['note']})" if event.detail.get("note") else ""
    return f"Sales: {words.lower()}{again}{reason}{note}"


def _nth(number: int) -> str:
    return {2: "second", 3: "third"}.get(number, f"{number}th")


def _touched(event: Event) -> str:
    what = _TOUCHES.get(event.detail.get("kind", ""), "Step")
    by = f" by {event.by}" if event.by else ""
    done = {"done": f"done{by}", "skipped": f"skipped{by}"}.get(event.detail.get("state", ""))
    return f"{what} of the nurture track {done or 'is to be done after all'}"


def _put_off(event: Event) -> str:
    what = event.detail.get("what", "")
    by = f" by {event.by}" if event.by else ""
    until = event.detail.get("until", "")
    day = f" to {day_words(datetime.fromisoformat(until))}" if until else ""
    moved = "moved back" if event.detail.get("back") else "moved"
    name = _TOUCHES.get(what) if event.detail.get("touch") else _DUE.get(what)
    return f"{name or 'What was due'} {moved}{day}{by}"


def _wait_ended(event: Event) -> str:
    sign = event.detail.get("sign", "").replace("_", " ")
    return f"Waits no longer: {sign}" if sign else "Waits no longer"


def quoted(text: str) -> str:
    """Return a value for the history; a long one is cut there."""
    shown = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
    return f"“{shown}”" if text else "nothing"


_LONGEST = 120
"""Letters of a value in the history; the value itself is kept whole."""

_DUE = {
    "callback": "Callback",
    "inbound": "First call",
    "returned": "Lead returned by sales",
    "nurture": "Call after the wait",
    "retry": "Next attempt",
}
_TOUCHES = {kind: name.capitalize() for kind, name in TOUCH_NAMES.items()}

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
    EventKind.TOUCHED: _touched,
    EventKind.PUT_OFF: _put_off,
    EventKind.WAIT_ENDED: _wait_ended,
    EventKind.MERGED: lambda event: f"Merged with {event.detail.get('name', '')}",
    EventKind.PARTED: lambda event: f"No longer merged with {event.detail.get('name', '')}",
    EventKind.NOT_SAME: lambda event: f"Not the same as {event.detail.get('name', '')}",
    EventKind.HANDED: _handed,
    EventKind.ANSWERED: _answered,
    EventKind.REMINDED: lambda event: f"Reminded {event.detail.get('receiver') or 'sales'}",
    EventKind.MAYBE_SAME: lambda event: f"May be the same as {event.detail.get('name', '')}",
}
