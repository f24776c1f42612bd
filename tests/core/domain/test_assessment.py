# SPDX-License-Identifier: MIT
"""The assessment against an enumeration of the same rules, on random small playbooks."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leaddesk.core.domain.assessment import Assessment, assess, quick_score
from leaddesk.core.domain.outcomes import scorable_questions
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
from leaddesk.core.domain.resolve import Resolved
from leaddesk.core.domain.scoring import OPEN
from leaddesk.core.domain.verdict import Verdict
from tests.helpers.brute_force import VERDICTS, BruteForce
from tests.helpers.playbooks import sheets

Sheet = tuple[Playbook, dict[str, int]]

EXAMPLE = Playbook(
    id="example",
    version=1,
    title="The worked example",
    decision=DecisionRule(pass_at=70, nurture_at=40, minimum_coverage=50),
    criteria=(
        Criterion(
            "authority",
            "Authority",
            required=True,
            questions=(
                Question(
                    "signer",
                    Kind.CHOICE,
                    "Who signs?",
                    options=(
                        Option("alone", "Signs alone", 25),
                        Option("together", "Signs with someone else", 20),
                        Option("gathers", "Gathers", effect=Effect.HOLD, reason="no_authority"),
                        Option("unsaid", "Would not say", open=True),
                    ),
                ),
            ),
        ),
        Criterion(
            "money",
            "Money",
            questions=(
                Question(
                    "budget",
                    Kind.MONEY,
                    "How much?",
                    bands=(Band(0, "under 20k", 0), Band(20_000, "20k and up", 15)),
                ),
            ),
        ),
    ),
)  # fmt: skip


def assessed(playbook: Playbook, answered: dict[str, int]) -> Assessment:
    outcomes = tuple(answered.get(q.id) for q in scorable_questions(playbook))
    return assess(playbook, Resolved(outcomes, (None,) * len(outcomes)))


def test_the_worked_example_of_the_spec() -> None:
    found = assessed(EXAMPLE, {"signer": 1})
    assert (found.most, found.earned) == (40, 20)
    assert (found.score, found.low, found.high, found.coverage) == (50, 50, 87.5, 62.5)
    assert found.verdict is found.recommendation is Verdict.NURTURE
    assert found.reachable == (Verdict.PASS, Verdict.NURTURE)
    assert not found.settled
    assert found.chance == {Verdict.PASS: 0.5, Verdict.NURTURE: 0.5, Verdict.DISQUALIFY: 0}
    assert [(n.question, n.value, n.swing) for n in found.next] == [("budget", 1, 15)]
    assert found.flips == {Verdict.PASS: ({"budget": 20_000},)}
    assert found.flip_counts == {Verdict.PASS: 1}


def test_a_score_just_below_a_threshold_is_never_shown_as_having_reached_it() -> None:
    options = (Option("most", "", 1000), Option("less", "", 699))
    question = Question("q", Kind.CHOICE, "?", options=options)
    playbook = Playbook("p", 1, "", DecisionRule(70, 40, 50), (Criterion("c", "", (question,)),))
    found = assessed(playbook, {"q": 1})
    assert found.score == pytest.approx(69.9)
    assert found.shown_score == 69
    assert found.verdict is Verdict.NURTURE


@given(sheets())
@settings(max_examples=300, deadline=None)
def test_every_field_is_what_enumeration_finds(sheet: Sheet) -> None:
    playbook, answered = sheet
    brute = BruteForce(playbook, answered)
    found = assessed(playbook, answered)
    earned, covered, *_ = brute.state()

    assert (found.most, found.earned, found.covered_points) == (brute.most, earned, covered)
    assert found.score == pytest.approx(float(brute.score(earned)))
    assert found.verdict == brute.verdict()
    assert list(found.reasons) == brute.reasons()

    totals = [brute.state(completion)[0] for completion in brute.completions()]
    assert (found.low_points, found.high_points) == (min(totals), max(totals))

    chance = brute.chance()
    assert list(found.reachable) == [v for v in VERDICTS if chance[v]]
    assert found.chance == {v: pytest.approx(float(p)) for v, p in chance.items()}
    assert found.settled == (len(found.reachable) == 1)
    assert found.recommendation == (found.reachable[0] if found.settled else brute.verdict())

    values = {n.question: n.value for n in found.next}
    assert values == {q: pytest.approx(brute.value(q), abs=1e-9) for q in brute.open}
    swings = {
        q: max(o[0] for o in brute.outcomes[q]) - min(o[0] for o in brute.outcomes[q])
        for q in brute.open
    }
    order = sorted(
        brute.open, key=lambda q: (-round(values[q], 9), -swings[q], brute.open.index(q))
    )
    assert [n.question for n in found.next] == order

    flips = brute.flips()
    assert found.flip_counts == {target: len(sets) for target, sets in flips.items()}
    assert {t: list(sets) for t, sets in found.flips.items()} == {
        target: sets[:20] for target, sets in flips.items()
    }


@given(sheets(4), st.data())
@settings(max_examples=100, deadline=None)
def test_weights_learned_from_past_calls_shift_the_chances(
    sheet: Sheet, data: st.DataObject
) -> None:
    playbook, answered = sheet
    brute = BruteForce(playbook, answered)
    weights = {
        q: data.draw(st.lists(st.integers(1, 9), min_size=n, max_size=n))
        for q, outcomes in brute.outcomes.items()
        if (n := len(outcomes)) and data.draw(st.booleans())
    }
    outcomes = tuple(answered.get(q.id) for q in scorable_questions(playbook))
    found = assess(playbook, Resolved(outcomes, (None,) * len(outcomes)), weights)
    chance = brute.chance(None, weights)
    assert found.chance == {v: pytest.approx(float(p)) for v, p in chance.items()}
    assert {n.question: n.value for n in found.next} == {
        q: pytest.approx(brute.value(q, weights), abs=1e-9) for q in brute.open
    }


@given(sheets(7))
@settings(deadline=None)
def test_criteria_add_up_to_the_whole(sheet: Sheet) -> None:
    playbook, answered = sheet
    found = assessed(playbook, answered)
    scored = [s for c, s in zip(playbook.criteria, found.criteria, strict=True) if c.scored]
    assert sum(s.earned for s in scored) == found.earned
    assert sum(s.most for s in scored) == found.most
    assert sum(s.low for s in scored) == found.low_points
    assert sum(s.high for s in scored) == found.high_points
    brute = BruteForce(playbook, answered)
    assert [q for s in found.criteria for q in s.open] == brute.open
    if found.verdict is Verdict.PASS:
        assert all(s.met for s in found.criteria)


@given(sheets(8), st.data())
@settings(deadline=None)
def test_the_interval_never_widens_as_questions_are_first_answered(
    sheet: Sheet, data: st.DataObject
) -> None:
    playbook, answered = sheet
    brute = BruteForce(playbook, {})
    before = assessed(playbook, answered)
    for question in [q for q in brute.open if q not in answered]:
        answered = {
            **answered,
            question: data.draw(st.integers(0, len(brute.outcomes[question]) - 1)),
        }
        after = assessed(playbook, answered)
        assert before.low_points <= after.low_points <= after.high_points <= before.high_points
        assert set(after.reachable) <= set(before.reachable)
        before = after


@given(sheets(8))
@settings(deadline=None)
def test_a_disqualifying_answer_dominates(sheet: Sheet) -> None:
    playbook, answered = sheet
    brute = BruteForce(playbook, answered)
    found = assessed(playbook, answered)
    if any(brute.outcomes[q][i][1] is Effect.DISQUALIFY for q, i in answered.items()):
        assert found.verdict is Verdict.DISQUALIFY
        assert found.reachable == (Verdict.DISQUALIFY,)
        assert not found.flips
        assert all(n.value == 0 for n in found.next)


@given(sheets(6), st.data())
@settings(deadline=None)
def test_a_settled_verdict_survives_every_completion(sheet: Sheet, data: st.DataObject) -> None:
    playbook, answered = sheet
    found = assessed(playbook, answered)
    if found.settled:
        brute = BruteForce(playbook, answered)
        rest = {q: data.draw(st.integers(0, len(brute.outcomes[q]) - 1)) for q in brute.open}
        assert assessed(playbook, {**answered, **rest}).verdict is found.recommendation


@given(sheets(8), st.randoms(use_true_random=False))
@settings(deadline=None)
def test_the_order_of_answers_is_irrelevant(sheet: Sheet, random: object) -> None:
    playbook, answered = sheet
    shuffled = list(answered.items())
    random.shuffle(shuffled)
    assert assessed(playbook, dict(shuffled)) == assessed(playbook, answered)


@given(sheets(8))
@settings(deadline=None)
def test_the_quick_score_is_the_score_of_the_whole_assessment(sheet: Sheet) -> None:
    playbook, answered = sheet
    found = assessed(playbook, answered)
    codes = [answered.get(q.id, OPEN) for q in scorable_questions(playbook)]
    assert quick_score(playbook, codes) == (
        found.earned,
        found.low_points,
        found.high_points,
        found.covered_points,
        found.verdict,
    )
