# SPDX-License-Identifier: MIT
"""Decides what the import page shows: reading, what would happen, what happened, what failed."""

import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from leaddesk.core.domain.merge import OnMatch, has_policy
from leaddesk.core.errors import BugError, KnownError
from leaddesk.core.services import (
    column_maps,
    import_cancelling,
    import_columns,
    import_facts,
    import_leads,
    import_looking,
    import_taking,
)
from leaddesk.core.services.import_facts import FactsReport
from leaddesk.core.services.import_history import UndoReport
from leaddesk.core.services.import_leads import ImportOptions, ImportPreview, ImportReport
from leaddesk.core.services.import_looking import Looked
from leaddesk.core.services.import_plan import StoppedError
from leaddesk.core.services.import_taking import Taking
from leaddesk.ui.presenters.desk import Desk
from leaddesk.ui.presenters.import_reading import (
    COUNTRY,
    ReadingChoice,
    read_otherwise,
    reading_choices,
)
from leaddesk.ui.presenters.import_screen import ImportScreen
from leaddesk.ui.presenters.import_texts import (
    PreviewText,
    field_words,
    preview_text,
    progress_text,
    reading_text,
    report_text,
)
from leaddesk.ui.presenters.lead_texts import counted

if TYPE_CHECKING:
    from leaddesk.core.services.import_process import Looking
    from leaddesk.core.services.workspace import Workspace

CHANGED: Final = "The file or the leads changed meanwhile. This is what importing it does now."
REMEMBERED: Final = "Read as you chose for the last file of this kind."


