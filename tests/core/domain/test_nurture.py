# SPDX-License-Identifier: MIT
"""Which track a lead waits on, until when, and what is done meanwhile."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaddesk.core.domain.assessment import assess
from leaddesk.core.domain.nurture import (
    on_weekday,
    planned,
    revisit_day,
    track_for,
    track_words,
    weakest_of,
)
from leaddesk.core.domain.playbook import DecisionRule, Playbook, Track, TrackStep
from leaddesk.core.domain.resolve import Resolved
from leaddesk.core.domain.touches import TouchKind
from tests.helpers.playbooks import sheets

MONDAY = date(2026, 11, 23)
EMAIL, CALL, TASK = TouchKind
DAYS = st.dates(date(2020, 1, 1), date(2050, 1, 1))
IDS = st.sampled_from(["a", "b", "c", "d"])
SOME = st.lists(IDS, max_size=3).map(tuple)


@st.composite
def tracks(draw, track_id="t"):
    after = draw(st.lists(st.integers(0, 400), max_size=6))
    kinds = draw(st.lists(st.sampled_from(TouchKind), min_size=6, max_size=6))
    steps = tuple(TrackStep(n, kind.value, "x") for n, kind in zip(after, kinds, strict=False))
    return Track(track_id, draw(SOME), draw(SOME), draw(st.integers(0, 400)), "", steps)


def book(*found):
    return Playbook("p", 1, "", DecisionRule(70, 40, 50), (), nurture=found)


def ladder(*steps):
    return Track("t", steps=tuple(TrackStep(n, kind.value, f"{n}") for n, kind in steps))


@given(st.none() | tracks(), DAYS)
def test_every_lead_gets_a_weekday_to_come(track, today):
    day = revisit_day(track, today)
    assert day > today
    assert day.weekday() < 5
    days = track.revisit_after_days if track else 90
    assert timedelta() <= day - today - timedelta(days=max(1, days)) <= timedelta(days=2)


def test_what_falls_on_a_weekend_moves_to_monday():
    days = [on_weekday(MONDAY + timedelta(days=n)) for n in (4, 5, 6, 7)]
    assert [(day - MONDAY).days for day in days] == [4, 7, 7, 7]


@given(st.lists(tracks(), max_size=5), IDS, IDS)
def test_the_reason_chooses_before_the_criterion_and_the_order_among_equals(found, reason, weak):
    chosen = track_for(book(*found), reason, weak)
    both = [t for t in found if reason in t.reasons and weak in t.weakest]
    by_reason = [t for t in found if reason in t.reasons]
    by_criterion = [t for t in found if weak in t.weakest]
    assert chosen is next(iter([*both, *by_reason, *by_criterion]), None)


def test_nothing_given_chooses_no_track():
    assert track_for(book(Track("t", (), ())), "", "") is None


@given(sheets())
def test_the_weakest_criterion_lacks_most(sheet):
    playbook, answered = sheet
    asked = [q for q in playbook.questions if q.kind != "text"]
    resolved = Resolved(tuple(answered.get(q.id) for q in asked), tuple(None for _ in asked), 0)
    assessment = assess(playbook, resolved)
    scored = {c.id for c in playbook.criteria if c.scored}
    parts = [one for one in assessment.criteria if one.id in scored and one.most > 0]
    lacking = [one for one in parts if one.earned < one.most or not one.met]
    found = weakest_of(playbook, assessment)
    assert bool(found) == bool(lacking)
    if found:
        weakest = next(one for one in lacking if one.id == found)
        assert all(weakest.met <= one.met for one in lacking)
        assert all(
            weakest.earned * one.most <= one.earned * weakest.most
            for one in lacking
            if one.met == weakest.met
        )


@given(tracks(), DAYS, st.integers(1, 500), st.sets(st.integers(0, 5)))
def test_what_is_planned_lies_within_the_wait_and_was_not_done(track, today, days, numbers):
    until = today + timedelta(days=days)
    done = {(n, TouchKind(track.steps[n].kind)) for n in numbers if n < len(track.steps)}
    found = planned(track, today, until, done)
    for one in found:
        assert today <= one.day <= until
        assert one.day < until or one.kind is not CALL
        assert one.day.weekday() < 5
        assert (one.number, one.kind) not in done
        assert one.kind == track.steps[one.number].kind
    assert len({one.number for one in found}) == len(found)


def test_the_call_at_the_end_is_the_wait_itself():
    track = ladder((0, EMAIL), (30, CALL), (60, EMAIL), (90, CALL))
    found = planned(track, MONDAY, MONDAY + timedelta(days=90))
    assert [(one.number, (one.day - MONDAY).days) for one in found] == [(0, 0), (1, 30), (2, 60)]


def test_a_nearer_date_leaves_out_what_would_come_later():
    track = ladder((0, EMAIL), (10, TASK), (14, CALL), (60, EMAIL))
    found = planned(track, MONDAY, MONDAY + timedelta(days=10))
    assert [one.number for one in found] == [0, 1]


def test_a_second_wait_goes_on_where_the_first_one_was():
    track = ladder((0, EMAIL), (30, CALL), (60, EMAIL), (90, TASK))
    done = {(0, EMAIL), (1, CALL)}
    found = planned(track, MONDAY, MONDAY + timedelta(days=365), done)
    assert [(one.number, (one.day - MONDAY).days) for one in found] == [(2, 30), (3, 60)]


def test_what_was_not_done_before_what_was_is_done_at_once():
    track = ladder((0, EMAIL), (30, TASK))
    found = planned(track, MONDAY, MONDAY + timedelta(days=90), {(1, TASK)})
    assert [(one.number, one.day) for one in found] == [(0, MONDAY)]


def test_a_step_that_became_another_kind_is_done_anew():
    track = ladder((0, EMAIL))
    assert planned(track, MONDAY, MONDAY + timedelta(days=9), {(0, TASK)})


@pytest.mark.parametrize("track", [None, Track("t")])
def test_a_lead_may_only_wait(track):
    assert planned(track, MONDAY, MONDAY + timedelta(days=90)) == ()


def test_a_track_is_told_with_what_it_does():
    track = ladder((0, EMAIL), (1, TASK), (90, CALL))
    assert (
        track_words(track) == "Track “t”: e-mail at once, task after 1 day and call after 90 days."
    )
    assert track_words(Track("t")) == track_words(None) == ""
