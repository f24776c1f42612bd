# SPDX-License-Identifier: MIT
"""A lead that waits: on which track, with what to be done, until what ends it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from leaddesk.core.domain.events import EventKind
from leaddesk.core.domain.merge import OnMatch
from leaddesk.core.domain.queue import Due
from leaddesk.core.domain.roles import Rep
from leaddesk.core.domain.stages import Status
from leaddesk.core.domain.touches import TouchKind, TouchState
from leaddesk.core.domain.verdict import Verdict
from leaddesk.core.formats.re_entry_json import read_re_entry
from leaddesk.core.services import (
    activities,
    calling,
    calls,
    endings,
    import_leads,
    import_taking,
    lead_page,
    merging,
    nurturing,
    playbooks,
    queue,
    re_entry,
)
from leaddesk.core.services.endings import CallResult
from leaddesk.core.services.import_leads import ImportOptions
from leaddesk.core.services.verify import verify
from tests.core.services.conftest import london
from tests.helpers.talks import CANCELLED, NO_ANSWER, decide, put_own_playbook, start

OPEN, DONE, DROPPED = TouchState.OPEN, TouchState.DONE, TouchState.DROPPED


@pytest.fixture
def one(work):
    work.rep = Rep("Ada Berg")
    with work.store.begin() as unit:
        names = ("Weber", "Egli", "Sachs")
        unit.leads.add(london(f"L{n}", last_name=name) for n, name in enumerate(names, start=1))
    yield work
    report = verify(work)
    assert (report.differences, report.integrity) == ((), "ok")


def waits(work, lead_id="L1"):
    with work.store.read() as unit:
        return unit.nurtures.of_lead(lead_id)


def touches(work, lead_id="L1"):
    with work.store.read() as unit:
        return unit.nurtures.touches_of(lead_id)


def states(work, lead_id="L1"):
    return [one.state for one in touches(work, lead_id)]


def state(work, lead_id="L1"):
    with work.store.read() as unit:
        return unit.leads.state(lead_id)


def events(work, kind, lead_id="L1"):
    with work.store.read() as unit:
        return [dict(one.detail) for one in unit.events.of_lead(lead_id, (kind,))]


def nurture(work, reason="budget_next_cycle", lead_id="L1", days=91, **other):
    at = work.clock() + timedelta(days=days)
    return decide(work, lead_id, reason=reason, next_at=at, **other)


def wait_over(clock, days=90):
    """Move the clock to a weekday's morning."""
    clock.move(days=days)
    while clock.now.weekday() > 4:
        clock.move(days=1)


def test_a_nurtured_lead_waits_on_the_track_of_the_reason(one, clock):
    decision = nurture(one)
    (wait,) = waits(one)
    assert (wait.decision_id, wait.at, wait.reason) == (
        decision.decision_id,
        clock.now,
        "budget_next_cycle",
    )
    assert (wait.track_id, wait.ended_at) == ("budget-cycle", None)
    assert wait.weakest in {c.id for c in playbooks.active(one).criteria if c.scored}
    assert wait.playbook_fingerprint == decision.playbook_fingerprint
    first, later = touches(one)
    assert (first.number, first.kind, first.due_at) == (0, TouchKind.EMAIL, clock.now)
    assert later.due_at.astimezone().hour == 9
    assert (later.due_at.astimezone().date() - clock.now.astimezone().date()).days == 60
    # The call of day 90 falls on a Sunday, so on the Monday that was agreed on: it is that call.
    assert later.kind is TouchKind.EMAIL
    assert {t.due_for for t in touches(one)} == {"Ada Berg"}
    assert state(one).due_at == decision.next_at


def test_what_would_have_made_it_a_pass_is_kept(one):
    nurture(one)
    test = read_re_entry(waits(one)[0].re_entry)
    asked = {q.id for c in playbooks.active(one).criteria if c.id == "budget" for q in c.questions}
    assert test.question in asked


@pytest.mark.parametrize("verdict", [Verdict.PASS, Verdict.DISQUALIFY])
def test_another_decision_ends_the_wait_and_what_was_still_to_be_done(one, clock, verdict):
    nurture(one)
    nurturing.end_touch(one, touches(one)[0].touch_id, DONE)
    wait_over(clock)
    decision = decide(one, verdict=verdict)
    (wait,) = waits(one)
    assert (wait.ended_at, wait.ended_by) == (clock.now, decision.decision_id)
    assert states(one) == [DONE, DROPPED]


def test_a_decision_taken_back_lets_the_lead_wait_as_before(one, clock):
    nurture(one)
    nurturing.end_touch(one, touches(one)[0].touch_id, DONE)
    before = waits(one), touches(one)
    wait_over(clock)
    again = nurture(one, "not_now")
    assert [w.ended_at is None for w in waits(one)] == [False, True]
    endings.undo_decision(one, again.decision_id)
    old, new = waits(one)
    assert ([old], [t for t in touches(one) if t.nurture_id == old.nurture_id]) == before
    assert new.ended_by == f"undo {again.decision_id}"
    assert OPEN not in [t.state for t in touches(one) if t.nurture_id == new.nurture_id]


