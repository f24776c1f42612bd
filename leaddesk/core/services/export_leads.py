# SPDX-License-Identifier: MIT
"""Write leads to a CSV of our own: the file appears whole or not at all."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from leaddesk.core.domain.events import Event, EventKind
from leaddesk.core.domain.lead_query import LeadQuery, View
from leaddesk.core.domain.verdict import Verdict
from leaddesk.core.services.changes import Changes
from leaddesk.core.services.lead_list import find_in
from leaddesk.core.services.whole_file import whole_file

if TYPE_CHECKING:
    from leaddesk.core.domain.decision import Decision
    from leaddesk.core.formats.csv_writer import LeadColumns
    from leaddesk.core.services.workspace import Workspace
    from leaddesk.core.store.unit_of_work import Unit

_BATCH = 500


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What was written where."""

    rows: int
    file: Path


def export(  # noqa: PLR0913 - which leads, all by name
    work: "Workspace",
    path: Path,
    *,
    decision: Verdict | None = None,
    view: View = View.ALL,
    search: str = "",
    row_ids: Sequence[int] | None = None,
) -> tuple[ExportReport, Changes]:
    """Write leads to `path`, those to call first at the top, replacing a file of that name.

    Where one of them has a decision, the last one stands beside each.

    Args:
        work: Where the leads are.
        path: A CSV file; its folder is there.
        decision: Only leads whose last decision is this one.
        view: Only leads of this list, where no decision is named.
        search: Only leads in which all these words occur.
        row_ids: Just these leads, in this order, whatever else is named.

    Raises:
        KnownError: the folder is gone, cannot be written or is full; an older file of that name
            is then as it was.
    """
    from leaddesk.core.formats.csv_writer import lead_columns, write_csv

    view = View(decision) if decision else view
    left: list[Decision] = []
    with work.store.read() as unit:
        if row_ids is None:
            row_ids = find_in(unit, LeadQuery(view, search))
        has_decisions = decision is not None or unit.leads.any_decided(row_ids)
        columns = lead_columns(
            (lead for lead, _ in unit.leads.by_row_ids(row_ids)), has_decisions=has_decisions
        )
        with whole_file(path) as stream:
            count = write_csv(stream, columns.header, _rows(unit, row_ids, columns, left))
    _note_departures(work, left, path.name)
    return ExportReport(count, path), Changes()


def _note_departures(work: "Workspace", left: "Sequence[Decision]", file_name: str) -> None:
    """Write down which decisions have left the house: they are not undone any more."""
    if not left:
        return
    now = work.clock()
    with work.writing() as store, store.begin() as unit:
        gone = unit.events.decisions_with(EventKind.EXPORTED)
        unit.events.add(
            Event(
                work.ids.new("E"),
                decision.lead_id,
                now,
                EventKind.EXPORTED,
                work.rep.name,
                decision.call_id,
                {"decision": decision.decision_id, "file": file_name},
            )
            for decision in left
            if decision.decision_id not in gone
        )


def _rows(
    unit: "Unit", row_ids: Sequence[int], columns: "LeadColumns", left: "list[Decision]"
) -> Iterator[list[str]]:
    """Yield the cells of each lead; `left` takes the decisions that are among them."""
    leads = (lead for lead, _ in unit.leads.by_row_ids(row_ids))
    while batch := list(islice(leads, _BATCH)):
        decisions = {}
        notes: dict[str, str] = {}
        if columns.has_decisions:
            decisions = unit.decisions.last_of([lead.lead_id for lead in batch])
            notes = unit.calls.notes([decision.call_id for decision in decisions.values()])
            left += decisions.values()
        for lead in batch:
            decision = decisions.get(lead.lead_id)
            said = notes.get(decision.call_id, "") if decision else ""
            yield columns.cells(lead, decision, said)
