# SPDX-License-Identifier: MIT
"""Rows of a file of leads, of activities or of answers, as the formats hand them on.

They are usable, or problems with an address.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from leaddesk.core.domain.sales_outcomes import SalesOutcome


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """Where the cells of one column go.

    Attributes:
        column: Its label in the file, made distinct ("Phone (2)") when the file repeats it.
        field: A field of `Lead`; "external_id" for the id in the system the file comes from,
            "external_id.<system>" for that of another; "ignored" for columns of our own that say
            nothing new; empty when the cells are kept as they are in `Lead.extra`.
    """

    column: str
    field: str


@dataclass(frozen=True, slots=True)
class LeadRow:
    """One usable row of a file.

    Attributes:
        line: Physical line on which the row begins, from 1.
        values: Field of `Lead` -> value of that field's type, only where the cell is not blank.
            "lead_id" only when it is one of ours; "external_ids", "extra" and "as_written" as in
            `Lead`.
    """

    line: int
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """One usable row of a file of activities.

    Attributes:
        line: Physical line on which the row begins, from 1.
        keys: What names the lead, as written and at least one of them: "lead_id", "external_id",
            "external_id.<system>", "email", "phone".
        type: Id of an activity type of the playbook.
        at: When it happened, UTC.
        note: Empty where the file says nothing more.
    """

    line: int
    keys: Mapping[str, str]
    type: str
    at: datetime
    note: str = ""


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """One usable row of a file of what sales said.

    Attributes:
        line: Physical line on which the row begins, from 1.
        keys: As in `ActivityRow`, and "handoff_id".
        outcome: What they said; its `at` is None where the file says no time.
        cells: The row as it came, for the file of rejected rows.
    """

    line: int
    keys: Mapping[str, str]
    outcome: SalesOutcome
    cells: tuple[str, ...] = ()


_REASONS = {
    "too_many_fields": "{found}, {allowed}",
    "quote": "a quote is not closed, or stands undoubled inside a quoted cell",
    "cell_too_large": "a cell is longer than {allowed}; perhaps a quote is not closed",
    "undecodable": "some of its bytes are not text in the encoding of the file ({allowed})",
    "header_again": "it is the line with the names of the columns once more",
    "footer": "it stands at the end of a report, and is no lead",
    "ruler": "it is a line of dashes",
    "cut_off": "the archive {found}: it ends here, and what should follow is missing",
    "nobody": "no name, company, e-mail or phone",
    "bad_email": '"{found}" is not an e-mail address, and there is no name, company or phone',
    "no_key": "no lead id, id of another system, e-mail or phone",
    "no_type": "it does not say what the lead did",
    "unknown_type": '"{found}" is no activity of the playbook ({allowed})',
    "no_time": "it does not say when it happened",
    "bad_time": '"{found}" is no date ({allowed})',
    "future": '"{found}" is in the future',
    "no_such_lead": "no lead is {found!r}",
    "no_answer": "it does not say what sales said",
    "unknown_answer": '"{found}" is nothing that sales can say ({allowed})',
    "never_passed": "{found!r} was not passed to sales, or not before that day",
    "out_of_order": '"{found}" cannot follow what sales said before ({allowed})',
    "bad_amount": '"{found}" is no amount',
}


@dataclass(frozen=True, slots=True)
class RowProblem:
    """A row that cannot be used, and why.

    Attributes:
        code: A key of the reasons above.
        line: Physical line on which the row begins, from 1.
        column: Label of the column; empty when the whole row is meant.
        found: What stands there, in words or as written.
        allowed: What may stand there, in words.
        cells: The row as far as it can be taken apart, for the file of rejected rows.
    """

    code: str
    line: int
    column: str = ""
    found: str = ""
    allowed: str = ""
    cells: tuple[str, ...] = ()

    @property
    def reason(self) -> str:
        """What is wrong, without the place."""
        return _REASONS[self.code].format(found=self.found, allowed=self.allowed)

    @property
    def sentence(self) -> str:
        """What is wrong, and where."""
        place = f"Line {self.line}, {self.column}" if self.column else f"Line {self.line}"
        return f"{place}: {self.reason}."
