# SPDX-License-Identifier: MIT
"""Files of calling rules: what they say, a person's own on top, and every mistake with its line."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaddesk.core.domain.calling import BUSINESS_HOURS, AttemptRules, CallingRules, ClockRules
from leaddesk.core.domain.calling_windows import CallingWindow, DayWindow
from leaddesk.core.errors import KnownError
from leaddesk.core.formats.calling_toml import (
    MOST_CHARACTERS,
    CallingErrors,
    check_calling,
    read_calling,
)
from leaddesk.core.formats.toml_table import MOST_MISTAKES
from tests.helpers.calling import shipped_rules

OWN = """\
schema = 1

[attempts]
cap = 4

[clocks]
inbound_green_min = 10

[countries]
ZZ = "Europe/Berlin Europe/Paris"

[states.ZZ]
N = "North, Nørd-Ost; Europe/Berlin"

[area_codes]
ZZ-N = "+9991 +99921"
US-CA = "+1213"

[[windows]]
regions = ["ZZ", "US-CA"]
every_day = "10:00-24:00"
weekdays = "8:00-18:30"
friday = "none"
why = "We agreed on it."

[[windows]]
regions = ["default"]
monday = "0:00-9:05"
"""

LATE, LONG = DayWindow(600, 1440), DayWindow(480, 1110)
AGREED = (LONG, LONG, LONG, LONG, None, LATE, LATE)


def found_in(text: str) -> list[tuple[str, int]]:
    return [(mistake.code, mistake.line) for mistake in check_calling(text, shipped_rules())]


def test_a_file_of_ones_own_replaces_what_it_names_and_nothing_else():
    base = shipped_rules()
    rules = read_calling(OWN, "mine.toml", base)
    assert rules.windows == {
        **base.windows,
        "ZZ": CallingWindow("ZZ", AGREED, "We agreed on it."),
        "US-CA": CallingWindow("US-CA", AGREED, "We agreed on it."),
        "": CallingWindow("", (DayWindow(0, 545), *(None,) * 6), ""),
    }
    assert rules.attempts == AttemptRules(cap=4)
    assert rules.clocks == ClockRules(inbound_green_min=10)
    assert rules.country_zones == {**base.country_zones, "ZZ": ("Europe/Berlin", "Europe/Paris")}
    assert rules.state_zones == {**base.state_zones, "ZZ-N": ("Europe/Berlin",)}
    assert rules.state_ids.items() - base.state_ids.items() == {
        (("ZZ", "n"), "ZZ-N"),
        (("ZZ", "zz n"), "ZZ-N"),
        (("ZZ", "north"), "ZZ-N"),
        (("ZZ", "nørd ost"), "ZZ-N"),
    }
    assert rules.area_states.items() - base.area_states.items() == {
        ("+9991", "ZZ-N"),
        ("+99921", "ZZ-N"),
        ("+1213", "US-CA"),
    }


def test_numbers_a_file_leaves_out_stay_as_they_were():
    base = read_calling(
        "schema = 1\nattempts.cap = 9\nclocks.reservation_min = 7", "", CallingRules()
    )
    again = read_calling("schema = 1\nattempts.per_day = 1", "", base)
    assert again.attempts == AttemptRules(cap=9, per_day=1)
    assert again.clocks == ClockRules(reservation_min=7)


def test_the_smallest_file_changes_nothing():
    assert read_calling("\ufeffschema = 1\r\n", "", shipped_rules()) == shipped_rules()


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("schema = 1", "schema = = 1", "syntax", 1),
        ("schema = 1", "schema = 2", "wrong_value", 1),
        ("schema = 1\n", "", "missing_key", 1),
        ("[attempts]", "[attemps]", "unknown_key", 3),
        ("cap = 4", "cup = 4", "unknown_key", 4),
        ("cap = 4", "cap = -1", "out_of_range", 4),
        ("cap = 4", "cap = 0", "out_of_range", 4),
        ("cap = 4", "cap_working_days = 0", "out_of_range", 4),
        ("cap = 4", "per_day = 0", "out_of_range", 4),
        ("cap = 4", "per_24h = 0", "out_of_range", 4),
        ("cap = 4", 'cap = "four"', "wrong_type", 4),
        ("inbound_green_min = 10", "inbound_green_min = 90", "thresholds", 6),
        ("ZZ = ", "Zz = ", "bad_id", 10),
        ("Berlin Europe/Paris", "Berlin Europe/Pariss", "unknown_id", 10),
        ("Berlin Europe/Paris", "Berlin Etc/Unknown", "unknown_id", 10),
        ('"Europe/Berlin Europe/Paris"', '" "', "empty", 10),
        ('"Europe/Berlin Europe/Paris"', "3", "wrong_type", 10),
        ("[states.ZZ]", "[states.YY]", "unknown_id", 12),
        ("N = ", "North = ", "bad_id", 13),
        ("Nørd-Ost; Europe", "Nørd-Ost, Europe", "wrong_value", 13),
        ("Nørd-Ost; Europe/Berlin", "Nørd-Ost; ", "wrong_value", 13),
        ("Nørd-Ost; Europe/Berlin", "Nørd-Ost;", "wrong_value", 13),
        ("Nørd-Ost; Europe/Berlin", "Nørd-Ost; Mars", "unknown_id", 13),
        ("ZZ-N = ", "ZZ-M = ", "unknown_id", 16),
        ("+9991 ", "9991 ", "wrong_value", 16),
        ('["ZZ", "US-CA"]', '["ZZ", "US-CAL"]', "unknown_id", 20),
        ('["ZZ", "US-CA"]', '["us"]', "unknown_id", 20),
        ('["ZZ", "US-CA"]', '["US", "US"]', "duplicate_id", 20),
        ('["default"]', '["ZZ"]', "duplicate_id", 27),
        ('["default"]', "[]", "empty", 27),
        ('["default"]', '"default"', "wrong_type", 27),
        ('regions = ["default"]\n', "", "missing_key", 26),
        ("8:00-18:30", "18:30-8:00", "wrong_value", 22),
        ("8:00-18:30", "8:00-8:00", "wrong_value", 22),
        ("8:00-18:30", "8:00-24:01", "wrong_value", 22),
        ("8:00-18:30", "8:00-18:60", "wrong_value", 22),
        ("8:00-18:30", "8-18", "wrong_value", 22),
        ("8:00-18:30", " ", "empty", 22),
        ('"none"', "false", "wrong_type", 23),
        ("friday", "freitag", "unknown_key", 23),
        ("why", "because", "unknown_key", 24),
        ('monday = "0:00-9:05"\n', "", "missing_key", 26),
    ],
)
def test_every_mistake_is_found_on_its_line(old, new, code, line):
    assert old in OWN
    first, *others = found_in(OWN.replace(old, new, 1))
    assert first == (code, line)
    # What named the thing that is wrong now names nothing.
    assert {follows for follows, _ in others} <= {"unknown_id"}


def test_all_mistakes_of_a_file_are_listed_at_once():
    bad = OWN.replace("cap", "cup").replace("8:00-18:30", "late").replace('"default"', '"defualt"')
    mistakes = check_calling(bad, shipped_rules())
    assert [(m.code, m.line, m.table, m.meant) for m in mistakes] == [
        ("unknown_key", 4, "attempts", "cap"),
        ("wrong_value", 22, "windows[1]", ""),
        ("unknown_id", 27, "windows[2]", "default"),
    ]
    with pytest.raises(CallingErrors) as refused:
        read_calling(bad, "mine.toml", shipped_rules())
    assert refused.value.mistakes == mistakes
    assert 'The file "mine.toml" has 3 mistakes and was not used.' in str(refused.value)
    assert isinstance(refused.value, KnownError)


def test_a_first_file_with_a_mistake_is_refused_with_the_line():
    with pytest.raises(CallingErrors) as refused:
        read_calling('schema = 1\n\n[countries]\nDE = ""')
    assert [mistake.line for mistake in refused.value.mistakes] == [4]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("#" * (MOST_CHARACTERS + 1), "The file has 200001 characters; allowed: at most 200000"),
        ("a = " + "[" * 100 + "]" * 100, "This is nested too deep; allowed: at most 16 levels"),
        ("schema = 1\n# \ud800", "Line 2: This is not TOML"),
        ("schema = 1\nschema = 1", "Line 2: This is not TOML"),
        ("", '"schema" is missing'),
    ],
)
def test_damaged_and_monstrous_files_are_refused_in_words(text, words):
    assert words in check_calling(text)[0].sentence


def test_no_more_mistakes_are_looked_for_than_anybody_corrects():
    many = "schema = 1\n" + "".join(f"x{number} = 1\n" for number in range(MOST_MISTAKES + 100))
    mistakes = check_calling(many)
    assert len(mistakes) == MOST_MISTAKES + 1
    assert mistakes[-1].code == "too_many_mistakes"


@given(st.integers(0, len(OWN)), st.integers(0, 40), st.text(max_size=12))
def test_a_damaged_file_is_read_or_its_mistakes_are_named(at, length, patch):
    damaged = OWN[:at] + patch + OWN[at + length :]
    mistakes = check_calling(damaged, shipped_rules())
    assert all(mistake.sentence for mistake in mistakes)
    if not mistakes:
        read_calling(damaged, "", shipped_rules())


def test_the_examples_of_the_page_are_good_files():
    page = (Path(__file__).parents[3] / "docs" / "calling-rules.md").read_text(encoding="utf-8")
    examples = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    assert examples
    assert [check_calling(example, shipped_rules()) for example in examples] == [()] * len(examples)


def test_without_a_word_business_hours_count():
    assert read_calling("schema = 1").windows.get("", BUSINESS_HOURS) == BUSINESS_HOURS


def test_no_gap_is_a_gap_but_no_attempt_is_no_limit():
    rules = read_calling("schema = 1\n[attempts]\ngap_hours = 0\n", "", shipped_rules())
    assert rules.attempts == replace(shipped_rules().attempts, gap_hours=0)
