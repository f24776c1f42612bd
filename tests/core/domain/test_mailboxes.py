# SPDX-License-Identifier: MIT
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaddesk.core.domain.mailboxes import is_shared, mailbox


@pytest.mark.parametrize(
    ("address", "same"),
    [
        ("Ada@Weber.example", "ada@weber.example"),
        (" ada+fair@weber.example", "ada@weber.example"),
        ("a.d.a+x@GoogleMail.com", "ada@gmail.com"),
        ("a.da@weber.example", "a.da@weber.example"),
        ("+ada@weber.example", "+ada@weber.example"),
        ("..@gmail.com", "..@gmail.com"),
        ("no address", ""),
        ("@weber.example", ""),
        ("", ""),
    ],
)
def test_spellings_of_one_mailbox_are_equal(address, same):
    assert mailbox(address) == same


@given(st.text())
def test_the_form_is_final(text):
    assert mailbox(mailbox(text)) == mailbox(text)


def test_desks_are_told_from_people():
    assert is_shared("Info@weber.example")
    assert not is_shared("ingo@weber.example")
