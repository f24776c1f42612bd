# SPDX-License-Identifier: MIT
from datetime import timedelta

import pytest

from leaddesk.core.domain.call import AnswerState
from leaddesk.core.domain.events import EventKind
from leaddesk.core.domain.playbook import Evidence
from leaddesk.core.domain.roles import Rep
from leaddesk.core.domain.stages import Status
from leaddesk.core.domain.verdict import Verdict
from leaddesk.core.errors import BugError, KnownError
from leaddesk.core.services import calls, endings, lead_page, playbooks
from leaddesk.core.services.verify import verify
from leaddesk.core.services.workspace import open_workspace
from tests.core.services.conftest import london, texts
from tests.helpers.talks import (
    CANCELLED,
    HUNG_UP,
    choice_of,
    choice_question,
    decide,
    put_own_playbook,
    say,
    start,
)


@pytest.fixture
def leads(work):
    with work.store.begin() as unit:
        unit.leads.add(
            [
                london("L1", first_name="Anna", last_name="Weber"),
                london("L2", last_name="Bruns"),
                london("L5", last_name="Egli", status=Status.NURTURING),
            ]
        )
    return work


def lead(work, lead_id):
    return lead_page.page_of(work, lead_id).lead


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
    question = choice_question(leads)
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
    question = choice_question(leads)
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
    question = choice_question(leads)
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


def test_one_call_at_a_time(leads):
    calls.start_call(leads, "L1")
    with pytest.raises(KnownError, match="Anna Weber is still open"):
        calls.start_call(leads, "L2")
    assert lead(leads, "L2").status is Status.NEW


def test_an_answer_the_question_cannot_have_is_refused(leads):
    session, _ = calls.start_call(leads, "L1")
    with pytest.raises(KnownError, match="no answer to this question"):
        calls.record_answer(
            leads, session.call.call_id, choice_question(leads).id, "no such option"
        )
    with pytest.raises(BugError, match="no question"):
        calls.record_answer(leads, session.call.call_id, "no-such-question", None)
    assert dict(calls.open_call(leads).answers) == {}


def test_the_next_call_knows_what_was_said_before(leads, clock):
    call_id = start(leads, "L5")
    said = say(leads, call_id)
    endings.end_call(leads, call_id, HUNG_UP)
    clock.move(days=30)
    again, _ = calls.start_call(leads, "L5")
    assert again.call.call_id != call_id
    assert again.said == ()
    carried = again.before[said.question_id]
    assert (carried.answer, carried.exact) == (said, True)
    assert again.answers == {said.question_id: said}
    assert lead(leads, "L5").status is Status.IN_CONVERSATION


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
        question = choice_question(again)
        calls.record_answer(again, session.call.call_id, question.id, question.options[0].id)
        with pytest.raises(BugError, match="no playbook"):
            playbooks.of(again, "unknown")
        endings.end_call(again, session.call.call_id, CANCELLED)
        other, _ = calls.start_call(again, "L1")
        assert other.call.playbook_version == 2
        assert other.said == ()
        assert other.before[question.id].from_title == playbooks.active(again).title


def events(work, *kinds):
    with work.store.read() as unit:
        return unit.events.of_lead("L1", kinds)


def test_an_answer_can_say_why_there_is_none(leads):
    call_id = start(leads)
    question = choice_question(leads)
    for state in (AnswerState.DECLINED, AnswerState.UNKNOWN):
        answer, _ = calls.record_answer(leads, call_id, question.id, None, state=state)
        assert answer.state is state
        assert calls.open_call(leads).answers[question.id] == answer


def test_how_long_they_talked_never_goes_back(leads):
    call_id = start(leads)
    for talk_s, kept in ((10, 10), (65, 65), (30, 65), (0, 65), (66, 66)):
        calls.save_position(leads, call_id, "budget", talk_s)
        assert calls.open_call(leads).call.talk_s == kept
    ended, _ = endings.end_call(leads, call_id, HUNG_UP, 50)
    assert ended.talk_s == 66


def test_what_happens_on_a_call_is_written_down_with_who_and_when(leads, clock):
    leads.rep = Rep("Ada Berg")
    call_id = start(leads)
    clock.move(minutes=1)
    noted, changes = calls.note_event(leads, call_id, EventKind.OBJECTION, {"objection": "price"})
    assert (noted.lead_id, noted.by, noted.at) == ("L1", "Ada Berg", clock.now)
    assert changes.calls == {call_id}
    assert events(leads, EventKind.OBJECTION) == [noted]
    calls.note_event(leads, call_id, EventKind.SAID, {"step": "opening"})
    assert calls.open_call(leads).steps_said == {"opening"}
    endings.end_call(leads, call_id, CANCELLED)
    with pytest.raises(KnownError, match="ended already"):
        calls.note_event(leads, call_id, EventKind.SAID, {"step": "close"})
    start(leads)
    assert calls.open_call(leads).steps_said == set()


