# SPDX-License-Identifier: MIT
"""What is said about an answer under it: how old, how sure."""

import pytest

from leaddesk.core.services import calls, playbooks
from leaddesk.ui.presenters.call_screens import RemarkTone
from tests.helpers.playbook_texts import changed_kinds
from tests.helpers.rep import INGRID, Hand

QUIET, WARNING = RemarkTone.QUIET, RemarkTone.WARNING


@pytest.fixture
def known(hand):
    """A lead who said on an earlier call, of 23 Nov 2026, who signs and what hurts."""
    hand.call().press("> 1 > > 2 >").hang_up("h >")
    return hand


def told(hand):
    return [(remark.text, remark.tone) for remark in hand.entry.remarks]


def test_an_answer_of_this_call_needs_no_words(hand):
    hand.call().press("> 1")
    assert told(hand) == []


def test_what_was_said_before_is_there_with_its_day(known):
    known.later(days=8).call().press(">")
    assert known.chosen == ["Signs alone"]
    assert told(known) == [("From 23 Nov 2026", QUIET)]


def test_what_is_said_again_is_of_today(known):
    known.later(days=8).call().press("> 2")
    assert told(known) == []


@pytest.mark.parametrize(("days", "is_stale"), [(29, False), (31, True)])
def test_an_old_answer_is_to_be_confirmed_again(known, days, is_stale):
    known.later(days=days).call().press("> > >")
    assert known.stop.stop_id == "pains"
    if is_stale:
        assert told(known) == [("Re-confirm: said 31 days ago (23 Nov 2026)", WARNING)]
    else:
        assert told(known) == [("From 23 Nov 2026", QUIET)]


def test_an_old_answer_does_not_count_until_it_is_said_again(known):
    known.later(days=63).call().press("> > >")
    assert known.assessment.shown == 100 * 20 // 65, "who signs does not age"
    known.press("2 2 >")
    assert known.assessment.shown == 100 * 30 // 65
    assert told(known) == []


def test_a_note_on_an_old_answer_does_not_make_it_count_again(known):
    known.later(days=63).call().press("> > >")
    for note in ("the drills", "the drills again"):
        known.presenter.edit_note(note)
        known.presenter.keep_note()
        assert known.on_disk()["pains"] == (("dear",), note)
        known.presenter.talk.show_stop()
        assert told(known) == [("Re-confirm: said 63 days ago (23 Nov 2026)", WARNING)]
        assert known.assessment.shown == 100 * 20 // 65, "only who signs, which does not age"
        assert known.stop.noted_at == "", "of this call, but not when the answer was given"
    again = Hand(known.desk)
    again.now = known.now
    again.presenter.resume(lambda: None)
    assert again.assessment.shown == 100 * 20 // 65, "nor after a crash"
    assert again.entry.confirms
    again.press(">")
    assert again.assessment.shown == 100 * 30 // 65
    assert (told(again), again.on_disk()["pains"]) == ([], (("dear",), "the drills again"))


def test_the_key_of_an_old_answer_with_a_new_note_says_it_again(known):
    known.later(days=8).call().press(">")
    known.presenter.edit_note("and Ruth")
    known.presenter.keep_note()
    assert known.presenter.live.said_now() == {}
    known.press("1")
    assert told(known) == []
    assert known.presenter.live.said_now() == {"signer": "alone"}


STALE = "stale_after_days = 30\n  "


