# SPDX-License-Identifier: MIT
"""The gate for another version of PySide6: 6.12.0 aborts Python 3.11 after some thousand calls."""

import sys

import pytest
from PySide6.QtCore import QObject, Signal

CALLS = 20_000

pytestmark = pytest.mark.skipif(
    sys.version_info >= (3, 12), reason="None and True cannot be used up from Python 3.12 on"
)


class _Sender(QObject):
    told = Signal(bool)


@pytest.fixture
def reserve() -> dict[object, list[object]]:
    """References enough that a binding that loses them fails the test, not the whole run."""
    return {single: [single] * 4 * CALLS for single in (None, True)}


@pytest.mark.usefixtures("reserve")
def test_a_method_that_returns_nothing_takes_no_reference_of_none():
    sender = _Sender()
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        sender.setObjectName("leaddesk")
    assert abs(sys.getrefcount(None) - before) < CALLS // 10


@pytest.mark.usefixtures("reserve")
def test_a_signal_of_true_takes_no_reference_of_true():
    sender, yes = _Sender(), True
    heard: list[bool] = []
    sender.told.connect(heard.append)
    before = sys.getrefcount(yes)
    for _ in range(CALLS):
        sender.told.emit(yes)
        heard.clear()
    assert abs(sys.getrefcount(yes) - before) < CALLS // 10
