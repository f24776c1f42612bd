# SPDX-License-Identifier: MIT
"""An answer while a file of a million leads is imported by the window: key press to repaint."""

import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtWidgets import QApplication

from benchmarks.calling import WARM_UP, Typist, begin_call
from benchmarks.lead_files import write_leads
from benchmarks.measuring import Figure, percentile
from benchmarks.profiles import fill_profile
from leaddesk.ui.leads.import_view import ImportView

LEADS = 1_000_000
THERE = 20_000
ALONE = 600
KEYS = 3_000
"""While rows come in, which goes on for minutes; while the file is looked at, as many as fit."""


def figures() -> Iterator[Figure]:
    """Press keys on a call while nothing else is done, the file is looked at, its rows come in."""
    with tempfile.TemporaryDirectory(prefix="leaddesk-bench-") as name:
        profile, file = Path(name) / "profile", Path(name) / "leads.csv"
        fill_profile(profile, THERE)
        write_leads(file, LEADS)
        for what, times in _pressed(profile, file):
            for percent, goal in ((50, None), (99, 20.0 if what else None), (100, None)):
                yield Figure(
                    f"key to repaint{what}, p{percent}",
                    percentile(times, percent) * 1e3,
                    "ms",
                    goal,
                )


def _pressed(profile: Path, file: Path) -> Iterator[tuple[str, list[float]]]:
    runner, application, window = begin_call(profile)
    typist = Typist(window, runner)
    yield "", _type(application, typist, ALONE)[WARM_UP:]
    page = window.views.imports
    page.show_file(str(file))
    window.open_view("call")
    looked = _type(application, typist, sys.maxsize, lambda: _is_looked_at(page))
    # A few more keys, since what was found comes in at the end.
    yield (
        f" while {LEADS:,} leads are looked at",
        looked + _type(application, typist, WARM_UP),
    )
    page._presenter.go_on()
    yield f" while {LEADS:,} leads come in", _type(application, typist, KEYS)
    window.close()


def _is_looked_at(page: ImportView) -> bool:
    return page._pages.currentWidget() is page._preview


def _type(
    application: QApplication,
    typist: Typist,
    keys: int,
    is_over: Callable[[], bool] = lambda: False,
) -> list[float]:
    typist.press(keys, is_over)
    application.exec()
    return typist.painted
