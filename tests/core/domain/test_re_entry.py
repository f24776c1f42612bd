# SPDX-License-Identifier: MIT
"""What to ask first when a lead comes back, and what it would have changed."""

from dataclasses import replace

from hypothesis import given

from leaddesk.core.domain.assessment import assess
from leaddesk.core.domain.outcomes import outcome_index, outcomes_of, scorable_questions
from leaddesk.core.domain.playbook import (
    Criterion,
    DecisionRule,
    Effect,
    Kind,
    Option,
    Playbook,
    Question,
)
from leaddesk.core.domain.re_entry import ReEntry, question_of, re_entry_of, sentence
from leaddesk.core.domain.resolve import Resolved
from leaddesk.core.domain.verdict import Verdict
from leaddesk.core.formats.re_entry_json import read_re_entry, write_re_entry
from tests.helpers.playbooks import sheets


def choice(name, *points, effect=None):
    options = [Option(f"o{n}", f"{name} {n}", one) for n, one in enumerate(points)]
    if effect is not None:
        options.append(Option("bad", "Bad", 0, None, effect, "r"))
    return Question(
        name, Kind.CHOICE, f"{name}, {{{{ lead.first_name }}}}?", options=tuple(options)
    )


BOOK = Playbook(
    "p",
    1,
    "",
    DecisionRule(70, 40, 0),
    (
        Criterion("need", "Need", (choice("hurts", 0, 20, 40),)),
        Criterion("money", "Money", (choice("budget", 0, 10, 30, 40),)),
        Criterion("time", "Time", (choice("when", 0, 20, effect=Effect.HOLD),)),
    ),
)


def resolved(*codes):
    return Resolved(tuple(codes), tuple(None for _ in codes), 0)


def test_the_question_that_matters_is_asked_first():
    test = re_entry_of(BOOK, resolved(2, 0, 1), ("money",))
    assert test == ReEntry("budget", ("o1", "o2", "o3"), 10)
    words = sentence(BOOK, test, {"lead.first_name": "Ines"})
    expected = "Ask first: budget, Ines? 10 more points would make it a pass: “budget 1” or "
    assert words == f"{expected}“budget 2” or “budget 3”."


def test_an_open_question_comes_before_one_that_was_answered():
    assert re_entry_of(BOOK, resolved(1, 2, 0)).question == "hurts"
    assert re_entry_of(BOOK, resolved(1, 2, None)).question == "when"


def test_what_held_it_back_needs_no_points():
    test = re_entry_of(BOOK, resolved(2, 3, 2))
    assert test == ReEntry("when", ("o0", "o1"), 0)
    assert sentence(BOOK, test, {}).endswith("“when 0” or “when 1” would make it a pass.")


def test_where_no_answer_alone_is_enough_the_best_is_asked():
    test = re_entry_of(BOOK, resolved(0, 0, 0), ("money",))
    assert test == ReEntry("budget", (), 70)
    assert sentence(BOOK, test, {}).endswith("? 70 more points would make it a pass.")


def test_a_pass_that_was_nurtured_all_the_same_asks_for_what_it_was_nurtured_for():
    assert re_entry_of(BOOK, resolved(2, 2, 1), ("money",)) == ReEntry("budget", (), 0)
    assert re_entry_of(BOOK, resolved(2, 3, 1), ("money",)) is None


def test_another_version_of_the_playbook_is_no_error():
    test = ReEntry("budget", ("o1", "gone", 7, ("o1",)), 10)
    assert sentence(BOOK, test, {}).endswith("would make it a pass: “budget 1”.")
    other = replace(BOOK, criteria=BOOK.criteria[:1])
    assert question_of(other, test) is None
    assert sentence(other, test, {}) == ""


@given(sheets())
def test_each_answer_named_would_have_made_it_a_pass(sheet):
    playbook, answered = sheet
    asked = scorable_questions(playbook)
    codes = [answered.get(q.id) for q in asked]
    test = re_entry_of(playbook, resolved(*codes))
    assert read_re_entry(write_re_entry(test)) == test
    if test is None:
        return
    question = question_of(playbook, test)
    at = asked.index(question)
    for answer in test.answers:
        code = outcome_index(question, answer)
        assert outcomes_of(question)[code].answer == answer
        changed = assess(playbook, resolved(*codes[:at], code, *codes[at + 1 :]))
        assert changed.verdict is Verdict.PASS
    assert sentence(playbook, test, {}).startswith("Ask first: ")


def test_damaged_json_is_no_test():
    assert read_re_entry("") is None
    for text in ("{", "[]", "3", '{"question": 3}', "null", '"x"'):
        assert read_re_entry(text) is None
    assert read_re_entry('{"question": "q", "answers": 3, "points": "x"}') == ReEntry("q")
