# SPDX-License-Identifier: MIT
"""Canonical facts: what was said once serves every playbook that asks about the same thing.

An answer to the same question of the same playbook is carried as it is, whatever the version. Any
other is translated by the fact both questions are about: options and bands by their level, numbers
and texts by their value. What cannot be translated is left open; nothing is ever guessed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from leaddesk.core.domain.call import Answer, AnswerState, AnswerValue
from leaddesk.core.domain.levels import is_possible, level_of, says_something
from leaddesk.core.domain.playbook import NUMBER_KINDS, Criterion, Kind, Playbook, Question
from leaddesk.core.domain.wording import answer_words, topic

UNKNOWN_OPTION = "unknown"
"""Id of the option of a person who does not know."""


@dataclass(frozen=True, slots=True)
class Carried:
    """What was said, as an answer to a question of the playbook at hand.

    Attributes:
        answer: Question id, value and fingerprint are of that playbook, the rest is as it was said.
        exact: It was said to this very question; otherwise it was translated.
        from_title: Title of the playbook it was said with.
    """

    answer: Answer
    exact: bool
    from_title: str


@dataclass(frozen=True, slots=True)
class Heard:
    """One thing that was said, as the reader of a view needs it.

    Attributes:
        words: The prospect's own words where they were noted, else the label of the answer.
        topic: What the question was about, in the words of the playbook it was asked from.
        ask: The question as it was asked, with merge fields; empty when the playbook has none.
        carried: The same as an answer to a question of the view.
        label: Of the answer as it was given; empty where that is nothing but words.
    """

    words: str
    topic: str
    ask: str
    carried: Carried
    label: str = ""


@dataclass(frozen=True, slots=True)
class ViewLine:
    """One criterion of a view.

    Attributes:
        level: The lowest level of what is known of it, 0..3; None: nothing is.
        heard: What it rests on, in the order of the view's questions.
        gap: Id of its first question that is still open; empty: none is.
        gap_ask: What to ask to close it, with merge fields; empty without a gap.
    """

    criterion_id: str
    title: str
    level: int | None
    heard: tuple[Heard, ...]
    gap: str
    gap_ask: str

    @property
    def words(self) -> str:
        """What was said, in one line; empty when nothing was."""
        return " · ".join(heard.words for heard in self.heard)


@dataclass(frozen=True, slots=True)
class _Said:
    """An answer that stands.

    Attributes:
        question: As its playbook has it; None: the playbook does not have it.
        at: Its place in the record: what is newer has a larger one.
    """

    answer: Answer
    book: Playbook
    question: Question | None
    at: int


@dataclass(frozen=True, slots=True)
class _Match:
    said: _Said
    carried: Carried


def carried(
    playbook: Playbook, said: Sequence[Answer], books: Mapping[str, Playbook]
) -> dict[str, Carried]:
    """Return question id -> what is known of it from all that was ever said, in playbook order.

    Args:
        playbook: The questions to answer.
        said: All facts recorded with a lead, in the order they were recorded.
        books: Fingerprint -> playbook of the answers; an answer of an unknown one is left out.
    """
    return {name: match.carried for name, match in _matches(playbook, said, books).items()}


def in_view(
    view: Playbook, said: Sequence[Answer], books: Mapping[str, Playbook]
) -> tuple[ViewLine, ...]:
    """Return each criterion of a view with what is known of it and what is still to be asked.

    Args:
        view: The framework its reader thinks in.
        said: All facts recorded with a lead, in the order they were recorded.
        books: Fingerprint -> playbook of the answers; an answer of an unknown one is left out.
    """
    matches = _matches(view, said, books)
    return tuple(_line(view, criterion, matches) for criterion in view.criteria)


def _line(view: Playbook, criterion: Criterion, matches: Mapping[str, _Match]) -> ViewLine:
    levels = []
    heard = []
    gaps = []
    for question in criterion.questions:
        match = matches.get(question.id)
        answer = match.carried.answer if match else None
        known = answer is not None and says_something(question, answer.value)
        if match and answer and (known or answer.note):
            levels.append(level_of(question, answer.value))
            heard.append(_heard(view, match))
        if not known and question.kind is not Kind.TEXT:
            gaps.append(question)
    level = min((level for level in levels if level is not None), default=None)
    gap, gap_ask = (gaps[0].id, gaps[0].ask) if gaps else ("", "")
    return ViewLine(criterion.id, criterion.title, level, tuple(heard), gap, gap_ask)


def _heard(view: Playbook, match: _Match) -> Heard:
    said = match.said
    # A question its own playbook does not have was matched by its id: the view's words stand in.
    book = said.book if said.question else view
    question_id = said.answer.question_id
    question = book.question(question_id)
    words = " ".join(said.answer.note.split()) or answer_words(question, said.answer)
    says_label = question.kind is not Kind.TEXT and says_something(question, said.answer.value)
    label = answer_words(question, said.answer) if says_label else ""
    return Heard(words, topic(book, question_id), question.ask, match.carried, label)


def _matches(
    playbook: Playbook, said: Sequence[Answer], books: Mapping[str, Playbook]
) -> dict[str, _Match]:
    questions = {question.id: question for question in playbook.questions}
    exact: dict[str, _Said] = {}
    others: dict[str, list[_Said]] = {name: [] for name in questions}
    for one in _standing(said, {**books, playbook.fingerprint: playbook}):
        same = questions.get(one.answer.question_id) if one.book.id == playbook.id else None
        if same is not None and is_possible(same, one.answer.value):
            exact[same.id] = one
        elif one.question is not None:
            for target in _answered_by(playbook, one.book, one.question):
                others[target.id].append(one)
    found = {}
    for name, question in questions.items():
        direct = exact.get(name)
        match = _newest(playbook, question, others[name])
        if direct and (match is None or direct.at > match.said.at):
            match = _match(playbook, name, direct, direct.answer.value, exact=True)
        if match:
            found[name] = match
    return found


def _standing(said: Sequence[Answer], books: Mapping[str, Playbook]) -> list[_Said]:
    """Return what stands, in the order it was recorded: `latest_answers` of each playbook.

    All versions of a playbook share a pile: a newer one may correct what was said to an older.
    """
    questions = {
        fingerprint: {question.id: question for question in book.questions}
        for fingerprint, book in books.items()
    }
    piles: dict[tuple[str, str], list[tuple[int, Answer, Playbook]]] = {}
    for at, answer in enumerate(said):
        book = books.get(answer.playbook_fingerprint)
        if book is None:
            continue
        pile = piles.setdefault((book.id, answer.question_id), [])
        if not answer.withdrawn:
            pile.append((at, answer, book))
        elif pile:
            pile.pop()
    return [
        _Said(answer, book, questions[answer.playbook_fingerprint].get(answer.question_id), at)
        for at, answer, book in sorted(pile[-1] for pile in piles.values() if pile)
    ]


def _answered_by(playbook: Playbook, book: Playbook, source: Question) -> Sequence[Question]:
    """Return the questions of `playbook` that an answer to `source`, of `book`, can answer.

    A question of the same id is the same question. Of the others the first answers the first, the
    second the second; where one side is shorter its last serves the rest of the other, but a number
    or a text never serves two. A question that is never asked is left to data.
    """
    about = [q for q in playbook.questions if source.fact and q.fact == source.fact and q.ask]
    way = _way(source, about)
    targets = [q for q in about if _takes(q, way)]
    sources = [
        q for q in book.questions
        if q.fact == source.fact and (q.ask or q == source) and _way(q, about) is way
    ]  # fmt: skip
    namesakes = {q.id for q in sources} & {q.id for q in targets}
    if source.id in namesakes:
        return [q for q in targets if q.id == source.id]
    targets = [q for q in targets if q.id not in namesakes] or targets
    sources = [q for q in sources if q.id not in namesakes]
    place = sources.index(source)
    first = min(place, len(targets) - 1)
    serves_rest = way is Kind.CHOICE and place == len(sources) - 1
    return targets[first:] if serves_rest else targets[first : first + 1]


def _way(source: Question, about: Sequence[Question]) -> Kind:
    """Return how an answer travels: as text, as a number of its kind, or (choice) by its level."""
    if source.kind is Kind.TEXT:
        return Kind.TEXT
    by_value = source.kind in NUMBER_KINDS and any(q.kind is source.kind for q in about)
    return source.kind if by_value else Kind.CHOICE


def _takes(question: Question, way: Kind) -> bool:
    # To pick one of `choices` would say that the others do not hold, which nobody said.
    by_level = way is Kind.CHOICE and question.kind is Kind.YES_NO
    return question.kind is way or by_level


def _newest(playbook: Playbook, target: Question, sources: Sequence[_Said]) -> _Match | None:
    """Return the newest answer that says something; None too when that one has no translation."""
    for one in reversed(sources):
        if one.question is None:
            continue
        if says_something(one.question, one.answer.value):
            value = _translated(target, one.question, one.answer.value)
        elif one.answer.state is AnswerState.UNKNOWN and _has_unknown(target):
            value = UNKNOWN_OPTION
        else:
            continue
        return None if value is None else _match(playbook, target.id, one, value, exact=False)
    return None


def _translated(target: Question, source: Question, value: AnswerValue) -> AnswerValue:
    """Return an answer to `source` as one to `target`; None when there is none."""
    if target.kind is Kind.TEXT or target.kind in NUMBER_KINDS:
        return value if is_possible(target, value) else None
    level = level_of(source, value)
    if level is None:
        return None
    fitting = [option.id for option in target.options if option.level == level and not option.open]
    if value == UNKNOWN_OPTION and UNKNOWN_OPTION in fitting:
        return UNKNOWN_OPTION
    return fitting[0] if fitting else None


def _has_unknown(question: Question) -> bool:
    return any(option.id == UNKNOWN_OPTION for option in question.options)


def _match(
    playbook: Playbook, question_id: str, said: _Said, value: AnswerValue, *, exact: bool
) -> _Match:
    answer = replace(
        said.answer,
        question_id=question_id,
        value=value,
        state=said.answer.state if exact else AnswerState.GIVEN,
        playbook_fingerprint=playbook.fingerprint,
    )
    return _Match(said, Carried(answer, exact, said.book.title))
