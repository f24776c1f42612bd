# SPDX-License-Identifier: MIT
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaddesk.core.domain.lead_query import (
    FIELDS,
    OPS,
    Condition,
    LeadQuery,
    Op,
    View,
    from_json,
    kind_of,
    label_of,
    number_of,
    say_condition,
    say_query,
    to_json,
)

STAGE = Condition("stage", Op.IS, ("MQL",))
FRESH = Condition("created_at", Op.PAST_DAYS, ("7",))


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        (STAGE, "Stage is MQL"),
        (FRESH, "Added in the past 7 days"),
        (Condition("created_at", Op.PAST_DAYS, ("1",)), "Added in the past day"),
        (Condition("employees", Op.BETWEEN, ("10", "250")), "Employees is between 10 and 250"),
        (Condition("email", Op.EMPTY), "E-mail is empty"),
        (Condition("tags", Op.ANY_OF, ("fair", "vip")), "Tags is any of fair, vip"),
        (Condition("do_not_call", Op.IS, ("yes",)), "Do not call"),
        (Condition("do_not_call", Op.IS, ("no",)), "Not: do not call"),
        (Condition("extra.<b>", Op.CONTAINS, ("x",)), "<b> contains x"),
    ],
)
def test_a_condition_is_said_in_words(condition, said):
    assert say_condition(condition) == said


def test_a_query_is_said_in_one_sentence():
    assert say_query(LeadQuery()) == ""
    by_import = LeadQuery(conditions=(Condition("batch_id", Op.IS, ("B1",)),))
    assert say_query(by_import, {"B1": "fair.csv, 2 Oct"}) == "Import is fair.csv, 2 Oct"
    assert say_query(by_import) == "Import is one not known here", "never an id"
    assert say_query(LeadQuery(View.TO_CALL, " anna ", conditions=(STAGE, FRESH))) == (
        "To call; Stage is MQL and Added in the past 7 days; “anna” occurs"
    )
    assert " or " in say_query(LeadQuery(conditions=(STAGE, FRESH), any_of=True))
    assert all(say_query(LeadQuery(view)) for view in View if view is not View.ALL)


@pytest.mark.parametrize(
    ("field", "op", "values", "why"),
    [
        ("mood", Op.IS, ("x",), "no field mood"),
        ("extra.", Op.IS, ("x",), "no field"),
        ("stage", Op.CONTAINS, ("x",), "cannot be asked"),
        ("company", Op.IS, (), "Type what"),
        ("company", Op.IS, (" ",), "Type what"),
        ("company", Op.EMPTY, ("x",), "Type what"),
        ("company", Op.ANY_OF, (), "Type what"),
        ("employees", Op.BETWEEN, ("1",), "Type what"),
        ("employees", Op.IS, ("many",), "many is no whole number"),
        ("employees", Op.IS, ("9" * 30,), "no whole number"),
        ("created_at", Op.PAST_DAYS, ("soon",), "no whole number"),
        ("created_at", Op.BEFORE, ("2026-02-30",), "no day"),
        ("do_not_call", Op.IS, ("maybe",), "yes or no"),
    ],
)
def test_what_cannot_be_answered_is_no_condition(field, op, values, why):
    with pytest.raises(ValueError, match=why):
        Condition(field, op, values)


def test_every_field_has_a_kind_and_a_label():
    for field in FIELDS:
        assert OPS[kind_of(field)]
        assert label_of(field)[0].isupper()


def test_thousands_may_be_set_apart():
    assert [number_of(text) for text in ("1,200", "1 200", "-5", " 7 ")] == [1200, 1200, -5, 7]


conditions = st.sampled_from((STAGE, FRESH, Condition("company", Op.CONTAINS, ('"é;',))))


@given(
    st.sampled_from(View),
    st.text(),
    st.lists(conditions, max_size=3).map(tuple),
    st.booleans(),
)
def test_json_gives_back_who_is_meant(view, search, asked, any_of):
    query = LeadQuery(view, search.strip(), conditions=asked, any_of=any_of and bool(asked))
    made = json.loads(json.dumps(to_json(query._replace(order="name", most=5))))
    assert from_json(made) == query == query.who()


@pytest.mark.parametrize(
    "made",
    [
        {"mood": 1},
        {"any": [], "all": []},
        {"all": {}},
        {"all": [1]},
        {"all": [{"field": "stage", "op": "is"}]},
        {"all": [{"field": "stage", "op": "likes", "values": ["x"]}]},
        {"all": [{"field": "stage", "op": "is", "values": "x"}]},
        {"view": "none"},
    ],
)
def test_json_that_is_no_query_is_refused(made):
    with pytest.raises(ValueError, match=r".+"):
        from_json(made)
