# SPDX-License-Identifier: MIT
"""Profiles full of made-up leads, to measure on."""

import random
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlcipher3 import dbapi2

from leaddesk import resources
from leaddesk.core.domain.call import AnswerValue
from leaddesk.core.domain.grading import grade_lead
from leaddesk.core.domain.lead import Lead
from leaddesk.core.domain.playbook import Kind, Question
from leaddesk.core.domain.roles import Rep, Role
from leaddesk.core.services import playbooks
from leaddesk.core.services.workspace import DATABASE_NAME, open_workspace

FIRST = ("Ada", "Bram", "Chioma", "Dmytro", "Elif", "Farid", "Greta", "Hana", "Ivo", "Jun")
LAST = ("Almeida", "Berg", "Castellan", "Dvorak", "Eriksen", "Fontaine", "Grau", "Hollis", "Ito")
COUNTRIES = ("US", "US", "US", "DE", "GB", "FR", "JP", "AU", "BR", "PL", "ES", "IN", "")
TRADES = ("Manufacturing", "Logistics", "Retail", "Banking", "Education", "")


NOON = datetime(2026, 11, 23, 15, tzinfo=UTC)
"""A Monday on which it is a time to call from San Francisco to Warsaw."""

BUSIEST = "L" + "0" * 24
"""The lead with a long history."""

_COPIED = 100_000
"""So many leads are made one by one; more are copies of these under other ids."""

_AT = "strftime('%Y-%m-%dT%H:%M:00.000000Z', ?1, {})"
_KINDS = f"""
UPDATE leads SET
    due = CASE WHEN row_id % 1000 = 1 THEN 1 WHEN row_id % 2000 = 2 THEN 2
               WHEN row_id % 50 = 3 THEN 4 WHEN row_id % 5 = 4 THEN 5 ELSE 6 END,
    due_at = CASE
        WHEN row_id % 1000 = 1 THEN {_AT.format("(row_id % 97 - 48) || ' hours'")}
        WHEN row_id % 2000 = 2 THEN {_AT.format("-(row_id % 600) || ' minutes'")}
        WHEN row_id % 50 = 3 THEN {_AT.format("(row_id % 180 - 10) || ' days'")}
        WHEN row_id % 5 = 4 THEN {_AT.format("(row_id % 96 - 90) || ' hours'")}
        ELSE '' END,
    status = CASE WHEN row_id % 50 = 3 THEN 'NURTURING' WHEN row_id % 5 = 4 THEN 'ATTEMPTING'
                  ELSE 'NEW' END
WHERE row_id > 1
"""  # noqa: S608 - constants
"""Of a thousand leads one has a callback, half a one is inbound, twenty nurture, 200 were tried."""


def fill_profile(profile: Path, count: int) -> None:
    """Make a profile with `count` leads of every kind, the same in every run."""
    with open_workspace(profile, resources.texts, clock=lambda: NOON) as work:
        playbook = playbooks.active(work)
        with work.store.begin() as unit:
            unit.leads.add(
                replace(lead, grade=grade.text, fit=grade.fit, priority=grade.priority)
                for lead in _leads(min(count, _COPIED))
                if (grade := grade_lead(playbook, lead, 0))
            )
    with closing(dbapi2.connect(str(profile / DATABASE_NAME), isolation_level=None)) as database:
        database.execute("BEGIN")
        columns = [row[1] for row in database.execute("PRAGMA table_info(leads)")][2:]
        names = ", ".join(columns)
        for copy in range(1, count // _COPIED):
            database.execute(
                f"INSERT INTO leads (lead_id, {names})"  # noqa: S608 - columns of our own
                f" SELECT 'L' || printf('%024d', row_id + ?), {names} FROM leads"
                " WHERE row_id <= ? ORDER BY row_id",
                (copy * _COPIED, _COPIED),
            )
        database.execute(_KINDS, (f"{NOON:%Y-%m-%d %H:%M}",))
        database.execute("COMMIT")


def add_history(profile: Path, call_count: int) -> None:
    """Give one lead so many calls, each with an answer to every question of the playbook."""
    from leaddesk.core.services import calls, endings
    from leaddesk.core.services.endings import CallResult

    now = NOON - timedelta(days=2 * call_count)
    clock = [now]
    with open_workspace(profile, resources.texts, clock=lambda: clock[0]) as work:
        work.rep = Rep(role=Role.LEAD)
        playbook = playbooks.active(work)
        for number in range(call_count):
            clock[0] = now + timedelta(days=2 * number)
            session, _ = calls.start_call(work, BUSIEST, override="measuring")
            for question in playbook.questions:
                value = _answer_to(question, number)
                if value is not None:
                    calls.record_answer(work, session.call.call_id, question.id, value)
            result = CallResult("CONNECTED_TARGET", "HUNG_UP")
            endings.end_call(work, session.call.call_id, result, 300)


def _answer_to(question: Question, number: int) -> AnswerValue:
    if question.bands:
        return question.bands[number % len(question.bands)].at_least
    if question.kind is Kind.TEXT:
        return f"What they said in call {number}."
    closed = [option.id for option in question.options if not option.open]
    return closed[number % len(closed)] if question.kind is not Kind.CHOICES else tuple(closed[:1])


def _leads(count: int) -> Iterator[Lead]:
    dice = random.Random(20261123)  # noqa: S311 - the same leads in every run
    for number in range(count):
        first, last = dice.choice(FIRST), dice.choice(LAST)
        country = dice.choice(COUNTRIES) if number else "DE"
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
            country=country,
            state=dice.choice(("CA", "TX", "IL", "NY", "FL", "WA")) if country == "US" else "",
            source="Benchmark",
        )
