# SPDX-License-Identifier: MIT
"""Which lead the queue chooses, over the real services."""

from dataclasses import replace
from datetime import timedelta

import pytest

from leaddesk.core.domain.lead import Lead
from leaddesk.core.domain.queue import Due, HeldCause
from leaddesk.core.domain.stages import Status
from leaddesk.core.domain.verdict import Verdict
from leaddesk.core.services import calls, endings
from leaddesk.core.services import queue as queue_service
from leaddesk.core.services.changes import Changes
from leaddesk.core.services.endings import CallResult, Choice
from leaddesk.core.services.workspace import open_workspace
from leaddesk.ui.presenters.call_queue import QueuePresenter, Segment, fetch_lines
from tests.helpers.desk import PlainDesk
from tests.helpers.leads import some_leads
from tests.helpers.noon import NOON, noon
from tests.helpers.playbook_texts import kinds_texts

TO_CALL = [12, 3, 1, 2, *range(4, 11)]
"""Row ids of `some_leads` in the order to call them: returned, to be tried again, fresh ones."""


@pytest.fixture
def queue(desk, screen):
    return QueuePresenter(screen, desk)


@pytest.fixture
def decide(desk):
    def decided(number):
        session, _ = calls.start_call(desk.work, f"L{number:023d}")
        choice = Choice(Verdict.PASS, "", "They asked for it", "Demo")
        return endings.decide(desk.work, session.call.call_id, choice)[1]

    return decided


@pytest.fixture
def put(desk):
    """Change what is due of a lead."""

    def changed(number, **changes):
        lead_id = f"L{number:023d}"
        with desk.work.store.begin() as unit:
            unit.leads.set_state(lead_id, replace(unit.leads.state(lead_id), **changes))

    return changed


def shown(screen):
    row_ids, chosen = screen.last("show_leads")
    return list(row_ids), chosen


def chosen(screen):
    row_ids, at = shown(screen)
    return row_ids[at]


def test_the_first_lead_is_chosen(queue, screen):
    queue.refresh()
    assert shown(screen) == (TO_CALL, 0)
    assert screen.last("show_nothing") == ("",)


def test_the_counts_come_behind_the_list(queue, screen, desk):
    desk.hold()
    queue.refresh()
    (list_job,) = desk.held
    desk.held.clear()
    list_job()
    assert screen.times("show_leads") == 1
    assert screen.times("show_counts") == 0
    desk.release()
    counts = screen.last("show_counts")[0]
    assert (counts.now, counts.new, counts.callbacks, counts.all) == (11, 9, 0, 12)
    assert counts.held == {}


def test_the_lead_chosen_stays_chosen_wherever_it_goes(queue, screen):
    queue.refresh()
    queue.select(TO_CALL.index(5))
    queue.search("north")
    assert shown(screen) == ([5], 0)
    queue.search("")
    assert shown(screen) == (TO_CALL, TO_CALL.index(5))


def test_a_lead_asked_for_is_chosen(queue, screen):
    queue.refresh(f"L{6:023d}")
    assert chosen(screen) == 7


def test_a_lead_asked_for_is_chosen_though_a_change_comes_in_between(queue, screen, desk):
    queue.refresh()
    desk.hold()
    queue.refresh(f"L{6:023d}")
    queue.changed(Changes(queue=True))
    desk.release()
    assert chosen(screen) == 7
    queue.select(0)
    queue.refresh()
    assert shown(screen)[1] == 0, "once it was shown it is no longer asked for"


def test_a_lead_that_is_not_listed_stands_above_the_others_when_asked_for(queue, screen):
    queue.refresh(f"L{10:023d}")
    assert shown(screen) == ([11, *TO_CALL], 0)


def test_behind_a_call_the_next_lead_is_chosen(queue, screen, decide):
    queue.refresh()
    queue.select(TO_CALL.index(3))
    decide(2)
    queue.leave()
    assert 3 not in shown(screen)[0]
    assert chosen(screen) == 1


def test_behind_the_last_lead_the_one_before_is_chosen(queue, screen, decide):
    queue.refresh()
    queue.select(TO_CALL.index(10))
    decide(9)
    queue.leave()
    assert chosen(screen) == 9


def test_segments_list_other_leads(queue, screen, put):
    put(1, due=Due.CALLBACK, due_at=NOON + timedelta(days=3))
    put(4, due=Due.CALLBACK, due_at=NOON + timedelta(days=1))
    queue.refresh()
    assert 2 not in shown(screen)[0], "its callback is not due yet"
    queue.show_segment(Segment.CALLBACKS)
    assert screen.last("show_segment") == (Segment.CALLBACKS,)
    assert shown(screen) == ([5, 2], 0)
    assert screen.last("show_counts")[0].callbacks == 2
    queue.show_segment(Segment.NEW)
    assert shown(screen)[0] == [1, 4, *range(6, 11)]
    queue.show_segment(Segment.ALL)
    assert len(shown(screen)[0]) == 12


def test_the_order_is_callbacks_then_inbound_then_returned_then_nurture(queue, screen, put):
    put(8, due=Due.NURTURE, due_at=NOON - timedelta(days=2), status=Status.NURTURING)
    put(7, due=Due.CALLBACK, due_at=NOON - timedelta(minutes=2))
    put(6, due=Due.INBOUND, due_at=NOON - timedelta(minutes=3))
    put(5, due=Due.CALLBACK, due_at=NOON - timedelta(hours=2))
    queue.refresh()
    assert shown(screen)[0][:6] == [6, 7, 8, 12, 9, 3]


