# SPDX-License-Identifier: MIT
"""The columns of a file before its import: where they may go."""

from collections.abc import Mapping, Sequence

EXTRA = ""
"""Where a column goes that is kept as it came."""

_DERIVED = "_e164"
"""Ends the names of fields that follow from another one, so that nobody has to choose them."""


def choosable_fields(guess: str = EXTRA) -> tuple[str, ...]:
    """Return where a column may go: kept as it came, left out, then the fields of a lead.

    Args:
        guess: Where it goes now; is among them, also where no other column may go there.
    """
    from leaddesk.core.formats.presets import IGNORED, READABLE_FIELDS

    fields = (name for name in READABLE_FIELDS if not name.endswith(_DERIVED))
    return tuple(dict.fromkeys((EXTRA, IGNORED, *fields, guess)))


def moved(
    columns: Sequence[tuple[str, str]], mapping: Mapping[str, str], column: str, field: str
) -> dict[str, str]:
    """Return the mapping once a column goes to a field.

    A field takes one column: the one that had it is kept as it came.

    Args:
        columns: (column, field) as they are now, in the order of the file.
        mapping: What was chosen so far, column -> field.
        column: The one that is moved.
        field: Where it goes from now on.
    """
    from leaddesk.core.formats.presets import IGNORED

    chosen = {**mapping, column: field}
    if field in {EXTRA, IGNORED}:
        return chosen
    return chosen | {
        other: EXTRA for other, goes_to in columns if goes_to == field and other != column
    }
