# SPDX-License-Identifier: MIT
"""The program as it is started: its demo, its test of itself, and its words without a display."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="others always have a display")


def started(*arguments: str, platform: str = "") -> subprocess.CompletedProcess[str]:
    """Start leaddesk where there is no display."""
    hidden = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    environment = {name: value for name, value in os.environ.items() if name not in hidden}
    if platform:
        environment["QT_QPA_PLATFORM"] = platform
    return subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "leaddesk", *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
        env=environment,
    )


def test_without_a_display_the_demo_is_walked_and_told():
    done = started("--demo")
    assert done.returncode == 0, done.stderr
    assert "no display" in done.stdout
    told = dict(line.split(":", 1) for line in done.stdout.splitlines()[1:])
    assert "Pass to sales at 75 of 100, as recommended" in told["Decided"]
    with Path(told["Exported"].strip()).open(encoding="utf-8-sig", newline="") as file:
        decided = [row for row in csv.DictReader(file) if row["decision"]]
    assert [row["decision"] for row in decided] == ["pass"]
    assert Path(told["Picture"].strip()).read_bytes().startswith(b"\x89PNG")


def test_the_program_tests_itself():
    done = started("--self-test", platform="offscreen")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["passed"]


def test_without_a_display_no_window_opens_and_a_sentence_says_why():
    done = started()
    assert done.returncode == 2
    assert "no display" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
