# SPDX-License-Identifier: MIT
"""What a lead did, and how much of it still counts. Source: docs/assessment.md, "Engagement"."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from leaddesk.core.domain.playbook import EngagementRule

MOST = 100


@dataclass(frozen=True, slots=True)
class Activity:
    """Something the lead did; its points come from the playbook, by `type`."""

    type: str
    at: datetime


def engagement_score(
    rule: EngagementRule | None, activities: Iterable[Activity], now: datetime
) -> int:
    """Return the engagement at `now`, a whole number of at most 100.

    Per type min(at_most, sum of points halved every `half_life_days`), added up, capped, rounded
    down once. An activity in the future counts in full, a type that is not listed not at all.
    """
    if rule is None:
        return 0
    half_life = timedelta(days=rule.half_life_days)
    kinds = {kind.id: kind for kind in rule.types}
    sums = dict.fromkeys(kinds, 0.0)
    for activity in activities:
        if activity.type in kinds:
            age = max((now - activity.at) / half_life, 0.0)
            sums[activity.type] += kinds[activity.type].points * 0.5**age
    total = math.fsum(min(kinds[kind].at_most, value) for kind, value in sums.items())
    return math.floor(min(MOST, total))
