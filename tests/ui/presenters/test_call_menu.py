# SPDX-License-Identifier: MIT
"""What can be done on a call besides answering. Decisions have a file of their own."""

from datetime import timedelta

import pytest

from leaddesk.core.domain.events import EventKind
from leaddesk.core.domain.queue import Due
from leaddesk.core.domain.stages import Status
from leaddesk.core.domain.verdict import Verdict
from leaddesk.ui.presenters.call_screens import Phase
from tests.helpers.leads import HOSTILE
from tests.helpers.noon import NOON
from tests.helpers.playbook_texts import changed_kinds
from tests.helpers.rep import INGRID, PRIYA


def last_call(hand, lead_id=INGRID):
    with hand.desk.work.store.read() as unit:
        return unit.calls.of_lead(lead_id)[-1]


def results(hand):
    call = last_call(hand)
    return call.line_result, call.conversation_result


def time_zone(hand, lead_id, zone):
    with hand.desk.work.store.begin() as unit:
        unit.leads.set_time_zone(lead_id, zone)


# The result of a call


def test_a_call_nobody_answered_ends_with_two_keys(hand):
    hand.call().menu.end_call()
    assert hand.panel.ask == "What the line did"
    assert hand.panel.missing == "Pick what the line did."
    hand.press("2")
    assert hand.panel.sentence_below == (
        "counts as an attempt · again after 4 h, at another time of day"
    )
    assert hand.panel.missing == ""
    hand.press(">")
    assert results(hand) == ("NO_ANSWER", "")
    assert last_call(hand).is_attempt
    assert hand.view.last("show_confirmation")[0].text == "No answer"
    state = hand.state()
    assert (state.status, state.due) == (Status.ATTEMPTING, Due.RETRY)
    assert state.due_at > NOON + timedelta(hours=4) - timedelta(seconds=1)


def test_another_line_result_can_be_picked_before_enter(hand):
    hand.call().hang_up("2 5 >")
    assert results(hand) == ("BUSY", "")


def test_a_call_cancelled_before_it_rang_is_no_attempt(hand):
    hand.call().hang_up("c >")
    assert not last_call(hand).is_attempt
    assert hand.state().attempts == 0


def test_a_call_somebody_answered_cannot_end_without_what_came_of_it(hand):
    hand.call().menu.end_call()
    hand.press("1")
    assert hand.panel.sentence == "Reached."
    assert hand.panel.ask == "What came of it"
    for _enter in range(2):
        hand.press(">")
        assert hand.panel.missing == "Pick what came of it."
    assert hand.presenter.phase is Phase.IN_CALL
    hand.press("h >")
    assert results(hand) == ("CONNECTED_TARGET", "HUNG_UP")


def test_who_answered_a_question_was_reached(hand):
    hand.call().press("> 1").menu.end_call()
    assert hand.panel.ask == "What came of it"
    assert "No answer" not in hand.offered
    hand.press("7 >")
    assert results(hand) == ("CONNECTED_TARGET", "NOT_INTERESTED_NO_REASON")


def test_who_objects_was_reached(hand):
    hand.call().press("> 1").menu.objections()
    hand.press("1").menu.end_call()
    assert hand.panel.ask == "What came of it"
    assert "No answer" not in hand.offered


@pytest.mark.parametrize(
    ("command", "label", "line"),
    [("front_desk", "Not put through", "GATEKEEPER"),
     ("voicemail", "Left a voicemail", "VOICEMAIL_LEFT")],
)  # fmt: skip
def test_behind_words_on_the_side_the_line_is_picked_already(hand, command, label, line):
    getattr(hand.call().menu, command)()
    hand.menu.end_call()
    assert [choice.label for choice in hand.panel.choices if choice.chosen] == [label]
    hand.press(">")
    assert results(hand) == (line, "")


