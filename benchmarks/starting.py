# SPDX-License-Identifier: MIT
"""From the start of the process to a painted window, beside an empty window with one table."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from benchmarks.measuring import Figure
from benchmarks.profiles import fill_profile

LEADS = 100_000
RUNS = 15

OURS = """
import sys
from pathlib import Path
from leaddesk import app
from leaddesk.core.services.workspace import take_lock
profile = Path(sys.argv[1])
application, window = app.compose(profile, take_lock(profile))
"""
EMPTY = """
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView
application = QApplication([])
window = QMainWindow()
table = QTableView()
table.setModel(QStandardItemModel(0, 8))
window.setCentralWidget(table)
window.resize(1440, 900)
"""
# A window is painted in one go, so it is painted when the first event arrives that is no paint.
PAINT = """
import os
from PySide6.QtCore import QEvent, QObject
class Painted(QObject):
    begun = False
    def eventFilter(self, _watched, event):
        if event.type() == QEvent.Type.Paint:
            self.begun = True
        elif self.begun:
            os.write(1, b"painted\\n")
            os._exit(0)
        return False
painted = Painted()
application.installEventFilter(painted)
window.show()
application.exec()
"""


def figures() -> Iterator[Figure]:
    """Measure both in turn, so that the machine's own ups and downs meet both."""
    with tempfile.TemporaryDirectory(prefix="leaddesk-bench-") as name:
        profile = Path(name)
        fill_profile(profile, LEADS)
        _start(OURS, name)
        _start(EMPTY, name)
        pairs = [(_start(OURS, name), _start(EMPTY, name)) for _ in range(RUNS)]
    ours = median(ours for ours, _ in pairs)
    ratio = median(ours / empty for ours, empty in pairs)
    yield Figure(f"start to a painted window, {LEADS:,} leads, median", ours * 1e3, "ms")
    yield Figure(
        "start to a painted window, ratio, median of pairs", ratio, "x", 1.5,
        "an empty PySide6 window with one table", ratio,
    )  # fmt: skip


def _start(code: str, profile: str) -> float:
    began = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-c", code + PAINT, profile],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:
        if process.stdout is None or process.stdout.readline() != b"painted\n":
            raise RuntimeError("the window was not painted")
        return time.perf_counter() - began
