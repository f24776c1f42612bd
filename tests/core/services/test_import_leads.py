# SPDX-License-Identifier: MIT
import gc
import json
import os
import sys

import pytest

from leaddesk.core.domain.lead import Lead
from leaddesk.core.domain.lead_query import LeadQuery
from leaddesk.core.domain.merge import OnMatch
from leaddesk.core.errors import KnownError
from leaddesk.core.services import (
    calls,
    import_history,
    import_leads,
    import_taking,
    lead_list,
    lead_page,
    verify,
)
from leaddesk.core.services.import_leads import ImportOptions
from tests.core.services.conftest import texts

FILE = (
    "First Name;Last Name;Company;Email;Phone;Employees;Favourite colour\r\n"
    "Anna;Größl;Weber GmbH;anna@weber.example;+49 30 901820;51-200;green\r\n"
    ";;;;;;only a colour\r\n"
    "Ben;Cole;Cole Ltd;ben@cole.example;;;\r\n"
    ";Desk;Cole Ltd;info@cole.example;;;\r\n"
)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "trade fair.csv"
    path.write_text(FILE, encoding="utf-8", newline="")
    return path


def do(work, path, **options):
    return import_taking.run(work, import_leads.preview(work, path, ImportOptions(**options)))


def all_leads(work):
    return lead_list.leads(work, sorted(lead_list.find(work, LeadQuery())))


def test_a_file_comes_in_with_what_cannot_be_used_beside_it(work, file, clock):
    report, changes = do(work, file)
    assert (report.rows, report.imported, report.updated) == (4, 3, 0)
    assert (report.skipped, report.rejected, report.duplicates) == (0, 1, 0)
    assert (report.source.delimiter, report.source.header_line) == (";", 1)
    assert ("Favourite colour", "") in report.columns
    assert changes.whole_list
    assert changes.imports == {report.batch}
    anna, ben, desk = all_leads(work)
    assert (anna.last_name, anna.phone_e164, anna.employees) == ("Größl", "+4930901820", 51)
    assert anna.extra == {"Favourite colour": "green"}
    assert anna.created_at == clock.now
    assert anna.lead_id == work.ids.lead("anna@weber.example")
    assert ben.lead_id == work.ids.lead("ben@cole.example")
    assert desk.lead_id.startswith("L")
    assert report.rejects_file == file.with_name("trade fair.rejected.csv")
    rejected = report.rejects_file.read_text(encoding="utf-8").splitlines()
    assert rejected[0].startswith("line,reason,First Name")
    assert rejected[1].startswith("3,")
    assert "only a colour" in rejected[1]


def test_what_a_lead_page_says_of_an_import(work, file):
    do(work, file)
    (entry,) = lead_page.page_of(work, work.ids.lead("ben@cole.example")).timeline
    assert entry.text == "Imported from trade fair.csv"


def test_the_same_file_again_changes_nothing(work, file, clock):
    first, _ = do(work, file)
    clock.move(minutes=1)
    before = all_leads(work), verify.verify(work).state
    second, changes = do(work, file)
    assert (second.imported, second.updated, second.skipped, second.rejected) == (0, 0, 3, 1)
    assert not changes.whole_list
    assert (all_leads(work), verify.verify(work).state) == before
    assert [batch.batch_id for batch in import_history.history(work)] == [second.batch, first.batch]


def test_a_preview_changes_nothing(work, file):
    found = import_leads.preview(work, file)
    assert found.counts.imported == 3
    assert lead_list.counts(work).all == 0
    assert [path.name for path in file.parent.iterdir()] == [file.name]
    assert found.stage.parent == work.profile
    import_leads.discard(found)
    assert not list(work.profile.glob("*.stage"))


@pytest.mark.parametrize(
    ("policy", "company"),
    [
        (OnMatch.FILL, "Weber GmbH"),
        (OnMatch.OVERWRITE, "Weber AG"),
        (OnMatch.SKIP, "Weber GmbH"),
    ],
)
def test_a_match_is_treated_as_asked(work, file, policy, company):
    do(work, file)
    other = file.with_name("other.csv")
    updated = int(policy is not OnMatch.SKIP)
    other.write_text("Email,Company,City\nANNA@weber.example,Weber AG,Berlin\n")
    report, _ = do(work, other, on_match=policy)
    assert (report.imported, report.updated, report.skipped) == (0, updated, 1 - updated)
    anna = all_leads(work)[0]
    assert anna.company == company
    assert anna.city == ("" if policy is OnMatch.SKIP else "Berlin")


