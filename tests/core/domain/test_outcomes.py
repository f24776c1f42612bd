# SPDX-License-Identifier: MIT
"""Which outcome an answer is, and which answers a question cannot have."""

import pytest

from leaddesk.core.domain.outcomes import AnswerError, outcome_index, outcomes_of
from leaddesk.core.domain.playbook import Band, Effect, Kind, Option, Question

CHOICE = Question(
    "q",
    Kind.CHOICE,
    "?",
    options=(Option("a", "A", 3), Option("unsaid", "", open=True), Option("b", "B", 5)),
)
SEVERAL = Question(
    "q",
    Kind.CHOICES,
    "?",
    at_most=7,
    options=(
        Option("a", "A", 3),
        Option("b", "B", 5, effect=Effect.HOLD, reason="held"),
        Option("c", "C", -2, effect=Effect.DISQUALIFY, reason="out"),
    ),
)
MONEY = Question("q", Kind.MONEY, "?", bands=(Band(0, "little", 0), Band(1000, "much", 9)))


def test_an_open_option_is_no_outcome() -> None:
    assert [outcome.answer for outcome in outcomes_of(CHOICE)] == ["a", "b"]
    assert outcome_index(CHOICE, "b") == 1
    assert outcome_index(CHOICE, "unsaid") is None
    assert outcome_index(CHOICE, None) is None


def test_subsets_come_in_binary_order_with_the_strongest_effect_and_the_cap() -> None:
    found = outcomes_of(SEVERAL)
    assert [o.answer for o in found] == [
        (), ("a",), ("b",), ("a", "b"), ("c",), ("a", "c"), ("b", "c"), ("a", "b", "c"),
    ]  # fmt: skip
    assert [o.points for o in found] == [0, 3, 5, 7, -2, 1, 3, 6]
    assert found[3].effect is Effect.HOLD
    assert found[3].reasons == ("held",)
    assert found[7].effect is Effect.DISQUALIFY
    assert found[7].reasons == ("out",)
    assert outcome_index(SEVERAL, ()) == 0
    assert outcome_index(SEVERAL, ("b", "a")) == 3


@pytest.mark.parametrize(("value", "index"), [(0, 0), (999, 0), (1000, 1), (10**9, 1)])
def test_a_number_falls_into_the_highest_band_that_does_not_exceed_it(
    value: int, index: int
) -> None:
    assert outcome_index(MONEY, value) == index


@pytest.mark.parametrize(
    ("question", "value"),
    [
        (CHOICE, "c"),
        (CHOICE, 1),
        (CHOICE, ("a",)),
        (SEVERAL, "a"),
        (SEVERAL, ("a", "z")),
        (MONEY, -1),
        (MONEY, True),
        (MONEY, "1000"),
        (MONEY, 5.0),
        (Question("q", Kind.TEXT, "?"), 3),
    ],
)
def test_what_a_question_cannot_have_is_refused(question: Question, value: object) -> None:
    with pytest.raises(AnswerError, match="q"):
        outcome_index(question, value)
