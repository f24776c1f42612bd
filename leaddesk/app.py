# SPDX-License-Identifier: MIT
"""The one place that composes a window: paths, first screen, services, views.

The order serves the first paint: what it shows is read by plain queries in a thread while Qt is
being imported; the database itself is opened behind the first paint, on the database thread.
"""

import gc
import os
import sys
from dataclasses import replace
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from leaddesk import resources
from leaddesk.core.errors import KnownError
from leaddesk.core.services.clock import Clock, system_clock

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from leaddesk.core.domain.roles import Rep
    from leaddesk.core.services.lead_list import FirstScreen
    from leaddesk.core.services.workspace import Workspace
    from leaddesk.core.store.instance_lock import InstanceLock
    from leaddesk.ui.main_window import MainWindow
    from leaddesk.ui.tasks import Runner

REFUSED = 2
FRAME_HEIGHT = 40
"""About what a title bar takes off a screen."""


def window(profile: Path | None = None) -> int:
    """Open the window on a profile (None: the usual one); return the exit status."""
    if display_is_missing():
        return _refuse(
            KnownError(
                "There is no display to open a window on.",
                "leaddesk --help lists the commands that need none.",
            )
        )
    from leaddesk.core.services.workspace import default_profile, named_profile, take_lock

    try:
        folder = named_profile(profile) if profile else default_profile()
        lock = take_lock(folder)
    except KnownError as error:
        return _refuse(error)
    app, opened = compose(folder, lock)

    from PySide6.QtGui import QIcon

    opened.setWindowIcon(QIcon(str(resources.find("icons/leaddesk.png"))))
    room = opened.screen().availableSize()
    if opened.width() > room.width() or opened.height() + FRAME_HEIGHT > room.height():
        opened.showMaximized()
    else:
        opened.show()
    return app.exec()


def compose(
    profile: Path,
    lock: "InstanceLock",
    runner: "Runner | None" = None,
    clock: Clock = system_clock,
) -> "tuple[QApplication, MainWindow]":
    """Return the application and the window of a profile, not shown yet.

    Args:
        profile: The folder.
        lock: Its lock; the window lets go of it when it is closed.
        runner: Where jobs run; None: on a database thread.
        clock: What time it is.
    """
    # What is imported and built here stays, so looking through it for garbage is time lost.
    gc.disable()
    from leaddesk.core.services.settings import (
        Theme,
        apply_settings,
        load_settings,
        save_settings,
    )

    settings, warnings = load_settings(profile)
    reading = _FirstScreen(profile, settings.rep, clock)
    reading.start()

    from PySide6.QtWidgets import QApplication

    from leaddesk.core.services.workspace import open_workspace
    from leaddesk.ui import theme
    from leaddesk.ui.context import Context
    from leaddesk.ui.errors import Errors
    from leaddesk.ui.main_window import MainWindow
    from leaddesk.ui.notifier import Notifier
    from leaddesk.ui.tasks import Tasks

    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
    app.setApplicationName("leaddesk")
    theme.set_text_size(settings.text_percent)
    theme.prepare(app)
    errors = Errors(profile, clock)
    reading.join()

    def open_() -> "Workspace":
        work = open_workspace(profile, resources.texts, lock=lock, clock=clock)
        apply_settings(work, settings)
        # What was loaded for it stays too: looking through all of it takes 50 ms in mid-call.
        gc.freeze()
        return work

    context = Context(
        opener=open_,
        tasks=Tasks(runner),
        notifier=Notifier(),
        show_error=errors.show,
        first=reading.found,
        clock=clock,
        country=settings.country,
    )

    def save_theme(scheme: str) -> None:
        # On the thread that writes the other settings, so that neither loses what the other wrote.
        context.run(
            lambda _work: save_settings(
                profile, replace(load_settings(profile)[0], theme=Theme(scheme))
            )
        )

    opened = MainWindow(context, save_theme)
    # Only now: a style sheet in force would be looked through for every widget that is added.
    theme.apply(app, settings.theme)
    errors.shown.connect(opened.show_message)
    context.tasks.failed.connect(errors.show)
    errors.install()
    for warning in warnings:
        opened.say(warning)
    gc.freeze()
    gc.enable()
    return app, opened


def display_is_missing() -> bool:
    """Return whether no window could be seen: on a Unix without X11 or Wayland."""
    if sys.platform in {"win32", "darwin"}:
        return False
    wanted = os.environ.get("QT_QPA_PLATFORM", "")
    if wanted:
        return wanted.startswith(("offscreen", "minimal"))
    return not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


class _FirstScreen(Thread):
    """Reads what the first paint shows."""

    def __init__(self, profile: Path, rep: "Rep", clock: Clock) -> None:
        super().__init__(name="first-screen")
        self._profile = profile
        self._rep = rep
        self._clock = clock
        self.found: FirstScreen | None = None

    def run(self) -> None:
        from leaddesk.core.services.first_screen import first_screen

        self.found = first_screen(self._profile, resources.texts, self._rep, self._clock)


def _refuse(error: KnownError) -> int:
    """Say why nothing was opened: on the terminal, and in a box where there is a display."""
    print(error, file=sys.stderr)  # noqa: T201 - there is no window to say it in
    if not display_is_missing():
        from PySide6.QtWidgets import QApplication

        from leaddesk.ui.errors import show_refusal

        QApplication(sys.argv[:1])
        show_refusal(error)
    return REFUSED
