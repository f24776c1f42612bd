# SPDX-License-Identifier: MIT
"""What each answer of a call earned, and that the lines add up to the assessment."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaddesk.core.domain.assessment import assess
from leaddesk.core.domain.call import Answer, AnswerState, latest_answers
from leaddesk.core.domain.lead import Lead
from leaddesk.core.domain.ledger import ledger
from leaddesk.core.domain.levels import is_possible
from leaddesk.core.domain.outcomes import AnswerError
from leaddesk.core.domain.playbook import (
    Band,
    Criterion,
    DecisionRule,
    Evidence,
    Kind,
    Option,
    Playbook,
    Question,
)
from leaddesk.core.domain.resolve import resolve
from tests.helpers.playbooks import playbooks

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
SIGNER = Question(
    "signer", Kind.CHOICE, "?", source="lead.title", stale_after_days=180,
    options=(
        Option("alone", "Signs alone", 60, matches=("owner",)), Option("gathers", "Gathers", -20),
    ),
)  # fmt: skip
AMOUNT = Question("amount", Kind.MONEY, "?", bands=(Band(0, "little", 0), Band(5000, "much", 40)))
WORDS = Question("words", Kind.TEXT, "?")
BOOK = Playbook(
    "p", 1, "", DecisionRule(70, 40, 50),
    (Criterion("a", "Authority", (SIGNER,)), Criterion("b", "Budget", (AMOUNT, WORDS))),
)  # fmt: skip


def said(question_id, value, minute=0, **more):
    return Answer(question_id, value, NOW + timedelta(minutes=minute), **more)


def lines(record, start=(), lead=None):
    start = {answer.question_id: answer for answer in start}
    return ledger(BOOK, start, record, lead, (), NOW + timedelta(hours=1))


def sums(entries):
    return [(entry.change, entry.total, entry.percent) for entry in entries]


def test_each_answer_has_a_line_with_what_it_earned():
    entries = lines([said("amount", 6000), said("signer", "alone", 2)])
    assert [(e.topic, e.words) for e in entries] == [
        ("Budget", "6,000"), ("Authority", "Signs alone"),
    ]  # fmt: skip
    assert sums(entries) == [(40, 40, 40), (60, 100, 100)]
    assert entries[1].at == NOW + timedelta(minutes=2)


def test_a_correction_costs_what_it_takes_and_a_withdrawal_gives_back_what_stood():
    back = said("signer", None, 3, withdrawn=True)
    entries = lines([said("signer", "alone"), said("signer", "gathers"), back, back, back])
    assert sums(entries) == [(60, 60, 60), (-80, -20, 0), (80, 60, 60), (-60, 0, 0)]
    assert [(e.withdrawn, e.words) for e in entries[1:]] == [
        (False, "Gathers"), (True, "Gathers"), (True, "Signs alone"),
    ]  # fmt: skip


def test_what_stood_before_the_call_is_where_the_ledger_starts():
    start = [said("signer", "alone")]
    assert sums(lines([said("amount", 6000)], start)) == [(40, 100, 100)]
    assert sums(lines([said("signer", None, withdrawn=True)], start)) == [(-60, 0, 0)]


def test_what_the_data_says_stands_where_nothing_is_said():
    owner = Lead("L", title="Owner")
    assert sums(lines([said("signer", "gathers")], lead=owner)) == [(-80, -20, 0)]
    assert sums(lines([said("signer", "alone")], lead=owner)) == [(0, 60, 60)]


def test_words_and_open_answers_have_a_line_that_earns_nothing():
    declined = said("signer", None, state=AnswerState.DECLINED)
    assumed = said("amount", 6000, evidence=Evidence.ASSUMED)
    entries = lines([said("words", "By March."), declined, assumed])
    assert [entry.words for entry in entries] == ["By March.", "Would not say", "6,000"]
    assert [entry.change for entry in entries] == [0, 0, 0]


def test_questions_of_another_playbook_have_no_line():
    assert lines([said("unheard of", 3)], [said("unheard of", 2)]) == ()


def test_an_answer_the_question_cannot_have_is_refused():
    with pytest.raises(AnswerError):
        lines([said("signer", "nobody")])


@st.composite
def records(draw):
    playbook = draw(playbooks())
    facts = []
    for _ in range(draw(st.integers(0, 10))):
        question = draw(st.sampled_from(playbook.questions))
        ids = [option.id for option in question.options] or ["x"]
        value = draw(
            st.none() | st.integers(0, 3000) | st.sampled_from(ids)
            | st.lists(st.sampled_from(ids), unique=True).map(tuple)
        )  # fmt: skip
        value = value if is_possible(question, value) else None
        facts.append(said(question.id, value, withdrawn=draw(st.integers(0, 3)) == 0))
    return playbook, facts, draw(st.integers(0, len(facts)))


@given(records())
def test_the_lines_add_up_to_the_assessment(case):
    playbook, facts, at = case
    start = latest_answers(facts[:at])
    entries = ledger(playbook, start, facts[at:], None, (), NOW)

    def assessed(answers):
        return assess(playbook, resolve(playbook, answers, None, (), NOW))

    before = assessed(start).earned
    for entry in entries:
        before += entry.change
        assert entry.total == before
    after = assessed(latest_answers([*start.values(), *facts[at:]]))
    assert before == after.earned
    if entries:
        assert entries[-1].percent == after.shown_score
