# SPDX-License-Identifier: MIT
"""Works out what a file would do to the leads there are, in a staging file.

Three steps: its rows become rows of `leads`; those that share a key with a lead or another row are
set against each other by the rules of `domain.merge`; all others are new. Only the second step
looks at single rows, so that a million new leads take no more memory than a thousand.
"""

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import MISSING, dataclass, fields
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from leaddesk.core.domain.grading import grade_lead, graded
from leaddesk.core.domain.import_plan import ArisenName, ImportPlan, LeadUpdate
from leaddesk.core.domain.lead import Lead
from leaddesk.core.domain.lead_keys import MatchKeys
from leaddesk.core.domain.merge import ByField, OnMatch, plan_import
from leaddesk.core.domain.rows import LeadRow
from leaddesk.core.domain.shared_keys import key_hashes
from leaddesk.core.domain.stages import Stage as LeadStage
from leaddesk.core.domain.stages import Status

if TYPE_CHECKING:
    from leaddesk.core.domain.playbook import Playbook
    from leaddesk.core.formats.lead_rows import LeadChunk
    from leaddesk.core.services.ids import Ids
    from leaddesk.core.store.stage import Stage
    from leaddesk.core.store.staged import KnownLead, StagedUpdate

Progress = Callable[[int, int], bool]
"""Called with the number of rows read so far and about how many there are, 0 where nothing tells;
false: stop."""

FOLLOWING = (
    "extra", "as_written", "name", "email_key", "email_2_key", "name_key", "search_text", "held",
    "barred", "place", "due", "due_at", "grade", "engagement", "fit", "priority", "lead_id",
    "file_id",
)  # fmt: skip
"""Columns of staged rows behind the fields of the file; `file_id`: the id of ours it names."""

_EMAILS = ("email_key", "email_2_key")
_PHONES = ("phone_e164", "phone_2_e164", "mobile_e164")


