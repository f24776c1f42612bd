# SPDX-License-Identifier: MIT
"""A rehearsal is a call like any other, but for the prospect and the disk."""

from leaddesk.core.domain.roles import Rep
from leaddesk.core.services import calls
from leaddesk.ui.presenters.rehearsing import Rehearsing
from tests.helpers.playbook_texts import changed_kinds


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
