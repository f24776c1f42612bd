# SPDX-License-Identifier: MIT
"""Write leads to CSV, our own or that of another system: the files appear whole or not at all."""

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar, cast

from leaddesk.core.domain.events import Event, EventKind
from leaddesk.core.domain.lead_query import LeadQuery, View
from leaddesk.core.domain.verdict import Verdict
from leaddesk.core.errors import KnownError
from leaddesk.core.services.changes import Changes
from leaddesk.core.services.export_steps import Written, count_own, write_for, write_own
from leaddesk.core.services.lead_list import find_in
from leaddesk.core.services.whole_file import whole_files

if TYPE_CHECKING:
    from typing import TypeAlias

    from leaddesk.core.domain.decision import Decision
    from leaddesk.core.formats.presets import Preset
    from leaddesk.core.services.workspace import Workspace
    from leaddesk.core.store.engine import Store
    from leaddesk.core.store.unit_of_work import Unit

T = TypeVar("T")

if TYPE_CHECKING:
    Way: TypeAlias = Callable[
        ["Workspace", "Store", Path, "ExportOptions", Written], Generator[None, None, T]
    ]

ALL_COLUMNS = "leaddesk"
"""The preset that has all columns: our own files."""

_SPREADSHEET = ".spreadsheet"


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
        opted_out: Leads in a file of their own, because they have opted out.
    """

    rows: int
    files: tuple[Path, ...]
    left_out: Mapping[str, int] = field(default_factory=dict)
    unknown: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    missing: Mapping[str, int] = field(default_factory=dict)
    opted_out: int = 0


class Run(Generic[T]):
    """An export or its check, some leads at a time; between two steps other work may be done.

    All of it sees the leads as they were at the first step.

    Attributes:
        result: None before the last step.
    """

    def __init__(self, steps: "Generator[None, None, T]", written: Written) -> None:
        self.result: T | None = None
        self._steps = steps
        self._written = written

    @property
    def done(self) -> int:
        """How many leads were dealt with."""
        return self._written.rows

    def step(self) -> bool:
        """Go on with some more leads; return whether that was all.

        Raises:
            KnownError: as of `export`; there is nothing to give up then.
        """
        try:
            next(self._steps)
        except StopIteration as end:
            self.result = end.value
            return True
        return False

    def give_up(self) -> None:
        """Leave it: nothing new is there, and older files of these names are as they were."""
        self._steps.close()


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
            be written or is full, or it cannot be noted which decisions left. No file is new then,
            and older files of these names are as they were.
    """
    return _at_once(_exporting(work, work.store, path, options, Written())), Changes()


def export_check(work: "Workspace", path: Path, options: ExportOptions) -> ExportCheck:
    """Return what `export` would do; nothing is written.

    Raises:
        KnownError: there is no such preset, or it is for reading only.
    """
    return _at_once(_checking(work, work.store, path, options, Written()))


def start_export(work: "Workspace", path: Path, options: ExportOptions) -> Run[ExportReport]:
    """Return what does the same as `export` in steps, except that it replaces no file but `path`.

    Nothing is written before the first step.
    """
    written = Written(agreed=path)
    return Run(_beside(work, _exporting, path, options, written), written)


def start_check(work: "Workspace", path: Path, options: ExportOptions) -> Run[ExportCheck]:
    """Return what does the same as `export_check` in steps."""
    written = Written()
    return Run(_beside(work, _checking, path, options, written), written)


def written_presets(work: "Workspace") -> dict[str, str]:
    """Return id -> title of the systems leads can be written for."""
    presets = _presets(work)
    titles = {p.id: p.title for p in presets if p.writing is not None}
    return {ALL_COLUMNS: "All columns", **titles}


def _exporting(
    work: "Workspace", store: "Store", path: Path, options: ExportOptions, written: Written
) -> "Generator[None, None, ExportReport]":
    def note() -> None:
        _note_departures(work, written.decisions, path.name)

    with whole_files(note) as written.opened:
        yield from _writing(work, store, path, options, written)
    return ExportReport(written.rows, tuple(written.files), written.left_out)


def _checking(
    work: "Workspace", store: "Store", path: Path, options: ExportOptions, written: Written
) -> "Generator[None, None, ExportCheck]":
    if options.preset == ALL_COLUMNS:
        with store.read() as unit:
            yield from count_own(unit, _row_ids(unit, options), written)
        return ExportCheck(written.rows, (own_path(path, options),))
    yield from _writing(work, store, path, options, written)
    notes = written.notes
    return ExportCheck(
        written.rows,
        tuple(written.files),
        written.left_out,
        notes.unknown if notes else {},
        notes.missing if notes else {},
        written.opted_out,
    )


def _writing(
    work: "Workspace", store: "Store", path: Path, options: ExportOptions, written: Written
) -> Iterator[None]:
    from leaddesk.core.formats.csv_writer import LeadColumns

    with store.read() as unit:
        if options.preset != ALL_COLUMNS:
            preset = _preset(work, options)
            yield from write_for(unit, _row_ids(unit, options), preset, path, written)
            return
        row_ids = _row_ids(unit, options)
        columns = LeadColumns(
            has_decisions=options.decision is not None or unit.leads.any_decided(row_ids),
            signature=work.ids.new("X") if options.spreadsheet_safe else "",
        )
        yield from write_own(unit, row_ids, columns, own_path(path, options), written)


def _beside(
    work: "Workspace",
    way: "Way[T]",
    path: Path,
    options: ExportOptions,
    written: Written,
) -> "Generator[None, None, T]":
    """Read in a store of its own, so that others may write between two steps."""
    with work.reading() as store:
        return (yield from way(work, store, path, options, written))


def _at_once(steps: "Generator[None, None, T]") -> T:
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return cast("T", end.value)


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


def own_path(path: Path, options: ExportOptions) -> Path:
    """Return the name of a file of all columns; one for spreadsheets says so."""
    if not options.spreadsheet_safe or _SPREADSHEET in path.suffixes:
        return path
    return path.with_name(f"{path.stem}{_SPREADSHEET}{path.suffix}")


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
