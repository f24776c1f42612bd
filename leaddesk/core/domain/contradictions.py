# SPDX-License-Identifier: MIT
"""Answers that do not go together: with an earlier call, with the data, with each other.

Each is one calm sentence for the rep to ask about; nothing is decided from it.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations

from leaddesk.core.domain.call import Answer
from leaddesk.core.domain.lead import Lead
from leaddesk.core.domain.levels import level_of, says_something
from leaddesk.core.domain.outcomes import outcome_index, outcomes_of
from leaddesk.core.domain.playbook import Effect, Playbook, Question
from leaddesk.core.domain.resolve import lead_field, outcome_from_data
from leaddesk.core.domain.wording import answer_words, quoted, topic

FAR_APART = 2
"""Levels between two answers that can't both be so; one level is a matter of wording."""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two things that do not go together.

    Attributes:
        question_id: The question to ask again.
        sentence: What was said or known, and what is said now.
    """

    question_id: str
    sentence: str


def contradictions(
    playbook: Playbook,
    answers: Mapping[str, Answer],
    earlier: Mapping[str, Answer],
    lead: Lead | None,
    day: Callable[[datetime], str],
) -> tuple[Contradiction, ...]:
    """Return what does not go together, in the playbook's order of questions.

    Args:
        playbook: The questions.
        answers: Question id -> the answer that stands now.
        earlier: Question id -> the answer that stood before this call.
        lead: What the data says; None: nothing.
        day: Writes the day of a moment (UTC), such as "12 Oct".
    """
    said = [
        (question, answers[question.id])
        for question in playbook.questions
        if question.id in answers and says_something(question, answers[question.id].value)
    ]
    found = []
    for question, answer in said:
        sentences = (
            _with_earlier(question, answer, earlier.get(question.id), day),
            _with_data(question, answer, lead),
        )
        found += [Contradiction(question.id, sentence) for sentence in sentences if sentence]
    found += _with_each_other(playbook, said)
    order = {question.id: at for at, question in enumerate(playbook.questions)}
    return tuple(sorted(found, key=lambda one: order[one.question_id]))


def _with_earlier(
    question: Question, now: Answer, before: Answer | None, day: Callable[[datetime], str]
) -> str:
    if before is None or not says_something(question, before.value):
        return ""
    levels = level_of(question, before.value), level_of(question, now.value)
    same_effect = _effect(question, before) is _effect(question, now)
    if not _far_apart(*levels) and same_effect:
        return ""
    was, is_now = quoted(answer_words(question, before)), quoted(answer_words(question, now))
    return f"Said {was} on {day(before.at)}, now {is_now}."


def _with_data(question: Question, answer: Answer, lead: Lead | None) -> str:
    field = lead_field(question)
    if lead is None or not field:
        return ""
    value = getattr(lead, field)
    known = outcome_from_data(question, value)
    if known is None or known == outcome_index(question, answer.value):
        return ""
    shown = ", ".join(str(one) for one in value) if isinstance(value, tuple) else _shown(value)
    name = field.replace("_", " ")
    said = quoted(answer_words(question, answer))
    return f"The data says {quoted(shown)} ({name}), the answer was {said}."


def _with_each_other(
    playbook: Playbook, said: list[tuple[Question, Answer]]
) -> Iterator[Contradiction]:
    for (one, answer), (other, other_answer) in combinations(said, 2):
        if not one.fact or one.fact != other.fact:
            continue
        levels = level_of(one, answer.value), level_of(other, other_answer.value)
        if 0 in levels and _far_apart(*levels):
            first = f"{topic(playbook, one.id)} is {quoted(answer_words(one, answer))}"
            second = f"{topic(playbook, other.id)} is {quoted(answer_words(other, other_answer))}"
            yield Contradiction(other.id, f"{first}, yet {second}.")


def _far_apart(one: int | None, other: int | None) -> bool:
    return one is not None and other is not None and abs(one - other) >= FAR_APART


def _effect(question: Question, answer: Answer) -> Effect | None:
    index = outcome_index(question, answer.value)
    return None if index is None else outcomes_of(question)[index].effect


def _shown(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value)
