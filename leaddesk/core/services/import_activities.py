# SPDX-License-Identifier: MIT
"""Take in what leads did from a CSV: looked at first, then all that can be used, or nothing.

The same activity of the same lead at the same moment counts once, however often it comes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from leaddesk.core.domain.engagement import Activity
from leaddesk.core.domain.rows import ActivityRow, RowProblem
from leaddesk.core.errors import KnownError
from leaddesk.core.services import activities, import_staging, playbooks, rejects
from leaddesk.core.services.changes import Changes
from leaddesk.core.services.named_leads import NamedLeads

if TYPE_CHECKING:
    from leaddesk.core.services.workspace import Workspace
    from leaddesk.core.store.unit_of_work import Unit

_BATCH = 1000


@dataclass(frozen=True, slots=True)
class ActivityReport:
    """What becomes of the rows of a file; `rows` is the sum of the three counts behind it.

    Attributes:
        known: Activities that were there already.
        leads: How many leads did something new.
        rejects_file: The rows that could not be used, with their reasons; None: all could be, or
            nothing was written yet.
    """

    path: Path
    rows: int
    added: int
    known: int
    rejected: int
    leads: int
    rejects_file: Path | None = None


@dataclass(frozen=True, slots=True)
class _Found:
    report: ActivityReport
    new: Sequence[Activity]
    header: Sequence[str]
    problems: Sequence[RowProblem]


def look(work: "Workspace", path: Path) -> ActivityReport | None:
    """Return what taking in a file would do; None where it is no list of activities.

    Raises:
        KnownError: the file cannot be read as a CSV.
    """
    with work.store.read() as unit:
        found = _read(work, unit, path)
    return None if found is None else found.report


def run(work: "Workspace", path: Path) -> tuple[ActivityReport, Changes]:
    """Take in the activities of a file; rows that cannot be used go to a file beside it.

    Raises:
        KnownError: the file cannot be read, or is no list of activities.
    """
    with work.store.begin() as unit:
        found = _read(work, unit, path)
        if found is None:
            raise no_list(path)
        unit.activities.add(found.new)
        by_lead: dict[str, list[Activity]] = {}
        for activity in found.new:
            by_lead.setdefault(activity.lead_id, []).append(activity)
        activities.follow_up(work, unit, by_lead)
    beside = rejects.write_rejects_beside(work, path, found.header, found.problems)
    changed = bool(found.new)
    return replace(found.report, rejects_file=beside), Changes(whole_list=changed, queue=changed)


def no_list(path: Path) -> KnownError:
    """Return in words that a file is no list of activities."""
    return KnownError(
        f"{path.name} is no list of activities.",
        "It needs a column for who (lead id, e-mail or phone), one for what, one for when.",
    )


def report_in_words(report: ActivityReport) -> str:
    """Return a report for people."""
    leads = "lead" if report.leads == 1 else "leads"
    rows = "row" if report.rows == 1 else "rows"
    new = "activity" if report.added == 1 else "activities"
    words = (
        f"{report.rows:,} {rows}: {report.added:,} new {new} of {report.leads:,} {leads}, "
        f"{report.known:,} there already, {report.rejected:,} not usable"
    )
    if report.rejects_file is None:
        return words
    return f"{words}\nThe rows that were not taken, with reasons: {report.rejects_file}"


def _read(work: "Workspace", unit: "Unit", path: Path) -> _Found | None:
    from leaddesk.core.formats.activity_rows import (
        activity_types,
        load_activity_words,
        read_activities,
        recognise_activities,
    )
    from leaddesk.core.formats.csv_reader import open_csv

    words = load_activity_words(work.texts("activities", ".toml")["columns"])
    types = activity_types(words, playbooks.active(work).engagement)
    with import_staging.opened(path) as stream:
        source = open_csv(stream)
        columns = recognise_activities(source.header, words)
        if columns is None:
            return None
        problems: list[RowProblem] = []
        new: dict[str, Activity] = {}
        rows = known = 0
        found = read_activities(source.rows(), columns, types, work.clock())
        while batch := list(islice(found, _BATCH)):
            rows += len(batch)
            made = list(_of_leads(work, unit, batch, path.name, problems))
            there = unit.activities.taken_ids([one.activity_id for one in made])
            for activity in made:
                if activity.activity_id in there or activity.activity_id in new:
                    known += 1
                else:
                    new[activity.activity_id] = activity
    problems.sort(key=lambda problem: problem.line)
    leads = len({activity.lead_id for activity in new.values()})
    report = ActivityReport(path, rows, len(new), known, len(problems), leads)
    return _Found(report, tuple(new.values()), source.header, problems)


def _of_leads(
    work: "Workspace",
    unit: "Unit",
    batch: Sequence[ActivityRow | RowProblem],
    source: str,
    problems: list[RowProblem],
) -> Iterator[Activity]:
    """Yield the activities of leads that are there; the others become problems."""
    usable = [row for row in batch if isinstance(row, ActivityRow)]
    problems += [row for row in batch if isinstance(row, RowProblem)]
    leads = NamedLeads(unit, [row.keys for row in usable])
    for row in usable:
        lead_id = leads.id_of(row.keys)
        if not lead_id:
            who = next(iter(row.keys.values()))
            problems.append(RowProblem("no_such_lead", row.line, found=who))
            continue
        made = work.ids.activity(lead_id, row.type, row.at)
        yield Activity(
            row.type, row.at, source=source, note=row.note, activity_id=made, lead_id=lead_id
        )