def test_a_callback_is_promised_by_their_clock(hand):
    time_zone(hand, PRIYA, "America/Chicago")
    hand.later(hours=4).call(PRIYA).press("> 1").menu.end_call()
    hand.press("5 >")
    assert hand.panel.missing == "Say when."
    assert hand.panel.focus == "when"
    assert hand.panel.fields[-1].label == "When, by their clock"
    hand.fill(when="tomorrow 15:00")
    label = hand.panel.fields[-1].label
    assert label.startswith("When, by their clock: Tue 24 Nov 2026, 15:00 · ")
    assert label.endswith(" here")
    hand.press(">")
    state = hand.state(PRIYA)
    assert (state.due, state.due_at) == (Due.CALLBACK, NOON + timedelta(days=1, hours=9))
    assert state.due_for == hand.desk.work.rep.name
    assert state.status is Status.IN_CONVERSATION


@pytest.mark.parametrize(("typed", "missing"), [("yesterday", "no date"), ("10:00 gone", "no date"),
                                                ("22 Nov 2026", "in the past")])  # fmt: skip
def test_a_callback_at_no_time_or_a_past_one_is_refused(hand, typed, missing):
    hand.call().press("> 1").menu.end_call()
    hand.press("5").fill(when=typed).press(">")
    assert missing in hand.panel.missing
    assert hand.presenter.phase is Phase.IN_CALL


def test_who_named_somebody_else_is_asked_whom(hand):
    hand.call().press("> 1").menu.end_call()
    hand.press("8 >")
    assert hand.panel.missing == "Name of the person?"
    assert hand.panel.focus == "text"
    hand.fill(text=" Ruth Almond ").press(">")
    assert results(hand)[1] == "REFERRED"
    assert hand.events(EventKind.REFERRED) == [{"name": "Ruth Almond", "result": "REFERRED"}]


def test_the_name_of_a_successor_may_be_left_out(hand):
    hand.call().press("> 1").menu.end_call()
    hand.press("g >")
    assert results(hand)[1] == "LEFT_COMPANY"
    assert hand.state().status is Status.DISQUALIFIED


@pytest.mark.parametrize(
    ("key", "title", "step"),
    [("1", "Pass to sales", "Meeting"), ("2", "Pass to sales", ""), ("3", "Nurture", None),
     ("4", "Disqualify", None)],
)  # fmt: skip
def test_a_result_that_is_a_decision_asks_for_it(hand, key, title, step):
    hand.call().press("> 1").menu.end_call()
    hand.press(key)
    assert hand.panel.title == title
    steps = [field.text for field in hand.panel.fields if field.id == "step"]
    assert steps == ([] if step is None else [step])
    assert hand.presenter.phase is Phase.IN_CALL


def test_a_meeting_is_a_pass_with_its_time(hand):
    hand.call().press("> 1 > 1 > 2 > >").type("30000").press(">")
    hand.menu.end_call()
    hand.press("1")
    assert (hand.panel.missing, hand.panel.focus) == ("Say when you meet.", "when")
    hand.press(">")
    assert hand.presenter.phase is Phase.IN_CALL
    hand.fill(when="tomorrow 14:00").press(">")
    assert results(hand) == ("CONNECTED_TARGET", "MEETING_SET")
    assert hand.state().status is Status.PASSED
    assert "Meeting · next " in hand.view.last("show_confirmation")[0].text


def test_the_end_of_a_call_can_be_left_for_the_call(hand):
    hand.call().press("> 1").menu.end_call()
    hand.press("5").presenter.close_panel()
    assert hand.panel is None
    assert hand.press("2").chosen == ["Signs with somebody"]


def test_what_was_typed_is_kept_before_the_call_ends(hand):
    hand.call().press("> > > >").type("30k")
    hand.presenter.edit_note("roughly")
    hand.hang_up("h >")
    assert any("roughly" in text for text in hand.history())


# Never again


