# SPDX-License-Identifier: MIT
"""A file of leads taken in, beside what does much less: the bare `.import` of the sqlite3 shell.

Ours reads cells as what they mean, finds duplicates, keeps a search index and can be taken back.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.lead_files import write_leads
from benchmarks.measuring import Figure

SIZES = (10_000, 100_000, 1_000_000)
LARGEST = SIZES[-1]
MB = 1024
TAKE_IN = "import sys; from leaddesk.__main__ import main; sys.exit(main())"


def figures() -> Iterator[Figure]:
    """Take in files of three sizes, and give the largest to the peers, too."""
    with tempfile.TemporaryDirectory(prefix="leaddesk-bench-") as name:
        folder = Path(name)
        took, memory = {}, 0
        for size in SIZES:
            file = folder / f"{size}.csv"
            write_leads(file, size)
            took[size], memory = _take_in(folder / f"profile-{size}", file)
        file = folder / f"{LARGEST}.csv"
        bare = _bare(folder / "bare.sqlite", file)
        utils = _sqlite_utils(folder / "utils.sqlite", file)
    for size in SIZES:
        yield Figure(
            f"import of {size:,} leads, a lead", took[size] / size * 1e6, "us", None,
            f"of {SIZES[0]:,}", (took[size] / size) / (took[SIZES[0]] / SIZES[0]),
        )  # fmt: skip
    if bare:
        yield Figure(
            f"import of {LARGEST:,} leads", took[LARGEST] / bare, "x", 8.0,
            "bare .import of the sqlite3 shell", took[LARGEST] / bare,
        )  # fmt: skip
    if utils:
        yield Figure(
            f"import of {LARGEST:,} leads, share of the time", took[LARGEST] / utils * 100, "%",
            50.0,
            "sqlite-utils insert --csv", took[LARGEST] / utils,
        )  # fmt: skip
    yield Figure(f"memory while {LARGEST:,} leads are imported", memory, "MB", 300.0)


def _take_in(profile: Path, file: Path) -> tuple[float, float]:
    """Return seconds, and the most memory in MB, of the command."""
    arguments = ["--profile", str(profile), "import", str(file), "--country", "US"]
    began = time.perf_counter()
    pid = os.posix_spawn(
        sys.executable, [sys.executable, "-c", TAKE_IN, *arguments], os.environ,
        file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)],
    )  # fmt: skip
    _, status, used = os.wait4(pid, 0)
    took = time.perf_counter() - began
    if os.waitstatus_to_exitcode(status) not in {0, 1}:
        raise RuntimeError("the import failed")
    return took, used.ru_maxrss / MB


def _bare(database: Path, file: Path) -> float:
    shell = shutil.which("sqlite3")
    if shell is None:
        return 0.0
    return _seconds([shell, str(database), f".import --csv {file} leads"])


def _sqlite_utils(database: Path, file: Path) -> float:
    """Return seconds; 0 where it is not installed: it is no requirement of ours."""
    tool = shutil.which("sqlite-utils")
    if tool is None:
        return 0.0
    return _seconds([tool, "insert", str(database), "leads", str(file), "--csv"])


def _seconds(command: list[str]) -> float:
    began = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began
