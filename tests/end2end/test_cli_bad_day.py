# SPDX-License-Identifier: MIT
"""Commands on a bad day: nobody ever sees a traceback, and what was there stays."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from leaddesk import resources
from leaddesk.__main__ import window_arguments
from leaddesk.core.domain.lead import Lead
from leaddesk.core.services.workspace import open_workspace, take_lock
from tests.helpers.command_line import (
    DONE,
    PROGRAM,
    REFUSED,
    ROOT,
    WITH_PROBLEMS,
    leaddesk,
    parsed,
    refused,
)

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows closes and links otherwise")
READING = [("leads",), ("lead", "L1"), ("imports",), ("queue",), ("verify",)]


@pytest.fixture
def filled(profile) -> Path:
    with open_workspace(profile, resources.texts) as work, work.store.begin() as unit:
        unit.leads.add([Lead("L1", first_name="Éva", last_name="Größl", email="e@berg.example")])
    return profile


def run(*arguments: str, **streams):
    return subprocess.run(  # noqa: S603 - our own program
        [*PROGRAM, *arguments], text=True, encoding="utf-8", check=False, cwd=ROOT, **streams
    )


@pytest.fixture
def gone():
    """The end to write to of a pipe whose reader has left, such as `head`."""
    out, into = os.pipe()
    os.close(out)
    yield into
    os.close(into)


@pytest.mark.usefixtures("filled")
@POSIX
@pytest.mark.parametrize("arguments", [("leads",), ("queue", "--json"), ("--help",)])
def test_a_reader_who_has_seen_enough_is_no_failure_to_speak_of(gone, arguments):
    done = run(*arguments, stdout=gone, stderr=subprocess.PIPE)
    assert (done.returncode, done.stderr) in [
        (WITH_PROBLEMS, ""),
        (WITH_PROBLEMS, "0 to call now\n"),
    ]


@pytest.mark.usefixtures("filled")
@POSIX
def test_messages_nobody_reads_leave_the_exit_status(gone):
    assert run("nonsense", stderr=gone).returncode == REFUSED
    done = run("leads", stdout=subprocess.PIPE, stderr=gone)
    assert (done.returncode, len(done.stdout.splitlines())) == (DONE, 1)


@pytest.mark.usefixtures("filled")
@POSIX
@pytest.mark.parametrize("closed", [0, 1, 2])
def test_streams_that_are_closed_are_done_without(closed):
    arguments = ("assess", "bant") if closed == 0 else ("leads",)
    others = {0: {}, 1: {"stderr": subprocess.PIPE}, 2: {"stdout": subprocess.PIPE}}[closed]
    done = run(*arguments, **others, preexec_fn=lambda: os.close(closed))
    assert done.returncode == DONE
    assert "Traceback" not in (done.stderr or "")


@POSIX
def test_what_cannot_be_opened_is_told_with_its_name(tmp_path, filled):
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    for command in (
        ("import", loop),
        ("activities", loop),
        ("assess", "bant", "--cases", loop),
        ("export", "--to", loop / "out.csv"),
        ("calling", "check", loop),
    ):
        line = refused(*command)
        assert str(loop) in line
        assert line.count(". ") == 1, "what happened, and what to do"
    (filled / "calling.toml").symlink_to(filled / "calling.toml")
    assert "calling.toml cannot be read: " in refused("calling", "show")


def test_cases_come_from_a_file_that_is_there(tmp_path):
    assert "then try again" in refused("assess", "bant", "--cases", tmp_path / "gone")
    assert "then try again" in refused("assess", "bant", "--cases", tmp_path)
    assert leaddesk("assess", "bant", "--cases", "-", stdin="{}\n").returncode == DONE


@pytest.mark.parametrize("command", READING)
def test_a_profile_that_is_no_folder_is_told(tmp_path, command):
    path = tmp_path / "file"
    path.touch()
    line = refused(*command, LEADDESK_PROFILE=str(path))
    assert str(path) in line
    assert "--profile" in line


def test_a_home_that_is_not_there_is_told():
    assert "There is no home folder" in refused("leads", "--profile", "~nobody-of-that-name/x")
    assert window_arguments(["--profile", "~nobody-of-that-name/x"]) is not None


@pytest.mark.parametrize("command", READING)
def test_a_database_that_is_none_is_told(profile, command):
    database = profile / "leaddesk.sqlite"
    profile.mkdir(parents=True)
    database.write_text("Dear diary, " * 100)
    assert "is no database" in refused(*command)
    database.unlink()
    database.mkdir()
    assert "cannot be read" in refused(*command)


@pytest.mark.parametrize("command", [*READING, ("export", "--to", "out.csv")])
def test_what_only_reads_works_beside_a_window(filled, tmp_path, command):
    lock = take_lock(filled)
    try:
        done = leaddesk(*(tmp_path / part if part == "out.csv" else part for part in command))
    finally:
        lock.release()
    assert done.returncode == DONE


@POSIX
def test_a_demo_without_room_is_told():
    done = leaddesk("--demo", limit=0)
    assert done.returncode == REFUSED
    assert done.stderr.startswith("The demo has no folder for its files: ")
    assert len(done.stderr.splitlines()) == 1


def test_who_stops_it_while_it_begins_sees_a_word():
    script = (
        "import sys\nfrom leaddesk.__main__ import main\n"
        "class Stop:\n"
        "    def find_spec(self, name, *_):\n"
        "        if name == 'leaddesk.cli': raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Stop())\nsys.exit(main())"
    )
    begun = [sys.executable, "-c", script, "leads"]
    done = subprocess.run(begun, capture_output=True, text=True, check=False, cwd=ROOT)  # noqa: S603 - ours
    assert (done.returncode, done.stdout, done.stderr) == (REFUSED, "", "Stopped.\n")


def test_a_mistake_of_ours_is_reported_without_lead_data(filled):
    with closing(sqlite3.connect(filled / "leaddesk.sqlite")) as database:
        database.execute("ALTER TABLE import_batches RENAME TO imports_of_nobody")
    done = leaddesk("imports")
    assert (done.returncode, done.stdout) == (WITH_PROBLEMS, "")
    (report,) = filled.glob("crash-*.txt")
    assert done.stderr == (
        "Something went wrong inside leaddesk. What was there before is still there."
        f" A report without lead data is in {report}.\n"
    )
    text = report.read_text(encoding="utf-8")
    assert "leaddesk.core.errors.BugError" in text
    assert "no such table" not in text


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(
    "settings",
    [
        {"LC_ALL": "C", "PYTHONUTF8": ""},
        {"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
        {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "latin-1"},
    ],
)
def test_names_are_written_whatever_the_locale(settings):
    done = leaddesk("leads", **settings)
    assert (done.returncode, "Éva Größl" in done.stdout) == (DONE, True)


@POSIX
def test_the_demo_is_walked_whatever_the_locale(tmp_path):
    folder = tmp_path / "größe"
    folder.mkdir()
    ascii_only = {"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": ""}
    done = leaddesk("--demo", TMPDIR=str(folder), QT_QPA_PLATFORM="offscreen", **ascii_only)
    assert done.returncode == DONE, done.stderr
    assert str(folder) in done.stdout


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("columns", ["1", "20"])
def test_a_narrow_terminal_shortens_help_and_no_result(columns):
    assert leaddesk("--help", COLUMNS=columns).returncode == DONE
    assert leaddesk("leads", COLUMNS=columns).stdout == leaddesk("leads").stdout
    assert parsed("leads")[1]["count"] == 1
