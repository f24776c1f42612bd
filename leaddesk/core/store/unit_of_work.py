# SPDX-License-Identifier: MIT
"""One transaction, and in it a door to every kind of thing stored."""

from collections.abc import Iterator
from functools import cached_property

from sqlalchemy import Connection, select

from leaddesk.core.store.activities import Activities
from leaddesk.core.store.calls import Calls
from leaddesk.core.store.column_maps import ColumnMaps
from leaddesk.core.store.companies import Companies
from leaddesk.core.store.decisions import Decisions
from leaddesk.core.store.do_not_call import DoNotCall
from leaddesk.core.store.duplicates import Duplicates
from leaddesk.core.store.events import Events
from leaddesk.core.store.exports import Exports
from leaddesk.core.store.first_rows import Sample
from leaddesk.core.store.follow_ups import FollowUps
from leaddesk.core.store.handoffs import Handoffs
from leaddesk.core.store.imports import Imports
from leaddesk.core.store.intake import Intake
from leaddesk.core.store.lead_edits import LeadEdits
from leaddesk.core.store.lead_list import LeadList
from leaddesk.core.store.lead_mark import changes_of_leads
from leaddesk.core.store.leads import Leads
from leaddesk.core.store.merges import Merges
from leaddesk.core.store.nurtures import Nurtures
from leaddesk.core.store.playbooks import Playbooks
from leaddesk.core.store.queue import Queue
from leaddesk.core.store.recycling import Recycling
from leaddesk.core.store.referrals import Referrals
from leaddesk.core.store.schema import meta
from leaddesk.core.store.segments import Segments
from leaddesk.core.store.state import canonical_lines
from leaddesk.core.store.suppressed import Suppressed

TEAM_SECRET = "team_secret"  # noqa: S105 - the name of the entry, not the secret


class Unit:
    """What services work with between BEGIN and COMMIT; made by `Store.begin` and `Store.read`."""

    def __init__(self, connection: Connection, sample: Sample) -> None:
        self._connection = connection
        self._sample = sample

    @cached_property
    def leads(self) -> Leads:
        """Leads as values."""
        return Leads(self._connection)

    @cached_property
    def lead_list(self) -> LeadList:
        """Leads as rows of a list."""
        return LeadList(self._connection, self._sample)

    @cached_property
    def calls(self) -> Calls:
        """Calls and answers."""
        return Calls(self._connection)

    @cached_property
    def decisions(self) -> Decisions:
        """Decisions."""
        return Decisions(self._connection)

    @cached_property
    def events(self) -> Events:
        """What happened besides answers and decisions."""
        return Events(self._connection)

    @cached_property
    def activities(self) -> Activities:
        """What leads did."""
        return Activities(self._connection)

    @cached_property
    def nurtures(self) -> Nurtures:
        """Leads that wait, and what is done meanwhile."""
        return Nurtures(self._connection)

    @cached_property
    def handoffs(self) -> Handoffs:
        """What was passed to sales."""
        return Handoffs(self._connection)

    @cached_property
    def recycling(self) -> Recycling:
        """Rounds that leads have been through."""
        return Recycling(self._connection)

    @cached_property
    def do_not_call(self) -> DoNotCall:
        """Numbers nobody may call."""
        return DoNotCall(self._connection)

    @cached_property
    def companies(self) -> Companies:
        """Leads by their company."""
        return Companies(self._connection)

    @cached_property
    def referrals(self) -> Referrals:
        """Who was named by whom."""
        return Referrals(self._connection)

    @cached_property
    def suppressed(self) -> Suppressed:
        """Hashes of numbers and addresses nobody may use."""
        return Suppressed(self._connection)

    @cached_property
    def queue(self) -> Queue:
        """Leads in the order they are to be called."""
        return Queue(self._connection.connection.dbapi_connection)

    @cached_property
    def exports(self) -> Exports:
        """Leads as the cells of a file."""
        return Exports(self._connection.connection.dbapi_connection)

    @cached_property
    def follow_ups(self) -> FollowUps:
        """What is due of leads, by time."""
        return FollowUps(self._connection.connection.dbapi_connection)

    @cached_property
    def imports(self) -> Imports:
        """Imports done."""
        return Imports(self._connection)

    @cached_property
    def column_maps(self) -> ColumnMaps:
        """What was chosen for the columns of files."""
        return ColumnMaps(self._connection)

    @cached_property
    def intake(self) -> Intake:
        """Leads that come by an import."""
        return Intake(self._connection)

    @cached_property
    def lead_edits(self) -> LeadEdits:
        """One column of many leads."""
        return LeadEdits(self._connection)

    @cached_property
    def segments(self) -> Segments:
        """Lists that were saved, and counts over all leads."""
        return Segments(self._connection)

    @cached_property
    def duplicates(self) -> Duplicates:
        """Leads that may be one, and those known not to be."""
        return Duplicates(self._connection)

    @cached_property
    def merges(self) -> Merges:
        """Leads that were merged into others."""
        return Merges(self._connection)

    @cached_property
    def playbooks(self) -> Playbooks:
        """Texts of playbooks in use."""
        return Playbooks(self._connection)

    def team_secret(self) -> str:
        """Return the secret the profile was born with, as hex digits."""
        query = select(meta.c.value).where(meta.c.key == TEAM_SECRET)
        return str(self._connection.execute(query).scalar_one())

    def change_mark(self) -> tuple[int, int]:
        """Return a mark that differs once leads were added, removed, merged or told otherwise.

        It also differs once somebody else has changed anything. Compare marks of one `Store` only.
        """
        by_others = self._connection.exec_driver_sql("PRAGMA data_version").scalar_one()
        return by_others, changes_of_leads(self._connection)

    def canonical_lines(self) -> Iterator[str]:
        """Yield all synced data, a line a record, in an order that only the data decides."""
        return canonical_lines(self._connection)

    def integrity(self) -> str:
        """Return "ok", or what SQLite finds wrong with the file, a line a finding."""
        findings = self._connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
        broken_links = self._connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        lost = [f"{row[0]} {row[1]} refers to a missing row of {row[2]}" for row in broken_links]
        if findings == ["ok"] and not lost:
            return "ok"
        return "\n".join([*(f for f in findings if f != "ok"), *lost])
