# SPDX-License-Identifier: MIT
"""Looks at a file of leads in a process of its own, so that no answer to a call waits for it.

Only the look: what it finds is in the staging file, which the profile's own thread takes in.
Source: docs/adr/0017-imports-by-a-staging-file.md.
"""

import atexit
import os
import traceback
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from multiprocessing import active_children, get_context
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING

from leaddesk.core.errors import BugError, KnownError
from leaddesk.core.services import playbooks
from leaddesk.core.services.import_leads import ImportOptions, state_seen
from leaddesk.core.services.workspace import open_workspace

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess

    from leaddesk.core.services.import_plan import Progress
    from leaddesk.core.services.workspace import Texts, Workspace

Look = Callable[["Workspace", Path, ImportOptions, "Progress"], object]
"""A function of a module that looks at a file; what it returns goes from process to process."""


class Looking:
    """A look at a file that is under way.

    Attributes:
        rows: How many were read so far.
        about: How many there are, by the share of the file that was read; 0: not known.
        is_again: Whether it is being read once more, as `import_staging.stage_file` may have to.
        found: What came of it, None so far.
        seen: What it depends on, for the preview in it; see `import_leads.state_seen`.
    """

    def __init__(self, process: "SpawnProcess", pipe: "Connection", seen: tuple[int, ...]) -> None:
        self.rows = self.about = 0
        self.is_again = False
        self.found: object = None
        self.seen = seen
        self._process = process
        self._pipe = pipe
        atexit.register(self.stop)  # else Python waits for the process to end by itself

    def poll(self) -> bool:
        """Take what the process has told; return whether it has finished.

        Raises:
            KnownError: the file cannot be looked at, in words.
            BugError: the process ended otherwise.
        """
        while self._pipe.poll():
            try:
                told = self._pipe.recv()
            except EOFError:
                self.stop()
                raise BugError("the process that looks at a file ended by itself") from None
            if isinstance(told, tuple):
                # Nobody reads backwards: where there are fewer, they are counted anew.
                self.is_again = self.is_again or told[0] < self.rows
                self.rows, self.about = told
                continue
            # It has done all it had to. How long it takes to end would be a gap in the window, and
            # nothing depends on it.
            self._let_go()
            if isinstance(told, _Failure):
                raise told.error()
            self.found = told
            return True
        return False

    def wait(self) -> None:
        """Wait until the process has something to tell, or has ended."""
        self._pipe.poll(None)

    def stop(self) -> None:
        """End the process; what it has made so far is thrown away. May be called twice."""
        # It watches the other end, and leaves nothing behind.
        self._let_go()
        self._process.join()

    def _let_go(self) -> None:
        self._pipe.close()
        atexit.unregister(self.stop)


def begin(work: "Workspace", path: Path, options: ImportOptions, look: Look) -> Looking:
    """Return a look at a file, begun.

    Raises:
        KnownError: the file cannot be read, in words.
    """
    seen = state_seen(work, path)
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    now = work.clock()
    process = context.Process(
        target=_work_on,
        args=(theirs, work.profile, work.texts, work.playbook_id, now, look, path, options),
    )
    process.start()
    theirs.close()
    return Looking(process, ours, seen)


@dataclass(frozen=True, slots=True)
class _Failure:
    """An error on its way from process to process; `what` is empty for a mistake of ours."""

    what: str
    todo: str
    trace: str = ""

    def error(self) -> Exception:
        return KnownError(self.what, self.todo) if self.what else BugError(self.trace)


def _work_on(  # noqa: PLR0913, PLR0917 - all that the other process has to know
    pipe: "Connection",
    profile: Path,
    texts: "Texts",
    playbook_id: str,
    now: datetime,
    look: Look,
    path: Path,
    options: ImportOptions,
) -> None:
    """Look at a file, telling how far it is; in a process of its own."""
    before = set(_stages(profile))
    is_kept = Event()

    def watch() -> None:
        with suppress(EOFError, OSError):
            pipe.recv()
        if is_kept.is_set():
            return
        for second in active_children():
            second.kill()
            second.join()
        for stage in set(_stages(profile)) - before:
            with suppress(OSError):  # Windows keeps files that are open; the next start drops them
                stage.unlink()
        os._exit(1)

    def go_on(rows: int, about: int) -> bool:
        pipe.send((rows, about))
        return True

    Thread(target=watch, daemon=True).start()
    told: object
    try:
        with open_workspace(profile, texts, read_only=True, clock=lambda: now) as work:
            playbooks.choose(work, playbook_id)
            work.scratch = profile
            told = look(work, path, options, go_on)
    except KnownError as error:
        told = _Failure(error.what, error.todo)
    except Exception:
        told = _Failure("", "", traceback.format_exc())
    is_kept.set()
    pipe.send(told)


def _stages(profile: Path) -> Iterator[Path]:
    return profile.glob("import-*.stage")
