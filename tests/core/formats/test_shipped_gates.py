# SPDX-License-Identifier: MIT
"""The gates of the playbooks that ship: what an answer does to a lead perfect otherwise."""

from datetime import UTC, datetime

import pytest

from leaddesk.core.domain.assessment import assess
from leaddesk.core.domain.call import Answer
from leaddesk.core.domain.engagement import Activity
from leaddesk.core.domain.lead import Lead
from leaddesk.core.domain.outcomes import outcomes_of
from leaddesk.core.domain.playbook import Kind, Use
from leaddesk.core.domain.resolve import Source, resolve
from leaddesk.core.domain.script import next_stop, stops
from leaddesk.core.domain.verdict import Verdict
from leaddesk.core.formats.playbook_toml import read_playbook
from leaddesk.resources import texts

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
BY_ID = {book.id: book for book in map(read_playbook, texts("playbooks", ".toml").values())}
CALLS = [book for book in BY_ID.values() if book.use is Use.CALL]

HARD, UNDER_1, UNDER_2 = ({0}, set()), (set(), {0}), (set(), {0, 1})
GATES = {
    "anum": {"signer": UNDER_2, "problem": HARD, "waiting": UNDER_1, "start": UNDER_1},
    "bant": {"signer": UNDER_2, "problem": HARD, "funding": UNDER_1, "start": UNDER_1},
    "champ": {
        "problem": HARD, "decided": UNDER_1, "funding": UNDER_1, "rank": UNDER_1, "start": UNDER_1,
    },
    "faint": {"means": HARD, "signer": UNDER_2, "interest": UNDER_1, "problem": HARD},
    "five-factors": {
        "industry": HARD, "interest": UNDER_1, "funding": UNDER_1, "signer": UNDER_2,
        "start": UNDER_1,
    },
    "neat": {
        "problem": HARD, "difference": UNDER_1, "signer": UNDER_2, "introduction": UNDER_2,
    },
    "spiced": {
        "today": HARD, "customer": HARD, "problem": HARD, "difference": UNDER_1, "event": UNDER_1,
        "start": UNDER_1,
    },
    "meddic": {"number": UNDER_2, "criteria": HARD, "pain": HARD, "champion": UNDER_2},
    "meddicc": {
        "number": UNDER_2, "criteria": HARD, "pain": HARD, "champion": UNDER_2,
        "competition": HARD,
    },
    "meddpicc": {
        "number": UNDER_2, "criteria": HARD, "pain": HARD, "champion": UNDER_2,
        "competition": HARD,
    },
    "gpctba-ci": {
        "plan": UNDER_1, "challenge": HARD, "timeline": UNDER_1, "budget": UNDER_1,
        "authority": UNDER_2,
    },
    "scotsman": {
        "solution": HARD, "timescale": HARD, "size": HARD, "money": UNDER_1, "authority": UNDER_2,
        "need": HARD,
    },
}  # fmt: skip
"""Playbook -> question -> levels that disqualify, levels that hold; others have no gate."""

REQUIRED = {
    "anum": {"authority"},
    "bant": {"authority", "timeline"},
    "champ": {"authority"},
    "faint": {"authority"},
    "five-factors": {"authority", "timeline"},
    "neat": {"access"},
    "spiced": set(),
    "meddic": {"economic-buyer"},
    "meddicc": {"economic-buyer"},
    "meddpicc": {"economic-buyer"},
    "gpctba-ci": set(),
    "scotsman": set(),
}
"""Playbook -> criteria without which nothing passes."""


def best(playbook):
    """The answers that earn most, for whatever is asked."""
    return {
        question.id: max(outcomes_of(question), key=lambda outcome: outcome.points).answer
        for question in playbook.questions
        if question.ask and question.kind is not Kind.TEXT
    }


def judged(playbook, changed):
    answers = {
        name: Answer(name, value, NOW) for name, value in {**best(playbook), **changed}.items()
    }
    return assess(playbook, resolve(playbook, answers, None, [], NOW))


def choices():
    return [
        (playbook.id, criterion.id, question, option)
        for playbook in BY_ID.values()
        for criterion in playbook.criteria
        for question in criterion.questions
        if question.ask and question.kind is Kind.CHOICE
        for option in question.options
    ]


