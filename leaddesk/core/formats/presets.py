# SPDX-License-Identifier: MIT
"""Recognises the system a file comes from, and what its columns are.

Between `csv_reader`, which gives the labels, and `lead_rows`, which reads the cells. The words
themselves are data: resources/presets/*.toml, read by the caller.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from leaddesk.core.domain.lead import Lead
from leaddesk.core.domain.merge import DERIVED_FIELDS
from leaddesk.core.domain.rows import ColumnMap

GENERIC = "csv"
"""Id of the preset for files of no known system."""

IGNORED = "ignored"
EXTERNAL_ID = "external_id"

READABLE_FIELDS = tuple(
    field.name
    for field in fields(Lead)
    if field.name not in {"lead_id", "external_ids", "extra", "as_written", *DERIVED_FIELDS}
)
"""Fields of `Lead` that a column of any file may hold, under this very name at least."""

_OWN_COLUMNS = frozenset({"lead_id"})
_EXTRA = "extra."
_REJECTS = ("line", "reason")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_NO_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Preset:
    """How one system names its columns.

    Attributes:
        id: Its name in `Lead.external_ids` and on the command line.
        title: Its name for people.
        signatures: Sets of labels; a header with all labels of one of them is of this system.
        fields: Label -> field as in `ColumnMap`. Labels as `fold_label` makes them.
        ignored: Labels of columns that are not read, in exactly this spelling.
    """

    id: str
    title: str
    signatures: tuple[frozenset[str], ...]
    fields: Mapping[str, str]
    ignored: frozenset[str]


def load_presets(texts: Iterable[str]) -> tuple[Preset, ...]:
    """Return the presets of some TOML texts, one of which has to be the generic one.

    Every preset knows the generic labels too, where it has no other use for them.
    """
    tables = [tomllib.loads(text) for text in texts]
    generic = _labels(next(table for table in tables if table["id"] == GENERIC))
    return tuple(
        Preset(
            id=table["id"],
            title=table["title"],
            signatures=tuple(frozenset(map(fold_label, s)) for s in table.get("signatures", ())),
            fields={**generic, **_labels(table)},
            ignored=frozenset(table.get("ignored", ())),
        )
        for table in tables
    )


def recognise(header: Sequence[str], presets: Sequence[Preset]) -> Preset:
    """Return the preset of a header: the one with the longest signature, else the generic one."""
    labels = frozenset(map(fold_label, header))
    generic = next(preset for preset in presets if preset.id == GENERIC)
    found = ((len(s), p) for p in presets for s in p.signatures if s <= labels)
    return max(found, key=lambda match: match[0], default=(0, generic))[1]


def map_columns(header: Sequence[str], preset: Preset) -> tuple[ColumnMap, ...]:
    """Return where each column goes, in the order of the file.

    Of several columns for one field the first has it; the others are kept as they are, like the
    columns nobody knows. Every column gets a name of its own.
    """
    names: dict[str, int] = {}
    taken: set[str] = set()
    kept: set[str] = set()
    columns = []
    rejects = len(_REJECTS) if tuple(header[: len(_REJECTS)]) == _REJECTS else 0
    for number, label in enumerate(header, 1):
        field = IGNORED if number <= rejects else _field(label, preset)
        if field in taken:
            field = ""
        elif field != IGNORED:
            taken.add(field)
        name = label.removeprefix(_EXTRA) if _is_extra(label) else ""
        if not name or name in kept:
            name = _distinct(name or label or f"Column {number}", names)
        names.setdefault(name, 1)
        if not field:
            kept.add(name)
        columns.append(ColumnMap(name, field))
    return tuple(columns)


def fold_label(label: str) -> str:
    """Return a label for comparing: words in small ASCII-like letters, one space between them."""
    words = label if " " in label.strip() else _CAMEL.sub(" ", label)
    plain = unicodedata.normalize("NFKD", words.casefold())
    letters = "".join(char for char in plain if not unicodedata.combining(char))
    return _NO_WORD.sub(" ", letters).strip()


def _labels(table: Mapping[str, Any]) -> dict[str, str]:
    columns: Mapping[str, Sequence[str]] = table["columns"]
    labels = {fold_label(field): field for field in READABLE_FIELDS}
    return labels | {fold_label(label): f for f, names in columns.items() for label in names}


def _field(label: str, preset: Preset) -> str:
    if label in preset.ignored:
        return IGNORED
    if _is_extra(label):
        return ""
    # Only our very own spelling: "Lead ID" is what other systems call their ids.
    if label in _OWN_COLUMNS or label.startswith(f"{EXTERNAL_ID}."):
        return label
    return preset.fields.get(fold_label(label), "")


def _is_extra(label: str) -> bool:
    return label.startswith(_EXTRA) and label != _EXTRA


def _distinct(label: str, names: dict[str, int]) -> str:
    """Return a name that none of `names` is; they have with them how often they were asked for."""
    name = label
    while name in names:
        names[label] += 1
        name = f"{label} ({names[label]})"
    return name
