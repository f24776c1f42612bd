# SPDX-License-Identifier: MIT
"""What sales said of a lead, written down by keys in the Leads view."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from leaddesk.core.domain.handoff import HandoffState
from leaddesk.core.domain.verdict import Verdict
from leaddesk.core.services import handoffs
from leaddesk.core.services.changes import Changes
from tests.helpers.rep import INGRID, PRIYA
from tests.helpers.talks import decide
from tests.helpers.window import settled, type_text

KEY = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def answers(win, qtbot):
    """The Leads view, with the first lead passed to sales."""

    def pass_on(work):
        decide(work, INGRID, Verdict.PASS, receiver="ola")
        return None, Changes(leads=frozenset({INGRID}), whole_list=True)

    win.context.change(pass_on)
    qtbot.waitUntil(lambda: settled(win))
    return Answers(win, qtbot)


class Answers:
    def __init__(self, win, qtbot):
        self.win, self.qtbot = win, qtbot
        self.press(KEY.Key_2, CTRL)
        self.view = win.views.leads

    def press(self, key, modifiers=Qt.KeyboardModifier.NoModifier):
        self.qtbot.keyClick(self.win, key, modifiers)
        self.settle()

    def settle(self):
        self.qtbot.waitUntil(lambda: settled(self.win))

    @property
    def menu(self):
        return next((menu for menu in self.view.findChildren(QMenu) if menu.isVisible()), None)

    def open(self):
        self.press(KEY.Key_P, CTRL | SHIFT)
        self.qtbot.waitUntil(lambda: self.menu is not None)
        return [action.text().replace("&", "").rstrip("…") for action in self.menu.actions()]

    def pick(self, key):
        self.qtbot.keyClick(self.menu, key)
        self.settle()

    def type(self, text):
        type_text(self.view._ask._line, text)
        self.qtbot.keyClick(self.view._ask._line, KEY.Key_Return)
        self.settle()

    @property
    def said(self):
        return self.win._state.text()

    def handoff(self, lead_id=INGRID):
        found = []
        self.win.context.run(lambda work: handoffs.of_lead(work, lead_id), found.append)
        self.qtbot.waitUntil(lambda: bool(found))
        return found[0]


def test_sales_accepts_a_lead_and_wins_it(answers):
    assert answers.view._page.answer.isVisible()
    assert answers.open() == [
        "Accepted", "Returned", "Opportunity", "Won", "Lost", "Give to somebody else",
    ]  # fmt: skip
    answers.pick(KEY.Key_A)
    assert answers.said == "Accepted by sales. Ctrl Z takes it back."
    assert answers.open()[0] == "Returned"
    answers.pick(KEY.Key_W)
    answers.type("lots")
    assert answers.view._ask._problem.text() == "That is no amount."
    answers.type("12,500 EUR")
    won = answers.handoff()
    assert (won.state, won.amount, won.currency) == (HandoffState.WON, 12_500, "EUR")
    answers.press(KEY.Key_P, CTRL | SHIFT)
    assert answers.said.startswith("Sales is done with this lead.")


def test_a_lead_that_comes_back_needs_a_reason_and_can_be_taken_back(answers):
    answers.open()
    answers.pick(KEY.Key_R)
    answers.type(" ")
    assert answers.view._ask._problem.text() == "It needs a reason."
    answers.type("nobody signs")
    assert answers.handoff().reason == "nobody signs"
    answers.view.table.setFocus()
    answers.press(KEY.Key_Z, CTRL)
    assert answers.said == "Taken back: returned by sales"
    assert answers.handoff().state is HandoffState.WAITING


def test_a_lead_is_given_to_somebody_else_and_back(answers):
    answers.open()
    answers.pick(KEY.Key_G)
    answers.type("per")
    assert answers.said == "Given to per. Ctrl Z takes it back."
    assert answers.handoff().receiver == "per"
    answers.view.table.setFocus()
    answers.press(KEY.Key_Z, CTRL)
    assert answers.said == "Given back to ola"
    assert answers.handoff().receiver == "ola"


def test_a_lead_that_was_never_passed_has_no_button_and_says_so(answers):
    answers.view.table.setFocus()
    names = answers.view.table.model()
    row = next(n for n in range(names.rowCount()) if names.lead(n).lead_id == PRIYA)
    answers.view.table.setCurrentIndex(names.index(row, 0))
    answers.settle()
    assert not answers.view._page.answer.isVisible()
    answers.press(KEY.Key_P, CTRL | SHIFT)
    assert answers.said == "This lead was not passed to sales."
