# SPDX-License-Identifier: MIT
"""What the panel says of an assessment, sentence by sentence."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from leaddesk.core.domain.assessment import Assessment, assess
from leaddesk.core.domain.call import Answer, AnswerState
from leaddesk.core.domain.playbook import (
    Band,
    Criterion,
    DecisionRule,
    Effect,
    Kind,
    Option,
    Playbook,
    Question,
    Reason,
    ReasonKind,
)
from leaddesk.core.domain.resolve import Resolved, resolve
from leaddesk.core.domain.wording import (
    answer_label,
    answer_words,
    criterion_line,
    effect_words,
    headline,
    listed,
    topic,
    unmet,
    verdict_sentence,
)

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
NEED = Question(
    "problem",
    Kind.CHOICE,
    "?",
    options=(
        Option("clear", "A clear problem", 30),
        Option("wish", "A wish", 10),
        Option("none", "None we solve", 0, effect=Effect.DISQUALIFY, reason="no_need"),
    ),
)
SIGNER = Question(
    "signer",
    Kind.CHOICE,
    "?",
    options=(
        Option("alone", "Signs alone", 30),
        Option("gathers", "Gathers information", 10, effect=Effect.HOLD, reason="no_authority"),
        Option("unsaid", "Would not say", open=True),
    ),
)
AMOUNT = Question("amount", Kind.MONEY, "?", bands=(Band(0, "little", 0), Band(5000, "enough", 40)))
SOURCE = Question("paid_by", Kind.YES_NO, "?", options=(Option("yes", "Yes"), Option("no", "No")))
PLAYBOOK = Playbook(
    "p", 1, "", DecisionRule(pass_at=70, nurture_at=40, minimum_coverage=50),
    (
        Criterion("need", "Need", (NEED,)),
        Criterion("authority", "Authority", (SIGNER,), required=True),
        Criterion("budget", "Budget", (AMOUNT, SOURCE)),
    ),
    reasons=(Reason("no_need", "No need", (ReasonKind.TERMINAL,)),),
)  # fmt: skip


def said(**answers: object) -> tuple[Assessment, Resolved, dict[str, Answer]]:
    given = {name: Answer(name, value, NOW) for name, value in answers.items()}
    resolved = resolve(PLAYBOOK, given, None, (), NOW)
    return assess(PLAYBOOK, resolved), resolved, given


@pytest.mark.parametrize(
    ("answers", "title", "sentence"),
    [
        ({}, "Too little known yet", "Nothing is answered yet."),
        (
            {"problem": "clear"},
            "Too little known yet",
            (
                "30 % of the score is known; 50 % are needed. Disqualify is ruled out. "
                "Authority “Signs alone” and Budget (amount) “enough” would make it Pass to sales."
            ),
        ),
        (
            {"problem": "clear", "signer": "alone"},
            "Nurture for now",
            "Disqualify is ruled out. Budget (amount) “enough” would make it Pass to sales.",
        ),
        (
            {"problem": "clear", "amount": 9000},
            "Nurture for now",
            (
                "The score is there; still needed: Authority. Disqualify is ruled out. "
                "Authority “Signs alone” would make it Pass to sales."
            ),
        ),
        (
            {"problem": "clear", "signer": "gathers"},
            "Nurture, whatever comes",
            "Held back: no authority. No open answer can change it.",
        ),
        (
            {"problem": "clear", "signer": "alone", "amount": 9000},
            "Pass to sales, whatever comes",
            "No open answer can change it.",
        ),
        (
            {"problem": "clear", "signer": "alone", "amount": 9000, "paid_by": "no"},
            "Pass to sales",
            "",
        ),
        (
            {"problem": "none"},
            "Disqualify, whatever comes",
            "Ruled out: no need. No open answer can change it.",
        ),
        (
            {"problem": "wish", "signer": "gathers", "amount": 0, "paid_by": "yes"},
            "Disqualify",
            "20 of 100, nurture starts at 40.",
        ),
    ],
)
def test_the_verdict_in_words(answers, title, sentence):
    assessment, _, _ = said(**answers)
    assert headline(assessment) == title
    assert verdict_sentence(PLAYBOOK, assessment).text == sentence


def test_what_would_change_it_is_what_is_emphasised():
    assessment, _, _ = said(problem="clear", signer="alone")
    emphasised = [text for text, strong in verdict_sentence(PLAYBOOK, assessment).parts if strong]
    assert emphasised == ["Budget (amount) “enough”"]


def test_other_ways_are_counted():
    assessment, _, _ = said(amount=9000)
    assert verdict_sentence(PLAYBOOK, assessment).text.endswith(
        "Authority “Signs alone” would make it Pass to sales."
    )
    assessment, _, _ = said(signer="alone")
    assert "as would" not in verdict_sentence(PLAYBOOK, assessment).text


def test_a_criterion_in_one_line():
    assessment, resolved, given = said(signer="alone", amount=9000)

    def line(criterion: str) -> str:
        return criterion_line(PLAYBOOK, criterion, assessment, resolved, given)

    assert line("need") == "Open"
    assert line("authority") == "Signs alone"
    assert line("budget") == "1 of 2 answered · paid by is open"
    given["signer"] = Answer("signer", "alone", NOW, note="“I sign\nall of it”")
    assert line("authority") == "“I sign all of it”"
    assessment, resolved, given = said()
    assert line("authority") == "Open · required before passing to sales"
    assert unmet(PLAYBOOK, assessment) == ("Authority",)


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        (SIGNER.options[0], "+30"),
        (SIGNER.options[1], "+10 · not ready for sales"),
        (SIGNER.options[2], "open"),
        (NEED.options[2], "rules out"),
        (AMOUNT.bands[0], "0"),
        (Option("x", "", -5), "-5"),
    ],
)
def test_what_an_answer_does(outcome, words):
    assert effect_words(outcome) == words


def test_answers_as_people_read_them():
    several = Question("q", Kind.CHOICES, "?", options=(Option("a", "One"), Option("b", "Two")))
    assert answer_label(several, ("a", "b")) == "One, Two"
    assert answer_label(several, ()) == "None of them"
    assert answer_label(AMOUNT, 25000) == "25,000"
    assert answer_label(SIGNER, None) == "Asked, no answer"
    assert answer_label(Question("q", Kind.TEXT, "?"), "<b>yes</b>") == "<b>yes</b>"


@pytest.mark.parametrize(
    ("value", "state", "words"),
    [
        (None, AnswerState.GIVEN, "Asked, no answer"),
        (None, AnswerState.DECLINED, "Would not say"),
        (None, AnswerState.UNKNOWN, "Does not know"),
        ("alone", AnswerState.GIVEN, "Signs alone"),
        ("unsaid", AnswerState.DECLINED, "Would not say"),
    ],
)
def test_an_open_answer_says_why_it_is_open(value, state, words):
    assert answer_words(SIGNER, Answer("signer", value, NOW, state=state)) == words


def test_a_topic_names_its_question_where_the_criterion_alone_is_not_enough():
    words = Question("next_budget", Kind.TEXT, "?")
    book = Playbook(
        "p", 1, "", PLAYBOOK.decision,
        (Criterion("a", "Authority", (SIGNER, words)), Criterion("b", "Budget", (AMOUNT, SOURCE))),
    )  # fmt: skip
    assert topic(book, "signer") == "Authority"
    assert topic(book, "next_budget") == "Authority (next budget)"
    assert topic(book, "paid_by") == "Budget (paid by)"
    with pytest.raises(KeyError):
        topic(book, "unheard of")


def test_a_list_in_words():
    assert [listed("abc"[:n]) for n in range(4)] == ["", "a", "a and b", "a, b and c"]


def test_a_little_less_than_is_needed_never_reads_as_enough():
    known = Question(
        "known", Kind.YES_NO, "?", options=(Option("yes", "Yes", 199), Option("no", "No"))
    )
    other = Question(
        "other", Kind.YES_NO, "?", options=(Option("yes", "Yes", 201), Option("no", "No"))
    )
    book = replace(PLAYBOOK, criteria=(Criterion("both", "Both", (known, other)),))
    answers = {"known": Answer("known", "no", NOW)}
    assessment = assess(book, resolve(book, answers, None, (), NOW))
    assert assessment.coverage == 49.75
    assert verdict_sentence(book, assessment).text.startswith(
        "49 % of the score is known; 50 % are needed."
    )
