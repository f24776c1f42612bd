# SPDX-License-Identifier: MIT
"""Everything between picking a lead and hanging up, in the real window, without the mouse."""

from datetime import UTC, datetime, timedelta

import pytest

from leaddesk.core.domain.call import AnswerState
from leaddesk.core.domain.events import EventKind
from leaddesk.core.domain.playbook import Evidence
from leaddesk.core.domain.queue import Due
from leaddesk.core.domain.stages import Status
from leaddesk.core.domain.verdict import Verdict
from leaddesk.core.services.verify import verify

MONDAY = datetime(2026, 11, 23, 14, tzinfo=UTC)
INGRID, TOMAS = (f"L{number:023d}" for number in (0, 2))


def test_a_whole_call_ends_with_a_pass(rep):
    rep.call("Ingrid").at("opening").keys("Return").at("problem").says("1").keys("Return")
    rep.at("signer").says("1").keys("Return").at("funding").says("1").keys("Return")
    rep.at("amount").says("60k").keys("Return", "Return").at("start").says("1").keys("Return")
    rep.at("close").keys("Alt+P")
    assert rep.panel == "Pass to sales"
    rep.keys("Return")
    assert not rep.presenter.is_idle, "a pass needs a next step"
    rep.says("Half an hour with the COO").keys("Tab").says("tomorrow 10:00").keys("Return").idle()
    (decision,) = rep.decisions(INGRID)
    assert (decision.decided, decision.recommended) == (Verdict.PASS, Verdict.PASS)
    assert decision.next_step == "Half an hour with the COO"
    assert decision.next_at.astimezone().hour == 10
    assert decision.decided_by == "Robin Rep"
    assert rep.state(INGRID).status is Status.PASSED
    assert rep.events(INGRID, EventKind.SAID)[0].detail == {"step": "opening"}


def test_a_call_that_finds_no_need_disqualifies(rep):
    rep.call("Ingrid").at("opening").keys("Return").at("problem").says("4").keys("Return")
    rep.at("close").keys("Alt+D", "Return").idle()
    (decision,) = rep.decisions(INGRID)
    assert (decision.decided, decision.reason) == (Verdict.DISQUALIFY, "no_need")
    assert rep.state(INGRID).due is Due.NONE


def test_nurture_keeps_the_date_and_going_against_takes_a_line(rep):
    rep.call("Ingrid").keys("Return").at("problem").says("1").keys("Alt+N").says("4")
    assert not rep.presenter.is_idle
    rep.says("they will call us").keys("Return").idle()
    (decision,) = rep.decisions(INGRID)
    assert (decision.decided, decision.reason) == (Verdict.NURTURE, "not_now")
    assert decision.override_reason == "they will call us"
    state = rep.state(INGRID)
    assert (state.due, state.due_at) == (Due.NURTURE, decision.next_at)
    assert decision.next_at > MONDAY + timedelta(days=50)


def test_the_call_after_the_wait_opens_with_the_question_that_was_missing(rep):
    rep.call("Ingrid").keys("Return").at("problem").says("1").keys("Return").at("signer")
    rep.says("1").keys("Return").at("funding").says("2").keys("Ctrl+N").says("Next round in May")
    rep.keys("Alt+N").says("1")
    rep.keys("Return").idle()
    (decision,) = rep.decisions(INGRID)
    assert decision.decided is Verdict.NURTURE
    rep.now[0] = decision.next_at + timedelta(hours=5)
    rep.window.call.presenter.look_again()
    rep.choose("Ingrid")
    shown = rep.before_call()
    assert "12 more points would make it a pass: " in shown["Ask first"]
    assert "Next round in May" in " ".join(shown.values())
    rep.keys("Return")
    rep.until("the call", lambda: rep.presenter.stop_id != "")
    asked = rep.window.call.script.stage._ask.text()
    assert shown["Ask first"].startswith(asked.strip("\u201c\u201d"))
    assert rep.presenter.stop_id == "start"


