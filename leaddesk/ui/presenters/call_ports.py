# SPDX-License-Identifier: MIT
"""What the presenter of the Call view asks of the window in front of it."""

from typing import Protocol

from leaddesk.core.domain.call import Answer
from leaddesk.core.domain.queue import HeldCause
from leaddesk.core.services.lead_list import ListRow
from leaddesk.ui.presenters.call_screens import (
    AssessmentScreen,
    Confirmation,
    EntryScreen,
    LeadCard,
    SaveState,
    StopScreen,
)
from leaddesk.ui.presenters.panels.panel import PanelScreen


class CallView(Protocol):
    """What the presenter asks of the window."""

    def show_row(self, row: ListRow | None) -> None:
        """Show whose page is being read, while the old one is still there; None: no lead."""

    def show_lead(self, card: LeadCard) -> None:
        """Show a lead before its call."""

    def show_call(self, card: LeadCard) -> None:
        """Show the header of a call in progress, and start its timer."""

    def show_stop(self, screen: StopScreen, entry: EntryScreen) -> None:
        """Show another screen of the script."""

    def show_entry(self, entry: EntryScreen) -> None:
        """Show what a key changed on the screen of the script."""

    def show_hint(self, words: str, swing: int) -> None:
        """Show which question decides most, and by how much it could move the score."""

    def show_assessment(self, screen: AssessmentScreen) -> None:
        """Show the right pane."""

    def show_panel(self, screen: PanelScreen | None) -> None:
        """Open, change or (None) close what is asked beside the call."""

    def show_held(self, cause: HeldCause) -> None:
        """List the leads held back for a cause."""

    def show_lead_of(self, lead_id: str) -> None:
        """Choose a lead in the queue."""

    def show_elapsed(self, text: str) -> None:
        """Show how long the call has lasted."""

    def show_saving(self, state: SaveState) -> None:
        """Show whether everything said is on disk."""

    def answer_saved(self, answer: Answer) -> None:
        """Learn that an answer is on disk."""

    def show_confirmation(self, done: Confirmation | None) -> None:
        """Show in a calm line what was just done; None: take it away."""

    def show_error(self, error: Exception) -> None:
        """Show a failure."""

    def say(self, text: str) -> None:
        """Show a short sentence that needs no action."""

    def call_over(self, lead_id: str) -> None:
        """Refresh the queue and choose the lead behind this one."""
