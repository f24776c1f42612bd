# SPDX-License-Identifier: MIT
"""What leads did, by hand or by CSV, and what follows: engagement, grade, MQL, the queue."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from leaddesk.core.domain.engagement import Activity, engagement_score, strong_since
from leaddesk.core.domain.events import Event, EventKind
from leaddesk.core.domain.grading import grade_lead, is_mql
from leaddesk.core.domain.lead_state import LeadState, changed
from leaddesk.core.domain.queue import Due
from leaddesk.core.domain.rows import RowProblem
from leaddesk.core.domain.stages import Stage, Status
from leaddesk.core.errors import KnownError
from leaddesk.core.services import calling, playbooks
from leaddesk.core.services.changes import Changes

if TYPE_CHECKING:
    from leaddesk.core.domain.lead import Lead
    from leaddesk.core.domain.playbook import Playbook
    from leaddesk.core.formats.activity_rows import ActivityRow
    from leaddesk.core.services.workspace import Workspace
    from leaddesk.core.store.unit_of_work import Unit

_BATCH = 1000
_FRESH_SIGN = timedelta(days=7)
"""An older sign, as a first import brings many, counts for the score but is no reason to hurry."""

_MAY_BECOME_INBOUND = frozenset(
    {Status.NEW, Status.ATTEMPTING, Status.IN_CONVERSATION, Status.NURTURING, Status.EXHAUSTED}
)
"""A strong sign ends any wait, but for those who are with sales, decided against or suppressed."""


@dataclass(frozen=True, slots=True)
class ActivityReport:
    """What became of the rows of a file; `rows` is the sum of the three counts behind it."""

    rows: int
    added: int
    known: int
    problems: tuple[RowProblem, ...]

    @property
    def rejected(self) -> int:
        """How many rows could not be used."""
        return len(self.problems)


def add_by_hand(
    work: "Workspace", lead_id: str, activity_type: str, note: str = ""
) -> tuple[Activity, Changes]:
    """Write down that a lead did something just now.

    Raises:
        KnownError: the playbook does not know this type of activity.
    """
    now = work.clock()
    playbook = playbooks.active(work)
    rule = playbook.engagement
    if rule is None or activity_type not in {kind.id for kind in rule.types}:
        raise KnownError(
            f"{activity_type!r} is no activity of {playbook.title}.", "Pick one of those shown."
        )
    made = Activity(
        activity_type,
        now,
        source="by hand",
        note=note.strip(),
        activity_id=work.ids.new("V"),
        lead_id=lead_id,
    )
    with work.store.begin() as unit:
        calling.lead_of(unit, lead_id)
        unit.activities.add([made])
        _follow_up(work, unit, playbook, {lead_id: [made]}, now)
    return made, Changes(leads=frozenset({lead_id}), queue=True)


def import_csv(work: "Workspace", path: Path) -> tuple[ActivityReport, Changes]:
    """Take in activities from a CSV; all that can be used, or nothing where that fails.

    The same activity of the same lead at the same moment counts once, however often it comes.

    Raises:
        KnownError: the file cannot be read, or is no list of activities.
    """
    from leaddesk.core.formats.activity_rows import read_activities

    now = work.clock()
    playbook = playbooks.active(work)
    problems: list[RowProblem] = []
    added = rows = 0
    try:
        with path.open("rb") as file, work.store.begin() as unit:
            words = work.texts("presets", ".toml")["activities"]
            found = read_activities(file, playbook, words, now)
            for batch in _batches(found):
                rows += len(batch)
                made = list(_known_leads(work, unit, batch, path.name, problems))
                added += unit.activities.add(made)
                by_lead: dict[str, list[Activity]] = {}
                for activity in made:
                    by_lead.setdefault(activity.lead_id, []).append(activity)
                _follow_up(work, unit, playbook, by_lead, now)
    except OSError as error:
        raise KnownError(f"{path} cannot be read: {error.strerror}.", "Check the file.") from error
    problems.sort(key=lambda problem: problem.line)
    report = ActivityReport(rows, added, rows - added - len(problems), tuple(problems))
    return report, Changes(whole_list=True, queue=True)


def refresh(work: "Workspace") -> tuple[int, Changes]:
    """Work out the engagement of every active lead anew: what they did counts less every day."""
    now = work.clock()
    playbook = playbooks.active(work)
    with work.store.begin() as unit:
        active = unit.activities.active_leads()
        for start in range(0, len(active), _BATCH):
            few = active[start : start + _BATCH]
            _grade(unit, playbook, few, now)
    return len(active), Changes(whole_list=bool(active), queue=bool(active))


def _batches(
    found: "Iterable[ActivityRow | RowProblem]",
) -> "Iterator[list[ActivityRow | RowProblem]]":
    from itertools import islice

    rows = iter(found)
    while batch := list(islice(rows, _BATCH)):
        yield batch


def _known_leads(
    work: "Workspace",
    unit: "Unit",
    batch: "Sequence[ActivityRow | RowProblem]",
    source: str,
    problems: list[RowProblem],
) -> Iterator[Activity]:
    """Yield the activities of leads that are there; the others become problems."""
    from leaddesk.core.formats.activity_rows import LeadFinder

    usable = [row for row in batch if not isinstance(row, RowProblem)]
    problems += [row for row in batch if isinstance(row, RowProblem)]
    finder = LeadFinder(unit.leads, usable)
    for row in usable:
        lead = finder.lead_of(row)
        if lead is None:
            problems.append(RowProblem("no_such_lead", row.line, found=row.who))
            continue
        yield Activity(
            row.type,
            row.at,
            source=source,
            note=row.note,
            activity_id=work.ids.activity(lead.lead_id, row.type, row.at),
            lead_id=lead.lead_id,
        )


def _follow_up(
    work: "Workspace",
    unit: "Unit",
    playbook: "Playbook",
    new: dict[str, list[Activity]],
    now: datetime,
) -> None:
    """Grade the leads that did something; call those soon that gave a strong sign."""
    leads = _grade(unit, playbook, list(new), now)
    recent = now - _FRESH_SIGN
    for lead in leads:
        state = unit.leads.state(lead.lead_id)
        after = state
        if state.stage is Stage.LEAD and is_mql(playbook, lead.engagement):
            after = replace(after, stage=Stage.MQL)
        strong = (
            strong_since(playbook.engagement, new[lead.lead_id], recent)
            if playbook.engagement
            else None
        )
        if strong is not None and _is_new_sign(state, strong):
            after = replace(after, due=Due.INBOUND, due_at=strong.at, due_for="", attempts=0)
        moved = changed(state, after)
        if moved:
            unit.leads.set_state(lead.lead_id, after)
            cause = new[lead.lead_id][-1].activity_id
            event = Event(
                work.ids.new("E"),
                lead.lead_id,
                now,
                EventKind.MOVED,
                work.rep.name,
                detail={"cause": cause},
                changes=moved,
            )
            unit.events.add([event])


def _is_new_sign(state: LeadState, strong: Activity) -> bool:
    if state.status not in _MAY_BECOME_INBOUND or state.due is Due.CALLBACK:
        return False
    return state.due is not Due.INBOUND or state.due_at is None or strong.at < state.due_at


def _grade(
    unit: "Unit", playbook: "Playbook", lead_ids: Sequence[str], now: datetime
) -> "list[Lead]":
    """Grade these leads by all they did; return them as they are now."""
    did = unit.activities.of_leads(lead_ids)
    graded = []
    for lead_id in lead_ids:
        lead = unit.leads.get(lead_id)
        if lead is None:
            continue
        engagement = engagement_score(playbook.engagement, did.get(lead_id, ()), now)
        grade = grade_lead(playbook, lead, engagement)
        unit.leads.set_grade([(lead_id, grade)])
        graded.append(replace(lead, engagement=engagement))
    return graded
