# SPDX-License-Identifier: MIT
"""Every answer the program said it has is there after a kill -9, and the call goes on."""

import json
import random
import subprocess
import sys
import threading

import pytest

from leaddesk.core.services import calls, playbooks
from leaddesk.core.services.verify import verify
from leaddesk.core.services.workspace import open_workspace
from tests.core.services.conftest import RESOURCES, MovedClock, london, texts

KILLS = 50
LONGEST_CALL_S = 0.15

HOLD_A_CALL = """
import itertools, json, sys
from datetime import UTC, datetime
from pathlib import Path
from leaddesk.core.services import calls, playbooks
from leaddesk.core.services.workspace import open_workspace

profile, resources = map(Path, sys.argv[1:])

def texts(folder, suffix):
    found = sorted((resources / folder).glob(f"*{suffix}"))
    return {path.name.removesuffix(suffix): path.read_text("utf-8") for path in found}

def monday():
    return datetime(2026, 11, 23, 10, tzinfo=UTC)

with open_workspace(profile, texts, clock=monday) as work:
    session, _ = calls.start_call(work, "L1")
    questions = [q for q in playbooks.active(work).questions if q.kind == "choice"]
    print(json.dumps([session.call.call_id, session.position, ""]), flush=True)
    for number in itertools.count():
        question = questions[number % len(questions)]
        option = question.options[number // len(questions) % len(question.options)]
        note = f"note {number}"
        answer, _ = calls.record_answer(
            work, session.call.call_id, question.id, option.id, note=note
        )
        calls.save_position(work, session.call.call_id, question.id)
        print(json.dumps([answer.answer_id, question.id, note]), flush=True)
"""


@pytest.mark.timeout(180)
def test_every_acknowledged_answer_is_there_after_kill_9(profile):
    with open_workspace(profile, texts, clock=MovedClock()) as work, work.store.begin() as unit:
        unit.leads.add([london("L1", last_name="Weber")])
        questions = [q.id for q in playbooks.active(work).questions if q.kind == "choice"]
    after = dict(zip(questions, [*questions[1:], questions[0]], strict=True))
    moments = random.Random(50)  # noqa: S311 - moments, not secrets
    acknowledged: dict[str, str] = {}
    call_ids = set()
    expected = {""}
    for _ in range(KILLS):
        begun, lines = _hold_a_call(profile, moments.uniform(0, LONGEST_CALL_S))
        call_ids.add(begun[0])
        assert begun[1] in expected
        acknowledged |= {answer_id: note for answer_id, _, note in lines}
        # Where it was, or one question further when the kill came before it could say so.
        expected = {lines[-1][1], after[lines[-1][1]]} if lines else {begun[1], questions[0]}
    with open_workspace(profile, texts) as work:
        session = calls.open_call(work)
        with work.store.read() as unit:
            facts = unit.calls.facts_of_lead("L1")
        assert verify(work).integrity == "ok"
    stored = {fact.answer_id: fact.note for fact in facts}
    assert call_ids == {session.call.call_id}
    assert session.answers == {fact.question_id: fact for fact in facts}
    assert len(acknowledged) > KILLS
    assert acknowledged.items() <= stored.items()
    assert len(stored) <= len(acknowledged) + KILLS


def _hold_a_call(profile, seconds):
    """Return what a call told at its beginning, and each answer until it was killed."""
    process = subprocess.Popen(  # noqa: S603 - this Python, with the program above
        [sys.executable, "-c", HOLD_A_CALL, str(profile), str(RESOURCES)],
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        begun = json.loads(process.stdout.readline())
        killer = threading.Timer(seconds, process.kill)
        killer.start()
        lines = [json.loads(line) for line in process.stdout if line.endswith("\n")]
        killer.join()
    return begun, lines
