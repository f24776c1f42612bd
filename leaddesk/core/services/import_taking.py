# SPDX-License-Identifier: MIT
"""Takes in what was looked at: in one transaction, or in many short ones beside a call.

In short ones no answer waits for a large import. It cannot be half done all the same: once its
first transaction has said that it comes in, the staging file says what is left, and whoever opens
the profile next finishes it. Source: docs/adr/0017-imports-by-a-staging-file.md.
"""

import json
import os
from contextlib import nullcontext
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from leaddesk.core.domain.grading import graded
from leaddesk.core.services import playbooks, suppression
from leaddesk.core.services.changes import Changes
from leaddesk.core.services.import_leads import (
    ImportPreview,
    ImportReport,
    discard,
    report_of,
    still_true,
)
from leaddesk.core.services.rejects import write_rejects_beside

if TYPE_CHECKING:
    from leaddesk.core.services.workspace import Workspace
    from leaddesk.core.store.imports import ImportBatch
    from leaddesk.core.store.intake import Update
    from leaddesk.core.store.unit_of_work import Unit

STEP = 30
"""Rows of one short transaction, which takes a few milliseconds."""

AT_ONCE = 20_000
"""So many new leads make it worth while to make the indices anew, if there are fewer so far."""


def run(work: "Workspace", preview: ImportPreview) -> tuple[ImportReport, Changes]:
    """Do what the preview says, in one transaction.

    Rows that cannot be used go to a file beside the input, or where that folder cannot be
    written, to the profile's.

    Raises:
        KnownError: the file or the leads changed since, so that something else would happen; the
            disk is full. Nothing was changed then.
    """
    preview = still_true(work, preview)
    report = replace(report_of(preview), batch=work.ids.new("B"))
    is_large = _is_large(work, report)
    try:
        with (
            work.store.in_bulk() if is_large else nullcontext(),
            work.store.attached(preview.stage, "stage"),
            work.store.begin() as unit,
        ):
            report = _with_rejects(work, unit, preview, report)
            unit.imports.add(_batch(work, preview, report))
            held = _take_at_once(work, unit, report, is_large=is_large)
            report = replace(report, held=held)
    except BaseException:
        if report.rejects_file is not None:
            report.rejects_file.unlink(missing_ok=True)
        raise
    finally:
        discard(preview)
    return report, _changes(report)


class Taking:
    """An import on its way in, a short transaction at a time.

    Attributes:
        report: What it will have done.
        done: How many of its `report.rows` have been dealt with.
    """

    def __init__(self, report: ImportReport, stage: Path, at: datetime) -> None:
        self.report = report
        self.done = 0
        self._stage = stage
        self._at = at
        self._line = 0
        self._row_id = 0
        self._is_new_done = False
        self._changed: list[int] = []

    def step(self, work: "Workspace") -> tuple[bool, Changes]:
        """Take in some more rows; return whether that was all."""
        with work.store.attached(self._stage, "stage"), work.store.begin() as unit:
            first, last = unit.intake.lines()
            self._line = max(self._line, first)
            if not self._is_new_done:
                end = min(self._line + STEP - 1, last)
                lines = self._line, end
                _take_new(work, unit, self.report.batch, self._at, lines)
                self._hold(suppression.hold_lines(work, unit, self.report.batch, lines))
                self._line = end + 1
                self._is_new_done = self._line > last
                self.done = min(self.report.rows, self.done + STEP)
                return False, Changes()
            updates = unit.intake.updates(self._row_id, STEP)
            for update in updates:
                _update(work, unit, self.report.batch, update)
                self._row_id = update.row_id
                self._changed.append(update.row_id)
            if updates:
                return False, Changes()
            _finish(unit, self.report.batch)
            # After it: what frees a lead with another number knows nothing of hashes.
            self._hold(suppression.hold_rows(work, unit, self._changed))
        self._stage.unlink(missing_ok=True)
        self.done = self.report.rows
        return True, _changes(self.report)

    def _hold(self, count: int) -> None:
        self.report = replace(self.report, held=self.report.held + count)


def start(work: "Workspace", preview: ImportPreview) -> Taking:
    """Begin to take in what the preview says; from now on it will come in, whatever happens.

    Raises:
        KnownError: as `run`.
    """
    from leaddesk.core.store.imports import TAKING

    preview = still_true(work, preview)
    report = replace(report_of(preview), batch=work.ids.new("B"))
    stage = preview.stage.rename(_stage_of(work, report.batch))
    try:
        with work.store.attached(stage, "stage"), work.store.begin() as unit:
            report = _with_rejects(work, unit, preview, report)
            unit.imports.add(replace(_batch(work, preview, report), state=TAKING))
    except BaseException:
        stage.unlink(missing_ok=True)
        raise
    return Taking(report, stage, work.clock())


