# SPDX-License-Identifier: MIT
"""What leads did, by hand and from a file: engagement, grade, MQL, and who is called soon."""

from datetime import timedelta

import pytest

from leaddesk.core.domain.engagement import Activity
from leaddesk.core.domain.events import EventKind
from leaddesk.core.domain.queue import Due
from leaddesk.core.domain.stages import Stage, Status
from leaddesk.core.errors import KnownError
from leaddesk.core.services import activities, import_activities, queue
from tests.core.services.conftest import london

KNOWN = {"industry": "Logistics", "country": "GB", "employees": 310}
"""Enough of what a lead is for a grade."""


def add(work, *leads):
    with work.store.begin() as unit:
        unit.leads.add(leads)


def look(work, lead_id):
    with work.store.read() as unit:
        return unit.leads.get(lead_id), unit.leads.state(lead_id), unit.events.of_lead(lead_id)


def test_a_sign_dated_ahead_by_another_clock_is_not_made_to_wait(work, clock):
    add(work, london("L1"))
    ahead = Activity("demo_request", clock.now + timedelta(hours=2), activity_id="V1", lead_id="L1")
    with work.store.begin() as unit:
        unit.activities.add([ahead])
        activities.follow_up(work, unit, {"L1": [ahead]})
    _, state, _ = look(work, "L1")
    assert (state.due, state.due_at) == (Due.INBOUND, clock.now)
    assert list(queue.top(work).row_ids) == [1]


def refresh_all(work):
    after, jobs = activities.refresh(work)[0], 1
    while after:
        after, jobs = activities.refresh(work, after)[0], jobs + 1
    return jobs


def test_a_strong_sign_makes_a_lead_inbound_and_an_mql(work, clock):
    add(work, london("L1"))
    activities.add_by_hand(work, "L1", "demo_request", " asked at the fair ")
    _, state, events = look(work, "L1")
    assert (state.stage, state.due, state.due_at) == (Stage.MQL, Due.INBOUND, clock.now)
    moved = next(event for event in events if event.kind is EventKind.MOVED)
    assert {"stage", "due", "due_at"} <= set(moved.changes), "written down, with what was before"


def test_a_weak_sign_neither_hurries_nor_qualifies(work):
    add(work, london("L1", **KNOWN))
    activities.add_by_hand(work, "L1", "email_open")
    lead, state, _ = look(work, "L1")
    assert lead.grade[1:] == "4"
    assert (state.stage, state.due) == (Stage.LEAD, Due.FRESH)


def test_what_they_did_counts_less_every_day(work, clock):
    add(work, london("L1", **KNOWN))
    activities.add_by_hand(work, "L1", "demo_request")
    assert look(work, "L1")[0].grade[1:] == "1", "60 of 60 today"
    for days, digit in ((14, "2"), (14, "3"), (14, "4")):
        clock.move(days=days)
        refresh_all(work)
        assert look(work, "L1")[0].grade[1:] == digit, "half of it every two weeks"


def test_engagement_is_refreshed_some_leads_at_a_time(work, clock):
    add(work, *(london(f"L{number:03d}", **KNOWN) for number in range(201)))
    for number in range(201):
        activities.add_by_hand(work, f"L{number:03d}", "demo_request")
    clock.move(days=14)
    assert refresh_all(work) == 3
    assert {look(work, f"L{number:03d}")[0].grade[1:] for number in range(201)} == {"2"}


def test_nothing_to_refresh_changes_nothing(work):
    after, changes = activities.refresh(work)
    assert (after, changes.queue, changes.whole_list) == ("", False, False)


def test_who_is_with_sales_or_decided_against_is_not_called_for_a_sign(work):
    for number, status in enumerate((Status.DISQUALIFIED, Status.SUPPRESSED)):
        lead_id = f"L{number}"
        add(work, london(lead_id, status=status))
        before = look(work, lead_id)[1].due
        activities.add_by_hand(work, lead_id, "contact_request")
        assert look(work, lead_id)[1].due is before


def test_an_activity_the_playbook_does_not_know_is_refused(work):
    add(work, london("L1"))
    with pytest.raises(KnownError, match="no activity"):
        activities.add_by_hand(work, "L1", "sneezed")


def test_a_file_of_activities_counts_once_however_often_it_comes(work, clock, tmp_path):
    add(
        work,
        london("L1", email="ada@company.example"),
        london("L2", email="bo@company.example", phone_e164="+442079460000"),
    )
    at = (clock.now - timedelta(hours=1)).isoformat()
    path = tmp_path / "activities.csv"
    path.write_text(
        "Email,Activity Type,Activity Date\n"
        f"ADA@company.example,Demo request,{at}\n"
        f"ada@company.example,Demo request,{at}\n"
        f"bo@company.example,Email opened,{at}\n"
        f"nobody@company.example,Webinar,{at}\n"
        "bo@company.example,Webinar,yesterday or so\n",
        encoding="utf-8",
    )
    planned = import_activities.look(work, path)
    assert planned is not None
    assert look(work, "L1")[1].due is Due.FRESH, "looked at, not taken in"
    report, _ = import_activities.run(work, path)
    assert (report.rows, report.added, report.known, report.rejected) == (5, 2, 1, 2)
    assert (planned.added, planned.rejected) == (report.added, report.rejected)
    assert report.rejects_file is not None
    assert "nobody@company.example" in report.rejects_file.read_text(encoding="utf-8-sig")
    assert (look(work, "L1")[1].due, look(work, "L2")[1].due) == (Due.INBOUND, Due.FRESH)
    again, _ = import_activities.run(work, path)
    assert (again.added, again.known) == (0, 3)


def test_a_list_of_leads_is_no_file_of_activities(work, tmp_path):
    path = tmp_path / "leads.csv"
    path.write_text("First Name,Last Name,Email\nAda,Byron,ada@company.example\n", encoding="utf-8")
    assert import_activities.look(work, path) is None
