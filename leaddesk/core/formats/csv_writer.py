# SPDX-License-Identifier: MIT
"""Writes our own CSV, of leads and of their decisions, and the file of rejected rows.

Last step of an export: leads -> text (docs/csv-format.md). CRLF, quotes only where needed; the
caller opens the file as UTF-8 with newline="".
"""

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from io import StringIO
from typing import Protocol, TextIO

from leaddesk.core.domain.decision import Decision
from leaddesk.core.domain.lead import Lead
from leaddesk.core.domain.rows import RowProblem
from leaddesk.core.formats.guarding import SIGNATURE_COLUMN, guard, is_always_guarded

LEAD_COLUMNS = (
    "lead_id",
    "revision",
    *(
        field.name
        for field in fields(Lead)
        if field.name not in {"lead_id", "external_ids", "extra", "as_written"}
    ),
)
"""Columns of every lead. `revision` counts the changes of what it is."""

DECISION_COLUMNS = (
    "decision", "recommended", "reason", "reason_text", "said_by", "override_reason",
    "decided_at", "score", "playbook", "next_step", "next_at", "notes",
)  # fmt: skip
"""Columns of a lead's last decision."""

REJECT_COLUMNS = ("line", "reason")

_RESERVED = frozenset((*LEAD_COLUMNS, *DECISION_COLUMNS, SIGNATURE_COLUMN))
_NO_TEXTS = frozenset(
    {"revision", "employees", "revenue", "do_not_call", "opted_out", "suppressed", "consent_at",
     "created_at", "last_activity_at", "engagement", "fit", "priority"}
)  # fmt: skip
_PREFIXES = ("extra.", "external_id.")
_NEEDS_QUOTES = frozenset(';,"\r\n')
BOM = "\ufeff"
"""By which spreadsheets know UTF-8."""


class TextSink(Protocol):
    """Takes text."""

    def write(self, text: str, /) -> object:
        """Take some text."""


@dataclass(frozen=True, slots=True)
class LeadColumns:
    """The columns that hold everything known of some leads.

    Attributes:
        systems: Whose ids some of them have.
        extra: Columns of the files they came from that are no field of a lead.
        has_decisions: Whether `DECISION_COLUMNS` are written.
        signature: Names the export in a file for spreadsheets, whose cells are guarded; empty: a
            file for machines.
    """

    systems: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()
    has_decisions: bool = False
    signature: str = ""

    @property
    def header(self) -> tuple[str, ...]:
        """The labels, in the order of `cells`."""
        labels = (
            *self.columns,
            *((SIGNATURE_COLUMN,) if self.signature else ()),
            *(DECISION_COLUMNS if self.has_decisions else ()),
            *(_extra_label(name) for name in self.extra),
        )
        return tuple(map(guard, labels)) if self.signature else labels

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns whose texts `cells` takes."""
        return (*LEAD_COLUMNS, *(f"external_id.{system}" for system in self.systems))

    @property
    def guarded(self) -> Mapping[str, bool]:
        """Those of `columns` that are guarded: always, or when they begin like a formula."""
        if not self.signature:
            return {}
        return {c: is_always_guarded(c) for c in self.columns if c not in _NO_TEXTS}

    @property
    def has_plain_rows(self) -> bool:
        """Whether nothing but the texts of a lead, its ids and the signature is in a row."""
        return not (self.extra or self.has_decisions)

    def cells(
        self,
        texts: Sequence[str],
        extra: Mapping[str, str],
        decision: Decision | None = None,
        notes: str = "",
    ) -> list[str]:
        """Return the row of a lead.

        Args:
            texts: Of `columns`, guarded as `guarded` says.
            extra: As in `Lead`.
            decision: Its last one; None: the columns stay blank.
            notes: What the prospect said in that call.
        """
        more = _decision_cells(decision, notes) if self.has_decisions else []
        more += [extra.get(name, "") for name in self.extra]
        if self.signature:
            return [*texts, self.signature, *map(guard, more)]
        return [*texts, *more]


def write_csv(stream: TextIO, header: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
    """Write a header and rows, and return the number of rows.

    Args:
        stream: Opened with newline="".
        header: The labels.
        rows: As wide as the header.
    """
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(header)
    count = 0
    for count, row in enumerate(rows, 1):  # noqa: B007  # the last one is the number of rows
        writer.writerow(row)
    return count


class SplitWriter:
    """Writes rows to as many files as the limits ask for, each with the header.

    Args:
        next_stream: Opens the next file, with newline=""; the first one at once.
        header: The labels.
        max_rows: Rows in one file; 0: any number.
        max_bytes: Of one file in UTF-8; 0: any number. A row that is longer has one to itself.
    """

    def __init__(
        self,
        next_stream: Callable[[], TextSink],
        header: Sequence[str],
        *,
        max_rows: int = 0,
        max_bytes: int = 0,
    ) -> None:
        self._next_stream = next_stream
        self._max_rows, self._max_bytes = max_rows, max_bytes
        self._buffer = StringIO(newline="")
        self._rows = csv.writer(self._buffer, lineterminator="\r\n")
        self._head = self._text([header])
        self._begin()

    def write(self, rows: Iterable[Sequence[str]]) -> None:
        """Write some more rows, as wide as the header."""
        if not (self._max_rows or self._max_bytes):
            self._stream.write(self._text(rows))
            return
        for row in rows:
            line = self._text([row])
            size = len(line.encode()) if self._max_bytes else 0
            if self._in_file and (
                self._in_file == self._max_rows
                or (self._max_bytes and self._size + size > self._max_bytes)
            ):
                self._begin()
            self._stream.write(line)
            self._in_file += 1
            self._size += size

    def _begin(self) -> None:
        self._stream = self._next_stream()
        self._stream.write(self._head)
        self._in_file, self._size = 0, len(self._head.encode())

    def _text(self, rows: Iterable[Sequence[str]]) -> str:
        self._buffer.seek(0)
        self._buffer.truncate()
        self._rows.writerows(rows)
        return self._buffer.getvalue()


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


def prefixed(name: str) -> str:
    """Return the label of a column that is no field, so that it is not read as one of ours."""
    return f"extra.{name}" if name.startswith(_PREFIXES) else name


def score_of(decision: Decision) -> str:
    """Return the whole percent of the points a decision was taken on; empty without points."""
    if not decision.most:
        return ""
    return str(min(100, max(0, decision.earned * 100 // decision.most)))


def _extra_label(name: str) -> str:
    return f"extra.{name}" if name in _RESERVED else prefixed(name)


def _decision_cells(decision: Decision | None, notes: str) -> list[str]:
    if decision is None:
        return [""] * len(DECISION_COLUMNS)
    return [
        decision.decided.value,
        decision.recommended.value,
        decision.reason,
        decision.reason_text,
        decision.said_by,
        decision.override_reason,
        cell_text(decision.at),
        score_of(decision),
        f"{decision.playbook_id} v{decision.playbook_version}",
        decision.next_step,
        cell_text(decision.next_at) if decision.next_at is not None else "",
        notes,
    ]
