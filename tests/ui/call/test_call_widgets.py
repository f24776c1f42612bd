# SPDX-License-Identifier: MIT
"""The painted parts of the Call view, each alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt

from leaddesk.ui.call.choice_row import ChoiceRow
from leaddesk.ui.call.crumb_bar import CrumbBar
from leaddesk.ui.call.meters import apart
from leaddesk.ui.call.span_text import Span, SpanText
from leaddesk.ui.presenters.call_screens import Choice, Crumb


@given(
    at=st.tuples(st.integers(0, 99), st.integers(1, 100)).filter(lambda pair: pair[0] < pair[1]),
    widths=st.tuples(st.floats(20, 90), st.floats(20, 90)),
)
def test_labels_of_thresholds_never_touch_and_stay_inside(at, widths):
    room = 340
    left, right = apart([room * share / 100 for share in at], list(widths), room)
    assert left >= 0
    assert left + widths[0] < right
    assert right + widths[1] <= room + 0.01


@pytest.mark.parametrize("width", [60, 130, 300, 2000])
@pytest.mark.parametrize("here", [0, 4, 8])
def test_the_steps_that_fit_always_have_the_current_one(qtbot, width, here):
    bar = CrumbBar()
    qtbot.addWidget(bar)
    bar.resize(width, 24)
    bar.set_crumbs([Crumb(f"Step {i}", passed=i < here, current=i == here) for i in range(9)])
    shown = [text for text, bold, _tone in bar._fitting() if bold]
    assert shown == [f"Step {here}"]
    assert bar.accessibleName() == f"Step {here + 1} of 9: Step {here}"
    bar.grab()


def test_a_text_of_spans_wraps_and_is_read_as_plain_text(qtbot):
    text = SpanText(pixels=21)
    qtbot.addWidget(text)
    text.set_spans([Span("Hello "), Span("<b>𝄞 上海</b>", "accent"), Span(" and so on " * 9)])
    assert text.text().startswith("Hello <b>𝄞 上海</b> and")
    assert text.textFormat() is Qt.TextFormat.PlainText
    assert text.heightForWidth(200) > 2 * text.heightForWidth(2000)


def test_a_long_answer_is_shown_in_full(qtbot):
    row = ChoiceRow(compact=False)
    qtbot.addWidget(row)
    row.show_choice(Choice("1", "word " * 60, "+20", chosen=True))
    assert row.heightForWidth(400) > 3 * row.sizeHint().height() / 2
    assert row.isChecked()
    row.click()
    assert row.isChecked(), "a click is for the presenter to answer"
