# SPDX-License-Identifier: MIT
"""The way to the database thread and back."""

import threading

import pytest

from leaddesk.ui.tasks import Tasks


@pytest.fixture
def tasks():
    made = Tasks()
    yield made
    made.close()


def test_a_result_comes_back_on_the_ui_thread(tasks, qtbot):
    seen = []
    tasks.run(
        threading.get_ident,
        lambda where: seen.append((where, threading.get_ident())),
    )
    qtbot.waitUntil(lambda: bool(seen))
    assert seen[0][0] != threading.get_ident()
    assert seen[0][1] == threading.get_ident()


def test_jobs_run_in_the_order_they_were_given(tasks, qtbot):
    seen = []
    for number in range(20):
        tasks.run(lambda number=number: number, seen.append)
    qtbot.waitUntil(lambda: len(seen) == 20)
    assert seen == list(range(20))


def test_a_failure_comes_back_to_the_callback_that_wants_it(tasks, qtbot):
    seen = []
    tasks.run(lambda: 1 // 0, lambda _: pytest.fail("done"), seen.append)
    qtbot.waitUntil(lambda: bool(seen))
    assert isinstance(seen[0], ZeroDivisionError)


def test_a_failure_nobody_wants_is_announced(tasks, qtbot):
    with qtbot.waitSignal(tasks.failed) as caught:
        tasks.run(lambda: 1 // 0)
    assert isinstance(caught.args[0], ZeroDivisionError)


def test_running_counts_what_is_not_back_yet(tasks, qtbot):
    counts = []
    tasks.running_changed.connect(counts.append)
    tasks.run(lambda: None)
    tasks.run(lambda: None)
    qtbot.waitUntil(lambda: tasks.running == 0)
    assert counts == [1, 2, 1, 0]


def test_close_waits_for_the_job_under_way_and_drops_its_callback(qtbot):
    tasks = Tasks()
    go, ended, seen = threading.Event(), threading.Event(), []

    def job() -> None:
        go.wait()
        ended.set()

    tasks.run(job, seen.append)
    threading.Timer(0.05, go.set).start()
    tasks.close()
    assert ended.is_set()
    tasks.run(lambda: None, seen.append)
    qtbot.wait(1)
    assert seen == []


def test_a_runner_of_ones_own_is_used(qtbot):
    class AtOnce:
        def submit(self, job):
            job()

        def close(self):
            pass

    seen = []
    tasks = Tasks(AtOnce())
    tasks.run(threading.get_ident, seen.append)
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [threading.get_ident()]
