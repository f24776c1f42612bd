# SPDX-License-Identifier: MIT
"""The Call view: composes the three panes, and brings keys to the presenter."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from leaddesk.core.domain.call import Answer
from leaddesk.core.domain.decision import Verdict
from leaddesk.core.services.changes import Changes
from leaddesk.core.services.clock import Clock, system_clock
from leaddesk.ui.actions import make_action
from leaddesk.ui.call.assessment_pane import AssessmentPane
from leaddesk.ui.call.queue_pane import QueuePane
from leaddesk.ui.call.script_pane import ScriptPane
from leaddesk.ui.context import Context
from leaddesk.ui.presenters.call_presenter import CallPresenter, Phase
from leaddesk.ui.presenters.call_screens import (
    AssessmentScreen,
    Confirmation,
    DecideScreen,
    EntryScreen,
    LeadCard,
    SaveState,
    StopScreen,
)

_SAID = {SaveState.SAVING: "Saving\u2026", SaveState.SAVED: "Saved", SaveState.FAILED: "Not saved"}
_MODIFIERS = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)


class CallView(QWidget):
    """Arranges; every decision is the presenter's. Implements its `CallView`.

    Emits:
        saved: the `Answer` that is on disk now.
    """

    saved = Signal(object)

    def __init__(self, context: Context, clock: Clock = system_clock) -> None:
        super().__init__()
        self._context = context
        self.presenter = CallPresenter(self, context, clock)
        self.queue = QueuePane(context, clock)
        self.script = ScriptPane(self.presenter)
        self.assessment = AssessmentPane(self.presenter)
        self._ticks = QTimer(self, interval=1000)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.queue)
        row.addWidget(self.script, 1)
        row.addWidget(self.assessment)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._connect()
        self._bind_keys()
        self.show_lead(None)
        self.presenter.choose(self.queue.current())
        self.presenter.resume(self._resumed)

    # Methods of the presenter's view

    def show_lead(self, card: LeadCard | None) -> None:
        """Show a lead before its call."""
        self._ticks.stop()
        self.script.show_lead(card)
        self.assessment.set_deciding_enabled(on=False)
        if card is None:
            self.assessment.show_nothing()

    def show_name(self, card: LeadCard) -> None:
        """Show whose page is being read."""
        self.script.show_name(card)

    def show_call(self, card: LeadCard) -> None:
        """Show the header of a call, and start its timer."""
        self.script.show_call(card)
        self.assessment.set_deciding_enabled(on=True)
        self._ticks.start()

    def show_stop(self, screen: StopScreen, entry: EntryScreen) -> None:
        """Show another screen of the script."""
        self.script.show_stop(screen, entry)

    def show_entry(self, entry: EntryScreen) -> None:
        """Show what a key changed."""
        self.script.show_entry(entry)

    def show_hint(self, words: str, swing: int) -> None:
        """Show which question decides most."""
        self.script.show_hint(words, swing)

    def show_assessment(self, screen: AssessmentScreen) -> None:
        """Show the right pane."""
        self.assessment.show_assessment(screen)

    def show_deciding(self, screen: DecideScreen | None) -> None:
        """Open, change or close the panel that takes a decision."""
        self.assessment.show_deciding(screen)
        if screen is None:
            self.setFocus()

    def show_elapsed(self, text: str) -> None:
        """Show how long the call has lasted."""
        self.script.header.show_elapsed(text)

    def show_saving(self, state: SaveState) -> None:
        """Show whether everything said is on disk."""
        self._context.say(_SAID[state])

    def answer_saved(self, answer: Answer) -> None:
        """Tell who listens that an answer is on disk."""
        self.saved.emit(answer)

    def show_confirmation(self, done: Confirmation | None) -> None:
        """Show what was just done."""
        self.script.before.confirmation.show_confirmation(done)
        if done is not None:
            self._context.say(done.title)

    def show_error(self, error: Exception) -> None:
        """Show a failure in the bar of the window."""
        self._context.show_error(error)

    def say(self, text: str) -> None:
        """Show a sentence in the status bar."""
        self._context.say(text)

    def call_over(self, _lead_id: str) -> None:
        """Go on to the lead behind the one whose call is over."""
        self.queue.presenter.leave()
        self.queue.list.setFocus()

    # Other methods

    def start_call(self, lead_id: str) -> None:
        """Call this lead, wherever it is listed."""
        self.presenter.start(lead_id)

    # Events

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Give the focus to what is worked with: the script in a call, else the queue."""
        super().focusInEvent(event)
        if self.presenter.phase is Phase.IDLE:
            self.queue.list.setFocus()
        else:
            self.script.stage.take_focus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the keys no field wanted: Enter, Esc, arrows, digits and letters."""
        if event.modifiers() & _MODIFIERS or not self._take(event):
            super().keyPressEvent(event)

    # Internal functions

    def _take(self, event: QKeyEvent) -> bool:
        key, phase = event.key(), self.presenter.phase
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.presenter.enter()
            return True
        if key == Qt.Key.Key_Escape:
            self.presenter.cancel()
            self.setFocus()
            return True
        if phase is Phase.IDLE and self.queue.move_by(key):
            return True
        text = event.text()
        if event.isAutoRepeat() or not text.strip():
            return False
        if self.presenter.key(text):
            return True
        if text.isdigit() and phase is Phase.IN_CALL:
            self.script.stage.type_digit(text)
        return text.isdigit()

    def _resumed(self) -> None:
        """Fill the queue, with the lead of the call that goes on chosen."""
        self.queue.presenter.refresh(self.presenter.call_lead_id)
        if self.isVisible():
            self.setFocus()

    def _on_changed(self, changes: Changes, initiator: object) -> None:
        own_decision = initiator is self.presenter and changes.decisions
        if not own_decision:
            self.queue.presenter.changed(changes)

    def _connect(self) -> None:
        stage = self.script.stage
        stage.picked.connect(self.presenter.key)
        stage.typed.connect(self.presenter.edit_entry)
        stage.entered.connect(self.presenter.enter)
        stage.note_typed.connect(self.presenter.edit_note)
        stage.note_paused.connect(self.presenter.keep_note)
        self.queue.chosen.connect(self.presenter.choose)
        self.queue.called.connect(self.presenter.start)
        self.queue.left.connect(self.setFocus)
        self._ticks.timeout.connect(self.presenter.tick)
        self._context.notifier.changed.connect(self._on_changed)

    def _bind_keys(self) -> None:
        make_action("call_search", self, self._to_search)
        make_action("back", self, self.presenter.go_back)
        make_action("note", self, self.script.focus_note)
        make_action("end_call", self, self.presenter.end_call)
        make_action("disqualify", self, lambda: self.presenter.decide(Verdict.DISQUALIFY))
        make_action("nurture", self, lambda: self.presenter.decide(Verdict.NURTURE))
        make_action("pass", self, lambda: self.presenter.decide(Verdict.PASS))

    def _to_search(self) -> None:
        self.queue.search.setFocus()
        self.queue.search.selectAll()
