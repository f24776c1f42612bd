# SPDX-License-Identifier: MIT
"""What the cells of a column say together: the order of dates, the decimal sign, what is valid.

A cell alone cannot say which number of 03/04/2024 is the day; the column can. So the readers go by
what a sample of it says, and all cells are counted as they are read.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime, tzinfo
from functools import partial
from typing import Any

from leaddesk.core.domain.column_checks import ColumnCheck, DateOrder, KeptCell
from leaddesk.core.formats import dates, phones
from leaddesk.core.formats.amounts import MIXED, decimal_sign, employee_count, whole_number

DATES = frozenset({"consent_at", "created_at", "last_activity_at"})
NUMBERS = frozenset({"employees", "revenue"})
BY_COLUMN = DATES | NUMBERS
"""Fields whose cells are read by what the column says."""

PHONES = frozenset({"phone", "phone_2", "mobile"})
FIRST_KEPT = 3
"""Cells that are kept as written and shown, of one column."""

_FEWEST_SERIAL_DAYS = 3
_LONGEST = 200
_REMEMBERED = 1 << 14
_DIGITS = str.maketrans("123456789", "000000000")
_needs_its_digits = re.compile(r"0{1,2}\D|0{5}(?:[.,]|$)").match
"""Shapes of dates that do not begin with the year, and of days as a spreadsheet counts them."""


class ColumnTally:
    """Counts what the cells of one column are; of two parts of a file each, they add up.

    Attributes:
        field: The field of a lead that the column goes to.
        are_names_split: Whether first and last names come from the column of full names.
    """

    def __init__(self, field: str, *, are_names_split: bool = False) -> None:
        self.field = field
        self.are_names_split = are_names_split
        self._counts = {"valid": 0, "kept": 0, "blank": 0, "rounded": 0, "serial": 0}
        self._first_kept: list[KeptCell] = []
        self._orders: set[frozenset[DateOrder]] = set()
        self._facts: set[str] = set()
        self._seen: set[str] = set()
        self._shapes: set[str] = set()

    def count(
        self, lines: Sequence[int], cells: Sequence[str], blank_count: int, kept: Sequence[int]
    ) -> None:
        """Count some cells.

        Args:
            lines: On which their rows begin.
            cells: As written.
            blank_count: How many have nothing in them.
            kept: Those that are kept as written, by their places.
        """
        counts = self._counts
        counts["blank"] += blank_count
        counts["kept"] += len(kept)
        counts["valid"] += len(cells) - blank_count - len(kept)
        for row in kept[: FIRST_KEPT - len(self._first_kept)]:
            self._first_kept.append(KeptCell(lines[row], cells[row].strip()[:_LONGEST]))
        if self.field in PHONES:
            counts["rounded"] += sum(phones.is_scientific(cells[row]) for row in kept)

    def learn(self, texts: Iterable[str]) -> None:
        """Note how dates and numbers are written, trimmed and none of them blank."""
        if self.field in NUMBERS:
            sign = decimal_sign(text for text in texts if "." in text or "," in text)
            self._facts.update((".", ",") if sign == MIXED else sign)
        elif self.field in DATES:
            self._learn_dates(texts)

    def _learn_dates(self, texts: Iterable[str]) -> None:
        """Note how dates are written; most texts have the shape of one before, and say no more."""
        for text in texts:
            shape = text.translate(_DIGITS)
            if shape in self._shapes and not _needs_its_digits(shape):
                continue
            self._shapes.add(shape)
            self._counts["serial"] += dates.is_serial_day(text)
            if text in self._seen:
                continue
            if len(self._seen) >= _REMEMBERED:
                self._seen.clear()
            self._seen.add(text)
            if orders := dates.date_orders(text):
                self._orders.add(orders)
            if dates.has_short_year(text):
                self._facts.add("short years")
            if (time := dates.time_of_day(text)) is not None:
                self._facts.add("offsets" if time.tzinfo else "times")

    @property
    def told(self) -> dict[str, Any]:
        """What was counted, for JSON."""
        return {
            "counts": self._counts,
            "first_kept": self._first_kept,
            "orders": [sorted(orders) for orders in self._orders],
            "facts": sorted(self._facts),
        }

    def add(self, told: Mapping[str, Any]) -> None:
        """Add what was counted of another part of the column."""
        for name, count in told["counts"].items():
            self._counts[name] += count
        theirs = [KeptCell(line, text) for line, text in told["first_kept"]]
        self._first_kept = sorted([*self._first_kept, *theirs])[:FIRST_KEPT]
        self._orders |= {frozenset(map(DateOrder, orders)) for orders in told["orders"]}
        self._facts.update(told["facts"])

    @property
    def check(self) -> ColumnCheck:
        """What was counted so far comes to."""
        counts, facts = self._counts, self._facts
        signs = facts & {".", ","}
        filled = counts["valid"] + counts["kept"]
        common = frozenset(DateOrder).intersection(*self._orders)
        order = next(iter(common)) if self._orders and len(common) == 1 else None
        are_serial = counts["serial"] >= _FEWEST_SERIAL_DAYS and counts["serial"] == filled
        return ColumnCheck(
            self.field,
            valid_count=counts["valid"],
            kept_count=counts["kept"],
            blank_count=counts["blank"],
            first_kept=tuple(self._first_kept),
            order=order,
            is_order_open=bool(self._orders) and order is None,
            has_short_years="short years" in facts,
            has_times=bool(facts & {"times", "offsets"}),
            has_offsets="offsets" in facts,
            are_serial_days=are_serial,
            decimal_sign=MIXED if len(signs) > 1 else "".join(signs),
            rounded_count=counts["rounded"],
            are_names_split=self.are_names_split,
        )


def check_column(
    field: str, values: Iterable[str], *, are_names_split: bool = False
) -> ColumnCheck:
    """Return how the cells of a sample are written, for the readers of their column."""
    tally = ColumnTally(field, are_names_split=are_names_split)
    texts = [text for value in values if (text := value.strip())]
    tally.learn(texts)
    tally.count([], texts, 0, ())
    return tally.check


def column_reader(check: ColumnCheck) -> Callable[[str], object | None]:
    """Return the function from a cell of the column, trimmed, to its value; None: not certain."""
    return date_reader(check) if check.field in DATES else number_reader(check)


def date_reader(check: ColumnCheck, zone: tzinfo = UTC) -> Callable[[str], datetime | None]:
    """Return the function from a cell of the column, trimmed, to its time in UTC, or None.

    Args:
        check: Of this column.
        zone: For times that say no offset.
    """
    if check.are_serial_days:
        return dates.serial_moment
    return dates.moment_reader(None if check.is_order_open else check.order, zone)


def number_reader(check: ColumnCheck) -> Callable[[str], int | None]:
    """Return the function from a cell of the column, trimmed, to its number, or None."""
    read = employee_count if check.field == "employees" else whole_number
    return partial(read, decimal=check.decimal_sign)