def test_who_asks_never_to_be_called_is_gone_at_once_with_every_number(hand):
    hand.call().press("> 1").menu.do_not_call()
    assert hand.panel.title == "Never call again"
    hand.press(">")
    assert hand.presenter.phase is Phase.IN_CALL, "Enter alone is too easy for this"
    hand.press("1")
    assert hand.presenter.phase is Phase.IDLE
    assert results(hand) == ("CONNECTED_TARGET", "DO_NOT_CALL")
    state = hand.state()
    assert (state.do_not_call, state.suppressed, state.due) == (True, True, Due.NONE)
    assert state.status is Status.SUPPRESSED
    with hand.desk.work.store.read() as unit:
        assert set(unit.do_not_call.since(["+442079460958"])) == {"+442079460958"}
    hand.call()
    assert "is not to be contacted" in hand.panel.rows[0].text


def test_a_number_is_blocked_for_whoever_else_has_it(hand):
    with hand.desk.work.store.begin() as unit:
        ingrid = unit.leads.get(INGRID)
        twin = {"lead_id": "LTWIN", "first_name": "Twin"}
        unit.leads.add([type(ingrid)(**{**_fields(ingrid), **twin})])
    hand.call().menu.do_not_call()
    hand.press("1").call("LTWIN")
    assert hand.presenter.is_idle
    assert hand.panel.rows[0].text == "Nobody is to be called on +44 20 7946 0958 any more."


def test_a_number_that_cannot_be_read_is_blocked_as_written(hand):
    with hand.desk.work.store.begin() as unit:
        ingrid = unit.leads.get(INGRID)
        odd = {"lead_id": "LODD", "phone": "ask for 4711", "phone_e164": ""}
        unit.leads.add([type(ingrid)(**{**_fields(ingrid), **odd})])
    hand.call("LODD").menu.do_not_call()
    hand.press("1")
    with hand.desk.work.store.read() as unit:
        assert set(unit.do_not_call.since(["ask for 4711"])) == {"ask for 4711"}


def _fields(lead):
    return {name: getattr(lead, name) for name in type(lead).__dataclass_fields__}


# Around the script


def test_an_objection_is_met_noted_and_left_for_where_it_leads(hand):
    hand.call().press("> 1").menu.objections()
    assert [(c.key, c.label, c.effect) for c in hand.panel.choices] == [
        ("1", "Too dear", "dear · cost")
    ]
    hand.press("1")
    assert hand.panel is None
    assert hand.stop.badge == "Objection · Too dear"
    assert "".join(part.text for part in hand.stop.ask) == "Compared with what, Ingrid?"
    assert hand.events(EventKind.OBJECTION) == [{"objection": "price"}]
    hand.press("<")
    assert (hand.stop.stop_id, hand.chosen) == ("signer", ["Signs alone"])
    hand.menu.objections()
    hand.press("1 >")
    assert (hand.stop.stop_id, hand.stop.badge) == ("budget", "")
    hand.press("<")
    assert hand.stop.stop_id == "signer"


def test_an_objection_that_leads_nowhere_is_left_for_the_same_place(hand):
    hand.desk.work.texts = changed_kinds('then = "budget"', "")
    hand.call().press("> 1").menu.objections()
    hand.press("1 >")
    assert (hand.stop.stop_id, hand.chosen) == ("signer", ["Signs alone"])


def test_in_two_minutes_an_objection_is_left_for_the_same_place(hand):
    hand.call().press(">").menu.hurry()
    here = hand.stop.stop_id
    assert here != "budget"
    hand.menu.objections()
    hand.press("1 >")
    assert hand.stop.stop_id == here


def test_an_objection_not_picked_is_not_noted(hand):
    hand.call().menu.objections()
    hand.press("9").presenter.close_panel()
    assert hand.events(EventKind.OBJECTION) == []


def test_every_question_is_listed_to_go_to(hand):
    hand.call().press("> 1").menu.jump()
    best = hand.presenter.talk.live.next_best()
    listed = {c.label: (c.key, c.effect, c.chosen) for c in hand.panel.choices}
    assert listed["Hello"] == ("1", "", False)
    assert listed["Talk: signer"] == ("2", "Signs alone", True)
    assert listed["More: words"][1] == "open"
    assert [label for label, row in listed.items() if row[1] == "decides most"] == [
        next(label for label in listed if label.endswith(best))
    ]
    hand.press("5")
    assert (hand.panel, hand.stop.stop_id) == (None, "budget")


