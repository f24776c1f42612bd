# SPDX-License-Identifier: MIT
"""How a lead that was sent to wait comes back: with what was said then, and what to ask first."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from leaddesk.core.domain import re_entry
from leaddesk.core.domain.call import Answer, latest_answers
from leaddesk.core.domain.playbook import Kind, Playbook
from leaddesk.core.domain.re_entry import ReEntry
from leaddesk.core.domain.script import merge_fields, rep_fields
from leaddesk.core.domain.wording import answer_words, quoted, topic
from leaddesk.core.formats.re_entry_json import read_re_entry
from leaddesk.core.services import calling, playbooks

if TYPE_CHECKING:
    from leaddesk.core.domain.call_session import CallSession
    from leaddesk.core.domain.decision import Decision
    from leaddesk.core.domain.nurture import Nurture
    from leaddesk.core.services.workspace import Workspace
    from leaddesk.core.store.unit_of_work import Unit

_MOST_SAID = 4


@dataclass(frozen=True, slots=True)
class LastTime:
    """What a lead was sent to wait with.

    Attributes:
        reason: In the words of the playbook it was decided by.
        said: (what it is about, what they answered) on that call, in their own words first.
        ask_first: What to ask, and what it would change; empty: nothing is to be asked first.
    """

    at: datetime
    reason: str
    said: tuple[tuple[str, str], ...]
    ask_first: str = ""


def open_with(work: "Workspace", unit: "Unit", begun: "CallSession") -> "CallSession":
    """Return a call just begun, at the question to ask first where there is one."""
    playbook = playbooks.of_unit(work, unit, begun.call.playbook_fingerprint)
    wait = _last_wait(unit, begun.call.lead_id)
    test = _test(playbook, wait, begun) if wait is not None else None
    if test is None:
        return begun
    unit.calls.set_position(begun.call.call_id, test.question, 0)
    return replace(begun, position=test.question)


def last_time(work: "Workspace", begun: "CallSession") -> LastTime | None:
    """Return what is to be known before a call; None: the last decision was not to wait.

    Args:
        work: Where the lead is.
        begun: What the call would begin with, as `calls.preview` gives it.
    """
    with work.store.read() as unit:
        lead = calling.lead_of(unit, begun.call.lead_id)
        wait = _last_wait(unit, lead.lead_id)
        if wait is None:
            return None
        now = playbooks.of_unit(work, unit, begun.call.playbook_fingerprint)
        then = playbooks.of_unit(work, unit, wait.playbook_fingerprint)
        decision = unit.decisions.get(wait.decision_id)
        facts = unit.calls.facts_of_lead(lead.lead_id)
    of_then = decision.call_id if decision is not None else ""
    heard = [fact for fact in facts if fact.call_id == of_then]
    said = _said(then, [f for f in heard if f.playbook_fingerprint == then.fingerprint])
    test = _test(now, wait, begun)
    values = {**merge_fields(now, lead, begun.answers), **rep_fields(work.rep)}
    ask_first = re_entry.sentence(now, test, values) if test is not None else ""
    return LastTime(wait.at, then.reason_label(wait.reason), said, ask_first)


def _last_wait(unit: "Unit", lead_id: str) -> "Nurture | None":
    """Return the wait that the decision that stands began; None: it was another decision."""
    waits = [one for one in unit.nurtures.of_lead(lead_id) if one.decision_id]
    if not waits:
        return None
    standing: list[Decision] = unit.decisions.standing_of_lead(lead_id)
    last = standing[-1].decision_id if standing else ""
    return next((one for one in reversed(waits) if one.decision_id == last), None)


def _test(playbook: Playbook, wait: "Nurture", begun: "CallSession") -> ReEntry | None:
    """Return what to ask first; None: nothing, it was answered since, or is not asked any more."""
    test = read_re_entry(wait.re_entry)
    if test is None or re_entry.question_of(playbook, test) is None:
        return None
    known = begun.before.get(test.question)
    return None if known is not None and known.answer.at > wait.at else test


def _said(playbook: Playbook, heard: list[Answer]) -> tuple[tuple[str, str], ...]:
    """Return what was said on a call; what has their own words comes first."""
    latest = latest_answers(heard)
    rows = []
    for question in playbook.questions:
        answer = latest.get(question.id)
        if answer is None or (answer.value is None and not answer.note):
            continue
        is_text = question.kind is Kind.TEXT
        words = answer_words(question, answer)
        parts = [quoted(words) if is_text else words] if answer.value is not None else []
        parts += [quoted(" ".join(answer.note.split()))] if answer.note else []
        own = bool(answer.note) or is_text
        rows.append((not own, topic(playbook, question.id), ". ".join(parts)))
    rows.sort(key=lambda row: row[0])
    return tuple((about, words) for _, about, words in rows[:_MOST_SAID])
