# SPDX-License-Identifier: MIT
"""A call in the window: from a key to the repainted assessment, and to the answer on disk."""

import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from benchmarks.measuring import Figure, percentile
from benchmarks.profiles import fill_profile
from leaddesk import app
from leaddesk.core.services.workspace import take_lock
from leaddesk.ui.main_window import MainWindow
from leaddesk.ui.tasks import ThreadRunner

LEADS = 100_000
KEYS = 600
WARM_UP = 20
PAUSE_MS = 6


class StampingRunner(ThreadRunner):
    """The database thread, noting when each job is done; there an answer is on disk."""

    def __init__(self) -> None:
        super().__init__()
        self.done_at: list[float] = []

    def submit(self, job: Callable[[], None]) -> None:
        def stamped() -> None:
            job()
            self.done_at.append(time.perf_counter())

        super().submit(stamped)


class PaintedAt(QObject):
    """Notes when a widget or one inside it was last painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.at = 0.0
        for one in (widget, *widget.findChildren(QWidget)):
            one.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.at = time.perf_counter()
        return False


def figures() -> Iterator[Figure]:
    """Hold a call, changing an answer again and again; then the bare peers in the same process."""
    with tempfile.TemporaryDirectory(prefix="leaddesk-bench-") as name:
        profile = Path(name) / "profile"
        fill_profile(profile, LEADS)
        painted, on_disk = _hold_call(profile)
        bare_paint = _bare_paint()
        bare_disk = _bare_disk(Path(name) / "bare.sqlite")
    peers = (("a bare label, key to repaint", bare_paint), ("a bare INSERT and COMMIT", bare_disk))
    goals = ((None, 16.0), (1.0, 15.0))
    whats = ("key to repainted assessment", "key to answer on disk")
    for what, times, bounds, (peer, bare) in zip(
        whats, (painted, on_disk), goals, peers, strict=True
    ):
        for percent, goal in zip((50, 99), bounds, strict=True):
            ours = percentile(times, percent)
            yield Figure(
                f"{what}, {LEADS:,} leads, p{percent}", ours * 1e3, "ms", goal,
                peer, ours / percentile(bare, percent),
            )  # fmt: skip


def _hold_call(profile: Path) -> tuple[list[float], list[float]]:
    runner = StampingRunner()
    application, window = app.compose(profile, take_lock(profile), runner)
    window.show()
    window.activateWindow()
    tasks, presenter = window.context.tasks, window.call.presenter

    def settle(condition: Callable[[], bool] = lambda: True) -> None:
        application.processEvents()
        while tasks.running or not condition():
            application.processEvents()

    def press(key: Qt.Key) -> None:
        QTest.keyClick(application.focusWidget() or window, key)

    settle(lambda: window.call.queue.list.currentIndex().isValid())
    press(Qt.Key.Key_Return)
    settle(lambda: bool(presenter.stop_id))
    while presenter.stop_id != "problem":
        press(Qt.Key.Key_Return)
        settle()
    typist = _Typist(window, runner)
    typist.start()
    application.exec()
    window.close()
    return typist.painted[WARM_UP:], typist.on_disk[WARM_UP:]


class _Typist(QTimer):
    """Presses a key whenever the one before has done all it does, under the real event loop."""

    def __init__(self, window: MainWindow, runner: StampingRunner) -> None:
        super().__init__(window)
        self.setInterval(PAUSE_MS)
        self.timeout.connect(self._tick)
        self._window = window
        self._runner = runner
        self._seen = PaintedAt(window.call.assessment)
        self._began = 0.0
        self._jobs = 0
        self._count = 0
        self.painted: list[float] = []
        self.on_disk: list[float] = []

    def _tick(self) -> None:
        if self._began:
            if self._seen.at < self._began or len(self._runner.done_at) <= self._jobs:
                return
            self.painted.append(self._seen.at - self._began)
            self.on_disk.append(self._runner.done_at[self._jobs] - self._began)
        if self._count == WARM_UP + KEYS:
            self.stop()
            QApplication.quit()
            return
        self._count += 1
        self._jobs = len(self._runner.done_at)
        keys = Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3
        self._began = time.perf_counter()
        QTest.keyClick(QApplication.focusWidget(), keys[self._count % 3])


class _KeyLabel(QLabel):
    def keyPressEvent(self, event: QEvent) -> None:
        self.setText(event.text())


def _bare_paint() -> list[float]:
    application = QApplication.instance()
    label = _KeyLabel("0")
    label.resize(372, 800)
    label.show()
    application.processEvents()
    seen = PaintedAt(label)
    times = []
    for number in range(KEYS):
        began = time.perf_counter()
        QTest.keyClick(label, (Qt.Key.Key_1, Qt.Key.Key_2)[number % 2])
        while seen.at < began:
            application.processEvents()
        times.append(seen.at - began)
    label.close()
    return times


def _bare_disk(path: Path) -> list[float]:
    from sqlcipher3 import dbapi2

    database = dbapi2.connect(str(path), isolation_level=None)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA synchronous=FULL")
    database.execute("CREATE TABLE answers (id INTEGER PRIMARY KEY, text TEXT) STRICT")
    times = []
    for number in range(KEYS):
        began = time.perf_counter()
        database.execute("BEGIN IMMEDIATE")
        database.execute("INSERT INTO answers (text) VALUES (?)", (f"answer {number}" * 9,))
        database.execute("COMMIT")
        times.append(time.perf_counter() - began)
    database.close()
    return times
