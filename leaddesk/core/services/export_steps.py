# SPDX-License-Identifier: MIT
"""Writes leads to files some leads at a time: each function yields where others may have a turn.

The way of an export, without its beginning and its end (`export_leads`): columns are found by a
first pass over the leads, then the rows are written.
"""

from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from leaddesk.core.errors import KnownError

if TYPE_CHECKING:
    from leaddesk.core.domain.decision import Decision
    from leaddesk.core.formats.csv_writer import LeadColumns, TextSink
    from leaddesk.core.formats.export_rows import ExportedLead, FilledColumns, RowNotes
    from leaddesk.core.formats.presets import Preset
    from leaddesk.core.store.unit_of_work import Unit

    Opened = Callable[[Path], TextSink]

SUPPRESSED = "suppressed"
"""Why a lead is not handed to another system: nobody may contact it."""

_OPTED_OUT = ".unsubscribed"
_SLICE = 1000
"""Leads that are looked at between two turns: some milliseconds."""


class _Nowhere:
    """Takes a text and keeps nothing of it."""

    def write(self, text: str, /) -> int:
        return len(text)


@dataclass(slots=True)
class Written:
    """What is in the files so far.

    Attributes:
        opened: Opens a file to write; as it is at first, nothing is kept of what is written.
        agreed: The one file that may be replaced, for somebody was asked; None: any may.
        rows: Leads.
        files: In their order.
        decisions: Those that go with the leads.
        left_out: Why leads are in none of the files -> how many.
        opted_out: Leads in a file of their own, because they have opted out.
        notes: What the other system will stumble over; None in files of our own.
    """

    opened: "Opened" = lambda _path: _Nowhere()
    agreed: Path | None = None
    rows: int = 0
    files: list[Path] = field(default_factory=list)
    decisions: "list[Decision]" = field(default_factory=list)
    left_out: dict[str, int] = field(default_factory=dict)
    opted_out: int = 0
    notes: "RowNotes | None" = None

    def begin(self, path: Path) -> "TextSink":
        """Begin a file.

        Raises:
            KnownError: it is there, and nobody agreed to lose it.
        """
        if self.agreed not in {None, path} and path.exists():
            raise KnownError(
                f"{path} is there already, and would be replaced.",
                "Choose another name or folder, or move that file away first.",
            )
        self.files.append(path)
        return self.opened(path)


class _Group(NamedTuple):
    """Leads that go to a file of their own."""

    path: Path
    row_ids: Sequence[int]
    is_opted_out: bool


def count_own(unit: "Unit", row_ids: Sequence[int], written: Written) -> Iterator[None]:
    """Count the leads that `write_own` would write; there is nothing else to say before."""
    for some in _slices(row_ids):
        written.rows += unit.exports.count(some)
        yield


def write_own(
    unit: "Unit",
    row_ids: Sequence[int],
    columns: "LeadColumns",
    path: Path,
    written: Written,
) -> Iterator[None]:
    """Write a file of all columns; `columns` says whether it is one for spreadsheets."""
    from dataclasses import replace

    from leaddesk.core.formats.csv_writer import BOM, SplitWriter

    systems: set[str] = set()
    extra: dict[str, None] = {}
    for some in _slices(row_ids):
        systems.update(unit.exports.systems(some))
        extra.update(dict.fromkeys(unit.exports.extra_names(some)))
        yield
    columns = replace(columns, systems=tuple(sorted(systems)), extra=tuple(extra))

    def next_stream() -> "TextSink":
        stream = written.begin(path)
        if columns.signature:
            stream.write(BOM)
        return stream

    file = SplitWriter(next_stream, columns.header)
    for rows in _own_rows(unit, row_ids, columns, written.decisions):
        file.write(rows)
        written.rows += len(rows)
        yield


def write_for(
    unit: "Unit",
    row_ids: Sequence[int],
    preset: "Preset",
    path: Path,
    written: Written,
) -> Iterator[None]:
    """Write the files of another system.

    Nobody who has opted out gets into a file the system would take for one of subscribers.
    """
    from leaddesk.core.formats.csv_writer import SplitWriter
    from leaddesk.core.formats.export_rows import RowNotes, preset_rows

    writing = preset.written
    notes = written.notes = RowNotes(writing)
    groups = yield from _groups(unit, row_ids, preset, path, written)
    for group in groups:
        filled = yield from _filled(unit, group.row_ids, preset)
        made = preset_rows(preset, filled, opted_out=group.is_opted_out)
        names = _numbered(group.path)
        file = SplitWriter(
            lambda names=names: written.begin(next(names)),  # type: ignore[misc]  # mypy cannot infer it
            made.header,
            max_rows=writing.max_rows,
            max_bytes=writing.max_bytes,
        )
        for leads in _leads(unit, group.row_ids, preset, written.decisions):
            rows = list(notes.noting(made.header, map(made.row, leads)))
            file.write(rows)
            written.rows += len(rows)
            yield


