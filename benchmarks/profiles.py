# SPDX-License-Identifier: MIT
"""Profiles full of made-up leads, to measure on."""

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from leaddesk import resources
from leaddesk.core.domain.grading import grade_lead
from leaddesk.core.domain.lead import Lead
from leaddesk.core.services import playbooks
from leaddesk.core.services.workspace import open_workspace

FIRST = ("Ada", "Bram", "Chioma", "Dmytro", "Elif", "Farid", "Greta", "Hana", "Ivo", "Jun")
LAST = ("Almeida", "Berg", "Castellan", "Dvorak", "Eriksen", "Fontaine", "Grau", "Hollis", "Ito")
TRADES = ("Manufacturing", "Logistics", "Retail", "Banking", "Education", "")


def fill_profile(profile: Path, count: int) -> None:
    """Make a profile with `count` leads, the same in every run."""
    with open_workspace(profile, resources.texts) as work:
        playbook = playbooks.active(work)
        with work.store.begin() as unit:
            unit.leads.add(
                replace(lead, grade=grade.text, fit=grade.fit, priority=grade.priority)
                for lead in _leads(count)
                if (grade := grade_lead(playbook, lead, None))
            )


def _leads(count: int) -> Iterator[Lead]:
    dice = random.Random(20261123)  # noqa: S311 - the same leads in every run
    for number in range(count):
        first, last = dice.choice(FIRST), dice.choice(LAST)
        yield Lead(
            f"L{number:024d}",
            first_name=first,
            last_name=f"{last}-{number}",
            title=dice.choice(("Plant Director", "Head of Ops", "Buyer")),
            company=f"{last} {dice.choice(('Works', 'Foods', 'Freight'))} {number % 4999}",
            email=f"{first.lower()}.{last.lower()}.{number}@bench.example",
            phone=f"+1 312 555 {number % 10000:04d}",
            phone_e164=f"+1312555{number % 10000:04d}",
            industry=dice.choice(TRADES),
            employees=dice.choice((None, 8, 60, 240, 900)),
            country=dice.choice(("US", "DE", "JP", "")),
            source="Benchmark",
        )
