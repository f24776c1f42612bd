# SPDX-License-Identifier: MIT
"""The way through the script: any order, words on the side, two minutes."""

import pytest

from leaddesk.core.services import calls
from leaddesk.ui.presenters.call_screens import Entry
from tests.helpers.playbook_texts import changed_kinds
from tests.helpers.rep import Hand


def text(parts):
    return "".join(part.text for part in parts)


def crumbs(hand):
    return [(crumb.title, crumb.passed, crumb.current) for crumb in hand.stop.crumbs]


def go(hand, stop_id):
    hand.presenter.talk.go_to(stop_id)
    return hand


# Any order


def test_any_question_can_be_asked_and_the_script_follows_from_there(hand):
    go(hand.call(), "budget")
    assert hand.stop.stop_id == "budget"
    assert hand.press(">").stop.stop_id == "words"
    assert hand.press(">").stop.stop_id == "bye"


def test_back_leads_the_way_that_was_gone(hand):
    go(go(hand.call().press(">"), "words"), "agreed")
    for stop_id in ("words", "signer", "hello"):
        assert hand.press("<").stop.stop_id == stop_id
    assert not hand.stop.can_go_back


def test_steps_that_were_jumped_over_are_not_passed(hand):
    go(hand.call(), "budget")
    assert crumbs(hand) == [
        ("Hello", True, False),
        ("More", False, True),
        ("Goodbye", False, False),
    ]


def test_there_is_no_way_to_what_the_script_does_not_have(hand):
    shown = hand.call().view.times("show_stop")
    go(hand, "nowhere")
    assert (hand.stop.stop_id, hand.view.times("show_stop")) == ("hello", shown)


def test_going_where_one_is_leaves_the_way_back_alone(hand):
    go(hand.call().press(">"), "signer")
    assert hand.press("<").stop.stop_id == "hello"


def test_what_was_typed_is_kept_on_going_elsewhere(hand):
    go(hand.call(), "budget").type("30k")
    hand.presenter.edit_note("roughly")
    go(hand, "signer")
    assert hand.on_disk() == {"budget": (30_000, "roughly")}


def test_the_place_outlives_a_crash(hand):
    go(hand.call(), "pains")
    again = Hand(hand.desk)
    again.presenter.resume(lambda: None)
    assert again.stop.stop_id == "pains"
    assert again.press("<").stop.stop_id == "agreed", "the way back is the script's"


# On the side


@pytest.mark.parametrize(
    ("command", "stop_id", "badge", "words"),
    [
        ("front_desk", "step.desk", "Front desk", "Could I speak to Ingrid Solheim?"),
        ("voicemail", "step.beep", "Voice mail", "This is a message for Ingrid."),
    ],
)
def test_words_on_the_side_and_back_to_the_same_place(hand, command, stop_id, badge, words):
    hand.call().press("> 1 >")
    getattr(hand.menu, command)()
    assert (hand.stop.stop_id, hand.stop.badge, hand.stop.entry) == (stop_id, badge, Entry.NOTHING)
    assert text(hand.stop.ask) == words
    assert not hand.stop.takes_note
    assert hand.press(">").stop.stop_id == "agreed"
    getattr(hand.menu, command)()
    assert hand.press("<").stop.stop_id == "agreed"
    assert hand.press("<").stop.stop_id == "signer", "the side is no part of the way"


def test_no_key_answers_a_question_that_is_not_on_screen(hand):
    hand.call().press(">").menu.front_desk()
    hand.press("1 2")
    hand.menu.would_not_say()
    hand.menu.take_back()
    assert hand.on_disk() == {}
    assert hand.press("> 1").on_disk() == {"signer": ("alone", "")}


def test_words_on_the_side_are_left_for_another_question(hand):
    hand.call().press(">").menu.voicemail()
    assert go(hand, "pains").stop.stop_id == "pains"


