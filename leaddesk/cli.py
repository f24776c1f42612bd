# SPDX-License-Identifier: MIT
"""The commands without a window. Results go to standard output, messages to standard error.

Exit status: 0 done, 1 done with problems, 2 refused with nothing changed.
"""

import json
import os
import sys
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from leaddesk import __version__
from leaddesk.cli_calls import activities, outcomes, queue
from leaddesk.cli_duplicates import duplicates, merge, not_the_same, undo_merge
from leaddesk.cli_export import export
from leaddesk.cli_handoff import handoff
from leaddesk.cli_output import (
    DONE,
    WITH_PROBLEMS,
    Json,
    finished,
    plain,
    say,
    show,
    show_json,
    workspace,
)
from leaddesk.cli_playbooks import calling_app, playbook_app, playbook_named
from leaddesk.core.domain.merge import OnMatch
from leaddesk.core.services.clock import system_clock
from leaddesk.core.services.whole_file import cannot_be_read
from leaddesk.core.services.workspace import default_profile, named_profile

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

PROFILE_VARIABLE = "LEADDESK_PROFILE"

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Qualify leads on the phone. Without a command, leaddesk opens its window; with --demo "
    "on throw-away demo data; --self-test checks the program itself.",
)
app.add_typer(playbook_app, name="playbook")
app.add_typer(calling_app, name="calling")
app.command()(queue)
app.command()(activities)
app.command()(outcomes)
app.command()(export)
app.command()(handoff)
for _command in (duplicates, merge, undo_merge, not_the_same):
    app.command()(_command)


def main(arguments: list[str]) -> int:
    """Run one command and return its exit status."""
    front, rest = _profile_first(arguments)
    return finished(
        lambda: app([*front, *rest], "leaddesk", standalone_mode=False), lambda: _profile_of(front)
    )


def _show_version(value: bool) -> None:  # noqa: FBT001 - typer calls it so
    if value:
        show(f"leaddesk {__version__}")
        raise typer.Exit


@app.callback()
def common(
    context: typer.Context,
    profile: Annotated[
        Path | None,
        typer.Option(envvar=PROFILE_VARIABLE, help="Folder of another profile.", readable=False),
    ] = None,
    _version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version."),
    ] = False,
) -> None:
    """Remember the profile for the command that follows."""
    context.obj = named_profile(profile) if profile else default_profile()


@app.command("import")
def import_(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="CSV to take in.", readable=False)],
    preset: Annotated[str, typer.Option(help="System it comes from.")] = "auto",
    on_match: Annotated[
        OnMatch, typer.Option(help="What to do with leads that are there already.")
    ] = OnMatch.FILL,
    country: Annotated[
        str, typer.Option(help="Two letters, for phone numbers without a country code.")
    ] = "",
    encoding: Annotated[str, typer.Option(help="If it is not recognised rightly.")] = "",
    delimiter: Annotated[str, typer.Option(help="If it is not recognised rightly.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would happen.")] = False,
    as_json: Json = False,
) -> int:
    """Take in a CSV; rows that can't be used go to a file beside it, with the reason."""
    from leaddesk.core.services import import_leads, import_taking
    from leaddesk.core.services.import_leads import ImportOptions

    options = ImportOptions(preset, on_match, country.upper(), encoding, delimiter)
    with workspace(context, read_only=dry_run) as work:
        preview = import_leads.preview(work, file, options)
        report = import_leads.report_of(preview)
        if dry_run:
            import_leads.discard(preview)
        else:
            report, _ = import_taking.run(work, preview)
    if as_json:
        show_json(import_leads.report_to_json(report))
    else:
        show(import_leads.report_in_words(report, dry_run=dry_run))
    return WITH_PROBLEMS if report.rejected else DONE


@app.command()
def imports(context: typer.Context, as_json: Json = False) -> None:
    """List what was imported, the latest first."""
    from leaddesk.core.services import import_history

    with workspace(context, read_only=True) as work:
        batches = import_history.history(work)
    if as_json:
        show_json({"imports": [plain(asdict(batch)) for batch in batches]})
        return
    for batch in batches:
        undone = "  taken back" if batch.undone_at else ""
        show(f"{batch.batch_id}  {batch.at:%Y-%m-%d %H:%M}  {batch.file_name}{undone}")


@app.command()
def undo_import(
    context: typer.Context,
    batch: Annotated[str, typer.Argument(help="Its id, as imports lists it.")],
    as_json: Json = False,
) -> int:
    """Take an import back; leads that something happened with since stay, and are named."""
    from leaddesk.core.services import import_history

    with workspace(context, read_only=False) as work:
        report, _ = import_history.undo(work, batch)
    if as_json:
        show_json(
            {
                "removed": report.removed,
                "restored": report.restored,
                "kept": [lead.lead_id for lead in report.kept],
            }
        )
    else:
        show(import_history.undo_in_words(report))
    return WITH_PROBLEMS if report.kept else DONE


