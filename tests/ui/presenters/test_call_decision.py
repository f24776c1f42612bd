# SPDX-License-Identifier: MIT
"""A call from its decision on, over the real services, without a window."""

from datetime import UTC, datetime

import pytest

from leaddesk.core.domain.events import EventKind
from leaddesk.core.domain.queue import Due
from leaddesk.core.domain.stages import Stage, Status
from leaddesk.core.domain.verdict import Verdict
from leaddesk.core.errors import KnownError
from leaddesk.core.services import calls, endings, export_leads
from leaddesk.ui.presenters.call_screens import Phase
from tests.helpers.playbook_texts import changed_kinds
from tests.helpers.rep import INGRID, PRIYA, fill_disk


def to_a_pass(hand):
    hand.call().press("> 1 > 1 > 2 > >").type("30000").press(">")
    assert hand.assessment.recommended is Verdict.PASS
    return hand


def to_a_disqualification(hand):
    return hand.call().press("> > > 3 >")


@pytest.mark.parametrize(
    ("decided", "keys", "lines", "missing"),
    [
        (Verdict.PASS, "", {}, "Say what happens next."),
        (Verdict.PASS, "1", {"step": "  "}, "Say what happens next."),
        (Verdict.PASS, "", {"step": "Demo with Ruth"}, ""),
        (Verdict.PASS, "", {"step": "Demo", "when": "yesterday"}, "That is no date"),
        (Verdict.PASS, "", {"step": "Demo", "when": "22 Nov 2026"}, "That is in the past."),
        (Verdict.PASS, "", {"step": "Demo", "when": "tomorrow 9:00"}, ""),
        (Verdict.NURTURE, "", {}, "Pick a reason."),
        (Verdict.NURTURE, "1", {}, "Say in one line why."),
        (Verdict.NURTURE, "9", {"why": "because"}, "Pick a reason."),
        (Verdict.NURTURE, "2", {"why": " because "}, ""),
        (Verdict.NURTURE, "2", {"why": "because", "when": ""}, "Say when to call again."),
        (Verdict.NURTURE, "2", {"why": "because", "when": "soon"}, "That is no date"),
        (Verdict.DISQUALIFY, "1", {"why": "  "}, "Say in one line why."),
        (Verdict.DISQUALIFY, "1", {"why": "They laughed"}, ""),
    ],
)
def test_what_a_decision_needs(hand, decided, keys, lines, missing):
    to_a_pass(hand).menu.decide(decided)
    hand.press(keys).fill(**lines)
    assert hand.panel.missing.startswith(missing)
    assert bool(hand.panel.missing) == bool(missing)
    hand.press(">")
    assert (hand.presenter.phase is Phase.IDLE) == (not missing)
    assert (calls.open_call(hand.desk.work) is None) == (not missing)


def test_a_decision_ends_the_call_and_is_confirmed(hand):
    hand.call().press("> 2")
    hand.presenter.edit_note("last words")
    hand.menu.decide(Verdict.NURTURE)
    why = next(field for field in hand.panel.fields if field.id == "why")
    assert "Too little is known" in why.label
    hand.press("2").fill(why="They asked for it").press(">")
    done = hand.view.last("show_confirmation")[0]
    assert done.title == "Ingrid Solheim: Nurture"
    assert done.text.startswith("15 of 100 · Later · They asked for it · next ")
    assert hand.panel is None
    assert hand.view.last("call_over") == (INGRID,)
    assert any("last words" in text for text in hand.history()), "its note was kept before"


def test_each_decision_moves_the_lead(hand):
    to_a_pass(hand).menu.decide(Verdict.PASS)
    hand.fill(step="Demo").press(">")
    passed = hand.state()
    assert (passed.status, passed.stage, passed.due) == (Status.PASSED, Stage.SQL, Due.NONE)
    hand.call(PRIYA).press("> > > 3 >")
    hand.menu.decide(Verdict.DISQUALIFY)
    hand.press(">")
    assert (hand.state(PRIYA).status, hand.state(PRIYA).due) == (Status.DISQUALIFIED, Due.NONE)


def test_the_reason_the_assessment_gives_is_picked_already(hand):
    to_a_disqualification(hand).menu.decide(Verdict.DISQUALIFY)
    assert [choice.label for choice in hand.panel.choices if choice.chosen] == ["No need"]
    assert hand.panel.fields == (), "what is recommended needs no words"
    hand.press(">")
    assert hand.presenter.phase is Phase.IDLE


def test_the_date_of_a_nurture_follows_the_reason_until_one_is_typed(hand):
    def when():
        return next(field for field in hand.panel.fields if field.id == "when")

    to_a_pass(hand).menu.decide(Verdict.NURTURE)
    assert hand.panel.sentence_below == ""
    hand.press("1")
    assert hand.panel.sentence_below == "Track “not now”: call after 60 days."
    assert when().text == "in 60 days", "the track of the reason says so"
    assert "22 Jan 2027" in when().label
    hand.press("2")
    assert when().text == "in 91 days", "no track has this reason; the 90th day is a Sunday"
    hand.fill(when="14 Mar 10:00").press("1")
    assert when().text == "14 Mar 10:00"
    hand.fill(why="They asked for spring").press(">")
    state = hand.state()
    assert (state.status, state.due) == (Status.NURTURING, Due.NURTURE)
    assert state.due_at == datetime(2027, 3, 14, 10).astimezone(UTC)


def test_against_the_recommendation_is_always_possible_and_written_down(hand):
    to_a_pass(hand).menu.decide(Verdict.DISQUALIFY)
    why = hand.panel.fields[0]
    assert "against the recommendation (pass to sales)" in why.label
    hand.press("1").fill(why="They laughed").press(">")
    assert any("They laughed" in text for text in hand.history())


