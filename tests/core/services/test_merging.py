# SPDX-License-Identifier: MIT
"""Merging leads and taking that back: nothing is lost, and every fact has one lead."""

from dataclasses import replace

import pytest

from leaddesk.core.domain.events import EventKind
from leaddesk.core.domain.lead_query import LeadQuery, View
from leaddesk.core.domain.merge import OnMatch
from leaddesk.core.domain.queue import Due
from leaddesk.core.domain.roles import Rep
from leaddesk.core.domain.stages import Status
from leaddesk.core.domain.verdict import Verdict
from leaddesk.core.errors import KnownError
from leaddesk.core.services import (
    activities,
    calling,
    calls,
    duplicates,
    endings,
    import_activities,
    import_leads,
    import_taking,
    lead_list,
    lead_page,
    merging,
    queue,
    verify,
)
from leaddesk.core.services.import_leads import ImportOptions
from tests.core.services.conftest import london
from tests.core.services.test_import_history import dump
from tests.helpers.talks import CANCELLED, choice_of, say, start

ID = "L" + "2" * 24
"""As our own files have it; what looks otherwise is not taken for an id."""


def add(work, *leads):
    with work.store.begin() as unit:
        unit.leads.add(leads)


@pytest.fixture
def two(work):
    """One person twice: as a web form and a list of last year have them."""
    work.rep = Rep("Ada Berg")
    add(
        work,
        london("L1", first_name="Dora", last_name="Egli", email="dora@egli.example", city="Brno"),
        london(
            "L2", first_name="Dora", last_name="Egli", company="Egli Ltd", city="Bonn",
            email="d.egli@old.example", phone="+44 20 7946 0111", phone_e164="+442079460111",
            tags=("fair",), opted_out=True, external_ids={"crm": "7"}, extra={"Pet": "cat"},
        ),
    )  # fmt: skip
    return work


def merge(work, kept="L1", gone="L2", **choices):
    merging.merge(work, kept, gone, choices)
    return merging.last_of(work, kept).merge_id


def state(work, lead_id):
    with work.store.read() as unit:
        return unit.leads.state(lead_id)


def lead_of(work, lead_id):
    with work.store.read() as unit:
        return unit.leads.get(lead_id)


def listed(work, view=View.ALL, search=""):
    found = lead_list.find(work, LeadQuery(view, search))
    return {lead.lead_id for lead in lead_list.leads(work, found)}


def imported(work, text, policy=OnMatch.FILL):
    path = work.profile / "file.csv"
    path.write_text(text, encoding="utf-8")
    preview = import_leads.preview(work, path, ImportOptions(on_match=policy))
    return import_taking.run(work, preview)[0]


def test_blanks_are_filled_and_what_belongs_together_is_united(two):
    lead, changes = merging.merge(two, "L1", "L2")
    assert (lead.lead_id, lead.company, lead.city) == ("L1", "Egli Ltd", "Brno")
    assert (lead.email, lead.email_2) == ("dora@egli.example", "d.egli@old.example")
    assert (lead.mobile, lead.mobile_e164) == ("+44 20 7946 0111", "+442079460111")
    assert (lead.tags, lead.opted_out, dict(lead.extra)) == (("fair",), True, {"Pet": "cat"})
    assert dict(lead.external_ids) == {"crm": "7"}
    assert changes.leads == {"L1", "L2"}
    assert [entry.text for entry in lead_page.page_of(two, "L1").timeline] == [
        "Merged with Dora Egli"
    ]
    assert verify.verify(two).integrity == "ok"


def test_a_person_chooses_field_by_field(two):
    lead, _ = merging.merge(two, "L1", "L2", {"city": "gone", "company": "kept", "email_2": "kept"})
    assert (lead.city, lead.company, lead.email_2) == ("Bonn", "", "")


@pytest.mark.parametrize("choices", [{"opted_out": "kept"}, {"lead_id": "gone"}, {"city": "both"}])
def test_what_cannot_be_chosen_is_refused(two, choices):
    with pytest.raises(KnownError, match=r"cannot be chosen|no side"):
        merging.merge(two, "L1", "L2", choices)


def test_the_other_is_out_of_queue_lists_search_and_counts(two):
    add(two, london("L3", last_name="Held", do_not_call=True))
    before = lead_list.counts(two)
    merge(two)
    assert listed(two) == {"L1", "L3"}
    assert listed(two, search="egli") == {"L1"}
    assert listed(two, View.TO_CALL) == {"L1"}
    assert lead_list.counts(two) == before._replace(to_call=1, all=2)
    assert len(queue.top(two).row_ids) == 1
    with two.store.begin() as unit:
        unit.do_not_call.add(["+442079460111", "+442079460958"], two.clock(), "", "a list")
        assert len(list(unit.queue.not_to_be_called())) == 2


