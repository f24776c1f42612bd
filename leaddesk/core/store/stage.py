# SPDX-License-Identifier: MIT
"""The staging file of an import: the rows of a file as rows of `leads`, before they are any.

An SQLite file of its own, thrown away afterwards, with the profile's database attached to look at.
What a row means for the leads there are, `services.import_plan` says; here is the SQL it needs.
Source: docs/adr/0017-imports-by-a-staging-file.md.
"""

import json
from array import array
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Self
from zlib import crc32

from leaddesk.core.domain.import_plan import ArisenName, PossibleDuplicate
from leaddesk.core.domain.lead import Lead
from leaddesk.core.domain.rows import LeadRow, RowProblem
from leaddesk.core.domain.shared_keys import CODE, KeyHashes, lines_sharing
from leaddesk.core.store import driver
from leaddesk.core.store.failures import in_words
from leaddesk.core.store.lead_mapping import LEAD_COLUMNS, from_row, values_of_columns
from leaddesk.core.store.schema import EMAIL_KEYS, PHONE_KEYS, lead_external_ids, leads
from leaddesk.core.store.staged import KnownLead, StagedUpdate

# Nothing in it outlives the import, so it is not kept safe: that would cost as much again.
_FRESH = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
_TABLES = """
CREATE TABLE external_ids (line INTEGER, system TEXT, external_id TEXT);
CREATE INDEX external_ids_line ON external_ids (line);
CREATE TABLE problems (line INTEGER, code TEXT, label TEXT, found TEXT, allowed TEXT, cells TEXT);
CREATE TABLE keys (hashes BLOB, lines BLOB);
CREATE TABLE tallies (number INTEGER, told TEXT);
CREATE TABLE found (line INTEGER, row_id INTEGER, is_sure INTEGER);
CREATE TABLE hits (line INTEGER, row_id INTEGER, is_sure INTEGER, PRIMARY KEY (line, row_id));
CREATE INDEX hits_row_id ON hits (row_id);
CREATE TABLE tangled (line INTEGER PRIMARY KEY);
CREATE TABLE outcomes (line INTEGER PRIMARY KEY);
CREATE TABLE updates (
    row_id INTEGER PRIMARY KEY, line INTEGER, revision INTEGER, before TEXT, after TEXT
);
CREATE TABLE duplicates (line INTEGER PRIMARY KEY, lead_id TEXT, other_line INTEGER);
"""
_STANDING_FOR = """
UPDATE found SET row_id =
    (SELECT kept.row_id FROM profile.leads AS gone JOIN profile.leads AS kept
     ON kept.lead_id = gone.merged_into WHERE gone.row_id = found.row_id)
WHERE row_id IN (SELECT row_id FROM profile.leads WHERE merged_into <> '')
"""
_LEAD_SELECT = ", ".join(f"lead.{name}" for name in LEAD_COLUMNS)


