# SPDX-License-Identifier: MIT
"""A look in a process of its own finds what one here finds, and leaves nothing when stopped."""

import os
from dataclasses import replace
from threading import Thread

import pytest

from leaddesk import resources
from leaddesk.core.errors import BugError, KnownError
from leaddesk.core.services import import_leads, import_process, import_taking
from leaddesk.core.services.import_leads import ImportOptions


@pytest.fixture
def path(work):
    work.texts = resources.texts
    found = work.profile / "file.csv"
    rows = "".join(f"Name{n},n{n}@x.example\n" for n in range(20_000))
    found.write_text("Last Name,Email\n" + rows, encoding="utf-8")
    return found


def looking_at(work, path):
    return import_process.begin(work, path, ImportOptions(), import_leads.preview)


def finished(looking):
    # The other end wakes us: a word of it, or its end.
    while not looking.poll():
        looking.wait()
    return looking.found


def test_it_finds_what_is_found_here(work, path):
    here = import_leads.preview(work, path)
    import_leads.discard(here)
    looking = looking_at(work, path)
    there = import_leads.made_elsewhere(finished(looking), looking.seen)
    assert replace(there, stage=here.stage, seen=here.seen) == here
    assert looking.rows == 20_000
    assert import_leads.still_true(work, there) is there
    report, _ = import_taking.run(work, there)
    assert report.imported == 20_000


@pytest.mark.parametrize(("last", "is_again"), [("03.02.2026", False), ("23.11.2026", True)])
def test_it_tells_whether_a_file_is_read_once_more(work, path, last, is_again):
    rows = "".join(f"p{n}@x.example;01.02.2026\n" for n in range(2500))
    path.write_text(f"Email;Created At\n{rows}b@b.example;{last}\n", encoding="utf-8")
    looking = looking_at(work, path)
    assert not looking.is_again
    import_leads.discard(finished(looking))
    assert (looking.rows, looking.is_again) == (2501, is_again)


def look_and_stay(_work, path, _options, _progress):
    """Find something in a process that ends when somebody has written to the file."""
    Thread(target=path.read_bytes).start()
    return "found"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs a file that waits for its writer")
def test_what_was_found_does_not_wait_for_the_process_to_end(work, tmp_path):
    work.texts = resources.texts
    gate = tmp_path / "gate"
    os.mkfifo(gate)
    looking = import_process.begin(work, gate, ImportOptions(), look_and_stay)
    assert finished(looking) == "found"
    assert looking._process.is_alive()
    gate.write_bytes(b"")
    looking._process.join()


def test_what_cannot_be_read_is_a_sentence(work, path):
    path.write_text("Last Name,Email\n")
    with pytest.raises(KnownError, match="no rows") as told:
        finished(looking_at(work, path))
    assert told.value.todo == "Choose a file with leads."
    assert not list(work.profile.glob("*.stage"))


def test_a_stopped_one_leaves_nothing(work, path):
    looking = looking_at(work, path)
    while not looking.rows:
        looking.wait()
        looking.poll()
    looking.stop()
    looking.stop()
    assert not list(work.profile.glob("*.stage"))


def test_one_that_is_killed_is_told(work, path):
    looking = looking_at(work, path)
    looking._process.kill()
    with pytest.raises(BugError, match="ended by itself"):
        finished(looking)
