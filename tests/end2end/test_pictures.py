# SPDX-License-Identifier: MIT
"""Pictures of every view in both themes, from the real window, to look at.

They go where LEADDESK_PICTURES says, else into the folder of the run; the good ones are kept in
`docs/user`. What is tested is only that there is something on each and that themes differ.
"""

import os
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QImage

from leaddesk import app, resources
from leaddesk.core.services.workspace import open_workspace, take_lock
from leaddesk.ui import theme
from leaddesk.walk import Hands
from tests.helpers.due import a_day
from tests.helpers.leads import some_leads

MONDAY = datetime(2026, 11, 23, 14, tzinfo=UTC)
IN_CALL = ("Return", "Return", "1", "Return", "2", "Return")
VIEWS = {
    "queue": (),
    "call": IN_CALL,
    "objections": (*IN_CALL, "Ctrl+O"),
    "ledger": (*IN_CALL, "Ctrl+L"),
    "read-as": (*IN_CALL, "Ctrl+R"),
    "two-minutes": (*IN_CALL, "Ctrl+T"),
    "call-ends": (*IN_CALL, "Ctrl+E"),
    "do-not-call": (*IN_CALL, "Ctrl+D"),
    "disqualify": (*IN_CALL, "Alt+D"),
    "disqualify-own-words": (*IN_CALL, "Alt+D", "1", "Alt+S", "Alt+O"),
    "nurture": (*IN_CALL, "Alt+N"),
    "pass": (*IN_CALL, "Alt+P"),
    "new-lead": ("Ctrl+K",),
    "held-back": ("Ctrl+H",),
    "activity": ("Ctrl+Shift+A",),
    "rehearsal": ("Ctrl+Shift+R",),
    "leads": ("Ctrl+2",),
    "follow-ups-few": ("Ctrl+3",),
    "export": ("Ctrl+2", "Ctrl+E"),
    "export-for": ("Ctrl+2", "Ctrl+E", "Down", "Down"),
    "history": ("Ctrl+Shift+H",),
    "company": ("Ctrl+Shift+C",),
    "settings": ("Ctrl+,",),
    "overview": ("F1",),
}


@pytest.fixture(scope="session")
def pictures(tmp_path_factory) -> Path:
    wanted = os.environ.get("LEADDESK_PICTURES")
    folder = Path(wanted) if wanted else tmp_path_factory.mktemp("pictures")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture
def clock():
    """A clock of one hand that a test can move."""
    return [MONDAY]


@pytest.fixture
def open_window(qapp, profile, monkeypatch, clock):
    """Open the window on the leads of a morning, in the colours of a theme."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    with (
        open_workspace(profile, resources.texts, clock=lambda: MONDAY) as work,
        work.store.begin() as unit,
    ):
        unit.leads.add(some_leads())
    _, window = app.compose(profile, take_lock(profile), clock=lambda: clock[0])
    window.resize(1440, 900)
    window.show()
    window.activateWindow()
    yield window, Hands(qapp, window)
    window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    theme.apply(qapp, "light")


def inks(picture: QImage) -> set[int]:
    """Return the colours of a grid of points."""
    return {
        picture.pixel(x, y)
        for x in range(0, picture.width(), 7)
        for y in range(0, picture.height(), 7)
    }


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_is_drawn_in_both_themes(open_window, qapp, pictures, view):
    window, hands = open_window
    hands.until("the window to be active", window.isActiveWindow)
    hands.until("the panes", lambda: window.call.is_complete)
    hands.settle()
    for key in VIEWS[view]:
        hands.press(key)
        hands.settle()
    draw(qapp, window, hands, pictures, view)


def test_a_lead_that_comes_back_is_drawn_in_both_themes(open_window, qapp, pictures, clock):
    window, hands = open_window
    hands.until("the panes", lambda: window.call.is_complete)
    hands.settle()
    row = window.call.queue.current()
    for key in (*IN_CALL, "1", "Ctrl+N"):
        hands.press(key)
        hands.settle()
    hands.type("Not before the board has met in May")
    for key in ("Alt+N", "1", "Return"):
        hands.press(key)
        hands.settle()
    hands.until("the call to be over", lambda: window.call.presenter.is_idle)
    clock[0] = MONDAY + timedelta(days=120)
    hands.settle()
    window.call.presenter.choose(row)
    hands.settle()
    draw(qapp, window, hands, pictures, "back-again")


def test_an_import_is_drawn_in_both_themes(open_window, qapp, pictures, tmp_path):
    window, hands = open_window
    rows = "".join(
        f"Gr\u00f6\u00dfe {n};p{n}@company.example;0151 2345{n:04};{n % 28 + 1}.03.2026;1.234,50\n"
        for n in range(300)
    )
    file = tmp_path / "M\u00fcnchner Messe 2026 - Kontakte vom Stand.csv"
    file.write_text(
        f"Nachname;E-Mail;Telefon;Erstellt am;Umsatz\n{rows}x;nobody;-;;viel\n", "utf-8"
    )
    hands.until("the window to be active", window.isActiveWindow)
    page = window.views.imports
    page.show_file(str(file))
    hands.until("the preview", lambda: page._presenter._preview is not None)
    draw(qapp, window, hands, pictures, "import")


def test_follow_ups_are_drawn_in_both_themes(open_window, qapp, pictures):
    window, hands = open_window
    hands.until("the window to be active", window.isActiveWindow)
    hands.until("the panes", lambda: window.call.is_complete)
    leads = tuple(f"L{number:023d}" for number in (0, 1, 4, 6, 3, 2, 5))
    window.context.run(lambda work: a_day(work, leads))
    hands.settle()
    hands.press("Ctrl+3")
    hands.settle()
    draw(qapp, window, hands, pictures, "follow-ups")
    hands.press("M")
    hands.settle()
    draw(qapp, window, hands, pictures, "follow-ups-move")


def draw(qapp, window, hands, pictures, view):
    """Take a picture in each theme."""
    drawn = {}
    for colours in ("light", "dark"):
        theme.apply(qapp, colours)
        hands.settle()
        drawn[colours] = window.grab().toImage()
        assert drawn[colours].save(str(pictures / f"{view}-{colours}.png"))
        assert len(inks(drawn[colours])) > 10, "something is on it"
    assert drawn["light"].pixelColor(3, 3).lightness() > drawn["dark"].pixelColor(3, 3).lightness()
