# SPDX-License-Identifier: MIT
"""The first rows of a list, in its order, quickly however many leads it finds.

Very common words are met soon by walking the leads in their order. Who has the others is told by
the full-text index: few are looked up and sorted; of many, the index of the order is walked, which
alone says who comes first, until enough of them were met. So no lead is read that is not shown,
and the worst case is to walk one index.

Some leads that lie evenly over all tell which words are common. Two habits of FTS5 count: it reads
all leads of a beginning of more than three letters before it gives the first, and streams those of
shorter ones, which have an index of their own. So a common word is sought there by its first three
letters and looked at again in the lead.

Whatever the way, the rows are those of sorting all there is; a test holds them equal.
"""

from array import array
from collections.abc import Iterator
from datetime import datetime
from itertools import chain
from operator import itemgetter
from typing import Any

from leaddesk.core.domain.lead_query import LeadQuery
from leaddesk.core.store import sorting
from leaddesk.core.store.conditions import FOUND, NOT_MERGED, Clause, clause_of, in_text, tested
from leaddesk.core.store.search import beginnings, match_expression

SAMPLED = 250
"""Leads that tell which words are common."""

COMMON = 10
"""So many of these make a word a common one: about one lead in 25 has it, and meeting the first of
them on a walk takes less than having the full-text index read them all."""

VERY_COMMON = 4
"""At least one lead in so many has such a word, as the ending of an e-mail address."""

FEW = 600
"""Leads that are looked up and sorted: with a million leads, walking takes longer up to here."""

WALKED = 40_000
"""Leads looked at on a walk at the most."""

STREAMED = 3
"""Letters of the longest beginnings that have an index (`schema.SEARCH_TABLE`)."""

_GROWN = 8
"""The sample is taken anew when the leads are an eighth more or fewer."""

_CHUNK = 10_000


