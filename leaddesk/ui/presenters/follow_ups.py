# SPDX-License-Identifier: MIT
"""Decides what the Follow-ups view shows, and what its keys do."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from leaddesk.core.domain.follow_ups import FollowUp, FollowUpKind, section
from leaddesk.core.domain.touches import TouchState
from leaddesk.core.services import (
    follow_up_calendar,
    follow_ups,
    handoffs,
    nurturing,
    putting_off,
)
from leaddesk.core.services.follow_ups import COUNTED, PAGE, FollowUpPage
from leaddesk.ui.presenters.dates import read_when, say_when
from leaddesk.ui.presenters.desk import Desk
from leaddesk.ui.presenters.follow_up_lines import (
    CHIP_KINDS,
    CHIP_WORDS,
    Act,
    Chip,
    FollowUpsScreen,
    act_of,
    dateless_lines,
    lines_of,
    reminder,
    snoozed,
)
from leaddesk.ui.presenters.lead_texts import counted
from leaddesk.ui.presenters.mail_link import mail_link
from leaddesk.ui.presenters.steps import Steps

if TYPE_CHECKING:
    from leaddesk.core.services.changes import Changes
    from leaddesk.core.services.workspace import Workspace

FILE_NAME = "follow-ups.ics"
_NO_MAIL = "No mail program could be opened. The text is on the clipboard: paste it where you write"
_HINT = "in 2 days, tomorrow 9:30, 14 Mar"


class FollowUpsPresenter:
    """One per Follow-ups view."""

    def __init__(
        self,
        screen: FollowUpsScreen,
        desk: Desk,
        clock: Callable[[], datetime],
    ) -> None:
        self._screen = screen
        self._desk = desk
        self._clock = clock
        self._mine = True
        self._chip: Chip | None = None
        self._dateless = False
        self._most = PAGE
        self._has_more = False
        self._rows: tuple[FollowUp, ...] = ()
        self._is_shown = False
        self.steps = Steps(desk)

    # What is shown

    def shown(self, *, is_shown: bool) -> None:
        """Read anew whenever the view is opened."""
        self._is_shown = is_shown
        if is_shown:
            self._most = PAGE
            self.refresh()

    def on_changed(self, changes: "Changes") -> None:
        """Read anew what a command anywhere in the window changed."""
        if self._is_shown and changes.what_is_due:
            self.refresh()

    def refresh(self) -> None:
        """Read what is due now."""
        kinds = CHIP_KINDS[self._chip] if self._chip else frozenset(FollowUpKind)
        mine, most, dateless = self._mine, self._most, self._dateless

        def read(work: "Workspace") -> tuple[FollowUpPage, tuple[FollowUp, ...]]:
            page = follow_ups.listing(work, mine=mine, kinds=kinds, most=most)
            return page, tuple(follow_ups.without_date(work, most)) if dateless else page.rows

        self._desk.run(read, self._show)

    def more(self) -> None:
        """Show more lines: somebody came to the end of the list."""
        if self._has_more and not self._dateless:
            self._has_more = False
            self._most += PAGE
            self.refresh()

    def choose(self, chip: Chip) -> None:
        """Show what is mine or everybody's; or only some kinds, and all again."""
        if chip is Chip.MINE:
            self._mine = not self._mine or self._dateless
        else:
            self._chip = None if self._chip is chip else chip
        self._dateless = False
        self._most = PAGE
        self.refresh()

    def choose_dateless(self) -> None:
        """Show the leads that wait without a date, or what is due again."""
        self._dateless = not self._dateless
        self.refresh()

    # What the keys do

    def act(self, key: str) -> None:
        """Do what the button of a line says."""
        one = self._row(key)
        if one is None:
            return
        act = Act.MOVE if self._dateless else act_of(one, section(one, self._clock(), None))
        match act:
            case Act.CALL:
                self._desk.start_call(one.lead_id)
            case Act.COPY:
                self._with_text(one, self._copy)
            case Act.DONE:
                self.done(key)
            case Act.MOVE:
                self.move(key)
            case Act.REMIND:
                self._desk.run(lambda work: work.rep.name, partial(self._remind, one))

    def mail(self, key: str) -> None:
        """Begin the e-mail of a line in the mail program."""
        one = self._row(key)
        if one is None:
            return
        if one.kind is FollowUpKind.UNANSWERED:
            self.act(key)
        elif one.kind is FollowUpKind.TOUCH and one.way == "email":
            self._with_text(one, partial(self._mail, one.email))
        else:
            self._desk.say("There is no e-mail to write here.")

    def snooze(self, key: str) -> None:
        """Let a line come back in an hour, or the next working morning."""
        one = self._row(key)
        if one is not None and not self._is_of_sales(one):
            self._put_off(one, snoozed(one, self._clock()))

    def move(self, key: str, typed: str = "", problem: str = "") -> None:
        """Ask to when a line is to be moved."""
        one = self._row(key)
        if one is None or self._is_of_sales(one):
            return
        what = "Moved to when? They were promised a call." if _is_promise(one) else "Moved to when?"
        self._screen.ask_line(what, _HINT, partial(self._moved, key), typed=typed, problem=problem)

    def done(self, key: str) -> None:
        """Say that a line is done."""
        one = self._row(key)
        if one is None or self._is_of_sales(one):
            return
        if one.kind is not FollowUpKind.TOUCH:
            self._desk.say("A call makes it done: Enter calls, M moves it to another day.")
            return
        self._desk.change(
            lambda work: nurturing.end_touch(work, one.id, TouchState.DONE),
            lambda _touch: self.steps.keep("Done", partial(_reopen, touch_id=one.id)),
        )

    def calendar(self, key: str = "") -> None:
        """Write a line, or all that are shown, to a calendar file."""
        one = self._row(key)
        rows = self._rows if not key else (one,) if one else ()
        if not rows:
            self._desk.say("Nothing is due, so there is nothing to write.")
            return
        self._screen.ask_file(FILE_NAME, partial(self._write, rows))

    # Internal functions

    def _show(self, found: tuple[FollowUpPage, tuple[FollowUp, ...]]) -> None:
        page, self._rows = found
        self._has_more = page.has_more
        now = self._clock()
        local = now.astimezone()
        self._screen.show_day(f"{local:%A} {local.day} {local:%B}")
        kinds = {Chip.MINE: frozenset(FollowUpKind), **CHIP_KINDS}
        texts = {
            chip: f"{CHIP_WORDS[chip]} {_number([page.counts[kind] for kind in kinds[chip]])}"
            for chip in Chip
        }
        if not self._mine:
            texts[Chip.MINE] = f"Everybody\u2019s {texts[Chip.MINE].rpartition(' ')[2]}"
        chosen = {self._chip} if self._chip else set()
        chosen |= {Chip.MINE} if self._mine else set()
        self._screen.show_chips(texts, frozenset(chosen))
        dateless = f"{counted(page.without_date, 'lead')} in nurture without a next date"
        some = bool(page.without_date) or self._dateless
        self._screen.show_dateless(dateless, some=some, chosen=self._dateless)
        if self._rows:
            lines = dateless_lines(self._rows) if self._dateless else lines_of(self._rows, now)
            self._screen.show_lines(tuple(lines))
        else:
            self._screen.show_nothing(*self._why_empty())

    def _why_empty(self) -> tuple[str, str]:
        if self._dateless:
            return "Every lead in nurture has a next date", "Nothing is forgotten."
        if self._chip is not None:
            return "Nothing of this kind is due", "Press the chip again to see all kinds."
        return (
            "Nothing is due",
            "Callbacks, nurture and hand-offs come here as calls end. Ctrl 1 shows whom to call.",
        )

    def _row(self, key: str) -> FollowUp | None:
        return next((one for one in self._rows if one.id == key), None)

    def _is_of_sales(self, one: FollowUp) -> bool:
        if one.kind is not FollowUpKind.UNANSWERED:
            return False
        self._desk.say("This waits for the answer of sales. Enter reminds them.")
        return True

    def _put_off(self, one: FollowUp, until: datetime) -> None:
        said = f"{'Promised call moved' if _is_promise(one) else 'Moved'} to {say_when(until)}"
        if one.kind is FollowUpKind.TOUCH:
            was = one.due_at
            self._desk.change(
                lambda work: nurturing.put_off_touch(work, one.id, until),
                lambda _touch: self.steps.keep(
                    said, partial(_move_back, touch_id=one.id, was=was or until)
                ),
            )
        else:
            self._desk.change(
                lambda work: putting_off.put_off(work, one.lead_id, until),
                lambda event_id: self.steps.keep(
                    said, partial(_take_back, lead_id=one.lead_id, event_id=event_id)
                ),
            )

    def _moved(self, key: str, typed: str) -> None:
        one = self._row(key)
        when = read_when(typed, self._clock())
        if one is None or not typed.strip():
            return
        if when.at is None:
            self.move(key, typed, when.problem)
        else:
            self._put_off(one, when.at)

    def _with_text(self, one: FollowUp, use: Callable[[str], None]) -> None:
        self._desk.run(lambda work: nurturing.touch_text(work, one.id), use)

    def _copy(self, text: str) -> None:
        self._screen.copy(text)
        self._desk.say("The text is on the clipboard. D says that it is sent.")

    def _mail(self, to: str, text: str) -> None:
        if self._screen.open_mail(mail_link(to, text)):
            self._desk.say("Your mail program has the e-mail.")
            return
        self._screen.copy(text)
        self._desk.say(f"{_NO_MAIL}.")

    def _remind(self, one: FollowUp, sender: str) -> None:
        text = reminder(one, sender)
        self._desk.change(lambda work: handoffs.remind(work, one.id))
        if "@" in one.receiver:
            self._mail(one.receiver, text)
            return
        self._screen.copy(text)
        whom = one.receiver or "sales"
        self._desk.say(f"A reminder for {whom} is on the clipboard: paste it where you write.")

    def _write(self, rows: tuple[FollowUp, ...], path: str) -> None:
        self._desk.run(
            lambda work: follow_up_calendar.write(work, Path(path), rows),
            lambda number: self._desk.say(f"{counted(number, 'entry', 'entries')} in {path}"),
        )


def _is_promise(one: FollowUp) -> bool:
    return one.kind is FollowUpKind.CALLBACK


def _number(counts: list[int]) -> str:
    plus = "+" if max(counts) >= COUNTED else ""
    return f"{sum(counts):,}{plus}"


def _reopen(work: "Workspace", touch_id: str) -> "tuple[str, Changes]":
    _, changes = nurturing.reopen_touch(work, touch_id)
    return "It is to be done again.", changes


def _move_back(work: "Workspace", touch_id: str, was: datetime) -> "tuple[str, Changes]":
    changes = putting_off.take_back_touch(work, touch_id, was)[1]
    return "Moved back.", changes


def _take_back(work: "Workspace", lead_id: str, event_id: str) -> "tuple[str, Changes]":
    _, changes = putting_off.take_back(work, lead_id, event_id)
    return "Moved back.", changes