def name_of(value):
    return value if isinstance(value, str) else value.id


def expected(playbook, criterion, question, option):
    if option.open:
        return Verdict.NURTURE if criterion in REQUIRED[playbook] else Verdict.PASS
    disqualifying, holding = GATES[playbook].get(question.id, (set(), set()))
    if option.level in disqualifying:
        return Verdict.DISQUALIFY
    return Verdict.NURTURE if option.level in holding else Verdict.PASS


def test_every_gate_and_every_playbook_is_known_here():
    assert set(GATES) == set(REQUIRED) == set(BY_ID)
    for playbook, gates in GATES.items():
        assert set(gates) <= {question.id for question in BY_ID[playbook].questions}


@pytest.mark.parametrize("criteria", REQUIRED.items(), ids=lambda pair: pair[0])
def test_what_has_to_be_answered_is_what_the_framework_says(criteria):
    playbook, names = criteria
    assert {c.id for c in BY_ID[playbook].criteria if c.required} == names


@pytest.mark.parametrize(("playbook", "criterion", "question", "option"), choices(), ids=name_of)
def test_one_answer_turns_a_perfect_lead_only_where_there_is_a_gate(
    playbook, criterion, question, option
):
    verdict = judged(BY_ID[playbook], {question.id: option.id}).verdict
    assert verdict is expected(playbook, criterion, question, option)


@pytest.mark.parametrize(
    ("playbook", "changed", "verdict", "reasons"),
    [
        ("champ", {"problem": "none"}, Verdict.DISQUALIFY, ("no_need",)),
        ("champ", {"decided": "none"}, Verdict.NURTURE, ("no_authority_no_route",)),
        ("champ", {"decided": "unknown"}, Verdict.PASS, ()),
        ("champ", {"rank": "unlisted"}, Verdict.NURTURE, ("low_priority",)),
        ("anum", {"signer": "helps"}, Verdict.NURTURE, ("no_authority_no_route",)),
        ("anum", {"funding": "none", "amount": 0}, Verdict.PASS, ()),
        ("anum", {"waiting": "none"}, Verdict.NURTURE, ("low_priority",)),
        ("faint", {"means": "cannot"}, Verdict.DISQUALIFY, ("no_funds",)),
        ("faint", {"bought": "no", "means": "unclear"}, Verdict.PASS, ()),
        ("faint", {"start": "none", "months_away": None}, Verdict.PASS, ()),
        ("faint", {"interest": "refuses"}, Verdict.NURTURE, ("not_now",)),
        ("five-factors", {"industry": "outside"}, Verdict.DISQUALIFY, ("out_of_icp_industry",)),
        ("five-factors", {"employees": 1}, Verdict.PASS, ()),
        ("five-factors", {"interest": "refuses"}, Verdict.NURTURE, ("not_now",)),
        ("five-factors", {"funding": "none"}, Verdict.NURTURE, ("budget_next_cycle",)),
        ("neat", {"difference": "none"}, Verdict.NURTURE, ("low_priority",)),
        ("neat", {"introduction": "perhaps"}, Verdict.NURTURE, ("no_authority_no_route",)),
        ("neat", {"event": "none", "start": "none"}, Verdict.PASS, ()),
        ("spiced", {"customer": "size"}, Verdict.DISQUALIFY, ("out_of_icp_size",)),
        ("spiced", {"customer": "place"}, Verdict.DISQUALIFY, ("out_of_territory",)),
        ("spiced", {"event": "none"}, Verdict.NURTURE, ("not_now",)),
        ("spiced", {"signer": "gathers", "steps": "none"}, Verdict.PASS, ()),
        ("meddic", {"buyer": "none"}, Verdict.PASS, ()),
        ("meddic", {"buyer": "unsaid"}, Verdict.NURTURE, ()),
        ("meddic", {"champion": "friendly"}, Verdict.NURTURE, ("no_authority_no_route",)),
        ("meddicc", {"competition": "decided"}, Verdict.DISQUALIFY, ("competitor_chosen",)),
        ("meddpicc", {"paper": "blocked"}, Verdict.PASS, ()),
        ("gpctba-ci", {"plan": "fixed"}, Verdict.NURTURE, ("builds_in_house",)),
        ("scotsman", {"size": "outside"}, Verdict.DISQUALIFY, ("out_of_icp_size",)),
        ("scotsman", {"solution": "cannot"}, Verdict.DISQUALIFY, ("need_not_served",)),
    ],
)
def test_a_gate_gives_its_reason(playbook, changed, verdict, reasons):
    assessment = judged(BY_ID[playbook], changed)
    assert (assessment.verdict, assessment.reasons) == (verdict, reasons)


