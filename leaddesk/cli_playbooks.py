# SPDX-License-Identifier: MIT
"""Commands about playbooks and calling rules: what a team agrees on before it calls."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from leaddesk import resources
from leaddesk.cli_output import (
    DONE,
    REFUSED,
    WITH_PROBLEMS,
    Json,
    plain,
    say,
    show,
    show_json,
    show_mistakes,
    workspace,
)
from leaddesk.core.domain.playbook import Playbook
from leaddesk.core.errors import KnownError
from leaddesk.core.services.whole_file import read_if_there, read_whole

playbook_app = typer.Typer(no_args_is_help=True, help="List, check, show and publish playbooks.")
calling_app = typer.Typer(no_args_is_help=True, help="Show and check the rules of calling.")


@playbook_app.command("list")
def list_playbooks(as_json: Json = False) -> None:
    """List the shipped playbooks."""
    books = [playbook_named(path.stem) for path in resources.files("playbooks", ".toml")]
    if as_json:
        keys = ("id", "version", "title", "framework", "fingerprint")
        show_json({"playbooks": [{key: getattr(book, key) for key in keys} for book in books]})
        return
    for book in books:
        show(f"{book.id} v{book.version}  {book.title}")


@playbook_app.command("check")
def check_playbook(
    file: Annotated[
        Path, typer.Argument(help="A TOML file, or the id of a shipped playbook.", readable=False)
    ],
    as_json: Json = False,
) -> int:
    """Say everything that is wrong with a playbook, and where."""
    from leaddesk.core.formats import playbook_toml
    from leaddesk.core.formats.mistakes import Severity

    mistakes = playbook_toml.check_playbook(playbook_text(str(file))[1])
    show_mistakes(file, mistakes, as_json=as_json)
    if any(mistake.severity is Severity.ERROR for mistake in mistakes):
        return REFUSED
    return WITH_PROBLEMS if mistakes else DONE


@playbook_app.command("show")
def show_playbook(
    playbook: Annotated[str, typer.Argument(metavar="ID", help="Id of a shipped playbook.")],
    as_json: Json = False,
) -> None:
    """Print a playbook."""
    if as_json:
        show_json(plain(asdict(playbook_named(playbook))))
    else:
        show(playbook_text(playbook)[1])


@playbook_app.command("publish")
def publish_playbook(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A TOML file without mistakes.", readable=False)],
    as_json: Json = False,
) -> None:
    """Put a playbook into the profile, for everybody who calls from it."""
    from leaddesk.core.services import playbooks

    name, text = playbook_text(str(file))
    with workspace(context, read_only=False) as work:
        book = playbooks.publish(work, name, text)
    if as_json:
        show_json({"id": book.id, "version": book.version, "fingerprint": book.fingerprint})
    else:
        show(f"{book.id} v{book.version} is published.")


@calling_app.command("show")
def show_calling(context: typer.Context, as_json: Json = False) -> None:
    """Print the rules in force: those that ship, then the profile's own."""
    from leaddesk.core.services.calling import OWN_RULES, rules

    if as_json:
        with workspace(context, read_only=True) as work:
            show_json(plain(asdict(rules(work))))
        return
    own = context.obj / OWN_RULES
    text = read_if_there(own)
    show(resources.texts("calling", ".toml")["calling"].rstrip())
    if text is not None:
        show(f"\n# {own}\n{text.rstrip()}")


@calling_app.command("check")
def check_calling(
    file: Annotated[Path, typer.Argument(help="A file of calling rules.", readable=False)],
    as_json: Json = False,
) -> int:
    """Say everything that is wrong with a file of calling rules, and where."""
    from leaddesk.core.formats import calling_toml

    shipped = resources.texts("calling", ".toml")
    base = calling_toml.read_calling(shipped["zones"], "zones.toml")
    base = calling_toml.read_calling(shipped["calling"], "calling.toml", base)
    mistakes = calling_toml.check_calling(read_whole(file), base)
    show_mistakes(file, mistakes, as_json=as_json)
    return REFUSED if mistakes else DONE


def playbook_named(name: str) -> Playbook:
    """Return a playbook of a file, or a shipped one by id.

    Raises:
        KnownError: there is none, or it has mistakes, which are printed.
    """
    from leaddesk.core.formats.mistakes import PlaybookErrors
    from leaddesk.core.formats.playbook_toml import read_playbook

    source, text = playbook_text(name)
    try:
        return read_playbook(text, source)
    except PlaybookErrors as errors:
        for mistake in errors.mistakes:
            say(mistake.sentence)
        raise


def playbook_text(name: str) -> tuple[str, str]:
    """Return (name, text) of a playbook file, or of a shipped playbook by id or file name."""
    path = Path(name)
    if path.suffix != ".toml":
        shipped = resources.files("playbooks", ".toml")
        # The last of an id is its newest version.
        found = [one for one in shipped if name in (one.stem, one.stem.rpartition("-v")[0])]
        if not found:
            known = ", ".join(one.stem for one in shipped)
            what = f"There is no playbook {name!r}."
            raise KnownError(what, f"Shipped are: {known}. Or name a .toml file.")
        path = found[-1]
    return str(path), read_whole(path)
