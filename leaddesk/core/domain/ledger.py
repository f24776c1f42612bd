# SPDX-License-Identifier: MIT
"""The ledger of a call: what each answer earned at the moment it was given, line by line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from leaddesk.core.domain.assessment import codes_of, quick_score
from leaddesk.core.domain.call import Answer
from leaddesk.core.domain.engagement import Activity
from leaddesk.core.domain.lead import Lead
from leaddesk.core.domain.playbook import Playbook
from leaddesk.core.domain.resolve import resolve
from leaddesk.core.domain.scoring import sheet_of
from leaddesk.core.domain.wording import answer_words, topic


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One line: an answer, or an answer taken back.

    Attributes:
        topic: What the question is about.
        words: What was said; of a withdrawal, what was taken back.
        change: Points it added to what was earned; negative where it cost some.
        total: Points earned with it.
        percent: The score with it, as people see it: whole percent, rounded down.
    """

    at: datetime
    question_id: str
    topic: str
    words: str
    change: int
    total: int
    percent: int
    withdrawn: bool


def ledger(  # noqa: PLR0913, PLR0917 - what `resolve` takes, and the facts in two parts
    playbook: Playbook,
    start: Mapping[str, Answer],
    said: Sequence[Answer],
    lead: Lead | None,
    activities: Sequence[Activity],
    now: datetime,
) -> tuple[LedgerEntry, ...]:
    """Return a line for each thing said, in the order it was recorded.

    Every line is reckoned at `now`, so that the last total is what the assessment says now. What
    is no question of the playbook has no line, nor has a withdrawal with nothing to take back.

    Args:
        playbook: What the call is held with.
        start: Question id -> the answer that stood before.
        said: The facts since then, in the order they were recorded.
        lead: What the data says; None: nothing.
        activities: What the lead did.
        now: The moment to reckon at, aware.

    Raises:
        AnswerError: an answer its question cannot have.
    """
    most = sheet_of(playbook).most
    questions = {question.id: question for question in playbook.questions}
    piles = {name: [start[name]] if name in start else [] for name in questions}

    def earned() -> int:
        standing = {name: pile[-1] for name, pile in piles.items() if pile}
        resolved = resolve(playbook, standing, lead, activities, now)
        return quick_score(playbook, codes_of(resolved)).earned

    total = earned()
    entries = []
    for fact in said:
        question = questions.get(fact.question_id)
        if question is None or (fact.withdrawn and not piles[question.id]):
            continue
        if fact.withdrawn:
            meant = piles[question.id].pop()
        else:
            meant = fact
            piles[question.id].append(fact)
        before, total = total, earned()
        entries.append(
            LedgerEntry(
                fact.at,
                question.id,
                topic(playbook, question.id),
                answer_words(question, meant),
                total - before,
                total,
                min(100, max(0, 100 * total // most)),
                fact.withdrawn,
            )
        )
    return tuple(entries)
