# SPDX-License-Identifier: MIT
"""Everything the Call view decides, from choosing a lead to the decision. Knows no widget.

Commands come from the view, screens go back to it; services run on the database thread, through a
`Desk`. An answer is handed over for writing first, then assessed and shown at once; when it cannot
be written it is taken back on screen, and a sentence says so.
"""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from leaddesk.core.domain.call import Answer, AnswerValue, Call
from leaddesk.core.domain.decision import Decision
from leaddesk.core.domain.playbook import Playbook
from leaddesk.core.domain.verdict import Verdict
from leaddesk.core.errors import BugError
from leaddesk.core.services import calls
from leaddesk.core.services.clock import Clock
from leaddesk.core.services.lead_list import ListRow
from leaddesk.core.services.lead_page import LeadPage
from leaddesk.ui.presenters import call_compose as compose
from leaddesk.ui.presenters import call_jobs as jobs
from leaddesk.ui.presenters.call_deciding import Deciding, start_deciding
from leaddesk.ui.presenters.call_jobs import OpenedCall
from leaddesk.ui.presenters.call_live import LiveCall, first_assessment
from leaddesk.ui.presenters.call_ports import CallView
from leaddesk.ui.presenters.call_screens import Confirmation, Entry, Phase, SaveState
from leaddesk.ui.presenters.desk import Desk

if TYPE_CHECKING:
    from leaddesk.core.services.changes import Changes
    from leaddesk.core.services.workspace import Workspace

T = TypeVar("T")


