# SPDX-License-Identifier: MIT
"""Prospects to rehearse with: any playbook has them, and what they say is what is true."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaddesk.core.domain.chances import chances
from leaddesk.core.domain.lead import Lead
from leaddesk.core.domain.made_up import COMPANIES
from leaddesk.core.domain.outcomes import outcome_index
from leaddesk.core.domain.playbook import (
    NUMBER_KINDS,
    Band,
    Criterion,
    DecisionRule,
    Effect,
    Kind,
    Option,
    Phase,
    Playbook,
    Question,
    Step,
)
from leaddesk.core.domain.rehearsal import (
    MOODS,
    Prospect,
    asked_questions,
    make_prospect,
    reply,
    spoken,
)
from leaddesk.core.domain.resolve import outcome_from_data
from leaddesk.core.domain.scoring import OPEN, sheet_of
from leaddesk.core.domain.verdict import DECISIONS, Verdict
from tests.helpers.picks import pick_by
from tests.helpers.playbooks import playbooks

PROBLEM = Question(
    "problem",
    Kind.CHOICE,
    "What goes wrong?",
    options=(
        Option("measured", "A specific problem.", 20),
        Option("wish", "General wish", 8),
        Option("none", "No problem", 0, effect=Effect.DISQUALIFY, reason="no_need"),
        Option("unsaid", "Would not say", open=True),
    ),
)
PAINS = Question(
    "pains",
    Kind.CHOICES,
    "Which?",
    options=(Option("time", "Lost time"), Option("it", "IT trouble"), Option("cash", "Lost cash")),
)
SIGNS = Question(
    "signs", Kind.YES_NO, "Do you sign?", options=(Option("yes", "Yes", 10), Option("no", "No"))
)
AMOUNT = Question(
    "amount", Kind.MONEY, "How much?", bands=(Band(0, "little"), Band(20_000, "much", 10))
)
START = Question("start", Kind.MONTHS, "When?", bands=(Band(1, "now", 10), Band(2, "later")))
WORDS = Question("words", Kind.TEXT, "In your words?")
INDUSTRY = Question(
    "industry",
    Kind.CHOICE,
    "",
    source="lead.industry",
    options=(
        Option("ours", "", 5, matches=("*manufact*",)),
        Option("rival", "", 0, effect=Effect.DISQUALIFY, reason="rival", matches=("*software*",)),
        Option("other", "", 0, matches=("*",)),
    ),
)
SIZE = Question(
    "size", Kind.NUMBER, "", source="lead.employees", bands=(Band(1, "small"), Band(50, "", 5))
)
ACTIVE = Question(
    "active", Kind.NUMBER, "", source="activity.score", bands=(Band(0, "idle"), Band(30, "", 5))
)
CALL = (PROBLEM, PAINS, SIGNS, AMOUNT, START, WORDS)
DATA = (INDUSTRY, SIZE, ACTIVE)
PLAYBOOK = Playbook(
    "p",
    1,
    "P",
    DecisionRule(70, 40, 50),
    (Criterion("call", "Call", CALL), Criterion("fit", "Fit", DATA, scored=False)),
    script=(Step("desk", "Desk", Phase.GATEKEEPER, questions=("words",)),),
    fingerprint="rehearsed",
)
FIELDS = ["lead.industry", "lead.employees", "lead.tags", "lead.do_not_call", "activity.score"]

seeds = st.integers(0, 2**32)


@st.composite
def any_playbooks(draw: st.DrawFn) -> Playbook:
    """A random playbook, some questions of which data answers, with words or without."""
    playbook = draw(playbooks())
    criteria = []
    for criterion in playbook.criteria:
        own = []
        for question in criterion.questions:
            if question.kind is not Kind.TEXT and draw(st.booleans()):
                patterns = draw(st.sampled_from([("*",), ("*manufact*", "*a*"), ("x",), ()]))
                options = tuple(
                    option if option.open else replace(option, matches=patterns)
                    for option in question.options
                )
                question = replace(  # noqa: PLW2901 - the same question, answered by data
                    question,
                    source=draw(st.sampled_from(FIELDS)),
                    ask=draw(st.sampled_from(["", "?"])),
                    options=options,
                )
            own.append(question)
        criteria.append(replace(criterion, questions=tuple(own)))
    return replace(playbook, criteria=tuple(criteria))


def prospect(seed: int = 1, playbook: Playbook = PLAYBOOK) -> Prospect:
    return make_prospect(playbook, pick_by(seed))


def somebody(mood: str = "friendly", reluctant: tuple[str, ...] = (), **truth) -> Prospect:
    return Prospect(Lead("", first_name="Sam"), truth, frozenset(reluctant), mood)


def codes(playbook: Playbook, of: Prospect) -> list[int]:
    """Return the outcome of each question, from the truth and the lead's data."""
    found = []
    for one in sheet_of(playbook).asked:
        question = one.question
        if question.id in of.truth:
            code = outcome_index(question, of.truth[question.id])
        elif question.source == "activity.score":
            code = outcome_from_data(question, 0)
        else:
            field = question.source.removeprefix("lead.")
            code = outcome_from_data(question, getattr(of.lead, field))
        found.append(OPEN if code is None else code)
    return found


