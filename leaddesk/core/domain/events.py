# SPDX-License-Identifier: MIT
"""What happened with a lead besides answers and decisions. Facts: appended, never changed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class EventKind(StrEnum):
    """Kinds of events; the comments say what `Event.detail` holds."""

    MOVED = "moved"  # cause: what moved it (a decision, call or activity id); see `Event.changes`
    SAID = "said"  # step: a step that has to be said, and was
    OBJECTION = "objection"  # objection: the card that was used
    SWITCHED = "switched"  # playbook: fingerprint of the playbook the call went on with
    OVERRIDDEN = "overridden"  # block: what stood against the call; reason: why it was made
    REOPENED = "reopened"  # decision: the decided lead was called again
    UNDONE = "undone"  # decision: taken back
    EXPORTED = "exported"  # decision: it has left the house; file: in which it did
    CALLBACK = "callback"  # at, result, note: a later call was agreed
    TIME_ZONE = "time_zone"  # zone: named by a person
    NUMBER_BLOCKED = "number_blocked"  # number: not to be called any more
    NUMBER_WRONG = "number_wrong"  # number: does not lead to them
    REFERRED = "referred"  # name: whom, or what, they named; result: of the call
    ADDED = "added"  # how: entered by hand
    EDITED = "edited"  # by hand; `Event.changes` has the fields
    MERGED = "merged"  # merge, lead, name: of the lead that was merged into this one
    PARTED = "parted"  # merge, lead, name: that merge was taken back
    NOT_SAME = "not_same"  # lead, name: of a lead this one is not, as a person said
    MAYBE_SAME = "maybe_same"  # lead, name: that was taken back
    HANDED = "handed"  # decision, handoff, receiver: passed to sales, or to somebody else there
    ANSWERED = "answered"  # decision, handoff, state, reason, note: what sales said
    REMINDED = "reminded"  # handoff, receiver: sales was reminded that it has not answered
    TOUCHED = "touched"  # touch, kind, state: a step of a nurture track was done or skipped
    PUT_OFF = "put_off"  # what, until: something due was moved to a later time
    WAIT_ENDED = "wait_ended"  # nurture, cause: nurture was ended before its time


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened with a lead at one moment.

    Attributes:
        by: Name of the rep; empty: the program.
        call_id: The call it happened on; empty: none.
        changes: Field -> (before, after), as texts; of `LeadState` for MOVED, of `Lead` for
            EDITED.
    """

    event_id: str
    lead_id: str
    at: datetime
    kind: EventKind
    by: str = ""
    call_id: str = ""
    detail: Mapping[str, str] = field(default_factory=dict)
    changes: Mapping[str, tuple[str, str]] = field(default_factory=dict)
