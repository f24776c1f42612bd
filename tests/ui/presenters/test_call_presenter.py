# SPDX-License-Identifier: MIT
"""A call up to its decision, over the real services, without a window."""

import pytest

from leaddesk.core.domain.verdict import Verdict
from leaddesk.core.services import calls, lead_list
from leaddesk.ui.presenters.call_screens import Entry, Gap, Phase, SaveState
from tests.helpers.rep import INGRID, PRIYA, SUPPRESSED, Hand, fill_disk


def test_a_lead_is_shown_with_what_its_data_says(hand):
    row = lead_list.rows(hand.desk.work, [1])[0]
    hand.presenter.choose(row)
    card = hand.view.last("show_lead")[0]
    assert (card.name, card.lead_id) == ("Ingrid Solheim", INGRID)
    assert ("Employees", "310") in card.facts
    assert hand.assessment.shown == 0


def test_only_the_lead_chosen_last_is_shown(hand):
    first, second, third = lead_list.rows(hand.desk.work, [1, 2, 3])
    hand.desk.hold()
    for row in (first, second, third):
        hand.presenter.choose(row)
    hand.desk.release()
    assert [args[0].name for name, args, _ in hand.view.shown if name == "show_lead"] == [
        "Tomás Herrera"
    ]


def test_enter_calls_the_lead_chosen(hand):
    hand.presenter.choose(lead_list.rows(hand.desk.work, [1])[0])
    hand.press(">")
    assert hand.presenter.phase is Phase.IN_CALL
    assert hand.view.last("show_call")[0].name == "Ingrid Solheim"
    assert (hand.stop.stop_id, hand.stop.entry) == ("hello", Entry.NOTHING)
    assert hand.view.last("show_elapsed") == ("00:00",)


def test_the_words_of_the_script_have_the_name_in_them(hand):
    hand.call().press(">")
    assert "".join(part.text for part in hand.stop.ask) == "Who signs, Ingrid?"
    assert [crumb.title for crumb in hand.stop.crumbs if crumb.current] == ["Talk"]


def test_a_key_answers_and_stays_to_show_the_effect(hand):
    hand.call().press("> 1")
    assert hand.stop.stop_id == "signer"
    assert hand.chosen == ["Signs alone"]
    assert hand.on_disk() == {"signer": ("alone", "")}
    assert hand.assessment.score == pytest.approx(100 * 20 / 65)
    assert hand.view.last("show_saving") == (SaveState.SAVED,)


def test_another_key_changes_the_answer_and_the_same_key_changes_nothing(hand):
    hand.call().press("> 1 2 2")
    assert hand.on_disk() == {"signer": ("together", "")}
    assert hand.view.times("answer_saved") == 2


@pytest.mark.parametrize("key", ["9", "0", "x", "½", "٣"])
def test_a_key_that_is_no_answer_does_nothing(hand, key):
    hand.call().press(f"> {key}")
    assert hand.on_disk() == {}


def test_enter_goes_on_and_back_goes_back(hand):
    hand.call().press("> 1 > <")
    assert (hand.stop.stop_id, hand.chosen) == ("signer", ["Signs alone"])
    assert not hand.press("< <").stop.can_go_back


def test_the_end_of_the_script_says_so(hand):
    hand.call().press("> > > > > > >")
    assert hand.stop.stop_id == "bye"
    assert hand.entry.at_end
    assert "last question" in hand.view.last("say")[0]


@pytest.mark.parametrize(
    ("keys", "value", "chosen"),
    [
        ("1 2 >", ("slow", "dear"), ["Slow", "Dear"]),
        ("2 1 >", ("slow", "dear"), ["Slow", "Dear"]),
        ("1 2 1 >", ("dear",), ["Dear"]),
        ("0 >", (), ["None of these"]),
        ("1 0 >", (), ["None of these"]),
        ("1 1 >", (), ["None of these"]),
    ],
)
def test_several_are_toggled_and_enter_keeps_them(hand, keys, value, chosen):
    hand.call().press("> > >")
    hand.press(keys)
    assert hand.on_disk() == {"pains": (value, "")}
    assert (hand.stop.stop_id, hand.chosen) == ("pains", chosen)
    assert hand.press(">").stop.stop_id == "budget"


