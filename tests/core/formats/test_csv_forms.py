# SPDX-License-Identifier: MIT
"""Finding how cells are divided and quoted, in files as programs and people write them."""

import csv
from io import BytesIO, StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaddesk.core.errors import KnownError
from leaddesk.core.formats.csv_forms import announced_delimiter, delimiter_named
from leaddesk.core.formats.csv_reader import open_csv

FILES = {
    "Excel, Unicode text": (
        "Name\tCity\r\nJürgen\tKöln\r\nAda\tBrno\r\n".encode("utf-16"),
        [("Jürgen", "Köln"), ("Ada", "Brno")],
    ),
    "Numbers in German": (
        "Name;E-Mail;Umsatz\nJürgen;j@x.example;1.234,50\n",
        [("Jürgen", "j@x.example", "1.234,50")],
    ),
    "names with commas between semicolons": (
        "Name;Adresse\nMüller, Max;Weg 1, Köln\nMeier, Eva;Str. 2, Bonn\n".encode("cp1252"),
        [("Müller, Max", "Weg 1, Köln"), ("Meier, Eva", "Str. 2, Bonn")],
    ),
    "a comma in every line that divides nothing": (
        "Name;Phone, mobile\nAda;+49, 123\nBo;+49, 456\n",
        [("Ada", "+49, 123"), ("Bo", "+49, 456")],
    ),
    "tabs with a tab in quotes": ('"A"\t"B"\n"x"\t"a\tb"\n', [("x", "a\tb")]),
    "Outlook": (
        '"First Name","E-mail Address","Notes"\r\n"Ada","a@x.example","one\r\ntwo\r\n"\r\n',
        [("Ada", "a@x.example", "one\r\ntwo\r\n")],
    ),
    "quotes behind a backslash": (
        'A,B,C\nAda,"say \\"hi, you\\" ok",X\nBo,"b",Y\n',
        [("Ada", 'say "hi, you" ok', "X"), ("Bo", "b", "Y")],
    ),
    "single quotes": ("'A','B'\n'Ada','a, b'\n'Bo','it''s'\n", [("Ada", "a, b"), ("Bo", "it's")]),
    "apostrophes that quote nothing": (
        "A,B\n'tis,x\nO'Neil,'70s'\n",
        [("'tis", "x"), ("O'Neil", "'70s'")],
    ),
    "single quotes around some texts": (
        "A,B\n1,'a, b'\n2,'c, d, e'\n3,'f'\n",
        [("1", "a, b"), ("2", "c, d, e"), ("3", "f")],
    ),
    "single quotes that are text": ("A,B\n'a','b'\n", [("'a'", "'b'")]),
    "spaces before the quotes": (
        'A, B, C\nAda, "a, b", X\nBo, "c", Y\n',
        [("Ada", "a, b", "X"), ("Bo", "c", "Y")],
    ),
    "tabs and quotes that are text": (
        'A\tB\tC\nAda\t"said" she\tX\nBo\tb\tY\n',
        [("Ada", '"said" she', "X"), ("Bo", "b", "Y")],
    ),
    "inches": ('A,B\nAda,5"\nBo,"5"" x"\n', [("Ada", '5"'), ("Bo", '5" x')]),
    "a backslash before the last quote": (
        'A,B\nAda,"C:\\"\nBo,"x"\n',
        [("Ada", "C:\\"), ("Bo", "x")],
    ),
    "MySQL, no values": (
        "id\tname\n1\t\\N\n2\tBo\n\\N\tCy\n",
        [("1", ""), ("2", "Bo"), ("", "Cy")],
    ),
    "one column": ("Email\na@x.example\nb@x.example\n", [("a@x.example",), ("b@x.example",)]),
    "one column of text": (
        "Note\nHello, world\nfoo, bar, baz\nx\n",
        [("Hello, world",), ("foo, bar, baz",), ("x",)],
    ),
    "a delimiter at the end of every line": ("A,B,\nx,y,\n", [("x", "y", "")]),
    "a delimiter at the end of the rows": ("A,B\nx,y,\nz,w,\n", [("x", "y"), ("z", "w")]),
    "a column beside that is nearly always empty": (
        "A;B;C;D\n" + "x;;;\n" * 30 + "y;a, b;;\n",
        [("x", "", "", "")] * 30 + [("y", "a, b", "", "")],
    ),
    "CR CR LF": ("A,B\r\r\nx,y\r\r\nz,w\r\r\n", [("x", "y"), ("z", "w")]),
    "all line ends in one": ("A,B\r1,2\n3,4\r\n5,6", [("1", "2"), ("3", "4"), ("5", "6")]),
    "line ends of Unicode that are text": (
        "A,B\nx,a\u2028b\ny,c\x85d\x0be\n",
        [("x", "a\u2028b"), ("y", "c\x85d\x0be")],
    ),
    "marks in the middle": (b"\xef\xbb\xbfA,B\nx,y\n\xef\xbb\xbfz,w\n", [("x", "y"), ("z", "w")]),
    "sep= in quotes": ('"sep=;"\r\n"A";"B"\r\n"x";"y"\r\n', [("x", "y")]),
    "sep= in a padded line": ("sep=;;;\r\nA;B;C\r\nx;y;z\r\n", [("x", "y", "z")]),
    "sep= with a tab": ("sep=\t\r\nA\tB\r\nx\ty\r\n", [("x", "y")]),
    "sep= with something rare": ("\ufeffsep=^\nA^B\nx^y\n", [("x", "y")]),
    "thousands of columns": (
        ",".join(f"c{n}" for n in range(10_000)) + "\n" + ",".join(map(str, range(10_000))) + "\n",
        [tuple(map(str, range(10_000)))],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_files_as_they_come_are_read_as_they_were_meant(name):
    content, expected = FILES[name]
    source = open_csv(BytesIO(content.encode() if isinstance(content, str) else content))
    assert [row.cells for row in source.rows()] == expected


def test_a_single_mark_of_no_value_may_be_a_text():
    source = open_csv(BytesIO(b"a,b\n1,\\N\n2,x\n"))
    assert [row.cells for row in source.rows()] == [("1", "\\N"), ("2", "x")]
    assert source.dialect.null == ""


@pytest.mark.parametrize("line", ["a,sep=;\n", "sep=;", "separator=;\n", 'sep="\n'])
def test_what_only_looks_like_an_announcement_is_none(line):
    assert announced_delimiter(line) == ""


@pytest.mark.parametrize("name", ["ab", '"', "\n", "", "\0"])
def test_what_cannot_divide_cells_is_refused(name):
    with pytest.raises(KnownError):
        delimiter_named(name)


# The writer of Python leaves a CR unquoted where lines end with LF; test_csv_reader has those.
texts = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t"), max_size=9
)
tables = st.integers(2, 4).flatmap(
    lambda width: st.lists(st.tuples(st.just("x"), *[texts] * (width - 1)), min_size=1, max_size=5)
)
dialects = st.fixed_dictionaries(
    {
        "delimiter": st.sampled_from(",;\t|^"),
        "quoting": st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL, csv.QUOTE_NONNUMERIC]),
        "lineterminator": st.sampled_from(["\r\n", "\n"]),
    }
)
codecs = st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-be", "gb18030"])


@given(rows=tables, dialect=dialects, codec=codecs, announced=st.booleans())
def test_what_was_written_in_any_dialect_is_read(rows, dialect, codec, announced):
    header = tuple(f"Column {number}" for number in range(len(rows[0])))
    text = StringIO(newline="")
    if announced:
        text.write(f"sep={dialect['delimiter']}{dialect['lineterminator']}")
    csv.writer(text, **dialect).writerows([header, *rows])
    options = {} if announced else {"delimiter": dialect["delimiter"]}
    if codec in {"utf-16-be", "gb18030"}:
        options["encoding"] = codec
    source = open_csv(BytesIO(text.getvalue().encode(codec)), **options)
    assert source.header == header
    assert [row.cells for row in source.rows()] == rows
