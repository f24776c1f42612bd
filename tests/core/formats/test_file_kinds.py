# SPDX-License-Identifier: MIT
"""Telling what a file is that was given in place of a list of leads."""

import io
import zipfile

import pytest

from leaddesk.core.errors import KnownError
from leaddesk.core.formats.file_kinds import FileKind, find_kind


def zipped(**parts: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (zipped(mimetype="application/vnd.oasis.opendocument.spreadsheet"), "an OpenDocument file"),
        (zipped(xl__workbook_bin="x"), "a binary Excel workbook"),
        (zipped(word__document_xml="x"), "a Word document"),
        (zipped(ppt__presentation_xml="x"), "a presentation"),
        (zipped(Index__Document_iwa="x"), "a Numbers or Pages document"),
        (zipped(leads_csv="a,b"), "a ZIP archive"),
        (zipped(), "a ZIP archive"),
        (b"PK\x03\x04" + b"x" * 40, "a ZIP archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(50), "an old Excel workbook"),
        (b"BZh91AY&SY", "an archive"),
        (b"leads.csv".ljust(257, b"\0") + b"ustar", "an archive"),
        (b"GIF89a", "a picture"),
        (b"\0\0\0\x18ftypheic", "a picture"),
        (b"SQLite format 3\0", "a database"),
        (b"\0\x01\0\0Standard ACE DB\0", "a database"),
        (b"PAR1\x15\x04", "a Parquet file"),
        (b'{"name": "Ada"}\n', "a JSON file"),
        (b'\xef\xbb\xbf[\n  {"name": "Ada"}\n]', "a JSON file"),
        (b"<?xml version='1.0'?><a/>", "an XML file"),
        (b"<leads><lead/></leads>", "an XML file"),
        (b'<html xmlns:o="urn:x"><table>', "a web page"),
        (b"<!-- export -->\n<table><tr>", "a web page"),
        (b"BEGIN:VCARD\r\n", "a file of address cards"),
        (b"-- MySQL dump 10.13\n--\n", "an SQL script"),
        (b"INSERT INTO leads VALUES (1);\n", "an SQL script"),
        (b"ID;PWXL;N;E\r\nC;Y1;X1\r\n", "an old spreadsheet"),
        (b"dn: cn=Ada,o=x\n", "a directory export"),
        (b"From ada@x.example Thu Jan  1 00:00:00 2026\n", "a mail"),
        (b"{\\rtf1", "a text document"),
        (b"MZ\x90\0", "a program"),
    ],
)
def test_other_kinds_are_refused_by_their_name(content, what):
    with pytest.raises(KnownError, match=f"This is {what}.*, not a CSV file") as refused:
        find_kind(io.BytesIO(content))
    assert refused.value.todo.endswith(".")


@pytest.mark.parametrize(
    "content",
    [
        b"ID;Phone\n1;2\n", b"MZ number,Name\n", b"From,To\n", b"From address\n", b"PAR1,PAR2\n",
        b"ID3,Name\n", b"[Name],[Email]\n", b"<b>,x\n", b"BM,Name\n", b"-- x,y\n",
        b"ORCID,Name\n", b"Insert date,Name\n",
    ],
)  # fmt: skip
def test_headers_that_begin_like_another_kind_are_text(content):
    assert find_kind(io.BytesIO(content)) is FileKind.TEXT


def test_what_can_be_read_is_told_and_the_stream_is_at_its_beginning():
    stream = io.BytesIO(zipped(xl__workbook_xml="x"))
    assert find_kind(stream) is FileKind.WORKBOOK
    assert stream.tell() == 0
    assert find_kind(io.BytesIO(b"\x1f\x8b\x08")) is FileKind.GZIP
