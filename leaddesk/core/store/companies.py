# SPDX-License-Identifier: MIT
"""Leads that may be of a company, found by the words of its name or of a mail domain."""

from collections.abc import Iterable, Iterator
from itertools import chain

from sqlalchemy import Connection

from leaddesk.core.domain.companies import own_domains, same_company
from leaddesk.core.domain.company_names import company_key
from leaddesk.core.domain.lead import Lead
from leaddesk.core.store.leads import Leads
from leaddesk.core.store.search import words

MOST_LOOKED_AT = 2_000
"""Leads with the words of a name that are compared; more have a word, not a company, in common."""

_FOUND = (
    "SELECT row_id, lead_id, company, email, email_2 FROM leads"
    " WHERE row_id IN (SELECT rowid FROM lead_search WHERE lead_search MATCH ? LIMIT ?)"
)
_ANYWHERE = frozenset({"and", "und"})
"""Others write "&", which is no word to the search."""


class Companies:
    """Seeks among the rows of `leads`, inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def others(self, lead: Lead, most: int) -> list[Lead]:
        """Return other leads of the company of this one, the oldest first, at most so many."""
        key = set(company_key(lead.company).split())
        named = [
            word
            for word in words(lead.company)
            if word not in _ANYWHERE and company_key(word) in key
        ]
        searches = [named, *(words(domain) for domain in sorted(own_domains(lead)))]
        found = set(chain.from_iterable(self._with(lead, wanted) for wanted in searches if wanted))
        return [one for one, _ in Leads(self._connection).by_row_ids(sorted(found)[:most])]

    def _with(self, lead: Lead, wanted: Iterable[str]) -> Iterator[int]:
        asked = " ".join(f'"{word}"' for word in wanted)
        found = self._connection.exec_driver_sql(_FOUND, (asked, MOST_LOOKED_AT))
        for row_id, lead_id, company, email, email_2 in found:
            # No more of a lead is read than tells whether it is one.
            other = Lead(lead_id, company=company, email=email, email_2=email_2)
            if lead_id != lead.lead_id and same_company(lead, other):
                yield row_id
