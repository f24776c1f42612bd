# SPDX-License-Identifier: MIT
"""A call from its decision on, over the real services, without a window."""

import pytest

from leaddesk.core.domain.verdict import Verdict
from leaddesk.core.errors import KnownError
from leaddesk.core.services import calls, lead_page
from leaddesk.ui.presenters.call_screens import Phase
from tests.helpers.rep import INGRID, fill_disk


@pytest.mark.parametrize(
    ("decided", "keys", "why", "missing"),
    [
        (Verdict.PASS, "", "", ""),
        (Verdict.PASS, "1", "", ""),
        (Verdict.NURTURE, "", "", "Pick a reason."),
        (Verdict.NURTURE, "1", "", "Say in one line why."),
        (Verdict.NURTURE, "9", "because", "Pick a reason."),
        (Verdict.NURTURE, "2", " because ", ""),
        (Verdict.DISQUALIFY, "1", "  ", "Say in one line why."),
    ],
)
def test_what_a_decision_needs(hand, decided, keys, why, missing):
    hand.call().press("> 1 > 1 > 2 > >").type("30000")
    hand.press(">")
    assert hand.assessment.recommended is Verdict.PASS
    hand.presenter.decide(decided)
    hand.press(keys)
    hand.presenter.edit_override(why)
    assert hand.deciding.missing == missing
    hand.press(">")
    assert (hand.presenter.phase is Phase.IDLE) == (not missing)


def test_a_decision_ends_the_call_and_is_confirmed(hand):
    hand.call().press("> 2")
    hand.presenter.edit_note("last words")
    hand.presenter.decide(Verdict.NURTURE)
    assert "Too little is known" in hand.deciding.against
    hand.press("2")
    hand.presenter.edit_override("They asked for it")
    hand.press(">")
    done = hand.view.last("show_confirmation")[0]
    assert (done.title, done.text) == (
        "Ingrid Solheim: Nurture",
        "15 of 100 · Later · They asked for it",
    )
    assert hand.view.last("show_deciding") == (None,)
    assert hand.view.last("call_over") == (INGRID,)
    page = lead_page.page_of(hand.desk.work, INGRID)
    assert any("last words" in entry.text for entry in page.timeline), "its note was kept before"


def test_the_reason_the_assessment_gives_is_picked_already(hand):
    hand.call().press("> > > 3 >")
    hand.presenter.decide(Verdict.DISQUALIFY)
    assert [r.label for r in hand.deciding.reasons if r.chosen] == ["No need"]
    assert hand.deciding.against == ""
    hand.press(">")
    assert hand.presenter.phase is Phase.IDLE


def test_deciding_can_be_left_and_changed(hand):
    hand.call()
    hand.presenter.decide(Verdict.NURTURE)
    hand.presenter.decide(Verdict.PASS)
    assert hand.deciding.title == "Pass to sales"
    hand.presenter.cancel()
    assert (hand.presenter.phase, hand.deciding) == (Phase.IN_CALL, None)


def test_a_decision_waits_for_the_answers_before_it(hand):
    hand.call().press("> > > 3 >")
    hand.presenter.decide(Verdict.DISQUALIFY)
    hand.presenter.cancel()
    hand.press("< 1 >")
    hand.desk.hold()
    hand.press("< 1")
    hand.presenter.decide(Verdict.DISQUALIFY)
    hand.press(">")
    assert hand.presenter.phase is Phase.CLOSING
    hand.desk.release()
    assert hand.presenter.phase is Phase.IDLE


def test_a_decision_is_not_taken_when_an_answer_before_it_is_lost(hand, monkeypatch):
    hand.call().press("> > > 3 >")
    fill_disk(monkeypatch)
    hand.press("<")
    hand.desk.hold()
    hand.press("1")
    hand.presenter.decide(Verdict.DISQUALIFY)
    hand.press(">")
    hand.desk.release()
    assert hand.presenter.phase is Phase.DECIDING
    assert calls.open_call(hand.desk.work) is not None


def test_a_call_that_cannot_be_ended_stays_open(hand, monkeypatch):
    def refuse(*_args):
        raise KnownError("The disk is full.")

    hand.call()
    monkeypatch.setattr(calls, "end_call", refuse)
    hand.presenter.end_call()
    assert hand.presenter.phase is Phase.IN_CALL
    assert hand.view.times("show_error") == 1
