# SPDX-License-Identifier: MIT
"""May this lead be called now? What stands against it, and who may set that aside."""

from dataclasses import replace
from datetime import timedelta

import pytest

from leaddesk.core.domain.events import EventKind
from leaddesk.core.domain.lead import Lead
from leaddesk.core.domain.queue import Due
from leaddesk.core.domain.roles import Rep, Role
from leaddesk.core.domain.stages import Status
from leaddesk.core.errors import KnownError
from leaddesk.core.services import activities, calling, calls, endings, lead_page
from leaddesk.core.services.calling import BlockCause
from tests.core.services.conftest import london
from tests.helpers.talks import CANCELLED, NO_ANSWER, start

TEAM_LEAD = Rep("Bo Dahl", role=Role.LEAD)


def add(work, *leads):
    with work.store.begin() as unit:
        unit.leads.add(leads)


def set_state(work, lead_id, **values):
    with work.store.begin() as unit:
        unit.leads.set_state(lead_id, replace(unit.leads.state(lead_id), **values))


def causes(work, lead_id="L1"):
    return [block.cause for block in calling.permission(work, lead_id).blocks]


def block_numbers(work, *numbers):
    with work.store.begin() as unit:
        unit.do_not_call.add(numbers, work.clock(), "", "a list")


def events(work, lead_id, *kinds):
    with work.store.read() as unit:
        return unit.events.of_lead(lead_id, kinds)


def refused(work, cause, lead_id="L1", **how):
    """Assert that a call is refused for a cause and that nothing came of trying."""
    before = lead_page.page_of(work, lead_id)
    with pytest.raises(KnownError) as caught:
        calls.start_call(work, lead_id, **how)
    assert caught.value.todo
    assert calls.open_call(work) is None
    assert lead_page.page_of(work, lead_id) == before
    assert cause in causes(work, lead_id)


def test_a_lead_that_nothing_stands_against_may_be_called(work):
    add(work, london("L1"))
    found = calling.permission(work, "L1")
    assert (found.allowed, found.blocks, found.needs_zone) == (True, (), False)
    assert (found.number, found.local) == ("+44 20 7946 0958", "10:00 in London")
    assert (found.attempts, found.cap) == (0, 6)
    assert not found.may_override


@pytest.mark.parametrize("hours", [-2, 7, 24 * 5])
def test_nobody_is_called_outside_the_hours_where_they_are(work, clock, hours):
    add(work, london("L1"))
    clock.move(hours=hours)  # 8:00, 17:00 and Saturday
    refused(work, BlockCause.HOURS)


def test_hours_are_those_of_the_lead_and_not_of_the_rep(work):
    add(work, london("L1", time_zone="America/Chicago"), london("L2", time_zone="Asia/Tokyo"))
    add(work, london("L3", time_zone="Europe/Athens"))
    refused(work, BlockCause.HOURS, "L1")
    refused(work, BlockCause.HOURS, "L2")
    assert causes(work, "L3") == []


def test_where_nobody_knows_the_time_it_is_asked_first(work):
    add(work, Lead("L1", last_name="Weber", phone="7946 0958"))
    found = calling.permission(work, "L1")
    assert (found.allowed, found.needs_zone, found.blocks) == (False, True, ())
    with pytest.raises(KnownError, match="Nobody knows what time it is there"):
        calls.start_call(work, "L1")
    with pytest.raises(KnownError, match="no time zone"):
        lead_page.name_time_zone(work, "L1", "Europe/Nowhere")
    lead_page.name_time_zone(work, "L1", "Europe/London")
    assert start(work)
    assert [e.detail for e in events(work, "L1", EventKind.TIME_ZONE)] == [
        {"zone": "Europe/London"}
    ]


@pytest.mark.parametrize(
    ("fields", "cause"),
    [
        ({"suppressed": True}, BlockCause.SUPPRESSED),
        ({"status": Status.SUPPRESSED}, BlockCause.SUPPRESSED),
        ({"do_not_call": True}, BlockCause.DO_NOT_CALL),
    ],
)
def test_who_must_not_be_called_is_not_called(work, fields, cause):
    add(work, london("L1", **fields))
    assert causes(work) == [cause]
    refused(work, cause)


