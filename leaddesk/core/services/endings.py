# SPDX-License-Identifier: MIT
"""How a call ends: by what the line and the person did, or by a decision; and taking one back.

What a result does to a lead is data (resources/calling/results.toml); here it is carried out, in
one transaction, with what was before written down.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from leaddesk.core.domain.assessment import assess
from leaddesk.core.domain.attempts import next_attempt, when_open
from leaddesk.core.domain.call import Call
from leaddesk.core.domain.decision import Decision
from leaddesk.core.domain.events import EventKind
from leaddesk.core.domain.lead_state import LeadState, restored
from leaddesk.core.domain.next_due import Ended, Next, due_after, due_after_decision
from leaddesk.core.domain.places import place_of
from leaddesk.core.domain.playbook import Playbook
from leaddesk.core.domain.resolve import resolve
from leaddesk.core.domain.results import ConversationResult, LineResult, ResultRule
from leaddesk.core.domain.stages import Stage
from leaddesk.core.domain.verdict import DECISIONS, Verdict
from leaddesk.core.errors import BugError, KnownError
from leaddesk.core.services import (
    calling,
    handoffs,
    nurturing,
    playbooks,
    referrals,
    suppression,
)
from leaddesk.core.services.calls import event, move, running, session
from leaddesk.core.services.changes import Changes
from leaddesk.core.services.ending_checks import (
    check_choice,
    check_meeting,
    check_result,
    suppresses,
)

if TYPE_CHECKING:
    from leaddesk.core.domain.lead import Lead
    from leaddesk.core.services.workspace import Workspace
    from leaddesk.core.store.unit_of_work import Unit

CONVERSATION_OF = {
    Verdict.PASS: ConversationResult.PASS,
    Verdict.NURTURE: ConversationResult.NURTURE,
    Verdict.DISQUALIFY: ConversationResult.DISQUALIFIED,
}
_NAMES_SOMEBODY = frozenset({ConversationResult.REFERRED, ConversationResult.LEFT_COMPANY})


@dataclass(frozen=True, slots=True)
class CallResult:
    """What became of a call.

    Attributes:
        line: Id of a `LineResult`.
        conversation: Id of a `ConversationResult`; needed where the line did not end it.
        at: The agreed time, UTC, where the result needs a date.
        text: What the result asks for: a name, a successor.
        owner_only: A promised callback is for the rep alone, until it is long overdue.
    """

    line: str
    conversation: str = ""
    at: datetime | None = None
    text: str = ""
    owner_only: bool = True


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person decides.

    Attributes:
        reason: Id of one of `playbook.reasons_for(decided)`; empty for a pass.
        override_reason: Why, where it is not what is recommended.
        next_step: What was agreed to happen next; needed for a pass.
        next_at: When that is; needed for nurture and for a meeting.
        meeting: A meeting was agreed on, at `next_at`; only with a pass.
        checked: Points of the playbook's checklist that were ticked; only with a pass.
        receiver: Who in sales receives it, as a person says; empty: the playbook's rules say.
        said_by: Who named the reason, a `SaidBy`; empty: not noted.
        reason_text: The reason in somebody's own words; needed for `OTHER`.
    """

    decided: Verdict
    reason: str = ""
    override_reason: str = ""
    next_step: str = ""
    next_at: datetime | None = None
    meeting: bool = False
    checked: tuple[str, ...] = ()
    receiver: str = ""
    said_by: str = ""
    reason_text: str = ""


def end_call(
    work: "Workspace", call_id: str, result: CallResult, talk_s: int = 0
) -> tuple[Call, Changes]:
    """End a call with its result; the lead goes where the result says.

    Raises:
        KnownError: the call has ended already, or the result lacks something.
    """
    work.talking = None
    results = calling.results(work)
    rule = results.line_rule(result.line)
    if not (result.conversation or rule.ends_conversation):
        raise KnownError("Somebody answered.", "Say what came of the conversation.")
    if result.conversation and rule.connected:
        rule = results.conversation_rule(result.conversation)
    check_result(rule, result)
    with work.store.begin() as unit:
        call = running(unit, call_id)
        other_number = rule.ends_number and _leave_number(work, unit, call)
        ended = _close(work, unit, call, result, talk_s, is_theirs=not other_number)
        before = unit.leads.state(call.lead_id)
        after = _after_result(work, unit, ended, rule, result, before, other_number=other_number)
        after = nurturing.after_result(work, unit, ended, rule, before, after)
        move(work, unit, call, before, after, cause=call_id)
        named = _note_result(work, unit, call, rule, result)
        unit.leads.touch(call.lead_id, work.clock())
    return ended, Changes(
        leads=frozenset({call.lead_id}),
        calls=frozenset({call_id}),
        queue=True,
        whole_list=named is not None,
    )


