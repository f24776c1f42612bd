# SPDX-License-Identifier: MIT
"""Who was named by whom: facts, only ever added."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from leaddesk.core.store.merges import ids_of, visible_id
from leaddesk.core.store.schema_after import referrals
from leaddesk.core.store.times import from_text, to_text


@dataclass(frozen=True, slots=True)
class Referral:
    """One lead named by another.

    Attributes:
        lead_id: Who was named.
        from_id: Who named them.
        call_id: The call it was on; empty: none.
    """

    lead_id: str
    from_id: str
    at: datetime
    by: str = ""
    call_id: str = ""


class Referrals:
    """The table `referrals`, inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, one: Referral) -> None:
        """Store who was named by whom; said again, the first time stands."""
        values = {
            "lead_id": one.lead_id,
            "from_id": one.from_id,
            "at": to_text(one.at),
            "by_whom": one.by,
            "call_id": one.call_id,
        }
        self._connection.execute(insert(referrals).prefix_with("OR IGNORE"), values)

    def of_lead(self, lead_id: str) -> list[Referral]:
        """Return who named a lead, and whom it named, the oldest first; merged ones as they are."""
        mine = ids_of(self._connection, lead_id)
        query = select(referrals).where(
            referrals.c.lead_id.in_(mine) | referrals.c.from_id.in_(mine)
        )
        return [
            Referral(
                visible_id(self._connection, row.lead_id),
                visible_id(self._connection, row.from_id),
                from_text(row.at),
                row.by_whom,
                row.call_id,
            )
            for row in self._connection.execute(query.order_by(referrals.c.at))
        ]
