# SPDX-License-Identifier: MIT
"""The file of rows that an import did not take, with their reasons."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from leaddesk.core.domain.rows import RowProblem
from leaddesk.core.errors import KnownError
from leaddesk.core.services.whole_file import whole_file

if TYPE_CHECKING:
    from leaddesk.core.services.workspace import Workspace

_LONGEST_NAME = 255
"""Bytes of a file name; no file system of today has more."""


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
