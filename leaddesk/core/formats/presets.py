# SPDX-License-Identifier: MIT
"""Recognises the system a file comes from, and what its columns are.

Between `csv_reader`, which gives the labels, and `lead_rows`, which reads the cells. The words
themselves are data: resources/presets/*.toml, read by the caller; their form is in
docs/preset-format.md.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any

from leaddesk.core.domain.lead import Lead
from leaddesk.core.domain.letters import without_accents
from leaddesk.core.domain.merge import DERIVED_FIELDS
from leaddesk.core.domain.rows import ColumnMap
from leaddesk.core.errors import BugError
from leaddesk.core.formats.addresses import DIVIDED, address_parts
from leaddesk.core.formats.cells import flag
from leaddesk.core.formats.guarding import unguarded
from leaddesk.core.formats.preset_values import OWN_WORDS, TIMES, ValueReading, reading_of
from leaddesk.core.formats.preset_writing import PresetWriting, preset_writing

GENERIC = "csv"
"""Id of the preset for files of no known system."""

OWN = "leaddesk"
"""Id of the preset of our own files: all columns."""

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
class Signature:
    """What a header, or a column of it, has to be for a file to be of a system.

    Attributes:
        labels: All of these are among the labels, as `fold_label` makes them.
        spelled: All of these too, in exactly this spelling.
        is_whole: There are no other labels.
        begins: Folded label -> what a value in that column begins with.
    """

    labels: frozenset[str] = frozenset()
    spelled: frozenset[str] = frozenset()
    is_whole: bool = False
    begins: Mapping[str, str] = field(default_factory=dict)

    @property
    def weight(self) -> int:
        """The more, the surer; a value says more than any label."""
        return len(self.labels) + len(self.spelled) + 100 * len(self.begins)

    def fits(
        self, header: Sequence[str], labels: Sequence[str], rows: Sequence[Sequence[str]]
    ) -> bool:
        """Tell whether a header, its folded labels and the first rows below it show this."""
        wanted = self.labels.issubset(labels) and self.spelled.issubset(header)
        if not wanted or (self.is_whole and len(header) != len(self.spelled)):
            return False
        return all(
            label in labels
            and any(
                row[labels.index(label)].strip().startswith(start)
                for row in rows
                if len(row) > labels.index(label)
            )
            for label, start in self.begins.items()
        )


@dataclass(frozen=True, slots=True)
class FileKind:
    """One of several kinds of files a system writes.

    Attributes:
        labels: A header with all of these (folded) is of this kind.
        kept: Folded labels that stand for no field here.
        is_opted_out: Everybody in such a file has opted out.
    """

    labels: frozenset[str]
    kept: frozenset[str]
    is_opted_out: bool


@dataclass(frozen=True, slots=True)
class Preset:
    """How one system names and writes what is known of a lead.

    Attributes:
        id: Its name on the command line.
        title: Its name for people.
        system: Its name in `Lead.external_ids`.
        signatures: Any of them shows that a file is of this system.
        fields: Label -> field as in `ColumnMap`. Labels as `fold_label` makes them.
        ignored: Labels of columns that are not read, in exactly this spelling.
        reading: How cells are read.
        writing: How files for the system are written; None: it is for reading only.
        kinds: Kinds of its files that differ from the others.
        opted_out_by: Columns in which any text but a "no" says that somebody has opted out.
        has_address_cell: An address stands in one cell, its parts divided by two spaces.
        blank: Words that stand for nothing.
        is_guarded: Cells may have an apostrophe in front that is not part of them (`guarding`).
        whole_names: Labels (folded) of a part of a name that mean all of it without the other part.
        last_names: Labels (folded) of the whole name that mean the last one beside the first.
        is_opted_out: Everybody in this file has opted out.
    """

    id: str
    title: str
    system: str
    signatures: tuple[Signature, ...]
    fields: Mapping[str, str]
    ignored: frozenset[str]
    reading: ValueReading
    writing: PresetWriting | None
    kinds: tuple[FileKind, ...]
    opted_out_by: frozenset[str]
    has_address_cell: bool
    blank: frozenset[str]
    is_guarded: bool
    whole_names: frozenset[str]
    last_names: frozenset[str]
    is_opted_out: bool = False

    @property
    def written(self) -> PresetWriting:
        """How files for the system are written.

        Raises:
            BugError: the preset is for reading only.
        """
        if self.writing is None:
            raise BugError(f"{self.id} is for reading only")
        return self.writing

    def for_header(self, header: Sequence[str]) -> "Preset":
        """Return the preset as it is for files with this header."""
        labels = frozenset(map(fold_label, header))
        for kind in self.kinds:
            if kind.labels <= labels:
                known = {k: v for k, v in self.fields.items() if k not in kind.kept}
                return replace(self, fields=known, is_opted_out=kind.is_opted_out)
        return self

    def read_value(self, field: str, text: str) -> str | None:
        """Return what a cell says in words the cell readers know; None: nothing certain.

        Args:
            field: Of `Lead`.
            text: As written, without spaces around.
        """
        return self.reading.read(field, text) or None

    def unknown_texts(self, field: str, texts: Iterable[str]) -> Iterable[str]:
        """Return the texts that are not of a form of date that the system is known to write.

        Only they say how the dates of a column are written.
        """
        if not self.reading.dates or field not in TIMES:
            return texts
        return (text for text in texts if self.reading.read(field, text) == text)

    def keeps_text(self, field: str) -> bool:
        """Tell whether a text is kept beside the value even where it is written as we would.

        A system has words of its own for these fields; a cell that has ours goes back as it came.
        """
        return self.writing is not None and field in OWN_WORDS

    def cells(self, row: Sequence[str]) -> Sequence[str]:
        """Return the cells of a row without what the file puts around or in place of them."""
        if self.is_guarded:
            return tuple(map(unguarded, row))
        if self.blank and not self.blank.isdisjoint(row):
            return tuple("" if cell in self.blank else cell for cell in row)
        return row

    @property
    def completed_fields(self) -> tuple[str, ...]:
        """Fields that `complete` may say something of."""
        opt_outs = ("opted_out",) if self.is_opted_out or self.opted_out_by else ()
        return (*opt_outs, *(("street", *DIVIDED) if self.has_address_cell else ()))

    def complete(
        self,
        values: MutableMapping[str, Any],
        extra: Mapping[str, str],
        as_written: MutableMapping[str, str],
    ) -> None:
        """Add what a row says beside its columns: opt-outs, the parts of an address.

        Args:
            values: As in `LeadRow.values`, added to.
            extra: As in `Lead`.
            as_written: As in `Lead`; the text of an address that is divided is added.
        """
        if self.is_opted_out or any(
            text.strip() and flag(text.strip()) is not False
            for label, text in extra.items()
            if label in self.opted_out_by
        ):
            values["opted_out"] = True
        if not self.has_address_cell or not (street := str(values.get("street", ""))):
            return
        parts = address_parts(street)
        # Where another column says something else, the address stays in one piece.
        if parts and all(values.get(name, parts[name]) == parts[name] for name in DIVIDED):
            as_written.setdefault("street", street)
            values.update(parts)


def load_presets(texts: Iterable[str]) -> tuple[Preset, ...]:
    """Return the presets of some TOML texts, one of which has to be the generic one.

    Every preset knows the generic labels too, where it has no other use for them. One that is
    another way to write for a system says `reads_as` and has the columns of that one.
    """
    tables = {table["id"]: table for table in map(tomllib.loads, texts)}
    generic = _labels(tables[GENERIC])
    own_words = {field: labels[0] for field, labels in tables[GENERIC]["columns"].items()}
    return tuple(_preset(table, tables, generic, own_words) for table in tables.values())


def recognise(
    header: Sequence[str], presets: Sequence[Preset], rows: Sequence[Sequence[str]] = ()
) -> Preset:
    """Return the preset of a file: the one that is shown best, else the generic one.

    Args:
        header: Its labels.
        presets: One of them the generic one.
        rows: Some of its first rows, where they are at hand.
    """
    labels = [fold_label(label) for label in header]
    spelled = [label.strip("\ufeff \t") for label in header]
    generic = next(preset for preset in presets if preset.id == GENERIC)
    found = [
        (signature.weight, preset)
        for preset in presets
        for signature in preset.signatures
        if signature.fits(spelled, labels, rows)
    ]
    best = max(found, key=lambda match: match[0], default=(0, generic))[1]
    return best.for_header(header)


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
    labels = map(unguarded, header) if preset.is_guarded else header
    for number, label in enumerate(labels, 1):
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
    return tuple(_with_names(columns, preset))


def _with_names(columns: Sequence[ColumnMap], preset: Preset) -> Iterator[ColumnMap]:
    """Yield columns, each of a name as the part of it that the columns beside it leave to it."""
    names = {"first_name", "last_name", "full_name"}.intersection(c.field for c in columns)
    for column in columns:
        label, field = fold_label(column.column), column.field
        if names == {field} and label in preset.whole_names:
            field = "full_name"
        elif names == {"first_name", "full_name"} and label in preset.last_names:
            field = "last_name"
        yield ColumnMap(column.column, field)


def fold_label(label: str) -> str:
    """Return a label for comparing: words in small ASCII-like letters, one space between them.

    Beside what all forms for comparing do, it takes camelCase apart.
    """
    words = label if " " in label.strip() else _CAMEL.sub(" ", label)
    return _NO_WORD.sub(" ", without_accents(words.casefold())).strip()


def _preset(
    table: Mapping[str, Any],
    tables: Mapping[str, Mapping[str, Any]],
    generic: Mapping[str, str],
    own_words: dict[str, str],
) -> Preset:
    read = {**tables.get(table.get("reads_as", ""), {}), **table}
    words = own_words | {name: names[0] for name, names in read["columns"].items() if names}
    write = table.get("write")
    return Preset(
        id=table["id"],
        title=table["title"],
        system=table.get("reads_as", table["id"]),
        signatures=tuple(map(_signature, table.get("signatures", ()))),
        fields={**generic, **_labels(read)},
        ignored=frozenset(read.get("ignored", ())),
        reading=reading_of(read),
        writing=preset_writing(write, words) if write else None,
        kinds=tuple(map(_kind, read.get("kinds", ()))),
        opted_out_by=frozenset(read.get("opted_out_by", ())),
        has_address_cell=read.get("address_cell", False),
        blank=frozenset(read.get("reading", {}).get("blank", ())),
        is_guarded=table.get("guarded", False),
        whole_names=frozenset(map(fold_label, tables[GENERIC].get("whole_names", ()))),
        last_names=frozenset(map(fold_label, tables[GENERIC].get("last_names", ()))),
    )


def _signature(said: Sequence[str] | Mapping[str, Any]) -> Signature:
    """Return a signature: a list of labels, or a table where more than those is said."""
    if not isinstance(said, Mapping):
        return Signature(frozenset(map(fold_label, said)))
    return Signature(
        frozenset(map(fold_label, said.get("labels", ()))),
        frozenset(said.get("spelled", said.get("whole", ()))),
        "whole" in said,
        {fold_label(label): start for label, start in said.get("begins", {}).items()},
    )


def _kind(table: Mapping[str, Any]) -> FileKind:
    return FileKind(
        frozenset(map(fold_label, table["labels"])),
        frozenset(map(fold_label, table.get("kept", ()))),
        table.get("opted_out", False),
    )


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
