# SPDX-License-Identifier: MIT
"""Bring a CSV into the profile: look at it first, then take in all of it or nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from leaddesk.core.domain.merge import ByField, OnMatch
from leaddesk.core.domain.rows import RowProblem
from leaddesk.core.errors import KnownError
from leaddesk.core.services.import_plan import Counts, Progress, no_collecting, plan
from leaddesk.core.services.import_staging import AUTO, Checks, opened, stage_file

if TYPE_CHECKING:
    from leaddesk.core.services.workspace import Workspace

FIRST_PROBLEMS = 100
"""Problems kept for people to look at; all of them go to the file of rejected rows."""


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How a file is read and what happens with leads that are there already.

    Attributes:
        preset: Id of a preset, or "auto": recognised by the header.
        country: ISO 3166 alpha-2 of phone numbers without a country code; empty: not known.
        encoding, delimiter: Empty: recognised.
        mapping: Column -> field, of columns that go elsewhere than the preset says.
        by_field: Field -> what a row does to it, where that is not what `on_match` says.
    """

    preset: str = AUTO
    on_match: OnMatch = OnMatch.FILL
    country: str = ""
    encoding: str = ""
    delimiter: str = ""
    mapping: Mapping[str, str] = field(default_factory=dict)
    by_field: Mapping[str, OnMatch] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ImportSource:
    """What the file turned out to be."""

    encoding: str
    delimiter: str
    preset: str
    header_line: int


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """What an import of a file would do, for `run`; `discard` it if it is not wanted.

    Attributes:
        columns: (column, field) in the order of the file; field empty: kept as it came.
        header: The labels of the columns, as they stand in the file.
        first_rows: Cells of the first rows that can be read, as they stand in the file.
        checks: What all cells of each column are; None: they are kept as they came, or left out.
        problems: The first rows that cannot be used.
        outline: A number that differs once other rows are new or other leads change.
        stage: The staging file with all of it.
        seen: State of the profile and of the file it was made from.
    """

    path: Path
    options: ImportOptions
    source: ImportSource
    columns: tuple[tuple[str, str], ...]
    header: tuple[str, ...]
    first_rows: tuple[tuple[str, ...], ...]
    checks: Checks
    counts: Counts
    problems: tuple[RowProblem, ...]
    outline: int
    stage: Path
    seen: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did: `rows` is the sum of imported, updated, skipped and rejected.

    Attributes:
        duplicates: How many of the imported may be a lead that was there already.
        batch: Id of the import; empty: nothing was done yet.
        rejects_file: The rows that were not taken, with their reasons; None: all were taken.
        columns: As in `ImportPreview`.
        held: Of the imported and updated, those with a suppressed number or address.
    """

    rows: int
    imported: int
    updated: int
    skipped: int
    rejected: int
    duplicates: int
    batch: str
    rejects_file: Path | None
    source: ImportSource
    columns: tuple[tuple[str, str], ...]
    held: int = 0


def preview(
    work: "Workspace",
    path: Path,
    options: ImportOptions = ImportOptions(),
    go_on: Progress = lambda _rows, _all: True,
) -> ImportPreview:
    """Return what importing a file would do; nothing is changed.

    Args:
        work: Where the leads are.
        path: The file.
        options: How it is read.
        go_on: Called with the number of rows read so far, and about how many there are.

    Raises:
        KnownError: the file cannot be read as a CSV, in words.
        StoppedError: `go_on` said so.
    """
    stage = _stage_path(work)
    try:
        with no_collecting():
            return _preview(work, path, options, stage, go_on)
    except BaseException:
        stage.unlink(missing_ok=True)
        raise


def made_elsewhere(preview: ImportPreview, seen: tuple[int, ...]) -> ImportPreview:
    """Return a preview of another process, of what this one had seen when it began."""
    return replace(preview, seen=seen)


def discard(preview: ImportPreview) -> None:
    """Throw away what a preview holds on disk."""
    preview.stage.unlink(missing_ok=True)


def report_of(preview: ImportPreview) -> ImportReport:
    """Return the report of an import that would do what a preview says."""
    counts = preview.counts
    return ImportReport(
        rows=counts.rows,
        imported=counts.imported,
        updated=counts.updated,
        skipped=counts.skipped,
        rejected=counts.rejected,
        duplicates=counts.duplicates,
        batch="",
        rejects_file=None,
        source=preview.source,
        columns=preview.columns,
    )


def report_to_json(report: ImportReport) -> dict[str, object]:
    """Return a report as `import --json` prints it."""
    return asdict(report) | {
        "rejects_file": str(report.rejects_file) if report.rejects_file else None,
        "columns": [{"column": column, "field": field} for column, field in report.columns],
    }


def report_in_words(report: ImportReport, *, dry_run: bool = False) -> str:
    """Return a report for people, a line a fact."""
    counts = (
        f"{report.imported:,} new",
        f"{report.updated:,} updated",
        f"{report.skipped:,} there already",
        f"{report.rejected:,} not usable",
    )
    rows = "row" if report.rows == 1 else "rows"
    lines = [f"{report.rows:,} {rows}: {', '.join(counts)}"]
    if report.duplicates:
        lines.append(f"{report.duplicates:,} of the new ones may be a lead that is there already")
    if report.held:
        lines.append(f"{report.held:,} came in but are never called: number or address suppressed")
    if report.rejects_file is not None:
        lines.append(f"The rows that were not taken, with reasons: {report.rejects_file}")
    if dry_run:
        lines.append("Nothing was changed.")
    return "\n".join(lines)


def _policies(options: ImportOptions, columns: Sequence[tuple[str, str]]) -> ByField:
    """Return what a row does to single fields; parts of a name follow the name they come from."""
    from leaddesk.core.formats.lead_rows import NAME_PARTS, are_names_split

    policy = options.by_field.get("full_name")
    if policy is None or not are_names_split(field for _, field in columns):
        return options.by_field
    return {**dict.fromkeys(NAME_PARTS, policy), **options.by_field}


def _preview(
    work: "Workspace", path: Path, options: ImportOptions, stage_path: Path, go_on: Progress
) -> ImportPreview:
    with opened(path):
        seen = state_seen(work, path)
    stage, maker, read = stage_file(work, path, options, stage_path, go_on)
    try:
        counts = plan(stage, maker, options.on_match, _policies(options, read.columns))
        problems = tuple(stage.problems(FIRST_PROBLEMS))
        outline = stage.outline()
    finally:
        stage.close()
    return ImportPreview(
        path,
        options,
        ImportSource(read.encoding, read.delimiter, read.preset, read.header_line),
        read.columns,
        read.header,
        read.first_rows,
        read.checks,
        counts,
        problems,
        outline,
        stage_path,
        seen,
    )


def state_seen(work: "Workspace", path: Path) -> tuple[int, ...]:
    """Return what a preview of a file depends on, as numbers: other ones, another preview."""
    found = path.stat()
    with work.store.read() as unit:
        return (*unit.change_mark(), found.st_size, found.st_mtime_ns)


def is_true(work: "Workspace", preview: ImportPreview) -> bool:
    """Return whether nothing changed since that a preview depends on.

    Raises:
        KnownError: the file cannot be read any more, in words.
    """
    with opened(preview.path):
        return state_seen(work, preview.path) == preview.seen and preview.stage.is_file()


def still_true(work: "Workspace", preview: ImportPreview) -> ImportPreview:
    """Return the preview, made anew where anything changed since; it must say the same."""
    if is_true(work, preview):
        return preview
    before = _outline(preview)
    fresh = _preview(work, preview.path, preview.options, preview.stage, lambda _rows, _all: True)
    if _outline(fresh) != before:
        discard(fresh)
        raise KnownError(
            "The file or the leads changed since this was looked at, so nothing was imported.",
            "Look at it again, then import it.",
        )
    return fresh


def _outline(preview: ImportPreview) -> tuple[object, ...]:
    return preview.source, preview.columns, preview.counts, preview.outline


def _stage_path(work: "Workspace") -> Path:
    return work.scratch / f"import-{work.ids.new('B')}.stage"