def test_deciding_can_be_left_and_changed(hand):
    hand.call()
    hand.menu.decide(Verdict.NURTURE)
    hand.menu.decide(Verdict.PASS)
    assert hand.panel.title == "Pass to sales"
    hand.presenter.close_panel()
    assert (hand.presenter.phase, hand.panel) == (Phase.IN_CALL, None)


def test_what_has_to_be_said_and_was_not_is_pointed_out(hand):
    hand.call()
    hand.menu.decide(Verdict.PASS)
    assert hand.panel.sentence == "Not said yet, and it has to be: Hello."
    hand.presenter.close_panel()
    hand.press(">")
    hand.menu.decide(Verdict.PASS)
    assert hand.panel.sentence == ""
    assert hand.events(EventKind.SAID) == [{"step": "hello"}]


def test_a_decision_waits_for_the_answers_before_it(hand):
    to_a_disqualification(hand).press("<")
    hand.desk.hold()
    hand.press("1")
    hand.menu.decide(Verdict.DISQUALIFY)
    hand.press(">")
    assert hand.presenter.phase is Phase.CLOSING
    assert not hand.press("1 <").presenter.is_asking, "nothing is changed any more"
    hand.desk.release()
    assert hand.presenter.phase is Phase.IDLE


def test_a_decision_is_not_taken_when_an_answer_before_it_is_lost(hand, monkeypatch):
    to_a_disqualification(hand)
    fill_disk(monkeypatch)
    hand.press("<")
    hand.desk.hold()
    hand.press("1")
    hand.menu.decide(Verdict.DISQUALIFY)
    hand.press(">")
    hand.desk.release()
    assert hand.presenter.phase is Phase.IN_CALL
    assert hand.panel.title == "Disqualify", "it can be tried again"
    assert calls.open_call(hand.desk.work) is not None


def test_a_call_that_cannot_be_ended_stays_open(hand, monkeypatch):
    def refuse(*_args):
        raise KnownError("The disk is full.")

    hand.call()
    monkeypatch.setattr(endings, "end_call", refuse)
    hand.hang_up()
    assert hand.presenter.phase is Phase.IN_CALL
    assert hand.panel.title == "How did it end?"
    assert hand.view.times("show_error") == 1


# Taking a decision back


def decided(hand):
    to_a_disqualification(hand).menu.decide(Verdict.DISQUALIFY)
    return hand.press(">")


def test_a_decision_is_taken_back_and_its_call_goes_on(hand):
    before = decided(hand).state()
    assert before.status is Status.DISQUALIFIED
    hand.menu.undo_decision()
    assert hand.presenter.call_lead_id == INGRID
    assert hand.state().status is Status.IN_CONVERSATION
    assert hand.on_disk()["pains"] == (("never",), ""), "what was said is still there"
    assert hand.view.last("show_confirmation") == (None,)
    hand.presenter.go_back()
    assert hand.stop.stop_id == "agreed"


def test_a_decision_of_another_day_is_taken_back_from_its_lead(hand):
    decided(hand).menu.last_decision_id = ""
    hand.look(INGRID)
    hand.menu.undo_decision()
    assert hand.presenter.call_lead_id == INGRID


def test_without_a_decision_there_is_nothing_to_take_back(hand):
    hand.look(INGRID).menu.undo_decision()
    assert hand.said == "There is no decision to take back."


def test_no_decision_is_taken_back_while_a_call_is_open(hand):
    decided(hand).call(PRIYA).menu.undo_decision()
    assert "A call is open" in hand.said
    assert hand.state().status is Status.DISQUALIFIED


def test_a_decision_that_has_left_the_house_stands(hand, tmp_path):
    decided(hand)
    export_leads.export(hand.desk.work, tmp_path / "out.csv")
    hand.menu.undo_decision()
    assert "left the house" in str(hand.error)
    assert hand.presenter.is_idle
    assert hand.state().status is Status.DISQUALIFIED


def test_a_decision_taken_back_once_cannot_be_again(hand):
    decided(hand)
    decision_id = hand.menu.last_decision_id
    hand.menu.undo_decision()
    hand.hang_up("5 tomorrow")
    hand.fill(when="tomorrow 10:00").press(">")
    hand.menu.last_decision_id = decision_id
    hand.menu.undo_decision()
    assert "not the decision that stands" in str(hand.error)


@pytest.mark.parametrize(
    ("said", "suggested"),
    [
        ("in 3 weeks", "in 3 weeks"),
        ("14 Mar", "14 Mar"),
        ("some day", "in 60 days"),
        ("", "in 60 days"),
    ],
)
def test_when_to_call_again_is_what_they_said_where_the_track_asks_for_it(hand, said, suggested):
    track = "revisit_after_days = 60"
    hand.desk.work.texts = changed_kinds(track, f'{track}\ndate_question = "words"')
    hand.call().press("> > > > >").type(said).press(">")
    hand.menu.decide(Verdict.NURTURE)
    hand.press("1")
    assert next(field.text for field in hand.panel.fields if field.id == "when") == suggested


def test_what_was_said_on_another_day_is_no_date_from_today(hand):
    track = "revisit_after_days = 60"
    hand.desk.work.texts = changed_kinds(track, f'{track}\ndate_question = "words"')
    hand.call().press("> > > > >").type("in 3 weeks").press(">")
    hand.hang_up("h >").later(days=21).call()
    hand.menu.decide(Verdict.NURTURE)
    hand.press("1")
    assert next(field.text for field in hand.panel.fields if field.id == "when") == "in 60 days"
