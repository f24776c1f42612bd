# SPDX-License-Identifier: MIT
"""From a call in progress to what the Call view shows. Pure: values in, screens out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from leaddesk.core.domain.assessment import Assessment, CriterionScore
from leaddesk.core.domain.call import Answer, AnswerValue, Call
from leaddesk.core.domain.decision import Decision
from leaddesk.core.domain.engagement import Activity
from leaddesk.core.domain.grading import grade_lead
from leaddesk.core.domain.handoff_gaps import still_needed
from leaddesk.core.domain.lead import Lead
from leaddesk.core.domain.outcomes import scorable_questions
from leaddesk.core.domain.playbook import (
    NUMBER_KINDS,
    Criterion,
    Kind,
    Playbook,
    Question,
)
from leaddesk.core.domain.resolve import Resolved, Source
from leaddesk.core.domain.script import Stop
from leaddesk.core.domain.verdict import Verdict
from leaddesk.core.domain.wording import (
    VERDICT_NAMES,
    criterion_line,
    effect_words,
    headline,
    verdict_sentence,
)
from leaddesk.core.errors import KnownError
from leaddesk.core.services.re_entry import LastTime
from leaddesk.ui.presenters.call_jobs import ChosenLead, OpenedCall
from leaddesk.ui.presenters.call_screens import (
    AssessmentScreen,
    Choice,
    Confirmation,
    CriterionLine,
    Crumb,
    Entry,
    Gap,
    LeadCard,
)
from leaddesk.ui.presenters.dates import say_when
from leaddesk.ui.presenters.numbers import grouped
from leaddesk.ui.presenters.talk_timer import clock_text

NONE_KEY = "0"
"""The key of "None of these", an answer of its own where several can be picked."""

ASK_FIRST = "Ask first"

_GAP_ORDER = (Gap.OPEN, Gap.PART, Gap.MISSED, Gap.DONE)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a lead before a call."""

    lead: Lead
    answers: Mapping[str, Answer]
    activities: Sequence[Activity]


def lead_card(
    lead: Lead,
    history: Sequence[tuple[datetime, str]] = (),
    *,
    number: str = "",
    local: str = "",
    attempts: int = 0,
) -> LeadCard:
    """Return what the header and the page before a call show of a lead.

    Args:
        lead: The lead.
        history: What happened with it, newest first.
        number: The one to call, as written; empty: the first there is.
        local: "13:42 in Chicago"; empty: not known.
        attempts: Attempts made so far that count.
    """
    person = " ".join(part for part in (lead.first_name, lead.last_name) if part) or lead.full_name
    company = lead.company if person else ""
    phones = tuple(dict.fromkeys(p for p in (lead.phone, lead.mobile, lead.phone_2) if p))
    facts = (
        ("Phone", " \u00b7 ".join(phones)),
        ("E-mail", lead.email),
        ("Website", lead.website),
        ("Industry", lead.industry),
        ("Employees", "" if lead.employees is None else grouped(lead.employees)),
        ("Revenue", _money(lead)),
        ("Place", ", ".join(part for part in (lead.city, lead.state, lead.country) if part)),
        ("Source", lead.source),
        ("Owner", lead.owner),
        ("Tags", ", ".join(lead.tags)),
        *tuple(lead.extra.items()),
    )
    return LeadCard(
        lead_id=lead.lead_id,
        name=lead.name,
        subtitle=", ".join(part for part in (lead.title, company) if part),
        contact=tuple(
            part
            for part in (number or next(iter(phones), ""), _attempt(attempts), lead.source)
            if part
        ),
        facts=tuple((name, value) for name, value in facts if value),
        history=tuple((f"{at.astimezone():%d %b %Y}", text) for at, text in history),
        local=local,
    )


def call_card(opened: OpenedCall) -> LeadCard:
    """Return what the header shows during a call."""
    card = lead_card(
        opened.lead, number=opened.number, local=opened.local, attempts=opened.attempts
    )
    if not opened.is_rehearsal:
        return card
    return replace(card, permission="rehearsal, nothing is written down", is_allowed=None)


def elapsed(started_at: datetime, at: datetime) -> str:
    """Return how far into a call something happened: 04:12, from an hour on 1:04:12."""
    return clock_text(int((at - started_at).total_seconds()))


def day_text(at: datetime) -> str:
    """Return the day of a moment, in the rep's time zone: 3 Oct 2026."""
    local = at.astimezone()
    return f"{local.day} {local:%b %Y}"


