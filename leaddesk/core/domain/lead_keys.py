# SPDX-License-Identifier: MIT
"""What makes two records the same lead: ids, e-mail, phone with last name, at the last the name.

`domain.merge` seeks these keys among the leads there are; the store keeps `name_key` of every lead
beside it, so that it can answer.
"""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from leaddesk.core.domain.lead import Lead

Key = tuple[str, ...]
"""Kind and content; equal keys of the same kind mean the same lead."""

_EMAILS = ("email", "email_2")
_PHONES = ("phone_e164", "mobile_e164", "phone_2_e164")
_DESCRIPTION = (
    "title", "phone", "phone_2", "mobile", "website", "street", "city", "state", "postal_code",
    "country",
)  # fmt: skip
"""What must be the same, beside the name, in two records of which one has no better key."""


@dataclass(frozen=True, slots=True)
class MatchKeys:
    """What to look for, for many rows at once.

    Attributes:
        lead_ids: Our own ids.
        external_ids: (system, its id).
        emails: In the form of `email_key`; a lead has it as `email` or `email_2`.
        phones: E.164; a lead has it as `phone_e164`, `phone_2_e164` or `mobile_e164`, whatever
            its last name.
        names: In the form of `name_key`.
    """

    lead_ids: frozenset[str]
    external_ids: frozenset[tuple[str, str]]
    emails: frozenset[str]
    phones: frozenset[str]
    names: frozenset[str]


class LeadLookup(Protocol):
    """The leads there are, as the store knows them."""

    def find(self, keys: MatchKeys) -> Iterable[Lead]:
        """Return every lead that has at least one of the keys, the oldest first, each once."""


def fold(text: str) -> str:
    """Return the text for comparing: compatibility forms, case and spaces made alike."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    return " ".join(text.casefold().split())


def email_key(address: str) -> str:
    """Return the form in which two spellings of an e-mail address are equal."""
    return address.casefold()


def name_key(lead: Lead) -> str:
    """Return person and company for comparing, or what else there is to call the lead by."""
    return _name_key(lambda field: str(getattr(lead, field)))


def row_name_key(values: Mapping[str, object]) -> str:
    """Return `name_key` of the values of a row."""
    return _name_key(lambda field: str(values.get(field, "")))


def strong_keys(values: Mapping[str, object]) -> Iterator[Key]:
    """Yield the keys of a record that say who it is, the most trustworthy first.

    Args:
        values: Field of `Lead` -> value, without the blank ones.
    """
    if lead_id := values.get("lead_id"):
        yield "lead_id", str(lead_id)
    external_ids = values.get("external_ids")
    if isinstance(external_ids, Mapping):
        for system, external_id in external_ids.items():
            yield "external_id", str(system), str(external_id)
    for field in _EMAILS:
        if address := values.get(field):
            yield "email", email_key(str(address))
    who = _surname(values)
    for field in _PHONES:
        if number := values.get(field):
            yield "phone", str(number), who


def description_key(values: Mapping[str, object]) -> Key:
    """Return the key of last resort, for a row that has no other."""
    described = (str(values.get(field, "")) for field in _DESCRIPTION)
    return ("description", row_name_key(values), *described)


def _surname(values: Mapping[str, object]) -> str:
    """Return the last name for comparing; of a record without a person its company."""
    if last_name := values.get("last_name"):
        return fold(str(last_name))
    words = fold(str(values.get("full_name", ""))).split()
    return words[-1] if words else fold(str(values.get("company", "")))


def _name_key(text_of: Callable[[str], str]) -> str:
    person = fold(f"{text_of('first_name')} {text_of('last_name')}") or fold(text_of("full_name"))
    company = fold(text_of("company"))
    if person or company:
        return f"{person}|{company}"
    return fold(text_of("phone") or text_of("mobile") or text_of("phone_2"))