def fit_of_five_factors(**data):
    playbook = BY_ID["five-factors"]
    resolved = resolve(playbook, {}, Lead("L1", **data), [], NOW)
    return assess(playbook, resolved), resolved


def test_data_ends_nothing_that_is_not_certain():
    for industry in ("Beekeeping", "Private equity", "Student housing", ""):
        for employees in (None, 0, 1):
            assessment, _ = fit_of_five_factors(industry=industry, employees=employees)
            assert assessment.verdict is not Verdict.DISQUALIFY, (industry, employees)
    assessment, _ = fit_of_five_factors(industry="Student")
    assert assessment.reasons == ("out_of_icp_industry",)


def test_a_number_of_employees_that_is_nought_is_not_known():
    assessment, _ = fit_of_five_factors(employees=0)
    assert "employees" in assessment.criteria[0].open


def test_interest_comes_from_what_was_done_and_from_what_is_said():
    playbook = BY_ID["five-factors"]
    asked = Activity("demo_request", NOW)
    said = {"interest": Answer("interest", "asks", NOW)}
    for activities, points in ([], 12), ([asked], 18):
        resolved = resolve(playbook, said, None, activities, NOW)
        assert assess(playbook, resolved).criteria[1].earned == points
        assert Source.ACTIVITY in resolved.sources


def walk(playbook, changed):
    """The ids of the stops of a call in which the best is answered, but for what is changed."""
    given = {**best(playbook), **changed}
    answers = {name: Answer(name, value, NOW) for name, value in given.items()}
    route = stops(playbook)
    seen = []
    at = 0
    while at is not None:
        seen.append(route[at].question.id if route[at].question else route[at].step.id)
        at = next_stop(playbook, route, at, answers)
    return seen


@pytest.mark.parametrize("playbook", CALLS, ids=name_of)
def test_a_good_call_asks_each_scored_question_once_and_closes(playbook):
    seen = walk(playbook, {})
    assert seen[0] == "opening"
    assert seen[-1] == "close"
    assert sorted(seen[1:-1]) == sorted(best(playbook))


@pytest.mark.parametrize("playbook", CALLS, ids=name_of)
def test_a_call_goes_to_the_close_when_it_is_over(playbook):
    for question in playbook.questions:
        for outcome in outcomes_of(question) if question.ask else ():
            seen = walk(playbook, {question.id: outcome.answer})
            assert seen[-1] == "close"
            assert len(seen) == len(set(seen))
            if judged(playbook, {question.id: outcome.answer}).verdict is Verdict.DISQUALIFY:
                assert seen[seen.index(question.id) + 1 :] == ["close"]


@pytest.mark.parametrize(
    ("playbook", "changed", "asked"),
    [
        ("five-factors", {"interest": "refuses"}, "call_again"),
        ("five-factors", {"funding": "none"}, "budget_date"),
        ("five-factors", {"start": "someday"}, "call_again"),
        ("champ", {"decided": "unknown"}, "introduction"),
        ("champ", {"rank": "unlisted"}, "call_again"),
        ("anum", {"signer": "helps"}, "introduction"),
        ("anum", {"waiting": "none"}, "call_again"),
        ("faint", {"interest": "refuses"}, "call_again"),
        ("neat", {"introduction": "refuses"}, "next_name"),
        ("spiced", {"event": "none"}, "call_again"),
        ("spiced", {"signer": "gathers"}, "introduction"),
    ],
)
def test_what_keeps_a_lead_back_is_asked_after(playbook, changed, asked):
    assert asked in walk(BY_ID[playbook], changed)
