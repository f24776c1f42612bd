# SPDX-License-Identifier: MIT
from dataclasses import fields, replace
from datetime import UTC, datetime

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leaddesk.core.domain.lead import Lead
from leaddesk.core.domain.lead_keys import MatchKeys
from leaddesk.core.domain.stages import Stage, Status
from leaddesk.core.domain.verdict import Verdict
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


def test_the_state_of_a_lead_changes_in_the_parts_named(store):
    with store.begin() as unit:
        unit.leads.add([Lead("L1"), Lead("L2")])
        unit.leads.set_state("L1", last_activity_at=NOW, status=Status.ATTEMPTING)
        assert unit.leads.get("L1") == Lead("L1", last_activity_at=NOW, status=Status.ATTEMPTING)
        unit.leads.set_state(
            "L1", last_activity_at=NOW, stage=Stage.SQL, decided=Verdict.PASS, suppressed=True
        )
        ((lead, decided),) = unit.leads.by_row_ids([1])
        assert decided == "pass"
        assert lead == Lead(
            "L1",
            last_activity_at=NOW,
            status=Status.ATTEMPTING,
            stage=Stage.SQL,
            suppressed=True,
        )
        assert unit.leads.get("L2") == Lead("L2")


def test_a_lead_moves_on_only_from_the_statuses_named(store):
    with store.begin() as unit:
        unit.leads.add([Lead("L1"), Lead("L2", status=Status.PASSED)])
        moved = [
            unit.leads.move_on(one, (Status.NEW,), Status.IN_CONVERSATION)
            for one in ("L1", "L1", "L2", "L3")
        ]
        assert moved == [True, False, False, False]
        assert unit.leads.get("L1").status is Status.IN_CONVERSATION
        assert unit.leads.get("L2").status is Status.PASSED
