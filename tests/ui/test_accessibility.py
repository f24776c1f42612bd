# SPDX-License-Identifier: MIT
"""Every view and panel for people who hear the window, enlarge it, or do not see its colours."""

from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from leaddesk import resources
from leaddesk.core.services.workspace import open_workspace
from leaddesk.ui import theme
from leaddesk.ui.call.checklist import _WORDS, StateSign
from leaddesk.ui.call.crumb_bar import CrumbBar
from leaddesk.ui.call.remark_lines import _SIGNS
from leaddesk.ui.call.span_text import SpanText
from leaddesk.ui.context import Context
from leaddesk.ui.main_window import MainWindow
from leaddesk.ui.notifier import Notifier
from leaddesk.ui.presenters.call_screens import Gap, RemarkTone
from leaddesk.ui.tasks import Tasks
from leaddesk.ui.widgets.labels import ElidedLabel
from tests.helpers.leads import some_leads
from tests.helpers.window import settled

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
NAMED = {
    QAccessible.Role.Button,
    QAccessible.Role.EditableText,
    QAccessible.Role.CheckBox,
    QAccessible.Role.ComboBox,
    QAccessible.Role.Table,
    QAccessible.Role.List,
    QAccessible.Role.ProgressBar,
}
# Keys that lead from the first lead chosen to what is looked at.
SCREENS = {
    "before a call": (),
    "opening": ("Return",),
    "question": ("Return", "Return", "1"),
    "decision": ("Return", "Return", "1", "Alt+N"),
    "pass": ("Return", "Return", "1", "Alt+P"),
    "result": ("Return", "Return", "1", "Ctrl+E", "5"),
    "line": ("Return", "Ctrl+E"),
    "objections": ("Return", "Ctrl+O"),
    "objection": ("Return", "Ctrl+O", "1"),
    "go to": ("Return", "Ctrl+J"),
    "playbooks": ("Return", "Ctrl+B"),
    "read as": ("Return", "Return", "1", "Ctrl+R", "2"),
    "ledger": ("Return", "Return", "1", "Ctrl+L"),
    "new lead": ("Ctrl+K",),
    "held back": ("Ctrl+H",),
    "rehearsal": ("Ctrl+Shift+R", "Return"),
    "leads": ("Ctrl+2",),
    "follow-ups": ("Ctrl+3",),
    "follow-up moved": ("Ctrl+3", "M"),
    "filter": ("Ctrl+2", "Ctrl+L"),
    "tag": ("Ctrl+2", "Ctrl+T"),
    "export": ("Ctrl+2", "Ctrl+E"),
    "export for another": ("Ctrl+2", "Ctrl+E", "Down"),
    "a name": ("Ctrl+2", "Ctrl+F", "a", "Ctrl+S"),
    "history": ("Ctrl+Shift+H",),
    "settings": ("Ctrl+,",),
    "keys": ("F1",),
}
every_screen = pytest.mark.parametrize("keys", SCREENS.values(), ids=SCREENS.keys())


@pytest.fixture
def open_at(qtbot, qapp, profile):
    """Open the window at a size, press keys, and give it back; it is closed after the test."""
    opened: list[MainWindow] = []

    def build(keys, *, size=(1440, 900)) -> MainWindow:
        theme.apply(qapp, "light")
        clock = lambda: NOON  # noqa: E731 - one use
        with (
            open_workspace(profile, resources.texts, clock=clock) as work,
            work.store.begin() as unit,
        ):
            unit.leads.add(replace(lead, time_zone="Europe/London") for lead in some_leads())
        context = Context(
            opener=partial(open_workspace, profile, resources.texts, clock=clock),
            tasks=Tasks(),
            notifier=Notifier(),
            clock=clock,
        )
        window = MainWindow(context, lambda _scheme: None)
        opened.append(window)
        window.setMinimumSize(*size)
        window.resize(*size)
        with qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        qtbot.waitUntil(lambda: settled(window))
        qtbot.waitUntil(lambda: window.call.queue.current() is not None)
        for key in keys:
            QTest.keySequence(qapp.focusWidget() or window, key)
            qtbot.waitUntil(lambda: settled(window))
        qapp.processEvents()
        return window

    yield build
    for window in opened:
        window.close()
        window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    theme.set_text_size(100)
    theme.prepare(qapp)


def shown(window: MainWindow, kind: type):
    return [one for one in window.findChildren(kind) if one.isVisible()]


def interfaces(widget: QWidget):
    waiting = [QAccessible.queryAccessibleInterface(widget)]
    while waiting:
        one = waiting.pop()
        if one is None or not one.isValid():
            continue
        yield one
        if one.role() not in {QAccessible.Role.Table, QAccessible.Role.List}:
            waiting += [one.child(index) for index in range(one.childCount())]


@every_screen
def test_every_control_has_a_name_and_a_role(open_at, keys):
    window = open_at(keys)
    unnamed = [
        f"{one.role().name} {one.object()}"
        for one in interfaces(window)
        if one.role() in NAMED
        and not one.state().invisible
        and not one.text(QAccessible.Text.Name).strip()
    ]
    assert not unnamed


def missing(widget: QWidget) -> str:
    """What of a text does not fit its widget, in pixels; empty when all of it does."""
    if isinstance(widget, ElidedLabel | CrumbBar) or not widget.text():
        return ""  # these end in an ellipsis on purpose
    if isinstance(widget, QLabel) and (widget.wordWrap() or isinstance(widget, SpanText)):
        needed = widget.heightForWidth(widget.width())
        lacking = needed - widget.height()
        return f"{lacking} px of height" if lacking > 1 else ""
    needed, given = widget.sizeHint(), widget.size()
    if needed.width() > given.width() + 1:
        return f"{needed.width() - given.width()} px of width"
    lines = widget.fontMetrics().height()
    return f"{lines - given.height()} px of height" if lines > given.height() else ""


@every_screen
def test_text_half_as_large_again_is_not_clipped_on_a_small_screen(open_at, qtbot, keys):
    theme.set_text_size(150)
    window = open_at(keys, size=(1280, 720))

    def nothing_is_clipped() -> None:
        assert not [
            f"{widget.text()!r} lacks {lacking}"
            for widget in (*shown(window, QLabel), *shown(window, QAbstractButton))
            if (lacking := missing(widget))
        ]

    qtbot.waitUntil(nothing_is_clipped)  # once the layouts have settled
    assert (window.width(), window.height()) == (1280, 720), "the window itself fits"


def test_what_colour_says_is_said_without_it(qtbot):
    assert set(_WORDS) == set(Gap)
    assert len(set(_WORDS.values())) == len(Gap)
    assert _SIGNS[RemarkTone.WARNING] != _SIGNS[RemarkTone.QUIET]
    pictures = set()
    sign = StateSign()
    qtbot.addWidget(sign)
    for gap in Gap:
        sign.show_gap(gap)
        image = sign.grab().toImage().convertToFormat(sign.grab().toImage().Format.Format_Mono)
        pictures.add(bytes(image.constBits()))
    assert len(pictures) == len(Gap), "each state has a shape of its own"


def test_the_order_of_tab_reaches_what_can_be_pressed(open_at):
    window = open_at(("Return", "Return", "1"))
    reachable = [
        button
        for button in shown(window, QAbstractButton)
        if button.isEnabled() and button.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    assert len(reachable) > 8
