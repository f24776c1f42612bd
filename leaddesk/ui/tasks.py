# SPDX-License-Identifier: MIT
"""The one way to the database thread and back. Results and errors return on the UI thread.

A job always ends in exactly one callback, `done` or `failed`, unless the window was closed first.
"""

import sys
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Protocol, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

T = TypeVar("T")

SWITCH_S = 0.0005
"""How long one thread keeps the interpreter while the other waits. Python's own 5 ms are more than
an answer takes to the disk, and would make it wait for the repaint it belongs to."""


class Runner(Protocol):
    """Where jobs run, one after the other; tests choose one that runs them at once."""

    def submit(self, job: Callable[[], None]) -> None:
        """Run the job, now or later; it never raises."""

    def close(self) -> None:
        """Wait for what was submitted; nothing is submitted afterwards."""


class ThreadRunner:
    """One thread, started at the first job, so that it costs the first paint nothing."""

    def __init__(self) -> None:
        self._pool: ThreadPoolExecutor | None = None

    def submit(self, job: Callable[[], None]) -> None:
        """Queue the job behind those before it."""
        if self._pool is None:
            from concurrent.futures import ThreadPoolExecutor

            sys.setswitchinterval(SWITCH_S)
            self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="database")
        self._pool.submit(job)

    def close(self) -> None:
        """Finish the queue and end the thread."""
        if self._pool is not None:
            self._pool.shutdown(wait=True)


class Tasks(QObject):
    """Runs functions on the database thread and hands back what came of them.

    Emits:
        running_changed: number of jobs that are not back yet.
        failed: the exception of a job that brought no `failed` callback.
    """

    running_changed = Signal(int)
    failed = Signal(object)
    _returned = Signal(object)

    def __init__(self, runner: Runner | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner: Runner = ThreadRunner() if runner is None else runner
        self._running = 0
        self._closed = False
        self._returned.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def running(self) -> int:
        """Number of jobs that are not back yet."""
        return self._running

    def run(
        self,
        function: Callable[[], T],
        done: Callable[[T], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Run the function on the database thread, then one callback on the UI thread.

        Call it on the UI thread. After `close` it does nothing.
        """
        if self._closed:
            return
        self._running += 1
        self.running_changed.emit(self._running)
        self._runner.submit(partial(self._work, function, done, failed))

    def close(self) -> None:
        """Wait for the jobs under way; their callbacks are not called any more."""
        self._closed = True
        self._runner.close()

    def _work(
        self,
        function: Callable[[], T],
        done: Callable[[T], None] | None,
        failed: Callable[[Exception], None] | None,
    ) -> None:
        try:
            result = function()
        except Exception as error:
            self._returned.emit(partial(failed or self.failed.emit, error))
        else:
            self._returned.emit(partial(done, result) if done else _nothing)

    def _deliver(self, callback: Callable[[], None]) -> None:
        if self._closed:
            return
        self._running -= 1
        self.running_changed.emit(self._running)
        callback()


def _nothing() -> None:
    """Stand in for a callback nobody asked for."""
