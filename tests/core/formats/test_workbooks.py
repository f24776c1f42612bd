# SPDX-License-Identifier: MIT
"""Reading an Excel workbook as a person sees it, and refusing what is damaged or made to harm."""

import io
import zipfile
from contextlib import suppress
from datetime import date, datetime, time, timedelta

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaddesk.core.domain.rows import RowProblem
from leaddesk.core.errors import KnownError
from leaddesk.core.formats.csv_reader import open_csv

HEADER = ("Name", "Value", "City")
SHEET = "xl/worksheets/sheet1.xml"


def workbook(*rows, formats=(), **sheets) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for address, number_format in formats:
        book.active[address].number_format = number_format
    for title, content in sheets.items():
        sheet = book.create_sheet(title)
        for row in content:
            sheet.append(row)
    return saved(book)


def saved(book) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def changed(content: bytes, name: str, change) -> bytes:
    """Return a workbook with one part changed."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.namelist():
            data = old.read(part)
            new.writestr(part, change(data) if part == name else data)
    return stream.getvalue()


def opened(content: bytes):
    return open_csv(io.BytesIO(content))


@pytest.mark.parametrize(
    ("value", "number_format", "seen"),
    [
        ("01234", "General", "01234"),
        ("two\nlines", "General", "two\nlines"),
        (1234.0, "#,##0.00", "1234"),
        (1234567.5, "#,##0.00", "1234567.5"),
        (0.1 + 0.2, "General", "0.3"),
        (49151234567890, "0.00E+00", "49151234567890"),
        (1e21, "General", "1000000000000000000000"),
        (-0.00001, "General", "-0.00001"),
        (0.125, "0.0%", "12.5%"),
        (1234, "00000", "01234"),
        (True, "General", "TRUE"),
        (date(2026, 1, 2), "dd.mm.yy", "2026-01-02"),
        (datetime(2026, 1, 2, 13, 45, 30), "m/d/yy h:mm", "2026-01-02 13:45:30"),  # noqa: DTZ001  # a cell has no zone
        (time(9, 30), "h:mm", "09:30:00"),
        (timedelta(hours=30, minutes=5), "[h]:mm:ss", "30:05:00"),
        ("#N/A", "General", "#N/A"),
    ],
)
def test_a_cell_is_the_text_that_a_person_sees_in_a_plain_form(value, number_format, seen):
    content = workbook(HEADER, ("Ada", value, "Köln"), formats=[("B2", number_format)])
    (row,) = opened(content).rows()
    assert row.cells == ("Ada", seen, "Köln")


def test_a_formula_has_the_value_that_was_stored_with_it():
    content = workbook(HEADER, ("Ada", "=1+2", "Köln"))
    content = changed(content, SHEET, lambda xml: xml.replace(b"<v />", b"<v>3</v>"))
    (row,) = opened(content).rows()
    assert row.cells == ("Ada", "3", "Köln")


def test_title_footer_and_blank_rows_are_told_apart_like_those_of_a_csv():
    rows = [("Leads",), (), HEADER, ("Ada",), (), ("Bo", 1, "Bonn", "beyond"), ("Total", 5)]
    source = opened(workbook(*rows))
    assert source.header[:3] == HEADER
    assert (source.dialect.kind, source.dialect.header_line) == ("xlsx", 3)
    assert source.dialect.preamble == ("Leads",)
    seen = [(row.line, getattr(row, "code", "row")) for row in source.rows()]
    assert seen == [(4, "row"), (6, "row"), (7, "footer")]


def test_a_cell_beyond_the_header_of_a_long_sheet_is_a_problem():
    rows = [HEADER, *[("Ada", 1, "Köln")] * 300, ("Bo", 1, "Bonn", "beyond")]
    *_, last = opened(workbook(*rows)).rows()
    assert isinstance(last, RowProblem)
    assert (last.code, last.line) == ("too_many_fields", 302)


def test_the_first_visible_sheet_with_content_is_read_and_the_others_are_named():
    book = openpyxl.load_workbook(
        io.BytesIO(workbook(Lists=[("x",)], Leads=[HEADER, ("Ada", 1, "Köln")], More=[("y",)]))
    )
    book["Lists"].sheet_state = "hidden"
    source = opened(saved(book))
    assert (source.dialect.sheet, source.dialect.other_sheets) == ("Leads", ("More", "Lists"))
    assert [row.cells for row in source.rows()] == [("Ada", "1", "Köln")]


def test_a_wrong_dimension_loses_no_cell():
    content = workbook(HEADER, ("Ada", 1, "Köln"))
    content = changed(content, SHEET, lambda xml: xml.replace(b'ref="A1:C2"', b'ref="A1"'))
    (row,) = opened(content).rows()
    assert row.cells == ("Ada", "1", "Köln")


WHOLE = workbook(HEADER, ("Ada", 1234, "Köln"))
DOCUMENT_TYPE = b'<!DOCTYPE a [<!ENTITY a "b">]>'


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (workbook(), "empty"),
        (workbook(HEADER), "no rows"),
        (WHOLE[: len(WHOLE) // 2], "not whole"),
        (changed(WHOLE, SHEET, lambda xml: xml[:400]), "damaged"),
        (changed(WHOLE, SHEET, lambda xml: xml.replace(b">1234<", b">12x4<")), "damaged"),
        (changed(WHOLE, "[Content_Types].xml", lambda _: b"?"), "damaged"),
        (changed(WHOLE, SHEET, lambda xml: xml + b" " * 20_000_000), "Far more"),
        (changed(WHOLE, SHEET, lambda xml: DOCUMENT_TYPE + xml), "Far more"),
    ],
    ids=["empty", "header", "cut", "cut XML", "no number", "no types", "bomb", "entities"],
)
def test_what_cannot_be_used_is_refused(content, what):
    with pytest.raises(KnownError, match=what):
        list(opened(content).rows())


def test_a_row_far_beyond_the_last_of_excel_takes_no_time():
    content = changed(WHOLE, SHEET, lambda xml: xml.replace(b'r="2"', b'r="999999999"'))
    with pytest.raises(KnownError, match="no rows"):
        opened(content)


@given(st.integers(0, len(WHOLE) - 1), st.integers(0, 255))
def test_one_wrong_byte_gives_rows_or_a_sentence(place, byte):
    content = WHOLE[:place] + bytes([byte]) + WHOLE[place + 1 :]
    with suppress(KnownError):
        assert all(row.line for row in opened(content).rows())
