# SPDX-License-Identifier: MIT
"""Taking an import back: what was before is there again, what people did since stays."""

import csv
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leaddesk.core.domain.lead import Lead
from leaddesk.core.domain.lead_query import Condition, LeadQuery, Op
from leaddesk.core.domain.merge import OnMatch
from leaddesk.core.errors import KnownError
from leaddesk.core.services import (
    calls,
    import_history,
    import_leads,
    import_taking,
    lead_list,
    merging,
    segments,
    verify,
)
from leaddesk.core.services.import_leads import ImportOptions
from tests.core.services.test_import_plan import rows, write


def do(work, path, policy=OnMatch.OVERWRITE):
    return import_taking.run(
        work, import_leads.preview(work, path, ImportOptions(on_match=policy, country="DE"))
    )[0]


def of_import(work, batch):
    """Return the ids of the leads that are listed as those of an import."""
    query = LeadQuery(conditions=(Condition("batch_id", Op.IS, (batch,)),))
    every = lead_list.leads(work, lead_list.find(work, LeadQuery()))
    found = {lead.lead_id for lead in lead_list.leads(work, lead_list.find(work, query))}
    turned = LeadQuery(conditions=(Condition("batch_id", Op.IS_NOT, (batch,)),))
    others = {lead.lead_id for lead in lead_list.leads(work, lead_list.find(work, turned))}
    assert found.isdisjoint(others)
    assert found | others == {lead.lead_id for lead in every}
    return found


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
        assert of_import(work, reports[-1].batch) == set(), "it has no part in any lead"
        assert dump(work) == state


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(before=rows, file=rows, worked=st.sets(st.integers(0, 5)))
def test_the_leads_of_an_import_are_those_it_made_or_changed_then_those_it_left(
    work, before, file, worked
):
    with work.store.begin() as unit:
        unit._connection.exec_driver_sql("DELETE FROM import_changes")
        unit._connection.exec_driver_sql("DELETE FROM leads")
    path = work.profile / "file.csv"
    reports = []
    for found in (before, file):
        write(path, found)
        if any(any(cell.strip() for cell in cells) for cells in found):
            reports.append(do(work, path))
    if not reports:
        return
    last = reports[-1]
    theirs = sorted(of_import(work, last.batch))
    assert last.imported <= len(theirs) <= last.imported + last.updated
    changed = [one for n, one in enumerate(theirs) if n in worked]
    with work.store.begin() as unit:
        unit.leads.replace([replace(unit.leads.get(one), description="changed") for one in changed])
    report, _ = import_history.undo(work, last.batch)
    assert {lead.lead_id for lead in report.kept} == of_import(work, last.batch)
    assert len(report.kept) == len(changed)


def test_who_came_by_an_import_is_found_in_the_lead_it_was_merged_into(work, path):
    batch = do(work, path).batch
    kept = work.ids.lead("by@hand.example")
    with work.store.begin() as unit:
        unit.leads.add([Lead(kept, last_name="Bergh", email="by@hand.example")])
    assert kept not in of_import(work, batch)
    berg = work.ids.lead("ada@berg.example")
    merging.merge(work, kept, berg)
    assert kept in of_import(work, batch)
    assert berg not in of_import(work, batch)
    asked = Condition("batch_id", Op.IS, (batch,))
    segment, _ = segments.save(work, "Theirs", LeadQuery(conditions=(asked,)))
    assert segments.counts(work).segments[segment.segment_id] == len(of_import(work, batch))
    query = LeadQuery(conditions=(Condition("batch_id", Op.EMPTY),))
    assert not len(lead_list.find(work, query))


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
