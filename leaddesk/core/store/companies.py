# SPDX-License-Identifier: MIT
"""Leads that may be of a company, found by the words of its name or of a mail domain."""

from collections.abc import Iterable, Iterator
from itertools import chain

from sqlalchemy import Connection

from leaddesk.core.domain.companies import own_domains
from leaddesk.core.domain.company_names import company_key
from leaddesk.core.domain.lead import Lead
from leaddesk.core.store.leads import Leads
from leaddesk.core.store.search import words

MOST_LOOKED_AT = 2_000
"""Leads with the words of a name that are compared; more have a word, not a company, in common."""

_FOUND = "SELECT rowid FROM lead_search WHERE lead_search MATCH ? LIMIT ?"
_ANYWHERE = frozenset({"and", "und"})
"""Others write "&", which is no word to the search."""


class Companies:
    """Seeks among the rows of `leads`, inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def candidates(self, lead: Lead) -> Iterator[Lead]:
        """Return leads that may be of the company of this one, the oldest first."""
        key = set(company_key(lead.company).split())
        named = [
            word
            for word in words(lead.company)
            if word not in _ANYWHERE and company_key(word) in key
        ]
        searches = [named, *(words(domain) for domain in sorted(own_domains(lead)))]
        row_ids = sorted(set(chain.from_iterable(map(self._with, filter(None, searches)))))
        return (found for found, _ in Leads(self._connection).by_row_ids(row_ids))

    def _with(self, wanted: Iterable[str]) -> list[int]:
        asked = " ".join(f'"{word}"' for word in wanted)
        found = self._connection.exec_driver_sql(_FOUND, (asked, MOST_LOOKED_AT))
        return list(found.scalars())
