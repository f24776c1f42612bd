# SPDX-License-Identifier: MIT
"""A decision taken back: the lead is exactly as it was, and the call goes on."""

from dataclasses import replace
from datetime import timedelta

import pytest

from leaddesk.core.domain.events import EventKind
from leaddesk.core.domain.queue import Due
from leaddesk.core.domain.roles import Rep
from leaddesk.core.domain.stages import Stage, Status
from leaddesk.core.domain.verdict import Verdict
from leaddesk.core.errors import BugError, KnownError
from leaddesk.core.services import calls, endings, export_leads, lead_page
from leaddesk.core.services.verify import verify
from tests.core.services.conftest import london
from tests.helpers.talks import CANCELLED, choice_of, decide, say, start


@pytest.fixture
def one(work):
    """A workspace with a lead of which every part of the state says something."""
    work.rep = Rep("Ada Berg")
    with work.store.begin() as unit:
        unit.leads.add([london("L1", last_name="Weber", stage=Stage.MQL), london("L2")])
        due_at = work.clock() - timedelta(minutes=2)
        before = replace(
            unit.leads.state("L1"),
            status=Status.RETURNED,
            due=Due.CALLBACK,
            due_at=due_at,
            due_for="Ada Berg",
            attempts=2,
        )
        unit.leads.set_state("L1", before)
    yield work
    report = verify(work)
    assert (report.differences, report.integrity) == ((), "ok")


def state(work):
    with work.store.read() as unit:
        return unit.leads.state("L1")


@pytest.mark.parametrize("verdict", [Verdict.PASS, Verdict.NURTURE, Verdict.DISQUALIFY])
def test_the_lead_is_exactly_as_it_was_and_the_call_goes_on(one, clock, verdict):
    call_id = start(one)
    say(one, call_id)
    before = state(one)
    session = calls.open_call(one)
    clock.move(minutes=5)
    decision, _ = endings.decide(one, call_id, choice_of(one, verdict), 280)
    assert state(one) != before
    clock.move(minutes=1)
    reopened, changes = endings.undo_decision(one, decision.decision_id)
    assert reopened == call_id
    assert state(one) == before
    going_on = calls.open_call(one)
    assert going_on.answers == session.answers
    assert going_on.call == replace(session.call, talk_s=280)
    assert (changes.leads, changes.calls, changes.queue) == ({"L1"}, {call_id}, True)
    assert lead_page.page_of(one, "L1").decision_id == ""
    assert verify(one).decisions == 1
    say(one, call_id, 1)
    again, _ = endings.decide(one, call_id, choice_of(one, Verdict.DISQUALIFY))
    assert lead_page.page_of(one, "L1").decision_id == again.decision_id
    assert verify(one).decisions == 2


def test_what_was_taken_back_stays_in_the_history(one):
    decision = decide(one)
    endings.undo_decision(one, decision.decision_id)
    with one.store.read() as unit:
        assert unit.decisions.of_lead("L1") == [decision]
        (event,) = unit.events.of_lead("L1", (EventKind.UNDONE,))
    assert (event.by, event.detail) == ("Ada Berg", {"decision": decision.decision_id})
    told = [entry.text for entry in lead_page.page_of(one, "L1").timeline]
    assert "Decision taken back" in told
    assert any(text.startswith("Nurture") for text in told)


def refused(work, decision, says):
    before = state(work)
    with pytest.raises(KnownError, match=says) as caught:
        endings.undo_decision(work, decision.decision_id)
    assert caught.value.todo
    assert state(work) == before


def test_what_has_left_the_house_is_not_taken_back(one, tmp_path):
    decision = decide(one)
    export_leads.export(one, tmp_path / "out.csv")
    refused(one, decision, "left the house")


def test_nothing_is_taken_back_while_a_call_is_open(one):
    decision = decide(one)
    start(one, "L2")
    refused(one, decision, "still open")


def test_only_the_decision_that_stands_is_taken_back(one, clock):
    first = decide(one)
    clock.move(days=60)
    second = decide(one, verdict=Verdict.PASS)
    refused(one, first, "not the decision that stands")
    endings.undo_decision(one, second.decision_id)
    assert state(one).decided == "nurture"
    endings.end_call(one, calls.open_call(one).call.call_id, CANCELLED)
    refused(one, second, "not the decision that stands")


def test_a_decision_is_not_taken_back_over_a_later_call(one, clock):
    decision = decide(one)
    clock.move(days=60)
    endings.end_call(one, start(one), CANCELLED)
    refused(one, decision, "called again since")


def test_a_decision_that_is_not_there_is_a_mistake_of_ours(one):
    with pytest.raises(BugError, match="no decision"):
        endings.undo_decision(one, "D9")


def test_a_lead_is_called_on_at_the_number_of_its_attempts_before(one):
    decision = decide(one)
    assert state(one).attempts == 0
    endings.undo_decision(one, decision.decision_id)
    assert state(one).attempts == 2
