# SPDX-License-Identifier: MIT
"""The queue as a list."""

from array import array

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from leaddesk.core.services.clock import system_clock
from leaddesk.core.services.lead_list import ListRow
from leaddesk.ui.models.lead_table import LEAD_ROLE
from leaddesk.ui.models.queue_model import QueueModel


def row(row_id, note="new"):
    return ListRow(
        row_id, f"L{row_id}", f"Name {row_id}", "CFO", "Firm", "A1", "Web", 5, "NEW", "+1", "",
        "", note,
    )  # fmt: skip


class Shelf:
    """Holds back what the model asked for until the test gives it."""

    def __init__(self):
        self.asked = []

    def fetch(self, row_ids, done):
        self.asked.append((list(row_ids), done))

    def give(self, note="new"):
        row_ids, done = self.asked.pop(0)
        done([row(row_id, note) for row_id in row_ids])


@pytest.fixture
def shelf():
    return Shelf()


@pytest.fixture
def model(shelf):
    made = QueueModel(shelf.fetch, system_clock)
    made.tester = QAbstractItemModelTester(
        made, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    return made


def test_the_first_lines_are_there_at_once(model):
    model.show_first([row(1), row(2)])
    assert model.index(1, 0).data() == "Name 2"


def test_a_line_is_fetched_when_it_is_looked_at(model, shelf):
    model.show(array("q", range(1, 301)))
    while shelf.asked:
        shelf.give()
    assert model.index(250, 0).data() == "\u2026"
    shelf.give()
    assert model.index(250, 0).data() == "Name 251"


def test_lines_stay_until_the_fresh_ones_are_in(model, shelf):
    model.show_first([row(1), row(2)])
    model.index(0, 0).data()
    shelf.give()
    model.show(array("q", [2]))
    assert model.index(0, 0).data(LEAD_ROLE).note == "new"
    shelf.give("call in progress")
    assert model.index(0, 0).data(LEAD_ROLE).note == "call in progress"


def test_a_line_is_read_aloud_with_all_it_shows(model):
    model.show_first([row(7)])
    spoken = model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Name 7, CFO, Firm, grade A1, new"
