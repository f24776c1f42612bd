# SPDX-License-Identifier: MIT
"""A profile of leads whose names, companies and numbers are as different as those of a fair."""

import csv
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from benchmarks.profiles import COUNTRIES, NOON, TRADES
from leaddesk import resources
from leaddesk.core.domain.grading import grade_lead
from leaddesk.core.domain.lead import Lead
from leaddesk.core.services import playbooks
from leaddesk.core.services.workspace import open_workspace

NAMES = Path(__file__).parent.parent / "tests/data/datablist_leads/leads-1000.csv"
"""A thousand made-up leads of datablist.com: whence first names, last names and companies."""

_DIAL = ("+1", "+44", "+49", "+33", "+34", "+39", "+81", "+61", "+55", "+91")
_FORMS = ("Inc", "Ltd", "GmbH", "LLC", "and Sons", "PLC")
_SOURCES = ("Web form", "Trade fair", "Webinar", "Referral", "White paper", "Import")


def fill(profile: Path, count: int) -> None:
    """Make a profile with `count` leads, the same in every run."""
    with open_workspace(profile, resources.texts, clock=lambda: NOON) as work:
        playbook = playbooks.active(work)
        dice = random.Random(11)  # noqa: S311 - the same leads in every run
        with work.store.begin() as unit:
            unit.leads.add(
                replace(
                    lead,
                    grade=grade.text,
                    fit=grade.fit,
                    priority=(grade.fit or 0) + dice.choice((0, 0, 0, 0, 10, 25, 40, 70)),
                )
                for lead in _leads(count)
                if (grade := grade_lead(playbook, lead, 0))
            )


def _leads(count: int) -> Iterator[Lead]:
    with NAMES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    firsts = sorted({row["First Name"] for row in rows})
    lasts = sorted({row["Last Name"] for row in rows})
    cities = sorted({row["Company"].split()[0].strip(",") + "ville" for row in rows})[:400]
    dice = random.Random(20261123)  # noqa: S311 - the same leads in every run
    for number in range(count):
        first, last = dice.choice(firsts), dice.choice(lasts)
        company = f"{dice.choice(lasts)} {dice.choice(_FORMS)}"
        digits = f"{dice.choice(_DIAL)}{dice.randrange(10**8, 10**9)}"
        yield Lead(
            f"L{number:024d}",
            first_name=first,
            last_name=last,
            title=dice.choice(("Plant Director", "Head of Operations", "Buyer", "CFO", "")),
            company=company,
            email=f"{first}.{last}{number}@{company.split(maxsplit=1)[0]}.example".lower(),
            phone=digits,
            phone_e164=digits,
            industry=dice.choice(TRADES),
            employees=dice.choice((None, 8, 60, 240, 900)),
            city=dice.choice(cities),
            country=dice.choice(COUNTRIES),
            time_zone="Europe/London",
            source=dice.choice(_SOURCES),
            tags=("fair",) if number % 17 == 0 else (),
            created_at=NOON,
        )
