# SPDX-License-Identifier: MIT
"""What can be done before a call: blocks and their overrides, unknown zones, a new lead."""

from dataclasses import replace
from datetime import timedelta

import pytest

from leaddesk.core.domain.events import EventKind
from leaddesk.core.domain.lead import Lead
from leaddesk.core.domain.queue import Due, HeldCause
from leaddesk.core.domain.roles import Rep, Role
from leaddesk.core.domain.stages import Stage
from leaddesk.core.services import calling
from leaddesk.ui.presenters.call_screens import Phase
from tests.helpers.noon import NOON
from tests.helpers.playbook_texts import changed_kinds
from tests.helpers.rep import INGRID, PRIYA, SUPPRESSED

TOKYO = "LTOKYO"
"""A lead who sleeps at noon in Europe."""


@pytest.fixture
def night(hand):
    """A rep, and a lead where it is night."""
    add(hand, Lead(TOKYO, first_name="Aiko", phone="+81 3 1234 5678", time_zone="Asia/Tokyo"))
    return hand


@pytest.fixture
def lost(hand):
    """A rep, and a lead of whom nobody knows where they are."""
    add(hand, Lead("LLOST", first_name="Lou", phone="4711 0815"))
    return hand


def add(hand, *leads):
    with hand.desk.work.store.begin() as unit:
        unit.leads.add(leads)


def lead_them(hand):
    hand.desk.work.rep = Rep("Ruth Almond", role=Role.LEAD)
    return hand


def put(hand, lead_id, **changes):
    with hand.desk.work.store.begin() as unit:
        unit.leads.set_state(lead_id, replace(unit.leads.state(lead_id), **changes))


def sentences(hand, lead_id):
    return [block.sentence for block in calling.permission(hand.desk.work, lead_id).blocks]


# Blocked


def test_a_rep_is_told_why_not_and_offered_nothing(night):
    night.call(TOKYO)
    assert night.presenter.is_idle
    assert night.panel.title == "Not to be called now"
    assert [row.text for row in night.panel.rows] == sentences(night, TOKYO)
    assert night.panel.rows[0].text
    assert (night.panel.fields, night.panel.choices, night.panel.confirm) == ((), (), "")
    night.press("1 >")
    assert night.presenter.is_idle
    assert night.view.times("show_call") == 0


def test_the_page_of_a_blocked_lead_says_so_before_anybody_tries(night):
    night.look(TOKYO)
    card = night.view.last("show_lead")[0]
    assert (card.permission, card.is_allowed) == ("not now", False)
    assert card.blocked == " ".join(sentences(night, TOKYO))
    night.look(INGRID)
    card = night.view.last("show_lead")[0]
    assert (card.permission, card.is_allowed, card.blocked) == ("ok to call", True, "")
    assert card.local == "12:00 in London"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"do_not_call": True}, "Ingrid Solheim asked not to be called."),
        ({"suppressed": True}, "Ingrid Solheim is not to be contacted."),
        (
            {"reserved_by": "Omar", "reserved_until": NOON + timedelta(minutes=9)},
            "Omar has taken this lead until ",
        ),
    ],
)
def test_every_block_says_why(hand, changes, words):
    put(hand, INGRID, **changes)
    hand.call()
    assert hand.panel.rows[0].text.startswith(words)


def test_several_blocks_are_all_told(night):
    put(night, TOKYO, do_not_call=True)
    night.call(TOKYO)
    assert len(night.panel.rows) == 2


def test_a_lead_that_was_just_tried_is_left_alone_for_a_while(hand):
    hand.call().hang_up()
    hand.later(minutes=30).call()
    assert "less than 4 hours ago" in hand.panel.rows[0].text
    hand.presenter.close_panel()
    hand.later(hours=4).call()
    assert hand.presenter.phase is Phase.IN_CALL


def test_a_team_lead_calls_all_the_same_and_says_why(night):
    lead_them(night).call(TOKYO)
    assert night.panel.missing == "Say in one line why."
    night.press(">").fill(why="   ").press(">")
    assert night.presenter.is_idle
    night.fill(why=" She asked for tonight ").press(">")
    assert night.presenter.call_lead_id == TOKYO
    assert night.panel is None
    assert night.events(EventKind.OVERRIDDEN, TOKYO) == [
        {"block": "hours", "reason": "She asked for tonight"}
    ]
    assert any("She asked for tonight" in text for text in night.history(TOKYO))


