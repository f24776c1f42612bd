# SPDX-License-Identifier: MIT
"""The script of a call: merge fields as people see them, and the way through its stops."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaddesk.core.domain.call import Answer
from leaddesk.core.domain.lead import Lead
from leaddesk.core.domain.playbook import (
    Band,
    Branch,
    Criterion,
    DecisionRule,
    Kind,
    Option,
    Phase,
    Playbook,
    Question,
    Step,
)
from leaddesk.core.domain.script import (
    LEAD_FIELDS,
    MergeField,
    PartKind,
    TextPart,
    merge_fields,
    next_stop,
    pieces,
    render,
    stops,
)

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
YES_NO = (Option("yes", "Yes"), Option("no", "No"), Option("unsaid", "Would not say", open=True))
ASKED = Question("signer", Kind.CHOICE, "Who signs?", options=YES_NO)
PAINS = Question("pains", Kind.CHOICES, "Which?", options=YES_NO[:2])
MONEY = Question("money", Kind.MONEY, "How much?", bands=(Band(0, "little"), Band(100, "much")))
WORDS = Question("words", Kind.TEXT, "In your words?")


def step(step_id, *questions, phase=Phase.DISCOVERY, to="", branch=()):
    return Step(step_id, step_id, phase, questions=questions, next=to, branch=branch)


def playbook(*script, questions=(ASKED, PAINS, MONEY, WORDS)):
    return Playbook(
        "p",
        1,
        "P",
        DecisionRule(70, 40, 50),
        (Criterion("one", "One", questions),),
        script=script,
    )


def said(**values):
    return {name: Answer(name, value, NOW) for name, value in values.items()}


def ids(book):
    return [(stop.step.id, stop.question.id if stop.question else None) for stop in stops(book)]


def after(book, current, **values):
    """Where the script goes on behind the stop of that step or question."""
    route = stops(book)
    names = [stop.question.id if stop.question else stop.step.id for stop in route]
    following = next_stop(book, route, names.index(current), said(**values))
    return None if following is None else names[following]


FIELD, PLAIN, MISSING = PartKind.FIELD, PartKind.PLAIN, PartKind.MISSING


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hello", [("Hello", PLAIN)]),
        ("", []),
        ("{{lead.first_name}}", [("Ruth", FIELD)]),
        ("Hi {{ lead.first_name }}, hi", [("Hi ", PLAIN), ("Ruth", FIELD), (", hi", PLAIN)]),
        ('{{ lead.first_name | default("you") }}', [("Ruth", FIELD)]),
        ('{{ lead.last_name | default("you") }}', [("you", FIELD)]),
        ("{{ lead.last_name | default('you') }}", [("you", FIELD)]),
        ("{{ lead.last_name | default 'you' }}", [("you", FIELD)]),
        ('{{lead.last_name|default "you"}}', [("you", FIELD)]),
        ('{{ lead.last_name | default("") }}', [("", FIELD)]),
        ("{{ lead.last_name }}", [("last name?", MISSING)]),
        ("{{ company.name }}", [("company name?", MISSING)]),
        ("{{ rep.name }}", [("your name?", MISSING)]),
        ("{{ answer.budget-date }}", [("budget date?", MISSING)]),
        ("{{ lead.last_name | upper }}", [("{{ lead.last_name | upper }}", PLAIN)]),
        ("{{ 1 + 1 }} {{", [("{{ 1 + 1 }} {{", PLAIN)]),
        ("{ lead.first_name }", [("{ lead.first_name }", PLAIN)]),
    ],
)
def test_merge_fields_are_filled_in(text, expected):
    parts = render(text, {"lead.first_name": "Ruth"})
    assert parts == tuple(TextPart(*part) for part in expected)


def test_a_value_is_never_read_as_a_merge_field():
    hostile = "{{ lead.email }}<b>"
    parts = render("{{ lead.company }}", {"lead.company": hostile, "lead.email": "a@example.com"})
    assert parts == (TextPart(hostile, FIELD),)


@given(st.text(alphabet="{}|()'\"abelrd. _-", max_size=80))
def test_no_text_loses_a_character_outside_of_merge_fields(text):
    plain = "".join(piece for piece in pieces(text) if isinstance(piece, str))
    if not any(isinstance(piece, MergeField) for piece in pieces(text)):
        assert plain == text
    assert "".join(part.text for part in render(text, {}) if part.kind is PLAIN) == plain


def test_very_many_braces_take_no_time():
    assert render("{{" * 200_000, {}) == (TextPart("{{" * 200_000, PLAIN),)
    spaces = "{{ lead.a |" + " " * 200_000 + "}}"
    assert render(spaces, {}) == (TextPart(spaces, PLAIN),)


def test_the_fields_of_a_lead():
    lead = Lead(
        "L1", first_name="Ruth", last_name="Adeyemi", company="Halden", employees=420,
        tags=("warm", "fair"), do_not_call=True, last_activity_at=NOW,
    )  # fmt: skip
    values = merge_fields(playbook(), lead, {})
    assert values["lead.name"] == "Ruth Adeyemi"
    assert values["company.name"] == values["lead.company"] == "Halden"
    assert values["lead.employees"] == "420"
    assert values["lead.tags"] == "warm, fair"
    assert values["lead.last_activity_at"] == "2026-11-22"
    assert (values["lead.do_not_call"], values["lead.opted_out"]) == ("yes", "no")
    assert "lead.email" not in values
    assert {name.removeprefix("lead.") for name in values if name.startswith("lead.")} <= set(
        LEAD_FIELDS
    )


def test_maps_of_a_lead_are_no_fields():
    assert not {"extra", "external_ids", "as_written"} & set(LEAD_FIELDS)


def test_answers_are_fields_by_their_labels():
    answers = said(signer="yes", pains=("yes", "no"), money=250, words="as they said")
    values = merge_fields(playbook(), Lead("L1"), answers)
    assert values["answer.signer"] == "Yes"
    assert "Yes" in values["answer.pains"]
    assert values["answer.words"] == "as they said"
    assert "answer.money" in values


def test_what_was_not_said_is_no_field():
    values = merge_fields(playbook(), Lead("L1"), said(signer="unsaid", words=None))
    assert not any(name.startswith("answer.") for name in values)


def test_stops_are_the_questions_of_the_conversation_in_file_order():
    book = playbook(
        step("desk", phase=Phase.GATEKEEPER),
        step("hello", phase=Phase.OPENING),
        step("first", "signer", "money"),
        step("second", "pains", "words"),
        step("bye", phase=Phase.CLOSE),
    )
    assert ids(book) == [
        ("hello", None),
        ("first", "signer"),
        ("first", "money"),
        ("second", "pains"),
        ("second", "words"),
        ("bye", None),
    ]


def test_questions_of_no_step_come_before_the_close():
    book = playbook(step("hello", "signer"), step("bye", phase=Phase.CLOSE))
    assert ids(book) == [
        ("hello", "signer"),
        ("criterion.one", "pains"),
        ("criterion.one", "money"),
        ("criterion.one", "words"),
        ("bye", None),
    ]
    assert stops(book)[1].step.title == "One"


def test_without_a_script_every_question_is_a_stop():
    assert [question for _, question in ids(playbook())] == ["signer", "pains", "money", "words"]


def test_a_question_answered_from_data_alone_is_no_stop():
    silent = replace(ASKED, ask="", source="lead.industry")
    spoken = replace(MONEY, source="lead.revenue")
    assert ids(playbook(questions=(silent, spoken))) == [("criterion.one", "money")]


BRANCHES = (
    Branch((("signer", ("no", "unsaid")),), "third"),
    Branch((("money", ("100",)), ("pains", ("yes",))), "fourth"),
)
BRANCHED = playbook(
    step("first", "signer", "money", branch=BRANCHES, to="fourth"),
    step("second", "words"),
    step("third", "pains"),
    step("fourth", phase=Phase.CLOSE),
)


@pytest.mark.parametrize(
    ("current", "values", "expected"),
    [
        ("signer", {}, "money"),
        ("signer", {"signer": "yes"}, "money"),
        ("signer", {"signer": "no"}, "pains"),
        ("signer", {"signer": "unsaid"}, "pains"),
        ("signer", {"signer": None}, "money"),
        ("signer", {"money": 100, "pains": ("yes",)}, "money"),
        ("money", {}, "fourth"),
        ("money", {"signer": "no"}, "pains"),
        ("money", {"money": 100}, "fourth"),
        ("words", {}, "pains"),
        ("pains", {}, "fourth"),
        ("fourth", {}, None),
    ],
)
def test_the_way_on(current, values, expected):
    assert after(BRANCHED, current, **values) == expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"money": 99, "pains": ("yes",)}, "words"),
        ({"money": 100, "pains": ("no",)}, "words"),
        ({"money": 100, "pains": ()}, "words"),
        ({"money": 100, "pains": ("no", "yes")}, "bye"),
        ({"money": 5000, "pains": ("yes",)}, "bye"),
    ],
)
def test_a_branch_takes_all_its_answers_bands_and_choices(values, expected):
    branch = Branch((("money", ("100",)), ("pains", ("yes",))), "bye")
    book = playbook(
        step("first", "money", "pains", branch=(branch,)),
        step("second", "words", "signer"),
        step("bye", phase=Phase.CLOSE),
    )
    assert after(book, "pains", **values) == expected


def test_a_step_that_leads_out_of_the_conversation_goes_on_in_file_order():
    book = playbook(
        step("first", "signer", to="desk"),
        step("desk", phase=Phase.GATEKEEPER),
        step("bye", "money", "pains", "words", phase=Phase.CLOSE),
    )
    assert after(book, "signer") == "money"
