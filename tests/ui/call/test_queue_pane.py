# SPDX-License-Identifier: MIT
"""The chips above the queue and the words below it, by keys in the real window."""

import pytest
from PySide6.QtCore import Qt

from leaddesk.core.domain.queue import HeldCause
from leaddesk.core.services.queue import QueueCounts
from leaddesk.ui.presenters.call_queue import Segment
from tests.helpers.window import settled

KEY = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def pane(call):
    return call.queue


@pytest.fixture
def click(win, qtbot):
    def clicked(chip):
        qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: settled(win))

    return clicked


def chips(pane):
    return [chip.text() for chip in pane._chips.values()]


def checked(pane):
    return [segment for segment, chip in pane._chips.items() if chip.isChecked()]


def names(pane):
    return [pane.model.index(row, 0).data() for row in range(pane.model.rowCount())]


def test_the_chips_count_their_leads(pane):
    assert chips(pane) == ["Next 11", "New 9", "Callbacks 0", "All 12"]
    assert checked(pane) == [Segment.NEXT]
    assert pane._chips[Segment.NEW].accessibleName() == "New, 9"


@pytest.mark.parametrize(
    ("count", "text"),
    [(0, "All 0"), (9_240, "All 9,240"), (9_999, "All 9,999"), (10_000, "All 10k"),
     (999_999, "All 999k"), (1_250_000, "All 1.2m")],
)  # fmt: skip
def test_large_counts_fit_their_chip_and_are_read_in_full(pane, count, text):
    pane.show_counts(QueueCounts(0, 0, 0, count, {}))
    assert pane._chips[Segment.ALL].text() == text
    assert pane._chips[Segment.ALL].accessibleName() == f"All, {count:,}"


def test_all_chips_are_in_sight_when_they_are_full(pane):
    pane.show_counts(QueueCounts(999_999, 999_999, 9_999, 9_999_999, {}))
    assert all(chip.geometry().right() < pane.width() for chip in pane._chips.values())


def test_a_chip_lists_its_leads(pane, click):
    click(pane._chips[Segment.ALL])
    assert checked(pane) == [Segment.ALL]
    assert pane.model.rowCount() == 12
    click(pane._chips[Segment.NEW])
    assert checked(pane) == [Segment.NEW]
    assert pane.model.rowCount() == 9
    click(pane._chips[Segment.NEW])
    assert checked(pane) == [Segment.NEW], "a second click leaves it chosen"


def test_the_foot_says_who_is_held_back_and_is_not_there_for_nobody(pane):
    assert not pane._foot.isVisible()
    pane.show_counts(
        QueueCounts(1, 1, 0, 16, {HeldCause.DO_NOT_CALL: 3, HeldCause.OUTSIDE_HOURS: 12})
    )
    assert pane._foot.isVisible()
    assert pane._held.text() == "Held back: 12 outside hours · 3 do not call"
    pane.show_counts(QueueCounts(1, 1, 0, 1, {}))
    assert not pane._foot.isVisible()


def test_the_best_hours_stand_in_the_foot_alone_too(pane):
    pane.show_best_hours("Mostly answered 10\N{EN DASH}11 (20 of 20).")
    assert pane._foot.isVisible()
    assert not pane._held.isVisible()
    assert pane._hours.text().startswith("Mostly answered")
    pane.show_best_hours("")
    assert not pane._foot.isVisible()


def test_who_is_held_back_is_listed_by_keys(call, pane, press):
    press(KEY.Key_Return)
    for key, modifier in ((KEY.Key_E, CTRL), (KEY.Key_2, None), (KEY.Key_Return, None)):
        press(key, *([modifier] if modifier else []))
    assert pane._held.text() == "Held back: 1 called often enough"
    press(KEY.Key_H, CTRL)
    press(KEY.Key_1)
    assert len(names(pane)) == 1
    assert checked(pane) == [], "no chip stands for it"
    assert pane.list.hasFocus()
    press(KEY.Key_Return)
    assert call.presenter.is_idle
    assert "hours ago" in call.script.before._blocked.text()


def test_one_key_takes_the_next_lead(call, pane, press):
    for _down in range(3):
        press(KEY.Key_Down)
    assert pane.current().name == "Priya Raman"
    press(KEY.Key_F2)
    assert call.presenter.call_lead_id == f"L{11:023d}"
    assert pane.current().lead_id == call.presenter.call_lead_id
    assert call.script.stage.hasFocus()
