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


@dataclass(frozen=True, slots=True)
class Looked:
    """What importing a file would do.

    Attributes:
        is_remembered: Whether its columns go where somebody chose for an earlier file.
    """

    preview: ImportPreview
    is_remembered: bool


def look(work: "Workspace", path: Path, options: ImportOptions, go_on: Progress) -> Looked:
    """Return what importing a file would do, its columns as they were chosen last time.

    A file whose source has choices is read twice: only its header tells the source.

    Args:
        work: Where the leads are.
        path: The file.
        options: Without choices for its columns.
        go_on: As in `import_leads.preview`.

    Raises:
        KnownError, StoppedError: as `import_leads.preview`.
    """
    looked = look_plainly(work, path, options, go_on)
    found = looked.preview
    try:
        chosen = column_maps.remembered(work, found.source.preset, found.header)
    except BaseException:
        import_leads.discard(found)
        raise
    if chosen is None:
        return looked
    import_leads.discard(found)
    options = replace(options, mapping=chosen.mapping, by_field=chosen.by_field)
    return Looked(import_leads.preview(work, path, options, go_on), is_remembered=True)


def look_plainly(work: "Workspace", path: Path, options: ImportOptions, go_on: Progress) -> Looked:
    """Return what importing a file would do, its columns as the options say; raises as `look`."""
    return Looked(import_leads.preview(work, path, options, go_on), is_remembered=False)
