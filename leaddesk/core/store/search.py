# SPDX-License-Identifier: MIT
"""How leads are found by typing: one folded text a lead, and words that must occur in it."""

import re
import unicodedata

from leaddesk.core.domain.lead import Lead

ESCAPE = "\\"

_LONGEST = 200
"""Characters of a search that count: what is longer was pasted, and the database has limits."""

_NOT_DIGITS = re.compile(r"\D+")


def fold(text: str) -> str:
    """Return `text` without case and accents: "Größl" and "GROSSL" are the same to a search."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in apart if not unicodedata.combining(c))


def search_text(lead: Lead) -> str:
    """Return what a search looks through. It begins with the name, so it also sorts by name."""
    names = (lead.name, lead.company, lead.full_name, lead.email, lead.email_2)
    numbers = (lead.phone_e164, lead.phone_2_e164, lead.mobile_e164)
    written = (lead.phone, lead.phone_2, lead.mobile)
    digits = [_NOT_DIGITS.sub("", number) for number in (*numbers, *written) if number]
    return fold("\n".join(dict.fromkeys(filter(None, (*names, *digits)))))


def patterns(search: str) -> list[str]:
    """Return a LIKE pattern for each word typed; a word of digits and signs is a phone number."""
    return [f"%{_escaped(word)}%" for word in _words(search)]


def _words(search: str) -> list[str]:
    search = search[:_LONGEST]
    number = "".join(c for c in search if c not in " +-/().")
    if number.isdecimal():
        return [number]
    return list(dict.fromkeys(fold(search).split()))


def _escaped(word: str) -> str:
    for special in (ESCAPE, "%", "_"):
        word = word.replace(special, ESCAPE + special)
    return word
