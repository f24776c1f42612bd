# SPDX-License-Identifier: MIT
"""How a lead and its times are put into words. Only what is known is said."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from leaddesk.core.domain.handoff import Handoff, HandoffState
from leaddesk.core.domain.lead import Lead
from leaddesk.core.domain.stages import Status
from leaddesk.core.services.lead_page import LeadPage, TimelineEntry
from leaddesk.ui.presenters.row_texts import STATUS_WORDS, day

SYSTEM_WORDS = {"hubspot": "HubSpot", "salesforce": "Salesforce", "leaddesk": "leaddesk"}


@dataclass(frozen=True, slots=True)
class EventText:
    """One line of "Everything so far"; parts are (text, emphasised)."""

    when: str
    parts: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class PageText:
    """The page of a lead, in words.

    Attributes:
        facts, extra: (name, value) of what is known; extra are columns kept from the file.
        blocked: Why the lead may not be called; empty when it may.
        foot: Owner and ids in other systems; may be empty.
        is_passed: It was passed to sales.
    """

    lead_id: str
    name: str
    grade: str
    subtitle: str
    blocked: str
    facts: tuple[tuple[str, str], ...]
    extra: tuple[tuple[str, str], ...]
    timeline: tuple[EventText, ...]
    foot: str
    is_passed: bool = False


def page_text(page: LeadPage, now: datetime) -> PageText:
    """Return the page of a lead in words; `now` is any aware time."""
    lead = page.lead
    return PageText(
        lead_id=lead.lead_id,
        name=lead.name or "No name",
        grade=lead.grade,
        subtitle=", ".join(part for part in (lead.title, lead.company) if part),
        blocked=_blocked(lead),
        facts=tuple(
            (name, value)
            for name, value in (
                *_sales(page.handoff, now),
                *_facts(lead),
                ("Referral", ", ".join(page.named)),
            )
            if value
        ),
        extra=tuple((name, value) for name, value in lead.extra.items() if value),
        timeline=tuple(_event(entry, now) for entry in page.timeline),
        foot=" \u00b7 ".join(_foot(lead)),
        is_passed=page.handoff is not None,
    )


def moment(at: datetime, now: datetime) -> str:
    """Return the local day, or "today 11:02"."""
    local = at.astimezone()
    if local.date() == now.astimezone().date():
        return f"today {local:%H:%M}"
    return day(at, now)


def counted(number: int, one: str, many: str = "") -> str:
    """Return "1 lead", "9,240 leads"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def system_words(system: str) -> str:
    """Return the name of another system as it is written."""
    return SYSTEM_WORDS.get(system, system.replace("_", " ").capitalize())


def _event(entry: TimelineEntry, now: datetime) -> EventText:
    before, found, after = entry.text.partition(entry.emphasis) if entry.emphasis else ("", "", "")
    parts = ((before, False), (found, True), (after, False)) if found else ((entry.text, False),)
    return EventText(moment(entry.at, now), tuple(part for part in parts if part[0]))


def _sales(handoff: Handoff | None, now: datetime) -> Iterator[tuple[str, str]]:
    """Yield how a lead stands with sales."""
    if handoff is None:
        return
    parts = [handoff.receiver or "nobody named", _STANDS[handoff.state]]
    if handoff.state is HandoffState.WAITING and handoff.accept_by is not None:
        local = handoff.accept_by.astimezone()
        late = "was due" if handoff.accept_by < now else "due"
        parts[1] = f"{parts[1]}, answer {late} {moment(handoff.accept_by, now)}"
        if local.date() != now.astimezone().date():
            parts[1] += f" {local:%H:%M}"
    if handoff.amount is not None:
        parts.append(f"{handoff.amount:,} {handoff.currency}".strip())
    yield "Sales", " \u00b7 ".join(parts)


_STANDS = {
    HandoffState.WAITING: "waiting",
    HandoffState.ACCEPTED: "accepted",
    HandoffState.RETURNED: "returned",
    HandoffState.OPPORTUNITY: "opportunity",
    HandoffState.WON: "won",
    HandoffState.LOST: "lost",
    HandoffState.TAKEN_BACK: "taken back",
}


def _facts(lead: Lead) -> Iterator[tuple[str, str]]:
    yield "Phone", lead.phone
    yield "Mobile", lead.mobile
    yield "Other phone", lead.phone_2
    yield "E-mail", lead.email
    yield "Other e-mail", lead.email_2
    yield "Website", lead.website
    yield "Industry", lead.industry
    yield "Employees", "" if lead.employees is None else f"{lead.employees:,}"
    yield "Revenue", "" if lead.revenue is None else f"{lead.revenue:,} {lead.currency}".strip()
    town = " ".join(part for part in (lead.postal_code, lead.city) if part)
    place = (lead.street, town, lead.state, lead.country)
    yield "Address", ", ".join(part for part in place if part)
    yield "Language", lead.language
    yield "Source", lead.source
    yield "Status", STATUS_WORDS[lead.status]
    yield "Tags", ", ".join(lead.tags)
    yield "Consent", ", ".join(part for part in (lead.consent_basis, lead.consent_source) if part)


def _foot(lead: Lead) -> Iterator[str]:
    if lead.owner:
        yield f"Owner: {lead.owner}"
    for system, external_id in lead.external_ids.items():
        yield f"{system_words(system)} id {external_id}"


def _blocked(lead: Lead) -> str:
    if lead.suppressed or lead.status is Status.SUPPRESSED:
        return "Asked not to be contacted"
    if lead.do_not_call:
        return "Asked not to be called"
    return ""
