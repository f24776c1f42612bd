# SPDX-License-Identifier: MIT
"""One thing to do while a lead waits: an e-mail, a call or a task of its track."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from leaddesk.core.domain.script import PartKind, render
from leaddesk.core.domain.wording import listed


class TouchKind(StrEnum):
    """What is to be done."""

    EMAIL = "email"
    CALL = "call"
    TASK = "task"


class TouchState(StrEnum):
    """How far it is."""

    OPEN = "open"
    DONE = "done"
    SKIPPED = "skipped"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Touch:
    """One step of a track, for one lead.

    Attributes:
        number: Place in the track, 0 first.
        template: Text with merge fields, as the playbook had it.
        due_for: Name of the rep it is for; empty: anybody.
        state: DROPPED where the wait ended before it was done.
        ended_at: When it was done, skipped or dropped; None while open.
        by: Who did or skipped it.
    """

    touch_id: str
    nurture_id: str
    lead_id: str
    number: int
    kind: TouchKind
    template: str
    due_at: datetime
    due_for: str = ""
    state: TouchState = TouchState.OPEN
    ended_at: datetime | None = None
    by: str = ""


@dataclass(frozen=True, slots=True)
class TouchText:
    """The words of a touch, ready to be sent.

    Attributes:
        lacking: What a merge field asked for and nobody knows, in words, each once.
    """

    text: str
    lacking: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """What was left out; empty: nothing."""
        return f"Left out, because it is not known: {listed(self.lacking)}." if self.lacking else ""


def touch_words(template: str, values: Mapping[str, str]) -> TouchText:
    """Return a template with its merge fields filled in; one without a value is left out.

    Args:
        template: As the playbook had it.
        values: Field name -> value, as `script.merge_fields` gives it.
    """
    text, lacking = "", []
    was_left_out = False
    for part in render(template, values):
        if part.kind is PartKind.MISSING:
            lacking.append(part.text.removesuffix("?"))
            was_left_out = True
            continue
        # "Hello {{ lead.first_name }}, ..." is to be "Hello, ...".
        if was_left_out and text.endswith(" ") and part.text[0] in _AFTER_A_WORD:
            text = text[:-1]
        text += part.text
        was_left_out = False
    return TouchText(text.strip(), tuple(dict.fromkeys(lacking)))


_AFTER_A_WORD = " ,.;:!?)\n"
"""What does not follow a blank."""
