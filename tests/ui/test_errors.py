# SPDX-License-Identifier: MIT
"""Failures become a calm sentence; ours also a report that holds no lead data."""

import sys
import threading
from datetime import UTC, datetime

import pytest

from leaddesk.core.errors import BugError, KnownError
from leaddesk.ui.errors import Errors, Message

NOW = datetime(2026, 11, 22, 10, 30, tzinfo=UTC)


@pytest.fixture
def errors(profile):
    made = Errors(profile, lambda: NOW)
    made.seen = []
    made.shown.connect(made.seen.append)
    return made


def fail_with_lead_data() -> None:
    phone = "+44 20 7946 0958"
    try:
        {}[phone]
    except KeyError as error:
        raise BugError(f"no lead with phone {phone}") from error


def test_a_known_error_is_said_as_it_is(errors, profile):
    errors.show(KnownError("The disk is full.", "Make room, then try again."))
    assert errors.seen == [Message("The disk is full.", "Make room, then try again.")]
    assert not list(profile.glob("crash-*"))


def test_a_bug_is_reported_without_lead_data(errors, profile):
    try:
        fail_with_lead_data()
    except BugError as error:
        errors.show(error)
    report = (profile / "crash-20261122-103000.txt").read_text(encoding="utf-8")
    assert "leaddesk.core.errors.BugError" in report
    assert "builtins.KeyError" in report
    assert "in fail_with_lead_data" in report
    assert "7946" not in report
    assert str(profile.home()) not in report
    (message,) = errors.seen
    assert message.serious
    assert "crash-20261122-103000.txt" in message.todo


def test_a_report_that_cannot_be_written_is_no_second_failure(errors, profile):
    profile.parent.mkdir(parents=True, exist_ok=True)
    profile.write_text("a file where the folder should be", encoding="utf-8")
    errors.show(BugError("x"))
    (message,) = errors.seen
    assert "start leaddesk again" in message.todo


def test_what_nobody_caught_is_shown(errors, monkeypatch, qtbot, capsys):
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    errors.install()
    thread = threading.Thread(target=lambda: 1 // 0)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: bool(errors.seen))
    assert errors.seen[0].serious
    assert "builtins.ZeroDivisionError" in capsys.readouterr().err


def test_an_interruption_stays_one(errors, capsys):
    errors._on_exception(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert errors.seen == []
    assert "KeyboardInterrupt" in capsys.readouterr().err
