# SPDX-License-Identifier: MIT
"""An assessment in words, for the panel beside the call and for the command line.

Every sentence follows from the values of the assessment; nothing is judged here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from leaddesk.core.domain.assessment import BELOW_THRESHOLD, Assessment
from leaddesk.core.domain.call import Answer, AnswerState, AnswerValue
from leaddesk.core.domain.outcomes import scorable_questions
from leaddesk.core.domain.playbook import (
    NUMBER_KINDS,
    Band,
    Criterion,
    Effect,
    Kind,
    Option,
    Playbook,
    Question,
)
from leaddesk.core.domain.resolve import Resolved, Source
from leaddesk.core.domain.verdict import DECISIONS, Verdict

VERDICT_NAMES: Mapping[Verdict, str] = {
    Verdict.PASS: "Pass to sales",
    Verdict.NURTURE: "Nurture",
    Verdict.DISQUALIFY: "Disqualify",
    Verdict.UNDECIDED: "Undecided",
}


@dataclass(frozen=True, slots=True)
class Sentence:
    """Text in parts: (text, emphasised)."""

    parts: tuple[tuple[str, bool], ...]

    @property
    def text(self) -> str:
        """The plain text."""
        return "".join(text for text, _ in self.parts)


def headline(assessment: Assessment) -> str:
    """Return the verdict in a few words, and whether anything can still change it."""
    name = VERDICT_NAMES[assessment.recommendation]
    if not assessment.next:
        return name
    if assessment.settled:
        return f"{name}, whatever comes"
    if assessment.verdict is Verdict.UNDECIDED:
        return "Too little known yet"
    return f"{name} for now"


def verdict_sentence(playbook: Playbook, assessment: Assessment) -> Sentence:
    """Return why it is so, what is ruled out, and what would change it."""
    parts: list[tuple[str, bool]] = []
    for sentence in (
        _why(playbook, assessment),
        _ruled_out(assessment),
        _what_would_change_it(playbook, assessment),
    ):
        if sentence:
            parts += [(" ", False), *sentence] if parts else sentence
    return Sentence(tuple(part for part in parts if part[0]))


def answer_label(question: Question, value: AnswerValue) -> str:
    """Return an answer as people read it."""
    if value is None:
        return "Asked, no answer"
    if isinstance(value, int):
        return f"{value:,}"
    if question.kind is Kind.TEXT:
        return str(value)
    ids = value if isinstance(value, tuple) else (value,)
    labels = {option.id: option.label for option in question.options}
    return ", ".join(labels.get(one, one) for one in ids) or "None of them"


def answer_words(question: Question, answer: Answer) -> str:
    """Return an answer as people read it; of an open one, why it is open."""
    if answer.value is None and answer.state is AnswerState.UNKNOWN:
        return "Does not know"
    if answer.value is None and answer.state is AnswerState.DECLINED:
        return "Would not say"
    return answer_label(question, answer.value)


def outcome_label(question: Question, answer: AnswerValue) -> str:
    """Return the label of an outcome: of its option, its options, or its band."""
    if question.kind in NUMBER_KINDS:
        return next((b.label for b in question.bands if b.at_least == answer), str(answer))
    return answer_label(question, answer)


def criterion_line(
    playbook: Playbook,
    criterion_id: str,
    assessment: Assessment,
    resolved: Resolved,
    answers: Mapping[str, Answer],
) -> str:
    """Return one line on a criterion: what was said or known, or what is open."""
    criterion = next(c for c in playbook.criteria if c.id == criterion_id)
    score = next(s for s in assessment.criteria if s.id == criterion_id)
    asked = [q for q in criterion.questions if q.kind is not Kind.TEXT]
    if not score.open:
        return _said(playbook, criterion, resolved, answers)
    if len(score.open) < len(asked):
        names = listed(short_name(q) for q in asked if q.id in score.open)
        are = "is" if len(score.open) == 1 else "are"
        return f"{len(asked) - len(score.open)} of {len(asked)} answered · {names} {are} open"
    if criterion.required and criterion.scored:
        return "Open · required before passing to sales"
    return "Open" if criterion.scored else "Not known yet"


def effect_words(outcome: Option | Band) -> str:
    """Return what an answer does, as the choices show it at their right."""
    if isinstance(outcome, Option) and outcome.open:
        return "open"
    if outcome.effect is Effect.DISQUALIFY:
        return "rules out"
    points = f"+{outcome.points}" if outcome.points > 0 else str(outcome.points)
    return f"{points} · not ready for sales" if outcome.effect is Effect.HOLD else points


def unmet(playbook: Playbook, assessment: Assessment) -> tuple[str, ...]:
    """Return the titles of criteria that still stand between this lead and a pass."""
    titles = {criterion.id: criterion.title for criterion in playbook.criteria}
    return tuple(titles[score.id] for score in assessment.criteria if not score.met)


def topic(playbook: Playbook, question_id: str) -> str:
    """Return what a question is about: its criterion, with its own name where that is not enough.

    Raises:
        KeyError: no question has that id.
    """
    for criterion in playbook.criteria:
        for question in criterion.questions:
            if question.id == question_id:
                scorable = [q for q in criterion.questions if q.kind is not Kind.TEXT]
                if (question,) == criterion.questions or [question] == scorable:
                    return criterion.title
                return f"{criterion.title} ({short_name(question)})"
    raise KeyError(question_id)


def short_name(question: Question) -> str:
    """Return a question's own name in words."""
    return question.id.replace("_", " ")