class Stage:
    """One staging file.

    Attributes:
        path: Where it is.
        fields: The fields of `Lead` the file speaks of.
    """

    def __init__(self, path: Path, connection: driver.Connection, fields: Sequence[str]) -> None:
        self.path = path
        self.fields = tuple(fields)
        self._bare = connection
        self._columns: tuple[str, ...] = ()

    @classmethod
    def make(cls, path: Path, fields: Sequence[str], more: Sequence[str], profile: Path) -> Self:
        """Return a new staging file; what was at `path` is lost.

        Args:
            path: Where it is made.
            fields: Fields of `Lead` that have a column.
            more: Further columns of `leads`: what follows from those.
            profile: The profile's database.
        """
        path.unlink(missing_ok=True)
        with in_words():
            bare = driver.connect(path)
            try:
                bare.executescript(_FRESH)
                _attach(bare, profile)
                columns = ", ".join(("line INTEGER PRIMARY KEY", *fields, *more))
                bare.execute(f"CREATE TABLE rows ({columns})")
                bare.executescript(_TABLES)
                bare.execute("BEGIN")
            except BaseException:
                bare.close()
                raise
        stage = cls(path, bare, fields)
        stage._columns = ("line", *fields, *more)
        return stage

    def close(self) -> None:
        """Write everything down and let go of the file. May be called twice."""
        with in_words():
            if self._bare.in_transaction:
                self._bare.execute("COMMIT")
            self._bare.close()

    def take_over(self, path: Path) -> None:
        """Add all that is in another staging file of the same columns."""
        with in_words():
            self._bare.execute("COMMIT")
            self._bare.execute("ATTACH ? AS other", (str(path),))
            self._bare.execute("BEGIN")
            for table in ("rows", "external_ids", "problems", "keys", "tallies"):
                self._bare.execute(f"INSERT INTO main.{table} SELECT * FROM other.{table}")  # noqa: S608 - our own
            self._bare.execute("COMMIT")
            self._bare.execute("DETACH other")
            self._bare.execute("BEGIN")

    def add_rows(self, rows: Iterable[Sequence[Any]]) -> None:
        """Add rows: line, then the columns as `make` was told; in place of those of the line."""
        marks = ", ".join("?" * len(self._columns))
        with in_words():
            self._bare.executemany(f"INSERT OR REPLACE INTO rows VALUES ({marks})", rows)  # noqa: S608 - marks

    def add_external_ids(self, rows: Iterable[tuple[int, str, str]]) -> None:
        """Add ids of other systems: line, system, its id."""
        with in_words():
            self._bare.executemany("INSERT INTO external_ids VALUES (?, ?, ?)", rows)

    def add_keys(self, keys: KeyHashes) -> None:
        """Add what rows may be the same by."""
        with in_words():
            self._bare.execute(
                "INSERT INTO keys VALUES (?, ?)", (keys.hashes.tobytes(), keys.lines.tobytes())
            )

    def add_problems(self, problems: Iterable[RowProblem]) -> None:
        """Add rows that cannot be used."""
        rows = (
            (p.line, p.code, p.column, p.found, p.allowed, json.dumps(p.cells)) for p in problems
        )
        with in_words():
            self._bare.executemany("INSERT INTO problems VALUES (?, ?, ?, ?, ?, ?)", rows)

    def problems(self, most: int = -1) -> Iterator[RowProblem]:
        """Yield the rows that cannot be used, in the order of the file; -1: all."""
        found = self._bare.execute("SELECT * FROM problems ORDER BY line LIMIT ?", (most,))
        yield from map(problem_of_row, found)

    def add_tallies(self, told: Iterable[tuple[int, object]]) -> None:
        """Add what was counted of columns: number of the column, what `ColumnTally` told."""
        with in_words():
            self._bare.executemany(
                "INSERT INTO tallies VALUES (?, ?)", ((at, json.dumps(one)) for at, one in told)
            )

    def tallies(self) -> Iterator[tuple[int, Any]]:
        """Yield what `add_tallies` was told."""
        for at, told in self._bare.execute("SELECT number, told FROM tallies"):
            yield at, json.loads(told)

    def find_leads(self) -> None:
        """Note which leads share a key with which rows, and which rows are tangled.

        A row is tangled when it shares a key with another row, or a lead with another row, or has
        more than one lead: then only their order says what becomes of it.
        """
        with in_words():
            self._bare.execute("DELETE FROM found")
            if self._bare.execute("SELECT 1 FROM profile.leads LIMIT 1").fetchone():
                for statement in self._finding():
                    self._bare.execute(statement)
                # What speaks of a merged lead speaks of the one that stands for it.
                self._bare.execute(_STANDING_FOR)
            self._bare.execute("DELETE FROM hits")
            self._bare.execute(
                "INSERT INTO hits SELECT line, row_id, max(is_sure) FROM found"
                " GROUP BY line, row_id"
            )
            keys = [
                KeyHashes(array(CODE, hashes), array(CODE, lines))
                for hashes, lines in self._bare.execute("SELECT hashes, lines FROM keys")
            ]
            self._bare.executemany(
                "INSERT OR IGNORE INTO tangled VALUES (?)",
                ((line,) for line in lines_sharing(keys)),
            )
            self._bare.execute(
                "INSERT OR IGNORE INTO tangled"
                " SELECT line FROM hits GROUP BY line HAVING count(*) > 1"
                " UNION SELECT line FROM hits WHERE row_id IN"
                " (SELECT row_id FROM hits GROUP BY row_id HAVING count(*) > 1)"
            )

    def _finding(self) -> Iterator[str]:
        join = (
            "INSERT INTO found SELECT line, row_id, {} FROM rows JOIN profile.leads AS lead ON {}"
        )
        emails = [key for key in EMAIL_KEYS if key.removesuffix("_key") in self.fields]
        phones = [key for key in PHONE_KEYS if key in self.fields]
        pairs = [(1, mine, theirs) for mine in emails for theirs in EMAIL_KEYS]
        pairs += [(0, mine, theirs) for mine in phones for theirs in PHONE_KEYS]
        for is_sure, mine, theirs in [*pairs, (0, "name_key", "name_key")]:
            same = f"lead.{theirs} = rows.{mine} AND lead.{theirs} <> '' WHERE rows.{mine} <> ''"
            yield join.format(is_sure, same)
        yield join.format(1, "lead.lead_id = rows.file_id WHERE rows.file_id <> ''")
        yield (
            "INSERT INTO found SELECT line, row_id, 1 FROM external_ids AS mine"
            " JOIN profile.lead_external_ids AS theirs USING (system, external_id)"
            " JOIN profile.leads USING (lead_id)"
        )

    def note_same(self) -> int:
        """Note rows that say nothing but what their lead is already; return how many."""
        plain = " AND ".join(
            f"(rows.{name} IS lead.{name} OR rows.{name} IN ('', 0) OR rows.{name} IS NULL)"
            for name in (*self.fields, "extra", "as_written")
        )
        with in_words():
            return int(
                self._bare.execute(
                    "INSERT INTO outcomes SELECT line FROM hits JOIN rows USING (line)"  # noqa: S608 - names
                    " JOIN profile.leads AS lead USING (row_id)"
                    f" WHERE is_sure AND line NOT IN tangled AND {plain} AND NOT EXISTS"
                    " (SELECT 1 FROM external_ids AS mine LEFT JOIN profile.lead_external_ids AS"
                    " theirs ON theirs.lead_id = lead.lead_id AND theirs.system = mine.system AND"
                    " theirs.external_id = mine.external_id"
                    " WHERE mine.line = hits.line AND theirs.lead_id IS NULL)"
                ).rowcount
            )

    def pairs(self) -> Iterator[tuple[LeadRow, KnownLead]]:
        """Yield rows that share a key with one lead, and that lead, unless noted as the same."""
        found = self._bare.cursor().execute(
            f"SELECT lead.row_id, lead.revision, {_LEAD_SELECT}, {self._mine}"  # noqa: S608 - names
            " FROM hits JOIN rows USING (line) JOIN profile.leads AS lead USING (row_id)"
            " WHERE line NOT IN tangled AND line NOT IN (SELECT line FROM outcomes) ORDER BY line"
        )
        width = 2 + len(LEAD_COLUMNS)
        for row_id, revision, *rest in found:
            lead = from_row(rest[: width - 2], self._ids_of_lead(rest[0]))
            known = KnownLead(row_id, revision, lead, self._merged_into(lead.lead_id))
            yield self._row(rest[width - 2 :]), known

    def tangled_rows(self) -> Iterator[LeadRow]:
        """Yield the tangled rows in the order of the file."""
        found = self._bare.cursor().execute(
            f"SELECT {self._mine} FROM rows WHERE line IN tangled ORDER BY line"  # noqa: S608 - names
        )
        return map(self._row, found)

    def tangled_leads(self) -> Iterator[KnownLead]:
        """Yield the leads that share a key with tangled rows, the oldest first."""
        found = self._bare.cursor().execute(
            f"SELECT row_id, revision, {_LEAD_SELECT} FROM profile.leads AS lead WHERE row_id IN"  # noqa: S608 - names
            " (SELECT row_id FROM hits WHERE line IN tangled) ORDER BY row_id"
        )
        for row_id, revision, *rest in found:
            lead = from_row(rest, self._ids_of_lead(rest[0]))
            yield KnownLead(row_id, revision, lead, self._merged_into(lead.lead_id))

    def note_outcomes(self, lines: Iterable[int]) -> None:
        """Note rows that make no new lead."""
        with in_words():
            self._bare.executemany(
                "INSERT OR IGNORE INTO outcomes VALUES (?)", ((line,) for line in lines)
            )

    def note_updates(self, updates: Iterable[StagedUpdate]) -> None:
        """Note leads that become others."""
        rows = ((*update[:3], *map(json.dumps, update[3:])) for update in updates)
        with in_words():
            self._bare.executemany("INSERT INTO updates VALUES (?, ?, ?, ?, ?)", rows)

    def note_duplicates(self, duplicates: Iterable[PossibleDuplicate]) -> None:
        """Note new leads that may be one there already."""
        with in_words():
            self._bare.executemany("INSERT OR IGNORE INTO duplicates VALUES (?, ?, ?)", duplicates)

    def note_arisen(self, names: Sequence[ArisenName]) -> None:
        """Note new rows that have a name a lead before them got by being merged into."""
        if not names:
            return
        with in_words():
            self._bare.execute("CREATE TEMP TABLE arisen (name, since, lead_id, other_line)")
            self._bare.executemany("INSERT INTO arisen VALUES (?, ?, ?, ?)", names)
            self._bare.execute(
                "INSERT OR IGNORE INTO duplicates SELECT line, lead_id, other_line FROM ("
                "SELECT rows.line, arisen.lead_id, other_line FROM rows JOIN arisen"
                " ON arisen.name = rows.name_key AND rows.line > since ORDER BY since)"
                " WHERE line NOT IN (SELECT line FROM outcomes) AND line NOT IN tangled"
            )
            self._bare.execute("DROP TABLE temp.arisen")

    def forget_ids(self, line: int) -> None:
        """Forget the ids of other systems of a row."""
        self._bare.execute("DELETE FROM external_ids WHERE line = ?", (line,))

    def taken_ids(self) -> list[int]:
        """Return the lines of new leads whose id another lead has already."""
        found = [
            line
            for (line,) in self._bare.execute(
                "SELECT line FROM rows JOIN profile.leads USING (lead_id)"
                " WHERE line NOT IN (SELECT line FROM outcomes)"
            )
        ]
        # Of untangled rows no two have the same address, of which an id is made.
        seen: set[str] = set()
        for line, lead_id in self._bare.execute(
            "SELECT line, lead_id FROM tangled JOIN rows USING (line)"
            " WHERE line NOT IN (SELECT line FROM outcomes) ORDER BY line"
        ):
            if lead_id in seen:
                found.append(line)
            seen.add(lead_id)
        return found

    def set_id(self, line: int, lead_id: str) -> None:
        """Give a new lead another id."""
        self._bare.execute("UPDATE rows SET lead_id = ? WHERE line = ?", (lead_id, line))

    def outline(self) -> int:
        """Return a number that differs once other rows are new or other leads change."""
        found = 0
        for statement in (
            "SELECT line FROM outcomes ORDER BY line",
            "SELECT line, row_id FROM updates ORDER BY row_id",
        ):
            for row in self._bare.execute(statement):
                found = crc32(repr(row).encode(), found)
        return found

    def count(self, table: str) -> int:
        """Return how many rows one of the tables has."""
        return int(self._bare.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608 - our own

    @property
    def _mine(self) -> str:
        names = ("line", "file_id", *self.fields, "extra", "as_written")
        return ", ".join(f"rows.{name}" for name in names)

    def _row(self, row: Sequence[Any]) -> LeadRow:
        line, file_id, *rest = row
        values = values_of_columns((*self.fields, "extra", "as_written"), rest)
        if file_id:
            values["lead_id"] = file_id
        if self._has_ids and (ids := self._ids_of_line(line)):
            values["external_ids"] = ids
        return LeadRow(line, values)

    @cached_property
    def _has_ids(self) -> bool:
        return self._bare.execute("SELECT 1 FROM external_ids LIMIT 1").fetchone() is not None

    def _ids_of_line(self, line: int) -> dict[str, str]:
        return dict(
            self._bare.execute(
                "SELECT system, external_id FROM external_ids WHERE line = ?", (line,)
            ).fetchall()
        )

    def _merged_into(self, lead_id: str) -> tuple[Lead, ...]:
        if not self._has_merged:
            return ()
        found = self._bare.execute(
            f"SELECT {_LEAD_SELECT} FROM profile.leads AS lead"  # noqa: S608 - names
            " WHERE merged_into = ? AND merged_into <> '' ORDER BY row_id",
            (lead_id,),
        ).fetchall()
        return tuple(from_row(row, self._ids_of_lead(row[0])) for row in found)

    @cached_property
    def _has_merged(self) -> bool:
        found = self._bare.execute("SELECT 1 FROM profile.leads WHERE merged_into <> '' LIMIT 1")
        return found.fetchone() is not None

    def _ids_of_lead(self, lead_id: str) -> dict[str, str]:
        return dict(
            self._bare.execute(
                "SELECT system, external_id FROM profile.lead_external_ids WHERE lead_id = ?",
                (lead_id,),
            ).fetchall()
        )


def problem_of_row(row: Sequence[Any]) -> RowProblem:
    """Return the problem a row of the table `problems` is."""
    line, code, label, found, allowed, cells = row
    return RowProblem(code, line, label, found, allowed, tuple(json.loads(cells)))


def _attach(bare: driver.Connection, profile: Path) -> None:
    """Have the profile's database at hand; an empty one where there is none yet."""
    if profile.is_file():
        bare.execute("ATTACH ? AS profile", (f"{profile.absolute().as_uri()}?mode=ro",))
        return
    bare.execute("ATTACH ':memory:' AS profile")
    for table in (leads, lead_external_ids):
        names = ", ".join(column.name for column in table.c)
        bare.execute(f"CREATE TABLE profile.{table.name} ({names})")
