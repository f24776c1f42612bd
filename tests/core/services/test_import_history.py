# SPDX-License-Identifier: MIT
"""Taking an import back: what was before is there again, what people did since stays."""

import csv

import pytest
from hypothesis import HealthCheck, given, settings

from leaddesk.core.domain.merge import OnMatch
from leaddesk.core.errors import KnownError
from leaddesk.core.services import (
    calls,
    import_history,
    import_leads,
    import_taking,
    lead_list,
    verify,
)
from leaddesk.core.services.import_leads import ImportOptions
from leaddesk.core.services.lead_list import LeadQuery
from tests.core.services.test_import_plan import rows, write


def do(work, path, policy=OnMatch.OVERWRITE):
    return import_taking.run(
        work, import_leads.preview(work, path, ImportOptions(on_match=policy, country="DE"))
    )[0]


def dump(work):
    """Return all rows of leads, of their ids elsewhere, and what is found by typing."""
    with work.store.read() as unit:
        found = unit._connection.exec_driver_sql("SELECT * FROM leads ORDER BY row_id").mappings()
        leads = [{k: v for k, v in row.items() if k != "revision"} for row in found]
        tables = ("lead_external_ids", "queue_counts WHERE number > 0")
        others = [
            unit._connection.exec_driver_sql(f"SELECT * FROM {table}").all()  # noqa: S608 - ours
            for table in tables
        ]
        unit._connection.exec_driver_sql(
            "INSERT INTO lead_search (lead_search) VALUES ('integrity-check')"
        )
        return leads, others


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(before=rows, file=rows)
def test_undo_restores_the_exact_state(work, before, file):
    with work.store.begin() as unit:
        unit._connection.exec_driver_sql("DELETE FROM import_changes")
        unit._connection.exec_driver_sql("DELETE FROM leads")
    path = work.profile / "file.csv"
    reports = []
    for found in (before, file):
        write(path, found)
        if any(any(cell.strip() for cell in cells) for cells in found):
            state = dump(work)
            reports.append(do(work, path))
    if reports:
        report, _ = import_history.undo(work, reports[-1].batch)
        assert report.kept == ()
        assert dump(work) == state


@pytest.fixture
def path(work):
    found = work.profile / "file.csv"
    with found.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["Last Name", "Email", "City", "Phone"])
        writer.writerows(
            [
                ["Berg", "ada@berg.example", "Brno", "+44 20 7946 0958"],
                ["Cole", "bo@cole.example", "Bonn", ""],
                ["Dahl", "cy@dahl.example", "Kiel", ""],
            ]
        )
    return found


def test_what_somebody_worked_with_stays_and_is_named(work, path):
    first = do(work, path)
    berg = work.ids.lead("ada@berg.example")
    calls.start_call(work, berg)
    report, changes = import_history.undo(work, first.batch)
    assert (report.removed, report.restored) == (2, 0)
    assert [lead.last_name for lead in report.kept] == ["Berg"]
    assert "Berg" in import_history.undo_in_words(report)
    assert changes.whole_list
    left = lead_list.leads(work, lead_list.find(work, LeadQuery()))
    assert [lead.last_name for lead in left] == ["Berg"]
    assert verify.verify(work).integrity == "ok"
    assert import_history.history(work)[0].undone_at


def test_a_lead_changed_by_a_later_import_stays_as_that_left_it(work, path):
    first = do(work, path)
    second = work.profile / "second.csv"
    second.write_text("Email,City\nbo@cole.example,Ulm\n")
    later = do(work, second)
    report, _ = import_history.undo(work, first.batch)
    assert [lead.city for lead in report.kept] == ["Ulm"]
    report, _ = import_history.undo(work, later.batch)
    assert (report.restored, report.kept) == (1, ())
    (cole,) = lead_list.leads(work, lead_list.find(work, LeadQuery()))
    assert cole.city == "Bonn"


def test_an_import_is_taken_back_once(work, path):
    first = do(work, path)
    import_history.undo(work, first.batch)
    with pytest.raises(KnownError, match="taken back already"):
        import_history.undo(work, first.batch)
    with pytest.raises(KnownError, match="no import"):
        import_history.undo(work, "B1")
