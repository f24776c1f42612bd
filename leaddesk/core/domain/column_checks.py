# SPDX-License-Identifier: MIT
"""What was found out about one column of a file before any of it is imported, and in words.

`formats.column_checks` finds it, the readers of the column go by it, and the preview of an import
shows it.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class DateOrder(StrEnum):
    """In which order day (D), month (M) and year (Y) stand in dates of digits only."""

    YMD = "YMD"
    DMY = "DMY"
    MDY = "MDY"


_ORDERS = {
    DateOrder.YMD: "year before month",
    DateOrder.DMY: "day before month",
    DateOrder.MDY: "month before day",
}
_SIGNS = {
    ".": "decimal point",
    ",": "decimal comma",
    "?": "point and comma are both used for decimals",
}


class KeptCell(NamedTuple):
    """A cell that is kept as it came.

    Attributes:
        line: Physical line on which its row begins.
        text: As written, of a long one the beginning.
    """

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class ColumnCheck:
    """The cells of one column and how they will be read.

    Attributes:
        field: The field of a lead that the column goes to.
        valid_count: Cells that are read as that field wants it.
        kept_count: Cells that are not, and are kept as they came.
        blank_count: Cells with nothing in them.
        first_kept: The first of those that are kept as they came.
        order: Order of dates in digits; None where no cell needs or tells one.
        is_order_open: Whether there are dates that may be read in two orders, and no cell tells
            which, or cells tell different ones. Such dates are kept as they came.
        has_short_years: Whether there are years of two digits.
        has_times: Whether there are times of day beside dates.
        has_offsets: Whether some of these say their offset from UTC.
        are_serial_days: Whether the dates are numbers of days, as spreadsheets count them.
        decimal_sign: "." or "," where the numbers tell; empty where they don't; "?" where they
            disagree.
        rounded_count: Phone numbers that a spreadsheet has rounded (4.41E+11) and so destroyed.
        are_names_split: Whether the cells are names of which first and last name are taken.
    """

    field: str
    valid_count: int = 0
    kept_count: int = 0
    blank_count: int = 0
    first_kept: tuple[KeptCell, ...] = ()
    order: DateOrder | None = None
    is_order_open: bool = False
    has_short_years: bool = False
    has_times: bool = False
    has_offsets: bool = False
    are_serial_days: bool = False
    decimal_sign: str = ""
    rounded_count: int = 0
    are_names_split: bool = False

    @property
    def is_read_as(self) -> tuple[DateOrder | None, bool, str]:
        """What the readers of the column go by; two checks with the same read every cell alike."""
        order = None if self.is_order_open else self.order
        return order, self.are_serial_days, self.decimal_sign

    @property
    def remarks(self) -> tuple[str, ...]:
        """How the cells are read, each a few words."""
        order = _ORDERS[self.order] if self.order else ""
        remarks = {
            "names split": self.are_names_split,
            "day and month are not told apart, or not everywhere alike": self.is_order_open,
            order: bool(order) and not self.is_order_open,
            "years of two digits are 1970 to 2069": self.has_short_years,
            "days as a spreadsheet counts them": self.are_serial_days,
            "times are taken for UTC": self.has_times and not self.has_offsets,
            _SIGNS.get(self.decimal_sign, ""): bool(self.decimal_sign),
            f"{self.rounded_count:,} rounded by a spreadsheet, as 4.41E+11": self.rounded_count,
        }
        return tuple(remark for remark, holds in remarks.items() if holds)
