# SPDX-License-Identifier: MIT
"""What every panel is: a few choices by key, a few lines to type, Enter and Esc.

A panel decides what it shows and what its keys mean; one widget shows all of them. So the decision,
the result of a call, objections, the jump to another question and the rest work alike.
"""

from dataclasses import dataclass
from typing import Protocol

from leaddesk.core.domain.verdict import Verdict
from leaddesk.ui.presenters.call_screens import Choice

KEYS = "123456789abcdefghijklmnopqrstuvwxyz"
"""One key a choice, in order."""


@dataclass(frozen=True, slots=True)
class PanelField:
    """A line to type in.

    Attributes:
        label: What it is, above the line.
        hint: Shown while it is empty.
    """

    id: str
    label: str
    text: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class PanelRow:
    """A line to read: small words at the left, the text, a figure at the right.

    Attributes:
        tone: How the figure is meant: a `Verdict`, None for neither good nor bad.
    """

    text: str
    left: str = ""
    right: str = ""
    tone: Verdict | None = None
    strong: bool = False


@dataclass(frozen=True, slots=True)
class PanelScreen:
    """What a panel shows, from top to bottom.

    Attributes:
        tone: Colours the title.
        sentence: Under the title; empty: none.
        rows: Lines to read.
        sentence_below: Under the choices: what the one picked does.
        ask: Heading of the choices.
        missing: What is still needed before Enter does something; empty: nothing.
        confirm: What Enter does; empty: there is nothing to confirm, a key does it at once.
        back: What Esc does.
        focus: Id of the field to type in next; empty: keys are choices.
    """

    title: str
    tone: Verdict | None = None
    sentence: str = ""
    rows: tuple[PanelRow, ...] = ()
    ask: str = ""
    choices: tuple[Choice, ...] = ()
    sentence_below: str = ""
    fields: tuple[PanelField, ...] = ()
    missing: str = ""
    confirm: str = ""
    back: str = "Back to call"
    focus: str = ""


class Panel(Protocol):
    """One panel while it is open; it changes with every key."""

    def screen(self) -> PanelScreen:
        """Return what is shown now."""

    def key(self, key: str) -> bool:
        """Take a key that was not typed into a line; return whether it stands for something."""

    def edit(self, field_id: str, text: str) -> None:
        """Take what a line holds now."""

    def confirm(self) -> None:
        """Do what Enter stands for; nothing while something is missing."""


def index_of(key: str, count: int) -> int:
    """Return which of `count` choices a key stands for, -1 for none."""
    found = KEYS.find(key.casefold()) if len(key) == 1 else -1
    return found if found < count else -1


def keys_for(count: int) -> tuple[str, ...]:
    """Return the keys of `count` choices; those beyond the keys there are have none."""
    return (*KEYS[:count], *[""] * max(0, count - len(KEYS)))
