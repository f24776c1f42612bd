# SPDX-License-Identifier: MIT
"""What is due after a call, by the results that ship."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaddesk.core.domain.attempts import Attempt, AttemptRules, NextAttempt, next_attempt
from leaddesk.core.domain.next_due import Ended, Next, due_after, due_after_decision
from leaddesk.core.domain.queue import Due
from leaddesk.core.domain.results import ConversationResult, LineResult
from leaddesk.core.domain.stages import Status
from leaddesk.core.domain.verdict import Verdict
from leaddesk.core.formats.results_toml import read_results
from leaddesk.resources import texts

RESULTS = read_results(texts("calling", ".toml")["results"])
AT = datetime(2026, 11, 9, 13, tzinfo=UTC)
DATE = AT + timedelta(days=3)
AGAIN = AT + timedelta(hours=4)
TRIED = NextAttempt(AGAIN, exhausted=False, used=2, why="", not_in=None)
EXHAUSTED = NextAttempt(None, exhausted=True, used=6, why="", not_in=None)
FRESH = Next(Due.FRESH, None, Status.NEW)


def rule(result_id: str):
    if result_id in set(LineResult):
        return RESULTS.line_rule(result_id)
    return RESULTS.conversation_rule(result_id)


def after(result_id: str, date: datetime | None = None, attempt=TRIED, before=FRESH, owner=""):
    return due_after(Ended(rule(result_id), AT, date, owner), attempt, before)


@pytest.mark.parametrize(
    ("result", "date", "expected"),
    [
        ("NO_ANSWER", None, Next(Due.RETRY, AGAIN, Status.ATTEMPTING)),
        ("VOICEMAIL_LEFT", None, Next(Due.RETRY, AGAIN, Status.ATTEMPTING)),
        ("CONNECTED_OTHER", None, Next(Due.RETRY, AGAIN, Status.ATTEMPTING)),
        ("DROPPED", None, Next(Due.RETRY, AGAIN, Status.ATTEMPTING)),
        ("WRONG_NUMBER", None, Next(Due.NONE, None, Status.DISQUALIFIED)),
        ("DISCONNECTED", None, Next(Due.NONE, None, Status.DISQUALIFIED)),
        ("MEETING_SET", DATE, Next(Due.NONE, None, Status.PASSED)),
        ("PASS", None, Next(Due.NONE, None, Status.PASSED)),
        ("DISQUALIFIED", None, Next(Due.NONE, None, Status.DISQUALIFIED)),
        ("NURTURE", DATE, Next(Due.NURTURE, DATE, Status.NURTURING)),
        ("NURTURE", None, Next(Due.NURTURE, AT + timedelta(days=90), Status.NURTURING)),
        ("CALLBACK_PROMISED", DATE, Next(Due.CALLBACK, DATE, Status.IN_CONVERSATION)),
        ("SEND_INFO", DATE, Next(Due.NURTURE, DATE, Status.NURTURING)),
        ("REFERRED", None, Next(Due.NURTURE, AT + timedelta(days=14), Status.NURTURING)),
        ("NOT_INTERESTED_NO_REASON", None,
         Next(Due.NURTURE, AT + timedelta(days=90), Status.NURTURING)),
        ("HUNG_UP", None, Next(Due.RETRY, AGAIN, Status.ATTEMPTING)),
        ("LEFT_COMPANY", None, Next(Due.NONE, None, Status.DISQUALIFIED)),
        ("DO_NOT_CALL", None, Next(Due.NONE, None, Status.SUPPRESSED)),
    ],
)  # fmt: skip
def test_each_end_of_a_call_has_its_next(result, date, expected):
    assert after(result, date) == expected


@pytest.mark.parametrize("result", ["WRONG_NUMBER", "DISCONNECTED"])
def test_with_another_number_a_lead_stays_due_as_it_was(result):
    for before in (FRESH, Next(Due.CALLBACK, DATE, Status.IN_CONVERSATION, "ada")):
        ended = Ended(rule(result), AT, other_number=True)
        assert due_after(ended, TRIED, before) == replace(before, status=None)


def test_a_callback_can_be_one_persons_own():
    assert after("CALLBACK_PROMISED", DATE, owner="ada").callback_for == "ada"
    assert after("NO_ANSWER", owner="ada").callback_for == ""


def test_an_exhausted_lead_rests_for_five_months():
    rested = AT + timedelta(days=150)
    assert after("NO_ANSWER", attempt=EXHAUSTED) == Next(Due.NURTURE, rested, Status.EXHAUSTED)
    reached = Next(Due.NURTURE, rested, Status.NURTURING)
    assert after("LANGUAGE_BARRIER", attempt=EXHAUSTED) == reached


@pytest.mark.parametrize("result", ["CALLBACK_PROMISED", "SEND_INFO", "NURTURE", "PASS"])
def test_what_was_agreed_holds_when_the_cap_is_reached(result):
    assert after(result, DATE, EXHAUSTED) == after(result, DATE, TRIED)


def test_a_cancelled_call_changes_nothing():
    promised = Next(Due.CALLBACK, DATE, Status.IN_CONVERSATION, "ada")
    assert after("CANCELLED", before=promised) == replace(promised, status=None)
    assert after("CANCELLED") == Next(Due.FRESH, None, None)


@pytest.mark.parametrize("status", [Status.IN_CONVERSATION, Status.RETURNED])
def test_no_answer_does_not_take_away_that_a_lead_was_reached(status):
    before = Next(Due.CALLBACK, AT, status, "ada")
    assert after("NO_ANSWER", before=before) == Next(Due.RETRY, AGAIN, None)


def test_a_decision_alone_has_its_next():
    assert due_after_decision(Verdict.PASS, AT, DATE) == Next(Due.NONE, None, Status.PASSED)
    nurtured = due_after_decision(Verdict.NURTURE, AT, DATE)
    assert nurtured == Next(Due.NURTURE, DATE, Status.NURTURING)


@given(
    st.sampled_from([*LineResult, *ConversationResult]),
    st.lists(st.integers(0, 60 * 24 * 30), max_size=8),
    st.sampled_from(Status),
)
def test_nothing_is_due_before_the_call_ended_and_whatever_is_due_has_its_time(
    result, ages, status
):
    made = [Attempt(AT - timedelta(minutes=age), "BUSY", connected=False, by="") for age in ages]
    made += [Attempt(AT, result, connected=False, by="")]
    ended = rule(result)
    found = due_after(
        Ended(ended, AT, DATE if ended.needs_date else None),
        next_attempt(AttemptRules(), made, ended, None, AT),
        Next(Due.RETRY, AT, status),
    )
    assert (found.due_at is None) == (found.due is Due.NONE)
    assert found.due_at is None or found.due_at >= AT
    if ended.terminal or ended.sets_dnc or ended.decides in {"pass", "disqualify"}:
        assert found.due is Due.NONE
    else:
        assert found.due in {Due.CALLBACK, Due.NURTURE, Due.RETRY}
