# SPDX-License-Identifier: MIT
"""Bring a CSV into the profile: look at it first, then take in all of it or nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from leaddesk.core.domain.merge import ImportPlan, OnMatch
from leaddesk.core.services.changes import Changes

if TYPE_CHECKING:
    from leaddesk.core.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How a file is read and what happens with leads that are there already.

    Attributes:
        preset: Id of a preset, or "auto": recognised by the header.
        country: ISO 3166 alpha-2 of phone numbers without a country code; empty: not known.
        encoding, delimiter: Empty: recognised.
    """

    preset: str = "auto"
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
        seen: State of the profile and the file it was made from.
    """

    path: Path
    options: ImportOptions
    source: ImportSource
    plan: ImportPlan
    seen: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did: `rows` is the sum of imported, updated, skipped and rejected.

    Attributes:
        duplicates: How many of the imported may be a lead that was there already.
        batch: Id of the import.
        rejects_file: The rows that were not taken, with their reasons; None: all were taken.
        columns: (column, field) in the order of the file; field empty: kept as it came.
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
    raise NotImplementedError


def run(work: "Workspace", preview: ImportPreview) -> tuple[ImportReport, Changes]:
    """Do what the preview says, in one transaction.

    Raises:
        KnownError: the file or the leads changed since the preview; the disk is full. Nothing
            was changed then.
    """
    raise NotImplementedError
