# SPDX-License-Identifier: MIT
"""Merges what a file says of a lead into what we know of it.

Between the CSV formats, which turn rows into `LeadRow` and `RowProblem`, and the services, which
carry out the `ImportPlan` made here. `domain.lead_keys` says what makes two records one lead.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from itertools import islice
from typing import TYPE_CHECKING, cast

from leaddesk.core.domain.import_plan import (
    ArisenName,
    ImportPlan,
    LeadUpdate,
    PossibleDuplicate,
)
from leaddesk.core.domain.lead import Lead
from leaddesk.core.domain.lead_keys import Key, LeadLookup, MatchKeys, RecordKeys, record_keys
from leaddesk.core.domain.rows import LeadRow, RowProblem
from leaddesk.core.domain.stages import Status

if TYPE_CHECKING:
    from datetime import datetime

DERIVED_FIELDS = frozenset({"grade", "engagement", "fit", "priority"})
"""What follows from other facts: written into our own CSV, never read from a file."""

_FOLLOWERS = {
    "phone": "phone_e164",
    "phone_2": "phone_2_e164",
    "mobile": "mobile_e164",
    "revenue": "currency",
}
"""What belongs to another field and is taken from the same row as that one."""

_CHUNK = 1000
"""Rows whose keys are looked up together: large enough that lookups are few."""


class OnMatch(StrEnum):
    """What a row does to the lead it matches.

    FILL takes what the lead does not have, OVERWRITE everything the row has, SKIP nothing. MIRROR
    is for single fields: OVERWRITE, and a blank cell makes the field blank.
    """

    FILL = "fill"
    OVERWRITE = "overwrite"
    SKIP = "skip"
    MIRROR = "mirror"


ByField = Mapping[str, OnMatch]
"""Field -> what a row does to it; fields that are not in it follow the rest."""

_NO_FIELD: ByField = {}


def merge(
    lead: Lead, values: Mapping[str, object], policy: OnMatch, by_field: ByField = _NO_FIELD
) -> Lead:
    """Return the lead with the values of a row taken over, the same object when nothing changes.

    Blank cells are not in `values`, so they wipe nothing but a field that mirrors the file. What
    nobody may undo stays whatever the policy: an opt-out, a suppression, a tag; the last activity
    only moves forward. `lead_id` and what is derived stay the lead's.

    Args:
        lead: As it is now.
        values: As in `LeadRow.values`.
        policy: Which side wins where both say something.
        by_field: Fields for which something else holds.
    """
    if policy is OnMatch.SKIP and not by_field:
        return lead
    changes = _taken(lead, values, policy, by_field)
    if by_field.get("full_name", policy) is OnMatch.FILL and _is_called_otherwise(lead, values):
        changes.pop("full_name", None)
    for leader, follower in _FOLLOWERS.items():
        if leader in changes:
            changes[follower] = values.get(follower, "")
        elif values.get(leader, "") not in {"", getattr(lead, leader)}:
            changes.pop(follower, None)
    if not changes:
        return lead
    changes["as_written"] = _as_written(lead, values, changes)
    return replace(lead, **changes)  # type: ignore[arg-type]  # LeadRow.values promises the types


def _is_called_otherwise(lead: Lead, values: Mapping[str, object]) -> bool:
    """Tell whether a row has other first or last names: its full name is not the lead's, then."""
    pairs = ((values.get(part), getattr(lead, part)) for part in ("first_name", "last_name"))
    return any(theirs and ours and theirs != ours for theirs, ours in pairs)


def _taken(
    lead: Lead, values: Mapping[str, object], policy: OnMatch, by_field: ByField
) -> dict[str, object]:
    """Return field -> new value of what a row changes by itself."""
    changes: dict[str, object] = {}
    for name, value in values.items():
        wanted = by_field.get(name, policy)
        if wanted is OnMatch.SKIP:
            continue
        current = getattr(lead, name)
        taken = _RULES.get(name, _plain)(current, value, wanted)
        if taken != current:
            changes[name] = taken
    mirrored = (name for name, wanted in by_field.items() if wanted is OnMatch.MIRROR)
    for name in mirrored:
        is_plain = name not in values and name not in _RULES
        if is_plain and not is_blank(getattr(lead, name)):
            changes[name] = _BLANK[name]
    return changes


_TAKES = frozenset({OnMatch.OVERWRITE, OnMatch.MIRROR})
_BLANK = {each.name: each.default for each in fields(Lead)}


def is_blank(value: object) -> bool:
    """Tell whether a field says nothing: empty, None or a flag that is not set; zero says much."""
    return not value and (value is False or value != 0)


