# SPDX-License-Identifier: MIT
"""Our own CSV: what was written is read, leads come back as they were."""

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from io import BytesIO, StringIO

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from leaddesk.core.domain.decision import Decision
from leaddesk.core.domain.lead import Lead
from leaddesk.core.domain.merge import DERIVED_FIELDS, OnMatch, plan_import
from leaddesk.core.domain.rows import RowProblem
from leaddesk.core.domain.stages import Stage, Status
from leaddesk.core.domain.verdict import Verdict
from leaddesk.core.formats.csv_reader import open_csv
from leaddesk.core.formats.csv_writer import (
    DECISION_COLUMNS,
    LEAD_COLUMNS,
    write_csv,
    write_rejects,
)
from leaddesk.core.formats.presets import map_columns, recognise
from tests.helpers.chunks import read_leads
from tests.helpers.lead_lookup import Leads
from tests.helpers.presets import PRESETS, own_cells, own_columns

AT = datetime(2026, 11, 22, 10, tzinfo=UTC)
ID = "L" + "A2B3C4D5" * 3

DECISION = Decision(
    decision_id="D1",
    call_id="C1",
    lead_id=ID,
    at=AT,
    recommended=Verdict.NURTURE,
    decided=Verdict.PASS,
    reason="",
    override_reason="knows him",
    playbook_id="bant",
    playbook_version=3,
    playbook_fingerprint="f",
    resolved="{}",
    earned=50,
    most=75,
)

line = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=10).map(str.strip)
cell = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], include_characters="\r\n\t"), max_size=10
).filter(lambda text: not text or text.strip())


def reader(content: str):
    return open_csv(BytesIO(content.encode()))


def written(header, rows) -> str:
    stream = StringIO(newline="")
    assert write_csv(stream, header, rows) == len(rows)
    return stream.getvalue()


def test_rows_end_in_crlf_and_quotes_stand_only_where_they_are_needed():
    assert written(["a", "b"], [["1", 'x"y'], ["", "p,q"]]) == 'a,b\r\n1,"x""y"\r\n,"p,q"\r\n'


@given(
    st.integers(1, 4).flatmap(
        lambda width: st.lists(st.tuples(*[cell] * width).filter(any), min_size=1, max_size=5)
    )
)
@example([("0",), ("\ufeff",)])
def test_what_is_written_is_read(rows):
    header = tuple(f"column{number}" for number in range(len(rows[0])))
    source = reader(written(header, rows))
    assert source.header == header
    assert [row.cells for row in source.rows()] == rows


leads = st.builds(
    Lead,
    lead_id=st.just(ID),
    first_name=line,
    company=line.map("Acme {}".format).map(str.strip),
    email=st.sampled_from(["", "ada@weber.example"]),
    phone=st.sampled_from(["", "030 123456", "+49 30 123456"]),
    employees=st.none() | st.integers(0, 10**9),
    country=st.sampled_from(["", "DE", "GB"]),
    stage=st.sampled_from(Stage),
    status=st.sampled_from(Status),
    tags=st.lists(line.filter(bool), unique=True, max_size=3).map(tuple),
    do_not_call=st.booleans(),
    created_at=st.none() | st.datetimes(timezones=st.just(UTC)),
    external_ids=st.dictionaries(st.sampled_from(["crm", "sales force"]), line.filter(bool)),
    extra=st.dictionaries(
        st.sampled_from(["Pet", "Notes", "status", "notes", "Status", "grade"]),
        cell.filter(bool),
    ),
).map(lambda lead: replace(lead, phone_e164="+4930123456" if lead.phone else ""))


def read_back(content: str):
    source = reader(content)
    preset = recognise(source.header, PRESETS)
    columns = map_columns(source.header, preset)
    return list(read_leads(source.rows(), columns, system=preset.system, country="", preset=preset))


@given(lead=leads, has_decisions=st.booleans(), signature=st.sampled_from(["", "X1"]))
def test_a_lead_comes_back_as_it_was(lead, has_decisions, signature):
    columns = own_columns([lead], has_decisions=has_decisions, signature=signature)
    (row,) = read_back(written(columns.header, [own_cells(columns, lead)]))
    assert Lead(**{**row.values, "as_written": {}}) == lead


