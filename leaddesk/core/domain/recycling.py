# SPDX-License-Identifier: MIT
"""From when on the engagement of a lead counts that came back: its history and fit stay.

What a lead did led to the decision that was taken on it; when its turn comes again, only what it
did since says whether it is warm.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from leaddesk.core.domain.engagement import Activity
from leaddesk.core.domain.queue import Due
from leaddesk.core.domain.stages import Status

_WITH_SALES = frozenset({Status.PASSED, Status.ACCEPTED})
_OVER = frozenset({Status.DISQUALIFIED, Status.SUPPRESSED})
_MAY_WAIT = frozenset({Status.NURTURING, Status.EXHAUSTED})


@dataclass(frozen=True, slots=True)
class Rounds:
    """What ended the rounds a lead has been through, and where it stands.

    Attributes:
        due, due_at: As of `LeadState`.
        decided_at: When the last decision that stands was taken; None: there is none.
        given_back_at: When sales returned or lost it last; None: never.
        exhausted_at: When it was last tried as often as the cap allows; None: never.
    """

    status: Status
    due: Due = Due.NONE
    due_at: datetime | None = None
    decided_at: datetime | None = None
    given_back_at: datetime | None = None
    exhausted_at: datetime | None = None


def counts_from(rounds: Rounds, now: datetime, *, called: bool = False) -> datetime | None:
    """Return after when activities count for the engagement; None: all of them do.

    That is the end of the last round, once the lead is recycled: its wait is over, sales gave it
    back, or somebody works with it again.

    Args:
        rounds: What happened with the lead.
        now: What time it is.
        called: It is being called, whatever it waits for: that is the next round.
    """
    if rounds.status in _WITH_SALES or (not called and _rests(rounds, now)):
        return None
    ends = (rounds.decided_at, rounds.given_back_at, rounds.exhausted_at)
    return max((end for end in ends if end is not None), default=None)


def that_count(activities: Iterable[Activity], after: datetime | None) -> tuple[Activity, ...]:
    """Return the activities that count for the engagement, in the order they came."""
    return tuple(one for one in activities if after is None or one.at > after)


def _rests(rounds: Rounds, now: datetime) -> bool:
    if rounds.status in _OVER:
        return True
    waits = rounds.due is Due.NURTURE and (rounds.due_at is None or rounds.due_at > now)
    return rounds.status in _MAY_WAIT and waits
