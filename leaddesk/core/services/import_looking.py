# SPDX-License-Identifier: MIT
"""Looks at a file by what was chosen for the last one of its source."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from leaddesk.core.errors import KnownError
from leaddesk.core.services import column_maps, import_leads
from leaddesk.core.services.import_leads import ImportOptions, ImportPreview
from leaddesk.core.services.import_plan import Progress
from leaddesk.core.services.import_staging import source_of

if TYPE_CHECKING:
    from leaddesk.core.services.workspace import Workspace

LARGE = 500_000
"""Bytes from which looking at a file takes longer than a process takes to start."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What importing a file would do.

    Attributes:
        is_remembered: Whether its columns go where somebody chose for an earlier file.
        presets: (id, title) of the systems whose files it may be read as.
    """

    preview: ImportPreview
    is_remembered: bool
    presets: tuple[tuple[str, str], ...]


def is_large(path: Path) -> bool:
    """Return whether looking at a file would keep answers to a call waiting."""
    try:
        return path.is_file() and path.stat().st_size >= LARGE
    except OSError:
        return False


def look(
    work: "Workspace", path: Path, options: ImportOptions, go_on: Progress, *, by_memory: bool
) -> Looked:
    """Return what importing a file would do.

    Args:
        work: Where the leads are.
        path: The file.
        options: Without choices for its columns where it goes by memory.
        go_on: As in `import_leads.preview`.
        by_memory: Whether columns go where they were sent for the last file of this source.

    Raises:
        KnownError, StoppedError: as `import_leads.preview`.
    """
    presets = _presets(work)
    chosen = None
    if by_memory:
        source = source_of(work, path, options)
        chosen = column_maps.remembered(work, source)
    if chosen is None:
        found = import_leads.preview(work, path, options, go_on)
        return Looked(found, is_remembered=False, presets=presets)
    chosen = column_maps.for_file(chosen, source)
    as_before = replace(
        options,
        mapping=chosen.mapping,
        by_field=chosen.by_field,
        on_match=chosen.on_match,
        country=chosen.country or options.country,
        encoding=options.encoding or chosen.encoding,
        delimiter=options.delimiter or chosen.delimiter,
    )
    try:
        found = import_leads.preview(work, path, as_before, go_on)
    except KnownError:
        # Nobody chose that for this file, so it is no reason not to read it.
        found = import_leads.preview(work, path, options, go_on)
        return Looked(found, is_remembered=False, presets=presets)
    return Looked(found, is_remembered=True, presets=presets)


def _presets(work: "Workspace") -> tuple[tuple[str, str], ...]:
    from leaddesk.core.formats.presets import load_presets

    presets = load_presets(work.texts("presets", ".toml").values())
    return tuple(sorted(((each.id, each.title) for each in presets), key=lambda each: each[1]))
