# SPDX-License-Identifier: MIT
"""What lists can be sorted by. Leads without the value come last, whatever the direction.

The known values have an index of their own, made when somebody first sorts a large list by that
column: an index for every column would slow every import (docs/adr/0018). Falling is rising read
from its end, so one index serves both.
"""

from typing import Any, Final, NamedTuple

from leaddesk.core.store.list_rows import PHONE

LARGE: Final = 20_000
"""From so many leads on an order has an index; fewer are sorted in a few hundredths of a second."""

PREFIX: Final = "ix_sorted_"
"""Begins the name of each index made here. They hold nothing that is not in `leads`: an import of
very many leads may drop them all (`drop_indices`), the next sorting makes them anew."""


class Order(NamedTuple):
    """One way to sort.

    Attributes:
        key: What is compared; equal ones stand in the order they came in, rising.
        known: Whether a lead has the value; empty: each has.
        has_index: The schema has an index for it.
        falls: That index has the largest first, and the oldest first among equal ones.
    """

    key: str
    known: str = ""
    has_index: bool = False
    falls: bool = False


def _text(column: str) -> Order:
    return Order(f"{column} COLLATE NOCASE", f"{column} <> ''")


def _number(column: str) -> Order:
    return Order(column, f"{column} IS NOT NULL")


ORDERS: Final = {
    "priority": Order("priority", has_index=True, falls=True),
    "name": Order("substr(search_text, 1, 40)", "search_text <> ''"),
    **{
        column: _text(column)
        for column in (
            "title", "company", "email", "industry", "city", "state", "country", "source",
            "stage", "status", "owner", "grade", "decided", "tags",
        )
    },
    "phone": _text(PHONE),
    **{column: _number(column) for column in ("employees", "revenue", "fit")},
    "engagement": Order("engagement", "engagement > 0"),
    "created_at": Order("created_at", "created_at <> ''"),
    "last_activity_at": Order("last_activity_at", "last_activity_at <> ''"),
}  # fmt: skip
"""Name -> how."""


def order_by(order: Order, *, descending: bool, indexed: bool) -> str:
    """Return the ORDER BY over leads with the value; `indexed`: an index may give the order."""
    way = "DESC" if descending else "ASC"
    plus = "" if indexed else "+"
    return f"{plus}{order.key} {way}, {plus}row_id {ties(order, descending=descending)}"


def ties(order: Order, *, descending: bool) -> str:
    """Return the direction in which equal leads and those without the value stand."""
    return "DESC" if descending is not order.falls else "ASC"


def index_of(name: str) -> str:
    """Return the name of the index that is made for an order."""
    return f"{PREFIX}{name}"


def ensure_index(bare: Any, name: str) -> bool:  # noqa: ANN401 - a connection of the driver
    """Make the index of an order unless it is there; return whether it was made.

    A million leads take a second or two, once. Call it in a writing transaction.
    """
    order = ORDERS[name]
    if order.has_index or has_index(bare, name):
        return False
    where = f" WHERE {order.known}" if order.known else ""
    bare.execute(f"CREATE INDEX {index_of(name)} ON leads ({order.key}, row_id){where}")
    return True


def has_index(bare: Any, name: str) -> bool:  # noqa: ANN401 - as above
    """Return whether an order has an index."""
    found = bare.execute("SELECT 1 FROM sqlite_schema WHERE name = ?", (index_of(name),))
    return ORDERS[name].has_index or found.fetchone() is not None


def drop_indices(bare: Any) -> None:  # noqa: ANN401 - as above
    """Drop every index made here."""
    found = bare.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'index' AND name GLOB ?", (f"{PREFIX}*",)
    )
    for (name,) in found.fetchall():
        bare.execute(f'DROP INDEX "{name}"')
