# SPDX-License-Identifier: MIT
import csv

import pytest

from leaddesk.core.domain.events import EventKind
from leaddesk.core.domain.roles import Rep
from leaddesk.core.domain.stages import Status
from leaddesk.core.domain.verdict import Verdict
from leaddesk.core.errors import KnownError
from leaddesk.core.services import endings, export_leads, import_leads, import_taking
from leaddesk.core.services.export_leads import ExportCheck, ExportOptions
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
    assert report == export_leads.ExportReport(3, (tmp_path / "out.csv",))
    assert [row["last_name"] for row in rows] == ["Cole", "Größl", "Weber"]
    assert rows[1]["colour"] == "a;b\n“c”"
    assert rows[2]["external_id.hubspot"] == "7"
    assert "decision" not in rows[0]
    assert [path.name for path in tmp_path.iterdir()] == ["out.csv"]


def test_a_search_exports_what_it_finds(leads, tmp_path):
    report, _ = export_leads.export(leads, tmp_path / "out.csv", ExportOptions(search="grossl"))
    assert report.rows == 1


def test_a_decision_goes_out_beside_its_lead(leads, tmp_path):
    decision = decide(leads, "L" + "B" * 24, Verdict.NURTURE)
    decide(leads, "L" + "A" * 24, Verdict.PASS)
    export_leads.export(leads, tmp_path / "nurture.csv", ExportOptions(decision=Verdict.NURTURE))
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
    assert (
        export_leads.export(leads, tmp_path / "a.csv", ExportOptions(decision=Verdict.NURTURE))[
            0
        ].rows
        == 0
    )
    export_leads.export(leads, tmp_path / "b.csv", ExportOptions(decision=Verdict.PASS))
    (row,) = read(tmp_path / "b.csv")
    assert row["decided_at"].startswith("2027-02-22")


def test_our_own_file_comes_back_as_it_went(leads, tmp_path):
    decide(leads, "L" + "B" * 24, Verdict.NURTURE)
    path = tmp_path / "out.csv"
    export_leads.export(leads, path)
    again, _ = import_taking.run(leads, import_leads.preview(leads, path))
    assert (again.imported, again.updated, again.skipped) == (0, 0, 3)
    with open_workspace(tmp_path / "other", texts) as other:
        import_taking.run(other, import_leads.preview(other, path))
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
    export_leads.export(leads, tmp_path / "pass.csv", ExportOptions(decision=Verdict.PASS))
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


def test_any_leads_are_written_in_the_order_given(leads, tmp_path):
    with leads.store.read() as unit:
        row_ids = [unit.lead_list.row_id("L" + letter * 24) for letter in "AC"]
    report, _ = export_leads.export(leads, tmp_path / "out.csv", ExportOptions(row_ids=row_ids))
    assert [row["last_name"] for row in read(tmp_path / "out.csv")] == ["Weber", "Cole"]
    assert report.rows == 2


def test_a_file_says_how_often_a_lead_was_changed(leads, tmp_path):
    with leads.store.begin() as unit:
        lead = unit.leads.get("L" + "A" * 24)
        unit.leads.replace([lead])
    export_leads.export(leads, tmp_path / "out.csv")
    rows = read(tmp_path / "out.csv")
    assert [(row["last_name"], row["revision"]) for row in rows][-1] == ("Weber", "1")
    assert list(rows[0])[:2] == ["lead_id", "revision"]


NASTY = ("=1+1", "+49 30", "-x", "@y", "'z", "\tTab", "''twice", "00123", "a,b", 'q"q', "\r\nline")


