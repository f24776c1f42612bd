# SPDX-License-Identifier: MIT
"""Passing a lead: which points of the checklist are known, and who receives it."""

from typing import TYPE_CHECKING

from leaddesk.core.domain.playbook import Playbook
from leaddesk.core.domain.verdict import Verdict
from leaddesk.core.services import handoffs
from leaddesk.core.services.handoffs import Receiver
from leaddesk.ui.presenters.call_screens import Choice
from leaddesk.ui.presenters.panels.panel import PanelField, index_of, keys_for

if TYPE_CHECKING:
    from leaddesk.ui.presenters.call_presenter import CallPresenter
    from leaddesk.ui.presenters.panels.deciding import DecidingPanel

WHO = "who"
_WHO = "Who in sales receives it"


class Receiving:
    """What is asked before a lead is passed; its points are ticked by key.

    Attributes:
        named: Who receives it, as it was typed; empty: the rules say.
        asks_who: Whether it is given to anybody at all: nothing of a rehearsal is.
    """

    def __init__(self, playbook: Playbook) -> None:
        self.named = ""
        self.asks_who = True
        self._points = playbook.handoff.checklist
        self._ticked: set[str] = set()
        self._receiver: Receiver | None = None

    @property
    def checked(self) -> tuple[str, ...]:
        """The points that were ticked, in the order of the playbook."""
        return tuple(point for point in self._points if point in self._ticked)

    @property
    def ask(self) -> str:
        """Heading of the points; empty: there are none."""
        return "Known for the hand-off (Alt with the digit while you type)" if self._points else ""

    @property
    def still_open(self) -> str:
        """How much the hand-off will say is not known, in one sentence; empty: nothing."""
        left = len(self._points) - len(self._ticked)
        return (
            f"{left} of {len(self._points)} not ticked; the hand-off will say so." if left else ""
        )

    def know(self, receiver: Receiver) -> None:
        """Take in what the rules say."""
        self._receiver = receiver

    def key(self, key: str) -> bool:
        """Tick or untick the point of that key."""
        index = index_of(key, len(self._points))
        if index < 0:
            return False
        self._ticked ^= {self._points[index]}
        return True

    def choices(self) -> tuple[Choice, ...]:
        """Return the points."""
        return tuple(
            Choice(key, point, "", chosen=point in self._ticked)
            for key, point in zip(keys_for(len(self._points)), self._points, strict=True)
        )

    def fields(self) -> tuple[PanelField, ...]:
        """Return the line for who receives it; it is there before the rules have been asked."""
        if not self.asks_who:
            return ()
        receiver, named = self._receiver, self.named.strip()
        label = f"Goes to {named}." if named else receiver.sentence if receiver else _WHO
        hint = receiver.name if receiver and receiver.name else "Name or address in sales"
        return (PanelField(WHO, label, self.named, hint),)


def ask_receiver(presenter: "CallPresenter", panel: "DecidingPanel") -> None:
    """Ask the rules who receives the lead that is talked to, and show it in the panel."""
    talk = presenter.talking
    panel.receiving.asks_who = talk is not None and not talk.keeper.is_rehearsal
    if talk is None or talk.keeper.is_rehearsal or panel.decided is not Verdict.PASS:
        return
    live = talk.live
    assessment = live.assess(presenter.clock())
    score = assessment.earned * 100 // assessment.most if assessment.most > 0 else 0
    lead_id, playbook = live.lead.lead_id, live.playbook

    def show(receiver: Receiver) -> None:
        panel.receiving.know(receiver)
        presenter.show_panel()

    presenter.desk.run(lambda work: handoffs.who_receives(work, lead_id, playbook, score), show)
