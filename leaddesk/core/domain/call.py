# SPDX-License-Identifier: MIT
"""One call and what was said on it. Answers are facts: appended, never changed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from leaddesk.core.domain.playbook import Evidence

AnswerValue = str | tuple[str, ...] | int | None
"""An option id, several option ids, a number, a text; None: asked, no answer."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said to one question at one moment.

    Attributes:
        value: See `AnswerValue`; an option that is `open` keeps its id here.
        note: The prospect's own words; may stand without a value change.
        at: When it was said, UTC.
        withdrawn: The answer before this one was taken back: the question counts as not asked.
    """

    question_id: str
    value: AnswerValue
    at: datetime
    evidence: Evidence = Evidence.SAID
    note: str = ""
    call_id: str = ""
    answer_id: str = ""
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Call:
    """One call to one lead; it pins the playbook it was held with.

    Attributes:
        ended_at: None while the call is in progress (also after a crash: it can be resumed).
    """

    call_id: str
    lead_id: str
    playbook_id: str
    playbook_version: int
    playbook_fingerprint: str
    started_at: datetime
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CallSession:
    """A call in progress: the call and the latest answer to each question.

    Attributes:
        answers: Question id -> latest answer, withdrawn ones left out.
        position: Id of the question the rep was at; empty: the first of the script.
    """

    call: Call
    answers: Mapping[str, Answer]
    position: str = ""


def latest_answers(facts: Iterable[Answer]) -> dict[str, Answer]:
    """Return question id -> the answer that stands, from facts in the order they were recorded."""
    latest: dict[str, Answer] = {}
    for fact in facts:
        if fact.withdrawn:
            latest.pop(fact.question_id, None)
        else:
            latest[fact.question_id] = fact
    return latest
