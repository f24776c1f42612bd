# SPDX-License-Identifier: MIT
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from leaddesk.core.domain.attempts import Attempt
from leaddesk.core.domain.call import Answer, AnswerState, Call
from leaddesk.core.domain.decision import Decision
from leaddesk.core.domain.engagement import Activity
from leaddesk.core.domain.events import Event, EventKind
from leaddesk.core.domain.lead import Lead
from leaddesk.core.domain.playbook import Evidence
from leaddesk.core.domain.verdict import Verdict
from leaddesk.core.errors import BugError
from leaddesk.core.store.imports import ImportBatch, LeadImport

NOW = datetime(2026, 11, 22, 10, 0, 0, 123456, tzinfo=UTC)
CALL = Call("C1", "L1", "bant", 1, "f1", NOW, by="Ada Berg")
ANSWERS = [
    replace(answer, call_id="C1", answer_id=f"A{number}", playbook_fingerprint=fingerprint)
    for number, (answer, fingerprint) in enumerate(
        [
            (Answer("signer", "together", NOW, Evidence.CONFIRMED, "“ja, ich”"), "f1"),
            (Answer("pains", ("a", "b"), NOW), "f1"),
            (Answer("pains", (), NOW), "f1"),
            (Answer("budget", 25000, NOW), "f2"),
            (Answer("words", "größer\nals", NOW), "f2"),
            (Answer("budget", None, NOW, state=AnswerState.DECLINED), "f2"),
            (Answer("budget", None, NOW, withdrawn=True), "f2"),
        ]
    )
]
DECISION = Decision(
    "D1", "C1", "L1", NOW, Verdict.PASS, Verdict.NURTURE, "not_now", "asked to wait",
    "bant", 1, "f1", '{"answers":{}}', 60, 96, "a talk", NOW, "Ada Berg",
)  # fmt: skip


EVENT = Event(
    "E1",
    "L1",
    NOW,
    EventKind.MOVED,
    "Ada Berg",
    "C1",
    {"cause": "D1"},
    {"status": ("NEW", "PASSED")},
)
ACTIVITY = Activity("webinar", NOW, "fair.csv", "asked „wann“", "V1", "L1")


@pytest.fixture
def called(store):
    with store.begin() as unit:
        unit.leads.add([Lead("L1"), Lead("L2")])
        unit.playbooks.keep("f1", "bant", 1, "the text")
        unit.calls.add(CALL)
        for answer in ANSWERS:
            unit.calls.add_answer(answer)
        unit.decisions.add(DECISION)
        unit.events.add([EVENT])
        unit.activities.add([ACTIVITY])
    return store


def test_calls_answers_and_decisions_come_back_as_they_were(called):
    with called.read() as unit:
        assert unit.calls.get("C1") == CALL
        assert unit.calls.get("C9") is None
        assert unit.calls.of_lead("L1") == [CALL]
        assert unit.calls.facts_of_lead("L1") == ANSWERS
        assert unit.calls.facts_of_lead("L2") == []
        assert unit.events.of_lead("L1") == [EVENT]
        assert unit.events.of_lead("L1", (EventKind.SAID,)) == []
        assert unit.activities.of_lead("L1") == [ACTIVITY]
        assert unit.decisions.of_lead("L1") == list(unit.decisions.all()) == [DECISION]


def test_a_call_is_open_until_it_ends(called):
    with called.begin() as unit:
        unit.calls.set_position("C1", "budget", 90)
        assert unit.calls.open().call == replace(CALL, talk_s=90)
        assert unit.calls.open().position == "budget"
        ended = replace(
            CALL,
            ended_at=NOW + timedelta(minutes=6),
            line_result="CONNECTED_TARGET",
            conversation_result="HUNG_UP",
            talk_s=300,
            is_attempt=True,
        )
        unit.calls.end(ended, is_connected=True)
        assert unit.calls.open() is None
        assert unit.calls.get("C1") == ended
        assert unit.calls.attempts_of("L1") == [
            Attempt(NOW, "CONNECTED_TARGET", connected=True, by="Ada Berg")
        ]
        unit.calls.reopen("C1")
        assert unit.calls.open().call == replace(CALL, talk_s=300)
        assert unit.calls.attempts_of("L1") == []


def test_an_answer_older_than_its_playbook_column_was_given_to_the_playbook_of_its_call(called):
    with called.begin() as unit:
        unit.calls.add_answer(replace(ANSWERS[0], answer_id="A8", playbook_fingerprint=""))
        assert unit.calls.facts_of_lead("L1")[-1].playbook_fingerprint == "f1"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE answers SET value = '\"alone\"'",
        "DELETE FROM answers",
        "UPDATE decisions SET decided = 'pass'",
        "DELETE FROM decisions",
        "UPDATE events SET kind = 'said'",
        "DELETE FROM events",
        "UPDATE activities SET at = ''",
        "DELETE FROM activities",
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
            unit.decisions.add(replace(DECISION, decision_id=f"E{number:04d}"))
        assert len({decision.decision_id for decision in unit.decisions.all()}) == 1201


def test_a_lead_knows_the_import_it_came_by(called):
    batch = ImportBatch("B1", NOW, "fair.csv", "utf-8", ";", "generic", 1, 2, 1, 0, 1, 0)
    with called.begin() as unit:
        unit.imports.add(batch)
        unit.leads.add([Lead("L3")], "B1")
        assert unit.imports.of_lead("L3") == [LeadImport(batch)]
        assert unit.imports.of_lead("L1") == []


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
        unit.activities.add([ACTIVITY])
        unit.events.add([EVENT])
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
