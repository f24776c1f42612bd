# SPDX-License-Identifier: MIT
"""The talk of one call: answers, notes and the way through the script. Knows no widget.

An answer is handed over for writing first, then assessed and shown at once; when it cannot be
written it is taken back on screen, and a sentence says so.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial

from leaddesk.core.domain.call import Answer, AnswerState, AnswerValue
from leaddesk.core.domain.events import EventKind
from leaddesk.core.domain.playbook import Evidence
from leaddesk.core.services.clock import Clock
from leaddesk.ui.presenters import call_compose as compose
from leaddesk.ui.presenters.call_keeper import CallKeeper
from leaddesk.ui.presenters.call_live import LiveCall
from leaddesk.ui.presenters.call_ports import CallView
from leaddesk.ui.presenters.call_screens import Entry, SaveState
from leaddesk.ui.presenters.talk_timer import TalkTimer

_SURE = tuple(Evidence)


class CallTalk:
    """One per call.

    Args:
        later: Runs what can follow an answer a moment behind it, so that the answer, on its way to
            the disk, need not share the interpreter with the picture of it.
        refused: Called when an answer did not reach the disk.

    Attributes:
        is_closing: The call is being closed: nothing of it is changed any more.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - what a talk goes on with
        self,
        live: LiveCall,
        keeper: CallKeeper,
        timer: TalkTimer,
        view: CallView,
        clock: Clock,
        later: Callable[[Callable[[], None]], None],
        refused: Callable[[], None],
    ) -> None:
        self.live = live
        self.keeper = keeper
        self.timer = timer
        self.is_closing = False
        self._view = view
        self._clock = clock
        self._later = later
        self._on_refused = refused
        self._when_saved: Callable[[], None] | None = None

    # Answers

    def key(self, key: str) -> bool:
        """Answer with one key; return whether it stands for an answer."""
        entry = compose.entry_of(self.live.question)
        if entry is Entry.CHOICES and self.live.toggle(key):
            self._show_entry()
            return True
        option_id = self.live.option_of(key) if entry is Entry.CHOICE else ""
        if option_id and (option_id != self.live.value or self.live.is_from_before):
            self._answer(option_id)
        return bool(option_id)

    def edit_entry(self, text: str) -> None:
        """Take what is typed into the field for a number or a text."""
        if not self.is_closing:
            self.live.entry_draft = text
            self._show_entry()

    def edit_note(self, text: str) -> None:
        """Take what is typed as a note; it is written by `keep_note`."""
        if self.live.question is not None:
            self.live.note_drafts[self.live.question.id] = text

    def keep_note(self) -> None:
        """Write the notes typed: when typing pauses, on leaving the field or the question."""
        for question_id, text in tuple(self.live.note_drafts.items()):
            note = text.strip()
            if note == self.live.kept_note(question_id):
                del self.live.note_drafts[question_id]
                continue
            before = self.live.answers.shown.get(question_id)
            answer = before or Answer(question_id, None, self._clock())
            # To note something on what was said another day is not to hear it again.
            is_older = before is not None and not self.live.is_of_now(before)
            self._record(replace(answer, note=note), said_at=answer.at if is_older else None)

    def keep_all(self) -> None:
        """Keep what was typed and toggled."""
        self.keep_entry()
        self.keep_note()

    def keep_entry(self, *, insist: bool = False) -> None:
        """Record what was toggled or typed, if it is an answer; `insist`: say why it is none."""
        if not self.live.unsaved:
            return
        value, problem = self.live.read_entry()
        if problem:
            if insist:
                self._view.show_entry(self.live.entry_screen(self._clock(), insist=True))
            return
        self.live.entry_draft = None
        self._answer(value)
        self.show_stop()

    def enter(self) -> None:
        """Do what Enter stands for: keep what was typed, say an old answer again, or go on."""
        if self.live.unsaved:
            self.keep_entry(insist=True)
        elif self.live.is_to_confirm(self._clock()):
            self._answer(self.live.value)
            self.show_stop()
        else:
            self.go_on()

    def leave_open(self, state: AnswerState) -> None:
        """Record that they would not say, or do not know; an option that says so is taken."""
        if self.live.question is None:
            return
        wanted = "unknown" if state is AnswerState.UNKNOWN else "unsaid"
        self.live.entry_draft = None
        if wanted in {option.id for option in self.live.question.options}:
            is_one_of_several = compose.entry_of(self.live.question) is Entry.CHOICES
            self._answer((wanted,) if is_one_of_several else wanted)
        else:
            self._answer(None, state)
        self.show_stop()

    def change_evidence(self) -> None:
        """Go from said to confirmed to assumed and back, for the answer on screen."""
        answer = self.live.answer
        if answer is not None and answer.value is not None:
            after = _SURE[(answer.evidence.rank + 1) % len(_SURE)]
            self._record(replace(answer, evidence=after))

    def take_back(self, question_id: str = "") -> None:
        """Take back the latest answer of this call; of one question, where it is named."""
        last = self.live.answers.last(question_id)
        if last is None:
            self._view.say("There is no answer of this call to take back.")
            return
        self.live.entry_draft = None
        self.live.note_drafts.pop(last.question_id, None)
        self._record(replace(last, withdrawn=True))
        self.live.way.go_to(last.question_id)
        self.arrive()

    # The way through the script

    def go_on(self) -> None:
        """Go to the next screen of the script; a step that has to be said counts as said."""
        self.keep_all()
        way = self.live.way
        step = way.stop.step
        if step.must_say and way.aside is None and step.id not in self.live.steps_said:
            self.live.steps_said.add(step.id)
            self.keeper.note(EventKind.SAID, {"step": step.id})
        if way.advance():
            self.arrive()
        else:
            self._view.say("That was the last question. Decide, or end the call.")

    def go_back(self) -> None:
        """Go to the screen before."""
        self.keep_all()
        if self.live.way.go_back():
            self.arrive()

    def go_to(self, stop_id: str) -> None:
        """Go to a question or a step; the script follows from there."""
        self.keep_all()
        if self.live.way.go_to(stop_id):
            self.arrive()

    def begin(self) -> None:
        """Show the stop the script is at, and hear what a simulated prospect says to it."""
        self.live.moved()
        question = self.live.question
        self.live.heard = self.keeper.hear(question.id) if question is not None else ""
        self.show_stop()
        self.show_assessment()

    def arrive(self) -> None:
        """Show the stop the script went to, and keep the position for a resume."""
        self.begin()
        self.keeper.save_position(self.live.stop_id, self.timer.talked_s)

    def show_stop(self) -> None:
        """Show the middle of the view."""
        now = self._clock()
        self._view.show_stop(self.live.stop_screen(), self.live.entry_screen(now))

    def show_assessment(self) -> None:
        """Show the right of the view, and which question decides most."""
        live = self.live
        live.assess(self._clock())
        self._view.show_assessment(live.assessment_screen())
        best = "" if live.is_silent else live.next_best()
        words = compose.next_hint(live.playbook, live.assessment, live.stop_id, best)
        self._view.show_hint(*words)

    # The disk

    def when_saved(self, job: Callable[[], None]) -> None:
        """Run a job once everything said is on disk."""
        if self.live.answers.waiting_count:
            self._when_saved = job
        else:
            job()

    def _answer(self, value: AnswerValue, state: AnswerState = AnswerState.GIVEN) -> None:
        """Record an answer to the question on screen, with the note that is there."""
        note = self.live.note()
        self._record(Answer(self.live.stop_id, value, self._clock(), note=note, state=state))

    def _record(self, answer: Answer, said_at: datetime | None = None) -> None:
        """Hand an answer over for writing, then show it; it is said now, where nothing is said."""
        live = self.live
        given = replace(
            answer,
            at=said_at or self._clock(),
            call_id=live.call.call_id,
            answer_id="",
            note=answer.note.strip(),
            playbook_fingerprint=live.playbook.fingerprint,
        )
        live.note_drafts.pop(given.question_id, None)
        number = live.answers.give(given)
        done, failed = partial(self._acknowledged, number), partial(self._refused, number, given)
        self.keeper.record(given, done, failed)
        self._later(self._show_answer)

    def _acknowledged(self, number: int, answer: Answer) -> None:
        self.live.answers.acknowledge(number, answer)
        self._view.answer_saved(answer)
        if self.live.answers.waiting_count == 0:
            self._view.show_saving(SaveState.SAVED)
            waiting, self._when_saved = self._when_saved, None
            if waiting is not None:
                waiting()

    def _refused(self, number: int, given: Answer, error: Exception) -> None:
        """Take an answer back that is not on disk; a note stays in its field, to be tried again."""
        live = self.live
        before = live.kept_note(given.question_id)
        changed = live.answers.take_back(number)
        if given.note != live.kept_note(given.question_id) and before == given.note:
            live.note_drafts.setdefault(given.question_id, given.note)
        self._when_saved = None
        self._on_refused()
        self._view.show_saving(SaveState.FAILED)
        if changed:
            self.show_stop()
            self.show_assessment()
        asked = compose.short_name(live.playbook, given.question_id)
        self._view.show_error(compose.not_saved(error, asked))

    def _show_answer(self) -> None:
        """Show what the last answer changed."""
        if self.live.answers.waiting_count:
            self._view.show_saving(SaveState.SAVING)
        self._show_entry()
        self.show_assessment()

    def _show_entry(self) -> None:
        self._view.show_entry(self.live.entry_screen(self._clock()))
