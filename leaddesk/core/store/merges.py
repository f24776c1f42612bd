# SPDX-License-Identifier: MIT
"""Leads that were merged into others.

A merged lead keeps its row and its history, because facts are never changed; `leads.merged_into`
names the lead that stands for it, which is never a merged one itself. Whoever reads what belongs to
a lead asks `ids_of` whose it is. Source: docs/adr/0019-merged-leads-keep-their-rows.md.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from leaddesk.core.store.lead_mark import note_change
from leaddesk.core.store.times import from_text, to_text

VISIBLE_ID = "coalesce(nullif({0}.merged_into, ''), {0}.lead_id)"
"""The lead that stands for one of the table `leads`, under the name it has in a statement."""

_VISIBLE = f"(SELECT {VISIBLE_ID.format('asked')} FROM leads AS asked WHERE asked.lead_id = ?)"  # noqa: S608 - constants
_IDS = (
    f"WITH kept (id) AS {_VISIBLE}"  # noqa: S608 - constants
    " SELECT lead_id FROM leads, kept WHERE lead_id = id"
    " UNION ALL SELECT lead_id FROM leads, kept WHERE merged_into = id AND merged_into <> ''"
)
_OF_MANY = (
    f"SELECT lead_id, {VISIBLE_ID.format('leads')} FROM leads WHERE lead_id IN {{0}}"  # noqa: S608 - constants
    " UNION SELECT lead_id, merged_into FROM leads"
    " WHERE merged_into IN {0} AND merged_into <> ''"
).format("(SELECT value FROM json_each(?1))")
_OUT_OF_SIGHT = {
    "search_text": "", "decided": "", "due": 0, "due_at": "", "due_for": "", "reserved_by": "",
    "reserved_until": "", "do_not_call": 0, "suppressed": 0, "barred": 0, "held": 0,
}  # fmt: skip
"""What keeps a merged lead out of queue, lists, search and counts. That it is not to be called is
said of the lead that stands for it."""


def visible_id(connection: Connection, lead_id: str) -> str:
    """Return the lead that stands for this one: itself, unless it was merged."""
    found = connection.exec_driver_sql(f"SELECT {_VISIBLE}", (lead_id,)).scalar()
    return found or lead_id


def ids_of(connection: Connection, lead_id: str) -> list[str]:
    """Return the ids of all whose history is that of this lead: it, and those merged into it."""
    return list(connection.exec_driver_sql(_IDS, (lead_id,)).scalars())


def visible_ids(connection: Connection, lead_ids: Sequence[str]) -> dict[str, str]:
    """Return id -> the lead that stands for it, of these leads and those merged into them."""
    found = connection.exec_driver_sql(_OF_MANY, (json.dumps(list(lead_ids)),))
    return {lead_id: kept_id for lead_id, kept_id in found}  # noqa: C416 - rows are no pairs to mypy


@dataclass(frozen=True, slots=True)
class Merge:
    """One lead merged into another.

    Attributes:
        kept: Column of the lead that stays -> (before, after); "external_ids" is one, too.
        gone: Column of the lead that went -> what it was.
        moved: Leads merged into the one that went before; they came along.
        undone_at: ISO 8601; empty while it stands.
    """

    merge_id: str
    kept_id: str
    gone_id: str
    at: datetime
    by: str
    kept: Mapping[str, tuple[Any, Any]]
    gone: Mapping[str, Any]
    moved: tuple[str, ...]
    undone_at: str = ""


class Merges:
    """The table `lead_merges` and the rows of `leads` it speaks of, inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def visible_id(self, lead_id: str) -> str:
        """Return the lead that stands for this one: itself, unless it was merged."""
        return visible_id(self._connection, lead_id)

    def columns(self, lead_id: str) -> dict[str, Any]:
        """Return column -> value of a lead, "external_ids" too."""
        row = self._connection.exec_driver_sql("SELECT * FROM leads WHERE lead_id = ?", (lead_id,))
        ids = self._connection.exec_driver_sql(
            "SELECT system, external_id FROM lead_external_ids WHERE lead_id = ?", (lead_id,)
        )
        return {**row.mappings().one(), "external_ids": dict(ids.all())}

    def hide(self, gone_id: str, kept_id: str) -> tuple[dict[str, Any], tuple[str, ...]]:
        """Put a lead out of sight, with those merged into it; return what it was, and those."""
        was = self.columns(gone_id)
        moved = self._connection.exec_driver_sql(
            "SELECT lead_id FROM leads WHERE merged_into = ? AND merged_into <> '' ORDER BY row_id",
            (gone_id,),
        )
        found = tuple(moved.scalars())
        self.set_columns(gone_id, {**_OUT_OF_SIGHT, "merged_into": kept_id})
        self._hand_over(found, kept_id)
        return {name: was[name] for name in (*_OUT_OF_SIGHT, "merged_into")}, found

    def show(self, merge: Merge) -> None:
        """Bring a lead back that was hidden, with those that came along."""
        self.set_columns(merge.gone_id, merge.gone)
        self._hand_over(merge.moved, merge.gone_id)

    def set_columns(self, lead_id: str, values: Mapping[str, Any]) -> None:
        """Give columns of a lead these values, which counts as a change of it."""
        note_change(self._connection)
        columns = {name: value for name, value in values.items() if name != "external_ids"}
        marks = "".join(f"{name} = ?, " for name in columns)
        self._connection.exec_driver_sql(
            f"UPDATE leads SET {marks}revision = revision + 1 WHERE lead_id = ?",  # noqa: S608 - our own
            (*columns.values(), lead_id),
        )
        if "external_ids" in values:
            self._connection.exec_driver_sql(
                "DELETE FROM lead_external_ids WHERE lead_id = ?", (lead_id,)
            )
            for system, external_id in values["external_ids"].items():
                self._connection.exec_driver_sql(
                    "INSERT INTO lead_external_ids (lead_id, system, external_id) VALUES (?, ?, ?)",
                    (lead_id, system, external_id),
                )

    def add(self, merge: Merge) -> None:
        """Store that a merge was done."""
        before = {"kept": dict(merge.kept), "gone": dict(merge.gone), "moved": merge.moved}
        self._connection.exec_driver_sql(
            "INSERT INTO lead_merges (merge_id, kept_id, gone_id, at, by_whom, before, revision)"
            " SELECT ?, ?, ?, ?, ?, ?, revision FROM leads WHERE lead_id = ?",
            (
                merge.merge_id,
                merge.kept_id,
                merge.gone_id,
                to_text(merge.at),
                merge.by,
                json.dumps(before, ensure_ascii=False),
                merge.kept_id,
            ),
        )

    def set_undone(self, merge_id: str, at: datetime) -> None:
        """Store that a merge was taken back."""
        self._connection.exec_driver_sql(
            "UPDATE lead_merges SET undone_at = ? WHERE merge_id = ?", (to_text(at), merge_id)
        )

    def get(self, merge_id: str) -> Merge | None:
        """Return one merge, None when there is none of that id."""
        found = self._select("merge_id = ?", (merge_id,))
        return found[0] if found else None

    def standing_of(self, lead_id: str) -> list[Merge]:
        """Return the merges into a lead that were not taken back, the latest first."""
        return self._select("kept_id = ? AND undone_at = ''", (lead_id,))

    def undone_of(self, lead_id: str) -> list[Merge]:
        """Return the merges of a lead into others that were taken back, the latest first."""
        return self._select("gone_id = ? AND undone_at <> ''", (lead_id,))

    def _hand_over(self, lead_ids: Sequence[str], kept_id: str) -> None:
        self._connection.exec_driver_sql(
            "UPDATE leads SET merged_into = ?"
            " WHERE lead_id IN (SELECT value FROM json_each(?)) AND merged_into <> ''",
            (kept_id, json.dumps(list(lead_ids))),
        )

    def _select(self, condition: str, values: tuple[str, ...]) -> list[Merge]:
        found = self._connection.exec_driver_sql(
            "SELECT merge_id, kept_id, gone_id, at, by_whom, before, undone_at FROM lead_merges"  # noqa: S608 - our own
            f" WHERE {condition} ORDER BY rowid DESC",
            values,
        )
        return [_merge(*row) for row in found]


def _merge(  # noqa: PLR0913, PLR0917 - the columns of the table
    merge_id: str, kept_id: str, gone_id: str, at: str, by: str, before: str, undone_at: str
) -> Merge:
    said = json.loads(before)
    kept = {name: (old, new) for name, (old, new) in said["kept"].items()}
    moved = tuple(said["moved"])
    return Merge(
        merge_id, kept_id, gone_id, from_text(at), by, kept, said["gone"], moved, undone_at
    )
