# SPDX-License-Identifier: MIT
"""The same for ten thousand, a hundred thousand and a million leads, in one table.

Nothing may grow faster than the leads do; what shows one screen may hardly grow at all. Import has
its own (`benchmarks.importing`).
"""

import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.listing import SCREEN, typed
from benchmarks.many_names import fill
from benchmarks.measuring import Figure, percentile
from benchmarks.profiles import NOON
from leaddesk import resources
from leaddesk.core.domain.lead_query import LeadQuery
from leaddesk.core.services import export_leads, first_screen, lead_list
from leaddesk.core.services.export_leads import ExportOptions
from leaddesk.core.services.workspace import Workspace, open_workspace

SIZES = (10_000, 100_000, 1_000_000)
TURNS = 9
NEWLY_SORTED = "company"
FLAT_MS = 10.0
"""What a screen may cost more with the most leads than with the fewest, in processor time."""

LINEAR = 1.5
"""What a lead of the most may cost beside one of the fewest: a processor's memory is small."""

Costs = dict[str, float]
"""What was done -> seconds of this process."""


def figures() -> Iterator[Figure]:
    """Do the same with profiles of three sizes, by processor time: other work leaves it alone."""
    found: dict[int, tuple[Costs, Costs]] = {}
    with tempfile.TemporaryDirectory(prefix="leaddesk-bench-") as name:
        for size in SIZES:
            found[size] = _costs(Path(name) / str(size), size)
    least, most = SIZES[0], SIZES[-1]
    for what in found[least][0]:
        for size in SIZES:
            cost, first = found[size][0][what], found[least][0][what]
            goal = first * 1e3 + FLAT_MS if size == most else None
            yield Figure(
                f"{what}, {size:,} leads, processor time", cost * 1e3, "ms", goal,
                f"{least:,} leads", cost / first,
            )  # fmt: skip
    for what in found[least][1]:
        for size in SIZES:
            each = found[size][1][what] / size
            growth = each / (found[least][1][what] / least)
            goal = each / growth * LINEAR * 1e6 if size == most else None
            yield Figure(
                f"{what}, a lead of {size:,}, processor time", each * 1e6, "us", goal,
                f"of {least:,}", growth,
            )  # fmt: skip


def _costs(profile: Path, size: int) -> tuple[Costs, Costs]:
    """Return what one screen costs, and what all leads do."""
    screens, wholes = {}, {}
    wholes["made"] = _cost(lambda: fill(profile, size))
    screens["first screen of the queue"] = _cost(
        lambda: first_screen.first_screen(profile, resources.texts, clock=lambda: NOON)
    )
    with open_workspace(profile, resources.texts, clock=lambda: NOON) as work:
        screens["first screen of the list"] = _usual(work, [LeadQuery()] * TURNS, 50)
        searches = [LeadQuery(search=text) for text in typed(work, size)]
        screens["search while typing, p50"] = _usual(work, searches, 50)
        screens["search while typing, p99"] = _usual(work, searches, 99)
        newly = LeadQuery(order=NEWLY_SORTED)
        wholes["first screen of a new order"] = _usual(work, [newly] * TURNS, 50)
        lead_list.make_ready(work, NEWLY_SORTED)
        sorts = [newly._replace(descending=bool(turn % 2)) for turn in range(TURNS)]
        screens["sort change"] = _usual(work, sorts, 99)
        wholes["ids of the whole list"] = _cost(lambda: lead_list.find(work, LeadQuery()))
        wholes["export"] = _cost(
            lambda: export_leads.export(work, profile / "all.csv", ExportOptions())
        )
    return screens, wholes


def _usual(work: Workspace, queries: list[LeadQuery], percent: float) -> float:
    return percentile(
        [_cost(lambda query=query: _screen(work, query)) for query in queries], percent
    )


def _screen(work: Workspace, query: LeadQuery) -> None:
    lead_list.table_rows(work, lead_list.find(work, query._replace(most=SCREEN)))


def _cost(function: Callable[[], object]) -> float:
    start = time.process_time()
    function()
    return time.process_time() - start
