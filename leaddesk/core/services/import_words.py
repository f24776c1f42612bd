# SPDX-License-Identifier: MIT
"""What an import did to one lead, in words for its history."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from leaddesk.core.domain.lead_query import FIELDS, NO, YES, Kind, label_of
from leaddesk.core.services.event_words import quoted

if TYPE_CHECKING:
    from leaddesk.core.store.imports import LeadImport

_OTHER_LABELS = {"external_ids": "Ids in other systems", "extra": "Extra fields"}
"""Fields nobody asks about one by one; what they were would be too long to tell."""

_FOLLOWS = frozenset({"grade", "engagement", "fit", "priority"})


def import_words(one: "LeadImport") -> str:
    """Return what an import did to a lead; empty where it changed nothing people know of."""
    file = one.batch.file_name
    if one.before is None:
        return f"Imported from {file}"
    changes = ", ".join(_changes(one.before))
    return f"Updated by the import of {file}: {changes}" if changes else ""


def undo_words(one: "LeadImport") -> str:
    """Return what it meant for a lead that an import was taken back."""
    outcome = "as it was before" if one.is_restored else "kept, since something happened with it"
    return f"Import of {one.batch.file_name} taken back: {outcome}"


def _changes(before: "Mapping[str, object | None]") -> Iterator[str]:
    from leaddesk.core.formats.csv_writer import cell_text

    for field, value in before.items():
        if field in _OTHER_LABELS:
            yield _OTHER_LABELS[field]
        elif FIELDS.get(field) is Kind.FLAG:
            yield f"{label_of(field)} (was {YES if value else NO})"
        elif field in FIELDS and field not in _FOLLOWS:
            text = cell_text(value)
            yield f"{label_of(field)} (was {quoted(text) if text else 'empty'})"
