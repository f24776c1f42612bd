# SPDX-License-Identifier: MIT
"""The grade of a lead before anybody calls it: fit letter from its data, digit from engagement.

Source: docs/playbook-format.md, "`[engagement]` and `[grades]`".
"""

from dataclasses import dataclass
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


UNGRADED = Grade("", "", None, 0)


def grade_lead(playbook: Playbook, lead: Lead, engagement: int | None) -> Grade:
    """Return the grade of a lead from its data and its engagement score (0..100).

    A playbook without grades grades nothing. Questions of the fit criterion that the data does
    not answer are left out of the percent: unknown is not zero. Where the data answers less than
    half of what the criterion can earn, there is no letter: a country alone is no fit.
    """
    rule = playbook.grades
    if rule is None:
        return UNGRADED
    digit = ""
    if engagement is not None:
        digit = str(1 + sum(engagement < bar for bar in rule.engagement))
    questions = _fit_questions(playbook, rule)
    values = tuple(getattr(lead, lead_field(question)) for question in questions)
    earned, most = _known_fit(playbook, rule, values)
    if not most or 2 * most < sum(map(_most_points, questions)):
        return Grade("", digit, None, engagement or 0)
    percent = min(100, max(0, 100 * earned // most))
    return Grade(_letter(rule, earned, most), digit, percent, engagement or 0)


def is_mql(playbook: Playbook, engagement: int | None) -> bool:
    """Return whether an engagement score (0..100) makes a lead an MQL.

    Where nobody follows what the lead does, or the playbook names no bar, none is by itself.
    """
    rule = playbook.grades
    if rule is None or rule.mql_at is None or engagement is None:
        return False
    return engagement >= rule.mql_at


@lru_cache(maxsize=64)
def _fit_questions(playbook: Playbook, rule: GradeRule) -> tuple[Question, ...]:
    """Return the questions of the fit criterion that the lead's data answers."""
    return tuple(
        question
        for criterion in playbook.criteria
        if criterion.id == rule.criterion
        for question in criterion.questions
        if question.kind is not Kind.TEXT and lead_field(question)
    )


# A list of leads has few different kinds of company, and an import grades each of its rows.
@lru_cache(maxsize=1 << 14)
def _known_fit(playbook: Playbook, rule: GradeRule, values: tuple[object, ...]) -> tuple[int, int]:
    """Return the points the values earn, and the most the questions they answer can earn."""
    earned = most = 0
    for question, value in zip(_fit_questions(playbook, rule), values, strict=True):
        index = outcome_from_data(question, value)
        if index is not None:
            earned += outcomes_of(question)[index].points
            most += _most_points(question)
    return earned, most


@lru_cache(maxsize=256)
def _most_points(question: Question) -> int:
    return max(0, *(outcome.points for outcome in outcomes_of(question)))


def _letter(rule: GradeRule, earned: int, most: int) -> str:
    """Return A to D for `earned` of `most` points (positive) of the fit criterion."""
    for letter, bar in (("A", rule.a), ("B", rule.b), ("C", rule.c)):
        if 100 * earned >= bar * most:
            return letter
    return "D"
