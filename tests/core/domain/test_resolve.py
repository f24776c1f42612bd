# SPDX-License-Identifier: MIT
"""Where outcomes come from: what was said, what data says, what has grown stale."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaddesk.core.domain.call import Answer, AnswerValue
from leaddesk.core.domain.engagement import Activity, engagement_score
from leaddesk.core.domain.lead import Lead
from leaddesk.core.domain.playbook import (
    ActivityType,
    Band,
    Criterion,
    DecisionRule,
    EngagementRule,
    Evidence,
    Kind,
    Option,
    Playbook,
    Question,
)
from leaddesk.core.domain.resolve import Source, matches, resolve

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
ROLE = Question(
    "role",
    Kind.CHOICE,
    "?",
    source="lead.title",
    stale_after_days=180,
    options=(
        Option("decides", "", 25, matches=("ceo", "owner", "managing director")),
        Option("shares", "", 20, matches=("director*", "vp*")),
        Option("unsaid", "", open=True),
        Option("other", "", 0, matches=("*",)),
    ),
)
SIZE = Question(
    "size", Kind.NUMBER, "?", source="lead.employees", bands=(Band(10, "", 0), Band(100, "", 5))
)
WARMTH = Question(
    "warmth", Kind.NUMBER, "?", source="activity.score", bands=(Band(0, "", 0), Band(30, "", 5))
)
RULE = EngagementRule(30, (ActivityType("webinar", 20, 30), ActivityType("demo", 50, 100)))
PLAYBOOK = Playbook(
    "p",
    1,
    "",
    DecisionRule(70, 40, 50, Evidence.SAID),
    (Criterion("c", "", (ROLE, Question("words", Kind.TEXT, "?"), SIZE, WARMTH)),),
    engagement=RULE,
)


def outcomes(
    lead: Lead | None = None,
    value: AnswerValue = None,
    *,
    age_days: int = 0,
    evidence: Evidence = Evidence.SAID,
) -> tuple[tuple[int | None, Source | None], ...]:
    answers = {"role": Answer("role", value, NOW - timedelta(days=age_days), evidence)}
    found = resolve(PLAYBOOK, answers if value is not None else {}, lead, (), NOW)
    return tuple(zip(found.outcomes, found.sources, strict=True))


def test_data_answers_what_nobody_asked() -> None:
    lead = Lead("L", title="Director of Plants", employees=420)
    assert outcomes(lead) == ((1, Source.LEAD), (1, Source.LEAD), (0, Source.ACTIVITY))


def test_what_a_person_says_beats_what_the_data_says() -> None:
    assert outcomes(Lead("L", title="CEO"), "other")[0] == (2, Source.CALL)


def test_where_they_would_not_say_the_data_stays() -> None:
    assert outcomes(Lead("L", title="CEO"), "unsaid")[0] == (0, Source.LEAD)
    assert outcomes(None, "unsaid")[0] == (None, None)


def test_weak_evidence_and_stale_answers_leave_the_question_open() -> None:
    assert outcomes(None, "decides", evidence=Evidence.ASSUMED)[0] == (None, None)
    assert outcomes(None, "decides", evidence=Evidence.CONFIRMED)[0] == (0, Source.CALL)
    assert outcomes(None, "decides", age_days=180)[0] == (0, Source.CALL)
    assert outcomes(None, "decides", age_days=181)[0] == (None, None)


def test_a_withdrawn_answer_is_no_answer() -> None:
    withdrawn = Answer("role", "decides", NOW, withdrawn=True)
    assert resolve(PLAYBOOK, {"role": withdrawn}, None, (), NOW).outcomes[0] is None


@pytest.mark.parametrize("employees", [None, 9])
def test_data_that_fits_no_band_leaves_the_question_open(employees: int | None) -> None:
    assert outcomes(Lead("L", employees=employees))[1] == (None, None)


@pytest.mark.parametrize(
    ("title", "index"),
    [("CEO", 0), (" managing DIRECTOR ", 0), ("VP Supply", 1), ("Clerk", 2), ("", None)],
)
def test_options_are_tried_in_order_and_any_text_is_not_no_text(
    title: str, index: int | None
) -> None:
    assert outcomes(Lead("L", title=title))[0][0] == index


def test_every_tag_that_matches_picks_its_option_of_several() -> None:
    options = tuple(Option(one, "", 1, matches=(one,)) for one in ("fair", "partner", "old"))
    question = Question("tags", Kind.CHOICES, "?", source="lead.tags", options=options)
    playbook = Playbook("p", 1, "", DecisionRule(70, 40, 50), (Criterion("c", "", (question,)),))
    lead = Lead("L", tags=("old", "Fair"))
    assert resolve(playbook, {}, lead, (), NOW).outcomes == (0b101,)


def test_engagement_halves_caps_and_is_rounded_down_once() -> None:
    day = timedelta(days=1)
    assert engagement_score(RULE, (), NOW) == 0
    assert engagement_score(RULE, [Activity("webinar", NOW - 30 * day)], NOW) == 10
    assert engagement_score(RULE, [Activity("webinar", NOW)] * 5, NOW) == 30
    assert engagement_score(RULE, [Activity("demo", NOW + day)], NOW) == 50
    assert engagement_score(RULE, [Activity("demo", NOW)] * 9, NOW) == 100
    assert engagement_score(RULE, [Activity("unheard of", NOW)], NOW) == 0
    seven = [Activity("webinar", NOW - 45 * day), Activity("demo", NOW - 90 * day)]
    assert engagement_score(RULE, seven, NOW) == 13  # 7.07 + 6.25, not 7 + 6 rounded apart


def test_activities_answer_a_question_that_asks_for_the_score() -> None:
    found = resolve(PLAYBOOK, {}, None, [Activity("demo", NOW)], NOW)
    assert (found.outcomes[2], found.engagement) == (1, 50)


@given(st.lists(st.sampled_from(["a", "b", "ab", ""])), st.text("ab"))
def test_a_pattern_fits_what_its_pieces_spell(pieces: list[str], filler: str) -> None:
    assert matches("*".join(pieces), filler.join(pieces))
    assert matches("*", filler)
    assert matches(filler, filler)
    assert not matches(filler + "c*", filler)


@pytest.mark.parametrize(
    ("pattern", "text", "fits"),
    [
        ("director*", "director of plants", True),
        ("*director", "art director", True),
        ("*director", "directory", False),
        ("a*a", "a", False),
        ("a*b*c", "a-b-c", True),
        ("a*b*c", "a-c-b", False),
        ("", "", True),
        ("[a-z]*", "abc", False),
    ],
)
def test_patterns_know_nothing_but_the_star(pattern: str, text: str, *, fits: bool) -> None:
    assert matches(pattern, text) is fits
