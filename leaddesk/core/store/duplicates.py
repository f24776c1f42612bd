# SPDX-License-Identifier: MIT
"""What duplicates are sought in: all leads by their keys, in a file of its own, or those like one.

Comparing a million leads takes a while and must hold nobody up, so it has a connection of its own
and reads a few leads at a time; the file is thrown away afterwards.
"""

import json
import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from sqlalchemy import Connection

from leaddesk.core.domain.lead import Lead
from leaddesk.core.domain.mailboxes import GMAIL
from leaddesk.core.domain.traits import Traits, plain
from leaddesk.core.store import driver
from leaddesk.core.store.failures import in_words
from leaddesk.core.store.merges import VISIBLE_ID
from leaddesk.core.store.schema import EMAIL_KEYS, PHONE_KEYS
from leaddesk.core.store.search import fold
from leaddesk.core.store.times import to_text

_FRESH = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -32000;"
_TABLES = """
CREATE TABLE traits (row_id INTEGER PRIMARY KEY, content TEXT);
CREATE TABLE keys (hash INTEGER, row_id INTEGER, PRIMARY KEY (hash, row_id)) WITHOUT ROWID;
"""
_COMPARED = (
    "first_name", "last_name", "full_name", "company", "email", "email_2",
    "phone", "phone_2", "mobile", "phone_e164", "phone_2_e164", "mobile_e164",
    "street", "city", "state", "postal_code", "country",
)  # fmt: skip
_SELECT = f"SELECT row_id, extra, {', '.join(_COMPARED)} FROM"
_NOT_THE_SAME = (
    f"SELECT {VISIBLE_ID.format('one')}, {VISIBLE_ID.format('two')} FROM not_the_same AS pair"  # noqa: S608 - constants
    " JOIN leads AS one ON one.lead_id = pair.lead_id"
    " JOIN leads AS two ON two.lead_id = pair.other_id"
)
_WORD = re.compile(r"\w+")
_FEW = 200
"""So many leads of like names are looked at when one is entered."""


class Comparing:
    """All leads by their keys, in a file of its own."""

    def __init__(self, connection: driver.Connection) -> None:
        self._bare = connection

    @classmethod
    def make(cls, path: Path, profile: Path) -> Self:
        """Return a new file at `path`; `profile`: the database the leads are in."""
        path.unlink(missing_ok=True)
        with in_words():
            bare = driver.connect(path)
            try:
                bare.executescript(_FRESH + _TABLES)
                bare.execute("ATTACH ? AS profile", (f"{profile.absolute().as_uri()}?mode=ro",))
            except BaseException:
                bare.close()
                raise
        return cls(bare)

    def close(self) -> None:
        """Let go of the file. May be called twice."""
        self._bare.close()

    def leads(self, after: int, most: int) -> list[tuple[int, Lead]]:
        """Return leads behind a row id, with what of them is compared; merged ones are left out."""
        with in_words():
            found = self._bare.execute(
                f"{_SELECT} profile.leads WHERE row_id > ? AND merged_into = ''"
                " ORDER BY row_id LIMIT ?",
                (after, most),
            ).fetchall()
        return [_lead(*row) for row in found]

    def last(self) -> int:
        """Return the largest row id there is; 0 without any lead."""
        return int(self._bare.execute("SELECT max(row_id) FROM profile.leads").fetchone()[0] or 0)

    def add(self, found: Iterable[tuple[int, Traits, Iterable[str]]]) -> None:
        """Take in leads: row id, traits, keys."""
        traits: list[tuple[int, str]] = []
        keys: list[tuple[int, int]] = []
        for row_id, one, its_keys in found:
            traits.append((row_id, json.dumps(one)))
            keys += [(hash(key), row_id) for key in its_keys]
        with in_words():
            self._bare.execute("BEGIN")
            self._bare.executemany("INSERT INTO traits VALUES (?, ?)", traits)
            self._bare.executemany("INSERT OR IGNORE INTO keys VALUES (?, ?)", sorted(keys))
            self._bare.execute("COMMIT")

    def blocks(self, after: int | None, most: int, size: int) -> tuple[int | None, list[list[int]]]:
        """Return the leads that share a key, key by key, from behind a key on.

        Args:
            after: As it was returned; None: from the first on.
            most: At most so many blocks.
            size: Blocks of more leads are left out.

        Returns:
            The key up to which they go, None behind the last; row ids of each block.
        """
        with in_words():
            found = self._bare.execute(
                "SELECT hash, group_concat(row_id) FROM keys WHERE hash > ? GROUP BY hash"
                " HAVING count(*) BETWEEN 2 AND ? LIMIT ?",
                (-(2**63) if after is None else after, size, most),
            ).fetchall()
        blocks = [[int(row_id) for row_id in row_ids.split(",")] for _, row_ids in found]
        return (found[-1][0] if len(found) == most else None), blocks

    def traits(self, row_ids: Iterable[int]) -> dict[int, Traits]:
        """Return row id -> what of the lead is compared."""
        with in_words():
            found = self._bare.execute(
                "SELECT row_id, content FROM traits"
                " WHERE row_id IN (SELECT value FROM json_each(?))",
                (json.dumps(sorted(set(row_ids))),),
            ).fetchall()
        return {row_id: _traits(content) for row_id, content in found}


