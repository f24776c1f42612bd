# SPDX-License-Identifier: MIT
"""What holds for every test: no screen, no profile of a person, and nothing left behind.

Nothing here imports PySide6: the tests of the core run where it is not installed.
"""

import itertools
import os
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import settings

# Read when PySide6 is first imported, which pytest-qt does after this file.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
for name in ("QT_QPA_PLATFORMTHEME", "QT_STYLE_OVERRIDE"):
    os.environ.pop(name, None)

JOIN_TIMEOUT_S = 5

# No test depends on how fast the machine is.
settings.register_profile("leaddesk", deadline=None)
settings.load_profile("leaddesk")


@pytest.fixture(scope="session", autouse=True)
def home(tmp_path_factory) -> Path:
    """A home of our own, so that no setting or profile of the person at this machine is seen."""
    folder = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("HOME", "USERPROFILE"):
            patch.setenv(name, str(folder))
        for name in [name for name in os.environ if name.startswith("XDG_")]:
            patch.delenv(name)
        yield folder


_numbers = itertools.count(1)


@pytest.fixture(autouse=True)
def profile(home, monkeypatch) -> Path:
    """The folder of a profile that is not there yet, another one for every test."""
    folder = home / "profiles" / str(next(_numbers))
    monkeypatch.setenv("LEADDESK_PROFILE", str(folder))
    return folder


@pytest.fixture(autouse=True)
def _no_thread_is_left():
    before = set(threading.enumerate())
    yield
    for thread in set(threading.enumerate()) - before:
        if not isinstance(thread, threading._DummyThread):  # a thread of Qt's that called us
            thread.join(JOIN_TIMEOUT_S)
            assert not thread.is_alive(), f"the test left a thread running: {thread.name}"


@pytest.fixture(autouse=True)
def _no_window_is_left():
    yield
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets is None or widgets.QApplication.instance() is None:
        return
    left = [window for window in widgets.QApplication.topLevelWidgets() if window.isVisible()]
    for window in left:
        window.close()
    assert not left, f"the test left windows open: {left}"