def crumbs(way: Sequence[Stop], current: int) -> tuple[Crumb, ...]:
    """Return the steps on the way through the script; `current` is a position on it."""
    titles = {stop.step.id: stop.step.title for stop in way}
    here = list(titles).index(way[current].step.id)
    return tuple(
        Crumb(title, passed=index < here, current=index == here)
        for index, title in enumerate(titles.values())
    )


def entry_of(question: Question | None) -> Entry:
    """Return how a question is answered on screen."""
    if question is None:
        return Entry.NOTHING
    if question.kind in NUMBER_KINDS:
        return Entry.NUMBER
    return {Kind.TEXT: Entry.TEXT, Kind.CHOICES: Entry.CHOICES}.get(question.kind, Entry.CHOICE)


def choices_of(
    question: Question | None, value: AnswerValue, *, is_silent: bool = False
) -> tuple[Choice, ...]:
    """Return the answers a question can have, those in `value` chosen; bands for a number.

    `is_silent`: without saying what they are worth.
    """
    choices = _choices_of(question, value)
    return tuple(replace(one, effect="") for one in choices) if is_silent else choices


def _choices_of(question: Question | None, value: AnswerValue) -> tuple[Choice, ...]:
    if question is None:
        return ()
    if question.bands:
        reached = [b for b in question.bands if isinstance(value, int) and value >= b.at_least]
        return tuple(
            Choice("", band.label, effect_words(band), chosen=band in reached[-1:])
            for band in question.bands
        )
    several = question.kind is Kind.CHOICES
    picked = value if isinstance(value, tuple) else (value,)
    made = [
        Choice(str(key), o.label, effect_words(o), chosen=o.id in picked)
        for key, o in enumerate(question.options, start=1)
    ]
    if several:
        made.append(Choice(NONE_KEY, "None of these", "0", chosen=value == ()))
    return tuple(made)


def hint_of(question: Question | None) -> str:
    """Return what the entry field of a question wants."""
    if question is None:
        return ""
    return {
        Kind.NUMBER: "A whole number",
        Kind.MONEY: "An amount, for example 25000 or 25k",
        Kind.MONTHS: "Months from now",
        Kind.TEXT: "In their own words",
    }.get(question.kind, "")


def next_hint(playbook: Playbook, assessment: Assessment, here: str, best: str) -> tuple[str, int]:
    """Return which question decides most and by how many percent it could move the score.

    Args:
        playbook: The playbook.
        assessment: Of the answers so far.
        here: Id of the question on screen.
        best: Id of the question that decides most in this phase; empty: none does, no words.
    """
    found = next((one for one in assessment.next if one.question == best), None)
    if found is None:
        return "", 0
    words = "Best asked now" if best == here else f"Ask next: {short_name(playbook, best)}"
    return words, 100 * found.swing // assessment.most


@dataclass(frozen=True, slots=True)
class Assessed:
    """An assessment with what it was made of."""

    playbook: Playbook
    lead: Lead
    answers: Mapping[str, Answer]
    resolved: Resolved
    assessment: Assessment


def assessment_screen(
    made: Assessed, here: str, *, best: str = "", is_silent: bool = False
) -> AssessmentScreen:
    """Return the right pane.

    Args:
        made: The assessment.
        here: Id of the question on screen.
        best: Id of the question that decides most in this phase; empty: none does.
        is_silent: Keep score and verdict for the end.
    """
    playbook, assessment, resolved = made.playbook, made.assessment, made.resolved
    sources = dict(zip((q.id for q in scorable_questions(playbook)), resolved.sources, strict=True))
    lines = []
    for criterion, score in zip(playbook.criteria, assessment.criteria, strict=True):
        asked = [q.id for q in criterion.questions if q.id in sources]
        from_data = {sources[question_id] for question_id in asked} - {None} == {Source.LEAD}
        lines.append(
            CriterionLine(
                criterion_id=criterion.id,
                title=criterion.title,
                suffix="from lead data" if from_data else "",
                gap=_gap(score, len(asked)),
                line=criterion_line(playbook, criterion.id, assessment, resolved, made.answers),
                earned=_share(score.earned, score.most),
                reach=_share(score.high, score.most),
                badge=_letter(playbook, made.lead, criterion) if from_data else "",
                current=_holds(criterion, here),
                is_best=not is_silent and _holds(criterion, best),
            )
        )
    unmet = {score.id for score in assessment.criteria if not score.met}
    lines.sort(key=lambda line: (line.criterion_id not in unmet, _GAP_ORDER.index(line.gap)))
    recommended = assessment.recommendation
    return AssessmentScreen(
        score=assessment.score,
        low=assessment.low,
        high=assessment.high,
        shown=assessment.shown_score,
        reach=_reach(assessment),
        playbook=f"{playbook.framework or playbook.title} v{playbook.version}",
        nurture_at=playbook.decision.nurture_at,
        pass_at=playbook.decision.pass_at,
        recommended=recommended,
        headline=headline(assessment),
        sentence=verdict_sentence(playbook, assessment),
        lines=tuple(_without_points(line) for line in lines) if is_silent else tuple(lines),
        still_needed="" if is_silent else still_needed(playbook, assessment, made.answers),
        is_silent=is_silent,
    )


