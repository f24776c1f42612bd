# SPDX-License-Identifier: MIT
"""Decides what the history of imports shows, and takes one back."""

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final, Protocol

from leaddesk.core.domain.lead_query import IMPORT, Condition, LeadQuery, Op
from leaddesk.core.services import import_history, lead_list
from leaddesk.core.services.import_history import UndoOutlook, UndoReport
from leaddesk.ui.presenters.desk import Desk
from leaddesk.ui.presenters.lead_texts import counted, moment, system_words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from leaddesk.core.services.import_history import ImportBatch
    from leaddesk.core.services.workspace import Workspace

_WHOLE: Final = "whole"
_STATES: Final = {_WHOLE: "In the list", "undone": "Taken back", "taking": "Not in yet"}
_NO_SYSTEM: Final = "csv"
_MOST_NAMES: Final = 100
"""Kept leads that are named; of the others the count is said."""


@dataclass(frozen=True, slots=True)
class ImportLine:
    """One import as a line of the table; all but the last two are cells in their order."""

    file_name: str
    when: str
    by_whom: str
    system: str
    counts: str
    state: str
    batch_id: str
    can_undo: bool

    @property
    def cells(self) -> tuple[str, ...]:
        """The texts of the line."""
        return self.file_name, self.when, self.by_whom, self.system, self.counts, self.state


class HistoryScreen(Protocol):
    """What the history can show."""

    def show_lines(self, lines: tuple[ImportLine, ...]) -> None:
        """Show the imports, the latest first; may be none."""

    def show_question(self, what: str, more: str) -> None:
        """Ask whether an import is to be taken back."""

    def show_undone(self, what: str, kept_title: str, kept: tuple[str, ...]) -> None:
        """Say what was taken back, and name the leads that stay."""

    def hide_question(self) -> None:
        """Show the table alone."""


class HistoryPresenter:
    """One per page of history."""

    def __init__(self, screen: HistoryScreen, desk: Desk) -> None:
        self._screen = screen
        self._desk = desk
        self._lines: tuple[ImportLine, ...] = ()
        self._asked: ImportLine | None = None

    @property
    def is_asking(self) -> bool:
        """Whether an import is about to be taken back."""
        return self._asked is not None

    def begin(self) -> None:
        """Read the history, whenever the page is opened."""
        self._asked = None
        self._screen.hide_question()
        self._read()

    def ask(self, row: int) -> None:
        """Say what taking this import back would do, and ask for it."""
        if not 0 <= row < len(self._lines):
            return
        line = self._lines[row]
        if not line.can_undo:
            self._desk.say(f"{line.file_name} cannot be undone: {line.state.lower()}.")
            return
        self._desk.run(
            lambda work: import_history.outlook(work, line.batch_id), partial(self._ask, line)
        )

    def can_undo(self, row: int) -> bool:
        """Return whether the import of a line can be taken back."""
        return 0 <= row < len(self._lines) and self._lines[row].can_undo

    def show_leads(self, row: int) -> None:
        """Show the leads of an import, of one that was taken back those that stay."""
        if not 0 <= row < len(self._lines):
            return
        line = self._lines[row]
        query = LeadQuery(conditions=(Condition(IMPORT, Op.IS, (line.batch_id,)),))

        def found(number: int) -> None:
            if number:
                self._desk.show_import(line.batch_id)
            else:
                self._desk.say(f"No lead of {line.file_name} is in the list.")

        self._desk.run(lambda work: lead_list.count(work, query, 1), found)

    def confirm(self) -> None:
        """Take back the import that was asked about."""
        line, self._asked = self._asked, None
        if line is not None:
            self._screen.hide_question()
            self._desk.change(
                lambda work: import_history.undo(work, line.batch_id), self._show_undone
            )

    def leave(self) -> None:
        """Leave the import as it is; from the table, go back to the leads."""
        if self._asked is not None:
            self._asked = None
            self._screen.hide_question()
        else:
            self._desk.open_view("leads")

    def _read(self) -> None:
        def read(work: "Workspace") -> "tuple[Sequence[ImportBatch], datetime]":
            return import_history.history(work), work.clock()

        self._desk.run(read, self._show)

    def _show(self, found: "tuple[Sequence[ImportBatch], datetime]") -> None:
        batches, now = found
        self._lines = tuple(_line(batch, now) for batch in batches)
        self._screen.show_lines(self._lines)

    def _ask(self, line: ImportLine, found: UndoOutlook) -> None:
        self._asked = line
        self._screen.show_question(
            f"Undo the import of {line.file_name}?",
            _outlook_words(found),
        )

    def _show_undone(self, report: UndoReport) -> None:
        names = [lead.name for lead in report.kept[:_MOST_NAMES]]
        more = len(report.kept) - len(names)
        if more:
            names.append(f"And {more:,} more.")
        self._screen.show_undone(
            f"The import of {report.batch.file_name} was taken back: "
            f"{counted(report.removed, 'lead')} removed, "
            f"{counted(report.restored, 'lead')} as before.",
            "These stay, because somebody worked with them since. S shows them:" if names else "",
            tuple(names),
        )
        self._read()


def _outlook_words(found: UndoOutlook) -> str:
    them = "it" if found.kept == 1 else "them"
    parts = (
        (found.removed, "lead goes", "leads go", ""),
        (found.restored, "lead is", "leads are", " as before the import"),
        (found.kept, "lead stays", "leads stay", f", because somebody worked with {them} since"),
    )
    said = [counted(number, one, many) + more for number, one, many, more in parts if number]
    return f"{'; '.join(said)}." if said else "No lead of it is there any more."


def _line(batch: "ImportBatch", now: "datetime") -> ImportLine:
    counts = (
        (batch.imported, "new"),
        (batch.updated, "updated"),
        (batch.skipped, "there already"),
        (batch.rejected, "with a problem"),
    )
    said = [f"{number:,} {what}" for number, what in counts if number]
    return ImportLine(
        batch.file_name,
        moment(batch.at, now),
        batch.by_whom,
        "" if batch.preset == _NO_SYSTEM else system_words(batch.preset),
        ", ".join(said),
        _STATES.get(batch.state, batch.state),
        batch.batch_id,
        batch.state == _WHOLE,
    )