@pytest.mark.parametrize(
    ("question", "keys", "typed", "value"),
    [
        ("pains", "1 2 >", "", ("slow", "dear")),
        ("pains", "0 >", "", ()),
        ("signer", "1", "", "alone"),
        ("agreed", "2", "", "no"),
        ("budget", ">", "25000", 25_000),
        ("words", ">", "They are slow.", "They are slow."),
    ],
)
def test_enter_says_an_old_answer_again_then_goes_on(hand, question, keys, typed, value):
    texts = changed_kinds(STALE, "")
    ids = ("signer", "agreed", "pains", "budget", "words")

    def all_stale(folder, suffix):
        found = dict(texts(folder, suffix))
        if folder == "playbooks":
            for one in ids:
                found["kinds-v3"] = found["kinds-v3"].replace(
                    f'id = "{one}"\n  ', f'id = "{one}"\n  {STALE}'
                )
        return found

    hand.desk.work.texts = all_stale
    hand.call().presenter.talk.go_to(question)
    if typed:
        hand.type(typed)
    hand.press(keys).hang_up("h >")
    hand.later(days=29).call().presenter.talk.go_to(question)
    assert not hand.entry.confirms, "it still counts: Enter goes on"
    hand.hang_up()
    hand.later(days=2).call().presenter.talk.go_to(question)
    assert hand.entry.confirms
    assert hand.on_disk()[question][0] == value
    saved = hand.view.times("answer_saved")
    hand.press(">")
    assert (hand.stop.stop_id, told(hand), hand.entry.confirms) == (question, [], False)
    assert (hand.view.times("answer_saved"), hand.on_disk()[question][0]) == (saved + 1, value)
    hand.press(">")
    assert hand.stop.stop_id != question


def test_leaving_an_old_answer_another_way_does_not_say_it_again(known):
    known.later(days=31).call().press("> > >")
    saved = known.view.times("answer_saved")
    known.press("<")
    known.presenter.talk.go_to("budget")
    assert known.view.times("answer_saved") == saved


def test_what_nobody_knew_is_not_said_again_by_enter(hand):
    hand.call().press("> > >").menu.does_not_know()
    hand.hang_up("h >")
    hand.later(days=31).call().press("> > >")
    assert (hand.stop.stop_id, hand.entry.confirms) == ("pains", False)


def test_the_same_key_says_an_old_answer_again_once(known):
    known.later(days=8).call().press("> 1")
    assert told(known) == [], "it is of today now"
    assert known.view.times("answer_saved") == 3
    known.press("1")
    assert known.view.times("answer_saved") == 3
    known.menu.undo()
    assert told(known) == [("From 23 Nov 2026", QUIET)]


def test_an_answer_to_another_playbook_says_which(known):
    work = known.desk.work
    playbooks.choose(work, "bant")
    known.later(days=8).call()
    known.presenter.talk.go_to("problem")
    assert known.chosen == ["Specific problem with a figure on it"]
    assert told(known) == [("From 23 Nov 2026, Every kind", QUIET)]


def test_how_sure_is_told_unless_it_is_as_usual(hand):
    hand.call().press("> 1").menu.change_evidence()
    assert told(hand) == [("Confirmed", QUIET)]
    hand.menu.change_evidence()
    assert told(hand) == [("Assumed: counts only once said", WARNING)]


def test_where_it_has_to_be_confirmed_what_is_said_is_not_enough(hand):
    coverage = "minimum_coverage = 50"
    hand.desk.work.texts = changed_kinds(coverage, f'{coverage}\nevidence = "confirmed"')
    hand.call().press("> 1")
    assert told(hand) == [("Said: counts only once confirmed", WARNING)]
    hand.menu.change_evidence()
    assert told(hand) == [("Confirmed", QUIET)]


def test_why_a_question_is_open_is_still_told_on_the_next_call(hand):
    hand.call().press("> >").menu.does_not_know()
    hand.press(">").hang_up("h >")
    hand.later(days=8).call().press("> >")
    assert told(hand) == [
        ("From 23 Nov 2026", QUIET),
        ("Does not know; the question stays open", QUIET),
    ]


def test_words_on_the_side_have_no_remarks(known):
    known.later(days=8).call().press(">").menu.front_desk()
    assert told(known) == []


def test_the_session_has_what_the_remarks_say(known):
    known.later(days=8).call()
    session = calls.open_call(known.desk.work)
    assert session.call.lead_id == INGRID
    assert session.before["signer"].exact
