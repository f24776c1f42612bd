# SPDX-License-Identifier: MIT
"""A `Lead` as a row of the table `leads` and back: tuples, because imports come by the million."""

import json
from collections.abc import Mapping, Sequence
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

_LONG_AGO = "1970-01-01T00:00:00.000000Z"
"""What is due and has no date of its own is due at once."""

_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_FIELDS = attrgetter(*LEAD_COLUMNS)
_AT = {name: index for index, name in enumerate(LEAD_COLUMNS)}
_TAGS, _EXTRA, _AS_WRITTEN = _AT["tags"], _AT["extra"], _AT["as_written"]
_STAGE, _STATUS = _AT["stage"], _AT["status"]
_FLAGS = tuple(_AT[name] for name in ("do_not_call", "opted_out", "suppressed"))
_TIMES = tuple(_AT[name] for name in ("consent_at", "created_at", "last_activity_at"))
_EXTERNAL_IDS = tuple(f.name for f in fields(Lead)).index("external_ids")


def to_row(lead: Lead) -> tuple[Any, ...]:
    """Return the values of `LEAD_COLUMNS` and `DERIVED_COLUMNS`; of a lead that is not barred."""
    row = list(_FIELDS(lead))
    row[_TAGS] = _json(list(lead.tags)) if lead.tags else ""
    row[_EXTRA] = _json(dict(lead.extra)) if lead.extra else ""
    row[_AS_WRITTEN] = _json(dict(lead.as_written)) if lead.as_written else ""
    row[_STAGE] = lead.stage.value
    row[_STATUS] = lead.status.value
    for index in _FLAGS:
        row[index] = int(row[index])
    for index in _TIMES:
        row[index] = to_text_or_none(row[index])
    return (
        *row,
        lead.name,
        email_key(lead.email),
        email_key(lead.email_2),
        name_key(lead),
        search_text(lead),
        int(lead.do_not_call or lead.suppressed),
        0,
        place_of(lead),
    )


def due_of(lead: Lead) -> tuple[int, str]:
    """Return the values of `DUE_COLUMNS` for a lead nothing has happened with here."""
    due = due_of_status(lead.status)
    if due in {Due.NONE, Due.FRESH}:
        return int(due), ""
    return int(due), to_text_or_none(lead.last_activity_at or lead.created_at) or _LONG_AGO


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
    values[_TAGS] = tuple(json.loads(values[_TAGS])) if values[_TAGS] else ()
    values[_EXTRA] = json.loads(values[_EXTRA]) if values[_EXTRA] else {}
    values[_AS_WRITTEN] = json.loads(values[_AS_WRITTEN]) if values[_AS_WRITTEN] else {}
    values[_STAGE] = Stage(values[_STAGE])
    values[_STATUS] = Status(values[_STATUS])
    for index in _FLAGS:
        values[index] = bool(values[index])
    for index in _TIMES:
        values[index] = from_text_or_none(values[index])
    values.insert(_EXTERNAL_IDS, external_ids)
    return Lead(*values)
