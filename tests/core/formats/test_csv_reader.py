# SPDX-License-Identifier: MIT
"""Reading any CSV: real files, every dialect, and what is none."""

import csv
import json
import zlib
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaddesk.core.domain.rows import RowProblem
from leaddesk.core.errors import KnownError
from leaddesk.core.formats.csv_reader import CsvRow, open_csv

DATA = Path(__file__).parents[2] / "data"
EXPECTED = json.loads((DATA / "derived_encodings" / "expected.json").read_text(encoding="utf-8"))


def opened(content: bytes | str, **options):
    return open_csv(BytesIO(content.encode() if isinstance(content, str) else content), **options)


def cells(content: bytes | str, **options) -> list[tuple[str, ...]]:
    rows = list(opened(content, **options).rows())
    assert all(isinstance(row, CsvRow) for row in rows), rows
    return [row.cells for row in rows]


def problems(content: bytes | str, **options) -> list[tuple[str, int]]:
    rows = opened(content, **options).rows()
    return [(row.code, row.line) for row in rows if isinstance(row, RowProblem)]


def lines(content: bytes | str) -> list[int]:
    return [row.line for row in opened(content).rows()]


@pytest.mark.parametrize("case", EXPECTED, ids=lambda case: case["file"])
def test_every_encoding_is_read_as_it_was_written(case):
    with (DATA / "derived_encodings" / case["file"]).open("rb") as stream:
        source = open_csv(stream)
        rows = [list(row.cells) for row in source.rows()]
    assert source.dialect.delimiter == case["delimiter"]
    assert [list(source.header), *rows] == case["expected"]


@pytest.mark.parametrize(
    ("name", "rows", "columns"),
    [("datablist_leads/leads-1000.csv", 1000, 14), ("salesforce_workshop_export/Lead.csv", 60, 55)],
)
def test_the_real_exports_are_read_whole(name, rows, columns):
    with (DATA / name).open("rb") as stream:
        source = open_csv(stream)
        read = list(source.rows())
    assert len(source.header) == columns
    assert len(read) == rows
    assert not any(isinstance(row, RowProblem) for row in read)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_delimiters_and_line_ends_are_found(delimiter, end):
    text = end.join(['Name,"Big, Co; or | so",Note', '"A ""B"" C",x,"two' + end + 'lines"', ""])
    text = text.replace('Name,"', f'Name{delimiter}"').replace('",Note', f'"{delimiter}Note')
    text = text.replace('C",x,"', f'C"{delimiter}x{delimiter}"')
    source = opened(text)
    assert source.dialect.delimiter == delimiter
    assert source.header == ("Name", "Big, Co; or | so", "Note")
    assert [row.cells for row in source.rows()] == [('A "B" C', "x", f"two{end}lines")]


def test_decimal_commas_and_enumerations_do_not_hide_the_delimiter():
    source = opened("Name;City, Country;Revenue\nAda;Brno, CZ;1,5\nBo;Graz, AT;2,5\n")
    assert source.dialect.delimiter == ";"
    assert source.header[1] == "City, Country"


def test_the_line_that_excel_writes_names_the_delimiter():
    source = opened('sep=|\r\n"a|b"|c\r\n1|2\r\n')
    assert (source.dialect.delimiter, source.dialect.header_line) == ("|", 2)
    assert [(row.line, row.cells) for row in source.rows()] == [(3, ("1", "2"))]


def test_what_is_given_is_not_guessed():
    assert cells("a;b\n1;2\n", delimiter=";") == [("1", "2")]
    assert cells("a\tb\n1\t2\n", delimiter="tab") == [("1", "2")]
    assert cells("Név\nKovács Gyöző\n".encode("cp1250"), encoding="cp1250") == [("Kovács Gyöző",)]


def test_rows_are_named_by_the_line_on_which_they_begin():
    assert lines('\n\na,b\n"x\ny",1\n\n , \n2,3\n') == [4, 8]
    assert lines("a,b\r1,2\r3,4\r") == [2, 3]


def test_blank_rows_are_no_rows_and_short_ones_are_filled():
    assert cells("a,b,c\n\n,,\n1\n2,3,4,,\n") == [("1", "", ""), ("2", "3", "4")]


def test_a_longer_row_is_a_problem_with_all_its_cells():
    (row,) = (row for row in opened("a,b\n1,2,3\n").rows())
    assert row == RowProblem(
        "too_many_fields", 2, found="3 fields", allowed="the header has 2", cells=("1", "2", "3")
    )


def test_a_quote_that_is_never_closed_costs_one_row():
    text = 'a,b\n1,2\n"open,3\n4,5\n6,"7"\n8,9\n'
    assert problems(text) == [("quote", 3)]
    assert lines(text) == [2, 3, 4, 5, 6]
    assert problems('a,b\n1,2\n3,"open\n') == [("quote", 3)]


