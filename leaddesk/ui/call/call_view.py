# SPDX-License-Identifier: MIT
"""The Call view: the queue beside the call, and the way of keys to both.

The first paint shows the queue; the rest is built right behind it, with all the rules it needs.
"""

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from leaddesk.core.services.changes import Changes
from leaddesk.core.services.clock import Clock
from leaddesk.ui import theme
from leaddesk.ui.actions import make_action
from leaddesk.ui.call.queue_pane import ASSESSMENT_WIDTH, QueuePane
from leaddesk.ui.context import Context

if TYPE_CHECKING:
    from leaddesk.ui.call.assessment_pane import AssessmentPane
    from leaddesk.ui.call.call_panes import CallPanes
    from leaddesk.ui.call.script_pane import ScriptPane
    from leaddesk.ui.presenters.call_presenter import CallPresenter

FRAME_MS = 16
"""The rest is built a frame after the first paint, when its picture has reached the screen."""

_MODIFIERS = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)


class CallView(QWidget):
    """Arranges; every decision is the presenter's.

    Emits:
        saved: the `Answer` that is on disk now.
    """

    saved = Signal(object)

    def __init__(self, context: Context, clock: Clock) -> None:
        super().__init__()
        self._context = context
        self._clock = clock
        self.queue = QueuePane(context, clock)
        self._waiting = _WaitingPanes()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.addWidget(self.queue)
        self._row.addWidget(self._waiting, 1)
        self._painted = False
        # Not by Tab: it hands the focus on, and Tab would never come to the queue behind it.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.queue.left.connect(self.setFocus)
        self.queue.called.connect(self._call)
        make_action("call_search", self, self._to_search)

    @cached_property
    def panes(self) -> "CallPanes":
        """The middle and the right, built when they are first needed."""
        from leaddesk.ui.call.call_panes import CallPanes

        panes = CallPanes(
            self._context, self._clock, self._go_on, self.setFocus, self.queue.presenter
        )
        panes.saved.connect(self.saved)
        self._row.replaceWidget(self._waiting, panes)
        self._row.setStretchFactor(panes, 1)
        self._waiting.deleteLater()
        presenter = panes.presenter
        self.queue.chosen.connect(presenter.choose)
        self._context.notifier.changed.connect(self._on_changed)
        presenter.choose(self.queue.current())
        presenter.resume(self._resumed)
        return panes

    @property
    def is_complete(self) -> bool:
        """Whether the panes behind the first paint are built."""
        return "panes" in self.__dict__

    @property
    def presenter(self) -> "CallPresenter":
        """Decides everything about the call."""
        return self.panes.presenter

    @property
    def script(self) -> "ScriptPane":
        """The middle pane."""
        return self.panes.script

    @property
    def assessment(self) -> "AssessmentPane":
        """The right pane."""
        return self.panes.assessment

    # Methods

    def start_call(self, lead_id: str) -> None:
        """Call this lead, and choose it in the queue where it is listed."""
        self.presenter.start(lead_id)
        self.queue.presenter.refresh(lead_id)

    # Events

    def paintEvent(self, event: QPaintEvent) -> None:
        """Build the rest behind the first picture."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(FRAME_MS, self, lambda: self.panes)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Give the focus to what is worked with: the script in a call, else the queue."""
        super().focusInEvent(event)
        if self.is_complete and self.presenter.has_panel:
            self.assessment.take_focus()
        elif self.is_complete and not self.presenter.is_idle:
            self.script.stage.take_focus()
        else:
            self.queue.list.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the keys no field wanted: Enter, Esc, arrows, digits and letters."""
        if event.modifiers() & _MODIFIERS or not self._take(event):
            super().keyPressEvent(event)

    # Internal functions

    def _take(self, event: QKeyEvent) -> bool:
        key, presenter = event.key(), self.presenter
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                presenter.enter()
            return True
        if key == Qt.Key.Key_Escape:
            presenter.close_panel()
            self.setFocus()
            return True
        if presenter.is_idle and not presenter.has_panel and self.queue.move_by(key):
            return True
        text = event.text()
        if event.isAutoRepeat() or not text.strip():
            return False
        if presenter.key(text):
            return True
        if text.isdigit() and presenter.is_asking:
            self.script.stage.type_digit(text)
        return text.isdigit()

    def _call(self, lead_id: str) -> None:
        self.presenter.start(lead_id)

    def _go_on(self) -> None:
        self.queue.presenter.leave()
        self.queue.list.setFocus()

    def _resumed(self) -> None:
        """Fill the queue, with the lead of the call that goes on chosen."""
        self.queue.presenter.refresh(self.presenter.call_lead_id)
        self.queue.follow_clock()
        if self.isVisible():
            self.setFocus()

    def _on_changed(self, changes: Changes, initiator: object) -> None:
        own_end = initiator is self.presenter and changes.queue and changes.calls
        if not own_end:
            self.queue.presenter.changed(changes)

    def _to_search(self) -> None:
        self.queue.search.setFocus()
        self.queue.search.selectAll()


class _WaitingPanes(QFrame):
    """What stands in the middle and at the right until they are built: nothing, in its place."""

    def __init__(self) -> None:
        super().__init__()
        middle, right = QFrame(), QFrame()
        middle.setProperty("look", "panel")
        right.setProperty("look", "right")
        right.setFixedWidth(theme.pane_width(ASSESSMENT_WIDTH))
        both = QHBoxLayout(self)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(0)
        both.addWidget(middle, 1)
        both.addWidget(right)
