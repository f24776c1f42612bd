# SPDX-License-Identifier: MIT
"""Random small playbooks, and sheets of answers to them, for property tests."""

from hypothesis import assume
from hypothesis import strategies as st

from leaddesk.core.domain.playbook import (
    Band,
    Criterion,
    DecisionRule,
    Effect,
    Kind,
    Option,
    Playbook,
    Question,
)
from tests.helpers.brute_force import outcomes

OTHER_KINDS = (Kind.CHOICES, Kind.YES_NO, Kind.MONEY, Kind.TEXT)
POINTS = st.integers(-6, 12)
EFFECTS = st.sampled_from([None] * 8 + [Effect.HOLD, Effect.DISQUALIFY])


@st.composite
def questions(draw: st.DrawFn, question_id: str) -> Question:
    kind = draw(st.sampled_from([*[Kind.CHOICE] * 5, *OTHER_KINDS]))
    if kind is Kind.TEXT:
        return Question(question_id, kind, "?")
    if kind is Kind.MONEY:
        bands = tuple(
            Band(1000 * n, f"from {n}k", draw(POINTS), None, *draw(effects(f"{question_id}_{n}")))
            for n in range(draw(st.integers(1, 3)))
        )
        return Question(question_id, kind, "?", bands=bands)
    ids = [f"o{n}" for n in range(draw(st.integers(1, 3)))]
    ids = ["yes", "no"] if kind is Kind.YES_NO else ids
    options = tuple(
        Option(one, one, draw(POINTS), None, *draw(effects(f"{question_id}_{one}"))) for one in ids
    )
    if kind is Kind.CHOICE and draw(st.booleans()):
        options = (*options, Option("unsaid", "Would not say", open=True))
    at_most = draw(st.none() | st.integers(0, 10)) if kind is Kind.CHOICES else None
    return Question(question_id, kind, "?", options=options, at_most=at_most)


@st.composite
def effects(draw: st.DrawFn, reason: str) -> tuple[Effect | None, str]:
    effect = draw(EFFECTS)
    return effect, reason if effect else ""


@st.composite
def playbooks(draw: st.DrawFn, most_questions: int = 5) -> Playbook:
    """A playbook of at most `most_questions` questions in at most three criteria."""
    left = draw(st.integers(1, most_questions))
    criteria = []
    number = 0
    while left and len(criteria) < 3:
        size = left if len(criteria) == 2 else draw(st.integers(1, left))
        own = tuple(draw(questions(f"q{number + n}")) for n in range(size))
        number, left = number + size, left - size
        criteria.append(
            Criterion(
                id=f"c{len(criteria)}",
                title="",
                questions=own,
                required=draw(st.booleans()),
                minimum=draw(st.none() | st.integers(-3, 12)),
                scored=draw(st.sampled_from([True, True, True, False])),
            )
        )
    assume(
        any(
            max(o[0] for o in outcomes(q)) > 0
            for c in criteria
            if c.scored
            for q in c.questions
            if q.kind is not Kind.TEXT
        )
    )
    pass_at = draw(st.integers(1, 100))
    rule = DecisionRule(pass_at, draw(st.integers(0, pass_at - 1)), draw(st.integers(0, 100)))
    return Playbook("p", 1, "", rule, tuple(criteria))


@st.composite
def sheets(draw: st.DrawFn, most_questions: int = 5) -> tuple[Playbook, dict[str, int]]:
    """A playbook and answers to some of its questions: question id -> index of the outcome."""
    playbook = draw(playbooks(most_questions))
    answered = {}
    for question in playbook.questions:
        if question.kind is not Kind.TEXT and draw(st.booleans()):
            answered[question.id] = draw(st.integers(0, len(outcomes(question)) - 1))
    return playbook, answered