def test_toggles_are_kept_on_leaving_by_other_ways(hand):
    hand.call().press("> > > 2 <")
    assert hand.on_disk() == {"pains": (("dear",), "")}


def test_several_left_alone_stay_open(hand):
    hand.call().press("> > > >")
    assert (hand.stop.stop_id, hand.on_disk()) == ("budget", {})


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("25000", 25000),
        ("25,000", 25000),
        ("25.000", 25000),
        ("25 000", 25000),
        ("25'000", 25000),
        ("25k", 25000),
        ("1.5m", 1_500_000),
        ("€ 2.5 k", 2500),
        ("0", 0),
    ],
)
def test_a_number_is_read_as_people_write_it(hand, typed, number):
    hand.call().press("> > > >").type(typed)
    assert hand.chosen == (["enough"] if number >= 20000 else ["little"])
    assert hand.entry.unsaved
    hand.press(">")
    assert hand.on_disk() == {"budget": (number, "")}
    assert (hand.stop.stop_id, hand.entry.unsaved) == ("budget", False)


@pytest.mark.parametrize("typed", ["abc", "2.5", "-1", "25000000000000000", "1,00", "٣"])
def test_what_is_no_number_is_said_on_enter_and_not_before(hand, typed):
    hand.call().press("> > > >").type(typed)
    assert hand.entry.problem == ""
    hand.press(">")
    assert hand.entry.problem
    assert (hand.stop.stop_id, hand.on_disk()) == ("budget", {})


def test_a_number_taken_out_is_asked_without_an_answer(hand):
    hand.call().press("> > > >").type("30000").press(">").type("").press(">")
    assert hand.on_disk() == {"budget": (None, "")}
    assert hand.assessment.score == 0


def test_a_text_is_kept_and_scores_nothing(hand):
    hand.call().press("> > > > >").type(" their words ").press(">")
    assert hand.on_disk() == {"words": ("their words", "")}
    assert not hand.stop.takes_note


def test_a_note_goes_with_the_answer_and_alone(hand):
    hand.call().press("> 2")
    hand.presenter.edit_note(" Ruth co-signs ")
    hand.presenter.keep_note()
    hand.press("> ")
    hand.presenter.edit_note("asked twice")
    hand.press(">")
    assert hand.on_disk() == {
        "signer": ("together", "Ruth co-signs"),
        "agreed": (None, "asked twice"),
    }
    assert hand.press("<").stop.note == "asked twice"
    hand.press("2")
    assert hand.on_disk()["agreed"] == ("no", "asked twice")


def test_a_note_left_as_it_was_is_not_written_again(hand):
    hand.call().press("> 1")
    hand.presenter.edit_note("x")
    hand.presenter.keep_note()
    hand.presenter.edit_note("x ")
    hand.presenter.keep_note()
    assert hand.view.times("answer_saved") == 2


def test_the_answer_is_handed_over_before_it_is_shown(hand):
    hand.call().press(">")
    hand.desk.hold()
    hand.press("1")
    assert hand.view.last("show_saving") == (SaveState.SAVING,)
    assert hand.assessment.shown > 0, "the screen does not wait for the disk"
    assert hand.view.times("answer_saved") == 0
    hand.desk.release()
    assert hand.view.last("show_saving") == (SaveState.SAVED,)


def test_an_answer_that_cannot_be_saved_is_taken_back(hand, monkeypatch):
    hand.call().press("> 1")
    fill_disk(monkeypatch)
    hand.press("2")
    assert hand.chosen == ["Signs alone"]
    assert hand.assessment.score == pytest.approx(100 * 20 / 65)
    assert hand.view.last("show_saving") == (SaveState.FAILED,)
    error = hand.view.last("show_error")[0]
    assert "Authority was not saved and is taken back" in error.what
    assert "The disk is full" in error.what


def test_a_note_that_cannot_be_saved_stays_in_its_field(hand, monkeypatch):
    hand.call().press("> 1")
    with monkeypatch.context() as patch:
        fill_disk(patch)
        hand.presenter.edit_note("precious")
        hand.presenter.keep_note()
        assert hand.stop.note == "precious"
    hand.press(">")
    assert hand.on_disk() == {"signer": ("alone", "precious")}


