# SPDX-License-Identifier: MIT
"""What a playbook says of one lead at one moment: score, bounds, verdict, and what is still open.

Pure and quick enough to run on every answer, on the thread that draws the window.
Source: docs/assessment.md, "Score and verdict".
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from leaddesk.core.domain.call import AnswerValue
from leaddesk.core.domain.chances import chances
from leaddesk.core.domain.flips import flips
from leaddesk.core.domain.playbook import Effect, Playbook
from leaddesk.core.domain.resolve import Resolved
from leaddesk.core.domain.scoring import OPEN, Scored, Sheet, sheet_of
from leaddesk.core.domain.verdict import Verdict

BELOW_THRESHOLD = "below_threshold"


@dataclass(frozen=True, slots=True)
class NextQuestion:
    """An open question and what it can decide: bits of entropy, and points between its ends."""

    question: str
    value: float
    swing: int


@dataclass(frozen=True, slots=True)
class CriterionScore:
    """One criterion in points; `met`: what it requires for a pass holds; `open`: question ids."""

    id: str
    earned: int
    most: int
    low: int
    high: int
    met: bool
    open: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Assessment:
    """The whole answer. Points are integers, scores percent of `most` in 0..100.

    Attributes:
        most: The most points a lead can earn.
        low_points, high_points: If every open question took its lowest, its highest points.
        reasons: Ids of the reasons of disqualifying, then of holding outcomes, then
            `below_threshold` where the score alone disqualifies.
        reachable: Verdicts over all ways to answer every open question.
        settled: Exactly one verdict is reachable.
        recommendation: That verdict if settled, else the verdict of today.
        chance: Pass, nurture, disqualify -> probability.
        next: Every open question, the one worth most first.
        flips, flip_counts: See `domain.flips`.
    """

    earned: int
    most: int
    low_points: int
    high_points: int
    covered_points: int
    verdict: Verdict
    reasons: tuple[str, ...]
    reachable: tuple[Verdict, ...]
    settled: bool
    recommendation: Verdict
    chance: Mapping[Verdict, float]
    next: tuple[NextQuestion, ...]
    flips: Mapping[Verdict, tuple[Mapping[str, AnswerValue], ...]]
    flip_counts: Mapping[Verdict, int]
    criteria: tuple[CriterionScore, ...]

    @property
    def score(self) -> float:
        """Percent, not rounded."""
        return _percent(self.earned, self.most)

    @property
    def low(self) -> float:
        """Least percent still possible, not rounded."""
        return _percent(self.low_points, self.most)

    @property
    def high(self) -> float:
        """Most percent still possible, not rounded."""
        return _percent(self.high_points, self.most)

    @property
    def coverage(self) -> float:
        """Percent of the points whose questions are answered, not rounded."""
        return _percent(self.covered_points, self.most)

    @property
    def shown_coverage(self) -> int:
        """Whole percent of what is known, rounded down: 49.9 never shows as 50."""
        return _whole_percent(self.covered_points, self.most)

    @property
    def shown_score(self) -> int:
        """Whole percent for people, rounded down: 69.9 never shows as 70."""
        return _whole_percent(self.earned, self.most)

    @property
    def shown_low(self) -> int:
        """Least whole percent still possible, rounded down."""
        return _whole_percent(self.low_points, self.most)

    @property
    def shown_high(self) -> int:
        """Most whole percent still possible, rounded down."""
        return _whole_percent(self.high_points, self.most)


def assess(
    playbook: Playbook, resolved: Resolved, weights: Mapping[str, Sequence[int]] | None = None
) -> Assessment:
    """Return what a playbook says of a lead.

    Args:
        playbook: What the team agreed on.
        resolved: The outcome of each question that has one, of this playbook.
        weights: Question id -> positive whole weight of each outcome, as learned from past calls;
            a question without weights takes its outcomes evenly. They change chances and values.

    Source: docs/assessment.md, "Score and verdict".
    """
    sheet = sheet_of(playbook)
    codes = codes_of(resolved)
    scored = sheet.score(codes)
    ways = chances(sheet, codes, weights)
    reachable = ways.reachable
    settled = len(reachable) == 1
    turned = flips(sheet, codes)
    return Assessment(
        earned=scored.earned,
        most=sheet.most,
        low_points=scored.low_points,
        high_points=scored.high_points,
        covered_points=scored.covered_points,
        verdict=scored.verdict,
        reasons=_reasons(sheet, codes, scored),
        reachable=reachable,
        settled=settled,
        recommendation=reachable[0] if settled else scored.verdict,
        chance=ways.shares,
        next=_next(sheet, ways.values),
        flips=turned.sets,
        flip_counts=turned.counts,
        criteria=_criteria(sheet, codes),
    )


def quick_score(playbook: Playbook, codes: Sequence[int]) -> Scored:
    """Return score, bounds and verdict alone, for backtests over many leads.

    Args:
        playbook: What the team agreed on.
        codes: One code a question that has outcomes: an outcome's index or `scoring.OPEN`.
    """
    return sheet_of(playbook).score(codes)


def codes_of(resolved: Resolved) -> tuple[int, ...]:
    """Return the codes `quick_score` and the compiled sheet take."""
    return tuple(OPEN if outcome is None else outcome for outcome in resolved.outcomes)


def _percent(points: int, most: int) -> float:
    return min(100.0, max(0.0, 100 * points / most))


def _whole_percent(points: int, most: int) -> int:
    return min(100, max(0, 100 * points // most))


def _reasons(sheet: Sheet, codes: Sequence[int], scored: Scored) -> tuple[str, ...]:
    answered = [
        one.outcomes[code] for one, code in zip(sheet.asked, codes, strict=True) if code != OPEN
    ]
    reasons = [
        reason
        for effect in Effect
        for outcome in answered
        if outcome.effect is effect
        for reason in outcome.reasons
    ]
    if scored.verdict is Verdict.DISQUALIFY and not any(
        outcome.effect is Effect.DISQUALIFY for outcome in answered
    ):
        reasons.append(BELOW_THRESHOLD)
    return tuple(reasons)


def _next(sheet: Sheet, values: Mapping[int, float]) -> tuple[NextQuestion, ...]:
    order = sorted(
        (-round(value, 9), sheet.asked[i].lowest - sheet.asked[i].highest, i)
        for i, value in values.items()
    )
    return tuple(
        NextQuestion(sheet.asked[i].question.id, max(0.0, values[i]), -swing)
        for _, swing, i in order
    )


def _criteria(sheet: Sheet, codes: Sequence[int]) -> tuple[CriterionScore, ...]:
    scores = []
    for position, criterion in enumerate(sheet.criteria):
        earned = most = low = high = 0
        open_ = []
        for one, code in zip(sheet.asked, codes, strict=True):
            if one.criterion != position:
                continue
            most += max(0, one.highest)
            if code == OPEN:
                low, high = low + one.lowest, high + one.highest
                open_.append(one.question.id)
            else:
                earned += one.outcomes[code].points
        answered_if_required = not (criterion.required and criterion.scored and open_)
        reached = criterion.minimum is None or earned >= criterion.minimum
        scores.append(
            CriterionScore(
                criterion.id, earned, most, earned + low, earned + high,
                answered_if_required and reached, tuple(open_),
            )
        )  # fmt: skip
    return tuple(scores)
