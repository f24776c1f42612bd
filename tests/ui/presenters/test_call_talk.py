# SPDX-License-Identifier: MIT
"""The talk of a call beyond plain answers: how sure, not answered, taken back."""

import pytest

from leaddesk.core.domain.call import AnswerState
from leaddesk.core.domain.events import EventKind
from leaddesk.core.domain.playbook import Evidence
from leaddesk.core.services import calls
from leaddesk.ui.presenters.call_screens import SaveState
from tests.helpers.playbook_texts import changed_kinds
from tests.helpers.rep import INGRID, Hand, fill_disk

NOTHING = "There is no answer of this call to take back."


def answer(hand, question_id):
    """The answer to a question that is on disk; None: there is none."""
    return calls.open_call(hand.desk.work).answers.get(question_id)


# How sure


def test_how_sure_goes_round_and_is_on_disk(hand):
    hand.call().press("> 1")
    seen = [answer(hand, "signer").evidence]
    for _press in range(3):
        hand.menu.change_evidence()
        seen.append(answer(hand, "signer").evidence)
    assert seen == [Evidence.SAID, Evidence.CONFIRMED, Evidence.ASSUMED, Evidence.SAID]
    assert answer(hand, "signer").value == "alone", "the answer stays"


def test_what_is_only_assumed_does_not_count(hand):
    hand.call().press("> 1")
    counted = hand.assessment.score
    hand.menu.change_evidence()
    assert hand.assessment.score == counted
    hand.menu.change_evidence()
    assert hand.assessment.score == 0
    assert hand.remarks == ["Assumed: counts only once said"]


def test_how_sure_keeps_the_note(hand):
    hand.call().press("> 1")
    hand.presenter.edit_note("Ruth said so")
    hand.presenter.keep_note()
    hand.menu.change_evidence()
    assert hand.on_disk() == {"signer": ("alone", "Ruth said so")}


@pytest.mark.parametrize("keys", ["", ">"])
def test_how_sure_is_asked_of_answers_only(hand, keys):
    hand.call().press(keys)
    hand.menu.change_evidence()
    hand.menu.would_not_say() if not keys else None
    assert hand.on_disk() == {}


def test_another_answer_is_as_sure_as_any_that_is_said(hand):
    hand.call().press("> 1")
    hand.menu.change_evidence()
    hand.press("2")
    assert answer(hand, "signer").evidence is Evidence.SAID


# Would not say, does not know


def test_would_not_say_takes_the_option_that_says_so(hand):
    hand.call().press(">").menu.would_not_say()
    assert hand.chosen == ["Would not say"]
    assert answer(hand, "signer").value == "unsaid"


def test_without_such_an_option_the_question_stays_open_and_says_why(hand):
    hand.call().press("> >").menu.would_not_say()
    assert hand.chosen == []
    assert hand.remarks == ["Would not say; the question stays open"]
    assert (answer(hand, "agreed").value, answer(hand, "agreed").state) == (
        None,
        AnswerState.DECLINED,
    )


def test_does_not_know_takes_no_option_of_another_meaning(hand):
    hand.call().press(">").menu.does_not_know()
    assert hand.chosen == []
    assert hand.remarks == ["Does not know; the question stays open"]
    assert answer(hand, "signer").state is AnswerState.UNKNOWN


def test_does_not_know_replaces_an_answer_and_is_replaced_by_one(hand):
    hand.call().press("> > 1").menu.does_not_know()
    assert hand.assessment.score == 0
    hand.press("2")
    assert (answer(hand, "agreed").value, answer(hand, "agreed").state) == (
        "no",
        AnswerState.GIVEN,
    )
    assert hand.remarks == []


def test_what_was_being_typed_is_dropped_when_they_would_not_say(hand):
    hand.call().press("> > > >").type("300").menu.would_not_say()
    assert hand.stop.value == ""
    assert not hand.entry.unsaved
    hand.press(">")
    assert answer(hand, "budget").value is None


def test_a_panel_takes_the_keys_of_answers(hand):
    hand.call().press("> 1").menu.jump()
    for command in (hand.menu.would_not_say, hand.menu.change_evidence, hand.menu.undo):
        command()
    assert answer(hand, "signer").value == "alone"
    assert answer(hand, "signer").evidence is Evidence.SAID


# Taking back


def test_undo_takes_back_the_latest_answer_and_goes_there(hand):
    hand.call().press("> 1 > 1 >")
    hand.menu.undo()
    assert (hand.stop.stop_id, hand.chosen) == ("agreed", [])
    assert hand.on_disk() == {"signer": ("alone", "")}
    hand.menu.undo()
    assert (hand.stop.stop_id, hand.on_disk()) == ("signer", {})
    hand.menu.undo()
    assert hand.said == NOTHING


