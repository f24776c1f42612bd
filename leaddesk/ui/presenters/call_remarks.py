# SPDX-License-Identifier: MIT
"""What is to be known about an answer, under it: how old, how sure, and what speaks against it."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from leaddesk.core.domain.call import Answer, AnswerState
from leaddesk.core.domain.contradictions import contradictions
from leaddesk.core.domain.facts import Carried
from leaddesk.core.domain.playbook import Evidence, Question
from leaddesk.core.domain.resolve import is_stale
from leaddesk.ui.presenters import call_compose as compose
from leaddesk.ui.presenters.call_screens import Remark, RemarkTone

if TYPE_CHECKING:
    from leaddesk.ui.presenters.call_live import LiveCall

_SURE = {
    Evidence.ASSUMED: "Assumed",
    Evidence.SAID: "Said",
    Evidence.CONFIRMED: "Confirmed",
}


def remarks(live: "LiveCall", now: datetime) -> tuple[Remark, ...]:
    """Return the remarks on the answer on screen, the most important first."""
    question, answer = live.question, live.answer
    if question is None or answer is None:
        return ()
    return tuple(_remarks(live, question, answer, now))


def _remarks(
    live: "LiveCall", question: Question, answer: Answer, now: datetime
) -> Iterator[Remark]:
    earlier = {
        question_id: known.answer
        for question_id, known in live.before.items()
        if question_id not in live.answers.shown
        or live.answers.shown[question_id] is not known.answer
    }
    for found in contradictions(
        live.playbook, live.answers.shown, earlier, live.lead, compose.day_text
    ):
        if found.question_id == question.id:
            yield Remark(found.sentence, RemarkTone.WARNING)
    known = live.before.get(question.id)
    if known is not None and (known.answer is answer or live.is_from_before):
        yield _how_old(question, known, now)
    if answer.value is None and answer.state is not AnswerState.GIVEN:
        words = "Does not know" if answer.state is AnswerState.UNKNOWN else "Would not say"
        yield Remark(f"{words}; the question stays open", RemarkTone.QUIET)
    elif answer.value is not None:
        yield from _how_sure(live, answer)


def _how_old(question: Question, known: Carried, now: datetime) -> Remark:
    answer = known.answer
    source = f", {known.from_title}" if not known.exact else ""
    when = f"{compose.day_text(answer.at)}{source}"
    if is_stale(question, answer, now):
        days = (now - answer.at).days
        return Remark(f"Re-confirm: said {days} days ago ({when})", RemarkTone.WARNING)
    return Remark(f"From {when}", RemarkTone.QUIET)


def _how_sure(live: "LiveCall", answer: Answer) -> Iterator[Remark]:
    needed = live.playbook.decision.evidence
    if answer.evidence.rank < needed.rank:
        text = f"{_SURE[answer.evidence]}: counts only once {_SURE[needed].lower()}"
        yield Remark(text, RemarkTone.WARNING)
    elif answer.evidence is not Evidence.SAID:
        yield Remark(_SURE[answer.evidence], RemarkTone.QUIET)