def chosen_card(chosen: ChosenLead) -> LeadCard:
    """Return a lead with its history, and whether it may be called now."""
    permission = chosen.permission
    card = lead_card(
        chosen.page.lead,
        tuple((entry.at, entry.text) for entry in chosen.page.timeline),
        number=permission.number,
        local=permission.local,
        attempts=permission.attempts,
    )
    words = "ok to call"
    is_allowed: bool | None = True
    if permission.blocks:
        words, is_allowed = "not now", False
    elif permission.needs_zone:
        words, is_allowed = "time there unknown", None
    return replace(
        card,
        blocked=" ".join(block.sentence for block in permission.blocks),
        permission=words,
        is_allowed=is_allowed,
        decided=bool(chosen.page.decision_id),
        last_time=_last_time(chosen.last_time) if chosen.last_time is not None else (),
    )


def _last_time(last: LastTime) -> tuple[tuple[str, str], ...]:
    first = (ASK_FIRST, last.ask_first.removeprefix(f"{ASK_FIRST}: "))
    sent = ("Sent to wait", " \u00b7 ".join(filter(None, (day_text(last.at), last.reason))))
    return (*([first] if last.ask_first else []), sent, *last.said)


def ended(lead: Lead, call: Call) -> Confirmation:
    """Return that a call is over without a decision, and what came of it."""
    parts = (call.line_result, call.conversation_result)
    words = " \u00b7 ".join(part.replace("_", " ").capitalize() for part in parts if part)
    return Confirmation(Verdict.UNDECIDED, f"Call with {lead.name} ended", words)


def confirmation(playbook: Playbook, lead: Lead, decision: Decision) -> Confirmation:
    """Return what was decided on a call, and on what."""
    parts = (
        f"{min(100, max(0, 100 * decision.earned // decision.most))} of 100",
        "as recommended" if decision.decided is decision.recommended else "",
        playbook.reason_label(decision.reason) if decision.reason else "",
        decision.override_reason,
        decision.next_step,
        f"next {say_when(decision.next_at)}" if decision.next_at is not None else "",
    )
    return Confirmation(
        decision.decided,
        f"{lead.name}: {VERDICT_NAMES[decision.decided]}",
        " \u00b7 ".join(part for part in parts if part),
        decision.decision_id,
    )


def not_saved(error: Exception, asked: str) -> Exception:
    """Return what to say when an answer did not reach the disk; a bug stays the bug it is."""
    if not isinstance(error, KnownError):
        return error
    what = f"Your answer on {asked} was not saved and is taken back. {error.what}"
    return KnownError(what, f"{error.todo} Then answer again.".strip())


def short_name(playbook: Playbook, question_id: str) -> str:
    """Return what a question is about, for a sentence: the title of its criterion."""
    return next(c.title for c in playbook.criteria if _holds(c, question_id))


def _without_points(line: CriterionLine) -> CriterionLine:
    return replace(line, earned=0.0, reach=0.0, badge="")


def _attempt(attempts: int) -> str:
    return f"{attempts} attempt{'' if attempts == 1 else 's'} so far" if attempts else ""


def _letter(playbook: Playbook, lead: Lead, criterion: Criterion) -> str:
    rule = playbook.grades
    if rule is None or rule.criterion != criterion.id:
        return ""
    return grade_lead(playbook, lead, 0).letter


def _gap(score: CriterionScore, asked_count: int) -> Gap:
    if not score.open:
        return Gap.DONE if score.met else Gap.MISSED
    return Gap.OPEN if len(score.open) == asked_count else Gap.PART


def _holds(criterion: Criterion, question_id: str) -> bool:
    return any(question.id == question_id for question in criterion.questions)


def _share(points: int, most: int) -> float:
    return min(1.0, max(0.0, points / most)) if most > 0 else 0.0


def _reach(assessment: Assessment) -> str:
    if assessment.shown_high > assessment.shown_score:
        return f"to {assessment.shown_high} still reachable"
    if assessment.shown_low < assessment.shown_score:
        return f"can still fall to {assessment.shown_low}"
    return "of 100"


def _money(lead: Lead) -> str:
    return "" if lead.revenue is None else f"{grouped(lead.revenue)} {lead.currency}".strip()