def test_going_to_a_question_keeps_what_is_typed_here(hand):
    hand.call().press("> > > >").type("30k").menu.jump()
    hand.press("2")
    assert hand.on_disk() == {"budget": (30_000, "")}


def test_the_ledger_says_how_the_score_came_about(hand):
    hand.call().menu.ledger()
    assert hand.panel.sentence == "Nothing was answered on this call yet."
    hand.presenter.close_panel()
    hand.later(minutes=1, seconds=5).press("> 1 2").later(seconds=10)
    hand.menu.undo()
    hand.menu.ledger()
    rows = [(row.left, row.right, row.tone) for row in hand.panel.rows]
    assert rows == [
        ("01:05", "+20 → 30", Verdict.PASS),
        ("01:05", "-10 → 15", Verdict.DISQUALIFY),
        ("01:15", "+10 → 30", Verdict.PASS),
    ]
    assert hand.panel.rows[0].text.endswith(": Signs alone")
    assert hand.panel.rows[2].text.endswith(": taken back")


def test_a_panel_gives_way_to_the_next_one(hand):
    hand.call().menu.objections()
    hand.menu.jump()
    assert hand.panel.title == "Go to"
    hand.menu.decide(Verdict.PASS)
    assert hand.panel.title == "Pass to sales"


def test_no_panel_opens_while_a_call_is_being_closed(hand):
    hand.call().press(">")
    hand.menu.end_call()
    hand.press("2")
    hand.desk.hold()
    hand.press(">")
    for command in (hand.menu.jump, hand.menu.objections, hand.menu.end_call, hand.menu.ledger):
        command()
    assert hand.panel.title == "How did it end?"
    hand.desk.release()
    assert hand.presenter.phase is Phase.IDLE


def test_words_of_a_playbook_are_shown_as_they_are_written(hand):
    title = HOSTILE.replace('"', "'")
    hand.desk.work.texts = changed_kinds('title = "Too dear"', f'title = "{title}"')
    hand.call().menu.objections()
    assert hand.panel.choices[0].label == title


def test_a_line_that_dropped_asks_for_nothing_more(hand):
    hand.call().menu.end_call()
    hand.press("d")
    assert (hand.panel.ask, hand.panel.missing) == ("What the line did", "")
    assert hand.panel.sentence_below == "again after 1 h"
    hand.press(">")
    assert results(hand) == ("DROPPED", "")


def test_a_line_can_drop_in_mid_talk(hand):
    hand.call().press("> 1").menu.end_call()
    assert hand.offered["Line dropped"] == "d"
    hand.press("d")
    assert [choice.label for choice in hand.panel.choices if choice.chosen] == ["Line dropped"]
    assert hand.panel.ask == "What came of it"
    hand.press(">")
    assert results(hand) == ("DROPPED", "")


def test_only_what_the_result_picked_asks_for_is_written_down(hand):
    hand.call().press("> 1").menu.end_call()
    hand.press("5").fill(when="in 3 weeks").press("7")
    assert hand.panel.fields == ()
    hand.press(">")
    assert results(hand) == ("CONNECTED_TARGET", "NOT_INTERESTED_NO_REASON")
    assert hand.events(EventKind.CALLBACK) == []
    assert (hand.state().due_at - hand.now).days == 90


@pytest.mark.parametrize(("key", "line", "typed"), [("5", "when", "soon"), ("8", "text", "Ruth")])
def test_what_was_typed_for_another_result_neither_stops_nor_counts(hand, key, line, typed):
    hand.call().press("> 1").menu.end_call()
    hand.press(key).fill(**{line: typed}).press("h")
    assert hand.panel.missing == ""
    hand.press(">")
    assert results(hand)[1] == "HUNG_UP"
    assert hand.events(EventKind.REFERRED) == []
