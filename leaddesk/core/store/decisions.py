# SPDX-License-Identifier: MIT
"""Decisions: facts, only ever added; triggers refuse anything else."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from leaddesk.core.domain.decision import Decision
from leaddesk.core.domain.verdict import Verdict
from leaddesk.core.store.schema import decisions
from leaddesk.core.store.times import from_text, to_text

_BATCH = 500


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
        }
        self._connection.execute(insert(decisions), values)

    def of_lead(self, lead_id: str) -> list[Decision]:
        """Return all decisions on a lead, in the order they were taken."""
        query = select(decisions).where(decisions.c.lead_id == lead_id).order_by(decisions.c.at)
        return [_decision(row) for row in self._connection.execute(query)]

    def last_of(self, lead_ids: Sequence[str]) -> dict[str, Decision]:
        """Return lead id -> its last decision, for those of the leads that have any."""
        query = select(decisions).where(decisions.c.lead_id.in_(lead_ids)).order_by(decisions.c.at)
        return {row.lead_id: _decision(row) for row in self._connection.execute(query)}

    def all(self) -> Iterator[Decision]:
        """Yield every decision there is, by id."""
        query = select(decisions).order_by(decisions.c.decision_id).limit(_BATCH)
        last = ""
        while found := self._connection.execute(query.where(decisions.c.decision_id > last)).all():
            last = found[-1].decision_id
            yield from map(_decision, found)


def _decision(row: Row[*tuple[Any, ...]]) -> Decision:
    values = dict(row._mapping)  # noqa: SLF001 - its public name, underscored against column names
    values["at"] = from_text(row.at)
    values["recommended"] = Verdict(row.recommended)
    values["decided"] = Verdict(row.decided)
    return Decision(**values)
