# SPDX-License-Identifier: MIT
"""Tells what a file is that was given in place of a CSV, by its first bytes."""

import re
from typing import BinaryIO

from leaddesk.core.errors import KnownError

_HEAD_BYTES = 1 << 16
_SAVE_AS_CSV = "Open it in the program that made it, save it as CSV, and import that file."
_UNPACK = "Unpack it first, and import the CSV inside."
_GIVE_CSV = "Choose the CSV file with the leads instead."

_KINDS: tuple[tuple[bytes, str, str], ...] = (
    (rb"PK\x03\x04.{26}mimetypeapplication/vnd\.oasis", "an OpenDocument file", _SAVE_AS_CSV),
    (rb"PK\x03\x04.*(?:\[Content_Types\]\.xml|_rels/|xl/)", "an Excel workbook", _SAVE_AS_CSV),
    (rb"PK(?:\x03\x04|\x05\x06)", "a ZIP archive", _UNPACK),
    (rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel or Office file", _SAVE_AS_CSV),
    (rb"\x1f\x8b|BZh[1-9]1AY|\xfd7zXZ\x00|7z\xbc\xaf\x27\x1c|Rar!\x1a", "an archive", _UNPACK),
    (rb"\x89PNG|\xff\xd8\xff|GIF8[79]a|II\*\x00|MM\x00\*|RIFF.{4}WEBP", "a picture", _GIVE_CSV),
    (rb"%PDF-", "a PDF document", _GIVE_CSV),
    (rb"\{\\rtf", "a text document (RTF)", _SAVE_AS_CSV),
    (rb"SQLite format 3\x00", "a database", _GIVE_CSV),
    (rb"\x7fELF|MZ\x90\x00", "a program", _GIVE_CSV),
    (rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html)", "a web page", _GIVE_CSV),
    (rb"(?:\xef\xbb\xbf)?\s*<\?xml", "an XML file", _SAVE_AS_CSV),
    (rb"BEGIN:VCARD", "a file of address cards (vCard)", _SAVE_AS_CSV),
)
_PATTERNS = tuple(
    (re.compile(pattern, re.DOTALL | re.IGNORECASE), kind, todo) for pattern, kind, todo in _KINDS
)

_CONTROLS = re.compile(r"[\x01-\x08\x0e-\x19\x7f-\x84\x86-\x9f]")
_CONTROL_SHARE = 0.01
_NUL_SHARE = 0.3
_ALWAYS_ALLOWED = 16


def refuse_other_kinds(stream: BinaryIO) -> None:
    """Leave a stream that may be a CSV alone, at its beginning.

    Raises:
        KnownError: it is empty, or the first bytes say what else it is.
    """
    stream.seek(0)
    head = stream.read(_HEAD_BYTES)
    stream.seek(0)
    if not head.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise KnownError("The file is empty.", _GIVE_CSV)
    for pattern, kind, todo in _PATTERNS:
        if pattern.match(head):
            raise KnownError(f"This is {kind}, not a CSV file.", todo)


def refuse_no_text(text: str) -> None:
    """Leave what was decoded alone when a person could have written it.

    Raises:
        KnownError: it is full of control characters.
    """
    limits = ((len(_CONTROLS.findall(text)), _CONTROL_SHARE), (text.count("\x00"), _NUL_SHARE))
    if any(count > max(_ALWAYS_ALLOWED, share * len(text)) for count, share in limits):
        raise KnownError("This is not a text file, so it cannot be a CSV file.", _GIVE_CSV)
