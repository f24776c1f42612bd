# SPDX-License-Identifier: MIT
"""One call and what was said on it. Answers are facts: appended, never changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from leaddesk.core.domain.playbook import Evidence

AnswerValue = str | tuple[str, ...] | int | None
"""An option id, several option ids, a number, a text; None: asked, no answer."""


class AnswerState(StrEnum):
    """How a question was met: answered, refused, or met by somebody who does not know."""

    GIVEN = "given"
    DECLINED = "declined"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said to one question at one moment.

    Attributes:
        value: See `AnswerValue`; an option that is `open` keeps its id here.
        note: The prospect's own words; may stand without a value change.
        at: When it was said, UTC; a note that is added on a later call leaves it as it was.
        withdrawn: The answer before this one was taken back: what stood before that stands again;
            where nothing did, the question counts as not asked.
        state: With the value None, why the question is open though it was asked.
        playbook_fingerprint: Of the playbook whose question this is; empty where it is not known.
    """

    question_id: str
    value: AnswerValue
    at: datetime
    evidence: Evidence = Evidence.SAID
    note: str = ""
    call_id: str = ""
    answer_id: str = ""
    withdrawn: bool = False
    state: AnswerState = AnswerState.GIVEN
    playbook_fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class Call:
    """One call to one lead; it pins the playbook it was held with.

    Attributes:
        ended_at: None while the call is in progress (also after a crash: it can be resumed).
        line_result: Id of what the line did; empty while nobody has said.
        conversation_result: Id of what came of the talk; empty without one.
        talk_s: Seconds talked, by a clock that no change of the wall clock moves.
        by: Name of the rep.
        is_attempt: Whether it counts against the attempts a lead is given.
    """

    call_id: str
    lead_id: str
    playbook_id: str
    playbook_version: int
    playbook_fingerprint: str
    started_at: datetime
    ended_at: datetime | None = None
    line_result: str = ""
    conversation_result: str = ""
    talk_s: int = 0
    by: str = ""
    is_attempt: bool = False


def latest_answers(facts: Iterable[Answer]) -> dict[str, Answer]:
    """Return question id -> the answer that stands, from facts in the order they were recorded.

    Each question is a pile: an answer is laid on top, a withdrawal takes the topmost off.
    """
    piles: dict[str, list[Answer]] = {}
    for fact in facts:
        pile = piles.setdefault(fact.question_id, [])
        if not fact.withdrawn:
            pile.append(fact)
        elif pile:
            pile.pop()
    return {question_id: pile[-1] for question_id, pile in piles.items() if pile}
