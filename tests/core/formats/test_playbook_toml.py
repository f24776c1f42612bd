# SPDX-License-Identifier: MIT
"""Playbook files: values of good ones, fingerprints, and files that are damaged or monstrous."""

import re
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leaddesk.core.domain.assessment import assess
from leaddesk.core.domain.call import Answer
from leaddesk.core.domain.playbook import (
    ActivityType,
    Band,
    Branch,
    DecisionRule,
    Effect,
    EngagementRule,
    Evidence,
    GradeRule,
    HandoffRule,
    Kind,
    Objection,
    Option,
    Phase,
    Playbook,
    Reason,
    ReasonKind,
    Route,
    Step,
    Track,
    TrackStep,
    Use,
)
from leaddesk.core.domain.resolve import resolve
from leaddesk.core.domain.verdict import Verdict
from leaddesk.core.formats.mistakes import PlaybookErrors, Severity
from leaddesk.core.formats.playbook_toml import MOST_CHARACTERS, check_playbook, read_playbook
from leaddesk.resources import texts
from tests.helpers.playbook_texts import FULL, SMALL


def found_in(text):
    return [(mistake.code, mistake.line) for mistake in check_playbook(text)]


def test_a_full_file_reads_without_a_warning():
    assert check_playbook(FULL) == ()
    assert check_playbook(SMALL) == ()


def test_the_smallest_playbook_of_the_format_page_reads():
    page = (Path(__file__).parents[3] / "docs" / "playbook-format.md").read_text(encoding="utf-8")
    example = re.search(r"```toml\n(.*?)```", page, re.DOTALL)
    assert example is not None
    assert check_playbook(example[1]) == ()


def test_a_playbook_is_for_calls_unless_it_says_it_is_a_view():
    assert read_playbook(SMALL).use is Use.CALL
    assert read_playbook('use = "call"\n' + SMALL).use is Use.CALL
    view = 'use = "view"\n' + SMALL
    assert check_playbook(view) == ()
    assert read_playbook(view).use is Use.VIEW


def test_another_use_is_refused_with_what_is_allowed():
    (mistake,) = check_playbook('use = "views"\n' + SMALL)
    assert (mistake.code, mistake.key, mistake.line) == ("wrong_value", "use", 1)
    assert mistake.meant == "view"
    assert "call" in mistake.allowed


def test_the_values_of_a_full_file():
    playbook = read_playbook(FULL)
    need, money, fit = playbook.criteria
    assert (playbook.id, playbook.version, playbook.title) == ("small", 2, "small")
    assert playbook.decision == DecisionRule(70, 40, 50, Evidence.SAID)
    assert (need.title, need.required, need.minimum, need.scored) == ("need", False, None, True)
    assert (money.title, money.required, money.minimum) == ("Money", True, 5)
    assert fit.scored is False
    total = playbook.question("sum")
    assert total.kind is Kind.MONEY
    assert (total.fact, total.source, total.stale_after_days) == ("MONEY", "lead.revenue", 90)
    assert total.bands == (Band(-5, "-5 and more"), Band(20000, "20k", 12, 3))
    assert playbook.question("pains").at_most == 12
    assert playbook.question("pains").options[1] == Option(
        "dear", "Dear", 8, effect=Effect.HOLD, reason="too_dear"
    )
    assert playbook.question("field").options[0].matches == ("manu*", "food")
    assert playbook.question("field").options[2].open
    assert playbook.question("agreed").options[1].points == -3
    assert playbook.engagement == EngagementRule(
        30, (ActivityType("webinar", 20, 40), ActivityType("demo", 60, 100, strong=True))
    )
    assert playbook.grades == GradeRule("fit", 80, 60, 40, (50, 20, 5), 30)


