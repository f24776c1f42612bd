# SPDX-License-Identifier: MIT
"""Everything entered, as text in one canonical order: equal data, equal lines.

What only follows from other data (E.164, grade, search text) and what only this database knows
(row numbers, imports, how a merge is taken back) is left out.
"""

import json
from collections.abc import Iterator

from sqlalchemy import Connection

from leaddesk.core.store.lead_mapping import LEAD_COLUMNS
from leaddesk.core.store.schema import (
    activities,
    answers,
    calls,
    decisions,
    do_not_call_numbers,
    events,
)
from leaddesk.core.store.schema_after import (
    handoffs,
    nurtures,
    referrals,
    suppressed,
    touches,
)
from leaddesk.core.store.schema_lists import lead_merges, not_the_same

_DERIVED = {"phone_e164", "phone_2_e164", "mobile_e164", "grade", "engagement", "fit", "priority"}
_QUEUE_COLUMNS = ("decided", "due", "due_at", "due_for", "attempts")
_LEAD_COLUMNS = (
    *(name for name in LEAD_COLUMNS if name not in _DERIVED),
    *_QUEUE_COLUMNS,
    "merged_into",
)
_TO_UNDO = {"before", "revision"}


def canonical_lines(connection: Connection) -> Iterator[str]:
    """Yield one JSON array a record: its kind, then its values; leads first, each kind by id."""
    tables = {
        "leads": ("lead_id", _LEAD_COLUMNS),
        "lead_external_ids": (
            "lead_id, system, external_id",
            ("lead_id", "system", "external_id"),
        ),
        "calls": ("call_id", tuple(c.name for c in calls.c if c.name != "position")),
        "answers": ("answer_id", tuple(c.name for c in answers.c if c.name != "number")),
        "decisions": ("decision_id", tuple(c.name for c in decisions.c)),
        "events": ("event_id", tuple(c.name for c in events.c if c.name != "number")),
        "activities": ("activity_id", tuple(c.name for c in activities.c if c.name != "number")),
        "do_not_call_numbers": ("phone_e164", tuple(c.name for c in do_not_call_numbers.c)),
        "lead_merges": (
            "merge_id",
            tuple(c.name for c in lead_merges.c if c.name not in _TO_UNDO),
        ),
        "nurtures": ("nurture_id", tuple(c.name for c in nurtures.c)),
        "touches": ("touch_id", tuple(c.name for c in touches.c)),
        "handoffs": ("handoff_id", tuple(c.name for c in handoffs.c)),
        "referrals": ("lead_id, from_id", tuple(c.name for c in referrals.c)),
        "suppressed": ("hash", tuple(c.name for c in suppressed.c)),
        "not_the_same": ("lead_id, other_id", tuple(c.name for c in not_the_same.c)),
    }
    for table, (order, columns) in tables.items():
        rows = connection.exec_driver_sql(
            f"SELECT {', '.join(columns)} FROM {table} ORDER BY {order}"  # noqa: S608 - our own names
        )
        for row in rows:
            yield json.dumps([table, *row], ensure_ascii=False, separators=(",", ":"))
