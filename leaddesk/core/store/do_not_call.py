# SPDX-License-Identifier: MIT
"""Numbers nobody may call, whoever they belong to. Only ever added.

A lead with no other number is barred, which is kept with it: the queue of a million leads cannot
look every number up.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection, select

from leaddesk.core.store.schema import PHONE_KEYS, do_not_call_numbers
from leaddesk.core.store.times import from_text, to_text

_NUMBERS = "(SELECT phone_e164 FROM do_not_call_numbers)"
# What cannot be read as a number stands for itself, as in `services.calling.numbers_of`.
_BARRED_OR_NONE = " AND ".join(
    f"({written} = '' OR coalesce(nullif({written}_e164, ''), {written}) IN {_NUMBERS})"
    for written in ("phone", "phone_2", "mobile")
)
ONLY_BARRED = f"(phone <> '' OR phone_2 <> '' OR mobile <> '') AND {_BARRED_OR_NONE}"
"""Holds for a lead with numbers, none of which may be called."""

_BAR = "UPDATE leads SET barred = 1, held = 1 WHERE barred = 0 AND merged_into = ''"
# Each key has an index of its own, of what is not empty.
_BAR_BY_NUMBER = (
    f"{_BAR} AND row_id IN ("  # noqa: S608 - constants
    + " UNION ".join(
        f"SELECT row_id FROM leads WHERE {key} IN (SELECT value FROM json_each(:numbers))"  # noqa: S608 - constants
        f" AND {key} <> ''"
        for key in PHONE_KEYS
    )
    + f") AND {ONLY_BARRED}"
)
_BAR_BY_ID = f"{_BAR} AND lead_id IN (SELECT value FROM json_each(?)) AND {ONLY_BARRED}"  # noqa: S608 - constants


_CHANGED = "(SELECT row_id FROM import_changes WHERE batch_id = :batch)"
_BAR_BATCH = f"{_BAR} AND (batch_id = :batch OR row_id IN {_CHANGED}) AND {ONLY_BARRED}"
_FREE_BATCH = (
    "UPDATE leads SET barred = 0, held = (do_not_call OR suppressed)"  # noqa: S608 - constants
    f" WHERE barred = 1 AND row_id IN {_CHANGED} AND NOT ({ONLY_BARRED})"
)


class DoNotCall:
    """The table `do_not_call_numbers`, inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, numbers: Iterable[str], at: datetime, by: str, source: str) -> None:
        """Store that these numbers (E.164) are not to be called; those there already stay."""
        rows = [(number, to_text(at), by, source) for number in numbers if number]
        if rows:
            self._connection.exec_driver_sql(
                "INSERT INTO do_not_call_numbers (phone_e164, at, by_whom, source)"
                " VALUES (?, ?, ?, ?) ON CONFLICT (phone_e164) DO NOTHING",
                rows,
            )
            new = json.dumps([row[0] for row in rows])
            self._connection.exec_driver_sql(_BAR_BY_NUMBER, {"numbers": new})

    def bar_batch(self, batch_id: str) -> None:
        """Say anew of the leads an import made or changed whether they are barred."""
        query = select(do_not_call_numbers.c.phone_e164).limit(1)
        if self._connection.execute(query).first() is not None:
            for statement in (_BAR_BATCH, _FREE_BATCH):
                self._connection.exec_driver_sql(statement, {"batch": batch_id})

    def since(self, numbers: Iterable[str]) -> dict[str, datetime]:
        """Return those of these numbers (E.164) that are not to be called, and since when."""
        column = do_not_call_numbers.c.phone_e164
        query = select(column, do_not_call_numbers.c.at).where(
            column.in_([number for number in numbers if number])
        )
        return {number: from_text(at) for number, at in self._connection.execute(query)}

    def bar(self, lead_ids: Sequence[str]) -> None:
        """Bar those of these leads that have no number but such as are not to be called."""
        query = select(do_not_call_numbers.c.phone_e164).limit(1)
        if self._connection.execute(query).first() is not None:
            self._connection.exec_driver_sql(_BAR_BY_ID, (json.dumps(list(lead_ids)),))
