# SPDX-License-Identifier: MIT
"""Every mistake a playbook file can have, found on its line: one case or more for each code."""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from leaddesk.core.errors import KnownError
from leaddesk.core.formats.mistakes import SENTENCES, WARNINGS, PlaybookErrors, Severity
from leaddesk.core.formats.playbook_toml import check_playbook, read_playbook
from tests.helpers.playbook_texts import FULL, SMALL


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
    Case("bare_other", 'label = "Too dear"', 'label = "Other …"', 'label = "Other'),
    Case(
        "unreachable_rule",
        'to = ["a@example.com"]\n',
        'to = ["a@example.com"]\n[[routing]]\nwhen = { country = ["us"], score_at_least = 90 }\n'
        'to = ["b@example.com"]\n',
        '[[routing]]\nwhen = { country = ["us"]',
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
    elsewhere = {"too_fine", "too_large", "too_many_mistakes"}
    assert {case.code for case in CASES} | elsewhere == set(SENTENCES)


def test_the_format_page_lists_every_code_in_order():
    page = (Path(__file__).parents[3] / "docs" / "playbook-format.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| `(\w+)` \|", page[page.index("## Mistakes") :], re.MULTILINE)
    assert listed == list(SENTENCES)


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
