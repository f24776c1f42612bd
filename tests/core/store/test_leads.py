# SPDX-License-Identifier: MIT
from dataclasses import fields, replace
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leaddesk.core.domain.lead import Lead
from leaddesk.core.domain.lead_keys import MatchKeys
from leaddesk.core.domain.lead_state import LeadState, due_of_status
from leaddesk.core.domain.queue import Due
from leaddesk.core.domain.stages import Stage, Status
from leaddesk.core.errors import BugError
from leaddesk.core.store.lead_mapping import LEAD_COLUMNS, from_row, to_row

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
NOBODY = MatchKeys(frozenset(), frozenset(), frozenset(), frozenset(), frozenset())

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
MAPS = st.dictionaries(TEXTS, TEXTS, max_size=3)
TIMES = st.none() | st.datetimes(timezones=st.just(UTC))
OTHER_FIELDS = {
    "lead_id": TEXTS.filter(bool),
    "employees": st.none() | st.integers(-(2**40), 2**60),
    "revenue": st.none() | st.integers(-(2**40), 2**60),
    "fit": st.none() | st.integers(0, 100),
    "engagement": st.integers(0, 100),
    "priority": st.integers(-1000, 1000),
    "stage": st.sampled_from(Stage),
    "status": st.sampled_from(Status),
    "tags": st.lists(TEXTS, max_size=3).map(tuple),
    **dict.fromkeys(("do_not_call", "opted_out", "suppressed"), st.booleans()),
    **dict.fromkeys(("consent_at", "created_at", "last_activity_at"), TIMES),
    **dict.fromkeys(("external_ids", "extra", "as_written"), MAPS),
}
LEADS = st.builds(Lead, **{f.name: OTHER_FIELDS.get(f.name, TEXTS) for f in fields(Lead)})


def test_every_field_has_its_own_value_in_the_property_below():
    texts = {f.name for f in fields(Lead) if f.type is str or f.type == "str"} - {"lead_id"}
    assert texts | OTHER_FIELDS.keys() == {f.name for f in fields(Lead)}


@given(LEADS)
def test_a_lead_comes_back_from_its_row_as_it_was(lead):
    row = to_row(lead)
    assert from_row(row[: len(LEAD_COLUMNS)], lead.external_ids) == lead


@given(leads=st.lists(LEADS, max_size=4, unique_by=lambda lead: lead.lead_id), data=st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
def test_leads_come_back_as_they_were_stored_and_as_they_were_replaced(store, leads, data):
    changed = [replace(data.draw(LEADS), lead_id=lead.lead_id) for lead in leads]
    with store.begin() as unit:
        unit._connection.exec_driver_sql("DELETE FROM leads")
        unit.leads.add(leads)
        assert [unit.leads.get(lead.lead_id) for lead in leads] == leads
        unit.leads.replace(changed)
        assert [unit.leads.get(lead.lead_id) for lead in leads] == changed


def found(store, **keys):
    with store.read() as unit:
        return [lead.lead_id for lead in unit.leads.find(replace(NOBODY, **keys))]


def test_leads_are_found_by_each_key_and_once_by_several(store):
    first = Lead(
        "L1",
        first_name="Anna",
        last_name="Weber",
        company="Weber GmbH",
        email="Anna@Weber.example",
        phone_e164="+4930111",
        external_ids={"hubspot": "7", "salesforce": "00Q1"},
    )
    second = Lead("L2", email_2="anna@weber.example", mobile_e164="+4930111")
    with store.begin() as unit:
        unit.leads.add([first, second, Lead("L3")])
    assert found(store) == []
    assert found(store, lead_ids=frozenset({"L2", "L9"})) == ["L2"]
    assert found(store, external_ids=frozenset({("hubspot", "7")})) == ["L1"]
    assert found(store, external_ids=frozenset({("salesforce", "7")})) == []
    assert found(store, emails=frozenset({"anna@weber.example"})) == ["L1", "L2"]
    assert found(store, phones=frozenset({"+4930111"})) == ["L1", "L2"]
    assert found(store, names=frozenset({"anna weber|weber gmbh"})) == ["L1"]
    everything = {"lead_ids": frozenset({"L1"}), "emails": frozenset({"anna@weber.example"})}
    assert found(store, **everything) == ["L1", "L2"]


def test_nothing_is_found_by_what_a_lead_does_not_have(store):
    with store.begin() as unit:
        unit.leads.add([Lead("L1")])
    blank = frozenset({""})
    assert found(store, emails=blank, phones=blank, names=blank) == []


def test_more_leads_than_one_batch_come_back_in_the_order_asked_for(store):
    many = [Lead(f"L{n}", external_ids={"hubspot": str(n)}) for n in range(2500)]
    with store.begin() as unit:
        unit.leads.add(many)
    with store.read() as unit:
        ids = list(range(2500, 0, -1))
        assert [lead for lead, _ in unit.leads.by_row_ids([*ids, 9999])] == many[::-1]
        assert unit.leads.taken_ids([lead.lead_id for lead in many] + ["new"]) == {
            lead.lead_id for lead in many
        }


STATES = st.builds(
    LeadState,
    stage=st.sampled_from(Stage),
    status=st.sampled_from(Status),
    decided=st.sampled_from(["", "pass", "nurture", "disqualify"]),
    due=st.sampled_from(Due),
    due_at=TIMES,
    due_for=TEXTS,
    attempts=st.integers(0, 20),
    reserved_by=TEXTS,
    reserved_until=TIMES,
)


@given(state=STATES)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
def test_the_state_of_a_lead_comes_back_as_it_was_stored_and_is_its_own(store, state):
    with store.begin() as unit:
        unit._connection.exec_driver_sql("DELETE FROM leads")
        unit.leads.add([Lead("L1"), Lead("L2")])
        unit.leads.set_state("L1", state)
        assert unit.leads.state("L1") == state
        lead, other = unit.leads.get("L1"), unit.leads.get("L2")
        assert lead == Lead(
            "L1",
            stage=state.stage,
            status=state.status,
            do_not_call=state.do_not_call,
            suppressed=state.suppressed,
        )
        assert other == Lead("L2")
        assert unit.leads.state("L2") == LeadState(Stage.LEAD, Status.NEW, due=Due.FRESH)


def test_a_lead_nobody_has_has_no_state(store):
    with store.read() as unit, pytest.raises(BugError, match="no lead"):
        unit.leads.state("L9")


@pytest.mark.parametrize("status", Status)
def test_what_is_due_of_a_new_lead_follows_from_its_status(store, status):
    with store.begin() as unit:
        unit.leads.add([Lead("L1", status=status, created_at=NOW)])
        state = unit.leads.state("L1")
    assert state.due is due_of_status(status)
    assert state.due_at == (None if state.due in {Due.NONE, Due.FRESH} else NOW)


def test_when_a_lead_is_due_stays_unless_a_file_brings_another_status(store):
    promised = LeadState(
        Stage.LEAD, Status.ATTEMPTING, due=Due.CALLBACK, due_at=NOW, due_for="Ada", attempts=3
    )
    with store.begin() as unit:
        unit.leads.add([Lead("L1")])
        unit.leads.set_state("L1", promised)
        unit.leads.replace([Lead("L1", status=Status.ATTEMPTING, city="Berlin")])
        assert unit.leads.state("L1") == promised
        unit.leads.replace([Lead("L1", status=Status.PASSED)])
        assert unit.leads.state("L1").due is Due.NONE
        assert unit.leads.state("L1").due_at is None
