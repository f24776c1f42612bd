# SPDX-License-Identifier: MIT
"""Playbook files: the values of a good one, and every mistake of bad ones with its line."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leaddesk.core.domain.assessment import assess
from leaddesk.core.domain.call import Answer
from leaddesk.core.domain.decision import Verdict
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
)
from leaddesk.core.domain.resolve import resolve
from leaddesk.core.errors import KnownError
from leaddesk.core.formats.mistakes import SENTENCES, WARNINGS, PlaybookErrors, Severity
from leaddesk.core.formats.playbook_toml import MOST_CHARACTERS, check_playbook, read_playbook
from leaddesk.resources import texts

SMALL = """\
schema = 1
id = "small"
version = 2
[decision]
pass_at = 70
nurture_at = 40
minimum_coverage = 50
[[criteria]]
id = "need"
[[criteria.questions]]
id = "problem"
kind = "choice"
ask = "What goes wrong?"
options = [
  { id = "much", label = "Much", points = 10 },
  { id = "some", label = "Some", points = 5 },
  { id = "none", label = "Nothing", points = 0 },
]
"""

FULL = (
    SMALL
    + """\
[[criteria]]
id = "money"
title = "Money"
about = "About money"
required = true
minimum = 5
  [[criteria.questions]]
  id = "sum"
  kind = "money"
  ask = "How much, {{ lead.first_name | default('if I may ask') }}?"
  listen_for = "A range"
  fact = "MONEY"
  from = "lead.revenue"
  stale_after_days = 90
  bands = [
    { at_least = -5 },
    { at_least = 20000, label = "20k", points = 12, level = 3 },
  ]
  [[criteria.questions]]
  id = "pains"
  kind = "choices"
  ask = "Which of these?"
  at_most = 12
  options = [
    { id = "slow", label = "Slow", points = 8 },
    { id = "dear", label = "Dear", points = 8, effect = "hold", reason = "too_dear" },
  ]
[[criteria]]
id = "fit"
scored = false
  [[criteria.questions]]
  id = "field"
  kind = "choice"
  from = "lead.industry"
  options = [
    { id = "ours", label = "Ours", points = 1, matches = ["manu*", "food"] },
    { id = "not", label = "Not", effect = "disqualify", reason = "no_need", matches = ["*"] },
    { id = "unsaid", label = "Would not say", open = true },
  ]
  [[criteria.questions]]
  id = "agreed"
  kind = "yes_no"
  ask = "Agreed?"
  options = [
    { id = "yes", label = "Yes" },
    { id = "no", label = "No", points = -3 },
  ]
  [[criteria.questions]]
  id = "words"
  kind = "text"
  ask = "In your words?"
