# SPDX-License-Identifier: MIT
"""A person or company to call, as it is now. First value of the flow: CSV rows become leads."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from leaddesk.core.domain.stages import Stage, Status


@dataclass(frozen=True, slots=True)
class Lead:
    """One lead. Texts are empty when not known, numbers and times are None.

    The field names are those of merge fields (`lead.first_name`), of JSON and of our own CSV.

    Attributes:
        lead_id: Kind letter L and 120 bits in base32; fixed for life (docs/adr/0008).
        full_name: As written, where the source has the name in one piece.
        phone: As written; `phone_e164` is what follows from it, empty when it cannot be read.
        employees: Number of people; of a range its lower end.
        revenue: Whole units of `currency` a year.
        country: ISO 3166 alpha-2, upper case.
        description: What somebody wrote about the lead elsewhere; may have many lines.
        consent_at: When consent (or another legal basis) was given, UTC.
        external_ids: System name -> its id of this lead, for example {"salesforce": "00Q..."}.
        extra: Columns we do not know -> cell, as they came, in the order of the file.
        as_written: Field -> text as it came, where the value kept differs from that text.
        grade: Fit letter and engagement digit (A1 ... D4), a fit letter alone while engagement
            is not followed, or empty when nothing is known. Derived, as are the three below.
        engagement: 0..100.
        fit: Percent 0..100 of the playbook's fit criterion, None when nothing is known of it.
        priority: Larger is called earlier.
    """

    lead_id: str
    first_name: str = ""
    last_name: str = ""
    full_name: str = ""
    salutation: str = ""
    title: str = ""
    company: str = ""
    email: str = ""
    email_2: str = ""
    phone: str = ""
    phone_2: str = ""
    mobile: str = ""
    phone_e164: str = ""
    phone_2_e164: str = ""
    mobile_e164: str = ""
    website: str = ""
    industry: str = ""
    employees: int | None = None
    revenue: int | None = None
    currency: str = ""
    street: str = ""
    city: str = ""
    state: str = ""
    postal_code: str = ""
    country: str = ""
    time_zone: str = ""
    language: str = ""
    source: str = ""
    stage: Stage = Stage.LEAD
    status: Status = Status.NEW
    owner: str = ""
    description: str = ""
    tags: tuple[str, ...] = ()
    do_not_call: bool = False
    opted_out: bool = False
    suppressed: bool = False
    consent_basis: str = ""
    consent_source: str = ""
    consent_at: datetime | None = None
    external_ids: Mapping[str, str] = field(default_factory=dict)
    extra: Mapping[str, str] = field(default_factory=dict)
    as_written: Mapping[str, str] = field(default_factory=dict)
    created_at: datetime | None = None
    last_activity_at: datetime | None = None
    grade: str = ""
    engagement: int = 0
    fit: int | None = None
    priority: int = 0

    @property
    def name(self) -> str:
        """What to call this lead on screen: the person, else the company, else an address."""
        first, last = self.first_name, self.last_name
        person = f"{first} {last}" if first and last else first or last
        return person or self.full_name or self.company or self.email or self.phone or self.mobile
