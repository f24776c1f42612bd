# SPDX-License-Identifier: MIT
from dataclasses import replace

import pytest

from leaddesk.core.domain.assessment import assess
from leaddesk.core.domain.lead import Lead
from leaddesk.core.domain.playbook import Evidence, Kind, ReasonKind
from leaddesk.core.domain.resolve import resolve
from leaddesk.core.domain.stages import Stage, Status
from leaddesk.core.domain.verdict import Verdict
from leaddesk.core.errors import BugError, KnownError
from leaddesk.core.services import calls, lead_list, lead_page, playbooks
from leaddesk.core.services.workspace import open_workspace
from tests.core.services.conftest import texts


@pytest.fixture
def leads(work):
    with work.store.begin() as unit:
        unit.leads.add(
            [
                Lead("L1", first_name="Anna", last_name="Weber"),
                Lead("L2", last_name="Bruns"),
                Lead("L3", last_name="Cole", do_not_call=True),
                Lead("L4", last_name="Dahl", suppressed=True),
                Lead("L5", last_name="Egli", status=Status.NURTURING),
            ]
        )
    return work


def lead(work, lead_id):
    return lead_page.page_of(work, lead_id).lead


def choice(work):
    """A question of the shipped playbook that is answered by one option."""
    questions = playbooks.active(work).questions
    return next(q for q in questions if q.kind is Kind.CHOICE)


def answer_everything(work, call_id, pick):
    """Answer every choice with the option that `pick` takes of those that have points."""
    for question in playbooks.active(work).questions:
        options = [option for option in question.options if not option.open]
        if question.kind in (Kind.CHOICE, Kind.YES_NO):
            calls.record_answer(work, call_id, question.id, pick(options).id)
        elif question.bands:
            calls.record_answer(work, call_id, question.id, pick(question.bands).at_least)


def best(outcomes):
    return max(outcomes, key=lambda one: (one.effect is None, one.points))


def worst(outcomes):
    return min(outcomes, key=lambda one: (one.effect != "disqualify", one.points))


def recommended(work, call_id):
    session = calls.open_call(work)
    assert session.call.call_id == call_id
    playbook = playbooks.active(work)
    resolved = resolve(
        playbook, session.answers, lead(work, session.call.lead_id), (), work.clock()
    )
    return assess(playbook, resolved).recommendation


def test_a_call_begins_with_the_active_playbook(leads, clock):
    session, changes = calls.start_call(leads, "L1")
    playbook = playbooks.active(leads)
    call = session.call
    assert (call.lead_id, call.started_at, call.ended_at) == ("L1", clock.now, None)
    assert (call.playbook_id, call.playbook_fingerprint) == (playbook.id, playbook.fingerprint)
    assert dict(session.answers) == {}
    assert changes.leads == {"L1"}
    assert changes.calls == {call.call_id}
    assert lead(leads, "L1").status is Status.ATTEMPTING
    assert lead(leads, "L1").last_activity_at == clock.now


def test_a_call_goes_on_after_the_program_ended(leads, clock):
    session, _ = calls.start_call(leads, "L1")
    question = choice(leads)
    answer, _ = calls.record_answer(
        leads, session.call.call_id, question.id, question.options[0].id, note="„ja“"
    )
    calls.save_position(leads, session.call.call_id, "budget")
    leads.close()
    with open_workspace(leads.profile, texts, clock=clock) as again:
        found = calls.open_call(again)
        assert found.call == session.call
        assert dict(found.answers) == {question.id: answer}
        assert found.position == "budget"
        resumed, changes = calls.start_call(again, "L1")
        assert resumed == found
        assert not changes.calls


def test_the_first_answer_makes_it_a_conversation(leads, clock):
    session, _ = calls.start_call(leads, "L1")
    question = choice(leads)
    clock.move(minutes=1)
    answer, changes = calls.record_answer(
        leads, session.call.call_id, question.id, question.options[0].id, evidence=Evidence.ASSUMED
    )
    assert (answer.at, answer.evidence) == (clock.now, Evidence.ASSUMED)
    assert changes.leads == {"L1"}
    assert lead(leads, "L1").status is Status.IN_CONVERSATION
    _, changes = calls.record_answer(
        leads, session.call.call_id, question.id, question.options[1].id
    )
    assert not changes.leads


def test_a_correction_is_a_new_fact_and_a_withdrawal_too(leads):
    session, _ = calls.start_call(leads, "L1")
    question = choice(leads)
    call_id = session.call.call_id
    calls.record_answer(leads, call_id, question.id, question.options[0].id)
    calls.record_answer(leads, call_id, question.id, question.options[1].id)
    assert calls.open_call(leads).answers[question.id].value == question.options[1].id
    calls.record_answer(leads, call_id, question.id, None, withdrawn=True)
    assert calls.open_call(leads).answers[question.id].value == question.options[0].id
    calls.record_answer(leads, call_id, question.id, None, withdrawn=True)
    assert dict(calls.open_call(leads).answers) == {}
    with leads.store.read() as unit:
        assert len(unit.calls.facts_of_lead("L1")) == 4


@pytest.mark.parametrize("lead_id", ["L3", "L4", "L9"])
def test_who_must_not_be_called_is_not_called(leads, lead_id):
    with pytest.raises(KnownError) as caught:
        calls.start_call(leads, lead_id)
    assert caught.value.todo
    assert calls.open_call(leads) is None


def test_one_call_at_a_time(leads):
    calls.start_call(leads, "L1")
    with pytest.raises(KnownError, match="Anna Weber is still open"):
        calls.start_call(leads, "L2")
    assert lead(leads, "L2").status is Status.NEW