def listed(texts: Iterable[str]) -> str:
    """Return texts as one list in words: "a", "a and b", "a, b and c"."""
    items = list(texts)
    return f"{', '.join(items[:-1])} and {items[-1]}" if len(items) > 1 else "".join(items)


def quoted(text: str) -> str:
    """Return a text between the quotation marks of the window."""
    return f"\N{LEFT DOUBLE QUOTATION MARK}{text}\N{RIGHT DOUBLE QUOTATION MARK}"


def _why(playbook: Playbook, assessment: Assessment) -> list[tuple[str, bool]]:
    rule = playbook.decision
    reason: tuple[str, str] = "", ""
    match assessment.verdict:
        case Verdict.DISQUALIFY if assessment.reasons[-1:] == (BELOW_THRESHOLD,):
            reason = f"{assessment.shown_score} of 100, nurture starts at {rule.nurture_at}", ""
        case Verdict.DISQUALIFY:
            reason = "Ruled out: ", _reasons(playbook, assessment)
        case Verdict.UNDECIDED if not assessment.covered_points:
            reason = "Nothing is answered yet", ""
        case Verdict.UNDECIDED:
            known = f"{assessment.shown_coverage} % of the score is known"
            reason = f"{known}; {rule.minimum_coverage} % are needed", ""
        case Verdict.NURTURE if assessment.reasons:
            reason = "Held back: ", _reasons(playbook, assessment)
        case Verdict.NURTURE if assessment.score >= rule.pass_at:
            lacking = listed(unmet(playbook, assessment))
            reason = "The score is there; still needed: ", lacking
    text, emphasised = reason
    return [(text, False), (emphasised, True), (".", False)] if text else []


def _ruled_out(assessment: Assessment) -> list[tuple[str, bool]]:
    if not assessment.next:
        return []
    if assessment.settled:
        return [("No open answer can change it.", False)]
    gone = [v for v in DECISIONS if v not in assessment.reachable and v is not assessment.verdict]
    if not gone:
        return []
    names = listed(VERDICT_NAMES[v] for v in gone)
    return [(f"{names} {'is' if len(gone) == 1 else 'are'} ruled out.", False)]


def _what_would_change_it(playbook: Playbook, assessment: Assessment) -> list[tuple[str, bool]]:
    if assessment.settled or not assessment.covered_points:
        return []
    # Up before down: a rep wants to know first what is missing, then what to beware of.
    target = next((v for v in DECISIONS if v in assessment.flips), None)
    if target is None:
        still = [v for v in DECISIONS if v in assessment.reachable and v is not assessment.verdict]
        if not still:
            return []
        return [(f"{VERDICT_NAMES[still[0]]} takes more than three further answers.", False)]
    questions = {question.id: question for question in scorable_questions(playbook)}
    first = assessment.flips[target][0]
    answers = listed(
        f"{topic(playbook, question)} {quoted(outcome_label(questions[question], answer))}"
        for question, answer in first.items()
    )
    others = assessment.flip_counts[target] - 1
    one, many = ("answer", "answers") if len(first) == 1 else ("set of answers", "sets of answers")
    ways = f", as would {others} other {one if others == 1 else many}" if others else ""
    return [(answers, True), (f" would make it {VERDICT_NAMES[target]}{ways}.", False)]


def _said(
    playbook: Playbook, criterion: Criterion, resolved: Resolved, answers: Mapping[str, Answer]
) -> str:
    notes = [
        answers[q.id].note for q in criterion.questions if q.id in answers and answers[q.id].note
    ]
    if notes:
        return " · ".join(" ".join(note.split()) for note in notes)
    sources = dict(zip((q.id for q in scorable_questions(playbook)), resolved.sources, strict=True))
    outcomes = dict(
        zip((q.id for q in scorable_questions(playbook)), resolved.outcomes, strict=True)
    )
    labels = []
    for question in criterion.questions:
        if sources.get(question.id) is Source.CALL:
            labels.append(answer_words(question, answers[question.id]))
        elif (index := outcomes.get(question.id)) is not None:
            labels.append(_label_at(question, index))
    return " · ".join(labels)


def _label_at(question: Question, index: int) -> str:
    if question.kind in NUMBER_KINDS:
        return question.bands[index].label
    closed = [option.label for option in question.options if not option.open]
    if question.kind is Kind.CHOICES:
        return ", ".join(label for bit, label in enumerate(closed) if index >> bit & 1)
    return closed[index]


def _reasons(playbook: Playbook, assessment: Assessment) -> str:
    return listed(dict.fromkeys(_lowered(playbook.reason_label(r)) for r in assessment.reasons))


def _lowered(label: str) -> str:
    """Return a label for the middle of a sentence; names and abbreviations keep their capitals."""
    return label[:1].lower() + label[1:] if label[1:2].islower() else label
