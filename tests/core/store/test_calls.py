# SPDX-License-Identifier: MIT
from datetime import UTC, datetime, timedelta

import pytest

from leaddesk.core.domain.call import Answer, Call
from leaddesk.core.domain.decision import Decision
from leaddesk.core.domain.lead import Lead
from leaddesk.core.domain.playbook import Evidence
from leaddesk.core.domain.verdict import Verdict
from leaddesk.core.errors import BugError
from leaddesk.core.store.imports import ImportBatch

NOW = datetime(2026, 11, 22, 10, 0, 0, 123456, tzinfo=UTC)
CALL = Call("C1", "L1", "bant", 1, "f1", NOW)
ANSWERS = [
    Answer("signer", "together", NOW, Evidence.CONFIRMED, "“ja, ich”", "C1", "A1"),
    Answer("pains", ("a", "b"), NOW, call_id="C1", answer_id="A2"),
    Answer("pains", (), NOW, call_id="C1", answer_id="A3"),
    Answer("budget", 25000, NOW, call_id="C1", answer_id="A4"),
    Answer("words", "größer\nals", NOW, call_id="C1", answer_id="A5"),
    Answer("budget", None, NOW, call_id="C1", answer_id="A0", withdrawn=True),
]
DECISION = Decision(
    "D1", "C1", "L1", NOW, Verdict.PASS, Verdict.NURTURE, "not_now", "asked to wait",
    "bant", 1, "f1", '{"answers":{}}', 60, 96,
)  # fmt: skip


@pytest.fixture
def called(store):
    with store.begin() as unit:
        unit.leads.add([Lead("L1"), Lead("L2")])
        unit.playbooks.keep("f1", "bant", 1, "the text")
        unit.calls.add(CALL)
        for answer in ANSWERS:
            unit.calls.add_answer(answer)
        unit.decisions.add(DECISION)
    return store


def test_calls_answers_and_decisions_come_back_as_they_were(called):
    with called.read() as unit:
        assert unit.calls.get("C1") == CALL
        assert unit.calls.get("C9") is None
        assert unit.calls.of_lead("L1") == [CALL]
        assert unit.calls.facts_of_lead("L1") == ANSWERS
        assert unit.calls.facts_of_lead("L1", "f1") == ANSWERS
        assert unit.calls.facts_of_lead("L1", "f2") == []
        assert unit.calls.facts_of_lead("L2") == []
        assert unit.decisions.of_lead("L1") == list(unit.decisions.all()) == [DECISION]


def test_a_call_is_open_until_it_ends(called):
    with called.begin() as unit:
        unit.calls.set_position("C1", "budget")
        assert unit.calls.open().call == CALL
        assert unit.calls.open().position == "budget"
        unit.calls.end("C1", NOW + timedelta(minutes=6))
        assert unit.calls.open() is None
        assert unit.calls.get("C1").ended_at == NOW + timedelta(minutes=6)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE answers SET value = '\"alone\"'",
        "DELETE FROM answers",
        "UPDATE decisions SET decided = 'pass'",
        "DELETE FROM decisions",
        "INSERT OR REPLACE INTO decisions SELECT * FROM decisions",
    ],
)
def test_facts_cannot_be_changed_whatever_the_program_does(called, statement):
    with pytest.raises(BugError, match="facts, never changed"), called.begin() as unit:
        unit._connection.exec_driver_sql(statement)


@pytest.mark.parametrize(
    "write",
    [
        lambda unit: unit.calls.add(Call("C2", "L9", "bant", 1, "f1", NOW)),
        lambda unit: unit.calls.add(Call("C2", "L1", "bant", 1, "f9", NOW)),
        lambda unit: unit.calls.add_answer(Answer("q", 1, NOW, call_id="C9", answer_id="A9")),
    ],
)
def test_nothing_refers_to_what_is_not_there(called, write):
    with pytest.raises(BugError, match="FOREIGN KEY"), called.begin() as unit:
        write(unit)


def test_the_text_of_a_playbook_is_kept_as_it_was_first(called):
    with called.begin() as unit:
        unit.playbooks.keep("f1", "bant", 1, "another text")
        assert unit.playbooks.text("f1") == "the text"
        assert unit.playbooks.text("f9") is None


def test_more_decisions_than_one_batch_are_all_read(called):
    with called.begin() as unit:
        for number in range(1200):
            unit.decisions.add(Decision(f"E{number:04d}", "C1", "L1", NOW, *_rest_of(DECISION)))
        assert len({decision.decision_id for decision in unit.decisions.all()}) == 1201


def _rest_of(decision):
    return (
        decision.recommended,
        decision.decided,
        decision.reason,
        decision.override_reason,
        decision.playbook_id,
        decision.playbook_version,
        decision.playbook_fingerprint,
        decision.resolved,
        decision.earned,
        decision.most,
    )


def test_a_lead_knows_the_import_it_came_by(called):
    batch = ImportBatch("B1", NOW, "fair.csv", "utf-8", ";", "generic", 1, 2, 1, 0, 1, 0)
    with called.begin() as unit:
        unit.imports.add(batch)
        unit.leads.add([Lead("L3")], "B1")
        assert unit.imports.of_lead("L3") == batch
        assert unit.imports.of_lead("L1") is None


def test_canonical_lines_do_not_depend_on_the_order_of_writing(called, tmp_path):
    from leaddesk.core.store.engine import Store

    other = Store.open(tmp_path / "other.sqlite")
    with other.begin() as unit:
        unit.leads.add([Lead("L2"), Lead("L1")])
        unit.playbooks.keep("f1", "bant", 1, "the text")
        unit.calls.add(CALL)
        for answer in reversed(ANSWERS):
            unit.calls.add_answer(answer)
        unit.decisions.add(DECISION)
        theirs = list(unit.canonical_lines())
    other.close()
    with called.begin() as unit:
        ours = list(unit.canonical_lines())
        unit.leads.replace([Lead("L1", grade="A1", phone_e164="+1")])
        assert list(unit.canonical_lines()) == ours
        unit.leads.replace([Lead("L1", company="other")])
        changed = list(unit.canonical_lines())
    assert ours == theirs
    assert changed != ours
