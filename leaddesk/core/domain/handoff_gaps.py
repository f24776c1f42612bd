# SPDX-License-Identifier: MIT
"""What whoever takes over will still want to know of a lead that is passed on."""

from collections.abc import Mapping

from leaddesk.core.domain.assessment import Assessment
from leaddesk.core.domain.call import Answer
from leaddesk.core.domain.levels import says_something
from leaddesk.core.domain.playbook import Kind, Playbook, Question
from leaddesk.core.domain.script import next_stop, stops
from leaddesk.core.domain.verdict import Verdict
from leaddesk.core.domain.wording import short_name


def still_needed(playbook: Playbook, assessment: Assessment, answers: Mapping[str, Answer]) -> str:
    """Return one sentence on what a pass leaves open; empty when nothing, or when it is no pass.

    What counts is what can be asked: open questions that have words, and questions for the
    prospect's own words where the script, with these answers, comes by.

    Args:
        playbook: What the call is held with.
        assessment: What it says now.
        answers: Question id -> the answer that stands.
    """
    if assessment.recommendation is not Verdict.PASS:
        return ""
    open_ids = {question_id for score in assessment.criteria for question_id in score.open}
    on_the_way = _on_the_way(playbook, answers)
    gaps = []
    for criterion in playbook.criteria:
        asked = [
            q for q in criterion.questions
            if q.ask and (q.kind is not Kind.TEXT or q.id in on_the_way)
        ]  # fmt: skip
        left = [
            q for q in asked
            if q.id in open_ids
            or (q.kind is Kind.TEXT and not _in_their_words(q, answers.get(q.id)))
        ]  # fmt: skip
        if left:
            names = "" if left == asked else f" ({', '.join(short_name(q) for q in left)})"
            gaps.append(criterion.title + names)
    return f"Still needed for the hand-off: {', '.join(gaps)}." if gaps else ""


def _in_their_words(question: Question, answer: Answer | None) -> bool:
    """Return whether a text was given, as the answer or as the note beside it."""
    if answer is None:
        return False
    return says_something(question, answer.value) or bool(answer.note.strip())


def _on_the_way(playbook: Playbook, answers: Mapping[str, Answer]) -> set[str]:
    """Return the questions of the stops a call comes by, from the first to the last."""
    route = stops(playbook)
    met: set[str] = set()
    passed: set[int] = set()
    current: int | None = 0 if route else None
    while current is not None and current not in passed:  # a branch may lead back
        passed.add(current)
        question = route[current].question
        if question:
            met.add(question.id)
        current = next_stop(playbook, route, current, answers)
    return met