def test_the_truth_holds_every_question_that_is_asked_and_no_other():
    assert [question.id for question in asked_questions(PLAYBOOK)] == [q.id for q in CALL]
    assert list(prospect().truth) == [question.id for question in CALL]


@given(any_playbooks(), seeds)
def test_any_playbook_has_prospects_whose_truth_is_an_answer_to_every_question(playbook, seed):
    found = prospect(seed, playbook)
    assert found.truth.keys() == {question.id for question in asked_questions(playbook)}
    assert found.reluctant <= found.truth.keys()
    for question_id, true in found.truth.items():
        question = playbook.question(question_id)
        if question.kind is Kind.TEXT:
            assert isinstance(true, str)
            assert true
            assert question_id not in found.reluctant
        else:
            assert outcome_index(question, true) is not None


@given(any_playbooks(), seeds)
def test_the_same_picks_make_the_same_prospect(playbook, seed):
    assert prospect(seed, playbook) == prospect(seed, playbook)


@given(any_playbooks(), seeds)
def test_the_verdict_is_one_the_playbook_can_reach(playbook, seed):
    found = codes(playbook, prospect(seed, playbook))
    assert chances(sheet_of(playbook), found).reachable


@given(playbooks(), seeds)
def test_every_verdict_that_can_be_reached_comes_up(playbook, seed):
    # A third of all prospects at least: a hundred without one verdict are one in 10^17.
    sheet = sheet_of(playbook)
    reachable = set(chances(sheet, [OPEN] * len(sheet.asked)).reachable)
    pick = pick_by(seed)
    found = set()
    for _ in range(100):
        one = make_prospect(playbook, pick)
        found.add(sheet.score(codes(playbook, one)).verdict)
        if found == reachable:
            break
    assert found == reachable


PICKY = replace(
    INDUSTRY,
    options=(
        Option("ours", "", 5, matches=("*manufact*",)),
        Option("other", "", 0, effect=Effect.DISQUALIFY, reason="other", matches=("*",)),
    ),
)
AGAIN = replace(INDUSTRY, id="again", options=(Option("all", "", 1, matches=("*",)),))
GATE = replace(ACTIVE, bands=(Band(0, "idle", 0, effect=Effect.HOLD), Band(30, "", 5)))

BARRED = Question(
    "barred",
    Kind.CHOICE,
    "",
    source="lead.do_not_call",
    options=(Option("no", "", effect=Effect.HOLD, matches=("false",)),),
)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (DATA, set(DECISIONS)),
        ((PICKY, AGAIN, SIZE), set(DECISIONS)),
        ((GATE,), {Verdict.NURTURE, Verdict.DISQUALIFY}),
        ((BARRED,), {Verdict.NURTURE, Verdict.DISQUALIFY}),
    ],
)
def test_each_verdict_that_data_leaves_is_equally_likely(data, expected):
    fit = Criterion("fit", "Fit", data, scored=False)
    name = " ".join(question.id for question in data)
    playbook = replace(PLAYBOOK, criteria=(PLAYBOOK.criteria[0], fit), fingerprint=name)
    sheet = sheet_of(playbook)
    counts = Counter(
        sheet.score(codes(playbook, prospect(seed, playbook))).verdict for seed in range(300)
    )
    assert counts.keys() == expected
    assert min(counts.values()) > 0.75 * 300 / len(expected)


