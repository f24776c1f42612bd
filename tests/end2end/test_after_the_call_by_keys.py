# SPDX-License-Identifier: MIT
"""What comes after a decision, in the real window, without the mouse."""

from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from leaddesk.core.domain.handoff import HandoffState
from leaddesk.core.domain.queue import Due
from leaddesk.core.domain.stages import Stage, Status
from leaddesk.core.services import calling, handoffs
from leaddesk.core.services.calling import BlockCause
from tests.helpers.leads import some_leads

INGRID, PRIYA = (f"L{number:023d}" for number in (0, 1))


def pass_on(rep):
    """Pass Ingrid, with the first and the second point ticked, to Sam."""
    rep.call("Ingrid").at("opening").keys("Return").at("problem").says("1").keys("Return")
    rep.at("signer").says("1").keys("Alt+P").says("They insist").keys("Tab")
    rep.says("Half an hour with the COO").keys("Tab").says("tomorrow 10:00").keys("Tab")
    rep.says("Sam Sales").keys("Alt+1", "Alt+2", "Return").idle()
    return handoff(rep)


def handoff(rep):
    return rep.on_disk(lambda work: handoffs.of_lead(work, INGRID))


def show(rep, name):
    """Go to a lead in the list of all leads."""
    rep.keys("Ctrl+2", "Ctrl+F").says(name).keys("Return", "Down", "Up")
    view = rep.window.views.leads
    rep.until(f"the page of {name}", lambda: name in view._page._name.text())
    rep.settle()
    return view


def pick(rep, view, keys, letter):
    """Open a menu of the page of a lead, and pick by a letter."""
    rep.press(keys)

    def menus():
        return [menu for menu in view.findChildren(QMenu) if menu.isVisible()]

    rep.until("the menu", lambda: bool(menus()))
    QTest.keyClick(menus()[0], letter)
    rep.settle()


def test_a_pass_reaches_sales_and_their_answer_comes_back(rep):
    given = pass_on(rep)
    assert given.receiver == "Sam Sales"
    assert len(given.checked) == 2
    view = show(rep, "Ingrid")
    pick(rep, view, "Ctrl+P", Qt.Key.Key_T)
    brief = QGuiApplication.clipboard().text()
    assert brief.startswith("Ingrid Solheim\n")
    assert "Half an hour with the COO" in brief
    assert "For Sam Sales" in brief
    pick(rep, view, "Ctrl+Shift+P", Qt.Key.Key_A)
    assert handoff(rep).state is HandoffState.ACCEPTED
    pick(rep, view, "Ctrl+Shift+P", Qt.Key.Key_W)
    rep.says("12,000 EUR").keys("Return")
    assert (handoff(rep).state, handoff(rep).amount) == (HandoffState.WON, 12_000)
    assert rep.state(INGRID).stage is Stage.CUSTOMER


def test_what_sales_sends_back_is_due_at_once_and_called_again(rep):
    pass_on(rep)
    view = show(rep, "Ingrid")
    pick(rep, view, "Ctrl+Shift+P", Qt.Key.Key_R)
    rep.says("Decision maker unclear").keys("Return")
    state = rep.state(INGRID)
    assert (state.status, state.due, state.due_for) == (Status.RETURNED, Due.RETURNED, "Robin Rep")
    rep.keys("Ctrl+3")
    follow_ups = rep.window.views.follow_ups
    rep.until("the follow-ups", lambda: bool(follow_ups.list.key))
    rep.now[0] += timedelta(hours=20)
    rep.keys("Home", *(["Down"] * 3))
    seen = [follow_ups.list.key]
    while follow_ups.list.key != INGRID:
        rep.keys("Up")
        seen.append(follow_ups.list.key)
        assert len(seen) < 9, seen
    rep.keys("Return")
    rep.until("the call", lambda: rep.presenter.call_lead_id == INGRID)
    rep.settle()


def test_never_again_holds_for_others_with_the_address_too(open_rep):
    ada, bo, *others = some_leads()
    shared = replace(bo, email=ada.email, phone="+44 20 7946 1111", phone_e164="+442079461111")
    rep = open_rep({"name": "Robin Rep"}, [ada, shared, *others])
    rep.call("Ingrid").at("opening").keys("Return").at("problem").says("1").keys("Alt+D")
    rep.says("9").keys("Alt+S").says("They sell the same").keys("Return").idle()
    (decision,) = rep.decisions(INGRID)
    assert (decision.reason, decision.said_by) == ("is_competitor", "prospect")
    assert rep.state(INGRID).suppressed
    rep.choose("Priya").keys("Return")
    assert rep.presenter.is_idle
    blocks = rep.on_disk(lambda work: calling.permission(work, PRIYA).blocks)
    assert [one.cause for one in blocks] == [BlockCause.SUPPRESSED]
