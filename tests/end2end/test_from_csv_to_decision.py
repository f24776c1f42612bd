# SPDX-License-Identifier: MIT
"""The whole way through the real window by keys: a Salesforce export in, three decisions out."""

import csv
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from leaddesk import app, resources
from leaddesk.core.services.verify import verify
from leaddesk.core.services.workspace import open_workspace, take_lock
from leaddesk.ui.main_window import MainWindow
from leaddesk.walk import Hands

LEADS = Path(__file__).parents[1] / "data" / "salesforce_workshop_export" / "Lead.csv"
WORKING_HOURS = datetime(2026, 11, 23, 18, tzinfo=UTC)
NOTE = "Müller said: “24 Stunden pro Monat”, <b>not</b> less"


@pytest.fixture
def hands(qapp, profile, monkeypatch) -> Iterator[Hands]:
    """A person before a new window on a new profile."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    _, window = app.compose(profile, take_lock(profile), clock=lambda: WORKING_HOURS)
    window.show()
    window.activateWindow()
    person = Hands(qapp, window)
    person.until("the window to be active", window.isActiveWindow)
    yield person
    window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not list(profile.glob("crash-*")), "something went wrong on the way"


def start_call(hands: Hands, window: MainWindow, name: str) -> None:
    hands.press("Ctrl+1")
    hands.press("Ctrl+F")
    hands.press("Ctrl+A")
    hands.type(name)
    queue = window.call.queue
    hands.until(
        f"{name} in the queue",
        lambda: queue.list.currentIndex().isValid() and name in queue.list.currentIndex().data(),
    )
    hands.settle()
    hands.press("Return")
    hands.until("the call", lambda: window.call.presenter.stop_id == "opening")
    hands.press("Return")


def answer(hands: Hands, window: MainWindow, stop_id: str, keys: str) -> None:
    hands.until(f"the script at {stop_id}", lambda: window.call.presenter.stop_id == stop_id)
    hands.type(keys)
    if stop_id == "amount":
        hands.press("Return")
    hands.settle()
    hands.press("Return")


def decided(hands: Hands, window: MainWindow) -> None:
    hands.press("Return")
    hands.until("the call to end", lambda: not window.call.presenter.call_lead_id)
    hands.settle()


def test_from_a_salesforce_export_to_three_exported_decisions(  # noqa: PLR0915 - one story
    hands: Hands, profile: Path, tmp_path: Path
) -> None:
    window = hands.window
    source = tmp_path / "Lead.csv"
    source.write_bytes(LEADS.read_bytes())
    out = tmp_path / "decided.csv"

    hands.press("Ctrl+I")
    hands.choose_file(source)
    hands.press("Return")
    hands.settle()

    start_call(hands, window, "William Lee")
    for stop_id, keys in (("problem", "1"), ("signer", "1"), ("funding", "1")):
        answer(hands, window, stop_id, keys)
    answer(hands, window, "amount", "60000")
    hands.until("the last question", lambda: window.call.presenter.stop_id == "start")
    hands.press("Ctrl+N")
    hands.type(NOTE)
    hands.press("Escape")
    hands.type("1")
    hands.settle()
    hands.press("Alt+P")
    hands.type("Half an hour with the board")
    decided(hands, window)

    start_call(hands, window, "Patrick Freeman")
    answer(hands, window, "problem", "2")
    answer(hands, window, "signer", "5")
    hands.press("Alt+N")
    hands.type("Their director asked me back.")
    decided(hands, window)

    start_call(hands, window, "Michael Gonzalez")
    answer(hands, window, "problem", "4")
    hands.press("Alt+D")
    decided(hands, window)

    hands.press("Ctrl+2")
    hands.settle()
    hands.press("Ctrl+E")
    hands.settle()
    hands.press("Return")
    hands.choose_file(out)

    with out.open(encoding="utf-8-sig", newline="") as file:
        rows = {f"{row['first_name']} {row['last_name']}": row for row in csv.DictReader(file)}
    assert len(rows) == 60
    assert rows["William Lee"]["decision"] == rows["William Lee"]["recommended"] == "pass"
    assert rows["William Lee"]["score"] == "100"
    assert rows["William Lee"]["notes"] == NOTE
    assert rows["William Lee"]["external_id.salesforce"] == "00QEc00000BBaeXMAT"
    assert rows["Patrick Freeman"]["decision"] == "nurture"
    assert rows["Patrick Freeman"]["recommended"] == "disqualify"
    assert rows["Patrick Freeman"]["reason"] == "no_authority_no_route"
    assert rows["Patrick Freeman"]["override_reason"] == "Their director asked me back."
    assert rows["Michael Gonzalez"]["recommended"] == "disqualify"
    assert rows["Michael Gonzalez"]["reason"] == "no_need"

    hands.window.close()
    with open_workspace(profile, resources.texts) as work:
        report = verify(work)
    assert (report.decisions, report.differences, report.integrity) == (3, (), "ok")