def test_leads_are_graded_by_the_playbook(work, tmp_path):
    file = tmp_path / "graded.csv"
    file.write_text("Last Name,Company,Employees,Industry\nWeber,Weber,500,Manufacturing\nX,,,\n")
    do(work, file)
    weber, unknown = all_leads(work)
    assert weber.grade
    assert weber.fit is not None
    assert (unknown.grade, unknown.fit) == ("", None)
    assert weber.priority > unknown.priority


def test_an_address_that_named_another_lead_gets_an_id_of_its_own(work, tmp_path):
    taken = work.ids.lead("anna@weber.example")
    with work.store.begin() as unit:
        unit.leads.add([Lead(taken, last_name="Somebody", email="else@weber.example")])
    file = tmp_path / "one.csv"
    file.write_text("Last Name,Email\nWeber,anna@weber.example\n")
    report, _ = do(work, file)
    assert report.imported == 1
    assert len({lead.lead_id for lead in all_leads(work)}) == 2


def test_that_another_lead_would_change_is_noticed_though_the_counts_are_the_same(work, tmp_path):
    with work.store.begin() as unit:
        unit.leads.add([Lead("L1", last_name="Weber", email="anna@weber.example"), Lead("L2")])
    file = tmp_path / "one.csv"
    file.write_text("Last Name,Email,City\nWeber,anna@weber.example,Brno\n")
    found = import_leads.preview(work, file)
    with work.store.begin() as unit:
        unit.leads.replace(
            [
                Lead("L1", last_name="Weber"),
                Lead("L2", last_name="Weber", email="anna@weber.example"),
            ]
        )
    with pytest.raises(KnownError, match="changed since"):
        import_taking.run(work, found)


def test_an_answer_between_preview_and_import_does_not_get_lost(work, file, tmp_path):
    do(work, file)
    with work.store.begin() as unit:
        unit.leads.set_time_zone(work.ids.lead("anna@weber.example"), "Europe/London")
    other = tmp_path / "other.csv"
    other.write_text("Email,City\nanna@weber.example,Berlin\n")
    found = import_leads.preview(work, other)
    calls.start_call(work, work.ids.lead("anna@weber.example"))
    report, _ = import_taking.run(work, found)
    assert report.updated == 1
    anna = all_leads(work)[0]
    assert (anna.status, anna.city) == ("ATTEMPTING", "Berlin")


def test_an_import_that_would_do_something_else_than_shown_is_refused(work, file):
    found = import_leads.preview(work, file)
    with work.store.begin() as unit:
        unit.leads.add([Lead("L1", email="anna@weber.example")])
    with pytest.raises(KnownError, match="changed since this was looked at"):
        import_taking.run(work, found)
    assert lead_list.counts(work).all == 1
    assert import_history.history(work) == []


def test_a_file_that_changed_since_is_refused(work, file):
    found = import_leads.preview(work, file)
    file.write_text(FILE + "Dan;Dahl;;;;;\r\n", encoding="utf-8", newline="")
    with pytest.raises(KnownError, match="changed since"):
        import_taking.run(work, found)
    assert lead_list.counts(work).all == 0


def test_a_full_disk_leaves_nothing_of_an_import(work, tmp_path):
    file = tmp_path / "many.csv"
    rows = "".join(f"Name {n},{'x' * 900},n{n}@x.example\n" for n in range(2000))
    file.write_text(f"Last Name,Company,Email\n{rows},,\n,,no address\n")
    found = import_leads.preview(work, file)
    assert found.counts.rejected == 1
    with work.store.read() as unit:
        pages = unit._connection.exec_driver_sql("PRAGMA page_count").scalar()
        unit._connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 50}")
    with pytest.raises(KnownError, match="disk is full"):
        import_taking.run(work, found)
    assert lead_list.counts(work).all == 0
    assert import_history.history(work) == []
    assert [path.name for path in tmp_path.iterdir()] == [file.name]
    with work.store.read() as unit:
        unit._connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
    report, _ = import_taking.run(work, found)
    assert report.imported == 2000


@pytest.mark.skipif(os.name == "nt", reason="folders of Windows have no such mode")
@pytest.mark.skipif(os.name != "nt" and os.geteuid() == 0, reason="root may write everywhere")
def test_rejected_rows_go_to_the_profile_where_the_folder_cannot_be_written(work, file):
    file.parent.chmod(0o500)
    report, _ = do(work, file)
    file.parent.chmod(0o700)
    assert report.rejects_file.parent == work.profile


