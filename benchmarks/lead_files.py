# SPDX-License-Identifier: MIT
"""Files of made-up leads, with the duplicates, junk and quotes of real ones."""

import csv
import random
from collections.abc import Iterator
from functools import partial
from pathlib import Path

HEADER = (
    "First Name", "Last Name", "Company", "Job Title", "Email", "Phone", "Mobile", "City",
    "Country", "Industry", "Employees", "Annual Revenue", "Lead Source", "Notes",
)  # fmt: skip

FIRST = (
    "Ada", "Bram", "Chioma", "Dmytro", "Elif", "Farid", "Greta", "Hana", "Ivo", "Jun", "Kofi",
    "Léa", "Mateus", "Nadia", "Óscar", "Priya", "Quentin", "Rania", "Søren", "Tomás",
)  # fmt: skip
_PARTS = (
    "al", "an", "ar", "be", "ber", "bo", "da", "del", "do", "el", "en", "er", "fa", "ga", "ha",
    "il", "in", "ka", "kol", "la", "lin", "ma", "men", "mo", "na", "nor", "o", "par", "ra", "ro",
    "sa", "sen", "so", "ta", "ter", "to", "va", "ver", "vi", "za",
)  # fmt: skip
_TRADES = ("Manufacturing", "Logistics", "Retail", "Banking", "Education", "Healthcare", "")
_TITLES = ("Plant Director", "Head of Operations", "CFO", "Procurement", "IT Manager", "Owner")
_FORMS = ("GmbH", "Ltd", "Inc.", "S.A.", "AB", "BV", "")
_PHONES = {
    "US": "({0:03d}) {1:03d}-{2:04d}", "DE": "030 {1:03d}{2:04d}", "GB": "020 7{1:03d} {2:04d}",
    "FR": "01 {3:02d} {4:02d} {5:02d} {6:02d}", "JP": "03-{7:04d}-{2:04d}",
    "AU": "02 {7:04d} {2:04d}", "BR": "(11) {7:04d}-{2:04d}", "PL": "22 {1:03d} {5:02d} {6:02d}",
    "ES": "91 {1:03d} {5:02d} {6:02d}", "IN": "022 {7:04d} {2:04d}", "NL": "020 {1:03d} {2:04d}",
    "SE": "08-{1:03d} {5:02d} {6:02d}",
}  # fmt: skip
_AREAS = (212, 305, 312, 415, 512, 617, 702, 818)
_CODES = {"US": "1", "DE": "49", "GB": "44", "FR": "33", "JP": "81", "AU": "61", "BR": "55",
          "PL": "48", "ES": "34", "IN": "91", "NL": "31", "SE": "46"}  # fmt: skip


def write_leads(path: Path, count: int, seed: int = 4) -> None:
    """Write a CSV of `count` leads (UTF-8, comma): the same in every run."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(HEADER)
        writer.writerows(_rows(count, seed))


def _rows(count: int, seed: int) -> Iterator[tuple[object, ...]]:
    dice = random.Random(seed)  # noqa: S311 - the same file in every run
    word = partial(_word, dice)
    emails: list[str] = []
    for number in range(count):
        country = dice.choice(tuple(_PHONES))
        first, last = dice.choice(FIRST), word(2, 3)
        company = f"{word(2, 3)} {dice.choice(_FORMS)}".strip()
        # Hardly anybody has an address with letters beyond ASCII.
        local = f"{first}.{last}{number}".lower() if dice.random() < 0.01 else f"{last}{number}"
        email = f"{local}@{word(2, 3)}.com".lower()
        if emails and dice.random() < 0.03:
            email = dice.choice((str.upper, str.title, " {} ".format))(dice.choice(emails))
        elif len(emails) < 10_000:
            emails.append(email)
        notes = dice.choice(("", "", f'Asked for "{word(1, 2)}", then hung up', "two\nlines"))
        yield (
            first, last, company, dice.choice(_TITLES), email, _phone(dice, country),
            _phone(dice, country) if dice.random() < 0.3 else "", word(2, 3), country,
            dice.choice(_TRADES), dice.randrange(1, 5000), dice.randrange(10**5, 10**8),
            dice.choice(("Web", "Trade Show", "Partner Referral", "Other")), notes,
        )  # fmt: skip


def _word(dice: random.Random, least: int, most: int) -> str:
    return "".join(dice.choice(_PARTS) for _ in range(dice.randint(least, most))).capitalize()


def _phone(dice: random.Random, country: str) -> str:
    if dice.random() < 0.03:
        return dice.choice(("n/a", "4.41E+11", "12", "call the front desk"))
    digits = (
        dice.choice(_AREAS), dice.randrange(200, 1000), dice.randrange(10_000),
        *(dice.randrange(40, 100) for _ in range(4)), dice.randrange(2000, 10_000),
    )  # fmt: skip
    national = _PHONES[country].format(*digits)
    if dice.random() < 0.3:
        return f"+{_CODES[country]} {national.lstrip('0(').replace(')', '')}"
    return national
