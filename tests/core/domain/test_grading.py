# SPDX-License-Identifier: MIT
"""The grade of a lead before anybody calls it."""

from dataclasses import replace

import pytest

from leaddesk.core.domain.grading import UNGRADED, grade_lead, is_mql
from leaddesk.core.domain.lead import Lead
from leaddesk.core.domain.playbook import (
    Band,
    Criterion,
    DecisionRule,
    GradeRule,
    Kind,
    Option,
    Playbook,
    Question,
)

FIT = Criterion(
    "fit",
    "Fit",
    scored=False,
    questions=(
        Question(
            "size",
            Kind.NUMBER,
            "?",
            source="lead.employees",
            bands=(Band(0, "", 0), Band(50, "", 3), Band(200, "", 5)),
        ),
        Question(
            "field",
            Kind.CHOICE,
            "?",
            source="lead.industry",
            options=(
                Option("ours", "", 5, matches=("manu*",)),
                Option("no", "", 0, matches=("*",)),
            ),
        ),
        Question("words", Kind.TEXT, "?"),
    ),
)
PLAYBOOK = Playbook(
    "p", 1, "", DecisionRule(70, 40, 50), (FIT,), grades=GradeRule("fit", 80, 60, 40, (60, 30, 10))
)


@pytest.mark.parametrize(
    ("employees", "industry", "engagement", "text", "fit"),
    [
        (420, "Manufacturing", 60, "A1", 100),
        (60, "Manufacturing", 59, "A2", 80),
        (60, "", 30, "B2", 60),
        (420, "Banking", 10, "C3", 50),
        (5, "Banking", 9, "D4", 0),
        (None, "Manufacturing", 0, "A4", 100),
        (60, "", None, "B", 60),
        (None, "Manufacturing", None, "A", 100),
        (None, "", 100, "", None),
    ],
)
def test_the_letter_is_the_percent_of_what_is_known_and_the_digit_the_engagement(
    employees: int | None, industry: str, engagement: int | None, text: str, fit: int | None
) -> None:
    grade = grade_lead(PLAYBOOK, Lead("L", employees=employees, industry=industry), engagement)
    assert (grade.text, grade.fit) == (text, fit)
    assert grade.priority == (fit or 0) + (engagement or 0)


def test_a_playbook_without_grades_grades_nothing() -> None:
    bare = Playbook("p", 1, "", DecisionRule(70, 40, 50), (FIT,))
    assert grade_lead(bare, Lead("L", employees=420), 60) == UNGRADED


def test_less_than_half_of_the_fit_known_is_no_letter():
    country = Question(
        "market",
        Kind.CHOICE,
        "?",
        source="lead.country",
        options=(Option("here", "", 4, matches=("*",)),),
    )
    criterion = Criterion("fit", "Fit", (*FIT.questions, country), scored=False)
    wide = Playbook("p", 1, "", DecisionRule(70, 40, 50), (criterion,), grades=PLAYBOOK.grades)
    assert grade_lead(wide, Lead("L", country="US"), None).text == ""
    assert grade_lead(wide, Lead("L", country="US", industry="Manufacturing"), None).text == "A"


@pytest.mark.parametrize(
    ("bar", "engagement", "expected"),
    [
        (30, 30, True),
        (30, 29, False),
        (0, 0, True),
        (30, None, False),
        (0, None, False),
        (None, 100, False),
    ],
)
def test_a_lead_is_an_mql_from_the_bar_on_where_there_is_one(bar, engagement, expected):
    rule = replace(PLAYBOOK.grades, mql_at=bar)
    assert is_mql(replace(PLAYBOOK, grades=rule), engagement) is expected


def test_without_grades_nobody_is_an_mql() -> None:
    assert not is_mql(replace(PLAYBOOK, grades=None), 100)
