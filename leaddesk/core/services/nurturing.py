# SPDX-License-Identifier: MIT
"""Leads that wait: what is done meanwhile, put off or skipped, and when the wait is over."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, NamedTuple

from leaddesk.core.domain.events import Event, EventKind
from leaddesk.core.domain.facts import carried
from leaddesk.core.domain.lead_state import LeadState, changed
from leaddesk.core.domain.nurture import (
    UNRESPONSIVE,
    Nurture,
    planned,
    revisit_day,
    track_for,
    weakest_of,
)
from leaddesk.core.domain.queue import Due
from leaddesk.core.domain.re_entry import re_entry_of
from leaddesk.core.domain.script import merge_fields, rep_fields
from leaddesk.core.domain.stages import Status
from leaddesk.core.domain.touches import Touch, TouchKind, TouchState, TouchText, touch_words
from leaddesk.core.domain.verdict import Verdict
from leaddesk.core.errors import BugError, KnownError
from leaddesk.core.formats.re_entry_json import write_re_entry
from leaddesk.core.services import calling, calls, lead_list, playbooks
from leaddesk.core.services.changes import Changes

if TYPE_CHECKING:
    from leaddesk.core.domain.assessment import Assessment
    from leaddesk.core.domain.call import Call
    from leaddesk.core.domain.decision import Decision
    from leaddesk.core.domain.engagement import Activity
    from leaddesk.core.domain.playbook import Playbook, Track
    from leaddesk.core.domain.resolve import Resolved
    from leaddesk.core.domain.results import ResultRule
    from leaddesk.core.services.workspace import Workspace
    from leaddesk.core.store.unit_of_work import Unit

WAITING = frozenset({Status.NURTURING, Status.EXHAUSTED})
"""Statuses of a lead that is left alone until its date."""

_DAY_STARTS = 9


class Basis(NamedTuple):
    """What a decision was taken on."""

    assessment: "Assessment"
    resolved: "Resolved"


# A wait begins and ends


def after_decision(
    work: "Workspace", unit: "Unit", playbook: "Playbook", decision: "Decision", basis: Basis
) -> None:
    """End the wait of a lead that was decided on; begin another where it is nurtured.

    Args:
        work: Who decided.
        unit: The transaction the decision is stored in.
        playbook: Of the call.
        decision: As it was taken.
        basis: What it was taken on.
    """
    _end(unit, decision.lead_id, decision.at, decision.decision_id)
    if decision.decided is not Verdict.NURTURE:
        return
    weakest = weakest_of(playbook, basis.assessment)
    track = track_for(playbook, decision.reason, weakest)
    matters = track.weakest if track is not None and decision.reason in track.reasons else ()
    test = re_entry_of(playbook, basis.resolved, (*matters, weakest) if weakest else matters)
    wait = Nurture(
        work.ids.new("N"),
        decision.lead_id,
        decision.decision_id,
        decision.at,
        decision.reason,
        weakest,
        track.id if track is not None else "",
        playbook.fingerprint,
        write_re_entry(test),
    )
    _begin(work, unit, wait, track, decision.next_at)


def after_result(  # noqa: PLR0913, PLR0917 - what became of what
    work: "Workspace",
    unit: "Unit",
    call: "Call",
    rule: "ResultRule",
    before: LeadState,
    after: LeadState,
) -> LeadState:
    """Let a call that ended without a decision end a wait, or begin one.

    Returns:
        The state of the lead: one that was never reached rests as long as its track says.
    """
    if (after.status, after.due, after.due_at) == (before.status, before.due, before.due_at):
        return after
    now = work.clock()
    _end(unit, call.lead_id, now, call.call_id)
    if after.status not in WAITING or after.due is not Due.NURTURE:
        return after
    is_agreed = rule.status == Status.NURTURING
    playbook = playbooks.of_unit(work, unit, call.playbook_fingerprint)
    track = None if is_agreed else track_for(playbook, UNRESPONSIVE, "")
    if track is not None:
        today = now.astimezone().date()
        after = replace(after, due_at=now + (revisit_day(track, today) - today))
    wait = Nurture(
        work.ids.new("N"),
        call.lead_id,
        "",
        now,
        "" if is_agreed else UNRESPONSIVE,
        track_id=track.id if track is not None else "",
        playbook_fingerprint=playbook.fingerprint,
    )
    _begin(work, unit, wait, track, after.due_at)
    return after


def after_undo(work: "Workspace", unit: "Unit", decision: "Decision") -> None:
    """Let a lead wait as it did before a decision that was taken back."""
    for wait in unit.nurtures.of_lead(decision.lead_id):
        if wait.decision_id == decision.decision_id and wait.ended_at is None:
            unit.nurtures.end(wait.nurture_id, work.clock(), f"undo {decision.decision_id}")
        elif wait.ended_by == decision.decision_id:
            unit.nurtures.reopen(wait.nurture_id)


def after_sign(work: "Workspace", unit: "Unit", before: LeadState, sign: "Activity") -> None:
    """End the wait of a lead that gave a strong sign; `before`: its state until then."""
    ended = _end(unit, sign.lead_id, work.clock(), sign.activity_id)
    if ended or (before.status in WAITING and before.due is Due.NURTURE):
        detail = {"nurture": ", ".join(ended), "cause": sign.activity_id, "sign": sign.type}
        unit.events.add([event(work, sign.lead_id, EventKind.WAIT_ENDED, detail)])


def after_merge(work: "Workspace", unit: "Unit", lead_id: str, merge_id: str) -> None:
    """Leave a lead that another was merged into one wait, or none where it does not wait."""
    waits = [one for one in unit.nurtures.of_lead(lead_id) if one.ended_at is None]
    left = 1 if unit.leads.state(lead_id).status in WAITING else 0
    for wait in waits[: len(waits) - left]:
        unit.nurtures.end(wait.nurture_id, work.clock(), merge_id)


def after_parting(unit: "Unit", lead_ids: Iterable[str], merge_id: str) -> None:
    """Let leads that were parted wait on as they did, where nothing else became of them."""
    for lead_id in lead_ids:
        ended = [one for one in unit.nurtures.of_lead(lead_id) if one.ended_by == merge_id]
        still_waits = unit.leads.state(lead_id).status in WAITING
        if ended and still_waits and unit.nurtures.open_of(lead_id) is None:
            unit.nurtures.reopen(ended[-1].nurture_id)


def _end(unit: "Unit", lead_id: str, at: datetime, cause: str) -> list[str]:
    """End every wait of a lead; return their ids."""
    waits = [one.nurture_id for one in unit.nurtures.of_lead(lead_id) if one.ended_at is None]
    for nurture_id in waits:
        unit.nurtures.end(nurture_id, at, cause)
    return waits


def _begin(
    work: "Workspace", unit: "Unit", wait: Nurture, track: "Track | None", until: datetime | None
) -> None:
    """Store a wait, with what is left to be done of its track."""
    today = wait.at.astimezone().date()
    last = until.astimezone().date() if until is not None else revisit_day(track, today)
    touches = [
        Touch(
            work.ids.new("T"),
            wait.nurture_id,
            wait.lead_id,
            one.number,
            one.kind,
            one.template,
            wait.at if one.day == today else _morning(one.day),
            work.rep.name,
        )
        for one in planned(track, today, last, _done(unit, wait))
    ]
    unit.nurtures.add(wait, touches)


def _done(unit: "Unit", wait: Nurture) -> set[tuple[int, TouchKind]]:
    """Return what was done or skipped of the track when the lead waited on it before."""
    waits = unit.nurtures.of_lead(wait.lead_id)
    same = {one.nurture_id for one in waits if one.track_id == wait.track_id}
    ended = {TouchState.DONE, TouchState.SKIPPED}
    touches = unit.nurtures.touches_of(wait.lead_id)
    return {(t.number, t.kind) for t in touches if t.nurture_id in same and t.state in ended}


def _morning(day: date) -> datetime:
    """Return when a day begins for whoever works here, by the clock on the wall."""
    return datetime.combine(day, time(_DAY_STARTS)).astimezone(UTC)


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
        detail = {"what": "nurture", "until": at.isoformat()}
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
