# SPDX-License-Identifier: MIT
"""The finite list of outcomes every question comes down to, and which of them an answer is.

Source: docs/assessment.md, "Outcomes": options, subsets in binary order, bands.
"""

from dataclasses import dataclass

from leaddesk.core.domain.call import AnswerValue
from leaddesk.core.domain.playbook import (
    NUMBER_KINDS,
    Effect,
    Kind,
    Option,
    Playbook,
    Question,
)


class AnswerError(ValueError):
    """An answer that its question cannot have: bad data, to be shown with its question.

    Attributes:
        question: Id of the question.
        found: The value given.
        allowed: What would have been allowed, in words.
    """

    def __init__(self, question: str, found: object, allowed: str) -> None:
        super().__init__(f"{question}: {found!r} is not an answer to it; allowed: {allowed}")
        self.question = question
        self.found = found
        self.allowed = allowed


@dataclass(frozen=True, slots=True)
class Outcome:
    """One way a question can come out.

    Attributes:
        reasons: Reason ids of the options that give it its effect; empty without an effect.
        answer: The answer as JSON shows it: option id, ids of options, or a band's `at_least`.
    """

    points: int
    effect: Effect | None
    reasons: tuple[str, ...]
    answer: str | tuple[str, ...] | int


def outcomes_of(question: Question) -> tuple[Outcome, ...]:
    """Return the outcomes of a question in the playbook's order; none for `text`."""
    if question.kind is Kind.CHOICES:
        return tuple(_subset(question, mask) for mask in range(1 << len(question.options)))
    if question.kind in NUMBER_KINDS:
        return tuple(
            Outcome(band.points, band.effect, _given(band.reason), band.at_least)
            for band in question.bands
        )
    return tuple(
        Outcome(option.points, option.effect, _given(option.reason), option.id)
        for option in question.options
        if not option.open
    )


def outcome_index(question: Question, value: AnswerValue) -> int | None:
    """Return which outcome an answer is; None when it leaves the question open.

    Raises:
        AnswerError: the question cannot have this answer.
    """
    if value is None or question.kind is Kind.TEXT:
        if value is None or isinstance(value, str):
            return None
        raise AnswerError(question.id, value, "text")
    if question.kind is Kind.CHOICES:
        return _subset_index(question, value)
    if question.kind in NUMBER_KINDS:
        return _band_index(question, value)
    return _option_index(question, value)


def scorable_questions(playbook: Playbook) -> tuple[Question, ...]:
    """Return the questions that have outcomes, in order: the positions of `Resolved.outcomes`."""
    return tuple(q for q in playbook.questions if q.kind is not Kind.TEXT)


def _given(reason: str) -> tuple[str, ...]:
    return (reason,) if reason else ()


def _subset(question: Question, mask: int) -> Outcome:
    picked = [option for bit, option in enumerate(question.options) if mask >> bit & 1]
    points = sum(option.points for option in picked)
    if question.at_most is not None:
        points = min(points, question.at_most)
    effect = _strongest(picked)
    reasons = tuple(o.reason for o in picked if o.effect is effect and effect and o.reason)
    return Outcome(points, effect, reasons, tuple(option.id for option in picked))


def _strongest(picked: list[Option]) -> Effect | None:
    effects = {option.effect for option in picked}
    return next((effect for effect in Effect if effect in effects), None)


def _option_index(question: Question, value: AnswerValue) -> int | None:
    index = 0
    for option in question.options:
        if option.id == value:
            return None if option.open else index
        index += not option.open
    raise AnswerError(question.id, value, _option_ids(question))


def _subset_index(question: Question, value: AnswerValue) -> int:
    bits = {option.id: 1 << bit for bit, option in enumerate(question.options)}
    if not isinstance(value, tuple) or not bits.keys() >= set(value):
        raise AnswerError(question.id, value, f"a list of {_option_ids(question)}")
    return sum(bits[option_id] for option_id in set(value))


def _band_index(question: Question, value: AnswerValue) -> int:
    lowest = question.bands[0].at_least
    if not isinstance(value, int) or isinstance(value, bool) or value < lowest:
        raise AnswerError(question.id, value, f"a whole number of {lowest} or more")
    return sum(band.at_least <= value for band in question.bands) - 1


def _option_ids(question: Question) -> str:
    return ", ".join(option.id for option in question.options)
