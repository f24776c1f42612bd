# SPDX-License-Identifier: MIT
"""Write leads to CSV, our own or that of another system: the files appear whole or not at all."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from leaddesk.core.domain.events import Event, EventKind
from leaddesk.core.domain.lead_query import LeadQuery, View
from leaddesk.core.domain.verdict import Verdict
from leaddesk.core.errors import KnownError
from leaddesk.core.services.changes import Changes
from leaddesk.core.services.lead_list import find_in
from leaddesk.core.services.whole_file import whole_file, whole_files

if TYPE_CHECKING:
    from leaddesk.core.domain.decision import Decision
    from leaddesk.core.formats.csv_writer import LeadColumns, TextSink
    from leaddesk.core.formats.export_rows import ExportedLead, FilledColumns, RowNotes
    from leaddesk.core.formats.presets import Preset
    from leaddesk.core.services.workspace import Workspace
    from leaddesk.core.store.unit_of_work import Unit

ALL_COLUMNS = "leaddesk"
"""The preset that has all columns: our own files."""

SUPPRESSED = "suppressed"
"""Why a lead is not handed to another system: nobody may contact it."""

_SPREADSHEET = ".spreadsheet"
_OPTED_OUT = ".unsubscribed"


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """Which leads are written, and how.

    Attributes:
        preset: Id of the system the file is for.
        decision: Only leads whose last decision is this one.
        view: Only leads of this list, where no decision is named.
        search: Only leads in which all these words occur.
        row_ids: These leads in this order, in place of what the three above find.
        spreadsheet_safe: A file that a spreadsheet can show and store without changing a cell;
            it has ".spreadsheet" in its name. Only for `ALL_COLUMNS`.
    """

    preset: str = ALL_COLUMNS
    decision: Verdict | None = None
    view: View = View.ALL
    search: str = ""
    row_ids: Sequence[int] | None = None
    spreadsheet_safe: bool = False


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What was written where.

    Attributes:
        rows: Leads in all files together.
        files: In their order; the limits of a system can ask for several.
        left_out: Why leads are in none of them -> how many.
    """

    rows: int
    files: tuple[Path, ...]
    left_out: Mapping[str, int] = field(default_factory=dict)

    @property
    def file(self) -> Path:
        """The first of the files."""
        return self.files[0]


@dataclass(frozen=True, slots=True)
class ExportCheck:
    """What an export would do, said before anything is written.

    Attributes:
        rows, files, left_out: As in `ExportReport`.
        unknown: Label of a column -> value its list does not have in the system as it is
            delivered -> number of leads.
        missing: Label of a column the system insists on -> number of leads without a value.
    """

    rows: int
    files: tuple[Path, ...]
    left_out: Mapping[str, int]
    unknown: Mapping[str, Mapping[str, int]]
    missing: Mapping[str, int]


class _Group(NamedTuple):
    """Leads that go to a file of their own."""

    path: Path
    row_ids: Sequence[int]
    is_opted_out: bool


@dataclass(slots=True)
class _Written:
    """What is in the files of another system; `decisions` go with them."""

    notes: "RowNotes"
    files: list[Path] = field(default_factory=list)
    rows: int = 0
    decisions: "list[Decision]" = field(default_factory=list)


def export(
    work: "Workspace", path: Path, options: ExportOptions = ExportOptions()
) -> tuple[ExportReport, Changes]:
    """Write leads to `path`, those to call first at the top, replacing a file of that name.

    In files of our own the last decision stands beside a lead that has one; other systems get
    what their preset makes of it. Leads whom nobody may contact go to no other system.

    Args:
        work: Where the leads are.
        path: A CSV file; its folder is there. More files get "-2", "-3", ... behind its name.
        options: Which leads, and for whom.

    Raises:
        KnownError: there is no such preset, or it is for reading only; the folder is gone, cannot
            be written or is full, and older files of these names are then as they were.
    """
    left: list[Decision] = []
    with work.store.read() as unit:
        if options.preset == ALL_COLUMNS:
            report = _export_all_columns(work, unit, path, options, left)
        else:
            preset = _preset(work, options)
            groups, left_out = _groups(unit, path, _row_ids(unit, options), preset)
            with whole_files() as opened:
                written = _write_groups(unit, preset, groups, opened)
            left = written.decisions
            report = ExportReport(written.rows, tuple(written.files), left_out)
    _note_departures(work, left, path.name)
    return report, Changes()


