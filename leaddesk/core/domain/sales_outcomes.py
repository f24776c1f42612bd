# SPDX-License-Identifier: MIT
"""What sales says of a lead it was given, and what becomes of the lead then."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from leaddesk.core.domain.handoff import Handoff, HandoffState
from leaddesk.core.domain.lead_state import LeadState
from leaddesk.core.domain.queue import Due
from leaddesk.core.domain.stages import Stage, Status

LOST_REST_DAYS = 180
"""How long a lead rests that sales lost (spec: none; half a year, as for who chose another)."""


class OutcomeKind(StrEnum):
    """What sales says."""

    ACCEPTED = "accepted"
    RETURNED = "returned"
    OPPORTUNITY = "opportunity"
    WON = "won"
    LOST = "lost"


OUTCOME_LABELS = {
    OutcomeKind.ACCEPTED: "Accepted",
    OutcomeKind.RETURNED: "Returned",
    OutcomeKind.OPPORTUNITY: "Opportunity",
    OutcomeKind.WON: "Won",
    OutcomeKind.LOST: "Lost",
}


@dataclass(frozen=True, slots=True)
class SalesOutcome:
    """One answer of sales.

    Attributes:
        reason: Why; needed where the lead comes back or is lost.
        note: What else they said.
        amount: Whole units of `currency`; None: not said.
        at: When it was so; None: now.
    """

    kind: OutcomeKind
    reason: str = ""
    note: str = ""
    amount: int | None = None
    currency: str = ""
    at: datetime | None = None


_FOLLOWS = {
    HandoffState.WAITING: set(OutcomeKind),
    HandoffState.ACCEPTED: set(OutcomeKind) - {OutcomeKind.ACCEPTED},
    HandoffState.OPPORTUNITY: {OutcomeKind.OPPORTUNITY, OutcomeKind.WON, OutcomeKind.LOST},
    HandoffState.RETURNED: set[OutcomeKind](),
    HandoffState.WON: set[OutcomeKind](),
    HandoffState.LOST: set[OutcomeKind](),
    HandoffState.TAKEN_BACK: set[OutcomeKind](),
}


def may_follow(state: HandoffState) -> tuple[OutcomeKind, ...]:
    """Return what sales can say of a hand-off in this state."""
    return tuple(kind for kind in OutcomeKind if kind in _FOLLOWS[state])


def answered(handoff: Handoff, outcome: SalesOutcome, at: datetime) -> Handoff:
    """Return a hand-off as it is after an answer; what the answer does not say stays."""
    return replace(
        handoff,
        state=HandoffState(outcome.kind.value),
        state_at=at,
        reason=outcome.reason,
        note=outcome.note,
        amount=handoff.amount if outcome.amount is None else outcome.amount,
        currency=outcome.currency or handoff.currency,
    )


def state_after(
    before: LeadState, kind: OutcomeKind, at: datetime, *, passed_by: str, returned_before: int
) -> LeadState:
    """Return what a lead is after an answer of sales.

    Args:
        before: What it was.
        kind: The answer.
        at: When.
        passed_by: Name of the rep who passed it; they get it back.
        returned_before: How often sales gave it back already: then it is for the team lead, whom
            no name stands for, so that anybody sees it.
    """
    if kind is OutcomeKind.RETURNED:
        return replace(
            before,
            status=Status.RETURNED,
            due=Due.RETURNED,
            due_at=at,
            due_for="" if returned_before else passed_by,
            attempts=0,
        )
    if kind is OutcomeKind.LOST:
        rested = at + timedelta(days=LOST_REST_DAYS)
        return replace(
            before,
            status=Status.NURTURING,
            due=Due.NURTURE,
            due_at=rested,
            due_for="",
            attempts=0,
        )
    stages = {OutcomeKind.OPPORTUNITY: Stage.OPPORTUNITY, OutcomeKind.WON: Stage.CUSTOMER}
    return replace(
        before,
        status=Status.ACCEPTED,
        stage=stages.get(kind, before.stage),
        due=Due.NONE,
        due_at=None,
        due_for="",
    )
