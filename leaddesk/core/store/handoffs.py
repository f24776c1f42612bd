# SPDX-License-Identifier: MIT
"""What was passed to sales, and what they answered."""

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from leaddesk.core.domain.handoff import Handoff, HandoffState
from leaddesk.core.store.merges import ids_of
from leaddesk.core.store.schema_after import handoffs
from leaddesk.core.store.times import from_text, from_text_or_none, to_text, to_text_or_none


class Handoffs:
    """The table `handoffs`, inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, handoff: Handoff) -> None:
        """Store a lead that was just passed."""
        self._connection.execute(insert(handoffs), _row(handoff))

    def set(self, handoff: Handoff) -> None:
        """Store a hand-off as it is now."""
        mine = handoffs.c.handoff_id == handoff.handoff_id
        self._connection.execute(update(handoffs).where(mine).values(_row(handoff)))

    def get(self, handoff_id: str) -> Handoff | None:
        """Return one hand-off; None: there is none of that id."""
        query = select(handoffs).where(handoffs.c.handoff_id == handoff_id)
        row = self._connection.execute(query).one_or_none()
        return None if row is None else _handoff(row)

    def of_decision(self, decision_id: str) -> Handoff | None:
        """Return the hand-off a decision led to; None: it led to none."""
        query = select(handoffs).where(handoffs.c.decision_id == decision_id)
        row = self._connection.execute(query.order_by(handoffs.c.at.desc()).limit(1)).one_or_none()
        return None if row is None else _handoff(row)

    def of_lead(self, lead_id: str) -> list[Handoff]:
        """Return the hand-offs of a lead, the oldest first."""
        query = select(handoffs).where(handoffs.c.lead_id.in_(ids_of(self._connection, lead_id)))
        query = query.order_by(handoffs.c.at, handoffs.c.handoff_id)
        return [_handoff(row) for row in self._connection.execute(query)]

    def given(self, rule: str, receivers: Sequence[str]) -> dict[str, int]:
        """Return receiver -> how many leads a routing rule gave them that they still have.

        What was reassigned counts for who has it now; what was taken back for nobody.
        """
        counted = self._connection.exec_driver_sql(
            "SELECT receiver, count(*) FROM handoffs WHERE rule = ? AND state <> ?"
            " GROUP BY receiver",
            (rule, HandoffState.TAKEN_BACK.value),
        )
        found: dict[str, int] = dict(counted.all())
        return {receiver: found.get(receiver, 0) for receiver in receivers}


def _row(handoff: Handoff) -> dict[str, Any]:
    return {
        "handoff_id": handoff.handoff_id,
        "decision_id": handoff.decision_id,
        "lead_id": handoff.lead_id,
        "at": to_text(handoff.at),
        "by_whom": handoff.by,
        "receiver": handoff.receiver,
        "rule": handoff.rule,
        "checked": json.dumps(handoff.checked, ensure_ascii=False) if handoff.checked else "",
        "state": handoff.state.value,
        "state_at": to_text(handoff.state_at or handoff.at),
        "reason": handoff.reason,
        "note": handoff.note,
        "accept_by": to_text_or_none(handoff.accept_by),
        "amount": handoff.amount,
        "currency": handoff.currency,
    }


def _handoff(row: Row[*tuple[Any, ...]]) -> Handoff:
    return Handoff(
        row.handoff_id,
        row.decision_id,
        row.lead_id,
        from_text(row.at),
        row.by_whom,
        row.receiver,
        row.rule,
        tuple(json.loads(row.checked)) if row.checked else (),
        HandoffState(row.state),
        from_text(row.state_at),
        row.reason,
        row.note,
        from_text_or_none(row.accept_by),
        row.amount,
        row.currency,
    )
