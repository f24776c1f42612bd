# SPDX-License-Identifier: MIT
"""The line index against tomllib: in these texts every whole number is the line it stands on."""

import tomllib
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaddesk.core.formats.toml_lines import MAX_DEPTH, KeyPath, TooDeepError, index_lines
from leaddesk.resources import texts

# @ becomes the number of its line, N a number that makes the keys of each piece its own.
PIECES = (
    "keyN = @",
    "keyN = @ # a comment with = [ { \" ' in it",
    "  dottedN.inner . deep = @",
    '"quoted.key \\u0041N" = @',
    "'literal \\ N' = @",
    "123N = @",
    "listN = [@, @, @]",
    "listN = [ # not ] yet\n  @,\n\n  # [[no]]\n  [@, [@]],\n  @\n]",
    "tablesN = [\n  { a = @, b.c = @ },\n  { a = [\n    @,\n  ], b = { c = @ } },\n]",
    'textN = "[no.table]" # "',
    "textN = 'x = \"'",
    'textN = """\n[[no]]\nx = 1 \\"""\n""""\nafterN = @',
    "textN = '''\n[[no]]\n# ''\n'''\nafterN = @",
    "dateN = 1979-05-27 07:32:00\nafterN = @",
    "[tableN]",
    '[tableN . "with a.dot"]',
    "[[rows]]",
    "[[rows]]\nidN = @\n[[rows.below]]\nid = @\n  [rows.below.plain]\n  id = @",
    "",
    "# comment",
    "\t",
)


@st.composite
def documents(draw):
    """Texts in which every whole number says its own line."""
    pieces = draw(st.lists(st.sampled_from(PIECES), max_size=20))
    end = draw(st.sampled_from(["\n", "\r\n"]))
    lines = "\n".join(piece.replace("N", str(n)) for n, piece in enumerate(pieces)).split("\n")
    return end.join(line.replace("@", str(n)) for n, line in enumerate(lines, start=1))


def leaves(value: object, path: KeyPath = ()) -> Iterator[tuple[KeyPath, object]]:
    """Every value that is no table and no list, with its path."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, (*path, key))
    elif isinstance(value, list):
        for position, inner in enumerate(value):
            yield from leaves(inner, (*path, position))
    else:
        yield path, value


@given(documents())
def test_every_number_is_found_on_its_line(text):
    lines = index_lines(text)
    for path, value in leaves(tomllib.loads(text)):
        if isinstance(value, int):
            assert lines.lines[path] == value, path


@pytest.mark.parametrize("text", texts("playbooks", ".toml").values())
def test_every_key_of_a_shipped_playbook_has_a_line(text):
    lines = index_lines(text)
    rows = text.split("\n")
    for path, _ in leaves(tomllib.loads(text)):
        assert path in lines.lines
        if isinstance(path[-1], str):
            assert path[-1] in rows[lines.lines[path] - 1]


def test_a_key_in_an_inline_table_of_an_array_over_several_lines():
    text = 'a = 1\noptions = [\n  { id = "x" },\n  { id = "y",\n }\n]\n[b]\n'
    lines = index_lines(text)
    assert lines.of(("options", 1, "id")) == 4
    assert lines.of(("b",)) == 7


def test_what_is_not_there_stands_where_its_table_does():
    lines = index_lines("\n[[criteria]]\nid = 'a'\n")
    assert lines.of(("criteria", 0, "title")) == 2
    assert lines.of(("decision", "pass_at")) == 1


def test_a_table_in_pieces_stands_at_the_first():
    lines = index_lines("[a.b]\nx = 1\n[a]\ny = 2\n")
    assert lines.of(("a",)) == 1
    assert lines.of(("a", "y")) == 4


@given(st.text(alphabet="ab=[]{}\"'#.,\\\n 1", max_size=60))
def test_no_text_breaks_it(text):
    lines = index_lines(text)
    assert all(1 <= line <= text.count("\n") + 1 for line in lines.lines.values())


@given(st.text(alphabet="ab=[]{}\"'#.,\\\n 1", max_size=60))
def test_whatever_tomllib_reads_has_lines(text):
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    lines = index_lines(text)
    assert all(path in lines.lines for path, _ in leaves(values))


@pytest.mark.parametrize(
    "text",
    [
        "x = 1\ny = " + "[" * 1000 + "]" * 1000,
        "x = 1\n" + ".".join("a" * 1000) + " = 1",
        "x = 1\n[" + ".".join("a" * 1000) + "]",
        "x = 1\ny = " + "{a=" * 1000 + "1" + "}" * 1000,
    ],
)
def test_deep_nesting_is_refused_with_its_line(text):
    with pytest.raises(TooDeepError) as caught:
        index_lines(text)
    assert caught.value.line == 2
    assert str(MAX_DEPTH) in str(caught.value)
