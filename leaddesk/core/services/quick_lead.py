# SPDX-License-Identifier: MIT
"""A lead from nothing but a phone number, for the call that comes before any list."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from leaddesk.core.domain.events import Event, EventKind
from leaddesk.core.domain.grading import graded
from leaddesk.core.domain.lead import Lead
from leaddesk.core.domain.lead_keys import MatchKeys
from leaddesk.core.errors import KnownError
from leaddesk.core.services import duplicates, playbooks, suppression
from leaddesk.core.services.changes import Changes
from leaddesk.core.services.duplicates import Like

if TYPE_CHECKING:
    from leaddesk.core.services.workspace import Workspace
    from leaddesk.core.store.unit_of_work import Unit

_NOBODY = MatchKeys(frozenset(), frozenset(), frozenset(), frozenset(), frozenset())
_FEWEST_DIGITS = 5


@dataclass(frozen=True, slots=True)
class QuickLead:
    """The lead of a number, and whether it was there already.

    Attributes:
        like: Leads there are that may be a new one, the likeliest first.
    """

    lead: Lead
    was_there: bool
    like: tuple[Like, ...] = ()


def add(
    work: "Workspace", phone: str, name: str = "", company: str = "", country: str = ""
) -> tuple[QuickLead, Changes]:
    """Return the lead with this number: the one there is, else a new one.

    Args:
        work: Where leads are.
        phone: As somebody would write it.
        name: Of the person, where it is known; split as an import would, and kept as written.
        company: Where it is known.
        country: ISO 3166 alpha-2 of numbers without a country code; empty: not known.

    Raises:
        KnownError: this is no phone number.
    """
    if sum(c.isdecimal() for c in phone) < _FEWEST_DIGITS:
        raise KnownError("This is no phone number.", "Type it with its country code: +44 ...")
    with work.store.begin() as unit:
        lead, was_there = put(work, unit, phone, name, company, country)
    if was_there:
        return QuickLead(lead, was_there=True), Changes()
    found = tuple(duplicates.like(work, lead))
    return QuickLead(lead, was_there=False, like=found), Changes(
        leads=frozenset({lead.lead_id}), queue=True, whole_list=True
    )


def put(  # noqa: PLR0913, PLR0917 - what a lead begins with
    work: "Workspace",
    unit: "Unit",
    phone: str,
    name: str = "",
    company: str = "",
    country: str = "",
    *,
    source: str = "entered by hand",
    owner: str = "",
) -> tuple[Lead, bool]:
    """Do what `add` does inside a transaction; return the lead, and whether it was there already.

    A phone may be missing where there is a name.
    """
    from leaddesk.core.formats.names import split_name
    from leaddesk.core.formats.phones import country_of
    from leaddesk.core.formats.phones import e164 as read_e164

    written = " ".join(phone.split())
    e164 = read_e164(written, country) if written else ""
    now = work.clock()
    if e164:
        keys = replace(_NOBODY, phones=frozenset({e164}))
        there = next(iter(unit.leads.find(keys)), None)
        if there is not None:
            return there, True
    full_name, company = " ".join(name.split()), " ".join(company.split())
    # As in an import: the name of a company may stand in both places.
    is_split = full_name != company
    split = split_name(full_name, country_of(e164) or country) if is_split else None
    salutation, first_name, last_name = split or ("", "", "")
    lead = Lead(
        work.ids.new("L"),
        first_name=first_name,
        last_name=last_name,
        full_name=full_name,
        salutation=salutation,
        company=company,
        phone=written,
        phone_e164=e164,
        source=source,
        owner=owner,
        created_at=now,
    )
    lead = graded(playbooks.active(work), lead)
    unit.leads.add([lead])
    suppression.look_again(work, unit, [lead])
    added = Event(
        work.ids.new("E"),
        lead.lead_id,
        now,
        EventKind.ADDED,
        work.rep.name,
        "",
        {"how": "hand" if source != "referral" else source},
    )
    unit.events.add([added])
    return lead, False
