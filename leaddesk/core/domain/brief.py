# SPDX-License-Identifier: MIT
"""What whoever receives a lead reads: who it is, what was agreed, what was said, what is open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from leaddesk.core.domain.call import Answer
from leaddesk.core.domain.decision import Decision
from leaddesk.core.domain.facts import Heard, ViewLine, in_view
from leaddesk.core.domain.handoff import Handoff
from leaddesk.core.domain.lead import Lead
from leaddesk.core.domain.levels import says_something
from leaddesk.core.domain.playbook import Evidence, Kind, Playbook
from leaddesk.core.domain.wording import short_name

ALSO = "Also said"
"""Title of the section for what has no place in the framework."""

_EVIDENCE_WORDS = {
    Evidence.ASSUMED: "assumed",
    Evidence.SAID: "said",
    Evidence.CONFIRMED: "confirmed",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is known.

    Attributes:
        topic: What it is about, in the words of the playbook it was asked from.
        answer: In words; empty where there are only their own.
        quote: The prospect's own words; empty: none were noted.
        evidence: How well it is known: "assumed", "said", "confirmed".
        at: When it was said.
    """

    topic: str
    answer: str
    quote: str
    evidence: str
    at: datetime


@dataclass(frozen=True, slots=True)
class BriefSection:
    """One criterion of the framework its reader thinks in.

    Attributes:
        level: How well it is known, 0 to 3; None: nothing is.
        open: What is still to be asked, in a few words each.
    """

    title: str
    level: int | None
    findings: tuple[Finding, ...]
    open: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Brief:
    """Everything a hand-off says.

    Attributes:
        framework: In which the sections are, as people call it.
        score: Percent of the points on which it was passed.
        went_against: What was recommended, where the person decided otherwise; else empty.
        points: The checklist: (point, whether it was ticked).
    """

    lead: Lead
    decision: Decision
    handoff: Handoff | None
    framework: str
    score: int
    went_against: str
    points: tuple[tuple[str, bool], ...]
    sections: tuple[BriefSection, ...]

    @property
    def still_unknown(self) -> tuple[str, ...]:
        """What is to be found out, each with the criterion it belongs to."""
        return tuple(
            f"{section.title}: {', '.join(section.open)}"
            for section in self.sections
            if section.open
        )


def sections_of(
    view: Playbook, own: Playbook, said: Sequence[Answer], books: Mapping[str, Playbook]
) -> tuple[BriefSection, ...]:
    """Return each criterion of a playbook with what is known of it and what is open.

    What was said and has no place there comes last, so that nothing is lost.

    Args:
        view: The framework its reader thinks in.
        own: The playbook the lead was passed with.
        said: All facts recorded with a lead, in the order they were recorded.
        books: Fingerprint -> playbook of the answers.
    """
    lines = in_view(view, said, books)
    sections = tuple(_section(view, line) for line in lines)
    placed = {heard.carried.answer.answer_id for line in lines for heard in line.heard}
    rest = tuple(
        _finding(heard)
        for line in in_view(own, said, books)
        for heard in line.heard
        if heard.carried.answer.answer_id not in placed
    )
    return (*sections, BriefSection(ALSO, None, rest, ())) if rest else sections


def points_of(playbook: Playbook, checked: Sequence[str]) -> tuple[tuple[str, bool], ...]:
    """Return the checklist of a playbook, each point with whether it was ticked."""
    return tuple((point, point in checked) for point in playbook.handoff.checklist)


def _section(view: Playbook, line: ViewLine) -> BriefSection:
    criterion = next(one for one in view.criteria if one.id == line.criterion_id)
    known = {heard.carried.answer.question_id for heard in line.heard}
    said = {heard.carried.answer.question_id: heard.carried.answer for heard in line.heard}
    still = tuple(
        short_name(question)
        for question in criterion.questions
        if question.ask
        and (
            question.id not in known
            or (
                question.kind is not Kind.TEXT
                and not says_something(question, said[question.id].value)
            )
        )
    )
    findings = tuple(_finding(heard) for heard in line.heard)
    return BriefSection(criterion.title or criterion.id, line.level, findings, still)


def _finding(heard: Heard) -> Finding:
    answer = heard.carried.answer
    quote = " ".join(answer.note.split())
    if not quote and not heard.label:
        quote = heard.words
    return Finding(heard.topic, heard.label, quote, _EVIDENCE_WORDS[answer.evidence], answer.at)
