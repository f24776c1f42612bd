# SPDX-License-Identifier: MIT
"""What a rehearsal was worth: every question once, and the truth recorded is the true verdict."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaddesk.core.domain.assessment import assess
from leaddesk.core.domain.call import Answer
from leaddesk.core.domain.lead import Lead
from leaddesk.core.domain.outcomes import outcomes_of
from leaddesk.core.domain.playbook import (
    Band,
    Criterion,
    DecisionRule,
    Effect,
    Evidence,
    Kind,
    Option,
    Playbook,
    Question,
)
from leaddesk.core.domain.rehearsal import Prospect, make_prospect
from leaddesk.core.domain.rehearsal_review import Finding, RehearsalReview, review
from leaddesk.core.domain.resolve import resolve
from leaddesk.core.domain.verdict import DECISIONS, Verdict
from tests.helpers.picks import pick_by
from tests.helpers.playbooks import playbooks

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
PROBLEM = Question(
    "problem",
    Kind.CHOICE,
    "What goes wrong?",
    options=(
        Option("much", "A lot", 20),
        Option("none", "Nothing", 0, effect=Effect.DISQUALIFY, reason="no_need"),
        Option("unsaid", "Would not say", open=True),
    ),
)
AMOUNT = Question(
    "amount", Kind.MONEY, "How much?", bands=(Band(0, "little"), Band(20_000, "much", 20))
)
WORDS = Question("own_words", Kind.TEXT, "In your words?")
PLAYBOOK = Playbook(
    "p",
    1,
    "P",
    DecisionRule(70, 40, 50),
    (Criterion("need", "Need", (PROBLEM, WORDS)), Criterion("money", "Money", (AMOUNT,))),
    fingerprint="reviewed",
)
GOOD = Prospect(
    Lead("", first_name="Sam"),
    {"problem": "much", "own_words": "In spring.", "amount": 25_000},
    frozenset(),
    "friendly",
)

seeds = st.integers(0, 2**32)
decisions = st.none() | st.sampled_from(DECISIONS)


def said(**values) -> dict[str, Answer]:
    return {name: Answer(name, value, NOW) for name, value in values.items()}


def of(answers, asked=(), decided=None, prospect=GOOD, playbook=PLAYBOOK) -> RehearsalReview:
    return review(playbook, prospect, answers, asked, decided, NOW)


@given(playbooks(), seeds, decisions)
def test_recording_exactly_the_truth_gives_the_true_verdict(playbook, seed, decided):
    prospect = make_prospect(playbook, pick_by(seed))
    found = of(said(**prospect.truth), list(prospect.truth), decided, prospect, playbook)
    assert found.your_verdict is found.true_verdict
    assert (found.wrong, found.missed) == ((), ())
    assert [one.question_id for one in found.found] == list(prospect.truth)
    assert all(one.heard == one.truth for one in found.found)
    assert found.questions_asked == len(prospect.truth)
    assert found.decided is decided


@given(playbooks(), seeds, decisions)
def test_asking_nothing_misses_everything(playbook, seed, decided):
    prospect = make_prospect(playbook, pick_by(seed))
    found = of({}, [], decided, prospect, playbook)
    assert (found.found, found.wrong, found.questions_asked) == ((), (), 0)
    assert [one.question_id for one in found.missed] == list(prospect.truth)
    assert found.sentence


@given(playbooks(), seeds, st.data())
def test_every_question_is_found_missed_or_wrong_whatever_is_recorded(playbook, seed, data):
    prospect = make_prospect(playbook, pick_by(seed))
    answers = {}
    for question in playbook.questions:
        possible = [None, *(outcome.answer for outcome in outcomes_of(question))]
        possible += [option.id for option in question.options if option.open]
        if question.kind is Kind.TEXT:
            possible += ["", "words"]
        if data.draw(st.booleans()):
            value = data.draw(st.sampled_from(possible))
            evidence = data.draw(st.sampled_from(Evidence))
            withdrawn = data.draw(st.booleans())
            answers[question.id] = Answer(question.id, value, NOW, evidence, withdrawn=withdrawn)
    found = of(answers, list(answers), None, prospect, playbook)
    ids = [one.question_id for part in (found.found, found.missed, found.wrong) for one in part]
    assert sorted(ids) == sorted(prospect.truth)


@given(playbooks(), seeds)
def test_the_fewest_questions_settle_it_and_one_fewer_does_not(playbook, seed):
    prospect = make_prospect(playbook, pick_by(seed))
    fewest = of({}, [], None, prospect, playbook).fewest
    assert fewest is not None
    heard = {}
    for number in range(fewest + 1):
        assessment = assess(playbook, resolve(playbook, heard, prospect.lead, (), NOW))
        assert assessment.settled is (number == fewest)
        if not assessment.settled:
            question = assessment.next[0].question
            heard |= said(**{question: prospect.truth[question]})
    assert assessment.recommendation is of({}, [], None, prospect, playbook).true_verdict


def test_what_was_heard_stands_beside_what_is_true():
    found = of(said(problem="none", amount=None), ["problem", "amount", "amount"])
    assert found.wrong == (Finding("problem", "Need (problem)", "A lot", "Nothing"),)
    assert found.missed == (
        Finding("own_words", "Need (own words)", "In spring.", "Not recorded"),
        Finding("amount", "Money", "25,000", "Asked, no answer"),
    )
    assert found.questions_asked == 2
    assert (found.true_verdict, found.your_verdict) == (Verdict.PASS, Verdict.DISQUALIFY)


def test_a_number_is_found_when_it_is_in_the_right_band():
    found = of(said(amount=40_000))
    assert found.found == (Finding("amount", "Money", "25,000", "40,000"),)
    assert [one.question_id for one in of(said(amount=19_999)).wrong] == ["amount"]


def test_any_words_or_a_note_answer_a_question_for_words():
    for answer in (
        Answer("own_words", "after easter", NOW),
        Answer("own_words", None, NOW, note=" after easter "),
    ):
        (finding,) = of({"own_words": answer}).found
        assert finding.heard == "after easter"
    assert of(said(own_words=" ")).found == ()


def test_what_was_taken_back_or_left_open_is_missed():
    taken_back = Answer("problem", "much", NOW, withdrawn=True)
    for answers in ({"problem": taken_back}, said(problem="unsaid"), said(problem=None)):
        found = of(answers)
        assert "problem" in {one.question_id for one in found.missed}
        assert found.wrong == ()


def test_the_truth_counts_however_well_an_answer_has_to_be_known():
    strict = replace(
        PLAYBOOK, decision=DecisionRule(70, 40, 50, Evidence.CONFIRMED), fingerprint="strict"
    )
    found = of(said(**GOOD.truth), playbook=strict)
    assert (found.true_verdict, found.your_verdict) == (Verdict.PASS, Verdict.UNDECIDED)
    assert found.fewest == 2


def test_an_answer_too_old_to_count_is_heard_and_does_not_count():
    aging = replace(
        PLAYBOOK,
        criteria=(Criterion("need", "Need", (replace(PROBLEM, stale_after_days=1),)),),
        fingerprint="aging",
    )
    prospect = replace(GOOD, truth={"problem": "much"})
    old = {"problem": Answer("problem", "much", NOW - timedelta(days=2))}
    found = of(old, prospect=prospect, playbook=aging)
    assert (found.true_verdict, found.your_verdict) == (Verdict.PASS, Verdict.UNDECIDED)
    assert len(found.found) == 1


def test_where_data_stays_unknown_no_number_of_questions_settles_it():
    size = Question(
        "size", Kind.NUMBER, "", source="lead.employees", bands=(Band(0, ""), Band(50, "", 160))
    )
    playbook = replace(
        PLAYBOOK,
        criteria=(*PLAYBOOK.criteria, Criterion("fit", "Fit", (size,))),
        fingerprint="data",
    )
    found = of({}, playbook=playbook)
    assert found.fewest is None
    assert found.true_verdict is Verdict.UNDECIDED
    assert found.sentence == (
        "Nothing is decided yet; even all answers together leave it open. You asked 0 questions."
    )


@pytest.mark.parametrize(
    ("answers", "asked", "decided", "sentence"),
    [
        (
            {"problem": "much", "amount": 25_000},
            ["problem", "amount", "own_words"],
            Verdict.PASS,
            (
                "You decided to pass to sales, and the whole truth says pass to sales, too."
                " You asked 3 questions; 2 in the suggested order would have settled it."
            ),
        ),
        (
            {"problem": "none"},
            ["problem"],
            Verdict.DISQUALIFY,
            (
                "You decided to disqualify; the whole truth says pass to sales."
                " 1 answer was recorded otherwise than said."
                " You asked 1 question; 2 in the suggested order would have settled it."
            ),
        ),
        (
            {"problem": "none", "amount": 0},
            [],
            None,
            (
                "Nothing is decided yet; the whole truth says pass to sales."
                " 2 answers were recorded otherwise than said."
                " You asked 0 questions; 2 in the suggested order would have settled it."
            ),
        ),
    ],
)
def test_the_sentence_says_all_of_it_in_short(answers, asked, decided, sentence):
    assert of(said(**answers), asked, decided).sentence == sentence


def test_what_is_settled_before_the_call_needs_no_question():
    rival = Question(
        "industry",
        Kind.CHOICE,
        "",
        source="lead.industry",
        options=(Option("rival", "", 0, effect=Effect.DISQUALIFY, reason="r", matches=("*",)),),
    )
    playbook = replace(
        PLAYBOOK, criteria=(*PLAYBOOK.criteria, Criterion("fit", "Fit", (rival,))), fingerprint="r"
    )
    prospect = replace(GOOD, lead=Lead("", industry="Software"))
    found = of({}, ["problem"], Verdict.DISQUALIFY, prospect, playbook)
    assert found.fewest == 0
    assert found.sentence.endswith("You asked 1 question; it was settled before the first.")
