# SPDX-License-Identifier: MIT
"""Decisions: facts, only ever added; triggers refuse anything else."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, insert, select, text

from leaddesk.core.domain.decision import Decision
from leaddesk.core.domain.verdict import Verdict
from leaddesk.core.store.merges import ids_of, visible_ids
from leaddesk.core.store.schema import decisions
from leaddesk.core.store.times import from_text, from_text_or_none, to_text, to_text_or_none

_BATCH = 500
_TAKEN = text("at, rowid")
_STANDS = text(
    "NOT EXISTS (SELECT 1 FROM events WHERE events.lead_id = decisions.lead_id"
    " AND events.kind = 'undone'"
    " AND events.detail ->> '$.detail.decision' = decisions.decision_id)"
)
"""A decision is a fact and stays; that it was taken back is another."""


class Decisions:
    """The table `decisions`, inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, decision: Decision) -> None:
        """Store a decision just taken."""
        values = asdict(decision) | {
            "at": to_text(decision.at),
            "recommended": decision.recommended.value,
            "decided": decision.decided.value,
            "next_at": to_text_or_none(decision.next_at),
        }
        self._connection.execute(insert(decisions), values)

    def get(self, decision_id: str) -> Decision | None:
        """Return one decision, None when there is none of that id."""
        query = select(decisions).where(decisions.c.decision_id == decision_id)
        row = self._connection.execute(query).one_or_none()
        return None if row is None else _decision(row)

    def standing_of_lead(self, lead_id: str) -> list[Decision]:
        """Return the decisions on a lead that were not taken back, in the order they were taken."""
        query = select(decisions).where(self._of(lead_id), _STANDS)
        return [_decision(row) for row in self._connection.execute(query.order_by(_TAKEN))]

    def of_lead(self, lead_id: str) -> list[Decision]:
        """Return all decisions on a lead, also those taken back, in the order they were taken."""
        query = select(decisions).where(self._of(lead_id)).order_by(_TAKEN)
        return [_decision(row) for row in self._connection.execute(query)]

    def last_of(self, lead_ids: Sequence[str]) -> dict[str, Decision]:
        """Return lead id -> its last decision that stands, for those of the leads with any."""
        if not lead_ids:
            return {}
        kept = visible_ids(self._connection, lead_ids)
        query = select(decisions).where(decisions.c.lead_id.in_(kept), _STANDS)
        query = query.order_by(_TAKEN)
        return {kept[row.lead_id]: _decision(row) for row in self._connection.execute(query)}

    def all(self) -> Iterator[Decision]:
        """Yield every decision there is, by id."""
        query = select(decisions).order_by(decisions.c.decision_id).limit(_BATCH)
        last = ""
        while found := self._connection.execute(query.where(decisions.c.decision_id > last)).all():
            last = found[-1].decision_id
            yield from map(_decision, found)

    def _of(self, lead_id: str) -> ColumnElement[bool]:
        return decisions.c.lead_id.in_(ids_of(self._connection, lead_id))


def _decision(row: Row[*tuple[Any, ...]]) -> Decision:
    values = dict(row._mapping)  # noqa: SLF001 - its public name, underscored against column names
    values["at"] = from_text(row.at)
    values["recommended"] = Verdict(row.recommended)
    values["decided"] = Verdict(row.decided)
    values["next_at"] = from_text_or_none(row.next_at)
    return Decision(**values)
