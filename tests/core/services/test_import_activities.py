# SPDX-License-Identifier: MIT
"""What leads did, from a file: each activity once, and the rows that cannot be used."""

from datetime import timedelta

from leaddesk.core.domain.queue import Due
from leaddesk.core.services import import_activities
from tests.core.services.conftest import london


def due(work, lead_id):
    with work.store.read() as unit:
        return unit.leads.state(lead_id).due


def test_a_file_of_activities_counts_once_however_often_it_comes(work, clock, tmp_path):
    with work.store.begin() as unit:
        unit.leads.add(
            [
                london("L1", email="ada@company.example"),
                london("L2", email="bo@company.example", phone_e164="+442079460000"),
            ]
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
    assert due(work, "L1") is Due.FRESH, "looked at, not taken in"
    report, _ = import_activities.run(work, path)
    assert (report.rows, report.added, report.known, report.rejected) == (5, 2, 1, 2)
    assert (planned.added, planned.rejected) == (report.added, report.rejected)
    assert report.rejects_file is not None
    assert "nobody@company.example" in report.rejects_file.read_text(encoding="utf-8-sig")
    assert (due(work, "L1"), due(work, "L2")) == (Due.INBOUND, Due.FRESH)
    again, _ = import_activities.run(work, path)
    assert (again.added, again.known) == (0, 3)


def test_a_list_of_leads_is_no_file_of_activities(work, tmp_path):
    path = tmp_path / "leads.csv"
    path.write_text("First Name,Last Name,Email\nAda,Byron,ada@company.example\n", encoding="utf-8")
    assert import_activities.look(work, path) is None
