# SPDX-License-Identifier: MIT
"""Commands about calling: who is next and why, what leads did, and what sales said of them."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from leaddesk.cli_output import DONE, WITH_PROBLEMS, Json, plain, say, show, show_json, workspace


def queue(
    context: typer.Context,
    limit: Annotated[int, typer.Option(min=1, help="At most so many.")] = 20,
    as_json: Json = False,
) -> None:
    """List who is to be called next, and why; say who is held back."""
    from leaddesk.core.domain.queue import held_words
    from leaddesk.core.services import lead_list
    from leaddesk.core.services import queue as queues

    with workspace(context, read_only=True) as work:
        page = queues.top(work, limit)
        rows = lead_list.rows(work, page.row_ids)
        counts = queues.counts(work)
    if as_json:
        leads = [
            {"lead_id": row.lead_id, "name": row.name, "why": row.note, "urgent": row.is_urgent}
            for row in rows
        ]
        held = {cause.value: count for cause, count in counts.held.items()}
        show_json({"count": counts.now, "held": held, "leads": leads})
        return
    for row in rows:
        show(f"{row.lead_id}  {row.grade or '-':3} {row.note:22} {row.name}  {row.phone}")
    say(
        f"{counts.now:,} to call now"
        + (f", held back: {held_words(counts.held)}" * bool(counts.held))
    )


def activities(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="CSV of what leads did, and when.", readable=False)],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would happen.")] = False,
    as_json: Json = False,
) -> int:
    """Take in what leads did; rows that can't be used go to a file beside it, with the reason."""
    from leaddesk.core.services import import_activities

    with workspace(context, read_only=dry_run) as work:
        if dry_run:
            found = import_activities.look(work, file)
            if found is None:
                raise import_activities.no_list(file)
            report = found
        else:
            report = import_activities.run(work, file)[0]
    if as_json:
        show_json(plain(asdict(report)))
    else:
        show(import_activities.report_in_words(report))
    return WITH_PROBLEMS if report.rejected else DONE


def outcomes(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="CSV of what sales said.", readable=False)],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would happen.")] = False,
    as_json: Json = False,
) -> int:
    """Take in what sales said; rows that can't be used go to a file beside it, with the reason."""
    from leaddesk.core.services import import_outcomes

    with workspace(context, read_only=dry_run) as work:
        if dry_run:
            found = import_outcomes.look(work, file, is_said=True)
            if found is None:
                raise import_outcomes.no_list(file)
            report = found
        else:
            report = import_outcomes.run(work, file, is_said=True)[0]
    if as_json:
        show_json(plain(asdict(report)))
    else:
        show(import_outcomes.report_in_words(report))
    return WITH_PROBLEMS if report.rejected else DONE