def test_the_front_desk_does_not_put_through(rep):
    rep.call("Ingrid").at("opening").keys("Ctrl+G")
    assert "put me through" in rep.window.call.script.stage._ask.text()
    rep.keys("Return").at("opening").keys("Ctrl+G", "Ctrl+E", "Return").idle()
    state = rep.state(INGRID)
    assert (state.due, state.attempts) == (Due.RETRY, 1)
    assert state.due_at > MONDAY


def test_a_voice_mail_is_left(rep):
    rep.call("Ingrid").at("opening").keys("Ctrl+M", "Ctrl+E", "Return").idle()
    state = rep.state(INGRID)
    assert (state.status, state.due) == (Status.ATTEMPTING, Due.RETRY)
    assert not rep.decisions(INGRID)


def test_a_connected_call_does_not_end_without_a_result(rep):
    rep.call("Ingrid").keys("Return").at("problem").says("1").keys("Ctrl+E", "Return")
    assert rep.panel == "How did it end?"
    rep.keys("Escape").at("problem")
    assert not rep.presenter.is_idle


def test_a_callback_is_promised_by_their_clock(rep):
    rep.call("Ingrid").keys("Return").at("problem").says("1").keys("Ctrl+E")
    rep.says("5").says("16:30").keys("Return").idle()
    state = rep.state(INGRID)
    assert (state.due, state.due_at) == (Due.CALLBACK, MONDAY.replace(hour=16, minute=30))
    assert state.due_for == "Robin Rep"


def test_never_call_again_in_mid_call(rep):
    rep.call("Ingrid").keys("Return").at("problem").keys("Ctrl+D")
    assert rep.panel == "Never call again"
    rep.says("1").idle()
    state = rep.state(INGRID)
    assert (state.status, state.do_not_call, state.suppressed) == (Status.SUPPRESSED, True, True)
    rep.call("Ingrid")
    assert rep.presenter.is_idle
    assert rep.panel == "Not to be called now"


def test_the_playbook_changes_and_what_was_said_stays(rep):
    rep.call("Ingrid").keys("Return").at("problem").says("1").keys("Ctrl+B")
    titles = [choice.label for choice in rep.window.call.presenter._panel.screen().choices]
    key = "123456789"[next(i for i, title in enumerate(titles) if title.startswith("CHAMP"))]
    rep.says(key)
    rep.until("CHAMP", lambda: rep.presenter.live.playbook.id == "champ")
    need = next(q for q in rep.presenter.live.playbook.questions if q.fact == "NEED")
    assert rep.presenter.live.answers.shown[need.id].value
    assert rep.events(INGRID, EventKind.SWITCHED)
    rep.keys("Ctrl+L")
    assert rep.panel == "How the score came about"


def test_an_answer_is_taken_back_and_the_one_before_stands_again(rep):
    rep.call("Ingrid").keys("Return").at("problem").says("1").says("2").keys("Ctrl+Z")
    assert rep.presenter.live.answers.shown["problem"].value == "measured"
    rep.keys("Ctrl+Z")
    assert "problem" not in rep.presenter.live.answers.shown
    assert [fact.withdrawn for fact in rep.facts(INGRID)] == [False, False, True, True]


def test_how_sure_an_answer_is_and_what_stays_open(rep):
    rep.call("Ingrid").keys("Return").at("problem").says("1").keys("Alt+E", "Return")
    rep.at("signer").keys("Alt+K", "Return").keys("Ctrl+J").says("7").keys("Alt+W")
    facts = rep.facts(INGRID)
    assert facts[1].evidence is Evidence.CONFIRMED
    assert facts[2].value == "unknown"
    assert AnswerState.GIVEN in {fact.state for fact in facts}


