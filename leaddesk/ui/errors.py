# SPDX-License-Identifier: MIT
"""The one place that turns a failure into what people see: a calm sentence, never a dialog.

What the user's world did is said with what to do. What we did wrong is written to a report in the
profile, which holds no lead data: types and places in the code, never messages or values.
"""

import sys
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

from PySide6.QtCore import QObject, Qt, Signal, qVersion

from leaddesk.core.errors import KnownError
from leaddesk.core.services.crash_report import report_text, write_report


class Message(NamedTuple):
    """What the bar of the window says.

    Attributes:
        what: What happened.
        todo: What to do about it; may be empty.
        serious: A mistake of ours, shown in red.
    """

    what: str
    todo: str = ""
    serious: bool = False


class Errors(QObject):
    """Shows failures; may be called from any thread.

    Emits:
        shown: `Message` of a failure, on the UI thread.
    """

    shown = Signal(object)

    def __init__(self, profile: Path, clock: Callable[[], datetime]) -> None:
        super().__init__()
        self._profile = profile
        self._clock = clock

    def show(self, error: BaseException) -> None:
        """Say what happened; writes a report where the failure is ours."""
        if isinstance(error, KnownError):
            self.shown.emit(Message(error.what, error.todo))
        else:
            self.shown.emit(self._reported(error))

    def install(self) -> None:
        """Catch what nobody caught, in slots and in threads."""
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception

    def _reported(self, error: BaseException) -> Message:
        now = self._clock()
        what = "Something went wrong inside leaddesk. What you entered before is saved."
        path = write_report(self._profile, _report(error, now), now)
        if path is None:
            return Message(what, "Try it again, or start leaddesk again.", serious=True)
        return Message(what, f"A report without lead data is in {path}.", serious=True)

    def _on_exception(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        sys.stderr.write(_report(error, self._clock()))
        self.show(error)

    def _on_thread_exception(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self._on_exception(args.exc_type, args.exc_value, args.exc_traceback)


def _report(error: BaseException, now: datetime) -> str:
    return report_text(error, now, f"Qt {qVersion()}")


def show_refusal(error: KnownError) -> None:
    """Say in a box why no window opens, and wait until it is read."""
    from PySide6.QtWidgets import QMessageBox

    box = QMessageBox()
    box.setWindowTitle("leaddesk")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(error.what)
    box.setInformativeText(error.todo)
    box.exec()
