# SPDX-License-Identifier: MIT
"""The script of a call: its stops one after the other, its words with the lead's data filled in.

Merge fields are plain substitution, never templates: `{{ lead.first_name | default("there") }}`.
Which names may stand in them is checked once, when a playbook is read.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum

from leaddesk.core.domain.call import Answer, AnswerValue
from leaddesk.core.domain.lead import Lead
from leaddesk.core.domain.outcomes import outcome_index, outcomes_of
from leaddesk.core.domain.playbook import (
    NUMBER_KINDS,
    Branch,
    Kind,
    Phase,
    Playbook,
    Question,
    Step,
)
from leaddesk.core.domain.roles import Rep
from leaddesk.core.domain.wording import answer_label

FLOW_PHASES = (Phase.OPENING, Phase.DISCOVERY, Phase.CLOSE)
"""The phases of a conversation; gatekeeper and voicemail are shown when they are needed."""

LEAD_FIELDS = (
    *(f.name for f in fields(Lead) if f.name not in {"external_ids", "extra", "as_written"}),
    "name",
)
"""Names that may follow `lead.`: every field that is one value, and the name to say."""

REP_FIELDS = ("first_name", "name", "company", "phone")
COMPANY_FIELDS = ("name",)

_BRACES = re.compile(r"\{\{([^{}]*)\}\}")
_FIELD = re.compile(r"\s*+([a-z]+)\.([A-Za-z0-9_-]+)\s*+(?:\|\s*+default\s*+([^\s].*))?", re.DOTALL)
_QUOTED = re.compile(r"""(?:"([^"]*)"|'([^']*)')""")


class PartKind(StrEnum):
    """What a piece of a rendered text is."""

    PLAIN = "plain"
    FIELD = "field"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class TextPart:
    """A piece of a rendered text.

    Attributes:
        text: For MISSING, a field without value or default, its visible name: "first name?".
    """

    text: str
    kind: PartKind


@dataclass(frozen=True, slots=True)
class MergeField:
    """A merge field as written: `lead.first_name` and its default, None without one."""

    name: str
    default: str | None


@dataclass(frozen=True, slots=True)
class Stop:
    """One screen of the call: a step and one of its questions; None: nothing is asked there."""

    step: Step
    question: Question | None


def pieces(text: str) -> Iterator[str | MergeField]:
    """Yield plain texts and merge fields in order; braces that are no merge field stay plain."""
    at = 0
    for match in _BRACES.finditer(text):
        field = _field(match.group(1))
        if field is not None:
            if match.start() > at:
                yield text[at : match.start()]
            yield field
            at = match.end()
    if at < len(text):
        yield text[at:]


def render(text: str, values: Mapping[str, str]) -> tuple[TextPart, ...]:
    """Return a text with its merge fields filled in.

    Args:
        text: Words of a playbook.
        values: Field name -> value, as `merge_fields` gives it. A value is never read as markup,
            and merge fields within it stay as they are.
    """
    return tuple(_part(piece, values) for piece in pieces(text))


def merge_fields(
    playbook: Playbook, lead: Lead, answers: Mapping[str, Answer]
) -> Mapping[str, str]:
    """Return field name -> text of everything known: `lead.*`, `company.*` and `answer.*`."""
    values = {f"lead.{name}": _words(getattr(lead, name)) for name in LEAD_FIELDS}
    values["company.name"] = lead.company
    for question in playbook.questions:
        answer = answers.get(question.id)
        if answer is not None and not _is_open(question, answer.value):
            values[f"answer.{question.id}"] = answer_label(question, answer.value)
    return {name: text for name, text in values.items() if text}


def rep_fields(rep: Rep) -> dict[str, str]:
    """Return field name -> text of what is known of who works here: `rep.*`."""
    fields = {f"rep.{name}": str(getattr(rep, name)) for name in REP_FIELDS}
    return {name: text for name, text in fields.items() if text}