def test_a_decision_is_taken_back_and_the_call_goes_on(rep):
    rep.call("Ingrid").keys("Return").at("problem").says("4").keys("Alt+D", "Return").idle()
    before = rep.state(INGRID)
    assert before.decided == "disqualify"
    rep.keys("Ctrl+Shift+Z").at("problem")
    assert rep.presenter.live.answers.shown["problem"].value == "none"
    after = rep.state(INGRID)
    assert (after.decided, after.status) == ("", Status.IN_CONVERSATION)
    assert len(rep.decisions(INGRID)) == 1, "that it was taken stays a fact"


def test_two_minutes_ask_only_what_can_still_decide(rep):
    rep.call("Ingrid").at("opening").keys("Ctrl+T")
    asked = []
    while rep.presenter.live.question is not None:
        asked.append(rep.presenter.stop_id)
        if rep.presenter.stop_id == "amount":
            rep.says("60000").keys("Return")
        else:
            rep.says("1")
        rep.keys("Return")
    assert 0 < len(asked) <= 4
    assert len(asked) == len(set(asked))


def test_the_next_lead_is_taken_in_one_key(rep):
    first = rep.window.call.queue.current().lead_id
    rep.keys("F2").at("opening")
    assert rep.presenter.call_lead_id == first


def test_a_lead_comes_from_nothing_but_a_number(rep):
    rep.keys("Ctrl+K").says("+1 312 555 0148").keys("Return").at("opening")
    assert rep.presenter.live.lead.phone_e164 == "+13125550148"
    assert "Chicago" in rep.window.call.script.header._local.text()


def test_nobody_dials_where_the_time_is_not_known(open_rep):
    from leaddesk.core.domain.lead import Lead

    rep = open_rep(leads=[Lead("L1", last_name="Nowhere", phone="555 0100")])
    rep.keys("Return")
    assert rep.panel == "What time is it there?"
    rep.says("Chicago").keys("Return").at("opening")
    assert rep.events("L1", EventKind.TIME_ZONE)[0].detail == {"zone": "America/Chicago"}


@pytest.mark.parametrize("role", ["rep", "lead"])
def test_outside_of_hours_only_a_team_lead_calls_and_says_why(open_rep, role):
    rep = open_rep({"role": role})
    rep.now[0] = MONDAY.replace(hour=22)
    rep.call("Ingrid")
    assert rep.panel == "Not to be called now"
    rep.says("they asked me to").keys("Return")
    if role == "rep":
        assert rep.presenter.is_idle
        return
    rep.at("opening")
    (event,) = rep.events(INGRID, EventKind.OVERRIDDEN)
    assert event.detail == {"block": "hours", "reason": "they asked me to"}


def test_a_rehearsal_leaves_nothing_behind(rep):
    before = rep.on_disk(lambda work: verify(work).state)
    rep.keys("Ctrl+Shift+R").at("opening").keys("Return").says("1").keys("Ctrl+E").says("h")
    rep.keys("Return").idle()
    assert rep.panel == "What the rehearsal was worth"
    assert rep.on_disk(lambda work: verify(work).state) == before


@pytest.mark.parametrize("is_on_screen", [True, False])
def test_undo_after_a_rehearsal_takes_nothing_back(rep, is_on_screen):
    test_a_call_that_finds_no_need_disqualifies(rep)
    if not is_on_screen:
        rep.keys("Ctrl+F", "Ctrl+A", "Delete", "Escape")
    before = rep.on_disk(lambda work: verify(work).state)
    rep.keys("Ctrl+Shift+R").at("opening").keys("Return").says("1").keys("Ctrl+E").says("h")
    rep.keys("Return").idle()
    rep.keys("Ctrl+Shift+Z")
    assert (rep.panel, rep.presenter.is_idle) == ("", True)
    assert rep.on_disk(lambda work: verify(work).state) == before
    rep.keys("Ctrl+Shift+Z")
    assert rep.presenter.is_idle != is_on_screen, "that of the lead on screen, and of no other"


def test_every_decision_of_the_day_recomputes(rep):
    test_a_call_that_finds_no_need_disqualifies(rep)
    report = rep.on_disk(verify)
    assert (report.decisions, report.differences, report.integrity) == (1, (), "ok")
