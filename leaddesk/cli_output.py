# SPDX-License-Identifier: MIT
"""What all commands share: the profile they work on, results, messages, exit statuses."""

import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TextIO

import typer
from typer.core import TyperGroup

from leaddesk import resources
from leaddesk.core.errors import KnownError
from leaddesk.core.services.clock import system_clock
from leaddesk.core.services.settings import apply_settings, load_settings
from leaddesk.core.services.workspace import Workspace, open_workspace

if TYPE_CHECKING:
    from leaddesk.core.formats.mistakes import Mistake

DONE, WITH_PROBLEMS, REFUSED = 0, 1, 2
_INTERRUPTED = 130  # what typer makes of Ctrl+C

Json = Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")]


def finished(command: Callable[[], int | None], profile: Callable[[], Path]) -> int:
    """Run a command and return its exit status; what went wrong is said in a sentence.

    Args:
        command: Returns its status, or nothing when all is done.
        profile: Returns the folder for a report of a mistake of ours.
    """
    try:
        status = command() or DONE
        if status != _INTERRUPTED:
            return status
        say("Stopped.")
    except KnownError as error:
        say(str(error))
    except typer.TyperException as error:
        say(_usage(error))
    except (typer.Abort, KeyboardInterrupt):
        say("Stopped.")
    except OSError as error:
        return _of_the_system(error)
    except Exception as error:
        _report(error, profile())
        return WITH_PROBLEMS
    return REFUSED


def say(text: str) -> None:
    """Print a message for people, beside the result."""
    try:
        print(text, file=sys.stderr)  # noqa: T201 - the command line speaks
    except OSError:
        _nobody_reads(sys.stderr)


def show(text: str) -> None:
    """Print a part of the result."""
    print(text, flush=True)  # noqa: T201 - the command line speaks


@contextmanager
def workspace(context: typer.Context, *, read_only: bool) -> Iterator[Workspace]:
    """Yield the profile of the command, with its settings in force."""
    with open_workspace(context.obj, resources.texts, read_only=read_only) as work:
        settings, warnings = load_settings(context.obj)
        for warning in warnings:
            say(warning)
        apply_settings(work, settings)
        yield work


def show_json(document: object) -> None:
    """Print the one JSON document of a command."""
    show(json.dumps(document, ensure_ascii=False, indent=2))


def show_mistakes(file: Path, mistakes: "Sequence[Mistake]", *, as_json: bool) -> None:
    """Print what is wrong with a file, each with its line, and how much that is."""
    if as_json:
        found = [plain({**asdict(one), "severity": one.severity}) for one in mistakes]
        show_json({"mistakes": found})
        return
    for mistake in mistakes:
        show(mistake.sentence)
    things = "thing" if len(mistakes) == 1 else "things"
    say(f"{file}: " + (f"{len(mistakes)} {things} to look at" if mistakes else "all is well"))


def plain(value: object) -> Any:  # noqa: ANN401 - whatever JSON can hold
    """Return a value of ours as JSON can hold it; enums are texts already."""
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value) if isinstance(value, Path) else value


def _usage(error: typer.TyperException) -> str:
    """Return what is wrong with the arguments, and where help is."""
    text = error.format_message()
    context: typer.Context | None = getattr(error, "ctx", None)
    if context is None:
        return f"{text.rstrip('.')}. leaddesk --help lists the commands."
    if text == context.get_help():
        return text
    ending = (
        "lists the commands" if isinstance(context.command, TyperGroup) else "says what it takes"
    )
    return f"{text.rstrip('.')}. {context.command_path} --help {ending}."


def _of_the_system(error: OSError) -> int:
    if error.filename is not None:
        say(
            f"{error.filename} cannot be used: {error.strerror}. Check the path and who may use it."
        )
        return REFUSED
    # Without a name it is our output that failed; what waits to be written would fail at exit.
    _nobody_reads(sys.stdout)
    if not isinstance(error, BrokenPipeError):  # `| head` has seen enough
        say(f"The work is done, but its result could not be written: {error.strerror}.")
    return WITH_PROBLEMS


def _nobody_reads(stream: TextIO) -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _report(error: Exception, profile: Path) -> None:
    from leaddesk.core.services.crash_report import report_text, write_report

    now = system_clock()
    path = write_report(profile, report_text(error, now), now)
    say(
        "Something went wrong inside leaddesk. What was there before is still there."
        + (f" A report without lead data is in {path}." if path else "")
    )
