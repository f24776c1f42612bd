# SPDX-License-Identifier: MIT
"""How leads are found by typing: the words of a lead, and beginnings of words that must occur.

Looked through are name, company, both e-mail addresses, the digits of the three phone numbers and
the beginning of the notes. `leads.search_text` holds these words, folded and each once, with a
space before each; so " an" in it is a word that begins with "an", and the full-text index over the
same column (`schema.SEARCH_TABLE`) agrees with that: a test holds both equal.
"""

import re
import unicodedata

from leaddesk.core.domain.lead import Lead

LONGEST_SEARCH = 200
"""Characters of a search that count: what is longer was pasted, and the database has limits."""

LONGEST_NOTES = 4_000
"""Characters of the notes of a lead that are looked through."""

LONGEST_WORD = 64
"""Letters of a word that count."""

_MOST_WORDS = 32
_NOT_ASCII_WORDS = "".join(chr(c) if chr(c).isalnum() else " " for c in range(128)).lower()
_WORD = re.compile(r"[^\W_]+")
# No letters to the full-text index, whose Unicode tables are older than Python's.
_UNKNOWN = re.compile("[\u19b0-\u19c0\u19c8\u19c9\u1cf2\u1cf3]")
# Written without spaces: each sign is a word of its own.
_UNSPACED = re.compile(
    "([\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])"
)
_DIGIT = re.compile(r"\d")
_NUMBER = re.compile(r"(?<![^\s])[+(]?\d[\d +\-/().]*(?![^\s])")
_NOT_DIGITS = re.compile(r"\D+")
_ASCII_BUT_DIGITS = {c: None for c in range(128) if not chr(c).isdigit()}
_TRUNK = "(0)"
# ITU-T E.164: a country code is 1 or 7, or one of these, or has three digits.
_ONE_DIGIT_CODES = frozenset("17")
_TWO_DIGIT_CODES = frozenset((
    "20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44", "45", "46", "47",
    "48", "49", "51", "52", "53", "54", "55", "56", "57", "58", "60", "61", "62", "63", "64", "65",
    "66", "81", "82", "84", "86", "90", "91", "92", "93", "94", "95", "98",
))  # fmt: skip


def fold(text: str) -> str:
    """Return `text` without case, accents and vowel signs: "Größl" and "GROSSL" are the same.

    It agrees with the full-text index, which does not know the letters that cannot be taken apart.
    """
    if text.isascii():
        return text.lower()
    # Taking letters apart brings some back into capitals, and the full-text index folds those.
    apart = unicodedata.normalize("NFKD", text.casefold()).casefold()
    return "".join(c for c in apart if unicodedata.category(c)[0] != "M")


def words(text: str) -> list[str]:
    """Return the words of a text, folded; zeros before a number do not count."""
    if text.isascii():
        apart = text.translate(_NOT_ASCII_WORDS)
        found = apart.split()
        is_short = len(text) <= LONGEST_WORD or max(map(len, found), default=0) <= LONGEST_WORD
        if is_short and " 0" not in apart and not apart.startswith("0"):
            return found  # nothing that `_plain` would change
    else:
        apart = _UNSPACED.sub(r" \1 ", _UNKNOWN.sub(" ", fold(text)))
        found = _WORD.findall(_DIGIT.sub(_ascii_digit, apart))
    return [_plain(word) for word in found]


def search_text(lead: Lead) -> str:
    """Return what a search looks through. It begins with the name, so it also sorts by name."""
    texts = (lead.name, lead.company, lead.full_name, lead.email, lead.email_2)
    together = " ".join(texts)
    if together.isascii():
        found = words(together)
    else:
        found = [word for text in texts if text for word in words(text)]
    if lead.phone_e164 or lead.phone:
        found += _numbers(lead.phone_e164, lead.phone)
    if lead.phone_2_e164 or lead.phone_2:
        found += _numbers(lead.phone_2_e164, lead.phone_2)
    if lead.mobile_e164 or lead.mobile:
        found += _numbers(lead.mobile_e164, lead.mobile)
    if lead.description:
        found += words(lead.description[:LONGEST_NOTES])
    return f" {' '.join(dict.fromkeys(found))}" if found else ""


def beginnings(search: str) -> list[str]:
    """Return what words must begin with, for what was typed; a phone number is one word."""
    search = search[:LONGEST_SEARCH]
    numbers = [digits for match in _NUMBER.findall(search) if (digits := _digits(match))]
    found = [*words(_NUMBER.sub(" ", search)), *numbers]
    if any(word.strip("0") for word in found):
        found = [word for word in found if word.strip("0")]
    wanted = list(dict.fromkeys(found))[:_MOST_WORDS]
    return [
        word
        for word in wanted
        if not any(other != word and other.startswith(word) for other in wanted)
    ]


def match_expression(wanted: list[str]) -> str:
    """Return what FTS5 is asked: all these beginnings; they hold letters and digits only."""
    return " ".join(f'"{word}"*' for word in wanted)


def _plain(word: str) -> str:
    word = word[:LONGEST_WORD]
    return word.lstrip("0") or "0" if word[0] == "0" and word.isdecimal() else word


def _ascii_digit(match: re.Match[str]) -> str:
    return str(unicodedata.decimal(match[0]))


def _numbers(e164: str, written: str) -> list[str]:
    """Return the digits of a number, those dialled within its country, and those written."""
    found = []
    if digits := e164.removeprefix("+"):
        code = 1 if digits[0] in _ONE_DIGIT_CODES else 2 if digits[:2] in _TWO_DIGIT_CODES else 3
        found = [digits, digits[code:].lstrip("0") or "0"]
    if written and (digits := _digits(written)):
        found.append(digits)
    return found


def _digits(written: str) -> str:
    """Return the digits of a number as written, without the zeros before it; may be empty."""
    plain = written.replace(_TRUNK, "")
    if plain.isascii():
        digits = plain.translate(_ASCII_BUT_DIGITS)
    else:
        digits = _DIGIT.sub(_ascii_digit, _NOT_DIGITS.sub("", plain))
    if not digits:
        return ""
    return digits[:LONGEST_WORD].lstrip("0") or "0"