@pytest.mark.parametrize(
    ("segment", "sentence"),
    [
        (Segment.CALLBACKS, "No callback is promised."),
        (Segment.NEW, "No new lead can be called now."),
        (Segment.NEXT, "Nobody can be called now. Ctrl+H says who is held back, and why."),
    ],
)
def test_an_empty_segment_says_why(profile, screen, segment, sentence):
    with open_workspace(profile, kinds_texts, clock=noon) as work:
        with work.store.begin() as unit:
            unit.leads.add([replace(one, do_not_call=True) for one in some_leads(2)])
        queue = QueuePresenter(screen, PlainDesk(work))
        queue.refresh()
        queue.show_segment(segment)
    assert shown(screen) == ([], -1)
    assert screen.last("show_nothing") == (sentence,)


@pytest.mark.parametrize(
    ("leads", "sentence"),
    [
        ([], "No leads yet. Bring them in from a CSV file (Ctrl+I)."),
        ([Lead("L1", status=Status.PASSED)], "Nobody is left to call: all leads are decided."),
    ],
)
def test_an_empty_queue_says_what_to_do(profile, screen, leads, sentence):
    with open_workspace(profile, kinds_texts, clock=noon) as work:
        with work.store.begin() as unit:
            unit.leads.add(leads)
        QueuePresenter(screen, PlainDesk(work)).refresh()
    assert screen.last("show_nothing") == (sentence,)


def test_leads_held_back_are_listed_by_their_cause(queue, screen, desk, put):
    put(9, do_not_call=True)
    put(0, reserved_by="Ruth", reserved_until=NOON + timedelta(minutes=20))
    put(3, due=Due.RETRY, due_at=NOON + timedelta(hours=3), status=Status.ATTEMPTING)
    with desk.work.store.begin() as unit:
        unit.leads.add([replace(some_leads(1)[0], lead_id="LFAR", time_zone="Asia/Tokyo")])
    queue.refresh()
    counts = screen.last("show_counts")[0]
    assert counts.held == dict.fromkeys(HeldCause, 1)
    found = {}
    for cause in HeldCause:
        queue.show_held(cause)
        assert screen.last("show_segment") == (Segment.HELD,)
        found[cause] = shown(screen)[0]
    assert found == {
        HeldCause.DO_NOT_CALL: [10],
        HeldCause.OUTSIDE_HOURS: [13],
        HeldCause.CAP: [4],
        HeldCause.RESERVED: [1],
    }
    queue.show_segment(Segment.NEXT)
    assert not {1, 4, 10, 13} & set(shown(screen)[0])


def test_the_list_grows_when_somebody_comes_to_its_end(queue, screen, desk):
    with desk.work.store.begin() as unit:
        fresh = some_leads(1)[0]
        many = range(12, queue_service.PAGE + 20)
        unit.leads.add([replace(fresh, lead_id=f"L{number:023d}") for number in many])
    queue.refresh()
    assert len(shown(screen)[0]) == queue_service.PAGE
    queue.more()
    assert len(shown(screen)[0]) == queue_service.PAGE + 19
    lists = screen.times("show_leads")
    queue.more()
    assert screen.times("show_leads") == lists, "there are no more"


def test_with_the_clock_callbacks_become_due_and_windows_close(filled, screen):
    now = [NOON]
    with open_workspace(filled, kinds_texts, clock=lambda: now[0]) as work:
        with work.store.begin() as unit:
            state = unit.leads.state(f"L{1:023d}")
            soon = NOON + timedelta(hours=6)
            unit.leads.set_state(f"L{1:023d}", replace(state, due=Due.CALLBACK, due_at=soon))
        queue = QueuePresenter(screen, PlainDesk(work))
        queue.refresh()
        assert 2 not in shown(screen)[0]
        now[0] = NOON + timedelta(hours=6)
        queue.tick()
        assert shown(screen)[0] == [2], "a promise holds in the evening; nobody else is called"
        assert screen.last("refresh_lines") == (None,)


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


def test_what_moves_the_queue_is_read_again(queue, screen, decide):
    queue.refresh()
    queue.changed(decide(0))
    assert 1 not in shown(screen)[0]


def test_too_few_calls_say_nothing_of_the_best_hours(queue, screen):
    queue.read_best_hours()
    assert screen.last("show_best_hours") == ("",)


def test_the_best_hours_are_those_of_own_calls_that_were_answered(filled, screen):
    now = [NOON]
    with open_workspace(filled, kinds_texts, clock=lambda: now[0]) as work:
        for day in range(4):
            for number in range(10):
                hour = 10 if number % 2 else 15
                now[0] = NOON.replace(hour=hour) + timedelta(days=7 * day)
                session, _ = calls.start_call(work, f"L{number:023d}")
                answered = CallResult("CONNECTED_TARGET", "HUNG_UP")
                result = answered if number % 2 else CallResult("NO_ANSWER")
                endings.end_call(work, session.call.call_id, result)
        queue = QueuePresenter(screen, PlainDesk(work))
        queue.read_best_hours()
    assert screen.last("show_best_hours")[0].startswith("Mostly answered 10\u201311 (20 of 20)")


def test_lines_are_fetched_in_the_order_asked(desk):
    came = []
    fetch_lines(desk)([3, 1], came.extend)
    assert [row.row_id for row in came] == [3, 1]
