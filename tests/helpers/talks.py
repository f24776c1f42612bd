# SPDX-License-Identifier: MIT
"""What people say on calls in tests of the services: everything at its best or worst, and how
it ends."""

from datetime import timedelta

from leaddesk.core.domain.assessment import assess
from leaddesk.core.domain.playbook import Kind
from leaddesk.core.domain.resolve import resolve
from leaddesk.core.domain.verdict import Verdict
from leaddesk.core.services import calls, endings, lead_page, playbooks
from leaddesk.core.services.endings import CallResult, Choice
from tests.helpers.playbook_texts import SHORT

NO_ANSWER = CallResult("NO_ANSWER")
CANCELLED = CallResult("CANCELLED")
HUNG_UP = CallResult("CONNECTED_TARGET", "HUNG_UP")


def put_own_playbook(work, text=SHORT, name="short-v1"):
    """Lay a playbook into the profile; return it as it is offered."""
    folder = work.profile / playbooks.OWN_FOLDER
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return next(one for one in playbooks.offered(work) if one.id == name.rpartition("-v")[0])


def choice_question(work):
    """A question of the active playbook that is answered by one option."""
    return next(q for q in playbooks.active(work).questions if q.kind is Kind.CHOICE)


def start(work, lead_id="L1"):
    """Begin a call; return its id."""
    return calls.start_call(work, lead_id)[0].call.call_id


def say(work, call_id, nth=0, **how):
    """Answer the first choice with its nth option."""
    question = choice_question(work)
    return calls.record_answer(work, call_id, question.id, question.options[nth].id, **how)[0]


def answer_everything(work, call_id, pick):
    """Answer every choice with the option that `pick` takes of those that have points."""
    for question in playbooks.active(work).questions:
        options = [option for option in question.options if not option.open]
        if question.kind in (Kind.CHOICE, Kind.YES_NO):
            calls.record_answer(work, call_id, question.id, pick(options).id)
        elif question.bands:
            calls.record_answer(work, call_id, question.id, pick(question.bands).at_least)


def best(outcomes):
    return max(outcomes, key=lambda one: (one.effect is None, one.points))


def worst(outcomes):
    return min(outcomes, key=lambda one: (one.effect != "disqualify", one.points))


def recommended(work, call_id):
    """What the playbook recommends by what is on disk."""
    session = calls.open_call(work)
    assert session.call.call_id == call_id
    lead = lead_page.page_of(work, session.call.lead_id).lead
    resolved = resolve(playbooks.active(work), session.answers, lead, (), work.clock())
    return assess(playbooks.active(work), resolved).recommendation


def choice_of(work, verdict, **other):
    """A decision with everything it needs."""
    reasons = playbooks.active(work).reasons_for(verdict)
    usual = {
        "reason": "" if verdict is Verdict.PASS else reasons[0].id,
        "override_reason": "I know them",
        "next_step": "demo on Friday" if verdict is Verdict.PASS else "",
        "next_at": work.clock() + timedelta(days=60) if verdict is Verdict.NURTURE else None,
    }
    return Choice(verdict, **(usual | other))


def decide(work, lead_id="L1", verdict=Verdict.NURTURE, note="", **other):
    """Call a lead, hear one answer and decide; return the decision."""
    call_id = start(work, lead_id)
    say(work, call_id, note=note)
    return endings.decide(work, call_id, choice_of(work, verdict, **other))[0]