def test_the_script_and_the_small_tables_of_a_full_file():
    playbook = read_playbook(FULL)
    assert playbook.script[1] == Step(
        "ask",
        "Ask",
        Phase.DISCOVERY,
        say="You said {{ answer.problem }}",
        questions=("problem", "sum", "pains", "agreed", "words"),
        branch=(Branch((("problem", ("none",)), ("sum", ("20000",))), "bye"),),
        next="bye",
    )
    assert playbook.script[0].must_say
    assert playbook.objections == (
        Objection("price", "Too dear", "Compared with what?", ("dear",), "sum"),
    )
    assert playbook.nurture == (
        Track(
            "later",
            ("too_dear",),
            ("money",),
            90,
            "words",
            (TrackStep(0, "email", "Hello {{ lead.name }}"),),
        ),
    )
    assert playbook.routing == (Route(("a@example.com",), (("country", ("US", "CA")),), 80),)
    assert playbook.reasons[1] == Reason(
        "no_need", "No need", (ReasonKind.TERMINAL, ReasonKind.SUPPRESS)
    )
    assert playbook.handoff == HandoffRule(("next step agreed",), "meddic")


WORKED_EXAMPLE = """\
schema = 1
id = "worked"
version = 4
[decision]
pass_at = 70
nurture_at = 40
minimum_coverage = 50
[[criteria]]
id = "authority"
required = true
  [[criteria.questions]]
  id = "signer"
  kind = "choice"
  options = [
    { id = "alone",    label = "Signs alone",             points = 25, level = 3 },
    { id = "together", label = "Signs with someone else", points = 20, level = 2 },
    { id = "gathers",  label = "Gathers information",     points = 0,  level = 0, effect = "hold", reason = "no_authority" },
    { id = "unsaid",   label = "Would not say",           open = true },
  ]
[[criteria]]
id = "money"
  [[criteria.questions]]
  id = "budget"
  kind = "money"
  ask = "What have you set aside for this?"
  bands = [ { at_least = 0, points = 0, label = "under 20k" }, { at_least = 20000, points = 15, label = "20k and up" } ]
"""  # noqa: E501 - laid out as people write it


def test_a_file_assesses_as_its_worked_example_says():
    playbook = read_playbook(WORKED_EXAMPLE)
    now = datetime(2026, 11, 22, tzinfo=UTC)
    answers = {"signer": Answer("signer", "together", now)}
    assessment = assess(playbook, resolve(playbook, answers, None, [], now))
    assert (assessment.most, assessment.earned, assessment.score) == (40, 20, 50)
    assert (assessment.low, assessment.high, assessment.coverage) == (50, 87.5, 62.5)
    assert assessment.verdict is Verdict.NURTURE
    assert assessment.flips == {Verdict.PASS: ({"budget": 20000},)}


def test_reasons_are_free_where_no_table_lists_them():
    text = SMALL.replace("points = 0", 'effect = "disqualify", reason = "whatever"')
    assert read_playbook(text).reason_label("whatever") == "whatever"


def test_the_fingerprint_is_of_the_values_not_of_the_text():
    rewritten = "# a comment\n" + SMALL.replace("pass_at = 70\n", "").replace(
        "nurture_at = 40", "nurture_at = 0x28\n\npass_at = 70 # seventy"
    )
    assert read_playbook(rewritten).fingerprint == read_playbook(SMALL).fingerprint
    changed = SMALL.replace("pass_at = 70", "pass_at = 71")
    assert read_playbook(changed).fingerprint != read_playbook(SMALL).fingerprint


def test_the_fingerprint_is_sha256_of_canonical_json():
    accented = SMALL.replace("Nothing", "Rien à faire")
    from_the_file = read_playbook(accented).fingerprint
    canonical = (
        '{"criteria":[{"id":"need","questions":[{"ask":"What goes wrong?","id":"problem",'
        '"kind":"choice","options":[{"id":"much","label":"Much","points":10},{"id":"some","label":"Some","points":5},'
        '{"id":"none","label":"Rien à faire","points":0}]}]}],"decision":{"minimum_coverage":50,'
        '"nurture_at":40,"pass_at":70},"id":"small","schema":1,"version":2}'
    )
    assert from_the_file == sha256(canonical.encode()).hexdigest()


