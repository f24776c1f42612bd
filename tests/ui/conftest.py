# SPDX-License-Identifier: MIT
"""The window over a real profile. The database is made once a session and copied for each test."""

import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from leaddesk import resources
from leaddesk.core.services.first_screen import first_screen
from leaddesk.core.services.workspace import open_workspace
from leaddesk.ui import theme
from leaddesk.ui.context import Context
from leaddesk.ui.errors import Errors
from leaddesk.ui.main_window import MainWindow
from leaddesk.ui.notifier import Notifier
from leaddesk.ui.tasks import Tasks
from tests.helpers.leads import some_leads
from tests.helpers.noon import noon
from tests.helpers.window import settled

OpenWindow = Callable[[Path], MainWindow]


@pytest.fixture(scope="session")
def filled_template(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("filled")
    with (
        open_workspace(folder, resources.texts, clock=noon) as work,
        work.store.begin() as unit,
    ):
        unit.leads.add(some_leads())
    return folder


@pytest.fixture
def filled(profile, filled_template) -> Path:
    """The profile of the test, with the leads of `some_leads`."""
    shutil.copytree(filled_template, profile)
    return profile


@pytest.fixture
def saved_themes() -> list[str]:
    """The colours the window asked to keep."""
    return []


@pytest.fixture
def open_window(qtbot, qapp, saved_themes) -> Iterator[OpenWindow]:
    """Open the window on a profile; it is closed and deleted after the test."""
    opened: list[MainWindow] = []

    def build(profile: Path) -> MainWindow:
        theme.apply(qapp, "light")
        errors = Errors(profile, noon)
        context = Context(
            opener=partial(open_workspace, profile, resources.texts, clock=noon),
            tasks=Tasks(),
            notifier=Notifier(),
            show_error=errors.show,
            first=first_screen(profile, resources.texts, clock=noon),
            clock=noon,
        )
        window = MainWindow(context, saved_themes.append)
        errors.shown.connect(window.show_message)
        opened.append(window)
        with qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        qtbot.waitUntil(lambda: settled(window))
        return window

    yield build
    for window in opened:
        window.close()
        window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def win(open_window, filled) -> MainWindow:
    """The window on a profile with twelve leads, with nothing under way."""
    return open_window(filled)