def _plain(current: object, value: object, policy: OnMatch) -> object:
    return value if policy in _TAKES or is_blank(current) else current


def _never(current: object, _value: object, _policy: OnMatch) -> object:
    return current


def _sticky(current: object, value: object, _policy: OnMatch) -> object:
    return bool(current) or bool(value)


def _never_blank(current: object, value: object, policy: OnMatch) -> object:
    return value if policy in _TAKES and current != Status.SUPPRESSED else current


def _union(current: object, value: object, _policy: OnMatch) -> object:
    have, more = cast("tuple[str, ...]", current), cast("tuple[str, ...]", value)
    return (*have, *(tag for tag in more if tag not in have))


def _by_key(current: object, value: object, policy: OnMatch) -> object:
    have, more = cast("Mapping[str, str]", current), cast("Mapping[str, str]", value)
    if policy in _TAKES:
        return {**have, **more}
    return {**have, **{key: text for key, text in more.items() if not have.get(key)}}


def _latest(current: object, value: object, _policy: OnMatch) -> object:
    have, other = cast("datetime | None", current), cast("datetime", value)
    return other if have is None or other > have else have


_RULES: Mapping[str, Callable[[object, object, OnMatch], object]] = {
    "lead_id": _never,
    "as_written": _never,
    **dict.fromkeys(DERIVED_FIELDS, _never),
    **dict.fromkeys(("do_not_call", "opted_out", "suppressed"), _sticky),
    **dict.fromkeys(("stage", "status"), _never_blank),
    **dict.fromkeys(("external_ids", "extra"), _by_key),
    "tags": _union,
    "last_activity_at": _latest,
}


def has_policy(name: str) -> bool:
    """Tell whether a policy of its own changes what a row does to this field."""
    return name in _BLANK and name not in _RULES


def _as_written(
    lead: Lead, values: Mapping[str, object], changes: Mapping[str, object]
) -> Mapping[str, str]:
    """Return the texts as they came: those of the row for the fields taken from it."""
    of_row = cast("Mapping[str, str]", values.get("as_written", {}))
    kept = {name: text for name, text in lead.as_written.items() if name not in changes}
    return {**kept, **{name: of_row[name] for name in changes if name in of_row}}


def lead_values(lead: Lead) -> dict[str, object]:
    """Return the fields of a lead that are not blank, as in `LeadRow.values`."""
    found = {each.name: getattr(lead, each.name) for each in fields(lead)}
    return {name: value for name, value in found.items() if not is_blank(value)}


def plan_import(
    rows: Iterable[LeadRow | RowProblem],
    lookup: LeadLookup,
    policy: OnMatch,
    by_field: ByField = _NO_FIELD,
) -> ImportPlan:
    """Return what importing the rows will do; nothing is changed.

    A match is sought by `lead_id`, then the id in the system the file comes from, then e-mail, then
    phone with the same last name; among the leads there are and those of earlier rows. A row with
    none of these is matched by name and company when nothing else it says of the person differs.
    Rows that undo each other count as changing nothing, so a file imported again changes nothing.

    Args:
        rows: In the order of the file, read once.
        lookup: Asked once for every thousand rows.
        policy: What a row does to the lead it matches.
        by_field: Fields for which something else holds.
    """
    planner = _Planner(policy, by_field)
    problems: list[RowProblem] = []
    remaining = iter(rows)
    while chunk := list(islice(remaining, _CHUNK)):
        usable = [(row, record_keys(row.values)) for row in chunk if isinstance(row, LeadRow)]
        for lead in lookup.find(_match_keys([keys for _, keys in usable])):
            planner.know(lead, lookup.merged_into(lead.lead_id))
        for row, keys in usable:
            planner.add(row, keys)
        problems += [row for row in chunk if isinstance(row, RowProblem)]
    return planner.plan(problems)


def _match_keys(records: Sequence[RecordKeys]) -> MatchKeys:
    keys = [key for record in records for key in record.match]
    return MatchKeys(
        lead_ids=frozenset(key[1] for key in keys if key[0] == "lead_id"),
        external_ids=frozenset((key[1], key[2]) for key in keys if key[0] == "external_id"),
        emails=frozenset(key[1] for key in keys if key[0] == "email"),
        phones=frozenset(key[1] for key in keys if key[0] == "phone"),
        names=frozenset(record.name for record in records if record.name),
    )


