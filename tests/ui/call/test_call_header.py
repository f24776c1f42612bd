# SPDX-License-Identifier: MIT
"""Who is called, what time it is there, and whether that is a time to call."""

import pytest
from PySide6.QtCore import Qt

from leaddesk.ui.call.call_header import CallHeader
from leaddesk.ui.presenters.call_screens import LeadCard


@pytest.fixture
def header(qtbot):
    made = CallHeader()
    qtbot.addWidget(made)
    made.resize(700, 81)
    made.show()
    return made


def card(**changes):
    known = {"lead_id": "L1", "name": "Ingrid", "subtitle": "CFO", "contact": ("+44 20", "Web")}
    return LeadCard(**{**known, **changes})


@pytest.mark.parametrize(
    ("local", "permission", "is_allowed", "text"),
    [
        ("13:42 in Chicago", "ok to call", True, "· 13:42 in Chicago ok to call"),
        ("06:10 in Chicago", "not now", False, "· 06:10 in Chicago not now"),
        ("", "time there unknown", None, "time there unknown"),
    ],
)
def test_the_time_there_and_what_follows_from_it(header, local, permission, is_allowed, text):
    header.show_lead(card(local=local, permission=permission, is_allowed=is_allowed))
    assert header._local.isVisible()
    assert header._local.text() == text
    assert header._local.width() >= header._local.sizeHint().width()


def test_during_a_call_the_time_there_stays(header):
    header.show_call(card(local="13:42 in Chicago"))
    assert header._local.text().strip() == "· 13:42 in Chicago"
    assert not header.start.isVisible()
    assert header._pill.isVisible()


def test_nothing_known_shows_nothing(header):
    header.show_lead(card(local="13:42 in Chicago"))
    header.show_lead(card())
    assert not header._local.isVisible()
    header.show_lead(card(local="13:42 in Chicago"))
    header.show_row(None)
    assert not header._local.isVisible(), "nor while the next lead is being read"
    assert header._name.text() == "No lead chosen"


def test_a_lead_that_was_decided_is_called_again(header):
    header.show_lead(card(decided=True))
    assert header.start.text() == "Call again"
    header.show_lead(card())
    assert header.start.text() == "Start call"


def test_in_the_window_it_is_the_clock_of_the_lead(call, press):
    for _lead in range(2):
        press(Qt.Key.Key_Down)
    assert call.script.header._name.text() == "Ingrid Solheim"
    assert call.script.header._local.text() == "· 12:00 in London ok to call"
    press(Qt.Key.Key_Return)
    assert call.script.header._local.text().strip() == "· 12:00 in London"
    assert call.script.header._phone.text() == "+44 20 7946 0958"
