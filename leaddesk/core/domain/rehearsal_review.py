# SPDX-License-Identifier: MIT
"""What a rehearsal was worth: what was heard of the truth, and what the call decided.

After `rehearsal`, whose prospect knows the truth. Nothing is judged here but by the playbook.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto

from leaddesk.core.domain.assessment import Assessment, assess
from leaddesk.core.domain.call import Answer
from leaddesk.core.domain.outcomes import outcome_index
from leaddesk.core.domain.playbook import Evidence, Kind, Playbook, Question
from leaddesk.core.domain.rehearsal import Prospect
from leaddesk.core.domain.resolve import resolve
from leaddesk.core.domain.verdict import Verdict
from leaddesk.core.domain.wording import answer_label


@dataclass(frozen=True, slots=True)
class Finding:
    """One question, and what became of it.

    Attributes:
        topic: What it is about, in words.
        truth: What is true, in words.
        heard: What was recorded, in words.
    """

    question_id: str
    topic: str
    truth: str
    heard: str


@dataclass(frozen=True, slots=True)
class RehearsalReview:
    """What a rehearsal was worth.

    Attributes:
        found, missed, wrong: Every question that the call asks, once and in the playbook's order:
            recorded as it is, not recorded, recorded otherwise. A text is never otherwise.
        questions_asked: Different questions that were asked.
        fewest: How many would have settled it, asked in the suggested order; None: not all of
            them together.
        true_verdict: What the playbook says of the whole truth.
        your_verdict: What it says of what was recorded.
        decided: What the person decided; None: nothing yet.
        sentence: All of it in short.
    """

    found: tuple[Finding, ...]
    missed: tuple[Finding, ...]
    wrong: tuple[Finding, ...]
    questions_asked: int
    fewest: int | None
    true_verdict: Verdict
    your_verdict: Verdict
    decided: Verdict | None
    sentence: str


class _Heard(Enum):
    FOUND = auto()
    MISSED = auto()
    WRONG = auto()


_TO_DECIDE: Mapping[Verdict, str] = {
    Verdict.PASS: "pass to sales",
    Verdict.NURTURE: "nurture",
    Verdict.DISQUALIFY: "disqualify",
    Verdict.UNDECIDED: "leave it open",
}


def review(  # noqa: PLR0913, PLR0917 - all that a rehearsal leaves behind
    playbook: Playbook,
    prospect: Prospect,
    answers: Mapping[str, Answer],
    asked: Sequence[str],
    decided: Verdict | None,
    now: datetime,
) -> RehearsalReview:
    """Return what a rehearsal was worth.

    Args:
        playbook: The one the prospect was made for.
        prospect: Who was called.
        answers: Question id -> latest answer, as recorded; each fits its question.
        asked: Ids of the questions asked, in any order, one asked again also twice.
        decided: What the person decided; None: nothing yet.
        now: The moment to assess at, aware.

    Raises:
        AnswerError: an answer its question cannot have.
    """
    findings: dict[_Heard, list[Finding]] = {heard: [] for heard in _Heard}
    for question in playbook.questions:
        if question.id in prospect.truth:
            heard, finding = _finding(playbook, prospect, question, answers.get(question.id))
            findings[heard].append(finding)
    found, missed, wrong = (tuple(findings[heard]) for heard in _Heard)
    truth = {
        question_id: _true_answer(prospect, question_id, now) for question_id in prospect.truth
    }
    true_verdict = _assess(playbook, prospect, truth, now).recommendation
    questions_asked = len(set(asked))
    fewest = _fewest(playbook, prospect, truth, now)
    return RehearsalReview(
        found=found,
        missed=missed,
        wrong=wrong,
        questions_asked=questions_asked,
        fewest=fewest,
        true_verdict=true_verdict,
        your_verdict=_assess(playbook, prospect, answers, now).recommendation,
        decided=decided,
        sentence=_sentence(true_verdict, decided, len(wrong), questions_asked, fewest),
    )


def _finding(
    playbook: Playbook, prospect: Prospect, question: Question, answer: Answer | None
) -> tuple[_Heard, Finding]:
    true = prospect.truth[question.id]
    heard = "Not recorded" if answer is None or answer.withdrawn else _words(question, answer)
    topic = _topic(playbook, question.id)
    finding = Finding(question.id, topic, answer_label(question, true), heard)
    if answer is None or answer.withdrawn:
        return _Heard.MISSED, finding
    if question.kind is Kind.TEXT:
        said = str(answer.value or "").strip() or answer.note.strip()
        return (_Heard.FOUND if said else _Heard.MISSED), finding
    outcome = outcome_index(question, answer.value)
    if outcome is None:
        return _Heard.MISSED, finding
    return (_Heard.FOUND if outcome == outcome_index(question, true) else _Heard.WRONG), finding


def _words(question: Question, answer: Answer) -> str:
    if question.kind is Kind.TEXT:
        return str(answer.value or "").strip() or answer.note.strip() or "Asked, no answer"
    return answer_label(question, answer.value)


def _topic(playbook: Playbook, question_id: str) -> str:
    """Return the title of the question's criterion, with its own name where there are several."""
    criterion = next(c for c in playbook.criteria if question_id in {q.id for q in c.questions})
    name = question_id.replace("_", " ")
    if not criterion.title:
        return name
    return f"{criterion.title} ({name})" if len(criterion.questions) > 1 else criterion.title


def _true_answer(prospect: Prospect, question_id: str, now: datetime) -> Answer:
    return Answer(question_id, prospect.truth[question_id], now, Evidence.CONFIRMED)


def _assess(
    playbook: Playbook, prospect: Prospect, answers: Mapping[str, Answer], now: datetime
) -> Assessment:
    return assess(playbook, resolve(playbook, answers, prospect.lead, (), now))


def _fewest(
    playbook: Playbook, prospect: Prospect, truth: Mapping[str, Answer], now: datetime
) -> int | None:
    """Return after how many questions in the suggested order nothing open could change it."""
    heard: dict[str, Answer] = {}
    while True:
        assessment = _assess(playbook, prospect, heard, now)
        if assessment.settled:
            return len(heard)
        left = (n.question for n in assessment.next if n.question in truth.keys() - heard.keys())
        question_id = next(left, None)
        if question_id is None:
            return None
        heard[question_id] = truth[question_id]


def _sentence(
    true_verdict: Verdict,
    decided: Verdict | None,
    wrong_count: int,
    questions_asked: int,
    fewest: int | None,
) -> str:
    parts = [_decision_words(true_verdict, decided)]
    if wrong_count:
        answers = "1 answer was" if wrong_count == 1 else f"{wrong_count} answers were"
        parts.append(f"{answers} recorded otherwise than said.")
    parts.append(_effort_words(questions_asked, fewest))
    return " ".join(parts)


def _effort_words(questions_asked: int, fewest: int | None) -> str:
    questions = "1 question" if questions_asked == 1 else f"{questions_asked} questions"
    if fewest is None:
        return f"You asked {questions}."
    if fewest == 0:
        return f"You asked {questions}; it was settled before the first."
    return f"You asked {questions}; {fewest} in the suggested order would have settled it."


def _decision_words(true_verdict: Verdict, decided: Verdict | None) -> str:
    if true_verdict is Verdict.UNDECIDED:
        said = "even all answers together leave it open"
    else:
        said = f"the whole truth says {_TO_DECIDE[true_verdict]}"
    if decided is None:
        return f"Nothing is decided yet; {said}."
    if decided is true_verdict:
        return f"You decided to {_TO_DECIDE[decided]}, and {said}, too."
    return f"You decided to {_TO_DECIDE[decided]}; {said}."