def test_a_file_for_spreadsheets_says_so_and_restores_the_exact_values(work, tmp_path):
    with work.store.begin() as unit:
        unit.leads.add(
            london(
                f"L{letter * 24}",
                last_name=text.strip() or "x",
                phone=f"{text.strip()} 030",
                description=text.strip(),
                external_ids={"crm": text.strip()},
                extra={text: text, "Pet": text},
            )
            for letter, text in zip("ABCDEFGHIJK", NASTY, strict=True)
        )
    wanted = ExportOptions(spreadsheet_safe=True)
    report, _ = export_leads.export(work, tmp_path / "leads.csv", wanted)
    assert report.file == tmp_path / "leads.spreadsheet.csv"
    content = report.file.read_bytes()
    assert content.startswith(b"\xef\xbb\xbflead_id,revision,")
    assert content.count(b"\n") > content.count(b"\r\n") - 1 > 0
    again, _ = import_taking.run(work, import_leads.preview(work, report.file))
    assert (again.imported, again.updated, again.skipped) == (0, 0, len(NASTY))
    with open_workspace(tmp_path / "other", texts) as other:
        import_taking.run(other, import_leads.preview(other, report.file))
        with work.store.read() as ours, other.store.read() as theirs:
            for letter in "ABCDEFGHIJK":
                lead_id = f"L{letter * 24}"
                before, after = ours.leads.get(lead_id), theirs.leads.get(lead_id)
                assert before is not None
                assert after is not None
                for name in ("last_name", "phone", "description", "external_ids", "extra"):
                    assert getattr(after, name) == getattr(before, name)


def test_a_name_that_says_it_is_for_spreadsheets_stays(leads, tmp_path):
    wanted = ExportOptions(spreadsheet_safe=True)
    report, _ = export_leads.export(leads, tmp_path / "a.spreadsheet.csv", wanted)
    assert report.file == tmp_path / "a.spreadsheet.csv"
    again = import_leads.preview(leads, report.file)
    assert again.source.preset == "leaddesk-spreadsheet"
    assert again.counts.rows == again.counts.skipped == 3


def test_leads_without_more_to_them_are_safe_for_spreadsheets_too(work, tmp_path):
    with work.store.begin() as unit:
        unit.leads.add([london("L" + "A" * 24, company="=1+1")])
    wanted = ExportOptions(spreadsheet_safe=True)
    report, _ = export_leads.export(work, tmp_path / "a.csv", wanted)
    with report.file.open(encoding="utf-8-sig", newline="") as stream:
        (row,) = csv.DictReader(stream)
    assert (row["company"], row["lead_id"]) == ("'=1+1", "'L" + "A" * 24)
    assert row["ld_export"].startswith("X")
    again = import_leads.preview(work, report.file)
    assert (again.source.preset, again.counts.skipped) == ("leaddesk-spreadsheet", 1)


def test_a_file_for_a_system_is_never_guarded(leads, tmp_path):
    wanted = ExportOptions(preset="hubspot", spreadsheet_safe=True)
    with pytest.raises(KnownError, match="never made safe"):
        export_leads.export(leads, tmp_path / "out.csv", wanted)


@pytest.mark.parametrize("preset", ["csv", "pipedrive", "no such"])
def test_only_systems_that_can_be_written_are_offered(preset, leads, tmp_path):
    with pytest.raises(KnownError, match="cannot be written for") as caught:
        export_leads.export(leads, tmp_path / "out.csv", ExportOptions(preset=preset))
    assert "hubspot" in caught.value.todo
    assert preset not in export_leads.written_presets(leads)
    assert list(tmp_path.glob("out*")) == []


SALESFORCE = (
    "Id,LastName,Company,Status,LeadSource,OwnerId,DoNotCall,Rating,AnnualRevenue,Custom__c\r\n"
    "00Q1,Weber,Acme,Open - Not Contacted,Fair,005A,false,Hot,12 Mio. €,ü;1\r\n"
    "00Q2,Cole,Globex,Our own status,Web,005A,true,,,\r\n"
    "00Q3,Berg,Initech,,Web,005B,,,90000,\r\n"
)


def test_a_file_of_a_system_goes_back_to_it_as_it_came(work, tmp_path):
    path = tmp_path / "Lead.csv"
    path.write_text(SALESFORCE, encoding="utf-8", newline="")
    import_taking.run(work, import_leads.preview(work, path))
    wanted = ExportOptions(preset="salesforce-api")
    export_leads.export(work, tmp_path / "back.csv", wanted)
    before, after = read(path), read(tmp_path / "back.csv")
    back = {row["Id"]: row for row in after}
    for row in before:
        assert row.items() <= back[row["Id"]].items()
    again, _ = import_taking.run(work, import_leads.preview(work, tmp_path / "back.csv"))
    assert (again.imported, again.updated, again.skipped) == (0, 0, 3)