def test_a_number_nobody_may_call_blocks_everybody_who_has_it(work):
    add(work, london("L1"), london("L2"), london("L3", phone_e164="+442079460000"))
    block_numbers(work, "+442079460958")
    refused(work, BlockCause.NUMBER, "L1")
    refused(work, BlockCause.NUMBER, "L2")
    assert causes(work, "L3") == []


def test_of_several_numbers_one_that_may_be_called_is_called(work):
    add(work, london("L1", mobile="+44 7700 900123", mobile_e164="+447700900123"))
    block_numbers(work, "+442079460958")
    assert calling.permission(work, "L1").number == "+44 7700 900123"
    block_numbers(work, "+447700900123")
    refused(work, BlockCause.NUMBER)


def attempt(work, result=NO_ANSWER):
    endings.end_call(work, start(work), result)


def test_a_gap_lies_between_two_attempts_and_no_third_is_on_one_day(work, clock):
    add(work, london("L1"))
    attempt(work)
    clock.move(hours=3, minutes=59)
    refused(work, BlockCause.ATTEMPTS)
    clock.move(minutes=1)
    attempt(work)
    clock.move(hours=2, minutes=50)  # 16:50
    refused(work, BlockCause.ATTEMPTS)
    clock.move(hours=16, minutes=20)  # 9:10 on the next day
    attempt(work)


def test_no_more_than_three_attempts_are_made_in_24_hours(work, clock):
    (work.profile / calling.OWN_RULES).write_text(
        "schema = 1\n[attempts]\ngap_hours = 1\nper_day = 9\ncap = 9\n", encoding="utf-8"
    )
    add(work, london("L1"))
    for _ in range(3):
        attempt(work)
        clock.move(hours=1)
    refused(work, BlockCause.ATTEMPTS)
    assert "within 24 hours" in calling.permission(work, "L1").blocks[0].sentence
    clock.move(hours=21)
    attempt(work)


def test_a_call_that_never_rang_is_no_attempt(work):
    add(work, london("L1"))
    attempt(work, CANCELLED)
    assert calling.permission(work, "L1").attempts == 0
    assert start(work)


def test_after_as_many_attempts_as_the_cap_allows_nobody_tries_again(work, clock):
    add(work, london("L1"))
    for _ in range(6):
        attempt(work)
        clock.move(days=1)
        if clock.now.weekday() == 5:
            clock.move(days=2)
    assert calling.permission(work, "L1").attempts == 6
    refused(work, BlockCause.ATTEMPTS)
    clock.move(days=14)
    assert causes(work) == []


def test_a_lead_somebody_else_has_taken_is_left_to_them(work, clock):
    add(work, london("L1"), london("L2"))
    until = clock.now + timedelta(minutes=30)
    set_state(work, "L1", reserved_by="Cy Egli", reserved_until=until)
    set_state(work, "L2", reserved_by=work.rep.name, reserved_until=until)
    refused(work, BlockCause.RESERVED)
    assert causes(work, "L2") == []
    clock.move(minutes=30)
    assert start(work)
    with work.store.read() as unit:
        assert unit.leads.state("L1").reserved_until is None


def test_who_asked_to_be_called_at_an_hour_is_called_then(work, clock):
    add(work, london("L1"))
    clock.move(hours=9)  # 19:00
    set_state(work, "L1", due=Due.CALLBACK, due_at=clock.now + timedelta(minutes=6))
    refused(work, BlockCause.HOURS)
    clock.move(minutes=1)
    assert causes(work) == []
    clock.move(minutes=66)
    refused(work, BlockCause.HOURS)


def test_a_rep_overrides_nothing(work, clock):
    add(work, london("L1"))
    clock.move(hours=9)
    refused(work, BlockCause.HOURS, override="they asked me to")


def test_a_team_lead_calls_where_nobody_knows_the_time_and_it_is_written_down(work):
    add(work, Lead("L1", last_name="Weber", phone="7946 0958"))
    work.rep = TEAM_LEAD
    calls.start_call(work, "L1", override="they told me")
    (event,) = events(work, "L1", EventKind.OVERRIDDEN)
    assert event.detail == {"block": "time_zone", "reason": "they told me"}


