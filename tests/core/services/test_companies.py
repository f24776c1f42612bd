# SPDX-License-Identifier: MIT
"""The contacts of a company, who named whom, and what is done to the others."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaddesk.core.domain.queue import Due
from leaddesk.core.domain.roles import Rep
from leaddesk.core.domain.stages import Status
from leaddesk.core.domain.verdict import Verdict
from leaddesk.core.errors import KnownError
from leaddesk.core.services import calls, companies, endings, lead_page, queue, referrals
from leaddesk.core.services.endings import CallResult
from leaddesk.core.services.verify import verify
from tests.core.services.conftest import london
from tests.helpers.talks import HUNG_UP, decide, start


def person(number, last_name, company="", email=""):
    line = f"{900 + number:04d}"
    return london(
        f"L{number}",
        last_name=last_name,
        company=company,
        email=email,
        phone=f"+44 20 7946 {line}",
        phone_e164=f"+44207946{line}",
        owner="Ada Berg",
    )


@pytest.fixture
def firm(work):
    work.rep = Rep("Ada Berg")
    with work.store.begin() as unit:
        unit.leads.add(
            [
                person(1, "Weber", "Søren & Weber GmbH", "weber@soren.example"),
                person(2, "Lane", "SØREN UND WEBER"),
                person(3, "Roe", "", "roe@soren.example"),
                person(4, "Far", "Søren Tools"),
                person(5, "Gmail", "", "x@gmail.com"),
            ]
        )
    yield work
    report = verify(work)
    assert (report.differences, report.integrity) == ((), "ok")


def ids(company):
    return [one.lead.lead_id for one in company.contacts]


def state(work, lead_id):
    with work.store.read() as unit:
        return unit.leads.state(lead_id)


def history(work, lead_id):
    return [one.text for one in lead_page.page_of(work, lead_id).timeline]


def test_all_contacts_are_found_by_name_and_by_domain_and_no_others(firm):
    assert ids(companies.page_of(firm, "L1")) == ["L1", "L2", "L3"]
    assert ids(companies.page_of(firm, "L2")) == ["L2", "L1"]
    assert ids(companies.page_of(firm, "L3")) == ["L3", "L1"]
    assert ids(companies.page_of(firm, "L5")) == ["L5"]


def test_a_contact_has_its_last_call_and_decision(firm, clock):
    call_id = start(firm, "L2")
    endings.end_call(firm, call_id, HUNG_UP)
    clock.move(hours=1)
    decide(firm, "L3")
    one, two, three = companies.page_of(firm, "L1").contacts
    assert (one.last, one.decision, one.is_open) == (None, None, True)
    assert two.last.conversation_result == "HUNG_UP"
    assert three.decision.decided is Verdict.NURTURE


def test_others_are_closed_without_a_decision_and_it_can_be_taken_back(firm):
    decide(firm, "L1", Verdict.DISQUALIFY)
    before = state(firm, "L2")
    move, changes = companies.close_others(firm, "L1")
    assert (move.words, changes.leads) == ("2 others closed", {"L2", "L3"})
    for lead_id in ("L2", "L3"):
        after = state(firm, lead_id)
        assert (after.status, after.due, after.decided) == (Status.DISQUALIFIED, Due.NONE, "")
        assert "Closed, because of Weber at the same company" in history(firm, lead_id)
    assert state(firm, "L4").status is Status.NEW
    companies.undo(firm, move)
    assert state(firm, "L2") == before


def test_who_went_on_since_stays_as_they_are(firm):
    move, _ = companies.close_others(firm, "L1")
    call_id = start(firm, "L2")
    endings.end_call(firm, call_id, HUNG_UP)
    went_on = state(firm, "L2")
    count, _ = companies.undo(firm, move)
    assert (count, state(firm, "L2")) == (1, went_on)
    assert state(firm, "L3").status is Status.NEW
    with pytest.raises(KnownError, match="since"):
        companies.undo(firm, move)


def test_others_are_held_and_a_promise_is_kept(firm, clock):
    call_id = start(firm, "L3")
    promised = clock.now + timedelta(days=2)
    callback = CallResult("CONNECTED_TARGET", "CALLBACK_PROMISED", promised)
    endings.end_call(firm, call_id, callback)
    move, _ = companies.hold_others(firm, "L1")
    assert move.lead_ids == ("L2",)
    assert state(firm, "L2").due_at == clock.now + timedelta(days=companies.HOLD_DAYS)
    assert state(firm, "L3").due_at == promised
    top = list(queue.top(firm).row_ids)
    assert 2 not in top or top.index(2) == len(top) - 1
    assert any(text.startswith("Held until") for text in history(firm, "L2"))
    companies.undo(firm, move)
    assert state(firm, "L2").due_at is None


def test_who_is_decided_or_with_sales_or_suppressed_is_left_alone(firm):
    decide(firm, "L2", Verdict.PASS)
    decide(firm, "L3", Verdict.DISQUALIFY)
    with pytest.raises(KnownError, match="Nobody else"):
        companies.close_others(firm, "L1")


@pytest.mark.parametrize("conversation", ["REFERRED", "LEFT_COMPANY"])
def test_who_is_named_becomes_the_next_lead_with_the_link(firm, conversation):
    call_id = start(firm, "L1")
    said = "Ruth Novak, +44 20 7946 0555"
    endings.end_call(firm, call_id, CallResult("CONNECTED_TARGET", conversation, text=said))
    new = next(
        one.lead for one in companies.page_of(firm, "L1").contacts if one.lead.last_name == "Novak"
    )
    assert (new.company, new.owner, new.source) == ("Søren & Weber GmbH", "Ada Berg", "referral")
    assert new.phone_e164 == "+442079460555"
    assert lead_page.page_of(firm, new.lead_id).named == ("named by Weber",)
    assert lead_page.page_of(firm, "L1").named == ("named Ruth Novak",)
    assert calls.start_call(firm, new.lead_id)


@pytest.mark.parametrize("said", ["Lane", "Somebody +44 20 7946 0902"])
def test_who_is_there_already_is_linked_and_not_made_twice(firm, said):
    call_id = start(firm, "L1")
    endings.end_call(firm, call_id, CallResult("CONNECTED_TARGET", "REFERRED", text=said))
    with firm.store.read() as unit:
        assert unit.lead_list.counts()[2] == 5
    assert lead_page.page_of(firm, "L2").named == ("named by Weber",)


def test_naming_oneself_links_nobody(firm):
    call_id = start(firm, "L1")
    endings.end_call(firm, call_id, CallResult("CONNECTED_TARGET", "REFERRED", text="weber"))
    assert lead_page.page_of(firm, "L1").named == ()


@given(st.text(max_size=40))
def test_a_name_and_a_number_are_parted_whatever_is_said(said):
    name, phone = referrals.split(said)
    assert phone in said
    assert name == " ".join(name.split())


def test_a_name_alone_has_no_number():
    assert referrals.split("Ruth Novak") == ("Ruth Novak", "")
    assert referrals.split("Dr. Ruth Novak: (020) 7946 0958") == (
        "Dr. Ruth Novak",
        "(020) 7946 0958",
    )
