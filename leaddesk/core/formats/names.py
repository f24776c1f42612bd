# SPDX-License-Identifier: MIT
"""A person's name in one cell -> salutation, first and last name, where that is certain.

The order of names differs between countries, and three words may be two given names or two
surnames; such names are not split. What is split stays as written in `full_name` all the same. The
libraries that do more are under the LGPL (nameparser) or guess by statistics (probablepeople).
"""

import re

Split = tuple[str, str, str]
"""Salutation with titles, first name, last name; each as written, the first two may be empty."""

_is_latin = re.compile(r"(?:(?![×÷])[A-Za-zÀ-ɏ]|[ .,'’-])+").fullmatch  # noqa: RUF001
_LONGEST = 80
_FORMS_OF_ADDRESS = frozenset({"herr", "herrn", "frau", "mr", "mrs", "ms", "monsieur", "mme"})
_TITLES = _FORMS_OF_ADDRESS | frozenset(
    {"miss", "mx", "madame", "mlle", "señor", "señora", "sra", "srta", "signor", "signora", "sig",
     "dr", "prof", "dott", "mag", "ing", "dipl-ing", "dipl-kfm", "med", "phil", "jur", "rer", "nat",
     "pol", "habil", "dent", "vet", "oec", "hc", "h.c", "sir", "dame", "professor", "doctor"}
)  # fmt: skip
_SUFFIXES = frozenset(
    {"jr", "sr", "ii", "iii", "iv", "phd", "ph.d", "md", "m.d", "mba", "cpa", "esq", "dds", "msc",
     "m.sc", "bsc", "b.sc", "ma", "m.a", "b.a", "llm", "ll.m", "cfa", "pmp", "rn"}
)  # fmt: skip
_GERMANIC = frozenset({"von", "van", "vom", "zu", "zum", "zur", "ten", "ter", "af", "av"})
_ROMANCE = frozenset({"de", "del", "della", "di", "da", "do", "dos", "das", "du", "des"})
_INSIDE = frozenset({"der", "den", "dem", "het", "'t", "la", "las", "los", "le", "lo"})
_PARTICLES = _GERMANIC | _ROMANCE | _INSIDE
_NO_PERSON = frozenset(
    {"and", "und", "et", "y", "e", "the", "team", "sales", "info", "office", "company", "group",
     "gmbh", "mbh", "ltd", "limited", "llc", "inc", "corp", "corporation", "plc", "ag", "kg", "ohg",
     "ug", "sa", "sarl", "sas", "srl", "spa", "bv", "nv", "oy", "ab", "as", "aps", "kft", "zrt",
     "bt", "sro", "doo", "co", "holding", "bank", "university", "hotel", "verlag", "unknown",
     "n.a", "s.a", "s.l", "s.r.l", "s.p.a", "b.v", "n.v", "bin", "ibn", "bint"}
)  # fmt: skip
# The surname may stand first: Hungarian by its letters and given names; Vietnamese, Chinese and
# Korean by their commonest surnames.
_HUNGARIAN = re.compile("[őűŐŰ]")
_FAMILY_FIRST_GIVEN = frozenset(
    {"istván", "lászló", "józsef", "jános", "zoltán", "sándor", "ferenc", "gábor", "attila",
     "péter", "dóra",
     "tamás", "zsolt", "tibor", "andrás", "csaba", "imre", "lajos", "györgy", "balázs", "gyula",
     "mihály", "károly", "róbert", "béla", "dávid", "mária", "erzsébet", "katalin", "ilona", "éva",
     "anna", "zsuzsanna", "margit", "judit", "ágnes", "julianna", "andrea", "ildikó", "krisztina",
     "réka", "eszter", "noémi", "piroska"}
)  # fmt: skip
_FAMILY_FIRST_SURNAMES = frozenset(
    {"nguyễn", "nguyen", "trần", "tran", "lê", "le", "phạm", "pham", "hoàng", "huỳnh", "vũ", "võ",
     "đặng", "bùi", "đỗ", "hồ", "ngô", "dương", "lý", "wang", "li", "zhang", "liu", "chen", "yang",
     "huang", "zhao", "wu", "zhou", "xu", "sun", "ma", "zhu", "hu", "guo", "he", "lin", "kim",
     "park", "choi", "jung", "jeong", "kang", "cho", "yoon", "jang", "lim", "chan", "wong", "tan",
     "lee", "mao"}
)  # fmt: skip


