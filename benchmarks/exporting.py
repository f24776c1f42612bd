# SPDX-License-Identifier: MIT
"""A file of all leads, beside the shell of SQLite selecting the same columns."""

import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

from benchmarks.measuring import Figure, seconds_of
from benchmarks.profiles import fill_profile
from leaddesk import resources
from leaddesk.core.formats.csv_writer import LEAD_COLUMNS
from leaddesk.core.services import export_leads
from leaddesk.core.services.export_leads import ExportOptions
from leaddesk.core.services.workspace import DATABASE_NAME, Workspace, open_workspace

LEADS = 1_000_000
SMALL = 100_000
RUNS = 3

KINDS = (
    ("raw", ExportOptions(), 3.2),
    ("safe for spreadsheets", ExportOptions(spreadsheet_safe=True), 4.0),
    ("for Salesforce", ExportOptions(preset="salesforce-api"), None),
)


def figures() -> Iterator[Figure]:
    """Measure the export and the shell in turn, so that the machine's moods meet both."""
    if shutil.which("sqlite3") is None:
        raise RuntimeError("the shell of SQLite (sqlite3) is needed to compare with")
    small = dict(_times(SMALL))
    for what, times in _times(LEADS):
        ours = median(mine for mine, _ in times)
        ratio = median(mine / shell for mine, shell in times)
        goal = next(goal for name, _, goal in KINDS if name == what)
        yield Figure(f"export of {LEADS:,} leads, {what}", ours, "s")
        yield Figure(
            f"export of {LEADS:,} leads, {what}, ratio, median of pairs", ratio, "x", goal,
            "sqlite3 -csv, the same columns", ratio,
        )  # fmt: skip
        growth = ours / (LEADS / SMALL * median(mine for mine, _ in small[what]))
        yield Figure(
            f"export, {what}: a lead of {LEADS:,} beside one of {SMALL:,}", growth, "x", 1.5
        )


def _times(leads: int) -> Iterator[tuple[str, list[tuple[float, float]]]]:
    """Yield kind of file -> (our seconds, the shell's) of each run."""
    with tempfile.TemporaryDirectory(prefix="leaddesk-bench-") as name:
        folder = Path(name)
        fill_profile(folder / "profile", leads)
        shell = _shell(folder)
        with open_workspace(folder / "profile", resources.texts, read_only=True) as work:
            shell()
            for what, options, _ in KINDS:
                ours = _export(work, folder / "ours.csv", options)
                yield what, [(seconds_of(ours), seconds_of(shell)) for _ in range(RUNS)]


def _export(work: Workspace, path: Path, options: ExportOptions) -> Callable[[], object]:
    return lambda: export_leads.export(work, path, options)


def _shell(folder: Path) -> Callable[[], object]:
    query = f"SELECT {', '.join(LEAD_COLUMNS)} FROM leads"  # noqa: S608 - columns of our own
    command = ["sqlite3", "-csv", str(folder / "profile" / DATABASE_NAME), query]

    def run() -> None:
        with (folder / "shell.csv").open("wb") as stream:
            subprocess.run(command, stdout=stream, check=True)

    return run
