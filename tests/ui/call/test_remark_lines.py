# SPDX-License-Identifier: MIT
"""The lines under the answers."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from leaddesk.ui.call.remark_lines import Remarks
from leaddesk.ui.presenters.call_screens import Remark, RemarkTone
from tests.helpers.leads import HOSTILE

OLD = Remark("Re-confirm: said 200 days ago", RemarkTone.WARNING)
DAY = Remark("From 3 Oct 2026")


@pytest.fixture
def remarks(qtbot):
    made = Remarks()
    qtbot.addWidget(made)
    return made


def shown(remarks):
    return [line.text() for line in remarks.findChildren(QLabel) if not line.isHidden()]


def test_without_remarks_there_is_no_room_taken(remarks):
    assert remarks.isHidden()
    remarks.show_remarks([DAY])
    assert not remarks.isHidden()
    remarks.show_remarks([])
    assert remarks.isHidden()


def test_a_warning_is_told_by_a_sign_not_by_colour_alone(remarks):
    remarks.show_remarks([OLD, DAY])
    assert shown(remarks) == [f"⚠ {OLD.text}", DAY.text]


def test_fewer_remarks_leave_no_old_words(remarks):
    remarks.show_remarks([OLD, DAY])
    remarks.show_remarks([DAY])
    assert shown(remarks) == [DAY.text]
    remarks.show_remarks([DAY, OLD])
    assert shown(remarks) == [DAY.text, f"⚠ {OLD.text}"]


def test_lines_are_kept_and_change_their_look(remarks):
    remarks.show_remarks([OLD])
    (line,) = remarks.findChildren(QLabel)
    assert line.property("look") == "nurture"
    remarks.show_remarks([DAY])
    assert remarks.findChildren(QLabel) == [line]
    assert line.property("look") == "muted"


def test_a_remark_is_plain_text_and_wraps(remarks):
    remarks.show_remarks([Remark(HOSTILE), Remark("word " * 60)])
    first, second = remarks.findChildren(QLabel)
    assert first.textFormat() is Qt.TextFormat.PlainText
    assert first.text() == HOSTILE
    assert second.heightForWidth(200) > 3 * second.heightForWidth(4000)


def test_an_answer_that_is_not_known_says_so_in_the_window(at_problem, press):
    assert at_problem.script.stage._remarks.isHidden()
    press(Qt.Key.Key_K, Qt.KeyboardModifier.AltModifier)
    assert shown(at_problem.script.stage._remarks) == ["Does not know; the question stays open"]
    press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert at_problem.script.stage._remarks.isHidden()