def test_an_answer_the_question_cannot_have_is_refused(leads):
    session, _ = calls.start_call(leads, "L1")
    with pytest.raises(KnownError, match="no answer to this question"):
        calls.record_answer(leads, session.call.call_id, choice(leads).id, "no such option")
    with pytest.raises(BugError, match="no question"):
        calls.record_answer(leads, session.call.call_id, "no-such-question", None)
    assert dict(calls.open_call(leads).answers) == {}


@pytest.mark.parametrize("verdict", [Verdict.PASS, Verdict.NURTURE, Verdict.DISQUALIFY])
def test_a_decision_ends_the_call_and_moves_the_lead(leads, clock, verdict):
    session, _ = calls.start_call(leads, "L1")
    call_id = session.call.call_id
    answer_everything(leads, call_id, best)
    expected = recommended(leads, call_id)
    assert expected is Verdict.PASS
    reasons = playbooks.active(leads).reasons_for(verdict)
    reason = reasons[0].id if reasons else ""
    clock.move(minutes=6, seconds=40)
    decision, changes = calls.decide(leads, call_id, verdict, reason, " they asked to wait ")
    assert (decision.decided, decision.recommended) == (verdict, expected)
    assert decision.override_reason == ("" if verdict is expected else "they asked to wait")
    assert changes.decisions == {decision.decision_id}
    assert changes.leads == {"L1"}
    after = lead(leads, "L1")
    assert (
        after.status
        == {
            Verdict.PASS: Status.PASSED,
            Verdict.NURTURE: Status.NURTURING,
            Verdict.DISQUALIFY: Status.DISQUALIFIED,
        }[verdict]
    )
    assert after.stage is (Stage.SQL if verdict is Verdict.PASS else Stage.LEAD)
    assert after.last_activity_at == clock.now
    assert calls.open_call(leads) is None
    with pytest.raises(KnownError, match="ended already"):
        calls.decide(leads, call_id, verdict, reason, "again")
    with pytest.raises(KnownError, match="ended already"):
        calls.record_answer(leads, call_id, choice(leads).id, None)


def test_a_decision_against_the_recommendation_needs_words(leads):
    session, _ = calls.start_call(leads, "L1")
    answer_everything(leads, session.call.call_id, worst)
    assert recommended(leads, session.call.call_id) is Verdict.DISQUALIFY
    with pytest.raises(KnownError, match="not what the playbook recommends"):
        calls.decide(leads, session.call.call_id, Verdict.PASS, "", "  ")
    assert calls.open_call(leads) is not None


@pytest.mark.parametrize(
    ("decided", "reason"),
    [
        (Verdict.NURTURE, ""),
        (Verdict.DISQUALIFY, ""),
        (Verdict.DISQUALIFY, "no such reason"),
        (Verdict.PASS, "no_need"),
    ],
)
def test_a_decision_needs_a_reason_of_its_kind(leads, decided, reason):
    session, _ = calls.start_call(leads, "L1")
    with pytest.raises(KnownError, match="needs a reason"):
        calls.decide(leads, session.call.call_id, decided, reason, "because")
    assert calls.open_call(leads) is not None
    assert lead(leads, "L1").status is Status.ATTEMPTING


def test_undecided_cannot_be_decided(leads):
    session, _ = calls.start_call(leads, "L1")
    with pytest.raises(BugError):
        calls.decide(leads, session.call.call_id, Verdict.UNDECIDED, "", "")


def test_who_asked_to_be_left_alone_is_not_called_again(leads):
    reasons = playbooks.active(leads).reasons_for(Verdict.DISQUALIFY)
    reason = next(one for one in reasons if ReasonKind.SUPPRESS in one.kinds)
    session, _ = calls.start_call(leads, "L1")
    calls.decide(leads, session.call.call_id, Verdict.DISQUALIFY, reason.id, "they said so")
    assert lead(leads, "L1").suppressed
    with pytest.raises(KnownError, match="not to be contacted"):
        calls.start_call(leads, "L1")


def test_a_call_can_end_without_a_decision_and_the_lead_stays_to_call(leads, clock):
    session, _ = calls.start_call(leads, "L1")
    clock.move(minutes=2)
    call, changes = calls.end_call(leads, session.call.call_id)
    assert call == replace(session.call, ended_at=clock.now)
    assert changes.leads == {"L1"}
    assert lead_list.counts(leads).to_call == 2
    with pytest.raises(KnownError, match="ended already"):
        calls.end_call(leads, session.call.call_id)


def test_the_next_call_knows_what_was_said_before(leads, clock):
    session, _ = calls.start_call(leads, "L5")
    question = choice(leads)
    calls.record_answer(leads, session.call.call_id, question.id, question.options[0].id)
    calls.end_call(leads, session.call.call_id)
    clock.move(days=30)
    again, _ = calls.start_call(leads, "L5")
    assert again.call.call_id != session.call.call_id
    assert again.answers[question.id].value == question.options[0].id
    assert lead(leads, "L5").status is Status.NURTURING


def test_a_call_keeps_the_playbook_it_was_held_with(leads, clock):
    session, _ = calls.start_call(leads, "L1")
    fingerprint = session.call.playbook_fingerprint
    leads.close()

    def newer(folder, suffix):
        return {
            name: text.replace("version = 1", "version = 2", 1)
            for name, text in texts(folder, suffix).items()
        }

    with open_workspace(leads.profile, newer, clock=clock) as again:
        assert playbooks.active(again).version == 2
        assert playbooks.of(again, fingerprint).version == 1
        question = choice(again)
        calls.record_answer(again, session.call.call_id, question.id, question.options[0].id)
        with pytest.raises(BugError, match="no playbook"):
            playbooks.of(again, "unknown")
        calls.end_call(again, session.call.call_id)
        other, _ = calls.start_call(again, "L1")
        assert other.call.playbook_version == 2
        assert dict(other.answers) == {}
