# SPDX-License-Identifier: MIT
"""The grade of a lead before anybody calls it: fit letter from its data, digit from engagement.

Source: docs/playbook-format.md, "`[engagement]` and `[grades]`".
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from leaddesk.core.domain.lead import Lead
from leaddesk.core.domain.outcomes import outcomes_of
from leaddesk.core.domain.playbook import GradeRule, Kind, Playbook, Question
from leaddesk.core.domain.resolve import lead_field, outcome_from_data


@dataclass(frozen=True, slots=True)
class Grade:
    """What the lead list shows and sorts by.

    Attributes:
        letter: A to D, empty when nothing of the fit is known.
        digit: "1" to "4" by engagement, empty when nobody follows what the lead does.
        fit: Percent 0..100 of what the known part of the fit can earn, None when none is known.
        priority: Larger is called earlier: fit and engagement added up.
    """

    letter: str
    digit: str
    fit: int | None
    engagement: int

    @property
    def text(self) -> str:
        """Letter and digit, A1 to D4; empty when nothing of the fit is known, which is not D."""
        return f"{self.letter}{self.digit}" if self.letter else ""

    @property
    def priority(self) -> int:
        """0..200."""
        return (self.fit or 0) + max(0, self.engagement)


_REMEMBERED = 1 << 14

UNGRADED = Grade("", "", None, 0)


def grade_lead(playbook: Playbook, lead: Lead, engagement: int | None) -> Grade:
    """Return the grade of a lead from its data and its engagement score (0..100).

    A playbook without grades grades nothing. Questions of the fit criterion that the data does
    not answer are left out of the percent: unknown is not zero. Where the data answers less than
    half of what the criterion can earn, there is no letter: a country alone is no fit.
    """
    fit = _fit(playbook)
    return fit.grades[fit.known(lead), engagement]


def _grade(rule: GradeRule, known: tuple[int, int], all_most: int, engagement: int | None) -> Grade:
    """Return the grade of what is known of the fit: points earned, and the most of these."""
    digit = ""
    if engagement is not None:
        digit = str(1 + sum(engagement < bar for bar in rule.engagement))
    earned, most = known
    if not most or 2 * most < all_most:
        return Grade("", digit, None, engagement or 0)
    percent = min(100, max(0, 100 * earned // most))
    return Grade(_letter(rule, earned, most), digit, percent, engagement or 0)


def graded(playbook: Playbook, lead: Lead) -> Lead:
    """Return a lead with the grade its data and its engagement come to."""
    grade = grade_lead(playbook, lead, lead.engagement)
    return replace(
        lead,
        grade=grade.text,
        fit=grade.fit,
        engagement=grade.engagement,
        priority=grade.priority,
    )


def is_mql(playbook: Playbook, engagement: int | None) -> bool:
    """Return whether an engagement score (0..100) makes a lead an MQL.

    Where nobody follows what the lead does, or the playbook names no bar, none is by itself.
    """
    rule = playbook.grades
    if rule is None or rule.mql_at is None or engagement is None:
        return False
    return engagement >= rule.mql_at


class _Fit:
    """The questions of a playbook's fit criterion that the lead's data answers.

    An import grades each of a million rows, and their columns hold few different values: what a
    value earns is worked out once.

    Attributes:
        most: The most they can earn together.
        grades: What `known` returned, and the engagement -> the grade.
    """

    def __init__(self, rule: GradeRule | None, questions: Sequence[Question]) -> None:
        self._memos = [(lead_field(question), _Points(question)) for question in questions]
        self.most = sum(map(_most_points, questions))
        self.grades = _Grades(rule, self.most)

    def known(self, lead: Lead) -> tuple[int, int]:
        """Return the points the lead's data earns, and the most the answers it has can earn."""
        earned = most = 0
        for name, points in self._memos:
            found = points[getattr(lead, name)]
            earned += found[0]
            most += found[1]
        return earned, most


class _Grades(dict[tuple[tuple[int, int], int | None], Grade]):
    """Points earned and the most of them, and engagement -> the grade: there are few."""

    def __init__(self, rule: GradeRule | None, most: int) -> None:
        super().__init__()
        self._rule = rule
        self._most = most

    def __missing__(self, of: tuple[tuple[int, int], int | None]) -> Grade:
        known, engagement = of
        found = _grade(self._rule, known, self._most, engagement) if self._rule else UNGRADED
        if len(self) >= _REMEMBERED:
            self.clear()
        self[of] = found
        return found


class _Points(dict[object, tuple[int, int]]):
    """Value -> points it earns for one question, and the most it could; (0, 0): no answer."""

    def __init__(self, question: Question) -> None:
        super().__init__()
        self._question = question

    def __missing__(self, value: object) -> tuple[int, int]:
        question = self._question
        index = outcome_from_data(question, value)
        found = (0, 0)
        if index is not None:
            found = outcomes_of(question)[index].points, _most_points(question)
        if len(self) >= _REMEMBERED:
            self.clear()
        self[value] = found
        return found


@lru_cache(maxsize=64)
def _fit(playbook: Playbook) -> _Fit:
    rule = playbook.grades
    criteria = [c for c in playbook.criteria if rule is not None and c.id == rule.criterion]
    return _Fit(
        rule,
        [
            question
            for criterion in criteria
            for question in criterion.questions
            if question.kind is not Kind.TEXT and lead_field(question)
        ],
    )


@lru_cache(maxsize=256)
def _most_points(question: Question) -> int:
    return max(0, *(outcome.points for outcome in outcomes_of(question)))


def _letter(rule: GradeRule, earned: int, most: int) -> str:
    """Return A to D for `earned` of `most` points (positive) of the fit criterion."""
    for letter, bar in (("A", rule.a), ("B", rule.b), ("C", rule.c)):
        if 100 * earned >= bar * most:
            return letter
    return "D"
