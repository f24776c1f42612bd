# SPDX-License-Identifier: MIT
"""A lead that waits: why, on which track of the playbook, and what is done meanwhile."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Nurture:
    """One wait of a lead, from the decision or the last attempt to what ends it.

    When the wait is over is the lead's own `due_at`.

    Attributes:
        decision_id: Of the decision it began with; empty: it rests because nobody answered.
        reason: Id of a reason of the playbook.
        weakest: Id of the criterion that lacked most; empty: none.
        track_id: Of the playbook's track; empty: none fits, it only waits.
        re_entry: JSON of the test for coming back (`formats.re_entry_json`); empty: none.
        ended_at: None while it waits.
        ended_by: Id of what ended it: a call, an activity, a decision; empty while it waits.
    """

    nurture_id: str
    lead_id: str
    decision_id: str
    at: datetime
    reason: str = ""
    weakest: str = ""
    track_id: str = ""
    playbook_fingerprint: str = ""
    re_entry: str = ""
    ended_at: datetime | None = None
    ended_by: str = ""
