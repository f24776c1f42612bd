# SPDX-License-Identifier: MIT
"""Which imports were done, and taking one back."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from leaddesk.core.errors import KnownError
from leaddesk.core.services.changes import Changes

if TYPE_CHECKING:
    from leaddesk.core.domain.lead import Lead
    from leaddesk.core.services.workspace import Workspace

    # By its own name, so that those who show the history may import it from here.
    from leaddesk.core.store.imports import ImportBatch as ImportBatch  # noqa: PLC0414


@dataclass(frozen=True, slots=True)
class UndoReport:
    """What taking an import back did.

    Attributes:
        removed: Leads that came by it and are gone.
        restored: Leads it had changed and that are as they were.
        kept: Leads that stay as they are, since something happened with them after the import.
    """

    batch: "ImportBatch"
    removed: int
    restored: int
    kept: "tuple[Lead, ...]"


def history(work: "Workspace") -> "list[ImportBatch]":
    """Return all imports that were done, the latest first."""
    with work.store.read() as unit:
        return unit.imports.all()


@dataclass(frozen=True, slots=True)
class UndoOutlook:
    """What taking an import back would do: counts of leads, as in `UndoReport`."""

    removed: int
    restored: int
    kept: int


def outlook(work: "Workspace", batch_id: str) -> UndoOutlook:
    """Return what taking an import back would do; nothing is changed."""
    with work.store.read() as unit:
        return UndoOutlook(
            removed=unit.intake.untouched_count(batch_id),
            restored=len(unit.intake.changes(batch_id)),
            kept=len(unit.intake.changed_since(batch_id)),
        )


def undo(work: "Workspace", batch_id: str) -> tuple[UndoReport, Changes]:
    """Take an import back: what it made goes, what it changed is as it was.

    Leads that somebody changed, called or that did something since stay as they are.

    Raises:
        KnownError: there is no such import, or it was taken back already.
    """
    from leaddesk.core.store.imports import UNDONE

    with work.store.begin() as unit:
        batch = unit.imports.get(batch_id)
        if batch is None:
            raise KnownError(
                f"There is no import {batch_id}.", "leaddesk imports lists those there are."
            )
        if batch.state == UNDONE:
            raise KnownError(f"The import of {batch.file_name} was taken back already.", "")
        kept_ids = unit.intake.changed_since(batch_id)
        changes = unit.intake.changes(batch_id)
        for row_id, before in changes:
            unit.intake.restore(batch_id, row_id, before)
        removed = unit.intake.remove_new(batch_id)
        unit.do_not_call.bar_batch(batch_id)
        unit.imports.set_state(batch_id, UNDONE, work.clock())
        kept = tuple(lead for one in kept_ids if (lead := unit.leads.get(one)) is not None)
    report = UndoReport(batch, removed, len(changes), kept)
    return report, Changes(imports=frozenset({batch_id}), whole_list=True)


def undo_in_words(report: UndoReport) -> str:
    """Return what taking an import back did, a line a fact."""
    counts = f"{report.removed:,} leads removed, {report.restored:,} as they were"
    lines = [f"The import of {report.batch.file_name} was taken back: {counts}."]
    if report.kept:
        lines.append(f"{len(report.kept):,} stay, since something happened with them since:")
        lines += [f"  {lead.name} ({lead.lead_id})" for lead in report.kept]
    return "\n".join(lines)