def test_rejected_rows_go_to_the_profile_where_their_place_is_taken(work, file):
    file.with_name("trade fair.rejected.csv").mkdir()
    report, _ = do(work, file)
    assert report.rejects_file == work.profile / "trade fair.rejected.csv"
    assert report.rejects_file.is_file()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "cannot be read"),
        (b"", "empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "picture|image|PNG"),
        (b"Name,Email\n", "no rows"),
    ],
)
def test_a_file_that_is_no_csv_is_told(work, tmp_path, content, sentence):
    path = tmp_path / "file.csv"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(KnownError, match=sentence):
        import_leads.preview(work, path)
    with pytest.raises(KnownError):
        import_leads.preview(work, tmp_path)


def test_a_preset_nobody_knows_is_told_with_those_there_are(work, file):
    with pytest.raises(KnownError) as caught:
        import_leads.preview(work, file, ImportOptions(preset="sap"))
    assert "salesforce" in caught.value.todo


def test_the_report_as_json_has_the_names_of_the_command_line(work, file):
    report, _ = do(work, file)
    document = json.loads(json.dumps(import_leads.report_to_json(report)))
    assert list(document) == [
        "rows", "imported", "updated", "skipped", "rejected", "duplicates", "batch",
        "rejects_file", "source", "columns", "held",
    ]  # fmt: skip
    assert document["source"]["delimiter"] == ";"
    assert document["columns"][0] == {"column": "First Name", "field": "first_name"}
    assert document["rejects_file"].endswith("trade fair.rejected.csv")


def test_the_report_in_words(work, file):
    planned = import_leads.report_of(import_leads.preview(work, file))
    assert import_leads.report_in_words(planned, dry_run=True) == (
        "4 rows: 3 new, 0 updated, 0 there already, 1 not usable\nNothing was changed."
    )


def test_every_shipped_preset_is_read(work, file):
    for preset in texts("presets", ".toml"):
        assert import_leads.preview(work, file, ImportOptions(preset=preset)).counts.rows == 4


def test_a_country_is_named_or_there_is_none(work, tmp_path):
    path = tmp_path / "one.csv"
    path.write_text("Name,Phone\nAda Berg,030 901820\n")
    with pytest.raises(KnownError, match="no country"):
        do(work, path, country="XX")
    do(work, path, country="Germany")
    assert [lead.phone_e164 for lead in all_leads(work)] == ["+4930901820"]


def test_rejected_rows_of_a_file_with_the_longest_name_find_a_place(work, tmp_path):
    path = tmp_path / ("x" * 251 + ".csv")
    path.write_text("Name,Email\nAda,ada@berg.example\n,\n,,,too many\n")
    report, _ = do(work, path)
    assert (report.imported, report.rejected) == (1, 1)
    assert report.rejects_file.is_file()
    assert report.rejects_file.name.endswith(".rejected.csv")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no named pipes in folders")
def test_a_pipe_is_not_waited_for(work, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(KnownError, match="is no file"):
        import_leads.preview(work, tmp_path / "pipe")


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names of files are Unicode")
def test_a_file_may_have_a_name_that_is_no_text(work, file):
    named = file.rename(file.with_name(os.fsdecode(b"fair-\xff.csv")))
    report, _ = do(work, named)
    assert report.imported == 3
    assert import_history.history(work)[0].file_name == "fair-\ufffd.csv"


def test_looking_leaves_the_collector_as_it_was(work):
    file = work.profile / "file.csv"
    file.write_text("Email\na@x.example\n")
    looked_at = []
    preview = import_leads.preview(
        work, file, go_on=lambda _count, _about: looked_at.append(gc.isenabled()) or True
    )
    assert looked_at == [False]
    assert gc.isenabled()
    import_leads.discard(preview)


@pytest.mark.parametrize(
    "row", [b"Gr\xf6\xdfe;x\n", b"a@x.example;x;too many\n", b"\xff;\xff\n" * 1500]
)
def test_a_file_of_nothing_but_problems_says_so(work, row):
    file = work.profile / "file.csv"
    file.write_bytes(b"Email;Company\n" + row)
    preview = import_leads.preview(work, file, ImportOptions(encoding="utf-8"))
    assert preview.counts.imported == 0
    assert preview.counts.rejected == preview.counts.rows == row.count(b"\n")
    import_leads.discard(preview)
