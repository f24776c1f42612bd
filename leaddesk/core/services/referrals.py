# SPDX-License-Identifier: MIT
"""Somebody names somebody else: the next lead, of the same company, with the link between both."""

import re
from typing import TYPE_CHECKING

from leaddesk.core.domain.lead_keys import fold
from leaddesk.core.services import quick_lead

if TYPE_CHECKING:
    from leaddesk.core.domain.call import Call
    from leaddesk.core.domain.lead import Lead
    from leaddesk.core.services.workspace import Workspace
    from leaddesk.core.store.unit_of_work import Unit

SOURCE = "referral"
_NUMBER = re.compile(r"[+(]?\d[\d ()/.\-]{4,}\d")


def refer(work: "Workspace", unit: "Unit", call: "Call", said: str) -> "Lead | None":
    """Return the lead a person on a call named: the one there is, else a new one; None: nobody.

    Args:
        work: Where leads are.
        unit: The transaction that is open.
        call: On which somebody was named.
        said: The name, and a phone number where they gave one.
    """
    from leaddesk.core.services import companies
    from leaddesk.core.store.referrals import Referral

    source = unit.leads.get(call.lead_id)
    name, phone = split(said)
    if source is None or not name:
        return None
    known = (one for one in companies.of_company(unit, source) if fold(one.name) == fold(name))
    named = next(known, None)
    if named is None:
        named, _ = quick_lead.put(
            work,
            unit,
            phone,
            name,
            source.company,
            source.country,
            source=SOURCE,
            owner=source.owner,
        )
    if named.lead_id != source.lead_id:
        at = work.clock()
        unit.referrals.add(Referral(named.lead_id, source.lead_id, at, work.rep.name, call.call_id))
    return named


def split(said: str) -> tuple[str, str]:
    """Return the name and the phone number in what was said; empty where there is none."""
    found = _NUMBER.search(said)
    phone = found[0].strip() if found else ""
    name = said.replace(phone, " ") if phone else said
    return " ".join(name.split()).strip(" ,;:-"), phone