def decide(
    work: "Workspace", call_id: str, choice: Choice, talk_s: int = 0
) -> tuple[Decision, Changes]:
    """End a call with the person's decision, beside what the facts on disk recommend.

    Raises:
        KnownError: the call has ended, or a reason, the next step or its time is missing.
    """
    from leaddesk.core.formats.resolved_json import write_resolved

    if choice.decided not in DECISIONS:
        raise BugError(f"{choice.decided} cannot be decided")
    conversation = CONVERSATION_OF[choice.decided]
    if choice.meeting:
        conversation = ConversationResult.MEETING_SET
        check_meeting(calling.results(work).conversation_rule(conversation), choice)
    now = work.clock()
    work.talking = None
    with work.store.begin() as unit:
        call = running(unit, call_id)
        playbook = playbooks.of_unit(work, unit, call.playbook_fingerprint)
        lead = unit.leads.get(call.lead_id)
        known = session(work, unit, call, "")
        resolved = resolve(playbook, known.answers, lead, known.activities, now)
        assessment = assess(playbook, resolved)
        recommended = assessment.recommendation
        check_choice(playbook, choice, recommended)
        decision = Decision(
            work.ids.new("D"),
            call_id,
            call.lead_id,
            now,
            recommended,
            choice.decided,
            choice.reason,
            choice.override_reason.strip() if choice.decided is not recommended else "",
            playbook.id,
            playbook.version,
            playbook.fingerprint,
            write_resolved(playbook, resolved),
            assessment.earned,
            assessment.most,
            choice.next_step.strip(),
            choice.next_at,
            work.rep.name,
            choice.said_by,
            choice.reason_text.strip(),
        )
        unit.decisions.add(decision)
        if choice.decided is Verdict.PASS:
            handoffs.pass_on(work, unit, decision, choice.checked, choice.receiver)
        basis = nurturing.Basis(assessment, resolved)
        nurturing.after_decision(work, unit, playbook, decision, basis)
        _close(work, unit, call, CallResult(LineResult.CONNECTED_TARGET, conversation), talk_s)
        before = unit.leads.state(call.lead_id)
        after = _after_decision(playbook, choice, before, now)
        move(work, unit, call, before, after, cause=decision.decision_id)
        if suppresses(playbook, choice.reason):
            suppression.suppress(
                work, unit, calling.lead_of(unit, call.lead_id), decision.decision_id
            )
        unit.leads.touch(call.lead_id, now)
    return decision, Changes(
        leads=frozenset({call.lead_id}),
        calls=frozenset({call_id}),
        decisions=frozenset({decision.decision_id}),
        queue=True,
    )


def undo_decision(work: "Workspace", decision_id: str) -> tuple[str, Changes]:
    """Take the last decision on a lead back; its call goes on. Return the id of the call.

    Raises:
        KnownError: it has left the house, something was decided or done since, or another call is
            open.
    """
    with work.store.begin() as unit:
        decision = unit.decisions.get(decision_id)
        if decision is None:
            raise BugError(f"no decision {decision_id}")
        _refuse_undo(unit, decision)
        call = unit.calls.get(decision.call_id)
        if call is None:
            raise BugError(f"decision {decision_id} has no call")
        handoffs.take_back(work, unit, decision_id)
        now = unit.leads.state(decision.lead_id)
        moves = unit.events.of_lead(decision.lead_id, (EventKind.MOVED,))
        own = [one for one in moves if one.detail.get("cause") == decision_id]
        before = {name: old for one in own for name, (old, _) in one.changes.items()}
        unit.events.add([event(work, call, EventKind.UNDONE, {"decision": decision_id})])
        unit.calls.reopen(call.call_id)
        nurturing.after_undo(work, unit, decision)
        move(work, unit, call, now, restored(now, before), cause=f"undo {decision_id}")
        lead = calling.lead_of(unit, decision.lead_id)
        suppression.lift(work, unit, lead, decision_id)
    return call.call_id, Changes(
        leads=frozenset({decision.lead_id}),
        calls=frozenset({call.call_id}),
        decisions=frozenset({decision_id}),
        queue=True,
    )


def _refuse_undo(unit: "Unit", decision: Decision) -> None:
    if unit.merges.visible_id(decision.lead_id) != decision.lead_id:
        raise KnownError(
            "The lead of this decision was merged into another since.",
            "Take the merge back first.",
        )
    if unit.calls.open() is not None:
        raise KnownError("A call is still open.", "Decide or end that call first.")
    standing = unit.decisions.standing_of_lead(decision.lead_id)
    if not standing or standing[-1].decision_id != decision.decision_id:
        raise KnownError(
            "This is not the decision that stands.", "Call the lead again to decide anew."
        )
    if unit.calls.of_lead(decision.lead_id)[-1].call_id != decision.call_id:
        raise KnownError("This lead was called again since.", "Call the lead again to decide anew.")
    if any(
        one.detail.get("decision") == decision.decision_id
        for one in unit.events.of_lead(decision.lead_id, (EventKind.EXPORTED,))
    ):
        raise KnownError(
            "This decision has left the house with an export.",
            "Call the lead again to decide anew.",
        )


