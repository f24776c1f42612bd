# SPDX-License-Identifier: MIT
"""What happens to a lead now: how far it came, when it is due, who may call it.

Calls and decisions change it; each change is written down as an event with what was before, so that
it can be undone. Between `domain.queue`, which says what follows, and the store.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime

from leaddesk.core.domain.queue import Due
from leaddesk.core.domain.stages import Stage, Status

_DUE = {
    Status.NEW: Due.FRESH,
    Status.ATTEMPTING: Due.RETRY,
    Status.IN_CONVERSATION: Due.RETRY,
    Status.RETURNED: Due.RETURNED,
    Status.NURTURING: Due.NURTURE,
}


def due_of_status(status: Status) -> Due:
    """Return what is due of a lead that came with this status and was never called here."""
    return _DUE.get(status, Due.NONE)


@dataclass(frozen=True, slots=True)
class LeadState:
    """The part of a lead that calls and decisions change.

    Attributes:
        decided: The last decision that stands, empty without one.
        due, due_at: Why and when it is to be called next; `due_at` is None where any time will do.
        due_for: The rep a callback was promised by; empty: anybody may call.
        attempts: Attempts that count against the cap.
        reserved_by, reserved_until: Who took it from the queue, and until when that holds.
    """

    stage: Stage
    status: Status
    decided: str = ""
    do_not_call: bool = False
    suppressed: bool = False
    due: Due = Due.NONE
    due_at: datetime | None = None
    due_for: str = ""
    attempts: int = 0
    reserved_by: str = ""
    reserved_until: datetime | None = None


def to_texts(state: LeadState) -> dict[str, str]:
    """Return field -> text, for an event; times in ISO 8601."""
    return {field.name: _text(getattr(state, field.name)) for field in fields(LeadState)}


def changed(before: LeadState, after: LeadState) -> dict[str, tuple[str, str]]:
    """Return field -> (before, after) of what differs."""
    old, new = to_texts(before), to_texts(after)
    return {name: (old[name], new[name]) for name in old if old[name] != new[name]}


def restored(state: LeadState, before: Mapping[str, str]) -> LeadState:
    """Return the state with these fields as they were, from texts of `to_texts`."""
    read: dict[str, Callable[[str], object]] = {
        "stage": Stage,
        "status": Status,
        "do_not_call": _flag,
        "suppressed": _flag,
        "due": lambda text: Due(int(text)),
        "due_at": _time,
        "attempts": int,
        "reserved_until": _time,
    }
    values = {name: read.get(name, str)(text) for name, text in before.items()}
    return replace(state, **values)  # type: ignore[arg-type]  # each read by its own type


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat()
    return str(int(value)) if isinstance(value, int) else str(value)


def _flag(text: str) -> bool:
    return text == "1"


def _time(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
