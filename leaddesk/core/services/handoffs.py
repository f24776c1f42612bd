# SPDX-License-Identifier: MIT
"""Leads that are passed to sales: to whom they go, and what sales says of them.

What the receiver says is joined to the decision that it answers. Each change is an event of the
lead, and what was before can be put back.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from leaddesk.core.domain.decision import Decision
from leaddesk.core.domain.events import Event, EventKind
from leaddesk.core.domain.handoff import Handoff, HandoffState
from leaddesk.core.domain.lead_state import changed, restored
from leaddesk.core.domain.playbook import Playbook
from leaddesk.core.domain.routing import Routed, next_receiver, route
from leaddesk.core.domain.sales_outcomes import (
    OUTCOME_LABELS,
    OutcomeKind,
    SalesOutcome,
    answered,
    may_follow,
    state_after,
)
from leaddesk.core.domain.service_levels import after_business_hours
from leaddesk.core.errors import BugError, KnownError
from leaddesk.core.services import calling, playbooks
from leaddesk.core.services.changes import Changes

if TYPE_CHECKING:
    from leaddesk.core.domain.lead import Lead
    from leaddesk.core.services.workspace import Workspace
    from leaddesk.core.store.unit_of_work import Unit

_NEEDS_REASON = frozenset({OutcomeKind.RETURNED, OutcomeKind.LOST})


@dataclass(frozen=True, slots=True)
class Receiver:
    """Who would receive a lead.

    Attributes:
        name: Empty: nobody is named.
        routed: What the rules say.
        has_rules: The playbook has rules at all.
    """

    name: str
    routed: Routed
    has_rules: bool

    @property
    def sentence(self) -> str:
        """What a person reads before they pass a lead."""
        if self.name:
            return f"Goes to {self.name} (rule {self.routed.number}: {self.routed.why})."
        if self.has_rules:
            return "No rule of the playbook matches: say who receives it."
        return "Who in sales receives it"


def who_receives(work: "Workspace", lead_id: str, playbook: Playbook, score: int) -> Receiver:
    """Return who would receive a lead with this score (percent) if it were passed now."""
    with work.store.read() as unit:
        return _receiver(unit, playbook, calling.lead_of(unit, lead_id), score)


def pass_on(
    work: "Workspace",
    unit: "Unit",
    decision: Decision,
    checked: Sequence[str] = (),
    receiver: str = "",
) -> Handoff:
    """Give a lead to sales, inside the transaction of the decision that says so.

    Args:
        work: Where it is.
        unit: The transaction.
        decision: The pass.
        checked: Points of the playbook's checklist that were ticked.
        receiver: Who a person says receives it; empty: the rules say.
    """
    playbook = playbooks.of_unit(work, unit, decision.playbook_fingerprint)
    score = decision.earned * 100 // decision.most if decision.most > 0 else 0
    chosen = _receiver(unit, playbook, calling.lead_of(unit, decision.lead_id), score)
    named = receiver.strip()
    handoff = Handoff(
        work.ids.new("H"),
        decision.decision_id,
        decision.lead_id,
        decision.at,
        work.rep.name,
        named or chosen.name,
        chosen.routed.rule if not named or named in chosen.routed.receivers else "",
        tuple(point for point in playbook.handoff.checklist if point in set(checked)),
        state_at=decision.at,
        accept_by=after_business_hours(
            decision.at, calling.rules(work).clocks.accept_business_hours, None
        ),
    )
    unit.handoffs.add(handoff)
    _note(work, unit, EventKind.HANDED, handoff, {"receiver": handoff.receiver})
    return handoff


def take_back(work: "Workspace", unit: "Unit", decision_id: str) -> None:
    """Take a lead back from sales because its decision is taken back; its receiver gets credit.

    Raises:
        KnownError: sales has answered already.
    """
    handoff = unit.handoffs.of_decision(decision_id)
    if handoff is None:
        return
    if handoff.state is not HandoffState.WAITING:
        raise KnownError(
            "Sales has answered this lead already.", "Call the lead again to decide anew."
        )
    unit.handoffs.set(replace(handoff, state=HandoffState.TAKEN_BACK, state_at=work.clock()))


def of_lead(work: "Workspace", lead_id: str) -> Handoff | None:
    """Return the last hand-off of a lead that stands; None: there is none."""
    with work.store.read() as unit:
        return standing(unit, unit.merges.visible_id(lead_id))


def reassign(work: "Workspace", handoff_id: str, receiver: str) -> tuple[Handoff, Changes]:
    """Give a lead that waits for sales to somebody else there; who had it gets the credit back.

    Raises:
        KnownError: sales is done with it, or nobody is named.
    """
    named = receiver.strip()
    if not named:
        raise KnownError("Nobody is named.", "Say who receives the lead.")
    with work.store.begin() as unit:
        handoff = _get(unit, handoff_id)
        if handoff.state not in {HandoffState.WAITING, HandoffState.ACCEPTED}:
            raise KnownError(
                f"This hand-off is at its end: {handoff.state.value}.",
                "Call the lead again and pass it anew.",
            )
        after = replace(handoff, receiver=named)
        if handoff.state is HandoffState.ACCEPTED:
            hours = calling.rules(work).clocks.accept_business_hours
            by = after_business_hours(work.clock(), hours, None)
            now = work.clock()
            after = replace(after, state=HandoffState.WAITING, state_at=now, accept_by=by)
        unit.handoffs.set(after)
        _note(work, unit, EventKind.HANDED, after, {"receiver": named, "from": handoff.receiver})
    return after, Changes(leads=frozenset({handoff.lead_id}))


def undo_reassign(work: "Workspace", before: Handoff) -> tuple[Handoff, Changes]:
    """Give a lead back to who had it, as it was with them.

    Raises:
        KnownError: sales has said something since.
    """
    with work.store.begin() as unit:
        now = _get(unit, before.handoff_id)
        if now.state not in {before.state, HandoffState.WAITING}:
            raise KnownError(
                "Sales has answered since this lead was given on.", "Give it on once more instead."
            )
        unit.handoffs.set(before)
        _note(
            work, unit, EventKind.HANDED, before, {"receiver": before.receiver, "undone": "given"}
        )
    return before, Changes(leads=frozenset({before.lead_id}))


def remind(work: "Workspace", handoff_id: str) -> tuple[Handoff, Changes]:
    """Write down that sales was reminded of a lead it has not answered."""
    with work.store.begin() as unit:
        handoff = _get(unit, handoff_id)
        _note(work, unit, EventKind.REMINDED, handoff, {"receiver": handoff.receiver})
    return handoff, Changes(leads=frozenset({handoff.lead_id}))


def answer(work: "Workspace", handoff_id: str, outcome: SalesOutcome) -> tuple[Handoff, Changes]:
    """Write down what sales says of a lead.

    Raises:
        KnownError: it cannot be said of this hand-off, or a reason is missing.
    """
    with work.store.begin() as unit:
        after = answer_in(work, unit, _get(unit, handoff_id), outcome)
    return after, Changes(leads=frozenset({after.lead_id}), queue=True)


def answer_in(work: "Workspace", unit: "Unit", handoff: Handoff, outcome: SalesOutcome) -> Handoff:
    """Do what `answer` does, inside a transaction that is open already."""
    check(handoff, outcome)
    at = outcome.at or work.clock()
    after = answered(handoff, outcome, at)
    lead_id = unit.merges.visible_id(handoff.lead_id)
    before = unit.leads.state(lead_id)
    returns = sum(
        one.detail.get("state") == OutcomeKind.RETURNED
        for one in unit.events.of_lead(lead_id, (EventKind.ANSWERED,))
    )
    moved = before
    # A lead that was suppressed, or decided anew, since then is not moved by an older pass.
    if not before.suppressed and _is_last_word(unit, handoff, lead_id):
        moved = state_after(before, outcome.kind, at, passed_by=handoff.by, returned_before=returns)
    unit.handoffs.set(after)
    detail = {"state": after.state.value, "reason": after.reason, "note": after.note}
    if outcome.kind is OutcomeKind.RETURNED and returns:
        detail["again"] = str(returns + 1)
    _note(work, unit, EventKind.ANSWERED, after, detail, changed(before, moved), handoff)
    if moved != before:
        unit.leads.set_state(lead_id, moved)
        unit.leads.touch(lead_id, work.clock())
    return after


def undo_answer(work: "Workspace", handoff_id: str) -> tuple[Handoff, Changes]:
    """Take the last answer of sales back; the lead is what it was before.

    Raises:
        KnownError: there is none, or something happened with the lead since.
    """
    with work.store.begin() as unit:
        handoff = _get(unit, handoff_id)
        lead_id = unit.merges.visible_id(handoff.lead_id)
        told = [
            one
            for one in unit.events.of_lead(lead_id, (EventKind.ANSWERED, EventKind.HANDED))
            if one.detail.get("handoff") == handoff_id
        ]
        last = told[-1] if told else None
        if last is None or last.kind is not EventKind.ANSWERED or "before" not in last.detail:
            raise KnownError("Sales has not answered this lead.", "There is nothing to take back.")
        now = unit.leads.state(lead_id)
        moved = {name: new for name, (_, new) in last.changes.items()}
        if restored(now, moved) != now:
            raise KnownError(
                "Something happened with this lead since sales answered.",
                "Write down a new answer instead.",
            )
        before = _read(last.detail["before"], handoff)
        unit.handoffs.set(before)
        back = restored(now, {name: old for name, (old, _) in last.changes.items()})
        _note(
            work,
            unit,
            EventKind.HANDED,
            before,
            {"receiver": before.receiver, "undone": "answer"},
            changed(now, back),
        )
        unit.leads.set_state(lead_id, back)
    return before, Changes(leads=frozenset({lead_id}), queue=True)


def read_amount(text: str) -> tuple[int | None, str]:
    """Return an amount as a person types it, "12,500 EUR", and its currency; None: it is none."""
    from leaddesk.core.formats import amounts

    if not text.strip():
        return None, ""
    return amounts.whole_number(text), amounts.currency(text) or ""


def check(handoff: Handoff, outcome: SalesOutcome) -> None:
    """Refuse an answer that makes no sense.

    Raises:
        KnownError: in words.
    """
    if outcome.kind not in may_follow(handoff.state):
        raise KnownError(
            f"“{OUTCOME_LABELS[outcome.kind]}” cannot follow “{handoff.state.value}”.",
            "Look at the page of the lead for what was said before.",
        )
    if outcome.kind in _NEEDS_REASON and not outcome.reason.strip():
        raise KnownError(
            f"“{OUTCOME_LABELS[outcome.kind]}” needs a reason.", "Say why, in their words."
        )


def _receiver(unit: "Unit", playbook: Playbook, lead: "Lead", score: int) -> Receiver:
    found = route(playbook, lead, score)
    has_rules = bool(playbook.routing)
    if not found.receivers:
        return Receiver("", found, has_rules)
    given = unit.handoffs.given(found.rule, found.receivers)
    return Receiver(next_receiver(found.receivers, given), found, has_rules)


def standing(unit: "Unit", lead_id: str) -> Handoff | None:
    """Do what `of_lead` does, inside a transaction that is open already."""
    given = [
        one for one in unit.handoffs.of_lead(lead_id) if one.state is not HandoffState.TAKEN_BACK
    ]
    return given[-1] if given else None


def _is_last_word(unit: "Unit", handoff: Handoff, lead_id: str) -> bool:
    decisions = unit.decisions.standing_of_lead(lead_id)
    return bool(decisions) and decisions[-1].decision_id == handoff.decision_id


def _get(unit: "Unit", handoff_id: str) -> Handoff:
    handoff = unit.handoffs.get(handoff_id)
    if handoff is None:
        raise BugError(f"no hand-off {handoff_id}")
    return handoff


def _note(  # noqa: PLR0913, PLR0917 - what happened with what, and what was before
    work: "Workspace",
    unit: "Unit",
    kind: EventKind,
    handoff: Handoff,
    detail: dict[str, str],
    changes: dict[str, tuple[str, str]] | None = None,
    before: Handoff | None = None,
) -> None:
    told = {"decision": handoff.decision_id, "handoff": handoff.handoff_id, **detail}
    if before is not None:
        told["before"] = _written(before)
    event = Event(
        work.ids.new("E"),
        handoff.lead_id,
        work.clock(),
        kind,
        work.rep.name,
        detail={name: text for name, text in told.items() if text},
        changes=changes or {},
    )
    unit.events.add([event])


def _written(handoff: Handoff) -> str:
    """Return what an answer changes of a hand-off, as text."""
    at = handoff.state_at or handoff.at
    told = (
        handoff.state.value,
        at.isoformat(),
        handoff.reason,
        handoff.note,
        handoff.amount,
        handoff.currency,
    )
    return json.dumps(told, ensure_ascii=False)


def _read(text: str, handoff: Handoff) -> Handoff:
    """Return a hand-off with what `_written` wrote put back."""
    state, at, reason, note, amount, currency = json.loads(text)
    return replace(
        handoff,
        state=HandoffState(state),
        state_at=datetime.fromisoformat(at),
        reason=reason,
        note=note,
        amount=amount,
        currency=currency,
    )
