# SPDX-License-Identifier: MIT
"""Matching and merging: what a file does to the leads there are."""

from dataclasses import fields, replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaddesk.core.domain.lead import Lead
from leaddesk.core.domain.merge import OnMatch, lead_values, merge, plan_import
from leaddesk.core.domain.rows import LeadRow, RowProblem
from leaddesk.core.domain.stages import Stage, Status
from tests.helpers.lead_lookup import Leads


def rows_of(*values: dict[str, object]) -> list[LeadRow]:
    return [LeadRow(line, each) for line, each in enumerate(values, 2)]


PERSON = {"first_name": "Ada", "last_name": "Weber", "email": "ada@weber.example"}


few = st.sampled_from


@st.composite
def row_values(draw):
    """A row about one of four people: two known by e-mail, one by an id, one by nothing."""
    person = draw(few(["ada", "bo", "cy", "dee"]))
    optional = {
        "first_name": few([person, person.upper()]),
        "title": few(["CEO", "CTO"]),
        "city": few(["Berlin", "Brno"]),
        "employees": few([0, 5, 50]),
        "status": few([Status.NEW, Status.PASSED, Status.SUPPRESSED]),
        "stage": few([Stage.LEAD, Stage.MQL]),
        "tags": few([("a",), ("b", "a")]),
        "do_not_call": st.just(value=True),
        "extra": st.dictionaries(few(["Hobby", "Pet"]), few(["cat", "dog"]), min_size=1),
    }
    values = draw(st.fixed_dictionaries({"last_name": st.just(person)}, optional=optional))
    if person in {"ada", "bo"}:
        values["email"] = draw(few([f"{person}@x.example", f"{person}@X.Example"]))
    if person == "cy":
        values["external_ids"] = {"crm": "3"}
        values |= draw(few([{}, {"email": "cy@x.example"}, {"email": "cy@y.example"}]))
    if person != "dee" and (number := draw(few(["", f"+49301000{len(person)}1", "+493010009"]))):
        values |= {"phone": number.replace("+49", "0"), "phone_e164": number}
    written = draw(st.dictionaries(few(["title", "employees"]), few(["x", "y"])))
    if as_written := {name: text for name, text in written.items() if name in values}:
        values["as_written"] = as_written
    return values


problems = st.just("problem")
files = st.lists(row_values() | problems, max_size=8).map(
    lambda items: [
        RowProblem("nobody", line) if item == "problem" else LeadRow(line, item)
        for line, item in enumerate(items, 2)
    ]
)


@given(before=files, file=files, policy=few(OnMatch))
def test_every_row_is_counted_once_and_a_second_import_changes_nothing(before, file, policy):
    leads = Leads()
    leads.carry_out(plan_import(before, leads, OnMatch.FILL))

    plan = plan_import(file, leads, policy)
    assert plan.row_count == len(file)
    assert len(plan.problems) == sum(isinstance(row, RowProblem) for row in file)
    leads.carry_out(plan)

    again = plan_import(file, leads, policy)
    assert not again.new
    assert not again.updates
    assert again.same_count == len(file) - len(again.problems)


def test_a_lead_is_sought_by_id_then_external_id_then_email_then_phone_with_last_name():
    leads = Leads(
        {
            lead.lead_id: lead
            for lead in (
                Lead(lead_id="own", last_name="Own"),
                Lead(lead_id="external", external_ids={"crm": "7"}),
                Lead(lead_id="mail", email="Ada@Weber.example"),
                Lead(lead_id="phone", last_name="Weber", phone_e164="+4930123456"),
            )
        }
    )
    everything = {
        "lead_id": "own",
        "external_ids": {"crm": "7"},
        "email": "ada@weber.example",
        "last_name": "WEBER",
        "phone": "030 123456",
        "phone_e164": "+4930123456",
        "city": "Berlin",
    }
    matched = []
    for key in ("", "lead_id", "external_ids", "email"):
        everything.pop(key, None)
        plan = plan_import(rows_of(everything), leads, OnMatch.FILL)
        assert not plan.new
        matched += [before.lead_id for _, before, _ in plan.updates]
    assert matched == ["own", "external", "mail", "phone"]


