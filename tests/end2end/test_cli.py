# SPDX-License-Identifier: MIT
"""The commands as a person or a script meets them: output, exit status, sentences."""

import json
import shutil
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from leaddesk import resources
from leaddesk.core.domain.lead_query import LeadQuery
from leaddesk.core.services import lead_list, segments
from leaddesk.core.services.workspace import open_workspace, take_lock
from tests.helpers.command_line import DONE, REFUSED, WITH_PROBLEMS, leaddesk, parsed, refused

DATA = Path(__file__).parents[1] / "data"
SALESFORCE = DATA / "salesforce_workshop_export" / "Lead.csv"


@pytest.fixture
def source(tmp_path) -> Path:
    return Path(shutil.copy(SALESFORCE, tmp_path / "Lead.csv"))


def test_an_import_says_what_it_did_and_doing_it_again_changes_nothing(source):
    status, report = parsed("import", source)
    assert status == DONE
    assert (report["rows"], report["imported"]) == (60, 60)
    assert report["source"] == {
        "encoding": "utf-8", "delimiter": ",", "preset": "salesforce", "header_line": 1,
    }  # fmt: skip
    assert {"column": "LastName", "field": "last_name"} in report["columns"]
    before = parsed("verify")[1]["state"]
    status, again = parsed("import", source)
    assert (status, again["skipped"], again["imported"], again["updated"]) == (DONE, 60, 0, 0)
    assert parsed("verify")[1]["state"] == before
    assert len(parsed("imports")[1]["imports"]) == 2


def test_an_import_is_taken_back_once(source):
    batch = parsed("import", source)[1]["batch"]
    assert parsed("undo-import", batch) == (DONE, {"removed": 60, "restored": 0, "kept": []})
    assert parsed("leads")[1]["count"] == 0
    assert "taken back" in leaddesk("imports").stdout
    assert "taken back already" in refused("undo-import", batch)


def test_a_dry_run_leaves_nothing(source, profile):
    status, report = parsed("import", source, "--dry-run")
    assert (status, report["imported"]) == (DONE, 60)
    assert not profile.exists()


def test_rows_that_cannot_be_used_lie_beside_the_file_with_the_reason(tmp_path):
    source = tmp_path / "fair.csv"
    source.write_text("Name;Email\nAda Berg;ada@berg.example\n;\n;;;\nBo;bo@x.example;1;2\n;?\n")
    status, report = parsed("import", source)
    assert status == WITH_PROBLEMS
    assert report["rows"] == sum(
        report[key] for key in ("imported", "updated", "skipped", "rejected")
    )
    rejects = Path(report["rejects_file"])
    assert rejects == tmp_path / "fair.rejected.csv"
    assert len(rejects.read_text(encoding="utf-8-sig").splitlines()) == 1 + report["rejected"]


def test_leads_are_found_listed_and_shown(source):
    leaddesk("import", source)
    status, found = parsed("leads", "--search", "freeman", "--limit", "1")
    assert status == DONE
    (lead,) = found["leads"]
    assert (lead["first_name"], lead["external_ids"]) == (
        "Patrick",
        {"salesforce": "00QEc00000BBaeYMAT"},
    )
    page = parsed("lead", lead["lead_id"])[1]
    assert page["lead"] == lead
    assert "Lead.csv" in page["timeline"][0]["text"]
    assert leaddesk("lead", "Lnobody").returncode == REFUSED


def test_an_export_can_be_imported_elsewhere(source, tmp_path, monkeypatch):
    leaddesk("import", source)
    out = tmp_path / "out.csv"
    status, told = parsed("export", "--to", out)
    assert (status, told["rows"], told["file"], told["files"]) == (DONE, 60, str(out), [str(out)])
    monkeypatch.setenv("LEADDESK_PROFILE", str(tmp_path / "elsewhere"))
    assert parsed("import", out)[1]["imported"] == 60
    assert leaddesk("export", "--to", tmp_path / "gone" / "out.csv").returncode == REFUSED


