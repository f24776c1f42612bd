# SPDX-License-Identifier: MIT
"""What an import will do, worked out by `domain.merge` before anything is written."""

from dataclasses import dataclass
from typing import NamedTuple

from leaddesk.core.domain.lead import Lead
from leaddesk.core.domain.rows import LeadRow, RowProblem


class LeadUpdate(NamedTuple):
    """A lead that is there and becomes another by one or more rows of the file.

    Attributes:
        line: Of the first row that changes it.
    """

    line: int
    before: Lead
    after: Lead


class PossibleDuplicate(NamedTuple):
    """A new lead that may be one there already: same name and company, or same phone.

    Attributes:
        line: Of the row that makes the new lead.
        lead_id: Of the other lead; empty when it is new as well.
        other_line: Of the row that makes the other; 0 when it was there before.
    """

    line: int
    lead_id: str
    other_line: int


class ArisenName(NamedTuple):
    """A name that a lead has by rows merged into it, and that no row so far had by itself.

    Attributes:
        name: In the form of `lead_keys.name_key`.
        line: Of the row it came with: rows behind it of the same name may be that lead.
        lead_id, other_line: Whose, as in `PossibleDuplicate`.
    """

    name: str
    line: int
    lead_id: str
    other_line: int


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What an import will do. Every row of the file is counted once.

    Attributes:
        new: Leads to make, in the order of the file; later rows of the same person are merged in.
        updates: Leads to change, each once.
        updated_count: Rows that change a lead: there before, or new by an earlier row.
        same_count: Rows that match a lead and change nothing, or must not.
        problems: Rows that cannot be used, in the order of the file.
        possible_duplicates: At most one for each of `new`.
        arisen: Names that rows which are not among these may have as well.
    """

    new: tuple[LeadRow, ...]
    updates: tuple[LeadUpdate, ...]
    updated_count: int
    same_count: int
    problems: tuple[RowProblem, ...]
    possible_duplicates: tuple[PossibleDuplicate, ...]
    arisen: tuple[ArisenName, ...] = ()

    @property
    def row_count(self) -> int:
        """Number of data rows in the file."""
        return len(self.new) + self.updated_count + self.same_count + len(self.problems)