def test_a_file_full_of_quotes_that_are_never_closed_costs_each_line_once():
    # Each line closes the quote of the one before and opens another, so that every search goes on.
    found = problems("a,b\n" + 'x","a\n' * 60_000)
    assert found == [("quote", line) for line in range(2, 60_002)]


def test_a_quote_inside_a_quoted_cell_has_to_be_doubled():
    assert problems('a,b\n"5" tall",1\n"5"" tall",2\n') == [("quote", 2)]


def test_a_cell_may_be_very_long_but_not_endless():
    assert cells("a,b\n" + "x" * 6_000_000 + ",1\n")[0][1] == "1"
    assert problems("a,b\n" + "x" * 10_000_001 + ",1\n2,3\n") == [("cell_too_large", 2)]


def test_bytes_that_are_no_text_cost_one_row():
    good = "Zoë,Müller\n" * 20
    content = b"a,b\n" + good.encode() + b"Zo\xeb,1\n" + good.encode()
    assert problems(content) == [("undecodable", 22)]


def test_a_row_of_two_cells_that_begins_blank_is_read_as_it_is():
    assert cells("a,b,c\n,1,2\n , ,3\n") == [("", "1", "2"), (" ", " ", "3")]


def test_nul_characters_are_left_out():
    assert cells("a,b\n1\0,\x002\n") == [("1", "2")]


ZIP = b"PK\x03\x04" + bytes(26)


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf\r\n \r\n", "empty"),
        (b"name,email\r\n", "no rows"),
        (b"name,email\r\n,\r\n\r\n", "no rows"),
        (b"ada@x.example,Ada\r\nbo@x.example,Bo\r\n", "a lead, not a header"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "a picture"),
        (b"\xff\xd8\xff\xe0" + bytes(100), "a picture"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "a PDF document"),
        (ZIP + b"[Content_Types].xml" + bytes(50), "an Excel workbook"),
        (ZIP + b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "an OpenDocument file"),
        (ZIP + b"leads.csv" + bytes(50), "a ZIP archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(50), "an old Excel"),
        (b"\x1f\x8b\x08" + bytes(50), "an archive"),
        (b"<!DOCTYPE html><html>", "a web page"),
        (zlib.compress(bytes(range(256)) * 20), "not a text file"),
        (b'"a,b\n', "cannot be read"),
    ],
)
def test_what_is_no_csv_is_refused_in_words(content, what):
    with pytest.raises(KnownError, match=what) as refused:
        opened(content)
    assert refused.value.what.endswith(".")
    assert refused.value.todo.endswith(".")


@pytest.mark.parametrize(
    "options",
    [{"encoding": "klingon"}, {"encoding": "hex"}, {"delimiter": "ab"}, {"delimiter": '"'}],
)
def test_an_option_that_is_none_is_refused(options):
    with pytest.raises(KnownError):
        opened("a,b\n1,2\n", **options)


def test_the_stream_stays_open_and_can_be_read_again():
    stream = BytesIO(b"a,b\n1,2\n")
    source = open_csv(stream)
    assert list(source.rows()) == list(source.rows())
    assert not stream.closed


texts = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], include_characters="\r\n\t"), max_size=12
)
tables = st.integers(2, 5).flatmap(
    lambda width: st.lists(
        st.tuples(*[texts] * width).filter(lambda row: any(cell.strip() for cell in row)),
        min_size=1,
        max_size=6,
    )
)


@given(rows=tables, delimiter=st.sampled_from(",;\t|"), end=st.sampled_from(["\r\n", "\n", "\r"]))
def test_what_was_written_is_read(rows, delimiter, end):
    header = tuple(f"Column {number}" for number in range(len(rows[0])))
    text = StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_ALL).writerows(
        [header, *rows]
    )
    for codec in ("utf-8", "utf-16-le"):
        source = opened(text.getvalue().encode(codec), encoding=codec)
        assert source.header == header
        assert [row.cells for row in source.rows()] == rows


beginnings = [
    b"Name,City\n",
    b"",
    b"\xff\xfe",
    b"\xfe\xff",
    b"sep=;\n",
    b"\x1f\x8b\x08",
    b"PK\x03\x04",
]


@given(st.sampled_from(beginnings), st.binary(max_size=400), st.sampled_from(["", ","]))
def test_whatever_the_bytes_there_are_rows_or_a_sentence(beginning, content, delimiter):
    try:
        source = opened(beginning + content, delimiter=delimiter)
    except KnownError:
        return
    for row in source.rows():
        assert isinstance(row, RowProblem) or len(row.cells) == len(source.header)


def test_half_a_character_costs_one_row():
    content = b"Name\n+2AA-\nAda\n"
    assert problems(content, encoding="utf-7") == [("undecodable", 2)]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "idna", "punycode"])
def test_an_encoding_that_the_file_is_not_in_is_told(encoding):
    with pytest.raises(KnownError, match="cannot be read as"):
        opened("Name,Email\nAda,ada@berg.example\n", encoding=encoding)
