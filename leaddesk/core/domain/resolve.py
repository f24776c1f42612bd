# SPDX-License-Identifier: MIT
"""Which outcome each question has, and where it came from: what was said, else what data says.

The step before the assessment: answers, lead data and engagement become outcomes here, once, so
that a decision can be recomputed from its `Resolved` alone. Source: docs/assessment.md, "Outcomes".
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from leaddesk.core.domain.call import Answer
from leaddesk.core.domain.engagement import Activity, engagement_score
from leaddesk.core.domain.lead import Lead
from leaddesk.core.domain.outcomes import outcome_index, scorable_questions
from leaddesk.core.domain.playbook import NUMBER_KINDS, Evidence, Kind, Playbook, Question


class Source(StrEnum):
    """Where an outcome came from."""

    CALL = "call"
    LEAD = "lead"
    ACTIVITY = "activity"


@dataclass(frozen=True, slots=True)
class Resolved:
    """The outcome of every question that has outcomes, in the playbook's order.

    Attributes:
        outcomes: Index into `outcomes_of(question)`, None where the question is open.
        sources: Where each outcome came from, None where the question is open.
        engagement: The engagement score it was resolved with, 0..100.
    """

    outcomes: tuple[int | None, ...]
    sources: tuple[Source | None, ...]
    engagement: int = 0


def resolve(
    playbook: Playbook,
    answers: Mapping[str, Answer],
    lead: Lead | None,
    activities: Sequence[Activity],
    now: datetime,
) -> Resolved:
    """Return which outcome each question has at `now`.

    An answer counts when its evidence is good enough and it is not stale; what a person said
    beats what the data says; where the answer leaves the question open, the data stays.

    Args:
        playbook: The questions, and what an answer needs to count.
        answers: Question id -> latest answer; each fits its question.
        lead: What the data says; None: nothing.
        activities: What the lead did.
        now: The moment to resolve at, aware.

    Raises:
        AnswerError: an answer its question cannot have.
    """
    engagement = engagement_score(playbook.engagement, activities, now)
    outcomes: list[int | None] = []
    sources: list[Source | None] = []
    for question in scorable_questions(playbook):
        answer = answers.get(question.id)
        index = None
        source: Source | None = None
        if answer is not None and counts(question, answer, playbook.decision.evidence, now):
            index, source = outcome_index(question, answer.value), Source.CALL
        if index is None and question.source:
            index, source = _from_data(question, lead, engagement)
        outcomes.append(index)
        sources.append(source if index is not None else None)
    return Resolved(tuple(outcomes), tuple(sources), engagement)


def counts(question: Question, answer: Answer, needed: Evidence, now: datetime) -> bool:
    """Return whether an answer counts: not withdrawn, good enough evidence, not stale."""
    return (
        not answer.withdrawn
        and answer.evidence.rank >= needed.rank
        and not is_stale(question, answer, now)
    )


def is_stale(question: Question, answer: Answer, now: datetime) -> bool:
    """Return whether an answer is older than its question allows, and is to be re-confirmed."""
    if question.stale_after_days is None:
        return False
    return now - answer.at > timedelta(days=question.stale_after_days)


def _from_data(question: Question, lead: Lead | None, engagement: int) -> tuple[int | None, Source]:
    if question.source == "activity.score":
        return outcome_from_data(question, engagement), Source.ACTIVITY
    value = getattr(lead, lead_field(question)) if lead is not None else None
    return outcome_from_data(question, value), Source.LEAD


def lead_field(question: Question) -> str:
    """Return which field of the lead answers a question; empty: none does."""
    scope, _, name = question.source.partition(".")
    return name if scope == "lead" else ""


def outcome_from_data(question: Question, value: object) -> int | None:
    """Return the outcome a piece of data stands for; what fits nothing leaves it open."""
    if question.kind in NUMBER_KINDS:
        is_number = isinstance(value, int) and not isinstance(value, bool)
        if not is_number or value < question.bands[0].at_least:  # type: ignore[operator]  # int here
            return None
        return outcome_index(question, value)  # type: ignore[arg-type]  # int here
    texts = [text for item in _items(value) if (text := str(item).strip().casefold())]
    matching = tuple(
        option.id
        for option in question.options
        if any(matches(pattern, text) for pattern in option.matches for text in texts)
    )
    if not matching:
        return None
    return outcome_index(question, matching if question.kind is Kind.CHOICES else matching[0])


def _items(value: object) -> Sequence[object]:
    if value is None:
        return ()
    if isinstance(value, bool):
        return ("true" if value else "false",)
    return value if isinstance(value, tuple) else (value,)


def matches(pattern: str, text: str) -> bool:
    """Return whether casefolded `text` fits `pattern`, in which `*` stands for any text.

    Takes each literal piece at its first place, so the time is linear whatever the pattern.
    """
    head, *pieces = pattern.casefold().split("*")
    if not pieces:
        return text == head
    if not text.startswith(head):
        return False
    at = len(head)
    *inner, tail = pieces
    for piece in inner:
        found = text.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    return len(text) - len(tail) >= at and text.endswith(tail)
