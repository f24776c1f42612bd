# SPDX-License-Identifier: MIT
"""What is asked before a lead is passed: the checklist, and who receives it."""

import pytest

from leaddesk.core.domain.verdict import Verdict
from leaddesk.core.services import handoffs, playbooks
from tests.helpers.playbook_texts import SHORT
from tests.helpers.rep import INGRID
from tests.helpers.talks import put_own_playbook

CHECKLIST = """
[handoff]
checklist = ["decision maker named", "next step agreed"]
"""
RULES = """
[[routing]]
when = { source = ["Pricing page"] }
to = ["nils@example.com"]
"""


@pytest.fixture
def passing(hand):
    """A panel that passes Ingrid by a playbook with these tables."""

    def open_panel(tables):
        put_own_playbook(hand.desk.work, SHORT + tables)
        playbooks.choose(hand.desk.work, "short")
        hand.call().press("1 >").menu.decide(Verdict.PASS)
        return hand

    return open_panel


def test_points_are_ticked_and_unticked_by_key_and_go_with_the_lead(passing):
    hand = passing(CHECKLIST)
    assert hand.offered == {"decision maker named": "1", "next step agreed": "2"}
    assert hand.panel.sentence_below == "2 of 2 not ticked; the hand-off will say so."
    hand.press("1 2 1 9")
    assert [one.chosen for one in hand.panel.choices] == [False, True]
    assert hand.panel.sentence_below.startswith("1 of 2 not ticked")
    hand.fill(step="Demo on Friday").press(">")
    assert handoffs.of_lead(hand.desk.work, INGRID).checked == ("next step agreed",)


def test_what_is_not_ticked_holds_nobody_up(passing):
    hand = passing(CHECKLIST).fill(step="Demo").press(">")
    assert handoffs.of_lead(hand.desk.work, INGRID).checked == ()


def test_a_playbook_without_a_checklist_asks_for_nothing(passing):
    hand = passing("")
    assert (hand.panel.choices, hand.panel.ask, hand.panel.sentence_below) == ((), "", "")
    assert hand.panel.fields[-1].label == "Who in sales receives it"


def test_who_receives_it_is_said_and_can_be_somebody_else(passing):
    hand = passing(RULES)
    assert hand.panel.fields[-1].label == "Goes to nils@example.com (rule 1: source Pricing page)."
    hand.fill(who=" zoe ")
    assert hand.panel.fields[-1].label == "Goes to zoe."
    hand.fill(step="Demo").press(">")
    assert handoffs.of_lead(hand.desk.work, INGRID).receiver == "zoe"


def test_where_no_rule_matches_somebody_can_be_named(passing):
    hand = passing(RULES.replace("Pricing page", "Fair"))
    assert hand.panel.fields[-1].label == "No rule of the playbook matches: say who receives it."
    hand.fill(step="Demo").press(">")
    assert handoffs.of_lead(hand.desk.work, INGRID).receiver == ""


def test_other_decisions_ask_for_neither(passing):
    hand = passing(CHECKLIST + RULES)
    hand.menu.decide(Verdict.NURTURE)
    assert "decision maker named" not in hand.offered
    assert "who" not in {field.id for field in hand.panel.fields}
