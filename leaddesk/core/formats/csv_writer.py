# SPDX-License-Identifier: MIT
"""Writes our own CSV, of leads and of their decisions, and the file of rejected rows.

Last step of an export: leads -> text (docs/csv-format.md). CRLF, quotes only where needed; the
caller opens the file as UTF-8 with newline="".
"""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import TextIO

from leaddesk.core.domain.decision import Decision
from leaddesk.core.domain.lead import Lead
from leaddesk.core.domain.rows import RowProblem

LEAD_COLUMNS = tuple(
    field.name
    for field in fields(Lead)
    if field.name not in {"external_ids", "extra", "as_written"}
)
"""Columns of every lead, `lead_id` first."""

DECISION_COLUMNS = (
    "decision", "recommended", "reason", "override_reason", "decided_at", "score", "playbook",
    "next_step", "next_at", "notes",
)  # fmt: skip
"""Columns of a lead's last decision."""

REJECT_COLUMNS = ("line", "reason")

_RESERVED = frozenset((*LEAD_COLUMNS, *DECISION_COLUMNS))
_PREFIXES = ("extra.", "external_id.")
_NEEDS_QUOTES = frozenset(';,"\r\n')


@dataclass(frozen=True, slots=True)
class LeadColumns:
    """The columns that hold everything known of some leads.

    Attributes:
        systems: Whose ids some of them have.
        extra: Columns of the files they came from that are no field of a lead.
        has_decisions: Whether `DECISION_COLUMNS` are written.
    """

    systems: tuple[str, ...]
    extra: tuple[str, ...]
    has_decisions: bool

    @property
    def header(self) -> tuple[str, ...]:
        """The labels, in the order of `cells`."""
        return (
            *LEAD_COLUMNS,
            *(f"external_id.{system}" for system in self.systems),
            *(DECISION_COLUMNS if self.has_decisions else ()),
            *(_extra_label(name) for name in self.extra),
        )

    def cells(self, lead: Lead, decision: Decision | None = None, notes: str = "") -> list[str]:
        """Return the row of a lead.

        Args:
            lead: One of those the columns were made for.
            decision: Its last one; None: the columns stay blank.
            notes: What the prospect said in that call.
        """
        row = [cell_text(getattr(lead, name)) for name in LEAD_COLUMNS]
        row += [lead.external_ids.get(system, "") for system in self.systems]
        if self.has_decisions:
            row += _decision_cells(decision, notes)
        row += [lead.extra.get(name, "") for name in self.extra]
        return row


def lead_columns(leads: Iterable[Lead], *, has_decisions: bool = False) -> LeadColumns:
    """Return the columns for some leads, all of which are looked at."""
    systems: dict[str, None] = {}
    extra: dict[str, None] = {}
    for lead in leads:
        systems.update(dict.fromkeys(lead.external_ids))
        extra.update(dict.fromkeys(lead.extra))
    return LeadColumns(tuple(sorted(systems)), tuple(extra), has_decisions)


def write_csv(stream: TextIO, header: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
    """Write a header and rows, and return the number of rows."""
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(header)
    count = 0
    for count, row in enumerate(rows, 1):  # noqa: B007  # the last one is the number of rows
        writer.writerow(row)
    return count


def write_rejects(stream: TextIO, header: Sequence[str], problems: Iterable[RowProblem]) -> int:
    """Write rejected rows as they came, behind line and reason; return their number.

    A file of rejected rows, corrected and imported again, has these two columns already; they
    are replaced.
    """
    drop = len(REJECT_COLUMNS) if tuple(header[: len(REJECT_COLUMNS)]) == REJECT_COLUMNS else 0
    rows = ((str(p.line), p.reason, *p.cells[drop:]) for p in problems)
    return write_csv(stream, (*REJECT_COLUMNS, *header[drop:]), rows)


def cell_text(value: object) -> str:
    """Return the text of a field's value: flags as true and false, times in ISO 8601 and UTC."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case datetime():
            return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
        case tuple():
            return ";".join(map(_tag_text, value))
        case _:
            return str(value)


def _tag_text(tag: str) -> str:
    return '"' + tag.replace('"', '""') + '"' if _NEEDS_QUOTES.intersection(tag) else tag


def _extra_label(name: str) -> str:
    return f"extra.{name}" if name in _RESERVED or name.startswith(_PREFIXES) else name


def _decision_cells(decision: Decision | None, notes: str) -> list[str]:
    if decision is None:
        return [""] * len(DECISION_COLUMNS)
    score = min(100, max(0, decision.earned * 100 // decision.most)) if decision.most else ""
    return [
        decision.decided.value,
        decision.recommended.value,
        decision.reason,
        decision.override_reason,
        cell_text(decision.at),
        str(score),
        f"{decision.playbook_id} v{decision.playbook_version}",
        decision.next_step,
        cell_text(decision.next_at) if decision.next_at is not None else "",
        notes,
    ]