def stops(playbook: Playbook) -> tuple[Stop, ...]:
    """Return the screens of a call in file order: opening, discovery and close, a question each.

    Questions of no such step come before the close, in a step named after their criterion, unless
    they have no words: those are answered from data alone.
    """
    steps = [step for step in playbook.script if step.phase in FLOW_PHASES]
    close = next((i for i, step in enumerate(steps) if step.phase is Phase.CLOSE), len(steps))
    steps[close:close] = _steps_for_the_rest(playbook, steps)
    return tuple(
        Stop(step, playbook.question(question) if question else None)
        for step in steps
        for question in step.questions or ("",)
    )


def next_stop(
    playbook: Playbook, stops: Sequence[Stop], current: int, answers: Mapping[str, Answer]
) -> int | None:
    """Return the position of the stop that follows, None at the end of the script.

    A branch is followed as soon as it holds and asks about the question of this stop; behind the
    last question of a step every branch counts, then its `next`, then the order of the file.
    """
    stop = stops[current]
    more_to_ask = current + 1 < len(stops) and stops[current + 1].step == stop.step
    first_of = {other.step.id: at for at, other in reversed(tuple(enumerate(stops)))}
    for branch in stop.step.branch:
        is_due = not more_to_ask or _asks_about(branch, stop.question)
        if is_due and branch.to in first_of and _holds(playbook, branch, answers):
            return first_of[branch.to]
    if not more_to_ask and stop.step.next in first_of:
        return first_of[stop.step.next]
    return current + 1 if current + 1 < len(stops) else None


def _steps_for_the_rest(playbook: Playbook, steps: Sequence[Step]) -> list[Step]:
    """Steps for the questions no step asks. A dot keeps their ids apart from those of a file."""
    asked = {question for step in steps for question in step.questions}
    rest = []
    for criterion in playbook.criteria:
        left = tuple(
            q.id for q in criterion.questions if q.id not in asked and (q.ask or not q.source)
        )
        if left:
            step_id = f"criterion.{criterion.id}"
            rest.append(Step(step_id, criterion.title, Phase.DISCOVERY, questions=left))
    return rest


def _asks_about(branch: Branch, question: Question | None) -> bool:
    return question is not None and any(name == question.id for name, _ in branch.when)


def _holds(playbook: Playbook, branch: Branch, answers: Mapping[str, Answer]) -> bool:
    return all(
        not _given(playbook.question(name), answers.get(name)).isdisjoint(wanted)
        for name, wanted in branch.when
    )


def _given(question: Question, answer: Answer | None) -> set[str]:
    """Return an answer as a branch names it: ids of options, or the `at_least` of a band."""
    if answer is None or answer.value is None or question.kind is Kind.TEXT:
        return set()
    if question.kind in NUMBER_KINDS:
        index = outcome_index(question, answer.value)
        return set() if index is None else {str(outcomes_of(question)[index].answer)}
    return set(answer.value) if isinstance(answer.value, tuple) else {str(answer.value)}


def _is_open(question: Question, value: AnswerValue) -> bool:
    return value is None or any(option.open and option.id == value for option in question.options)


def _field(inside: str) -> MergeField | None:
    match = _FIELD.fullmatch(inside)
    if match is None:
        return None
    scope, name, default = match.groups()
    if default is None:
        return MergeField(f"{scope}.{name}", None)
    default = default.strip()
    if default.startswith("(") and default.endswith(")"):
        default = default[1:-1].strip()
    quoted = _QUOTED.fullmatch(default)
    if quoted is None:
        return None
    return MergeField(f"{scope}.{name}", quoted.group(1) or quoted.group(2) or "")


def _part(piece: str | MergeField, values: Mapping[str, str]) -> TextPart:
    if isinstance(piece, str):
        return TextPart(piece, PartKind.PLAIN)
    value = values.get(piece.name) or piece.default
    if value is not None:
        return TextPart(value, PartKind.FIELD)
    return TextPart(_visible_name(piece.name), PartKind.MISSING)


def _visible_name(name: str) -> str:
    """Return what stands where a value is missing: `lead.first_name` shows as "first name?"."""
    scope, _, field = name.partition(".")
    words = field.replace("_", " ").replace("-", " ")
    owner = {"rep": "your ", "company": "company "}.get(scope, "")
    return f"{owner}{words}?"


def _words(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ", ".join(str(item) for item in value)
    if isinstance(value, datetime):
        return value.date().isoformat()
    return str(value)