class ImportPresenter:
    """One per import page.

    Args:
        screen: What shows it.
        desk: The way to the services.
        seconds: A clock that only moves forward, for the rate.
    """

    def __init__(
        self, screen: ImportScreen, desk: Desk, seconds: Callable[[], float] = time.monotonic
    ) -> None:
        self._screen = screen
        self._desk = desk
        self._seconds = seconds
        self._path = Path.home() / "leads.csv"
        self._options = ImportOptions()
        self._before: ImportOptions | None = None
        self._by_memory = True
        self._note = ""
        self._presets: tuple[tuple[str, str], ...] = ()
        self._asked = 0
        self._preview: ImportPreview | None = None
        self._text: PreviewText | None = None
        self._facts: FactsReport | None = None
        self._finished = False
        self._is_taking = self._is_cancelled = False
        self._began = 0.0

    @property
    def folder(self) -> str:
        """Where the last file was, for the next choice."""
        return str(self._path.parent)

    def choose(self, path: str) -> None:
        """Look at a file; nothing is written. An import on its way in goes on first."""
        if self._is_taking:
            self._desk.say("An import is on its way in. Choose the next file when it is done.")
            return
        self._path = Path(path)
        self._options = ImportOptions(country=self._desk.country)
        self._by_memory = True
        self._note = ""
        self._look()

    def match_by(self, on_match: OnMatch) -> None:
        """Choose what happens with leads that are there already, and look again."""
        if on_match is not self._options.on_match:
            self._options = replace(self._options, on_match=on_match)
            self._note = ""
            self._look()

    def reading(self) -> tuple[ReadingChoice, ...]:
        """Return what may be chosen of how the file is read."""
        return reading_choices(self._preview, self._presets) if self._preview is not None else ()

    def read_by(self, kind: str, value: str) -> None:
        """Read the file by another choice; where it cannot be read so, it stays as it was."""
        if any(one.kind == kind and one.now != value for one in self.reading()):
            self._before = self._options
            self._options = read_otherwise(self._options, kind, value)
            self._by_memory, self._note = kind != COUNTRY, ""
            self._look()

    def fields(self, index: int) -> tuple[tuple[str, str], ...]:
        """Return (field, words) of where a column may go."""
        if self._preview is None:
            return ()
        _, guess = self._preview.columns[index]
        preset = self._preview.source.preset
        choices = import_columns.choosable_fields(guess)
        return tuple((field, field_words(field, preset)) for field in choices)

    def move(self, index: int, field: str) -> None:
        """Let a column go to another field, and look again."""
        preview = self._preview
        if preview is None or preview.columns[index][1] == field:
            return
        column = preview.columns[index][0]
        mapping = import_columns.moved(preview.columns, self._options.mapping, column, field)
        given_up = [
            other for other, goes_to in preview.columns if goes_to == field and mapping[column]
        ]
        words = field_words(field, preview.source.preset)
        taken = bool(given_up) and mapping.get(given_up[0]) == import_columns.EXTRA
        self._note = f"{words} is no longer taken from {given_up[0]}." if taken else ""
        self._options = replace(self._options, mapping=mapping)
        self._look()

    def has_policy(self, index: int) -> bool:
        """Tell whether something else may hold for the field of a column."""
        return self._preview is not None and has_policy(self._preview.columns[index][1])

    def policy_of(self, index: int) -> OnMatch | None:
        """Return what holds for the field of a column alone; None: as for the rest."""
        if self._preview is None:
            return None
        return self._options.by_field.get(self._preview.columns[index][1])

    def match_field_by(self, index: int, policy: OnMatch | None) -> None:
        """Choose what happens with the field of a column, and look again."""
        if self._preview is None or not self.has_policy(index):
            return
        if policy is self.policy_of(index):
            return
        field = self._preview.columns[index][1]
        rest = {name: one for name, one in self._options.by_field.items() if name != field}
        by_field = rest if policy is None else {**rest, field: policy}
        self._options = replace(self._options, by_field=by_field)
        self._note = ""
        self._look()

    def forget(self) -> None:
        """Forget what was chosen for files of this source, and look again."""
        if self._preview is None:
            return
        preview = self._preview
        self._options = replace(
            self._options,
            mapping={},
            by_field={},
            on_match=OnMatch.FILL,
            country=self._desk.country,
            encoding="",
            delimiter="",
        )
        self._by_memory, self._note = False, ""
        self._desk.run(
            lambda work: column_maps.forget(work, preview),
            lambda _nothing: self._look(),
            self._show_failed,
        )

    def go_on(self) -> None:
        """Do what Enter means: import what is shown, or see the leads afterwards."""
        if self._finished:
            self.leave()
        elif self._facts is not None:
            facts, self._facts = self._facts, None
            path = self._path
            self._screen.show_working(f"Reading {path.name}\u2026")
            self._desk.change(
                lambda work: import_facts.run(work, facts), self._taken_in, self._show_failed
            )
        elif self._preview is not None and self._text is not None and self._text.button:
            preview, self._preview = self._preview, None
            self._is_taking, self._is_cancelled = True, False
            self._began = self._seconds()
            self._screen.show_working(f"Importing {self._path.name}\u2026")

            def start(work: "Workspace") -> Taking | None:
                if import_looking.is_large(preview.path) and not import_leads.is_true(
                    work, preview
                ):
                    import_leads.discard(preview)
                    return None
                # First, since an import that has begun comes in, whatever fails behind it.
                column_maps.remember(work, preview)
                return import_taking.start(work, preview)

            self._desk.run(start, self._begin_to_take_in, self._show_failed)

    def leave(self) -> None:
        """Leave the file alone, and go back to the leads; what came in so far goes again."""
        if self._is_taking:
            self._is_cancelled = True
            self._screen.show_working("Taking back what came in so far\u2026")
            return
        self._asked += 1
        self._drop()
        self._finished = False
        self._screen.show_nothing()
        self._desk.open_view("leads")

    def _begin_to_take_in(self, taking: Taking | None) -> None:
        if taking is not None:
            self._take_in(taking)
            return
        self._is_taking = False
        if self._is_cancelled:
            self.leave()
            return
        self._note = CHANGED
        self._look()

    def _take_in(self, taking: Taking) -> None:
        """Take in a few rows; what else waits for the database comes between."""
        if self._is_cancelled:
            self._desk.change(
                lambda work: import_cancelling.cancel(work, taking),
                self._show_cancelled,
                self._show_stopped,
            )
            return
        rows = taking.report.rows
        spent = self._seconds() - self._began
        what = progress_text(f"Importing {self._path.name}", taking.done, rows, spent)
        self._screen.show_working(what, taking.done * 100 // max(rows, 1))
        self._desk.say(what)
        self._desk.change(
            taking.step,
            lambda is_done: self._show_done(taking.report) if is_done else self._take_in(taking),
            self._show_stopped,
        )

    def _show_cancelled(self, undone: UndoReport) -> None:
        self._is_taking = False
        stay = len(undone.kept)
        kept = f"{counted(stay, 'lead')} somebody worked with meanwhile stayed." if stay else ""
        self._desk.say("The import was cancelled.")
        self._screen.show_failed(
            f"{self._path.name} was not imported",
            kept or "The import was cancelled, and nothing of it is left.",
            "",
        )

    def _show_stopped(self, error: Exception) -> None:
        self._is_taking = False
        self._screen.show_failed(
            f"{self._path.name} is not imported yet",
            str(error.what) if isinstance(error, KnownError) else "Something went wrong.",
            "The rest comes in when leaddesk is opened next.",
        )
        if not isinstance(error, KnownError):
            self._desk.show_error(error)

    def _look(self) -> None:
        """Look at the file, away from the UI thread; the one place that does."""
        self._asked += 1
        self._drop()
        self._finished = False
        self._screen.show_working(f"Reading {self._path.name}\u2026")
        path, asked, options, by_memory = self._path, self._asked, self._options, self._by_memory

        def go_on(_rows: int, _about: int) -> bool:
            return asked == self._asked

        way = partial(import_looking.look, by_memory=by_memory)
        self._began = self._seconds()

        def look(work: "Workspace") -> "Looked | FactsReport | Looking":
            found = import_facts.look(work, path)
            if found is not None:
                return found
            if import_looking.is_large(path):
                from leaddesk.core.services import import_process

                return import_process.begin(work, path, options, way)
            return way(work, path, options, go_on)

        def looked(found: "Looked | FactsReport | Looking") -> None:
            if isinstance(found, Looked | FactsReport):
                self._show_preview(asked, found)
            else:
                self._follow(asked, found)

        self._desk.run(look, looked, partial(self._show_unreadable, asked))

    def _follow(self, asked: int, looking: "Looking", *, is_again: bool = False) -> None:
        """Ask a look in another process now and then how far it is, until it is done.

        `is_again`: it was reading once more when it was asked before.
        """
        if asked != self._asked:
            looking.stop()
            return
        try:
            is_done = looking.poll()
        except (KnownError, BugError) as error:
            self._show_unreadable(asked, error)
            return
        if is_done:
            found = cast("Looked", looking.found)
            preview = import_leads.made_elsewhere(found.preview, looking.seen)
            self._show_preview(asked, replace(found, preview=preview))
            return
        if looking.is_again and not is_again:
            self._began = self._seconds()
        spent = self._seconds() - self._began
        rows, about = looking.rows, looking.about
        once_more = " once more, by what all its rows say" if looking.is_again else ""
        what = reading_text(f"Reading {self._path.name}{once_more}", rows, about, spent)
        self._screen.show_working(what, rows * 100 // about if about else None)
        self._screen.later(partial(self._follow, asked, looking, is_again=looking.is_again))

    def _drop(self) -> None:
        """Forget what was looked at, and its staging file."""
        if self._preview is not None:
            import_leads.discard(self._preview)
        self._preview = self._text = self._facts = None

    def _show_preview(self, asked: int, found: Looked | FactsReport) -> None:
        if asked != self._asked:
            if isinstance(found, Looked):
                import_leads.discard(found.preview)
            return
        if isinstance(found, Looked):
            self._preview, self._presets, self._before = found.preview, found.presets, None
            # From here on what is chosen holds, and the memory was asked.
            self._options, self._by_memory = found.preview.options, False
            self._text = preview_text(found.preview)
            if found.is_remembered:
                self._note = REMEMBERED
            self._screen.show_preview(self._text, self._options.on_match, self._note)
            return
        self._facts = found if found.added else None
        title = f"{found.path.name}: {import_facts.what_it_tells(found)}"
        more = "Enter takes it in." if found.added else "There is nothing new in it."
        what = import_facts.report_in_words(found)
        self._screen.show_facts(title, f"{what}.", more)

    def _show_unreadable(self, asked: int, error: Exception) -> None:
        if asked != self._asked or isinstance(error, StoppedError):
            return
        before, self._before = self._before, None
        if before is not None and isinstance(error, KnownError):
            self._options, self._by_memory, self._note = before, False, error.what
            self._look()
        else:
            self._show_failed(error)

    def _show_failed(self, error: Exception) -> None:
        self._is_taking = False
        title = f"{self._path.name} was not imported"
        if isinstance(error, KnownError):
            self._screen.show_failed(title, error.what, error.todo)
        else:
            self._screen.show_failed(title, "Nothing was written.", "")
            self._desk.show_error(error)

    def _taken_in(self, report: FactsReport) -> None:
        self._finished = True
        rejected = f"Rows left out: {report.rejects_file}" if report.rejects_file else ""
        words = import_facts.report_in_words(replace(report, rejects_file=None))
        self._screen.show_done(f"{words}.", rejected)

    def _show_done(self, report: ImportReport) -> None:
        self._finished, self._is_taking = True, False
        self._screen.show_done(*report_text(report))
        self._desk.say("An import can be undone from Leads \u203a History")
