# SPDX-License-Identifier: MIT
"""What leads did, by hand or by CSV, and what follows: engagement, grade, MQL, the queue."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from leaddesk.core.domain.engagement import Activity, engagement_score, strong_since
from leaddesk.core.domain.events import Event, EventKind
from leaddesk.core.domain.grading import grade_lead, is_mql
from leaddesk.core.domain.lead_state import LeadState, changed
from leaddesk.core.domain.queue import Due
from leaddesk.core.domain.recycling import counts_from, that_count
from leaddesk.core.domain.stages import Stage, Status
from leaddesk.core.errors import KnownError
from leaddesk.core.services import calling, nurturing, playbooks
from leaddesk.core.services.changes import Changes

if TYPE_CHECKING:
    from leaddesk.core.domain.lead import Lead
    from leaddesk.core.domain.playbook import Playbook
    from leaddesk.core.services.workspace import Workspace
    from leaddesk.core.store.unit_of_work import Unit

_BATCH = 100
_FRESH_SIGN = timedelta(days=7)
"""An older sign, as a first import brings many, counts for the score but is no reason to hurry."""

_MAY_BECOME_INBOUND = frozenset(
    {Status.NEW, Status.ATTEMPTING, Status.IN_CONVERSATION, Status.NURTURING, Status.EXHAUSTED}
)
"""A strong sign ends any wait, but for those who are with sales, decided against or suppressed."""


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
    with work.store.begin() as unit:
        lead_id = calling.lead_of(unit, lead_id).lead_id
        made = Activity(
            activity_type,
            now,
            source="by hand",
            note=note.strip(),
            activity_id=work.ids.new("V"),
            lead_id=lead_id,
        )
        unit.activities.add([made])
        follow_up(work, unit, {lead_id: [made]})
    return made, Changes(leads=frozenset({lead_id}), queue=True)


def refresh(work: "Workspace", after: str = "") -> tuple[str, Changes]:
    """Work out the engagement of some active leads anew: what they did counts less every day.

    Some at a time, so that an answer never waits behind all of them.

    Args:
        work: Whose playbook says what an activity is worth.
        after: The lead id up to which it is done already; empty: none.

    Returns:
        The lead id up to which it is done now; empty where it is done for all.
    """
    now = work.clock()
    playbook = playbooks.active(work)
    with work.store.begin() as unit:
        some = unit.activities.active_leads(after, _BATCH)
        _grade(unit, playbook, some, now)
    more = len(some) == _BATCH
    done = bool(after or some) and not more
    return some[-1] if more else "", Changes(whole_list=done, queue=done)


def follow_up(work: "Workspace", unit: "Unit", new: Mapping[str, Sequence[Activity]]) -> None:
    """Grade the leads that did something; call those soon that gave a strong sign.

    Args:
        work: Whose playbook says what an activity is worth.
        unit: The transaction the activities were added in.
        new: Lead id -> what it did, in the order of time.
    """
    now = work.clock()
    playbook = playbooks.active(work)
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
            # A clock elsewhere may be ahead of ours; they wait already.
            since = min(strong.at, now)
            after = replace(after, due=Due.INBOUND, due_at=since, due_for="", attempts=0)
            nurturing.after_sign(work, unit, state, replace(strong, lead_id=lead.lead_id))
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
            if "due" in moved:
                # Its wait is over: what led to the last decision counts no more.
                _grade(unit, playbook, [lead.lead_id], now)


def grade_anew(work: "Workspace", unit: "Unit", lead_ids: Sequence[str]) -> None:
    """Grade leads by what they are and by all they did, inside a transaction that is open."""
    _grade(unit, playbooks.active(work), lead_ids, work.clock())


def _is_new_sign(state: LeadState, strong: Activity) -> bool:
    if state.status not in _MAY_BECOME_INBOUND or state.due is Due.CALLBACK:
        return False
    if state.do_not_call or state.suppressed:
        return False
    return state.due is not Due.INBOUND or state.due_at is None or strong.at < state.due_at


def _grade(
    unit: "Unit", playbook: "Playbook", lead_ids: Sequence[str], now: datetime
) -> "list[Lead]":
    """Grade these leads by what they did and still counts; return them as they are now."""
    found = [lead for lead_id in lead_ids if (lead := unit.leads.get(lead_id)) is not None]
    # Of merged leads those that stand for them, each once.
    leads = {lead.lead_id: lead for lead in found}
    did = unit.activities.of_leads(list(leads))
    rounds = unit.recycling.rounds(list(did))
    graded = []
    for lead in leads.values():
        # Who did nothing has no rounds here, and needs none.
        after = counts_from(rounds[lead.lead_id], now) if lead.lead_id in rounds else None
        counted = that_count(did.get(lead.lead_id, ()), after)
        engagement = engagement_score(playbook.engagement, counted, now)
        grade = grade_lead(playbook, lead, engagement)
        unit.leads.set_grade([(lead.lead_id, grade)])
        graded.append(replace(lead, engagement=engagement))
    return graded