def test_the_first_decision_taken_back_leaves_no_wait(one):
    decision = nurture(one)
    endings.undo_decision(one, decision.decision_id)
    with one.store.read() as unit:
        assert unit.nurtures.open_of("L1") is None
    assert OPEN not in states(one)


def test_a_second_nurture_on_the_track_goes_on_where_the_first_one_was(one, clock):
    nurture(one)
    nurturing.end_touch(one, touches(one)[0].touch_id, DONE)
    wait_over(clock)
    nurture(one)
    last = waits(one)[-1].nurture_id
    left = [t for t in touches(one) if t.nurture_id == last]
    assert [t.number for t in left] == [1]


def test_a_call_nobody_answered_ends_the_wait(one, clock):
    nurture(one)
    wait_over(clock)
    call_id = start(one)
    endings.end_call(one, call_id, NO_ANSWER)
    assert waits(one)[0].ended_by == call_id
    assert state(one).due is Due.RETRY


def test_a_call_that_was_none_leaves_the_wait_as_it_is(one, clock):
    nurture(one)
    before = waits(one), touches(one)
    wait_over(clock)
    endings.end_call(one, start(one), CANCELLED)
    assert (waits(one), touches(one)) == before


def test_who_is_never_reached_rests_on_the_track_for_that(one, clock):
    for _ in range(6):
        call_id = start(one)
        endings.end_call(one, call_id, NO_ANSWER)
        clock.move(days=3 if clock.now.weekday() == 4 else 1)
    (wait,) = waits(one)
    assert (wait.decision_id, wait.reason, wait.track_id) == ("", "unresponsive", "went-quiet")
    rested = state(one)
    assert (rested.status, rested.due) == (Status.EXHAUSTED, Due.NURTURE)
    assert 150 <= (rested.due_at - wait.at).days <= 152
    assert rested.due_at.weekday() < 5


def test_something_sent_is_a_wait_without_a_track(one, clock):
    at = clock.now + timedelta(days=7)
    endings.end_call(one, start(one), CallResult("CONNECTED_TARGET", "SEND_INFO", at))
    (wait,) = waits(one)
    assert (wait.reason, wait.track_id, wait.re_entry, touches(one)) == ("", "", "", [])
    assert (state(one).status, state(one).due_at) == (Status.NURTURING, at)


def test_a_strong_sign_ends_the_wait(one, clock):
    nurture(one)
    clock.move(days=10)
    did, _ = activities.add_by_hand(one, "L1", "demo_request")
    (wait,) = waits(one)
    assert (wait.ended_at, wait.ended_by) == (clock.now, did.activity_id)
    assert set(states(one)) == {DROPPED}
    assert (state(one).due, state(one).due_at) == (Due.INBOUND, clock.now)
    assert next(iter(queue.top(one).row_ids)) == 1
    told = {"nurture": wait.nurture_id, "cause": did.activity_id, "sign": "demo_request"}
    assert events(one, EventKind.WAIT_ENDED) == [told]


def test_a_weak_sign_ends_no_wait(one):
    nurture(one)
    activities.add_by_hand(one, "L1", "webinar")
    assert waits(one)[0].ended_at is None
    assert events(one, EventKind.WAIT_ENDED) == []


@pytest.mark.parametrize("flag", ["do_not_call", "suppressed"])
def test_no_sign_ends_the_wait_of_who_is_not_to_be_called(one, flag):
    nurture(one)
    with one.store.begin() as unit:
        unit.leads.set_state("L1", replace(unit.leads.state("L1"), **{flag: True}))
    activities.add_by_hand(one, "L1", "demo_request")
    assert waits(one)[0].ended_at is None
    assert state(one).due is Due.NURTURE


def test_of_two_leads_that_wait_and_are_merged_one_wait_is_left(one, clock):
    nurture(one)
    clock.move(minutes=9)
    nurture(one, "not_now", "L2")
    before = waits(one), waits(one, "L2"), touches(one), touches(one, "L2")
    merging.merge(one, "L1", "L2")
    left = [wait for wait in waits(one) if wait.ended_at is None]
    assert [wait.reason for wait in left] == ["not_now"]
    merging.undo(one, merging.last_of(one, "L1").merge_id)
    assert (waits(one), waits(one, "L2"), touches(one), touches(one, "L2")) == before


def test_a_lead_that_is_merged_into_one_that_was_passed_waits_no_more(one, clock):
    nurture(one)
    clock.move(minutes=9)
    decide(one, "L2", Verdict.PASS)
    merging.merge(one, "L2", "L1")
    assert waits(one, "L2")[0].ended_at == clock.now
    merging.undo(one, merging.last_of(one, "L2").merge_id)
    assert waits(one)[0].ended_at is None
    assert OPEN in states(one)


def test_the_next_call_begins_with_the_question_that_was_missing(one, clock):
    nurture(one)
    test = read_re_entry(waits(one)[0].re_entry)
    wait_over(clock)
    session, _ = calls.start_call(one, "L1")
    assert session.position == test.question
    # So it does after a crash.
    assert calls.open_call(one).position == test.question


