# SPDX-License-Identifier: MIT
"""Numbers nobody may call, whoever they belong to. Only ever added."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, select

from leaddesk.core.store.schema import do_not_call_numbers
from leaddesk.core.store.times import to_text


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

    def among(self, numbers: Iterable[str]) -> frozenset[str]:
        """Return which of these numbers (E.164) are not to be called."""
        column = do_not_call_numbers.c.phone_e164
        query = select(column).where(column.in_([number for number in numbers if number]))
        return frozenset(self._connection.execute(query).scalars())
