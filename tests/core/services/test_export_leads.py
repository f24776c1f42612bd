# SPDX-License-Identifier: MIT
import csv

import pytest

from leaddesk.core.domain.events import EventKind
from leaddesk.core.domain.roles import Rep
from leaddesk.core.domain.verdict import Verdict
from leaddesk.core.errors import KnownError
from leaddesk.core.services import endings, export_leads, import_leads
from leaddesk.core.services.workspace import open_workspace
from tests.core.services.conftest import london, texts
from tests.helpers import talks


@pytest.fixture
def leads(work):
    with work.store.begin() as unit:
        unit.leads.add(
            [
                london(
                    "L" + "A" * 24, last_name="Weber", priority=1, external_ids={"hubspot": "7"}
                ),
                london("L" + "B" * 24, last_name="Größl", priority=2, extra={"colour": "a;b\n“c”"}),
                london("L" + "C" * 24, last_name="Cole", priority=3, tags=("fair", "b2b")),
            ]
        )
    return work


def decide(work, lead_id, verdict):
    return talks.decide(work, lead_id, verdict, note="„Ja, bald“")


def read(path):
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_leads_are_written_those_to_call_first_at_the_top(leads, tmp_path):
    report, _ = export_leads.export(leads, tmp_path / "out.csv")
    rows = read(tmp_path / "out.csv")
    assert report == export_leads.ExportReport(3, tmp_path / "out.csv")
    assert [row["last_name"] for row in rows] == ["Cole", "Größl", "Weber"]
    assert rows[1]["colour"] == "a;b\n“c”"
    assert rows[2]["external_id.hubspot"] == "7"
    assert "decision" not in rows[0]
    assert [path.name for path in tmp_path.iterdir()] == ["out.csv"]


def test_a_search_exports_what_it_finds(leads, tmp_path):
    report, _ = export_leads.export(leads, tmp_path / "out.csv", search="grossl")
    assert report.rows == 1


def test_a_decision_goes_out_beside_its_lead(leads, tmp_path):
    decision = decide(leads, "L" + "B" * 24, Verdict.NURTURE)
    decide(leads, "L" + "A" * 24, Verdict.PASS)
    export_leads.export(leads, tmp_path / "nurture.csv", decision=Verdict.NURTURE)
    (row,) = read(tmp_path / "nurture.csv")
    assert row["last_name"] == "Größl"
    assert row["decision"] == "nurture"
    assert row["recommended"] == decision.recommended
    assert row["reason"] == decision.reason
    assert row["notes"] == "„Ja, bald“"
    assert row["playbook"] == "bant v1"
    assert (row["next_step"], row["next_at"]) == ("", "2027-01-22T10:00:00Z")
    export_leads.export(leads, tmp_path / "all.csv")
    assert [row["decision"] for row in read(tmp_path / "all.csv")] == ["", "nurture", "pass"]


def test_the_last_decision_counts(leads, tmp_path, clock):
    lead_id = "L" + "B" * 24
    decide(leads, lead_id, Verdict.NURTURE)
    clock.move(days=91)
    decide(leads, lead_id, Verdict.PASS)
    assert export_leads.export(leads, tmp_path / "a.csv", decision=Verdict.NURTURE)[0].rows == 0
    export_leads.export(leads, tmp_path / "b.csv", decision=Verdict.PASS)
    (row,) = read(tmp_path / "b.csv")
    assert row["decided_at"].startswith("2027-02-22")


def test_our_own_file_comes_back_as_it_went(leads, tmp_path):
    decide(leads, "L" + "B" * 24, Verdict.NURTURE)
    path = tmp_path / "out.csv"
    export_leads.export(leads, path)
    again, _ = import_leads.run(leads, import_leads.preview(leads, path))
    assert (again.imported, again.updated, again.skipped) == (0, 0, 3)
    with open_workspace(tmp_path / "other", texts) as other:
        import_leads.run(other, import_leads.preview(other, path))
        export_leads.export(other, tmp_path / "back.csv")
    decision_columns = {"decision", "recommended", "reason", "override_reason", "next_step"}
    for before, after in zip(read(path), read(tmp_path / "back.csv"), strict=True):
        kept = {name: text for name, text in before.items() if name not in decision_columns}
        differs = {name for name, text in after.items() if text != kept.get(name)}
        assert differs <= {"grade", "fit", "priority", "created_at"}


def test_a_file_that_is_there_is_replaced_whole_or_left_alone(leads, tmp_path):
    path = tmp_path / "out.csv"
    path.write_text("what was there")
    export_leads.export(leads, path)
    assert len(read(path)) == 3
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(KnownError, match="could not be written"):
        export_leads.export(leads, tmp_path / "folder.csv")
    with pytest.raises(KnownError, match="could not be written") as caught:
        export_leads.export(leads, tmp_path / "gone" / "out.csv")
    assert caught.value.todo
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder.csv", "out.csv"]


def test_a_reader_can_export_too(leads, tmp_path):
    with open_workspace(leads.profile, texts, read_only=True) as looking:
        assert export_leads.export(looking, tmp_path / "out.csv")[0].rows == 3


def departures(work):
    """Decision id -> who let it out of the house, in which file; each once."""
    found = []
    with work.store.read() as unit:
        for letter in "ABC":
            events = unit.events.of_lead("L" + letter * 24, (EventKind.EXPORTED,))
            found += [(e.detail["decision"], e.by, e.detail["file"]) for e in events]
    assert len({decision for decision, *_ in found}) == len(found)
    return {decision: told for decision, *told in found}


def test_a_decision_leaves_the_house_once(leads, tmp_path, clock):
    leads.rep = Rep("Ada Berg")
    export_leads.export(leads, tmp_path / "none.csv")
    assert departures(leads) == {}
    first = decide(leads, "L" + "B" * 24, Verdict.NURTURE).decision_id
    export_leads.export(leads, tmp_path / "pass.csv", decision=Verdict.PASS)
    assert departures(leads) == {}
    export_leads.export(leads, tmp_path / "one.csv")
    export_leads.export(leads, tmp_path / "again.csv")
    assert departures(leads) == {first: ["Ada Berg", "one.csv"]}
    clock.move(days=63)
    second = decide(leads, "L" + "B" * 24, Verdict.PASS).decision_id
    export_leads.export(leads, tmp_path / "two.csv")
    assert departures(leads) == {
        first: ["Ada Berg", "one.csv"],
        second: ["Ada Berg", "two.csv"],
    }


def test_a_file_that_could_not_be_written_takes_nothing_out_of_the_house(leads, tmp_path):
    decide(leads, "L" + "B" * 24, Verdict.NURTURE)
    with pytest.raises(KnownError):
        export_leads.export(leads, tmp_path / "gone" / "out.csv")
    assert departures(leads) == {}


def test_what_a_reader_exports_has_left_too_while_a_window_has_the_profile(leads, tmp_path):
    decision = decide(leads, "L" + "A" * 24, Verdict.PASS)
    with open_workspace(leads.profile, texts, read_only=True) as looking:
        report, _ = export_leads.export(looking, tmp_path / "out.csv")
    assert report.rows == 3
    assert departures(leads) == {decision.decision_id: ["", "out.csv"]}
    with pytest.raises(KnownError, match="left the house"):
        endings.undo_decision(leads, decision.decision_id)
