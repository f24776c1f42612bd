# SPDX-License-Identifier: MIT
"""Decides what the export page shows: for whom, what would be written, what was written.

What is looked at and written goes some leads at a time, so that an answer on a call comes between.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeVar

from leaddesk.core.domain.lead_query import LeadQuery, View
from leaddesk.core.errors import KnownError
from leaddesk.core.services import export_leads, lead_list
from leaddesk.core.services.export_leads import (
    ALL_COLUMNS,
    ExportCheck,
    ExportOptions,
    ExportReport,
    Run,
)
from leaddesk.core.services.settings import load_settings, save_settings
from leaddesk.ui.presenters.desk import Desk
from leaddesk.ui.presenters.export_texts import (
    CheckText,
    check_text,
    done_text,
    file_name,
    safe_note,
)
from leaddesk.ui.presenters.lead_texts import counted

if TYPE_CHECKING:
    from leaddesk.core.services.workspace import Workspace

T = TypeVar("T")


class ExportScreen(Protocol):
    """What the export page can show."""

    def show_leads(self, title: str, which: str) -> None:
        """Say how many leads are to be written, and which."""

    def show_targets(self, targets: Sequence[tuple[str, str]], chosen: str) -> None:
        """Offer these (id, name) to write for."""

    def show_safe(self, note: str, *, offered: bool, chosen: bool) -> None:
        """Show whether cells are protected for a spreadsheet, and what that means."""

    def show_checking(self) -> None:
        """Say that the leads are being looked at; what was said of them before is gone."""

    def show_check(self, text: CheckText) -> None:
        """Show what would be written."""

    def ask_place(self, proposed: str) -> None:
        """Ask for the place and the name of the file; this one is proposed."""

    def show_working(self, what: str, percent: int) -> None:
        """Say how far the writing is."""

    def show_done(self, what: str, more: str) -> None:
        """Say what was written where; `more` may be empty."""

    def show_failed(self, what: str, todo: str) -> None:
        """Say why nothing was written."""


class _Found(NamedTuple):
    row_ids: Sequence[int]
    targets: dict[str, str]
    chosen: str
    safe: bool


class ExportPresenter:
    """One per export page."""

    def __init__(self, screen: ExportScreen, desk: Desk) -> None:
        self._screen = screen
        self._desk = desk
        self._asked = 0
        self._row_ids: Sequence[int] = ()
        self._targets: dict[str, str] = {}
        self._target = ALL_COLUMNS
        self._safe = False
        self._list_name = ""
        self._folder: Path | None = None
        self._run: Run[Any] | None = None
        self._check: CheckText | None = None
        self._is_writing = self._is_stopping = self._is_finished = self._is_failed = False

    def begin(self, query: LeadQuery, row_ids: Sequence[int]) -> None:
        """Look at what an export of these leads would do, or of all that the query finds.

        One that is being written goes on first.
        """
        if self._is_writing:
            self._desk.say("An export is being written. Begin the next one when it is done.")
            return
        self._leave_off()
        asked = self._asked
        self._list_name = "" if query.view is View.ALL else query.view.replace("_", "-")
        self._screen.show_leads("Export", "")
        self._screen.show_checking()

        def find(work: "Workspace") -> _Found:
            settings, _ = load_settings(work.profile)
            found = row_ids or lead_list.find(work, query)
            targets = export_leads.written_presets(work)
            return _Found(found, targets, settings.export_for, settings.export_safe)

        def take(found: _Found) -> None:
            if asked != self._asked:
                return
            self._row_ids, self._targets, chosen, self._safe = found
            self._target = chosen if chosen in self._targets else ALL_COLUMNS
            self._screen.show_targets(tuple(self._targets.items()), self._target)
            number = counted(len(self._row_ids), "lead")
            self._screen.show_leads(
                f"Export {number}", "Those you chose" if row_ids else "All of the list shown"
            )
            self._look()

        self._desk.run(find, take, partial(self._failed_at, asked))

    def write_for(self, target: str) -> None:
        """Choose what the file is for, and look again."""
        if not self._is_writing and target in self._targets and target != self._target:
            self._target = target
            self._look()

    def protect(self, *, on: bool) -> None:
        """Choose whether a spreadsheet can open the file without changing it."""
        if not self._is_writing and self._target == ALL_COLUMNS and on != self._safe:
            self._safe = on
            self._look()

    def turn_protection(self) -> None:
        """Choose the other of the two."""
        self.protect(on=not self._safe)

    def go_on(self) -> None:
        """Do what Enter means: ask for a place, try again, or see the leads afterwards."""
        if self._is_finished:
            self.leave()
        elif self._is_failed:
            self._look()
        elif not self._is_writing and self._check is not None and self._check.button:
            place = (self._folder or Path.home()) / file_name(self._list_name, self._target)
            self._screen.ask_place(str(export_leads.own_path(place, self._options())))

    def write(self, place: str) -> None:
        """Write the leads there."""
        if self._is_writing or self._check is None:
            return
        path = Path(place)
        self._leave_off()
        asked, options, target, safe = self._asked, self._options(), self._target, self._safe
        self._is_writing = True
        self._show_progress(0)

        def start(work: "Workspace") -> Run[ExportReport]:
            settings, _ = load_settings(work.profile)
            wanted = replace(settings, export_for=target, export_safe=safe)
            if wanted != settings:
                save_settings(work.profile, wanted)
            return export_leads.start_export(work, path, options)

        self._desk.run(
            start,
            lambda run: self._follow(asked, run, self._show_progress, self._show_done),
            partial(self._failed_at, asked),
        )

    def leave(self) -> None:
        """Stop writing; else go back to the leads."""
        if self._is_writing:
            # A step is under way, and may be the last: then all is written.
            self._is_stopping = True
            return
        self._leave_off()
        self._desk.open_view("leads")

    def give_up(self) -> None:
        """Stop what is under way, for the window closes."""
        self._leave_off()

    def _options(self) -> ExportOptions:
        safe = self._safe and self._target == ALL_COLUMNS
        return ExportOptions(self._target, row_ids=self._row_ids, spreadsheet_safe=safe)

    def _look(self) -> None:
        """Find out what would be written."""
        self._leave_off()
        asked, options = self._asked, self._options()
        path = Path(file_name(self._list_name, self._target))
        title = self._targets[self._target]
        is_own = self._target == ALL_COLUMNS
        note = safe_note(self._target, title, safe=self._safe)
        self._screen.show_safe(note, offered=is_own, chosen=self._safe and is_own)
        self._screen.show_checking()

        def show(check: ExportCheck) -> None:
            self._check = check_text(check, self._target, title)
            self._screen.show_check(self._check)

        self._desk.run(
            lambda work: export_leads.start_check(work, path, options),
            lambda run: self._follow(asked, run, lambda _done: None, show),
            partial(self._failed_at, asked),
        )

    def _follow(
        self, asked: int, run: Run[T], so_far: Callable[[int], None], done: Callable[[T], None]
    ) -> None:
        """Take a step, and the next when it is back, until somebody asked for something else."""
        if asked != self._asked:
            return
        self._run = run
        if self._is_stopping:
            self._leave_off()
            self._desk.say("The export was cancelled, and nothing of it is left.")
            self._look()
            return

        def stepped(is_done: bool) -> None:  # noqa: FBT001 - what came back
            if asked != self._asked:
                return
            if not is_done:
                so_far(run.done)
                self._follow(asked, run, so_far, done)
            elif run.result is not None:
                self._run = None
                done(run.result)

        self._desk.run(lambda _work: run.step(), stepped, partial(self._failed_at, asked))

    def _leave_off(self) -> None:
        """Give up what is under way, and forget what was said of it."""
        self._asked += 1
        run, self._run, self._check = self._run, None, None
        self._is_writing = self._is_stopping = self._is_finished = self._is_failed = False
        if run is not None:
            self._desk.run(lambda _work: run.give_up())

    def _show_progress(self, done: int) -> None:
        number = len(self._row_ids)
        what = f"Writing {done:,} of {counted(number, 'lead')}"
        self._screen.show_working(what, done * 100 // max(number, 1))

    def _show_done(self, report: ExportReport) -> None:
        self._is_writing, self._is_stopping, self._is_finished = False, False, True
        self._folder = report.file.parent
        what, more = done_text(report)
        self._screen.show_done(what, more)
        self._desk.say(f"Exported {counted(report.rows, 'lead')} to {report.file}")

    def _failed_at(self, asked: int, error: Exception) -> None:
        if asked == self._asked:
            self._show_failed(error)

    def _show_failed(self, error: Exception) -> None:
        self._leave_off()
        self._is_failed = bool(self._targets)
        if isinstance(error, KnownError):
            self._screen.show_failed(error.what, error.todo)
        else:
            self._screen.show_failed("Nothing was written.", "")
            self._desk.show_error(error)
