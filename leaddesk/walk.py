# SPDX-License-Identifier: MIT
"""The way of a lead walked through the real window, off-screen and by keys alone.

From a CSV to an exported decision: what the demo does where there is no display, and how the
program tests itself. Waits for what a person would see, never for a time.
"""

import csv
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from leaddesk import app, resources
from leaddesk.core.errors import BugError, KnownError

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget

    from leaddesk.ui.call.call_view import CallView
    from leaddesk.ui.main_window import MainWindow
    from leaddesk.ui.presenters.call_presenter import CallPresenter

PATIENCE_MS = 20_000
FAILED = 1

SCRIPT = (
    ("opening", "", ""),
    ("problem", "1", "Loses 6 hours a week to line changeovers."),
    ("signer", "2", "The COO co-signs anything above 20k, and asked for a payback under a year."),
    ("funding", "2", ""),
    ("amount", "30000", ""),
    ("start", "2", ""),
)
"""Where the walk stops in the shipped script, what it answers there, and what it notes."""

PICTURED = "signer"


@dataclass(frozen=True, slots=True)
class Walked:
    """What a walk left behind.

    Attributes:
        decision: The exported row of the lead that was called: column -> cell.
        leads_count: Leads in the exported file.
    """

    decision: Mapping[str, str]
    leads_count: int
    imported: Path
    exported: Path
    picture: Path


def demo() -> int:
    """Open the window on demo data; without a display, walk the same demo off-screen."""
    try:
        return _demo()
    except KnownError as error:
        print(error, file=sys.stderr)  # noqa: T201 - there may be no window to say it in
    except OSError as error:
        what = f"The demo has no folder for its files: {error.strerror}."
        todo = "Make room, or name another folder in TMPDIR."
        print(what, todo, file=sys.stderr)  # noqa: T201 - there is no window to say it in
    return app.REFUSED


def _demo() -> int:
    folder = Path(tempfile.mkdtemp(prefix="leaddesk-demo-"))
    source = Path(shutil.copy(resources.find("demo/leads.csv"), folder / "demo-leads.csv"))
    if not app.display_is_missing():
        _open_all_hours(folder)
        _fill(folder, source)
        return app.window(folder)
    _say("There is no display, so the demo is walked off-screen, in the same window, by keys.")
    walked = walk(folder, source)
    row = walked.decision
    _say(f"Imported: {walked.imported}")
    _say(f"Called:   {row['first_name']} {row['last_name']}, {row['company']}")
    recommended = "as recommended" if row["decision"] == row["recommended"] else "against advice"
    _say(f"Decided:  {_words(row['decision'])} at {row['score']} of 100, {recommended}")
    _say(f"Exported: {walked.exported}")
    _say(f"Picture:  {walked.picture}")
    return 0


def self_test() -> int:
    """Check the program as it is installed; print what was checked as JSON."""
    try:
        with tempfile.TemporaryDirectory(prefix="leaddesk-self-test-") as name:
            folder = Path(name)
            source = Path(shutil.copy(resources.find("demo/leads.csv"), folder / "demo-leads.csv"))
            walked = walk(folder, source)
    except Exception as error:  # whatever it is, the program is not sound
        _say(json.dumps({"passed": False, "error": f"{type(error).__name__}: {error}"}))
        return FAILED
    found = {"passed": True, **{k: str(v) for k, v in asdict(walked).items() if k != "decision"}}
    _say(json.dumps({**found, "decision": walked.decision["decision"]}))
    return 0


def walk(folder: Path, source: Path) -> Walked:
    """Import `source`, call a lead, decide as recommended and export, in a new profile.

    Raises:
        BugError: something a person would wait for did not come.
    """
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtCore import qInstallMessageHandler

    from leaddesk.core.services.workspace import take_lock

    profile = folder / "profile"
    _open_all_hours(profile)
    # The off-screen platform says of every window what it can't do; nobody needs to read that.
    qInstallMessageHandler(lambda _kind, _where, _text: None)
    application, window = app.compose(profile, take_lock(profile))
    hands = Hands(application, window)
    exported, picture = folder / "decisions.csv", folder / "window.png"
    try:
        window.show()
        window.activateWindow()
        hands.until("the window to be active", window.isActiveWindow)
        _import(hands, source)
        _call(hands, window.call, lambda: window.grab().save(str(picture)))
        _export(hands, exported)
    finally:
        window.close()
    with exported.open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["decision"]]
    return Walked(rows[0], len(rows), source, exported, picture)