def finish_left_over(work: "Workspace") -> None:
    """Finish imports that were stopped on their way in; throw away what was only looked at."""
    with work.store.read() as unit:
        stopped = unit.imports.taking()
    for batch in stopped:
        stage = _stage_of(work, batch.batch_id)
        if stage.is_file():
            with work.store.attached(stage, "stage"), work.store.begin() as unit:
                _take_new(work, unit, batch.batch_id, batch.at, unit.intake.lines())
                changed = unit.intake.updates(0, -1)
                for update in changed:
                    _update(work, unit, batch.batch_id, update)
                _finish(unit, batch.batch_id)
                suppression.hold_lines(work, unit, batch.batch_id, unit.intake.lines())
                suppression.hold_rows(work, unit, [update.row_id for update in changed])
    for left_over in work.profile.glob("*.stage"):
        left_over.unlink(missing_ok=True)


def _stage_of(work: "Workspace", batch_id: str) -> Path:
    return work.profile / f"{batch_id}.stage"


def _changes(report: ImportReport) -> Changes:
    changed = bool(report.imported or report.updated)
    return Changes(imports=frozenset({report.batch}), whole_list=changed)


def _with_rejects(
    work: "Workspace", unit: "Unit", preview: ImportPreview, report: ImportReport
) -> ImportReport:
    problems = list(unit.intake.problems())
    beside = write_rejects_beside(work, preview.path, preview.header, problems)
    return replace(report, rejects_file=beside)


def _batch(work: "Workspace", preview: ImportPreview, report: ImportReport) -> "ImportBatch":
    from leaddesk.core.store.imports import ImportBatch

    source = preview.source
    return ImportBatch(
        report.batch,
        work.clock(),
        os.fsencode(preview.path.name).decode(errors="replace"),
        source.encoding,
        source.delimiter,
        source.preset,
        source.header_line,
        report.rows,
        report.imported,
        report.updated,
        report.skipped,
        report.rejected,
        on_match=preview.options.on_match,
        mapping=json.dumps(dict(preview.columns), ensure_ascii=False),
        by_whom=work.rep.name,
    )


def _is_large(work: "Workspace", report: ImportReport) -> bool:
    """Return whether so many leads come in that all is better made anew."""
    with work.store.read() as unit:
        there = unit.lead_list.counts()[2]
    return report.imported > max(there, AT_ONCE)


def _take_at_once(work: "Workspace", unit: "Unit", report: ImportReport, *, is_large: bool) -> int:
    """Take everything in; return how many leads are held for what they are reached by."""
    first, last = unit.intake.lines()
    if is_large:
        unit.lead_list.drop_prepared()
    with unit.intake.at_once() if is_large else nullcontext():
        unit.intake.take_new(report.batch, work.clock(), first, last)
    changed = []
    for update in unit.intake.updates(0, -1):
        unit.intake.change(report.batch, update.row_id, update.after)
        changed.append(update.row_id)
    unit.do_not_call.bar_batch(report.batch)
    held = suppression.hold_lines(work, unit, report.batch, (first, last))
    return held + suppression.hold_rows(work, unit, changed)


def _take_new(
    work: "Workspace", unit: "Unit", batch_id: str, at: datetime, lines: tuple[int, int]
) -> None:
    """Make leads of new rows while others work with the profile, too."""
    unit.intake.note_taken(batch_id, *lines)
    for line in unit.intake.lines_with_taken_id(*lines):
        unit.intake.set_id(line, work.ids.new("L"))
    unit.intake.take_new(batch_id, at, *lines)


def _update(work: "Workspace", unit: "Unit", batch_id: str, update: "Update") -> None:
    """Change a lead; what somebody changed since the file was looked at stays as they left it."""
    if unit.intake.is_changed(batch_id, update.row_id):
        return
    left = unit.intake.untouched(update)
    unit.intake.change(batch_id, update.row_id, left)
    if left is not update.after:
        # What follows from the fields was worked out with others beside them.
        lead = next(lead for lead, _ in unit.leads.by_row_ids([update.row_id]))
        unit.leads.replace([graded(playbooks.active(work), lead)])


def _finish(unit: "Unit", batch_id: str) -> None:
    from leaddesk.core.store.imports import WHOLE

    unit.do_not_call.bar_batch(batch_id)
    unit.imports.set_state(batch_id, WHOLE)
