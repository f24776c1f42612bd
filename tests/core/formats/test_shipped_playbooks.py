# SPDX-License-Identifier: MIT
"""Every playbook that ships: without a mistake, able to reach each decision, spoken to its end."""

from datetime import UTC, datetime

import pytest

from leaddesk.core.domain.assessment import assess
from leaddesk.core.domain.call import Answer
from leaddesk.core.domain.engagement import Activity
from leaddesk.core.domain.lead import Lead
from leaddesk.core.domain.outcomes import outcomes_of, scorable_questions
from leaddesk.core.domain.playbook import Effect, Kind, Phase, Use
from leaddesk.core.domain.resolve import Resolved, resolve
from leaddesk.core.domain.script import PartKind, merge_fields, next_stop, render, stops
from leaddesk.core.domain.verdict import DECISIONS, Verdict
from leaddesk.core.formats.playbook_checks import FACTS
from leaddesk.core.formats.playbook_toml import check_playbook, read_playbook
from leaddesk.resources import texts

SHIPPED = texts("playbooks", ".toml")
PLAYBOOKS = [read_playbook(text, name) for name, text in SHIPPED.items()]
NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
CALLS = [playbook for playbook in PLAYBOOKS if playbook.use is Use.CALL]
VIEWS = [playbook for playbook in PLAYBOOKS if playbook.use is Use.VIEW]
BANT = next(playbook for playbook in PLAYBOOKS if playbook.id == "bant")
BEST = {"problem": "measured", "signer": "alone", "funding": "approved", "amount": 60_000,
        "start": "fixed"}  # fmt: skip

every_playbook = pytest.mark.parametrize("playbook", PLAYBOOKS, ids=lambda p: p.id)
every_call = pytest.mark.parametrize("playbook", CALLS, ids=lambda p: p.id)
every_view = pytest.mark.parametrize("playbook", VIEWS, ids=lambda p: p.id)


def said(**values):
    return {name: Answer(name, value, NOW) for name, value in values.items()}


def is_open(outcome):
    return getattr(outcome, "open", False)


def verdict(**values):
    return assess(BANT, resolve(BANT, said(**values), None, [], NOW)).verdict


@pytest.mark.parametrize("name", SHIPPED)
def test_it_reads_without_a_warning_under_its_name(name):
    assert check_playbook(SHIPPED[name]) == ()
    playbook = read_playbook(SHIPPED[name])
    assert name == f"{playbook.id}-v{playbook.version}"


def test_calls_are_held_in_seven_frameworks_and_read_in_five_more():
    assert {playbook.id for playbook in CALLS} == {
        "anum", "bant", "champ", "faint", "five-factors", "neat", "spiced",
    }  # fmt: skip
    assert {playbook.id for playbook in VIEWS} == {
        "gpctba-ci", "meddic", "meddicc", "meddpicc", "scotsman",
    }  # fmt: skip


@every_playbook
def test_each_decision_can_be_reached(playbook):
    open_ = (None,) * len(scorable_questions(playbook))
    assessment = assess(playbook, Resolved(open_, open_))
    assert assessment.reachable == DECISIONS
    assert not assessment.settled
    assert assessment.verdict is Verdict.UNDECIDED


@every_playbook
def test_each_decision_has_reasons_and_effects_use_those(playbook):
    assert playbook.reasons_for(Verdict.NURTURE)
    assert playbook.reasons_for(Verdict.DISQUALIFY)
    ids_of = {
        Effect.HOLD: {reason.id for reason in playbook.reasons_for(Verdict.NURTURE)},
        Effect.DISQUALIFY: {reason.id for reason in playbook.reasons_for(Verdict.DISQUALIFY)},
    }
    for question in playbook.questions:
        for outcome in outcomes_of(question):
            if outcome.effect:
                assert outcome.reasons
                assert set(outcome.reasons) <= ids_of[outcome.effect]


