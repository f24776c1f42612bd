# SPDX-License-Identifier: MIT
"""A call against a made-up prospect: what is true of it, and what it says when it is asked.

Nothing here is random: the caller hands in what picks, so that a seed makes the same prospect
again, and asking again gets the same reply. What a rehearsal was worth is in `rehearsal_review`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from leaddesk.core.domain.call import AnswerValue
from leaddesk.core.domain.chances import chances
from leaddesk.core.domain.lead import Lead
from leaddesk.core.domain.made_up import (
    Pick,
    made_up_lead,
    made_up_values,
    number_in,
    picked,
    shuffled,
)
from leaddesk.core.domain.playbook import NUMBER_KINDS, Kind, Playbook, Question
from leaddesk.core.domain.resolve import lead_field, outcome_from_data
from leaddesk.core.domain.scoring import OPEN, Sheet, sheet_of
from leaddesk.core.domain.script import stops
from leaddesk.core.domain.wording import answer_label


@dataclass(frozen=True, slots=True)
class Prospect:
    """Somebody to rehearse with.

    Attributes:
        lead: Made up, without an id; holds the data that questions are answered from which
            nobody asks.
        truth: Id of every question that is asked -> what is true; never an open option.
        reluctant: Questions that are met with an evasive reply the first time.
        mood: Key of the moods: how it speaks.
    """

    lead: Lead
    truth: Mapping[str, AnswerValue]
    reluctant: frozenset[str]
    mood: str


@dataclass(frozen=True, slots=True)
class Reply:
    """What the prospect says; `evasive`: it leaves the question open."""

    words: str
    evasive: bool


@dataclass(frozen=True, slots=True)
class _Mood:
    """How somebody speaks.

    Attributes:
        frames: `{words}` stands for the answer within a sentence, `{Words}` at its beginning.
        evasive: Instead of an answer.
        reluctance: Of how many questions one is met with it.
    """

    frames: tuple[str, ...]
    evasive: str
    reluctance: int


MOODS: Mapping[str, _Mood] = {
    "friendly": _Mood(
        ("Well, {words}.", "Happy to tell you: {words}.", "Good question. {Words}, I would say."),
        "I'd rather not say yet, if you don't mind.",
        6,
    ),
    "busy": _Mood(
        ("{Words}.", "In short: {words}.", "{Words}. What else?"),
        "I'd rather not go into that now.",
        4,
    ),
    "talkative": _Mood(
        (
            "Oh, where do I start? {Words}.",
            "We spoke of it only last week: {words}.",
            "You know how it is. {Words}, as things stand.",
        ),
        "Oh, there is a lot to say about that. Let me come back to it.",
        4,
    ),
    "guarded": _Mood(
        ("Hm. {Words}.", "If you have to know: {words}.", "{Words}, as far as I can tell."),
        "I'd rather not say yet.",
        2,
    ),
}

_NOT_KNOWN = Reply("I couldn't tell you, sorry.", evasive=True)
# Who and when: that is what most questions without options are after.
_TEXTS = (
    "Pat Pretend, my colleague, and some time after the summer.",
    "That would be our finance people, in spring, as every year.",
    "Our team lead, Jo Imaginary. Ask again in three months.",
    "Nobody yet. We will speak of it in the first week of next month.",
)


def asked_questions(playbook: Playbook) -> tuple[Question, ...]:
    """Return the questions that the call asks, in the playbook's order."""
    asked = {stop.question.id for stop in stops(playbook) if stop.question is not None}
    return tuple(question for question in playbook.questions if question.id in asked)


def make_prospect(playbook: Playbook, pick: Pick) -> Prospect:
    """Return a prospect; every verdict that can be reached is equally likely to be true of it.

    Where the lead's data answers questions, made-up data has to be able to lead there, too.

    Args:
        playbook: What will be asked.
        pick: See `made_up.Pick`; the same picks make the same prospect.
    """
    mood = picked(tuple(MOODS), pick)
    profile = _Profile(playbook, pick)
    lead, codes = profile.lead, profile.codes
    truth: dict[str, AnswerValue] = {}
    reluctant = set()
    for question in asked_questions(playbook):
        if question.kind is Kind.TEXT:
            truth[question.id] = picked(_TEXTS, pick)
            continue
        truth[question.id] = _value(profile.sheet, question, codes[question.id], pick)
        if not pick(MOODS[mood].reluctance):
            reluctant.add(question.id)
    return Prospect(lead, truth, frozenset(reluctant), mood)