def test_who_asked_not_to_be_called_stays_so(two):
    add(two, london("L3", last_name="Held", do_not_call=True, suppressed=True))
    merge(two, "L1", "L3")
    assert (state(two, "L1").do_not_call, state(two, "L1").suppressed) == (True, True)
    assert listed(two, View.TO_CALL) == {"L2"}


def test_history_of_both_is_that_of_the_one_that_stays(two, clock):
    call_id = start(two, "L2")
    say(two, call_id)
    decision, _ = endings.decide(two, call_id, choice_of(two, Verdict.NURTURE))
    activities.add_by_hand(two, "L2", "webinar")
    clock.move(days=60)
    merge(two)
    page = lead_page.page_of(two, "L1")
    assert page.decision_id == decision.decision_id
    texts = " | ".join(entry.text for entry in page.timeline)
    assert all(words in texts for words in ("Call, ", "Nurture", "Webinar", "Merged"))
    assert state(two, "L1").decided == "nurture"
    assert listed(two, View.NURTURED) == {"L1"}
    assert calls.preview(two, "L1").answers
    with two.store.read() as unit:
        assert set(unit.decisions.last_of(["L1"])) == {"L1"}
        assert len(unit.activities.of_leads(["L1"])["L1"]) == 1
        assert unit.calls.quotes_of_lead("L1") == unit.calls.quotes_of_lead("L2")


def test_attempts_to_reach_either_count(two, clock):
    for lead_id in ("L1", "L2"):
        endings.end_call(two, start(two, lead_id), endings.CallResult("NO_ANSWER"))
        clock.move(minutes=5)
    assert state(two, "L1").attempts == 1
    merge(two)
    assert state(two, "L1").attempts == 2
    with two.store.read() as unit:
        assert len(unit.calls.attempts_of("L1")) == 2
    assert not calling.permission(two, "L1").allowed


def test_a_callback_that_was_promised_is_kept(two, clock):
    at = clock.now.replace(day=25)
    result = endings.CallResult("CONNECTED_TARGET", "CALLBACK_PROMISED", at)
    endings.end_call(two, start(two, "L2"), result)
    clock.move(hours=30)
    endings.end_call(two, start(two, "L1"), endings.CallResult("NO_ANSWER"))
    merge(two)
    assert (state(two, "L1").due, state(two, "L1").due_at) == (Due.CALLBACK, at)


def test_who_asks_for_the_other_gets_the_one_that_stays(two):
    merge(two)
    assert lead_page.page_of(two, "L2").lead.lead_id == "L1"
    assert lead_list.row_id_of(two, "L2") == lead_list.row_id_of(two, "L1")
    lead_page.name_time_zone(two, "L2", "Europe/Berlin")
    assert lead_of(two, "L1").time_zone == "Europe/Berlin"
    assert calls.start_call(two, "L2")[0].call.lead_id == "L1"
    made, _ = activities.add_by_hand(two, "L2", "webinar")
    assert made.lead_id == "L1"


@pytest.mark.parametrize(
    "row",
    [
        "Email,Title\nthird@egli.example,CEO",
        f"lead_id,Last Name,Title\n{ID},Egli,CEO",
        "external_id.crm,Last Name,Title\n8,Egli,CEO",
        "Last Name,Phone,Title\nEgli,+44 20 7946 0222,CEO",
    ],
)
def test_an_import_of_the_other_reaches_the_one_that_stays(two, row):
    add(
        two,
        london(
            ID, last_name="Egli", email="a@egli.example", email_2="third@egli.example",
            phone_2="+44 20 7946 0222", phone_2_e164="+442079460222", external_ids={"crm": "8"},
        ),
    )  # fmt: skip
    with two.store.begin() as unit:
        unit.leads.replace([replace(unit.leads.get("L1"), external_ids={"crm": "1"})])
    merge(two, "L1", ID, email_2="kept", phone_2="kept", mobile="kept")
    report = imported(two, row)
    assert (report.imported, report.updated) == (0, 1)
    assert lead_of(two, "L1").title == "CEO"
    again = imported(two, row)
    assert (again.imported, again.skipped) == (0, 1)


def test_what_the_other_did_is_taken_in_with_the_one_that_stays(two):
    merge(two, email_2="kept")
    path = two.profile / "did.csv"
    path.write_text("Email,Activity,Date\nd.egli@old.example,webinar,2026-11-20\n")
    import_activities.run(two, path)
    with two.store.read() as unit:
        assert [one.lead_id for one in unit.activities.of_lead("L1")] == ["L1"]
    assert lead_of(two, "L1").engagement > 0


def test_engagement_is_that_of_both_and_stays_so(two):
    activities.add_by_hand(two, "L2", "webinar")
    merge(two)
    engaged = lead_of(two, "L1").engagement
    assert engaged > 0
    activities.refresh(two)
    assert lead_of(two, "L1").engagement == engaged


def refused(work, merge_id, says):
    before = dump(work)
    with pytest.raises(KnownError, match=says) as caught:
        merging.undo(work, merge_id)
    assert caught.value.todo
    assert dump(work) == before