@app.command()
def leads(
    context: typer.Context,
    search: Annotated[str, typer.Option(help="Only leads that hold these words.")] = "",
    segment: Annotated[str, typer.Option(help="Only leads of this segment, by name or id.")] = "",
    limit: Annotated[int, typer.Option(min=0, help="At most so many; 0: all.")] = 0,
    as_json: Json = False,
) -> None:
    """List leads, those to call first at the top."""
    from leaddesk.core.domain.lead_query import LeadQuery
    from leaddesk.core.services import lead_list, segments

    with workspace(context, read_only=True) as work:
        query = segments.query_of(work, segment) if segment else LeadQuery()
        if search:
            query = query._replace(search=f"{query.search} {search}".strip())
        row_ids = lead_list.find(work, query)
        shown = row_ids[:limit] if limit else row_ids
        found = lead_list.leads(work, shown)
    if as_json:
        show_json({"count": len(row_ids), "leads": [plain(asdict(lead)) for lead in found]})
        return
    for lead in found:
        line = "  ".join(part for part in (lead.company, lead.phone, lead.email) if part)
        show(f"{lead.lead_id}  {lead.grade or '-':3} {lead.status:16} {lead.name}  {line}")
    say(f"{len(row_ids):,} leads")


@app.command()
def lead(
    context: typer.Context,
    lead_id: Annotated[str, typer.Argument(metavar="ID", help="Id of the lead.")],
    as_json: Json = False,
) -> None:
    """Show one lead with everything about it."""
    from leaddesk.core.services import lead_page

    with workspace(context, read_only=True) as work:
        page = lead_page.page_of(work, lead_id)
    fields = plain(asdict(page.lead))
    if as_json:
        show_json({"lead": fields, "timeline": [plain(asdict(e)) for e in page.timeline]})
        return
    for name, value in fields.items():
        if value not in ("", None, [], {}, False):
            show(f"{name}: {value}")
    for entry in page.timeline:
        show(f"{entry.at:%Y-%m-%d %H:%M}  {entry.text}")


@app.command()
def assess(
    playbook: Annotated[str, typer.Argument(help="Id of a shipped playbook, or a TOML file.")],
    cases: Annotated[
        Path | None,
        typer.Option(help="One JSON case a line; else standard input.", readable=False),
    ] = None,
    _as_json: Annotated[bool, typer.Option("--json", hidden=True)] = False,
) -> int:
    """Assess cases: one JSON object a line in, one a line out."""
    from leaddesk.core.formats.assessment_json import CaseError, assess_line

    book = playbook_named(playbook)
    status = DONE
    with _cases(cases) as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            result: Mapping[str, object]
            try:
                result = assess_line(book, line, system_clock())
            except CaseError as error:
                result, status = {"error": str(error), "line": number}, WITH_PROBLEMS
            show(json.dumps(result, ensure_ascii=False))
    return status


@app.command()
def verify(context: typer.Context, as_json: Json = False) -> int:
    """Recompute every decision, and check the database."""
    from leaddesk.core.services.verify import verify as verify_profile

    with workspace(context, read_only=True) as work:
        report = verify_profile(work)
    if as_json:
        show_json(plain(asdict(report)))
    else:
        show(f"{report.decisions:,} decisions recomputed, {len(report.differences)} differ")
        show(f"database: {report.integrity}\nstate: {report.state}")
        for one in report.differences:
            show(f"{one.decision_id} {one.field}: {one.recorded}, now {one.recomputed}")
    return WITH_PROBLEMS if report.differences or report.integrity != "ok" else DONE


@contextmanager
def _cases(file: Path | None) -> "Iterator[Iterable[str]]":
    """Give the lines of a file; without one, or for "-", those of standard input."""
    if file is None or str(file) == "-":
        yield sys.stdin or ()
        return
    try:
        stream = file.open(encoding="utf-8-sig", errors="replace")
    except OSError as error:
        raise cannot_be_read(file, error) from error
    with stream:
        yield stream


def _profile_first(arguments: list[str]) -> tuple[list[str], list[str]]:
    """Return `--profile DIR`, wherever it stands, and the other arguments."""
    front: list[str] = []
    rest: list[str] = []
    waiting = iter(arguments)
    for argument in waiting:
        if argument == "--profile":
            front += [argument, *[value for value in [next(waiting, None)] if value is not None]]
        elif argument.startswith("--profile="):
            front.append(argument)
        else:
            rest.append(argument)
    return front, rest


def _profile_of(front: list[str]) -> Path:
    """Return the profile that is meant, for a report."""
    named = front[-1].removeprefix("--profile=") if front else os.environ.get(PROFILE_VARIABLE, "")
    return named_profile(Path(named)) if named else default_profile()