def test_a_later_answer_is_not_taken_back_with_an_earlier_one(hand, monkeypatch):
    hand.call().press(">")
    hand.desk.hold()
    hand.press("1 2")
    first, second = hand.desk.held
    with monkeypatch.context() as patch:
        fill_disk(patch)
        first()
    assert hand.chosen == ["Signs with somebody"]
    second()
    assert hand.on_disk() == {"signer": ("together", "")}


def test_a_call_goes_on_where_it_was(hand):
    hand.call().press("> 1 > 1 > 2 > > ")
    again = Hand(hand.desk)
    resumed = []
    again.presenter.resume(lambda: resumed.append(True))
    assert resumed == [True]
    assert again.stop.stop_id == "budget"
    assert again.assessment.shown == hand.assessment.shown
    assert again.press("<").chosen == ["Dear"]


def test_without_an_open_call_nothing_is_resumed(hand):
    resumed = []
    hand.presenter.resume(lambda: resumed.append(hand.presenter.phase))
    assert resumed == [Phase.IDLE]


def test_another_lead_cannot_be_called_meanwhile(hand):
    hand.call().call(PRIYA)
    assert hand.presenter.call_lead_id == INGRID
    assert "Ingrid Solheim" in hand.view.last("say")[0]


def test_a_lead_not_to_be_contacted_is_not_called(hand):
    hand.call(SUPPRESSED)
    assert hand.presenter.phase is Phase.IDLE
    assert "is not to be contacted" in hand.panel.rows[0].text
    assert hand.view.times("show_call") == 0


def test_ending_without_a_decision(hand):
    hand.call().press("> 1").hang_up("h >")
    assert hand.presenter.phase is Phase.IDLE
    assert hand.view.last("call_over") == (INGRID,)
    assert calls.open_call(hand.desk.work) is None


def test_the_time_goes_on(hand):
    hand.call()
    hand.later(minutes=4, seconds=12).presenter.tick()
    assert hand.view.last("show_elapsed") == ("04:12",)
    hand.later(hours=2).presenter.tick()
    assert hand.view.last("show_elapsed") == ("2:04:12",)


def test_gaps_come_first(hand):
    hand.call().press("> 1")
    assert [(line.title, line.gap) for line in hand.assessment.lines] == [
        ("Authority", Gap.PART),
        ("Need", Gap.OPEN),
        ("Money", Gap.OPEN),
    ]
    hand.press("> 1")
    assert [line.title for line in hand.assessment.lines] == ["Need", "Money", "Authority"]
    assert [line.title for line in hand.assessment.lines if line.current] == ["Authority"]


def test_the_hint_names_what_decides_most_and_is_silent_when_nothing_can(hand):
    hand.call()
    assert hand.view.last("show_hint") == ("", 0), "nothing is asked in the opening"
    hand.press(">")
    words, swing = hand.view.last("show_hint")
    assert words == "Best asked now" or words.startswith("Ask next: ")
    assert 0 < swing <= 100
    hand.press("> > 3 >")
    assert hand.view.last("show_hint") == ("", 0)


def test_nothing_happens_without_a_call(hand):
    menu = hand.menu
    hand.presenter.go_back()
    hand.presenter.close_panel()
    hand.presenter.tick()
    menu.decide(Verdict.PASS)
    for command in (
        menu.end_call, menu.do_not_call, menu.jump, menu.ask_best, menu.hurry, menu.objections,
        menu.front_desk, menu.voicemail, menu.exact_words, menu.would_not_say,
        menu.does_not_know, menu.change_evidence, menu.undo, menu.take_back, menu.ledger,
        menu.read_as, menu.switch_playbook,
    ):  # fmt: skip
        command()
    hand.presenter.edit_note("x")
    hand.presenter.keep_note()
    hand.presenter.edit_entry("x")
    hand.press(">")
    assert hand.presenter.phase is Phase.IDLE
    assert hand.view.shown == []


def test_a_call_left_open_goes_on_when_another_is_tried_before_it_was_found(hand):
    hand.call().press("> 1")
    again = Hand(hand.desk)
    hand.desk.hold()
    again.presenter.resume(lambda: None)
    again.call(PRIYA)
    hand.desk.release()
    assert again.presenter.call_lead_id == INGRID
    assert "still open" in str(again.view.last("show_error")[0])
