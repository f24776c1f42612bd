# SPDX-License-Identifier: MIT
"""Bring a CSV into the profile: look at it first, then take in all of it or nothing."""

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from leaddesk.core.domain.grading import grade_lead
from leaddesk.core.domain.lead import Lead
from leaddesk.core.domain.merge import ImportPlan, OnMatch, plan_import
from leaddesk.core.domain.rows import LeadRow, RowProblem
from leaddesk.core.errors import KnownError
from leaddesk.core.services import playbooks
from leaddesk.core.services.changes import Changes
from leaddesk.core.services.whole_file import whole_file

if TYPE_CHECKING:
    from leaddesk.core.formats.csv_reader import CsvRow
    from leaddesk.core.formats.presets import Preset
    from leaddesk.core.services.workspace import Workspace
    from leaddesk.core.store.imports import ImportBatch
    from leaddesk.core.store.unit_of_work import Unit

AUTO = "auto"

FIRST_ROWS = 40
"""Rows kept for people to look at; enough to find some values in a sparse column."""

_LONGEST_NAME = 255
"""Bytes of a file name; no file system of today has more."""


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How a file is read and what happens with leads that are there already.

    Attributes:
        preset: Id of a preset, or "auto": recognised by the header.
        country: ISO 3166 alpha-2 of phone numbers without a country code; empty: not known.
        encoding, delimiter: Empty: recognised.
    """

    preset: str = AUTO
    on_match: OnMatch = OnMatch.FILL
    country: str = ""
    encoding: str = ""
    delimiter: str = ""


@dataclass(frozen=True, slots=True)
class ImportSource:
    """What the file turned out to be."""

    encoding: str
    delimiter: str
    preset: str
    header_line: int


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """What an import of a file would do, for `run`.

    Attributes:
        columns: (column, field) in the order of the file; field empty: kept as it came.
        header: The labels of the columns, as they stand in the file.
        first_rows: Cells of the first rows that can be read, as they stand in the file.
        seen: State of the profile and of the file it was made from.
    """

    path: Path
    options: ImportOptions
    source: ImportSource
    columns: tuple[tuple[str, str], ...]
    header: tuple[str, ...]
    first_rows: tuple[tuple[str, ...], ...]
    plan: ImportPlan
    seen: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did: `rows` is the sum of imported, updated, skipped and rejected.

    Attributes:
        duplicates: How many of the imported may be a lead that was there already.
        batch: Id of the import; empty: nothing was done yet.
        rejects_file: The rows that were not taken, with their reasons; None: all were taken.
        columns: As in `ImportPreview`.
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


def preview(
    work: "Workspace", path: Path, options: ImportOptions = ImportOptions()
) -> ImportPreview:
    """Return what importing a file would do; nothing is changed.

    Raises:
        KnownError: the file cannot be read as a CSV, in words.
    """
    with work.store.read() as unit:
        return _preview(work, unit, path, options)


def run(work: "Workspace", preview: ImportPreview) -> tuple[ImportReport, Changes]:
    """Do what the preview says, in one transaction.

    Rows that cannot be used go to a file beside the input, or where that folder cannot be
    written, to the profile's.

    Raises:
        KnownError: the file or the leads changed since, so that something else would happen; the
            disk is full. Nothing was changed then.
    """
    batch_id = work.ids.new("B")
    rejects_file = None
    try:
        with work.store.begin() as unit:
            preview = _still_true(work, unit, preview)
            rejects_file = write_rejects_beside(
                work, preview.path, preview.header, preview.plan.problems
            )
            report = replace(report_of(preview), batch=batch_id, rejects_file=rejects_file)
            _store(work, unit, preview, report)
    except BaseException:
        if rejects_file is not None:
            rejects_file.unlink(missing_ok=True)
        raise
    changed = bool(report.imported or report.updated)
    return report, Changes(imports=frozenset({batch_id}), whole_list=changed)


def report_of(preview: ImportPreview) -> ImportReport:
    """Return the report of an import that would do what a preview says."""
    plan = preview.plan
    return ImportReport(
        rows=plan.row_count,
        imported=len(plan.new),
        updated=plan.updated_count,
        skipped=plan.same_count,
        rejected=len(plan.problems),
        duplicates=len(plan.possible_duplicates),
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
    lines = [f"{report.rows:,} rows: {', '.join(counts)}"]
    if report.duplicates:
        lines.append(f"{report.duplicates:,} of the new ones may be a lead that is there already")
    if report.rejects_file is not None:
        lines.append(f"The rows that were not taken, with reasons: {report.rejects_file}")
    if dry_run:
        lines.append("Nothing was changed.")
    return "\n".join(lines)


def history(work: "Workspace") -> "list[ImportBatch]":
    """Return all imports that were done, the latest first."""
    with work.store.read() as unit:
        return unit.imports.all()


def _preview(work: "Workspace", unit: "Unit", path: Path, options: ImportOptions) -> ImportPreview:
    from leaddesk.core.formats.country_names import country_code
    from leaddesk.core.formats.csv_reader import open_csv
    from leaddesk.core.formats.lead_rows import read_leads
    from leaddesk.core.formats.presets import map_columns

    country = country_code(options.country)
    if options.country and not country:
        raise KnownError(f"There is no country {options.country!r}.", 'Use two letters like "DE".')
    with opened(path) as stream:
        seen = _seen(unit, path)
        source = open_csv(stream, encoding=options.encoding, delimiter=options.delimiter)
        preset = _preset(work, source.header, options.preset)
        columns = map_columns(source.header, preset)
        first_rows: list[tuple[str, ...]] = []
        seen_rows = _remembering(source.rows(), first_rows)
        rows = read_leads(seen_rows, columns, system=preset.system, country=country, preset=preset)
        plan = plan_import(rows, unit.leads, options.on_match)
    dialect = source.dialect
    return ImportPreview(
        path,
        options,
        ImportSource(dialect.encoding, dialect.delimiter, preset.id, dialect.header_line),
        tuple((column.column, column.field) for column in columns),
        source.header,
        tuple(first_rows),
        plan,
        seen,
    )


def _remembering(
    rows: "Iterable[CsvRow | RowProblem]", first_rows: list[tuple[str, ...]]
) -> "Iterator[CsvRow | RowProblem]":
    """Yield the rows, keeping the cells of the first ones for people to look at."""
    for row in rows:
        if len(first_rows) < FIRST_ROWS and not isinstance(row, RowProblem):
            first_rows.append(row.cells)
        yield row


def _preset(work: "Workspace", header: Sequence[str], wanted: str) -> "Preset":
    from leaddesk.core.formats.presets import load_presets, recognise

    presets = load_presets(work.texts("presets", ".toml").values())
    if wanted == AUTO:
        return recognise(header, presets)
    for preset in presets:
        if preset.id == wanted:
            return preset.for_header(header)
    known = ", ".join([AUTO, *(preset.id for preset in presets)])
    raise KnownError(f"There is no preset {wanted!r}.", f"Allowed: {known}.")


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """Yield a file to be read.

    Raises:
        KnownError: it cannot be read, in words.
    """
    try:
        # A pipe would be waited for, and what comes out of it cannot be read twice.
        if path.exists() and not path.is_file():
            raise KnownError(f"{path} is no file.", "Choose a CSV file with a header and leads.")
        with path.open("rb") as stream:
            yield stream
    except OSError as error:
        raise KnownError(
            f"{path} cannot be read: {error.strerror}.",
            "Check the name and who may read it, then try again.",
        ) from error


def _seen(unit: "Unit", path: Path) -> tuple[int, ...]:
    found = path.stat()
    return (*unit.change_mark(), found.st_size, found.st_mtime_ns)


def _still_true(work: "Workspace", unit: "Unit", preview: ImportPreview) -> ImportPreview:
    """Return the preview, made anew where anything changed since; it must say the same."""
    with opened(preview.path):
        if _seen(unit, preview.path) == preview.seen:
            return preview
    fresh = _preview(work, unit, preview.path, preview.options)
    if _outline(fresh) != _outline(preview):
        raise KnownError(
            "The file or the leads changed since this was looked at, so nothing was imported.",
            "Look at it again, then import it.",
        )
    return fresh


def _outline(preview: ImportPreview) -> tuple[object, ...]:
    plan = preview.plan
    return (
        [row.line for row in plan.new],
        [(update.line, update.before.lead_id) for update in plan.updates],
        report_of(preview),
    )


def _store(work: "Workspace", unit: "Unit", preview: ImportPreview, report: ImportReport) -> None:
    from leaddesk.core.store.imports import ImportBatch

    source = preview.source
    unit.imports.add(
        ImportBatch(
            report.batch,
            work.clock(),
            os.fsencode(preview.path.name).decode(errors="replace"),
            source.encoding,
            source.delimiter,
            source.preset,
            source.header_line,
            report.rows,
            report.imported,
            report.updated,
            report.skipped,
            report.rejected,
        )
    )
    unit.leads.add(_new_leads(work, unit, preview.plan.new), report.batch)
    unit.leads.replace(_graded(work, (update.after for update in preview.plan.updates)))


def _new_leads(work: "Workspace", unit: "Unit", new: Sequence[LeadRow]) -> Iterator[Lead]:
    """Yield the leads of new rows, graded, each with an id that nobody has."""
    ids = [
        str(row.values.get("lead_id") or work.ids.lead(str(row.values.get("email", ""))))
        for row in new
    ]
    taken = unit.leads.taken_ids(ids)
    now = work.clock()
    made = []
    for lead_id, row in zip(ids, new, strict=True):
        # An address that was another lead's when that one was made, or twice in the file.
        own_id = work.ids.new("L") if lead_id in taken else lead_id
        taken.add(own_id)
        values = {"created_at": now, **row.values, "lead_id": own_id}
        made.append(Lead(**values))  # type: ignore[arg-type]  # LeadRow.values promises the types
    return _graded(work, made)


def _graded(work: "Workspace", leads: "Iterator[Lead] | list[Lead]") -> Iterator[Lead]:
    playbook = playbooks.active(work)
    for lead in leads:
        grade = grade_lead(playbook, lead, lead.engagement)
        yield replace(
            lead,
            grade=grade.text,
            fit=grade.fit,
            engagement=grade.engagement,
            priority=grade.priority,
        )


def write_rejects_beside(
    work: "Workspace", path: Path, header: Sequence[str], problems: Sequence[RowProblem]
) -> Path | None:
    """Write rows that cannot be used beside the file they came from, else into the profile.

    Return where they are; None without any.
    """
    if not problems:
        return None
    name = _rejects_name(path.stem)
    try:
        return _write_rejects_to(path.parent / name, header, problems)
    except KnownError:
        return _write_rejects_to(work.profile / name, header, problems)


def _rejects_name(stem: str) -> str:
    ending = ".rejected.csv"
    while len(os.fsencode(stem + ending)) > _LONGEST_NAME:
        stem = stem[:-1]
    return stem + ending


def _write_rejects_to(path: Path, header: Sequence[str], problems: Sequence[RowProblem]) -> Path:
    from leaddesk.core.formats.csv_writer import write_rejects

    with whole_file(path) as stream:
        write_rejects(stream, header, problems)
    return path
