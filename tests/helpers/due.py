# SPDX-License-Identifier: MIT
"""Leads of which something is due, put into a profile as calls and sales would leave them."""

from dataclasses import replace
from datetime import timedelta

from leaddesk.core.domain.events import Event, EventKind
from leaddesk.core.domain.handoff import HandoffState
from leaddesk.core.domain.lead import Lead
from leaddesk.core.domain.nurture import Nurture
from leaddesk.core.domain.queue import Due
from leaddesk.core.domain.stages import Stage, Status
from leaddesk.core.domain.touches import Touch, TouchKind
from leaddesk.core.domain.verdict import Verdict
from leaddesk.core.services import playbooks
from tests.helpers.talks import decide

EMAIL_TEMPLATE = "Hello {{ lead.first_name }}, here is the checklist."


def put_due(work, lead_id, due, after, **more):
    """Let something be due of a lead, `after` from now; None: at no time of its own."""
    at = None if after is None else work.clock() + after
    with work.store.begin() as unit:
        state = unit.leads.state(lead_id)
        unit.leads.set_state(lead_id, replace(state, due=due, due_at=at, **more))


def promise(work, lead_id, after, note="", for_whom=""):
    """Agree to call a lead back."""
    put_due(work, lead_id, Due.CALLBACK, after, due_for=for_whom, status=Status.IN_CONVERSATION)
    detail = {"at": (work.clock() + after).isoformat(), "note": note}
    with work.store.begin() as unit:
        kind = EventKind.CALLBACK
        unit.events.add([Event(work.ids.new("E"), lead_id, work.clock(), kind, detail=detail)])


def wait_with_touch(work, lead_id, after, kind=TouchKind.EMAIL, for_whom=""):
    """Let a lead wait on a track of two steps, the second of them due `after` from now."""
    nurture_id, now = work.ids.new("N"), work.clock()
    one = Touch("", nurture_id, lead_id, 0, TouchKind.CALL, "", now, for_whom)
    touches = [
        replace(one, touch_id=f"T1{lead_id}", due_at=now + timedelta(days=400)),
        replace(
            one, touch_id=f"T2{lead_id}", number=1, kind=kind,
            template=EMAIL_TEMPLATE, due_at=now + after,
        ),
    ]  # fmt: skip
    put_due(work, lead_id, Due.NURTURE, timedelta(days=500), status=Status.NURTURING)
    book = playbooks.active(work)
    wait = Nurture(nurture_id, lead_id, "", now, "not_now", "", "not-now", book.fingerprint)
    with work.store.begin() as unit:
        playbooks.keep(work, unit, book)
        unit.nurtures.add(wait, touches)
    return f"T2{lead_id}"


def pass_on(work, lead_id, accept_after, state=HandoffState.WAITING, reason=""):
    """Pass a lead to sales; return the id of the hand-off. It is called and decided first."""
    decision = decide(work, lead_id, Verdict.PASS, receiver="Sam Sales")
    with work.store.begin() as unit:
        handoff = replace(
            unit.handoffs.of_decision(decision.decision_id),
            state=state, reason=reason, accept_by=work.clock() + accept_after,
        )  # fmt: skip
        unit.handoffs.set(handoff)
    if state is HandoffState.RETURNED:
        put_due(work, lead_id, Due.RETURNED, timedelta(), status=Status.RETURNED)
    return handoff.handoff_id


def a_day(work, leads=("L1", "L2", "L3", "L4", "L5", "L6", "L7")):
    """Give seven leads one follow-up of each kind."""
    one, two, three, four, five, six, seven = leads
    pass_on(work, five, timedelta(hours=4), HandoffState.RETURNED, "Decision maker unclear.")
    pass_on(work, seven, timedelta(hours=4))
    promise(work, one, timedelta(minutes=-12), "half past two, after the shift change")
    put_due(work, two, Due.INBOUND, timedelta(minutes=-20), stage=Stage.MQL)
    put_due(work, three, Due.NURTURE, timedelta(hours=-2), status=Status.NURTURING)
    wait_with_touch(work, four, timedelta(hours=2))
    put_due(work, six, Due.RETRY, timedelta(days=1), attempts=3, status=Status.ATTEMPTING)


def some_due(count=7, **fields):
    """Return leads that can be called from London on a working day."""
    names = ("Ingrid", "Priya", "Dana", "Oleksandr", "Wei-Ling", "Tom\u00e1s", "Marcus")
    return [
        Lead(
            f"L{n + 1}", first_name=names[n % 7], company=f"Company {n + 1}", grade="B1",
            phone="+44 20 7946 0958", phone_e164=f"+4420794609{n:02}",
            email=f"person{n}@company.example", time_zone="Europe/London", **fields,
        )
        for n in range(count)
    ]  # fmt: skip