[engagement]
half_life_days = 30
webinar = { points = 20, at_most = 40 }
[engagement.demo]
points = 60
strong = true
[grades]
fit = { criterion = "fit", a = 80, b = 60, c = 40 }
engagement = [50, 20, 5]
mql_at = 30
[[script]]
id = "hello"
phase = "opening"
verbatim = "Hello, {{ rep.name }} speaking for {{ company.name }}"
must_say = true
[[script]]
id = "ask"
title = "Ask"
phase = "discovery"
say = "You said {{ answer.problem }}"
questions = ["problem", "sum", "pains", "agreed", "words"]
next = "bye"
[[script.branch]]
when = { problem = ["none"], sum = [20000] }
to = "bye"
[[script]]
id = "bye"
phase = "close"
[[objections]]
id = "price"
title = "Too dear"
listen_for = ["dear"]
say = "Compared with what?"
then = "sum"
[[nurture]]
id = "later"
when = { reasons = ["too_dear"], weakest = ["money"] }
date_question = "words"
steps = [ { after_days = 0, kind = "email", template = "Hello {{ lead.name }}" } ]
[[routing]]
when = { country = ["US", "CA"], score_at_least = 80 }
to = ["a@example.com"]
[[reasons]]
id = "too_dear"
label = "Too dear"
kinds = ["nurture"]
[[reasons]]
id = "no_need"
label = "No need"
kinds = ["terminal", "suppress"]
[handoff]
checklist = ["next step agreed"]
view = "meddic"
"""
)


@dataclass(frozen=True)
class Case:
    """A text made bad in one place: `new` instead of `old`, reported where `mark` stands."""

    code: str
    old: str
    new: str
    mark: str = ""
    text: str = FULL

    @property
    def bad(self) -> str:
        assert self.text.count(self.old) >= 1, self.old
        return self.text.replace(self.old, self.new, 1)

    @property
    def line(self) -> int:
        return self.bad[: self.bad.index(self.mark or self.new)].count("\n") + 1


WAYS_ON = FULL[FULL.index('next = "bye"') : FULL.index('[[script]]\nid = "bye"')]

CASES = (
    Case("syntax", "version = 2", "version = = 2"),
    Case("syntax", "version = 2", 'version = "2'),
    Case("syntax", "nurture_at = 40", "nurture_at = 40\npass_at = 3", "pass_at = 3"),
    Case("too_deep", "version = 2", "version = [[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]"),
    Case("unknown_key", "pass_at = 70", "pas_at = 70"),
    Case("unknown_key", 'label = "Much", points', 'label = "Much", point'),
    Case("unknown_key", "half_life_days = 30", "half_life_days = 30\nhalf_live = 3", "half_live"),
    Case("unknown_key", 'country = ["US"', 'contry = ["US"'),
    Case("missing_key", "version = 2\n", "", "schema"),
    Case("missing_key", "pass_at = 70\n", "", "[decision]"),
    Case("missing_key", 'kind = "choice"\n', "", "[[criteria.questions]]"),
    Case("missing_key", "at_least = -5", 'label = "low"', "{ label"),
    Case("missing_key", 'label = "Much", ', "", '{ id = "much"'),
    Case("missing_key", 'criterion = "fit", ', "", "fit = {"),
    Case("wrong_type", "pass_at = 70", "pass_at = true"),
    Case("wrong_type", "points = 10", "points = 1.5"),
    Case("wrong_type", "points = 12, level", 'points = "12", level'),
    Case("wrong_type", "required = true", "required = 1"),
    Case("wrong_type", 'title = "Money"', "title = 2020-01-01"),
    Case("wrong_type", '"manu*", "food"', '"manu*", 3'),
    Case("wrong_type", "[50, 20, 5]", "[50, 20, false]"),
    Case("wrong_type", "[handoff]", "[[handoff]]"),
    Case("wrong_type", "{ problem = [", "{ problem = [1.5, "),
    Case("wrong_value", "schema = 1", "schema = 2"),
    Case("wrong_value", 'kind = "money"', 'kind = "cash"'),
    Case("wrong_value", 'from = "lead.industry"', 'from = "lead.industri"'),
    Case("wrong_value", 'effect = "hold"', 'effect = "stop"'),
    Case("wrong_value", 'kinds = ["nurture"]', 'kinds = ["nurtur"]'),
    Case("wrong_value", '{ problem = ["none"]', '{ problem = ["non"]'),
    Case("wrong_value", "sum = [20000]", "sum = [2000]"),
    Case("wrong_value", "sum = [20000]", 'words = ["a"]'),
    Case("wrong_value", "[50, 20, 5]", "[50, 50, 5]"),
    Case("wrong_value", "nurture_at = 40", 'nurture_at = 40\nevidence = "maybe"', "evidence"),
    Case("out_of_range", "version = 2", "version = 0"),
    Case("out_of_range", "pass_at = 70", "pass_at = 101"),
    Case("out_of_range", "nurture_at = 40", "nurture_at = -1"),
    Case("out_of_range", "minimum_coverage = 50", "minimum_coverage = 101"),
    Case("out_of_range", "level = 3", "level = 4"),
    Case("out_of_range", "points = 10", "points = 99999999999999999999"),
    Case("out_of_range", "[50, 20, 5]", "[500, 20, 5]"),
    Case("empty", 'label = "Much"', 'label = " "'),
    Case("empty", 'to = ["a@example.com"]', "to = []"),
    Case("empty", 'when = { problem = ["none"], sum = [20000] }', "when = {}"),
    Case("empty", '"manu*", "food"', '"manu*", ""'),
    Case("bad_id", 'id = "small"', 'id = "Small"'),
    Case("bad_id", 'id = "much"', 'id = "so much"'),
    Case("duplicate_id", 'id = "fit"', 'id = "money"', 'id = "money"\nscored'),
    Case("duplicate_id", 'id = "agreed"', 'id = "sum"', 'id = "sum"\n  kind = "yes_no"'),
    Case("duplicate_id", 'id = "dear"', 'id = "slow"', '{ id = "slow", label = "Dear"'),
    Case("duplicate_id", 'id = "bye"', 'id = "ask"', 'id = "ask"\nphase = "close"'),
    Case("duplicate_id", 'id = "no_need"', 'id = "too_dear"', 'id = "too_dear"\nlabel = "No need"'),
    Case("unknown_id", '"problem", "sum", "pains"', '"problem", "sun", "pains"'),
    Case("unknown_id", 'reason = "too_dear"', 'reason = "to_dear"'),
    Case("unknown_id", 'then = "sum"', 'then = "sun"'),
    Case("unknown_id", 'weakest = ["money"]', 'weakest = ["monny"]'),
    Case("unknown_id", 'criterion = "fit"', 'criterion = "fitt"'),
    Case("unknown_id", "{ problem = [", "{ problems = ["),
    Case("unknown_id", 'to = "bye"', 'to = "by"', 'to = "by"\n'),
    Case("not_here", 'ask = "In your words?"', 'ask = "?"\noptions = []', "options = []"),
    Case("not_here", 'ask = "In your words?"', 'ask = "?"\nbands = []', "bands = []"),
    Case("not_here", 'ask = "What goes wrong?"', "at_most = 3"),
    Case("not_here", 'label = "Slow"', 'label = "Slow", open = true'),
    Case("not_here", 'label = "Yes"', 'label = "Yes", open = true'),
    Case("not_here", "open = true", "open = true, points = 3"),
    Case("not_here", "open = true", 'open = true, effect = "hold"'),
    Case("not_here", 'label = "20k"', 'label = "20k", matches = ["a"]'),
    Case("not_here", 'label = "Slow"', 'label = "Slow", reason = "too_dear"'),
    Case("missing_reason", 'effect = "disqualify", reason = "no_need"', 'effect = "disqualify"'),
    Case("yes_no_options", 'id = "yes"', 'id = "yep"', "options = [\n    { id = \"yep\""),
    Case(
        "too_many_options",
        "  options = [\n    { id = \"slow\"",
        "  options = [\n"
        + "".join(f'    {{ id = "o{n}", label = "x" }},\n' for n in range(9))
        + '    { id = "slow"',
        'options = [\n    { id = "o0"',
    ),
    Case(
        "too_many_questions",
        "[[criteria.questions]]",
        "".join(f'[[criteria.questions]]\nid = "q{n}"\nkind = "text"\n' for n in range(200))
        + "[[criteria.questions]]",
        "[[criteria]]",
    ),
    Case(
        "no_outcome",
        SMALL[SMALL.index("options") :],
        'options = [ { id = "a", label = "A", open = true } ]\n',
    ),
    Case("bands_order", "at_least = 20000", "at_least = -5", 'at_least = -5, label = "20k"'),
    Case("thresholds", "nurture_at = 40", "nurture_at = 70"),
    Case("thresholds", "b = 60", "b = 80", "b = 80"),
    Case("nothing_to_earn", 'id = "need"', 'id = "need"\nscored = false', "[[criteria]]", SMALL),
    Case("merge_field", "{{ answer.problem }}", "{{ answer.problm }}"),
    Case("merge_field", "{{ lead.name }}", "{{ lead.external_ids }}"),
    Case("merge_field", "{{ rep.name }}", "{{ rep.name | upper }}"),
    Case("merge_field", "{{ rep.name }}", "{{ rep.name"),
    Case("out_of_the_script", 'phase = "close"', 'phase = "voicemail"', 'next = "bye"'),
    Case("unknown_fact", 'fact = "MONEY"', 'fact = "MONNEY"'),
    Case("missing_ask", 'ask = "What goes wrong?"\n', "", "[[criteria.questions]]"),
    Case("unused_matches", 'from = "lead.industry"\n', 'ask = "?"\n', '{ id = "ours"'),
    Case("from_never_fits", 'from = "lead.revenue"', 'from = "lead.title"'),
    Case("from_never_fits", 'ask = "Agreed?"', 'from = "lead.title"'),
    Case("from_never_fits", 'ask = "In your words?"', 'from = "lead.title"'),
    Case(
        "gate_always_fires",
        'label = "Yes" },\n    { id = "no", label = "No",',
        'label = "Yes", effect = "hold" },\n    { id = "no", label = "No", effect = "hold",',
        '[[criteria.questions]]\n  id = "agreed"',
    ),
    Case("unasked_question", '"agreed", ', "", '[[criteria.questions]]\n  id = "agreed"'),
    Case(
        "unreachable_step",
        '[[script]]\nid = "bye"',
        '[[script]]\nid = "lost"\nphase = "discovery"\n[[script]]\nid = "bye"',
        '[[script]]\nid = "lost"',
    ),
    Case("dead_end", WAYS_ON, 'next = "hello"\n', '[[script]]\nid = "hello"'),
    Case("no_result", 'phase = "close"', 'phase = "discovery"', '[[script]]\nid = "bye"'),
    Case("unreachable_verdict", "minimum = 5", "minimum = 500", "[decision]"),
)  # fmt: skip


def found_in(text):
    return [(mistake.code, mistake.line) for mistake in check_playbook(text)]


def test_a_full_file_reads_without_a_warning():
    assert check_playbook(FULL) == ()
    assert check_playbook(SMALL) == ()


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.code}: {case.new[:30]}")
def test_a_mistake_is_found_on_its_line(case):
    mistakes = check_playbook(case.bad)
    assert (case.code, case.line) in [(m.code, m.line) for m in mistakes]
    for mistake in mistakes:
        assert mistake.sentence.startswith(f"Line {mistake.line}")
        assert "{" not in SENTENCES[mistake.code].format(key="", found="", allowed="")
    if case.code in WARNINGS:
        assert read_playbook(case.bad).id == "small"
        assert {m.severity for m in mistakes} == {Severity.WARNING}
    else:
        with pytest.raises(PlaybookErrors):
            read_playbook(case.bad)


def test_every_code_has_a_case():
    elsewhere = {"too_large", "too_many_mistakes"}
    assert {case.code for case in CASES} | elsewhere == set(SENTENCES)


def test_the_format_page_lists_every_code_in_order():
    page = (Path(__file__).parents[3] / "docs" / "playbook-format.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| `(\w+)` \|", page[page.index("## Mistakes") :], re.MULTILINE)
    assert listed == list(SENTENCES)


def test_the_smallest_playbook_of_the_format_page_reads():
    page = (Path(__file__).parents[3] / "docs" / "playbook-format.md").read_text(encoding="utf-8")
    example = re.search(r"```toml\n(.*?)```", page, re.DOTALL)
    assert example is not None
    assert check_playbook(example[1]) == ()


def test_all_mistakes_of_a_file_are_listed_in_its_order():
    bad = (
        FULL.replace("pass_at = 70", "pas_at = 70")
        .replace("points = 10", 'points = "ten"')
        .replace("level = 3", "level = 9")
        .replace('then = "sum"', 'then = "sun"')
        .replace("answer.problem", "answer.problm")
    )
    with pytest.raises(PlaybookErrors) as caught:
        read_playbook(bad, "mine.toml")
    error = caught.value
    assert isinstance(error, KnownError)
    assert [m.code for m in error.mistakes] == [
        "missing_key", "unknown_key", "wrong_type", "out_of_range", "merge_field", "unknown_id",
    ]  # fmt: skip
    assert [m.line for m in error.mistakes] == sorted(m.line for m in error.mistakes)
    assert '"mine.toml" has 6 mistakes' in error.what
    assert error.mistakes[0].sentence in error.what


@pytest.mark.parametrize(
    ("old", "new", "meant"),
    [
        ("pass_at = 70", "pas_at = 70", "pass_at"),
        ('kind = "money"', 'kind = "mony"', "money"),
        ('then = "sum"', 'then = "sums"', "sum"),
        ("lead.first_name", "lead.firstname", "lead.first_name"),
        ('from = "lead.industry"', 'from = "lead.industri"', "lead.industry"),
        ("half_life_days = 30", "half_live_days = 30", "half_life_days"),
        ('fact = "MONEY"', 'fact = "MONY"', "MONEY"),
    ],
)
def test_what_was_meant_is_proposed(old, new, meant):
    mistakes = check_playbook(FULL.replace(old, new, 1))
    assert meant in {mistake.meant for mistake in mistakes}
    assert f'Did you mean "{meant}"?' in " ".join(mistake.sentence for mistake in mistakes)


def test_a_mistake_says_where_what_and_what_is_allowed():
    (mistake,) = check_playbook(FULL.replace("level = 3", "level = 9"))
    assert mistake.sentence == (
        'Line 35, criteria[money].questions[sum].bands[2]: "level" is 9; '
        "allowed: a whole number from 0 to 3."
    )


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
