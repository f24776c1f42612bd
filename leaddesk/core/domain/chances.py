# SPDX-License-Identifier: MIT
"""How the call can still end: every completion of a sheet counted, none enumerated.

The number of ways to reach each sum of points is a polynomial, and a polynomial with small
coefficients fits into one Python integer, a coefficient a slot of bits: one multiplication is one
convolution. The number of completions that reach a threshold is then a product of one polynomial
a question, cut where a criterion has a minimum. One pass up a tree of products gives the number;
one pass down gives at every leaf the number for each outcome of that question (the derivative of
the product), so that all questions together cost little more than one.
Source: docs/assessment.md, "What is still open";
docs/adr/0007-assessment-by-convolution.md.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import gcd, log2, prod

from leaddesk.core.domain.playbook import Effect
from leaddesk.core.domain.polynomials import from_slot, ones, sum_of, times_ones
from leaddesk.core.domain.scoring import OPEN, Sheet
from leaddesk.core.domain.verdict import DECISIONS, Verdict

Group = tuple[int, Effect | None]
"""Outcomes of one question that no verdict can tell apart: points and effect."""

MOST_EFFORT = 300_000
"""Playbooks that would take more are refused: the window would stutter on every answer."""

PASSING: frozenset[Effect | None] = frozenset({None})
KEEPING: frozenset[Effect | None] = frozenset({None, Effect.HOLD})


@dataclass(frozen=True, slots=True)
class Chances:
    """How the completions of a sheet end.

    Attributes:
        counts: Weighted number of completions that end in pass, in nurture, in disqualify.
        values: Position of each open question -> bits that hearing its answer is worth.
    """

    counts: tuple[int, int, int]
    values: Mapping[int, float]

    @property
    def reachable(self) -> tuple[Verdict, ...]:
        """Verdicts that some completion ends in, in the order of JSON."""
        return tuple(v for v, count in zip(DECISIONS, self.counts, strict=True) if count)

    @property
    def shares(self) -> dict[Verdict, float]:
        """Verdict -> probability; the three add up to 1."""
        total = sum(self.counts)
        return {v: count / total for v, count in zip(DECISIONS, self.counts, strict=True)}


def chances(
    sheet: Sheet, codes: Sequence[int], weights: Mapping[str, Sequence[int]] | None = None
) -> Chances:
    """Return how the completions of a sheet end, and what each open question is worth.

    Args:
        sheet: The playbook, compiled.
        codes: One code a question of `sheet.asked`: an outcome or `OPEN`.
        weights: Question id -> positive whole weight of each outcome, for example how often it
            came up on past calls; the outcomes of a question without weights are equally likely.
    """
    questions = [i for i, code in enumerate(codes) if code == OPEN]
    groups = {
        i: _groups(sheet, i, (weights or {}).get(sheet.asked[i].question.id)) for i in questions
    }
    total = prod(sum(group.values()) for group in groups.values())
    packed = sheet.total(codes)
    if sheet.is_disqualified(packed):
        return Chances((0, 0, total), dict.fromkeys(questions, 0.0))
    census = _Census(sheet, codes, groups, total)
    kept, kept_by = census.count(sheet.nurture_points, KEEPING)
    passed, passed_by = 0, {i: dict[Group, int]() for i in questions}
    if not sheet.is_held(packed):
        passed, passed_by = census.count(sheet.pass_points, PASSING)
    now = _entropy(passed, kept, total)
    values = {}
    for i, group in groups.items():
        size = sum(group.values())
        rest = total // size
        after = sum(
            weight * _entropy(passed_by[i].get(outcome, 0), kept_by[i].get(outcome, 0), rest)
            for outcome, weight in group.items()
        )
        values[i] = now - after / size
    return Chances((passed, kept - passed, total - kept), values)


def effort(sheet: Sheet) -> int:
    """Return the bits of the largest polynomial there can be: how much work an assessment is.

    Up to 50,000 an assessment takes milliseconds, at `MOST_EFFORT` some hundredths of a second.
    """
    total = prod(len(one.outcomes) for one in sheet.asked)
    spread = [outcome.points - one.lowest for one in sheet.asked for outcome in one.outcomes]
    slots = sum(one.highest - one.lowest for one in sheet.asked) // (gcd(*spread) or 1)
    return slots * total.bit_length()


def _groups(sheet: Sheet, question: int, weights: Sequence[int] | None) -> dict[Group, int]:
    """Return the weight of each group of outcomes of a question."""
    outcomes = sheet.asked[question].outcomes
    groups: dict[Group, int] = {}
    for outcome, weight in zip(outcomes, weights or (1,) * len(outcomes), strict=True):
        group = outcome.points, outcome.effect
        groups[group] = groups.get(group, 0) + weight
    return groups


def _entropy(passed: int, kept: int, total: int) -> float:
    """Return the entropy in bits of pass, nurture (kept, not passed) and disqualify (the rest)."""
    bits = 0.0
    for count in (passed, kept - passed, total - kept):
        if count and count != total:
            share = count / total
            bits -= share * log2(share)
    return bits


class _Census:
    """Counts the completions of one sheet that reach a threshold by outcomes of some effects."""

    def __init__(
        self,
        sheet: Sheet,
        codes: Sequence[int],
        groups: Mapping[int, Mapping[Group, int]],
        total: int,
    ) -> None:
        self._sheet = sheet
        self._groups = groups
        self._bits = total.bit_length() + 1
        self._lowest = {i: min(points for points, _ in group) for i, group in groups.items()}
        # Points in common steps (all multiples of 4, say) make polynomials that much shorter.
        self._step = (
            gcd(*(p - self._lowest[i] for i, group in groups.items() for p, _ in group)) or 1
        )
        self._points = [0] * len(sheet.criteria)
        for one, code in zip(sheet.asked, codes, strict=True):
            if code != OPEN:
                self._points[one.criterion] += one.outcomes[code].points

    def count(
        self, threshold: int | None, effects: frozenset[Effect | None]
    ) -> tuple[int, dict[int, dict[Group, int]]]:
        """Return how many completions reach `threshold` points by outcomes of these effects only.

        With `PASSING`, the minimum of every criterion has to be met, too.

        Returns:
            The number, and per open question the number for each group of its outcomes (of the
            completions of all other questions).
        """
        nodes: list[_Node] = []
        leaves: dict[int, _Leaf] = {}
        earned = 0
        for position, criterion in enumerate(self._sheet.criteria):
            own = {i: self._leaf(i, effects) for i in self._open_of(position)}
            leaves |= own
            cut = 0
            if criterion.minimum is not None and effects is PASSING:
                cut = self._slots_to(criterion.minimum, self._points[position], own)
            if criterion.scored:
                earned += self._points[position]
            if cut > 0 or not criterion.scored:
                inside = _product(list(own.values()), self._bits)
                nodes.append(_Gate(inside, max(0, cut), self._bits, scored=criterion.scored))
            else:
                nodes.extend(own.values())
        scored = [i for i in leaves if self._sheet.asked[i].scored]
        need = 0 if threshold is None else max(0, self._slots_to(threshold, earned, scored))
        root = _product(nodes, self._bits)
        root.spread_step(max(0, root.span - need + 1))
        counts = {
            i: {
                (points, effect): leaf.counts[(points - self._lowest[i]) // self._step]
                for points, effect in self._groups[i]
                if effect in effects
            }
            for i, leaf in leaves.items()
        }
        if not counts:
            return int(root.span >= need and root.poly > 0), counts
        # Whichever question is taken, its outcomes share out all completions between them.
        question, shares = next(iter(counts.items()))
        weights = self._groups[question]
        return sum(weights[group] * number for group, number in shares.items()), counts

    def _open_of(self, criterion: int) -> list[int]:
        return [i for i in self._groups if self._sheet.asked[i].criterion == criterion]

    def _leaf(self, question: int, effects: frozenset[Effect | None]) -> "_Leaf":
        slots: dict[int, int] = {}
        span = 0
        for (points, effect), weight in self._groups[question].items():
            slot = (points - self._lowest[question]) // self._step
            span = max(span, slot)
            if effect in effects:
                slots[slot] = slots.get(slot, 0) + weight
        return _Leaf(slots, span, self._bits)

    def _slots_to(self, bar: int, earned: int, questions: Iterable[int]) -> int:
        """Return the first slot of a product over `questions` that reaches `bar` points."""
        return -((earned + sum(self._lowest[i] for i in questions) - bar) // self._step)


class _Leaf:
    """The outcomes of one question: slot (points above its lowest, in steps) -> weight.

    Attributes:
        counts: After `spread`: slot -> completions of all others that reach the threshold with it.
    """

    def __init__(self, slots: Mapping[int, int], span: int, bits: int) -> None:
        self.poly = sum(weight << slot * bits for slot, weight in slots.items())
        self.span = span
        self.counts: dict[int, int] = dict.fromkeys(slots, 0)
        self._bits = bits

    def spread_step(self, slots: int) -> None:
        self.spread(ones(slots, self._bits))

    def spread(self, outside: int) -> None:
        bits = self._bits
        mask = (1 << bits) - 1
        for slot in self.counts:
            self.counts[slot] = outside >> (self.span - slot) * bits & mask


class _Pair:
    """The product of two nodes: their points add up, their ways multiply."""

    def __init__(self, left: "_Node", right: "_Node", bits: int) -> None:
        self.span: int = left.span + right.span
        self._parts = left, right
        self._bits = bits

    @cached_property
    def poly(self) -> int:
        """Worked out on demand: nobody asks for that of the root, the largest of all."""
        left, right = self._parts
        return left.poly * right.poly

    def spread_step(self, slots: int) -> None:
        """Hand down that the highest `slots` sums of this node reach the threshold."""
        left, right = self._parts
        for part, other in ((left, right), (right, left)):
            part.spread(self._window(times_ones(other.poly, slots, self._bits), part, other))

    def spread(self, outside: int) -> None:
        """Hand down what the rest of the tree makes of each sum of this node.

        `outside` holds it with the highest sum in the lowest slot. With the order turned round,
        what it means for one part is a window of the product with the other part.
        """
        left, right = self._parts
        for part, other in ((left, right), (right, left)):
            part.spread(self._window(other.poly * outside, part, other))

    def _window(self, product: int, part: "_Node", other: "_Node") -> int:
        return product >> other.span * self._bits & (1 << (part.span + 1) * self._bits) - 1


class _Gate:
    """A criterion: sums below `cut` lead nowhere; where it is not scored, sums do not add up."""

    def __init__(self, inside: "_Node", cut: int, bits: int, *, scored: bool) -> None:
        kept = from_slot(inside.poly, cut, bits)
        self.poly: int = kept if scored else sum_of(kept, bits)
        self.span: int = inside.span if scored else 0
        self._inside = inside
        self._open_slots = inside.span - cut + 1
        self._scored = scored
        self._bits = bits

    def spread_step(self, slots: int) -> None:
        self.spread(ones(slots, self._bits))

    def spread(self, outside: int) -> None:
        if self._open_slots <= 0:
            self._inside.spread(0)
        elif self._scored:
            self._inside.spread(outside & (1 << self._open_slots * self._bits) - 1)
        else:
            self._inside.spread(outside * ones(self._open_slots, self._bits))


_Node = _Leaf | _Pair | _Gate


def _product(nodes: Sequence[_Node], bits: int) -> _Node:
    """Return the product of nodes as a balanced tree; of none, a leaf with one way to no points."""
    if not nodes:
        return _Leaf({0: 1}, 0, bits)
    if len(nodes) == 1:
        return nodes[0]
    middle = len(nodes) // 2
    return _Pair(_product(nodes[:middle], bits), _product(nodes[middle:], bits), bits)
