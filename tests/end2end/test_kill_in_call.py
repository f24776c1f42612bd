# SPDX-License-Identifier: MIT
"""A window killed in mid-call, fifty times over: no answer that was told saved is ever lost."""

import json
import os
import random
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

from leaddesk import resources
from leaddesk.core.services import verify
from leaddesk.core.services.workspace import open_workspace
from tests.helpers.leads import some_leads

ROOT = Path(__file__).parents[2]
KILLS = 50
FORKS = pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL and no fork")


class Truth:
    """What may be found on disk, from what the windows wrote down before they died."""

    def __init__(self) -> None:
        self.call_id = ""
        self.saved_count = 0
        self._saved: dict[str, list] = {}
        self._meant: dict[str, list[list]] = {}

    def hear(self, kind: str, *what) -> None:
        if kind == "shown":
            self._check(*what)
        elif kind == "saved":
            self.saved_count += 1
            self._saved[what[0]] = list(what[1:])
            meant = self._meant.get(what[0], [])
            if self._saved[what[0]] in meant:
                del meant[: meant.index(self._saved[what[0]]) + 1]
        else:
            self._meant.setdefault(what[0], []).append(list(what[1:]))

    def _check(self, call_id: str, shown: list) -> None:
        if self._saved:
            assert call_id, "the call is open again"
        if self.call_id and call_id:
            assert call_id == self.call_id, "the same call goes on"
        self.call_id = call_id or self.call_id
        found = {question: [value, note] for question, value, note in shown}
        for question, last in self._saved.items():
            assert question in found, f"{question} was saved and is gone"
            # An answer may have reached the disk in the moment before the window could say so.
            assert found[question] == last or found[question] in self._meant.get(question, [])
        self._saved, self._meant = found, {}


@contextmanager
def mortal_calls(profile: Path, seed: int):
    """Give the process, and the end of a pipe without which it does not go on."""
    ours, theirs = os.pipe()
    arguments = ["-m", "tests.helpers.mortal_calls", str(profile), str(KILLS), str(seed)]
    with subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, *arguments],
        cwd=ROOT,
        stdin=ours,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        os.close(ours)
        with os.fdopen(theirs, "wb") as pipe:
            yield process, pipe


@FORKS
@pytest.mark.timeout(240)
def test_what_was_told_saved_survives_every_kill(profile):
    with open_workspace(profile, resources.texts) as work, work.store.begin() as unit:
        unit.leads.add(some_leads())
    seed = random.SystemRandom().randrange(1_000_000)
    with mortal_calls(profile, seed) as (windows, _):
        told, complaints = windows.communicate()
    lives = [json.loads(line) for line in told.splitlines()]
    assert len(lives) == KILLS + 1, complaints
    truth = Truth()
    for told in lives:
        for line in told:
            truth.hear(*line)
    assert truth.saved_count > KILLS, f"hardly anything was said (seed {seed})"
    with open_workspace(profile, resources.texts) as work:
        report = verify.verify(work)
    assert report.integrity == "ok"


@FORKS
def test_no_window_outlives_whoever_started_it(profile):
    with open_workspace(profile, resources.texts) as work, work.store.begin() as unit:
        unit.leads.add(some_leads())
    with mortal_calls(profile, 1) as (windows, pipe):
        assert windows.stdout.readline(), "a window lives and dies"
        pipe.close()
        told, complaints = windows.communicate()  # until all that write to it are gone
    assert len(told.splitlines()) < KILLS
    assert "whoever started this is gone" in complaints
