# SPDX-License-Identifier: MIT
"""The results that ship: without a mistake, and each doing what it has to."""

from collections import Counter

import pytest

from leaddesk.core.domain.results import ConversationResult, LineResult, effect_words
from leaddesk.core.domain.verdict import STATUS_AFTER, Verdict
from leaddesk.core.formats.results_toml import read_results
from leaddesk.resources import texts

TEXT = texts("calling", ".toml")["results"]
RESULTS = read_results(TEXT, "results.toml")
EVERY = (*RESULTS.line, *RESULTS.conversation)

DEFAULTS = {
    "connected": False, "counts_as_attempt": True, "ends_conversation": True,
    "retry_after_hours": None, "retry_other_daypart": False, "terminal": False, "sets_dnc": False,
    "needs_reason": False, "needs_date": False, "needs_text": "", "text_optional": False,
    "decides": "", "ends_number": False,
}  # fmt: skip
TALKED = {**DEFAULTS, "connected": True, "counts_as_attempt": False}

LINE = {
    "NO_ANSWER": {"retry_after_hours": 4, "retry_other_daypart": True, "status": "ATTEMPTING"},
    "BUSY": {"retry_after_hours": 1, "status": "ATTEMPTING"},
    "VOICEMAIL_NOT_LEFT": {
        "retry_after_hours": 4, "retry_other_daypart": True, "status": "ATTEMPTING",
    },
    "VOICEMAIL_LEFT": {
        "retry_after_hours": 48, "retry_other_daypart": True, "status": "ATTEMPTING",
    },
    "DISCONNECTED": {"terminal": True, "ends_number": True, "status": "DISQUALIFIED"},
    "WRONG_NUMBER": {"terminal": True, "ends_number": True, "status": "DISQUALIFIED"},
    "FAX_OR_IVR": {"retry_after_hours": 24, "status": "ATTEMPTING"},
    "CALL_SCREENED": {"retry_after_hours": 24, "retry_other_daypart": True, "status": "ATTEMPTING"},
    "GATEKEEPER": {"retry_after_hours": 24, "retry_other_daypart": True, "status": "ATTEMPTING"},
    "CONNECTED_TARGET": {
        "connected": True, "ends_conversation": False, "status": "IN_CONVERSATION",
    },
    "CONNECTED_OTHER": {
        "connected": True, "ends_conversation": False, "retry_after_hours": 24,
        "status": "ATTEMPTING",
    },
    "DROPPED": {
        "connected": True, "counts_as_attempt": False, "retry_after_hours": 1,
        "status": "ATTEMPTING",
    },
    "CANCELLED": {"counts_as_attempt": False, "retry_after_hours": 0, "status": ""},
}  # fmt: skip
CONVERSATION = {
    "MEETING_SET": {"needs_date": True, "decides": "pass", "status": "PASSED"},
    "PASS": {"decides": "pass", "status": "PASSED"},
    "NURTURE": {"needs_reason": True, "decides": "nurture", "status": "NURTURING"},
    "DISQUALIFIED": {
        "terminal": True, "needs_reason": True, "decides": "disqualify", "status": "DISQUALIFIED",
    },
    "CALLBACK_PROMISED": {"needs_date": True, "status": "IN_CONVERSATION"},
    "SEND_INFO": {"needs_date": True, "status": "NURTURING"},
    "REFERRED": {
        "needs_text": "Name of the person", "retry_after_hours": 336, "status": "NURTURING",
    },
    "NOT_INTERESTED_NO_REASON": {"retry_after_hours": 2160, "status": "NURTURING"},
    "HUNG_UP": {"retry_after_hours": 168, "retry_other_daypart": True, "status": "ATTEMPTING"},
    "LANGUAGE_BARRIER": {
        "retry_after_hours": 24, "needs_text": "Language they speak", "status": "ATTEMPTING",
    },
    "DO_NOT_CALL": {"terminal": True, "sets_dnc": True, "status": "SUPPRESSED"},
    "LEFT_COMPANY": {
        "terminal": True, "needs_text": "Name of the successor", "text_optional": True,
        "status": "DISQUALIFIED",
    },
}  # fmt: skip


def effects(rule) -> dict[str, object]:
    return {name: getattr(rule, name) for name in (*DEFAULTS, "status")}


@pytest.mark.parametrize("result", LineResult)
def test_what_the_line_did_has_these_effects(result):
    assert effects(RESULTS.line_rule(result)) == {**DEFAULTS, **LINE[result]}


@pytest.mark.parametrize("result", ConversationResult)
def test_what_the_person_said_has_these_effects(result):
    assert effects(RESULTS.conversation_rule(result)) == {**TALKED, **CONVERSATION[result]}


@pytest.mark.parametrize("layer", [RESULTS.line, RESULTS.conversation], ids=["line", "talk"])
def test_digits_are_for_the_first_nine_and_letters_for_the_rest(layer):
    keys = [rule.key for rule in layer]
    assert keys[:9] == list("123456789")
    assert all(key.isalpha() for key in keys[9:])
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("rule", EVERY, ids=lambda rule: rule.id)
def test_every_row_says_what_it_does(rule):
    assert effect_words(rule)
    assert rule.label == rule.label.strip()


def test_labels_are_told_apart():
    for layer in (RESULTS.line, RESULTS.conversation):
        assert Counter(rule.label for rule in layer).most_common(1)[0][1] == 1


@pytest.mark.parametrize("rule", EVERY, ids=lambda rule: rule.id)
def test_a_result_that_decides_sets_the_status_of_that_decision(rule):
    if rule.decides:
        assert rule.status == STATUS_AFTER[Verdict(rule.decides)]


def test_a_busy_line_is_tried_sooner_than_one_nobody_answered_and_that_before_a_voicemail():
    hours = [
        RESULTS.line_rule(result).retry_after_hours
        for result in (LineResult.BUSY, LineResult.NO_ANSWER, LineResult.VOICEMAIL_LEFT)
    ]
    assert hours == sorted(set(hours))
