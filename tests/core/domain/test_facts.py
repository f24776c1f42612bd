# SPDX-License-Identifier: MIT
"""One answer serves every playbook that asks about the same fact, and says no more than it did."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaddesk.core.domain.call import Answer, AnswerState, latest_answers
from leaddesk.core.domain.facts import carried, in_view
from leaddesk.core.domain.levels import is_possible, level_of
from leaddesk.core.domain.outcomes import outcome_index
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

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
UNSAID = Option("unsaid", "Would not say", open=True)


def choice(question_id, fact, *levels, kind=Kind.CHOICE, ask="?"):
    """A question with an option a level: "l3" is at level 3."""
    options = tuple(Option(f"l{level}", f"Level {level}", 1, level) for level in levels)
    return Question(question_id, kind, ask, fact, options=options)


def money(question_id, fact, kind=Kind.MONEY):
    bands = tuple(Band(1000 * level, f"from {level}k", 1, level) for level in range(4))
    return Question(question_id, kind, "How much?", fact, bands=bands)


def text(question_id, fact):
    return Question(question_id, Kind.TEXT, "In your words?", fact)


def book(book_id, *questions, version=1):
    return Playbook(
        book_id, version, book_id.upper(), DecisionRule(70, 40, 50),
        (Criterion("all", "All", questions),), fingerprint=f"{book_id}{version}",
    )  # fmt: skip


def said(playbook, question_id, value, **more):
    return Answer(question_id, value, NOW, playbook_fingerprint=playbook.fingerprint, **more)


def values(target, record, *books):
    found = carried(target, record, {one.fingerprint: one for one in books})
    return {name: one.answer.value for name, one in found.items()}


OLD = book("old", choice("signer", "AUTHORITY", 3, 2, 1, 0))
THIRD = book("third", choice("decider", "AUTHORITY", 3, 2, 1))
NEW = book("new", choice("access", "AUTHORITY", 0, 2, 3))


def test_an_answer_is_carried_with_all_it_came_with():
    answer = said(
        OLD, "signer", "l2", evidence=Evidence.CONFIRMED, note="“my boss and I”", call_id="C1",
        answer_id="A1",
    )  # fmt: skip
    one = carried(NEW, [answer], {"old1": OLD})["access"]
    assert one.answer == replace(answer, question_id="access", playbook_fingerprint="new1")
    assert (one.exact, one.from_title) == (False, "OLD")


def test_a_level_the_target_does_not_have_leaves_it_open():
    assert values(NEW, [said(OLD, "signer", "l1")], OLD) == {}
    # What was said last decides, even where it can't be translated.
    record = [said(OLD, "signer", "l3"), said(THIRD, "decider", "l1")]
    assert values(NEW, record, OLD, THIRD) == {}


def test_of_several_playbooks_the_newest_answer_counts():
    record = [said(OLD, "signer", "l3"), said(THIRD, "decider", "l2")]
    assert values(NEW, record, OLD, THIRD) == {"access": "l2"}
    assert values(NEW, record[::-1], OLD, THIRD) == {"access": "l3"}


def test_the_same_question_of_another_version_is_exact_while_it_has_the_answer():
    newer = book("old", choice("signer", "AUTHORITY", 3, 2), version=2)
    one = carried(newer, [said(OLD, "signer", "l2")], {"old1": OLD})["signer"]
    assert (one.exact, one.answer.value, one.answer.playbook_fingerprint) == (True, "l2", "old2")
    renamed = Question("signer", Kind.CHOICE, "?", "AUTHORITY", options=(Option("x", "X", 1, 2),))
    one = carried(book("old", renamed, version=2), [said(OLD, "signer", "l2")], {"old1": OLD})
    assert (one["signer"].exact, one["signer"].answer.value) == (False, "x")


def test_a_newer_version_may_take_back_what_was_said_to_an_older():
    newer = book("old", *OLD.questions, version=2)
    record = [said(OLD, "signer", "l2"), said(newer, "signer", None, withdrawn=True)]
    assert values(newer, record, OLD) == {}
    assert values(NEW, record, OLD, newer) == {}


def test_an_exact_answer_yields_only_to_a_newer_translated_one():
    record = [said(NEW, "access", "l0"), said(OLD, "signer", "l3")]
    assert values(NEW, record, OLD) == {"access": "l3"}
    assert values(NEW, record[::-1], OLD) == {"access": "l0"}
    untranslatable = [said(NEW, "access", "l0"), said(OLD, "signer", "l1")]
    assert values(NEW, untranslatable, OLD) == {"access": "l0"}


@pytest.mark.parametrize("state", [AnswerState.DECLINED, AnswerState.UNKNOWN])
def test_who_would_not_say_or_does_not_know_is_carried_within_a_playbook_only(state):
    answer = said(OLD, "signer", None, state=state)
    one = carried(OLD, [answer], {})["signer"]
    assert (one.answer, one.exact) == (answer, True)
    assert values(NEW, [answer], OLD) == {}
    # It tells nothing, so it does not stand in the way of what was said before elsewhere.
    assert values(NEW, [said(THIRD, "decider", "l3"), answer], OLD, THIRD) == {"access": "l3"}


def test_not_knowing_is_an_answer_where_there_is_an_option_for_it():
    unknown = Option("unknown", "Does not know", 1, 1)
    signer = choice("access", "AUTHORITY", 3, 1)
    target = book("t", replace(signer, options=(*signer.options, unknown)))
    answer = said(OLD, "signer", None, state=AnswerState.UNKNOWN)
    one = carried(target, [answer], {"old1": OLD})["access"]
    assert (one.answer.value, one.answer.state) == ("unknown", AnswerState.GIVEN)
    assert values(OLD, [said(target, "access", "unknown")], target) == {"signer": "l1"}
    other = book("other", *(replace(q, id="decider") for q in target.questions))
    assert values(other, [said(target, "access", "unknown")], target) == {"decider": "unknown"}


def test_of_several_options_the_highest_level_counts():
    source = book("s", choice("pains", "NEED", 0, 2, 1, kind=Kind.CHOICES))
    target = book("t", choice("need", "NEED", 0, 1, 2, 3))
    assert values(target, [said(source, "pains", ("l0", "l2", "l1"))], source) == {"need": "l2"}
    assert values(target, [said(source, "pains", ())], source) == {}
    # The other way it would say that the other pains do not hold.
    assert values(source, [said(target, "need", "l2")], target) == {}


def test_numbers_travel_by_value_to_their_own_kind_and_by_level_to_options():
    source = book("s", money("sum", "MONEY"))
    same = book("t", choice("funds", "MONEY", 0, 1, 2, 3), money("amount", "MONEY"))
    assert values(same, [said(source, "sum", 2500)], source) == {"amount": 2500}
    options = book("t", choice("funds", "MONEY", 0, 1, 2, 3), money("wait", "MONEY", Kind.MONTHS))
    assert values(options, [said(source, "sum", 2500)], source) == {"funds": "l2"}
    dear = book("t", replace(money("amount", "MONEY"), bands=(Band(5000, "much", 1, 3),)))
    assert values(dear, [said(source, "sum", 2500)], source) == {}
    assert values(source, [said(options, "funds", "l3")], options) == {}


def test_words_travel_to_words():
    source = book("s", text("why", "NEED"), choice("need", "NEED", 2))
    target = book("t", choice("pain", "NEED", 2), text("words", "NEED"))
    record = [said(source, "why", "too slow"), said(source, "need", "l2")]
    assert values(target, record, source) == {"pain": "l2", "words": "too slow"}


def test_two_questions_of_one_fact_are_answered_in_their_order():
    source = book("s", choice("own", "FIT", 3, 0), choice("size", "FIT", 3, 0))
    target = book("t", choice("a", "FIT", 3, 0), choice("b", "FIT", 3, 0), choice("c", "FIT", 3, 0))
    record = [said(source, "own", "l3"), said(source, "size", "l0")]
    assert values(target, record, source) == {"a": "l3", "b": "l0", "c": "l0"}
    assert values(target, record[:1], source) == {"a": "l3"}
    sums = book("t", money("first", "FIT"), money("second", "FIT"))
    one = book("n", money("n", "FIT"))
    assert values(sums, [said(one, "n", 5)], one) == {"first": 5}


def test_a_question_of_the_same_id_is_the_same_question():
    source = book("s", choice("industry", "FIT", 3, 0), choice("market", "FIT", 3, 0))
    target = book("t", choice("market", "FIT", 3, 0), choice("industry", "FIT", 3, 0))
    record = [said(source, "industry", "l3"), said(source, "market", "l0")]
    assert values(target, record, source) == {"market": "l0", "industry": "l3"}
    source = book("s", *(choice(name, "FIT", 3, 2, 0) for name in ("industry", "x", "y")))
    target = book("t", *(choice(name, "FIT", 3, 2, 0) for name in ("p", "industry", "q")))
    record = [said(source, "x", "l2"), said(source, "y", "l0"), said(source, "industry", "l3")]
    assert values(target, record, source) == {"p": "l2", "industry": "l3", "q": "l0"}


def test_a_second_question_of_a_fact_answers_the_only_one_there_is():
    source = book("s", choice("funding", "MONEY", 3, 0), money("amount", "MONEY"))
    target = book("t", choice("funding", "MONEY", 3, 0))
    assert values(target, [said(source, "amount", 3000)], source) == {"funding": "l3"}


def test_nobody_is_put_down_as_silent_who_said_something():
    silent = replace(UNSAID, level=2)
    target = book("t", Question("q", Kind.CHOICE, "?", "AUTHORITY", options=(silent,)))
    assert values(target, [said(OLD, "signer", "l2")], OLD) == {}


def test_what_is_known_from_data_alone_is_left_to_data():
    silent = book("t", choice("industry", "AUTHORITY", 3, 2, 1, 0, ask=""))
    assert values(silent, [said(OLD, "signer", "l3")], OLD) == {}


def test_questions_without_a_fact_have_nothing_in_common():
    source, target = book("s", choice("q", "", 3)), book("t", choice("r", "", 3))
    assert values(target, [said(source, "q", "l3")], source) == {}


def test_answers_of_an_unknown_playbook_or_question_or_value_are_left_out():
    stray = replace(said(OLD, "signer", "l3"), playbook_fingerprint="gone")
    record = [stray, said(OLD, "unheard of", "l3"), said(OLD, "signer", "l9")]
    assert values(OLD, record) == {}
    assert values(NEW, record, OLD) == {}


# Rules, on random playbooks

FACTS = st.sampled_from(["NEED", "MONEY", ""])


@st.composite
def questions(draw, question_id):
    kind = draw(st.sampled_from(list(Kind)))
    fact = draw(FACTS)
    if kind is Kind.TEXT:
        return text(question_id, fact)
    levels = draw(st.lists(st.none() | st.integers(0, 3), min_size=1, max_size=5))
    if kind in {Kind.NUMBER, Kind.MONEY, Kind.MONTHS}:
        bands = tuple(Band(10 * n, "", 1, level) for n, level in enumerate(levels))
        return Question(question_id, kind, "?", fact, bands=bands)
    ids = [*(f"o{n}" for n in range(len(levels) - 1)), draw(st.sampled_from(["unknown", "last"]))]
    options = tuple(Option(one, one, 1, level) for one, level in zip(ids, levels, strict=True))
    if kind is Kind.CHOICE and draw(st.booleans()):
        options = (UNSAID, *options)
    return Question(question_id, kind, "?", fact, options=options)


@st.composite
def books(draw, book_id):
    ids = draw(st.lists(st.sampled_from("abcdef"), min_size=1, max_size=4, unique=True))
    return book(book_id, *(draw(questions(one)) for one in ids))


@st.composite
def facts(draw, *playbooks):
    """A record of answers, possible ones and others, each with an id of its own."""
    record = []
    for number in range(draw(st.integers(0, 8))):
        playbook = draw(st.sampled_from(playbooks))
        question = draw(st.sampled_from(playbook.questions))
        ids = [option.id for option in question.options]
        value = draw(
            st.none()
            | st.integers(-5, 45)
            | st.sampled_from(["", "by March", *ids])
            | st.lists(st.sampled_from(ids or ["o0"]), unique=True).map(tuple)
        )
        record.append(
            Answer(
                question.id,
                value if is_possible(question, value) or draw(st.booleans()) else None,
                NOW + timedelta(minutes=number),
                answer_id=f"A{number}",
                withdrawn=draw(st.sampled_from([False, False, False, True])),
                state=draw(st.sampled_from(AnswerState)),
                playbook_fingerprint=playbook.fingerprint,
            )
        )
    return record


A, B, C = books("a"), books("b"), books("c")


def possible(playbook, record):
    return [fact for fact in record if is_possible(playbook.question(fact.question_id), fact.value)]


@given(st.data())
def test_carrying_to_the_same_playbook_changes_nothing(data):
    playbook = data.draw(A)
    record = possible(playbook, data.draw(facts(playbook)))
    found = carried(playbook, record, {})
    assert {name: one.answer for name, one in found.items()} == latest_answers(record)
    assert all(one.exact for one in found.values())


@given(st.data())
def test_whatever_is_carried_is_an_answer_its_question_can_have(data):
    one, two, target = data.draw(A), data.draw(B), data.draw(C)
    record = data.draw(facts(one, two, target))
    found = carried(target, record, {one.fingerprint: one, two.fingerprint: two})
    order = [question.id for question in target.questions]
    assert sorted(found, key=order.index) == list(found)
    for name, match in found.items():
        assert match.answer.question_id == name
        outcome_index(target.question(name), match.answer.value)
        assert match.answer.at in {fact.at for fact in record}
    in_view(target, record, {one.fingerprint: one, two.fingerprint: two})


@given(st.data())
def test_there_and_back_an_answer_keeps_its_level(data):
    there, back = data.draw(A), data.draw(B)
    record = possible(there, data.draw(facts(there)))
    shelf = {there.fingerprint: there, back.fingerprint: back}
    abroad = [one.answer for one in carried(back, record, shelf).values()]
    told = {fact.answer_id: fact for fact in record}
    for name, match in carried(there, abroad, shelf).items():
        first = told[match.answer.answer_id]
        level = level_of(there.question(first.question_id), first.value)
        # Not knowing has no level of its own; an option for it may have one.
        if first.value is not None:
            assert level_of(there.question(name), match.answer.value) == level


@given(st.data())
def test_an_answer_serves_two_questions_only_where_both_have_options(data):
    source, target = data.draw(A), data.draw(B)
    found = carried(target, data.draw(facts(source)), {source.fingerprint: source})
    served = {}
    for name, match in found.items():
        served.setdefault(match.answer.answer_id, []).append(target.question(name).kind)
    for kinds in served.values():
        assert len(kinds) == 1 or {*kinds} <= {Kind.CHOICE, Kind.YES_NO}


# Views

PAIN, METRIC = choice("pain", "NEED", 0, 1, 2, 3), choice("metric", "IMPACT", 0, 1, 2, 3)
VIEW = Playbook(
    "view", 1, "View", DecisionRule(70, 40, 50),
    (
        Criterion("i", "Identify pain", (PAIN, choice("cost", "CONSEQUENCE", 0, 3))),
        Criterion("m", "Metrics", (replace(METRIC, ask="Which number?"),)),
        Criterion("c", "Champion", (text("champion", "CHAMPION"),)),
    ),
    fingerprint="view1",
)  # fmt: skip
CALL = book(
    "call", replace(choice("problem", "NEED", 0, 1, 2), ask="What hurts?"),
    choice("loss", "CONSEQUENCE", 0, 3), text("introduction", "CHAMPION"),
)  # fmt: skip


def test_a_view_says_what_is_known_what_it_rests_on_and_what_to_ask_next():
    record = [
        said(CALL, "problem", "l2"),
        said(CALL, "introduction", "Jo from purchasing", note="“Jo\nwill come”"),
    ]
    pain, metrics, champion = in_view(VIEW, record, {"call1": CALL})
    assert (pain.title, pain.level, pain.words) == ("Identify pain", 2, "Level 2")
    heard = pain.heard[0]
    assert (heard.topic, heard.ask, heard.carried.from_title) == (
        "All (problem)", "What hurts?", "CALL",
    )  # fmt: skip
    assert (pain.gap, pain.gap_ask) == ("cost", "?")
    assert (metrics.level, metrics.heard, metrics.words) == (None, (), "")
    assert (metrics.gap, metrics.gap_ask) == ("metric", "Which number?")
    assert (champion.level, champion.words, champion.gap) == (None, "“Jo will come”", "")


def test_of_several_questions_a_view_shows_the_lowest_level():
    record = [said(CALL, "problem", "l2"), said(CALL, "loss", "l0")]
    line = in_view(VIEW, record, {"call1": CALL})[0]
    assert (line.level, line.words, line.gap) == (0, "Level 2 · Level 0", "")


def test_what_stayed_open_is_a_gap_of_a_view_though_its_note_is_shown():
    record = [replace(said(VIEW, "pain", None, note="“ask me in May”"), state=AnswerState.DECLINED)]
    line = in_view(VIEW, record, {})[0]
    assert (line.level, line.words, line.gap) == (None, "“ask me in May”", "pain")
