# SPDX-License-Identifier: MIT
"""What of a lead is compared to find duplicates, and by which keys leads are compared at all.

Comparing every lead with every other is out of the question from some thousands on, so only those
are compared that share a key of `keys_of` (blocking).
"""

import re
from functools import lru_cache
from typing import NamedTuple

from leaddesk.core.domain.company_names import company_key
from leaddesk.core.domain.lead import Lead
from leaddesk.core.domain.letters import LETTERS_OF_THEIR_OWN, without_accents
from leaddesk.core.domain.mailboxes import mailbox

MOST_COMPARED = 25
"""Leads that may share a key and still be compared with each other. What more share says little
(a common name, a large company), and a pair worth finding shares another key as well."""


class Traits(NamedTuple):
    """What of a lead is compared, folded: small letters without accents and signs.

    Attributes:
        emails: In the form of `mailbox`.
        phones: Digits with the country code where it is known, else as written.
        company: In the form of `company_key`.
        street: With the number of the house, wherever the file has it.
        place: A second line of the address.
        born: Digits of the day of birth, as written.
    """

    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    first: str = ""
    last: str = ""
    company: str = ""
    street: str = ""
    place: str = ""
    city: str = ""
    postal_code: str = ""
    state: str = ""
    country: str = ""
    born: str = ""

    @property
    def is_person(self) -> bool:
        """Whether there is a name of a person."""
        return bool(self.first or self.last)


_TITLES = frozenset({
    "dr", "prof", "mr", "mrs", "ms", "miss", "sir", "herr", "frau", "dipl", "ing", "mag", "med",
    "phd", "mba", "m", "mme", "sr", "sra", "jr",
})  # fmt: skip
_NUMBER_OF_HOUSE = ("street number", "house number", "hausnummer")
_SECOND_LINE = ("address 2", "address line 2", "street 2", "address2")
_BIRTHDAY = (
    "date of birth", "birth date", "birthdate", "birthday", "dob", "geburtsdatum",
    "date de naissance", "fecha de nacimiento", "data di nascita", "data de nascimento",
)  # fmt: skip
FEWEST_DIGITS = 7
TAIL = 8


def traits_of(lead: Lead) -> Traits:
    """Return what of a lead is compared."""
    extra = {_label(name): text for name, text in lead.extra.items()} if lead.extra else {}
    first, last = _person(lead)
    house = _first_of(extra, _NUMBER_OF_HOUSE)
    return Traits(
        tuple(dict.fromkeys(filter(None, map(mailbox, (lead.email, lead.email_2))))),
        _phones(lead),
        first,
        last,
        company_key(lead.company) if lead.company else "",
        plain(f"{house} {lead.street}"),
        plain(_first_of(extra, _SECOND_LINE)),
        plain(lead.city),
        plain(lead.postal_code).replace(" ", ""),
        plain(lead.state),
        lead.country,
        "".join(filter(str.isdecimal, _first_of(extra, _BIRTHDAY))),
    )


@lru_cache(maxsize=1 << 14)
def plain(text: str) -> str:
    """Return words for comparing: small letters and digits, without accents and signs.

    By this, pairs are only shown to a person, so more is alike than for `lead_keys.fold`.
    """
    if not text.isascii():
        text = without_accents(text.casefold()).translate(LETTERS_OF_THEIR_OWN)
    return " ".join(re.sub(r"[\W_]+", " ", text.casefold()).split())


def _label(name: str) -> str:
    return plain(name.replace("_", " "))


def _first_of(extra: dict[str, str], names: tuple[str, ...]) -> str:
    return next((extra[name] for name in names if name in extra), "")


def _person(lead: Lead) -> tuple[str, str]:
    first, last = _without_titles(lead.first_name), _without_titles(lead.last_name)
    if first or last or not lead.full_name:
        return first, last
    family, comma, given = lead.full_name.partition(",")
    if comma:
        return _without_titles(given), _without_titles(family)
    given, _, family = _without_titles(lead.full_name).rpartition(" ")
    return given, family


def _without_titles(name: str) -> str:
    words = plain(name).split()
    return " ".join([word for word in words if word not in _TITLES] or words)


def _phones(lead: Lead) -> tuple[str, ...]:
    pairs = (
        (lead.phone_e164, lead.phone),
        (lead.mobile_e164, lead.mobile),
        (lead.phone_2_e164, lead.phone_2),
    )
    digits = ("".join(filter(str.isdecimal, known or text)) for known, text in pairs if text)
    return tuple(dict.fromkeys(one for one in digits if len(one) >= FEWEST_DIGITS))


_CODES = str.maketrans("bfpvcgjkqsxzdtlmnr", "111122222222334556")


@lru_cache(maxsize=1 << 14)
def sound(word: str) -> str:
    """Return Soundex of a word in Latin letters; of others the first four letters.

    Source: archives.gov/research/census/soundex.
    """
    if not (word.isascii() and word.isalpha()):
        return word[:4]
    coded, before = word[0], word[0].translate(_CODES)
    for letter in word[1:]:
        code = letter.translate(_CODES)
        if code.isdecimal() and code != before:
            coded += code
        if letter not in "hw":
            before = code
    return coded[:4].ljust(4, "0")


def keys_of(one: Traits) -> list[str]:
    """Return the keys by which a lead is compared with others; two that share none are not.

    They are the mailbox, the end of a phone number, the day of birth, and two of: how the names
    sound, company, postal code, city, house; so that one mistyped field hides no pair.
    """
    first, last = (sound(name.partition(" ")[0]) if name else "" for name in (one.first, one.last))
    keys = [f"e{address}" for address in one.emails]
    keys += [f"t{number[-TAIL:]}" for number in one.phones]
    company = one.company.partition(" ")[0] if len(one.company) > TAIL else one.company
    pairs = (
        ("n", *sorted((first, last))),
        ("p", last, one.postal_code),
        ("p", first, one.postal_code),
        ("c", last, company),
        ("c", first, company),
        ("o", first[:1] + last[:1], one.company),
        ("l", last, one.city),
        ("k", one.company if not one.is_person else "", one.city or one.country or "-"),
        ("s", _house(one.street), one.postal_code or one.city),
        ("b", one.born, one.born),
    )
    keys += [f"{kind}{this}|{other}" for kind, this, other in pairs if this and other]
    return list(dict.fromkeys(keys))


def _house(street: str) -> str:
    """Return the numbers and the first letters of a street, in whatever order they stand."""
    words = street.split()
    numbers = [word for word in words if word[0].isdecimal()]
    names = [word[:4] for word in words if not word[0].isdecimal()]
    return " ".join([*numbers[:1], *names[:1]]) if numbers and names else ""
