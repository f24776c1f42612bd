# SPDX-License-Identifier: MIT
"""A `Resolved` as canonical JSON: what a decision stores, so that it can be recomputed for ever."""

import json
from typing import Any

from leaddesk.core.domain.outcomes import outcome_index, outcomes_of, scorable_questions
from leaddesk.core.domain.playbook import Playbook
from leaddesk.core.domain.resolve import Resolved, Source


def write_resolved(playbook: Playbook, resolved: Resolved) -> str:
    """Return the answered questions with answer and source; equal values give equal text."""
    answers = {}
    for question, index, source in zip(
        scorable_questions(playbook), resolved.outcomes, resolved.sources, strict=True
    ):
        if index is not None and source is not None:
            answers[question.id] = {
                "answer": outcomes_of(question)[index].answer,
                "source": source.value,
            }
    return json.dumps(
        {"answers": answers, "engagement": resolved.engagement},
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=False,
    )


def read_resolved(playbook: Playbook, text: str) -> Resolved:
    """Return the value that `write_resolved` wrote for the same playbook.

    Raises:
        ValueError: the text is not of this playbook, or was damaged.
    """
    try:
        return _resolved(playbook, json.loads(text))
    except (LookupError, TypeError, AttributeError) as error:
        raise ValueError(f"damaged: {error!r}") from error


def _resolved(playbook: Playbook, stored: dict[str, Any]) -> Resolved:
    answers = stored["answers"]
    outcomes: list[int | None] = []
    sources: list[Source | None] = []
    for question in scorable_questions(playbook):
        entry = answers.pop(question.id, None)
        if entry is None:
            outcomes.append(None)
            sources.append(None)
            continue
        answer = entry["answer"]
        value = tuple(answer) if isinstance(answer, list) else answer
        outcomes.append(outcome_index(question, value))
        sources.append(Source(entry["source"]))
    if answers:
        raise ValueError(f"questions this playbook does not have: {', '.join(answers)}")
    return Resolved(tuple(outcomes), tuple(sources), int(stored["engagement"]))
