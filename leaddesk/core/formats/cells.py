# SPDX-License-Identifier: MIT
"""Reads single cells: flags, e-mail addresses, tags.

Each function returns None for a text it cannot read with certainty; `lead_rows` keeps such a text
as it came. Numbers are in `amounts`, times in `dates`, phone numbers in `phones`.
"""

import csv
import re
from functools import lru_cache

_YES = frozenset(
    {"1", "true", "t", "yes", "y", "x", "on", "ja", "wahr", "oui", "vrai", "si", "sí", "verdadero",
     "vero", "sim", "verdadeiro", "✓", "✔"}
)  # fmt: skip
_NO = frozenset(
    {"0", "false", "f", "no", "n", "off", "nein", "falsch", "non", "faux", "falso", "não", "nao",
     "-"}
)  # fmt: skip

# Every address of this form is valid. email-validator is asked about the others only, for it takes
# a hundred times as long; the last parts are those it refuses.
_is_plain_address = re.compile(
    r"[a-z0-9_+'-]++(?:\.[a-z0-9_+'-]++)*+@(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)+"
    r"(?!(?:test|invalid|local|localhost|onion|arpa)$)[a-z]{2,24}",
    re.IGNORECASE | re.ASCII,
).fullmatch
_LONGEST_PLAIN_ADDRESS = 63


def flag(text: str) -> bool | None:
    """Return what a yes or no says, in six languages, as a word, a letter or a digit."""
    word = text.casefold()
    if word in _YES:
        return True
    return False if word in _NO else None


def email_address(text: str) -> str | None:
    """Return a valid address in its usual form; nothing is looked up in the network.

    It is what email-validator makes of the text: the part behind the @ in small letters, the other
    as written but for names like Info and Sales, which are those of a role.
    """
    if len(text) <= _LONGEST_PLAIN_ADDRESS and _is_plain_address(text):
        return text if text.islower() else _with_small_domain(text)
    if "@" not in text:
        return None
    from email_validator import EmailNotValidError, validate_email

    try:
        found = validate_email(text, check_deliverability=False, allow_display_name=True)
    except EmailNotValidError:
        return None
    return found.normalized


def _with_small_domain(address: str) -> str:
    name, _, domain = address.partition("@")
    if not name.islower() and name.lower() in _names_of_roles():
        name = name.lower()
    return f"{name}@{domain.lower()}"


@lru_cache(maxsize=1)
def _names_of_roles() -> frozenset[str]:
    from email_validator.rfc_constants import CASE_INSENSITIVE_MAILBOX_NAMES

    return frozenset(CASE_INSENSITIVE_MAILBOX_NAMES)


def tags(text: str) -> tuple[str, ...]:
    """Return the tags of a list divided by ";" or else ",", each once; quoted if they hold one."""
    delimiter = ";" if ";" in text else ","
    try:
        cells = next(csv.reader([text], delimiter=delimiter, skipinitialspace=True), [])
    except csv.Error:
        cells = text.split(delimiter)
    return tuple(dict.fromkeys(tag for cell in cells if (tag := cell.strip())))
