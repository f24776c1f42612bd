# SPDX-License-Identifier: MIT
"""Hold a call: start or resume it, write down each answer, decide. The heart of the program.

Every command is one transaction, on disk when it returns; what was said outlives a kill -9.
"""

from typing import TYPE_CHECKING

from leaddesk.core.domain.assessment import assess
from leaddesk.core.domain.call import Answer, AnswerValue, Call, CallSession, latest_answers
from leaddesk.core.domain.decision import Decision
from leaddesk.core.domain.lead import Lead
from leaddesk.core.domain.outcomes import AnswerError, outcome_index
from leaddesk.core.domain.playbook import Evidence, Playbook, ReasonKind
from leaddesk.core.domain.resolve import resolve
from leaddesk.core.domain.stages import Stage, Status
from leaddesk.core.domain.verdict import DECISIONS, STATUS_AFTER, Verdict
from leaddesk.core.errors import BugError, KnownError
from leaddesk.core.services import playbooks
from leaddesk.core.services.changes import Changes

if TYPE_CHECKING:
    from leaddesk.core.services.workspace import Workspace
    from leaddesk.core.store.unit_of_work import Unit


def start_call(work: "Workspace", lead_id: str) -> tuple[CallSession, Changes]:
    """Return a call with this lead, just begun, or its open one to go on with.

    Raises:
        KnownError: a call with another lead is open, or this lead must not be called.
    """
    now = work.clock()
    playbook = playbooks.active(work)
    with work.store.begin() as unit:
        opened = unit.calls.open()
        if opened is not None and opened.call.lead_id == lead_id:
            return _session(unit, opened.call, opened.position), Changes()
        if opened is not None:
            other = unit.leads.get(opened.call.lead_id)
            raise KnownError(
                f"The call with {other.name if other else 'another lead'} is still open.",
                "Decide or end that call first.",
            )
        lead = _callable_lead(unit, lead_id)
        playbooks.keep(work, unit, playbook)
        call = Call(
            work.ids.new("C"),
            lead_id,
            playbook.id,
            playbook.version,
            playbook.fingerprint,
            started_at=now,
        )
        unit.calls.add(call)
        status = Status.ATTEMPTING if lead.status is Status.NEW else lead.status
        unit.leads.set_state(lead_id, status=status, last_activity_at=now)
        session = _session(unit, call, "")
    return session, Changes(leads=frozenset({lead_id}), calls=frozenset({call.call_id}))


def open_call(work: "Workspace") -> CallSession | None:
    """Return the call in progress, as after a crash; None when there is none."""
    with work.store.read() as unit:
        opened = unit.calls.open()
        return None if opened is None else _session(unit, opened.call, opened.position)


def record_answer(  # noqa: PLR0913 - an answer has these parts
    work: "Workspace",
    call_id: str,
    question_id: str,
    value: AnswerValue,
    *,
    note: str = "",
    evidence: Evidence = Evidence.SAID,
    withdrawn: bool = False,
) -> tuple[Answer, Changes]:
    """Write down one answer; it is on disk when this returns.

    Raises:
        KnownError: the call has ended, or the question cannot have this answer.
    """
    now = work.clock()
    talking = work.talking if work.talking and work.talking.call_id == call_id else None
    with work.store.begin() as unit:
        call = talking or _running(unit, call_id)
        _check_answer(playbooks.of_unit(work, unit, call.playbook_fingerprint), question_id, value)
        answer = Answer(
            question_id, value, now, evidence, note, call_id, work.ids.new("A"), withdrawn
        )
        unit.calls.add_answer(answer)
        moved = talking is None and unit.leads.move_on(
            call.lead_id, (Status.NEW, Status.ATTEMPTING), Status.IN_CONVERSATION
        )
    work.talking = call
    leads = frozenset({call.lead_id}) if moved else frozenset[str]()
    return answer, Changes(leads=leads, calls=frozenset({call_id}))


def save_position(work: "Workspace", call_id: str, question_or_step_id: str) -> None:
    """Remember where in the script the rep is, for resuming the call there."""
    with work.store.begin() as unit:
        unit.calls.set_position(call_id, question_or_step_id)


