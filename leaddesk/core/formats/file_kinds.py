# SPDX-License-Identifier: MIT
"""Tells what a file is by its first bytes: one that can be read, or one to refuse in words."""

import re
import struct
import zipfile
import zlib
from collections.abc import Collection
from enum import StrEnum
from typing import BinaryIO

from leaddesk.core.errors import KnownError


class FileKind(StrEnum):
    """What can be read; the values are the usual endings of their names."""

    TEXT = "csv"
    GZIP = "csv.gz"
    WORKBOOK = "xlsx"


_HEAD_BYTES = 1 << 16
_SAVE_AS_CSV = "Open it in the program that made it, save it as CSV, and import that file."
_EXPORT_AS_CSV = "Export the leads as CSV where this came from, and import that file."
_UNPACK = "Unpack it first, and import the CSV inside."
_GIVE_CSV = "Choose the CSV file with the leads instead."
_FETCH_AGAIN = "Fetch or save it once more, then import it again."

_MARK = rb"(?:\xef\xbb\xbf)?\s*"
_KINDS: tuple[tuple[bytes, str, str], ...] = (
    (
        rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "an old Excel workbook (xls), or one with a password",
        "Open it, save it as CSV or as xlsx without a password, and import that file.",
    ),
    (
        (
            rb"BZh[1-9]1AY|\xfd7zXZ\x00|7z\xbc\xaf\x27\x1c|Rar!\x1a|\x28\xb5\x2f\xfd|\x1f\x9d"
            rb"|\x04\x22\x4d\x18|.{257}ustar"
        ),
        "an archive",
        _UNPACK,
    ),
    (
        (
            rb"\x89PNG|\xff\xd8\xff|GIF8[79]a|II\*\x00|MM\x00\*|RIFF.{4}WEBP|BM.{4}\0\0\0\0"
            rb"|.{4}ftyp(?:heic|heix|mif1|avif)"
        ),
        "a picture",
        _GIVE_CSV,
    ),
    (
        rb"RIFF.{4}(?:WAVE|AVI )|ID3[\x02-\x04]\x00|OggS\x00|fLaC\x00|.{4}ftyp",
        "a recording",
        _GIVE_CSV,
    ),
    (rb"%PDF-", "a PDF document", _EXPORT_AS_CSV),
    (rb"%!PS", "a document for printing (PostScript)", _EXPORT_AS_CSV),
    (rb"\{\\rtf", "a text document (RTF)", _SAVE_AS_CSV),
    (rb"SQLite format 3\x00", "a database (SQLite)", _EXPORT_AS_CSV),
    (rb"\x00\x01\x00\x00Standard (?:Jet|ACE) DB", "a database (Access)", _EXPORT_AS_CSV),
    (rb"PAR1[\x00-\x1f]", "a Parquet file", _EXPORT_AS_CSV),
    (rb"ARROW1\x00|Obj\x01|\x89HDF|\x80[\x02-\x05](?:\x95|[\]}(c])", "a data file", _EXPORT_AS_CSV),
    (rb"!BDN", "an Outlook data file", "Export the contacts from Outlook as CSV."),
    (rb"\x7fELF|MZ[\x00-\x1f\x80-\xff]|\xcf\xfa\xed\xfe|\xca\xfe\xba\xbe", "a program", _GIVE_CSV),
    (rb"L\x00\x00\x00\x01\x14\x02\x00", "a link to another file", _GIVE_CSV),
    (_MARK + rb"\[InternetShortcut\]", "a link to a web page", _GIVE_CSV),
    (rb"bplist00", "a property list", _EXPORT_AS_CSV),
    (
        _MARK + rb"(?:<!--.{0,2000}?-->\s*)?<(?:!doctype html|html|head|body|table|meta|div)\b",
        "a web page",
        "If a spreadsheet program can open it, save it from there as CSV, and import that file.",
    ),
    (_MARK + rb"<(?:\?xml|!doctype|[a-z][\w:.-]*(?:\s[^<>]*)?>\s*<)", "an XML file", _SAVE_AS_CSV),
    (
        _MARK + rb'(?:\{\s*(?:"[^"\r\n]*"\s*:|\}\s*\Z)|\[\s*(?:[{\[]|\]\s*\Z))',
        "a JSON file",
        _EXPORT_AS_CSV,
    ),
    (_MARK + rb"BEGIN:VCARD", "a file of address cards (vCard)", _EXPORT_AS_CSV),
    (_MARK + rb"BEGIN:VCALENDAR", "a calendar", _GIVE_CSV),
    (rb"(?:version: 1\s+)?dn:{1,2} ", "a directory export (LDIF)", _EXPORT_AS_CSV),
    (rb"ID;P[^\r\n]*[\r\n]+[A-Z]{1,2};[A-Z]", "an old spreadsheet (SYLK)", _SAVE_AS_CSV),
    (
        _MARK + rb"(?:--[ -][^\r\n]*[\r\n]+\s*)*(?:-- (?:My|Maria|Postgre)SQL|-- [^\r\n]*dump\b"
        rb"|insert\s+into\s+[\w.\"`\[]|create\s+table\s+[\w.\"`\[])",
        "an SQL script",
        _EXPORT_AS_CSV,
    ),
    (rb"-----BEGIN (?:PGP|CERT|RSA|PRIV)", "an encrypted file or a key", _GIVE_CSV),
    (
        rb"From [^,;\t\r\n]+ \d\d:\d\d:\d\d |(?:Return-Path|Received|Delivered-To): [^\r\n]*[\r\n]",
        "a mail",
        _GIVE_CSV,
    ),
)
_PATTERNS = tuple(
    (re.compile(pattern, re.DOTALL | re.IGNORECASE), kind, todo) for pattern, kind, todo in _KINDS
)
_GZIP = b"\x1f\x8b"
_ZIP = re.compile(rb"PK(?:\x03\x04|\x05\x06|\x07\x08)")
_WORKBOOK_HEAD = re.compile(rb".*(?:\[Content_Types\]\.xml|_rels/|xl/)", re.DOTALL)
_ZIP_FAULTS = (
    zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, LookupError, RuntimeError,
    struct.error,
)  # fmt: skip
_IN_ZIP = (
    ("word/", "a Word document", _SAVE_AS_CSV),
    ("ppt/", "a presentation", _GIVE_CSV),
    (".iwa", "a Numbers or Pages document", "Export it as CSV, and import that file."),
)

