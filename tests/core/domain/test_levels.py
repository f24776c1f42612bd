# SPDX-License-Identifier: MIT
"""How much an answer says, for every kind of question."""

import pytest

from leaddesk.core.domain.levels import is_possible, level_of, says_something
from leaddesk.core.domain.playbook import Band, Kind, Option, Question

OPTIONS = (
    Option("alone", "", level=3),
    Option("together", "", level=2),
    Option("rumour", ""),
    Option("unsaid", "", level=1, open=True),
)
SIGNER = Question("signer", Kind.CHOICE, "?", options=OPTIONS)
SEVERAL = Question("several", Kind.CHOICES, "?", options=OPTIONS[:3])
AMOUNT = Question("amount", Kind.MONEY, "?", bands=(Band(10, "", level=0), Band(50, "", level=2)))
WORDS = Question("words", Kind.TEXT, "?")


@pytest.mark.parametrize(
    ("question", "value", "possible", "says", "level"),
    [
        (SIGNER, "alone", True, True, 3),
        (SIGNER, "rumour", True, True, None),
        (SIGNER, "unsaid", True, False, None),
        (SIGNER, None, True, False, None),
        (SIGNER, "nobody", False, False, None),
        (SIGNER, ("alone",), False, False, None),
        (SEVERAL, ("together", "alone", "rumour"), True, True, 3),
        (SEVERAL, ("rumour",), True, True, None),
        (SEVERAL, (), True, True, None),
        (AMOUNT, 50, True, True, 2),
        (AMOUNT, 49, True, True, 0),
        (AMOUNT, 9, False, False, None),
        (AMOUNT, "50", False, False, None),
        (WORDS, "By March.", True, True, None),
        (WORDS, " ", True, False, None),
        (WORDS, 3, False, False, None),
    ],
)
def test_what_an_answer_says(question, value, possible, says, level):
    assert is_possible(question, value) is possible
    assert says_something(question, value) is says
    assert level_of(question, value) == level