def test_what_a_system_will_not_know_is_said_before_anything_is_written(work, tmp_path):
    path = tmp_path / "Lead.csv"
    path.write_text(SALESFORCE, encoding="utf-8", newline="")
    import_taking.run(work, import_leads.preview(work, path))
    with work.store.begin() as unit:
        unit.leads.add([london("L" + "A" * 24, company="Nobody", suppressed=True, last_name="")])
        unit.leads.add([london("L" + "B" * 24, company="Somebody", last_name="")])
    to = tmp_path / "out.csv"
    check = export_leads.export_check(work, to, ExportOptions(preset="salesforce-api"))
    assert check.unknown["Status"] == {"Our own status": 1}
    assert check.unknown["LeadSource"] == {"Fair": 1}
    assert check.missing == {"LastName": 1}
    assert check.left_out == {"suppressed": 1}
    assert (check.rows, check.files) == (4, (to,))
    assert not to.exists()
    own = export_leads.export_check(work, to, ExportOptions())
    assert own == ExportCheck(5, (to,), {}, {}, {})


def test_those_who_opted_out_never_get_into_a_file_of_subscribers(work, tmp_path):
    with work.store.begin() as unit:
        unit.leads.add(
            [
                london("L" + "A" * 24, email="a@b.example"),
                london("L" + "B" * 24, email="c@d.example", opted_out=True),
            ]
        )
    wanted = ExportOptions(preset="mailchimp")
    report, _ = export_leads.export(work, tmp_path / "out.csv", wanted)
    assert [file.name for file in report.files] == ["out.csv", "out.unsubscribed.csv"]
    assert [row["Email Address"] for row in read(report.files[0])] == ["a@b.example"]
    assert [row["Email Address"] for row in read(report.files[1])] == ["c@d.example"]
    with open_workspace(tmp_path / "other", texts) as other:
        import_taking.run(other, import_leads.preview(other, report.files[1]))
        with other.store.read() as unit:
            (lead,) = (lead for lead, _ in unit.leads.by_row_ids([1]))
    assert lead.opted_out


def test_a_decision_goes_to_a_system_in_its_words_and_has_left_the_house(leads, tmp_path):
    decision = decide(leads, "L" + "A" * 24, Verdict.NURTURE)
    wanted = ExportOptions(preset="hubspot", decision=Verdict.NURTURE)
    export_leads.export(leads, tmp_path / "out.csv", wanted)
    (row,) = read(tmp_path / "out.csv")
    assert (row["Record ID"], row["Lead Status"]) == ("7", "Bad Timing")
    assert departures(leads) == {decision.decision_id: ["", "out.csv"]}
    with leads.store.read() as unit:
        lead = unit.leads.get("L" + "A" * 24)
    assert lead is not None
    assert lead.status == Status.NURTURING


def test_a_list_that_is_too_long_for_the_system_comes_in_several_files(work, tmp_path, monkeypatch):
    with work.store.begin() as unit:
        unit.leads.add(london(f"L{n:024d}", last_name=f"Weber {n}") for n in range(5))
    folder = dict(work.texts("presets", ".toml"))
    folder["salesforce"] = folder["salesforce"].replace("max_rows = 50000", "max_rows = 2")
    monkeypatch.setattr(work, "texts", lambda *_: folder)
    (tmp_path / "out-2.csv").write_text("older")
    report, _ = export_leads.export(work, tmp_path / "out.csv", ExportOptions(preset="salesforce"))
    assert [file.name for file in report.files] == ["out.csv", "out-2.csv", "out-3.csv"]
    assert [len(read(file)) for file in report.files] == [2, 2, 1]


def test_of_several_files_none_appears_when_one_cannot_be_written(work, tmp_path, monkeypatch):
    with work.store.begin() as unit:
        unit.leads.add(london(f"L{n:024d}", last_name=f"Weber {n}") for n in range(5))
    folder = dict(work.texts("presets", ".toml"))
    folder["salesforce"] = folder["salesforce"].replace("max_rows = 50000", "max_rows = 2")
    monkeypatch.setattr(work, "texts", lambda *_: folder)
    (tmp_path / "out-2.csv").mkdir()
    with pytest.raises(KnownError, match=r"out-2\.csv could not be written"):
        export_leads.export(work, tmp_path / "out.csv", ExportOptions(preset="salesforce"))
    assert [path.name for path in tmp_path.glob("*.csv")] == ["out-2.csv"]
    assert list(tmp_path.glob(".leaddesk*")) == []
