# SPDX-License-Identifier: MIT
"""Duplicates: how many of those known are found, and how long a whole list takes.

The people of Febrl are put into a profile as an import would, its columns in the fields they belong
to; found are the pairs the product shows.
"""

import csv
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import combinations
from pathlib import Path

from benchmarks.lead_files import write_leads
from benchmarks.measuring import Figure, percentile, seconds_of
from leaddesk import resources
from leaddesk.core.domain.lead import Lead
from leaddesk.core.services import duplicates
from leaddesk.core.services.workspace import open_workspace

FEBRL = Path(__file__).parents[1] / "tests" / "data" / "febrl_dedup"
LEADS = (10_000, 100_000, 1_000_000)
TWICE = 50
"""One of so many leads is there twice, mistyped."""

KEPT = 30_000


def figures() -> Iterator[Figure]:
    """Measure."""
    for path in sorted(FEBRL.glob("*.csv")):
        yield from _found(path)
    for count in LEADS:
        yield from _whole_list(count)


def people_of_febrl(path: Path) -> list[tuple[str, Lead]]:
    """Return who each row is, and the row as a lead; without rec_id and soc_sec_id."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = csv.DictReader(stream, skipinitialspace=True)
        cells = [{name.strip(): (text or "").strip() for name, text in row.items()} for row in rows]
    return [
        (row["rec_id"].split("-")[1], replace(_lead(row), lead_id=f"L{number:024d}"))
        for number, row in enumerate(cells)
    ]


def found_and_true(
    people: list[tuple[str, Lead]],
) -> tuple[set[frozenset[str]], set[frozenset[str]]]:
    """Return the pairs the product finds among people, and those that are one person."""
    by_person: dict[str, list[str]] = {}
    for who, lead in people:
        by_person.setdefault(who, []).append(lead.lead_id)
    with (
        tempfile.TemporaryDirectory() as folder,
        open_workspace(Path(folder), resources.texts) as work,
    ):
        with work.store.begin() as unit:
            unit.leads.add(lead for _, lead in people)
        pairs = duplicates.pairs(work, KEPT)
    found = {frozenset((pair.lead.lead_id, pair.other.lead_id)) for pair in pairs}
    true = {frozenset(pair) for ids in by_person.values() for pair in combinations(ids, 2)}
    return found, true


def _lead(row: Mapping[str, str]) -> Lead:
    return Lead(
        "",
        first_name=row["given_name"],
        last_name=row["surname"],
        street=row["address_1"],
        city=row["suburb"],
        postal_code=row["postcode"],
        state=row["state"],
        extra={
            "street_number": row["street_number"],
            "address_2": row["address_2"],
            "date_of_birth": row["date_of_birth"],
        },
    )


def _found(path: Path) -> Iterator[Figure]:
    found, true = found_and_true(people_of_febrl(path))
    right = len(found & true)
    for what, share, goal in (
        ("found that are none (1 - precision)", 1 - right / max(1, len(found)), 0.03),
        ("not found (1 - recall)", 1 - right / len(true), 0.10),
    ):
        yield Figure(f"{path.parent.name}/{path.name}, duplicates {what}", share, "", goal)


def _whole_list(count: int) -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "leads.csv"
        write_leads(source, count)
        twice = _mistype(source)
        profile = Path(folder) / "profile"
        # In a process of its own, whose memory is not counted here.
        command = (sys.executable, "-m", "leaddesk", "--profile", profile, "import", source)
        subprocess.run(command, check=True, capture_output=True)
        with open_workspace(profile, resources.texts) as work:
            before = _peak_mb()
            steps = []
            with duplicates.Search(work, KEPT) as search:
                while not search.is_done:
                    steps.append(seconds_of(search.step))
                pairs = search.best(work)
            ours = {f"{one.lead.lead_id} {one.other.lead_id}" for one in pairs}
            like = [
                seconds_of(lambda one=one: duplicates.like(work, replace(one.lead, lead_id="")))
                for one in pairs[:200]
            ]
            grown = _peak_mb() - before
    yield Figure(
        f"duplicates in {count:,} leads, {twice:,} there twice: found {len(ours):,}",
        sum(steps),
        "s",
    )
    yield Figure(f"a step of that, {count:,} leads, p99", percentile(steps, 99) * 1e3, "ms", 250)
    yield Figure(f"memory that takes at most, {count:,} leads", grown, "MB", 80)
    yield Figure(
        f"duplicates of one that is entered, {count:,} leads, p99",
        percentile(like, 99) * 1e3,
        "ms",
        100,
    )


def _mistype(source: Path) -> int:
    """Let one of `TWICE` leads be there again, as somebody else would have typed it."""
    dice = random.Random(5)  # noqa: S311 - the same in every run
    with source.open(encoding="utf-8", newline="") as stream:
        rows = csv.reader(stream)
        header = next(rows)
        again = [row for number, row in enumerate(rows) if number % TWICE == 0]
    at = {name: index for index, name in enumerate(header)}
    with source.open("a", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        for row in again:
            last, place = row[at["Last Name"]], dice.randrange(1, 4)
            row[at["Last Name"]] = last[:place] + last[place - 1 :]
            row[at["Email"]] = ""
            row[at["Phone"]] = dice.choice((row[at["Phone"]], ""))
            writer.writerow(row)
    return len(again)


def _peak_mb() -> float:
    import resource  # not on Windows

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