def test_data_that_nobody_asks_for_is_made_up_to_suit():
    for seed in range(60):
        found = prospect(seed)
        assert found.lead.industry
        assert found.lead.employees >= 1
        verdict = sheet_of(PLAYBOOK).score(codes(PLAYBOOK, found)).verdict
        if verdict is not Verdict.DISQUALIFY:
            assert "software" not in found.lead.industry.casefold()


def test_a_field_that_two_questions_read_has_one_value():
    criteria = (Criterion("c", "C", (PROBLEM, INDUSTRY, AGAIN)),)
    playbook = replace(PLAYBOOK, criteria=criteria, fingerprint="again")
    for seed in range(20):
        assert OPEN not in codes(playbook, prospect(seed, playbook))


def test_the_made_up_name_of_the_company_stays():
    named = replace(INDUSTRY, id="named", source="lead.company")
    fit = Criterion("fit", "Fit", (named,), scored=False)
    playbook = replace(PLAYBOOK, criteria=(PLAYBOOK.criteria[0], fit), fingerprint="named")
    for seed in range(20):
        assert prospect(seed, playbook).lead.company in COMPANIES


def test_moods_and_reluctance_come_up():
    found = [prospect(seed) for seed in range(100)]
    assert {one.mood for one in found} == set(MOODS)
    assert {name for one in found for name in one.reluctant} == {q.id for q in CALL} - {"words"}


@given(any_playbooks(), seeds, st.integers(1, 4))
def test_a_prospect_has_a_reply_to_every_question(playbook, seed, times_asked):
    found = prospect(seed, playbook)
    for question in playbook.questions:
        said = reply(playbook, found, question.id, times_asked)
        assert said.words
        assert "{" not in said.words
        is_reluctant = question.id in found.reluctant and times_asked == 1
        assert said.evasive is (is_reluctant or question.id not in found.truth)
        if not said.evasive and question.kind in NUMBER_KINDS:
            assert f"{found.truth[question.id]:,}" in said.words


def test_the_reluctant_say_it_when_they_are_asked_again():
    guarded = somebody("guarded", ("signs",), signs="yes")
    first, second = (reply(PLAYBOOK, guarded, "signs", times) for times in (1, 2))
    assert (first.words, first.evasive) == ("I'd rather not say yet.", True)
    assert (second.words, second.evasive) == ("If you have to know: yes.", False)


def test_asking_again_gets_the_same_in_other_words():
    busy = somebody("busy", amount=25_000)
    said = [reply(PLAYBOOK, busy, "amount", times).words for times in (1, 2, 3, 4)]
    assert said[0] == said[3]
    assert len(set(said)) == 3
    assert all("25,000" in words for words in said)


@pytest.mark.parametrize(
    ("question", "true", "words"),
    [
        (PROBLEM, "measured", "A specific problem"),
        (PAINS, (), "none of those"),
        (PAINS, ("it",), "IT trouble"),
        (PAINS, ("time", "it"), "Lost time and IT trouble"),
        (PAINS, ("time", "it", "cash"), "Lost time, IT trouble and lost cash"),
        (SIGNS, "no", "No"),
        (AMOUNT, 19_900, "19,900"),
        (START, 1, "1 month"),
        (START, 14, "14 months"),
        (WORDS, "Pat, in spring.", "Pat, in spring."),
    ],
)
def test_answers_are_spoken_as_people_do(question, true, words):
    assert spoken(question, true) == words


def test_braces_in_a_label_are_only_braces():
    odd = replace(SIGNS, options=(Option("yes", "{words} {0}", 1), Option("no", "No")))
    playbook = replace(PLAYBOOK, criteria=(Criterion("c", "C", (odd,)),), fingerprint="odd")
    said = reply(playbook, somebody("busy", signs="yes"), "signs", 3)
    assert said.words == "{words} {0}."


def test_what_the_call_does_not_ask_is_not_known():
    said = reply(PLAYBOOK, prospect(), "industry", 1)
    assert said.evasive
    with pytest.raises(KeyError):
        reply(PLAYBOOK, prospect(), "no_such_question", 1)
