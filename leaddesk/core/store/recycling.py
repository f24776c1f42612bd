# SPDX-License-Identifier: MIT
"""What ended the rounds leads have been through: decisions, sales' answers, attempts used up."""

import json
from collections.abc import Sequence

from sqlalchemy import Connection

from leaddesk.core.domain.queue import Due
from leaddesk.core.domain.recycling import Rounds
from leaddesk.core.domain.stages import Status
from leaddesk.core.store.times import from_text_or_none

_ITS = (
    "(SELECT leads.lead_id UNION ALL SELECT merged.lead_id FROM leads AS merged"
    " WHERE merged.merged_into = leads.lead_id AND merged.merged_into <> '')"
)
_ROUNDS = f"""
    SELECT lead_id, status, due, nullif(due_at, ''),
        (SELECT max(at) FROM decisions WHERE lead_id IN {_ITS} AND NOT EXISTS (
            SELECT 1 FROM events WHERE events.lead_id = decisions.lead_id
            AND events.kind = 'undone'
            AND events.detail ->> '$.detail.decision' = decisions.decision_id)),
        (SELECT max(state_at) FROM handoffs WHERE lead_id IN {_ITS}
            AND state IN ('returned', 'lost')),
        (SELECT max(at) FROM events WHERE lead_id IN {_ITS} AND kind = 'moved'
            AND detail ->> '$.changes.status[1]' = 'EXHAUSTED')
    FROM leads WHERE lead_id IN (SELECT value FROM json_each(?))
"""  # noqa: S608 - constants


class Recycling:
    """Reads what `domain.recycling` asks, inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def rounds(self, lead_ids: Sequence[str]) -> dict[str, Rounds]:
        """Return lead id -> its rounds, for leads that were not merged into others."""
        found = self._connection.exec_driver_sql(_ROUNDS, (json.dumps(list(lead_ids)),))
        return {
            row[0]: Rounds(Status(row[1]), Due(row[2]), *map(from_text_or_none, row[3:]))
            for row in found
        }
