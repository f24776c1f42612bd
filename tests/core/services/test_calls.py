# SPDX-License-Identifier: MIT
import pytest

from leaddesk.core.domain.playbook import Evidence
from leaddesk.core.domain.stages import Status
from leaddesk.core.errors import BugError, KnownError
from leaddesk.core.services import calls, endings, lead_page, playbooks
from leaddesk.core.services.workspace import open_workspace
from tests.core.services.conftest import london, texts
from tests.helpers.talks import CANCELLED, HUNG_UP, choice_question, say, start


@pytest.fixture
def leads(work):
    with work.store.begin() as unit:
        unit.leads.add(
            [
                london("L1", first_name="Anna", last_name="Weber"),
                london("L2", last_name="Bruns"),
                london("L3", last_name="Cole", do_not_call=True),
                london("L4", last_name="Dahl", suppressed=True),
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
