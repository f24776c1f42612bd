# SPDX-License-Identifier: MIT
"""Segments: lists of leads by conditions, named and kept. Who is in one is asked anew each time."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from leaddesk.core.domain.lead_query import LeadQuery, Segment, to_json
from leaddesk.core.errors import KnownError
from leaddesk.core.services.changes import Changes

if TYPE_CHECKING:
    from array import array

    from leaddesk.core.services.workspace import Workspace
    from leaddesk.core.store.unit_of_work import Unit

_LONGEST_NAME = 80
_COUNTED = 25_000
"""Leads counted at a time: some hundredths of a second, so that an answer never waits for long."""


@dataclass(frozen=True, slots=True)
class ListCounts:
    """How many leads are in each segment and have each tag, as far as counted.

    Attributes:
        after: The row id up to which it is done; 0: all of it is.
    """

    segments: Mapping[str, int] = field(default_factory=dict)
    tags: Mapping[str, int] = field(default_factory=dict)
    after: int = 0


def all_of(work: "Workspace") -> list[Segment]:
    """Return all segments by name."""
    with work.store.read() as unit:
        return unit.segments.all()


def save(work: "Workspace", name: str, query: LeadQuery) -> tuple[Segment, Changes]:
    """Keep who a query finds under a name; its order and its limit are not kept.

    Raises:
        KnownError: there is no name or another segment has it, or the query finds everybody.
    """
    with work.store.begin() as unit:
        made = Segment(work.ids.new("S"), _free_name(unit, name), query.who())
        if query.is_whole_list:
            raise KnownError(
                "This would be a segment of all leads.", "Search or filter first, then save it."
            )
        unit.segments.add(made, query.who(), work.clock(), work.rep.name)
    return made, _changed(made)


def change(work: "Workspace", segment_id: str, query: LeadQuery) -> tuple[Segment, Changes]:
    """Let a segment hold who another query finds.

    Raises:
        KnownError: there is no such segment.
    """
    with work.store.begin() as unit:
        there = _segment(unit, segment_id)
        unit.segments.change(
            there.segment_id, query=json.dumps(to_json(query.who()), ensure_ascii=False)
        )
    return Segment(there.segment_id, there.name, query.who()), _changed(there)


def rename(work: "Workspace", segment_id: str, name: str) -> tuple[Segment, Changes]:
    """Give a segment another name.

    Raises:
        KnownError: there is no such segment, no name, or another segment has it.
    """
    with work.store.begin() as unit:
        there = _segment(unit, segment_id)
        new = _free_name(unit, name, there.segment_id)
        unit.segments.change(there.segment_id, name=new)
    return Segment(there.segment_id, new, there.query), _changed(there)


def delete(work: "Workspace", segment_id: str) -> tuple[Segment, Changes]:
    """Forget a segment and return it; its leads stay.

    Raises:
        KnownError: there is no such segment.
    """
    with work.store.begin() as unit:
        there = _segment(unit, segment_id)
        unit.segments.remove(there.segment_id)
    return there, _changed(there)


def restore(work: "Workspace", segment: Segment) -> tuple[Segment, Changes]:
    """Bring back a segment as `delete` returned it; with a number where its name is taken now.

    Raises:
        KnownError: a newer leaddesk wrote it, or it is there.
    """
    query = _readable(segment)
    with work.store.begin() as unit:
        there = {one.segment_id: one.name.casefold() for one in unit.segments.all()}
        if segment.segment_id in there:
            raise KnownError(f"The segment {segment.name} is there.", "")
        name, number = segment.name, 1
        while name.casefold() in there.values():
            number += 1
            end = f" {number}"
            name = f"{segment.name[: _LONGEST_NAME - len(end)].rstrip()}{end}"
        made = Segment(segment.segment_id, name, query)
        unit.segments.add(made, query, work.clock(), work.rep.name)
    return made, _changed(made)


def query_of(work: "Workspace", name_or_id: str) -> LeadQuery:
    """Return who is in a segment.

    Raises:
        KnownError: there is no such segment, or a newer leaddesk wrote it.
    """
    with work.store.read() as unit:
        return _readable(_segment(unit, name_or_id))


def row_ids_of(work: "Workspace", name_or_id: str) -> "array[int]":
    """Return the row ids (type `q`) of the leads in a segment, those to call first at the top.

    Raises:
        KnownError: there is no such segment, or a newer leaddesk wrote it.
    """
    with work.store.read() as unit:
        return unit.lead_list.find(_readable(_segment(unit, name_or_id)), work.clock())


def count_some(work: "Workspace", so_far: ListCounts) -> ListCounts:
    """Return counts of segments and tags with some more leads counted; begin with `ListCounts()`.

    Some at a time, so that an answer never waits behind all of them.
    """
    with work.store.read() as unit:
        read = {s.segment_id: s.query for s in unit.segments.all() if s.query is not None}
        numbers, tags, after = unit.segments.count_some(
            list(read.values()), so_far.after, _COUNTED, work.clock()
        )
    counted = {
        segment_id: so_far.segments.get(segment_id, 0) + number
        for segment_id, number in zip(read, numbers, strict=True)
    }
    for tag, number in so_far.tags.items():
        tags[tag] += number
    return ListCounts(counted, dict(tags), after)


def counts(work: "Workspace") -> ListCounts:
    """Return how many leads are in each segment and have each tag."""
    so_far = count_some(work, ListCounts())
    while so_far.after:
        so_far = count_some(work, so_far)
    return so_far


def _changed(segment: Segment) -> Changes:
    return Changes(segments=frozenset({segment.segment_id}))


def _segment(unit: "Unit", name_or_id: str) -> Segment:
    there = unit.segments.named(name_or_id)
    if there is None:
        names = ", ".join(segment.name for segment in unit.segments.all())
        raise KnownError(
            f"There is no segment {name_or_id}.",
            f"There are: {names}." if names else "Save one in the Leads view first.",
        )
    return there


def _readable(segment: Segment) -> LeadQuery:
    if segment.query is None:
        raise KnownError(
            f"The segment {segment.name} was saved by a newer leaddesk.",
            "Install the newest leaddesk, or delete the segment.",
        )
    return segment.query


def _free_name(unit: "Unit", name: str, own_id: str = "") -> str:
    """Return a name as it is kept, refusing none and one that is taken."""
    kept = " ".join(name.split())[:_LONGEST_NAME]
    if not kept:
        raise KnownError("A segment needs a name.", "Type one, for example: Fairs, not called.")
    there = unit.segments.named(kept)
    if there is not None and there.segment_id != own_id:
        raise KnownError(f"There is a segment {there.name} already.", "Type another name.")
    return kept