def _leave_number(work: "Workspace", unit: "Unit", call: Call) -> bool:
    """Note that the number called does not lead to them; return whether there is another one."""
    lead = calling.lead_of(unit, call.lead_id)
    free = calling.free_numbers(work, unit, lead) or calling.numbers_of(lead)
    if not free:
        return False
    called = free[0][1]
    unit.events.add([event(work, call, EventKind.NUMBER_WRONG, {"number": called})])
    wrong = calling.wrong_numbers(unit, lead)
    return any(e164 not in wrong for _, e164 in calling.free_numbers(work, unit, lead))


def _close(  # noqa: PLR0913 - what became of what
    work: "Workspace",
    unit: "Unit",
    call: Call,
    result: CallResult,
    talk_s: int,
    *,
    is_theirs: bool = True,
) -> Call:
    """End a call. One on a number that is not theirs was no attempt to reach them."""
    rule = calling.results(work).line_rule(result.line)
    ended = replace(
        call,
        ended_at=work.clock(),
        line_result=str(result.line),
        conversation_result=str(result.conversation),
        talk_s=max(call.talk_s, talk_s),
        is_attempt=rule.counts_as_attempt and is_theirs,
    )
    unit.calls.end(ended, is_connected=rule.connected)
    return ended


def _after_result(  # noqa: PLR0913, PLR0917 - what became of what
    work: "Workspace",
    unit: "Unit",
    call: Call,
    rule: ResultRule,
    result: CallResult,
    before: LeadState,
    *,
    other_number: bool,
) -> LeadState:
    now = work.clock()
    lead = calling.lead_of(unit, call.lead_id)
    where = calling.whereabouts(work, place_of(lead))
    attempts = unit.calls.attempts_of(call.lead_id)
    limits, zone = calling.rules(work).attempts, calling.zone_of(where)
    following = when_open(
        next_attempt(limits, attempts, rule, zone, now), zone, calling.opening(work, where)
    )
    for_whom = work.rep.name if result.owner_only else ""
    then = due_after(
        Ended(rule, now, result.at, for_whom, other_number=other_number),
        following,
        Next(before.due, before.due_at, before.status, before.due_for),
    )
    return replace(
        before,
        status=then.status or before.status,
        due=then.due,
        due_at=then.due_at,
        due_for=then.callback_for,
        attempts=following.used,
        do_not_call=before.do_not_call or rule.sets_dnc,
        suppressed=before.suppressed or rule.sets_dnc,
        reserved_by="",
        reserved_until=None,
    )


def _after_decision(
    playbook: Playbook, choice: Choice, before: LeadState, now: datetime
) -> LeadState:
    then = due_after_decision(choice.decided, now, choice.next_at)
    return replace(
        before,
        status=then.status or before.status,
        stage=Stage.SQL if choice.decided is Verdict.PASS else before.stage,
        decided=choice.decided.value,
        suppressed=before.suppressed or suppresses(playbook, choice.reason),
        due=then.due,
        due_at=then.due_at,
        due_for="",
        attempts=0,
        reserved_by="",
        reserved_until=None,
    )


def _note_result(
    work: "Workspace", unit: "Unit", call: Call, rule: ResultRule, result: CallResult
) -> "Lead | None":
    """Write down what the result brought besides the state of the lead; return whom they named."""
    if rule.sets_dnc:
        lead = calling.lead_of(unit, call.lead_id)
        numbers = [e164 for _, e164 in calling.numbers_of(lead)]
        unit.do_not_call.add(numbers, work.clock(), work.rep.name, "asked on a call")
        suppression.suppress(work, unit, lead, call.call_id)
        for number in numbers:
            unit.events.add([event(work, call, EventKind.NUMBER_BLOCKED, {"number": number})])
    if result.at is not None:
        detail = {"at": result.at.isoformat(), "result": rule.id, "note": result.text}
        unit.events.add([event(work, call, EventKind.CALLBACK, detail)])
    elif result.text:
        detail = {"name": result.text, "result": rule.id}
        unit.events.add([event(work, call, EventKind.REFERRED, detail)])
        if rule.id in _NAMES_SOMEBODY:
            return referrals.refer(work, unit, call, result.text)
    return None
