# SPDX-License-Identifier: MIT
"""The middle and the right of the Call view, and their presenter; built behind the first paint."""

import random
import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from leaddesk.core.domain.call import Answer
from leaddesk.core.domain.queue import HeldCause
from leaddesk.core.domain.verdict import Verdict
from leaddesk.core.services.clock import Clock
from leaddesk.core.services.lead_list import ListRow
from leaddesk.ui.actions import make_action
from leaddesk.ui.call.assessment_pane import AssessmentPane
from leaddesk.ui.call.script_pane import ScriptPane
from leaddesk.ui.context import Context
from leaddesk.ui.presenters.call_menu import CallMenu
from leaddesk.ui.presenters.call_presenter import CallPresenter
from leaddesk.ui.presenters.call_queue import QueuePresenter
from leaddesk.ui.presenters.call_screens import (
    AssessmentScreen,
    Confirmation,
    EntryScreen,
    LeadCard,
    SaveState,
    StopScreen,
)
from leaddesk.ui.presenters.lead_menu import LeadMenu
from leaddesk.ui.presenters.panels import saying
from leaddesk.ui.presenters.panels.panel import PanelScreen
from leaddesk.ui.presenters.rehearsing import Rehearsing

if TYPE_CHECKING:
    from leaddesk.ui.call.compact_window import CompactWindow

_SAID = {SaveState.SAVING: "Saving\u2026", SaveState.SAVED: "Saved", SaveState.FAILED: "Not saved"}
_TICK_MS = 1000
ANSWER_MS = 4
"""How long an answer may take to the disk before it is shown without waiting for that."""