def _open_all_hours(profile: Path) -> None:
    """Let the demo be tried at any hour, by calling rules of its own."""
    from leaddesk.core.services.calling import OWN_RULES

    profile.mkdir(parents=True, exist_ok=True)
    shutil.copy(resources.find(f"demo/{OWN_RULES}"), profile / OWN_RULES)


def _fill(profile: Path, source: Path) -> None:
    """Import the demo leads into a new profile."""
    from leaddesk.core.services import import_leads, import_taking
    from leaddesk.core.services.workspace import open_workspace

    with open_workspace(profile, resources.texts) as work:
        import_taking.run(work, import_leads.preview(work, source))


def _import(hands: "Hands", source: Path) -> None:
    hands.press("Ctrl+I")
    hands.choose_file(source)
    hands.press("Return")
    hands.settle()


def _call(hands: "Hands", call: "CallView", take_picture: Callable[[], object]) -> None:
    presenter = call.presenter
    hands.press("Ctrl+1")
    hands.until("a lead to call", lambda: call.queue.list.currentIndex().isValid())
    hands.press("Down")
    hands.settle()
    hands.press("Return")
    for stop_id, answer, note in SCRIPT:
        hands.until(f"the script at {stop_id}", partial(_is_at, presenter, stop_id))
        hands.type(answer)
        if note:
            hands.press("Ctrl+N")
            hands.type(note)
            hands.press("Escape")
        if stop_id == "amount":
            hands.press("Return")
        hands.settle()
        if stop_id == PICTURED:
            take_picture()
        hands.press("Return")
    hands.press("Alt+P")
    hands.type("Half an hour with the COO")
    hands.press("Return")
    hands.until("the call to end", lambda: not presenter.call_lead_id)


def _is_at(presenter: "CallPresenter", stop_id: str) -> bool:
    return presenter.stop_id == stop_id


def _export(hands: "Hands", exported: Path) -> None:
    hands.press("Ctrl+2")
    hands.settle()
    hands.press("Ctrl+E")
    hands.settle()
    hands.press("Return")
    hands.choose_file(exported)


class Hands:
    """A person at the keyboard."""

    def __init__(self, application: "QApplication", window: "MainWindow") -> None:
        self._application = application
        self._tasks = window.context.tasks
        self.window = window

    def press(self, keys: str) -> None:
        """Press one key or shortcut, where the focus is."""
        from PySide6.QtGui import QKeySequence
        from PySide6.QtTest import QTest

        QTest.keySequence(self._focus(), QKeySequence(keys))

    def type(self, text: str) -> None:
        """Type text, whatever its letters."""
        from PySide6.QtCore import QEvent, Qt
        from PySide6.QtGui import QKeyEvent

        for letter in text:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
                self._application.sendEvent(self._focus(), event)

    def choose_file(self, path: Path) -> None:
        """Type a path into the file dialog that is open, and wait for what comes of it."""
        from PySide6.QtWidgets import QFileDialog, QLineEdit

        def dialog() -> QFileDialog | None:
            found = self.window.findChildren(QFileDialog)
            return next((one for one in found if one.isVisible()), None)

        self.until("the file dialog", lambda: dialog() is not None)
        if (opened := dialog()) is not None:
            opened.activateWindow()
            for field in opened.findChildren(QLineEdit)[:1]:
                field.setFocus()
                field.selectAll()
            self.type(str(path))
            self.press("Return")
        self.until("the file dialog to close", lambda: dialog() is None)
        # A window manager would hand the keyboard back; off-screen there is none.
        self.window.activateWindow()
        self.until("the window to be active again", self.window.isActiveWindow)
        self.settle()

    def settle(self) -> None:
        """Wait until nothing is being read or written."""
        self.until("the work to be done", lambda: self._tasks.running == 0)

    def until(self, what: str, condition: Callable[[], bool]) -> None:
        """Let the window work until the condition holds."""
        from PySide6.QtCore import QElapsedTimer, QEventLoop

        waited = QElapsedTimer()
        waited.start()
        # Twice: what the first round posted (a repaint, a callback) belongs to what is waited for.
        self._application.processEvents()
        while not condition():
            if waited.elapsed() > PATIENCE_MS:
                raise BugError(f"waited in vain for {what}")
            self._application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 50)
        self._application.processEvents()

    def _focus(self) -> "QWidget":
        return self._application.focusWidget() or self.window


def _words(decision: str) -> str:
    from leaddesk.core.domain.verdict import Verdict
    from leaddesk.core.domain.wording import VERDICT_NAMES

    return VERDICT_NAMES[Verdict(decision)]


def _say(text: str) -> None:
    print(text)  # noqa: T201 - the walk speaks on the terminal