def test_a_merge_is_taken_back_once(two, clock):
    merge_id = merge(two)
    clock.move(minutes=1)
    lead, _ = merging.undo(two, merge_id)
    assert lead.lead_id == "L2"
    assert merging.last_of(two, "L1") is None
    refused(two, merge_id, "taken back already")
    refused(two, "M9", "no merge")
    texts = [entry.text for entry in lead_page.page_of(two, "L1").timeline]
    assert texts == ["No longer merged with Dora Egli", "Merged with Dora Egli"]


def test_what_was_edited_since_is_named(two):
    merge_id = merge(two)
    imported(two, "Email,Company\ndora@egli.example,Egli Group", OnMatch.OVERWRITE)
    refused(two, merge_id, "since: company")
    imported(two, "Email,Company\ndora@egli.example,Egli Ltd", OnMatch.OVERWRITE)
    merging.undo(two, merge_id)
    assert lead_of(two, "L1").company == ""


def test_what_the_merge_did_not_bring_may_change(two):
    merge_id = merge(two)
    imported(two, "Email,City\ndora@egli.example,Ulm", OnMatch.OVERWRITE)
    merging.undo(two, merge_id)
    assert (lead_of(two, "L1").city, lead_of(two, "L2").city) == ("Ulm", "Bonn")
    assert "L1" in listed(two, search="egli.example")
    assert listed(two, search="old.example") == {"L2"}


def test_calls_since_stay_with_the_one_they_were_with(two, clock):
    merge_id = merge(two)
    call_id = start(two, "L2")
    with pytest.raises(KnownError, match="still open"):
        merging.undo(two, merge_id)
    endings.end_call(two, call_id, endings.CallResult("NO_ANSWER"))
    after = state(two, "L1")
    clock.move(days=1)
    merging.undo(two, merge_id)
    with two.store.read() as unit:
        assert [call.call_id for call in unit.calls.of_lead("L1")] == [call_id]
        assert unit.calls.of_lead("L2") == []
    assert state(two, "L1") == after
    assert state(two, "L2").status is Status.NEW


def test_numbers_barred_since_are_barred_on_both(two):
    merge_id = merge(two)
    with two.store.begin() as unit:
        unit.do_not_call.add(["+442079460111", "+442079460958"], two.clock(), "", "a list")
    merging.undo(two, merge_id)
    assert listed(two, View.TO_CALL) == set()


def test_a_decision_of_before_is_not_taken_back_over_a_merge(two):
    call_id = start(two, "L2")
    say(two, call_id)
    decision, _ = endings.decide(two, call_id, choice_of(two, Verdict.NURTURE))
    merge_id = merge(two)
    with pytest.raises(KnownError, match="merged into another"):
        endings.undo_decision(two, decision.decision_id)
    merging.undo(two, merge_id)
    endings.undo_decision(two, decision.decision_id)
    endings.end_call(two, call_id, CANCELLED)


def test_chains_are_followed_and_taken_back_from_their_end(two):
    add(two, london("L3", last_name="Third"), london("L4", last_name="Fourth"))
    first = merge(two, "L2", "L3")
    second = merge(two, "L1", "L3")  # L3 is L2 by now
    assert listed(two) == {"L1", "L4"}
    assert lead_page.page_of(two, "L3").lead.lead_id == "L1"
    refused(two, first, "itself merged into")
    third = merge(two, "L3", "L4")
    refused(two, second, "Another lead was merged")
    with pytest.raises(KnownError, match="one lead already"):
        merging.merge(two, "L4", "L2")
    for merge_id in (third, second):
        merging.undo(two, merge_id)
    assert lead_page.page_of(two, "L3").lead.lead_id == "L2"
    merging.undo(two, first)
    assert listed(two) == {"L1", "L2", "L3", "L4"}


def test_no_merge_while_one_of_them_is_on_the_phone(two):
    start(two, "L2")
    with pytest.raises(KnownError, match="still open"):
        merging.merge(two, "L1", "L2")


def test_who_is_marked_as_another_is_not_merged(two):
    add(two, london("L3", last_name="Third"))
    duplicates.not_the_same(two, "L3", "L1")
    merge(two, "L2", "L1")
    with pytest.raises(KnownError, match="not the same"):
        merging.merge(two, "L2", "L3")
    with pytest.raises(KnownError, match="one lead"):
        duplicates.not_the_same(two, "L1", "L2")
    assert duplicates.maybe_the_same(two, "L3", "L2")[0]
    assert not duplicates.maybe_the_same(two, "L3", "L2")[0]
    assert merging.merge(two, "L2", "L3")[0].lead_id == "L2"


def test_the_event_says_which_merge(two):
    merge_id = merge(two)
    with two.store.read() as unit:
        (event,) = unit.events.of_lead("L1", (EventKind.MERGED,))
    assert event.detail == {"merge": merge_id, "lead": "L2", "name": "Dora Egli"}
    assert event.by == "Ada Berg"
