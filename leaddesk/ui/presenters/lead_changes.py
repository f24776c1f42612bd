# SPDX-License-Identifier: MIT
"""What somebody changes in the list of leads by hand, and takes back step by step."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final

from leaddesk.core.domain.lead_query import Condition, LeadQuery, Op
from leaddesk.core.services import segments
from leaddesk.ui.presenters.desk import Desk
from leaddesk.ui.presenters.lead_columns import Column

if TYPE_CHECKING:
    from leaddesk.core.services.changes import Changes
    from leaddesk.core.services.edit_leads import Edit
    from leaddesk.core.services.workspace import Workspace

MOST_STEPS: Final = 100
"""Steps that can be taken back, the latest first."""


class LeadChanges:
    """One per Leads view.

    Args:
        desk: The way to the services.
        show_again: Reads the lines in sight anew, where a change was refused.
    """

    def __init__(self, desk: Desk, show_again: Callable[[], None]) -> None:
        self._desk = desk
        self._show_again = show_again
        self._done: list[Edit] = []

    def edit(self, row: Any, column: Column, text: str) -> None:  # noqa: ANN401 - a line of a list
        """Change one field of a lead."""
        from leaddesk.core.services import edit_leads

        country = self._desk.country
        self._desk.change(
            lambda work: edit_leads.set_field(work, row.lead_id, column.key, text, country),
            self._keep,
            self._refused,
        )

    def add_tag(self, row_ids: Sequence[int], tag: str) -> None:
        """Give leads a tag."""
        from leaddesk.core.services import edit_leads

        self._desk.change(
            lambda work: edit_leads.add_tag(work, row_ids, tag), self._keep, self._refused
        )

    def remove_tag(self, row_ids: Sequence[int], tag: str) -> None:
        """Take a tag from leads."""
        from leaddesk.core.services import edit_leads

        self._desk.change(
            lambda work: edit_leads.remove_tag(work, row_ids, tag), self._keep, self._refused
        )

    def assign(self, row_ids: Sequence[int], owner: str) -> None:
        """Give leads an owner."""
        from leaddesk.core.services import edit_leads

        self._desk.change(
            lambda work: edit_leads.assign(work, row_ids, owner), self._keep, self._refused
        )

    def put_into_segment(self, row_ids: Sequence[int], name: str) -> None:
        """Tag leads with a name, and keep who has the tag as a segment of that name."""
        from leaddesk.core.services import edit_leads

        def put(work: "Workspace") -> "tuple[Edit, Changes]":
            done = edit_leads.add_tag(work, row_ids, name)
            there = {one.name.casefold() for one in segments.all_of(work)}
            plain = " ".join(name.split())
            if plain.casefold() not in there:
                asked = Condition("tags", Op.HAS, (plain,))
                segments.save(work, plain, LeadQuery(conditions=(asked,)))
            return done

        self._desk.change(put, self._keep, self._refused)

    def undo(self) -> None:
        """Take back the latest change that is not taken back yet."""
        from leaddesk.core.services import edit_leads

        if not self._done:
            self._desk.say("Nothing to take back.")
            return
        edit = self._done.pop()
        self._desk.change(lambda work: edit_leads.undo(work, edit), self._desk.say, self._refused)

    def _keep(self, edit: "Edit | None") -> None:
        if edit is None:
            return
        if getattr(edit, "count", 1):
            self._done = [*self._done, edit][-MOST_STEPS:]
        self._desk.say(edit.words)

    def _refused(self, error: Exception) -> None:
        self._desk.show_error(error)
        self._show_again()
