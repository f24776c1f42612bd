# SPDX-License-Identifier: MIT
"""A lead that waits: why, on which track of the playbook, and what is done meanwhile.

Days are those of whoever decides; what falls on a weekend is done on the Monday after it.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction

from leaddesk.core.domain.assessment import Assessment, CriterionScore
from leaddesk.core.domain.next_due import NURTURE_DAYS
from leaddesk.core.domain.playbook import Playbook, Track, TrackStep
from leaddesk.core.domain.touches import TouchKind
from leaddesk.core.domain.wording import listed, quoted

UNRESPONSIVE = "unresponsive"
"""Reason of a lead that rests because nobody was reached."""

_WEEK = 7
_WEEKEND = (5, 6)


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


@dataclass(frozen=True, slots=True)
class PlannedTouch:
    """A step of a track with the day it falls on; `number` is its place in the track."""

    number: int
    kind: TouchKind
    template: str
    day: date


def weakest_of(playbook: Playbook, assessment: Assessment) -> str:
    """Return the id of the criterion that lacks most; empty: none lacks anything.

    What keeps a lead from a pass comes first, then the lowest percent, then the most points that
    are missing; the playbook's order decides among equals. Criteria that are not scored lack
    nothing.
    """
    scored = {criterion.id for criterion in playbook.criteria if criterion.scored}
    lacking = [
        one
        for one in assessment.criteria
        if one.id in scored and one.most > 0 and (one.earned < one.most or not one.met)
    ]
    weakest = min(lacking, key=_strength, default=None)
    return "" if weakest is None else weakest.id


def track_for(playbook: Playbook, reason: str, weakest: str) -> Track | None:
    """Return the track for a reason, else for the criterion that lacks most; None: none fits.

    Among several for the reason, one that is for the criterion, too; then the playbook's order.
    """
    fits = [one for one in playbook.nurture if reason in one.reasons or (weakest in one.weakest)]
    return max(fits, key=lambda t: (reason in t.reasons, weakest in t.weakest), default=None)


def revisit_day(track: Track | None, today: date) -> date:
    """Return on which day a lead is called again if nobody said when: a weekday to come."""
    days = track.revisit_after_days if track is not None else NURTURE_DAYS
    return on_weekday(today + timedelta(days=max(1, days)))


def on_weekday(day: date) -> date:
    """Return the day itself, or the Monday after it."""
    return day + timedelta(days=_WEEK - day.weekday()) if day.weekday() in _WEEKEND else day


def planned(
    track: Track | None,
    today: date,
    until: date,
    done: Collection[tuple[int, TouchKind]] = (),
) -> tuple[PlannedTouch, ...]:
    """Return what is to be done while a lead waits, in the order of the track.

    Args:
        track: Of the playbook; None: the lead only waits.
        today: When the wait begins.
        until: When the lead is called again. A call of the track on that day or later is that
            call; what would come later than it is left out.
        done: Place and kind of what was done on this track before: it goes on from there, with
            the time between its steps.
    """
    steps = [(number, step, TouchKind(step.kind)) for number, step in enumerate(_steps(track))]
    offset = max((step.after_days for n, step, kind in steps if (n, kind) in done), default=0)
    found = []
    for number, step, kind in steps:
        if (number, kind) in done:
            continue
        day = on_weekday(today + timedelta(days=max(0, step.after_days - offset)))
        if day < until or (day == until and kind is not TouchKind.CALL):
            found.append(PlannedTouch(number, kind, step.template, day))
    return tuple(found)


def track_words(track: Track | None) -> str:
    """Return what a track does, in one sentence; empty where nothing is done meanwhile."""
    steps = [f"{_NAMES[TouchKind(one.kind)]} {_after(one.after_days)}" for one in _steps(track)]
    if track is None or not steps:
        return ""
    return f"Track {quoted(track.id.replace('-', ' ').replace('_', ' '))}: {listed(steps)}."


def _after(days: int) -> str:
    if not days:
        return "at once"
    return f"after {days} day{'' if days == 1 else 's'}"


_NAMES = {TouchKind.EMAIL: "e-mail", TouchKind.CALL: "call", TouchKind.TASK: "task"}


def _steps(track: Track | None) -> tuple[TrackStep, ...]:
    return track.steps if track is not None else ()


def _strength(one: CriterionScore) -> tuple[bool, Fraction, int]:
    return one.met, Fraction(one.earned, one.most), one.earned - one.most
