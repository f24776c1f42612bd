# SPDX-License-Identifier: MIT
"""A `Lead` as a row of the table `leads` and back: tuples, because imports come by the million."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from operator import attrgetter
from typing import Any

from leaddesk.core.domain.lead import Lead
from leaddesk.core.domain.lead_keys import email_key, name_key
from leaddesk.core.domain.lead_state import LeadState, due_of_status
from leaddesk.core.domain.places import place_of
from leaddesk.core.domain.queue import Due
from leaddesk.core.domain.stages import Stage, Status
from leaddesk.core.store.search import search_text
from leaddesk.core.store.times import from_text_or_none, to_text_or_none

LEAD_COLUMNS = tuple(f.name for f in fields(Lead) if f.name != "external_ids")
"""Columns that are a field of `Lead`, in its order."""

DERIVED_COLUMNS = (
    "name", "email_key", "email_2_key", "name_key", "search_text", "held", "barred", "place",
)  # fmt: skip
"""Columns that follow from a lead's fields, kept for lists, search, matching and the queue."""

DUE_COLUMNS = ("due", "due_at")
"""When a lead is to be called, as its status says where nothing else does."""

STATE_COLUMNS = (
    "stage", "status", "decided", "do_not_call", "suppressed", "due", "due_at", "due_for",
    "attempts", "reserved_by", "reserved_until",
)  # fmt: skip
"""Columns that are a field of `LeadState`, in its order."""

LONG_AGO = "1970-01-01T00:00:00.000000Z"
"""What is due and has no date of its own is due at once."""

_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_FIELDS = attrgetter(*LEAD_COLUMNS)
_EXTERNAL_IDS = tuple(f.name for f in fields(Lead)).index("external_ids")


def _list_text(value: Sequence[str]) -> str:
    return _json(list(value)) if value else ""


def _mapping_text(value: Mapping[str, str]) -> str:
    return _json(dict(value)) if value else ""


def _read_list(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text)) if text else ()


def _read_mapping(text: str) -> dict[str, str]:
    return json.loads(text) if text else {}


_MAPPINGS = ("extra", "as_written")
_FLAGS = ("do_not_call", "opted_out", "suppressed")
_TIMES = ("consent_at", "created_at", "last_activity_at")
_WRITE: Mapping[str, Callable[[Any], Any]] = {
    "tags": _list_text,
    **dict.fromkeys(_MAPPINGS, _mapping_text),
    **dict.fromkeys(("stage", "status"), attrgetter("value")),
    **dict.fromkeys(_FLAGS, int),
    **dict.fromkeys(_TIMES, to_text_or_none),
}
_READ: Mapping[str, Callable[[Any], Any]] = {
    "tags": _read_list,
    **dict.fromkeys(_MAPPINGS, _read_mapping),
    "stage": Stage,
    "status": Status,
    **dict.fromkeys(_FLAGS, bool),
    **dict.fromkeys(_TIMES, from_text_or_none),
}
"""Fields that stand otherwise in their column, both ways; all others stand as they are."""
_WRITES = tuple((LEAD_COLUMNS.index(name), write) for name, write in _WRITE.items())
_READS = tuple((LEAD_COLUMNS.index(name), read) for name, read in _READ.items())


def to_row(lead: Lead) -> tuple[Any, ...]:
    """Return the values of `LEAD_COLUMNS` and `DERIVED_COLUMNS`; of a lead that is not barred."""
    row = list(_FIELDS(lead))
    for index, write in _WRITES:
        row[index] = write(row[index])
    return (*row, *derived_columns(lead))


def derived_columns(lead: Lead) -> tuple[Any, ...]:
    """Return the values of `DERIVED_COLUMNS`."""
    return (
        lead.name,
        email_key(lead.email),
        email_key(lead.email_2),
        name_key(lead),
        search_text(lead),
        int(lead.do_not_call or lead.suppressed),
        0,
        place_of(lead),
    )


def to_column(field: str, values: Iterable[Any]) -> list[Any]:
    """Return what stands in a column for these values of a field; None stays None."""
    write = _WRITE.get(field)
    if write is None:
        return list(values)
    return [None if value is None else write(value) for value in values]


def values_of_columns(names: Sequence[str], row: Sequence[Any]) -> dict[str, object]:
    """Return field -> value for these columns of a row, as in `LeadRow.values`: blank ones not."""
    found: dict[str, object] = {}
    for name, text in zip(names, row, strict=True):
        read = _READ.get(name)
        value = text if read is None or text is None else read(text)
        if value or (value is not False and value == 0):
            found[name] = value
    return found


def due_of(lead: Lead) -> tuple[int, str]:
    """Return the values of `DUE_COLUMNS` for a lead nothing has happened with here."""
    due = due_of_status(lead.status)
    if due is Due.NONE or due is Due.FRESH:
        return int(due), ""
    return int(due), to_text_or_none(lead.last_activity_at or lead.created_at) or LONG_AGO


def state_to_row(state: LeadState) -> tuple[Any, ...]:
    """Return the values of `STATE_COLUMNS`."""
    return (
        state.stage.value,
        state.status.value,
        state.decided,
        int(state.do_not_call),
        int(state.suppressed),
        int(state.due),
        to_text_or_none(state.due_at) or "",
        state.due_for,
        state.attempts,
        state.reserved_by,
        to_text_or_none(state.reserved_until) or "",
    )


def state_from_row(row: Sequence[Any]) -> LeadState:
    """Return the state whose `STATE_COLUMNS` these are."""
    stage, status, decided, do_not_call, suppressed, due, due_at, *rest, reserved_until = row
    due_for, attempts, reserved_by = rest
    return LeadState(
        Stage(stage),
        Status(status),
        decided,
        bool(do_not_call),
        bool(suppressed),
        Due(due),
        from_text_or_none(due_at or None),
        due_for,
        attempts,
        reserved_by,
        from_text_or_none(reserved_until or None),
    )


def from_row(row: Sequence[Any], external_ids: Mapping[str, str]) -> Lead:
    """Return the lead whose `LEAD_COLUMNS` these are."""
    values = list(row)
    for index, read in _READS:
        values[index] = read(values[index])
    values.insert(_EXTERNAL_IDS, external_ids)
    return Lead(*values)
