# SPDX-License-Identifier: MIT
"""The page of one lead: everything about it, and everything that happened with it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from leaddesk.core.domain.calling_windows import zone_named
from leaddesk.core.domain.decision import SaidBy
from leaddesk.core.domain.events import Event, EventKind
from leaddesk.core.domain.handoff import Handoff
from leaddesk.core.domain.lead import Lead
from leaddesk.core.domain.results import LineResult
from leaddesk.core.domain.verdict import Verdict
from leaddesk.core.errors import KnownError
from leaddesk.core.services import calling, companies, handoffs, playbooks, suppression
from leaddesk.core.services.changes import Changes
from leaddesk.core.services.event_words import event_words
from leaddesk.core.services.import_words import import_words, undo_words
from leaddesk.core.services.wait_words import wait_words

if TYPE_CHECKING:
    from leaddesk.core.domain.call import Call
    from leaddesk.core.domain.decision import Decision
    from leaddesk.core.domain.engagement import Activity
    from leaddesk.core.services.workspace import Workspace
    from leaddesk.core.store.imports import LeadImport
    from leaddesk.core.store.merges import Merge
    from leaddesk.core.store.unit_of_work import Unit

_DECISION_WORDS = {
    Verdict.PASS: "Passed to sales",
    Verdict.NURTURE: "Nurture",
    Verdict.DISQUALIFY: "Disqualified",
}

_SAID_BY: dict[str, str] = {SaidBy.PROSPECT: "they said so", SaidBy.REP: "the rep's impression"}


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One thing that happened with a lead.

    Attributes:
        emphasis: The part of `text` that matters most; empty: none.
    """

    at: datetime
    text: str
    emphasis: str = ""


@dataclass(frozen=True, slots=True)
class LeadPage:
    """Everything about one lead.

    Attributes:
        timeline: Newest first.
        decision_id: Of the decision that stands; empty: there is none.
        handoff: The last pass to sales that stands; None: there is none.
        named: Who named it, and whom it named, in words.
    """

    lead: Lead
    timeline: tuple[TimelineEntry, ...]
    decision_id: str = ""
    handoff: Handoff | None = None
    named: tuple[str, ...] = ()


def page_of(work: "Workspace", lead_id: str) -> LeadPage:
    """Return one lead with everything that happened with it.

    Raises:
        KnownError: there is no such lead.
    """
    with work.store.read() as unit:
        lead = unit.leads.get(lead_id)
        if lead is None:
            raise KnownError("This lead is not in this profile.", "Look it up in the list again.")
        # Who was merged into this lead brings along what happened with them.
        calls = unit.calls.of_lead(lead_id)
        quotes = unit.calls.quotes_of_lead(lead_id)
        decisions = unit.decisions.of_lead(lead_id)
        imports = unit.imports.of_lead(lead_id)
        events = unit.events.of_lead(lead_id)
        activities = unit.activities.of_lead(lead_id)
        standing = unit.decisions.standing_of_lead(lead_id)
        waits = _wait_entries(unit, lead.lead_id, decisions)
        blocked = unit.do_not_call.since(e164 for _, e164 in calling.numbers_of(lead))
        suppressed = suppression.since(work, unit, lead)
        named = companies.named_words(unit, lead.lead_id)
        parted = _parted_entries(unit, unit.merges.undone_of(lead.lead_id))
        handoff = handoffs.standing(unit, lead.lead_id)
        reasons = {
            decision.decision_id: playbooks.of_unit(
                work, unit, decision.playbook_fingerprint
            ).reason_label(decision.reason)
            for decision in decisions
            if decision.reason
        }
    entries = _call_entries(calls, quotes, standing)
    entries += waits
    entries += [_decision_entry(d, reasons.get(d.decision_id, "")) for d in decisions]
    entries += [entry for one in imports for entry in _import_entries(one)]
    entries += [entry for event in events if (entry := _event_entry(event)) is not None]
    entries += _blocked_entries(blocked, events)
    if suppressed is not None and not blocked:
        entries.append(
            TimelineEntry(suppressed, "Not to be contacted: number or address suppressed")
        )
    entries += parted
    entries += [_activity_entry(activity) for activity in activities]
    entries.sort(key=lambda entry: entry.at, reverse=True)
    decision_id = standing[-1].decision_id if standing else ""
    return LeadPage(lead, tuple(entries), decision_id, handoff, tuple(named))


