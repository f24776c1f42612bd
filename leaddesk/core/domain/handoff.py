# SPDX-License-Identifier: MIT
"""What was passed to sales, to whom, and what they answered."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class HandoffState(StrEnum):
    """What the receiver has said so far."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    OPPORTUNITY = "opportunity"
    WON = "won"
    LOST = "lost"
    TAKEN_BACK = "taken_back"


@dataclass(frozen=True, slots=True)
class Handoff:
    """One pass of one lead.

    Attributes:
        by: Name of the rep who passed it.
        receiver: Name or address of the account executive; empty: nobody is named yet.
        rule: Names the routing rule that chose the receiver, the same in every version of a
            playbook that has it; empty: a person chose, or no rule matched.
        checked: Points of the checklist that were ticked, in the playbook's words.
        state_at: When `state` was reached.
        reason: Why it was returned or lost.
        note: What else they said.
        accept_by: When the receiver has to have answered; None: no service level.
        amount: Whole units of `currency` of an opportunity or a deal; None: not said.
    """

    handoff_id: str
    decision_id: str
    lead_id: str
    at: datetime
    by: str = ""
    receiver: str = ""
    rule: str = ""
    checked: tuple[str, ...] = ()
    state: HandoffState = HandoffState.WAITING
    state_at: datetime | None = None
    reason: str = ""
    note: str = ""
    accept_by: datetime | None = None
    amount: int | None = None
    currency: str = ""