def test_a_file_for_a_system_says_what_that_will_not_know(source, tmp_path):
    leaddesk("import", source)
    out = tmp_path / "out.csv"
    done = leaddesk("export", "--preset", "zoho", "--to", out, "--json")
    told = json.loads(done.stdout)
    assert (told["rows"], told["files"]) == (60, [str(out)])
    assert told["unknown"]["Lead Source"]
    assert "Lead Source: not in the system's list" in done.stderr
    assert done.returncode == (WITH_PROBLEMS if told["missing"] else DONE)
    assert out.read_text("utf-8").startswith("Record Id,Salutation,First Name,Last Name,Company,")
    refused = leaddesk("export", "--preset", "apollo", "--to", out)
    assert refused.returncode == REFUSED
    assert "cannot be written for 'apollo'" in refused.stderr


def test_a_file_for_spreadsheets_has_it_in_its_name(source, tmp_path):
    leaddesk("import", source)
    told = parsed("export", "--spreadsheet-safe", "--to", tmp_path / "out.csv")[1]
    assert told["file"] == str(tmp_path / "out.spreadsheet.csv")
    again = parsed("import", told["file"])[1]
    assert (again["skipped"], again["source"]["preset"]) == (60, "leaddesk-spreadsheet")


def test_cases_are_assessed_a_line_each_and_bad_ones_are_named():
    cases = '{"answers": {"problem": "measured"}}\n\n{"answers": {"problem": "measurde"}}\n{}\n'
    done = leaddesk("assess", "bant", stdin=cases)
    assert done.returncode == WITH_PROBLEMS
    good, bad, empty = (json.loads(line) for line in done.stdout.splitlines())
    assert (good["earned"], good["most"]) == (24, 96)
    assert bad["line"] == 3
    assert "measurde" in bad["error"]
    assert empty["verdict"] == "undecided"


def test_playbooks_are_listed_shown_and_checked(tmp_path):
    listed = {book["id"] for book in parsed("playbook", "list")[1]["playbooks"]}
    assert {"bant", "champ", "spiced", "meddic"} <= listed
    assert parsed("playbook", "show", "bant")[1]["criteria"][0]["id"] == "need"
    assert parsed("playbook", "check", "bant") == (DONE, {"mistakes": []})
    broken = tmp_path / "broken.toml"
    broken.write_text('schema = 1\nid = "Broken!"\nversoin = 1\n[decision]\npass_at = 170\n')
    done = leaddesk("playbook", "check", broken)
    assert done.returncode == REFUSED
    for said in ("Line 2", "Line 3", "version", "Line 5"):
        assert said in done.stdout
    done = leaddesk("assess", broken, stdin="{}")
    assert done.returncode == REFUSED
    assert "line 3" in done.stderr.casefold()


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("empty.csv", b"", "empty"),
        ("header.csv", b"Name,Email\n", "no rows"),
        ("picture.csv", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, "picture"),
        ("book.csv", b"PK\x03\x04" + bytes(range(256)) * 8, "zip"),
        ("paper.csv", b"%PDF-1.7\n" + bytes(range(256)) * 8, "PDF"),
        ("noise.csv", bytes(range(256)) * 40, ""),
    ],
)
def test_what_is_no_csv_is_refused_with_a_sentence(tmp_path, profile, name, content, says):
    source = tmp_path / name
    source.write_bytes(content)
    done = leaddesk("import", source)
    assert done.returncode == REFUSED
    assert says.casefold() in done.stderr.casefold()
    assert done.stderr.strip()
    assert sorted(path.name for path in tmp_path.iterdir() if path != profile) == [name]


def test_the_leads_of_a_segment_are_listed(source, profile):
    leaddesk("import", source)
    query = LeadQuery(search="freeman")
    with open_workspace(profile, resources.texts) as work:
        segments.save(work, "Freemen", query)
        expected = len(lead_list.find(work, query))
    status, found = parsed("leads", "--segment", "freemen")
    assert (status, found["count"]) == (0, expected)
    assert expected
    refused = leaddesk("leads", "--segment", "nobody")
    assert refused.returncode == REFUSED
    assert "There are: Freemen." in refused.stderr


