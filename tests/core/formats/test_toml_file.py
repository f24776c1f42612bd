# SPDX-License-Identifier: MIT
"""TOML texts of ours: what they all share, whoever reads what is in them."""

import pytest

from leaddesk.core.formats.toml_file import TomlFile, read_toml
from leaddesk.core.formats.toml_table import MOST_MISTAKES

MOST = 1000


def number(file: TomlFile) -> int:
    top = file.top()
    found = top.integer("number", 1, 9)
    top.close()
    return found


def test_a_value_and_no_mistakes():
    assert read_toml("\ufeffnumber = 3\r\n", number, MOST) == (3, [])


def test_mistakes_come_in_the_order_of_the_file_and_the_value_with_them():
    value, mistakes = read_toml("a = 1\nnumber = 10\nb = 1\n", number, MOST)
    assert value is not None
    assert [mistake.line for mistake in mistakes] == [1, 2, 3]


@pytest.mark.parametrize(
    ("text", "code", "line", "found"),
    [
        ("#" * (MOST + 1), "too_large", 1, f"{MOST + 1} characters"),
        ("\na = " + "[" * 40 + "]" * 40, "too_deep", 2, ""),
        ("a = 1\n# \ud800", "syntax", 2, "a character that is no text"),
        ("a = 1\na = 2", "syntax", 2, "a key is given twice"),
        ("a = 1\nb = [", "syntax", 2, "Invalid value"),
    ],
)
def test_what_is_no_toml_is_one_mistake_with_its_line(text, code, line, found):
    value, (mistake,) = read_toml(text, number, MOST)
    assert (value, mistake.code, mistake.line, mistake.found) == (None, code, line, found)
    assert mistake.sentence.startswith(f"Line {line}: ")


def test_reading_stops_after_many_mistakes_without_a_value():
    many = "number = 3\n" + "".join(f"x{n} = 1\n" for n in range(MOST_MISTAKES + 10))
    value, mistakes = read_toml(many, number, 100_000)
    assert value is None
    assert len(mistakes) == MOST_MISTAKES + 1
    assert mistakes[-1].code == "too_many_mistakes"


def test_without_lines_the_same_is_found_on_the_first():
    value, mistakes = read_toml("\n\na = 1\nnumber = 3\n", number, MOST, with_lines=False)
    assert (value, [mistake.line for mistake in mistakes]) == (3, [1])
