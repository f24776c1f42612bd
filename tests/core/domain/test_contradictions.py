# SPDX-License-Identifier: MIT
"""What does not go together is said in one sentence, and nothing else is."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaddesk.core.domain.call import Answer
from leaddesk.core.domain.contradictions import Contradiction, contradictions
from leaddesk.core.domain.lead import Lead
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

OCTOBER = datetime(2026, 10, 12, 9, tzinfo=UTC)
NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
SIGNER = Question(
    "signer", Kind.CHOICE, "?", "AUTHORITY", source="lead.title",
    options=(
        Option("alone", "Signs alone", 3, 3, matches=("owner",)),
        Option("together", "Signs with someone", 2, 2, matches=("director*",)),
        Option("held", "Signs, but not this year", 2, 2, effect=Effect.HOLD),
        Option("gathers", "Gathers information only", 0, 0),
        Option("unsaid", "Would not say", open=True),
    ),
)  # fmt: skip
FUNDING = Question(
    "funding", Kind.CHOICE, "?", "MONEY",
    options=(
        Option("none", "No money", 0, 0), Option("some", "They would find it", 1, 1),
        Option("approved", "Approved", 3, 3),
    ),
)  # fmt: skip
AMOUNT = Question(
    "amount", Kind.MONEY, "?", "MONEY",
    bands=(Band(0, "little", 0, 0), Band(10000, "some", 1, 1), Band(25000, "much", 2, 2)),
)  # fmt: skip
PEOPLE = Question(
    "people", Kind.NUMBER, "?", "SIZE", source="lead.employees",
    bands=(Band(0, "few"), Band(50, "many")),
)  # fmt: skip
TAGS = Question(
    "tags", Kind.CHOICES, "?", source="lead.tags",
    options=(
        Option("fair", "Met at a fair", matches=("fair",)), Option("friend", "A friend", level=0),
    ),
)  # fmt: skip
WARMTH = Question(
    "warmth", Kind.NUMBER, "?", source="activity.score", bands=(Band(0, "cold", level=3),)
)
WORDS = Question("words", Kind.TEXT, "?", "MONEY")
QUESTIONS = (SIGNER, FUNDING, AMOUNT, PEOPLE, TAGS, WARMTH, WORDS)
BOOK = Playbook(
    "p", 1, "", DecisionRule(70, 40, 50),
    (Criterion("a", "Authority", (SIGNER,)), Criterion("b", "Budget", (FUNDING, AMOUNT)),
     Criterion("c", "The rest", QUESTIONS[3:])),
)  # fmt: skip


def said(at=NOW, **values):
    return {name: Answer(name, value, at) for name, value in values.items()}


def found(answers, earlier=None, lead=None):
    def day(moment):
        return f"{moment.day} {moment:%b}"

    return contradictions(BOOK, answers, earlier or {}, lead, day)


def sentences(*args, **kwargs):
    return [one.sentence for one in found(*args, **kwargs)]


def test_two_levels_from_one_call_to_the_next_are_worth_a_question():
    assert found(said(signer="gathers"), said(OCTOBER, signer="alone")) == (
        Contradiction(
            "signer", "Said “Signs alone” on 12 Oct, now “Gathers information only”."
        ),
    )  # fmt: skip
    assert sentences(said(amount=30000), said(OCTOBER, amount=500)) == [
        "Said “500” on 12 Oct, now “30,000”."
    ]


@pytest.mark.parametrize(
    ("now", "before", "differs"),
    [
        ("alone", "together", False),
        ("alone", "alone", False),
        ("held", "together", True),
        ("together", "held", True),
        ("alone", "unsaid", False),
        ("unsaid", "alone", False),
        ("alone", None, False),
        ("alone", "an option that is gone", False),
    ],
)
def test_one_level_is_a_matter_of_wording_and_an_effect_is_not(now, before, differs):
    assert bool(found(said(signer=now), said(OCTOBER, signer=before))) is differs


def test_data_that_says_otherwise_is_named():
    lead = Lead("L", title="Director of Plants", employees=1420, tags=("old", "fair"))
    assert sentences(said(signer="gathers", people=9, tags=("friend",)), lead=lead) == [
        "The data says “Director of Plants” (title), the answer was “Gathers information only”.",
        "The data says “1,420” (employees), the answer was “9”.",
        "The data says “old, fair” (tags), the answer was “A friend”.",
    ]


def test_data_that_agrees_or_says_nothing_is_not():
    lead = Lead("L", title="Director of Plants", employees=70, tags=("fair",))
    agreed = said(
        signer="together", people=99, tags=("fair",), warmth=0, words="so", funding="none"
    )
    assert found(agreed, lead=lead) == ()
    assert found(said(signer="gathers", people=9), lead=Lead("L", title="Clerk")) == ()
    assert found(said(signer="gathers", people=9)) == ()


def test_two_questions_of_one_fact_should_not_be_worlds_apart():
    assert found(said(funding="none", amount=30000)) == (
        Contradiction(
            "amount", "Budget (funding) is “No money”, yet Budget (amount) is “30,000”."
        ),
    )  # fmt: skip
    assert found(said(funding="approved", amount=0))[0].question_id == "amount"
    assert found(said(funding="none", amount=12000)) == ()
    assert found(said(funding="approved", amount=12000)) == ()
    assert found(said(signer="gathers", amount=30000)) == ()
    assert found(said(tags=("friend",), warmth=0)) == ()  # both without a fact


def test_they_come_in_the_order_of_the_playbook():
    lead = Lead("L", employees=1420)
    earlier = said(OCTOBER, signer="alone", amount=0)
    answers = said(people=9, signer="gathers", amount=30000, funding="none")
    asked = [one.question_id for one in found(answers, earlier, lead)]
    assert asked == ["signer", "amount", "amount", "people"]


VALUES = {
    "signer": st.sampled_from([option.id for option in SIGNER.options]),
    "funding": st.sampled_from([option.id for option in FUNDING.options]),
    "amount": st.integers(0, 60000),
    "people": st.integers(0, 99),
}


@given(st.fixed_dictionaries({}, optional=VALUES), st.fixed_dictionaries({}, optional=VALUES))
def test_two_calls_contradict_each_other_the_same_in_either_order(one, other):
    def across(now, before):
        alone = {c.sentence for c in found(said(**now))}
        both = found(said(**now), said(OCTOBER, **before))
        return [c.question_id for c in both if c.sentence not in alone]

    assert across(one, other) == across(other, one)
    assert across(one, one) == []