@contextmanager
def no_collecting() -> Iterator[None]:
    """Let nobody look for garbage in rings inside the block.

    Rows are none, and there are so many that looking through them takes a fifteenth of the time.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


class StoppedError(Exception):
    """Whoever waits for an import does not want it any more."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What becomes of the rows of a file; the four behind `rows` add up to it.

    Attributes:
        duplicates: How many of the new ones may be a lead that is there already.
        leads_updated: How many leads change; several rows may change one.
    """

    rows: int
    imported: int
    updated: int
    skipped: int
    rejected: int
    duplicates: int
    leads_updated: int


class RowMaker:
    """Makes rows of `leads` of what the columns of a file say."""

    def __init__(
        self, file_fields: Sequence[str], playbook: "Playbook", ids: "Ids", now: datetime
    ) -> None:
        from leaddesk.core.store.lead_mapping import derived_columns, due_of

        # Asked for every row, where even an import that is done already takes its time.
        self._derived_columns, self._due_of = derived_columns, due_of
        self.fields = tuple(name for name in file_fields if name != "lead_id")
        self._playbook = playbook
        self._ids = ids
        self._now = now

    def rows(self, chunk: "LeadChunk") -> list[tuple[Any, ...]]:
        """Return the rows of a chunk: line, `fields`, then `FOLLOWING`."""
        from leaddesk.core.store.lead_mapping import to_column

        if not chunk.lines:  # all of them are problems, and no field has a value
            return []
        blank: list[object] = [""] * len(chunk.lines)
        columns = [to_column(name, chunk.values[name]) for name in self.fields]
        extra = to_column("extra", chunk.extra)
        written = to_column("as_written", chunk.as_written)
        named = chunk.values.get("lead_id", blank)
        said = zip(*(chunk.values[name] for name in self.fields), strict=True)
        draft = _Draft(self._now)
        rows = []
        for line, values, row, extra_, written_, file_id in zip(
            chunk.lines, said, zip(*columns, strict=True), extra, written, named, strict=True
        ):
            lead = draft.of(self.fields, values)
            rows.append((line, *row, extra_, written_, *self._follows(lead, str(file_id))))
        return rows

    def row(self, row: LeadRow) -> tuple[Any, ...]:
        """Return what `rows` returns, for one row."""
        from leaddesk.core.store.lead_mapping import to_column

        told = [row.values.get(name, _DEFAULTS[name]) for name in self.fields]
        lead = _Draft(self._now).of(self.fields, told)
        extra, written = row.values.get("extra", {}), row.values.get("as_written", {})
        return (
            row.line,
            *(to_column(name, [value])[0] for name, value in zip(self.fields, told, strict=True)),
            *to_column("extra", [extra]),
            *to_column("as_written", [written]),
            *self._follows(lead, str(row.values.get("lead_id", ""))),
        )

    def graded(self, lead: Lead) -> Lead:
        """Return a lead with the grade its data comes to."""
        return graded(self._playbook, lead)

    def new_id(self) -> str:
        """Return an id that says nothing of whose it is."""
        return self._ids.new("L")

    def _follows(self, lead: Lead, file_id: str) -> tuple[Any, ...]:
        grade = grade_lead(self._playbook, lead, 0)
        return (
            *self._derived_columns(lead),
            *self._due_of(lead),
            grade.text,
            grade.engagement,
            grade.fit,
            grade.priority,
            file_id or self._ids.lead(lead.email),
            file_id,
        )


_DEFAULTS: dict[str, object] = {
    f.name: {} if f.default is MISSING else f.default for f in fields(Lead)
} | {"stage": None, "status": None}


class _Draft:
    """Stands in for a `Lead` while rows are made: making a million of those takes half a minute."""

    def __init__(self, created_at: datetime) -> None:
        usual = {"stage": LeadStage.LEAD, "status": Status.NEW, "created_at": created_at}
        self._told = self.__dict__
        self._told.update(_DEFAULTS | usual)
        self._usual = usual

    name = Lead.name

    def of(self, names: Sequence[str], values: Sequence[object]) -> Lead:
        """Return this, as a lead of these values; it becomes another with the next call.

        The names are the same in every call.
        """
        told = self._told
        told.update(zip(names, values, strict=True))
        for name, usual in self._usual.items():
            if told[name] is None:
                told[name] = usual
        return cast("Lead", self)


def stage_rows(
    stage: "Stage", chunks: "Iterable[LeadChunk]", maker: RowMaker, go_on: Callable[[int], bool]
) -> None:
    """Put the rows of a file into its staging file.

    Args:
        stage: The staging file.
        chunks: The rows.
        maker: Makes rows of `leads` of them.
        go_on: Called with the number of rows so far; false: stop.

    Raises:
        StoppedError: `go_on` said so.
    """
    at = {name: 1 + index for index, name in enumerate((*maker.fields, *FOLLOWING))}
    keyed = [at[name] for name in (*_EMAILS, *_PHONES, "name_key", "file_id") if name in at]
    count = 0
    for chunk in chunks:
        rows = maker.rows(chunk)
        stage.add_rows(rows)
        stage.add_keys(
            key_hashes((row[index], row[0]) for index in keyed for row in rows if row[index])
        )
        _stage_ids(stage, chunk.lines, chunk.external_ids)
        stage.add_problems(chunk.problems)
        count += len(rows) + len(chunk.problems)
        if not go_on(count):
            raise StoppedError


def _stage_ids(stage: "Stage", lines: Sequence[int], ids: Sequence[Mapping[str, str]]) -> None:
    rows = [
        (line, system, external_id)
        for line, found in zip(lines, ids, strict=True)
        for system, external_id in found.items()
    ]
    if rows:
        stage.add_external_ids(rows)
        stage.add_keys(
            key_hashes((f"{system}\n{external_id}", line) for line, system, external_id in rows)
        )


def plan(stage: "Stage", maker: RowMaker, on_match: OnMatch, by_field: ByField) -> Counts:
    """Work out what the staged rows do, and return the counts.

    Equal to `plan_import` over all rows at once, which a test proves.
    """
    stage.find_leads()
    same = stage.note_same()
    updated = 0
    arisen: list[ArisenName] = []
    for row, known in stage.pairs():
        found = plan_import([row], _Known([known]), on_match, by_field)
        _note(stage, maker, found, [known], [row])
        same += found.same_count
        updated += found.updated_count
        arisen += found.arisen
    leads = list(stage.tangled_leads())
    rows = list(stage.tangled_rows())
    found = plan_import(rows, _Known(leads), on_match, by_field)
    _note(stage, maker, found, leads, rows)
    stage.note_arisen([*arisen, *found.arisen])
    for line in stage.taken_ids():
        stage.set_id(line, maker.new_id())
    usable, rejected = stage.count("rows"), stage.count("problems")
    return Counts(
        rows=usable + rejected,
        imported=usable - stage.count("outcomes"),
        updated=updated + found.updated_count,
        skipped=same + found.same_count,
        rejected=rejected,
        duplicates=stage.count("duplicates"),
        leads_updated=stage.count("updates"),
    )


class _Known:
    """The leads that share a key with some rows, as `plan_import` asks for them."""

    def __init__(self, leads: "Sequence[KnownLead]") -> None:
        self._leads = {known.lead.lead_id: known for known in leads}

    def find(self, _keys: MatchKeys) -> Sequence[Lead]:
        return [known.lead for known in self._leads.values()]

    def merged_into(self, lead_id: str) -> Sequence[Lead]:
        return self._leads[lead_id].merged


def _note(
    stage: "Stage",
    maker: RowMaker,
    found: ImportPlan,
    leads: "Sequence[KnownLead]",
    rows: Sequence[LeadRow],
) -> None:
    """Write a plan of some rows into the staging file."""
    new = {row.line for row in found.new}
    stage.note_outcomes(row.line for row in rows if row.line not in new)
    staged = {row.line: row.values for row in rows}
    for row in found.new:
        if row.values != staged[row.line]:
            stage.add_rows([maker.row(row)])
            stage.forget_ids(row.line)
            ids = cast("Mapping[str, str]", row.values.get("external_ids", {}))
            stage.add_external_ids((row.line, system, one) for system, one in ids.items())
    known = {one.lead.lead_id: one for one in leads}
    stage.note_updates(
        _staged_update(maker, update, known[update.before.lead_id]) for update in found.updates
    )
    stage.note_duplicates(found.possible_duplicates)


def _staged_update(maker: RowMaker, update: LeadUpdate, known: "KnownLead") -> "StagedUpdate":
    from leaddesk.core.store.staged import StagedUpdate

    before, after = changed_columns(known.lead, maker.graded(update.after))
    return StagedUpdate(known.row_id, update.line, known.revision, before, after)


def changed_columns(before: Lead, after: Lead) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return column of `leads` -> value before and after, of what differs; "external_ids" too."""
    from leaddesk.core.store.lead_mapping import (
        DERIVED_COLUMNS,
        DUE_COLUMNS,
        LEAD_COLUMNS,
        due_of,
        to_row,
    )

    names = (*LEAD_COLUMNS, *DERIVED_COLUMNS)
    pairs = list(zip(names, to_row(before), to_row(after), strict=True))
    old = {name: was for name, was, will_be in pairs if was != will_be}
    new = {name: will_be for name, was, will_be in pairs if was != will_be}
    if before.external_ids != after.external_ids:
        old["external_ids"], new["external_ids"] = (
            dict(before.external_ids),
            dict(after.external_ids),
        )
    # When a lead is due came of its calls here; it stays unless the file brings another status.
    if before.status is not after.status:
        new |= dict(zip(DUE_COLUMNS, due_of(after), strict=True))
    return old, new
