# SPDX-License-Identifier: MIT
"""At which hours people answer, told only where enough calls were made to know."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

LEAST_PER_HOUR = 5
"""Fewer calls at an hour say nothing of it."""

_DOUBT = 10
"""So many calls with the usual share of answers are added to each hour: 5 of 6 is no proof yet."""

_NEARLY_AS_GOOD = Fraction(3, 4)
"""A second hour is named when its share is at least this part of the best one's."""


@dataclass(frozen=True, slots=True)
class Try:
    """One call that counts: the hour it was there (0..23), and whether somebody answered."""

    local_hour: int
    answered: bool


@dataclass(frozen=True, slots=True)
class BestHours:
    """The hours with the best share of answers.

    Attributes:
        hours: One or two hours, the earlier first.
        answered, tries: Of the calls at these hours.
    """

    hours: tuple[int, ...]
    answered: int
    tries: int

    @property
    def words(self) -> str:
        """What to show: the hours, and how many of the calls at them were answered."""
        first, last = self.hours[0], self.hours[-1]
        spans = [(first, last + 1)] if last - first <= 1 else [(h, h + 1) for h in self.hours]
        named = " and ".join(f"{start}\u2013{stop}" for start, stop in spans)
        return f"Mostly answered {named} ({self.answered} of {self.tries})."


def best_hours(tries: Iterable[Try], least: int = 20) -> BestHours | None:
    """Return the one or two hours at which most is answered.

    None while there are fewer than `least` calls, and where no hour is better than the usual.
    Equal hours are taken in the order of the day.
    """
    made: Counter[int] = Counter()
    answered: Counter[int] = Counter()
    for one in tries:
        made[one.local_hour] += 1
        answered[one.local_hour] += one.answered
    if not made or made.total() < least:
        return None
    usual = Fraction(answered.total(), made.total())
    shares = {
        hour: (answered[hour] + _DOUBT * usual) / (count + _DOUBT)
        for hour, count in made.items()
        if count >= LEAST_PER_HOUR
    }
    better = sorted((-share, hour) for hour, share in shares.items() if share > usual)
    if not better:
        return None
    best = -better[0][0]
    hours = sorted(hour for share, hour in better[:2] if -share >= best * _NEARLY_AS_GOOD)
    return BestHours(tuple(hours), sum(answered[h] for h in hours), sum(made[h] for h in hours))
