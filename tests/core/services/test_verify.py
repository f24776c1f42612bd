# SPDX-License-Identifier: MIT
import pytest

from leaddesk.core.domain.verdict import Verdict
from leaddesk.core.services import calls, endings, playbooks
from leaddesk.core.services.verify import Difference, verify
from tests.core.services.conftest import london
from tests.helpers.talks import choice_of


@pytest.fixture
def decision(work):
    with work.store.begin() as unit:
        unit.leads.add([london("L1", title="Director", employees=500)])
    session, _ = calls.start_call(work, "L1")
    playbook = playbooks.active(work)
    for question in playbook.questions[:3]:
        if question.options:
            calls.record_answer(work, session.call.call_id, question.id, question.options[0].id)
    return endings.decide(work, session.call.call_id, choice_of(work, Verdict.NURTURE))[0]


def tamper(work, statement):
    with work.store.begin() as unit:
        unit._connection.exec_driver_sql("DROP TRIGGER decisions_no_update")
        unit._connection.exec_driver_sql(statement)


@pytest.mark.usefixtures("decision")
def test_a_sound_profile_verifies(work):
    report = verify(work)
    assert (report.decisions, report.differences, report.integrity) == (1, (), "ok")
    assert len(report.state) == 64
    assert verify(work) == report
    work.playbooks.clear()
    assert verify(work) == report


@pytest.mark.usefixtures("decision")
def test_a_lead_that_changed_since_does_not_matter(work):
    with work.store.begin() as unit:
        unit.leads.replace([london("L1", title="Student")])
    assert verify(work).differences == ()


@pytest.mark.parametrize(("field", "value"), [("earned", 1), ("most", 2), ("recommended", "pass")])
def test_a_decision_that_was_tampered_with_is_named(work, decision, field, value):
    tamper(work, f"UPDATE decisions SET {field} = '{value}'")  # noqa: S608 - the values above
    before = str(getattr(decision, field))
    assert verify(work).differences == (
        Difference(decision.decision_id, field, str(value), before),
    )


@pytest.mark.usefixtures("decision")
def test_a_decision_that_cannot_be_read_is_named(work):
    tamper(work, "UPDATE decisions SET resolved = '{}'")
    (difference,) = verify(work).differences
    assert difference.field == "resolved"


@pytest.mark.usefixtures("decision")
def test_a_playbook_that_was_tampered_with_is_named(work):
    with work.store.begin() as unit:
        unit._connection.exec_driver_sql(
            "UPDATE playbooks SET text = replace(text, 'points = 24', 'points = 25')"
        )
    work.playbooks.clear()
    (difference,) = verify(work).differences
    assert difference.field == "playbook"
    with work.store.begin() as unit:
        unit._connection.exec_driver_sql("UPDATE playbooks SET text = 'no playbook'")
    work.playbooks.clear()
    (difference,) = verify(work).differences
    assert difference.field == "playbook"


@pytest.mark.usefixtures("decision")
def test_the_state_differs_when_a_fact_does(work, clock):
    clock.move(hours=5)
    before = verify(work).state
    calls.start_call(work, "L1")
    assert verify(work).state != before


@pytest.mark.usefixtures("decision")
def test_a_row_that_lost_what_it_refers_to_is_named(work):
    with work.store.read() as unit:
        connection = unit._connection.connection.dbapi_connection
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("DELETE FROM leads")
    assert "calls 1 refers to a missing row of leads" in verify(work).integrity
