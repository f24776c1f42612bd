# SPDX-License-Identifier: MIT
"""Puts a file of leads into a staging file: a large one in two processes at once.

Reading a file is quick, making leads of it takes ten times as long. So both processes read all of
it, each makes leads of every other thousand rows, and nothing is handed to and fro.
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from leaddesk.core.domain.rows import RowProblem
from leaddesk.core.errors import BugError, KnownError
from leaddesk.core.services import playbooks
from leaddesk.core.services.import_plan import (
    FOLLOWING,
    Progress,
    RowMaker,
    no_collecting,
    stage_rows,
)
from leaddesk.core.services.whole_file import cannot_be_read
from leaddesk.core.services.workspace import DATABASE_NAME, open_workspace

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

    from leaddesk.core.formats.csv_reader import CsvRow
    from leaddesk.core.formats.lead_rows import Share
    from leaddesk.core.formats.presets import Preset
    from leaddesk.core.services.import_leads import ImportOptions
    from leaddesk.core.services.workspace import Texts, Workspace
    from leaddesk.core.store.stage import Stage

AUTO = "auto"

FIRST_ROWS = 40
"""Rows kept for people to look at; enough to find some values in a sparse column."""

LARGE = 6_000_000
"""Bytes from which a second process is worth the half second it takes to start."""


@dataclass(frozen=True, slots=True)
class FileRead:
    """What a file turned out to be; as in `ImportPreview` and `ImportSource`."""

    encoding: str
    delimiter: str
    header_line: int
    preset: str
    columns: tuple[tuple[str, str], ...]
    header: tuple[str, ...]
    first_rows: tuple[tuple[str, ...], ...]


def stage_file(
    work: "Workspace", path: Path, options: "ImportOptions", stage_path: Path, go_on: Progress
) -> "tuple[Stage, RowMaker, FileRead]":
    """Return a new staging file with all rows of a file, and how it was read.

    Raises:
        KnownError: the file cannot be read as a CSV, in words.
        StoppedError: `go_on` said so.
    """
    with opened(path) as stream:
        is_large = os.fstat(stream.fileno()).st_size >= LARGE and (os.cpu_count() or 1) > 1
        if not is_large:
            return _stage_share(work, stream, options, stage_path, (0, 1), go_on)
        other_path = stage_path.with_suffix(".other.stage")
        other = _begin_other(work, path, options, other_path)
        try:
            found = _stage_share(
                work, stream, options, stage_path, (0, 2), lambda count: go_on(2 * count)
            )
            other.join()
        except BaseException:
            other.kill()
            other.join()
            other_path.unlink(missing_ok=True)
            raise
    try:
        _join(found[0], other, other_path)
    except BaseException:
        found[0].close()
        raise
    finally:
        other_path.unlink(missing_ok=True)
    return found


def _join(stage: "Stage", other: "BaseProcess", other_path: Path) -> None:
    if other.exitcode:
        raise BugError(f"the second process ended with {other.exitcode}")
    stage.take_over(other_path)


def _begin_other(
    work: "Workspace", path: Path, options: "ImportOptions", stage_path: Path
) -> "BaseProcess":
    """Start the process that makes leads of the other half."""
    from multiprocessing import get_context

    other = get_context("spawn").Process(
        target=stage_other_half,
        args=(work.profile, work.texts, work.playbook_id, path, options, stage_path, work.clock()),
        daemon=True,
    )
    other.start()
    return other


def stage_other_half(  # noqa: PLR0913, PLR0917 - all that the other process has to know
    profile: Path,
    texts: "Texts",
    playbook_id: str,
    path: Path,
    options: "ImportOptions",
    stage_path: Path,
    now: datetime,
) -> None:
    """Do the second half of `stage_file`; in a process of its own."""
    with (
        open_workspace(profile, texts, read_only=True, clock=lambda: now) as work,
        path.open("rb") as stream,
        no_collecting(),
    ):
        playbooks.choose(work, playbook_id)
        stage, _, _ = _stage_share(work, stream, options, stage_path, (1, 2), lambda _count: True)
        stage.close()


def _stage_share(  # noqa: PLR0913, PLR0917 - where from, where to, and how
    work: "Workspace",
    stream: BinaryIO,
    options: "ImportOptions",
    stage_path: Path,
    share: "Share",
    go_on: Progress,
) -> "tuple[Stage, RowMaker, FileRead]":
    from leaddesk.core.formats.country_names import country_code
    from leaddesk.core.formats.csv_reader import open_csv
    from leaddesk.core.formats.lead_rows import lead_fields, read_leads
    from leaddesk.core.formats.presets import map_columns
    from leaddesk.core.store.stage import Stage

    country = country_code(options.country)
    if options.country and not country:
        raise KnownError(f"There is no country {options.country!r}.", 'Use two letters like "DE".')
    source = open_csv(stream, encoding=options.encoding, delimiter=options.delimiter)
    shown = [r.cells for r in islice(source.rows(), FIRST_ROWS) if not isinstance(r, RowProblem)]
    preset = _preset(work, source.header, options.preset, shown)
    columns = tuple(
        replace(column, field=options.mapping.get(column.column, column.field))
        for column in map_columns(source.header, preset)
    )
    first_rows: list[tuple[str, ...]] = []
    chunks = read_leads(
        _remembering(source.rows(), first_rows),
        columns,
        system=preset.system,
        country=country,
        preset=preset,
        share=share,
    )
    maker = RowMaker(lead_fields(columns, preset), playbooks.active(work), work.ids, work.clock())
    stage = Stage.make(stage_path, maker.fields, FOLLOWING, work.profile / DATABASE_NAME)
    try:
        stage_rows(stage, chunks, maker, go_on)
    except BaseException:
        stage.close()
        raise
    dialect = source.dialect
    read = FileRead(
        dialect.encoding,
        dialect.delimiter,
        dialect.header_line,
        preset.id,
        tuple((column.column, column.field) for column in columns),
        source.header,
        tuple(first_rows),
    )
    return stage, maker, read


def _remembering(
    rows: "Iterable[CsvRow | RowProblem]", first_rows: list[tuple[str, ...]]
) -> "Iterator[CsvRow | RowProblem]":
    """Yield the rows, keeping the cells of the first ones for people to look at."""
    for row in rows:
        if len(first_rows) < FIRST_ROWS and not isinstance(row, RowProblem):
            first_rows.append(row.cells)
        yield row


def _preset(
    work: "Workspace", header: Sequence[str], wanted: str, rows: Sequence[Sequence[str]]
) -> "Preset":
    from leaddesk.core.formats.presets import load_presets, recognise

    presets = load_presets(work.texts("presets", ".toml").values())
    if wanted == AUTO:
        return recognise(header, presets, rows)
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
        raise cannot_be_read(path, error) from error