def export_check(work: "Workspace", path: Path, options: ExportOptions) -> ExportCheck:
    """Return what `export` would do; nothing is written.

    Raises:
        KnownError: there is no such preset, or it is for reading only.
    """
    with work.store.read() as unit:
        if options.preset == ALL_COLUMNS:
            rows = unit.exports.count(_row_ids(unit, options))
            return ExportCheck(rows, (_own_path(path, options),), {}, {}, {})
        preset = _preset(work, options)
        groups, left_out = _groups(unit, path, _row_ids(unit, options), preset)
        written = _write_groups(unit, preset, groups, lambda _: _Nowhere())
    notes = written.notes
    return ExportCheck(written.rows, tuple(written.files), left_out, notes.unknown, notes.missing)


def written_presets(work: "Workspace") -> dict[str, str]:
    """Return id -> title of the systems leads can be written for."""
    presets = _presets(work)
    titles = {p.id: p.title for p in presets if p.writing is not None}
    return {ALL_COLUMNS: "All columns", **titles}


def _export_all_columns(
    work: "Workspace", unit: "Unit", path: Path, options: ExportOptions, left: "list[Decision]"
) -> ExportReport:
    from leaddesk.core.formats.csv_writer import LeadColumns, write_csv

    row_ids = _row_ids(unit, options)
    columns = LeadColumns(
        systems=unit.exports.systems(row_ids),
        extra=unit.exports.extra_names(row_ids),
        has_decisions=options.decision is not None or unit.leads.any_decided(row_ids),
        signature=work.ids.new("X") if options.spreadsheet_safe else "",
    )
    path = _own_path(path, options)
    with whole_file(path) as stream:
        rows = _own_rows(unit, row_ids, columns, left)
        number = write_csv(stream, columns.header, rows, has_mark=options.spreadsheet_safe)
    return ExportReport(number, (path,))


def _own_rows(
    unit: "Unit", row_ids: Sequence[int], columns: "LeadColumns", left: "list[Decision]"
) -> Iterator[Sequence[str]]:
    """Yield the cells of each lead; `left` takes the decisions that are among them."""
    import json

    guarded = columns.guarded
    if columns.has_plain_rows:
        signed = (columns.signature,) if columns.signature else ()
        for plain in unit.exports.rows(row_ids, columns.columns, guarded):
            yield from (row + signed for row in plain) if signed else plain
        return
    wanted = (*columns.columns, "extra", "decided_id")
    for chunk in unit.exports.rows(row_ids, wanted, guarded):
        decisions = unit.decisions.last_of([row[-1] for row in chunk if row[-1]])
        notes = unit.calls.notes([decision.call_id for decision in decisions.values()])
        left += decisions.values()
        for *texts, extra, decided_id in chunk:
            decision = decisions.get(decided_id)
            said = notes.get(decision.call_id, "") if decision else ""
            yield columns.cells(texts, json.loads(extra) if extra else {}, decision, said)


def _write_groups(
    unit: "Unit",
    preset: "Preset",
    groups: Sequence[_Group],
    opened: "Callable[[Path], TextSink]",
) -> _Written:
    """Write the files of another system, and return what is in them."""
    from leaddesk.core.formats.csv_writer import write_split
    from leaddesk.core.formats.export_rows import RowNotes, preset_rows

    writing = preset.written
    written = _Written(RowNotes(writing))
    for group in groups:
        filled = _filled(unit, group.row_ids, preset)
        rows = preset_rows(preset, filled, opted_out=group.is_opted_out)
        leads = _leads(unit, group.row_ids, preset, written.decisions)
        names = _numbered(group.path)

        def next_stream(names: Iterator[Path] = names) -> "TextSink":
            written.files.append(next(names))
            return opened(written.files[-1])

        written.rows += write_split(
            next_stream,
            rows.header,
            written.notes.noting(rows.header, map(rows.row, leads)),
            max_rows=writing.max_rows,
            max_bytes=writing.max_bytes,
        )
    return written


