# SPDX-License-Identifier: MIT
"""What a file for one system looks like: columns, limits, lists of allowed values.

The half of a preset that `export_rows` follows; the values themselves are in `preset_values`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from leaddesk.core.formats.preset_values import ValueWriting, writing_of


@dataclass(frozen=True, slots=True)
class PresetWriting:
    """How files for a system are written.

    Attributes:
        columns: Field or `SCORE`, `RATING`, `ADDRESS`, `DECISION_TAGS` -> label, in the order of
            the file. These are written always, whether or not any lead has a value.
        words: Field -> label of fields that are written only where a lead has them.
        values: How cells are written.
        required: Labels of columns the system refuses a row without.
        picklists: Label -> values the system knows; others are told before writing.
        max_rows: In one file; 0: any number.
        max_bytes: Of one file; 0: any number.
        opted_out_marker: A column that makes a file one of people who have opted out; leads who
            have go to a file of their own that has it. Empty: they have a column.
    """

    columns: Mapping[str, str]
    words: Mapping[str, str]
    values: ValueWriting
    required: tuple[str, ...]
    picklists: Mapping[str, frozenset[str]]
    max_rows: int
    max_bytes: int
    opted_out_marker: str


def preset_writing(table: Mapping[str, Any], words: Mapping[str, str]) -> PresetWriting:
    """Return the table `[write]` of a preset's TOML as a value.

    Args:
        table: As `tomllib` reads it.
        words: Field -> what the system, else a file of no known system, calls it first.
    """
    return PresetWriting(
        columns=table["columns"],
        words=words,
        values=writing_of(table),
        required=tuple(table.get("required", ())),
        picklists={label: frozenset(v) for label, v in table.get("picklists", {}).items()},
        max_rows=table.get("max_rows", 0),
        max_bytes=table.get("max_bytes", 0),
        opted_out_marker=table.get("opted_out_marker", ""),
    )
