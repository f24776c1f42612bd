# SPDX-License-Identifier: MIT
# ruff: noqa: RUF001, RUF002  # legal forms are written with the letters of their countries
"""The name of a company without its legal form, for comparing.

The legal forms are those of cleanco, which knows them for many countries, with some it lacks. What
cleanco takes off is decided here, for a key must be quick and must never be empty.
"""

import re
import unicodedata
from functools import lru_cache

from leaddesk.core.domain.letters import LETTERS_OF_THEIR_OWN

_PUNCTUATION = str.maketrans(
    {
        **dict.fromkeys('!"#%()*,-./:;<=>?@[\\]^_`{|}~·•–—、。・（）「」', " "),
        **dict.fromkeys("'’", ""),
        **dict.fromkeys("&+", " and "),
    }
)
# S.p.A., A/S, z o.o.: letters with dots between are one word.
_LETTERS_WITH_DOTS = re.compile(r"(?<!\w)\w(?:[./]\w(?!\w))+\.?")
_SPA_AS_A_WORD = re.compile(r"\b[Ss]pa\W*$")

_MORE_FORMS = """\
gmbh & co kgaa|ag & co kgaa|gmbh & co ohg|ug & co kg|se & co kgaa|se & co kg|ag & co kg|kgaa|mbh|ug
ug haftungsbeschränkt|gbr|ohg|e k|ek|e kfm|partg|partg mbb|partgmbb|eg|se|sas|slu|sau|pvt ltd
private limited|pvt|pty|co ltd|k k|kk|y k|yk|godo kaisha|kabushiki kaisha|sp z oo|spzoo
spółka akcyjna|spolka akcyjna|eireli|epp|cia|lda|оао|ооо|зао|пао|ао|тов|тоо|bv|cv|sia|pjsc|jsc|cjsc
"""
_ORDINARY_WORDS = frozenset({"private", "nl", "pp", "dat", "da", "et", "sd", "ij", "company"})
"""Forms of cleanco that more often are a part of the name."""
_AT_THE_START = frozenset(
    {"oy", "ab", "oao", "ooo", "zao", "pao", "ao", "uab", "sia", "pt",
     "оао", "ооо", "зао", "пао", "тов", "тоо"}
)  # fmt: skip
_ANYWHERE = (
    ("pty", "ltd"), ("pvt", "ltd"), ("gmbh",), ("ltd",), ("llc",), ("oy",), ("oyj",), ("ab",),
    ("plc",), ("inc",), ("sarl",), ("kft",),
)  # fmt: skip
_ENDS_ANYWHERE = frozenset(form[-1] for form in _ANYWHERE)
_IDEOGRAPHIC = re.compile(
    "株式会社|株式會社|有限会社|合同会社|股份有限公司|有限責任公司|有限责任公司|有限公司|주식회사|유한회사|㈜|[(（][株有주][)）]"
)


@lru_cache(maxsize=1 << 14)
def company_key(text: str) -> str:
    """Return the form in which spellings of a company's name are equal; empty for no letters.

    Small letters without accents and punctuation, "and" for "&", without legal forms: those at the
    end, some that stand in front (ООО, Oy), and some unmistakable ones anywhere ("Weber GmbH
    Berlin"). A name that is nothing but a legal form stays as it is.
    """
    words = _words(text)
    if words and words[-1] == "spa" and _SPA_AS_A_WORD.search(text):
        kept = words  # a spa, not a società per azioni
    else:
        kept = _without_end(words)
    while len(kept) > 1 and kept[0] in _AT_THE_START:
        kept = kept[1:]
    if not _ENDS_ANYWHERE.isdisjoint(kept):
        kept = _without_middle(kept)
    return " ".join(kept)


def _words(text: str) -> list[str]:
    if not text.isascii():
        text = _IDEOGRAPHIC.sub(" ", text) if _IDEOGRAPHIC.sub("", text).strip() else text
        # Not `without_accents`: in Japanese or Hindi what it takes off tells words apart.
        plain = unicodedata.normalize("NFKD", text.casefold()).translate(LETTERS_OF_THEIR_OWN)
        text = "".join(sign for sign in plain if not "\u0300" <= sign <= "\u036f")
        text = unicodedata.normalize("NFC", text)
    text = text.casefold()
    if "." in text or "/" in text:
        text = _LETTERS_WITH_DOTS.sub(_joined, text)
    return ["and" if word == "und" else word for word in text.translate(_PUNCTUATION).split()]


def _joined(found: re.Match[str]) -> str:
    return found[0].replace(".", "").replace("/", "")


def _without_end(words: list[str]) -> list[str]:
    forms, longest = _legal_forms()
    end = len(words)
    while end > 1 and words[end - 1] in forms:
        lengths = range(min(longest, end - 1), 0, -1)
        found = next(
            (n for n in lengths if tuple(words[end - n : end]) in forms[words[end - 1]]), 0
        )
        if not found:
            break
        end -= found
        if end > 1 and words[end - 1] == "and":
            end -= 1  # Weber & Co.
    return words[:end]


def _without_middle(words: list[str]) -> list[str]:
    for form in _ANYWHERE:
        size = len(form)
        for start in range(len(words) - size - 1, 0, -1):
            if tuple(words[start : start + size]) == form:
                words = words[:start] + words[start + size :]
    return words


@lru_cache(maxsize=1)
def _legal_forms() -> tuple[dict[str, frozenset[tuple[str, ...]]], int]:
    """Return last word -> legal forms in the form of `_words`, and how long the longest is."""
    from cleanco.termdata import terms_by_country, terms_by_type

    tables = (*terms_by_type.values(), *terms_by_country.values())
    names = [name for terms in tables for name in terms]
    names += _MORE_FORMS.replace("\n", "|").strip("|").split("|")
    forms = {tuple(_words(name)) for name in names} - {(word,) for word in _ORDINARY_WORDS} - {()}
    by_end: dict[str, set[tuple[str, ...]]] = {}
    for form in forms:
        by_end.setdefault(form[-1], set()).add(form)
    return {end: frozenset(found) for end, found in by_end.items()}, max(map(len, forms))
