# SPDX-License-Identifier: MIT
"""What a pass leaves open for whoever takes over."""

from datetime import UTC, datetime

import pytest

from leaddesk.core.domain.assessment import assess
from leaddesk.core.domain.call import Answer
from leaddesk.core.domain.handoff_gaps import still_needed
from leaddesk.core.domain.playbook import (
    Branch,
    Criterion,
    DecisionRule,
    Kind,
    Option,
    Phase,
    Playbook,
    Question,
    Step,
)
from leaddesk.core.domain.resolve import resolve

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)


def choice(question_id, points, ask="?"):
    options = (Option("yes", "Yes", points), Option("half", "Half", points), Option("no", "No"))
    return Question(question_id, Kind.CHOICE, ask, options=options)


def text(question_id):
    return Question(question_id, Kind.TEXT, "In your words?")


def step(step_id, *questions, to="", branch=()):
    phase = Phase.CLOSE if step_id == "close" else Phase.DISCOVERY
    return Step(step_id, step_id, phase, questions=questions, next=to, branch=branch)


BOOK = Playbook(
    "p", 1, "", DecisionRule(70, 40, 50),
    (
        Criterion("n", "Need", (choice("need", 80), text("in_their_words"))),
        Criterion("a", "Authority", (choice("signer", 10), text("introduction"))),
        Criterion("t", "Timeline", (choice("start", 10), text("call_again"))),
        Criterion("f", "Fit", (choice("industry", 10, ask=""),), scored=False),
    ),
    script=(
        step("need", "need", "in_their_words"),
        step(
            "authority", "signer", to="timeline",
            branch=(Branch((("signer", ("half",)),), "introduction"),),
        ),
        step("introduction", "introduction"),
        step(
            "timeline", "start", to="close", branch=(Branch((("start", ("no",)),), "later"),)
        ),
        step("later", "call_again"),
        step("close"),
    ),
)  # fmt: skip


def needed(note="", **values):
    answers = {name: Answer(name, value, NOW, note=note) for name, value in values.items()}
    return still_needed(BOOK, assess(BOOK, resolve(BOOK, answers, None, (), NOW)), answers)


@pytest.mark.parametrize(
    ("answers", "gaps"),
    [
        ({"in_their_words": "too slow"}, "Authority, Timeline"),
        ({}, "Need (in their words), Authority, Timeline"),
        (
            {"in_their_words": "too slow", "signer": "half"},
            "Authority (introduction), Timeline",
        ),
        (
            {"in_their_words": "too slow", "signer": "half", "introduction": "", "start": "yes"},
            "Authority (introduction)",
        ),
        ({"in_their_words": "too slow", "signer": "yes", "start": "no"}, "Timeline (call again)"),
    ],
)
def test_what_a_conversation_could_still_bring_is_listed(answers, gaps):
    assert needed(need="yes", **answers) == f"Still needed for the hand-off: {gaps}."


def test_nothing_is_needed_where_the_script_does_not_come_by():
    answers = {"need": "yes", "in_their_words": "too slow", "signer": "yes", "start": "yes"}
    assert needed(**answers) == ""


def test_words_beside_an_answer_are_words_too():
    answers = {"need": "yes", "signer": "yes", "start": "yes"}
    assert needed(**answers, in_their_words=None) != ""
    assert needed(**answers, in_their_words=None, note="“we lose a day a week”") == ""


def test_who_is_not_passed_on_leaves_no_gaps():
    assert needed(need="no") == ""
    assert needed() == ""


def test_a_script_that_leads_back_ends():
    back = (Branch((("need", ("yes",)),), "need"),)
    book = Playbook(
        "p", 1, "", BOOK.decision, BOOK.criteria[:2],
        script=(step("need", "need"), step("signer", "signer", branch=back)),
    )  # fmt: skip
    answers = {"need": Answer("need", "yes", NOW)}
    assessment = assess(book, resolve(book, answers, None, (), NOW))
    assert still_needed(book, assessment, answers) == "Still needed for the hand-off: Authority."
