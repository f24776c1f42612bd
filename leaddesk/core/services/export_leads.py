# SPDX-License-Identifier: MIT
"""Write leads to a CSV of our own: the file appears whole or not at all."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from leaddesk.core.domain.decision import Verdict
from leaddesk.core.services.changes import Changes

if TYPE_CHECKING:
    from leaddesk.core.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What was written where."""

    rows: int
    file: Path


def export(
    work: "Workspace", path: Path, *, decision: Verdict | None = None, search: str = ""
) -> tuple[ExportReport, Changes]:
    """Write leads to `path`, replacing a file of that name.

    Args:
        decision: Only leads whose last decision is this one, with that decision beside them.
        search: Only leads in which all these words occur.

    Raises:
        KnownError: the folder is gone, cannot be written or is full; an older file of that name
            is then as it was.
    """
    raise NotImplementedError
