# SPDX-License-Identifier: MIT
"""What makes two records the same lead: ids, e-mail, phone with last name, at the last the name.

`domain.merge` seeks these keys among the leads there are; the store keeps `name_key` of every lead
beside it, so that it can answer.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
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


_NAMES = ("first_name", "last_name", "full_name", "company")
_TEXTS = ("lead_id", *_NAMES, *_EMAILS, *_PHONES, *_DESCRIPTION)


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

    def find(self, keys: MatchKeys) -> "Iterable[Lead]":
        """Return every lead that has at least one of the keys, the oldest first, each once.

        In place of one that was merged into another, that other.
        """

    def merged_into(self, lead_id: str) -> "Iterable[Lead]":
        """Return the leads that were merged into this one: their keys are its keys as well."""


def fold(text: str) -> str:
    """Return the text for comparing: compatibility forms, case and spaces made alike.

    Accents stay: by this, rows are taken for leads without asking anybody.
    """
    if text.isascii():
        return " ".join(text.lower().split())
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def email_key(address: str) -> str:
    """Return the form in which two spellings of an e-mail address are equal."""
    return address.casefold()


def name_key(lead: "Lead") -> str:
    """Return person and company for comparing, or what else there is to call the lead by."""
    return _name_key(lead.first_name, lead.last_name, lead.full_name, lead.company) or fold(
        lead.phone or lead.mobile or lead.phone_2
    )


@dataclass(frozen=True, slots=True)
class RecordKeys:
    """The keys of one record.

    Attributes:
        match: Those it is matched by, the most trustworthy first.
        name: As `name_key`.
    """

    match: tuple[Key, ...]
    name: str


def record_keys(values: Mapping[str, object]) -> RecordKeys:
    """Return the keys of a row, or of the fields of a lead that are not blank.

    A record without id, e-mail and phone has its whole description for a key, so that it matches
    nothing but the same record once more.
    """
    text = {field: str(value) for field in _TEXTS if (value := values.get(field))}
    name = _name_key(*(text.get(field, "") for field in _NAMES)) or fold(
        text.get("phone") or text.get("mobile") or text.get("phone_2", "")
    )
    keys = tuple(_strong_keys(values, text))
    if all(kind == "lead_id" for kind, *_ in keys):
        described = (text.get(field, "") for field in _DESCRIPTION)
        keys = (*keys, ("description", name, *described))
    return RecordKeys(keys, name)


def _strong_keys(values: Mapping[str, object], text: Mapping[str, str]) -> Iterator[Key]:
    if lead_id := text.get("lead_id"):
        yield "lead_id", lead_id
    external_ids = values.get("external_ids")
    if isinstance(external_ids, Mapping):
        for system, external_id in external_ids.items():
            yield "external_id", str(system), str(external_id)
    for field in _EMAILS:
        if address := text.get(field):
            yield "email", email_key(address)
    numbers = [number for field in _PHONES if (number := text.get(field))]
    if numbers:
        who = _surname(text) or f"|{fold(text.get('company', ''))}"
        for number in numbers:
            yield "phone", number, who


def _surname(text: Mapping[str, str]) -> str:
    if last_name := text.get("last_name"):
        return fold(last_name)
    words = fold(text.get("full_name", "")).split()
    return words[-1] if words else fold(text.get("first_name", ""))


def _name_key(first_name: str, last_name: str, full_name: str, company: str) -> str:
    person = fold(f"{first_name} {last_name}") or fold(full_name)
    return f"{person}|{fold(company)}" if person or company else ""
