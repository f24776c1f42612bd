# SPDX-License-Identifier: MIT
"""Cells that a spreadsheet leaves alone, and back again (docs/csv-format.md).

A spreadsheet takes what begins with = + - @ for a formula, and the sign and the zeros in front off
numbers. An apostrophe prevents both; whoever reads the file takes exactly one off.
"""

APOSTROPHE = "'"

RISKY = "=+-@'\t\r\n\0"
"""With these a cell may begin a formula, or look as if it were guarded already."""

SIGNATURE_COLUMN = "ld_export"
"""Stands in guarded files only, so that whoever reads one knows."""

_ALWAYS = ("phone", "mobile", "postal_code", "lead_id", "external_id.")
_FIRST = frozenset(RISKY)


def is_always_guarded(column: str) -> bool:
    """Tell whether a column of our own holds ids, phone numbers or the like."""
    return column.startswith(_ALWAYS)


def guard(text: str) -> str:
    """Return a cell as a spreadsheet leaves it alone."""
    return APOSTROPHE + text if text and text[0] in _FIRST else text


def unguarded(text: str) -> str:
    """Return a cell as it was before `guard`."""
    return text[1:] if text.startswith(APOSTROPHE) else text
