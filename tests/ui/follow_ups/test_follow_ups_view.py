# SPDX-License-Identifier: MIT
from datetime import timedelta

import pytest
from PySide6.QtCore import QObject, QRectF, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication

from leaddesk import resources
from leaddesk.core.services import putting_off
from leaddesk.core.services.workspace import open_workspace
from leaddesk.ui.models.follow_up_model import LINE_ROLE
from leaddesk.ui.presenters.follow_up_lines import Act, Chip
from leaddesk.walk import Hands
from tests.helpers.due import a_day, promise, some_due
from tests.helpers.noon import noon


@pytest.fixture
def due(profile):
    """A profile with one follow-up of nearly every kind."""
    with open_workspace(profile, resources.texts, clock=noon) as work:
        with work.store.begin() as unit:
            unit.leads.add(some_due())
        a_day(work)
    return profile


@pytest.fixture
def hands(open_window, due, qapp):
    made = Hands(qapp, open_window(due))
    made.settle()
    made.press("Ctrl+3")
    made.settle()
    return made


@pytest.fixture
def view(hands):
    return hands.window.views.follow_ups


def test_the_first_line_is_chosen_and_the_arrows_pass_headings(hands, view):
    assert view.list.hasFocus()
    assert view.list.key == "L1"
    hands.press("Down")
    assert view.list.key == "L2"
    hands.press("Up")
    hands.press("Up")
    assert view.list.key == "L1"
    hands.press("End")
    assert view.list.key == "L4"


def test_headings_cannot_be_chosen_and_lines_are_read_whole(view):
    heading, line = (view.model.index(row, 0) for row in (0, 1))
    assert not heading.flags() & Qt.ItemFlag.ItemIsSelectable
    spoken = line.data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("late, 11:48, 12 min, Call Ingrid back, Company 1, grade B1")


def test_the_tab_has_the_number(hands):
    assert hands.window._tabs["follow_ups"].text() == "Follow-ups  9"
    assert hands.window._tabs["follow_ups"].isChecked()


def test_what_is_chosen_stays_so_when_the_list_changes(hands, view):
    hands.press("Down")
    until = noon() + timedelta(days=1)
    hands.window.context.change(lambda work: putting_off.put_off(work, "L1", until))
    hands.settle()
    assert view.list.key == "L2"


def test_the_button_is_pressed_with_the_mouse_too(hands, view, qtbot):
    row = view.model.row_of("T2L4")
    index = view.model.index(row, 0)
    rect = QRectF(view.list.visualRect(index))
    button = view.list._painter.button_rect(rect, Act.COPY, is_current=True)
    qtbot.mouseClick(view.list.viewport(), Qt.MouseButton.LeftButton, pos=button.center().toPoint())
    hands.settle()
    assert QGuiApplication.clipboard().text() == "Hello Oleksandr, here is the checklist."


def test_a_click_beside_the_button_only_chooses(hands, view, qtbot):
    QGuiApplication.clipboard().clear()
    rect = view.list.visualRect(view.model.index(view.model.row_of("T2L4"), 0))
    qtbot.mouseClick(view.list.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    hands.settle()
    assert view.list.key == "T2L4"
    assert not QGuiApplication.clipboard().text()


def test_chips_are_reached_and_pressed_by_keys(hands, view):
    chip = view.chips[Chip.CALLBACKS]
    assert chip.focusPolicy() & Qt.FocusPolicy.TabFocus
    chip.setFocus()
    hands.press("Space")
    hands.settle()
    assert [line.id for line in view.model.lines] == ["", "L1"]
    assert chip.isChecked()


def test_letters_are_letters_where_a_date_is_typed(hands, view):
    hands.press("M")
    hands.settle()
    hands.type("in 3 days")
    assert hands.window.focusWidget().text() == "in 3 days"
    hands.press("Esc")
    assert view.list.hasFocus()
    assert view.list.key == "L1"


class MailProgram(QObject):
    """Takes mail links in place of the system's own program."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []

    @Slot(QUrl)
    def take(self, link: QUrl) -> None:
        self.links.append(bytes(link.toEncoded()).decode())


def test_an_e_mail_goes_to_the_mail_program_whole(hands, view):
    program = MailProgram()
    QDesktopServices.setUrlHandler("mailto", program, "take")
    try:
        while view.list.key != "T2L4":
            hands.press("Down")
        hands.press("E")
        hands.settle()
    finally:
        QDesktopServices.unsetUrlHandler("mailto")
    assert program.links == [
        "mailto:person3@company.example?body=Hello%20Oleksandr%2C%20here%20is%20the%20checklist."
    ]


def test_an_empty_list_says_so(open_window, profile, qapp):
    hands = Hands(qapp, open_window(profile))
    hands.press("Ctrl+3")
    hands.settle()
    view = hands.window.views.follow_ups
    assert view._pages.currentWidget() is view._empty
    for key in ("Return", "S", "D", "M"):
        hands.press(key)
    hands.settle()
    assert hands.window._tabs["follow_ups"].text() == "Follow-ups"


def test_a_long_list_grows_at_its_end(open_window, profile, qapp):
    with open_workspace(profile, resources.texts, clock=noon) as work:
        with work.store.begin() as unit:
            unit.leads.add(some_due(230))
        for number in range(230):
            promise(work, f"L{number + 1}", timedelta(minutes=-number))
    hands = Hands(qapp, open_window(profile))
    hands.settle()
    hands.press("Ctrl+3")
    hands.settle()
    view = hands.window.views.follow_ups
    assert sum(bool(line.id) for line in view.model.lines) == 200
    hands.press("End")
    hands.settle()
    assert sum(bool(line.id) for line in view.model.lines) == 230
    assert view.model.index(1, 0).data(LINE_ROLE).id == "L230"


def test_a_short_list_is_no_higher_than_its_lines(hands, view):
    hands.window.resize(1440, 1400)
    view.chips[Chip.CALLBACKS].click()
    hands.settle()
    hands.until("the layout", lambda: view.list.height() == view.list.sizeHint().height())
    assert not view.list.verticalScrollBar().isVisible()
