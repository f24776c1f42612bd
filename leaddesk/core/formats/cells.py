# SPDX-License-Identifier: MIT
"""Reads single cells: numbers, flags, times, e-mail addresses, phone numbers, tags.

Each function returns None for a text it cannot read with certainty; `lead_rows` keeps such a text
as it came. Nothing here guesses an order of day and month or a number out of 4.41E+11.
"""

import csv
import re
from datetime import UTC, datetime

_NUMBER = re.compile(r"(?<![\d.,])(\d[\d.,'\u2019 \u00a0\u202f]*)(?:([a-z]+)\b)?", re.IGNORECASE)
_SCIENTIFIC = re.compile(r"\d[eE][+-]?\d")
_GROUPED = re.compile(r"\d{1,3}(?:([.,'\u2019 \u00a0\u202f])\d{3})(?:\1\d{3})*")
_DECIMAL = re.compile(r"(.*)[.,](\d{1,2}|\d{4,})")
_SCALES = {
    "k": 10**3, "tsd": 10**3, "m": 10**6, "mio": 10**6, "mn": 10**6, "mln": 10**6,
    "million": 10**6, "millions": 10**6, "b": 10**9, "bn": 10**9, "mrd": 10**9, "billion": 10**9,
}  # fmt: skip
_MOST_DIGITS = 15
_CURRENCY_CODE = re.compile(r"(?<![A-Z])[A-Z]{3}(?![A-Z])")
_CURRENCY_SIGN = re.compile(r"[A-Z]{0,2}\$|[€£¥₹]|zł|Kč|Ft\b")
_CURRENCY_OF_SIGN = {
    "$": "USD", "US$": "USD", "C$": "CAD", "CA$": "CAD", "A$": "AUD", "AU$": "AUD", "NZ$": "NZD",
    "HK$": "HKD", "S$": "SGD", "R$": "BRL", "MX$": "MXN", "€": "EUR", "£": "GBP", "¥": "JPY",
    "₹": "INR", "zł": "PLN", "Kč": "CZK", "Ft": "HUF",
}  # fmt: skip

_YES = frozenset(
    {"1", "true", "t", "yes", "y", "x", "on", "ja", "wahr", "oui", "vrai", "si", "sí", "verdadero",
     "vero", "sim", "verdadeiro", "✓", "✔"}
)  # fmt: skip
_NO = frozenset(
    {"0", "false", "f", "no", "n", "off", "nein", "falsch", "non", "faux", "falso", "não", "nao",
     "-"}
)  # fmt: skip

# Every address of this form is valid. The library is asked about the others only, for it is slow;
# it also knows the last parts that are reserved.
_PLAIN_ADDRESS = re.compile(
    r"[a-z0-9_+'-]++(?:\.[a-z0-9_+'-]++)*+@(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)+"
    r"(?!(?:test|invalid|local|localhost|onion|arpa)$)[a-z]{2,24}",
    re.IGNORECASE,
)
_LONGEST_PLAIN_ADDRESS = 63
_DATE_FIRST = re.compile(r"\d{4}-\d{2}-\d{2}")


def whole_number(text: str) -> int | None:
    """Return a count or an amount in whole units: of "1,000-5,000" 1000, of "1.2 Mio. €" 1200000.

    A single separator before three digits groups thousands, before one, two or more than three it
    is a decimal point; what follows that is cut off.
    """
    if _SCIENTIFIC.search(text):
        return None
    match = _NUMBER.search(text)
    if match is None or text[: match.start()].strip().endswith(("<", "-", "\u2212")):
        return None
    return _scaled(match[1].rstrip(" .,'\u2019\u00a0\u202f"), (match[2] or "").casefold())


def _scaled(digits: str, suffix: str) -> int | None:
    fraction = ""
    if not _GROUPED.fullmatch(digits) and (decimal := _DECIMAL.fullmatch(digits)):
        digits, fraction = decimal.groups()
    if not digits.isdigit():
        if not _GROUPED.fullmatch(digits):
            return None
        digits = re.sub(r"\D", "", digits)
    scale = _SCALES.get(suffix, 1)
    if len(digits) > _MOST_DIGITS:
        return None
    number = int(digits) * scale + int(fraction[:9].ljust(9, "0")) * scale // 10**9
    return number if number < 10**_MOST_DIGITS else None


def currency(text: str) -> str | None:
    """Return the ISO 4217 code that stands in a text, or that of a sign: "€" is EUR, "$" USD."""
    if code := _CURRENCY_CODE.search(text):
        return code[0]
    sign = _CURRENCY_SIGN.search(text)
    return _CURRENCY_OF_SIGN.get(sign[0]) if sign else None


def flag(text: str) -> bool | None:
    """Return what a yes or no says, in six languages, as a word, a letter or a digit."""
    word = text.casefold()
    if word in _YES:
        return True
    return False if word in _NO else None


def moment(text: str) -> datetime | None:
    """Return an ISO 8601 time in UTC; without an offset it is UTC already, a date is midnight."""
    if not _DATE_FIRST.match(text):
        return None
    try:
        at = datetime.fromisoformat(text)
        return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def email_address(text: str) -> str | None:
    """Return a valid address in its usual form; nothing is looked up in the network."""
    if len(text) <= _LONGEST_PLAIN_ADDRESS and _PLAIN_ADDRESS.fullmatch(text):
        return text
    if "@" not in text:
        return None
    from email_validator import EmailNotValidError, validate_email

    try:
        found = validate_email(text, check_deliverability=False, allow_display_name=True)
    except EmailNotValidError:
        return None
    return found.normalized


def tags(text: str) -> tuple[str, ...]:
    """Return the tags of a list divided by ";" or else ",", each once; quoted if they hold one."""
    delimiter = ";" if ";" in text else ","
    try:
        cells = next(csv.reader([text], delimiter=delimiter, skipinitialspace=True), [])
    except csv.Error:
        cells = text.split(delimiter)
    return tuple(dict.fromkeys(tag for cell in cells if (tag := cell.strip())))
