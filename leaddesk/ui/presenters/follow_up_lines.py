# SPDX-License-Identifier: MIT
"""Follow-ups as the lines of their view, and what the view can show."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from leaddesk.core.domain.follow_up_words import NAMELESS, words
from leaddesk.core.domain.follow_ups import (
    OF_CALLBACKS,
    OF_HANDOFFS,
    OF_NURTURE,
    SECTION_WORDS,
    FollowUp,
    FollowUpKind,
    Section,
    any_time,
    section,
)

_HOUR = timedelta(hours=1)
_DAY_STARTS = 9
_SATURDAY = 5


class Chip(StrEnum):
    """What can be chosen above the list."""

    MINE = "mine"
    CALLBACKS = "callbacks"
    NURTURE = "nurture"
    HANDOFFS = "handoffs"


CHIP_KINDS = {
    Chip.CALLBACKS: OF_CALLBACKS,
    Chip.NURTURE: OF_NURTURE,
    Chip.HANDOFFS: OF_HANDOFFS,
}
CHIP_WORDS = {
    Chip.MINE: "Mine",
    Chip.CALLBACKS: "Callbacks",
    Chip.NURTURE: "Nurture",
    Chip.HANDOFFS: "Hand-offs",
}


class Act(StrEnum):
    """What the first key does; the values are the words on the button."""

    CALL = "Call"
    COPY = "Copy text"
    DONE = "Done"
    MOVE = "Move"
    REMIND = "Remind"


@dataclass(frozen=True, slots=True)
class FollowUpLine:
    """One line of the list; a heading has a title alone.

    Attributes:
        id: Of what is due; empty for a heading.
    """

    title: str
    id: str = ""
    when: str = ""
    detail: str = ""
    company: str = ""
    grade: str = ""
    act: Act | None = None
    is_late: bool = False

    @property
    def spoken(self) -> str:
        """The line as it is read aloud."""
        if not self.id:
            return self.title
        grade = f"grade {self.grade}" if self.grade else ""
        late = f"late, {self.when}" if self.is_late else self.when
        act = f"Enter: {self.act}" if self.act else ""
        parts = (late, self.title, self.company, grade, self.detail, act)
        return ", ".join(part for part in parts if part)


class FollowUpsScreen(Protocol):
    """What the view can show."""

    def show_day(self, text: str) -> None:
        """Show which day it is."""

    def show_lines(self, lines: Sequence[FollowUpLine]) -> None:
        """Show what is due; the chosen line stays chosen where it is there still."""

    def show_nothing(self, what: str, todo: str) -> None:
        """Say why the list is empty."""

    def show_chips(self, texts: dict[Chip, str], chosen: frozenset[Chip]) -> None:
        """Show what can be chosen, with counts."""

    def show_dateless(self, text: str, *, some: bool, chosen: bool) -> None:
        """Show how many leads wait without a date."""

    def ask_line(
        self,
        what: str,
        hint: str,
        done: Callable[[str], object],
        *,
        typed: str = "",
        problem: str = "",
    ) -> None:
        """Ask for a line of text."""

    def ask_file(self, proposed: str, done: Callable[[str], object]) -> None:
        """Ask where a calendar file goes."""

    def copy(self, text: str) -> None:
        """Put a text on the clipboard."""

    def open_mail(self, link: str) -> bool:
        """Open the mail program; False: there is none."""


def lines_of(rows: Sequence[FollowUp], now: datetime) -> Iterator[FollowUpLine]:
    """Yield the lines of follow-ups in their order, each part under its heading."""
    last: Section | None = None
    for one in rows:
        place = section(one, now, None)
        if place is not last:
            last = place
            yield FollowUpLine(SECTION_WORDS[place], is_late=place is Section.LATE)
        said = words(one, now, None)
        company = one.company if one.company != one.name else ""
        yield FollowUpLine(
            said.title, one.id, said.when, said.detail, company, one.grade,
            act_of(one, place), said.is_late,
        )  # fmt: skip


def dateless_lines(rows: Sequence[FollowUp]) -> Iterator[FollowUpLine]:
    """Yield the lines of leads that wait without a date: a fault, mended by giving them one."""
    yield FollowUpLine("In nurture without a next date", is_late=True)
    for one in rows:
        company = one.company if one.company != one.name else ""
        title = f"No next date, {one.name or one.company or NAMELESS}"
        yield FollowUpLine(
            title, one.id, "no date", f"{one.note}.", company, one.grade, Act.MOVE, is_late=True
        )


def act_of(one: FollowUp, place: Section) -> Act:
    """Return what the first key does."""
    match one.kind:
        case FollowUpKind.TOUCH:
            return {"email": Act.COPY, "call": Act.CALL}.get(one.way, Act.DONE)
        case FollowUpKind.UNANSWERED:
            return Act.REMIND
        case FollowUpKind.RETRY:
            return Act.MOVE if place is Section.LATER else Act.CALL
        case _:
            return Act.CALL


def snoozed(one: FollowUp, now: datetime) -> datetime:
    """Return when a follow-up comes back: in an hour, or the next working morning.

    Whoever has a time of their own waits for an hour; the others do for a day.
    """
    start = max(now, one.due_at or now)
    if not any_time(one) and one.due_at is not None:
        return start.replace(second=0, microsecond=0) + _HOUR
    day = start.astimezone() + timedelta(days=1)
    while day.weekday() >= _SATURDAY:
        day += timedelta(days=1)
    naive = day.replace(hour=_DAY_STARTS, minute=0, second=0, microsecond=0, tzinfo=None)
    return naive.astimezone()


def reminder(one: FollowUp, sender: str) -> str:
    """Return the words that remind sales of a lead."""
    who = " of ".join(part for part in (one.name, one.company) if part) or "the lead"
    since = f" on {one.clock.since.astimezone():%d %b}" if one.clock else ""
    by = f" by {one.due_at.astimezone():%d %b, %H:%M}" if one.due_at else ""
    return (
        f"Subject: {who} waits for your answer\n"
        f"{who} was passed to you{since} and was to be accepted{by}.\n"
        "Will you take this lead, or return it with a reason?\n"
        f"{sender}"
    ).rstrip()
