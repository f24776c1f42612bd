# SPDX-License-Identifier: MIT
"""What the staging file of an import tells of the leads that are there."""

from typing import Any, NamedTuple

from leaddesk.core.domain.lead import Lead


class StagedUpdate(NamedTuple):
    """A lead that is there and becomes another.

    Attributes:
        line: Of the first row that changes it.
        revision: It had when that was worked out.
        before: Column of `leads` -> the value it had then, of those that change.
        after: Column of `leads` -> its new value; "external_ids" -> system -> id.
    """

    row_id: int
    line: int
    revision: int
    before: dict[str, Any]
    after: dict[str, Any]


class KnownLead(NamedTuple):
    """A lead that is there and shares a key with a row.

    Attributes:
        merged: Leads that were merged into it.
    """

    row_id: int
    revision: int
    lead: Lead
    merged: tuple[Lead, ...] = ()