def test_an_unanswered_call_or_a_sign_in_between_changes_nothing_of_it(one, clock):
    nurture(one)
    test = read_re_entry(waits(one)[0].re_entry)
    wait_over(clock)
    endings.end_call(one, start(one), NO_ANSWER)
    clock.move(hours=5)
    activities.add_by_hand(one, "L1", "demo_request")
    assert calls.start_call(one, "L1")[0].position == test.question


def test_a_call_begins_as_usual_where_nothing_is_left_to_ask(one, clock):
    nurture(one)
    question = read_re_entry(waits(one)[0].re_entry).question
    wait_over(clock)
    call_id = start(one)
    asked = playbooks.active(one).question(question)
    calls.record_answer(one, call_id, question, asked.options[0].id)
    endings.end_call(one, call_id, CallResult("CONNECTED_TARGET", "HUNG_UP"))
    clock.move(days=8)
    assert calls.start_call(one, "L1")[0].position == ""


def test_a_decision_taken_back_leaves_nothing_to_ask_first(one):
    decision = nurture(one)
    endings.undo_decision(one, decision.decision_id)
    endings.end_call(one, decision.call_id, CANCELLED)
    assert calls.start_call(one, "L1")[0].position == ""


def test_before_the_call_it_is_told_what_was_said_and_what_to_ask_first(one, clock):
    assert re_entry.last_time(one, calls.preview(one, "L1")) is None
    decision = nurture(one, note="not before May")
    wait_over(clock)
    last = re_entry.last_time(one, calls.preview(one, "L1"))
    book = playbooks.active(one)
    assert (last.at, last.reason) == (decision.at, book.reason_label("budget_next_cycle"))
    assert last.said[0][1].endswith("\u201cnot before May\u201d")
    assert last.ask_first.startswith("Ask first: ")
    with one.store.read() as unit:
        assert unit.calls.open() is None


def test_what_was_nurtured_by_a_playbook_that_asks_otherwise_comes_back_as_usual(one, clock):
    nurture(one)
    wait_over(clock)
    put_own_playbook(one)
    one.playbook_id, one.active_playbook = "short", None
    assert playbooks.active(one).id == "short"
    last = re_entry.last_time(one, calls.preview(one, "L1"))
    assert (last.ask_first, last.reason != "") == ("", True)
    assert calls.start_call(one, "L1")[0].position == ""


def told(work):
    return [entry.text for entry in lead_page.page_of(work, "L1").timeline]


def test_the_page_of_a_lead_tells_of_its_wait(one, clock):
    nurture(one)
    email, later = touches(one)
    planned = "Until then: e-mail Mon 23 Nov 2026 and e-mail Fri 22 Jan 2027"
    assert f"To be called again Mon 22 Feb 2027. {planned}" in told(one)
    clock.move(minutes=1)
    nurturing.end_touch(one, email.touch_id, DONE)
    assert told(one)[0] == "E-mail of the nurture track done by Ada Berg"
    clock.move(minutes=1)
    nurturing.reopen_touch(one, email.touch_id)
    assert told(one)[0] == "E-mail of the nurture track is to be done after all"
    clock.move(minutes=1)
    nurturing.put_off_touch(one, later.touch_id, clock.now + timedelta(days=70))
    assert told(one)[0] == "E-mail moved to Mon 1 Feb 2027 by Ada Berg"
    clock.move(minutes=1)
    nurturing.give_date(one, "L1", clock.now + timedelta(days=98))
    assert told(one)[0] == "Call after the wait moved to Mon 1 Mar 2027 by Ada Berg"
    clock.move(minutes=1)
    activities.add_by_hand(one, "L1", "demo_request")
    assert "Waits no longer: demo request" in told(one)


def test_the_page_tells_why_a_lead_rests_that_was_never_reached(one, clock):
    for _ in range(6):
        endings.end_call(one, start(one), NO_ANSWER)
        clock.move(days=3 if clock.now.weekday() == 4 else 1)
    assert "Rests, tried as often as it may be" in told(one)


def test_an_import_leaves_a_wait_as_it_is(one):
    nurture(one)
    before = waits(one), touches(one), state(one)
    file = one.profile / "again.csv"
    row = "Weber,+44 20 7946 0958,Head of IT,NURTURING"
    file.write_text(f"Last Name,Phone,Title,Status\n{row}\n", "utf-8")
    options = ImportOptions(on_match=OnMatch.OVERWRITE)
    import_taking.run(one, import_leads.preview(one, file, options))
    assert lead_page.page_of(one, "L1").lead.title == "Head of IT"
    assert (waits(one), touches(one), state(one)) == before


def test_a_wait_that_an_import_went_over_ends_with_the_next_decision(one, clock):
    nurture(one)
    with one.store.begin() as unit:
        lead = calling.lead_of(unit, "L1")
        unit.leads.replace([replace(lead, status=Status.ATTEMPTING)])
    wait_over(clock)
    nurture(one, "not_now")
    assert [wait.ended_at is None for wait in waits(one)] == [False, True]
