# SPDX-License-Identifier: MIT
"""What is due of a lead after a call, and what its status becomes."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from leaddesk.core.domain.attempts import NextAttempt
from leaddesk.core.domain.queue import Due
from leaddesk.core.domain.results import ConversationResult, ResultRule
from leaddesk.core.domain.stages import Status
from leaddesk.core.domain.verdict import STATUS_AFTER, Verdict

EXHAUSTED_REST_DAYS = 150
"""How long a lead rests that was tried as often as the cap allows."""

NURTURE_DAYS = 90
"""When a nurtured lead is due if nobody and no track said when."""

_REACHED = frozenset({Status.IN_CONVERSATION, Status.RETURNED})
"""Statuses that a call without an answer does not take away."""


@dataclass(frozen=True, slots=True)
class Next:
    """What is due of a lead.

    Attributes:
        due_at: From when; None: whenever its turn comes, or nothing is due.
        status: Of a lead as it is, its status; of what becomes of it, None: it stays.
        callback_for: Who alone makes the callback; empty: anybody.
    """

    due: Due
    due_at: datetime | None
    status: Status | None
    callback_for: str = ""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a call ended.

    Attributes:
        rule: Of the conversation where there was one, else of the line.
        at: When, aware.
        date: What was asked for by `ResultRule.needs_date`, or when to nurture; None: not given.
        callback_for: Who alone is to call back; empty: anybody.
        other_number: The lead has another number than the one that was called.
    """

    rule: ResultRule
    at: datetime
    date: datetime | None = None
    callback_for: str = ""
    other_number: bool = False


def due_after(ended: Ended, attempt: NextAttempt, before: Next) -> Next:
    """Return what is due after a call.

    Args:
        ended: How it ended.
        attempt: What `next_attempt` says after it.
        before: What was due when it began, with the lead's status.
    """
    rule = ended.rule
    if rule.sets_dnc:
        return Next(Due.NONE, None, Status.SUPPRESSED)
    if rule.decides:
        return due_after_decision(Verdict(rule.decides), ended.at, ended.date)
    if rule.ends_number and ended.other_number:
        return replace(before, status=None)
    if rule.terminal:
        return Next(Due.NONE, None, _status(rule))
    if not (rule.counts_as_attempt or rule.connected):
        return replace(before, status=None)
    return _agreed(ended) or _tried(ended, attempt, before)


def due_after_decision(decided: Verdict, at: datetime, next_at: datetime | None = None) -> Next:
    """Return what is due after a decision; `next_at` is when to come back to a nurtured lead."""
    status = STATUS_AFTER[decided]
    if decided is not Verdict.NURTURE:
        return Next(Due.NONE, None, status)
    return Next(Due.NURTURE, next_at or at + timedelta(days=NURTURE_DAYS), status)


def _agreed(ended: Ended) -> Next | None:
    """Return what was agreed; None: nothing, so the limits say when to try again."""
    rule, status = ended.rule, _status(ended.rule)
    if rule.id == ConversationResult.CALLBACK_PROMISED:
        # A promise holds, whatever the limits say.
        return Next(Due.CALLBACK, ended.date or ended.at, status, ended.callback_for)
    if status is Status.NURTURING:
        waits = timedelta(hours=rule.retry_after_hours or NURTURE_DAYS * 24)
        return Next(Due.NURTURE, ended.date or ended.at + waits, status)
    return None


def _tried(ended: Ended, attempt: NextAttempt, before: Next) -> Next:
    status = _status(ended.rule)
    if attempt.exhausted:
        rested = ended.at + timedelta(days=EXHAUSTED_REST_DAYS)
        was_reached = ended.rule.connected
        return Next(Due.NURTURE, rested, Status.NURTURING if was_reached else Status.EXHAUSTED)
    stays = status is Status.ATTEMPTING and before.status in _REACHED
    return Next(Due.RETRY, attempt.not_before, None if stays else status)


def _status(rule: ResultRule) -> Status | None:
    return Status(rule.status) if rule.status else None
