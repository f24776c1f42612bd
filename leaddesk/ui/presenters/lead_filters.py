# SPDX-License-Identifier: MIT
"""Conditions as somebody puts them together: which fields, what can be asked, what was typed."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final

from leaddesk.core.domain.lead_query import (
    FIELDS,
    IMPORT,
    NO,
    OPS,
    YES,
    Condition,
    Kind,
    Op,
    kind_of,
    label_of,
    op_words,
)
from leaddesk.core.domain.stages import Stage, Status
from leaddesk.core.domain.verdict import DECISIONS
from leaddesk.ui.presenters.row_texts import STATUS_WORDS, day

if TYPE_CHECKING:
    from leaddesk.core.services.import_history import ImportBatch

_LEFT_OUT = frozenset({"full_name", "salutation", "consent_source"})
_AND = re.compile(r"\s+and\s+|\s*\.\.+\s*|\s*;\s*")
_PAST_WORDS: Final = "in the past \u2026 days"

FIELD_CHOICES: Final = tuple(
    sorted(
        ((field, label_of(field)) for field in FIELDS if field not in _LEFT_OUT),
        key=lambda choice: choice[1].casefold(),
    )
)
"""(field, its name) by name."""


def op_choices(field: str) -> tuple[tuple[Op, str], ...]:
    """Return what can be asked of a field: (operator, its words)."""
    return tuple(
        (op, _PAST_WORDS if op is Op.PAST_DAYS else op_words(op)) for op in OPS[kind_of(field)]
    )


def import_names(batches: "Sequence[ImportBatch]", now: datetime) -> dict[str, str]:
    """Return what each import is called, by its id: "fair.csv, 2 Oct 11:02"."""
    return {
        one.batch_id: f"{one.file_name}, {day(one.at, now)} {one.at.astimezone():%H:%M}"
        + (" (taken back)" if one.undone_at else "")
        for one in batches
    }


def value_choices(
    field: str, op: Op, imports: Sequence[tuple[str, str]] = ()
) -> tuple[tuple[str, str], ...]:
    """Return (value, its words) where there are few; empty: anything can be typed, or nothing."""
    if op in {Op.EMPTY, Op.NOT_EMPTY, Op.ANY_OF}:
        return ()
    if kind_of(field) is Kind.FLAG:
        return ((YES, "yes"), (NO, "no"))
    return {
        "stage": tuple((stage.value, stage.value) for stage in Stage),
        "status": tuple((status.value, STATUS_WORDS[status]) for status in Status),
        IMPORT: tuple(imports),
        "decided": tuple((decision.value, decision.value) for decision in DECISIONS),
    }.get(field, ())


def hint(field: str, op: Op) -> str:
    """Return what to type; empty: nothing is to be typed."""
    if op in {Op.EMPTY, Op.NOT_EMPTY}:
        return ""
    if op is Op.PAST_DAYS:
        return "How many days: 7"
    if op is Op.ANY_OF:
        return "One; another; a third"
    kind = kind_of(field)
    one = {Kind.NUMBER: "250", Kind.TIME: "2026-03-14"}.get(kind, "")
    if op is Op.BETWEEN:
        return {"250": "50 and 250"}.get(one, "2026-03-01 and 2026-03-31")
    return one or "What to look for"


def condition(field: str, op: Op, text: str) -> tuple[Condition | None, str]:
    """Return the condition somebody put together, else why it is none."""
    if not hint(field, op):
        values: tuple[str, ...] = ()
    elif op is Op.ANY_OF:
        values = tuple(part.strip() for part in text.split(";") if part.strip())
    elif op is Op.BETWEEN:
        values = tuple(part.strip() for part in _AND.split(text.strip()) if part.strip())
    else:
        values = (text.strip(),)
    try:
        return Condition(field, op, values), ""
    except ValueError as error:
        return None, str(error)