class CallPanes(QWidget):
    """Implements the presenter's `CallView`.

    Args:
        over: The call is over: the queue goes on to the next lead.
        focus: Puts the focus where it belongs.
        queue: Lists the leads at the left.

    Emits:
        saved: the `Answer` that is on disk now.
    """

    saved = Signal(object)

    def __init__(
        self,
        context: Context,
        clock: Clock,
        over: Callable[[], None],
        focus: Callable[[], None],
        queue: QueuePresenter,
    ) -> None:
        super().__init__()
        self._context = context
        self._over = over
        self._focus = focus
        self._queue = queue
        self._behind = QTimer(self, interval=ANSWER_MS, singleShot=True)
        self._behind.setTimerType(Qt.TimerType.PreciseTimer)
        self._behind.timeout.connect(self._run_behind)
        self._behind_job: Callable[[], None] = lambda: None
        self.presenter = CallPresenter(self, context, clock, time.monotonic, self._behind_answer)
        self.menu = CallMenu(self.presenter)
        self.lead_menu = LeadMenu(self.presenter)
        self.rehearsing = Rehearsing(self.presenter, random.SystemRandom().randrange)
        self.script = ScriptPane(self.presenter, self.menu)
        self.assessment = AssessmentPane(self.presenter, self.menu)
        self._small: CompactWindow | None = None
        self._ticks = QTimer(self, interval=_TICK_MS)
        self._ticks.timeout.connect(self.presenter.tick)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.script, 1)
        row.addWidget(self.assessment)
        self._connect()
        self._bind_keys()

    # Methods of the presenter's view

    def show_row(self, row: ListRow | None) -> None:
        """Show whose page is being read; None: there is no lead."""
        self._leave_call()
        self.script.show_row(row)
        if row is None:
            self.assessment.show_nothing()

    def show_lead(self, card: LeadCard) -> None:
        """Show a lead before its call."""
        self._leave_call()
        self.script.show_lead(card)

    def show_call(self, card: LeadCard) -> None:
        """Show the header of a call, and start its timer."""
        self.script.show_call(card)
        self.assessment.set_deciding_enabled(on=True)
        self._ticks.start()

    def show_stop(self, screen: StopScreen, entry: EntryScreen) -> None:
        """Show another screen of the script."""
        self.script.show_stop(screen, entry)
        if self.small is not None:
            self.small.show_stop(screen, entry)

    def show_entry(self, entry: EntryScreen) -> None:
        """Show what a key changed."""
        self.script.show_entry(entry)
        if self.small is not None:
            self.small.show_entry(entry)

    def show_hint(self, words: str, swing: int) -> None:
        """Show which question decides most."""
        self.script.show_hint(words, swing)

    def show_assessment(self, screen: AssessmentScreen) -> None:
        """Show the right pane."""
        self.assessment.show_assessment(screen)
        if self.small is not None:
            self.small.show_assessment(screen)

    def show_panel(self, screen: PanelScreen | None) -> None:
        """Open, change or close what is asked beside the call; it needs the whole window."""
        self.show_whole()
        self.assessment.show_panel(screen)
        if screen is None:
            self._focus()

    def show_lead_of(self, lead_id: str) -> None:
        """Choose a lead in the queue."""
        self._queue.refresh(lead_id)

    def show_held(self, cause: HeldCause) -> None:
        """List the leads held back for a cause."""
        self._queue.show_held(cause)

    def show_elapsed(self, text: str) -> None:
        """Show how long the call has lasted."""
        self.script.header.show_elapsed(text)
        if self.small is not None:
            self.small.show_elapsed(text)

    def show_saving(self, state: SaveState) -> None:
        """Show whether everything said is on disk."""
        self.say(_SAID[state])

    def answer_saved(self, answer: Answer) -> None:
        """Show what an answer changed, and tell who listens that it is on disk."""
        if self._behind.isActive():
            self._behind.stop()
            self._behind_job()
        self.saved.emit(answer)

    def show_confirmation(self, done: Confirmation | None) -> None:
        """Show what was just done."""
        self.script.before.confirmation.show_confirmation(done)
        if done is not None:
            self._context.say(done.title)

    def show_error(self, error: Exception) -> None:
        """Show a failure in the bar of the whole window."""
        self.show_whole()
        self._context.show_error(error)

    def say(self, text: str) -> None:
        """Show a sentence in the status bar."""
        self._context.say(text)
        if self.small is not None:
            self.small.say(text)

    def call_over(self, lead_id: str) -> None:
        """Go on to the lead behind the one whose call is over; a rehearsal has none."""
        if lead_id:
            self._over()
        else:
            self._focus()

    # The small window

    @property
    def small(self) -> "CompactWindow | None":
        """The small window, while it stands for the whole one."""
        return self._small if self._small is not None and self._small.isVisible() else None

    def show_small(self) -> None:
        """Show the call in a small window over all others instead of in this one."""
        talk = self.presenter.talking
        if talk is None or self.presenter.has_panel:
            self.say(
                "Close what is asked at the right first (Esc)."
                if talk is not None
                else "The small window shows a call; start one first."
            )
            return
        if self._small is None:
            from leaddesk.ui.call.compact_window import CompactWindow

            self._small = CompactWindow(self.presenter, self._call_slots())
            self._small.closed.connect(self.show_whole)
        whole = self.window()
        self._small.show_name(talk.live.lead.name)
        self._small.open_at(whole.geometry().topRight())
        self.presenter.tick()
        talk.show_stop()
        talk.show_assessment()
        whole.hide()

    def show_whole(self) -> None:
        """Come back from the small window, with what was typed in it."""
        small = self.small
        if small is None:
            return
        whole = self.window()
        whole.show()
        small.hide()
        whole.raise_()
        whole.activateWindow()
        if (talk := self.presenter.talking) is not None:
            talk.show_stop()
        self._focus()

    # Internal functions

    def _run_behind(self) -> None:
        self._behind_job()

    def _behind_answer(self, job: Callable[[], None]) -> None:
        """Run a job once the answer is on disk, or has taken too long to be waited for.

        Assessing and painting would keep the interpreter from the thread that writes.
        """
        self._behind_job = job
        self._behind.start()

    def _leave_call(self) -> None:
        self.show_whole()
        self._ticks.stop()
        self.assessment.set_deciding_enabled(on=False)

    def _connect(self) -> None:
        stage = self.script.stage
        stage.picked.connect(self.presenter.key)
        stage.typed.connect(self.presenter.edit_entry)
        stage.entered.connect(self.presenter.enter)
        stage.note_typed.connect(self.presenter.edit_note)
        stage.note_paused.connect(self.presenter.keep_note)

    def _note(self) -> None:
        self.show_whole()
        self.script.focus_note()

    def _quit(self) -> None:
        self.show_whole()
        self.window().close()

    def _call_slots(self) -> dict[str, Callable[[], object]]:
        """Return action id -> what its key does, for the keys of the call."""
        menu = self.menu
        return {
            "back": self.presenter.go_back,
            "note": self._note,
            "end_call": menu.end_call,
            "do_not_call": menu.do_not_call,
            "disqualify": partial(menu.decide, Verdict.DISQUALIFY),
            "nurture": partial(menu.decide, Verdict.NURTURE),
            "pass": partial(menu.decide, Verdict.PASS),
            "jump": menu.jump,
            "ask_best": menu.ask_best,
            "hurry": menu.hurry,
            "objection": menu.objections,
            "front_desk": menu.front_desk,
            "voicemail": menu.voicemail,
            "exact_words": menu.exact_words,
            "said_by": partial(self.presenter.panel_key, saying.BY_KEY),
            "own_words": partial(self.presenter.panel_key, saying.WORDS_KEY),
            "would_not_say": menu.would_not_say,
            "does_not_know": menu.does_not_know,
            "evidence": menu.change_evidence,
            "undo": menu.undo,
            "take_back": menu.take_back,
            "ledger": menu.ledger,
            "read_as": menu.read_as,
            "switch_playbook": menu.switch_playbook,
            "quit": self._quit,
        }

    def _bind_keys(self) -> None:
        leads = self.lead_menu
        slots: dict[str, Callable[[], object]] = {
            **self._call_slots(),
            "undo_decision": self.menu.undo_decision,
            "take_next": leads.take_next,
            "quick_lead": leads.quick_lead,
            "activity": leads.activity,
            "held_back": leads.held_back,
            "rehearse": self.rehearsing.start,
            "compact": self.show_small,
        }
        del slots["quit"]  # the window's own
        for action_id, slot in slots.items():
            make_action(action_id, self, slot)