def decide(
    work: "Workspace", call_id: str, decided: Verdict, reason: str, override_reason: str
) -> tuple[Decision, Changes]:
    """End a call with the person's decision, beside what the facts on disk recommend.

    Args:
        work: Where the call is.
        call_id: A call in progress.
        decided: Pass, nurture or disqualify.
        reason: Id of one of `playbook.reasons_for(decided)`; empty for a pass.
        override_reason: Why, where `decided` is not what is recommended.

    Raises:
        KnownError: the call has ended, or a reason is missing.
    """
    from leaddesk.core.formats.resolved_json import write_resolved

    if decided not in DECISIONS:
        raise BugError(f"{decided} cannot be decided")
    now = work.clock()
    work.talking = None
    with work.store.begin() as unit:
        call = _running(unit, call_id)
        playbook = playbooks.of_unit(work, unit, call.playbook_fingerprint)
        lead = unit.leads.get(call.lead_id)
        answers = _session(unit, call, "").answers
        resolved = resolve(playbook, answers, lead, (), now)
        assessment = assess(playbook, resolved)
        recommended = assessment.recommendation
        _check_reasons(playbook, decided, reason, recommended, override_reason)
        decision = Decision(
            work.ids.new("D"),
            call_id,
            call.lead_id,
            now,
            recommended,
            decided,
            reason,
            override_reason.strip() if decided is not recommended else "",
            playbook.id,
            playbook.version,
            playbook.fingerprint,
            write_resolved(playbook, resolved),
            assessment.earned,
            assessment.most,
        )
        unit.decisions.add(decision)
        unit.calls.end(call_id, now)
        unit.leads.set_state(
            call.lead_id,
            status=STATUS_AFTER[decided],
            last_activity_at=now,
            stage=Stage.SQL if decided is Verdict.PASS else None,
            decided=decided,
            suppressed=_suppresses(playbook, reason),
        )
    return decision, Changes(
        leads=frozenset({call.lead_id}),
        calls=frozenset({call_id}),
        decisions=frozenset({decision.decision_id}),
    )


def end_call(work: "Workspace", call_id: str) -> tuple[Call, Changes]:
    """End a call without a decision; its lead stays to call.

    Raises:
        KnownError: the call has ended already.
    """
    now = work.clock()
    work.talking = None
    with work.store.begin() as unit:
        call = _running(unit, call_id)
        unit.calls.end(call_id, now)
        unit.leads.set_state(call.lead_id, last_activity_at=now)
        ended = unit.calls.get(call_id)
    if ended is None:
        raise BugError(f"call {call_id} vanished")
    return ended, Changes(leads=frozenset({call.lead_id}), calls=frozenset({call_id}))


def _callable_lead(unit: "Unit", lead_id: str) -> Lead:
    lead = unit.leads.get(lead_id)
    if lead is None:
        raise KnownError("This lead is not in this profile.", "Look it up in the list again.")
    if lead.suppressed or lead.status is Status.SUPPRESSED:
        raise KnownError(f"{lead.name} is not to be contacted.", "Take the next lead.")
    if lead.do_not_call:
        raise KnownError(f"{lead.name} asked not to be called.", "Take the next lead.")
    return lead


def _session(unit: "Unit", call: Call, position: str) -> CallSession:
    """Return the call with what is known: answers of earlier calls with this playbook count."""
    facts = unit.calls.facts_of_lead(call.lead_id, call.playbook_fingerprint)
    return CallSession(call, latest_answers(facts), position)


def _running(unit: "Unit", call_id: str) -> Call:
    call = unit.calls.get(call_id)
    if call is None:
        raise BugError(f"no call {call_id}")
    if call.ended_at is not None:
        raise KnownError("This call has ended already.", "Start a new call with this lead.")
    return call


def _check_answer(playbook: Playbook, question_id: str, value: AnswerValue) -> None:
    try:
        outcome_index(playbook.question(question_id), value)
    except KeyError as error:
        raise BugError(f"no question {question_id} in {playbook.id}") from error
    except AnswerError as error:
        raise KnownError(
            f"{error.found!r} is no answer to this question.", f"Allowed: {error.allowed}."
        ) from error


def _check_reasons(
    playbook: Playbook, decided: Verdict, reason: str, recommended: Verdict, override_reason: str
) -> None:
    allowed = {one.id for one in playbook.reasons_for(decided)}
    if reason not in allowed and (reason or decided is not Verdict.PASS):
        raise KnownError("This decision needs a reason.", "Pick one of the reasons shown.")
    if decided is not recommended and not override_reason.strip():
        raise KnownError(
            "This is not what the playbook recommends.", "Say in one line why you decide so."
        )


def _suppresses(playbook: Playbook, reason: str) -> bool:
    return any(r.id == reason and ReasonKind.SUPPRESS in r.kinds for r in playbook.reasons)
