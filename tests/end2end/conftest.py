# SPDX-License-Identifier: MIT
"""A rep at the keyboard of the real window."""

import json
import sys
import threading

import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from leaddesk import app, resources
from leaddesk.core.domain.events import EventKind
from leaddesk.core.services.workspace import open_workspace, take_lock
from leaddesk.walk import Hands
from tests.helpers.leads import some_leads
from tests.helpers.noon import NOON

MONDAY = NOON.replace(hour=14)


class Rep(Hands):
    """A rep at the keyboard, who can look into the profile when the window is closed."""

    def __init__(self, application, window, clock) -> None:
        super().__init__(application, window)
        self.clock = clock

    @property
    def presenter(self):
        return self.window.call.presenter

    @property
    def panel(self) -> str:
        panel = self.window.call.assessment._panel
        return panel._shown_title if self.presenter.has_panel else ""

    def keys(self, *keys: str) -> "Rep":
        for one in keys:
            self.press(one)
            self.settle()
        return self

    def says(self, text: str) -> "Rep":
        self.type(text)
        self.settle()
        return self

    def call(self, name: str) -> "Rep":
        return self.choose(name).keys("Return")

    def choose(self, name: str) -> "Rep":
        self.press("Ctrl+F")
        self.press("Ctrl+A")
        self.type(name)
        queue = self.window.call.queue
        self.until(
            f"{name} in the queue",
            lambda: queue.current() is not None and name in queue.current().name,
        )
        self.settle()
        return self

    def before_call(self) -> dict[str, str]:
        """What is shown of the last time before a call: label -> words."""
        grid = self.window.call.script.before._last
        cells = [grid.itemAtPosition(n // 2, n % 2) for n in range(grid.count())]
        texts = [cell.widget().text() for cell in cells if not cell.widget().isHidden()]
        return dict(zip(texts[::2], texts[1::2], strict=True))

    def at(self, stop_id: str) -> "Rep":
        self.until(f"the script at {stop_id}", lambda: self.presenter.stop_id == stop_id)
        self.settle()
        return self

    def idle(self) -> "Rep":
        self.until("the call to be over", lambda: self.presenter.is_idle)
        self.settle()
        return self

    def on_disk(self, look):
        """What `look` finds in the profile, read beside the open window."""
        folder = self.window.property("profile")
        with open_workspace(folder, resources.texts, read_only=True, clock=self.clock) as work:
            return look(work)

    def state(self, lead_id: str):
        def look(work):
            with work.store.read() as unit:
                return unit.leads.state(lead_id)

        return self.on_disk(look)

    def decisions(self, lead_id: str):
        def look(work):
            with work.store.read() as unit:
                return unit.decisions.of_lead(lead_id)

        return self.on_disk(look)

    def events(self, lead_id: str, kind: EventKind):
        def look(work):
            with work.store.read() as unit:
                return unit.events.of_lead(lead_id, (kind,))

        return self.on_disk(look)

    def facts(self, lead_id: str):
        def look(work):
            with work.store.read() as unit:
                return unit.calls.facts_of_lead(lead_id)

        return self.on_disk(look)


@pytest.fixture
def open_rep(qapp, profile, monkeypatch):
    """Open the window on twelve leads of the morning; settings and leads may be other ones."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    windows = []
    now = [MONDAY]

    def open_(settings=None, leads=None) -> Rep:
        if not (profile / "leaddesk.sqlite").exists():
            with (
                open_workspace(profile, resources.texts, clock=lambda: now[0]) as work,
                work.store.begin() as unit,
            ):
                unit.leads.add(some_leads() if leads is None else leads)
        if settings:
            (profile / "settings.json").write_text(json.dumps(settings), encoding="utf-8")
        _, window = app.compose(profile, take_lock(profile), clock=lambda: now[0])
        window.setProperty("profile", profile)
        windows.append(window)
        window.show()
        window.activateWindow()
        rep = Rep(qapp, window, lambda: now[0])
        rep.now = now
        rep.until("the window to be active", window.isActiveWindow)
        rep.until("the panes", lambda: window.call.is_complete)
        rep.settle()
        return rep

    yield open_
    for window in windows:
        window.close()
        window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not list(profile.glob("crash-*")), "something went wrong on the way"


@pytest.fixture
def rep(open_rep) -> Rep:
    return open_rep({"name": "Robin Rep", "company": "Ours"})
