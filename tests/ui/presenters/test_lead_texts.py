# SPDX-License-Identifier: MIT
"""Times and facts in words."""

from datetime import UTC, datetime, timedelta

import pytest

from leaddesk.core.domain.lead import Lead
from leaddesk.core.domain.stages import Status
from leaddesk.core.services.lead_page import LeadPage, TimelineEntry
from leaddesk.ui.presenters.lead_texts import counted, moment, page_text
from leaddesk.ui.presenters.row_texts import NOTHING, ago

NOON = datetime(2026, 11, 22, 12, 0).astimezone()


@pytest.mark.parametrize(
    ("before", "words"),
    [
        (timedelta(0), "just now"),
        (timedelta(seconds=59), "just now"),
        (timedelta(minutes=5), "5 min ago"),
        (timedelta(hours=2, minutes=59), "2 h ago"),
        (timedelta(hours=13), "yesterday"),
        (timedelta(days=2), "2 days ago"),
        (timedelta(days=6), "6 days ago"),
        (timedelta(days=7), "15 Nov"),
        (timedelta(days=400), "18 Oct 2025"),
        (timedelta(hours=-1), "22 Nov"),
    ],
)
def test_how_long_ago(before, words):
    assert ago((NOON - before).astimezone(UTC).isoformat(), NOON) == words


def test_never_is_a_dash():
    assert ago("", NOON) == NOTHING == "\u2013"


def test_a_moment_of_today_has_its_time():
    assert moment(NOON - timedelta(hours=1), NOON) == "today 11:00"
    assert moment(NOON - timedelta(days=1), NOON) == "21 Nov"


@pytest.mark.parametrize(
    ("number", "words"), [(0, "0 leads"), (1, "1 lead"), (9240, "9,240 leads")]
)
def test_counted(number, words):
    assert counted(number, "lead") == words


def test_a_lead_of_whom_little_is_known_has_few_facts():
    page = page_text(LeadPage(Lead("L1", email="a@b.example"), ()), NOON)
    assert page.name == "a@b.example"
    assert page.subtitle == ""
    assert page.facts == (("E-mail", "a@b.example"), ("Status", "New"))
    assert (page.extra, page.timeline, page.foot, page.blocked) == ((), (), "", "")
    assert page_text(LeadPage(Lead("L1"), ()), NOON).name == "No name"


@pytest.mark.parametrize(
    "state", [{"do_not_call": True}, {"suppressed": True}, {"status": Status.SUPPRESSED}]
)
def test_who_may_not_be_called_says_so(state):
    page = page_text(LeadPage(Lead("L1", **state), ()), NOON)
    assert page.blocked.startswith("Asked not to be")


def test_the_emphasised_part_of_an_event_stands_alone():
    entry = TimelineEntry(NOON, "Call, BANT 52 of 100.", "52 of 100")
    (event,) = page_text(LeadPage(Lead("L1"), (entry,)), NOON).timeline
    assert event.parts == (("Call, BANT ", False), ("52 of 100", True), (".", False))


def test_an_event_without_emphasis_is_one_part():
    entry = TimelineEntry(NOON, "Call in progress")
    (event,) = page_text(LeadPage(Lead("L1"), (entry,)), NOON).timeline
    assert event.parts == (("Call in progress", False),)


def test_place_and_money_are_read_together():
    lead = Lead("L1", street="1 High St", postal_code="N1", city="London", revenue=5_000)
    facts = dict(page_text(LeadPage(lead, ()), NOON).facts)
    assert facts["Address"] == "1 High St, N1 London"
    assert facts["Revenue"] == "5,000"
