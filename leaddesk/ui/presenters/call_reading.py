# SPDX-License-Identifier: MIT
"""A call as lines to read: how its score came about, and what another framework makes of it."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from leaddesk.core.domain.facts import in_view
from leaddesk.core.domain.ledger import ledger
from leaddesk.core.domain.playbook import Playbook
from leaddesk.core.domain.verdict import Verdict
from leaddesk.ui.presenters import call_compose as compose
from leaddesk.ui.presenters.call_jobs import Heard
from leaddesk.ui.presenters.panels.panel import Panel, PanelRow
from leaddesk.ui.presenters.panels.pick import Item, PickPanel

if TYPE_CHECKING:
    from leaddesk.ui.presenters.call_live import LiveCall

_GOOD = 2


def ledger_rows(live: "LiveCall", now: datetime) -> tuple[PanelRow, ...]:
    """Return a line for each answer of this call: when, what, its points, and the score then."""
    start = {question_id: known.answer for question_id, known in live.before.items()}
    entries = ledger(live.playbook, start, live.answers.said, live.lead, live.activities, now)
    return tuple(
        PanelRow(
            f"{entry.topic}: {'taken back' if entry.withdrawn else entry.words}",
            compose.elapsed(live.call.started_at, entry.at),
            f"{entry.change:+} \u2192 {entry.percent}" if entry.change else f"{entry.percent}",
            Verdict.PASS if entry.change > 0 else Verdict.DISQUALIFY if entry.change < 0 else None,
        )
        for entry in entries
    )


def view_rows(view: Playbook, live: "LiveCall", heard: Heard) -> tuple[PanelRow, ...]:
    """Return a line for each criterion of a view: how well it is known, and what was said.

    Args:
        view: The framework its reader thinks in.
        live: The call.
        heard: Everything said to its lead, to whatever playbook.
    """
    rows = []
    for line in in_view(view, heard.facts, heard.books):
        known = "open" if line.level is None else f"{line.level} of 3"
        tone = Verdict.PASS if line.level is not None and line.level >= _GOOD else None
        rows.append(PanelRow(line.title, right=known, tone=tone, strong=True))
        rows.append(PanelRow(line.words or live.rendered(line.gap_ask)))
    return tuple(rows)


def view_panel(
    views: Sequence[Playbook], live: "LiveCall", said: Heard, open_panel: Callable[[Panel], None]
) -> PickPanel:
    """Return the panel that offers to read a call as one of these views; `open_panel` shows it."""
    names = [view.framework or view.title for view in views]

    def read(index: int) -> None:
        rows = view_rows(views[index], live, said)
        open_panel(PickPanel(f"Read as {names[index]}", rows=rows))

    return PickPanel("Read as", [Item(name) for name in names], read)
