# SPDX-License-Identifier: MIT
"""A team's own file of results: every mistake with its line, and nothing used of a bad file."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaddesk.core.errors import KnownError
from leaddesk.core.formats.results_toml import read_results
from leaddesk.core.formats.rules_file import RulesErrors
from leaddesk.resources import texts

TEXT = texts("calling", ".toml")["results"]
WHOLE_ROW = """
[[conversation]]
id = "PASS"
label = "Pass to sales"
key = "2"
connected = true
decides = "pass"
status = "PASSED"
"""


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


def mistakes_of(text):
    """Return what is wrong with a file, in its order."""
    try:
        read_results(text)
    except RulesErrors as error:
        return error.mistakes
    return ()


@pytest.mark.parametrize(
    ("old", "new", "code", "at", "said"),
    [
        ("schema = 1", "schema = 2", "wrong_value", "schema = 2", "allowed: 1"),
        ("schema = 1", "", "missing_key", "", '"schema" is missing'),
        ("schema = 1", "schema = 1\nlines = 2", "unknown_key", "lines = 2", 'Did you mean "line"?'),
        ('id = "BUSY"', 'id = "BUSSY"', "wrong_value", '"BUSSY"', 'Did you mean "BUSY"?'),
        ('id = "BUSY"', 'id = "BUSSY"', "wrong_value", "[[line]]", "without BUSY"),
        ('id = "BUSY"', 'id = "NO_ANSWER"', "duplicate_id", "", "once in line"),
        (WHOLE_ROW, "", "wrong_value", "[[conversation]]", "without PASS"),
        ('label = "Busy"', 'label = " "', "empty", 'label = " "', '"label" is empty'),
        ('key = "f"', 'key = "F"', "wrong_value", 'key = "F"', "a letter a-z"),
        ('key = "f"', 'key = "10"', "wrong_value", 'key = "10"', "a letter a-z"),
        ('key = "f"', 'key = "s"', "wrong_value", "", "a key that no other row has"),
        ("retry_after_hours = 48", "retry_after_hours = -1", "out_of_range", "= -1", "0 to 20000"),
        ("retry_after_hours = 48", "retry_after_hour = 48", "unknown_key", "hour = 48",
         'Did you mean "retry_after_hours"?'),
        ("connected = true", 'connected = "yes"', "wrong_type", '"yes"', "true or false"),
        ('decides = "pass"', 'decides = "undecided"', "wrong_value", '"undecided"',
         "pass, nurture or disqualify"),
        ('status = "PASSED"', 'status = "PASST"', "wrong_value", '"PASST"', "PASSED"),
        ("sets_dnc = true", "", "wrong_value", "", "true, in this row"),
        ("sets_dnc = true", "sets_dnc = false", "wrong_value", "sets_dnc = false",
         "true, in this row"),
        ('needs_reason = true\ndecides = "nurture"', 'decides = "nurture"', "wrong_value", "",
         '"needs_reason" is missing'),
        ("sets_dnc = true", "sets_dnc = true\nretry_after_hours = 4", "not_here", "",
         "does not belong here"),
    ],
)  # fmt: skip
def test_a_mistake_is_found_on_its_line(old, new, code, at, said):
    assert old in TEXT
    bad = TEXT.replace(old, new, 1)
    mistakes = mistakes_of(bad)
    found = [m for m in mistakes if m.code == code and said in m.sentence]
    assert found, [m.sentence for m in mistakes]
    if at:
        assert found[0].line == line_of(bad, at)


def test_all_mistakes_are_listed_in_the_order_of_the_file_and_nothing_is_used():
    bad = TEXT.replace('key = "5"', "key = 5").replace('label = "Busy"', 'lable = "Busy"')
    with pytest.raises(RulesErrors) as caught:
        read_results(bad, "mine.toml")
    error = caught.value
    assert isinstance(error, KnownError)
    assert len(error.mistakes) == 4
    assert [m.line for m in error.mistakes] == sorted(m.line for m in error.mistakes)
    assert 'The file "mine.toml" has 4 mistakes and was not used. The first: Line' in error.what


def test_a_single_mistake_is_said_in_full():
    with pytest.raises(RulesErrors) as caught:
        read_results(TEXT.replace('key = "f"', 'key = "F"'))
    (mistake,) = caught.value.mistakes
    assert caught.value.what == (
        f"The file of rules has one mistake and was not used. {mistake.sentence}"
    )


def test_labels_keys_and_order_are_free():
    rows = TEXT.split("[[line]]")
    own = "[[line]]".join([rows[0], rows[2], rows[1], *rows[3:]])
    own = own.replace('label = "Busy"', 'label = "Besetzt"').replace('key = "5"', 'key = "b"', 1)
    results = read_results("\ufeff" + own)
    assert [rule.id for rule in results.line[:2]] == ["NO_ANSWER", "CONNECTED_TARGET"]
    assert (results.line_rule("BUSY").label, results.line_rule("BUSY").key) == ("Besetzt", "b")


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("schema = 1\nline = [", "syntax", 2),
        ("schema = 1\nschema = 1", "syntax", 2),
        ("a = \ud800", "syntax", 1),
        ("\n\na = " + "[" * 40 + "]" * 40, "too_deep", 3),
        ("#" * 1_000_001, "too_large", 1),
    ],
)
def test_what_is_no_toml_is_one_mistake(text, code, line):
    (mistake,) = mistakes_of(text)
    assert (mistake.code, mistake.line) == (code, line)


def test_a_file_of_mistakes_ends_somewhere():
    mistakes = mistakes_of("schema = 1\n" + "[[line]]\n" * 1000)
    assert mistakes[-1].code == "too_many_mistakes"
    assert len(mistakes) == 501


@given(st.integers(0, len(TEXT) - 1), st.text(max_size=3), st.integers(0, 40))
def test_a_damaged_file_is_read_or_refused_and_nothing_else(at, put, taken):
    damaged = TEXT[:at] + put + TEXT[at + taken :]
    if not mistakes_of(damaged):
        results = read_results(damaged)
        assert (len(results.line), len(results.conversation)) == (13, 12)