def _groups(
    unit: "Unit", path: Path, row_ids: Sequence[int], preset: "Preset"
) -> tuple[list[_Group], dict[str, int]]:
    """Return which leads go to which file, and why some go to none.

    Nobody who has opted out gets into a file the system would take for one of subscribers.
    """
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
    groups = [_Group(path, usual, is_opted_out=False)]
    if opted_out:
        apart = path.with_name(f"{path.stem}{_OPTED_OUT}{path.suffix}")
        groups.append(_Group(apart, opted_out, is_opted_out=True))
    # An empty file of subscribers beside them would say that there are none.
    groups = [group for group in groups if group.row_ids] or groups[:1]
    return groups, {SUPPRESSED: suppressed} if suppressed else {}


def _filled(unit: "Unit", row_ids: Sequence[int], preset: "Preset") -> "FilledColumns":
    from leaddesk.core.formats.export_rows import FilledColumns
    from leaddesk.core.formats.presets import EXTERNAL_ID, READABLE_FIELDS

    own_id = f"{EXTERNAL_ID}.{preset.system}"
    found = unit.exports.filled(row_ids, (*READABLE_FIELDS, own_id))
    return FilledColumns(
        frozenset(EXTERNAL_ID if name == own_id else name for name in found),
        unit.exports.written_fields(row_ids),
        unit.exports.extra_names(row_ids),
    )


def _leads(
    unit: "Unit", row_ids: Sequence[int], preset: "Preset", left: "list[Decision]"
) -> "Iterator[ExportedLead]":
    from leaddesk.core.formats.csv_writer import LEAD_COLUMNS
    from leaddesk.core.formats.export_rows import exported_lead
    from leaddesk.core.formats.presets import EXTERNAL_ID

    more = ("extra", "as_written", f"{EXTERNAL_ID}.{preset.system}", "decided_id")
    for chunk in unit.exports.rows(row_ids, (*LEAD_COLUMNS, *more)):
        decisions = unit.decisions.last_of([row[-1] for row in chunk if row[-1]])
        left += decisions.values()
        for row in chunk:
            yield exported_lead(LEAD_COLUMNS, row, row[-2], decisions.get(row[-1]))


def _row_ids(unit: "Unit", options: ExportOptions) -> Sequence[int]:
    if options.row_ids is not None:
        return options.row_ids
    view = View(options.decision) if options.decision else options.view
    return find_in(unit, LeadQuery(view, options.search))


def _presets(work: "Workspace") -> "tuple[Preset, ...]":
    from leaddesk.core.formats.presets import load_presets

    return load_presets(work.texts("presets", ".toml").values())


def _preset(work: "Workspace", options: ExportOptions) -> "Preset":
    if options.spreadsheet_safe:
        raise KnownError(
            "A file for another system is never made safe for spreadsheets, for it would no"
            " longer be what that system reads.",
            "Leave out the preset, or the protection.",
        )
    known = {preset.id: preset for preset in _presets(work) if preset.writing is not None}
    if options.preset not in known:
        allowed = ", ".join([ALL_COLUMNS, *sorted(known)])
        raise KnownError(f"Leads cannot be written for {options.preset!r}.", f"Allowed: {allowed}.")
    return known[options.preset]


def _own_path(path: Path, options: ExportOptions) -> Path:
    """Return the name of a file of all columns; one for spreadsheets says so."""
    if not options.spreadsheet_safe or _SPREADSHEET in path.suffixes:
        return path
    return path.with_name(f"{path.stem}{_SPREADSHEET}{path.suffix}")


def _numbered(path: Path) -> Iterator[Path]:
    """Yield the names of the files of an export: leads.csv, leads-2.csv, ..."""
    yield path
    for number in count(2):
        yield path.with_name(f"{path.stem}-{number}{path.suffix}")


class _Nowhere:
    """Takes a text and keeps nothing of it."""

    def write(self, text: str, /) -> int:
        return len(text)


def _note_departures(work: "Workspace", left: "Sequence[Decision]", file_name: str) -> None:
    """Write down which decisions have left the house: they are not undone any more."""
    if not left:
        return
    now = work.clock()
    with work.writing() as store, store.begin() as unit:
        gone = unit.events.decisions_with(EventKind.EXPORTED)
        unit.events.add(
            Event(
                work.ids.new("E"),
                decision.lead_id,
                now,
                EventKind.EXPORTED,
                work.rep.name,
                decision.call_id,
                {"decision": decision.decision_id, "file": file_name},
            )
            for decision in left
            if decision.decision_id not in gone
        )
