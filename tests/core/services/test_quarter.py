# SPDX-License-Identifier: MIT
"""A quarter of a team: three reps, 2,000 leads, every call and every answer of sales.

At its end nobody was forgotten, and nothing that was promised was missed without being shown.
"""

import random
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from leaddesk.core.domain.follow_ups import FollowUpKind
from leaddesk.core.domain.handoff import HandoffState
from leaddesk.core.domain.queue import Due
from leaddesk.core.domain.roles import Rep
from leaddesk.core.domain.sales_outcomes import OutcomeKind, SalesOutcome, may_follow
from leaddesk.core.domain.stages import Status
from leaddesk.core.domain.touches import TouchState
from leaddesk.core.domain.verdict import Verdict
from leaddesk.core.services import (
    activities,
    calls,
    endings,
    follow_ups,
    handoffs,
    nurturing,
    playbooks,
    queue,
    verify,
)
from leaddesk.core.services.endings import CallResult
from tests.core.services.conftest import london
from tests.helpers.playbook_texts import SHORT
from tests.helpers.talks import choice_of, put_own_playbook

LEADS = 2_000
REPS = ("Ada Berg", "Bo Cole", "Cy Dahl")
MONDAY = datetime(2026, 9, 7, 8, 0, tzinfo=UTC)
DAYS = [MONDAY + timedelta(weeks=week, days=day) for week in range(13) for day in range(5)]
CALLS_A_DAY = 23
BETWEEN = timedelta(minutes=20)
WITH_SALES = {Status.PASSED, Status.ACCEPTED}
ENDED = WITH_SALES | {Status.DISQUALIFIED, Status.SUPPRESSED}
LINES = ("NO_ANSWER", "NO_ANSWER", "BUSY", "VOICEMAIL_LEFT", "GATEKEEPER", "WRONG_NUMBER")
TALKS = (
    "HUNG_UP",
    "NOT_INTERESTED_NO_REASON",
    "LANGUAGE_BARRIER",
    "LEFT_COMPANY",
    "SEND_INFO",
    "DO_NOT_CALL",
)
PLAYBOOK = (
    SHORT
    + """
[[reasons]]
id = "no_need"
label = "No need"
kinds = ["terminal"]
[[reasons]]
id = "competitor"
label = "Is a competitor"
kinds = ["terminal", "suppress"]
[[reasons]]
id = "unresponsive"
label = "Never answers"
kinds = ["nurture"]
[[nurture]]
id = "later"
when = { reasons = ["not_now"], weakest = ["pain"] }
revisit_after_days = 30
steps = [
  { after_days = 0, kind = "email", template = "Hello {{ lead.first_name | default('there') }}" },
  { after_days = 14, kind = "task", template = "Look what is new there" },
  { after_days = 30, kind = "call" },
]
[[nurture]]
id = "quiet"
when = { reasons = ["unresponsive"] }
revisit_after_days = 60
steps = [{ after_days = 60, kind = "call" }]
[engagement]
half_life_days = 30
demo_request = { points = 40, at_most = 80, strong = true }
[[routing]]
when = { source = ["Fair"] }
to = ["ola", "per", "quinn"]
[[routing]]
to = ["rut", "sam"]
"""
)


