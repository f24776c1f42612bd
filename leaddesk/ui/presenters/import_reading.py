# SPDX-License-Identifier: MIT
"""How the file of an import is read, and how it may be read instead."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from leaddesk.core.services.import_leads import ImportOptions, ImportPreview

PRESET, ENCODING, DELIMITER, COUNTRY = "preset", "encoding", "delimiter", "country"
"""What may be chosen; as in `ImportOptions`."""

DELIMITERS: Final = {
    ",": "\u201c,\u201d",
    ";": "\u201c;\u201d",
    "\t": "tab",
    "|": "\u201c|\u201d",
}
ENCODINGS: Final = {
    "utf-8": "UTF-8",
    "utf-16": "UTF-16",
    "cp1252": "Windows Western (1252)",
    "cp1250": "Windows Central European (1250)",
    "cp1251": "Windows Cyrillic (1251)",
    "cp1253": "Windows Greek (1253)",
    "cp1254": "Windows Turkish (1254)",
    "cp1255": "Windows Hebrew (1255)",
    "cp1256": "Windows Arabic (1256)",
    "cp1257": "Windows Baltic (1257)",
    "cp1258": "Windows Vietnamese (1258)",
    "cp874": "Windows Thai (874)",
    "cp932": "Japanese (Shift JIS)",
    "euc_jp": "Japanese (EUC)",
    "gb18030": "Chinese, simplified (GB 18030)",
    "cp950": "Chinese, traditional (Big5)",
    "cp949": "Korean (949)",
    "latin_1": "Western (ISO 8859-1)",
    "iso8859_15": "Western (ISO 8859-15)",
    "iso8859_2": "Central European (ISO 8859-2)",
    "iso8859_5": "Cyrillic (ISO 8859-5)",
    "iso8859_7": "Greek (ISO 8859-7)",
    "iso8859_9": "Turkish (ISO 8859-9)",
    "koi8_r": "Russian (KOI8-R)",
    "koi8_u": "Ukrainian (KOI8-U)",
    "mac_roman": "Mac Western",
    "mac_latin2": "Mac Central European",
    "mac_cyrillic": "Mac Cyrillic",
    "mac_greek": "Mac Greek",
    "mac_turkish": "Mac Turkish",
    "cp850": "DOS Western (850)",
    "cp852": "DOS Central European (852)",
    "cp737": "DOS Greek (737)",
    "cp775": "DOS Baltic (775)",
    "cp857": "DOS Turkish (857)",
    "cp862": "DOS Hebrew (862)",
    "cp866": "DOS Cyrillic (866)",
}
"""Name of a codec -> words; those that are found by themselves, and UTF."""


@dataclass(frozen=True, slots=True)
class ReadingChoice:
    """One thing that may be chosen of how a file is read.

    Attributes:
        kind: Which; one of the names above.
        title: Said of it.
        now: The value it is read by.
        words: Value -> words, in their order; nothing for countries, whose names the system knows.
    """

    kind: str
    title: str
    now: str
    words: Mapping[str, str]


def reading_choices(
    preview: ImportPreview, presets: tuple[tuple[str, str], ...]
) -> tuple[ReadingChoice, ...]:
    """Return what may be chosen for the file of a preview; of a workbook fewer things."""
    source = preview.source
    chosen = [ReadingChoice(PRESET, "System", source.preset, dict(presets))]
    if source.delimiter:
        own = {source.encoding: source.encoding.upper()}
        chosen += [
            ReadingChoice(ENCODING, "Encoding", source.encoding, own | ENCODINGS),
            ReadingChoice(
                DELIMITER, "Separator", source.delimiter,
                {source.delimiter: source.delimiter} | DELIMITERS,
            ),
        ]  # fmt: skip
    country = ReadingChoice(COUNTRY, "Country of phone numbers", preview.options.country, {})
    return (*chosen, country)


def read_otherwise(options: ImportOptions, kind: str, value: str) -> ImportOptions:
    """Return the options with another choice; but for the country, columns may be others then."""
    if kind == COUNTRY:
        return replace(options, country=value)
    changed = {kind: value}
    return replace(options, mapping={}, by_field={}, **changed)  # type: ignore[arg-type]  # texts all
