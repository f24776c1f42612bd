# SPDX-License-Identifier: MIT
"""How a call ended, in two layers: what the line did, and what the person on it said.

The ids are fixed for life; labels, keys and effects are data (resources/calling/results.toml, read
by `formats.results_toml`). `domain.attempts` and `domain.next_due` apply the effects.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class LineResult(StrEnum):
    """What the line did."""

    NO_ANSWER = "NO_ANSWER"
    BUSY = "BUSY"
    VOICEMAIL_NOT_LEFT = "VOICEMAIL_NOT_LEFT"
    VOICEMAIL_LEFT = "VOICEMAIL_LEFT"
    DISCONNECTED = "DISCONNECTED"
    WRONG_NUMBER = "WRONG_NUMBER"
    FAX_OR_IVR = "FAX_OR_IVR"
    CALL_SCREENED = "CALL_SCREENED"
    GATEKEEPER = "GATEKEEPER"
    CONNECTED_TARGET = "CONNECTED_TARGET"
    CONNECTED_OTHER = "CONNECTED_OTHER"
    DROPPED = "DROPPED"
    CANCELLED = "CANCELLED"


class ConversationResult(StrEnum):
    """What came of talking; only where the line connected."""

    MEETING_SET = "MEETING_SET"
    PASS = "PASS"  # noqa: S105 - the result, not a password
    NURTURE = "NURTURE"
    DISQUALIFIED = "DISQUALIFIED"
    CALLBACK_PROMISED = "CALLBACK_PROMISED"
    SEND_INFO = "SEND_INFO"
    REFERRED = "REFERRED"
    NOT_INTERESTED_NO_REASON = "NOT_INTERESTED_NO_REASON"
    HUNG_UP = "HUNG_UP"
    LANGUAGE_BARRIER = "LANGUAGE_BARRIER"
    DO_NOT_CALL = "DO_NOT_CALL"
    LEFT_COMPANY = "LEFT_COMPANY"


@dataclass(frozen=True, slots=True)
class ResultRule:
    """What one result is called, and everything it does.

    Attributes:
        id: A `LineResult` or a `ConversationResult`.
        label: What the rep reads; free.
        key: The one key that gives it.
        connected: Somebody with whom a conversation can begin answered.
        counts_as_attempt: The call counts against the limits. A call counts once, by what the
            line did; so no result of a conversation says so again.
        ends_conversation: The call is over with it; otherwise a conversation follows.
        retry_after_hours: Least time to the next call; None: the limits alone decide, or none
            follows. The limits may ask for more.
        retry_other_daypart: The next call is at another time of day than this one.
        terminal: No further call follows.
        sets_dnc: The lead and its numbers are never called again.
        needs_reason: A reason of the playbook is asked for.
        needs_date: A date is asked for: of the callback, the meeting, the follow-up.
        needs_text: What else is asked for ("Name of the person"); empty: nothing.
        decides: The verdict it stands for, as in `Verdict`; empty: it decides nothing.
        status: What the lead's `Status` becomes; empty: it stays.
        text_optional: The text asked for may be left out.
        ends_number: Only the number called is at an end: a lead with another one stays as it was,
            to be called there.
    """

    id: str
    label: str
    key: str
    connected: bool
    counts_as_attempt: bool
    ends_conversation: bool
    retry_after_hours: int | None
    retry_other_daypart: bool
    terminal: bool
    sets_dnc: bool
    needs_reason: bool
    needs_date: bool
    needs_text: str = ""
    decides: str = ""
    status: str = ""
    text_optional: bool = False
    ends_number: bool = False


@dataclass(frozen=True, slots=True)
class Results:
    """The rules of all results, each layer in the order it is shown in."""

    line: tuple[ResultRule, ...]
    conversation: tuple[ResultRule, ...]

    def line_rule(self, result_id: str) -> ResultRule:
        """Return the rule of a `LineResult`.

        Raises:
            KeyError: there is none.
        """
        return _of(self.line, result_id)

    def conversation_rule(self, result_id: str) -> ResultRule:
        """Return the rule of a `ConversationResult`.

        Raises:
            KeyError: there is none.
        """
        return _of(self.conversation, result_id)


_DECIDES = {"pass": "passes to sales", "nurture": "nurtures", "disqualify": "disqualifies"}
_STATUS = {"NURTURING": "nurtures", "DISQUALIFIED": "disqualifies"}
_DAY = 24
_SHOWN_AS_DAYS = 2 * _DAY


def effect_words(rule: ResultRule, least_hours: int = 0) -> str:
    """Return what a result does, shown before it is used; empty when it does nothing of its own.

    Args:
        rule: The result.
        least_hours: The gap that the limits ask for after a call that counts, so that no earlier
            call is promised than they allow.
    """
    return " · ".join(word for word in (*_call_words(rule, least_hours), *_asked(rule)) if word)


def after_words(hours: int) -> str:
    """Return how much later: "at once", "after 4 h", "after 7 days"."""
    if not hours:
        return "at once"
    if hours >= _SHOWN_AS_DAYS and hours % _DAY == 0:
        return f"after {hours // _DAY} days"
    return f"after {hours} h"


def _call_words(rule: ResultRule, least_hours: int) -> Iterable[str]:
    yield "counts as an attempt" if rule.counts_as_attempt else ""
    yield "" if rule.ends_conversation else "the conversation follows"
    yield _DECIDES.get(rule.decides) or _STATUS.get(rule.status, "")
    if rule.sets_dnc:
        yield "never called again"
    elif rule.terminal:
        yield "no further calls" + (", unless on another number" if rule.ends_number else "")
    else:
        yield _again(rule, least_hours)


def _again(rule: ResultRule, least_hours: int) -> str:
    other = "at another time of day" if rule.retry_other_daypart else ""
    if rule.retry_after_hours is None:
        return f"again {other}" if other else ""
    least = least_hours if rule.counts_as_attempt else 0
    when = after_words(max(rule.retry_after_hours, least))
    return f"again {when}, {other}" if other else f"again {when}"


def _asked(rule: ResultRule) -> Iterable[str]:
    yield "asks for a reason" if rule.needs_reason else ""
    yield "asks for a date" if rule.needs_date else ""
    if rule.needs_text:
        text = rule.needs_text[0].lower() + rule.needs_text[1:]
        yield f"asks for the {text}{', if known' if rule.text_optional else ''}"


def _of(rules: Iterable[ResultRule], result_id: str) -> ResultRule:
    for rule in rules:
        if rule.id == result_id:
            return rule
    raise KeyError(result_id)
