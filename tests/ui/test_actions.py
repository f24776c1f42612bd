# SPDX-License-Identifier: MIT
"""One list of actions: no two keys clash where both apply."""

from collections import Counter

import pytest
from PySide6.QtGui import QKeySequence

from leaddesk.ui.action_list import ACTIONS, Where
from leaddesk.ui.actions import key_text, shown_keys


@pytest.mark.parametrize("view", [Where.CALL, Where.LEADS, Where.IMPORT, Where.EXPORT])
def test_no_two_keys_clash_in_a_view(view):
    keys = Counter(
        QKeySequence(key).toString()
        for spec in ACTIONS
        if spec.where in (view, Where.EVERYWHERE)
        for key in spec.keys
    )
    assert [key for key, times in keys.items() if times > 1] == []


def test_every_key_is_one_that_qt_knows():
    for spec in ACTIONS:
        for key in spec.keys:
            assert not QKeySequence(key).isEmpty(), (spec.id, key)
            assert "Unknown" not in QKeySequence(key).toString()


def test_every_action_says_what_it_does():
    ids = [spec.id for spec in ACTIONS]
    assert len(set(ids)) == len(ids)
    for spec in ACTIONS:
        assert spec.text
        assert spec.tip.endswith("."), spec.id


@pytest.mark.parametrize(
    ("keys", "shown"),
    [("Ctrl+F", "Ctrl F"), ("Return", "Enter"), ("Alt+Left", "Alt ←"), ("F1", "F1")],
)
def test_keys_are_shown_as_they_stand_on_the_cap(keys, shown):
    assert key_text(keys) == shown


def test_several_keys_of_one_action_share_a_cap():
    assert shown_keys("answer") == "1-9"
