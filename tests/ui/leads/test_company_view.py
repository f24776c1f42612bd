# SPDX-License-Identifier: MIT
"""The page of a company by keys, over a real database, and the way to it after a call."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from leaddesk import resources
from leaddesk.core.domain.lead import Lead
from leaddesk.core.services.workspace import open_workspace
from tests.helpers.leads import HOSTILE
from tests.helpers.noon import noon
from tests.helpers.window import settled, type_text

KEY = Qt.Key
NONE = Qt.KeyboardModifier.NoModifier
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
PETRA = "C0"
COLLEAGUES = {PETRA: "Novotny", "C1": "Dahl", "C2": HOSTILE}


@pytest.fixture
def win(filled, open_window):
    with open_workspace(filled, resources.texts, clock=noon) as work, work.store.begin() as unit:
        unit.leads.add(
            Lead(
                lead_id,
                last_name=name,
                company="Zenith Works AS",
                phone=f"+44 20 7946 09{number}",
                phone_e164=f"+442079460{number}",
                time_zone="Europe/London",
            )
            for number, (lead_id, name) in enumerate(COLLEAGUES.items(), 30)
        )
    return open_window(filled)


@pytest.fixture
def press(win, qtbot):
    def pressed(key, modifier=Qt.KeyboardModifier.NoModifier, widget=None):
        qtbot.keyClick(widget or win.focusWidget() or win, key, modifier)
        qtbot.waitUntil(lambda: settled(win))

    return pressed


@pytest.fixture
def chosen(win, press, qtbot):
    """Petra is chosen in the queue."""
    press(KEY.Key_F, CTRL)
    type_text(win.focusWidget(), "Novotny")
    queue = win.call.queue
    qtbot.waitUntil(lambda: queue.current() is not None and queue.current().lead_id == PETRA)
    qtbot.waitUntil(lambda: settled(win))
    return queue.current().lead_id


@pytest.fixture
def page(win, press, chosen):
    """The company of Petra."""
    assert chosen == PETRA
    press(KEY.Key_C, CTRL | SHIFT)
    return win.views.company


def cells(page, column=0):
    lines = page.lines
    return [lines.index(row, column).data() for row in range(lines.rowCount())]


def texts(page):
    return [label.text() for label in page.findChildren(QLabel) if label.isVisible()]


def test_the_key_shows_everybody_of_the_company_as_plain_text(win, page):
    assert win._stack.currentWidget() is page
    assert win._tabs["leads"].isChecked()
    assert cells(page) == ["Novotny", "Dahl", HOSTILE]
    assert "3 contacts; 2 but Novotny can be closed or held." in texts(page)
    assert page.table.currentIndex().row() == 0


def test_others_are_closed_by_a_key_and_back_by_another(win, page, press):
    press(KEY.Key_C)
    assert cells(page, 1) == ["New", "Disqualified", "Disqualified"]
    assert win._state.text() == "2 others closed."
    press(KEY.Key_Z, CTRL)
    assert cells(page, 1) == ["New", "New", "New"]
    press(KEY.Key_Z, CTRL)
    assert win._state.text() == "Nothing to take back."


def test_others_are_held_by_a_key(win, page, press):
    press(KEY.Key_H)
    due = cells(page, 4)
    assert due[0] == ""
    assert all(due[1:])
    assert win._state.text() == "2 others held."


def test_esc_goes_to_the_leads_and_the_name_of_the_company_there_opens_it_again(
    win, page, press, qtbot
):
    press(KEY.Key_Escape)
    leads = win.views.leads
    assert win._stack.currentWidget() is leads
    chosen = leads.chosen_lead_id
    assert chosen
    qtbot.mouseClick(leads._page._subtitle, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: settled(win))
    assert win._stack.currentWidget() is page
    assert page._presenter._lead_id == chosen


@pytest.mark.usefixtures("page")
def test_enter_calls_the_contact_of_the_line(win, press):
    press(KEY.Key_Down)
    press(KEY.Key_Return)
    assert win._stack.currentWidget() is win.call
    assert win.call.presenter.call_lead_id == "C1"


@pytest.mark.usefixtures("chosen")
def test_who_is_named_on_a_call_is_the_next_contact_and_the_message_leads_there(win, press):
    press(KEY.Key_Return)  # from the search to the queue
    if not win.call.presenter.call_lead_id:
        press(KEY.Key_Return)
    assert win.call.presenter.call_lead_id == PETRA
    for key, modifier in ((KEY.Key_E, CTRL), (KEY.Key_1, NONE), (KEY.Key_8, NONE)):
        press(key, modifier)
    type_text(win.focusWidget(), "Ruth Novak +44 20 7946 0555")
    press(KEY.Key_Return)
    assert win._state.text() == (
        "3 others at Zenith Works AS: Ctrl Shift C opens the company page."
    )
    press(KEY.Key_C, CTRL | SHIFT)
    page = win.views.company
    assert cells(page) == ["Novotny", "Dahl", HOSTILE, "Ruth Novak"]
    assert cells(page, 5) == ["named Ruth Novak", "", "", "named by Novotny"]
