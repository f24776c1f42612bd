# SPDX-License-Identifier: MIT
"""What is due: the list of it, with what each needs to be said."""

import heapq
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from leaddesk.core.domain.follow_ups import FollowUp, FollowUpKind, order_key
from leaddesk.core.services.follow_up_facts import Reader, whose

if TYPE_CHECKING:
    from leaddesk.core.services.workspace import Workspace
    from leaddesk.core.store.follow_ups import Whose
    from leaddesk.core.store.unit_of_work import Unit

PAGE = 200
"""How many are listed at first; the list grows when somebody scrolls to its end."""

COUNTED = 300
"""Counting stops here: nobody does more than that, and a million leads are not counted for it."""


@dataclass(frozen=True, slots=True)
class FollowUpPage:
    """The beginning of what is due.

    Attributes:
        rows: In the order they are shown.
        counts: Kind -> how many are due, at most `COUNTED`; whatever kinds were asked for.
        has_more: There are further ones behind these.
        without_date: Leads in nurture that have no next date: a fault.
    """

    rows: tuple[FollowUp, ...]
    counts: Mapping[FollowUpKind, int]
    has_more: bool
    without_date: int

    @property
    def total(self) -> int:
        """How many are due of all kinds, each counted to `COUNTED`."""
        return sum(self.counts.values())


def listing(
    work: "Workspace",
    *,
    mine: bool = True,
    kinds: Collection[FollowUpKind] = tuple(FollowUpKind),
    most: int = PAGE,
) -> FollowUpPage:
    """Return what is due of leads, and of their touches and hand-offs.

    Args:
        work: Where.
        mine: What is for who works here, of leads of theirs, or nobody's; else everybody's.
        kinds: What is listed; all kinds are counted.
        most: How many are listed.
    """
    now = work.clock()
    with work.store.read() as unit:
        asked = whose(work, now, mine=mine)
        counts = _counts(unit, asked)
        reader = Reader(work, unit, asked, now)
        by_kind = [reader.of(kind, most + 1) for kind in FollowUpKind if kind in kinds]
        # Merged before what is said of them is read: one more than is shown, to know of more.
        merged = heapq.merge(*by_kind, key=lambda one: order_key(one, now, None))
        found = list(islice(merged, most + 1))
        dateless = unit.nurtures.without_date(0)[0]
    # A clock that was moved may stand before its time in what the index gives.
    found.sort(key=lambda one: order_key(one, now, None))
    return FollowUpPage(tuple(found[:most]), counts, len(found) > most, dateless)


def count(work: "Workspace") -> tuple[int, bool]:
    """Return how much is due for who works here, and whether it is more than was counted."""
    with work.store.read() as unit:
        asked = whose(work, work.clock(), mine=True)
        counts = _counts(unit, asked).values()
    return sum(counts), max(counts) >= COUNTED


def without_date(work: "Workspace", most: int = PAGE) -> list[FollowUp]:
    """Return leads in nurture that have no next date, as what is due of them at any time."""
    from leaddesk.core.services import nurturing

    _, rows = nurturing.without_date(work, most)
    return [
        FollowUp(
            FollowUpKind.NURTURE_OVER,
            row.lead_id,
            row.lead_id,
            None,
            name=row.name,
            company=row.company,
            grade=row.grade,
            note="Nobody said when to call again",
        )
        for row in rows
    ]


def _counts(unit: "Unit", asked: "Whose") -> dict[FollowUpKind, int]:
    return {kind: unit.follow_ups.count(kind, asked, COUNTED) for kind in FollowUpKind}
