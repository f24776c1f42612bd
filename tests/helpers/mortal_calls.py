# SPDX-License-Identifier: MIT
"""Windows in mid-call that are killed at random moments. Run as a program: PROFILE KILLS SEED.

Everything is imported once, then each window lives in a fork of its own: it calls, answers by keys
as fast as they are taken, and writes down what it is about to say and what it was told is saved.
Its parent kills it without warning. One JSON line a window goes to standard output.

Standard input is a pipe into which nothing is written: when its other end closes, whoever started
this is gone, and everything here ends, too.
"""

import json
import os
import random
import select
import signal
import sys
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSocketNotifier, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from leaddesk import resources
from leaddesk.core.domain.playbook import Kind
from leaddesk.core.services import playbooks
from leaddesk.core.services.workspace import open_workspace
from leaddesk.ui import theme
from leaddesk.ui.context import Context
from leaddesk.ui.main_window import MainWindow
from leaddesk.ui.notifier import Notifier
from leaddesk.ui.presenters.call_screens import Phase
from leaddesk.ui.tasks import Tasks
from tests.helpers.window import settled, type_text

STDIN = 0
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
LONGEST_LIFE_S = 20
MOST_LINES = 30
"""A window is killed after fewer lines than this."""


def noon() -> datetime:
    """A Monday noon, when everybody may be called."""
    return NOON


class Caller:
    """A person who never stops talking."""

    def __init__(self, profile: Path, out: int, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 - chance, not secrecy
        self._out = out
        self._app = QApplication(sys.argv[:1])
        theme.apply(self._app, "light")
        context = Context(
            opener=partial(open_workspace, profile, resources.texts, clock=noon),
            tasks=Tasks(),
            notifier=Notifier(),
            clock=noon,
        )
        self._window = MainWindow(context, lambda _scheme: None)
        self._presenter = self._window.call.presenter
        self._window.call.saved.connect(self._saved)
        self._resumed = False

    def live(self) -> None:
        """Call until the end comes from outside."""
        timer = QTimer(self._window, interval=0)
        timer.timeout.connect(self._act)
        timer.start()
        left = QSocketNotifier(STDIN, QSocketNotifier.Type.Read, self._window)
        left.activated.connect(lambda: os._exit(1))
        self._window.show()
        self._window.activateWindow()
        self._app.exec()

    def _act(self) -> None:
        if not self._resumed:
            if settled(self._window):
                self._resumed = True
                live = self._presenter.live
                shown = live.answers.shown.values() if live else ()
                call_id = live.call.call_id if live else ""
                self._tell("shown", call_id, [(a.question_id, a.value, a.note) for a in shown])
        elif self._presenter.phase is Phase.IDLE:
            self._press(Qt.Key.Key_Return)
        elif self._presenter.phase is Phase.IN_CALL:
            self._say_something()

    def _say_something(self) -> None:
        live = self._presenter.live
        question = live.question
        if question is not None and question.kind in (Kind.CHOICE, Kind.YES_NO):
            picked = self._random.randrange(len(question.options))
            self._tell("intends", question.id, question.options[picked].id, live.note())
            self._press(Qt.Key(Qt.Key.Key_1 + picked))
            self._note(question.id, live)
        elif question is not None:
            number = str(self._random.randrange(90_000))
            value = number if question.kind is Kind.TEXT else int(number)
            self._tell("intends", question.id, value, live.note())
            field = QApplication.focusWidget()
            field.clear()
            type_text(field, number)
            self._press(Qt.Key.Key_Return)
        backwards = self._random.random() < 0.3 or live.entry_screen(NOON).at_end
        if backwards:
            self._press(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
        else:
            self._press(Qt.Key.Key_Return)

    def _note(self, question_id, live) -> None:
        if self._random.random() < 0.5:
            text = f"words {self._random.randrange(10_000)}"
            self._tell("intends", question_id, live.value, text)
            self._press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
            note = QApplication.focusWidget()
            note.selectAll()
            type_text(note, text)
            self._press(Qt.Key.Key_Escape)

    def _press(self, key, modifier=Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(QApplication.focusWidget() or self._window, key, modifier)

    def _saved(self, answer) -> None:
        self._tell("saved", answer.question_id, answer.value, answer.note)

    def _tell(self, *what) -> None:
        os.write(self._out, json.dumps(what).encode() + b"\n")


def life(profile: Path, seed: int, kill: random.Random | None) -> list[list]:
    """Return what one window wrote down until it was killed; None: it is let go on resuming."""
    out, into = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            Caller(profile, into, seed).live()
        finally:
            os._exit(1)
    os.close(into)
    wanted = 1 if kill is None else kill.randrange(MOST_LINES)
    grace = 0.0 if kill is None else kill.random() * 0.02
    written = b""
    left = []
    while written.count(b"\n") < wanted:
        ready, _, _ = select.select([out, STDIN], [], [], LONGEST_LIFE_S)
        left = [one for one in ready if one == STDIN]
        piece = b"" if left else os.read(out, 1 << 16)
        if not piece:
            break
        written += piece
    # Nothing else to wait for: a moment of any length, so that the end comes at any place.
    left = left or select.select([STDIN], [], [], grace)[0]
    with suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    if left:
        sys.exit("whoever started this is gone")
    while piece := os.read(out, 1 << 16):
        written += piece
    os.close(out)
    return [json.loads(line) for line in written.split(b"\n")[:-1]]


def main() -> None:
    """Live and die as often as asked, then once more to see what is left."""
    profile, kills, seed = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    with open_workspace(profile, resources.texts) as work:
        playbooks.active(work)  # imports what a window imports late, once for all
    kill = random.Random(seed)  # noqa: S311 - chance, not secrecy
    for number in range(kills + 1):
        told = life(profile, seed + number, kill if number < kills else None)
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
