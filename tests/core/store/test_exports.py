# SPDX-License-Identifier: MIT
"""SQLite makes the cells; they are those `csv_writer` would make."""

from datetime import UTC, datetime

from leaddesk.core.domain.lead import Lead
from leaddesk.core.formats.csv_writer import LEAD_COLUMNS, LeadColumns, cell_text
from leaddesk.core.formats.guarding import guard
from tests.helpers.presets import own_cells

NASTY = ("", "=1", "+1", "-1", "@x", "'x", "\tx", "\rx", "\nx", "x=", "a;b", 'q"q', "ünï", "0")
LEADS = [
    Lead(
        f"L{number:024d}",
        company=text,
        phone=text,
        description=text,
        tags=tuple(dict.fromkeys(filter(None, (text, "b", "c;d", 'e"f')))),
        employees=number or None,
        do_not_call=bool(number % 2),
        created_at=datetime(2026, 11, 22, 10, 0, 0, number * 1000, tzinfo=UTC),
        external_ids={"it's": text} if text else {},
        extra={text: text, "Pet": "cat"} if text else {},
        as_written={"company": text} if text else {},
    )
    for number, text in enumerate(NASTY)
]


def all_rows(unit, *columns, guarded=None):
    row_ids = [unit.lead_list.row_id(lead.lead_id) for lead in LEADS]
    chunks = unit.exports.rows(row_ids, columns, guarded or {})
    return [list(row) for chunk in chunks for row in chunk]


def test_cells_are_those_of_a_lead(store):
    with store.begin() as unit:
        unit.leads.add(LEADS)
    with store.read() as unit:
        rows = all_rows(unit, *LEAD_COLUMNS, "external_id.it's")
    for lead, row in zip(LEADS, rows, strict=True):
        texts = [cell_text(getattr(lead, name, 0)) for name in LEAD_COLUMNS]
        assert row == [*texts, lead.external_ids.get("it's", "")]


def test_guarded_cells_are_those_of_a_file_for_spreadsheets(store):
    with store.begin() as unit:
        unit.leads.add(LEADS)
    columns = LeadColumns(systems=("it's",), signature="X")
    with store.read() as unit:
        rows = all_rows(unit, *columns.columns, guarded=columns.guarded)
    for lead, row in zip(LEADS, rows, strict=True):
        assert [*row, "X"] == own_cells(columns, lead)
        assert row[LEAD_COLUMNS.index("company")] == guard(lead.company)


def test_what_any_of_the_leads_has_is_found(store):
    with store.begin() as unit:
        unit.leads.add(LEADS)
    with store.read() as unit:
        row_ids = [unit.lead_list.row_id(lead.lead_id) for lead in LEADS]
        assert unit.exports.count(row_ids) == len(LEADS)
        assert unit.exports.systems(row_ids) == ("it's",)
        assert set(unit.exports.extra_names(row_ids)) == {*NASTY[1:], "Pet"}
        assert unit.exports.written_fields(row_ids) == {"company"}
        asked = ("company", "city", "do_not_call", "opted_out", "employees", "tags")
        assert unit.exports.filled(row_ids, asked) == {
            "company", "do_not_call", "employees", "tags",
        }  # fmt: skip
        first = row_ids[:1]
        assert unit.exports.systems(first) == ()
        assert unit.exports.extra_names(first) == ()
        assert unit.exports.written_fields(first) == frozenset()
        assert unit.exports.filled(first, asked) == {"tags"}


def test_leads_come_in_the_order_asked_for_and_merged_ones_not_at_all(store):
    with store.begin() as unit:
        unit.leads.add(LEADS)
        unit.exports._bare.execute(
            "UPDATE leads SET merged_into = 'L' WHERE lead_id = ?", (LEADS[2].lead_id,)
        )
    with store.read() as unit:
        row_ids = [unit.lead_list.row_id(LEADS[number].lead_id) for number in (3, 2, 1)]
        (chunk,) = unit.exports.rows(row_ids, ("lead_id", "decided_id"))
        assert chunk == [(LEADS[3].lead_id, ""), (LEADS[1].lead_id, "")]
        assert unit.exports.count(row_ids) == 2