def test_the_place_in_the_script_is_what_a_crash_on_the_side_returns_to(hand):
    hand.call().press("> >").menu.front_desk()
    again = Hand(hand.desk)
    again.presenter.resume(lambda: None)
    assert again.stop.stop_id == "agreed"


def test_a_playbook_without_such_words_says_so(hand):
    hand.desk.work.texts = changed_kinds('phase = "gatekeeper"', 'phase = "voicemail"')
    hand.call().menu.front_desk()
    assert hand.said == "This playbook has no words for that."
    assert hand.stop.stop_id == "hello"


def test_exact_words_are_shown_where_there_are_any(hand):
    hand.call().menu.exact_words()
    assert text(hand.stop.say) == "Good day Ingrid, may I?"
    hand.press(">")
    assert text(hand.stop.ask) == "Who signs, Ingrid?"
    hand.press("<").menu.exact_words()
    assert text(hand.stop.say) == "Hello Ingrid"


def test_exact_words_and_points_change_on_the_side_as_well(hand):
    words = 'verbatim = "This is a message for {{ lead.first_name }}."'
    hand.desk.work.texts = changed_kinds(words, f'say = "Ask for a call back."\n{words}')
    hand.call().menu.voicemail()
    assert text(hand.stop.ask) == "Ask for a call back."
    hand.menu.exact_words()
    assert text(hand.stop.ask) == "This is a message for Ingrid."
    hand.menu.exact_words()
    assert text(hand.stop.ask) == "Ask for a call back."


# Two minutes


def test_two_minutes_ask_only_what_can_still_decide_and_end_at_the_close(hand):
    hand.call().press(">").menu.hurry()
    short = hand.presenter.talk.live.way.short
    count = len(short)
    assert hand.said == f"Two minutes: {count} questions can still decide."
    assert hand.stop.stop_id == short[0]
    asked = []
    while hand.stop.stop_id != "bye":
        asked.append(hand.stop.stop_id)
        assert len(asked) <= count, asked
        hand.press("1 >" if hand.stop.entry is Entry.CHOICE else ">")
    assert asked[0] == short[0]
    assert hand.entry.at_end
    assert hand.press("<").stop.stop_id == asked[-1]


def test_two_minutes_skip_what_is_answered(hand):
    hand.call().press("> 1").menu.hurry()
    assert "signer" not in hand.presenter.talk.live.way.short
    assert hand.stop.stop_id != "signer"


def test_two_minutes_more_and_the_script_is_followed_again(hand):
    hand.call().press(">").menu.hurry()
    here = hand.stop.stop_id
    hand.menu.hurry()
    assert hand.said == "Back to the whole script."
    assert hand.stop.stop_id == here
    assert "words" in hand.presenter.talk.live.playbook.script[-2].questions
    go(hand, "budget")
    assert hand.press(">").stop.stop_id == "words"


def test_where_nothing_can_decide_two_minutes_change_nothing(hand):
    hand.call().press("> > > 3 >")
    assert hand.stop.stop_id == "pains"
    hand.menu.hurry()
    assert "Nothing open can change the recommendation" in hand.said
    assert hand.stop.stop_id == "pains"
    assert hand.presenter.talk.live.way.short is None


def test_one_question_that_can_decide_is_one_question(hand):
    hand.call().press("> 1 > 1 > 2 >")
    hand.menu.hurry()
    assert hand.said == "Two minutes: 1 question can still decide."
    assert hand.stop.stop_id == "budget"


def test_the_question_that_decides_most_is_one_key_away(hand):
    hand.call().press(">")
    best = hand.presenter.talk.live.next_best()
    hand.menu.ask_best()
    assert hand.stop.stop_id == best
    hand.press("<" if hand.stop.stop_id != "signer" else "")
    go(hand, "pains").press("3 >")
    hand.menu.ask_best()
    assert hand.said == "No open question here can change the recommendation."
    assert calls.open_call(hand.desk.work).position == "pains"
