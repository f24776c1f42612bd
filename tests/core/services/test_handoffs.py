# SPDX-License-Identifier: MIT
from datetime import UTC, datetime, timedelta

import pytest

from leaddesk.core.domain.events import EventKind
from leaddesk.core.domain.handoff import HandoffState
from leaddesk.core.domain.queue import Due
from leaddesk.core.domain.roles import Rep
from leaddesk.core.domain.sales_outcomes import LOST_REST_DAYS, OutcomeKind, SalesOutcome
from leaddesk.core.domain.stages import Stage, Status
from leaddesk.core.domain.verdict import Verdict
from leaddesk.core.errors import KnownError
from leaddesk.core.services import endings, handoffs, playbooks
from tests.core.services.conftest import london
from tests.helpers.playbook_texts import SHORT
from tests.helpers.talks import decide, put_own_playbook, say, start

ROUTED = (
    SHORT
    + """
[handoff]
checklist = ["decision maker named", "next step agreed"]
[[routing]]
when = { country = ["DE"] }
to = ["dora"]
[[routing]]
when = { country = ["GB"] }
to = ["ola", "per"]
"""
)
ACCEPTED, OPPORTUNITY, WON = map(
    SalesOutcome, (OutcomeKind.ACCEPTED, OutcomeKind.OPPORTUNITY, OutcomeKind.WON)
)
RETURNED = SalesOutcome(OutcomeKind.RETURNED, reason="nobody signs")
LOST = SalesOutcome(OutcomeKind.LOST, reason="went elsewhere")


@pytest.fixture
def team(work):
    """A profile whose playbook says who receives what."""
    work.rep = Rep("Ada Berg")
    put_own_playbook(work, ROUTED)
    playbooks.choose(work, "short")
    with work.store.begin() as unit:
        unit.leads.add([london(f"L{n}", phone_e164="", country="GB") for n in range(1, 9)])
        unit.leads.add([london("LX", phone_e164="", country="FR")])
    return work


def passed(work, lead_id, **other):
    decide(work, lead_id, Verdict.PASS, **other)
    return handoffs.of_lead(work, lead_id)


def state(work, lead_id="L1"):
    with work.store.read() as unit:
        return unit.leads.state(lead_id)


def events(work, kind, lead_id="L1"):
    with work.store.read() as unit:
        return [one.detail for one in unit.events.of_lead(lead_id, (kind,))]


def test_a_pass_goes_to_whose_turn_it_is_with_what_was_ticked(team):
    given = [passed(team, f"L{n}") for n in range(1, 6)]
    assert [one.receiver for one in given] == ["ola", "per", "ola", "per", "ola"]
    ticked = passed(team, "L6", checked=("next step agreed", "not on the list"))
    assert ticked.checked == ("next step agreed",)
    assert ticked.by == "Ada Berg"
    assert events(team, EventKind.HANDED, "L6") == [
        {"decision": ticked.decision_id, "handoff": ticked.handoff_id, "receiver": "per"}
    ]


def test_where_no_rule_matches_the_decision_stands_and_nobody_is_named(team):
    book = playbooks.active(team)
    assert handoffs.who_receives(team, "LX", book, 90).sentence == (
        "No rule of the playbook matches: say who receives it."
    )
    handoff = passed(team, "LX")
    assert (handoff.receiver, handoff.rule) == ("", "")
    assert state(team, "LX").status is Status.PASSED
    given, _ = handoffs.reassign(team, handoff.handoff_id, " Fay ")
    assert handoffs.of_lead(team, "LX").receiver == given.receiver == "Fay"


def test_a_person_can_say_who_receives_it(team):
    chosen = passed(team, "L1", receiver=" per ")
    assert (chosen.receiver, bool(chosen.rule)) == ("per", True)
    stranger = passed(team, "L2", receiver="zoe")
    assert (stranger.receiver, stranger.rule) == ("zoe", "")
    assert passed(team, "L3").receiver == "ola"


def test_who_receives_is_said_before(team):
    found = handoffs.who_receives(team, "L1", playbooks.active(team), 90)
    assert found.sentence == "Goes to ola (rule 2: country GB)."


def test_who_loses_a_lead_gets_the_credit_back(team):
    first = passed(team, "L1")
    handoffs.reassign(team, first.handoff_id, "per")
    assert passed(team, "L2").receiver == "ola"
    assert passed(team, "L3").receiver == "ola"
    call_id = decided_call(team, "L3")
    endings.undo_decision(team, decision_of(team, "L3"))
    assert handoffs.of_lead(team, "L3") is None
    endings.end_call(team, call_id, endings.CallResult("CANCELLED"))
    assert passed(team, "L4").receiver == "ola"


def decision_of(work, lead_id):
    with work.store.read() as unit:
        return unit.decisions.standing_of_lead(lead_id)[-1].decision_id


