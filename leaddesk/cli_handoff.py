# SPDX-License-Identifier: MIT
"""The command that gives the brief of a passed lead."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from leaddesk.cli_output import DONE, Json, say, show, show_json, workspace

if TYPE_CHECKING:
    from leaddesk.core.domain.brief import Brief
    from leaddesk.core.services.workspace import Workspace

PDF = ".pdf"


def handoff(
    context: typer.Context,
    lead: Annotated[str, typer.Argument(help="Id of a lead that was passed to sales.")],
    to: Annotated[
        Path | None,
        typer.Option(help="Write it there: .html, .pdf, .md, .txt, .csv or .vcf.", readable=False),
    ] = None,
    as_json: Json = False,
) -> int:
    """Print what the receiver of a passed lead reads, or write it to a file."""
    from leaddesk.core.services import briefs

    with workspace(context, read_only=True) as work:
        brief = briefs.brief_of(work, lead)
        text = briefs.text_of(work, brief, briefs.BriefForm.MARKDOWN)
        if to is not None:
            if to.suffix.casefold() == PDF:
                _write_pdf(work, brief, to)
            else:
                briefs.save(work, brief, to)
    if as_json:
        show_json(
            {
                "lead_id": brief.lead.lead_id,
                "decision_id": brief.decision.decision_id,
                "receiver": brief.handoff.receiver if brief.handoff else "",
                "score": brief.score,
                "next_step": brief.decision.next_step,
                "still_unknown": brief.still_unknown,
                "file": str(to) if to else None,
                "markdown": text,
            }
        )
    elif to is None:
        show(text.rstrip("\n"))
    else:
        say(f"Written to {to}")
    return DONE


def _write_pdf(work: "Workspace", brief: "Brief", path: Path) -> None:
    """Write a PDF: the one thing here that needs Qt, imported only then."""
    from leaddesk.core.services import briefs
    from leaddesk.ui import documents

    html = briefs.text_of(work, brief, briefs.BriefForm.HTML)
    documents.write_pdf_without_window(html, brief.lead.name, path)