_SURNAME_FIRST = frozenset({"HU", "CN", "TW", "HK", "MO", "SG", "JP", "KR", "KP", "VN", "KH", "MN"})
"""Countries in which many write the surname first, also in Latin letters."""


def split_name(text: str, country: str = "") -> Split | None:
    """Return salutation, first and last name of a person; None where they are not certain.

    "Weber, Ada", "Dr. Ada Weber", "Ada van der Weber", "Herr Dr. med. Hans-Peter Müller" are
    certain; single words, companies, other scripts and "Mary Sue Watson" are not. A suffix (Jr.,
    PhD) is left out.

    Args:
        text: The cell.
        country: ISO 3166 alpha-2 of the person, if known. Without it a name is taken for one with
            the surname last, unless its letters or words tell otherwise.
    """
    if len(text) > _LONGEST or not _is_latin(text):
        return None
    parts = [part.split() for part in text.split(",")]
    while len(parts) > 1 and parts[-1] and all(_plain(word) in _SUFFIXES for word in parts[-1]):
        parts.pop()
    words = [word for part in parts for word in part]
    if not all(parts) or not all(map(_is_of_a_person, words)):
        return None
    if len(parts) == 1:
        return None if country in _SURNAME_FIRST else _in_order(words)
    return _surname_first(*parts) if len(parts) == 2 else None  # noqa: PLR2004


def _surname_first(last: list[str], rest: list[str]) -> Split | None:
    """Return the name of "Weber, Dr. Ada"."""
    ahead, last = _without_titles(last)
    titles, first = _without_titles(rest)
    if not last or not first or _plain(last[-1]) in _PARTICLES or _plain(first[0]) in _PARTICLES:
        return None
    if (ahead and titles) or _plain(first[-1]) in _SUFFIXES | _PARTICLES:
        return None
    return " ".join(ahead or titles), " ".join(first), " ".join(last)


def _in_order(words: list[str]) -> Split | None:
    """Return the name of "Dr. Ada Weber": titles, given name, surname."""
    titles, names = _without_titles(words)
    while len(names) > 1 and _plain(names[-1]) in _SUFFIXES:
        names = names[:-1]
    salutation = " ".join(titles)
    if len(names) == 1 and titles and _plain(titles[0]) in _FORMS_OF_ADDRESS:
        return (salutation, "", names[0]) if _plain(names[0]) not in _PARTICLES else None
    if len(names) < 2 or _may_be_surname_first(names):  # noqa: PLR2004
        return None
    start = _start_of_surname(names)
    return (salutation, " ".join(names[:start]), " ".join(names[start:])) if start else None


def _start_of_surname(names: list[str]) -> int:
    """Return the index of the first word of the surname; 0: not certain."""
    plain = [_plain(name) for name in names]
    last = len(names) - 1
    if plain[0] in _PARTICLES or plain[last] in _PARTICLES or _is_initial(names[last]):
        return 0
    start = next((i for i, name in enumerate(plain) if name in _PARTICLES), last)
    # "María del Carmen García": what follows may belong to the given name.
    behind = [name for name in plain[start:] if name not in _PARTICLES]
    is_germanic = plain[start] in _GERMANIC
    if len(behind) > 1 and not is_germanic:
        return 0
    if start == last and names[0].isupper() and len(names[0]) > 1 and not names[last].isupper():
        return 0  # WEBER Ada
    if start > 1 and not all(map(_is_initial, names[1:start])):
        return 0  # Mary Sue Watson, Ana García López
    return start if not (start == 1 and names[0] in {"M.", "Sr.", "Sr"}) else 0


def _may_be_surname_first(names: list[str]) -> bool:
    return (
        _plain(names[-1]) in _FAMILY_FIRST_GIVEN
        or _plain(names[0]) in _FAMILY_FIRST_SURNAMES
        or any(map(_HUNGARIAN.search, names))
    )


def _without_titles(words: list[str]) -> tuple[list[str], list[str]]:
    count = next((i for i, word in enumerate(words) if _plain(word) not in _TITLES), len(words))
    return words[:count], words[count:]


def _is_initial(word: str) -> bool:
    return len(word.rstrip(".")) == 1


def _is_of_a_person(word: str) -> bool:
    return any(map(str.isalpha, word)) and _plain(word) not in _NO_PERSON


def _plain(word: str) -> str:
    return word.casefold().rstrip(".").replace("’", "'")  # noqa: RUF001