class Quarter:
    """Plays it; the same seed, the same quarter."""

    def __init__(self, work, clock, seed):
        self.work, self.clock = work, clock
        self.dice = random.Random(seed)  # noqa: S311 - it only plays
        self.promised = {}
        self.given = []
        self.made = Counter()

    def play(self):
        for day in DAYS:
            for slot in range(CALLS_A_DAY):
                self.clock.now = day + slot * BETWEEN
                for name in REPS:
                    self.work.rep = Rep(name)
                    lead_id, _ = queue.take_next(self.work)
                    if lead_id:
                        self.call(lead_id)
            self.between_calls()
            self.look_at_promises()

    def call(self, lead_id):
        session, _ = calls.start_call(self.work, lead_id)
        call_id = session.call.call_id
        self.promised.pop(lead_id, None)
        luck = self.dice.random()
        if luck < 0.25:
            self.end(call_id, CallResult(self.dice.choice(LINES)))
        elif luck < 0.33:
            later = self.clock() + timedelta(days=self.dice.randint(5, 40))
            talk = self.dice.choice(TALKS)
            self.end(call_id, CallResult("CONNECTED_TARGET", talk, later, "Welsh"))
        elif luck < 0.41:
            later = self.clock() + timedelta(days=self.dice.randint(1, 20), hours=1)
            self.promised[lead_id] = later
            self.end(call_id, CallResult("CONNECTED_TARGET", "CALLBACK_PROMISED", later))
        else:
            self.decide(call_id)

    def end(self, call_id, result):
        endings.end_call(self.work, call_id, result)
        self.made[result.conversation or result.line] += 1

    def decide(self, call_id):
        question = playbooks.active(self.work).questions[0]
        picked = self.dice.choice(question.options).id
        calls.record_answer(self.work, call_id, question.id, picked)
        verdict = self.dice.choice((Verdict.PASS, Verdict.NURTURE, Verdict.DISQUALIFY))
        reasons = playbooks.active(self.work).reasons_for(verdict)
        reason = self.dice.choice(reasons).id if reasons else ""
        decision, _ = endings.decide(
            self.work, call_id, choice_of(self.work, verdict, reason=reason)
        )
        self.made[verdict.value] += 1
        if verdict is not Verdict.PASS:
            return
        if self.dice.random() < 0.05:
            endings.undo_decision(self.work, decision.decision_id)
            self.end(call_id, CallResult("CONNECTED_TARGET", "HUNG_UP"))
            return
        self.given.append(handoffs.of_lead(self.work, decision.lead_id).handoff_id)

    def between_calls(self):
        """Sales answers, leads ask for something, steps of tracks are done."""
        for handoff_id in list(self.given):
            if self.dice.random() < 0.2:
                self.answer(handoff_id)
        if self.dice.random() < 0.5:
            lead_id = f"L{self.dice.randrange(LEADS):04}"
            activities.add_by_hand(self.work, lead_id, "demo_request")
        due = follow_ups.listing(self.work, mine=False, kinds={FollowUpKind.TOUCH}).rows
        for touch in due:
            if touch.due_at <= self.clock():
                done = self.dice.choice((TouchState.DONE, TouchState.SKIPPED))
                nurturing.end_touch(self.work, touch.id, done)
                self.made[done.value] += 1

    def answer(self, handoff_id):
        with self.work.store.read() as unit:
            handoff = unit.handoffs.get(handoff_id)
        said = may_follow(handoff.state)
        if not said:
            self.given.remove(handoff_id)
            return
        kind = self.dice.choice(said)
        reason = "not ready" if kind in {OutcomeKind.RETURNED, OutcomeKind.LOST} else ""
        handoffs.answer(self.work, handoff_id, SalesOutcome(kind, reason))
        self.made[kind.value] += 1

    def look_at_promises(self):
        """Whatever was promised and is over is shown, as long as nobody has called."""
        late = {lead_id for lead_id, at in self.promised.items() if at <= self.clock()}
        kinds = {FollowUpKind.CALLBACK, FollowUpKind.FIRST_ATTEMPT}
        shown = follow_ups.listing(self.work, mine=False, kinds=kinds, most=LEADS).rows
        assert late <= {one.lead_id for one in shown}


@pytest.mark.timeout(1200)
def test_after_a_quarter_nobody_is_forgotten(work, clock):
    put_own_playbook(work, PLAYBOOK)
    playbooks.choose(work, "short")
    with work.store.begin() as unit:
        unit.leads.add(
            [
                london(
                    f"L{n:04}",
                    phone=f"+44 20 7946 {n:04}",
                    phone_e164=f"+442079{n:06}",
                    source="Fair" if n % 2 else "Web",
                    priority=n,
                )
                for n in range(LEADS)
            ]
        )
    quarter = Quarter(work, clock, seed=2026)
    quarter.play()
    with work.store.read() as unit:
        states = {f"L{n:04}": unit.leads.state(f"L{n:04}") for n in range(LEADS)}
        waits = {lead_id for lead_id in states if unit.nurtures.open_of(lead_id)}
        passed = {lead_id: unit.handoffs.of_lead(lead_id) for lead_id in states}
    assert not [state for state in states.values() if state.due is Due.FRESH]
    lost = {one for one, all_ in passed.items() if all_ and all_[-1].state is HandoffState.LOST}
    for lead_id, state in states.items():
        assert state.suppressed or state.status in ENDED or state.due_at is not None, lead_id
        if state.status in {Status.NURTURING, Status.EXHAUSTED}:
            assert lead_id in waits | lost
        else:
            assert lead_id not in waits
    assert nurturing.without_date(work, 1)[0] == 0
    by_rule = {}
    for one in (one for all_ in passed.values() for one in all_):
        if one.state is not HandoffState.TAKEN_BACK:
            by_rule.setdefault(one.rule, Counter())[one.receiver] += 1
    assert sorted(map(len, by_rule.values())) == [2, 3]
    assert all(max(counts.values()) - min(counts.values()) <= 1 for counts in by_rule.values())
    report = verify.verify(work)
    assert (report.differences, report.integrity) == ((), "ok")
    assert min(quarter.made[one] for one in (*OutcomeKind, *LINES, *TALKS)) > 0