@given(lead=leads)
def test_no_cell_of_a_file_for_spreadsheets_begins_a_formula(lead):
    risky = replace(lead, company=f"={lead.company}", phone="+49 30 123456", extra={"=x": "@y"})
    columns = own_columns([risky], signature="X1")
    row = own_cells(columns, risky)
    assert not [cell for cell in (*columns.header, *row) if cell[:1] in set("=+-@\t\r\n")]
    found = dict(zip(columns.header, row, strict=True))
    assert (found["phone"], found["lead_id"], found["'=x"]) == ("'+49 30 123456", f"'{ID}", "'@y")
    assert found["ld_export"] == "X1"


@given(lead=leads, policy=st.sampled_from(OnMatch))
def test_our_own_file_read_again_changes_nothing(lead, policy):
    known = replace(lead, as_written={"company": "as it came"}, grade="A1", priority=7)
    columns = own_columns([known], has_decisions=True)
    rows = read_back(written(columns.header, [own_cells(columns, known, DECISION, "note")]))
    plan = plan_import(rows, Leads({ID: known}), policy)
    assert (plan.new, plan.updates, plan.same_count) == ((), (), 1)


def test_every_field_has_its_column_and_the_id_comes_first():
    names = {field.name for field in fields(Lead)} - {"external_ids", "extra", "as_written"}
    assert LEAD_COLUMNS[:2] == ("lead_id", "revision")
    assert set(LEAD_COLUMNS) == {*names, "revision"}
    assert own_columns([Lead(lead_id=ID)]).header == LEAD_COLUMNS
    assert names >= DERIVED_FIELDS


def test_columns_of_several_leads_hold_what_any_of_them_has():
    some = [
        Lead(lead_id="L1", external_ids={"b": "1"}, extra={"Pet": "cat"}),
        Lead(lead_id="L2", external_ids={"a": "2"}, extra={"notes": "x", "Pet": "dog"}),
    ]
    columns = own_columns(some, has_decisions=True)
    tail = columns.header[columns.header.index("external_id.a") :]
    assert tail == ("external_id.a", "external_id.b", *DECISION_COLUMNS, "Pet", "extra.notes")
    assert own_cells(columns, some[0])[-2:] == ["cat", ""]
    assert own_cells(columns, some[1])[-2:] == ["dog", "x"]


@pytest.mark.parametrize(("earned", "score"), [(50, "66"), (-5, "0"), (90, "100")])
def test_a_decision_stands_beside_its_lead(earned, score):
    lead = Lead(lead_id=ID)
    columns = own_columns([lead], has_decisions=True)
    at = DECISION.at + timedelta(days=5)
    decision = replace(DECISION, earned=earned, next_step="demo", next_at=at)
    row = dict(
        zip(columns.header, own_cells(columns, lead, decision, "budget\nis there"), strict=True)
    )
    assert {name: row[name] for name in DECISION_COLUMNS} == {
        "decision": "pass",
        "recommended": "nurture",
        "reason": "",
        "reason_text": "",
        "said_by": "",
        "override_reason": "knows him",
        "decided_at": "2026-11-22T10:00:00Z",
        "score": score,
        "playbook": "bant v3",
        "next_step": "demo",
        "next_at": "2026-11-27T10:00:00Z",
        "notes": "budget\nis there",
    }


def test_rejected_rows_are_written_as_they_came_with_line_and_reason():
    stream = StringIO(newline="")
    problems = [
        RowProblem("nobody", 3, cells=("", "Brno")),
        RowProblem(
            "too_many_fields",
            5,
            found="3 fields",
            allowed="the header has 2",
            cells=("a", "b", "c"),
        ),
    ]
    assert write_rejects(stream, ["Name", "City"], problems) == 2
    assert stream.getvalue() == (
        "line,reason,Name,City\r\n"
        '3,"no name, company, e-mail or phone",,Brno\r\n'
        '5,"3 fields, the header has 2",a,b,c\r\n'
    )


def test_rows_rejected_once_more_have_one_line_and_reason():
    stream = StringIO(newline="")
    problem = RowProblem("nobody", 2, cells=("3", "old", "", "Brno"))
    write_rejects(stream, ["line", "reason", "Name", "City"], [problem])
    assert stream.getvalue() == (
        'line,reason,Name,City\r\n2,"no name, company, e-mail or phone",,Brno\r\n'
    )
