# SPDX-License-Identifier: MIT
"""Stops an import on its way in: what came in goes again, and no file is left."""

from typing import TYPE_CHECKING

from leaddesk.core.services import import_history

if TYPE_CHECKING:
    from leaddesk.core.services.changes import Changes
    from leaddesk.core.services.import_history import UndoReport
    from leaddesk.core.services.import_taking import Taking
    from leaddesk.core.services.workspace import Workspace


def cancel(work: "Workspace", taking: "Taking") -> "tuple[UndoReport, Changes]":
    """Take back what came in so far; between two steps.

    Returns:
        As `import_history.undo`: leads that somebody worked with meanwhile stay.
    """
    report, changes = import_history.undo(work, taking.report.batch)
    # Without the staging file nobody finishes the import at the next start.
    (work.profile / f"{taking.report.batch}.stage").unlink(missing_ok=True)
    if taking.report.rejects_file is not None:
        taking.report.rejects_file.unlink(missing_ok=True)
    return report, changes
