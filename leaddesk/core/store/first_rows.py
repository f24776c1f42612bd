# SPDX-License-Identifier: MIT
"""The first rows a query finds, in its order, quickly however many leads it finds.

Common words are met soon by walking the leads in their order; rare ones are looked up in the
full-text index, and what is found is sorted. Some leads that lie evenly over all tell which words
are common. Two habits of FTS5 count: it reads all leads of a beginning of more than three letters
before it gives the first, and streams those of shorter ones, which have an index of their own. So a
common word is sought there by its first three letters and looked at again in the lead.

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
from leaddesk.core.store.conditions import HAS_WORD, NOT_MERGED, clause_of, in_text, tested
from leaddesk.core.store.search import beginnings, match_expression

SAMPLED = 250
"""Leads looked at before anything is looked up: a fraction of a millisecond."""

COMMON = 3
"""So many of these make a word a common one: about one lead in a hundred has it."""

VERY_COMMON = 2
"""At least one lead in so many has such a word, as the ending of an e-mail address."""

FEW = 4_000
"""Leads that are looked up and sorted; more are walked."""

WALKED = 40_000
"""Leads walked at the most."""

STREAMED = 3
"""Letters of the longest beginnings that have an index (`schema.SEARCH_TABLE`)."""

_CHUNK = 10_000


def first_rows(
    bare: Any,  # noqa: ANN401 - a connection of the driver
    query: LeadQuery,
    order: sorting.Order,
    now: datetime | None,
) -> "array[int] | None":
    """Return the first `query.most` row ids; None where only looking at all leads can tell.

    Args:
        bare: Inside a transaction.
        query: With something sought, and `most` of it wanted.
        order: Its order, which has an index.
        now: The present moment, for conditions that count days from it.
    """
    wanted = beginnings(query.search)
    sample = _sample(bare, query, wanted, now)
    if wanted:
        asked = _shortened(wanted, sample)
        few = _few(bare, asked)
        if few is not None:
            return _look_up(bare, query, order, few, now)
    else:
        asked = wanted
    if asked == wanted or any(all(row) for row in sample):
        walked = _walk(bare, query, order, now)
        if len(walked) == query.most:
            return walked
    return None


def ids_of(found: Any) -> "array[int]":  # noqa: ANN401 - a cursor of the driver
    """Return the first column of all rows that are found."""
    ids = array("q")
    ids.extend(chain.from_iterable(map(itemgetter(0), chunk) for chunk in _chunks(found)))
    return ids


def _chunks(found: Any) -> Iterator[list[tuple[int]]]:  # noqa: ANN401 - as above
    return iter(lambda: found.fetchmany(_CHUNK), [])


def _sample(
    bare: Any,  # noqa: ANN401 - as above
    query: LeadQuery,
    wanted: list[str],
    now: datetime | None,
) -> list[tuple[int, ...]]:
    """Return of some leads whether they have each word, and whether the conditions hold."""
    (last,) = bare.execute("SELECT coalesce(max(row_id), 0) FROM leads").fetchone()
    clause = clause_of(query, now)
    tests = "".join(f"{HAS_WORD} > 0, " for _ in wanted)
    ids = ", ".join(map(str, range(1, last + 1, last // SAMPLED + 1)))
    rows: list[tuple[int, ...]] = bare.execute(
        f"SELECT {tests} {clause.sql} FROM leads WHERE row_id IN ({ids})",  # noqa: S608 - numbers; values are bound
        (*map(in_text, wanted), *clause.values),
    ).fetchall()
    return rows


def _shortened(wanted: list[str], sample: list[tuple[int, ...]]) -> list[str]:
    """Return the words as FTS5 finds them quickly; each lead found is looked at again.

    Common ones are sought by their first letters; very common ones beside others not at all.
    """
    hits = [sum(row[place] for row in sample) for place in range(len(wanted))]
    bar = max(len(sample) // VERY_COMMON, COMMON)
    rarer = [number < bar for number in hits]
    return [
        word[:STREAMED] if number >= COMMON else word
        for word, number, is_rarer in zip(wanted, hits, rarer, strict=True)
        if is_rarer or not any(rarer)
    ]


def _walk(
    bare: Any,  # noqa: ANN401 - as above
    query: LeadQuery,
    order: sorting.Order,
    now: datetime | None,
) -> "array[int]":
    """Return those of the first leads in an order that are sought."""
    passing = tested(query, now)
    by = sorting.order_by(order, descending=query.descending, indexed=True)
    rows = bare.execute(
        "SELECT next FROM (SELECT row_id AS next FROM leads"  # noqa: S608 - values are bound
        f" WHERE {order.known or '1'} AND {NOT_MERGED} ORDER BY {by} LIMIT ?)"
        f" CROSS JOIN leads ON leads.row_id = next WHERE {passing.sql} LIMIT ?",
        (WALKED, *passing.values, query.most),
    )
    return ids_of(rows)


def _few(bare: Any, asked: list[str]) -> "list[int] | None":  # noqa: ANN401 - as above
    """Return who has words that begin so, None where those are many."""
    found = bare.execute(
        "SELECT rowid FROM lead_search WHERE lead_search MATCH ? LIMIT ?",
        (match_expression(asked), FEW + 1),
    ).fetchall()
    return [row_id for (row_id,) in found] if len(found) <= FEW else None


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
