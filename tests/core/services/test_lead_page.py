# SPDX-License-Identifier: MIT
"""The page of a lead tells its whole story, the newest first."""

from datetime import timedelta

import pytest

from leaddesk.core.domain.events import EventKind
from leaddesk.core.domain.roles import Rep
from leaddesk.core.domain.stages import Status
from leaddesk.core.domain.verdict import Verdict
from leaddesk.core.errors import KnownError
from leaddesk.core.services import activities, calls, endings, export_leads, lead_page
from leaddesk.core.services.endings import CallResult
from tests.core.services.conftest import london
from tests.helpers.talks import NO_ANSWER, choice_of, start


def add(work, **fields):
    work.rep = Rep("Ada Berg")
    with work.store.begin() as unit:
        unit.leads.add([london("L1", **fields)])


def told(work):
    return [entry.text for entry in lead_page.page_of(work, "L1").timeline]


def test_everything_that_happened_is_told_the_newest_first(work, clock, tmp_path):
    add(work)
    activities.add_by_hand(work, "L1", "webinar", "asked a lot")
    clock.move(minutes=1)
    endings.end_call(work, start(work), NO_ANSWER)
    clock.move(hours=5)
    at = clock.now + timedelta(days=1)
    promised = CallResult("CONNECTED_TARGET", "CALLBACK_PROMISED", at, "after lunch")
    call_id = start(work)
    clock.move(minutes=2)
    endings.end_call(work, call_id, promised, 75)
    clock.move(days=1)
    call_id = start(work)
    clock.move(minutes=2)
    decision, _ = endings.decide(work, call_id, choice_of(work, Verdict.NURTURE), 120)
    clock.move(minutes=1)
    export_leads.export(work, tmp_path / "out.csv")
    page = lead_page.page_of(work, "L1")
    assert page.decision_id == decision.decision_id
    texts = [entry.text for entry in page.timeline]
    begins = [
        "Decision exported",
        "Nurture: ",
        "Call, 2:00",
        "Agreed to talk again: ",
        "Call, 1:15",
        "Call, 0:00, no answer",
        "Webinar (by hand). asked a lot",
    ]
    places = [next(n for n, text in enumerate(texts) if text.startswith(one)) for one in begins]
    assert sorted(places) == places
    assert [e.at for e in page.timeline] == sorted((e.at for e in page.timeline), reverse=True)
    assert "(after lunch)" in next(text for text in texts if text.startswith("Agreed"))


def test_what_the_program_only_notes_for_itself_is_not_told(work):
    add(work)
    call_id = start(work)
    calls.note_event(work, call_id, EventKind.SAID, {"step": "opening"})
    calls.note_event(work, call_id, EventKind.OBJECTION, {"objection": "price"})
    assert told(work) == ["Call in progress"]


def test_stages_and_ends_of_the_way_are_told(work, clock):
    add(work, status=Status.NURTURING)
    activities.add_by_hand(work, "L1", "demo_request")
    assert "Stage LEAD to MQL" in told(work)
    call_id = start(work)
    clock.move(minutes=1)
    endings.decide(work, call_id, choice_of(work, Verdict.PASS))
    assert "Stage MQL to SQL" in told(work)


def test_that_somebody_is_suppressed_is_told(work):
    add(work)
    endings.end_call(work, start(work), CallResult("CONNECTED_TARGET", "DO_NOT_CALL"))
    assert "Suppressed" in told(work)
    assert "Never call +442079460958 again" in told(work)


def test_a_time_zone_that_was_found_out_is_told_and_counts(work):
    add(work, time_zone="", phone="7946", phone_e164="")
    _, changes = lead_page.name_time_zone(work, "L1", "Asia/Tokyo")
    assert (changes.leads, changes.queue) == ({"L1"}, True)
    assert told(work) == ["Time zone: Asia/Tokyo"]
    assert lead_page.page_of(work, "L1").lead.time_zone == "Asia/Tokyo"


def test_what_came_of_it_is_told_whoever_answered(work):
    add(work)
    endings.end_call(work, start(work), CallResult("CONNECTED_OTHER", "NOT_INTERESTED_NO_REASON"))
    assert told(work)[-1] == "Call, 0:00, connected other, not interested no reason"


def test_a_score_is_told_of_the_decision_that_stands_only(work):
    add(work)
    call_id = start(work)
    decision, _ = endings.decide(work, call_id, choice_of(work, Verdict.NURTURE))
    assert any("BANT" in text for text in told(work))
    endings.undo_decision(work, decision.decision_id)
    endings.end_call(work, call_id, CallResult("CONNECTED_TARGET", "HUNG_UP"), 60)
    assert "Call, 1:00, hung up" in told(work)
    assert not any("BANT" in text for text in told(work))


def test_a_language_is_no_name(work):
    add(work)
    result = CallResult("CONNECTED_TARGET", "LANGUAGE_BARRIER", text="Catalan")
    endings.end_call(work, start(work), result)
    assert "Speaks Catalan" in told(work)
    assert not any(text.startswith("Named") for text in told(work))


@pytest.mark.parametrize("zone", ["Europe", "Factory", "localtime", "", "Mars/Olympus"])
def test_what_is_no_time_zone_of_a_place_is_refused(work, zone):
    add(work)
    with pytest.raises(KnownError, match="no time zone"):
        lead_page.name_time_zone(work, "L1", zone)
    assert lead_page.page_of(work, "L1").lead.time_zone == "Europe/London"
