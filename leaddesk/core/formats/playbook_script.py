# SPDX-License-Identifier: MIT
"""The tables of a playbook file that say what is said when: script, objections, nurture tracks.

Format: docs/playbook-format.md.
"""

from collections.abc import Mapping
from enum import StrEnum

from leaddesk.core.domain.playbook import (
    NUMBER_KINDS,
    Branch,
    Kind,
    Objection,
    Phase,
    Question,
    Step,
    Track,
    TrackStep,
)
from leaddesk.core.domain.script import FLOW_PHASES
from leaddesk.core.formats.playbook_criteria import MOST_DAYS
from leaddesk.core.formats.playbook_names import Names, Thing
from leaddesk.core.formats.toml_table import Table

DEFAULT_REVISIT_DAYS = 90


class TouchKind(StrEnum):
    """What a step of a nurture track is."""

    CALL = "call"
    EMAIL = "email"
    TASK = "task"


def read_script(file: Table, names: Names, questions: Mapping[str, Question]) -> tuple[Step, ...]:
    """Return the steps of the script; `questions` by id are what its branches may ask about."""
    return tuple(_read_step(table, names, questions) for table in file.tables("script"))


def _read_step(table: Table, names: Names, questions: Mapping[str, Question]) -> Step:
    step_id = names.claim(table, Thing.STEP)
    phase = table.word("phase", Phase)
    if phase not in FLOW_PHASES:
        names.keep_apart(step_id)
    step = Step(
        id=step_id,
        title=table.text("title", step_id),
        phase=phase,
        say=names.words(table, "say"),
        verbatim=names.words(table, "verbatim"),
        must_say=table.flag("must_say"),
        questions=names.refer_all(table, "questions", Thing.QUESTION),
        branch=tuple(_read_branch(branch, names, questions) for branch in table.tables("branch")),
        next=names.refer(table, "next", Thing.STEP),
    )
    table.close()
    return step


def _read_branch(table: Table, names: Names, questions: Mapping[str, Question]) -> Branch:
    to = names.refer(table, "to", Thing.STEP, required=True)
    when = table.table("when", required=True)
    table.close()
    if when is None:
        return Branch((), to)
    if not when.keys:
        table.report("empty", "when", allowed="a question and a list of its answers")
    asked = tuple((key, _read_answers(when, key, questions)) for key in when.keys)
    return Branch(asked, to)


def _read_answers(when: Table, name: str, questions: Mapping[str, Question]) -> tuple[str, ...]:
    answers = when.texts_or_integers(name, "a list of answers")
    question = questions.get(name)
    if question is None:
        allowed = "the id of a question"
        when.report("unknown_id", name, found=name, allowed=allowed, among=questions)
        return ()
    known = _answers_of(question)
    for position, answer in enumerate(answers):
        if answer not in known:
            allowed = ", ".join(map(str, known)) or "nothing, because a text leads nowhere"
            among = [str(option) for option in known]
            when.report(
                "wrong_value", name, found=answer, allowed=allowed, at=(position,), among=among
            )
    return tuple(map(str, answers))


def _answers_of(question: Question) -> tuple[str | int, ...]:
    if question.kind is Kind.TEXT:
        return ()
    if question.kind in NUMBER_KINDS:
        return tuple(band.at_least for band in question.bands)
    return tuple(option.id for option in question.options)


def read_objections(file: Table, names: Names) -> tuple[Objection, ...]:
    """Return what to say when they push back."""
    return tuple(_read_objection(table, names) for table in file.tables("objections"))


def _read_objection(table: Table, names: Names) -> Objection:
    objection = Objection(
        id=names.claim(table, Thing.OBJECTION),
        title=table.text("title"),
        say=names.words(table, "say", required=True),
        listen_for=table.texts("listen_for"),
        then=names.refer(table, "then", Thing.STEP, Thing.QUESTION),
    )
    table.close()
    return objection


def read_nurture(file: Table, names: Names) -> tuple[Track, ...]:
    """Return the nurture tracks."""
    return tuple(_read_track(table, names) for table in file.tables("nurture"))


def _read_track(table: Table, names: Names) -> Track:
    track_id = names.claim(table, Thing.TRACK)
    reasons, weakest = _read_track_when(table, names)
    track = Track(
        id=track_id,
        reasons=reasons,
        weakest=weakest,
        revisit_after_days=table.integer(
            "revisit_after_days", 1, MOST_DAYS, default=DEFAULT_REVISIT_DAYS
        ),
        date_question=names.refer(table, "date_question", Thing.QUESTION),
        steps=_read_touches(table, names),
    )
    table.close()
    return track


def _read_track_when(table: Table, names: Names) -> tuple[tuple[str, ...], tuple[str, ...]]:
    when = table.table("when")
    if when is None:
        return (), ()
    reasons = names.refer_all(when, "reasons", Thing.REASON)
    weakest = names.refer_all(when, "weakest", Thing.CRITERION)
    when.close()
    return reasons, weakest


def _read_touches(track: Table, names: Names) -> tuple[TrackStep, ...]:
    touches = []
    for table in track.tables("steps"):
        touches.append(
            TrackStep(
                after_days=table.integer("after_days", 0, MOST_DAYS),
                kind=table.word("kind", TouchKind),
                template=names.words(table, "template"),
            )
        )
        table.close()
    return tuple(touches)
