# SPDX-License-Identifier: MIT
"""Numbers of people and amounts of money as files write them, in the formats of many countries.

A text is read only when every word and sign of it is understood: "50-99 employees" is 50, while
"founded 1998, 50 people" is nothing, for it may mean either. What is a decimal sign and what groups
thousands can be told by the other cells of the column (`decimal_sign`, formats/column_checks).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from leaddesk.core.formats.amount_words import (
    AT_MOST,
    CODES,
    CURRENCY_OF_SIGN,
    CURRENCY_OF_WORD,
    RANGE,
    SCALES,
    UNDERSTOOD,
)

MIXED = "?"
"""Decimal sign of a column in which both are used: "1.234" may then be either number."""

_SPACES = "'\u2019 \u00a0\u202f\u2009"
_NUMBER = re.compile(rf"\d[\d.,{_SPACES}]*(?<=\d)|\d")
_WORD = re.compile(r"[^\W\d_]+|[^\w\s.]")
_BARE = re.compile(
    rf"(?:[€$£¥]|[A-Z]{{3}})?\s?(\d[\d.,{_SPACES}]*)(?<=\d)\s?(?:[€$£¥]|[A-Z]{{3}})?"
).fullmatch
_THOUSANDS = re.compile(r"[1-9]\d{0,2}([.,])\d{3}(\1\d{3})*", re.ASCII).fullmatch
_SCIENTIFIC = re.compile(r"\d[eE][+-]?\d")
_is_grouped = re.compile(r"[1-9]\d{0,2}(?:[.,]\d{3})+|[1-9]\d?(?:,\d\d)+,\d{3}").fullmatch
_is_grouped_by_space = re.compile(rf"[1-9]\d{{0,2}}([{_SPACES}])\d{{3}}(?:\1\d{{3}})*").fullmatch
_CODE = re.compile(r"(?<![A-Z])[TKM]?([A-Z]{3})(?![A-Z])")
_SIGN = re.compile("|".join(map(re.escape, sorted(CURRENCY_OF_SIGN, key=len, reverse=True))))
_MOST_DIGITS = 15
_LONGEST = 100

_Parts = tuple[str, str]
"""Digits before and behind the decimal sign."""


def whole_number(text: str, decimal: str = "") -> int | None:
    """Return an amount in whole units: of "1,000-5,000" 1000, of "1.2 Mio. €" 1200000.

    Args:
        text: As written; of a range the lower end is returned, a fraction of a unit is cut off.
        decimal: The decimal sign of the column, "." or ","; `MIXED` where it uses both; empty
            where that is not known: a single sign before three digits groups thousands then.

    Returns:
        None for what is not certain, is negative, or says only what it is less than.
    """
    if (number := _simple_number(text, decimal)) is not None:
        return number
    if bare := _BARE(text):
        parts = _parts(bare[1], decimal)
        return _scaled(parts, 1) if parts else None
    bounds = _bounds(text, decimal)
    return None if bounds is None or bounds[1] else bounds[0]


def employee_count(text: str, decimal: str = "") -> int | None:
    """Return the number of people, of a range its lower end; of "< 10" that is 1.

    Args:
        text: As written.
        decimal: As for `whole_number`.

    Returns:
        None for what is not certain; half a person is not.
    """
    if (number := _simple_number(text, decimal)) is not None:
        return number
    bounds = _bounds(text, decimal, whole=True)
    if bounds is None:
        return None
    return 1 if bounds[1] else bounds[0]


def _simple_number(text: str, decimal: str) -> int | None:
    """Return the number of nothing but digits, in groups of thousands or not; else None."""
    if text.isdecimal() and len(text) <= _MOST_DIGITS:
        return int(text)
    found = _THOUSANDS(text)
    if found and (found[2] or decimal not in {found[1], MIXED}) and len(text) <= _MOST_DIGITS:
        return int(text.replace(found[1], ""))
    return None


def currency(text: str) -> str | None:
    """Return the ISO 4217 code in a text, or that of a sign or name: "€" is EUR, "$" USD."""
    if code := next((code for code in _CODE.findall(text) if code in CODES), ""):
        return code
    if sign := _SIGN.search(text):
        return CURRENCY_OF_SIGN[sign[0]]
    words = (word.casefold() for word in _WORD.findall(text))
    return next((CURRENCY_OF_WORD[word] for word in words if word in CURRENCY_OF_WORD), None)


def decimal_sign(texts: Iterable[str]) -> str:
    """Return the sign that divides fractions in a column: "." or ",", `MIXED`, or "": no telling.

    "1.234.567" and "1.234,5" tell, "1.234" does not.
    """
    found = {sign for text in texts for token in _NUMBER.findall(text) if (sign := _told_by(token))}
    if len(found) > 1:
        return MIXED
    return found.pop() if found else ""


def _told_by(token: str) -> str:
    """Return the decimal sign that one number gives away; else empty."""
    last = token[max(token.rfind("."), token.rfind(","), 0)]
    if last.isdecimal():
        return ""
    other = "," if last == "." else "."
    if token.count(last) > 1:
        return other if _is_grouped(token) else ""
    before, _, behind = token.partition(last)
    if other in before:
        return last if _is_grouped(before) else ""
    if len(behind) != 3 or before == "0" or not before.isdecimal() or len(before) > 3:  # noqa: PLR2004
        return last
    return ""


def _parts(token: str, decimal: str) -> _Parts | None:
    """Return the digits of a number before and behind its decimal sign; None: not certain."""
    if token.isdecimal():
        return token, ""
    sign = _told_by(token) or decimal
    whole, _, fraction = token.partition(sign) if sign else (token, "", "")
    is_against_column = bool(fraction) and decimal not in {"", MIXED, sign}
    if sign == MIXED or is_against_column or not (fraction or "0").isdecimal():
        return None
    if whole.isdecimal():
        return whole, fraction
    is_one_sign = not (("." in whole) and ("," in whole))
    if is_one_sign and (_is_grouped(whole) or _is_grouped_by_space(whole)):
        return "".join(filter(str.isdecimal, whole)), fraction
    return None


def _scaled(parts: _Parts, scale: int) -> int | None:
    whole, fraction = parts
    if len(whole) > _MOST_DIGITS:
        return None
    number = int(whole) * scale + int(fraction[:9].ljust(9, "0")) * scale // 10**9
    return number if number < 10**_MOST_DIGITS else None


@lru_cache(maxsize=1 << 12)
def _bounds(text: str, decimal: str, *, whole: bool = False) -> tuple[int, bool] | None:
    """Return the lower end that a text names, and whether it is an upper one instead.

    Args:
        text: With words, signs, a range.
        decimal: As for `whole_number`.
        whole: Whether a fraction makes no sense, but of a thousand or a million.
    """
    if len(text) > _LONGEST or _SCIENTIFIC.search(text):
        return None
    found = list(_NUMBER.finditer(text))
    if not found or len(found) > 2:  # noqa: PLR2004 - the two ends of a range
        return None
    starts = [match.start() for match in found]
    before = _words(text[: starts[0]])
    behind = [
        _words(text[match.end() : end])
        for match, end in zip(found, [*starts[1:], len(text)], strict=True)
    ]
    if not _is_understood(before, behind):
        return None
    scales = [SCALES.get(words[0], 1) if words else 1 for words in behind]
    ends = list(_ends([match[0] for match in found], scales, decimal, whole=whole))
    if None in ends or ends != sorted(ends, key=lambda end: end or 0) or ends[0] is None:
        return None
    return ends[0], not AT_MOST.isdisjoint(before)


def _ends(
    tokens: Sequence[str], scales: Sequence[int], decimal: str, *, whole: bool
) -> Iterator[int | None]:
    """Yield the numbers of a text; in "1-5 million" both are millions."""
    shared = scales[-1] if scales[0] == 1 else scales[0]
    for token, own in zip(tokens, (shared, *scales[1:]), strict=True):
        if own > 1 and not decimal and token.count(".") + token.count(",") == 1:
            parts = _parts(token, MIXED)  # nobody knows whether 1.234 million are a thousandfold
        else:
            parts = _parts(token, decimal)
        if parts is None or (whole and own == 1 and parts[1].strip("0")):
            yield None
        else:
            yield _scaled(parts, own)


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]


def _is_understood(before: Sequence[str], behind: Sequence[Sequence[str]]) -> bool:
    """Return whether every word has a meaning at its place."""
    if not all(word in UNDERSTOOD or word in AT_MOST for word in before):
        return False
    *between, after = (words[1:] if words and words[0] in SCALES else words for words in behind)
    if not all(word in UNDERSTOOD for word in after):
        return False
    if not between:
        return True
    joins = [word for word in between[0] if word in RANGE]
    return len(joins) == 1 and all(word in UNDERSTOOD or word in RANGE for word in between[0])
