# SPDX-License-Identifier: MIT
"""The page of a company: its contacts, and what a key does to the others; what is told of them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from leaddesk.core.domain.queue import Due
from leaddesk.core.domain.wording import VERDICT_NAMES
from leaddesk.core.services import companies
from leaddesk.core.services.companies import Company, CompanyMove, Contact
from leaddesk.ui.presenters.dates import say_when
from leaddesk.ui.presenters.desk import Desk
from leaddesk.ui.presenters.row_texts import STATUS_WORDS, day

if TYPE_CHECKING:
    from leaddesk.core.services.changes import Changes
    from leaddesk.core.services.workspace import Workspace

_AT_A_TIME = frozenset({Due.CALLBACK, Due.NURTURE, Due.RETRY})
"""What was due since a moment is told; for the rest any time will do."""

HEADINGS = ("Name", "Status", "Last call", "Decision", "Due", "Referral")


@dataclass(frozen=True, slots=True)
class CompanyText:
    """A company in words.

    Attributes:
        lines: A text for each of `HEADINGS`, a line a contact.
        chosen: The line of the lead it was opened from.
        can_move: There are others to close or to hold.
    """

    title: str
    sentence: str
    lines: tuple[tuple[str, ...], ...]
    chosen: int
    can_move: bool


class CompanyScreen(Protocol):
    """What the presenter may show."""

    def show_company(self, text: CompanyText) -> None:
        """Show a company; the line that was chosen stays so while it is the same company."""


class CompanyPresenter:
    """Decides what the page shows."""

    def __init__(self, screen: CompanyScreen, desk: Desk) -> None:
        self._screen = screen
        self._desk = desk
        self._lead_id = ""
        self._found: Company | None = None
        self._last: CompanyMove | None = None

    def begin(self, lead_id: str) -> None:
        """Show the company of a lead."""
        self._lead_id, self._last = lead_id, None
        self._read()

    def call(self, row: int) -> None:
        """Call the contact of a line."""
        if self._found is not None and 0 <= row < len(self._found.contacts):
            self._desk.start_call(self._found.contacts[row].lead.lead_id)

    def close_others(self) -> None:
        """Close the others of the company."""
        lead_id = self._lead_id
        self._move(lambda work: companies.close_others(work, lead_id))

    def hold_others(self) -> None:
        """Let the others of the company wait."""
        lead_id = self._lead_id
        self._move(lambda work: companies.hold_others(work, lead_id))

    def undo(self) -> None:
        """Take back what was done last to the others."""
        move, self._last = self._last, None
        if move is None:
            self._desk.say("Nothing to take back.")
            return

        def back(count: int) -> None:
            stay = len(move.lead_ids) - count
            rest = f"; {stay} went on since and stay" if stay else ""
            self._desk.say(f"Taken back: {move.words}{rest}.")
            self._read()

        self._desk.change(lambda work: companies.undo(work, move), back, None, self)

    def leave(self) -> None:
        """Show the leads."""
        self._desk.open_view("leads")

    def on_changed(self) -> None:
        """Read the company again: something changed elsewhere."""
        if self._lead_id:
            self._read()

    # Internal

    def _move(self, job: "Callable[[Workspace], tuple[CompanyMove, Changes]]") -> None:
        def moved(move: CompanyMove) -> None:
            self._last = move
            self._desk.say(f"{move.words[0].upper()}{move.words[1:]}.")
            self._read()

        self._desk.change(job, moved, None, self)

    def _read(self) -> None:
        lead_id = self._lead_id

        def read(work: "Workspace") -> tuple[Company, datetime]:
            return companies.page_of(work, lead_id), work.clock()

        self._desk.run(read, self._show)

    def _show(self, found: tuple[Company, datetime]) -> None:
        company, now = found
        if company.lead.lead_id != self._lead_id:
            self._lead_id = company.lead.lead_id  # it was merged into another
        self._found = company
        named: dict[str, list[str]] = {}
        for lead_id, words in company.named:
            named.setdefault(lead_id, []).append(words)
        self._screen.show_company(
            CompanyText(
                company.name or f"Only {company.lead.name}",
                _sentence(company),
                tuple(
                    tuple(_cells(one, ", ".join(named.get(one.lead.lead_id, ())), now))
                    for one in company.contacts
                ),
                [one.lead.lead_id for one in company.contacts].index(company.lead.lead_id),
                bool(company.others),
            )
        )


def tell_of_others(desk: Desk, say: Callable[[str], None], lead_id: str) -> None:
    """Say after a call how many others of the company still wait."""

    def tell(company: Company) -> None:
        if count := len(company.others):
            many = "other" if count == 1 else "others"
            where = company.name or "the company"
            say(f"{count} {many} at {where}: Ctrl Shift C opens the company page.")

    desk.run(lambda work: companies.page_of(work, lead_id), tell)


def _sentence(company: Company) -> str:
    count = len(company.contacts)
    if count == 1:
        return "Nobody else of this company is in the list."
    waiting = len(company.others)
    who = company.lead.name or "this lead"
    rest = f"{waiting} but {who} can be closed or held" if waiting else "nobody else waits"
    return f"{count} contacts; {rest}."


def _cells(contact: Contact, named: str, now: datetime) -> Iterator[str]:
    lead, state = contact.lead, contact.state
    yield ", ".join(part for part in (lead.name, lead.title) if part) or "No name"
    yield STATUS_WORDS[state.status]
    if contact.last is None:
        yield ""
    else:
        result = contact.last.conversation_result or contact.last.line_result
        words = result.replace("_", " ").capitalize()
        yield f"{words}, {day(contact.last.started_at, now)}"
    yield VERDICT_NAMES[contact.decision.decided] if contact.decision is not None else ""
    at = state.due_at
    is_told = at is not None and (at > now or state.due in _AT_A_TIME)
    yield say_when(at) if at is not None and is_told else ""
    yield named
