# SPDX-License-Identifier: MIT
"""The assessment written down naively, by enumeration, to hold the real one against.

Follows docs/assessment.md sentence by sentence and shares nothing with the product but the
playbook's values. Exact where it can be (fractions), hopeless on anything but small playbooks.
"""

from fractions import Fraction
from itertools import combinations, product
from math import log2

from leaddesk.core.domain.playbook import Effect, Kind, Playbook, Question

VERDICTS = ("pass", "nurture", "disqualify")
Outcome = tuple[int, Effect | None, tuple[str, ...], object]


def outcomes(question: Question) -> list[Outcome]:
    if question.kind in (Kind.NUMBER, Kind.MONEY, Kind.MONTHS):
        return [
            (b.points, b.effect, (b.reason,) if b.reason else (), b.at_least)
            for b in question.bands
        ]
    if question.kind is Kind.CHOICES:
        found = []
        for bits in range(2 ** len(question.options)):
            picked = [o for i, o in enumerate(question.options) if bits & 2**i]
            points = sum(o.points for o in picked)
            if question.at_most is not None and points > question.at_most:
                points = question.at_most
            effect = None
            for wanted in (Effect.HOLD, Effect.DISQUALIFY):
                if any(o.effect == wanted for o in picked):
                    effect = wanted
            reasons = tuple(o.reason for o in picked if effect and o.effect == effect and o.reason)
            found.append((points, effect, reasons, tuple(o.id for o in picked)))
        return found
    return [
        (o.points, o.effect, (o.reason,) if o.reason else (), o.id)
        for o in question.options
        if not o.open
    ]


class BruteForce:
    """Everything of an assessment for given answers: question id -> index of its outcome."""

    def __init__(self, playbook: Playbook, answered: dict[str, int]) -> None:
        self.playbook = playbook
        self.answered = answered
        self.asked = [
            (criterion, question)
            for criterion in playbook.criteria
            for question in criterion.questions
            if question.kind is not Kind.TEXT
        ]
        self.outcomes = {q.id: outcomes(q) for _, q in self.asked}
        self.open = [q.id for _, q in self.asked if q.id not in answered]
        self.most = sum(
            max(0, *(o[0] for o in self.outcomes[q.id])) for c, q in self.asked if c.scored
        )

    def state(self, extra: dict[str, int] | None = None):
        answers = {**self.answered, **(extra or {})}
        earned = covered = 0
        disqualified = held = False
        ready = True
        for criterion in self.playbook.criteria:
            own = 0
            for question in criterion.questions:
                if question.kind is Kind.TEXT:
                    continue
                options = self.outcomes[question.id]
                if question.id in answers:
                    points, effect, _, _ = options[answers[question.id]]
                    own += points
                    disqualified |= effect is Effect.DISQUALIFY
                    held |= effect is Effect.HOLD
                    if criterion.scored:
                        earned += points
                        covered += max(0, *(o[0] for o in options))
                elif criterion.required and criterion.scored:
                    ready = False
            if criterion.minimum is not None and own < criterion.minimum:
                ready = False
        return earned, covered, disqualified, held, ready

    def score(self, points: int) -> Fraction:
        return min(Fraction(100), max(Fraction(0), Fraction(100 * points, self.most)))

    def verdict(self, extra: dict[str, int] | None = None) -> str:
        earned, covered, disqualified, held, ready = self.state(extra)
        rule = self.playbook.decision
        if disqualified:
            return "disqualify"
        if self.score(earned) >= rule.pass_at and not held and ready:
            return "pass"
        if self.score(earned) >= rule.nurture_at:
            return "nurture"
        if Fraction(100 * covered, self.most) < rule.minimum_coverage:
            return "undecided"
        return "disqualify"

    def completions(self, fixed: dict[str, int] | None = None):
        fixed = fixed or {}
        rest = [q for q in self.open if q not in fixed]
        for picked in product(*(range(len(self.outcomes[q])) for q in rest)):
            yield {**fixed, **dict(zip(rest, picked, strict=True))}

    def chance(self, fixed=None, weights=None) -> dict[str, Fraction]:
        counts = dict.fromkeys(VERDICTS, 0)
        for completion in self.completions(fixed):
            weight = 1
            for question, index in completion.items():
                if question not in (fixed or {}) and weights and question in weights:
                    weight *= weights[question][index]
            counts[self.verdict(completion)] += weight
        total = sum(counts.values())
        return {verdict: Fraction(n, total) for verdict, n in counts.items()}

    def value(self, question: str, weights=None) -> float:
        size = len(self.outcomes[question])
        own = weights.get(question) if weights else None
        own = own or [1] * size
        after = sum(
            own[i] * entropy(self.chance({question: i}, weights)) for i in range(size)
        ) / sum(own)
        return entropy(self.chance(None, weights)) - after

    def flips(self) -> dict[str, list[dict[str, object]]]:
        found: dict[str, list[dict[str, object]]] = {}
        today = self.verdict()
        for target in VERDICTS:
            if target == today:
                continue
            for size in (1, 2, 3):
                sets = [
                    {q: self.outcomes[q][i][3] for q, i in zip(questions, picked, strict=True)}
                    for questions in combinations(self.open, size)
                    for picked in product(*(range(len(self.outcomes[q])) for q in questions))
                    if self.verdict(dict(zip(questions, picked, strict=True))) == target
                ]
                if sets:
                    found[target] = sets
                    break
        return found

    def reasons(self) -> list[str]:
        picked = [
            self.outcomes[q.id][self.answered[q.id]] for _, q in self.asked if q.id in self.answered
        ]
        found = [r for o in picked if o[1] is Effect.DISQUALIFY for r in o[2]]
        found += [r for o in picked if o[1] is Effect.HOLD for r in o[2]]
        if self.verdict() == "disqualify" and not self.state()[2]:
            found.append("below_threshold")
        return found


def entropy(chance: dict[str, Fraction]) -> float:
    return -sum(float(p) * log2(p) for p in chance.values() if p)
