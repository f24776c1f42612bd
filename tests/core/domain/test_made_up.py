# SPDX-License-Identifier: MIT
"""Made-up leads and numbers: within what was asked for, the same for the same picks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaddesk.core.domain.made_up import (
    made_up_lead,
    made_up_values,
    number_in,
    picked,
    shuffled,
)
from leaddesk.core.domain.outcomes import outcome_index
from leaddesk.core.domain.playbook import Band, Kind, Option, Question
from leaddesk.core.domain.resolve import outcome_from_data
from tests.helpers.picks import pick_by

seeds = st.integers(0, 2**32)
bounds = st.lists(st.integers(-(10**9), 10**9), min_size=1, max_size=5, unique=True).map(sorted)


@given(bounds, seeds)
def test_a_number_is_within_its_band(starts, seed):
    question = Question("q", Kind.NUMBER, "?", bands=tuple(Band(start, "") for start in starts))
    for band in range(len(starts)):
        number = number_in(question, band, pick_by(seed))
        assert outcome_index(question, number) == band


def test_a_number_of_a_wide_band_is_round():
    question = Question("q", Kind.MONEY, "?", bands=(Band(0, ""), Band(20_000, "")))
    assert number_in(question, 0, lambda n: n - 1) == 19_900
    assert number_in(question, 1, lambda n: n // 2) == 30_000


def test_a_number_of_a_narrow_band_may_be_any_of_it():
    question = Question("q", Kind.MONTHS, "?", bands=(Band(0, ""), Band(3, ""), Band(4, "")))
    assert {number_in(question, 0, lambda n, at=at: at % n) for at in range(9)} == {0, 1, 2}
    assert number_in(question, 1, lambda n: n - 1) == 3


def test_a_made_up_lead_has_a_name_and_a_company_and_no_id():
    lead = made_up_lead(pick_by(1))
    assert lead.first_name
    assert lead.last_name
    assert lead.company
    assert (lead.lead_id, lead.email, lead.phone, lead.industry) == ("", "", "", "")


@pytest.mark.parametrize("field", ["city", "industry", "country"])
def test_the_values_of_a_text_field_answer_in_every_way_its_patterns_allow(field):
    options = (
        Option("vice", "", matches=("*vice*president*", "VP*")),
        Option("making", "", matches=("*manufact*",)),
        Option("other", "", matches=("*",)),
    )
    question = Question("q", Kind.CHOICE, "?", source=f"lead.{field}", options=options)
    values = made_up_values(question, field, pick_by(1))
    assert {outcome_from_data(question, value) for value in values} == {0, 1, 2}
    assert "Vice president" in values


def test_the_values_of_a_number_field_answer_with_every_band():
    question = Question("q", Kind.NUMBER, "?", bands=(Band(0, ""), Band(10, ""), Band(50, "")))
    values = made_up_values(question, "employees", pick_by(1))
    assert sorted(outcome_from_data(question, value) for value in values) == [0, 1, 2]


def test_a_field_that_does_not_suit_the_question_has_no_values():
    number = Question("q", Kind.NUMBER, "?", bands=(Band(0, ""),))
    words = Question("q", Kind.CHOICE, "?", options=(Option("a", "A", matches=("*",)),))
    for question, field in ((number, "industry"), (words, "employees"), (words, "tags")):
        assert list(made_up_values(question, field, pick_by(1))) == []


@given(st.lists(st.integers(), min_size=1), seeds)
def test_shuffling_loses_nothing_and_picking_invents_nothing(some, seed):
    assert sorted(shuffled(some, pick_by(seed))) == sorted(some)
    assert picked(some, pick_by(seed)) in some
