# SPDX-License-Identifier: MIT
"""The columns of a file before its import: where they may go, and what their first cells say."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from leaddesk.core.domain.column_checks import ColumnCheck
    from leaddesk.core.services.import_leads import ImportPreview

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


def checks(preview: "ImportPreview") -> "tuple[ColumnCheck | None, ...]":
    """Return what the first cells of each column say; None where they are kept or left out.

    They come from `first_rows` alone, so their counts are of those rows and not of the file.
    """
    from leaddesk.core.formats.column_checks import check_column
    from leaddesk.core.formats.lead_rows import are_names_split
    from leaddesk.core.formats.presets import IGNORED

    is_split = are_names_split(field for _, field in preview.columns)
    return tuple(
        None
        if field in {EXTRA, IGNORED}
        else check_column(
            field,
            [row[index] for row in preview.first_rows],
            country=preview.options.country,
            are_names_split=is_split,
        )
        for index, (_, field) in enumerate(preview.columns)
    )