def test_a_byte_order_mark_and_windows_line_ends_change_nothing():
    windows = "\ufeff" + FULL.replace("\n", "\r\n")
    assert read_playbook(windows) == read_playbook(FULL)


def test_a_huge_file_is_refused_with_a_sentence():
    assert found_in("#" * (MOST_CHARACTERS + 1)) == [("too_large", 1)]


@pytest.mark.parametrize(
    "text",
    [
        "\ud800",
        "a = '\x00'",
        "a = " + "9" * 10_000,
        "a = 0x" + "f" * 10_000,
        "a = " + "[" * 100_000,
        ".".join("a" * 100_000) + " = 1",
        "a = " + "{ b = " * 100_000,
        "\n".join(f"[t{n}]" for n in range(100_000)),
        "\n".join("[[criteria]]" for _ in range(50_000)),
        FULL.replace("Compared with what?", "{{" * 400_000),
    ],
    ids=map(str, range(10)),
)
def test_monstrous_files_are_refused_with_sentences(text):
    with pytest.raises(PlaybookErrors) as caught:
        read_playbook(text)
    assert all(len(mistake.sentence) < 1000 for mistake in caught.value.mistakes)


def test_reading_stops_after_very_many_mistakes():
    mistakes = check_playbook(SMALL + "\n".join(f"[t{n}]" for n in range(1000)))
    assert mistakes[-1].code == "too_many_mistakes"
    assert len(mistakes) < 1000


BANT = texts("playbooks", ".toml")["bant-v1"]
TOKENS = [match.span() for match in re.finditer(r'"[^"\n]*"|[\w.-]+|[\[\]{},=]', BANT)]
LINES = BANT.split("\n")
STRANGE = (
    "", '""', "true", "-1", "0", "1.5", "99999999999999999999", "nan", "[]", "{}", "[[1]]",
    "1979-05-27", '"{{ lead.x }}"', '"{{"', "'x'", '"yes"', "open", "kind", "=", "\n", "#", '"""',
)  # fmt: skip


@st.composite
def mutated(draw):
    """The shipped playbook with a few of its tokens replaced, and lines moved, doubled or lost."""
    text = BANT
    for start, end in sorted(draw(st.lists(st.sampled_from(TOKENS), max_size=4)), reverse=True):
        text = text[:start] + draw(st.sampled_from(STRANGE)) + text[end:]
    lines = text.split("\n")
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(lines) - 1))
        lines[at : at + 1] = draw(
            st.sampled_from([[], [lines[at]] * 2, [draw(st.sampled_from(LINES))]])
        )
        lines = lines or [""]
    return "\n".join(lines)


@settings(max_examples=200, deadline=None)
@given(mutated())
def test_a_damaged_file_gives_a_playbook_or_its_mistakes(text):
    errors = [m for m in check_playbook(text) if m.severity is Severity.ERROR]
    assert all(1 <= m.line <= text.count("\n") + 1 and m.sentence for m in errors)
    if errors:
        with pytest.raises(PlaybookErrors) as caught:
            read_playbook(text)
        assert caught.value.mistakes == tuple(errors)
    else:
        assert isinstance(read_playbook(text), Playbook)


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_text_gives_a_playbook_or_its_mistakes(text):
    with pytest.raises(PlaybookErrors):
        read_playbook(text)


def test_points_too_fine_to_be_assessed_at_once_are_refused() -> None:
    questions = "".join(
        """[[criteria.questions]]
id = "more{number}"
kind = "choice"
ask = "?"
options = [ { id = "a", label = "A", points = 1000 }, { id = "b", label = "B", points = {number} } ]
""".replace("{number}", str(number))
        for number in range(1, 40)
    )
    (mistake,) = check_playbook(SMALL + questions)
    assert mistake.code == "too_fine"
    assert read_playbook(SMALL + questions.replace("points = 1000", "points = 40"))
