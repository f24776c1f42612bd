# SPDX-License-Identifier: MIT
"""The list of a million leads: first screen, search, sorting, pages, memory, scrolling."""

import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from benchmarks.many_names import fill
from benchmarks.measuring import Figure, percentile, seconds_of
from benchmarks.profiles import NOON
from leaddesk import app, resources
from leaddesk.core.domain.lead_query import LeadQuery
from leaddesk.core.services import lead_list
from leaddesk.core.services.workspace import Workspace, open_workspace, take_lock
from leaddesk.core.store.search import beginnings, match_expression

LEADS = 1_000_000
SCREEN = 50
TYPED = 60
COMPARED = 150
PAGES = 300
JUMPS = 120
SORTED = ("name", "company", "employees")
_PLAIN = (
    "SELECT row_id FROM lead_search JOIN leads ON row_id = lead_search.rowid"
    " WHERE lead_search MATCH ? ORDER BY priority DESC, row_id LIMIT 50"
)


def figures() -> Iterator[Figure]:
    """Measure the services on a million leads, then the window over the same profile."""
    with tempfile.TemporaryDirectory(prefix="leaddesk-bench-") as name:
        profile, empty = Path(name) / "profile", Path(name) / "empty"
        fill(profile, LEADS)
        fill(empty, 0)
        with open_workspace(profile, resources.texts, clock=lambda: NOON) as work:
            yield from _lists(work)
            yield from _search(work)
        yield from _window(empty, profile)


def _lists(work: Workspace) -> Iterator[Figure]:
    many = f"{LEADS:,} leads"
    first = LeadQuery(most=SCREEN)
    times = [seconds_of(lambda: _screen(work, first)) for _ in range(9)]
    yield Figure(f"first screen of the list, {many}, p50", percentile(times, 50) * 1e3, "ms", 50.0)
    new, made, changed = [], [], []
    for order in SORTED:
        new.append(
            seconds_of(lambda order=order: _screen(work, LeadQuery(order=order, most=SCREEN)))
        )
        made.append(seconds_of(lambda order=order: lead_list.make_ready(work, order)))
        for descending in (True, False) * 5:
            query = LeadQuery(order=order, descending=descending, most=SCREEN)
            changed.append(seconds_of(lambda query=query: _screen(work, query)))
    yield Figure(f"sort change, {many}, p99", percentile(changed, 99) * 1e3, "ms", 100.0)
    yield Figure(
        f"the very first sorting by a column, {many}, p50", percentile(new, 50) * 1e3, "ms", 100.0
    )
    yield Figure(f"its index, made behind it, {many}, p50", percentile(made, 50) * 1e3, "ms")
    began = time.perf_counter()
    row_ids = lead_list.find(work, LeadQuery())
    yield Figure(f"ids of the whole list, {many}", (time.perf_counter() - began) * 1e3, "ms")
    dice = random.Random(1)  # noqa: S311 - the same pages in every run
    starts = [dice.randrange(len(row_ids) - SCREEN) for _ in range(PAGES)]
    times = [
        seconds_of(lambda at=at: lead_list.table_rows(work, row_ids[at : at + SCREEN]))
        for at in starts
    ]
    yield Figure(f"a page at any depth, {many}, p50", percentile(times, 50) * 1e3, "ms", 1.0)
    yield Figure(f"a page at any depth, {many}, p99", percentile(times, 99) * 1e3, "ms")


def _screen(work: Workspace, query: LeadQuery) -> None:
    lead_list.table_rows(work, lead_list.find(work, query))


