# SPDX-License-Identifier: MIT
"""A day of follow-ups in the real window, without the mouse."""

import sys
import threading
from datetime import UTC, datetime, timedelta

import pytest
import vobject
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QGuiApplication

from leaddesk import app, resources
from leaddesk.core.domain.touches import TouchState
from leaddesk.core.services import follow_ups, lead_page
from leaddesk.core.services.workspace import open_workspace, take_lock
from leaddesk.walk import Hands
from tests.helpers.due import a_day, some_due

MONDAY = datetime(2026, 11, 23, 14, tzinfo=UTC)


class Rep(Hands):
    """A rep in the Follow-ups view, who can look into the profile beside the window."""

    @property
    def view(self):
        return self.window.views.follow_ups

    def keys(self, *keys: str) -> "Rep":
        for one in keys:
            self.press(one)
            self.settle()
        return self

    def on_disk(self, look):
        folder = self.window.property("profile")
        clock = lambda: MONDAY  # noqa: E731 - one use
        with open_workspace(folder, resources.texts, read_only=True, clock=clock) as work:
            return look(work)

    def due(self):
        """Id of what is due -> it, as a new reading finds it."""
        return self.on_disk(lambda work: {one.id: one for one in follow_ups.listing(work).rows})

    def at(self, key: str) -> "Rep":
        """Go down to a line."""
        self.keys("Home")
        while self.view.list.key != key:
            self.keys("Down")
        return self


@pytest.fixture
def rep(qapp, profile, monkeypatch):
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    with open_workspace(profile, resources.texts, clock=lambda: MONDAY) as work:
        with work.store.begin() as unit:
            unit.leads.add(some_due())
        a_day(work)
    _, window = app.compose(profile, take_lock(profile), clock=lambda: MONDAY)
    window.setProperty("profile", profile)
    window.show()
    window.activateWindow()
    made = Rep(qapp, window)
    made.until("the window to be active", window.isActiveWindow)
    made.until("the panes", lambda: window.call.is_complete)
    made.settle()
    yield made.keys("Ctrl+3")
    window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not list(profile.glob("crash-*")), "something went wrong on the way"


def test_enter_calls_who_was_promised_a_call(rep):
    rep.keys("Return")
    rep.until("the call", lambda: bool(rep.window.call.presenter.stop_id))
    found = rep.on_disk(lambda work: [c.call.lead_id for c in [open_call(work)]])
    assert found == ["L1"]


def open_call(work):
    with work.store.read() as unit:
        return unit.calls.open()


def test_what_is_snoozed_comes_back_later_and_can_be_undone(rep):
    before = rep.due()["L1"]
    rep.keys("S")
    assert rep.due()["L1"].due_at == MONDAY + timedelta(hours=1)
    assert rep.view.list.key == "L1", "it stays chosen where it went"
    rep.keys("Ctrl+Z")
    assert rep.due()["L1"] == before


def test_what_is_moved_goes_to_what_was_typed_and_back(rep):
    before = rep.due()["L1"]
    rep.keys("M")
    rep.type("someday")
    rep.keys("Return")
    assert rep.due()["L1"] == before, "that was no date"
    rep.keys("Ctrl+A")
    rep.type("in 2 weeks")
    rep.keys("Return")
    assert rep.due()["L1"].due_at.date() == (MONDAY + timedelta(days=14)).date()
    history = rep.on_disk(lambda work: lead_page.page_of(work, "L1").timeline)
    assert any("moved" in entry.text for entry in history)
    rep.keys("Ctrl+Z")
    assert rep.due()["L1"] == before


def test_a_text_is_copied_its_step_done_and_undone(rep):
    rep.at("T2L4").keys("Return")
    assert QGuiApplication.clipboard().text() == "Hello Oleksandr, here is the checklist."
    rep.keys("D")
    assert "T2L4" not in rep.due()
    rep.keys("Ctrl+Z")
    assert "T2L4" in rep.due()

    def state(work):
        with work.store.read() as unit:
            return unit.nurtures.touch("T2L4").state

    assert rep.on_disk(state) is TouchState.OPEN


def test_a_calendar_file_of_one_and_of_all(rep, tmp_path):
    rep.keys("C")
    rep.choose_file(tmp_path / "one.ics")
    rep.keys("Ctrl+E")
    rep.choose_file(tmp_path / "all.ics")
    counts = []
    for name in ("one.ics", "all.ics"):
        (calendar,) = vobject.readComponents((tmp_path / name).read_bytes().decode())
        counts.append(len(calendar.vevent_list))
    assert counts == [1, 9]
