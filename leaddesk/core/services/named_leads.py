# SPDX-License-Identifier: MIT
"""Finds the leads that the rows of a file name: by lead id, id of a system, e-mail or phone."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from leaddesk.core.domain.lead import Lead
from leaddesk.core.domain.lead_keys import MatchKeys, email_key

if TYPE_CHECKING:
    from leaddesk.core.store.unit_of_work import Unit

Keys = Mapping[str, str]
"""Kind of a key ("lead_id", "external_id.<system>", "email", "phone") -> the key as written."""


class NamedLeads:
    """Finds the lead a row names, by the most trustworthy of its keys.

    Args:
        unit: The transaction.
        rows: The keys of all rows that are to be found.
    """

    def __init__(self, unit: "Unit", rows: Sequence[Keys]) -> None:
        self._by_key: dict[tuple[str, str], str] = {}
        for lead in unit.leads.find(_keys(rows)):
            # What is known of a lead that was merged into this one means this one.
            for one in (lead, *unit.leads.merged_into(lead.lead_id)):
                for key in _keys_of(one):
                    self._by_key.setdefault(key, lead.lead_id)

    def id_of(self, keys: Keys) -> str:
        """Return the id of the lead, empty where none of the keys names one."""
        read = {"email": email_key, "phone": _e164}
        for kind, key in keys.items():
            found = self._by_key.get((kind, read.get(kind, str)(key)))
            if found:
                return found
        return ""


def _keys(rows: Iterable[Keys]) -> MatchKeys:
    named = [(kind, key) for row in rows for kind, key in row.items()]
    return MatchKeys(
        frozenset(key for kind, key in named if kind == "lead_id"),
        frozenset(
            (kind.partition(".")[2], key) for kind, key in named if kind.startswith("external_id.")
        ),
        frozenset(email_key(key) for kind, key in named if kind == "email"),
        frozenset(_e164(key) for kind, key in named if kind == "phone") - {""},
        frozenset(),
    )


def _e164(phone: str) -> str:
    from leaddesk.core.formats.phones import e164

    return e164(phone, "")


def _keys_of(lead: Lead) -> Iterator[tuple[str, str]]:
    yield "lead_id", lead.lead_id
    for system, external_id in lead.external_ids.items():
        yield f"external_id.{system}", external_id
    for address in (lead.email, lead.email_2):
        if address:
            yield "email", email_key(address)
    for number in (lead.phone_e164, lead.mobile_e164, lead.phone_2_e164):
        if number:
            yield "phone", number