def _search(work: Workspace) -> Iterator[Figure]:
    """Type names, companies, addresses and numbers letter by letter; then the plain way."""
    texts = list(typed(work, LEADS))
    times, plain = [], []
    for text in texts:
        query = LeadQuery(search=text, most=SCREEN)
        times.append(seconds_of(lambda query=query: lead_list.find(work, query)))
    dice = random.Random(2)  # noqa: S311 - the same in every run
    for text in dice.sample(texts, min(COMPARED, len(texts))):
        words = match_expression(beginnings(text))
        with work.store.read() as unit:
            began = time.perf_counter()
            found = unit.lead_list._bare.execute(_PLAIN, (words,)).fetchall()
            plain.append(time.perf_counter() - began)
        ours = lead_list.find(work, LeadQuery(search=text, most=SCREEN))
        if [row_id for (row_id,) in found] != list(ours):
            raise AssertionError(f"{text!r} finds other leads than sorting all of them")
    for percent, goal in ((50, 2.0), (99, 40.0)):
        yield Figure(
            f"first {SCREEN} of a search while typing, {LEADS:,} leads, p{percent}",
            percentile(times, percent) * 1e3, "ms", goal, "FTS5 joined and sorted",
            percentile(times, percent) / percentile(plain, percent),
        )  # fmt: skip


def typed(work: Workspace, leads: int) -> Iterator[str]:
    """Yield names, companies, addresses and numbers of some of so many leads, letter by letter."""
    dice = random.Random(3)  # noqa: S311 - the same in every run
    rows = lead_list.table_rows(work, [dice.randrange(1, leads + 1) for _ in range(TYPED)])
    for row in rows:
        text = dice.choice((row.name, row.company, row.email, row.phone))
        for end in range(1, len(text) + 1):
            if beginnings(text[:end]):
                yield text[:end]


def _window(empty: Path, profile: Path) -> Iterator[Figure]:
    before, _ = _in_a_process_of_its_own(empty)
    after, gaps = _in_a_process_of_its_own(profile)
    yield Figure(f"memory over an empty list, {LEADS:,} leads", (after - before) / 1024, "MB", 60.0)
    yield Figure(
        f"a jump to any place of {LEADS:,} leads and its picture, p99",
        percentile(gaps, 99) * 1e3, "ms", 16.0,
    )  # fmt: skip


def _in_a_process_of_its_own(profile: Path) -> tuple[float, list[float]]:
    told = subprocess.run(
        [sys.executable, "-m", "benchmarks.listing", str(profile)],
        check=True,
        capture_output=True,
        text=True,
    )
    memory, gaps = json.loads(told.stdout.splitlines()[-1])
    return memory, gaps


def _opened(profile: Path) -> tuple[float, Sequence[float]]:
    """Return the memory of the process in KB once the list stands, and gaps while it scrolls."""
    application, window = app.compose(profile, take_lock(profile), clock=lambda: NOON)
    window.show()
    tasks = window.context.tasks

    def settle() -> None:
        application.processEvents()
        while tasks.running or not window.call.is_complete:
            application.processEvents()
            time.sleep(0.001)  # leave the interpreter to the database thread

    settle()
    window.open_view("leads")
    settle()
    memory = _memory()
    scroller = _Scroller(window)
    scroller.start()
    application.exec()
    memory = max(memory, _memory())
    window.close()
    return memory, scroller.gaps


def _memory() -> float:
    status = Path("/proc/self/status")
    if status.exists():
        line = next(one for one in status.read_text().splitlines() if one.startswith("VmRSS"))
        return float(line.split()[1])
    return float(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


class _Scroller(QTimer):
    """Jumps all over the list; notes how long each turn of the event loop takes."""

    def __init__(self, window: object) -> None:
        super().__init__()
        self._table = window.views.leads.table  # type: ignore[attr-defined]
        self._dice = random.Random(4)  # noqa: S311 - the same in every run
        self._left = JUMPS
        self.gaps: list[float] = []
        self.setInterval(12)
        self.timeout.connect(self._jump)

    def _jump(self) -> None:
        bar = self._table.verticalScrollBar()
        if not self._left:
            self.stop()
            QApplication.quit()
            return
        self._left -= 1
        began = time.perf_counter()
        bar.setValue(self._dice.randrange(bar.maximum() + 1))
        QApplication.processEvents()
        self.gaps.append(time.perf_counter() - began)


if __name__ == "__main__":
    print(json.dumps(_opened(Path(sys.argv[1]))))