@pytest.mark.parametrize("arguments", [("import", "gone.csv"), ("nonsense",), ("leads", "--lots")])
def test_what_cannot_be_done_is_said_in_one_line(arguments):
    done = leaddesk(*arguments)
    assert done.returncode == REFUSED
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_profile_that_is_open_is_read_but_not_changed(source, profile):
    leaddesk("import", source)
    lock = take_lock(profile)
    try:
        assert parsed("leads")[1]["count"] == 60
        done = leaddesk("import", source)
    finally:
        lock.release()
    assert done.returncode == REFUSED
    assert "open" in done.stderr


def test_a_profile_of_a_newer_leaddesk_is_left_alone(profile):
    with open_workspace(profile, resources.texts):
        pass
    database = profile / "leaddesk.sqlite"
    script = (
        "import sys; from sqlcipher3 import dbapi2; d = dbapi2.connect(sys.argv[1]);"
        "d.execute(\"UPDATE alembic_version SET version_num = '9999'\"); d.commit()"
    )
    subprocess.run([sys.executable, "-c", script, str(database)], check=True)  # noqa: S603 - ours
    done = leaddesk("leads")
    assert done.returncode == REFUSED
    assert "newer" in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="no file size limit to set")
def test_a_full_disk_is_said_and_leaves_nothing_half_written(tmp_path, profile):
    with open_workspace(profile, resources.texts):
        pass
    source = tmp_path / "many.csv"
    rows = "".join(f"Ada {n},ada{n}@berg.example,Notes {'n' * 80}\n" for n in range(20_000))
    source.write_text("Name,Email,Remarks\n" + rows)
    done = leaddesk("import", source, limit=2_000_000)
    assert done.returncode == REFUSED
    assert "full" in done.stderr.casefold() or "room" in done.stderr.casefold()
    assert parsed("leads")[1]["count"] == 0
    assert parsed("verify")[1]["integrity"] == "ok"
    assert parsed("import", source)[1]["imported"] == 20_000


def test_help_and_version():
    assert "import" in leaddesk("--help").stdout
    assert leaddesk("--version").stdout.startswith("leaddesk 0.")


def test_output_is_utf8_whatever_the_terminal_is_set_to(tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    source = tmp_path / "größe.csv"
    source.write_text("Name,Email\nÉva Größl,eva@berg.example\n", encoding="utf-8")
    leaddesk("import", source)
    assert parsed("leads")[1]["leads"][0]["full_name"] == "Éva Größl"
    cases = tmp_path / "cases.jsonl"
    cases.write_bytes(b'\xef\xbb\xbf{}\n\xff\n"\\ud800"\n')
    done = leaddesk("assess", "bant", "--cases", cases)
    assert ["error" in json.loads(line) for line in done.stdout.splitlines()] == [False, True, True]
    assert leaddesk("assess", "bant", stdin="\ufeff{}\n").returncode == DONE


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has a device that is always full")
def test_a_result_that_cannot_be_written_is_told(source):
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-m", "leaddesk", "import", str(source)],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert (done.returncode, len(done.stderr.splitlines())) == (WITH_PROBLEMS, 1)
    assert parsed("leads")[1]["count"] == 60


@pytest.mark.skipif(sys.platform == "win32", reason="Windows stops programs otherwise")
def test_an_import_that_is_stopped_has_done_nothing(tmp_path, profile):
    with open_workspace(profile, resources.texts):
        pass
    lead = "Ada {0},ada{0}@berg.example,+49 30 {1}\n"
    source = tmp_path / "many.csv"
    rows = "".join(lead.format(n, 1_000_000 + n) for n in range(50_000))
    source.write_text("Name,Email,Phone\n" + rows)
    lock = profile / "leaddesk.lock"
    lock.unlink()
    running = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-m", "leaddesk", "import", str(source)],
        stderr=subprocess.PIPE,
        text=True,
        # A shell that runs the tests in the background has it ignored, and children inherit that.
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - no threads
    )
    while not lock.exists():
        assert running.poll() is None
    running.send_signal(signal.SIGINT)
    said = running.communicate()[1]
    assert (running.returncode, said[-9:]) == (REFUSED, "Stopped.\n")
    assert parsed("leads")[1]["count"] == 0
