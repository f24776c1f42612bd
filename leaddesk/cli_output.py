# SPDX-License-Identifier: MIT
"""What all commands share: the profile they work on, results, messages, exit statuses."""

import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from leaddesk import resources
from leaddesk.core.services.settings import apply_settings, load_settings
from leaddesk.core.services.workspace import Workspace, open_workspace

DONE, WITH_PROBLEMS, REFUSED = 0, 1, 2

Json = Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")]


def say(text: str) -> None:
    """Print a message for people, beside the result."""
    print(text, file=sys.stderr)  # noqa: T201 - the command line speaks


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


def plain(value: object) -> Any:  # noqa: ANN401 - whatever JSON can hold
    """Return a value of ours as JSON can hold it; enums are texts already."""
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value) if isinstance(value, Path) else value
