# SPDX-License-Identifier: MIT
"""What to ask when there is little time: the questions that can still decide, best first."""

from collections.abc import Collection

from leaddesk.core.domain.assessment import Assessment, NextQuestion, assess
from leaddesk.core.domain.playbook import Playbook
from leaddesk.core.domain.resolve import Resolved

LEAST_VALUE = 1e-9
"""Bits below which a value is a rounding error: `Assessment.next` takes them for equal too."""


def two_minutes(playbook: Playbook, resolved: Resolved, most: int = 4) -> tuple[str, ...]:
    """Return ids of the questions that can still decide, in the order to ask them.

    Questions that have no words can't be asked and are left out. Once it is settled none decides.

    Args:
        playbook: The questions.
        resolved: The outcome of each question that has one, of this playbook.
        most: How many questions there is time for.
    """
    asked = _asked(playbook)
    best = assess(playbook, resolved).next
    return tuple(n.question for n in best if n.question in asked and _decides(n))[:most]


def suggested(playbook: Playbook, assessment: Assessment, phase_questions: Collection[str]) -> str:
    """Return the id of the question to ask next; empty when none of them can decide anything.

    Args:
        playbook: The questions.
        assessment: What the playbook says now.
        phase_questions: Ids of the questions that fit in here: those of the phase the call is in.
    """
    asked = _asked(playbook).intersection(phase_questions)
    return next((n.question for n in assessment.next if n.question in asked and _decides(n)), "")


def _asked(playbook: Playbook) -> set[str]:
    return {question.id for question in playbook.questions if question.ask}


def _decides(question: NextQuestion) -> bool:
    return question.value > LEAST_VALUE
