# SPDX-License-Identifier: MIT
"""What the person decided, beside what was recommended. A fact: never changed, recomputable."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from leaddesk.core.domain.verdict import Verdict


class SaidBy(StrEnum):
    """Whose word a reason is: what a rep thinks is an opinion."""

    PROSPECT = "prospect"
    REP = "rep"


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision on one call.

    Attributes:
        recommended: What the assessment recommended at that moment.
        decided: What the person decided: pass, nurture or disqualify.
        reason: Id of a reason of the playbook; may be empty for a pass only.
        override_reason: One line, required where `decided` differs from `recommended`.
        resolved: Canonical JSON of the `Resolved` it was taken on, so that it can be recomputed.
        earned, most: Points then, so that a recomputation can be compared.
        next_step: What was agreed to happen next; needed for a pass.
        next_at: When that is; for nurture, when the lead is called again.
        decided_by: Name of the rep; empty: not given.
        said_by: Who named the reason, a `SaidBy`; empty: not said.
        reason_text: The reason in somebody's own words; empty: none were needed.
    """

    decision_id: str
    call_id: str
    lead_id: str
    at: datetime
    recommended: Verdict
    decided: Verdict
    reason: str
    override_reason: str
    playbook_id: str
    playbook_version: int
    playbook_fingerprint: str
    resolved: str
    earned: int
    most: int
    next_step: str = ""
    next_at: datetime | None = None
    decided_by: str = ""
    said_by: str = ""
    reason_text: str = ""
