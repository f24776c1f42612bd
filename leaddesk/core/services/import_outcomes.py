# SPDX-License-Identifier: MIT
"""Take in what sales said from a CSV: looked at first, then all that can be used, or nothing.

Each answer is joined to the pass it answers. The same answer counts once, however often it comes.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from leaddesk.core.domain.events import EventKind
from leaddesk.core.domain.handoff import Handoff, HandoffState
from leaddesk.core.domain.rows import OutcomeRow, RowProblem
from leaddesk.core.domain.sales_outcomes import OUTCOME_LABELS, SalesOutcome, may_follow
from leaddesk.core.errors import KnownError
from leaddesk.core.services import handoffs, import_staging, rejects
from leaddesk.core.services.changes import Changes
from leaddesk.core.services.named_leads import NamedLeads

if TYPE_CHECKING:
    from leaddesk.core.services.workspace import Workspace
    from leaddesk.core.store.unit_of_work import Unit


@dataclass(frozen=True, slots=True)
class OutcomeReport:
    """What becomes of the rows of a file; `rows` is the sum of the three counts behind it.

    Attributes:
        known: Answers that were there already.
        leads: How many leads were answered anew.
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


def look(work: "Workspace", path: Path, *, is_said: bool = False) -> OutcomeReport | None:
    """Return what taking in a file would do; None where it is no list of answers.

    Args:
        work: Where the leads are; it may be read-only.
        path: The file.
        is_said: A person says that it is one.

    Raises:
        KnownError: the file cannot be read as a CSV.
    """
    found = _read(work, path, is_said=is_said)
    if found is None:
        return None
    with work.store.read() as unit:
        return _plan(unit, path, found[1])[0]


def run(work: "Workspace", path: Path, *, is_said: bool = False) -> tuple[OutcomeReport, Changes]:
    """Take in the answers of a file; rows that cannot be used go to a file beside it.

    Raises:
        KnownError: the file cannot be read, or is no list of answers.
    """
    found = _read(work, path, is_said=is_said)
    if found is None:
        raise no_list(path)
    header, rows = found
    with work.store.begin() as unit:
        report, answers, problems = _plan(unit, path, rows)
        for handoff_id, outcome in answers:
            handoff = unit.handoffs.get(handoff_id)
            if handoff is not None:
                handoffs.answer_in(work, unit, handoff, outcome)
    beside = rejects.write_rejects_beside(work, path, header, problems)
    changed = bool(answers)
    return replace(report, rejects_file=beside), Changes(whole_list=changed, queue=changed)


def no_list(path: Path) -> KnownError:
    """Return in words that a file is no list of answers."""
    return KnownError(
        f"{path.name} is no list of what sales said.",
        "It needs a column for who (lead id, e-mail or phone) and one for the answer.",
    )


def report_in_words(report: OutcomeReport) -> str:
    """Return a report for people."""
    leads = "lead" if report.leads == 1 else "leads"
    rows = "row" if report.rows == 1 else "rows"
    new = "answer" if report.added == 1 else "answers"
    words = (
        f"{report.rows:,} {rows}: {report.added:,} new {new} on {report.leads:,} {leads}, "
        f"{report.known:,} there already, {report.rejected:,} not usable"
    )
    if report.rejects_file is None:
        return words
    return f"{words}\nThe rows that were not taken, with reasons: {report.rejects_file}"


def _read(
    work: "Workspace", path: Path, *, is_said: bool
) -> tuple[Sequence[str], list[OutcomeRow | RowProblem]] | None:
    from leaddesk.core.formats.activity_rows import load_activity_words
    from leaddesk.core.formats.csv_reader import open_csv
    from leaddesk.core.formats.outcomes import (
        load_outcome_words,
        read_outcomes,
        recognise_outcomes,
    )

    texts = work.texts("activities", ".toml")
    words = load_outcome_words(texts["outcomes"])
    whom = load_activity_words(texts["columns"])
    with import_staging.opened(path) as stream:
        source = open_csv(stream)
        columns = recognise_outcomes(source.header, words, whom, is_said=is_said)
        if columns is None:
            return None
        return source.header, list(read_outcomes(source.rows(), columns, words, work.clock()))


def _plan(
    unit: "Unit", path: Path, rows: Sequence[OutcomeRow | RowProblem]
) -> tuple[OutcomeReport, list[tuple[str, SalesOutcome]], list[RowProblem]]:
    """Return what the rows do: the report, (hand-off id, answer) in order, and the problems."""
    problems = [row for row in rows if isinstance(row, RowProblem)]
    usable = [row for row in rows if isinstance(row, OutcomeRow)]
    leads = NamedLeads(unit, [row.keys for row in usable])
    answers: list[tuple[str, SalesOutcome]] = []
    states: dict[str, HandoffState] = {}
    told: dict[str, set[tuple[str, str]]] = {}
    answered: set[str] = set()
    known = 0
    for row in usable:
        found = _handoff_of(unit, leads, row)
        if isinstance(found, RowProblem):
            problems.append(found)
            continue
        handoff_id, outcome = found.handoff_id, row.outcome
        if handoff_id not in told:
            told[handoff_id] = _told(unit, found)
            states[handoff_id] = found.state
        if (outcome.kind.value, outcome.reason) in told[handoff_id]:
            known += 1
            continue
        if outcome.kind not in may_follow(states[handoff_id]):
            before = states[handoff_id].value
            said = OUTCOME_LABELS[outcome.kind]
            problems.append(
                RowProblem("out_of_order", row.line, found=said, allowed=before, cells=row.cells)
            )
            continue
        states[handoff_id] = HandoffState(outcome.kind.value)
        told[handoff_id].add((outcome.kind.value, outcome.reason))
        answers.append((handoff_id, outcome))
        answered.add(found.lead_id)
    problems.sort(key=lambda problem: problem.line)
    report = OutcomeReport(path, len(rows), len(answers), known, len(problems), len(answered))
    return report, answers, problems


def _handoff_of(unit: "Unit", leads: NamedLeads, row: OutcomeRow) -> Handoff | RowProblem:
    """Return the hand-off a row answers: the one it names, else the last before its time."""
    who = next(iter(row.keys.values()))
    named = row.keys.get("handoff_id", "")
    if named and (handoff := unit.handoffs.get(named)) is not None:
        return handoff
    lead_id = leads.id_of(row.keys)
    if not lead_id:
        return RowProblem("no_such_lead", row.line, found=who, cells=row.cells)
    at = row.outcome.at
    given = [
        one
        for one in unit.handoffs.of_lead(lead_id)
        if one.state is not HandoffState.TAKEN_BACK and (at is None or one.at.date() <= at.date())
    ]
    if not given:
        return RowProblem("never_passed", row.line, found=who, cells=row.cells)
    return given[-1]


def _told(unit: "Unit", handoff: Handoff) -> set[tuple[str, str]]:
    """Return what sales said of a hand-off already, each with its reason; not what was undone."""
    told: list[tuple[str, str]] = []
    for one in unit.events.of_lead(handoff.lead_id, (EventKind.ANSWERED, EventKind.HANDED)):
        if one.detail.get("handoff") != handoff.handoff_id:
            continue
        if one.kind is EventKind.ANSWERED:
            told.append((one.detail.get("state", ""), one.detail.get("reason", "")))
        elif one.detail.get("undone") == "answer":
            told.pop()
    return set(told)