def test_what_stood_before_an_answer_stands_again(hand):
    hand.call().press("> 1 2")
    hand.menu.undo()
    assert hand.chosen == ["Signs alone"]
    assert hand.assessment.shown == 100 * 20 // 65
    hand.menu.undo()
    assert hand.chosen == []


def test_one_question_is_taken_back_whatever_came_after_it(hand):
    hand.call().press("> 1 > 1 <")
    hand.menu.take_back()
    assert hand.on_disk() == {"agreed": ("yes", "")}
    hand.menu.take_back()
    assert hand.said == NOTHING, "that of another question is left alone"
    assert hand.on_disk() == {"agreed": ("yes", "")}


def test_a_step_without_a_question_has_nothing_to_take_back(hand):
    hand.call().press("> 1 <")
    hand.menu.take_back()
    assert hand.on_disk() == {"signer": ("alone", "")}


def test_answers_of_another_call_are_not_taken_back(hand):
    hand.call().press("> 1").hang_up("h >")
    hand.later(days=8).call().press(">")
    assert hand.chosen == ["Signs alone"]
    hand.menu.undo()
    assert hand.said == NOTHING
    hand.press("2").menu.undo()
    assert hand.chosen == ["Signs alone"], "what is known from before stands again"


def test_what_was_taken_back_stays_so_after_a_resume(hand):
    hand.call().press("> 1 2 > 1")
    hand.menu.undo()
    again = Hand(hand.desk)
    again.presenter.resume(lambda: None)
    assert again.on_disk() == {"signer": ("together", "")}
    again.menu.undo()
    assert again.on_disk() == {"signer": ("alone", "")}


def test_an_answer_is_back_when_taking_it_back_fails(hand, monkeypatch):
    hand.call().press("> 1")
    before = hand.assessment.score
    fill_disk(monkeypatch)
    hand.menu.undo()
    assert hand.chosen == ["Signs alone"]
    assert hand.assessment.score == before
    assert hand.view.last("show_saving") == (SaveState.FAILED,)
    assert "The disk is full" in str(hand.error)
    assert hand.on_disk() == {"signer": ("alone", "")}


def test_taking_back_waits_behind_the_answer_that_is_being_written(hand):
    hand.call().press(">")
    hand.desk.hold()
    hand.press("1").menu.undo()
    assert hand.chosen == []
    hand.desk.release()
    assert (hand.chosen, hand.on_disk()) == ([], {})
    assert hand.view.last("show_saving") == (SaveState.SAVED,)


def test_a_failed_answer_and_its_undo_leave_nothing(hand, monkeypatch):
    hand.call().press(">")
    hand.desk.hold()
    hand.press("1").menu.undo()
    with monkeypatch.context() as patch:
        fill_disk(patch)
        hand.desk.release()
    assert hand.chosen == []
    hand.press("2")
    assert hand.on_disk() == {"signer": ("together", "")}


# Steps that have to be said


def test_a_step_that_has_to_be_said_is_written_down_once(hand):
    hand.call()
    assert hand.stop.badge == "Has to be said"
    hand.press("> < >")
    assert hand.events(EventKind.SAID) == [{"step": "hello"}]


def test_a_step_said_before_a_crash_is_said(hand):
    hand.call().press("> 1")
    again = Hand(hand.desk)
    again.presenter.resume(lambda: None)
    again.press("< >")
    assert again.events(EventKind.SAID) == [{"step": "hello"}]


def test_silent_means_no_score_before_the_call_either(hand):
    hand.call().press("> 1").hang_up("h >")
    hand.desk.work.is_silent = True
    hand.look(INGRID)
    assert hand.assessment.is_silent
    assert not any(line.earned or line.reach or line.badge for line in hand.assessment.lines)
    hand.desk.work.is_silent = False
    hand.presenter.look_again()
    assert not hand.assessment.is_silent
    assert hand.assessment.shown > 0


def test_silent_means_no_score_before_the_end(hand):
    hand.desk.work.is_silent = True
    hand.call().press("> 1")
    assert hand.assessment.is_silent
    assert {choice.effect for choice in hand.entry.choices} == {""}
    assert hand.view.last("show_hint") == ("", 0)
    assert not any(line.earned or line.reach or line.badge for line in hand.assessment.lines)
    hand.menu.ledger()
    assert hand.said == "The score is kept for the end of the call."
    assert not hand.presenter.has_panel


@pytest.mark.parametrize(
    ("wanted", "command"), [("unknown", "does_not_know"), ("unsaid", "would_not_say")]
)
def test_of_several_that_can_be_picked_the_one_that_says_so_is(hand, wanted, command):
    option = '{ id = "dear", label = "Dear", points = 10, level = 3 },'
    hand.desk.work.texts = changed_kinds(option, f'{option} {{ id = "{wanted}", label = "So" }},')
    hand.call().press("> > >")
    getattr(hand.menu, command)()
    assert hand.view.times("show_error") == 0
    assert hand.chosen == ["So"]
    assert answer(hand, "pains").value == (wanted,)