def test_who_is_not_to_be_contacted_is_not_even_by_a_team_lead(hand):
    lead_them(hand).call(SUPPRESSED)
    assert hand.panel.fields == ()
    hand.press(">")
    assert hand.presenter.is_idle


def test_an_override_can_be_left(night):
    lead_them(night).call(TOKYO)
    night.fill(why="because").presenter.close_panel()
    assert (night.panel, night.presenter.phase) == (None, Phase.IDLE)
    assert night.events(EventKind.OVERRIDDEN, TOKYO) == []


def test_another_lead_closes_the_panel_of_the_one_before(night):
    night.look(TOKYO).press(">")
    assert night.presenter.has_panel
    night.look(PRIYA)
    assert night.panel is None
    night.press(">")
    assert night.presenter.call_lead_id == PRIYA


def test_a_promise_goes_before_the_hours(night):
    put(night, TOKYO, due=Due.CALLBACK, due_at=NOON)
    night.call(TOKYO)
    assert night.presenter.call_lead_id == TOKYO


# Nobody knows where


def test_an_unknown_zone_is_asked_for_then_called(lost):
    lost.look("LLOST")
    assert lost.view.last("show_lead")[0].is_allowed is None
    lost.press(">")
    assert lost.panel.title == "What time is it there?"
    assert lost.panel.missing == "Type a city, or the name of the zone."
    lost.fill(zone="Nowhereville").press(">")
    assert lost.panel.missing == "No zone has that name."
    assert lost.presenter.is_idle
    lost.fill(zone="lisb")
    assert lost.panel.sentence_below.startswith("Europe/Lisbon")
    lost.press(">")
    assert lost.presenter.call_lead_id == "LLOST"
    assert lost.events(EventKind.TIME_ZONE, "LLOST") == [{"zone": "Europe/Lisbon"}]
    assert lost.view.last("show_call")[0].local == "12:00 in Lisbon"


def test_a_zone_where_it_is_night_is_kept_and_the_call_is_not(lost):
    lost.call("LLOST").fill(zone="Tokyo").press(">")
    assert lost.presenter.is_idle
    assert lost.panel.title == "Not to be called now"
    assert lost.events(EventKind.TIME_ZONE, "LLOST") == [{"zone": "Asia/Tokyo"}]


def test_every_zone_a_word_may_mean_is_shown(lost):
    lost.call("LLOST").fill(zone="san")
    first, _, others = lost.panel.sentence_below.partition(" (or ")
    assert "/San" in first
    assert others.count("/") > 1


def test_a_zone_is_asked_from_the_number_where_none_is_written(hand):
    add(
        hand,
        Lead("LNUMBER", first_name="Nora", phone="+44 20 7946 0001", phone_e164="+442079460001"),
    )
    hand.call("LNUMBER")
    assert hand.presenter.call_lead_id == "LNUMBER"


# A new lead


def test_a_number_is_a_lead_and_is_called(hand):
    hand.leads.quick_lead()
    assert hand.panel.title == "A new lead"
    hand.press(">").fill(phone="+44 2").press(">")
    assert hand.panel.missing == "Type the number, with its country code."
    hand.fill(phone="+44 20 7946 0001", name="Nora Quill", company="Quill Ltd").press(">")
    lead_id = hand.presenter.call_lead_id
    assert hand.view.last("show_lead_of") == (lead_id,)
    with hand.desk.work.store.read() as unit:
        lead = unit.leads.get(lead_id)
    assert (lead.full_name, lead.company, lead.phone) == (
        "Nora Quill", "Quill Ltd", "+44 20 7946 0001",
    )  # fmt: skip
    assert hand.panel is None


def test_a_number_that_is_there_calls_who_has_it(hand):
    hand.leads.quick_lead()
    hand.fill(phone="+44 20-7946-0958", name="Somebody Else").press(">")
    assert hand.presenter.call_lead_id == INGRID
    assert hand.said == "This number is Ingrid Solheim's, who is in the list already."
    with hand.desk.work.store.read() as unit:
        assert unit.leads.get(INGRID).full_name == ""


def test_somebody_who_seems_to_be_there_is_called_and_named(hand):
    hand.leads.quick_lead()
    hand.fill(phone="+44 20 7946 0001", name="Ingrid Solheim", company="Fjordline Logistics AS")
    hand.press(">")
    assert hand.presenter.call_lead_id not in {"", INGRID}
    assert hand.said == (
        "This may be Ingrid Solheim, Fjordline Logistics, who is in the list already:"
        " same name, same company."
    )


