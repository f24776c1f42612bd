# SPDX-License-Identifier: MIT
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leaddesk.core.domain.lead_query import Condition, LeadQuery, Op, Segment, View
from leaddesk.core.errors import KnownError
from leaddesk.core.services import segments
from leaddesk.core.services.segments import ListCounts
from tests.core.services.conftest import london

FAIR = LeadQuery(conditions=(Condition("tags", Op.HAS, ("fair",)),))


@pytest.fixture
def leads(work):
    with work.store.begin() as unit:
        unit.leads.add(
            london(f"L{n}", last_name=f"Name {n}", priority=n, tags=("fair",) if n % 2 else ())
            for n in range(10)
        )
    return work


def names(work):
    return [segment.name for segment in segments.all_of(work)]


def test_a_segment_is_saved_renamed_and_deleted(leads):
    made, _ = segments.save(leads, "  From the   fair ", FAIR._replace(order="name", most=3))
    assert (made.name, made.query) == ("From the fair", FAIR), "order and limit are not kept"
    assert segments.all_of(leads) == [made]
    renamed, _ = segments.rename(leads, made.segment_id, "Fair")
    assert names(leads) == ["Fair"]
    segments.rename(leads, made.segment_id, "fair")
    changed, _ = segments.change(leads, made.segment_id, LeadQuery(View.TO_CALL, "anna"))
    assert segments.query_of(leads, "FAIR") == changed.query == LeadQuery(View.TO_CALL, "anna")
    assert renamed.segment_id == changed.segment_id == made.segment_id
    segments.delete(leads, made.segment_id)
    assert names(leads) == []


@given(st.text(min_size=1, max_size=100).filter(lambda text: text.split()), st.integers(0, 4))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_a_deleted_segment_comes_back_with_its_id_and_a_name_of_its_own(work, name, taken):
    for one in segments.all_of(work):
        segments.delete(work, one.segment_id)
    made, _ = segments.save(work, name, FAIR)
    gone, changes = segments.delete(work, made.segment_id)
    assert changes.segments == {made.segment_id}
    others = []
    for _ in range(taken):
        # Others take its name, and the names with a number that come after it.
        other, _ = segments.save(work, f"Other {len(others)}", FAIR)
        others.append(segments.restore(work, gone)[0].name)
        segments.delete(work, gone.segment_id)
        segments.rename(work, other.segment_id, others[-1])
    back, changes = segments.restore(work, gone)
    assert changes.segments == {back.segment_id} == {made.segment_id}
    assert back in segments.all_of(work)
    assert back.query == FAIR
    assert len(back.name) <= 80
    kept = [one.casefold() for one in (*others, back.name)]
    assert len(set(kept)) == taken + 1
    assert kept[0] == made.name.casefold()
    if taken and len(made.name) < 70:
        assert back.name == f"{made.name} {taken + 1}"
    with pytest.raises(KnownError, match="is there"):
        segments.restore(work, gone)


def test_what_a_newer_leaddesk_wrote_does_not_come_back_as_something_else(work):
    with pytest.raises(KnownError, match="newer"):
        segments.restore(work, Segment("S1", "Fair", None))


def test_who_is_in_it_is_asked_anew(leads):
    made, _ = segments.save(leads, "Fair", FAIR)
    assert list(segments.row_ids_of(leads, "fair")) == [10, 8, 6, 4, 2]
    with leads.store.begin() as unit:
        unit.leads.add([london("L99", last_name="Late", priority=99, tags=("fair",))])
    assert list(segments.row_ids_of(leads, made.segment_id)) == [11, 10, 8, 6, 4, 2]


@pytest.mark.parametrize("name", ["", "  ", "FAIR"])
def test_a_name_is_needed_and_not_taken(leads, name):
    segments.save(leads, "Fair", FAIR)
    other, _ = segments.save(leads, "Other", FAIR)
    with pytest.raises(KnownError, match=r"name|already"):
        segments.save(leads, name, FAIR)
    with pytest.raises(KnownError, match=r"name|already"):
        segments.rename(leads, other.segment_id, name)


def test_all_leads_are_no_segment(leads):
    with pytest.raises(KnownError, match="all leads"):
        segments.save(leads, "Everybody", LeadQuery(order="name"))


def test_a_segment_that_is_not_there_is_told_with_those_that_are(leads):
    with pytest.raises(KnownError, match="Save one"):
        segments.row_ids_of(leads, "fair")
    segments.save(leads, "Fair", FAIR)
    with pytest.raises(KnownError, match="There are: Fair"):
        segments.row_ids_of(leads, "fire")


def test_a_segment_of_a_newer_leaddesk_is_named_and_left_alone(leads):
    made, _ = segments.save(leads, "Fair", FAIR)
    query = json.dumps({"all": [{"field": "mood", "op": "is", "values": ["good"]}]})
    with leads.store.begin() as unit:
        unit.segments.change(made.segment_id, query=query)
    assert segments.all_of(leads)[0].query is None
    assert segments.counts(leads).segments == {}
    with pytest.raises(KnownError, match="newer"):
        segments.row_ids_of(leads, "Fair")


def test_counts_come_piece_by_piece(leads, monkeypatch):
    fair, _ = segments.save(leads, "Fair", FAIR)
    nine, _ = segments.save(leads, "Nine", LeadQuery(search="name 9"))
    monkeypatch.setattr(segments, "_COUNTED", 4)
    so_far = segments.count_some(leads, ListCounts())
    assert so_far.after == 4
    assert so_far.segments == {fair.segment_id: 2, nine.segment_id: 0}
    every = segments.counts(leads)
    assert every == ListCounts({fair.segment_id: 5, nine.segment_id: 1}, {"fair": 5})
    with leads.store.begin() as unit:
        unit.lead_list._bare.execute(
            "UPDATE leads SET merged_into = 'L0', search_text = '' WHERE row_id = 10"
        )
    assert segments.counts(leads).segments == {fair.segment_id: 4, nine.segment_id: 0}