_CONTROLS = re.compile(r"[\x01-\x08\x0e-\x19\x7f-\x84\x86-\x9f]")
_CONTROL_SHARE = 0.01
_NUL_SHARE = 0.3
_ALWAYS_ALLOWED = 16


def find_kind(stream: BinaryIO) -> FileKind:
    """Return what a stream can be read as; it is at its beginning afterwards.

    Raises:
        KnownError: it is empty, or what it is cannot be read here.
    """
    stream.seek(0)
    head = stream.read(_HEAD_BYTES)
    stream.seek(0)
    if not head.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise KnownError("The file is empty.", _GIVE_CSV)
    if head.startswith(_GZIP):
        return FileKind.GZIP
    if _ZIP.match(head):
        return _inside_zip(stream, head)
    for pattern, kind, todo in _PATTERNS:
        if pattern.match(head):
            raise KnownError(f"This is {kind}, not a CSV file.", todo)
    return FileKind.TEXT


def _inside_zip(stream: BinaryIO, head: bytes) -> FileKind:
    try:
        with zipfile.ZipFile(stream) as archive:
            names = frozenset(archive.namelist())
            mimetype = _mimetype(archive, names)
    except _ZIP_FAULTS:
        names, mimetype = frozenset(), head
    stream.seek(0)
    if not names and _WORKBOOK_HEAD.match(head):
        raise KnownError("This is an Excel workbook, but it is damaged or not whole.", _FETCH_AGAIN)
    if "xl/workbook.bin" in names:
        what, todo = "a binary Excel workbook (xlsb)", _SAVE_AS_CSV
    elif any(name.startswith("xl/") for name in names):
        return FileKind.WORKBOOK
    elif b"opendocument" in mimetype:
        what, todo = "an OpenDocument file", _SAVE_AS_CSV
    else:
        what, todo = next(
            ((kind, do) for part, kind, do in _IN_ZIP if any(part in name for name in names)),
            ("a ZIP archive", _UNPACK),
        )
    raise KnownError(f"This is {what}, not a CSV file.", todo)


def _mimetype(archive: zipfile.ZipFile, names: Collection[str]) -> bytes:
    if "mimetype" not in names:
        return b""
    with archive.open("mimetype") as stream:
        return stream.read(200)


def refuse_no_text(text: str) -> None:
    """Leave what was decoded alone when a person could have written it.

    Raises:
        KnownError: it is full of control characters.
    """
    limits = ((len(_CONTROLS.findall(text)), _CONTROL_SHARE), (text.count("\x00"), _NUL_SHARE))
    if any(count > max(_ALWAYS_ALLOWED, share * len(text)) for count, share in limits):
        raise KnownError("This is not a text file, so it cannot be a CSV file.", _GIVE_CSV)
