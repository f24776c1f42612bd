# SPDX-License-Identifier: MIT
"""Keyed hashes of numbers and addresses that are never to be used, and the leads they hold.

A lead with one of them is barred like one whose numbers are not to be called: the queue of a
million leads cannot look every hash up.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection

from leaddesk.core.store.do_not_call import ONLY_BARRED
from leaddesk.core.store.times import from_text, to_text

_CONTACTS = "phone_e164, phone, phone_2_e164, phone_2, mobile_e164, mobile, email, email_2"
_OF_LINES = (
    f"SELECT lead_id, {', '.join(f'leads.{c}' for c in _CONTACTS.split(', '))}"  # noqa: S608 - constants
    " FROM stage.rows AS staged JOIN leads USING (lead_id)"
    " WHERE staged.line BETWEEN ? AND ? AND leads.batch_id = ?"
)
_OF_ROWS = (
    f"SELECT lead_id, {_CONTACTS} FROM leads"  # noqa: S608 - constants
    " WHERE row_id IN (SELECT value FROM json_each(?))"
)
_SEEN = "WHERE lead_id IN (SELECT value FROM json_each(?)) AND merged_into = ''"
_HOLD = f"UPDATE leads SET barred = 1, held = 1 {_SEEN}"  # noqa: S608 - constants
_FREE = (
    f"UPDATE leads SET barred = ({ONLY_BARRED}),"  # noqa: S608 - constants
    f" held = (do_not_call OR suppressed OR ({ONLY_BARRED})) {_SEEN} AND barred = 1"
)


class Contacts(NamedTuple):
    """What a lead is reached by: numbers as E.164, else as written, and addresses."""

    lead_id: str
    phones: tuple[str, ...]
    emails: tuple[str, ...]


class Suppressed:
    """The table `suppressed`, inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def is_empty(self) -> bool:
        """Return whether there is no hash at all."""
        found = self._connection.exec_driver_sql("SELECT 1 FROM suppressed LIMIT 1")
        return found.first() is None

    def add(self, hashes: Iterable[tuple[str, str]], at: datetime, by: str, reason: str) -> None:
        """Store hashes (hash, kind); those there already stay as they are."""
        rows = [(digest, kind, to_text(at), by, reason) for digest, kind in hashes]
        if rows:
            self._connection.exec_driver_sql(
                "INSERT INTO suppressed (hash, kind, at, by_whom, reason) VALUES (?, ?, ?, ?, ?)"
                " ON CONFLICT (hash) DO NOTHING",
                rows,
            )

    def remove(self, hashes: Sequence[str], reason: str) -> None:
        """Remove those of the hashes that were stored for this reason."""
        self._connection.exec_driver_sql(
            "DELETE FROM suppressed WHERE reason = ? AND hash IN (SELECT value FROM json_each(?))",
            (reason, json.dumps(list(hashes))),
        )

    def remove_all(self, reason: str) -> None:
        """Remove what was stored for this reason."""
        self._connection.exec_driver_sql("DELETE FROM suppressed WHERE reason = ?", (reason,))

    def since(self, hashes: Iterable[str]) -> dict[str, datetime]:
        """Return those of the hashes that are stored, and since when."""
        found = self._connection.exec_driver_sql(
            "SELECT hash, at FROM suppressed WHERE hash IN (SELECT value FROM json_each(?))",
            (json.dumps(list(hashes)),),
        )
        return {digest: from_text(at) for digest, at in found}

    def of_lines(self, batch_id: str, first: int, last: int) -> Iterator[Contacts]:
        """Yield what the new leads of these staged lines are reached by."""
        found = self._connection.exec_driver_sql(_OF_LINES, (first, last, batch_id))
        return map(_contacts, found)

    def of_rows(self, row_ids: Sequence[int]) -> Iterator[Contacts]:
        """Yield what these leads are reached by."""
        return map(
            _contacts,
            self._connection.exec_driver_sql(_OF_ROWS, (json.dumps(list(row_ids)),)),
        )

    def hold(self, lead_ids: Sequence[str]) -> None:
        """Keep leads from the queue."""
        if lead_ids:
            self._connection.exec_driver_sql(_HOLD, (json.dumps(list(lead_ids)),))

    def free(self, lead_ids: Sequence[str]) -> None:
        """Let leads back into the queue, unless something else keeps them from it."""
        if lead_ids:
            self._connection.exec_driver_sql(_FREE, (json.dumps(list(lead_ids)),))


def _contacts(row: Sequence[str]) -> Contacts:
    lead_id, phone_e164, phone, phone_2_e164, phone_2, mobile_e164, mobile, *emails = row
    phones = (phone_e164 or phone, phone_2_e164 or phone_2, mobile_e164 or mobile)
    return Contacts(lead_id, tuple(filter(None, phones)), tuple(filter(None, emails)))
