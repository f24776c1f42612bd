# SPDX-License-Identifier: MIT
"""A lead that comes back keeps its history and its fit; its engagement starts anew."""

from dataclasses import replace
from datetime import timedelta

import pytest

from leaddesk.core.domain.handoff import Handoff, HandoffState
from leaddesk.core.domain.stages import Status
from leaddesk.core.domain.verdict import Verdict
from leaddesk.core.services import activities, calls, endings, lead_page
from leaddesk.core.services.verify import verify
from tests.core.services.conftest import london
from tests.helpers.talks import decide, start


@pytest.fixture
def one(work):
    fit = {"employees": 500, "industry": "Manufacturing", "country": "GB", "title": "Director"}
    with work.store.begin() as unit:
        unit.leads.add([london("L1", last_name="Weber", **fit)])
    yield work
    report = verify(work)
    assert (report.differences, report.integrity) == ((), "ok")


def lead(work):
    return lead_page.page_of(work, "L1").lead


def test_a_nurtured_lead_keeps_its_engagement_until_its_turn_comes(one, clock):
    activities.add_by_hand(one, "L1", "webinar")
    clock.move(hours=1)
    decide(one, next_at=clock.now + timedelta(days=2))
    clock.move(days=1)
    activities.refresh(one)
    fit, engaged = lead(one).fit, lead(one).engagement
    assert engaged > 0
    clock.move(days=1)
    activities.refresh(one)
    assert (lead(one).engagement, lead(one).fit) == (0, fit)
    did, _ = activities.add_by_hand(one, "L1", "webinar")
    assert lead(one).engagement == 20
    assert any("Webinar" in entry.text for entry in lead_page.page_of(one, "L1").timeline[1:])
    assert calls.preview(one, "L1").activities == (did,)


def test_the_next_call_begins_without_what_led_to_the_last_decision(one, clock):
    activities.add_by_hand(one, "L1", "webinar")
    clock.move(hours=1)
    decision = decide(one)
    clock.move(hours=5)
    assert calls.preview(one, "L1").activities == ()
    endings.undo_decision(one, decision.decision_id)
    assert len(calls.open_call(one).activities) == 1, "the decision does not stand any more"


@pytest.mark.parametrize("answer", [HandoffState.RETURNED, HandoffState.LOST])
def test_what_sales_gave_back_starts_anew_with_their_answer(one, clock, answer):
    decision = decide(one, verdict=Verdict.PASS)
    clock.move(days=1)
    activities.add_by_hand(one, "L1", "webinar")
    assert lead(one).engagement == 20, "it is with sales: nothing begins anew"
    clock.move(days=1)
    handed = Handoff("H1", decision.decision_id, "L1", clock.now, state=answer)
    with one.store.begin() as unit:
        unit.handoffs.add(handed)
        state = unit.leads.state("L1")
        unit.leads.set_state("L1", replace(state, status=Status.RETURNED))
    activities.refresh(one)
    assert lead(one).engagement == 0


def test_of_merged_leads_the_last_decision_on_any_counts(one, clock):
    from leaddesk.core.services import merging

    with one.store.begin() as unit:
        unit.leads.add([london("L2", phone="+44 20 7946 0959", phone_e164="+442079460959")])
    activities.add_by_hand(one, "L1", "webinar")
    clock.move(hours=1)
    decide(one, "L2")
    clock.move(hours=5)
    merging.merge(one, "L1", "L2")
    call_id = start(one)
    assert calls.open_call(one).activities == ()
    endings.end_call(one, call_id, endings.CallResult("CANCELLED"))
