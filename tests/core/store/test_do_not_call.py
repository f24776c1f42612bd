# SPDX-License-Identifier: MIT
"""Numbers nobody may call, and the leads that have no other."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from leaddesk.core.domain.lead import Lead
from leaddesk.core.domain.queue import Due
from leaddesk.core.store import do_not_call

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
FIRST, SECOND, THIRD = "+442079460001", "+442079460002", "+442079460003"


def numbers(phone="", phone_2="", mobile=""):
    """The fields of a lead with these numbers."""
    return {
        "phone": phone,
        "phone_e164": phone,
        "phone_2": phone_2,
        "phone_2_e164": phone_2,
        "mobile": mobile,
        "mobile_e164": mobile,
    }


def add(store, *found):
    with store.begin() as unit:
        unit.do_not_call.add(found, NOW, "Ada", "asked on a call")


def barred(store):
    """The ids of the leads that nobody may call, each as the queue knows it, too."""
    with store.read() as unit:
        rows = unit._connection.exec_driver_sql("SELECT lead_id, barred, held FROM leads").all()
        held = {row.lead_id for row in rows if row.held}
        assert unit.queue.not_to_be_called_count() == len(held)
        assert len(list(unit.queue.not_to_be_called())) == len(held)
        return {row.lead_id for row in rows if row.barred}


CASES = [
    (numbers(), False),
    (numbers(FIRST), True),
    (numbers(phone_2=FIRST), True),
    (numbers(mobile=FIRST), True),
    (numbers(FIRST, SECOND), False),
    (numbers(THIRD), False),
    (numbers(FIRST) | {"mobile": "ask at the desk"}, False),
]


@pytest.mark.parametrize("leads_first", [True, False])
def test_a_lead_without_any_other_number_is_barred(store, leads_first):
    leads = [Lead(f"L{n}", **fields) for n, (fields, _) in enumerate(CASES)]
    if not leads_first:
        add(store, FIRST)
    with store.begin() as unit:
        unit.leads.add(leads)
    if leads_first:
        assert barred(store) == set()
        add(store, FIRST)
    assert barred(store) == {f"L{n}" for n, (_, is_barred) in enumerate(CASES) if is_barred}


def test_a_lead_is_barred_once_the_last_of_its_numbers_is(store):
    with store.begin() as unit:
        unit.leads.add([Lead("L1", **numbers(FIRST, SECOND, THIRD))])
    add(store, FIRST, THIRD)
    assert barred(store) == set()
    add(store, SECOND)
    assert barred(store) == {"L1"}


def test_a_number_that_an_import_adds_makes_it_a_lead_to_call_again(store):
    with store.begin() as unit:
        unit.leads.add([Lead("L1", **numbers(FIRST))])
    add(store, FIRST)
    with store.begin() as unit:
        unit.leads.replace([Lead("L1", **numbers(FIRST, SECOND))])
    assert barred(store) == set()
    with store.begin() as unit:
        unit.leads.replace([Lead("L1", **numbers(FIRST))])
    assert barred(store) == {"L1"}


def test_it_stays_barred_whatever_becomes_of_the_lead(store):
    with store.begin() as unit:
        unit.leads.add([Lead("L1", **numbers(FIRST))])
    add(store, FIRST)
    for change in ({"suppressed": True}, {"suppressed": False}, {"due": Due.RETRY, "due_at": NOW}):
        with store.begin() as unit:
            unit.leads.set_state("L1", replace(unit.leads.state("L1"), **change))
        assert barred(store) == {"L1"}


def test_the_leads_with_a_number_are_found_without_looking_at_every_lead(store):
    with store.read() as unit:
        for statement, parameters in (
            (do_not_call._BAR_BY_NUMBER, {"numbers": "[]"}),
            (do_not_call._BAR_BY_ID, ("[]",)),
        ):
            plan = unit._connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
            read = [step.detail for step in plan if " leads" in step.detail]
            assert read
            assert all(detail.startswith("SEARCH") for detail in read)