def test_every_move_of_a_lead_is_written_down_with_what_was_before(leads):
    call_id = start(leads)
    say(leads, call_id)
    moves = events(leads, EventKind.MOVED)
    assert [one.changes["status"] for one in moves] == [
        ("NEW", "ATTEMPTING"),
        ("ATTEMPTING", "IN_CONVERSATION"),
    ]
    assert {one.detail["cause"] for one in moves} == {call_id}


def test_switching_the_playbook_keeps_what_was_said(leads):
    own = put_own_playbook(leads)
    call_id = start(leads)
    said = say(leads, call_id, 0, note="two days a week")
    bant = playbooks.active(leads)
    switched, changes = calls.switch_playbook(leads, call_id, own.fingerprint)
    assert changes.calls == {call_id}
    assert (switched.call.call_id, switched.call.playbook_id) == (call_id, "short")
    assert switched.said == ()
    carried = switched.before["hurts"]
    assert (carried.answer.value, carried.answer.note) == ("much", "two days a week")
    assert (carried.exact, carried.from_title) == (False, bant.title)
    assert calls.open_call(leads) == switched
    calls.record_answer(leads, call_id, "hurts", "nothing")
    assert calls.open_call(leads).answers["hurts"].value == "nothing"
    back, _ = calls.switch_playbook(leads, call_id, bant.fingerprint)
    assert back == calls.open_call(leads)
    newest = back.answers[said.question_id]
    options = {o.id: o.level for o in bant.question(said.question_id).options}
    assert options[newest.value] == 0, "what was said last counts, whatever playbook heard it"
    calls.record_answer(leads, call_id, said.question_id, said.value)
    assert calls.open_call(leads).answers[said.question_id].value == said.value
    assert [one.detail["playbook"] for one in events(leads, EventKind.SWITCHED)] == [
        own.fingerprint,
        bant.fingerprint,
    ]
    with leads.store.read() as unit:
        assert len(unit.calls.facts_of_lead("L1")) == 3


def test_back_to_a_playbook_its_own_answers_can_still_be_taken_back(leads):
    own = put_own_playbook(leads)
    call_id = start(leads)
    said = say(leads, call_id)
    bant = playbooks.active(leads)
    calls.switch_playbook(leads, call_id, own.fingerprint)
    back, _ = calls.switch_playbook(leads, call_id, bant.fingerprint)
    assert back.said == (said,)
    assert back.answers == {said.question_id: said}


def test_answers_to_another_playbook_are_carried_into_the_next_call(leads, clock):
    put_own_playbook(leads)
    playbooks.choose(leads, "short")
    call_id = start(leads)
    calls.record_answer(leads, call_id, "hurts", "little", note="a bit")
    endings.end_call(leads, call_id, HUNG_UP)
    playbooks.choose(leads, "bant")
    clock.move(days=7)
    shown = calls.preview(leads, "L1")
    assert calls.open_call(leads) is None
    begun, _ = calls.start_call(leads, "L1")
    carried = begun.before["problem"]
    assert (carried.answer.value, carried.exact) == ("specific", False)
    assert carried.answer.at == clock.now - timedelta(days=7)
    assert begun.before == shown.before


def test_only_a_playbook_that_is_offered_can_be_switched_to(leads):
    call_id = start(leads)
    with pytest.raises(KnownError, match="not offered"):
        calls.switch_playbook(leads, call_id, "unknown")
    endings.end_call(leads, call_id, CANCELLED)
    with pytest.raises(KnownError, match="ended already"):
        calls.switch_playbook(leads, call_id, playbooks.active(leads).fingerprint)


def test_a_lead_that_was_decided_can_be_called_again_with_its_history(leads, clock):
    decision = decide(leads)
    clock.move(days=60)
    start(leads)
    (event,) = events(leads, EventKind.REOPENED)
    assert event.detail == {"decision": decision.decision_id}
    with leads.store.read() as unit:
        assert unit.decisions.standing_of_lead("L1") == [decision]
    again = endings.decide(
        leads, calls.open_call(leads).call.call_id, choice_of(leads, Verdict.PASS)
    )[0]
    with leads.store.read() as unit:
        assert unit.decisions.standing_of_lead("L1") == [decision, again]
        assert unit.leads.state("L1").decided == "pass"
    assert verify(leads).differences == ()


def test_a_lead_is_opened_again_from_the_decision_that_stands(leads, clock):
    stands = decide(leads)
    clock.move(days=60)
    taken_back = decide(leads)
    endings.undo_decision(leads, taken_back.decision_id)
    endings.end_call(leads, calls.open_call(leads).call.call_id, HUNG_UP)
    clock.move(days=60)
    start(leads)
    opened = events(leads, EventKind.REOPENED)
    assert [event.detail["decision"] for event in opened] == [stands.decision_id] * 2
