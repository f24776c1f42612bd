# SPDX-License-Identifier: MIT
"""Hold a call: start or resume it, write down each answer, change the playbook.

Every command is one transaction, on disk when it returns; what was said outlives a kill -9. How a
call ends is in `services.endings`.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from leaddesk.core.domain.call import Answer, AnswerState, AnswerValue, Call
from leaddesk.core.domain.call_session import CallSession
from leaddesk.core.domain.engagement import Activity
from leaddesk.core.domain.events import Event, EventKind
from leaddesk.core.domain.facts import carried
from leaddesk.core.domain.lead_state import LeadState, changed
from leaddesk.core.domain.outcomes import AnswerError, outcome_index
from leaddesk.core.domain.playbook import Evidence, Playbook
from leaddesk.core.domain.recycling import counts_from, that_count
from leaddesk.core.domain.stages import Status
from leaddesk.core.errors import BugError, KnownError
from leaddesk.core.services import calling, playbooks, re_entry
from leaddesk.core.services.changes import Changes

if TYPE_CHECKING:
    from leaddesk.core.services.calling import CallPermission
    from leaddesk.core.services.workspace import Workspace
    from leaddesk.core.store.unit_of_work import Unit

_IN_TALK = {
    Status.NEW,
    Status.ATTEMPTING,
    Status.NURTURING,
    Status.RETURNED,
    Status.DISQUALIFIED,
    Status.EXHAUSTED,
}
"""Statuses that end with the first answer; what sales has been given stays with sales."""


def start_call(
    work: "Workspace", lead_id: str, *, override: str = ""
) -> tuple[CallSession, Changes]:
    """Return a call with this lead, just begun, or its open one to go on with.

    Args:
        work: Where the lead is.
        lead_id: Of the lead.
        override: Why a team lead calls although something stands against it; it is written down.

    Raises:
        KnownError: a call with another lead is open, or this lead must not be called now.
    """
    now = work.clock()
    with work.store.begin() as unit:
        lead_id = unit.merges.visible_id(lead_id)
        opened = unit.calls.open()
        if opened is not None and opened.call.lead_id == lead_id:
            return session(work, unit, opened.call, opened.position), Changes()
        if opened is not None:
            other = unit.leads.get(opened.call.lead_id)
            raise KnownError(
                f"The call with {other.name if other else 'another lead'} is still open.",
                "Decide or end that call first.",
            )
        playbook = playbooks.active(work)
        lead = calling.lead_of(unit, lead_id)
        permission = calling.permission_in(work, unit, lead)
        _refuse(permission, override)
        playbooks.keep(work, unit, playbook)
        call = Call(
            work.ids.new("C"),
            lead_id,
            playbook.id,
            playbook.version,
            playbook.fingerprint,
            started_at=now,
            by=work.rep.name,
        )
        local = permission.hours.local
        unit.calls.add(call, local[0].at.hour if local else None)
        state = unit.leads.state(lead_id)
        if not permission.allowed:
            causes = [block.cause.value for block in permission.blocks]
            causes += ["time_zone"] if permission.needs_zone else []
            detail = {"block": ", ".join(causes), "reason": override.strip()}
            unit.events.add([event(work, call, EventKind.OVERRIDDEN, detail)])
        if state.decided:
            last = unit.decisions.standing_of_lead(lead_id)[-1:]
            detail = {"decision": last[0].decision_id if last else ""}
            unit.events.add([event(work, call, EventKind.REOPENED, detail)])
        status = Status.ATTEMPTING if state.status is Status.NEW else state.status
        after = replace(state, status=status, reserved_by="", reserved_until=None)
        move(work, unit, call, state, after, cause=call.call_id)
        unit.leads.touch(lead_id, now)
        begun = re_entry.open_with(work, unit, session(work, unit, call, ""))
    return begun, Changes(leads=frozenset({lead_id}), calls=frozenset({call.call_id}))


def open_call(work: "Workspace") -> CallSession | None:
    """Return the call in progress, as after a crash; None when there is none."""
    with work.store.read() as unit:
        opened = unit.calls.open()
        return None if opened is None else session(work, unit, opened.call, opened.position)


def record_answer(  # noqa: PLR0913 - an answer has these parts
    work: "Workspace",
    call_id: str,
    question_id: str,
    value: AnswerValue,
    *,
    note: str = "",
    evidence: Evidence = Evidence.SAID,
    state: AnswerState = AnswerState.GIVEN,
    withdrawn: bool = False,
    said_at: datetime | None = None,
) -> tuple[Answer, Changes]:
    """Write down one answer; it is on disk when this returns.

    Args:
        work: Where the call is.
        call_id: Of the call, which is in progress.
        question_id: What was asked.
        value: See `AnswerValue`.
        note: The prospect's own words.
        evidence: How well it is known.
        state: With the value None, why the question stays open.
        withdrawn: See `Answer`.
        said_at: When it was said (UTC), which a note on an older answer keeps; None: now.

    Raises:
        KnownError: the call has ended, or the question cannot have this answer.
    """
    at = said_at or work.clock()
    talking = work.talking if work.talking and work.talking.call_id == call_id else None
    with work.store.begin() as unit:
        call = talking or running(unit, call_id)
        _check_answer(playbooks.of_unit(work, unit, call.playbook_fingerprint), question_id, value)
        answer = Answer(
            question_id,
            value,
            at,
            evidence,
            note,
            call_id,
            work.ids.new("A"),
            withdrawn,
            state,
            call.playbook_fingerprint,
        )
        unit.calls.add_answer(answer)
        moved = talking is None and _begin_to_talk(work, unit, call)
    work.talking = call
    leads = frozenset({call.lead_id}) if moved else frozenset[str]()
    return answer, Changes(leads=leads, calls=frozenset({call_id}))


def save_position(
    work: "Workspace", call_id: str, question_or_step_id: str, talk_s: int = 0
) -> None:
    """Remember where in the script the rep is and how long they have talked, for resuming there."""
    with work.store.begin() as unit:
        unit.calls.set_position(call_id, question_or_step_id, talk_s)


def note_event(
    work: "Workspace", call_id: str, kind: EventKind, detail: Mapping[str, str]
) -> tuple[Event, Changes]:
    """Write down that something happened on a call: a step was said, an objection was met."""
    with work.store.begin() as unit:
        noted = event(work, running(unit, call_id), kind, detail)
        unit.events.add([noted])
    return noted, Changes(calls=frozenset({call_id}))


def switch_playbook(
    work: "Workspace", call_id: str, fingerprint: str
) -> tuple[CallSession, Changes]:
    """Go on with another playbook; what was said is kept, and carried over where it fits.

    Raises:
        KnownError: the call has ended, or no such playbook is offered.
    """
    playbook = playbooks.offered_one(work, fingerprint)
    work.talking = None
    with work.store.begin() as unit:
        call = running(unit, call_id)
        playbooks.keep(work, unit, playbook)
        unit.calls.switch(call_id, playbook)
        unit.events.add([event(work, call, EventKind.SWITCHED, {"playbook": fingerprint})])
        switched = replace(
            call,
            playbook_id=playbook.id,
            playbook_version=playbook.version,
            playbook_fingerprint=fingerprint,
        )
        going_on = session(work, unit, switched, "")
    return going_on, Changes(calls=frozenset({call_id}))


def preview(work: "Workspace", lead_id: str) -> CallSession:
    """Return what a call with this lead would begin with; nothing is written."""
    playbook = playbooks.active(work)
    with work.store.read() as unit:
        call = Call("", lead_id, playbook.id, playbook.version, playbook.fingerprint, work.clock())
        return session(work, unit, call, "")


def session(work: "Workspace", unit: "Unit", call: Call, position: str) -> CallSession:
    """Return a call with all that is known, inside a transaction that is open already."""
    facts, books = facts_in(work, unit, call.lead_id)
    playbook = playbooks.of_unit(work, unit, call.playbook_fingerprint)
    here = call.call_id, call.playbook_fingerprint
    # What was said later on this call, to another playbook, comes before what was said to this one.
    newer = {name for name, one in carried(playbook, facts, books).items() if not one.exact}
    now: list[Answer] = []
    before: list[Answer] = []
    for fact in facts:
        is_own = (fact.call_id, fact.playbook_fingerprint) == here
        (now if is_own and fact.question_id not in newer else before).append(fact)
    steps = unit.events.of_lead(call.lead_id, (EventKind.SAID,))
    return CallSession(
        call,
        carried(playbook, before, books),
        tuple(now),
        _what_counts(unit, call.lead_id, work.clock()),
        frozenset(one.detail["step"] for one in steps if one.call_id == call.call_id),
        position,
    )


def facts_in(
    work: "Workspace", unit: "Unit", lead_id: str
) -> tuple[list[Answer], dict[str, Playbook]]:
    """Return all that was ever said to a lead, and fingerprint -> playbook it was said to."""
    facts = unit.calls.facts_of_lead(lead_id)
    fingerprints = {fact.playbook_fingerprint for fact in facts}
    return facts, {one: playbooks.of_unit(work, unit, one) for one in fingerprints}


def _what_counts(unit: "Unit", lead_id: str, now: datetime) -> tuple[Activity, ...]:
    """Return what a lead did; of one that was decided on before, what it did since."""
    rounds = unit.recycling.rounds([unit.merges.visible_id(lead_id)])
    after = next((counts_from(one, now, called=True) for one in rounds.values()), None)
    return that_count(unit.activities.of_lead(lead_id), after)


def running(unit: "Unit", call_id: str) -> Call:
    """Return a call in progress.

    Raises:
        KnownError: it has ended.
    """
    call = unit.calls.get(call_id)
    if call is None:
        raise BugError(f"no call {call_id}")
    if call.ended_at is not None:
        raise KnownError("This call has ended already.", "Start a new call with this lead.")
    return call


def event(work: "Workspace", call: Call, kind: EventKind, detail: Mapping[str, str]) -> Event:
    """Return something that happens on a call now, to be stored."""
    return Event(
        work.ids.new("E"), call.lead_id, work.clock(), kind, work.rep.name, call.call_id, detail
    )


def move(  # noqa: PLR0913, PLR0917 - before and after, of what and why
    work: "Workspace", unit: "Unit", call: Call, before: LeadState, after: LeadState, cause: str
) -> None:
    """Give the lead of a call another state, and write down what it was."""
    changes = changed(before, after)
    if not changes:
        return
    unit.leads.set_state(call.lead_id, after)
    moved = event(work, call, EventKind.MOVED, {"cause": cause})
    unit.events.add([replace(moved, changes=changes)])


def _refuse(permission: "CallPermission", override: str) -> None:
    if permission.allowed or (permission.may_override and override.strip()):
        return
    if permission.needs_zone and not permission.blocks:
        raise KnownError(
            "Nobody knows what time it is there.", "Find out, and name the time zone first."
        )
    raise KnownError(permission.blocks[0].sentence, "Take the next lead.")


def _begin_to_talk(work: "Workspace", unit: "Unit", call: Call) -> bool:
    """Say that the lead is being talked to; return whether that was new."""
    state = unit.leads.state(call.lead_id)
    if state.status not in _IN_TALK:
        return False
    after = replace(state, status=Status.IN_CONVERSATION)
    move(work, unit, call, state, after, cause=call.call_id)
    return True


def _check_answer(playbook: Playbook, question_id: str, value: AnswerValue) -> None:
    try:
        outcome_index(playbook.question(question_id), value)
    except KeyError as error:
        raise BugError(f"no question {question_id} in {playbook.id}") from error
    except AnswerError as error:
        raise KnownError(
            f"{error.found!r} is no answer to this question.", f"Allowed: {error.allowed}."
        ) from error
