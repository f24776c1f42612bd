# SPDX-License-Identifier: MIT
"""Carries out an import, and takes one back: rows of a staging file become rows of `leads`.

The staging file (`store.stage`) has been attached as `stage` by `Store.attached`.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Connection

from leaddesk.core.domain.rows import RowProblem
from leaddesk.core.store.lead_mark import note_change
from leaddesk.core.store.search_building import built_beside
from leaddesk.core.store.stage import problem_of_row
from leaddesk.core.store.times import to_text

_NOT_OF_LEADS = frozenset({"line", "file_id"})
_OF_LEADS = (
    "SELECT name, type, sql FROM sqlite_schema WHERE tbl_name = 'leads'"
    " AND type IN ('index', 'trigger') AND sql IS NOT NULL"
)
_SELDOM = frozenset(
    f"ix_leads_{name}"
    for name in (
        "held", "reserved", "decided", "email_2_key", "phone_2_e164", "merged_into", "batch_id"
    )
)  # fmt: skip
"""Indices that few new leads are in, or all of them at the end: to make one anew costs reading all
of the table, to keep it next to nothing."""
_COUNTED_BY = ("ix_leads_queue", "ix_leads_held")
"""The index in which leads that are held back stand (1), or are not (0), by when they are due."""
_NEW_LINES = "line BETWEEN ?1 AND ?2 AND line NOT IN (SELECT line FROM stage.outcomes)"
_USUAL = {"stage": "'LEAD'", "status": "'NEW'", "created_at": "?3"}
_TOUCHED = (
    "(revision > 0 OR EXISTS (SELECT 1 FROM calls WHERE calls.lead_id = leads.lead_id)"
    " OR EXISTS (SELECT 1 FROM events WHERE events.lead_id = leads.lead_id)"
    " OR EXISTS (SELECT 1 FROM activities WHERE activities.lead_id = leads.lead_id)"
    " OR EXISTS (SELECT 1 FROM decisions WHERE decisions.lead_id = leads.lead_id))"
)


class Update(NamedTuple):
    """A staged change of a lead; see `store.staged.StagedUpdate`."""

    row_id: int
    line: int
    revision: int
    before: dict[str, Any]
    after: dict[str, Any]


class Intake:
    """The leads that come by imports, inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def take_new(self, batch_id: str, at: datetime, first: int, last: int) -> int:
        """Make leads of the staged rows of these lines that are new; return how many."""
        staged = self._connection.exec_driver_sql("PRAGMA stage.table_info(rows)")
        columns = [row[1] for row in staged if row[1] not in _NOT_OF_LEADS]
        values = [f"coalesce({c}, {_USUAL[c]})" if c in _USUAL else c for c in columns]
        for name in _USUAL.keys() - set(columns):
            columns.append(name)
            values.append(_USUAL[name])
        note_change(self._connection)
        made = self._connection.exec_driver_sql(
            f"INSERT INTO leads ({', '.join(columns)}, batch_id)"  # noqa: S608 - columns of our own
            f" SELECT {', '.join(values)}, ?4 FROM stage.rows"
            f" WHERE {_NEW_LINES} ORDER BY line",
            (first, last, to_text(at), batch_id),
        ).rowcount
        self._connection.exec_driver_sql(
            "INSERT OR REPLACE INTO lead_external_ids (lead_id, system, external_id)"  # noqa: S608 - constants
            " SELECT rows.lead_id, system, external_id FROM stage.external_ids JOIN stage.rows"
            f" USING (line) WHERE {_NEW_LINES}",
            (first, last),
        )
        return made

    def problems(self) -> Iterator[RowProblem]:
        """Yield the staged rows that cannot be used, in the order of the file."""
        found = self._connection.exec_driver_sql("SELECT * FROM stage.problems ORDER BY line")
        return map(problem_of_row, found)

    def lines(self) -> tuple[int, int]:
        """Return the first and the last line of the staged rows; (0, 0) without any."""
        found = self._connection.exec_driver_sql(
            "SELECT min(line), max(line) FROM stage.rows"
        ).one()
        return found[0] or 0, found[1] or 0

    def updates(self, after: int, most: int) -> list[Update]:
        """Return staged updates behind a row id, at most so many; -1: all."""
        found = self._connection.exec_driver_sql(
            "SELECT row_id, line, revision, before, after FROM stage.updates WHERE row_id > ?"
            " ORDER BY row_id LIMIT ?",
            (after, most),
        )
        return [Update(*row[:3], *map(json.loads, row[3:])) for row in found]

    def change(self, batch_id: str, row_id: int, after: dict[str, Any]) -> None:
        """Change columns of a lead, and keep what they were for this import."""
        before, revision = self._now(row_id, after)
        self._set(row_id, after)
        self._connection.exec_driver_sql(
            "INSERT INTO import_changes (batch_id, row_id, before, revision) VALUES (?, ?, ?, ?)",
            (batch_id, row_id, json.dumps(before), revision + 1),
        )

    def untouched(self, update: Update) -> dict[str, Any]:
        """Return of an update what to change still: what nobody has changed meanwhile."""
        now, revision = self._now(update.row_id, update.after)
        if revision == update.revision:
            return update.after
        return {
            name: value
            for name, value in update.after.items()
            if now[name] == update.before.get(name, now[name])
        }

    def note_taken(self, batch_id: str, first: int, last: int) -> None:
        """Note staged rows of these lines that came in already, before a stop."""
        self._connection.exec_driver_sql(
            "INSERT OR IGNORE INTO stage.outcomes SELECT line FROM stage.rows"
            " JOIN leads USING (lead_id) WHERE line BETWEEN ? AND ? AND leads.batch_id = ?",
            (first, last, batch_id),
        )

    def lines_with_taken_id(self, first: int, last: int) -> list[int]:
        """Return the new rows of these lines whose id a lead has got meanwhile."""
        found = self._connection.exec_driver_sql(
            f"SELECT line FROM stage.rows JOIN leads USING (lead_id) WHERE {_NEW_LINES}",  # noqa: S608 - constants
            (first, last),
        )
        return list(found.scalars())

    def set_id(self, line: int, lead_id: str) -> None:
        """Give a staged row another id."""
        self._connection.exec_driver_sql(
            "UPDATE stage.rows SET lead_id = ? WHERE line = ?", (lead_id, line)
        )

    def is_changed(self, batch_id: str, row_id: int) -> bool:
        """Return whether an import has changed this lead already."""
        found = self._connection.exec_driver_sql(
            "SELECT 1 FROM import_changes WHERE batch_id = ? AND row_id = ?", (batch_id, row_id)
        )
        return found.first() is not None

    def changes(self, batch_id: str) -> list[tuple[int, dict[str, Any]]]:
        """Return what an import changed and nobody has changed since: row id, column -> before."""
        found = self._connection.exec_driver_sql(
            "SELECT row_id, before FROM import_changes AS change JOIN leads USING (row_id)"
            " WHERE change.batch_id = ? AND leads.revision = change.revision",
            (batch_id,),
        )
        return [(row_id, json.loads(before)) for row_id, before in found]

    def restore(self, batch_id: str, row_id: int, before: dict[str, Any]) -> None:
        """Give columns of a lead the values they had before an import, and note that."""
        self._set(row_id, before)
        self._connection.exec_driver_sql(
            "UPDATE import_changes SET revision = 0 WHERE batch_id = ? AND row_id = ?",
            (batch_id, row_id),
        )

    def changed_since(self, batch_id: str) -> list[str]:
        """Return the ids of leads an import made or changed and that something happened with since.

        Something: a change by hand, by a later import or a merge, a call, an activity.
        """
        found = self._connection.exec_driver_sql(
            f"SELECT lead_id FROM leads WHERE batch_id = ?1 AND {_TOUCHED}"  # noqa: S608 - constants
            " UNION SELECT lead_id FROM import_changes AS change JOIN leads USING (row_id)"
            " WHERE change.batch_id = ?1 AND leads.revision <> change.revision",
            (batch_id,),
        )
        return list(found.scalars())

    def untouched_count(self, batch_id: str) -> int:
        """Return how many leads came by an import and are untouched."""
        found = self._connection.exec_driver_sql(
            f"SELECT count(*) FROM leads WHERE batch_id = ? AND NOT {_TOUCHED}",  # noqa: S608 - constants
            (batch_id,),
        )
        return int(found.scalar() or 0)

    def remove_new(self, batch_id: str) -> int:
        """Remove the leads that came by an import and are untouched; return how many."""
        note_change(self._connection)
        return self._connection.exec_driver_sql(
            f"DELETE FROM leads WHERE batch_id = ? AND NOT {_TOUCHED}",  # noqa: S608 - constants
            (batch_id,),
        ).rowcount

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """Do without most indices and the triggers of `leads` inside the block.

        Worth it where more leads come in than there are: an index made of all of them is made three
        times as fast as one that grows. The leads that come in are all that are staged and new.
        """
        made = [
            row
            for row in self._connection.exec_driver_sql(_OF_LEADS).all()
            if row[0] not in _SELDOM
        ]
        last = self._connection.exec_driver_sql("SELECT max(row_id) FROM leads").scalar() or 0
        for name, kind, _ in made:
            self._connection.exec_driver_sql(f"DROP {kind} {name}")
        with built_beside(self._stage_path(), last) as put_in_place:
            yield
            self._make_anew(made, last)
            put_in_place(self._connection.connection.cursor())
        self._connection.exec_driver_sql(
            "INSERT INTO lead_search (rowid, search_text)"
            " SELECT row_id, search_text FROM leads WHERE row_id <= ?",
            (last,),
        )

    def _stage_path(self) -> Path:
        found = self._connection.exec_driver_sql(
            "SELECT file FROM pragma_database_list WHERE name = 'stage'"
        )
        return Path(found.scalar_one())

    def _make_anew(self, made: Iterable[Sequence[str]], last: int) -> None:
        """Make indices and triggers, and count the leads behind a row id."""
        for _name, _kind, sql in made:
            self._connection.exec_driver_sql(sql)
        for held, index in enumerate(_COUNTED_BY):
            self._connection.exec_driver_sql(
                "INSERT INTO queue_counts (held, due, place, number)"  # noqa: S608 - constants
                f" SELECT {held}, due, place, count(*) FROM leads INDEXED BY {index}"
                f" WHERE held = {held} AND row_id > ? GROUP BY due, place"
                " ON CONFLICT (held, due, place) DO UPDATE SET number = number + excluded.number",
                (last,),
            )

    def _now(self, row_id: int, columns: Iterable[str]) -> tuple[dict[str, Any], int]:
        names = [name for name in columns if name != "external_ids"]
        found = self._connection.exec_driver_sql(
            f"SELECT {', '.join(['lead_id', 'revision', *names])} FROM leads WHERE row_id = ?",  # noqa: S608 - our own
            (row_id,),
        ).one()
        before = dict(zip(names, found[2:], strict=True))
        if "external_ids" in columns:
            ids = self._connection.exec_driver_sql(
                "SELECT system, external_id FROM lead_external_ids WHERE lead_id = ?", (found[0],)
            )
            before["external_ids"] = dict(ids.all())
        return before, found[1]

    def _set(self, row_id: int, values: dict[str, Any]) -> None:
        note_change(self._connection)
        columns = {name: value for name, value in values.items() if name != "external_ids"}
        marks = "".join(f"{name} = ?, " for name in columns)
        self._connection.exec_driver_sql(
            f"UPDATE leads SET {marks}revision = revision + 1 WHERE row_id = ?",  # noqa: S608 - our own
            (*columns.values(), row_id),
        )
        if "external_ids" in values:
            lead_id = self._connection.exec_driver_sql(
                "SELECT lead_id FROM leads WHERE row_id = ?", (row_id,)
            ).scalar_one()
            self._connection.exec_driver_sql(
                "DELETE FROM lead_external_ids WHERE lead_id = ?", (lead_id,)
            )
            for system, external_id in values["external_ids"].items():
                self._connection.exec_driver_sql(
                    "INSERT INTO lead_external_ids (lead_id, system, external_id) VALUES (?, ?, ?)",
                    (lead_id, system, external_id),
                )
