# SPDX-License-Identifier: MIT
"""Puts a file of leads into a staging file: a large one in two processes at once.

Reading a file is quick, making leads of it takes ten times as long. So both processes read all of
it, each makes leads of every other thousand rows, and nothing is handed to and fro.
"""

import os
from collections.abc import Iterator, Sequence
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

    from leaddesk.core.domain.column_checks import ColumnCheck
    from leaddesk.core.domain.rows import ColumnMap
    from leaddesk.core.formats.column_checks import ColumnTally
    from leaddesk.core.formats.csv_reader import CsvSource
    from leaddesk.core.formats.lead_rows import Share
    from leaddesk.core.formats.presets import Preset
    from leaddesk.core.services.import_leads import ImportOptions
    from leaddesk.core.services.workspace import Texts, Workspace
    from leaddesk.core.store.stage import Stage

AUTO = "auto"

FIRST_ROWS = 40
"""Rows kept for people to look at; enough to find some values in a sparse column."""

SAMPLE_ROWS = 1000
"""Rows by which dates and numbers are read, unless all rows say otherwise."""

ENOUGH = 2_500_000
"""Bytes read from which they tell how many rows there are: they are read ahead, in blocks."""

LARGE = 6_000_000
"""Bytes from which a second process is worth the half second it takes to start."""


Checks = tuple["ColumnCheck | None", ...]
"""What the cells of each column are; None: they are kept as they came, or left out."""


@dataclass(frozen=True, slots=True)
class FileRead:
    """What a file turned out to be; as in `ImportPreview` and `ImportSource`.

    Attributes:
        read_as: The checks by which its dates and numbers were read.
        checks: Those that all its rows come to.
    """

    encoding: str
    delimiter: str
    header_line: int
    preset: str
    columns: tuple[tuple[str, str], ...]
    header: tuple[str, ...]
    first_rows: tuple[tuple[str, ...], ...]
    read_as: Checks
    checks: Checks = ()


@dataclass(frozen=True, slots=True)
class FileSource:
    """Where a file seems to come from, and how it is written.

    Attributes:
        preset: Id of the preset it is read by.
        header: Its labels.
        encoding, delimiter: As in `ImportSource`.
    """

    preset: str
    header: tuple[str, ...]
    encoding: str
    delimiter: str

    @property
    def is_unicode(self) -> bool:
        """Whether its encoding is known; that of any other text is taken for the likeliest."""
        return self.encoding.startswith("utf-")


def source_of(work: "Workspace", path: Path, options: "ImportOptions") -> FileSource:
    """Return where a file seems to come from, by its first rows alone.

    Raises:
        KnownError: the file cannot be read as a CSV, in words.
    """
    from leaddesk.core.formats.csv_reader import open_csv

    with opened(path) as stream:
        source = open_csv(stream, encoding=options.encoding, delimiter=options.delimiter)
        preset = _preset(work, source.header, options.preset, _first_cells(source, FIRST_ROWS))
    return FileSource(preset.id, source.header, source.dialect.encoding, source.dialect.delimiter)


def stage_file(
    work: "Workspace", path: Path, options: "ImportOptions", stage_path: Path, go_on: Progress
) -> "tuple[Stage, RowMaker, FileRead]":
    """Return a new staging file with all rows of a file, and how it was read.

    Where all its rows say otherwise than the first ones how dates or numbers are written, it is
    read once more by what they say.

    Raises:
        KnownError: the file cannot be read as a CSV, in words.
        StoppedError: `go_on` said so.
    """
    found = _stage(work, path, options, stage_path, go_on, ())
    checks = found[2].checks
    if all(
        one is None or other is None or one.is_read_as == other.is_read_as
        for one, other in zip(checks, found[2].read_as, strict=True)
    ):
        return found
    found[0].close()
    return _stage(work, path, options, stage_path, go_on, checks)


def _stage(  # noqa: PLR0913, PLR0917 - where from, where to, and how
    work: "Workspace",
    path: Path,
    options: "ImportOptions",
    stage_path: Path,
    go_on: Progress,
    checks: Checks,
) -> "tuple[Stage, RowMaker, FileRead]":
    """Stage a file by what was found of its columns; empty: by a sample of them."""
    with opened(path) as stream:
        is_large = os.fstat(stream.fileno()).st_size >= LARGE and (os.cpu_count() or 1) > 1
        if not is_large:
            return _with_checks(
                *_stage_share(work, stream, options, stage_path, (0, 1), go_on, checks)
            )
        other_path = stage_path.with_suffix(".other.stage")
        other = _begin_other(work, path, options, other_path, checks)
        try:
            found = _stage_share(
                work, stream, options, stage_path, (0, 2),
                lambda rows, about: go_on(2 * rows, 2 * about), checks,
            )  # fmt: skip
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
    return _with_checks(*found)


