# SPDX-License-Identifier: MIT
"""Cases in, assessments out, one JSON object a line: what `leaddesk assess` reads and prints.

Source: docs/assessment.md, "As JSON".
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from difflib import get_close_matches
from typing import Any

from leaddesk.core.domain.assessment import Assessment, assess
from leaddesk.core.domain.call import Answer, AnswerValue
from leaddesk.core.domain.engagement import Activity
from leaddesk.core.domain.lead import Lead
from leaddesk.core.domain.outcomes import AnswerError, outcome_index
from leaddesk.core.domain.playbook import Evidence, Playbook
from leaddesk.core.domain.resolve import resolve

LEAD_FIELDS = tuple(field.name for field in fields(Lead))
WHOLE_NUMBERS = frozenset({"employees", "revenue", "engagement", "fit", "priority"})
MOST_SHOWN = 60
CASE_KEYS = ("answers", "lead", "activities", "now")


class CaseError(ValueError):
    """A case that can't be assessed; the text says why."""


@dataclass(frozen=True, slots=True)
class Case:
    """One lead at one moment, as a line of input describes it."""

    answers: Mapping[str, Answer]
    lead: Lead | None
    activities: tuple[Activity, ...]
    now: datetime


def assess_line(playbook: Playbook, line: str, now: datetime) -> dict[str, object]:
    """Return the assessment of one line of input, ready for JSON.

    Args:
        playbook: The playbook to assess by.
        line: One JSON object.
        now: The moment of a case that does not name one.

    Raises:
        CaseError: unreadable, or an unknown question, option or a value out of range.
    """
    case = read_case(playbook, line, now)
    resolved = resolve(playbook, case.answers, case.lead, case.activities, case.now)
    return assessment_to_json(assess(playbook, resolved))


def read_case(playbook: Playbook, line: str, now: datetime) -> Case:
    """Return the case a line of JSON describes.

    Raises:
        CaseError: unreadable, or an unknown question, option or a value out of range.
    """
    try:
        raw = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise CaseError(f"not JSON: {error}") from error
    case = _table(raw, "the case")
    _known(case, CASE_KEYS, "the case")
    moment = _time(case["now"], "now") if "now" in case else now
    answers = _table(case.get("answers", {}), "answers")
    return Case(
        answers={name: _answer(playbook, name, raw, moment) for name, raw in answers.items()},
        lead=_lead(case["lead"]) if case.get("lead") is not None else None,
        activities=_activities(case.get("activities", [])),
        now=moment,
    )


def assessment_to_json(assessment: Assessment) -> dict[str, object]:
    """Return an assessment as docs/assessment.md, "As JSON" has it."""
    return {
        "earned": assessment.earned,
        "most": assessment.most,
        "low_points": assessment.low_points,
        "high_points": assessment.high_points,
        "score": assessment.score,
        "low": assessment.low,
        "high": assessment.high,
        "coverage": assessment.coverage,
        "verdict": assessment.verdict.value,
        "reasons": list(assessment.reasons),
        "reachable": [verdict.value for verdict in assessment.reachable],
        "settled": assessment.settled,
        "recommendation": assessment.recommendation.value,
        "chance": {verdict.value: share for verdict, share in assessment.chance.items()},
        "next": [
            {"question": one.question, "value": one.value, "swing": one.swing}
            for one in assessment.next
        ],
        "flips": {
            verdict.value: [dict(one) for one in sets] for verdict, sets in assessment.flips.items()
        },
        "flip_counts": {v.value: count for v, count in assessment.flip_counts.items()},
        "criteria": [
            {
                "id": one.id,
                "earned": one.earned,
                "most": one.most,
                "low": one.low,
                "high": one.high,
                "met": one.met,
                "open": list(one.open),
            }
            for one in assessment.criteria
        ],
    }


def _table(raw: object, name: str) -> dict[str, Any]:
    if not isinstance(raw, dict):
        raise CaseError(f"{name}: a JSON object is needed, found {_shown(raw)}")
    return raw


def _known(table: Mapping[str, object], allowed: tuple[str, ...], name: str) -> None:
    for key in table:
        if key not in allowed:
            near = get_close_matches(key, allowed, 1)
            hint = f"; did you mean {near[0]!r}?" if near else ""
            raise CaseError(f"{name}: {key!r} is unknown{hint}")


def _answer(playbook: Playbook, name: str, raw: object, now: datetime) -> Answer:
    known = {question.id: question for question in playbook.questions}
    _known({name: raw}, tuple(known), "answers")
    # A plain value states what is so; how well it is known matters only where a case says so.
    evidence, at = Evidence.CONFIRMED, now
    if isinstance(raw, dict):
        _known(raw, ("value", "evidence", "at"), f"answers.{name}")
        if "at" in raw:
            at = _time(raw["at"], f"answers.{name}.at")
        if "evidence" in raw:
            evidence = _evidence(raw["evidence"], name)
        raw = raw.get("value")
    value = _value(raw)
    try:
        outcome_index(known[name], value)
    except AnswerError as error:
        raise CaseError(f"answers.{name}: found {_shown(raw)}, allowed: {error.allowed}") from error
    return Answer(name, value, at, evidence)


def _value(raw: object) -> AnswerValue:
    """Return a raw value as an answer; what is none keeps its type and fails its question."""
    if isinstance(raw, list):
        return tuple(raw)
    return raw  # type: ignore[return-value]  # outcome_index refuses what a question can't have


def _evidence(raw: object, name: str) -> Evidence:
    try:
        return Evidence(raw)  # type: ignore[arg-type]  # anything else raises ValueError
    except ValueError as error:
        allowed = ", ".join(Evidence)
        raise CaseError(f"answers.{name}.evidence: {_shown(raw)}, allowed: {allowed}") from error


def _time(raw: object, name: str) -> datetime:
    try:
        moment = datetime.fromisoformat(raw)  # type: ignore[arg-type]  # others raise TypeError
    except (TypeError, ValueError) as error:
        allowed = "a time such as 2026-11-22T10:00:00Z"
        raise CaseError(f"{name}: {_shown(raw)}, allowed: {allowed}") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _lead(raw: object) -> Lead:
    given = dict(_table(raw, "lead"))
    _known(given, LEAD_FIELDS, "lead")
    for name, value in given.items():
        if name in WHOLE_NUMBERS and value is not None and type(value) is not int:
            raise CaseError(f"lead.{name}: a whole number is needed, found {_shown(value)}")
        if isinstance(value, list):
            given[name] = tuple(value)
    return Lead(**{"lead_id": "", **{k: v for k, v in given.items() if v is not None}})


def _activities(raw: object) -> tuple[Activity, ...]:
    if not isinstance(raw, list):
        raise CaseError(f"activities: a list is needed, found {_shown(raw)}")
    found = []
    for number, entry in enumerate(raw):
        name = f"activities[{number}]"
        table = _table(entry, name)
        if not isinstance(table.get("type"), str) or "at" not in table:
            raise CaseError(f"{name}: a type and a time 'at' are needed")
        found.append(Activity(table["type"], _time(table["at"], f"{name}.at")))
    return tuple(found)


def _shown(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]}..."
