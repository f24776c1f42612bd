# SPDX-License-Identifier: MIT
"""Which lead the queue chooses, over the real services."""

import pytest

from leaddesk.core.domain.verdict import Verdict
from leaddesk.core.services import calls
from leaddesk.core.services.changes import Changes
from leaddesk.core.services.lead_list import View
from leaddesk.ui.presenters.call_queue import QueuePresenter, fetch_lines

TO_CALL = [*range(1, 11), 12]
"""Row ids of `some_leads` that may be called; the eleventh is suppressed."""


@pytest.fixture
def queue(desk, screen):
    return QueuePresenter(screen, desk)


@pytest.fixture
def decide(desk):
    def decided(number):
        session, _ = calls.start_call(desk.work, f"L{number:023d}")
        return calls.decide(desk.work, session.call.call_id, Verdict.PASS, "", "They asked for it")[
            1
        ]

    return decided


def shown(screen):
    row_ids, chosen = screen.last("show_leads")
    return list(row_ids), chosen


def test_the_first_lead_is_chosen(queue, screen):
    queue.refresh()
    assert shown(screen) == (TO_CALL, 0)
    assert screen.last("show_counts")[0].to_call == 11
    assert screen.last("show_nothing") == ("",)


def test_the_lead_chosen_stays_chosen_wherever_it_goes(queue, screen):
    queue.refresh()
    queue.select(4)
    queue.search("north")
    assert shown(screen) == ([5], 0)
    queue.search("")
    assert shown(screen) == (TO_CALL, 4)


def test_a_lead_asked_for_is_chosen(queue, screen):
    queue.refresh(f"L{6:023d}")
    assert shown(screen)[1] == 6


def test_behind_a_call_the_next_lead_is_chosen(queue, screen, decide):
    queue.refresh()
    queue.select(2)
    decide(2)
    queue.leave()
    row_ids, chosen = shown(screen)
    assert 3 not in row_ids
    assert row_ids[chosen] == 4


def test_behind_the_last_lead_the_one_before_is_chosen(queue, screen, decide):
    queue.refresh()
    queue.select(10)
    decide(11)
    queue.leave()
    row_ids, chosen = shown(screen)
    assert (row_ids[chosen], chosen) == (10, 9)


def test_segments_list_other_leads_and_say_when_there_are_none(queue, screen, decide):
    queue.refresh()
    queue.show_segment(View.DECIDED)
    assert shown(screen) == ([], -1)
    assert "No lead is decided" in screen.last("show_nothing")[0]
    decide(0)
    queue.changed(Changes(decisions=frozenset({"D"})))
    assert shown(screen) == ([1], 0)
    queue.show_segment(View.ALL)
    assert len(shown(screen)[0]) == 12


def test_a_search_without_a_match_says_so(queue, screen):
    queue.search("nobody has this")
    assert shown(screen) == ([], -1)
    assert "words" in screen.last("show_nothing")[0]


def test_only_the_last_search_is_shown(queue, screen, desk):
    desk.hold()
    queue.search("north")
    queue.search("corvane")
    desk.release()
    assert screen.times("show_leads") == 1
    assert shown(screen) == ([2], 0)


def test_a_lead_that_changed_is_fetched_again_without_a_new_list(queue, screen):
    queue.refresh()
    queue.changed(Changes(leads=frozenset({"L1"})))
    assert screen.last("refresh_lines") == (frozenset({"L1"}),)
    assert screen.times("show_leads") == 1


def test_lines_are_fetched_in_the_order_asked(desk):
    came = []
    fetch_lines(desk)([3, 1], came.extend)
    assert [row.row_id for row in came] == [3, 1]
