# SPDX-License-Identifier: MIT
"""Which answers stand, from facts that are only ever added."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from leaddesk.core.domain.call import Answer, AnswerState, latest_answers

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
FACTS = st.lists(
    st.builds(
        Answer,
        st.sampled_from(["signer", "budget"]),
        st.integers(0, 9),
        st.integers(0, 99).map(lambda minutes: NOW + timedelta(minutes=minutes)),
        withdrawn=st.booleans(),
    ),
    max_size=12,
)


def test_the_answer_recorded_last_stands_whatever_its_time():
    first, second = Answer("signer", "alone", NOW), Answer("signer", "gathers", NOW - timedelta(1))
    assert latest_answers([first, second]) == {"signer": second}


def test_taking_an_answer_back_lets_the_one_before_it_stand_again():
    first, second = Answer("signer", "alone", NOW), Answer("signer", "gathers", NOW)
    back = Answer("signer", None, NOW, withdrawn=True)
    assert latest_answers([first, second, back]) == {"signer": first}
    assert latest_answers([first, second, back, back]) == {}
    assert latest_answers([first, back, second]) == {"signer": second}


def test_taking_back_what_was_never_said_changes_nothing():
    back, first = Answer("signer", None, NOW, withdrawn=True), Answer("signer", "alone", NOW)
    assert latest_answers([back]) == {}
    assert latest_answers([back, first]) == {"signer": first}


def test_a_question_that_was_asked_and_stays_open_is_an_answer():
    declined = Answer("signer", None, NOW, state=AnswerState.DECLINED)
    assert latest_answers([declined]) == {"signer": declined}


@given(FACTS, FACTS)
def test_an_answer_and_its_withdrawal_leave_no_trace(before: list[Answer], after: list[Answer]):
    said = Answer("signer", "alone", NOW)
    back = Answer("signer", None, NOW, withdrawn=True)
    assert latest_answers([*before, said, back, *after]) == latest_answers([*before, *after])


@given(FACTS)
def test_the_questions_do_not_touch_each_other(facts: list[Answer]):
    alone = latest_answers(fact for fact in facts if fact.question_id == "signer")
    assert latest_answers(facts).get("signer") == alone.get("signer")
