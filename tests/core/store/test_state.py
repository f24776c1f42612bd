# SPDX-License-Identifier: MIT
"""Who is the same person and who is not is part of what `verify` takes the fingerprint of."""

from datetime import UTC, datetime

import pytest

from leaddesk.core.domain.lead import Lead
from leaddesk.core.store.engine import Store
from leaddesk.core.store.merges import Merge

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
KEPT = {"city": ("", "Brno"), "company": ("", "Egli Ltd")}


def merge(number, kept=KEPT):
    return Merge(f"M{number}", "L1", f"L{number}", NOON, "Ada Berg", kept, {"due": 3}, ())


def lines(unit):
    return list(unit.canonical_lines())


@pytest.fixture
def merged(store):
    """Five leads: three are one person, two are not."""
    with store.begin() as unit:
        unit.leads.add([Lead(f"L{number}") for number in range(1, 6)])
        for number in (2, 3):
            unit.merges.hide(f"L{number}", "L1")
            unit.merges.add(merge(number))
        unit.duplicates.mark("L4", "L5", NOON, "Ada Berg")
    return store


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE leads SET merged_into = '' WHERE lead_id = 'L2'",
        "UPDATE leads SET merged_into = 'L4' WHERE lead_id = 'L2'",
        "UPDATE lead_merges SET kept_id = 'L4' WHERE merge_id = 'M2'",
        "UPDATE lead_merges SET undone_at = at WHERE merge_id = 'M3'",
        "UPDATE lead_merges SET by_whom = '' WHERE merge_id = 'M3'",
        "DELETE FROM lead_merges WHERE merge_id = 'M2'",
        "DELETE FROM not_the_same",
        "UPDATE not_the_same SET by_whom = ''",
    ],
)
def test_who_is_whom_differs_and_so_do_the_lines(merged, statement):
    with merged.begin() as unit:
        before = lines(unit)
        assert lines(unit) == before
        unit._connection.exec_driver_sql(statement)
        assert lines(unit) != before


def test_the_order_of_merging_and_what_undoing_needs_do_not_matter(merged, tmp_path):
    other = Store.open(tmp_path / "other.sqlite")
    with other.begin() as unit:
        unit.leads.add([Lead(f"L{number}") for number in range(5, 0, -1)])
        unit.duplicates.mark("L5", "L4", NOON, "Ada Berg")
        for number in (3, 2):
            unit.merges.hide(f"L{number}", "L1")
            unit.merges.add(merge(number, dict(reversed(KEPT.items()))))
            unit.merges.set_columns("L1", {"city": ""})
        theirs = lines(unit)
    other.close()
    with merged.read() as unit:
        assert lines(unit) == theirs
