# SPDX-License-Identifier: MIT
"""The page of one lead: everything about it, and everything that happened with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from leaddesk.core.domain.lead import Lead
from leaddesk.core.domain.verdict import Verdict
from leaddesk.core.errors import KnownError
from leaddesk.core.services import playbooks

if TYPE_CHECKING:
    from leaddesk.core.domain.call import Answer, Call
    from leaddesk.core.domain.decision import Decision
    from leaddesk.core.services.workspace import Workspace
    from leaddesk.core.store.imports import ImportBatch

_DECISION_WORDS = {
    Verdict.PASS: "Passed to sales",
    Verdict.NURTURE: "Nurture",
    Verdict.DISQUALIFY: "Disqualified",
}


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
    """

    lead: Lead
    timeline: tuple[TimelineEntry, ...]


def page_of(work: "Workspace", lead_id: str) -> LeadPage:
    """Return one lead with everything that happened with it.

    Raises:
        KnownError: there is no such lead.
    """
    with work.store.read() as unit:
        lead = unit.leads.get(lead_id)
        if lead is None:
            raise KnownError("This lead is not in this profile.", "Look it up in the list again.")
        calls = unit.calls.of_lead(lead_id)
        facts = unit.calls.facts_of_lead(lead_id)
        decisions = unit.decisions.of_lead(lead_id)
        batch = unit.imports.of_lead(lead_id)
        reasons = {
            decision.decision_id: playbooks.of_unit(
                work, unit, decision.playbook_fingerprint
            ).reason_label(decision.reason)
            for decision in decisions
            if decision.reason
        }
    entries = _call_entries(calls, facts, decisions)
    entries += [_decision_entry(d, reasons.get(d.decision_id, "")) for d in decisions]
    if batch is not None:
        entries.append(_import_entry(batch))
    entries.sort(key=lambda entry: entry.at, reverse=True)
    return LeadPage(lead, tuple(entries))


def _import_entry(batch: "ImportBatch") -> TimelineEntry:
    return TimelineEntry(batch.at, f"Imported from {batch.file_name}", batch.file_name)


def _call_entries(
    calls: Sequence["Call"], facts: Sequence["Answer"], decisions: Sequence["Decision"]
) -> list[TimelineEntry]:
    scores = {decision.call_id: decision for decision in decisions}
    quotes = {fact.call_id: fact.note for fact in facts if fact.note}
    entries = []
    for call in calls:
        if call.ended_at is None:
            entries.append(TimelineEntry(call.started_at, "Call in progress"))
            continue
        text = f"Call, {_minutes(call.started_at, call.ended_at)}"
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
    if decision.override_reason:
        text += f". Decided otherwise than recommended: “{decision.override_reason}”"
    return TimelineEntry(decision.at, text, words)


def _minutes(start: datetime, end: datetime) -> str:
    minutes, seconds = divmod(max(0, int((end - start).total_seconds())), 60)
    return f"{minutes}:{seconds:02d}"


def _percent(earned: int, most: int) -> int:
    return min(100, max(0, 100 * earned // most)) if most else 0