def test_a_number_without_its_country_is_read_by_that_of_the_settings(hand):
    hand.desk.country = "GB"
    hand.leads.quick_lead()
    hand.fill(phone="020 7946 0958").press(">")
    assert hand.presenter.call_lead_id == INGRID


def test_a_number_nobody_can_place_asks_for_the_zone(hand):
    hand.leads.quick_lead()
    hand.fill(phone="4711 0815").press(">")
    assert hand.presenter.is_idle
    assert hand.panel.title == "What time is it there?"
    hand.fill(zone="London").press(">")
    assert hand.view.last("show_call")[0].name == "4711 0815"


def test_keys_are_typed_and_pick_nothing_in_a_form(hand):
    hand.leads.quick_lead()
    assert not hand.presenter.key("1")
    assert hand.panel.title == "A new lead"


# Take next


def test_the_next_lead_is_taken_and_called(hand):
    hand.leads.take_next()
    returned = f"L{11:023d}"
    assert hand.presenter.call_lead_id == returned
    assert hand.view.last("show_lead_of") == (returned,)


def test_where_nobody_is_left_nobody_is_taken(hand):
    hand.later(hours=9).leads.take_next()
    assert hand.said == "There is no lead to call now."
    assert hand.presenter.is_idle


def test_a_lead_others_have_taken_is_not_next(hand):
    put(hand, f"L{11:023d}", reserved_by="Omar", reserved_until=NOON + timedelta(minutes=9))
    hand.leads.take_next()
    assert hand.presenter.call_lead_id == f"L{2:023d}"


@pytest.mark.parametrize("command", ["take_next", "quick_lead"])
def test_nobody_else_is_called_during_a_call(hand, command):
    getattr(hand.call().leads, command)()
    assert "A call is open" in hand.said
    assert (hand.presenter.call_lead_id, hand.presenter.has_panel) == (INGRID, False)


# Held back


def test_who_is_held_back_is_counted_and_listed_by_a_key(night):
    put(night, PRIYA, do_not_call=True)
    night.leads.held_back()
    rows = {c.label: (c.key, c.effect) for c in night.panel.choices}
    assert rows == {"Do not call": ("1", "1"), "Outside hours": ("2", "1")}
    assert night.panel.back == "Back"
    night.press("2")
    assert night.view.last("show_held") == (HeldCause.OUTSIDE_HOURS,)
    assert night.panel is None


def test_where_nobody_is_held_back_it_says_so(hand):
    hand.leads.held_back()
    assert (hand.panel.sentence, hand.panel.choices) == ("Nobody is held back.", ())


def test_who_is_held_back_can_be_read_during_a_call(hand):
    hand.call().leads.held_back()
    assert hand.panel.back == "Back to call"


# Activities


def test_what_a_lead_did_is_written_down_by_a_key(hand):
    hand.look(INGRID).leads.activity()
    assert hand.panel.title == "Ingrid Solheim did"
    assert [(c.label, c.effect) for c in hand.panel.choices] == [
        ("White paper", "+10"), ("Demo request", "+60 · call soon"),
    ]  # fmt: skip
    hand.press("2")
    assert hand.panel is None
    state = hand.state()
    assert (state.due, state.due_at) == (Due.INBOUND, NOON)
    assert (
        hand.history()[0].startswith("Demo request") or "Demo request (by hand)" in hand.history()
    )
    card = hand.view.last("show_lead")[0]
    assert any("Demo request" in text for _when, text in card.history), "the page is read again"
    hand.leads.take_next()
    assert hand.presenter.call_lead_id == INGRID


def test_a_weak_sign_moves_nobody_to_the_top(hand):
    hand.look(INGRID).leads.activity()
    hand.press("1")
    assert (hand.state().due, hand.state().stage) == (Due.FRESH, Stage.LEAD)


@pytest.mark.parametrize("is_on_call", [False, True])
def test_an_activity_needs_a_lead_on_the_page(hand, is_on_call):
    if is_on_call:
        hand.look(PRIYA).call()
    hand.leads.activity()
    assert hand.said == "Choose a lead first; during a call, end it first."


def test_a_playbook_that_follows_no_activities_says_so(hand):
    rules = (
        "[engagement]\nhalf_life_days = 14\nwhite_paper = { points = 10, at_most = 20 }\n"
        "demo_request = { points = 60, at_most = 100, strong = true }\n"
    )
    hand.desk.work.texts = changed_kinds(rules, "")
    hand.look(INGRID).leads.activity()
    assert hand.panel.sentence == "This playbook follows no activities."