def decided_call(work, lead_id):
    with work.store.read() as unit:
        return unit.decisions.standing_of_lead(lead_id)[-1].call_id


def test_sales_has_four_business_hours(team, clock):
    clock.now = datetime(2026, 11, 27, 15, 0, tzinfo=UTC)  # a Friday
    handoff = passed(team, "L1")
    local = handoff.accept_by.astimezone()
    assert local.weekday() in {0, 4}
    assert handoff.accept_by > clock.now


@pytest.mark.parametrize(
    ("outcome", "status", "stage", "due"),
    [
        (ACCEPTED, Status.ACCEPTED, Stage.SQL, Due.NONE),
        (OPPORTUNITY, Status.ACCEPTED, Stage.OPPORTUNITY, Due.NONE),
        (WON, Status.ACCEPTED, Stage.CUSTOMER, Due.NONE),
        (RETURNED, Status.RETURNED, Stage.SQL, Due.RETURNED),
        (LOST, Status.NURTURING, Stage.SQL, Due.NURTURE),
    ],
)
def test_what_sales_says_moves_the_lead_and_can_be_taken_back(team, outcome, status, stage, due):
    handoff = passed(team, "L1")
    before = state(team)
    after, changes = handoffs.answer(team, handoff.handoff_id, outcome)
    assert changes.leads == {"L1"}
    assert after.state.value == outcome.kind.value
    assert after.decision_id == decision_of(team, "L1")
    now = state(team)
    assert (now.status, now.stage, now.due) == (status, stage, due)
    handoffs.undo_answer(team, handoff.handoff_id)
    assert state(team) == before
    assert handoffs.of_lead(team, "L1") == handoff
    with pytest.raises(KnownError, match="has not answered"):
        handoffs.undo_answer(team, handoff.handoff_id)


def test_a_returned_lead_is_back_with_who_passed_it_and_the_second_time_with_anybody(team, clock):
    handoffs.answer(team, passed(team, "L1").handoff_id, RETURNED)
    assert (state(team).due_for, state(team).due_at) == ("Ada Berg", clock.now)
    clock.move(hours=5)
    handoffs.answer(team, passed(team, "L1").handoff_id, RETURNED)
    assert state(team).due_for == ""
    assert [one.get("again") for one in events(team, EventKind.ANSWERED)] == [None, "2"]


def test_a_lost_lead_rests(team, clock):
    handoffs.answer(team, passed(team, "L1").handoff_id, LOST)
    assert state(team).due_at == clock.now + timedelta(days=LOST_REST_DAYS)


@pytest.mark.parametrize(
    ("first", "then", "sentence"),
    [
        (WON, ACCEPTED, "“Accepted” cannot follow “won”"),
        (OPPORTUNITY, RETURNED, "cannot follow “opportunity”"),
        (ACCEPTED, SalesOutcome(OutcomeKind.RETURNED, reason=" "), "needs a reason"),
    ],
)
def test_what_makes_no_sense_is_refused(team, first, then, sentence):
    handoff = passed(team, "L1")
    handoffs.answer(team, handoff.handoff_id, first)
    kept = handoffs.of_lead(team, "L1")
    with pytest.raises(KnownError, match=sentence):
        handoffs.answer(team, handoff.handoff_id, then)
    assert handoffs.of_lead(team, "L1") == kept


def test_an_answer_to_an_older_pass_does_not_move_a_lead_that_was_decided_anew(team, clock):
    old = passed(team, "L1")
    clock.move(hours=5)
    decide(team, "L1", Verdict.NURTURE)
    before = state(team)
    handoffs.answer(team, old.handoff_id, RETURNED)
    assert state(team) == before
    with team.store.read() as unit:
        assert unit.handoffs.get(old.handoff_id).state is HandoffState.RETURNED


def test_an_amount_once_said_stays(team):
    handoff = passed(team, "L1")
    with_amount = SalesOutcome(OutcomeKind.OPPORTUNITY, amount=9000, currency="EUR")
    handoffs.answer(team, handoff.handoff_id, with_amount)
    after, _ = handoffs.answer(team, handoff.handoff_id, WON)
    assert (after.amount, after.currency) == (9000, "EUR")


def test_a_decision_that_sales_answered_is_not_taken_back(team):
    handoff = passed(team, "L1")
    handoffs.answer(team, handoff.handoff_id, ACCEPTED)
    with pytest.raises(KnownError, match="Sales has answered"):
        endings.undo_decision(team, handoff.decision_id)
    assert state(team).status is Status.ACCEPTED


def test_an_answer_is_not_taken_back_once_something_happened(team, clock):
    handoff = passed(team, "L1")
    handoffs.answer(team, handoff.handoff_id, RETURNED)
    clock.move(hours=5)
    say(team, start(team, "L1"))
    with pytest.raises(KnownError, match="Something happened"):
        handoffs.undo_answer(team, handoff.handoff_id)
