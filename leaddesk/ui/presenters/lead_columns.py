# SPDX-License-Identifier: MIT
"""The columns the table of leads can show, what each says, and which ones somebody chose."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from leaddesk.core.domain.lead_query import label_of
from leaddesk.core.domain.stages import Status
from leaddesk.ui.presenters.row_texts import NOTHING, STATUS_WORDS, ago

NARROWEST, WIDEST = 40, 900
_TIMES = ("created_at", "last_activity_at")
_NUMBERS = ("employees", "revenue", "engagement", "fit")
_FOLLOWING = frozenset({"grade", "decided", "engagement", "fit", *_TIMES})
_SAID: Final[dict[str, Callable[[str], str]]] = {
    "status": lambda value: STATUS_WORDS[Status(value)],
    "tags": lambda value: ", ".join(json.loads(value)),
    "decided": str.capitalize,
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        key: What it shows and is sorted by: a field of a line, a key of `store.sorting.ORDERS`.
        heading: Its name.
        width: In pixels; 0: a share of what the others leave.
        is_number: It stands at the right.
        tabular: Its digits are of one width.
    """

    key: str
    heading: str
    width: int = 0
    is_number: bool = False
    tabular: bool = False

    @property
    def can_edit(self) -> bool:
        """Whether it can be changed by hand; others follow from data or calls."""
        return self.key not in _FOLLOWING

    @property
    def falls_first(self) -> bool:
        """Whether the first sorting by it has the largest first."""
        return self.is_number or self.key in _TIMES


def _column(key: str, width: int = 124) -> Column:
    return Column(key, label_of(key), width, key in _NUMBERS, key in (*_NUMBERS, *_TIMES))


COLUMNS: Final = {
    column.key: column
    for column in (
        _column("grade", 62), _column("name", 0), _column("title"), _column("company", 0),
        _column("email", 180), _column("phone", 150), _column("industry"),
        _column("employees", 96), _column("revenue", 110), _column("city"), _column("state", 90),
        _column("country", 80), _column("source"), _column("stage", 100), _column("status", 126),
        _column("owner"), _column("tags"), _column("decided", 100), _column("engagement", 104),
        _column("fit", 60), _column("created_at", 112), _column("last_activity_at", 112),
    )
}  # fmt: skip
"""All of them, in the order they are offered."""

Layout = tuple[tuple[str, int], ...]
"""Keys of columns as they stand, each with its width; 0: a share of what is left."""

USUAL: Final[Layout] = tuple(
    (key, COLUMNS[key].width)
    for key in ("grade", "name", "company", "source", "employees", "status", "last_activity_at")
)


def read_layout(text: str) -> Layout:
    """Return a layout from a setting; what is not known is left out, nothing is the usual one."""
    found: dict[str, int] = {}
    for part in text.split():
        key, _, width = part.partition(":")
        if key in COLUMNS and (width or "0").isdecimal():
            found[key] = max(min(int(width or 0), WIDEST), NARROWEST) if int(width or 0) else 0
    return tuple(found.items()) or USUAL


def write_layout(layout: Layout) -> str:
    """Return a layout as a setting; empty for the usual one."""
    return "" if layout == USUAL else " ".join(f"{key}:{width}" for key, width in layout)


def toggled(layout: Layout, key: str) -> Layout:
    """Return a layout with a column more, at its place among all, or less; one always stays."""
    keys = [one for one, _ in layout]
    if key in keys:
        return tuple(one for one in layout if one[0] != key) if len(keys) > 1 else layout
    order = list(COLUMNS)
    before = [at for at, one in enumerate(keys) if order.index(one) < order.index(key)]
    at = max(before, default=-1) + 1
    return (*layout[:at], (key, COLUMNS[key].width), *layout[at:])


def cell_text(row: Any, column: Column, now: datetime) -> str:  # noqa: ANN401 - a line of a list
    """Return what a cell says."""
    value = getattr(row, column.key)
    if value is None or value == "":
        return NOTHING
    if column.key in _TIMES:
        return ago(value, now)
    if column.key in _SAID:
        return _SAID[column.key](value)
    number = f"{value:,}" if column.is_number else str(value)
    return f"{number} {row.currency}".strip() if column.key == "revenue" else number


def edit_text(row: Any, column: Column) -> str:  # noqa: ANN401 - as above
    """Return what an editor of a cell begins with."""
    value = getattr(row, column.key)
    if column.key == "tags":
        return "; ".join(json.loads(value)) if value else ""
    return "" if value is None else str(value)


def headings(layout: Sequence[tuple[str, int]]) -> list[str]:
    """Return the names of the columns as they stand."""
    return [COLUMNS[key].heading for key, _ in layout]
