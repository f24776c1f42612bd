# SPDX-License-Identifier: MIT
"""A call in progress as the rep sees it: where in the script, what was said, what is being typed.

Decides nothing about disk or widgets: `call_presenter` asks it and tells the view and the services.
"""

from datetime import datetime

from leaddesk.core.domain.assessment import Assessment, assess
from leaddesk.core.domain.call import Answer, AnswerValue
from leaddesk.core.domain.lead import Lead
from leaddesk.core.domain.playbook import Playbook, Question
from leaddesk.core.domain.resolve import Resolved, resolve
from leaddesk.core.domain.script import Stop, merge_fields, next_stop, render, stops
from leaddesk.ui.presenters import call_compose as compose
from leaddesk.ui.presenters.call_answers import LiveAnswers
from leaddesk.ui.presenters.call_jobs import OpenedCall
from leaddesk.ui.presenters.call_screens import (
    AssessmentScreen,
    Choice,
    Crumb,
    Entry,
    EntryScreen,
    StopScreen,
)


class LiveCall:
    """Position, drafts and answers of one call.

    Attributes:
        entry_draft: What is toggled or typed for the question on screen and not kept yet.
        note_drafts: Question id -> note as typed and not on disk yet.
    """

    def __init__(self, opened: OpenedCall, now: datetime) -> None:
        self.call = opened.session.call
        self.playbook = opened.playbook
        self.lead = opened.lead
        self.answers = LiveAnswers(opened.session.answers)
        self.entry_draft: str | tuple[str, ...] | None = None
        self.note_drafts: dict[str, str] = {}
        self._stops = stops(opened.playbook)
        self._at = self._find(opened.session.position)
        self._trail = self._way_to(self._at)
        self._resolved: Resolved | None = None
        self.assessment = self.assess(now)

    @property
    def stop(self) -> Stop:
        """The screen of the script the rep is at."""
        return self._stops[self._at]

    @property
    def question(self) -> Question | None:
        """The question on screen."""
        return self.stop.question

    @property
    def stop_id(self) -> str:
        """What is stored as the position: the question's id, else the step's."""
        return self.question.id if self.question is not None else self.stop.step.id

    @property
    def value(self) -> AnswerValue:
        """The answer on screen to the question on screen."""
        answer = self._answer()
        return answer.value if answer is not None else None

    @property
    def unsaved(self) -> bool:
        """Whether something is toggled or typed that is not the answer yet."""
        if self.entry_draft is None:
            return False
        value, problem = self.read_entry()
        return bool(problem) or value != self.value or self._answer() is None

    def advance(self) -> bool:
        """Go to the stop that follows from the answers; return False at the end."""
        following = self._following()
        if following is None:
            return False
        self._trail.append(self._at)
        self._go(following)
        return True

    def go_back(self) -> bool:
        """Go to the stop before; return False at the start."""
        if not self._trail and self._at == 0:
            return False
        self._go(self._trail.pop() if self._trail else self._at - 1)
        return True

    def toggle(self, key: str) -> bool:
        """Toggle one of several options; return whether the key stands for one."""
        question = self.question
        if question is None:
            return False
        if key == compose.NONE_KEY:
            self.entry_draft = ()
            return True
        option_id = self.option_of(key)
        if not option_id:
            return False
        given = self.entry_draft if self.entry_draft is not None else self.value
        picked = set(given if isinstance(given, tuple) else ()) ^ {option_id}
        self.entry_draft = tuple(o.id for o in question.options if o.id in picked)
        return True

    def option_of(self, key: str) -> str:
        """Return the id of the option with that key; empty when there is none."""
        options = self.question.options if self.question is not None else ()
        index = int(key) - 1 if key.isascii() and key.isdigit() else -1
        return options[index].id if 0 <= index < len(options) else ""

    def read_entry(self) -> tuple[AnswerValue, str]:
        """Return the answer the draft stands for, and why it is none."""
        draft, question = self.entry_draft, self.question
        if draft is None or question is None or isinstance(draft, tuple):
            return draft, ""
        if compose.entry_of(question) is Entry.NUMBER:
            return compose.read_number(question, draft)
        return draft.strip() or None, ""

    def note(self) -> str:
        """Return the note on screen: as typed, else as kept."""
        answer = self._answer()
        return self.note_drafts.get(self.stop_id, answer.note if answer is not None else "")

    def kept_note(self, question_id: str) -> str:
        """Return the note of a question that was handed over for writing."""
        answer = self.answers.shown.get(question_id)
        return answer.note if answer is not None else ""

    def assess(self, now: datetime) -> Assessment:
        """Return the assessment of the answers on screen; computed again only when they differ."""
        resolved = resolve(self.playbook, self.answers.shown, self.lead, (), now)
        if resolved != self._resolved:
            self._resolved = resolved
            self.assessment = assess(self.playbook, resolved)
        return self.assessment

    def stop_screen(self) -> StopScreen:
        """Return the middle of the view."""
        question, step = self.question, self.stop.step
        fields = merge_fields(self.playbook, self.lead, self.answers.shown)
        first = self._at == 0 or self._stops[self._at - 1].step is not step
        return StopScreen(
            stop_id=self.stop_id,
            crumbs=self._crumbs(),
            say=render(step.say or step.verbatim, fields) if first or question is None else (),
            ask=render(question.ask, fields) if question is not None else (),
            listen_for=question.listen_for if question is not None else "",
            entry=compose.entry_of(question),
            choices=self._choices(),
            value=self._entry_text(),
            hint=compose.hint_of(question),
            takes_note=compose.entry_of(question) not in {Entry.NOTHING, Entry.TEXT},
            note=self.note(),
            noted_at=self._noted_at(),
            can_go_back=bool(self._trail) or self._at > 0,
        )

    def entry_screen(self, *, insist: bool = False) -> EntryScreen:
        """Return what changed by a key; `insist`: say now what is wrong with what was typed."""
        _value, problem = self.read_entry()
        return EntryScreen(
            choices=self._choices(),
            problem=problem if insist else "",
            unsaved=self.unsaved,
            at_end=self._following() is None,
        )

    def assessment_screen(self) -> AssessmentScreen:
        """Return the right pane."""
        if self._resolved is None:
            raise AssertionError("assessed in the constructor")
        made = compose.Assessed(
            self.playbook, self.lead, self.answers.shown, self._resolved, self.assessment
        )
        return compose.assessment_screen(made, self.stop_id)

    def _choices(self) -> tuple[Choice, ...]:
        value, problem = self.read_entry() if self.entry_draft is not None else (self.value, "")
        return compose.choices_of(self.question, None if problem else value)

    def _entry_text(self) -> str:
        if isinstance(self.entry_draft, str):
            return self.entry_draft
        value = self.value
        if isinstance(value, int):
            return compose.grouped(value)
        return value if compose.entry_of(self.question) is Entry.TEXT and value else ""  # type: ignore[return-value]  # a text question has a text

    def _noted_at(self) -> str:
        """When the note on screen was taken: minutes into this call, or the day of another."""
        answer = self._answer()
        if answer is None or not answer.note:
            return ""
        if answer.call_id == self.call.call_id:
            return compose.elapsed(self.call.started_at, answer.at)
        return f"{answer.at.astimezone():%d %b %Y}"

    def _answer(self) -> Answer | None:
        return self.answers.shown.get(self.question.id) if self.question is not None else None

    def _following(self, at: int | None = None) -> int | None:
        here = self._at if at is None else at
        return next_stop(self.playbook, self._stops, here, self.answers.shown)

    def _crumbs(self) -> tuple[Crumb, ...]:
        """The steps gone through, and those that follow if the answers stay as they are."""
        way = [*self._trail, self._at]
        while (ahead := self._following(way[-1])) is not None and ahead not in way:
            way.append(ahead)
        return compose.crumbs([self._stops[at] for at in way], len(self._trail))

    def _way_to(self, goal: int) -> list[int]:
        """Return the stops before `goal` on the way the answers lead; none where they lead past."""
        way = [0]
        while way[-1] != goal:
            ahead = self._following(way[-1])
            if ahead is None or ahead in way:
                return []
            way.append(ahead)
        return way[:-1]

    def _find(self, position: str) -> int:
        for index, stop in enumerate(self._stops):
            if position == (stop.question.id if stop.question is not None else stop.step.id):
                return index
        return 0

    def _go(self, at: int) -> None:
        self._at = at
        self.entry_draft = None


def first_assessment(playbook: Playbook, lead: Lead, now: datetime) -> AssessmentScreen:
    """Return the right pane before a call: what lead data alone says."""
    resolved = resolve(playbook, {}, lead, (), now)
    made = compose.Assessed(playbook, lead, {}, resolved, assess(playbook, resolved))
    return compose.assessment_screen(made, here="")
