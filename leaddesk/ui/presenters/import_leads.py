# SPDX-License-Identifier: MIT
"""Decides what the import page shows: reading, what would happen, what happened, what failed."""

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Protocol

from leaddesk.core.domain.merge import OnMatch
from leaddesk.core.errors import KnownError
from leaddesk.core.services import import_activities, import_leads, import_taking
from leaddesk.core.services.import_activities import ActivityReport
from leaddesk.core.services.import_leads import ImportOptions, ImportPreview, ImportReport
from leaddesk.core.services.import_taking import Taking
from leaddesk.ui.presenters.desk import Desk
from leaddesk.ui.presenters.import_texts import PreviewText, preview_text, report_text


class ImportScreen(Protocol):
    """What the import page can show, one thing at a time."""

    def show_nothing(self) -> None:
        """Say that no file is chosen."""

    def show_working(self, what: str) -> None:
        """Say what is being done; how long is not known."""

    def show_preview(self, text: PreviewText, on_match: OnMatch) -> None:
        """Show what an import would do."""

    def show_activities(self, title: str, what: str, more: str) -> None:
        """Show what taking in a list of activities would do."""

    def show_done(self, what: str, rejected: str) -> None:
        """Show what was imported, and where the other rows are; may be empty."""

    def show_failed(self, title: str, what: str, todo: str) -> None:
        """Show why the file cannot be imported."""


class ImportPresenter:
    """One per import page."""

    def __init__(self, screen: ImportScreen, desk: Desk) -> None:
        self._screen = screen
        self._desk = desk
        self._path = Path.home() / "leads.csv"
        self._on_match = OnMatch.FILL
        self._asked = 0
        self._preview: ImportPreview | None = None
        self._activities: ActivityReport | None = None
        self._finished = False

    @property
    def folder(self) -> str:
        """Where the last file was, for the next choice."""
        return str(self._path.parent)

    def choose(self, path: str) -> None:
        """Look at a file; nothing is written."""
        self._path = Path(path)
        self._on_match = OnMatch.FILL
        self._look()

    def match_by(self, on_match: OnMatch) -> None:
        """Choose what happens with leads that are there already, and look again."""
        if on_match is not self._on_match:
            self._on_match = on_match
            self._look()

    def go_on(self) -> None:
        """Do what Enter means: import what is shown, or see the leads afterwards."""
        if self._finished:
            self.leave()
        elif self._activities is not None:
            self._activities = None
            path = self._path
            self._screen.show_working(f"Reading {path.name}\u2026")
            self._desk.change(
                lambda work: import_activities.run(work, path), self._taken_in, self._show_failed
            )
        elif self._preview is not None and preview_text(self._preview).button:
            preview, self._preview = self._preview, None
            self._screen.show_working(f"Importing {self._path.name}\u2026")
            self._desk.run(
                lambda work: import_taking.start(work, preview), self._take_in, self._show_failed
            )

    def leave(self) -> None:
        """Leave the file alone, and go back to the leads."""
        self._asked += 1
        self._drop()
        self._finished = False
        self._screen.show_nothing()
        self._desk.open_view("leads")

    def _take_in(self, taking: Taking) -> None:
        """Take in a few rows; what else waits for the database comes between."""
        rows = taking.report.rows
        what = f"Importing {self._path.name}: {taking.done:,} of {rows:,} rows\u2026"
        self._screen.show_working(what)
        self._desk.change(
            taking.step,
            lambda is_done: self._show_done(taking.report) if is_done else self._take_in(taking),
            self._show_stopped,
        )

    def _show_stopped(self, error: Exception) -> None:
        self._screen.show_failed(
            f"{self._path.name} is not imported yet",
            str(error.what) if isinstance(error, KnownError) else "Something went wrong.",
            "The rest comes in when leaddesk is opened next.",
        )
        if not isinstance(error, KnownError):
            self._desk.show_error(error)

    def _look(self) -> None:
        self._asked += 1
        self._drop()
        self._finished = False
        self._screen.show_working(f"Reading {self._path.name}\u2026")
        options = ImportOptions(on_match=self._on_match, country=self._desk.country)
        path, asked = self._path, self._asked
        self._desk.run(
            lambda work: (
                import_activities.look(work, path) or import_leads.preview(work, path, options)
            ),
            partial(self._show_preview, asked),
            partial(self._show_unreadable, asked),
        )

    def _drop(self) -> None:
        """Forget what was looked at, and its staging file."""
        if self._preview is not None:
            import_leads.discard(self._preview)
        self._preview = self._activities = None

    def _show_preview(self, asked: int, found: ImportPreview | ActivityReport) -> None:
        if asked != self._asked:
            if isinstance(found, ImportPreview):
                import_leads.discard(found)
            return
        if isinstance(found, ImportPreview):
            self._preview = found
            self._screen.show_preview(preview_text(found), self._on_match)
            return
        self._activities = found if found.added else None
        title = f"{found.path.name}: what leads did"
        more = "Enter takes it in." if found.added else "There is nothing new in it."
        what = import_activities.report_in_words(found)
        self._screen.show_activities(title, f"{what}.", more)

    def _show_unreadable(self, asked: int, error: Exception) -> None:
        if asked == self._asked:
            self._show_failed(error)

    def _show_failed(self, error: Exception) -> None:
        title = f"{self._path.name} was not imported"
        if isinstance(error, KnownError):
            self._screen.show_failed(title, error.what, error.todo)
        else:
            self._screen.show_failed(title, "Nothing was written.", "")
            self._desk.show_error(error)

    def _taken_in(self, report: ActivityReport) -> None:
        self._finished = True
        rejected = f"Rows left out: {report.rejects_file}" if report.rejects_file else ""
        words = import_activities.report_in_words(replace(report, rejects_file=None))
        self._screen.show_done(f"{words}.", rejected)

    def _show_done(self, report: ImportReport) -> None:
        self._finished = True
        self._screen.show_done(*report_text(report))
