# SPDX-License-Identifier: MIT
"""Control characters are seen, never obeyed; all other text is left alone."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from leaddesk.ui.presenters.visible import visible
from tests.helpers.plain_text import is_harmful


def test_control_characters_are_shown_as_boxes():
    assert visible("a\0b\x1b[31m\x7f\x9b") == "a\u25a1b\u25a1[31m\u25a1\u25a1"
    assert visible("one\r\ntwo\rthree\u2028four\tfive") == "one\ntwo\nthree\nfour\tfive"


def test_nothing_turns_what_stands_behind_it():
    assert visible("\u202a+44 20 7946 0958\u202c") == "+44 20 7946 0958"
    assert visible("\u202eturned") == "turned"


@given(st.text())
def test_nothing_harmful_is_left_and_all_else_stays(text):
    shown = visible(text)
    assert not any(map(is_harmful, shown))
    assert visible(shown) == shown
    if not any(is_harmful(char) or unicodedata.category(char) == "Cc" for char in text):
        assert shown == text
