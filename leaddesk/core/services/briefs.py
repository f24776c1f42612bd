# SPDX-License-Identifier: MIT
"""What the receiver of a lead reads, put together from what is stored; and written to a file."""

import io
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from leaddesk.core.domain.brief import Brief, points_of, sections_of
from leaddesk.core.domain.verdict import Verdict
from leaddesk.core.domain.wording import VERDICT_NAMES
from leaddesk.core.errors import KnownError
from leaddesk.core.services import calling, handoffs, playbooks
from leaddesk.core.services.calls import facts_in
from leaddesk.core.services.whole_file import whole_file

if TYPE_CHECKING:
    from leaddesk.core.domain.playbook import Playbook
    from leaddesk.core.services.workspace import Workspace


class BriefForm(StrEnum):
    """What a brief can be written as; the values are the ends of file names."""

    HTML = "html"
    MARKDOWN = "md"
    TEXT = "txt"
    CSV = "csv"
    CARD = "vcf"


def brief_of(work: "Workspace", lead_id: str) -> Brief:
    """Return what the receiver of a lead reads: the last pass that stands, and what it rests on.

    Raises:
        KnownError: there is no such lead, or it was never passed.
    """
    with work.store.read() as unit:
        lead = calling.lead_of(unit, lead_id)
        passed = [
            one
            for one in unit.decisions.standing_of_lead(lead.lead_id)
            if one.decided is Verdict.PASS
        ]
        if not passed:
            raise KnownError(
                f"{lead.name or 'This lead'} was not passed to sales.",
                "Call, then decide with Alt+P.",
            )
        decision = passed[-1]
        playbook = playbooks.of_unit(work, unit, decision.playbook_fingerprint)
        facts, books = facts_in(work, unit, lead.lead_id)
        handoff = handoffs.standing(unit, lead.lead_id)
    # What was said since is not what it was passed on.
    known = [fact for fact in facts if fact.at <= decision.at]
    view = _view(work, playbook)
    mine = handoff if handoff and handoff.decision_id == decision.decision_id else None
    against = decision.decided is not decision.recommended
    return Brief(
        lead,
        decision,
        mine,
        view.framework or view.title,
        max(0, decision.earned * 100 // decision.most) if decision.most > 0 else 0,
        VERDICT_NAMES[decision.recommended].lower() if against else "",
        points_of(playbook, mine.checked if mine else ()),
        sections_of(view, playbook, known, books),
    )


def text_of(work: "Workspace", brief: Brief, form: BriefForm) -> str:
    """Return a brief as text; times are those of this computer's zone."""
    from leaddesk.core.formats import contact_card, handoff
    from leaddesk.core.formats.csv_writer import write_csv

    match form:
        case BriefForm.HTML:
            return handoff.html(brief, work.texts("templates", ".html")["handoff"], None)
        case BriefForm.MARKDOWN:
            return handoff.markdown(brief, None)
        case BriefForm.TEXT:
            return handoff.plain(brief, None)
        case BriefForm.CSV:
            stream = io.StringIO()
            write_csv(stream, handoff.CSV_HEADER, [handoff.csv_row(brief)])
            return stream.getvalue()
        case BriefForm.CARD:
            return contact_card.contact_card(brief.lead)


def form_of(path: Path) -> BriefForm:
    """Return what a file of this name holds.

    Raises:
        KnownError: its name does not say.
    """
    ending = path.suffix.casefold().removeprefix(".")
    if ending not in set(BriefForm):
        allowed = ", ".join(f".{form.value}" for form in BriefForm)
        raise KnownError(
            f"The end of the name {path.name} does not say what to write.",
            f"Use {allowed} or .pdf.",
        )
    return BriefForm(ending)


def save(work: "Workspace", brief: Brief, path: Path) -> Path:
    """Write a brief as the end of the file's name says; return the path.

    Raises:
        KnownError: the name does not say, or the file cannot be written; then nothing was.
    """
    text = text_of(work, brief, form_of(path))
    with whole_file(path) as stream:
        stream.write(text)
    return path


def _view(work: "Workspace", playbook: "Playbook") -> "Playbook":
    """Return the framework the receiver reads in; the call's own where none is named."""
    wanted = playbook.handoff.view
    found = (view for view in playbooks.views(work) if view.id == wanted)
    return next(found, playbook)