def test_a_team_lead_overrides_with_a_reason_that_is_written_down(work, clock):
    add(work, london("L1", do_not_call=True))
    work.rep = TEAM_LEAD
    clock.move(hours=9)
    assert calling.permission(work, "L1").may_override
    refused(work, BlockCause.HOURS, override="   ")
    session, _ = calls.start_call(work, "L1", override=" they asked me to ")
    (event,) = events(work, "L1", EventKind.OVERRIDDEN)
    assert event.detail == {"block": "do_not_call, hours", "reason": "they asked me to"}
    assert (event.by, event.at, event.call_id) == ("Bo Dahl", clock.now, session.call.call_id)
    told = [entry.text for entry in lead_page.page_of(work, "L1").timeline]
    assert "Called all the same by Bo Dahl: “they asked me to”" in told


@pytest.mark.parametrize("role", [Role.LEAD, Role.ADMIN])
def test_that_somebody_is_suppressed_nobody_overrides(work, role):
    add(work, london("L1", suppressed=True))
    work.rep = replace(TEAM_LEAD, role=role)
    assert not calling.permission(work, "L1").may_override
    with pytest.raises(KnownError):
        calls.start_call(work, "L1", override="I have to")
    assert events(work, "L1") == []


def test_nothing_is_overridden_where_nothing_stands_against_a_call(work):
    add(work, london("L1"))
    work.rep = TEAM_LEAD
    calls.start_call(work, "L1", override="just in case")
    assert events(work, "L1", EventKind.OVERRIDDEN) == []


def test_rules_of_the_profile_stand_in_place_of_those_that_ship(work, clock):
    (work.profile / calling.OWN_RULES).write_text(
        'schema = 1\n[[windows]]\nregions = ["GB"]\nevery_day = "18:00-20:00"\nwhy = "Ours."\n',
        encoding="utf-8",
    )
    add(work, london("L1", country="GB"), london("L2", country="DE", time_zone="Europe/Berlin"))
    assert "Ours." in calling.permission(work, "L1").blocks[0].sentence
    assert causes(work, "L2") == []
    clock.move(hours=9)
    assert causes(work, "L1") == []


def test_a_lead_that_is_not_there_is_told(work):
    with pytest.raises(KnownError, match="not in this profile"):
        calling.permission(work, "L9")


def test_a_promise_sets_no_limit_of_the_law_aside_behind_a_longer_one(work, clock):
    add(work, london("L1"))
    (work.profile / calling.OWN_RULES).write_text(
        "schema = 1\n[attempts]\ngap_hours = 1\nper_day = 3\ncap = 3\n", encoding="utf-8"
    )
    for _ in range(3):
        attempt(work)
        clock.move(hours=1)
    set_state(work, "L1", due=Due.CALLBACK, due_at=clock.now)
    refused(work, BlockCause.ATTEMPTS)
    sentence = calling.permission(work, "L1").blocks[0].sentence
    assert sentence.startswith("Called 3 times within 24 hours. Again from 24 Nov,")
    clock.move(hours=21)
    set_state(work, "L1", due=Due.CALLBACK, due_at=clock.now)
    assert calling.permission(work, "L1").blocks == ()


def test_who_asks_to_be_called_is_called_however_often_it_was_tried_before(work, clock):
    add(work, london("L1"))
    for _ in range(2):
        attempt(work)
        clock.move(hours=4)
    clock.move(hours=-2)  # 16:00
    refused(work, BlockCause.ATTEMPTS)
    activities.add_by_hand(work, "L1", "demo_request")
    assert calling.permission(work, "L1").blocks == ()
    attempt(work)
    activities.add_by_hand(work, "L1", "demo_request")
    refused(work, BlockCause.ATTEMPTS)
    assert "within 24 hours" in calling.permission(work, "L1").blocks[0].sentence


def test_own_rules_that_are_no_text_are_refused_in_words(work):
    add(work, london("L1"))
    (work.profile / calling.OWN_RULES).write_bytes(b"schema = 1\n# \xff\n")
    with pytest.raises(KnownError, match=calling.OWN_RULES) as caught:
        calling.permission(work, "L1")
    assert "no text" in caught.value.what
