# SPDX-License-Identifier: MIT
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaddesk.core.domain.lead import Lead
from leaddesk.core.domain.playbook import DecisionRule, Playbook, Route
from leaddesk.core.domain.routing import Routed, covers, next_receiver, route, rule_name

DACH = Route(("dora",), (("country", ("DE", "AT", "CH")),), 80)
LARGE = Route(("ola", "per"), (("employees", ("500-",)), ("industry", ("Food",))))
SMALL = Route(("quinn",), (("employees", ("1-49", "50")),))


def book(*rules):
    return Playbook("bant", 1, "BANT", DecisionRule(70, 40, 50), (), routing=rules)


def number(lead, score, *rules):
    return route(book(*rules), lead, score).number


def test_the_first_rule_that_matches_is_taken():
    rules = (DACH, LARGE, SMALL)
    assert number(Lead("L", country="DE"), 80, *rules) == 1
    assert number(Lead("L", country="DE", employees=20), 79, *rules) == 3
    assert number(Lead("L", country="DE", employees=900, industry="food "), 99, *rules) == 1
    assert number(Lead("L", employees=900, industry="FOOD"), 0, *rules) == 2
    assert number(Lead("L", employees=900, industry="Steel"), 99, *rules) == 0
    assert route(book(DACH), Lead("L", country="DE"), 80).why == (
        "country DE or AT or CH, score at least 80"
    )


@pytest.mark.parametrize(
    ("employees", "wanted", "fits"),
    [
        (50, "50", True),
        (51, "50", False),
        (49, "1-49", True),
        (50, "1-49", False),
        (500, "500-", True),
        (499, "500-", False),
        (3, "-10", True),
        (11, " - 10", False),
        (50, "many", False),
        (50, "", False),
        (None, "-10", False),
        (0, "-10", True),
    ],
)
def test_a_number_is_wanted_as_a_range(employees, wanted, fits):
    rule = Route(("quinn",), (("employees", (wanted,)),))
    assert bool(number(Lead("L", employees=employees), 0, rule)) is fits


def test_where_nothing_is_known_of_a_field_no_rule_asks_for_it():
    assert route(book(DACH, LARGE, SMALL), Lead("L"), 100) == Routed()
    assert number(Lead("L"), 0, Route(("all",))) == 1


def test_a_rule_has_the_same_name_in_every_version_of_its_playbook():
    other = Route(("anna",), (("country", ("at", "CH", "de ")),), 80)
    assert rule_name("bant", DACH) == rule_name("bant", other)
    assert rule_name("bant", DACH) != rule_name("champ", DACH)
    assert rule_name("bant", DACH) != rule_name("bant", replace(DACH, score_at_least=81))


RECEIVERS = st.lists(st.sampled_from("abcdefg"), min_size=1, max_size=6, unique=True)


@given(RECEIVERS, st.integers(0, 60))
def test_receivers_of_a_rule_never_differ_by_more_than_one(receivers, leads):
    given_ = Counter()
    for _ in range(leads):
        given_[next_receiver(receivers, given_)] += 1
        counts = [given_[one] for one in receivers]
        assert max(counts) - min(counts) <= 1


@given(RECEIVERS, RECEIVERS, st.integers(0, 40))
def test_who_is_new_takes_leads_until_all_have_as_many(before, after, leads):
    given_ = Counter()
    for _ in range(leads):
        given_[next_receiver(before, given_)] += 1
    for _ in range(leads * len(after) + len(after)):
        given_[next_receiver(after, given_)] += 1
    counts = [given_[one] for one in after]
    assert max(counts) - min(counts) <= 1


FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "country": st.sampled_from(["DE", "de", "AT", "US"]),
        "industry": st.sampled_from(["Food", "food", "Steel"]),
    },
)
RULES = st.builds(
    lambda when, least: Route(("x",), tuple((k, (v,)) for k, v in when.items()), least),
    FIELDS,
    st.none() | st.integers(0, 3),
)


@given(RULES, RULES, FIELDS, st.integers(0, 3))
def test_a_rule_that_covers_another_matches_whatever_that_matches(first, later, fields, score):
    lead = Lead("L", **fields)
    if covers(first, later) and number(lead, score, later):
        assert number(lead, score, first)
