# SPDX-License-Identifier: MIT
"""What to ask first when a lead comes back: the one question that would have made it a pass.

Taken from the assessment it was nurtured on, kept with the wait, and asked of whatever playbook is
in force when the lead is called again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from leaddesk.core.domain.assessment import codes_of
from leaddesk.core.domain.call import AnswerValue
from leaddesk.core.domain.outcomes import AnswerError, outcome_index, outcomes_of
from leaddesk.core.domain.playbook import Playbook, Question
from leaddesk.core.domain.resolve import Resolved
from leaddesk.core.domain.scoring import OPEN, Sheet, sheet_of
from leaddesk.core.domain.script import render
from leaddesk.core.domain.verdict import Verdict
from leaddesk.core.domain.wording import outcome_label, quoted

MOST_ANSWERS = 8
"""Of a question with many answers the cheapest are kept."""

_MOST_SAID = 3


@dataclass(frozen=True, slots=True)
class ReEntry:
    """The test for coming back.

    Attributes:
        question: Id of the question to ask first.
        answers: Each of them alone would have made it a pass, those with the fewest points first;
            empty: no answer alone would have.
        points: How many were missing to a pass.
    """

    question: str
    answers: tuple[AnswerValue, ...] = ()
    points: int = 0


def re_entry_of(
    playbook: Playbook, resolved: Resolved, criteria: Sequence[str] = ()
) -> ReEntry | None:
    """Return what to ask first; None: nothing that can be asked would have changed anything.

    Args:
        playbook: What the lead was assessed by.
        resolved: What was known then.
        criteria: Ids of those that matter most, the most important first: what lacked by the
            reason given comes before what lacked otherwise.
    """
    sheet, codes = sheet_of(playbook), codes_of(resolved)
    now = sheet.score(codes)
    places = {name: place for place, name in reversed(tuple(enumerate(criteria)))}
    rank = [places.get(sheet.criteria[one.criterion].id, len(places)) for one in sheet.asked]
    asked = [i for i, one in enumerate(sheet.asked) if one.question.ask]
    points = max(0, sheet.pass_points - now.earned)
    if now.verdict is not Verdict.PASS:
        for i in sorted(asked, key=lambda i: (rank[i], codes[i] != OPEN)):
            if answers := _passing(sheet, codes, i):
                return ReEntry(sheet.asked[i].question.id, answers, points)
    # Passed already, or more than one answer lacks: ask what can bring most where it matters.
    gains = {i: gain for i in asked if (gain := _gain(sheet, codes, i)) > 0}
    most = min(gains, key=lambda i: (rank[i], -gains[i]), default=None)
    if most is None or (now.verdict is Verdict.PASS and rank[most] == len(places)):
        return None
    return ReEntry(sheet.asked[most].question.id, (), points)


def question_of(playbook: Playbook, test: ReEntry) -> Question | None:
    """Return the question of a test in a playbook; None: this one does not ask it."""
    return next((q for q in playbook.questions if q.id == test.question and q.ask), None)


def sentence(playbook: Playbook, test: ReEntry, values: Mapping[str, str]) -> str:
    """Return what to ask first, and what it would change; empty where it is not asked.

    Args:
        playbook: In force now; answers it does not know are not named.
        test: As it was kept.
        values: For the merge fields of the question.
    """
    question = question_of(playbook, test)
    if question is None:
        return ""
    ask = "".join(part.text for part in render(question.ask, values)).strip()
    labels = " or ".join(_labels(question, test.answers)[:_MOST_SAID])
    points = f"{test.points} more point{'' if test.points == 1 else 's'}"
    words = ""
    if labels and test.points:
        words = f"{points} would make it a pass: {labels}."
    elif labels:
        words = f"{labels} would make it a pass."
    elif test.points:
        words = f"{points} would make it a pass."
    return f"Ask first: {ask} {words}".rstrip()


def _labels(question: Question, answers: Sequence[AnswerValue]) -> list[str]:
    labels = []
    for answer in answers:
        try:
            index = outcome_index(question, answer)
        except AnswerError:
            continue
        if index is not None:
            labels.append(quoted(outcome_label(question, outcomes_of(question)[index].answer)))
    return list(dict.fromkeys(labels))


def _passing(sheet: Sheet, codes: Sequence[int], at: int) -> tuple[AnswerValue, ...]:
    """Return the answers to one question that alone make it a pass."""
    changed = list(codes)
    found = []
    for code, outcome in enumerate(sheet.asked[at].outcomes):
        changed[at] = code
        if sheet.score(changed).verdict is Verdict.PASS:
            found.append(outcome)
    found.sort(key=lambda outcome: outcome.points)
    return tuple(outcome.answer for outcome in found[:MOST_ANSWERS])


def _gain(sheet: Sheet, codes: Sequence[int], at: int) -> int:
    """Return how many points the best answer to a question would add."""
    one = sheet.asked[at]
    return one.highest - (one.outcomes[codes[at]].points if codes[at] != OPEN else 0)
