# SPDX-License-Identifier: MIT
"""The breadcrumb follows the script."""

from leaddesk.ui.call.crumb_bar import CrumbBar
from leaddesk.ui.presenters.call_screens import Crumb


def crumbs(current: str) -> list[Crumb]:
    return [Crumb(t, passed=False, current=t == current) for t in ("Need", "Budget", "Close")]


def test_a_moved_step_asks_for_a_repaint(qtbot, monkeypatch):
    bar = CrumbBar()
    qtbot.addWidget(bar)
    bar.set_crumbs(crumbs("Need"))
    asked = []
    monkeypatch.setattr(bar, "update", lambda: asked.append(True))
    bar.set_crumbs(crumbs("Budget"))
    assert asked
