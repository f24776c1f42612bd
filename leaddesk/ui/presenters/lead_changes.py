# SPDX-License-Identifier: MIT
"""What somebody changes in the list of leads by hand."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from leaddesk.core.domain.lead_query import Condition, LeadQuery, Op
from leaddesk.core.services import segments
from leaddesk.core.services.changes import Changes
from leaddesk.ui.presenters.desk import Desk
from leaddesk.ui.presenters.lead_columns import Column
from leaddesk.ui.presenters.lead_screen import LeadsScreen
from leaddesk.ui.presenters.lead_texts import counted
from leaddesk.ui.presenters.steps import Steps

if TYPE_CHECKING:
    from leaddesk.core.domain.lead_query import Segment
    from leaddesk.core.services.edit_leads import BulkEdit, Edit
    from leaddesk.core.services.workspace import Workspace

_QUESTIONS: Final = {
    "leads_tag": ("Tag", "trade fair"),
    "leads_untag": ("Take off the tag", "trade fair"),
    "leads_owner": ("Owner", "Whose leads these are; empty: nobody\u2019s"),
    "leads_segment": ("Segment", "Tags them so, and keeps who has the tag"),
}
FOR_MANY: Final = tuple(_QUESTIONS)
"""Actions on several leads at once, each with its question and a hint."""


class LeadChanges:
    """One per Leads view."""

    def __init__(self, screen: LeadsScreen, desk: Desk, steps: Steps) -> None:
        self._screen = screen
        self._desk = desk
        self._steps = steps

    def ask(self, action_id: str, row_ids: Sequence[int]) -> None:
        """Ask for what an action on several leads needs."""
        if not row_ids:
            self._desk.say("Choose some leads first.")
            return
        done: Callable[[Sequence[int], str], None] = {
            "leads_tag": self.add_tag,
            "leads_untag": self.remove_tag,
            "leads_owner": self.assign,
            "leads_segment": self.put_into_segment,
        }[action_id]
        what, hint = _QUESTIONS[action_id]
        many = counted(len(row_ids), "lead")
        self._screen.ask_line(f"{what} for {many}", hint, partial(done, row_ids))

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

        def put(work: "Workspace") -> "tuple[tuple[BulkEdit, Segment | None], Changes]":
            done, changes = edit_leads.add_tag(work, row_ids, name)
            there = {one.name.casefold() for one in segments.all_of(work)}
            plain = " ".join(name.replace(";", " ").split())
            if plain.casefold() in there:
                return (done, None), changes
            asked = Condition("tags", Op.HAS, (plain,))
            made, more = segments.save(work, plain, LeadQuery(conditions=(asked,)))
            return (done, made), changes._replace(segments=more.segments)

        def keep(found: "tuple[BulkEdit, Segment | None]") -> None:
            edit, made = found
            if made is None:
                self._keep(edit)
            else:
                self._steps.keep(edit.words, partial(_take_out, edit, made))

        self._desk.change(put, keep, self._refused)

    def _keep(self, edit: "Edit | None") -> None:
        from leaddesk.core.services import edit_leads

        if edit is None:
            return
        if getattr(edit, "count", 1):
            self._steps.keep(edit.words, lambda work: edit_leads.undo(work, edit))
        else:
            self._desk.say(edit.words)

    def _refused(self, error: Exception) -> None:
        self._desk.show_error(error)
        self._screen.refresh_rows(None)


def _take_out(edit: "BulkEdit", made: "Segment", work: "Workspace") -> tuple[str, Changes]:
    """Take the tag from the leads again, and forget the segment made for it."""
    from leaddesk.core.services import edit_leads

    _, forgotten = segments.delete(work, made.segment_id)
    if not edit.count:  # all had the tag before
        return f"Taken back: segment {made.name} saved", forgotten
    said, changes = edit_leads.undo(work, edit)
    return said, changes._replace(segments=forgotten.segments)
