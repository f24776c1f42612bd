# SPDX-License-Identifier: MIT
"""What to ask when there is little time, and next within the phase of the call."""

from hypothesis import given
from hypothesis import strategies as st

from leaddesk.core.domain.assessment import assess
from leaddesk.core.domain.outcomes import scorable_questions
from leaddesk.core.domain.playbook import (
    Criterion,
    DecisionRule,
    Kind,
    Option,
    Phase,
    Playbook,
    Question,
    Step,
)
from leaddesk.core.domain.resolve import Resolved
from leaddesk.core.domain.short_call import suggested, two_minutes
from tests.helpers.playbooks import sheets


def question(question_id, *points, ask="?"):
    options = tuple(Option(f"o{n}", "", worth) for n, worth in enumerate(points))
    source = "" if ask else "lead.industry"
    return Question(question_id, Kind.CHOICE, ask, source=source, options=options)


def step(step_id, phase, *questions):
    return Step(step_id, step_id, phase, questions=questions)


WORDS = Question("words", Kind.TEXT, "?")
BOOK = Playbook(
    "p", 1, "", DecisionRule(70, 40, 50),
    (
        Criterion("a", "A", (question("small", 0, 10), question("big", 0, 60), WORDS)),
        Criterion("b", "B", (question("middle", 0, 30), question("trifle", 0, 0))),
        Criterion("c", "C", (question("silent", 0, 40, ask=""),)),
    ),
    script=(
        step("hello", Phase.OPENING, "small"), step("first", Phase.DISCOVERY, "big", "words"),
        step("desk", Phase.GATEKEEPER), step("second", Phase.DISCOVERY, "middle"),
        step("bye", Phase.CLOSE),
    ),
)  # fmt: skip


def resolved(**outcomes):
    found = tuple(outcomes.get(q.id) for q in scorable_questions(BOOK))
    return Resolved(found, (None,) * len(found))


def test_the_question_that_can_decide_most_comes_first():
    assert two_minutes(BOOK, resolved()) == ("big", "middle", "small")
    assert two_minutes(BOOK, resolved(), most=2) == ("big", "middle")
    assert two_minutes(BOOK, resolved(big=1)) == ("middle", "small")


def test_questions_that_cannot_be_asked_or_cannot_decide_are_left_out():
    assert assess(BOOK, resolved()).next[1].question == "silent"
    assert not {"silent", "trifle", "words"} & set(two_minutes(BOOK, resolved(), most=9))


def test_there_is_nothing_to_ask_once_it_is_settled():
    assert two_minutes(BOOK, resolved(big=1, middle=1, silent=1)) == ()
    assert assess(BOOK, resolved(big=1, middle=1, silent=1)).next


def test_the_suggestion_stays_within_the_phase():
    assessment = assess(BOOK, resolved())
    assert suggested(BOOK, assessment, ("small",)) == "small"
    assert suggested(BOOK, assessment, ("big", "words", "middle", "trifle")) == "big"
    assert suggested(BOOK, assessment, ("trifle", "words", "silent")) == ""
    assert suggested(BOOK, assessment, ()) == ""
    settled = assess(BOOK, resolved(big=1, middle=1, silent=1))
    assert suggested(BOOK, settled, ("small",)) == ""


@given(sheets(), st.integers(1, 4))
def test_every_question_of_a_short_call_is_open_and_can_decide(case, most):
    playbook, answered = case
    codes = tuple(answered.get(q.id) for q in scorable_questions(playbook))
    sheet = Resolved(codes, (None,) * len(codes))
    asked = two_minutes(playbook, sheet, most)
    assessment = assess(playbook, sheet)
    values = {one.question: one.value for one in assessment.next}
    assert len(asked) <= most
    assert all(values[name] > 0 for name in asked)
    assert [one.question for one in assessment.next if one.question in asked] == list(asked)
    assert not (assessment.settled and asked)
    if asked:
        assert suggested(playbook, assessment, [q.id for q in playbook.questions]) == asked[0]