class Sample:
    """The words of some leads that lie evenly over all.

    It may be old, which costs time at worst: it decides the way, never what is found.
    """

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._last = -1

    def texts(self, bare: Any) -> list[str]:  # noqa: ANN401 - a connection of the driver
        """Return `search_text` of each."""
        (last,) = bare.execute("SELECT coalesce(max(row_id), 0) FROM leads").fetchone()
        if abs(last - self._last) > self._last // _GROWN:
            ids = ", ".join(map(str, range(1, last + 1, last // SAMPLED + 1)))
            found = bare.execute(f"SELECT search_text FROM leads WHERE row_id IN ({ids})")  # noqa: S608 - numbers
            self._texts, self._last = [text for (text,) in found], last
        return self._texts


def first_rows(
    bare: Any,  # noqa: ANN401 - a connection of the driver
    sample: Sample,
    query: LeadQuery,
    order: sorting.Order,
    now: datetime | None,
) -> "array[int] | None":
    """Return the first `query.most` row ids; None where only looking at all leads can tell.

    Args:
        bare: Inside a transaction.
        sample: Of the leads of this database.
        query: With something sought, and `most` of it wanted.
        order: Its order, which has an index.
        now: The present moment, for conditions that count days from it.
    """
    wanted = beginnings(query.search)
    texts = sample.texts(bare) if wanted else []
    if not wanted or _hits(wanted, texts) >= COMMON:
        walked = _walk(bare, query, order, now)
        if len(walked) == query.most or not wanted:
            return _if_enough(walked, query)
    asked = _shortened(wanted, texts)
    listed = match_expression(asked)
    few = _few(bare, listed)
    if few is not None:
        return _look_up(bare, query, order, few, now)
    passing = clause_of(query, now) if asked == wanted else tested(query, now)
    return _if_enough(_meet(bare, query, order, listed, passing), query)


def _if_enough(found: "array[int]", query: LeadQuery) -> "array[int] | None":
    return found if len(found) == query.most else None


def ids_of(found: Any) -> "array[int]":  # noqa: ANN401 - a cursor of the driver
    """Return the first column of all rows that are found."""
    ids = array("q")
    ids.extend(chain.from_iterable(map(itemgetter(0), chunk) for chunk in _chunks(found)))
    return ids


def _chunks(found: Any) -> Iterator[list[tuple[int]]]:  # noqa: ANN401 - as above
    return iter(lambda: found.fetchmany(_CHUNK), [])


def _hits(wanted: list[str], texts: list[str]) -> int:
    """Return in how many texts all these words begin."""
    for sought in map(in_text, wanted):
        texts = [text for text in texts if sought in text]
    return len(texts)


def _shortened(wanted: list[str], texts: list[str]) -> list[str]:
    """Return the words as FTS5 finds them quickly; each lead found is looked at again.

    Common ones are sought by their first letters; very common ones beside others not at all.
    """
    hits = [_hits([word], texts) for word in wanted]
    bar = max(len(texts) // VERY_COMMON, COMMON)
    rarer = [number < bar for number in hits]
    return [
        word[:STREAMED] if number >= COMMON else word
        for word, number, is_rarer in zip(wanted, hits, rarer, strict=True)
        if is_rarer or not any(rarer)
    ]


def _few(bare: Any, listed: str) -> "list[int] | None":  # noqa: ANN401 - as above
    """Return whom the full-text index lists, None where those are many."""
    found = bare.execute(
        "SELECT rowid FROM lead_search WHERE lead_search MATCH ? LIMIT ?", (listed, FEW + 1)
    ).fetchall()
    return [row_id for (row_id,) in found] if len(found) <= FEW else None


def _walk(
    bare: Any,  # noqa: ANN401 - as above
    query: LeadQuery,
    order: sorting.Order,
    now: datetime | None,
) -> "array[int]":
    """Return those of the first leads in an order that are sought, each looked at."""
    passing = tested(query, now)
    by = sorting.order_by(order, descending=query.descending, indexed=True)
    rows = bare.execute(
        "SELECT next FROM (SELECT row_id AS next FROM leads"  # noqa: S608 - values are bound
        f" WHERE {order.known or '1'} AND {NOT_MERGED} ORDER BY {by} LIMIT ?)"
        f" CROSS JOIN leads ON leads.row_id = next WHERE {passing.sql} LIMIT ?",
        (WALKED, *passing.values, query.most),
    )
    return ids_of(rows)


def _meet(
    bare: Any,  # noqa: ANN401 - as above
    query: LeadQuery,
    order: sorting.Order,
    listed: str,
    passing: Clause,
) -> "array[int]":
    """Return the first leads in an order that the full-text index lists, only those looked at."""
    by = sorting.order_by(order, descending=query.descending, indexed=True)
    # The plus keeps SQLite from looking each of them up, to sort them all.
    rows = bare.execute(
        f"SELECT row_id FROM leads WHERE +{FOUND} AND {NOT_MERGED} AND {order.known or '1'}"  # noqa: S608 - values are bound
        f" AND {passing.sql} ORDER BY {by} LIMIT ?",
        (listed, *passing.values, query.most),
    )
    return ids_of(rows)


def _look_up(
    bare: Any,  # noqa: ANN401 - as above
    query: LeadQuery,
    order: sorting.Order,
    few: list[int],
    now: datetime | None,
) -> "array[int]":
    """Return the first of these leads that are sought."""
    passing = tested(query, now)
    by = sorting.order_by(order, descending=query.descending, indexed=False)
    last = f"coalesce({order.known}, 0) = 0, " if order.known else ""
    among = ", ".join(map(str, few))
    rows = bare.execute(
        f"SELECT row_id FROM leads WHERE row_id IN ({among}) AND {passing.sql}"  # noqa: S608 - numbers; values are bound
        f" AND {NOT_MERGED} ORDER BY {last}{by} LIMIT ?",
        (*passing.values, query.most),
    )
    return ids_of(rows)
