# SPDX-License-Identifier: MIT
"""Leads that wait: what is done meanwhile, put off or skipped, and when the wait is over."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from leaddesk.core.domain.events import Event, EventKind
from leaddesk.core.domain.facts import carried
from leaddesk.core.domain.lead_state import LeadState, changed
from leaddesk.core.domain.queue import Due
from leaddesk.core.domain.script import merge_fields, rep_fields
from leaddesk.core.domain.stages import Status
from leaddesk.core.domain.touches import Touch, TouchState, TouchText, touch_words
from leaddesk.core.errors import BugError, KnownError
from leaddesk.core.services import calling, calls, lead_list, playbooks
from leaddesk.core.services.changes import Changes

if TYPE_CHECKING:
    from leaddesk.core.domain.nurture import Nurture
    from leaddesk.core.services.workspace import Workspace
    from leaddesk.core.store.unit_of_work import Unit

WAITING = frozenset({Status.NURTURING, Status.EXHAUSTED})
"""Statuses of a lead that is left alone until its date."""


# What is done meanwhile


def end_touch(work: "Workspace", touch_id: str, state: TouchState) -> tuple[Touch, Changes]:
    """Note that a touch was done, or skipped.

    Raises:
        KnownError: it is not to be done any more.
    """
    if state not in {TouchState.DONE, TouchState.SKIPPED}:
        raise BugError(f"a touch cannot be made {state}")
    with work.store.begin() as unit:
        touch = _open_touch(unit, touch_id)
        after = replace(touch, state=state, ended_at=work.clock(), by=work.rep.name)
        return _note_touch(work, unit, after)


def reopen_touch(work: "Workspace", touch_id: str) -> tuple[Touch, Changes]:
    """Let a touch be done after all that was done or skipped by mistake.

    Raises:
        KnownError: it is to be done anyway, or the wait it belongs to is over.
    """
    with work.store.begin() as unit:
        touch = _touch(unit, touch_id)
        if touch.state is TouchState.OPEN:
            raise KnownError("This is still to be done.", "Nothing has to be taken back.")
        if _wait_of(unit, touch).ended_at is not None:
            raise KnownError("The wait this belonged to is over.", "Call the lead instead.")
        after = replace(touch, state=TouchState.OPEN, ended_at=None, by="")
        return _note_touch(work, unit, after)


def put_off_touch(work: "Workspace", touch_id: str, until: datetime) -> tuple[Touch, Changes]:
    """Let a touch be due at another time.

    Raises:
        KnownError: it is not to be done any more, or that time is over.
    """
    with work.store.begin() as unit:
        touch = _open_touch(unit, touch_id)
        _refuse_past(work, until)
        after = replace(touch, due_at=until)
        unit.nurtures.set_touch(after)
        lead_id = unit.merges.visible_id(touch.lead_id)
        detail = {"touch": touch_id, "what": touch.kind.value, "until": until.isoformat()}
        unit.events.add([event(work, lead_id, EventKind.PUT_OFF, detail)])
    return after, Changes(leads=frozenset({lead_id}))


def touch_text(work: "Workspace", touch_id: str) -> str:
    """Return the words of a touch with what is known in place of its merge fields."""
    return words_of(work, touch_id).text


def words_of(work: "Workspace", touch_id: str) -> TouchText:
    """Return the words of a touch, and what they lack because nobody knows it.

    Raises:
        KnownError: there is no such touch.
    """
    with work.store.read() as unit:
        touch = _touch(unit, touch_id)
        lead = calling.lead_of(unit, touch.lead_id)
        facts, books = calls.facts_in(work, unit, lead.lead_id)
        fingerprint = _wait_of(unit, touch).playbook_fingerprint
        playbook = playbooks.of_unit(work, unit, fingerprint)
    said = {name: one.answer for name, one in carried(playbook, facts, books).items()}
    values = {**merge_fields(playbook, lead, said), **rep_fields(work.rep)}
    return touch_words(touch.template, values)


# When the wait is over


def without_date(work: "Workspace", limit: int) -> tuple[int, list[lead_list.ListRow]]:
    """Return how many leads wait with no date to come back to, and the first of them.

    Such leads come from files; whoever is sent to wait here always gets a date.
    """
    with work.store.read() as unit:
        count, row_ids = unit.nurtures.without_date(limit)
        noter = lead_list.Noter(work)
        return count, [noter.line(row, "") for row in unit.lead_list.rows(row_ids)]


def give_date(work: "Workspace", lead_id: str, at: datetime) -> tuple[LeadState, Changes]:
    """Say when a lead that waits is to be called again.

    Raises:
        KnownError: it does not wait, or that time is over.
    """
    with work.store.begin() as unit:
        lead_id = calling.lead_of(unit, lead_id).lead_id
        before = unit.leads.state(lead_id)
        if before.status not in WAITING:
            raise KnownError("This lead does not wait.", "Decide on it with a call.")
        _refuse_past(work, at)
        after = replace(before, due=Due.NURTURE, due_at=at, due_for="")
        moved = changed(before, after)
        detail = {"what": "wait", "until": at.isoformat()}
        put_off = event(work, lead_id, EventKind.PUT_OFF, detail)
        if moved:
            unit.leads.set_state(lead_id, after)
            told = event(work, lead_id, EventKind.MOVED, {"cause": put_off.event_id})
            unit.events.add([put_off, replace(told, changes=moved)])
    return after, Changes(leads=frozenset({lead_id}), queue=True)


def event(work: "Workspace", lead_id: str, kind: EventKind, detail: Mapping[str, str]) -> Event:
    """Return something that happens with a lead now, besides a call; to be stored."""
    return Event(work.ids.new("E"), lead_id, work.clock(), kind, work.rep.name, detail=detail)


def _touch(unit: "Unit", touch_id: str) -> Touch:
    touch = unit.nurtures.touch(touch_id)
    if touch is None:
        raise KnownError("This is not in this profile.", "Look it up in the list again.")
    return touch


def _wait_of(unit: "Unit", touch: Touch) -> "Nurture":
    waits = unit.nurtures.of_lead(touch.lead_id)
    return next(one for one in waits if one.nurture_id == touch.nurture_id)


def _open_touch(unit: "Unit", touch_id: str) -> Touch:
    touch = _touch(unit, touch_id)
    if touch.state is not TouchState.OPEN:
        raise KnownError(
            f"This is not to be done any more: it is {touch.state}.", "Look at the list again."
        )
    return touch


def _note_touch(work: "Workspace", unit: "Unit", after: Touch) -> tuple[Touch, Changes]:
    unit.nurtures.set_touch(after)
    lead_id = unit.merges.visible_id(after.lead_id)
    detail = {"touch": after.touch_id, "kind": after.kind.value, "state": after.state.value}
    unit.events.add([event(work, lead_id, EventKind.TOUCHED, detail)])
    return after, Changes(leads=frozenset({lead_id}))


def _refuse_past(work: "Workspace", at: datetime) -> None:
    if at <= work.clock():
        raise KnownError("That is in the past.", "Say a later time.")
