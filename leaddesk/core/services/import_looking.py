# SPDX-License-Identifier: MIT
"""Looks at a file by what was chosen for the last one of its source."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from leaddesk.core.services import column_maps, import_leads
from leaddesk.core.services.import_leads import ImportOptions, ImportPreview
from leaddesk.core.services.import_plan import Progress

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

    A file whose source has choices is read twice: only its header tells the source.

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
    found = import_leads.preview(work, path, options, go_on)
    if not by_memory:
        return Looked(found, is_remembered=False, presets=presets)
    try:
        chosen = column_maps.remembered(work, found.source.preset, found.header)
    except BaseException:
        import_leads.discard(found)
        raise
    if chosen is None:
        return Looked(found, is_remembered=False, presets=presets)
    import_leads.discard(found)
    options = replace(options, mapping=chosen.mapping, by_field=chosen.by_field)
    again = import_leads.preview(work, path, options, go_on)
    return Looked(again, is_remembered=True, presets=presets)


def _presets(work: "Workspace") -> tuple[tuple[str, str], ...]:
    from leaddesk.core.formats.presets import load_presets

    presets = load_presets(work.texts("presets", ".toml").values())
    return tuple(sorted(((each.id, each.title) for each in presets), key=lambda each: each[1]))
