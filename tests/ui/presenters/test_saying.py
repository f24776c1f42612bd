# SPDX-License-Identifier: MIT
"""Who named the reason of a decision, and in which words."""

from datetime import UTC, datetime

import pytest

from leaddesk.core.domain.assessment import assess
from leaddesk.core.domain.playbook import Reason, ReasonKind
from leaddesk.core.domain.resolve import Resolved
from leaddesk.core.domain.verdict import Verdict
from leaddesk.core.formats.playbook_toml import read_playbook
from leaddesk.ui.presenters.panels.deciding import DecidingPanel
from tests.helpers.playbook_texts import FULL

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


@pytest.fixture
def book():
    from dataclasses import replace

    book = read_playbook(FULL)
    other = Reason("other", "Something else", (ReasonKind.TERMINAL,))
    maybe = Reason("gone", "Has left", (ReasonKind.TERMINAL, ReasonKind.NURTURE))
    return replace(book, reasons=(*book.reasons, other, maybe))


@pytest.fixture
def taken():
    return []


@pytest.fixture
def panel(book, taken):
    open_ = tuple(None for question in book.questions if question.kind != "text")
    return DecidingPanel(
        book, assess(book, Resolved(open_, open_)), Verdict.DISQUALIFY, NOW, taken.append
    )


def labels(panel):
    return [choice.label for choice in panel.screen().choices]


def choose(panel, label):
    key = next(one.key for one in panel.screen().choices if one.label == label)
    assert panel.key(key)


def test_a_key_goes_through_who_said_so_and_comes_back(panel):
    seen = []
    for _press in range(3):
        choose(panel, "Who said so")
        seen.append(next(c.effect for c in panel.screen().choices if c.label == "Who said so"))
    assert seen == ["they did", "my impression", "not noted"]


def test_what_is_noted_is_always_in_sight(panel):
    choose(panel, "Who said so")
    choose(panel, "No need")
    assert "Who said so: they did (Alt S). Own words: Alt O." in panel.screen().sentence


def test_who_said_so_and_own_words_go_into_the_decision(panel, taken):
    choose(panel, "No need")
    choose(panel, "Who said so")
    choose(panel, "Own words")
    assert panel.screen().focus == "words", "typing begins there at once"
    panel.edit("words", "  We build it ourselves ")
    panel.edit("why", "sure")
    panel.confirm()
    assert (taken[0].said_by, taken[0].reason_text) == ("prospect", "We build it ourselves")


def test_other_is_not_taken_without_words(panel, taken):
    choose(panel, "Something else")
    panel.edit("why", "sure")
    assert (panel.missing, panel.screen().focus) == ("Say the reason in a line.", "words")
    panel.confirm()
    assert not taken
    panel.edit("words", "They sell to us")
    panel.confirm()
    assert (taken[0].reason, taken[0].reason_text) == ("other", "They sell to us")


def test_a_reason_that_may_pass_is_nurtured_instead(panel, taken):
    offered = {choice.label: choice.effect for choice in panel.screen().choices}
    assert offered["Too dear"] == "nurture instead"
    choose(panel, "Too dear")
    assert (panel.screen().title, panel.decided) == ("Nurture", Verdict.NURTURE)
    assert "No need" not in labels(panel)
    panel.edit("why", "sure")
    panel.confirm()
    assert (taken[0].decided, taken[0].reason) == (Verdict.NURTURE, "too_dear")
    assert taken[0].next_at is not None


def test_what_can_be_both_is_disqualified_and_the_panel_says_what_else(panel):
    choose(panel, "Has left")
    assert panel.decided is Verdict.DISQUALIFY
    assert "nurture instead" in panel.screen().sentence_below
    choose(panel, "No need")
    assert "numbers and addresses" in panel.screen().sentence_below
