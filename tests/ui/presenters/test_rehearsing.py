# SPDX-License-Identifier: MIT
"""A rehearsal is a call like any other, but for the prospect and the disk."""

import pytest

from leaddesk.core.domain.roles import Rep
from leaddesk.core.domain.stages import Status
from leaddesk.core.domain.verdict import Verdict
from leaddesk.core.services import calls
from leaddesk.ui.presenters.rehearsing import Rehearsing
from tests.helpers.playbook_texts import changed_kinds
from tests.helpers.rep import INGRID, PRIYA


def rehearse(hand):
    Rehearsing(hand.presenter, lambda _count: 0).start()
    return hand


def text(parts):
    return "".join(part.text for part in parts)


def test_nothing_of_it_is_written_down(hand):
    rehearse(hand).press("> 1 > 1")
    assert hand.chosen == ["Yes"]
    assert calls.open_call(hand.desk.work) is None
    assert hand.desk.announced == []


def test_the_script_names_who_calls(hand):
    work = hand.desk.work
    work.rep = Rep("Ada Berg", "Fjord")
    work.texts = changed_kinds(
        'say = "Hello {{ lead.first_name }}"', 'say = "Here is {{ rep.name }}"'
    )
    rehearse(hand)
    assert text(hand.stop.say) == "Here is Ada Berg"


def test_the_score_is_kept_for_the_end_where_it_is_on_calls(hand):
    hand.desk.work.is_silent = True
    rehearse(hand)
    assert hand.assessment.is_silent


NOTHING = "That was a rehearsal: there is nothing to take back."


def rehearsed(hand, decided):
    """Rehearse after a decision, to the end."""
    hand.call().press("> > > 3 >").menu.decide(Verdict.DISQUALIFY)
    hand.press(">")
    rehearse(hand)
    if not decided:
        return hand.press("> 1").hang_up("h >")
    hand.press("> 1").menu.decide(Verdict.DISQUALIFY)
    return hand.press("1").fill(why="they laughed").press(">")


@pytest.mark.parametrize("decided", [True, False])
def test_undo_puts_its_result_away_and_takes_no_decision_back(hand, decided):
    rehearsed(hand, decided)
    assert hand.panel.title == "What the rehearsal was worth"
    hand.menu.undo_decision()
    assert (hand.said, hand.panel) == (NOTHING, None)
    assert hand.view.last("show_confirmation") == (None,)
    hand.menu.undo_decision()
    assert hand.said == "There is no decision to take back."
    assert hand.state().status is Status.DISQUALIFIED


def test_once_another_lead_is_chosen_undo_is_about_that_one(hand):
    rehearsed(hand, decided=True)
    hand.look(PRIYA).menu.undo_decision()
    assert hand.said == "There is no decision to take back."
    hand.look(INGRID).menu.undo_decision()
    assert hand.presenter.call_lead_id == INGRID


def test_a_call_after_a_rehearsal_is_taken_back_as_any(hand):
    rehearsed(hand, decided=True)
    hand.call(PRIYA).press("> > > 3 >").menu.decide(Verdict.DISQUALIFY)
    hand.press(">").menu.undo_decision()
    assert hand.presenter.call_lead_id == PRIYA
