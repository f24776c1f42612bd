# SPDX-License-Identifier: MIT
"""The command that writes leads to a file."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from leaddesk.cli_output import DONE, WITH_PROBLEMS, Json, say, show, show_json, workspace
from leaddesk.core.domain.verdict import DECISIONS, Verdict
from leaddesk.core.errors import KnownError

if TYPE_CHECKING:
    from leaddesk.core.services.export_leads import ExportCheck

_SHOWN_VALUES = 5


def export(
    context: typer.Context,
    to: Annotated[Path, typer.Option(help="CSV to write.")],
    preset: Annotated[
        str, typer.Option(help="System the file is for; leaddesk: all columns.")
    ] = "leaddesk",
    decision: Annotated[
        str, typer.Option(help="Only leads decided so: pass, nurture or disqualify.")
    ] = "",
    search: Annotated[str, typer.Option(help="Only leads that hold these words.")] = "",
    segment: Annotated[str, typer.Option(help="Only leads of this segment.")] = "",
    spreadsheet_safe: Annotated[
        bool,
        typer.Option(
            "--spreadsheet-safe",
            help="Protect cells a spreadsheet would change; importing the file takes that off.",
        ),
    ] = False,
    as_json: Json = False,
) -> int:
    """Write leads to a CSV, for another system if wanted.

    What the system would refuse or not know is said on standard error.
    """
    from leaddesk.core.services import export_leads, segments

    if segment and (decision or search):
        raise KnownError(
            "A segment says already which leads it holds.", "Leave out --decision and --search."
        )
    wanted = export_leads.ExportOptions(
        preset=preset,
        decision=_decision(decision) if decision else None,
        search=search,
        spreadsheet_safe=spreadsheet_safe,
    )
    with workspace(context, read_only=True) as work:
        if segment:
            wanted = replace(wanted, row_ids=segments.row_ids_of(work, segment))
        check = export_leads.export_check(work, to, wanted)
        for line in _warnings(check):
            say(line)
        report, _ = export_leads.export(work, to, wanted)
    if as_json:
        show_json(
            {
                "rows": report.rows,
                "file": str(report.file),
                "files": [str(file) for file in report.files],
                "left_out": report.left_out,
                "unknown": check.unknown,
                "missing": check.missing,
            }
        )
    else:
        show(f"{report.rows:,} leads written to {', '.join(map(str, report.files))}")
    return WITH_PROBLEMS if check.missing else DONE


def _warnings(check: "ExportCheck") -> list[str]:
    """Return a line for each thing the system will stumble over."""
    lines = [
        f"{number:,} leads are left out: {reason}." for reason, number in check.left_out.items()
    ]
    lines += [
        f"{number:,} leads have no {label}; the system refuses them."
        for label, number in check.missing.items()
    ]
    for label, values in check.unknown.items():
        most = sorted(values.items(), key=lambda found: -found[1])
        shown = ", ".join(f'"{value}" ({number:,})' for value, number in most[:_SHOWN_VALUES])
        more = f" and {len(most) - _SHOWN_VALUES} more" if len(most) > _SHOWN_VALUES else ""
        lines.append(f"{label}: not in the system's list as delivered: {shown}{more}.")
    return lines


def _decision(name: str) -> Verdict:
    for verdict in DECISIONS:
        if verdict.value == name.casefold():
            return verdict
    raise KnownError(f"{name!r} is not a decision.", f"Allowed: {', '.join(DECISIONS)}.")