@dataclass(slots=True, eq=False)
class _Entry:
    """A lead that rows of the file match, or may match.

    Attributes:
        row: The row that makes it; None for a lead that is there.
        before: As it was; None for a lead that the file makes.
        lead: As it is by the rows so far; None while `row` alone says what it is.
        changing_lines: Of the rows that changed it.
        match_count: Number of rows that matched it.
    """

    row: LeadRow | None
    before: Lead | None
    lead: Lead | None
    changing_lines: list[int] = field(default_factory=list)
    match_count: int = 0

    def values(self) -> Mapping[str, object]:
        if self.lead is not None:
            return lead_values(self.lead)
        return self.row.values if self.row else {}

    def merge(self, row: LeadRow, policy: OnMatch, by_field: ByField) -> bool:
        """Merge a row in, and return whether that changed the lead."""
        self.match_count += 1
        # The values are what the reader made for these very fields.
        lead = self.lead or Lead(**{"lead_id": "", **self.values()})  # type: ignore[arg-type]
        merged = merge(lead, row.values, policy, by_field)
        if merged is lead:
            return False
        self.lead = merged
        self.changing_lines.append(row.line)
        return True


class _Planner:
    """Holds the leads that the rows so far speak of, under all their keys."""

    def __init__(self, policy: OnMatch, by_field: ByField) -> None:
        self._policy = policy
        self._by_field = by_field
        self._entries: list[_Entry] = []
        self._known_ids: set[str] = set()
        self._by_key: dict[Key, _Entry] = {}
        self._by_name: dict[str, _Entry] = {}
        self._by_phone: dict[str, _Entry] = {}
        self._duplicates: list[PossibleDuplicate] = []
        self._arisen: list[ArisenName] = []

    def know(self, lead: Lead, merged: Iterable[Lead]) -> None:
        """Take in a lead that is there, and the keys of those that were merged into it."""
        if lead.lead_id not in self._known_ids:
            self._known_ids.add(lead.lead_id)
            entry = _Entry(None, lead, lead)
            self._enter(entry, record_keys(lead_values(lead)))
            for one in merged:
                self._index(entry, record_keys(lead_values(one)))

    def add(self, row: LeadRow, keys: RecordKeys) -> None:
        """Merge a row into the lead it matches, or make a new one of it."""
        entry = next((self._by_key[key] for key in keys.match if key in self._by_key), None)
        if entry is None:
            self._note_duplicate(row, keys)
            self._enter(_Entry(row, None, None), keys)
            return
        is_changed = entry.merge(row, self._policy, self._by_field)
        self._index(entry, keys)
        if is_changed:
            now = record_keys(entry.values())
            if now.name not in self._by_name and all(now.name.partition("|")):
                self._arisen.append(ArisenName(now.name, row.line, *_who(entry)))
            self._index(entry, now)

    def plan(self, problems: Iterable[RowProblem]) -> ImportPlan:
        """Return the plan of all rows so far."""
        new: list[LeadRow] = []
        updates: list[LeadUpdate] = []
        updated_count = match_count = 0
        for entry in self._entries:
            match_count += entry.match_count
            if entry.row is not None:
                new.append(LeadRow(entry.row.line, entry.values()))
            elif entry.before is None or entry.lead is None or entry.before == entry.lead:
                continue
            else:
                updates.append(LeadUpdate(entry.changing_lines[0], entry.before, entry.lead))
            updated_count += len(entry.changing_lines)
        return ImportPlan(
            new=tuple(new),
            updates=tuple(updates),
            updated_count=updated_count,
            same_count=match_count - updated_count,
            problems=tuple(problems),
            possible_duplicates=tuple(self._duplicates),
            arisen=tuple(self._arisen),
        )

    def _enter(self, entry: _Entry, keys: RecordKeys) -> None:
        self._entries.append(entry)
        self._index(entry, keys)

    def _index(self, entry: _Entry, keys: RecordKeys) -> None:
        self._by_name.setdefault(keys.name, entry)
        for key in keys.match:
            self._by_key.setdefault(key, entry)
            if key[0] == "phone":
                self._by_phone.setdefault(key[1], entry)

    def _note_duplicate(self, row: LeadRow, keys: RecordKeys) -> None:
        other = self._by_name.get(keys.name) if all(keys.name.partition("|")) else None
        for key in keys.match:
            if other is None and key[0] == "phone":
                other = self._by_phone.get(key[1])
        if other is not None:
            self._duplicates.append(PossibleDuplicate(row.line, *_who(other)))


def _who(entry: _Entry) -> tuple[str, int]:
    """Return the id of a lead that is there, and the line of a row that makes one."""
    return entry.before.lead_id if entry.before else "", entry.row.line if entry.row else 0
