# SPDX-License-Identifier: MIT
from datetime import timedelta

import pytest

from leaddesk.core.domain.lead_query import LeadQuery, View
from leaddesk.core.domain.stages import Status
from leaddesk.core.domain.verdict import Verdict
from leaddesk.core.errors import KnownError
from leaddesk.core.services import calls, edit_leads, endings, lead_list, lead_page, playbooks
from tests.core.services.conftest import london
from tests.helpers.talks import NO_ANSWER, choice_of


@pytest.fixture
def leads(work):
    with work.store.begin() as unit:
        unit.leads.add(
            london(f"L{n}", last_name=f"Name {n}", priority=n, status=status)
            for n, status in enumerate(Status)
        )
    return work


def test_the_list_shows_why_each_lead_is_here(leads, clock):
    session, _ = calls.start_call(leads, "L1")
    rows = lead_list.rows(leads, lead_list.find(leads, LeadQuery(descending=False)))
    assert [row.lead_id for row in rows] == [f"L{n}" for n in range(len(Status))]
    assert [row.note for row in rows] == [
        "new, not scored",
        "call in progress",
        "attempt 1 of 6",
        "nurture due",
        "passed to sales",
        "accepted by sales",
        "returned by sales",
        "disqualified",
        "never reached",
        "do not contact",
    ]
    endings.end_call(leads, session.call.call_id, NO_ANSWER)
    (row,) = lead_list.rows(leads, [2])
    again = (clock.now + timedelta(hours=4)).astimezone()
    assert row.note == f"again {again:%H:%M}"


def test_every_status_has_its_words():
    assert lead_list.STATUS_NOTES.keys() == set(Status)


def test_leads_of_a_list_come_with_all_their_fields(leads):
    ids = lead_list.find(leads, LeadQuery(search="name 3"))
    assert lead_list.leads(leads, ids) == [lead_page.page_of(leads, "L3").lead]
    assert lead_list.row_id_of(leads, "L3") == ids[0]
    assert lead_list.row_id_of(leads, "none") is None


def test_the_page_of_a_lead_tells_its_story(leads, clock):
    session, _ = calls.start_call(leads, "L0")
    assert [entry.text for entry in lead_page.page_of(leads, "L0").timeline] == ["Call in progress"]
    playbook = playbooks.active(leads)
    question = playbook.questions[0]
    calls.record_answer(
        leads, session.call.call_id, question.id, question.options[0].id, note="Nothing this year"
    )
    clock.move(minutes=6, seconds=5)
    reason = playbook.reasons_for(Verdict.NURTURE)[0]
    decision, _ = endings.decide(leads, session.call.call_id, choice_of(leads, Verdict.NURTURE))
    score = f"{100 * decision.earned // decision.most} of 100"
    waits, decided, called = lead_page.page_of(leads, "L0").timeline
    assert waits.text.startswith("To be called again ")
    assert called.text == f"Call, 6:05, BANT {score}. “Nothing this year”"
    assert called.emphasis == score
    assert decided.text.startswith(f"Nurture: {reason.label}")
    assert decided.emphasis == "Nurture"
    assert lead_list.counts(leads).decided == 1
    assert lead_list.decision_counts(leads) == {Verdict.NURTURE: 1}
    (row,) = lead_list.rows(leads, lead_list.find(leads, LeadQuery(View.NURTURED)))
    later = decision.next_at.astimezone()
    assert (row.lead_id, row.decided, row.note) == (
        "L0",
        "nurture",
        f"nurture {later.day} {later:%b}",
    )


def test_the_page_of_a_lead_tells_the_story_of_those_merged_into_it(leads):
    for lead_id in ("L1", "L2"):
        edit_leads.set_field(leads, lead_id, "company", f"Of {lead_id}")
    with leads.store.begin() as unit:
        for gone, kept in (("L2", "L0"), ("L1", "L0")):
            unit.lead_list._bare.execute(
                "UPDATE leads SET merged_into = ?, search_text = '' WHERE lead_id = ?", (kept, gone)
            )
    texts = [entry.text for entry in lead_page.page_of(leads, "L0").timeline]
    assert sorted(texts) == [f"Company changed: nothing to “Of L{n}”" for n in (1, 2)]


def test_a_lead_that_is_not_there_is_told(work):
    with pytest.raises(KnownError, match="not in this profile"):
        lead_page.page_of(work, "none")
