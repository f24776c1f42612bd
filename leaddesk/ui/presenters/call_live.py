# SPDX-License-Identifier: MIT
"""A call in progress as the rep sees it: where in the script, what was said, what is being typed.

Decides nothing about disk or widgets: `call_presenter` asks it and tells the view and the services.
"""

from collections.abc import Mapping
from datetime import datetime

from leaddesk.core.domain.assessment import Assessment, assess
from leaddesk.core.domain.call import Answer, AnswerValue
from leaddesk.core.domain.playbook import Evidence, Phase, Playbook, Question
from leaddesk.core.domain.resolve import is_stale, resolve
from leaddesk.core.domain.script import merge_fields, render
from leaddesk.core.domain.short_call import suggested, two_minutes
from leaddesk.ui.presenters import call_compose as compose
from leaddesk.ui.presenters.call_answers import LiveAnswers
from leaddesk.ui.presenters.call_jobs import OpenedCall
from leaddesk.ui.presenters.call_remarks import remarks
from leaddesk.ui.presenters.call_screens import (
    AssessmentScreen,
    Choice,
    Entry,
    EntryScreen,
    StopScreen,
)
from leaddesk.ui.presenters.call_way import Aside, Way
from leaddesk.ui.presenters.numbers import grouped, read_number


class LiveCall:
    """Position, drafts and answers of one call.

    Attributes:
        way: Where in the script the rep is.
        entry_draft: What is toggled or typed for the question on screen and not kept yet.
        note_drafts: Question id -> note as typed and not on disk yet.
        steps_said: Ids of steps that have to be said, and were.
        exact_words: Show the exact words of a step, where it has any.
        is_silent: Show no score and no points until the end.
        zone: The clock of the lead; None: not known.
        heard: What a simulated prospect says to the question on screen; empty: a person speaks.
    """

    def __init__(self, opened: OpenedCall, now: datetime) -> None:
        session = opened.session
        self.call = session.call
        self.playbook = opened.playbook
        self.lead = opened.lead
        self.before = session.before
        self.activities = session.activities
        self.rep_fields = opened.rep_fields
        self.answers = LiveAnswers(
            {question_id: known.answer for question_id, known in session.before.items()},
            session.said,
        )
        self.steps_said = set(session.steps_said)
        self.entry_draft: str | tuple[str, ...] | None = None
        self.note_drafts: dict[str, str] = {}
        self.exact_words = False
        self.is_silent = opened.is_silent
        self.zone = opened.zone
        self.heard = ""
        self.way = Way(opened.playbook, self.answers, session.position)
        self.resolved = resolve(self.playbook, self.answers.shown, self.lead, self.activities, now)
        self.assessment = assess(self.playbook, self.resolved)

    @property
    def question(self) -> Question | None:
        """The question on screen."""
        return self.way.question

    @property
    def stop_id(self) -> str:
        """What is stored as the position: the question's id, else the step's."""
        return self.way.stop_id

    @property
    def answer(self) -> Answer | None:
        """The answer on screen to the question on screen."""
        return self.answers.shown.get(self.question.id) if self.question is not None else None

    @property
    def value(self) -> AnswerValue:
        """Its value."""
        return self.answer.value if self.answer is not None else None

    @property
    def evidence(self) -> Evidence:
        """How well the answer on screen is known; what is said on a call is said."""
        return self.answer.evidence if self.answer is not None else Evidence.SAID

    @property
    def is_from_before(self) -> bool:
        """Whether the answer on screen was given on another call: said again, it is of today."""
        return self.answer is not None and not self.is_of_now(self.answer)

    @property
    def unsaved(self) -> bool:
        """Whether something is toggled or typed that is not the answer yet."""
        if self.entry_draft is None:
            return False
        value, problem = self.read_entry()
        is_new = self.answer is None or self.is_from_before
        return bool(problem) or value != self.value or is_new

    def is_to_confirm(self, now: datetime) -> bool:
        """Whether the answer on screen is too old to count, so that Enter says it again."""
        question, answer = self.question, self.answer
        if question is None or answer is None or answer.value is None:
            return False
        return self.is_from_before and is_stale(question, answer, now)

    def said_now(self) -> Mapping[str, AnswerValue]:
        """Return question id -> the answer that stands, of those given on this call."""
        shown = self.answers.shown
        return {q: one.value for q, one in shown.items() if self.is_of_now(one)}

    def is_of_now(self, answer: Answer) -> bool:
        """Return whether an answer was given on this call, and not only a note on an older one."""
        return answer.call_id == self.call.call_id and answer.at >= self.call.started_at

    def moved(self) -> None:
        """Forget what was typed for the question before."""
        self.entry_draft = None

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
            return read_number(question, draft)
        return draft.strip() or None, ""

    def note(self) -> str:
        """Return the note on screen: as typed, else as kept."""
        return self.note_drafts.get(self.stop_id, self.answer.note if self.answer else "")

    def kept_note(self, question_id: str) -> str:
        """Return the note of a question that was handed over for writing."""
        answer = self.answers.shown.get(question_id)
        return answer.note if answer is not None else ""

    def assess(self, now: datetime) -> Assessment:
        """Return the assessment of the answers on screen; computed again only when they differ."""
        resolved = resolve(self.playbook, self.answers.shown, self.lead, self.activities, now)
        if resolved != self.resolved:
            self.resolved = resolved
            self.assessment = assess(self.playbook, resolved)
            if self.way.short is not None:
                self.way.short = two_minutes(self.playbook, resolved)
        return self.assessment

    def next_best(self) -> str:
        """Return the id of the question that decides most in the phase the call is in."""
        return suggested(self.playbook, self.assessment, self.way.questions_of_phase())

    def unsaid_steps(self) -> tuple[str, ...]:
        """Return the titles of steps that have to be said in a conversation and were not yet."""
        return tuple(
            step.title
            for step in self.playbook.script
            if step.must_say and step.phase is Phase.OPENING and step.id not in self.steps_said
        )

    def stop_screen(self) -> StopScreen:
        """Return the middle of the view."""
        aside = self.way.aside
        fields = self._fields()
        if aside is not None:
            return self._aside_screen(aside, fields)
        question, step = self.question, self.way.stop.step
        first = self.way.is_first_of_step
        words = step.verbatim if (self.exact_words and step.verbatim) else step.say
        return StopScreen(
            stop_id=self.stop_id,
            crumbs=self.way.crumbs(),
            say=render(words or step.verbatim, fields) if first or question is None else (),
            ask=render(question.ask, fields) if question is not None else (),
            listen_for=question.listen_for if question is not None else "",
            entry=compose.entry_of(question),
            choices=self._choices(),
            value=self._entry_text(),
            hint=compose.hint_of(question),
            takes_note=compose.entry_of(question) not in {Entry.NOTHING, Entry.TEXT},
            note=self.note(),
            noted_at=self._noted_at(),
            can_go_back=self.way.can_go_back,
            heard=self.heard,
            badge=_badge(step.must_say, exact=bool(words) and words == step.verbatim),
        )

    def entry_screen(self, now: datetime, *, insist: bool = False) -> EntryScreen:
        """Return what changed by a key; `insist`: say now what is wrong with what was typed."""
        _value, problem = self.read_entry()
        return EntryScreen(
            choices=self._choices(),
            problem=problem if insist else "",
            unsaved=self.unsaved,
            confirms=self.is_to_confirm(now) and not self.unsaved,
            at_end=self.way.following() is None and self.way.aside is None,
            remarks=remarks(self, now) if self.way.aside is None else (),
        )

    def assessment_screen(self) -> AssessmentScreen:
        """Return the right pane."""
        made = compose.Assessed(
            self.playbook, self.lead, self.answers.shown, self.resolved, self.assessment
        )
        return compose.assessment_screen(
            made, self.stop_id, best=self.next_best(), is_silent=self.is_silent
        )

    def rendered(self, text: str) -> str:
        """Return a text with what is known in place of its merge fields."""
        return "".join(part.text for part in render(text, self._fields()))

    def _fields(self) -> Mapping[str, str]:
        return {
            **merge_fields(self.playbook, self.lead, self.answers.shown),
            **self.rep_fields,
        }

    def _aside_screen(self, aside: Aside, fields: Mapping[str, str]) -> StopScreen:
        return StopScreen(
            stop_id=aside.id,
            crumbs=self.way.crumbs(),
            say=(),
            ask=render(aside.words(exact=self.exact_words), fields),
            listen_for="",
            entry=Entry.NOTHING,
            choices=(),
            value="",
            hint="",
            takes_note=False,
            note="",
            noted_at="",
            can_go_back=True,
            badge=aside.badge,
        )

    def _choices(self) -> tuple[Choice, ...]:
        if self.way.aside is not None:
            return ()
        value, problem = self.read_entry() if self.entry_draft is not None else (self.value, "")
        chosen = None if problem else value
        return compose.choices_of(self.question, chosen, is_silent=self.is_silent)

    def _entry_text(self) -> str:
        if isinstance(self.entry_draft, str):
            return self.entry_draft
        value = self.value
        if isinstance(value, int):
            return grouped(value)
        return value if compose.entry_of(self.question) is Entry.TEXT and value else ""  # type: ignore[return-value]  # a text question has a text

    def _noted_at(self) -> str:
        """When the note on screen was taken: minutes into this call, or the day of another.

        Empty for one on an older answer, which keeps when it was said.
        """
        answer = self.answer
        if answer is None or not answer.note:
            return ""
        if self.is_of_now(answer):
            return compose.elapsed(self.call.started_at, answer.at)
        return "" if answer.call_id == self.call.call_id else compose.day_text(answer.at)


def _badge(must_say: bool, *, exact: bool) -> str:  # noqa: FBT001 - a flag of the step
    if must_say:
        return "Has to be said"
    return "Word for word" if exact else ""


def first_assessment(
    playbook: Playbook, opened_from: compose.Known, now: datetime, *, is_silent: bool = False
) -> AssessmentScreen:
    """Return the right pane before a call: what is known of the lead already.

    `is_silent`: without score and verdict, which are kept for the end.
    """
    resolved = resolve(playbook, opened_from.answers, opened_from.lead, opened_from.activities, now)
    made = compose.Assessed(
        playbook, opened_from.lead, opened_from.answers, resolved, assess(playbook, resolved)
    )
    return compose.assessment_screen(made, here="", is_silent=is_silent)
