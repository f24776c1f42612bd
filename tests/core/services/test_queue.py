# SPDX-License-Identifier: MIT
"""The queue against sorting every lead in Python; who is held back, and for what cause."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leaddesk.core.domain.lead import Lead
from leaddesk.core.domain.lead_state import LeadState
from leaddesk.core.domain.queue import Due, HeldCause, QueueItem, Turn, order_key, turn, visible_to
from leaddesk.core.domain.roles import Rep
from leaddesk.core.domain.stages import Stage, Status
from leaddesk.core.services import calling, endings, lead_list, queue
from leaddesk.core.services.endings import CallResult
from tests.core.services.conftest import london
from tests.helpers.talks import HUNG_UP, NO_ANSWER, start

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
OPEN, CLOSED, UNKNOWN = "Europe/London", "America/Chicago", ""
EVERYBODY = 1000
MAIN = "+442079460958"
BARRED = "no number that could be read"

# Few values, so that leads are often equal in all but one of them.
MINUTES = st.sampled_from(
    [-60 * 24 * 9, -60 * 25, -60 * 24, -90, -60, -59, -11, -10, -9, -5, -1, 0, 1, 5, 6, 60 * 24]
)
TIMED = (Due.CALLBACK, Due.INBOUND, Due.RETURNED, Due.NURTURE)


@dataclass(frozen=True)
class Drawn:
    """A lead as a test makes it up; minutes from now."""

    due: Due
    minutes: int | None
    due_for: str
    priority: int
    zone: str
    held: bool
    reserved_by: str
    reserved_for: int
    barred: bool = False

    @property
    def state(self):
        return LeadState(
            Stage.LEAD,
            Status.ATTEMPTING,
            do_not_call=self.held,
            due=self.due,
            due_at=None if self.minutes is None else NOW + timedelta(minutes=self.minutes),
            due_for=self.due_for,
            reserved_by=self.reserved_by,
            reserved_until=NOW + timedelta(minutes=self.reserved_for) if self.reserved_by else None,
        )

    def item(self, row_id):
        return QueueItem(self.due, self.state.due_at, self.priority, row_id, self.due_for)


@st.composite
def profiles(draw):
    """Leads of one kind to all: many of a kind, so that its beginning is not all of it."""
    kinds = draw(st.lists(st.sampled_from(Due), min_size=1, unique=True))
    return draw(st.lists(drawn(kinds), max_size=25))


@st.composite
def drawn(draw, kinds):
    due = draw(st.sampled_from(kinds))
    minutes = draw(MINUTES) if due in TIMED else draw(st.none() | MINUTES)
    # Their own word may go before the hours: that is for tests of `calling`.
    zones = [OPEN] if due is Due.CALLBACK else [OPEN, CLOSED, UNKNOWN]
    return Drawn(
        due,
        None if due in {Due.NONE, Due.FRESH} else minutes,
        draw(st.sampled_from(["", "Ada", "Bo"])) if due is Due.CALLBACK else "",
        draw(st.integers(0, 2)),
        draw(st.sampled_from(zones)),
        draw(st.sampled_from([False, False, False, True])),
        draw(st.sampled_from(["", "", "", "Ada", "Bo"])),
        draw(st.sampled_from([-1, 1, 30])),
        draw(st.sampled_from([False, False, False, True])),
    )


def fill(work, leads):
    """Put leads into the profile in place of what is there; return row id -> lead."""
    work.rep = Rep("Ada")
    with work.store.begin() as unit:
        unit._connection.exec_driver_sql("DELETE FROM leads")
        unit.do_not_call.add([BARRED], NOW, "Bo", "told")
        unit.leads.add(
            Lead(f"L{n}", time_zone=one.zone, priority=one.priority, phone=BARRED * one.barred)
            for n, one in enumerate(leads, 1)
        )
        for n, one in enumerate(leads, 1):
            unit.leads.set_state(f"L{n}", one.state)
        return {unit.lead_list.row_id(f"L{n}"): one for n, one in enumerate(leads, 1)}


@pytest.fixture
def opened(work):
    """Returns the workspace; Hypothesis would print all of it."""
    return lambda: work


class Told:
    """What becomes of each lead, by looking at every one of them."""

    def __init__(self, work, leads):
        clocks = calling.rules(work).clocks
        self.leads = leads
        self.fate = {row_id: self._fate(one, row_id, clocks) for row_id, one in leads.items()}
        self.queue = sorted(
            self.of("now"), key=lambda row_id: order_key(leads[row_id].item(row_id), NOW, clocks)
        )

    def _fate(self, one, row_id, clocks):
        item = one.item(row_id)
        if one.held or one.barred or one.due is Due.NONE:
            return HeldCause.DO_NOT_CALL if one.held or one.barred else "nothing due"
        if turn(item, NOW, clocks) is Turn.LATER:
            return HeldCause.CAP if one.due is Due.RETRY else "later"
        if not visible_to(item, "Ada", NOW, clocks):
            return "for somebody else"
        if one.zone == CLOSED:
            return HeldCause.OUTSIDE_HOURS
        if one.reserved_by == "Bo" and one.reserved_for > 0:
            return HeldCause.RESERVED
        return "now"

    def of(self, fate):
        return {row_id for row_id, found in self.fate.items() if found == fate}


@given(profiles(), st.integers(1, 6), st.sampled_from((0, 200)), st.sampled_from((0, 200)))
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None
)
def test_the_queue_is_all_leads_sorted_and_its_beginning_the_beginning_of_that(  # noqa: PLR0913, PLR0917 - what is drawn
    opened, monkeypatch, leads, most, merged, in_order
):
    monkeypatch.setattr(queue, "MERGED", merged)
    monkeypatch.setattr(queue, "SORTED", in_order)
    work = opened()
    told = Told(work, fill(work, leads))
    whole = queue.top(work, EVERYBODY)
    assert list(whole.row_ids) == told.queue
    assert not whole.has_more
    first = queue.top(work, most)
    assert list(first.row_ids) == told.queue[:most]
    assert first.has_more == (len(told.queue) > most)
    fresh = [row_id for row_id in told.queue if told.leads[row_id].due is Due.FRESH]
    assert list(queue.new(work).row_ids) == fresh


@given(profiles())
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None
)
def test_what_is_counted_is_what_is_listed_and_nobody_is_forgotten(opened, leads):
    work = opened()
    told = Told(work, fill(work, leads))
    counts = queue.counts(work)
    fates = Counter(told.fate.values())
    assert counts.now == fates["now"]
    assert counts.new == len(queue.new(work, EVERYBODY).row_ids)
    assert counts.all == len(leads)
    promised = {
        row_id
        for row_id, one in told.leads.items()
        if one.due is Due.CALLBACK and not (one.held or one.barred)
    }
    assert set(queue.callbacks(work, EVERYBODY).row_ids) == promised
    assert counts.callbacks == len(promised)
    assert counts.held == {cause: fates[cause] for cause in HeldCause if fates[cause]}
    for cause in HeldCause:
        page = queue.held(work, cause, EVERYBODY)
        assert set(page.row_ids) == told.of(cause), cause
        assert len(page.row_ids) == len(set(page.row_ids))
        few = queue.held(work, cause, 1)
        assert few.row_ids == page.row_ids[:1]
        assert few.has_more == (len(page.row_ids) > 1)


@given(profiles())
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50, deadline=None
)
def test_taking_one_after_the_other_takes_the_queue_in_its_order(opened, leads):
    work = opened()
    told = Told(work, fill(work, leads))
    taken = []
    while (lead_id := queue.take_next(work, taken)[0]) and len(taken) <= len(leads):
        with work.store.read() as unit:
            taken.append(unit.lead_list.row_id(lead_id))
            state = unit.leads.state(lead_id)
        assert state.reserved_by == "Ada"
        assert state.reserved_until == NOW + timedelta(minutes=30)
    assert taken == told.queue


def test_a_lead_that_was_taken_is_held_from_the_others_for_a_while(work, clock):
    with work.store.begin() as unit:
        unit.leads.add([london("L1", priority=2), london("L2", priority=1)])
    work.rep = Rep("Ada")
    lead_id, changes = queue.take_next(work)
    assert (lead_id, changes.leads) == ("L1", {"L1"})
    assert list(queue.top(work).row_ids) == [1, 2]
    work.rep = Rep("Bo")
    assert list(queue.top(work).row_ids) == [2]
    assert queue.counts(work).held == {HeldCause.RESERVED: 1}
    assert queue.take_next(work)[0] == "L2"
    assert queue.take_next(work, [2])[0] == ""
    clock.move(minutes=30)
    assert list(queue.top(work).row_ids) == [1, 2]


def test_a_callback_is_for_who_promised_it_until_it_is_a_day_late(work, clock):
    promised = Drawn(Due.CALLBACK, 0, "Bo", 0, OPEN, held=False, reserved_by="", reserved_for=0)
    (row_id,) = fill(work, [promised])
    assert list(queue.top(work).row_ids) == []
    clock.move(hours=24, minutes=-1)
    assert list(queue.top(work).row_ids) == []
    work.rep = Rep("Bo")
    assert list(queue.top(work).row_ids) == [row_id]
    work.rep = Rep("Ada")
    clock.move(minutes=1)
    assert list(queue.top(work).row_ids) == [row_id]


def test_the_order_follows_what_becomes_of_a_call(work, clock):
    with work.store.begin() as unit:
        unit.leads.add([london("L1", priority=9), london("L2", priority=1)])
    endings.end_call(work, start(work, queue.take_next(work)[0]), NO_ANSWER)
    assert list(queue.top(work).row_ids) == [2]
    assert queue.counts(work).held == {HeldCause.CAP: 1}
    clock.move(hours=4)
    assert list(queue.top(work).row_ids) == [1, 2]


def test_who_asked_on_a_call_not_to_be_called_is_counted_and_listed_behind_the_others(work):
    with work.store.begin() as unit:
        unit.leads.add(
            [london("L1", phone_e164="+442079460001"), london("L2", do_not_call=True), london("L3")]
        )
    endings.end_call(work, start(work), CallResult("CONNECTED_TARGET", "DO_NOT_CALL"))
    assert queue.counts(work).held == {HeldCause.DO_NOT_CALL: 2}
    assert list(queue.held(work, HeldCause.DO_NOT_CALL).row_ids) == [2, 1]
    assert list(queue.top(work).row_ids) == [3]


def test_a_number_that_is_not_to_be_called_holds_back_whoever_else_has_it(work):
    with work.store.begin() as unit:
        unit.leads.add(
            [
                london("L1"),
                london("L2", phone="", phone_e164="", mobile="7946 0958", mobile_e164=MAIN),
                london("L3", phone_2="7946 0959", phone_2_e164="+442079460959"),
                london("L4", phone="7946 0960", phone_e164="+442079460960"),
            ]
        )
    endings.end_call(work, start(work), CallResult("CONNECTED_TARGET", "DO_NOT_CALL"))
    assert queue.counts(work).held == {HeldCause.DO_NOT_CALL: 2}
    assert list(queue.held(work, HeldCause.DO_NOT_CALL).row_ids) == [2, 1]
    assert list(queue.top(work).row_ids) == [3, 4]
    assert [row.note for row in lead_list.rows(work, [1, 2])] == ["do not call"] * 2
    for lead_id, allowed in (("L2", False), ("L3", True)):
        assert calling.permission(work, lead_id).allowed is allowed


def test_the_best_hours_are_told_once_enough_of_ones_own_calls_were_made(work, clock):
    work.rep = Rep("Ada")
    with work.store.begin() as unit:
        unit.leads.add(london(f"L{n}") for n in range(60))
    for n in range(60):
        if n == 30:
            clock.move(hours=5)
        answered = n < 30 and n % 2
        endings.end_call(work, start(work, f"L{n}"), HUNG_UP if answered else NO_ANSWER)
        if n == 3:
            assert queue.best_hours_words(work) == ""
    assert queue.best_hours_words(work) == "Mostly answered 10\u201311 (15 of 30)."
    work.rep = Rep("Bo")
    assert queue.best_hours_words(work) == ""


PLAIN = Drawn(Due.NURTURE, -60, "", 0, OPEN, held=False, reserved_by="", reserved_for=30)


@pytest.mark.parametrize("due", TIMED)
def test_those_that_others_took_do_not_hide_who_comes_behind_them(work, due):
    taken = replace(PLAIN, due=due, reserved_by="Bo")
    rows = list(fill(work, [*[taken] * 5, replace(PLAIN, due=due)]))
    assert list(queue.top(work, 1).row_ids) == rows[-1:]
    assert queue.take_next(work)[0] == "L6"


@pytest.mark.parametrize("due", TIMED)
def test_of_those_due_at_one_time_the_most_promising_comes_first(work, due):
    rows = list(fill(work, [replace(PLAIN, due=due, priority=p) for p in range(5)]))
    assert list(queue.top(work, 2).row_ids) == [rows[4], rows[3]]


@pytest.mark.parametrize("due", [*TIMED, Due.RETRY, Due.FRESH])
def test_a_queue_with_one_more_than_shown_says_that_there_are_more(work, due):
    minutes = None if due is Due.FRESH else -60
    fill(work, [replace(PLAIN, due=due, minutes=minutes)] * 3)
    assert [queue.top(work, most).has_more for most in (1, 2, 3, 4)] == [True, True, False, False]


def test_inbound_in_its_clock_goes_before_inbound_that_waited_too_long(work):
    late = replace(PLAIN, due=Due.INBOUND, minutes=-90)
    callback = replace(PLAIN, due=Due.CALLBACK, minutes=0)
    new = replace(PLAIN, due=Due.INBOUND, minutes=-2)
    rows = list(fill(work, [late, late, callback, new]))
    assert list(queue.top(work).row_ids) == [rows[3], rows[2], rows[0], rows[1]]
    assert list(queue.top(work, 1).row_ids) == [rows[3]]


@pytest.mark.parametrize("due", TIMED)
def test_somebody_who_waits_goes_before_who_does_not(work, due):
    waiting = Drawn(due, -1, "", 0, OPEN, held=False, reserved_by="", reserved_for=0)
    others = [replace(waiting, due=Due.FRESH, minutes=None, priority=p) for p in range(5)]
    rows = fill(work, [*others, waiting])
    assert queue.top(work, 1).row_ids[0] == max(rows)


def test_who_cannot_be_called_after_all_does_not_stand_before_the_others(work):
    with work.store.begin() as unit:
        unit.leads.add([london("L1", priority=2), london("L2", phone_e164="+442079460959")])
        # Put there by hand, so that no lead was told of it.
        unit._connection.exec_driver_sql(
            "INSERT INTO do_not_call_numbers (phone_e164, at)"
            " VALUES ('+442079460958', '2026-11-01T00:00:00.000000Z')"
        )
    work.rep = Rep("Ada")
    assert list(queue.top(work).row_ids) == [1, 2]
    assert queue.take_next(work)[0] == "L2"
    with work.store.read() as unit:
        assert unit.leads.state("L1").reserved_by == ""
