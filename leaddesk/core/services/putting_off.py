# SPDX-License-Identifier: MIT
"""Puts off what is due of a lead, and takes that back."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from leaddesk.core.domain.events import EventKind
from leaddesk.core.domain.lead_state import LeadState, changed, restored
from leaddesk.core.domain.queue import Due
from leaddesk.core.domain.touches import TouchState
from leaddesk.core.errors import BugError, KnownError
from leaddesk.core.services import calling
from leaddesk.core.services.changes import Changes
from leaddesk.core.services.nurturing import WAITING, event

if TYPE_CHECKING:
    from leaddesk.core.services.workspace import Workspace
    from leaddesk.core.store.unit_of_work import Unit

_MOVABLE = frozenset({Due.CALLBACK, Due.INBOUND, Due.RETURNED, Due.NURTURE, Due.RETRY})


def put_off(work: "Workspace", lead_id: str, until: datetime) -> tuple[str, Changes]:
    """Let what is due of a lead be due at another time; return the id to take it back by.

    A promise that is moved is still the promise it was: the event says what was due, from when.

    Raises:
        KnownError: nothing is due of it, or that time is over.
    """
    if until <= work.clock():
        raise KnownError("That is in the past.", "Say a later time.")
    with work.store.begin() as unit:
        lead_id = calling.lead_of(unit, lead_id).lead_id
        before = unit.leads.state(lead_id)
        waits = before.status in WAITING
        is_held = before.suppressed or before.do_not_call
        if is_held or not (waits or before.due in _MOVABLE):
            raise KnownError("Nothing is due of this lead.", "Call it to agree on something.")
        was = before.due_at.isoformat() if before.due_at else ""
        detail = {
            "what": before.due.name.lower(),
            "until": until.isoformat(),
            "was": was,
            "first": _first(unit, lead_id, before) or was,
        }
        due = Due.NURTURE if waits else before.due
        after = replace(before, due=due, due_at=until)
        event_id = _move(work, unit, lead_id, (before, after), detail)
    return event_id, Changes(leads=frozenset({lead_id}), queue=True)


def take_back(work: "Workspace", lead_id: str, event_id: str) -> tuple[str, Changes]:
    """Let something be due again when it was before it was put off.

    Raises:
        KnownError: something else became of the lead since.
    """
    with work.store.begin() as unit:
        lead_id = calling.lead_of(unit, lead_id).lead_id
        moves = unit.events.of_lead(lead_id, (EventKind.MOVED,))
        own = next((one for one in moves if one.detail.get("cause") == event_id), None)
        if own is None:
            raise BugError(f"nothing was put off by {event_id}")
        now = unit.leads.state(lead_id)
        after = restored(now, {name: old for name, (old, _) in own.changes.items()})
        if {name: (new, old) for name, (old, new) in changed(now, after).items()} != dict(
            own.changes
        ):
            raise KnownError("Something else became of this lead since.", "Move it as you need it.")
        until = after.due_at.isoformat() if after.due_at else ""
        first = _before(unit, lead_id, event_id)
        detail = {"what": now.due.name.lower(), "until": until, "back": event_id, "first": first}
        _move(work, unit, lead_id, (now, after), detail)
    return event_id, Changes(leads=frozenset({lead_id}), queue=True)


def take_back_touch(work: "Workspace", touch_id: str, was: datetime) -> tuple[str, Changes]:
    """Let a touch be due again when it was before it was put off.

    Raises:
        KnownError: it is not to be done any more.
    """
    with work.store.begin() as unit:
        touch = unit.nurtures.touch(touch_id)
        if touch is None or touch.state is not TouchState.OPEN:
            raise KnownError("This is not to be done any more.", "Look at the list again.")
        unit.nurtures.set_touch(replace(touch, due_at=was))
        lead_id = unit.merges.visible_id(touch.lead_id)
        detail = {"touch": touch_id, "what": touch.kind.value, "until": was.isoformat()}
        unit.events.add([event(work, lead_id, EventKind.PUT_OFF, detail)])
    return touch_id, Changes(leads=frozenset({lead_id}))


def _move(
    work: "Workspace",
    unit: "Unit",
    lead_id: str,
    states: tuple[LeadState, LeadState],
    detail: Mapping[str, str],
) -> str:
    """Give a lead the second state in place of the first; return the id of the event."""
    moved_off = event(work, lead_id, EventKind.PUT_OFF, detail)
    moved = event(work, lead_id, EventKind.MOVED, {"cause": moved_off.event_id})
    unit.leads.set_state(lead_id, states[1])
    unit.events.add([moved_off, replace(moved, changes=changed(*states))])
    return moved_off.event_id


def _first(unit: "Unit", lead_id: str, state: LeadState) -> str:
    """Return when it was due at first, where it was put off to the time it is due at now."""
    found = unit.events.of_lead(lead_id, (EventKind.PUT_OFF,))
    last = next((one for one in reversed(found) if "touch" not in one.detail), None)
    if last is None or state.due_at is None or last.detail.get("until") is None:
        return ""
    is_that = last.detail["until"] and datetime.fromisoformat(last.detail["until"]) == state.due_at
    return last.detail.get("first", "") if is_that else ""


def _before(unit: "Unit", lead_id: str, event_id: str) -> str:
    """Return when it was due at first, seen from before an event; empty: then it was the first."""
    found = unit.events.of_lead(lead_id, (EventKind.PUT_OFF,))
    own = next(one for one in found if one.event_id == event_id)
    first = own.detail.get("first", "")
    return first if first != own.detail.get("was") else ""
