# SPDX-License-Identifier: MIT
"""A window killed in mid-call, fifty times over: no answer that was told saved is ever lost."""

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

from leaddesk import resources
from leaddesk.core.services import verify
from leaddesk.core.services.workspace import open_workspace
from tests.helpers.leads import some_leads

ROOT = Path(__file__).parents[2]
KILLS = 50


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


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL and no fork")
@pytest.mark.timeout(240)
def test_what_was_told_saved_survives_every_kill(profile):
    with open_workspace(profile, resources.texts) as work, work.store.begin() as unit:
        unit.leads.add(some_leads())
    seed = random.SystemRandom().randrange(1_000_000)
    windows = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "tests.helpers.mortal_calls", str(profile), str(KILLS), str(seed)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    lives = [json.loads(line) for line in windows.stdout.splitlines()]
    assert len(lives) == KILLS + 1, windows.stderr
    truth = Truth()
    for told in lives:
        for line in told:
            truth.hear(*line)
    assert truth.saved_count > KILLS, f"hardly anything was said (seed {seed})"
    with open_workspace(profile, resources.texts) as work:
        report = verify.verify(work)
    assert report.integrity == "ok"
