# SPDX-License-Identifier: MIT
"""Leads for tests: the ordinary, the foreign, the long and the hostile."""

from leaddesk.core.domain.lead import Lead
from leaddesk.core.domain.stages import Status

HOSTILE = '<img src="/etc/hosts"> <b>Bold</b>'


def some_leads(count: int = 12, time_zone: str = "Europe/London") -> list[Lead]:
    """The first twelve differ in everything a list shows; more are numbered copies.

    `time_zone` is that of all of them; empty: only their numbers say where they are.
    """
    return [_lead(number, time_zone) for number in range(count)]


def _lead(number: int, time_zone: str) -> Lead:
    first, last, company, source, employees, status, grade = _PEOPLE[number % len(_PEOPLE)]
    copy = f" {number}" if number >= len(_PEOPLE) else ""
    line = f"{(958 + number) % 1000:04d}"  # numbers nobody has, one each
    return Lead(
        lead_id=f"L{number:023d}",
        first_name=first,
        last_name=last + copy,
        company=company,
        source=source,
        employees=employees,
        status=status,
        grade=grade,
        phone=f"+44 20 7946 {line}",
        phone_e164=f"+44207946{line}",
        time_zone=time_zone,
        email=f"person{number}@company.example",
        priority=1000 - number,
        extra={"Favourite colour": "green"},
        external_ids={"hubspot": str(15_000 + number)},
    )


_PEOPLE = (
    ("Ingrid", "Solheim", "Fjordline Logistics", "Pricing page", 310, Status.NEW, "A1"),
    ("Priya", "Raman", "Corvane Foods", "Webinar", 1200, Status.NEW, "B1"),
    ("Tomás", "Herrera", "Grupo Almar", "Trade fair", 640, Status.ATTEMPTING, "B1"),
    ("Wei-Ling", "Chao", "Sunrise Textile", "Referral", 95, Status.NEW, "B2"),
    ("Dana", "Whitfield", "Northgate Clinics", "White paper", 230, Status.NEW, "C1"),
    ("Ngozi", "Eze-Albrecht", "Kühne Rohrtechnik GmbH & Co. KG", "Webinar", 88, Status.NEW, "C1"),
    ("Oleksandr", "Bondar", "Dnipro Metals", "Trade fair", 450, Status.NEW, "C2"),
    ("سارة", "الحداد", "مؤسسة النور", "Web form", 12, Status.NEW, "D2"),
    ("Greg", "Lindqvist", "Uppsala universitet", "Webinar", None, Status.NEW, "D3"),
    ("Aiko", "Tanabe", "田辺商会", "Import", None, Status.NEW, ""),
    (HOSTILE, "", "", "", None, Status.SUPPRESSED, ""),
    ("A" * 80, "B" * 80, "C" * 200, "D" * 80, 123_456_789, Status.RETURNED, "A"),
)
