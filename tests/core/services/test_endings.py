# SPDX-License-Identifier: MIT
"""How a call ends: every result does what its row says, a decision is the person's."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from leaddesk.core.domain.events import EventKind
from leaddesk.core.domain.lead_state import LeadState
from leaddesk.core.domain.merge import OnMatch
from leaddesk.core.domain.playbook import ReasonKind
from leaddesk.core.domain.queue import Due
from leaddesk.core.domain.roles import Rep
from leaddesk.core.domain.stages import Stage, Status
from leaddesk.core.domain.verdict import STATUS_AFTER, Verdict
from leaddesk.core.errors import BugError, KnownError
from leaddesk.core.formats.results_toml import read_results
from leaddesk.core.services import (
    calling,
    calls,
    endings,
    import_leads,
    import_taking,
    lead_page,
    playbooks,
)
from leaddesk.core.services.endings import CallResult, Choice
from leaddesk.core.services.import_leads import ImportOptions
from leaddesk.core.services.verify import verify
from tests.core.services.conftest import london, texts
from tests.helpers.talks import (
    HUNG_UP,
    NO_ANSWER,
    answer_everything,
    best,
    choice_of,
    recommended,
    say,
    start,
    worst,
)

RESULTS = read_results(texts("calling", ".toml")["results"])
LATER_CONVERSATIONS = [rule for rule in RESULTS.conversation if not rule.decides]
ENDS = [
    (rule, None) for rule in RESULTS.line if rule.ends_conversation and not rule.ends_number
] + list(product([rule for rule in RESULTS.line if rule.connected], LATER_CONVERSATIONS))
GAP = timedelta(hours=4)
MOBILE = "+447700900123"


@pytest.fixture
def one(work):
    """A workspace with one lead; whatever a test does, the profile has to verify after it."""
    work.rep = Rep("Ada Berg")
    with work.store.begin() as unit:
        unit.leads.add([london("L1", last_name="Weber", mobile=MOBILE, mobile_e164=MOBILE)])
    yield work
    report = verify(work)
    assert (report.differences, report.integrity) == ((), "ok")


def state(work, lead_id="L1") -> LeadState:
    with work.store.read() as unit:
        return unit.leads.state(lead_id)


def events(work, *kinds):
    with work.store.read() as unit:
        return unit.events.of_lead("L1", kinds)


def whole(line, conversation, at):
    """A result with everything its rows ask for."""
    asked = conversation or line
    return CallResult(
        line.id,
        conversation.id if conversation else "",
        at if asked.needs_date else None,
        "Dora Egli" if asked.needs_text else "",
    )


def named(value):
    return getattr(value, "id", "")


@pytest.mark.parametrize(("line", "conversation"), ENDS, ids=named)
def test_every_result_leaves_the_lead_as_its_row_says(one, clock, line, conversation):
    call_id = start(one)
    before = state(one)
    clock.move(minutes=3)
    rule = conversation or line
    at = clock.now + timedelta(days=9)
    call, changes = endings.end_call(one, call_id, whole(line, conversation, at), 170)
    after = state(one)
    assert (call.line_result, call.conversation_result) == (line.id, named(conversation))
    assert (call.ended_at, call.talk_s) == (clock.now, 170)
    assert (changes.leads, changes.calls, changes.queue) == ({"L1"}, {call_id}, True)
    assert call.is_attempt == line.counts_as_attempt
    assert after.attempts == int(line.counts_as_attempt)
    assert after.status == (rule.status or before.status)
    assert after.stage is before.stage
    assert after.decided == ""
    assert after.do_not_call == after.suppressed == rule.sets_dnc
    if rule.terminal:
        assert (after.due, after.due_at) == (Due.NONE, None)
    elif rule.id == "CANCELLED":
        assert (after.due, after.due_at) == (before.due, before.due_at)
    elif rule.id == "CALLBACK_PROMISED":
        assert (after.due, after.due_at, after.due_for) == (Due.CALLBACK, at, "Ada Berg")
    elif rule.status == Status.NURTURING:
        waits = timedelta(hours=rule.retry_after_hours or 0)
        expected = at if rule.needs_date else clock.now + waits
        assert (after.due, after.due_at) == (Due.NURTURE, expected)
    else:
        gap = GAP if line.counts_as_attempt else timedelta()
        waits = max(gap, timedelta(hours=rule.retry_after_hours or 0))
        assert after.due is Due.RETRY
        assert after.due_at >= call.started_at + waits
        assert after.due_at.hour >= 12 or not rule.retry_other_daypart


@pytest.mark.parametrize("line", [r for r in RESULTS.line if not r.ends_conversation], ids=named)
def test_a_call_on_which_somebody_answered_does_not_end_without_what_came_of_it(one, line):
    call_id = start(one)
    with pytest.raises(KnownError, match="Somebody answered"):
        endings.end_call(one, call_id, CallResult(line.id))
    assert calls.open_call(one).call.call_id == call_id


@pytest.mark.parametrize("rule", [r for r in RESULTS.conversation if r.decides], ids=named)
def test_a_decision_is_not_taken_by_a_result(one, rule):
    call_id = start(one)
    with pytest.raises(KnownError, match="is a decision"):
        endings.end_call(one, call_id, CallResult("CONNECTED_TARGET", rule.id, one.clock(), "x"))
    assert calls.open_call(one) is not None


@pytest.mark.parametrize("rule", LATER_CONVERSATIONS, ids=named)
def test_what_a_result_needs_has_to_be_said(one, rule):
    call_id = start(one)
    needs = rule.needs_date or (rule.needs_text and not rule.text_optional)
    result = CallResult("CONNECTED_TARGET", rule.id, text="  ")
    if not needs:
        assert endings.end_call(one, call_id, result)[0].ended_at
        return
    with pytest.raises(KnownError, match="needs"):
        endings.end_call(one, call_id, result)
    assert calls.open_call(one) is not None


def test_a_callback_is_for_who_promised_it_or_for_anybody(one, clock):
    at = clock.now + timedelta(days=1)
    promised = CallResult("CONNECTED_TARGET", "CALLBACK_PROMISED", at, "ask for the offer")
    endings.end_call(one, start(one), promised)
    assert (state(one).due_at, state(one).due_for) == (at, "Ada Berg")
    (event,) = events(one, EventKind.CALLBACK)
    assert event.detail["at"] == at.isoformat()
    assert event.detail["note"] == "ask for the offer"
    clock.move(days=1)
    anybody = CallResult("CONNECTED_TARGET", "CALLBACK_PROMISED", at + GAP, owner_only=False)
    endings.end_call(one, start(one), anybody)
    assert (state(one).due_at, state(one).due_for) == (at + GAP, "")


def test_a_name_that_was_given_is_kept(one):
    endings.end_call(one, start(one), CallResult("CONNECTED_OTHER", "REFERRED", text="Dora Egli"))
    assert [e.detail["name"] for e in events(one, EventKind.REFERRED)] == ["Dora Egli"]
    assert "Named: Dora Egli" in [e.text for e in lead_page.page_of(one, "L1").timeline]


def ask_not_to_be_called(work):
    endings.end_call(work, start(work), CallResult("CONNECTED_TARGET", "DO_NOT_CALL"))


def test_who_asks_not_to_be_called_is_not_nor_are_their_numbers(one):
    with one.store.begin() as unit:
        unit.leads.add([london("L2"), london("L3", phone=MOBILE, phone_e164=MOBILE)])
    ask_not_to_be_called(one)
    assert (state(one).status, state(one).due) == (Status.SUPPRESSED, Due.NONE)
    blocked = {event.detail["number"] for event in events(one, EventKind.NUMBER_BLOCKED)}
    assert blocked == {"+442079460958", MOBILE}
    for lead_id in ("L1", "L2", "L3"):
        with pytest.raises(KnownError):
            calls.start_call(one, lead_id)


def test_an_import_does_not_undo_that_somebody_asked_not_to_be_called(one, tmp_path):
    ask_not_to_be_called(one)
    file = tmp_path / "again.csv"
    file.write_text(
        "lead_id,last_name,email,phone,status,do_not_call,suppressed\n"
        "L1,Weber,,+44 20 7946 0958,NEW,no,no\n"
        ",Egli,other@weber.example,+44 20 7946 0958,NEW,no,no\n",
        encoding="utf-8",
    )
    for on_match in OnMatch:
        import_taking.run(one, import_leads.preview(one, file, ImportOptions(on_match=on_match)))
        assert (state(one).do_not_call, state(one).suppressed) == (True, True)
        with one.store.read() as unit:
            leads = [lead.lead_id for lead, _ in unit.leads.by_row_ids([1, 2])]
        for lead_id in leads:
            with pytest.raises(KnownError, match=r"not to be|any more"):
                calls.start_call(one, lead_id)


def try_until(work, clock, count, result=NO_ANSWER):
    """Call on one working day after the other."""
    for _ in range(count):
        endings.end_call(work, start(work), result)
        clock.move(days=3 if clock.now.weekday() == 4 else 1)


def test_after_the_cap_a_lead_rests(one, clock):
    try_until(one, clock, 5)
    assert (state(one).status, state(one).due, state(one).attempts) == (
        Status.ATTEMPTING,
        Due.RETRY,
        5,
    )
    endings.end_call(one, start(one), NO_ANSWER)
    rested = state(one)
    assert (rested.status, rested.due, rested.attempts) == (Status.EXHAUSTED, Due.NURTURE, 6)
    assert rested.due_at == clock.now + timedelta(days=150)


def test_who_was_reached_at_last_is_not_called_never_reached(one, clock):
    try_until(one, clock, 5)
    endings.end_call(one, start(one), HUNG_UP)
    assert state(one).status is Status.NURTURING


def test_a_call_ends_once(one):
    call_id = start(one)
    endings.end_call(one, call_id, NO_ANSWER)
    question = playbooks.active(one).questions[0].id
    for again in (
        lambda: endings.end_call(one, call_id, NO_ANSWER),
        lambda: endings.decide(one, call_id, choice_of(one, Verdict.PASS)),
        lambda: calls.record_answer(one, call_id, question, None),
    ):
        with pytest.raises(KnownError, match="ended already"):
            again()


@pytest.mark.parametrize("verdict", [Verdict.PASS, Verdict.NURTURE, Verdict.DISQUALIFY])
def test_a_decision_ends_the_call_and_moves_the_lead(one, clock, verdict):
    call_id = start(one)
    answer_everything(one, call_id, best)
    expected = recommended(one, call_id)
    assert expected is Verdict.PASS
    clock.move(minutes=6, seconds=40)
    choice = choice_of(one, verdict, override_reason=" they asked to wait ")
    decision, changes = endings.decide(one, call_id, choice, 390)
    assert (decision.decided, decision.recommended) == (verdict, expected)
    assert decision.override_reason == ("" if verdict is expected else "they asked to wait")
    assert (decision.next_step, decision.next_at) == (choice.next_step, choice.next_at)
    assert decision.decided_by == "Ada Berg"
    assert (changes.decisions, changes.leads) == ({decision.decision_id}, {"L1"})
    after, lead = state(one), lead_page.page_of(one, "L1").lead
    assert after.status is STATUS_AFTER[verdict]
    assert after.decided == verdict
    assert after.stage is (Stage.SQL if verdict is Verdict.PASS else Stage.LEAD)
    assert (after.due, after.due_at) == (
        (Due.NURTURE, choice.next_at) if verdict is Verdict.NURTURE else (Due.NONE, None)
    )
    assert lead.last_activity_at == clock.now
    assert calls.open_call(one) is None
    with one.store.read() as unit:
        call = unit.calls.get(call_id)
    assert (call.line_result, call.talk_s) == ("CONNECTED_TARGET", 390)
    assert RESULTS.conversation_rule(call.conversation_result).decides == verdict
    assert RESULTS.conversation_rule(call.conversation_result).status == after.status


def test_a_pass_with_a_meeting_is_called_a_meeting(one, clock):
    call_id = start(one)
    at = clock.now + timedelta(days=2)
    endings.decide(one, call_id, choice_of(one, Verdict.PASS, meeting=True, next_at=at))
    with one.store.read() as unit:
        assert unit.calls.get(call_id).conversation_result == "MEETING_SET"


def test_a_meeting_without_its_time_ends_no_call(one):
    call_id = start(one)
    with pytest.raises(KnownError, match="needs a time"):
        endings.decide(one, call_id, choice_of(one, Verdict.PASS, meeting=True))
    assert calls.open_call(one).call.call_id == call_id


def test_a_meeting_is_a_pass_and_nothing_else(one):
    with pytest.raises(BugError, match="MEETING_SET"):
        endings.decide(one, start(one), choice_of(one, Verdict.NURTURE, meeting=True))


@pytest.mark.parametrize(
    ("verdict", "lacks", "says"),
    [
        (Verdict.PASS, {"override_reason": "  "}, "not what the playbook recommends"),
        (Verdict.PASS, {"next_step": " "}, "needs a next step"),
        (Verdict.PASS, {"reason": "no_need"}, "needs a reason"),
        (Verdict.NURTURE, {"reason": ""}, "needs a reason"),
        (Verdict.NURTURE, {"next_at": None}, "needs a next date"),
        (Verdict.DISQUALIFY, {"reason": ""}, "needs a reason"),
        (Verdict.DISQUALIFY, {"reason": "no such reason"}, "needs a reason"),
    ],
)
def test_a_decision_says_what_it_lacks_and_the_call_goes_on(one, verdict, lacks, says):
    call_id = start(one)
    answer_everything(one, call_id, worst if verdict is Verdict.PASS else best)
    before = state(one)
    with pytest.raises(KnownError, match=says):
        endings.decide(one, call_id, choice_of(one, verdict, **lacks))
    assert calls.open_call(one) is not None
    assert state(one) == before


def test_undecided_cannot_be_decided(one):
    with pytest.raises(BugError):
        endings.decide(one, start(one), Choice(Verdict.UNDECIDED))


def test_who_asked_to_be_left_alone_is_not_called_again(one):
    reasons = playbooks.active(one).reasons_for(Verdict.DISQUALIFY)
    reason = next(r for r in reasons if ReasonKind.SUPPRESS in r.kinds)
    endings.decide(one, start(one), choice_of(one, Verdict.DISQUALIFY, reason=reason.id))
    assert state(one).suppressed
    assert not calling.permission(one, "L1").may_override
    with pytest.raises(KnownError, match="not to be contacted"):
        calls.start_call(one, "L1")


def test_an_attempt_before_a_decision_does_not_count_after_it(one, clock):
    try_until(one, clock, 2)
    call_id = start(one)
    say(one, call_id)
    endings.decide(one, call_id, choice_of(one, Verdict.NURTURE))
    assert state(one).attempts == 0


@pytest.mark.parametrize(
    ("at", "line", "again"),
    [
        ("2026-11-27 09:00", "VOICEMAIL_LEFT", "2026-11-30 12:00"),  # Friday to Monday
        ("2026-11-27 09:00", "GATEKEEPER", "2026-11-30 12:00"),
        ("2026-11-27 13:00", "GATEKEEPER", "2026-11-30 09:00"),
        ("2026-11-27 16:00", "NO_ANSWER", "2026-11-30 09:00"),
        ("2026-11-23 09:00", "NO_ANSWER", "2026-11-23 13:00"),
        ("2026-11-23 13:00", "NO_ANSWER", "2026-11-24 09:00"),  # it closes at 17
    ],
)
def test_another_time_of_day_is_one_at_which_calls_are_allowed(one, clock, at, line, again):
    clock.now = datetime.fromisoformat(at).replace(tzinfo=UTC)
    endings.end_call(one, start(one), CallResult(line))
    assert state(one).due_at == datetime.fromisoformat(again).replace(tzinfo=UTC)


def test_where_only_the_same_time_of_day_is_open_it_is_called_then(one):
    (one.profile / calling.OWN_RULES).write_text(
        'schema = 1\n[[windows]]\nregions = ["default"]\nevery_day = "9:00-11:00"\n',
        encoding="utf-8",
    )
    endings.end_call(one, start(one), NO_ANSWER)
    assert state(one).due_at == datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def test_a_line_that_dropped_is_all_there_is_to_say(one, clock):
    call_id = start(one)
    say(one, call_id)
    ended, _ = endings.end_call(one, call_id, CallResult("DROPPED"))
    assert (ended.line_result, ended.conversation_result) == ("DROPPED", "")
    assert not ended.is_attempt
    after = state(one)
    assert (after.status, after.due) == (Status.IN_CONVERSATION, Due.RETRY)
    assert after.due_at == clock.now + timedelta(hours=1)