def _own_rows(
    unit: "Unit", row_ids: Sequence[int], columns: "LeadColumns", left: "list[Decision]"
) -> Iterator[Sequence[Sequence[str]]]:
    """Yield the cells of some leads; `left` takes the decisions that are among them."""
    import json

    guarded = columns.guarded
    if columns.has_plain_rows:
        signed = (columns.signature,) if columns.signature else ()
        for plain in unit.exports.rows(row_ids, columns.columns, guarded):
            yield [row + signed for row in plain] if signed else plain
        return
    wanted = (*columns.columns, "extra", "decided_id")
    for chunk in unit.exports.rows(row_ids, wanted, guarded):
        decisions = unit.decisions.last_of([row[-1] for row in chunk if row[-1]])
        notes = unit.calls.notes([decision.call_id for decision in decisions.values()])
        left += decisions.values()
        rows = []
        for *texts, extra, decided_id in chunk:
            decision = decisions.get(decided_id)
            said = notes.get(decision.call_id, "") if decision else ""
            rows.append(columns.cells(texts, json.loads(extra) if extra else {}, decision, said))
        yield rows


def _groups(
    unit: "Unit", row_ids: Sequence[int], preset: "Preset", path: Path, written: Written
) -> Generator[None, None, list[_Group]]:
    """Return which leads go to which file; `written` takes why some go to none."""
    is_apart = bool(preset.written.opted_out_marker)
    usual: list[int] = []
    opted_out: list[int] = []
    suppressed = 0
    for chunk in unit.exports.rows(row_ids, ("row_id", "suppressed", "opted_out")):
        for row_id, is_suppressed, has_opted_out in chunk:
            if is_suppressed == "true":
                suppressed += 1
            elif is_apart and has_opted_out == "true":
                opted_out.append(int(row_id))
            else:
                usual.append(int(row_id))
        yield
    if suppressed:
        written.left_out[SUPPRESSED] = suppressed
    written.opted_out = len(opted_out)
    groups = [_Group(path, usual, is_opted_out=False)]
    if opted_out:
        apart = path.with_name(f"{path.stem}{_OPTED_OUT}{path.suffix}")
        groups.append(_Group(apart, opted_out, is_opted_out=True))
    # An empty file of subscribers beside them would say that there are none.
    return [group for group in groups if group.row_ids] or groups[:1]


def _filled(
    unit: "Unit", row_ids: Sequence[int], preset: "Preset"
) -> "Generator[None, None, FilledColumns]":
    from leaddesk.core.formats.export_rows import FilledColumns
    from leaddesk.core.formats.presets import EXTERNAL_ID, READABLE_FIELDS

    own_id = f"{EXTERNAL_ID}.{preset.system}"
    found: set[str] = set()
    as_written: set[str] = set()
    extra: dict[str, None] = {}
    for some in _slices(row_ids):
        found |= unit.exports.filled(some, (*READABLE_FIELDS, own_id))
        as_written |= unit.exports.written_fields(some)
        extra.update(dict.fromkeys(unit.exports.extra_names(some)))
        yield
    fields = frozenset(EXTERNAL_ID if name == own_id else name for name in found)
    return FilledColumns(fields, frozenset(as_written), tuple(extra))


def _leads(
    unit: "Unit", row_ids: Sequence[int], preset: "Preset", left: "list[Decision]"
) -> "Iterator[list[ExportedLead]]":
    from leaddesk.core.formats.csv_writer import LEAD_COLUMNS
    from leaddesk.core.formats.export_rows import exported_lead
    from leaddesk.core.formats.presets import EXTERNAL_ID

    more = ("extra", "as_written", f"{EXTERNAL_ID}.{preset.system}", "decided_id")
    for chunk in unit.exports.rows(row_ids, (*LEAD_COLUMNS, *more)):
        decisions = unit.decisions.last_of([row[-1] for row in chunk if row[-1]])
        left += decisions.values()
        yield [exported_lead(LEAD_COLUMNS, row, row[-2], decisions.get(row[-1])) for row in chunk]


def _slices(row_ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(row_ids), _SLICE):
        yield row_ids[start : start + _SLICE]


def _numbered(path: Path) -> Iterator[Path]:
    """Yield the names of the files of an export: leads.csv, leads-2.csv, ..."""
    yield path
    for number in count(2):
        yield path.with_name(f"{path.stem}-{number}{path.suffix}")