def name_time_zone(work: "Workspace", lead_id: str, zone: str) -> tuple[str, Changes]:
    """Write down in which time zone a lead is, as a person found out; return the zone.

    Raises:
        KnownError: there is no such zone.
    """
    if zone_named(zone) is None:
        raise KnownError(f"There is no time zone {zone}.", "Type a city near it.")
    with work.store.begin() as unit:
        lead_id = unit.merges.visible_id(lead_id)
        unit.leads.set_time_zone(lead_id, zone)
        named = Event(
            work.ids.new("E"),
            lead_id,
            work.clock(),
            EventKind.TIME_ZONE,
            work.rep.name,
            detail={"zone": zone},
        )
        unit.events.add([named])
    return zone, Changes(leads=frozenset({lead_id}), queue=True)


def _import_entries(one: "LeadImport") -> Iterator[TimelineEntry]:
    batch = one.batch
    words = import_words(one)
    if not words:
        return
    yield TimelineEntry(batch.at, words, batch.file_name)
    if batch.undone_at:
        undone_at = datetime.fromisoformat(batch.undone_at)
        yield TimelineEntry(undone_at, undo_words(one), batch.file_name)


def _blocked_entries(
    blocked: Mapping[str, datetime], events: Sequence[Event]
) -> list[TimelineEntry]:
    """Tell of numbers that somebody else asked not to be called on."""
    told = {e.detail.get("number") for e in events if e.kind is EventKind.NUMBER_BLOCKED}
    return [
        TimelineEntry(at, f"Never call {number} again, said elsewhere")
        for number, at in blocked.items()
        if number not in told
    ]


def _parted_entries(unit: "Unit", merges: Sequence["Merge"]) -> list[TimelineEntry]:
    """Tell of merges into others that were taken back; the events of a merge are theirs."""
    entries = []
    for merge in merges:
        kept = unit.leads.get(merge.kept_id)
        name = kept.name if kept is not None else merge.kept_id
        entries.append(TimelineEntry(merge.at, f"Merged into {name}"))
        undone_at = datetime.fromisoformat(merge.undone_at)
        entries.append(TimelineEntry(undone_at, f"No longer merged into {name}"))
    return entries


def _call_entries(
    calls: Sequence["Call"], quotes: Mapping[str, str], decisions: Sequence["Decision"]
) -> list[TimelineEntry]:
    scores = {decision.call_id: decision for decision in decisions}
    entries = []
    for call in calls:
        if call.ended_at is None:
            entries.append(TimelineEntry(call.started_at, "Call in progress"))
            continue
        text = f"Call, {_length(call)}"
        if call.line_result and call.line_result != LineResult.CONNECTED_TARGET:
            text += f", {_plain(call.line_result)}"
        if call.conversation_result and call.call_id not in scores:
            text += f", {_plain(call.conversation_result)}"
        decision = scores.get(call.call_id)
        score = ""
        if decision is not None:
            score = f"{_percent(decision.earned, decision.most)} of 100"
            text += f", {call.playbook_id.upper()} {score}"
        quote = quotes.get(call.call_id)
        text += f". “{quote}”" if quote else ""
        entries.append(TimelineEntry(call.started_at, text, score))
    return entries


def _decision_entry(decision: "Decision", reason: str) -> TimelineEntry:
    words = _DECISION_WORDS[decision.decided]
    text = f"{words}: {reason}" if reason else words
    if decision.reason_text:
        text += f", \u201c{decision.reason_text}\u201d"
    if decision.said_by:
        text += f" ({_SAID_BY.get(decision.said_by, decision.said_by)})"
    if decision.override_reason:
        text += f". Decided otherwise than recommended: “{decision.override_reason}”"
    return TimelineEntry(decision.at, text, words)


def _wait_entries(
    unit: "Unit", lead_id: str, decisions: Sequence["Decision"]
) -> list[TimelineEntry]:
    waits = unit.nurtures.of_lead(lead_id)
    next_at = {one.decision_id: one.next_at for one in decisions if one.next_at is not None}
    until = {w.nurture_id: next_at[w.decision_id] for w in waits if w.decision_id in next_at}
    words = wait_words(waits, unit.nurtures.touches_of(lead_id), until)
    return [TimelineEntry(at, text) for at, text in words]


def _event_entry(event: Event) -> TimelineEntry | None:
    words = event_words(event)
    return TimelineEntry(event.at, words) if words else None


def _activity_entry(activity: "Activity") -> TimelineEntry:
    words = _plain(activity.type).capitalize()
    source = f" ({activity.source})" if activity.source else ""
    note = f". {activity.note}" if activity.note else ""
    return TimelineEntry(activity.at, f"{words}{source}{note}", words)


def _length(call: "Call") -> str:
    seconds = call.talk_s
    if not seconds and call.ended_at is not None:
        seconds = max(0, int((call.ended_at - call.started_at).total_seconds()))
    return f"{seconds // 60}:{seconds % 60:02d}"


def _plain(name: str) -> str:
    return name.replace("_", " ").lower()


def _percent(earned: int, most: int) -> int:
    return min(100, max(0, 100 * earned // most)) if most else 0
