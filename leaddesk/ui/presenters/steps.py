# SPDX-License-Identifier: MIT
"""What somebody did in the list of leads, and takes back step by step, the latest first."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from leaddesk.ui.presenters.desk import Desk

if TYPE_CHECKING:
    from leaddesk.core.services.changes import Changes
    from leaddesk.core.services.workspace import Workspace

MOST_STEPS: Final = 100

Undo = Callable[["Workspace"], "tuple[str, Changes]"]
"""Takes a step back; returns what was done, for people, and what changed."""


class Steps:
    """One per Leads view, for whatever is done in it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._done: list[Undo] = []

    def keep(self, words: str, undo: Undo) -> None:
        """Say what was done, and keep how it is taken back."""
        self._done = [*self._done, undo][-MOST_STEPS:]
        self._desk.say(f"{words}. Ctrl Z takes it back.")

    def undo(self) -> None:
        """Take back the latest step that is not taken back yet."""
        if self._done:
            self._desk.change(self._done.pop(), self._desk.say)
        else:
            self._desk.say("Nothing to take back.")
