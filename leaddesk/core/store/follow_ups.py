# SPDX-License-Identifier: MIT
"""What is due of leads, by kind and time: read from indexes, as many rows as are shown.

No SQLAlchemy: of a million leads the first are as quick as of a hundred. Counting stops at a bound.
Who is merged or suppressed is in no index that is read here, or is left out.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from leaddesk.core.store import driver
from leaddesk.core.store.lead_mapping import LONG_AGO


class Whose(NamedTuple):
    """Whose follow-ups are wanted.

    Attributes:
        rep: Name; empty: everybody's.
        open_to_all_before: Callbacks promised before it are anybody's, a time of `store.times`.
        tomorrow: When the day is over.
    """

    rep: str
    open_to_all_before: str
    tomorrow: str


class DueLead(NamedTuple):
    """A lead of which something is due; the names are columns of `leads`."""

    row_id: int
    lead_id: str
    name: str
    company: str
    grade: str
    priority: int
    stage: str
    status: str
    due: int
    due_at: str
    due_for: str
    attempts: int
    place: str
    email: str


class DueTouch(NamedTuple):
    """A touch that is due, of a lead; `row_id` is that of the lead, as it is shown."""

    touch_id: str
    row_id: int
    number: int
    kind: str
    due_at: str
    due_for: str
    nurture_id: str


class WaitingHandoff(NamedTuple):
    """A hand-off nobody has answered; `row_id` is that of the lead, as it is shown."""

    handoff_id: str
    row_id: int
    at: str
    by_whom: str
    receiver: str
    accept_by: str


class Talk(NamedTuple):
    """A call of a lead that was an attempt, or at which it was reached."""

    lead_id: str
    at: str
    is_attempt: int
    is_connected: int
    local_hour: int | None


# Terms of the indexes stand as they do there: SQLite compares them letter by letter.
_MINE = "(:rep = '' OR {0}.owner = :rep OR {1} = :rep OR ({0}.owner = '' AND {1} = ''))"
_OF_LEAD = _MINE.format("leads", "leads.due_for")
_DUE = (
    "FROM leads INDEXED BY ix_leads_follow_ups"
    " WHERE held = 0 AND due > 0 AND due < 6 AND due = {due}"
)
_CALLBACKS = (
    _DUE.format(due=1) + f" AND due_at <> '' AND ({_OF_LEAD} OR due_at <= :open_to_all_before)"
)
_UNDECIDED = (
    "FROM leads INDEXED BY ix_leads_undecided WHERE held = 0 AND due = 5"
    f" AND status = 'IN_CONVERSATION' AND due_at <> '' AND {_OF_LEAD}"
)
_LEADS = {
    "callback": _CALLBACKS,
    "first_attempt": f"{_DUE.format(due=2)} AND due_at <> '' AND {_OF_LEAD}",
    "returned": f"{_DUE.format(due=3)} AND {_OF_LEAD}",
    "nurture_over": f"{_DUE.format(due=4)} AND due_at <> '' AND {_OF_LEAD}",
    "retry": (
        f"{_DUE.format(due=5)} AND due_at <> '' AND status <> 'IN_CONVERSATION' AND {_OF_LEAD}"
    ),
    "decision": _UNDECIDED,
}
_KEPT = "JOIN leads ON leads.lead_id = coalesce(nullif(own.merged_into, ''), own.lead_id)"
_TOUCHES = (
    "FROM touches INDEXED BY ix_touches_due JOIN leads AS own ON own.lead_id = touches.lead_id"
    f" {_KEPT} WHERE touches.state = 'open' AND leads.suppressed = 0"
    " AND leads.status IN ('NURTURING', 'EXHAUSTED')"
    " AND NOT (touches.kind = 'call' AND leads.held)"
    " AND NOT (touches.kind = 'email' AND leads.opted_out)"
    f" AND {_MINE.format('leads', 'touches.due_for')}"
)
_HANDOFFS = (
    "FROM handoffs INDEXED BY ix_handoffs_waiting"
    f" JOIN leads AS own ON own.lead_id = handoffs.lead_id {_KEPT}"
    " WHERE handoffs.state = 'waiting' AND handoffs.accept_by IS NOT NULL"
    f" AND leads.suppressed = 0 AND {_MINE.format('leads', 'handoffs.by_whom')}"
)
_TOUCH_COLUMNS = (
    "touches.touch_id, leads.row_id, touches.number, touches.kind, touches.due_at,"
    " touches.due_for, touches.nurture_id"
)
_HANDOFF_COLUMNS = (
    "handoffs.handoff_id, leads.row_id, handoffs.at, handoffs.by_whom, handoffs.receiver,"
    " handoffs.accept_by"
)
_PARTS = (
    f"due_at > '{LONG_AGO}' AND due_at < :tomorrow",
    f"due_at <= '{LONG_AGO}'",
    f"due_at > '{LONG_AGO}' AND due_at >= :tomorrow",
)
_COUNTED = "SELECT count(*) FROM (SELECT 1 {} LIMIT :most)"
_GIVEN = "IN (SELECT value FROM json_each(?))"
_ROWS = f"SELECT {', '.join(DueLead._fields)} FROM leads WHERE row_id {_GIVEN}"  # noqa: S608 - constants
_EVENTS = (
    f"SELECT lead_id, kind, detail FROM events WHERE lead_id {_GIVEN}"  # noqa: S608 - constants
    " AND kind IN ('callback', 'put_off') ORDER BY number"
)
_TALKS = (
    "SELECT lead_id, coalesce(ended_at, started_at), is_attempt, is_connected, local_hour"  # noqa: S608 - constants
    f" FROM calls WHERE lead_id {_GIVEN} AND (is_attempt OR is_connected) ORDER BY started_at"
)
_RETURNED = (
    "SELECT lead_id, state_at, reason, note, receiver FROM handoffs"  # noqa: S608 - constants
    f" WHERE lead_id {_GIVEN} AND state = 'returned' ORDER BY state_at"
)
_TRACKS = (
    "SELECT nurture_id, track_id,"  # noqa: S608 - constants
    " (SELECT count(*) FROM touches WHERE touches.nurture_id = nurtures.nurture_id)"
    f" FROM nurtures WHERE nurture_id {_GIVEN}"
)
_WAITS = (
    "SELECT nurtures.lead_id, nurtures.reason, nurtures.re_entry, nurtures.playbook_fingerprint,"  # noqa: S608 - constants
    " coalesce(decisions.reason_text, '') FROM nurtures LEFT JOIN decisions USING (decision_id)"
    f" WHERE nurtures.lead_id {_GIVEN} AND nurtures.ended_at = '' ORDER BY nurtures.at"
)


class FollowUps:
    """What is due, over a connection of the driver."""

    def __init__(self, connection: driver.Connection) -> None:
        self._connection = connection

    def lead_rows(self, kind: str, whose: Whose, most: int) -> list[int]:
        """Return the row ids of leads of which this is due, the earliest first.

        What came in a file without any time stands behind what is due until the end of the day.
        """
        found: list[int] = []
        for part in _PARTS:
            if len(found) < most:
                sql = f"SELECT row_id {_LEADS[kind]} AND {part} ORDER BY due_at LIMIT :most"
                found += (row[0] for row in self._read(sql, whose, most - len(found)))
        return found

    def touches(self, whose: Whose, most: int) -> list[DueTouch]:
        """Return what is to be done while leads wait, the earliest first."""
        sql = f"SELECT {_TOUCH_COLUMNS} {_TOUCHES} ORDER BY touches.due_at LIMIT :most"
        return [DueTouch(*row) for row in self._read(sql, whose, most)]

    def tracks(self, nurture_ids: Sequence[str]) -> dict[str, tuple[str, int]]:
        """Return id of a wait -> its track, and how many steps that has."""
        return {one: (track, steps) for one, track, steps in self._of(_TRACKS, nurture_ids)}

    def handoffs(self, whose: Whose, most: int) -> list[WaitingHandoff]:
        """Return what sales has not answered, the first to run out first."""
        sql = f"SELECT {_HANDOFF_COLUMNS} {_HANDOFFS} ORDER BY handoffs.accept_by LIMIT :most"
        return [WaitingHandoff(*row) for row in self._read(sql, whose, most)]

    def count(self, kind: str, whose: Whose, most: int) -> int:
        """Return how many are due of a kind, up to `most`."""
        source = {"touch": _TOUCHES, "unanswered": _HANDOFFS}.get(kind) or _LEADS[kind]
        return int(next(self._read(_COUNTED.format(source), whose, most))[0])

    def leads(self, row_ids: Sequence[int]) -> dict[int, DueLead]:
        """Return row id -> lead."""
        found = self._connection.execute(_ROWS, (json.dumps(list(row_ids)),))
        leads = (DueLead(*row) for row in found)
        # What came in a file without any time is due at none.
        return {
            lead.row_id: lead._replace(due_at="") if lead.due_at == LONG_AGO else lead
            for lead in leads
        }

    def promises(self, lead_ids: Sequence[str]) -> Iterator[tuple[str, str, dict[str, str]]]:
        """Yield (lead id, kind of event, detail) of what was agreed and put off, oldest first."""
        for lead_id, kind, text in self._of(_EVENTS, lead_ids):
            yield lead_id, kind, json.loads(text).get("detail", {})

    def talks(self, lead_ids: Sequence[str]) -> Iterator[Talk]:
        """Yield the calls of these leads that were attempts or reached them, oldest first."""
        return (Talk(*row) for row in self._of(_TALKS, lead_ids))

    def returned(self, lead_ids: Sequence[str]) -> Iterator[tuple[str, str, str, str, str]]:
        """Yield (lead id, when, reason, note, who) of what sales gave back, oldest first."""
        yield from self._of(_RETURNED, lead_ids)

    def waits(self, lead_ids: Sequence[str]) -> Iterator[tuple[str, str, str, str, str]]:
        """Yield (lead id, reason, re-entry test, fingerprint, reason in words) of open waits."""
        yield from self._of(_WAITS, lead_ids)

    def _of(self, sql: str, ids: Sequence[str]) -> Iterator[Any]:
        return iter(self._connection.execute(sql, (json.dumps(list(ids)),)))

    def _read(self, sql: str, whose: Whose, most: int) -> Iterator[Any]:
        values = {**whose._asdict(), "most": most}
        return iter(self._connection.execute(sql, values))
