# SPDX-License-Identifier: MIT
"""A call in the window: from a key to the repainted assessment, and to the answer on disk."""

import gc
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from benchmarks.measuring import Figure, percentile, seconds_of
from benchmarks.profiles import BUSIEST, NOON, add_history, fill_profile
from leaddesk import app, resources
from leaddesk.core.domain.playbook import Kind
from leaddesk.core.services import calls, endings, playbooks, queue
from leaddesk.core.services.endings import CallResult
from leaddesk.core.services.settings import Settings, save_settings
from leaddesk.core.services.workspace import Workspace, open_workspace, take_lock
from leaddesk.ui.main_window import MainWindow
from leaddesk.ui.presenters import call_jobs
from leaddesk.ui.presenters.call_live import LiveCall
from leaddesk.ui.tasks import ThreadRunner

LEADS = 1_000_000
HISTORY = 200
CALLS = 12
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
        add_history(profile, HISTORY)
        yield from _around_calls(profile)
        largest = _choose_largest_playbook(profile)
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
                f"{what}, {largest}, {LEADS:,} leads, p{percent}", ours * 1e3, "ms", goal,
                peer, ours / percentile(bare, percent),
            )  # fmt: skip


def _choose_largest_playbook(profile: Path) -> str:
    """Let new calls be held with the playbook that has the most questions; return its name."""
    with open_workspace(profile, resources.texts) as work:
        largest = max(playbooks.offered(work), key=lambda book: len(book.questions))
    save_settings(profile, Settings(playbook=largest.id))
    return f"{largest.framework or largest.title} ({len(largest.questions)} questions)"


def _around_calls(profile: Path) -> Iterator[Figure]:
    """The queue after a call, beside sorting all leads; a lead with a long history opened."""
    now = [NOON]
    with open_workspace(profile, resources.texts, clock=lambda: now[0]) as work:
        ordered, counted, plain, opened = [], [], [], []
        queue.top(work)  # shown before the first call
        gc.freeze()  # as the window does once everything is loaded
        for number in range(CALLS):
            lead_id = queue.take_next(work)[0]
            session, _ = calls.start_call(work, lead_id)
            endings.end_call(work, session.call.call_id, CallResult("NO_ANSWER"))
            now[0] += timedelta(minutes=2)
            ordered.append(seconds_of(lambda: queue.top(work)))
            counted.append(seconds_of(lambda: queue.counts(work)))
            if number < CALLS // 4:
                plain.append(seconds_of(lambda: _sort_all(work)))
            opened.append(seconds_of(lambda: call_jobs.read_lead(work, BUSIEST)))
    ratio = percentile(ordered, 50) / percentile(plain, 50)
    what = f"queue re-ordered after a call, {LEADS:,} leads"
    for percent, goal in ((50, None), (99, 50.0)):
        yield Figure(
            f"{what}, p{percent}", percentile(ordered, percent) * 1e3, "ms", goal,
            "sorting all leads by kind and priority", ratio,
        )  # fmt: skip
    yield Figure("counting who is held back, p99", percentile(counted, 99) * 1e3, "ms")
    for percent, goal in ((50, None), (99, 50.0)):
        yield Figure(
            f"a lead with {HISTORY} calls opened, p{percent}", percentile(opened, percent) * 1e3,
            "ms", goal,
        )  # fmt: skip


def _sort_all(work: Workspace) -> None:
    with work.store.read() as unit:
        bare = unit.queue._connection
        bare.execute(
            "SELECT row_id FROM leads WHERE held = 0 AND due > 0"
            " ORDER BY +due, +due_at, +priority DESC LIMIT 500"
        ).fetchall()


def _hold_call(profile: Path) -> tuple[list[float], list[float]]:
    runner, application, window = begin_call(profile)
    typist = Typist(window, runner)
    typist.press(WARM_UP + KEYS)
    application.exec()
    window.close()
    return typist.painted[WARM_UP:], typist.on_disk[WARM_UP:]


def begin_call(profile: Path) -> tuple[StampingRunner, QApplication, MainWindow]:
    """Open the window and begin a call, by keys, up to a question with choices."""
    runner = StampingRunner()
    application, window = app.compose(profile, take_lock(profile), runner, lambda: NOON)
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
    while not _is_choice(presenter.live):
        press(Qt.Key.Key_Return)
        settle()
    return runner, application, window


def _is_choice(live: LiveCall) -> bool:
    return live.question is not None and live.question.kind is Kind.CHOICE


class Typist(QTimer):
    """Presses a key whenever the one before has done all it does, under the real event loop.

    Leaves the event loop when it has pressed them all, or there is nothing left to press them for.
    """

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
        self._last = 0
        self._is_over: Callable[[], bool] = lambda: False
        self.painted: list[float] = []
        self.on_disk: list[float] = []

    def press(self, keys: int, is_over: Callable[[], bool] = lambda: False) -> None:
        """Begin anew, with keys that go on behind the last: the same answer again does nothing."""
        self._began, self._last, self._is_over = 0.0, self._count + keys, is_over
        self.painted, self.on_disk = [], []
        self.start()

    def _tick(self) -> None:
        if self._began:
            if self._seen.at < self._began or len(self._runner.done_at) <= self._jobs:
                return
            self.painted.append(self._seen.at - self._began)
            self.on_disk.append(self._runner.done_at[self._jobs] - self._began)
        if self._count == self._last or self._is_over():
            self.stop()
            QApplication.exit()  # `quit` would close the window
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
