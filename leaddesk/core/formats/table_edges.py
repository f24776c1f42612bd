# SPDX-License-Identifier: MIT
"""Finds where the table begins and ends in a file that says more: titles above, reports' footers.

Nothing here drops a row: what is taken for a footer is handed on as a `RowProblem`.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from leaddesk.core.domain.rows import RowProblem
from leaddesk.core.formats.records import CsvRow, filled_count, has_text

ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")

_LONGEST_PREAMBLE = 40
_MOST_OF = 0.6
_LONGEST_FOOTER = 20
_FOOTER_CELLS = 2

_NUMBER = re.compile(r"[\s(]*[-+]?[$€£¥]?\s?\d[\d.,'\s]*\s?[%$€£¥]?\)?")
_DATE = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[T ,].*)?")
_RULER = re.compile(r":?[-=_]{2}[-=_+|: ]*")

_COUNTED = r"(?:records?|rows?|leads?|contacts?|results?|entries|members?|datens.tze|zeilen|lignes)"
_FOOTER = re.compile(
    rf"""
    copyright\b | © | \(c\)\s | .*\ball\ rights\ reserved | .*\bdo\ not\ distribute
    | confidential\b | (?:strictly|company)\ confidential | internal\ use\ only
    | (?:report\ |file\ |list\ )?(?:generated|exported|created|printed|downloaded|run|prepared)
      (?:\ (?:by|on|at|from|date|time)\b|:)
    | as\ of\ (?:date\b|\d) | page\ \d+ | end\ of\ (?:the\ )?(?:report|file|list|export|data)
    | (?:grand|sub|report|overall)[\ -]?totals?\b | totals?\s*(?:[:(=]|\d)
    | (?:total|number\ of|record|row)\s{_COUNTED}(?:\s*[:=]|\ count|\s*\d) | {_COUNTED}\s*:\s*\d
    | \(?\d[\d.,]*\s{_COUNTED}(?:\s(?:affected|selected|found|total|exported|in\ set).*)?[).]?\Z
    | vertraulich | alle\ rechte\ vorbehalten | (?:erstellt|exportiert|gedruckt)\ (?:am|von|um)\b
    | gesamt(?:summe|zahl)?\s*[:(=\d] | summe\s*[:(=\d] | anzahl\b.*\d | seite\ \d+
    | stand\s*:?\s*\d
    | (?:généré|exporté|imprimé|créé)e?\ (?:le|par)\b | tous\ droits\ réservés | confidentiel
    | (?:generado|exportado|impreso|creado|gerado|criado)\ (?:el|em|por)\b | confidencial
    | (?:generato|esportato|stampato|creato)\ (?:il|da)\b | riservato | todos\ (?:los|os)\ d\w+
    """,
    re.IGNORECASE | re.VERBOSE,
)
_TOTAL = re.compile(
    r"(?:(?:grand|sub|report)[ -]?)?totals?(?: g\w+)?|gesamt(?:summe)?|summe|somme|suma|sum|"
    r"count|average|anzahl|insgesamt|totale|total general",
    re.IGNORECASE,
)


def usual_width(records: Sequence[CsvRow | RowProblem]) -> int:
    """Return the number of cells that most records have; the greater of two as frequent.

    Records with one cell are titles and footers when there are others.
    """
    widths = Counter(
        len(record.cells)
        for record in records
        if isinstance(record, CsvRow) and filled_count(record.cells)
    )
    return max(widths, key=lambda width: (width > 1, widths[width], width), default=0)


def find_header(records: Sequence[CsvRow | RowProblem]) -> int:
    """Return the index of the record with the names of the columns: mostly the first with text.

    Titles, dates of export and the like may stand above it: records with few cells, or ones that
    a blank line divides from the table. -1: all records are blank.
    """
    first = next((i for i, record in enumerate(records) if has_text(record)), -1)
    if first < 0:
        return -1
    width = usual_width(records)
    index, end = first, min(len(records), first + _LONGEST_PREAMBLE)
    while index < end:
        record = records[index]
        if isinstance(record, CsvRow) and _fills(record.cells, width):
            if not _is_data(record.cells):
                return index if index == first or _begins_table(records, index, width) else first
            index = _behind_blank(records, index)
            if not index:
                break
        index += 1
    return first


def _fills(cells: Sequence[str], width: int) -> bool:
    """Return whether a record names enough columns of a table to be its header."""
    filled = filled_count(cells)
    if width <= _FOOTER_CELLS:
        return filled == width
    return filled >= width * _MOST_OF or filled > width // 2


def _begins_table(records: Sequence[CsvRow | RowProblem], index: int, width: int) -> bool:
    """Return whether it is a table that begins at a record, and not a text with a delimiter."""
    if width <= _FOOTER_CELLS and has_text(records[index - 1]):
        return False
    below = [len(record.cells) == width for record in records[index:] if has_text(record)]
    return below[0] and below.count(True) > max(1, len(below) // 2)


def _is_data(cells: Sequence[str]) -> bool:
    return any(
        ADDRESS.fullmatch(text) or _DATE.fullmatch(text) or not any(map(str.isalpha, text))
        for cell in cells
        if (text := cell.strip())
    )


def _behind_blank(records: Sequence[CsvRow | RowProblem], index: int) -> int:
    """Return the blank record that divides a record and a few others from the table; 0: none."""
    near = records[index + 1 : index + 1 + _LONGEST_FOOTER]
    blank = next((i for i, record in enumerate(near) if not has_text(record)), len(near))
    above = near[:blank]
    is_set_off = any(map(has_text, near[blank:])) and all(
        filled_count(record.cells) <= _FOOTER_CELLS for record in above
    )
    return index + 1 + blank if is_set_off else 0


def is_ruler(cells: Sequence[str]) -> bool:
    """Return whether a record is the line of dashes that database tools draw below a header."""
    texts = [text for cell in cells if (text := cell.strip())]
    return bool(texts) and all(map(_RULER.fullmatch, texts))


def without_footers(
    records: Iterator[CsvRow | RowProblem], last: CsvRow | None, width: int
) -> Iterator[CsvRow | RowProblem]:
    """Yield the records around a blank one up to the next that is surely a row.

    Args:
        records: Those after the blank record; more are taken only while they may be a footer.
        last: The row before the blank one, if there is one that was not yielded yet.
        width: Cells of the header.
    """
    if last is not None:
        yield _footer(last) if _is_total(last.cells, width) else last
    block: list[CsvRow | RowProblem] = []
    for record in records:
        if not has_text(record):
            continue
        block.append(record)
        if not _may_be_footer(record, width) or len(block) > _LONGEST_FOOTER:
            yield from block
            return
    told = [_is_told(record.cells) for record in block]
    is_footer = any(told) and (width > 1 or 2 * told.count(True) >= len(block))
    begin = told.index(True) if is_footer else len(block)
    yield from block[:begin]
    yield from map(_footer, block[begin:])


def _footer(record: CsvRow | RowProblem) -> RowProblem:
    if isinstance(record, RowProblem):
        return record
    found = next((text for cell in record.cells if (text := cell.strip())), "")
    return RowProblem("footer", record.line, found=found, cells=record.cells)


def _may_be_footer(record: CsvRow | RowProblem, width: int) -> bool:
    if isinstance(record, RowProblem):
        return record.code == "cut_off" or _is_told(record.cells)
    filled = filled_count(record.cells)
    return filled == 1 or filled <= min(_FOOTER_CELLS, width - 1) or _is_total(record.cells, width)


def _is_told(cells: Sequence[str]) -> bool:
    """Return whether the first text of a record is what reports put at their end."""
    text = next((text for cell in cells if (text := cell.strip())), "")
    return bool(_FOOTER.match(text)) or bool(_TOTAL.fullmatch(text.rstrip(" :")))


def _is_total(cells: Sequence[str], width: int) -> bool:
    """Return whether a record is a line of totals or a count of the rows above it."""
    texts = [text for cell in cells if (text := cell.strip())]
    if not texts or width <= 1:
        return False
    if len(texts) == 1:
        return len(cells) < width and bool(_FOOTER.match(texts[0]))
    return _is_told(texts) and all(map(_NUMBER.fullmatch, texts[1:]))