def _with_checks(
    stage: "Stage", maker: RowMaker, read: FileRead
) -> "tuple[Stage, RowMaker, FileRead]":

    tallies = [_tally(one) for one in read.read_as]
    for at, told in stage.tallies():
        if (tally := tallies[at]) is not None:
            tally.add(told)
    checks = tuple(None if tally is None else tally.check for tally in tallies)
    return stage, maker, replace(read, checks=checks)


def _join(stage: "Stage", other: "BaseProcess", other_path: Path) -> None:
    if other.exitcode:
        raise BugError(f"the second process ended with {other.exitcode}")
    stage.take_over(other_path)


def _begin_other(
    work: "Workspace", path: Path, options: "ImportOptions", stage_path: Path, checks: Checks
) -> "BaseProcess":
    """Start the process that makes leads of the other half."""
    from multiprocessing import get_context

    other = get_context("spawn").Process(
        target=stage_other_half,
        args=(
            work.profile,
            work.texts,
            work.playbook_id,
            path,
            options,
            stage_path,
            work.clock(),
            checks,
        ),
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
    checks: Checks,
) -> None:
    """Do the second half of `stage_file`; in a process of its own."""
    with (
        open_workspace(profile, texts, read_only=True, clock=lambda: now) as work,
        path.open("rb") as stream,
        no_collecting(),
    ):
        playbooks.choose(work, playbook_id)
        stage, _, _ = _stage_share(
            work, stream, options, stage_path, (1, 2), lambda _rows, _all: True, checks
        )
        stage.close()


def _stage_share(  # noqa: PLR0913, PLR0917 - where from, where to, and how
    work: "Workspace",
    stream: BinaryIO,
    options: "ImportOptions",
    stage_path: Path,
    share: "Share",
    go_on: Progress,
    checks: Checks,
) -> "tuple[Stage, RowMaker, FileRead]":
    from leaddesk.core.formats.country_names import country_code
    from leaddesk.core.formats.csv_reader import open_csv
    from leaddesk.core.formats.file_kinds import FileKind
    from leaddesk.core.formats.lead_rows import lead_fields, read_leads
    from leaddesk.core.formats.presets import map_columns
    from leaddesk.core.store.stage import Stage

    country = country_code(options.country)
    if options.country and not country:
        raise KnownError(f"There is no country {options.country!r}.", 'Use two letters like "DE".')
    source = open_csv(stream, encoding=options.encoding, delimiter=options.delimiter)
    sample = _first_cells(source, SAMPLE_ROWS)
    preset = _preset(work, source.header, options.preset, sample[:FIRST_ROWS])
    columns = tuple(
        replace(column, field=options.mapping.get(column.column, column.field))
        for column in map_columns(source.header, preset)
    )
    read_as = checks or _sample_checks(sample, columns, preset)
    tallies = [_tally(one) for one in read_as]
    chunks = read_leads(
        source.rows(),
        columns,
        system=preset.system,
        country=country,
        preset=preset,
        share=share,
        checks=read_as,
        tallies=tallies,
    )
    maker = RowMaker(lead_fields(columns, preset), playbooks.active(work), work.ids, work.clock())
    stage = Stage.make(stage_path, maker.fields, FOLLOWING, work.profile / DATABASE_NAME)
    size = os.fstat(stream.fileno()).st_size

    def tell(rows: int) -> bool:
        # A workbook is read in no order.
        knows = source.dialect.kind != FileKind.WORKBOOK and stream.tell() >= ENOUGH
        return go_on(rows, rows * size // stream.tell() if knows else 0)

    try:
        stage_rows(stage, chunks, maker, tell)
        stage.add_tallies((at, one.told) for at, one in enumerate(tallies) if one is not None)
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
        tuple(sample[:FIRST_ROWS]),
        read_as,
    )
    return stage, maker, read


def _tally(check: "ColumnCheck | None") -> "ColumnTally | None":
    """Return what counts the cells of a column that is read by a check."""
    from leaddesk.core.formats.column_checks import ColumnTally

    if check is None:
        return None
    return ColumnTally(check.field, are_names_split=check.are_names_split)


def _first_cells(source: "CsvSource", most: int) -> list[tuple[str, ...]]:
    return [row.cells for row in islice(source.rows(), most) if not isinstance(row, RowProblem)]


def _sample_checks(
    sample: "Sequence[Sequence[str]]", columns: "Sequence[ColumnMap]", preset: "Preset"
) -> Checks:
    """Return how the columns of a file are written, by some of its rows."""
    from leaddesk.core.formats.column_checks import check_column
    from leaddesk.core.formats.lead_rows import are_names_split
    from leaddesk.core.formats.presets import IGNORED

    cells = list(map(preset.cells, sample))
    splits_names = are_names_split(column.field for column in columns)
    return tuple(
        None
        if column.field in {"", IGNORED}
        else check_column(
            column.field,
            preset.unknown_texts(column.field, (row[at] for row in cells)),
            are_names_split=splits_names and column.field == "full_name",
        )
        for at, column in enumerate(columns)
    )


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