def test_the_same_phone_with_another_last_name_is_a_new_lead_and_a_possible_duplicate():
    there = Lead(lead_id="L1", last_name="Weber", phone_e164="+4930123456")
    row = {"last_name": "Novák", "phone": "030 123456", "phone_e164": "+4930123456"}
    plan = plan_import(rows_of(row), Leads({"L1": there}), OnMatch.FILL)
    assert len(plan.new) == 1
    assert plan.possible_duplicates == ((2, "L1", 0),)


def test_the_same_name_and_company_is_a_possible_duplicate_of_a_lead_or_of_an_earlier_row():
    there = Lead(lead_id="L1", full_name="ada  weber", company="ACME")
    rows = rows_of(
        PERSON | {"company": "Acme"},
        PERSON | {"company": "Beta"},
        {"first_name": "Bo", "last_name": "X", "company": "Beta", "email": "bo@x.example"},
        {"first_name": "Bo", "last_name": "X", "company": "Beta", "email": "bo@y.example"},
    )
    plan = plan_import(rows, Leads({"L1": there}), OnMatch.SKIP)
    assert plan.possible_duplicates == ((2, "L1", 0), (5, "", 4))


def test_later_rows_of_a_new_person_are_merged_into_the_first():
    rows = rows_of(PERSON, PERSON | {"title": "CEO"}, PERSON | {"title": "CTO"}, PERSON)
    for policy, title, updated in (
        (OnMatch.FILL, "CEO", 1),
        (OnMatch.OVERWRITE, "CTO", 2),
        (OnMatch.SKIP, None, 0),
    ):
        plan = plan_import(rows, Leads(), policy)
        assert [row.values.get("title") for row in plan.new] == [title]
        assert (plan.updated_count, plan.same_count) == (updated, 3 - updated)


def test_rows_that_undo_each_other_change_nothing():
    there = Lead(lead_id="L1", email="ada@weber.example", title="CTO")
    email = {"email": "ada@weber.example"}
    rows = rows_of(email | {"title": "CEO"}, email | {"title": "CTO"})
    plan = plan_import(rows, Leads({"L1": there}), OnMatch.OVERWRITE)
    assert (plan.updates, plan.updated_count, plan.same_count) == ((), 0, 2)


def test_a_record_without_any_key_matches_only_the_same_record():
    rows = rows_of({"company": "Acme", "city": "Brno"}, {"company": "ACME", "city": "Berlin"})
    leads = Leads()
    leads.carry_out(plan_import(rows, leads, OnMatch.FILL))
    assert len(leads.leads) == 2
    assert plan_import(rows, leads, OnMatch.FILL).same_count == 2


def test_leads_are_looked_up_a_thousand_rows_at_a_time():
    leads = Leads()
    rows = rows_of(*({"email": f"{n}@x.example"} for n in range(2500)))
    assert len(plan_import(rows, leads, OnMatch.FILL).new) == 2500
    assert leads.lookups == 3


def test_fill_takes_what_is_blank_and_overwrite_what_is_not():
    lead = Lead(lead_id="L1", title="CTO", employees=0, extra={"Pet": "cat"})
    values = {"title": "CEO", "employees": 5, "city": "Brno", "extra": {"Pet": "dog", "Hobby": "x"}}
    assert merge(lead, values, OnMatch.FILL) == replace(
        lead, city="Brno", extra={"Pet": "cat", "Hobby": "x"}
    )
    assert merge(lead, values, OnMatch.OVERWRITE) == replace(
        lead, title="CEO", employees=5, city="Brno", extra={"Pet": "dog", "Hobby": "x"}
    )
    assert merge(lead, values, OnMatch.SKIP) is lead


