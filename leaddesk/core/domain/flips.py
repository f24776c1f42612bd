# SPDX-License-Identifier: MIT
"""The fewest answers that would turn today's verdict into another one.

How many such sets there are is counted by convolution, as the chances are: one polynomial each
for none, one, two and three further answers. The first twenty are then found by a search that
follows the playbook's order and leaves out whatever can't reach the points any more.
Source: docs/assessment.md, "Flips"; docs/adr/0007-assessment-by-convolution.md.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from math import inf

from leaddesk.core.domain.call import AnswerValue
from leaddesk.core.domain.playbook import Effect
from leaddesk.core.domain.polynomials import from_slot, sum_of
from leaddesk.core.domain.scoring import OPEN, Scored, Sheet
from leaddesk.core.domain.verdict import DECISIONS, Verdict

MOST_ANSWERS = 3
MOST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Flips:
    """What would turn the verdict; verdicts that nothing turns it into are left out.

    Attributes:
        sets: Verdict -> the first twenty of its smallest sets of answers.
        counts: Verdict -> how many sets of that size there are.
    """

    sets: Mapping[Verdict, tuple[Mapping[str, AnswerValue], ...]]
    counts: Mapping[Verdict, int]


def flips(sheet: Sheet, codes: Sequence[int]) -> Flips:
    """Return the smallest sets of answers, of at most three, that turn the verdict of a sheet."""
    sets: dict[Verdict, tuple[Mapping[str, AnswerValue], ...]] = {}
    counts: dict[Verdict, int] = {}
    now = _Now(sheet, codes)
    if not sheet.is_disqualified(now.packed):
        for target in DECISIONS:
            if target is not now.scored.verdict:
                for size in range(1, min(MOST_ANSWERS, len(now.open)) + 1):
                    if count := _count(now, target, size):
                        found = _Search(now, target, size).sets()
                        sets[target] = tuple(islice(found, min(count, MOST_SHOWN)))
                        counts[target] = count
                        break
    return Flips(sets, counts)


class _Now:
    """A sheet as it stands, and the polynomials of its next answers.

    Attributes:
        open: Positions of the open questions.
        points: Points each criterion has earned.
    """

    def __init__(self, sheet: Sheet, codes: Sequence[int]) -> None:
        self.sheet = sheet
        self.packed = sheet.total(codes)
        self.scored: Scored = sheet.score(codes)
        self.open = [i for i, code in enumerate(codes) if code == OPEN]
        self.points = [0] * len(sheet.criteria)
        for one, code in zip(sheet.asked, codes, strict=True):
            if code != OPEN:
                self.points[one.criterion] += one.outcomes[code].points
        # Every answer is lifted by the same amount, so that no exponent is below zero.
        self.lift = max(0, *(-sheet.asked[i].lowest for i in self.open), 0)
        ways = 1 + sum(len(sheet.asked[i].outcomes) for i in self.open)
        self.bits = (ways**MOST_ANSWERS).bit_length() + 1

    def poly(self, question: int, effects: frozenset[Effect | None]) -> int:
        """Return the ways to each number of (lifted) points by outcomes of these effects."""
        outcomes = self.sheet.asked[question].outcomes
        return sum(
            1 << (outcome.points + self.lift) * self.bits
            for outcome in outcomes
            if outcome.effect in effects
        )

    def reaching(self, polys: Sequence[int], size: int, threshold: int | None) -> int:
        """Return how many sets of `size` answers lead to at least `threshold` points."""
        if threshold is None:
            return sum_of(polys[size], self.bits)
        slot = threshold - self.scored.earned + size * self.lift
        return sum_of(polys[size] >> max(0, slot) * self.bits, self.bits)

    @cached_property
    def keeping(self) -> list[int]:
        """By number of answers: the ways to each sum of points without a disqualifying one."""
        return self._combined(frozenset({None, Effect.HOLD}), passing=False)

    @cached_property
    def passing(self) -> list[int]:
        """By number of answers: those that meet whatever a pass needs besides the points."""
        return self._combined(frozenset({None}), passing=True)

    @cached_property
    def all_ways(self) -> list[int]:
        """By number of answers: how many sets of them there are."""
        ways = [1, 0, 0, 0]
        for i in self.open:
            _add_answer(ways, len(self.sheet.asked[i].outcomes))
        return ways

    def open_of(self, criterion: int) -> list[int]:
        """Return the open questions of a criterion."""
        return [i for i in self.open if self.sheet.asked[i].criterion == criterion]

    def _combined(self, effects: frozenset[Effect | None], *, passing: bool) -> list[int]:
        combined = [1, 0, 0, 0]
        for position, criterion in enumerate(self.sheet.criteria):
            questions = self.open_of(position)
            polys = [1, 0, 0, 0]
            for i in questions:
                _add_answer(polys, self.poly(i, effects))
            if passing and criterion.minimum is not None:
                lacking = criterion.minimum - self.points[position]
                polys = [
                    from_slot(poly, lacking + size * self.lift, self.bits)
                    for size, poly in enumerate(polys)
                ]
            if not criterion.scored:
                polys = [
                    sum_of(poly, self.bits) << size * self.lift * self.bits
                    for size, poly in enumerate(polys)
                ]
            elif passing and criterion.required:
                polys = [p if size == len(questions) else 0 for size, p in enumerate(polys)]
            combined = [
                sum(combined[a] * polys[size - a] for a in range(size + 1))
                for size in range(MOST_ANSWERS + 1)
            ]
        return combined


def _add_answer(polys: list[int], poly: int) -> None:
    """Let one more question be answered or not: polys[n] are the ways with n answers."""
    for size in range(MOST_ANSWERS, 0, -1):
        polys[size] += polys[size - 1] * poly


def _count(now: _Now, target: Verdict, size: int) -> int:
    """Return how many sets of `size` answers turn the verdict into `target`."""
    sheet = now.sheet
    if target is Verdict.DISQUALIFY:
        ruled_out = now.all_ways[size] - now.reaching(now.keeping, size, None)
        return ruled_out + _count_below(now, size)
    passed = 0
    if not sheet.is_held(now.packed):
        passed = now.reaching(now.passing, size, sheet.pass_points)
    if target is Verdict.PASS:
        return passed
    return now.reaching(now.keeping, size, sheet.nurture_points) - passed


def _count_below(now: _Now, size: int) -> int:
    """Return how many sets of answers know enough and stay below the bar of nurture."""
    sheet = now.sheet
    if sheet.nurture_points is None:
        return 0
    lacking = sheet.coverage_points - now.scored.covered_points
    if lacking <= 0:
        polys = now.keeping
    else:
        mosts = sorted((sheet.asked[i].most for i in now.open), reverse=True)
        if sum(mosts[:size]) < lacking:
            return 0
        polys = _covering(now, lacking)
    reached = now.reaching(polys, size, sheet.nurture_points)
    return now.reaching(polys, size, None) - reached


def _covering(now: _Now, lacking: int) -> list[int]:
    """Return `keeping` for those sets alone that cover `lacking` more points."""
    effects = frozenset({None, Effect.HOLD})
    states: list[dict[int, int]] = [{0: 1}, {}, {}, {}]
    for i in now.open:
        one = now.sheet.asked[i]
        poly = now.poly(i, effects)
        if not one.scored:
            poly = sum_of(poly, now.bits) << now.lift * now.bits
        for size in range(MOST_ANSWERS, 0, -1):
            for covered, ways in states[size - 1].items():
                then = min(lacking, covered + one.most)
                states[size][then] = states[size].get(then, 0) + ways * poly
    return [state.get(lacking, 0) for state in states]


class _Search:
    """The sets of `size` answers that turn the verdict into `target`, in the playbook's order.

    The points a set has to bring are a bound in one direction: up for pass and nurture, down for
    disqualify. Everything else is left to the verdict itself.
    """

    def __init__(self, now: _Now, target: Verdict, size: int) -> None:
        self._now = now
        self._target = target
        self._size = size
        self._sign, self._need = self._bound()
        asked = now.sheet.asked
        barred = {
            Verdict.PASS: {Effect.DISQUALIFY, Effect.HOLD},
            Verdict.NURTURE: {Effect.DISQUALIFY},
        }
        self._moves = [
            [
                (code, outcome.points * self._sign if asked[i].scored else 0)
                for code, outcome in enumerate(asked[i].outcomes)
                if outcome.effect not in barred.get(target, ())
            ]
            for i in now.open
        ]
        self._best = [max((gain for _, gain in moves), default=-inf) for moves in self._moves]
        self._top = _best_of_the_rest(self._best)
        self._must: frozenset[int] = frozenset()
        self._touch: frozenset[int] = frozenset()
        if target is Verdict.PASS:
            self._must, self._touch = self._needed_for_a_pass()

    def sets(self) -> Iterator[Mapping[str, AnswerValue]]:
        """Yield the sets, questions first in order, then their outcomes."""
        asked = self._now.sheet.asked
        for chosen in self._questions(0, (), 0, self._must, self._touch):
            for codes in self._answers(chosen, (), 0, self._now.packed):
                ones = (asked[self._now.open[at]] for at in chosen)
                yield {
                    one.question.id: one.outcomes[code].answer
                    for one, code in zip(ones, codes, strict=True)
                }

    def _bound(self) -> tuple[int, float]:
        """Return the direction that points have to go, and how far at the least."""
        sheet, earned = self._now.sheet, self._now.scored.earned
        if self._target is Verdict.PASS:
            return 1, sheet.pass_points - earned
        if self._target is Verdict.NURTURE:
            if self._now.scored.verdict is Verdict.PASS and self._only_points_undo_a_pass():
                return -1, earned - sheet.pass_points + 1
            return 1, -inf if sheet.nurture_points is None else sheet.nurture_points - earned
        # A single answer may disqualify by itself; if none does, only points can.
        if self._size == 1 or sheet.nurture_points is None:
            return -1, -inf
        return -1, earned - sheet.nurture_points + 1

    def _only_points_undo_a_pass(self) -> bool:
        asked = (self._now.sheet.asked[i] for i in self._now.open)
        return all(c.minimum is None for c in self._now.sheet.criteria) and not any(
            outcome.effect is Effect.HOLD for one in asked for outcome in one.outcomes
        )

    def _needed_for_a_pass(self) -> tuple[frozenset[int], frozenset[int]]:
        """Return the questions that have to be in a set, and the criteria that need one in it."""
        must, touch = set(), set()
        for at, i in enumerate(self._now.open):
            one = self._now.sheet.asked[i]
            criterion = self._now.sheet.criteria[one.criterion]
            if criterion.required and one.scored:
                must.add(at)
        for position, criterion in enumerate(self._now.sheet.criteria):
            if criterion.minimum is not None and self._now.points[position] < criterion.minimum:
                touch.add(position)
        return frozenset(must), frozenset(touch)

    def _questions(
        self,
        start: int,
        chosen: tuple[int, ...],
        best: float,
        must: frozenset[int],
        touch: frozenset[int],
    ) -> Iterator[tuple[int, ...]]:
        """Yield the questions of sets that can still bring the points."""
        left = self._size - len(chosen)
        if not left:
            yield chosen
            return
        for at in range(start, len(self._best)):
            if best + self._top[left][at] < self._need:
                return
            criterion = self._now.sheet.asked[self._now.open[at]].criterion
            then = best + self._best[at]
            must_then, touch_then = must - {at}, touch - {criterion}
            if (
                max(len(must_then), len(touch_then)) < left
                and then + self._top[left - 1][at + 1] >= self._need
            ):
                yield from self._questions(at + 1, (*chosen, at), then, must_then, touch_then)
            if at in must:
                return

    def _answers(
        self, chosen: tuple[int, ...], codes: tuple[int, ...], gained: int, packed: int
    ) -> Iterator[tuple[int, ...]]:
        """Yield the outcomes of the chosen questions that do turn the verdict."""
        done = len(codes)
        if done == len(chosen):
            if self._now.sheet.verdict(packed) is self._target:
                yield codes
            return
        rest = sum(self._best[at] for at in chosen[done + 1 :])
        table = self._now.sheet.tables[self._now.open[chosen[done]]]
        for code, gain in self._moves[chosen[done]]:
            if gained + gain + rest >= self._need:
                then = packed - table[OPEN] + table[code]
                yield from self._answers(chosen, (*codes, code), gained + gain, then)


def _best_of_the_rest(best: Sequence[float]) -> list[list[float]]:
    """Return [n][start]: the most that exactly n of the questions from `start` on can bring."""
    top = [[-inf] * (len(best) + 1) for _ in range(MOST_ANSWERS + 1)]
    largest: list[float] = []
    top[0] = [0.0] * (len(best) + 1)
    for start in range(len(best) - 1, -1, -1):
        largest = sorted((*largest, best[start]), reverse=True)[:MOST_ANSWERS]
        for n in range(1, len(largest) + 1):
            top[n][start] = sum(largest[:n])
    return top