class CallPresenter:
    """One per window; at most one call at a time.

    Args:
        later: Runs what can follow an answer a moment behind it, so that the answer, on its way to
            the disk, need not share the interpreter with the picture of it.

    Attributes:
        phase: What the view is in the middle of.
    """

    def __init__(
        self,
        view: CallView,
        desk: Desk,
        clock: Clock,
        later: Callable[[Callable[[], None]], None] = lambda job: job(),
    ) -> None:
        self.phase = Phase.IDLE
        self._view = view
        self._desk = desk
        self._clock = clock
        self._later = later
        self._live: LiveCall | None = None
        self._deciding: Deciding | None = None
        self._chosen: ListRow | None = None
        self._reader = jobs.LeadReader(desk)
        self._when_saved: Callable[[], None] | None = None

    @property
    def is_idle(self) -> bool:
        """Whether no call is in progress or being started."""
        return self.phase is Phase.IDLE

    @property
    def is_asking(self) -> bool:
        """Whether a key may be an answer."""
        return self.phase is Phase.IN_CALL

    @property
    def call_lead_id(self) -> str:
        """Id of the lead of the call in progress; empty when there is none."""
        return self._live.lead.lead_id if self._live is not None else ""

    @property
    def stop_id(self) -> str:
        """Id of the question, else of the step on screen; empty when there is no call."""
        return self._live.stop_id if self._live is not None else ""

    # Before a call

    def resume(self, done: Callable[[], None]) -> None:
        """Go on with the call a crash left open, if there is one; then call `done`."""

        def resumed(opened: OpenedCall | None) -> None:
            if opened is not None and self.phase is Phase.IDLE:
                self._begin(opened)
                self._view.say(f"The call with {opened.lead.name} goes on where it was.")
            done()

        self._desk.run(jobs.open_call, resumed)

    def choose(self, row: ListRow | None) -> None:
        """Show a lead of the queue; during a call the call stays on screen."""
        self._chosen = row
        if self.phase is not Phase.IDLE:
            return
        self._view.show_row(row)
        if row is not None:
            self._reader.read(row.lead_id, self._looked, self._view.show_error)

    def start(self, lead_id: str) -> None:
        """Start the call with a lead, or go on with it."""
        if self.phase is not Phase.IDLE:
            if lead_id != self.call_lead_id and self._live is not None:
                name = self._live.lead.name
                self._view.say(f"You are on a call with {name}. End it first (Ctrl+E).")
            return
        if not lead_id:
            return
        self.phase = Phase.STARTING
        self._view.show_confirmation(None)
        self._desk.change(
            partial(jobs.start_call, lead_id=lead_id), self._begin, self._not_started, self
        )

    # During a call

    def enter(self) -> None:
        """Do what Enter stands for: start, keep what was typed, go on, or confirm."""
        if self.phase is Phase.IDLE:
            self.start(self._chosen.lead_id if self._chosen is not None else "")
        elif self.phase is Phase.DECIDING:
            self.confirm()
        elif self.phase is Phase.IN_CALL and self._live is not None:
            if self._live.unsaved:
                self._keep_entry(insist=True)
            else:
                self.go_on()

    def key(self, key: str) -> bool:
        """Answer with one key, or pick a reason; return whether the key stands for something."""
        if self.phase is Phase.DECIDING and self._deciding is not None:
            before, self._deciding = self._deciding, self._deciding.pick(key)
            self._view.show_deciding(self._deciding.screen())
            return before is not self._deciding
        if self.phase is not Phase.IN_CALL or self._live is None:
            return False
        live = self._live
        entry = compose.entry_of(live.question)
        if entry is Entry.CHOICES and live.toggle(key):
            self._view.show_entry(live.entry_screen())
            return True
        option_id = live.option_of(key) if entry is Entry.CHOICE else ""
        if option_id and option_id != live.value:
            self._record(live.stop_id, option_id, live.note())
        return bool(option_id)

    def edit_entry(self, text: str) -> None:
        """Take what is typed into the field for a number or a text."""
        if self._live is not None and self.phase is not Phase.CLOSING:
            self._live.entry_draft = text
            self._view.show_entry(self._live.entry_screen())

    def edit_note(self, text: str) -> None:
        """Take what is typed as a note; it is written by `keep_note`."""
        if self._live is not None and self._live.question is not None:
            self._live.note_drafts[self._live.question.id] = text

    def keep_note(self) -> None:
        """Write the notes typed: when typing pauses, on leaving the field or the question."""
        live = self._live
        if live is None:
            return
        for question_id, text in tuple(live.note_drafts.items()):
            note = text.strip()
            if note == live.kept_note(question_id):
                del live.note_drafts[question_id]
                continue
            answer = live.answers.shown.get(question_id)
            self._record(question_id, answer.value if answer is not None else None, note)

    def go_on(self) -> None:
        """Go to the next screen of the script."""
        if self.phase is not Phase.IN_CALL or self._live is None:
            return
        self._keep_all()
        if self._live.advance():
            self._arrive()
        else:
            self._view.say("That was the last question. Decide, or end the call.")

    def go_back(self) -> None:
        """Go to the screen before."""
        if self.phase is not Phase.IN_CALL or self._live is None:
            return
        self._keep_all()
        if self._live.go_back():
            self._arrive()

    def end_call(self) -> None:
        """End the call without a decision; the lead stays to call."""
        if self._live is None or self.phase not in {Phase.IN_CALL, Phase.DECIDING}:
            return
        call_id = self._live.call.call_id
        self._close(lambda work: calls.end_call(work, call_id), self._ended)

    def tick(self) -> None:
        """Show the time; called once a second during a call."""
        if self._live is not None:
            text = compose.elapsed(self._live.call.started_at, self._clock())
            self._view.show_elapsed(text)

    # The decision

    def decide(self, decided: Verdict) -> None:
        """Open the panel for a decision, or change to another decision."""
        if self._live is None or self.phase not in {Phase.IN_CALL, Phase.DECIDING}:
            return
        self._keep_all()
        self.phase = Phase.DECIDING
        assessment = self._live.assess(self._clock())
        self._deciding = start_deciding(self._live.playbook, assessment, decided)
        self._view.show_deciding(self._deciding.screen())

    def edit_override(self, text: str) -> None:
        """Take what is typed as the reason for going against the recommendation."""
        if self._deciding is not None:
            self._deciding = self._deciding.because(text)
            self._view.show_deciding(self._deciding.screen())

    def cancel(self) -> None:
        """Go back from the decision to the call."""
        if self.phase is Phase.DECIDING:
            self.phase = Phase.IN_CALL
            self._deciding = None
            self._view.show_deciding(None)

    def confirm(self) -> None:
        """Take the decision, if nothing is missing."""
        taken, live = self._deciding, self._live
        if taken is None or live is None or self.phase is not Phase.DECIDING or taken.missing:
            return
        override = taken.override_reason.strip() if taken.overrides else ""
        call_id = live.call.call_id
        self._close(
            lambda work: calls.decide(work, call_id, taken.decided, taken.reason, override),
            self._decided,
        )

    # What comes back

    def _begin(self, opened: OpenedCall) -> None:
        self._live = LiveCall(opened, self._clock())
        self.phase = Phase.IN_CALL
        self._view.show_call(compose.lead_card(opened.lead))
        self.tick()
        self._show_stop()
        self._show_assessment()

    def _not_started(self, error: Exception) -> None:
        self.phase = Phase.IDLE
        self._view.show_error(error)
        self.resume(lambda: None)

    def _acknowledged(self, live: LiveCall, number: int, answer: Answer) -> None:
        live.answers.acknowledge(number, answer)
        self._view.answer_saved(answer)
        if live.answers.waiting_count == 0:
            self._view.show_saving(SaveState.SAVED)
            waiting, self._when_saved = self._when_saved, None
            if waiting is not None:
                waiting()

    def _refused(self, live: LiveCall, number: int, given: Answer, error: Exception) -> None:
        """Take an answer back that is not on disk; a note stays in its field, to be tried again."""
        before = live.kept_note(given.question_id)
        if not live.answers.take_back(number):
            return
        if given.note != live.kept_note(given.question_id) and before == given.note:
            live.note_drafts.setdefault(given.question_id, given.note)
        self._stay_open()
        self._view.show_saving(SaveState.FAILED)
        if live is self._live:
            self._show_stop()
            self._show_assessment()
        asked = compose.short_name(live.playbook, given.question_id)
        self._view.show_error(compose.not_saved(error, asked))

    def _ended(self, _call: Call) -> None:
        self._over(lambda live: compose.ended(live.lead))

    def _decided(self, decision: Decision) -> None:
        self._over(lambda live: compose.confirmation(live.playbook, live.lead, decision))

    def _not_closed(self, error: Exception) -> None:
        self._stay_open()
        self._view.show_error(error)

    # Internal

    def _looked(self, found: tuple[LeadPage, Playbook]) -> None:
        if self.phase is not Phase.IDLE:
            return
        page, playbook = found
        self._view.show_lead(compose.page_card(page))
        self._view.show_assessment(first_assessment(playbook, page.lead, self._clock()))

    def _record(self, question_id: str, value: AnswerValue, note: str) -> None:
        live = self._live
        if live is None:
            return
        call_id = live.call.call_id
        answer = Answer(question_id, value, self._clock(), note=note.strip(), call_id=call_id)
        live.note_drafts.pop(question_id, None)
        number = live.answers.give(answer)
        self._desk.change(
            lambda work: calls.record_answer(work, call_id, question_id, value, note=answer.note),
            partial(self._acknowledged, live, number),
            partial(self._refused, live, number, answer),
            self,
        )
        self._later(self._show_answer)

    def _show_answer(self) -> None:
        """Show what the last answer changed."""
        if self._live is not None:
            if self._live.answers.waiting_count:
                self._view.show_saving(SaveState.SAVING)
            self._view.show_entry(self._live.entry_screen())
            self._show_assessment()

    def _keep_entry(self, *, insist: bool = False) -> None:
        """Record what was toggled or typed, if it is an answer; `insist`: say why it is none."""
        live = self._live
        if live is None or not live.unsaved:
            return
        value, problem = live.read_entry()
        if problem:
            if insist:
                self._view.show_entry(live.entry_screen(insist=True))
            return
        live.entry_draft = None
        self._record(live.stop_id, value, live.note())
        self._show_stop()

    def _keep_all(self) -> None:
        self._keep_entry()
        self.keep_note()

    def _close(
        self,
        function: "Callable[[Workspace], tuple[T, Changes]]",
        done: Callable[[T], None],
    ) -> None:
        """Close the call with a service, once everything said is on disk."""
        live = self._live
        if live is None:
            return
        self._keep_all()
        self.phase = Phase.CLOSING
        job = partial(self._desk.change, function, done, self._not_closed, self)
        if live.answers.waiting_count:
            self._when_saved = job
        else:
            job()

    def _stay_open(self) -> None:
        """Go back from closing to what was on screen before: the panel, else the call."""
        self._when_saved = None
        if self.phase is Phase.CLOSING:
            self.phase = Phase.DECIDING if self._deciding is not None else Phase.IN_CALL

    def _over(self, told: Callable[[LiveCall], Confirmation]) -> None:
        live = self._live
        if live is None:
            raise BugError("a call was closed that was not open")
        self._live = self._deciding = None
        self.phase = Phase.IDLE
        self._view.show_deciding(None)
        self._view.show_confirmation(told(live))
        self._view.call_over(live.lead.lead_id)

    def _arrive(self) -> None:
        """Show the stop the script went to, and keep the position for a resume."""
        live = self._live
        if live is None:
            return
        self._show_stop()
        self._show_assessment()
        call_id, position = live.call.call_id, live.stop_id
        self._desk.run(lambda work: calls.save_position(work, call_id, position))

    def _show_stop(self) -> None:
        if self._live is not None:
            self._view.show_stop(self._live.stop_screen(), self._live.entry_screen())

    def _show_assessment(self) -> None:
        if (live := self._live) is not None:
            assessment = live.assess(self._clock())
            self._view.show_assessment(live.assessment_screen())
            self._view.show_hint(*compose.next_hint(live.playbook, assessment, live.stop_id))