@every_playbook
def test_an_asked_choice_fits_nine_keys_and_can_stay_open(playbook):
    for question in playbook.questions:
        if question.ask and question.kind is Kind.CHOICE:
            assert len(question.options) <= 9
            assert (question.options[-1].id, question.options[-1].open) == ("unsaid", True)


@every_playbook
def test_two_ids_of_options_mean_the_same_everywhere(playbook):
    for question in playbook.questions:
        for option in question.options:
            assert option.open is (option.id == "unsaid")
            if option.id == "unknown":
                assert option.level == 1


@every_playbook
def test_whatever_is_asked_passes_on_by_fact_and_level(playbook):
    for question in playbook.questions:
        assert question.fact in FACTS
        if question.ask:
            levels = [o.level for o in (*question.options, *question.bands) if not is_open(o)]
            assert None not in levels, question.id


@every_playbook
def test_each_fact_that_is_asked_for_has_a_choice_with_every_level(playbook):
    for criterion in playbook.criteria:
        asked = [question for question in criterion.questions if question.ask]
        choices = {
            question.fact: {option.level for option in question.options if not option.open}
            for question in asked
            if question.kind is Kind.CHOICE
        }
        by_number = {q.fact for q in asked if q.kind is not Kind.TEXT and not q.source}
        assert by_number <= set(choices), criterion.id
        assert all(levels == {0, 1, 2, 3} for levels in choices.values()), criterion.id


@every_playbook
def test_the_criteria_weigh_the_same(playbook):
    for criterion in playbook.criteria:
        if criterion.scored:
            most = [max((o.points for o in outcomes_of(q)), default=0) for q in criterion.questions]
            assert sum(most) == 24, criterion.id


@every_playbook
def test_points_follow_the_levels(playbook):
    for criterion in playbook.criteria:
        for question in criterion.questions if criterion.scored else ():
            outcomes = (*question.options, *question.bands)
            step, rest = divmod(max((one.points for one in outcomes), default=0), 3)
            assert rest == 0
            assert [one.points for one in outcomes] == [step * (one.level or 0) for one in outcomes]


@every_view
def test_a_view_gives_only_the_reasons_its_answers_name(playbook):
    named = {name for q in playbook.questions for one in outcomes_of(q) for name in one.reasons}
    assert {reason.id for reason in playbook.reasons} == named


@every_call
def test_sales_reads_a_call_in_a_view_that_ships(playbook):
    assert playbook.handoff.view in {view.id for view in VIEWS}
    assert len(playbook.handoff.checklist) >= 4


@every_call
def test_a_call_gives_the_reasons_of_bant_by_the_same_ids(playbook):
    assert playbook.reasons == BANT.reasons


@every_call
def test_whatever_holds_a_lead_has_a_track_that_takes_it_on(playbook):
    tracked = {reason for track in playbook.nurture for reason in track.reasons}
    held = {reason.id for reason in playbook.reasons_for(Verdict.NURTURE)}
    assert held <= tracked


@every_call
def test_a_call_has_words_for_every_turn(playbook):
    assert {step.phase for step in playbook.script} == set(Phase)
    assert len(playbook.objections) >= 6
    assert playbook.grades is not None
    assert playbook.engagement == BANT.engagement


def test_no_two_frameworks_say_the_same():
    steps = [step for playbook in CALLS for step in playbook.script]
    spoken = [text for step in steps for text in (step.say, step.verbatim) if text]
    spoken += [objection.say for playbook in CALLS for objection in playbook.objections]
    assert len(spoken) == len(set(spoken))


@every_call
def test_the_opening_says_who_calls_from_where(playbook):
    opening = next(step.say for step in playbook.script if step.phase is Phase.OPENING)
    fields = {"rep.name": "Kim Lee", "rep.company": "Northwind"}
    said_aloud = "".join(part.text for part in render(opening, fields))
    assert "Kim Lee" in said_aloud
    assert "Northwind" in said_aloud
    unset = "".join(part.text for part in render(opening, {}))
    assert "[your name]" in unset
    assert "[your company]" in unset


