# SPDX-License-Identifier: MIT
"""What is due of a million leads: listed, beside sorting all of it plainly."""

import gc
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from sqlcipher3 import dbapi2

from benchmarks.measuring import Figure, percentile, seconds_of, times_of
from benchmarks.profiles import NOON, fill_profile
from leaddesk import resources
from leaddesk.core.domain.follow_ups import OF_HANDOFFS
from leaddesk.core.domain.roles import Rep
from leaddesk.core.services import follow_ups
from leaddesk.core.services.workspace import DATABASE_NAME, Workspace, open_workspace

LEADS = 1_000_000
RUNS = 15
_AFTER = "strftime('%Y-%m-%dT%H:%M:00.000000Z', ?1, (row_id % 97 - 30) || ' hours')"
_ADD = (
    "UPDATE leads SET owner = CASE row_id % 3 WHEN 0 THEN '' WHEN 1 THEN 'Ann' ELSE 'Bob' END",
    "UPDATE leads SET status = 'IN_CONVERSATION' WHERE due = 5 AND row_id % 100 = 4",
    """
    INSERT INTO nurtures (nurture_id, lead_id, at, track_id)
    SELECT 'N' || row_id, lead_id, '2026-11-01T10:00:00.000000Z', 'not-now' FROM leads
    WHERE due = 4
    """,
    f"""
    INSERT INTO touches (touch_id, nurture_id, lead_id, number, kind, due_at, state)
    SELECT 'T' || row_id, 'N' || row_id, lead_id, 0, 'email', {_AFTER}, 'open' FROM leads
    WHERE due = 4
    """,  # noqa: S608 - constants
    f"""
    INSERT INTO handoffs (handoff_id, decision_id, lead_id, at, state, state_at, accept_by)
    SELECT 'H' || row_id, 'D' || row_id, lead_id, {_AFTER}, 'waiting', {_AFTER}, {_AFTER}
    FROM leads WHERE row_id % 1000 = 7
    """,  # noqa: S608 - constants
)
"""A third of the leads is Ann's; who waits has a thing to do; one in a thousand is with sales."""

_SORT_ALL = (
    "SELECT row_id FROM leads NOT INDEXED WHERE held = 0 AND due BETWEEN 1 AND 5"
    " AND (owner IN ('', 'Ann')) ORDER BY due_at, priority DESC LIMIT 200"
)


def figures() -> Iterator[Figure]:
    """List what is due as its view does when it is opened, for one of two reps and for all."""
    with tempfile.TemporaryDirectory(prefix="leaddesk-bench-") as name:
        profile = Path(name) / "profile"
        fill_profile(profile, LEADS)
        _add_due(profile)
        with open_workspace(profile, resources.texts, clock=lambda: NOON) as work:
            work.rep = Rep("Ann")
            yield from _listed(work)


def _add_due(profile: Path) -> None:
    # The hand-offs name no decision: only what a list reads of them counts here.
    with closing(dbapi2.connect(str(profile / DATABASE_NAME), isolation_level=None)) as database:
        database.execute("BEGIN")
        for statement in _ADD:
            values = (f"{NOON:%Y-%m-%d %H:%M}",) if "?1" in statement else ()
            database.execute(statement, values)
        database.execute("COMMIT")


def _listed(work: Workspace) -> Iterator[Figure]:
    follow_ups.listing(work)  # what is read once for all
    gc.freeze()
    plain = times_of([lambda: _sort_all(work)] * 3)
    what = f"follow-ups of {LEADS:,} leads opened"
    for said, how, goal in (
        ("mine", {}, 50.0),
        ("everybody's", {"mine": False}, 50.0),
        ("hand-offs", {"kinds": OF_HANDOFFS}, 50.0),
    ):
        times = [seconds_of(lambda how=how: follow_ups.listing(work, **how)) for _ in range(RUNS)]
        yield Figure(
            f"{what}, {said}, p50", percentile(times, 50) * 1e3, "ms", goal,
            "sorting all that is due", percentile(times, 50) / percentile(plain, 50),
        )  # fmt: skip
        yield Figure(f"{what}, {said}, p99", percentile(times, 99) * 1e3, "ms")
    times = [seconds_of(lambda: follow_ups.count(work)) for _ in range(RUNS)]
    yield Figure("the number in the tab, p50", percentile(times, 50) * 1e3, "ms")


def _sort_all(work: Workspace) -> None:
    with work.store.read() as unit:
        unit.follow_ups._connection.execute(_SORT_ALL).fetchall()