def reply(playbook: Playbook, prospect: Prospect, question_id: str, times_asked: int) -> Reply:
    """Return what the prospect says.

    Args:
        playbook: The one the prospect was made for.
        prospect: Who is asked.
        question_id: What is asked; a question the call does not ask gets no answer.
        times_asked: How often it was asked, this time counted: 1 the first time.

    Raises:
        KeyError: the playbook has no such question.
    """
    question = playbook.question(question_id)
    mood = MOODS[prospect.mood]
    if question_id in prospect.reluctant and times_asked <= 1:
        return Reply(mood.evasive, evasive=True)
    if question_id not in prospect.truth:
        return _NOT_KNOWN
    words = spoken(question, prospect.truth[question_id])
    if question.kind is Kind.TEXT:
        return Reply(words, evasive=False)
    turn = playbook.questions.index(question) + times_asked
    frame = mood.frames[turn % len(mood.frames)]
    said = frame.format(words=_lowered(words), Words=words[:1].upper() + words[1:])
    return Reply(said, evasive=False)


def spoken(question: Question, value: AnswerValue) -> str:
    """Return an answer in the words of a person, without a full stop."""
    if question.kind is Kind.CHOICES and isinstance(value, tuple):
        labels = [_plain(answer_label(question, (one,))) for one in value]
        rest = [_lowered(label) for label in labels[1:]]
        return " and ".join([", ".join([*labels[:1], *rest[:-1]]), *rest[-1:]]) or "none of those"
    if question.kind is Kind.MONTHS:
        return f"{answer_label(question, value)} {'month' if value == 1 else 'months'}"
    if question.kind is Kind.TEXT:
        return answer_label(question, value)
    return _plain(answer_label(question, value))


class _Profile:
    """Outcomes for every question, one by one, so that the call can end in a verdict picked first.

    Attributes:
        sheet: The playbook, compiled.
        lead: What its data says.
    """

    def __init__(self, playbook: Playbook, pick: Pick) -> None:
        self.sheet = sheet_of(playbook)
        self.lead = made_up_lead(pick)
        self._codes = [OPEN] * len(self.sheet.asked)
        self._pick = pick
        asked = {question.id for question in asked_questions(playbook)}
        places = range(len(self.sheet.asked))
        by_data = [i for i in places if self.sheet.asked[i].question.id not in asked]
        for place in by_data:
            field = lead_field(self.sheet.asked[place].question)
            # It did nothing yet, and that is known.
            self._set(place, getattr(self.lead, field) if field else 0)
        self._aim = picked(chances(self.sheet, self._codes).reachable, pick)
        read = dict.fromkeys(lead_field(self.sheet.asked[place].question) for place in by_data)
        for field in shuffled([field for field in read if field], pick):
            self._make_data(
                field,
                [i for i in by_data if lead_field(self.sheet.asked[i].question) == field],
            )
        for place in shuffled([i for i in places if i not in by_data], pick):
            self._codes[place] = self._outcome(place)

    @property
    def codes(self) -> Mapping[str, int]:
        """Id of a question -> code of its outcome."""
        return {
            one.question.id: code for one, code in zip(self.sheet.asked, self._codes, strict=True)
        }

    def _make_data(self, field: str, places: Sequence[int]) -> None:
        """Give the lead what answers questions nobody asks, unless it has it already."""
        if getattr(self.lead, field):
            return
        questions = [self.sheet.asked[place].question for place in places]
        values = (v for q in questions for v in made_up_values(q, field, self._pick))
        value = next((v for v in values if self._leads_there(places, v)), None)
        if value is None:
            return
        self.lead = replace(self.lead, **{field: value})  # type: ignore[arg-type]  # of its kind
        for place in places:
            self._set(place, value)

    def _leads_there(self, places: Sequence[int], value: object) -> bool:
        """Return whether a value answers something, and the aim can still be reached with it."""
        codes = list(self._codes)
        for place in places:
            code = outcome_from_data(self.sheet.asked[place].question, value)
            codes[place] = OPEN if code is None else code
        return codes != self._codes and self._aim in chances(self.sheet, codes).reachable

    def _set(self, place: int, value: object) -> None:
        code = outcome_from_data(self.sheet.asked[place].question, value)
        self._codes[place] = OPEN if code is None else code

    def _outcome(self, place: int) -> int:
        """Return an outcome of an open question after which the aim can still be reached."""
        outcomes = self.sheet.asked[place].outcomes
        first = self._pick(len(outcomes))
        hopeless = set()
        for n in range(len(outcomes)):
            code = (first + n) % len(outcomes)
            alike = outcomes[code].points, outcomes[code].effect
            if alike in hopeless:
                continue
            codes = [*self._codes[:place], code, *self._codes[place + 1 :]]
            if self._aim in chances(self.sheet, codes).reachable:
                return code
            hopeless.add(alike)
        return first


def _value(sheet: Sheet, question: Question, code: int, pick: Pick) -> AnswerValue:
    if question.kind in NUMBER_KINDS:
        return number_in(question, code, pick)
    asked = next(one for one in sheet.asked if one.question.id == question.id)
    return asked.outcomes[code].answer


def _plain(label: str) -> str:
    return label.strip().rstrip(".!") or label


def _lowered(words: str) -> str:
    """Return words for within a sentence; names and abbreviations keep their capitals."""
    return words[:1].lower() + words[1:] if words[1:2].islower() else words