@every_call
def test_a_lead_without_any_data_leaves_no_gap_in_what_is_said(playbook):
    fields = merge_fields(playbook, Lead("L1"), {})
    spoken = [step.say or step.verbatim for step in playbook.script]
    spoken += [question.ask for question in playbook.questions]
    spoken += [objection.say for objection in playbook.objections]
    spoken += [touch.template for track in playbook.nurture for touch in track.steps]
    for text in spoken:
        assert PartKind.MISSING not in {part.kind for part in render(text, fields)}, text


@every_call
def test_the_opening_must_be_said_and_comes_first(playbook):
    first = stops(playbook)[0].step
    assert first.phase is Phase.OPENING
    assert first.must_say


def walk(**values):
    """The ids of the stops of one call in which these answers are given."""
    route = stops(BANT)
    seen = []
    at = 0
    while at is not None:
        seen.append(route[at].question.id if route[at].question else route[at].step.id)
        at = next_stop(BANT, route, at, said(**values))
    return seen


def test_bant_asks_five_questions_when_all_goes_well():
    assert walk(**BEST) == ["opening", *BEST, "close"]


def test_bant_asks_for_the_way_on_where_something_is_missing():
    assert walk(**{**BEST, "signer": "gathers", "funding": "none", "start": "none"}) == [
        "opening", "problem", "signer", "introduction", "funding", "budget_date", "start",
        "call_again", "close",
    ]  # fmt: skip
    assert walk(problem="none") == ["opening", "problem", "close"]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, Verdict.PASS),
        ({"signer": "together", "funding": "planned", "amount": 30_000}, Verdict.PASS),
        ({"problem": "none"}, Verdict.DISQUALIFY),
        ({"signer": "gathers"}, Verdict.NURTURE),
        ({"signer": "unknown"}, Verdict.NURTURE),
        ({"signer": "unsaid"}, Verdict.NURTURE),
        ({"funding": "none"}, Verdict.NURTURE),
        ({"funding": "unsaid", "amount": None}, Verdict.PASS),
        ({"start": "none"}, Verdict.NURTURE),
        ({"start": "unsaid"}, Verdict.NURTURE),
    ],
)
def test_the_gates_of_bant(changed, expected):
    assert verdict(**{**BEST, **changed}) is expected


def test_bant_has_the_reason_codes():
    codes = """OUT_OF_ICP_SIZE OUT_OF_ICP_INDUSTRY OUT_OF_TERRITORY NO_NEED NEED_NOT_SERVED
        MISUNDERSTOOD_OFFER NO_FUNDS BUDGET_NEXT_CYCLE NO_AUTHORITY_NO_ROUTE NOT_NOW LOW_PRIORITY
        COMPETITOR_CONTRACT COMPETITOR_CHOSEN BUILDS_IN_HOUSE IS_COMPETITOR STUDENT_JOB_SEEKER
        VENDOR_SPAM DUPLICATE BAD_DATA COMPANY_CLOSED EXISTING_CUSTOMER PARTNER_ROUTE LEGAL_BLOCK
        ASKED_NOT_TO_BE_CONTACTED UNRESPONSIVE"""
    assert {reason.id for reason in BANT.reasons} == set(codes.lower().split())


def test_the_fit_of_bant_comes_from_the_lead():
    lead = Lead("L1", industry="Food manufacturing", employees=420, country="US")
    fit = assess(BANT, resolve(BANT, {}, lead, [], NOW)).criteria[-1]
    assert (fit.id, fit.earned, fit.most, fit.open) == ("fit", 100, 100, ())


def test_the_engagement_of_bant_counts_a_demo_request():
    activity = Activity("demo_request", NOW)
    assert resolve(BANT, {}, None, [activity], NOW).engagement == 60
