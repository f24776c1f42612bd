# SPDX-License-Identifier: MIT
"""Rows to leads: the real exports, and that nothing which stands in a cell is lost."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaddesk.core.domain.lead import Lead
from leaddesk.core.domain.merge import OnMatch, plan_import
from leaddesk.core.domain.rows import LeadRow, RowProblem
from leaddesk.core.domain.stages import Stage, Status
from leaddesk.core.formats.csv_reader import CsvRow, open_csv
from leaddesk.core.formats.csv_writer import cell_text
from leaddesk.core.formats.presets import load_presets, map_columns, recognise
from leaddesk.resources import files
from tests.helpers.chunks import read_leads
from tests.helpers.lead_lookup import Leads

DATA = Path(__file__).parents[2] / "data"
PRESETS = load_presets(path.read_text("utf-8") for path in files("presets", ".toml"))
FILES = [
    "datablist_leads/leads-1000.csv",
    "salesforce_workshop_export/Lead.csv",
    "derived_encodings/utf-8.csv",
    "derived_encodings/cp1252-semicolon.csv",
]


def read_file(name: str, country: str = "") -> list[LeadRow | RowProblem]:
    with (DATA / name).open("rb") as stream:
        source = open_csv(stream)
        preset = recognise(source.header, PRESETS)
        columns = map_columns(source.header, preset)
        return list(read_leads(source.rows(), columns, system=preset.id, country=country))


def read(country: str = "", **cells: str) -> LeadRow | RowProblem:
    """Read one row whose columns are named like these arguments, `_` for a space."""
    header = [name.replace("_", " ") for name in cells]
    columns = map_columns(header, PRESETS_BY_ID["csv"])
    row = CsvRow(2, tuple(cells.values()))
    return next(read_leads([row], columns, system="csv", country=country))


PRESETS_BY_ID = {preset.id: preset for preset in PRESETS}


def values(country: str = "", **cells: str) -> dict[str, object]:
    row = read(country, **cells)
    assert isinstance(row, LeadRow)
    return dict(row.values)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("policy", list(OnMatch))
def test_a_real_file_comes_in_whole_and_a_second_time_changes_nothing(name, policy):
    rows = read_file(name)
    assert not any(isinstance(row, RowProblem) for row in rows)
    leads = Leads()
    plan = plan_import(rows, leads, policy)
    leads.carry_out(plan)
    assert plan.row_count == len(rows)
    again = plan_import(read_file(name), leads, policy)
    assert (again.new, again.updates, again.same_count) == ((), (), len(rows))


def test_a_salesforce_lead():
    first = read_file("salesforce_workshop_export/Lead.csv")[0]
    lead = Lead(**{"lead_id": "L1", **first.values})
    assert (lead.first_name, lead.last_name, lead.name) == ("William", "Lee", "William Lee")
    assert lead.external_ids == {"salesforce": "00QEc00000BBaeXMAT"}
    assert (lead.phone, lead.phone_e164, lead.country) == ("8683896283", "+18683896283", "US")
    assert lead.created_at == datetime(2024, 1, 22, 20, 36, 47, tzinfo=UTC)
    assert lead.as_written["created_at"] == "2024-01-22T20:36:47.000+0000"
    assert lead.extra["Status"] == "Qualified"
    assert lead.extra["Gender__c"] == "male"
    assert lead.extra["Address"].startswith('{"city"')


def test_a_datablist_lead():
    first = read_file("datablist_leads/leads-1000.csv", country="US")[0]
    lead = Lead(**{"lead_id": "L1", **first.values})
    assert (lead.name, lead.company) == ("Dorothy Hogan", "Farrell-Haas")
    assert (lead.phone, lead.phone_e164) == ("865.636.8615", "+18656368615")
    assert (lead.email, lead.email_2) == (
        "rodney06@kirby.info",
        "farrelljocelyn@frazier-riley.com",
    )
    assert lead.stage is Stage.LEAD
    assert list(lead.extra) == ["Index", "Account Id", "Deal Stage"]


def test_cells_become_values_and_the_text_as_it_came_is_kept():
    found = values(
        Name=" Ada Weber ",
        Country="Germany",
        Phone="030 123456",
        Employees="50-99",
        Revenue="1.2 Mio. €",
        Tags="vip; fair",
        Lead_Status="in conversation",
        Do_Not_Call="no",
        Unsubscribed="x",
    )
    assert found == {
        "full_name": "Ada Weber",
        "first_name": "Ada",
        "last_name": "Weber",
        "country": "DE",
        "phone": "030 123456",
        "phone_e164": "+4930123456",
        "employees": 50,
        "revenue": 1_200_000,
        "currency": "EUR",
        "tags": ("vip", "fair"),
        "status": Status.IN_CONVERSATION,
        "opted_out": True,
        "as_written": {
            "full_name": " Ada Weber ",
            "country": "Germany",
            "employees": "50-99",
            "revenue": "1.2 Mio. €",
            "tags": "vip; fair",
            "status": "in conversation",
            "do_not_call": "no",
            "opted_out": "x",
        },
    }


def test_what_cannot_be_read_is_kept_as_it_came():
    found = values(
        Company="Acme",
        Email="ada at acme",
        Phone="none",
        Employees="many",
        Country="Atlantis",
        Created="22/01/2024",
        Status="Hot",
        Pet=" cat ",
    )
    assert found == {
        "company": "Acme",
        "extra": {
            "Pet": " cat ",
            "Email": "ada at acme",
            "Phone": "none",
            "Employees": "many",
            "Country": "Atlantis",
            "Created": "22/01/2024",
            "Status": "Hot",
        },
    }


def test_the_country_of_the_row_counts_before_the_one_given():
    assert values("DE", Phone="0664 1234567", Country="AT")["phone_e164"] == "+436641234567"
    assert values("DE", Phone="030 123456")["phone_e164"] == "+4930123456"
    assert "phone_e164" not in values(Phone="030 123456")
    assert "phone_e164" not in values("GB", Phone="4.41E+11")


def test_only_our_own_ids_are_taken_for_ours():
    columns = map_columns(["lead_id", "Name"], PRESETS_BY_ID["csv"])
    ours = "L" + "A2B3C4D5" * 3
    for text, taken in ((ours, True), ("00Q1", False)):
        row = CsvRow(2, (text, "Ada"))
        found = next(read_leads([row], columns, system="csv", country=""))
        assert (found.values.get("lead_id") == text) is taken
        assert (found.values.get("extra") == {"lead_id": text}) is not taken


def test_a_row_that_names_nobody_is_a_problem():
    problem = read(Name=" ", Email="", City="Brno")
    assert (problem.code, problem.line, problem.cells) == ("nobody", 2, (" ", "", "Brno"))
    assert problem.reason == "no name, company, e-mail or phone"


def test_a_row_with_nothing_but_a_broken_address_says_so():
    problem = read(Email="ada@", City="Brno")
    assert (problem.code, problem.column, problem.found) == ("bad_email", "Email", "ada@")


def test_problems_of_the_reader_are_handed_on_in_their_place():
    columns = map_columns(["Name"], PRESETS_BY_ID["csv"])
    rows = [CsvRow(2, ("Ada",)), RowProblem("quote", 3), CsvRow(4, ("Bo",))]
    assert [r.line for r in read_leads(rows, columns, system="csv", country="")] == [2, 3, 4]


LABELS = ["Name", "Company", "Email", "Phone", "Employees", "Country", "Tags", "Status", "Pet"]
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=10)


@given(cells=st.tuples(*[texts | st.sampled_from(["a@x.example", "50-99", "Germany", "1"])] * 9))
def test_nothing_that_stands_in_a_cell_is_lost(cells):
    columns = map_columns(LABELS, PRESETS_BY_ID["csv"])
    row = next(read_leads([CsvRow(2, cells)], columns, system="csv", country=""))
    if isinstance(row, RowProblem):
        assert row.cells == cells
        return
    kept = [*row.values.values(), *row.values.get("extra", {}).values()]
    kept += row.values.get("as_written", {}).values()
    texts = {cell_text(value) for value in kept}
    assert all(cell in texts for cell in cells if cell.strip())
