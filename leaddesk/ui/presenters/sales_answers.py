# SPDX-License-Identifier: MIT
"""Writing down what sales said of a lead, and giving it to somebody else there."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from leaddesk.core.domain.handoff import Handoff, HandoffState
from leaddesk.core.domain.sales_outcomes import OutcomeKind, SalesOutcome, may_follow
from leaddesk.core.services import handoffs
from leaddesk.ui.presenters.desk import Desk
from leaddesk.ui.presenters.lead_screen import LeadsScreen
from leaddesk.ui.presenters.steps import Steps

if TYPE_CHECKING:
    from leaddesk.core.services.changes import Changes
    from leaddesk.core.services.workspace import Workspace

_LABELS: Final = {
    OutcomeKind.ACCEPTED: "&Accepted",
    OutcomeKind.RETURNED: "&Returned\u2026",
    OutcomeKind.OPPORTUNITY: "&Opportunity\u2026",
    OutcomeKind.WON: "&Won\u2026",
    OutcomeKind.LOST: "&Lost\u2026",
}
_QUESTIONS: Final = {
    OutcomeKind.RETURNED: ("Returned by sales: why", "In their words: nobody there can sign"),
    OutcomeKind.LOST: ("Lost: why", "In their words: went with somebody else"),
    OutcomeKind.OPPORTUNITY: ("Opportunity: worth how much", "12,500 EUR; empty: not known"),
    OutcomeKind.WON: ("Won: worth how much", "12,500 EUR; empty: not known"),
}
_SAID: Final = {
    OutcomeKind.ACCEPTED: "Accepted by sales",
    OutcomeKind.RETURNED: "Returned by sales",
    OutcomeKind.OPPORTUNITY: "An opportunity of sales",
    OutcomeKind.WON: "Won",
    OutcomeKind.LOST: "Lost",
}


@dataclass(frozen=True, slots=True)
class AnswerChoice:
    """One thing that can be chosen.

    Attributes:
        label: With the letter that picks it behind "&".
        take: Does it.
    """

    label: str
    take: Callable[[], None]


class SalesAnswers:
    """One per Leads view."""

    def __init__(self, screen: LeadsScreen, desk: Desk, steps: Steps) -> None:
        self._screen = screen
        self._desk = desk
        self._steps = steps

    def ask(self, lead_id: str, show: Callable[[Sequence[AnswerChoice]], None]) -> None:
        """Offer what can be said of a lead now; `show` is given the choices."""

        def offer(handoff: Handoff | None) -> None:
            if handoff is None:
                self._desk.say("This lead was not passed to sales.")
                return
            choices = self._choices(handoff)
            if choices:
                show(choices)
            else:
                self._desk.say("Sales is done with this lead. Call it again to pass it anew.")

        if lead_id:
            self._desk.run(lambda work: handoffs.of_lead(work, lead_id), offer)

    def _choices(self, handoff: Handoff) -> list[AnswerChoice]:
        choices = [
            AnswerChoice(_LABELS[kind], partial(self._say, handoff, kind))
            for kind in may_follow(handoff.state)
        ]
        if handoff.state in {HandoffState.WAITING, HandoffState.ACCEPTED}:
            choices.append(
                AnswerChoice("&Give to somebody else\u2026", partial(self._ask_receiver, handoff))
            )
        return choices

    def _say(self, handoff: Handoff, kind: OutcomeKind) -> None:
        if kind not in _QUESTIONS:
            self._answer(handoff, SalesOutcome(kind))
            return
        self._ask_line(handoff, kind)

    def _ask_line(
        self, handoff: Handoff, kind: OutcomeKind, typed: str = "", problem: str = ""
    ) -> None:
        what, hint = _QUESTIONS[kind]
        self._screen.ask_line(
            what, hint, partial(self._take_line, handoff, kind), typed=typed, problem=problem
        )

    def _take_line(self, handoff: Handoff, kind: OutcomeKind, text: str) -> None:
        text = text.strip()
        if kind in {OutcomeKind.RETURNED, OutcomeKind.LOST}:
            if text:
                self._answer(handoff, SalesOutcome(kind, reason=text))
            else:
                self._ask_line(handoff, kind, problem="It needs a reason.")
            return
        amount, currency = handoffs.read_amount(text)
        if text and amount is None:
            self._ask_line(handoff, kind, text, "That is no amount.")
            return
        self._answer(handoff, SalesOutcome(kind, amount=amount, currency=currency))

    def _answer(self, handoff: Handoff, outcome: SalesOutcome) -> None:
        def undo(work: "Workspace") -> "tuple[str, Changes]":
            _, changes = handoffs.undo_answer(work, handoff.handoff_id)
            return f"Taken back: {_SAID[outcome.kind].lower()}", changes

        self._desk.change(
            lambda work: handoffs.answer(work, handoff.handoff_id, outcome),
            lambda _after: self._steps.keep(_SAID[outcome.kind], undo),
        )

    def _ask_receiver(self, handoff: Handoff) -> None:
        self._screen.ask_line(
            "Give it to", "Name or address in sales", partial(self._give, handoff)
        )

    def _give(self, handoff: Handoff, receiver: str) -> None:
        def undo(work: "Workspace") -> "tuple[str, Changes]":
            back, changes = handoffs.undo_reassign(work, handoff)
            return f"Given back to {back.receiver or 'nobody'}", changes

        self._desk.change(
            lambda work: handoffs.reassign(work, handoff.handoff_id, receiver),
            lambda after: self._steps.keep(f"Given to {after.receiver}", undo),
        )
