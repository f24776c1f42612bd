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
    """Something the lead did; its points come from the playbook, by `type`.

    Attributes:
        type: Id of an activity type.
        at: When it happened, UTC.
        source: Where it is known from, for example the name of a file; empty: not known.
        note: What else there is to say of it.
    """

    type: str
    at: datetime
    source: str = ""
    note: str = ""
    activity_id: str = ""
    lead_id: str = ""


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


def strong_since(
    rule: EngagementRule | None, activities: Iterable[Activity], since: datetime
) -> Activity | None:
    """Return the newest activity after `since` that ends a nurture wait, None without one.

    Of several at one moment the first. Without a rule no activity is strong.
    """
    strong = {kind.id for kind in rule.types if kind.strong} if rule else set()
    found = (one for one in activities if one.type in strong and one.at > since)
    return max(found, key=lambda one: one.at, default=None)
