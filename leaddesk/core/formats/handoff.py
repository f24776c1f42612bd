# SPDX-License-Identifier: MIT
"""A brief as text: HTML, Markdown to paste, plain text, and the cells of one row.

What is known of a lead is data, whatever it looks like: HTML is escaped by the template engine,
Markdown sign by sign. Times are shown in the zone the caller gives.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from leaddesk.core.domain.brief import ALSO, Brief, BriefSection, Finding
from leaddesk.core.domain.calling_windows import zone_named

CSV_HEADER = (
    "lead_id", "handoff_id", "decision_id", "name", "company", "title", "email", "phone", "country",
    "passed_at", "passed_by", "receiver", "score", "next_step", "next_at", "checked", "not_checked",
    "known", "still_unknown",
)  # fmt: skip
# Signs that are markup anywhere, those that are so at the beginning of a text (which may stand at
# that of an item), and those that make a link of an address.
_MARKUP = re.compile(r"[\\`*_{}\[\]<|~&$@]|^[-+=#>]|:(?=//)|(?<=www)\.", re.IGNORECASE)
_NUMBERED = re.compile(r"^(\d{1,9})([.)])")
_LEVELS = ("evidence against", "1 of 3", "2 of 3", "3 of 3")


@dataclass(frozen=True, slots=True)
class _Line:
    topic: str
    answer: str
    quote: str
    source: str


@dataclass(frozen=True, slots=True)
class _Section:
    title: str
    known: str
    lines: tuple[_Line, ...]
    open: str


def html(brief: Brief, template: str, zone: tzinfo | None) -> str:
    """Return one file of HTML that needs nothing else.

    Args:
        brief: What it says.
        template: Of resources/templates, for Jinja2; everything put in is escaped.
        zone: By whose clock times are shown; None: that of this computer.
    """
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined)
    return environment.from_string(template).render(
        lead=brief.lead,
        name=brief.lead.name or "No name",
        who=_who(brief),
        next_step=brief.decision.next_step,
        next_at=_meeting(brief, zone),
        receiver=brief.handoff.receiver if brief.handoff else "",
        accept_by=_moment(brief.handoff.accept_by, zone) if brief.handoff else "",
        contact=tuple(_contact(brief)),
        verdict=_verdict(brief, zone),
        override=_override(brief),
        points=brief.points,
        framework=brief.framework,
        sections=tuple(_sections(brief, zone)),
        foot=_foot(brief),
    )


def markdown(brief: Brief, zone: tzinfo | None) -> str:
    """Return Markdown; nothing of a lead becomes markup in it."""
    return "\n".join(_lines(brief, zone, _escaped, is_markdown=True)) + "\n"


def plain(brief: Brief, zone: tzinfo | None) -> str:
    """Return plain text."""
    return "\n".join(_lines(brief, zone, _one_line, is_markdown=False)) + "\n"


def csv_row(brief: Brief) -> tuple[str, ...]:
    """Return the cells of `CSV_HEADER`; times are ISO 8601."""
    lead, decision, handoff = brief.lead, brief.decision, brief.handoff
    known = "; ".join(
        f"{section.title}: {_said(line)}" for section in brief.sections for line in section.findings
    )
    return (
        lead.lead_id,
        handoff.handoff_id if handoff else "",
        decision.decision_id,
        lead.name,
        lead.company,
        lead.title,
        lead.email,
        lead.phone_e164 or lead.phone,
        lead.country,
        decision.at.isoformat(),
        decision.decided_by,
        handoff.receiver if handoff else "",
        str(brief.score),
        decision.next_step,
        decision.next_at.isoformat() if decision.next_at else "",
        "; ".join(point for point, ticked in brief.points if ticked),
        "; ".join(point for point, ticked in brief.points if not ticked),
        known,
        "; ".join(brief.still_unknown),
    )


def _lines(
    brief: Brief, zone: tzinfo | None, safe: Callable[[str], str], *, is_markdown: bool
) -> Iterator[str]:
    head, bold = ("## ", "**") if is_markdown else ("", "")
    item = "- "
    yield f"{'# ' if is_markdown else ''}{safe(brief.lead.name or 'No name')}"
    yield ""
    yield safe(_who(brief))
    yield ""
    yield f"{head}Next"
    yield ""
    at = _meeting(brief, zone)
    step = safe(brief.decision.next_step or "Nothing was agreed")
    yield f"{item}{bold}{step}{bold}{', ' + safe(at) if at else ''}"
    if brief.handoff and brief.handoff.receiver:
        by = _moment(brief.handoff.accept_by, zone)
        wanted = f", answer wanted by {by}" if by else ""
        yield f"{item}For {safe(brief.handoff.receiver + wanted)}"
    yield ""
    yield f"{head}Contact"
    yield ""
    for label, value in _contact(brief):
        yield f"{item}{label}: {safe(value)}"
    yield ""
    yield f"{head}Why it was passed"
    yield ""
    yield f"{item}{safe(_verdict(brief, zone))}"
    if override := _override(brief):
        yield f"{item}{safe(override)}"
    for point, ticked in brief.points:
        yield f"{item}{'Yes' if ticked else 'Open'}: {safe(point)}"
    yield ""
    yield f"{head}What is known, as {safe(brief.framework)}"
    for section in _sections(brief, zone):
        yield ""
        known = f" ({safe(section.known)})" if section.known else ""
        yield f"{bold}{safe(section.title)}{bold}{known}"
        yield ""
        for line in section.lines:
            said = " ".join(part for part in (line.answer, line.quote) if part)
            yield f"{item}{safe(f'{line.topic}: {said} ({line.source})')}"
        if section.open:
            yield f"{item}Still unknown: {safe(section.open)}"
    yield ""
    yield safe(_foot(brief))


def _who(brief: Brief) -> str:
    lead = brief.lead
    place = ", ".join(part for part in (lead.city, lead.country) if part)
    return " \u00b7 ".join(part for part in (lead.title, lead.company, place) if part)


def _contact(brief: Brief) -> Iterator[tuple[str, str]]:
    lead = brief.lead
    named = (
        ("Phone", lead.phone),
        ("Mobile", lead.mobile),
        ("Other phone", lead.phone_2),
        ("E-mail", lead.email),
        ("Other e-mail", lead.email_2),
        ("Website", lead.website),
        ("Industry", lead.industry),
        ("Employees", "" if lead.employees is None else f"{lead.employees:,}"),
        ("Time zone", lead.time_zone),
        ("Source", lead.source),
    )
    return ((label, value) for label, value in named if value)


def _verdict(brief: Brief, zone: tzinfo | None) -> str:
    decision = brief.decision
    by = f" by {decision.decided_by}" if decision.decided_by else ""
    at = _moment(decision.at, zone)
    grade = f", grade {brief.lead.grade}" if brief.lead.grade else ""
    return f"Passed{by} on {at}, with {brief.score} % of the points{grade}"


def _override(brief: Brief) -> str:
    if not brief.went_against:
        return ""
    return f"Against the recommendation ({brief.went_against}): {brief.decision.override_reason}"


def _sections(brief: Brief, zone: tzinfo | None) -> Iterator[_Section]:
    for section in brief.sections:
        lines = tuple(_line(finding, zone) for finding in section.findings)
        yield _Section(section.title, _known(section), lines, ", ".join(section.open))


def _known(section: BriefSection) -> str:
    if section.title == ALSO:
        return ""
    if section.level is None:
        return "said in words" if section.findings else "nothing yet"
    return _LEVELS[section.level]


def _line(finding: Finding, zone: tzinfo | None) -> _Line:
    day = finding.at.astimezone(zone)
    quote = f"\u201c{finding.quote}\u201d" if finding.quote else ""
    source = f"{finding.evidence}, {day.day} {day:%b %Y}"
    return _Line(finding.topic, finding.answer, quote, source)


def _said(finding: Finding) -> str:
    quote = f"\u201c{finding.quote}\u201d" if finding.quote else ""
    said = " ".join(part for part in (finding.answer, quote) if part)
    return f"{finding.topic}: {said}" if said else finding.topic


def _foot(brief: Brief) -> str:
    decision = brief.decision
    told = f"Playbook {decision.playbook_id} v{decision.playbook_version}"
    return f"{told} \u00b7 lead {brief.lead.lead_id} \u00b7 decision {decision.decision_id}"


def _moment(at: datetime | None, zone: tzinfo | None) -> str:
    if at is None:
        return ""
    local = at.astimezone(zone)
    return f"{local:%a} {local.day} {local:%b %Y, %H:%M} ({_offset(local)})"


def _meeting(brief: Brief, zone: tzinfo | None) -> str:
    """Return when the next step is, by both clocks where theirs is known to be another one."""
    at = brief.decision.next_at
    said = _moment(at, zone)
    theirs = zone_named(brief.lead.time_zone) if brief.lead.time_zone else None
    if at is None or theirs is None:
        return said
    there, here = at.astimezone(theirs), at.astimezone(zone)
    if there.utcoffset() == here.utcoffset():
        return said
    return f"{said}, {there:%a %H:%M} where they are"


def _offset(local: datetime) -> str:
    """Return how a clock differs from UTC, "UTC+5:30": names of zones mean several."""
    minutes = int((local.utcoffset() or timedelta()).total_seconds()) // 60
    if not minutes:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'+' if minutes > 0 else '-'}{hours}" + (f":{rest:02}" if rest else "")


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _escaped(text: str) -> str:
    return _NUMBERED.sub(r"\1\\\2", _MARKUP.sub(r"\\\g<0>", _one_line(text)))