def test_a_full_name_fills_a_lead_of_that_name_alone():
    lead = Lead("L1", first_name="Ingrid", last_name="Solheim", email="i@corvane.example")
    same = {"full_name": "Ingrid Solheim", "first_name": "Ingrid", "last_name": "Solheim"}
    other = {"full_name": "Ada Weber", "first_name": "Ada", "last_name": "Weber"}
    assert merge(lead, same, OnMatch.FILL).full_name == "Ingrid Solheim"
    assert merge(lead, other, OnMatch.FILL) is lead
    assert merge(lead, other, OnMatch.OVERWRITE).full_name == "Ada Weber"
    chosen = merge(lead, other, OnMatch.FILL, {"full_name": OnMatch.OVERWRITE})
    assert (chosen.full_name, chosen.first_name) == ("Ada Weber", "Ingrid")


@pytest.mark.parametrize("policy", [OnMatch.FILL, OnMatch.OVERWRITE])
def test_nothing_that_protects_a_person_is_undone(policy):
    lead = Lead(
        lead_id="L1",
        do_not_call=True,
        opted_out=True,
        suppressed=True,
        status=Status.SUPPRESSED,
        tags=("vip",),
    )
    values = {"do_not_call": False, "opted_out": False, "suppressed": False, "status": Status.NEW}
    assert merge(lead, values | {"tags": ("vip",)}, policy) is lead


@pytest.mark.parametrize("policy", [OnMatch.FILL, OnMatch.OVERWRITE])
def test_an_opt_out_is_always_taken(policy):
    merged = merge(Lead(lead_id="L1"), {"opted_out": True, "do_not_call": True}, policy)
    assert merged.opted_out
    assert merged.do_not_call


def test_the_last_activity_only_moves_forward():
    early, late = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC)
    lead = Lead(lead_id="L1", last_activity_at=late)
    assert merge(lead, {"last_activity_at": early}, OnMatch.OVERWRITE) is lead
    assert (
        merge(replace(lead, last_activity_at=early), {"last_activity_at": late}, OnMatch.FILL)
        == lead
    )
    assert merge(Lead(lead_id="L1"), {"last_activity_at": late}, OnMatch.FILL) == lead


def test_what_follows_from_a_number_never_stands_beside_another_number():
    lead = Lead(lead_id="L1", phone="12345", revenue=5, currency="USD")
    values = {"phone": "030 123456", "phone_e164": "+4930123456", "revenue": 7}
    assert merge(lead, values, OnMatch.FILL) is lead
    merged = merge(lead, values, OnMatch.OVERWRITE)
    assert (merged.phone_e164, merged.revenue, merged.currency) == ("+4930123456", 7, "")
    back = merge(merged, {"phone": "12345"}, OnMatch.OVERWRITE)
    assert (back.phone, back.phone_e164) == ("12345", "")


def test_the_text_as_it_came_goes_with_the_value():
    lead = Lead(lead_id="L1", employees=50, as_written={"employees": "50-99"})
    assert merge(lead, {"employees": 50}, OnMatch.OVERWRITE) is lead
    merged = merge(lead, {"employees": 60}, OnMatch.OVERWRITE)
    assert merged.as_written == {}
    again = merge(merged, {"employees": 50, "as_written": {"employees": "50+"}}, OnMatch.OVERWRITE)
    assert again.as_written == {"employees": "50+"}


def test_the_values_of_a_lead_are_those_that_say_something():
    lead = Lead(lead_id="L1", last_name="Weber", employees=0)
    values = lead_values(lead)
    assert Lead(**values) == lead
    assert values["employees"] == 0
    assert not {"title", "revenue", "do_not_call", "tags", "extra"} & values.keys()
    assert {f.name for f in fields(Lead)} >= values.keys()


def test_a_problem_says_where_and_what():
    problem = RowProblem(
        "too_many_fields", 7, found="31 fields", allowed="the header has 28", cells=("a",)
    )
    assert problem.sentence == "Line 7: 31 fields, the header has 28."
    bad = RowProblem("bad_email", 9, "Email", found="x@")
    assert bad.sentence.startswith('Line 9, Email: "x@" is not an e-mail address')
