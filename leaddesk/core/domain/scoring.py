# SPDX-License-Identifier: MIT
"""Score, bounds and verdict of one sheet of outcomes, in a few microseconds.

A playbook is compiled once into one table a question. An entry is a single integer that holds
all that an outcome adds to the running totals (points, bounds, coverage, effects, what is still
required), each total in a field of its own, so that scoring a sheet is one sum of integers.
Source: docs/assessment.md, "Score and verdict"; docs/adr/0007-assessment-by-convolution.md.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import getitem
from typing import NamedTuple

from leaddesk.core.domain.outcomes import Outcome, outcomes_of
from leaddesk.core.domain.playbook import Criterion, Effect, Kind, Playbook, Question
from leaddesk.core.domain.verdict import Verdict

OPEN = -1
"""Code of an open question: as an index, the last entry of its table."""


class Scored(NamedTuple):
    """Points of one sheet and the verdict of today."""

    earned: int
    low_points: int
    high_points: int
    covered_points: int
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Asked:
    """One question that has outcomes, as the assessment needs it.

    Attributes:
        criterion: Position of its criterion in the playbook.
        scored: Whether its points count for the score.
        most: max(0, highest), 0 where it is not scored.
    """

    question: Question
    outcomes: tuple[Outcome, ...]
    criterion: int
    scored: bool
    lowest: int
    highest: int
    most: int


class _Field(NamedTuple):
    """Where one running total sits in the packed integer: (packed >> shift & mask) + base."""

    shift: int
    mask: int
    base: int


class Sheet:
    """A playbook compiled for scoring; made by `sheet_of`, shared, never changed.

    Attributes:
        asked: The questions with outcomes, in the playbook's order.
        most: M, the most points a lead can earn; positive.
        pass_points: Fewest earned points that score `pass_at` percent.
        nurture_points: Fewest that score `nurture_at` percent; None: any score does.
        coverage_points: Fewest covered points that are enough to disqualify by score.
        tables: One a question: packed totals by outcome, the open question last.
    """

    def __init__(self, playbook: Playbook) -> None:
        self.criteria = playbook.criteria
        self.asked = tuple(_asked(playbook.criteria))
        self.most = sum(one.most for one in self.asked)
        rule = playbook.decision
        self.pass_points = _points_at(rule.pass_at, self.most)
        # Scores are clamped at 0: a bar of 0 percent is met by every sum, negative ones too.
        self.nurture_points = _points_at(rule.nurture_at, self.most) if rule.nurture_at else None
        self.coverage_points = _points_at(rule.minimum_coverage, self.most)
        floored = [i for i, c in enumerate(self.criteria) if c.minimum is not None]
        self.tables, fields = _pack([_totals(one, self.criteria, floored) for one in self.asked])
        self._earned, self._low, self._high, self._covered = fields[:4]
        self._required_open, self._disqualified, self._held = fields[4:7]
        self._floors = tuple(
            (field, minimum)
            for field, i in zip(fields[7:], floored, strict=True)
            if (minimum := self.criteria[i].minimum) is not None
        )

    def total(self, codes: Sequence[int]) -> int:
        """Return the packed totals of a sheet: one code a question, an outcome or `OPEN`."""
        return sum(map(getitem, self.tables, codes))

    def score(self, codes: Sequence[int]) -> Scored:
        """Return points, bounds and verdict of a sheet: all that a backtest needs."""
        packed = sum(map(getitem, self.tables, codes))
        shift, mask, base = self._earned
        earned = (packed >> shift & mask) + base
        shift, mask, base = self._low
        low = (packed >> shift & mask) + base
        shift, mask, base = self._high
        high = (packed >> shift & mask) + base
        shift, mask, base = self._covered
        covered = (packed >> shift & mask) + base
        return Scored(earned, low, high, covered, self.verdict(packed))

    def verdict(self, packed: int) -> Verdict:
        """Return the verdict of packed totals: the five rules, first that holds."""
        if _value(packed, self._disqualified):
            return Verdict.DISQUALIFY
        earned = _value(packed, self._earned)
        if (
            earned >= self.pass_points
            and not _value(packed, self._held)
            and not _value(packed, self._required_open)
            and all(_value(packed, field) >= minimum for field, minimum in self._floors)
        ):
            return Verdict.PASS
        if self.nurture_points is None or earned >= self.nurture_points:
            return Verdict.NURTURE
        if _value(packed, self._covered) < self.coverage_points:
            return Verdict.UNDECIDED
        return Verdict.DISQUALIFY

    def is_disqualified(self, packed: int) -> bool:
        """Return whether an answered outcome disqualifies."""
        return _value(packed, self._disqualified) > 0

    def is_held(self, packed: int) -> bool:
        """Return whether an answered outcome holds a pass."""
        return _value(packed, self._held) > 0


@lru_cache(maxsize=64)
def sheet_of(playbook: Playbook) -> Sheet:
    """Return the playbook compiled for scoring; compiled once."""
    return Sheet(playbook)


def _value(packed: int, field: _Field) -> int:
    return (packed >> field[0] & field[1]) + field[2]


def _points_at(percent: int, most: int) -> int:
    """Return the fewest whole points that are at least `percent` of `most`."""
    return -(-percent * most // 100)


def _asked(criteria: Sequence[Criterion]) -> Iterator[Asked]:
    for index, criterion in enumerate(criteria):
        for question in criterion.questions:
            if question.kind is Kind.TEXT:
                continue
            outcomes = outcomes_of(question)
            points = [outcome.points for outcome in outcomes]
            yield Asked(
                question=question,
                outcomes=outcomes,
                criterion=index,
                scored=criterion.scored,
                lowest=min(points),
                highest=max(points),
                most=max(0, *points) if criterion.scored else 0,
            )


def _totals(
    one: Asked, criteria: Sequence[Criterion], floored: Sequence[int]
) -> list[tuple[int, ...]]:
    """Return what each outcome of a question adds to the totals, the open question last."""
    floors = [one.criterion == index for index in floored]
    rows = []
    for outcome in one.outcomes:
        points = outcome.points if one.scored else 0
        effects = outcome.effect is Effect.DISQUALIFY, outcome.effect is Effect.HOLD
        rows.append(
            (points, points, points, one.most, 0, *effects, *(outcome.points * f for f in floors))
        )
    low, high = (one.lowest, one.highest) if one.scored else (0, 0)
    required = one.scored and criteria[one.criterion].required
    rows.append((0, low, high, 0, int(required), 0, 0, *(0 for _ in floors)))
    return rows


def _pack(
    tables: Sequence[Sequence[tuple[int, ...]]],
) -> tuple[tuple[tuple[int, ...], ...], list[_Field]]:
    """Return each row as one integer, and where each total sits in a sum of one row a table.

    Amounts are stored above the least of their table, so that no field ever goes below zero.
    """
    least = [[min(column) for column in zip(*table, strict=True)] for table in tables]
    most = [[max(column) for column in zip(*table, strict=True)] for table in tables]
    fields: list[_Field] = []
    shift = 0
    for lows, highs in zip(zip(*least, strict=True), zip(*most, strict=True), strict=True):
        width = (sum(highs) - sum(lows)).bit_length()
        fields.append(_Field(shift, (1 << width) - 1, sum(lows)))
        shift += width
    packed = tuple(
        tuple(
            sum(
                (amount - low) << field.shift
                for amount, low, field in zip(row, lows, fields, strict=True)
            )
            for row in table
        )
        for table, lows in zip(tables, least, strict=True)
    )
    return packed, fields
