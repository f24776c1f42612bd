# SPDX-License-Identifier: MIT
"""Cases in, assessments out; what a case cannot say is an error with an address."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given

from leaddesk.core.domain.outcomes import outcomes_of, scorable_questions
from leaddesk.core.domain.playbook import Playbook
from leaddesk.core.domain.resolve import Resolved, Source
from leaddesk.core.formats.assessment_json import CaseError, assess_line
from leaddesk.core.formats.resolved_json import read_resolved, write_resolved
from tests.core.domain.test_assessment import EXAMPLE
from tests.helpers.playbooks import sheets

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)


def test_the_worked_example_of_the_spec_as_json() -> None:
    found = json.loads(json.dumps(assess_line(EXAMPLE, '{"answers": {"signer": "together"}}', NOW)))
    assert found == {
        "earned": 20, "most": 40, "low_points": 20, "high_points": 35,
        "score": 50, "low": 50, "high": 87.5, "coverage": 62.5,
        "verdict": "nurture", "reasons": [], "reachable": ["pass", "nurture"],
        "settled": False, "recommendation": "nurture",
        "chance": {"pass": 0.5, "nurture": 0.5, "disqualify": 0},
        "next": [{"question": "budget", "value": 1, "swing": 15}],
        "flips": {"pass": [{"budget": 20000}]}, "flip_counts": {"pass": 1},
        "criteria": [
            {"id": "authority", "earned": 20, "most": 25, "low": 20, "high": 20,
             "met": True, "open": []},
            {"id": "money", "earned": 0, "most": 15, "low": 0, "high": 15,
             "met": True, "open": ["budget"]},
        ],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("answers", "earned"),
    [
        ('{"signer": "unsaid", "budget": null}', 0),
        ('{"signer": {"value": "alone", "evidence": "said"}}', 25),
        ('{"signer": {"value": "alone", "evidence": "assumed"}}', 0),
        ('{"budget": 25000}', 15),
    ],
)
def test_answers_count_as_their_evidence_says(answers: str, earned: int) -> None:
    assert assess_line(EXAMPLE, f'{{"answers": {answers}}}', NOW)["earned"] == earned


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("[]", "a JSON object"),
        ('{"answer": {}}', "did you mean 'answers'"),
        ('{"answers": {"singer": "alone"}}', "did you mean 'signer'"),
        ('{"answers": {"signer": "nobody"}}', "alone, together, gathers, unsaid"),
        ('{"answers": {"signer": ["alone"]}}', "alone, together, gathers, unsaid"),
        ('{"answers": {"budget": -5}}', "0 or more"),
        ('{"answers": {"budget": true}}', "0 or more"),
        ('{"answers": {"budget": 2.5}}', "0 or more"),
        ('{"answers": {"budget": {"value": 5, "evidence": "heard"}}}', "assumed, said, confirmed"),
        ('{"answers": {"budget": {"value": 5, "at": "soon"}}}', "answers.budget.at"),
        ('{"answers": []}', "answers"),
        ('{"now": 5}', "now"),
        ('{"lead": {"titel": "CEO"}}', "did you mean 'title'"),
        ('{"lead": {"employees": "many"}}', "lead.employees"),
        ('{"activities": {}}', "activities"),
        ('{"activities": [{"type": "webinar"}]}', "activities[0]"),
        ('{"activities": [{"type": "webinar", "at": "x"}]}', "activities[0].at"),
    ],
)
def test_what_cannot_be_assessed_is_said_with_its_place(line: str, says: str) -> None:
    with pytest.raises(CaseError) as caught:
        assess_line(EXAMPLE, line, NOW)
    assert says in str(caught.value)


@given(sheets(8))
def test_a_resolved_sheet_survives_being_written_and_read(
    sheet: tuple[Playbook, dict[str, int]],
) -> None:
    playbook, answered = sheet
    outcomes = tuple(answered.get(q.id) for q in scorable_questions(playbook))
    sources = tuple(None if index is None else Source.CALL for index in outcomes)
    resolved = Resolved(outcomes, sources, 17)
    text = write_resolved(playbook, resolved)
    again = read_resolved(playbook, text)
    assert write_resolved(playbook, again) == text
    assert (again.sources, again.engagement) == (sources, 17)
    for question, index in zip(scorable_questions(playbook), again.outcomes, strict=True):
        given_index = answered.get(question.id)
        if index is None or given_index is None:
            assert index == given_index
        else:
            assert outcomes_of(question)[index] == outcomes_of(question)[given_index]


def test_a_sheet_of_another_playbook_is_refused() -> None:
    text = '{"answers":{"elsewhere":{"answer":"x","source":"call"}},"engagement":0}'
    with pytest.raises(ValueError, match="elsewhere"):
        read_resolved(EXAMPLE, text)