class Duplicates:
    """Leads that may be one, and those known not to be, inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def candidates(self, lead: Lead, one: Traits) -> list[tuple[int, Lead]]:
        """Return leads that may be this one, by address, number or a name that begins alike.

        Args:
            lead: As it is entered.
            one: What of it is compared.
        """
        found: set[int] = set()
        for address in one.emails:
            found.update(self._with_mailbox(address))
        numbers = json.dumps(
            [n for n in (lead.phone_e164, lead.phone_2_e164, lead.mobile_e164) if n]
        )
        for key in PHONE_KEYS:
            found.update(
                self._ids(f"{key} <> '' AND {key} IN (SELECT value FROM json_each(?))", (numbers,))  # noqa: S608 - our own
            )
        for words in _searches(lead, one):
            found.update(self._words(words))
        rows = self._connection.exec_driver_sql(
            f"{_SELECT} leads WHERE row_id IN (SELECT value FROM json_each(?))"  # noqa: S608 - constants
            " AND merged_into = '' AND lead_id <> ?",
            (json.dumps(sorted(found)), lead.lead_id),
        )
        return [_lead(*row) for row in rows]

    def mark(self, one: str, other: str, at: datetime, by: str) -> bool:
        """Store that two leads are not the same; return whether that is new."""
        return bool(
            self._connection.exec_driver_sql(
                "INSERT OR IGNORE INTO not_the_same (lead_id, other_id, at, by_whom)"
                " VALUES (?, ?, ?, ?)",
                (*sorted((one, other)), to_text(at), by),
            ).rowcount
        )

    def unmark(self, one: str, other: str) -> bool:
        """Take that back, also where one of them has been merged since; return if it was so."""
        of = "(SELECT lead_id FROM leads WHERE ? IN (lead_id, nullif(merged_into, '')))"
        return bool(
            self._connection.exec_driver_sql(
                f"DELETE FROM not_the_same WHERE (lead_id IN {of} AND other_id IN {of})"  # noqa: S608 - constants
                f" OR (lead_id IN {of} AND other_id IN {of})",
                (one, other, other, one),
            ).rowcount
        )

    def marked(self) -> set[frozenset[str]]:
        """Return the pairs of leads that are not the same; of merged ones, those they are now."""
        found = self._connection.exec_driver_sql(_NOT_THE_SAME)
        return {frozenset(pair) for pair in found.all()}

    def row_ids(self, lead_ids: Iterable[str]) -> dict[str, int]:
        """Return lead id -> row id."""
        found = self._connection.exec_driver_sql(
            "SELECT lead_id, row_id FROM leads WHERE lead_id IN (SELECT value FROM json_each(?))",
            (json.dumps(sorted(lead_ids)),),
        )
        return {row.lead_id: row.row_id for row in found}

    def _with_mailbox(self, address: str) -> set[int]:
        local, _, domain = address.partition("@")
        found: set[int] = set()
        for key in EMAIL_KEYS:
            if domain in GMAIL:
                bare = f"replace(substr({key}, 1, instr({key}, '@') - 1), '.', '')"
                found |= self._ids(
                    f"{key} >= ?1 AND {key} < ?2 AND {key} <> ''"
                    f" AND substr({key}, instr({key}, '@') + 1) IN (?3, ?4)"
                    f" AND ({bare} = ?5 OR substr({bare}, 1, length(?5) + 1) = ?5 || '+')",
                    (local[0], chr(ord(local[0]) + 1), *sorted(GMAIL), local),
                )
                continue
            found |= self._ids(f"{key} = ? AND {key} <> ''", (address,))
            found |= self._ids(  # "," comes behind "+"
                f"{key} >= ?1 || '+' AND {key} < ?1 || ',' AND {key} <> ''"
                f" AND substr({key}, instr({key}, '@') + 1) = ?2",
                (local, domain),
            )
        return found

    def _words(self, words: Sequence[str]) -> set[int]:
        wanted = " ".join(f'"{word}"*' for word in words)
        found = self._connection.exec_driver_sql(
            "SELECT rowid FROM lead_search WHERE lead_search MATCH ? LIMIT ?", (wanted, _FEW)
        )
        return set(found.scalars())

    def _ids(self, condition: str, values: tuple[Any, ...]) -> set[int]:
        found = self._connection.exec_driver_sql(
            f"SELECT row_id FROM leads WHERE {condition} LIMIT {_FEW}",  # noqa: S608 - our own
            values,
        )
        return set(found.scalars())


def _searches(lead: Lead, one: Traits) -> Iterable[tuple[str, ...]]:
    """Yield beginnings of words to look for together: of the names, of one and the company."""
    names = _WORD.findall(fold(f"{lead.first_name} {lead.last_name} {lead.full_name}"))
    company = next(iter(_WORD.findall(fold(lead.company))), "")
    first, last = (_as_indexed(name, names) for name in (one.first, one.last))
    for this, other in ((last[:4], first[:2]), (last[:4], company[:4]), (first[:4], company[:4])):
        if this and other:
            yield this, other
    if company and not one.is_person:
        yield (company,)
    if last and not (first or company):
        yield (last,)
    yield from ((number,) for number in one.phones)


def _as_indexed(name: str, words: Sequence[str]) -> str:
    """Return the first word of a name as the search has it, which keeps letters like "ø"."""
    wanted = name.partition(" ")[0]
    return next((word for word in words if plain(word) == wanted), "")


def _lead(row_id: int, extra: str, *values: str) -> tuple[int, Lead]:
    fields = dict(zip(_COMPARED, values, strict=True))
    return row_id, Lead("", **fields, extra=json.loads(extra) if extra else {})  # type: ignore[arg-type]  # all texts


def _traits(content: str) -> Traits:
    emails, phones, *rest = json.loads(content)
    return Traits(tuple(emails), tuple(phones), *rest)
