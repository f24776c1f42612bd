# SPDX-License-Identifier: MIT
"""What a result does, in words."""

from dataclasses import replace

import pytest

from leaddesk.core.domain.results import (
    ConversationResult,
    LineResult,
    ResultRule,
    Results,
    after_words,
    effect_words,
)

NOTHING = ResultRule(
    id="BUSY", label="Busy", key="1", connected=False, counts_as_attempt=False,
    ends_conversation=True, retry_after_hours=None, retry_other_daypart=False, terminal=False,
    sets_dnc=False, needs_reason=False, needs_date=False,
)  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, ""),
        (
            {"counts_as_attempt": True, "retry_after_hours": 4, "retry_other_daypart": True},
            "counts as an attempt · again after 4 h, at another time of day",
        ),
        ({"retry_other_daypart": True}, "again at another time of day"),
        ({"ends_conversation": False}, "the conversation follows"),
        ({"terminal": True, "status": "DISQUALIFIED"}, "disqualifies · no further calls"),
        ({"terminal": True, "ends_number": True}, "no further calls, unless on another number"),
        ({"terminal": True, "sets_dnc": True}, "never called again"),
        ({"decides": "pass", "status": "PASSED", "needs_date": True},
         "passes to sales · asks for a date"),
        ({"decides": "nurture", "status": "NURTURING", "needs_reason": True},
         "nurtures · asks for a reason"),
        ({"needs_text": "Name of the person"}, "asks for the name of the person"),
        ({"needs_text": "Name", "text_optional": True}, "asks for the name, if known"),
    ],
)  # fmt: skip
def test_every_effect_is_said(changes, words):
    assert effect_words(replace(NOTHING, **changes)) == words


def test_no_earlier_call_is_promised_than_the_limits_allow():
    soon = replace(NOTHING, retry_after_hours=1)
    counting = replace(soon, counts_as_attempt=True)
    assert effect_words(counting, least_hours=4) == "counts as an attempt · again after 4 h"
    assert effect_words(soon, least_hours=4) == "again after 1 h"


@pytest.mark.parametrize(
    ("hours", "words"),
    [(0, "at once"), (1, "after 1 h"), (24, "after 24 h"), (47, "after 47 h"), (48, "after 2 days"),
     (50, "after 50 h"), (168, "after 7 days")],
)  # fmt: skip
def test_days_are_named_where_they_are_whole(hours, words):
    assert after_words(hours) == words


def test_a_rule_is_found_in_its_own_layer():
    talk = replace(NOTHING, id="PASS")
    results = Results((NOTHING,), (talk,))
    assert results.line_rule(LineResult.BUSY) is NOTHING
    assert results.conversation_rule(ConversationResult.PASS) is talk
    with pytest.raises(KeyError):
        results.line_rule(ConversationResult.PASS)
    with pytest.raises(KeyError):
        results.conversation_rule("BUSY")


def test_ids_are_their_own_names():
    assert len(LineResult) == 13
    assert len(ConversationResult) == 12
    assert all(word == word.name for word in (*LineResult, *ConversationResult))
