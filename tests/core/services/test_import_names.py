# SPDX-License-Identifier: MIT
"""Names from one column: parts of them where they are certain, and the text as it came beside."""

import csv

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from leaddesk.core.domain.merge import OnMatch
from leaddesk.core.services import (
    export_leads,
    import_leads,
    import_taking,
    lead_list,
)
from leaddesk.core.services.import_leads import ImportOptions
from leaddesk.core.services.lead_list import LeadQuery


def write(path, header, rows):
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(header)
        writer.writerows(rows)
    return path


def look(work, path, **options):
    found = import_leads.preview(work, path, ImportOptions(**options))
    import_leads.discard(found)
    return found


def do(work, path, **options):
    options = ImportOptions(**options)
    return import_taking.run(work, import_leads.preview(work, path, options))[0]


def leads(work):
    return lead_list.leads(work, sorted(lead_list.find(work, LeadQuery())))


def parts(work):
    return [(one.salutation, one.first_name, one.last_name, one.full_name) for one in leads(work)]


@pytest.mark.parametrize(
    "label",
    ["Name", "Full name", "full_name", "Contact", "Vollst\u00e4ndiger Name", "Ansprechpartner",
     "Nom", "Nom complet", "Nombre", "Nombre completo", "Nome", "Nome e cognome", "Nome completo",
     "Contatto", "Contato"],
)  # fmt: skip
def test_a_name_in_one_column_gives_both_names_in_six_languages(work, label):
    path = write(
        work.profile / "list.csv",
        [label, "Email"],
        [
            ["Ada Weber", "a@x.example"],
            ["Cole, Bo", "b@x.example"],
            ["Herr Dr. Jan van der Berg", "c@x.example"],
            ["Weber Maschinenbau GmbH", "d@x.example"],
            ["Mary Sue Watson", "e@x.example"],
        ],
    )
    do(work, path)
    assert parts(work) == [
        ("", "Ada", "Weber", "Ada Weber"),
        ("", "Bo", "Cole", "Cole, Bo"),
        ("Herr Dr.", "Jan", "van der Berg", "Herr Dr. Jan van der Berg"),
        ("", "", "", "Weber Maschinenbau GmbH"),
        ("", "", "", "Mary Sue Watson"),
    ]


@pytest.mark.parametrize(
    ("header", "row", "found"),
    [
        (["Vorname", "Name"], ["Ada", "Weber"], ("", "Ada", "Weber", "")),
        (["Nom", "Pr\u00e9nom"], ["Weber", "Ada"], ("", "Ada", "Weber", "")),
        (["Nombre", "Apellidos"], ["Ada", "Cruz Vega"], ("", "Ada", "Cruz Vega", "")),
        (["Name", "First Name", "Last Name"], ["A. Weber", "Ada", "Weber"],
         ("", "Ada", "Weber", "A. Weber")),
        (["Name", "Anrede"], ["Dr. Ada Weber", "Frau"], ("Frau", "Ada", "Weber", "Dr. Ada Weber")),
        (["Name", "Country"], ["Nagy Anna", "Hungary"], ("", "", "", "Nagy Anna")),
        (["Name", "Company"], ["Blue Harbour", "Blue Harbour"], ("", "", "", "Blue Harbour")),
    ],
)  # fmt: skip
def test_what_stands_in_other_columns_is_heeded(work, header, row, found):
    do(work, write(work.profile / "list.csv", [*header, "Email"], [[*row, "a@x.example"]]))
    assert parts(work) == [found]


def test_the_columns_say_how_many_names_are_split(work):
    rows = [["Ada Weber", "a@x.example"], ["Weber GmbH", "b@x.example"]]
    path = write(work.profile / "list.csv", ["Name", "Email"], rows)
    check = look(work, path).checks[0]
    assert (check.valid_count, check.kept_count) == (1, 1)
    assert [text for _line, text in check.first_kept] == ["Weber GmbH"]
    assert "names split" in check.remarks
    as_it_is = look(work, path, mapping={"Email": "first_name"})
    check = as_it_is.checks[0]
    assert (check.valid_count, check.remarks) == (2, ())


def test_what_is_said_of_the_full_name_holds_for_its_parts(work):
    path = write(work.profile / "list.csv", ["Name", "Email"], [["Ada Weber", "a@x.example"]])
    do(work, path)
    write(path, ["Name", "Email"], [["Ada Cole", "a@x.example"]])
    keep = {"full_name": OnMatch.SKIP}
    assert do(work, path, on_match=OnMatch.OVERWRITE, by_field=keep).updated == 0
    assert do(work, path, by_field={"full_name": OnMatch.OVERWRITE}).updated == 1
    assert parts(work) == [("", "Ada", "Cole", "Ada Cole")]


words = st.sampled_from(
    ["Ada", "Weber", "Bo", "van", "der", "de", "GmbH", "Dr.", "Herr", "M\u00fcller", "Nagy", "Li",
     "Jr.", "O'Brien", "Hans-Peter", "\u5f20\u4f1f", "x", "-", " ", "Weber,", "\u00c9va"]
)  # fmt: skip
names = st.lists(words, min_size=1, max_size=5).map(" ".join)
row = st.tuples(
    names,
    st.sampled_from(["", "", "a@x.example", "b@x.example"]),
    st.sampled_from(["", "", "+49 30 901820"]),
    st.sampled_from(["", "DE", "HU"]),
)
POLICIES = st.sampled_from([OnMatch.FILL, OnMatch.SKIP])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(rows=st.lists(row, min_size=1, max_size=6), policy=POLICIES)
def test_a_list_imported_twice_changes_nothing_and_goes_back_as_it_came(work, rows, policy):
    with work.store.begin() as unit:
        unit._connection.exec_driver_sql("DELETE FROM import_changes")
        unit._connection.exec_driver_sql("DELETE FROM leads")
    assume(any(cell.strip() for cells in rows for cell in cells))
    header = ["Name", "Email", "Phone", "Country"]
    path = write(work.profile / "list.csv", header, rows)
    do(work, path, on_match=policy)
    found = leads(work)
    again = do(work, path, on_match=policy)
    assert (again.imported, again.updated) == (0, 0)
    assert leads(work) == found
    out = work.profile / "out.csv"
    export_leads.export(work, out)
    came = {cells[0].strip() for cells in rows}
    with out.open(encoding="utf-8-sig", newline="") as stream:
        went = list(csv.DictReader(stream))
    assert {cells["full_name"].strip() for cells in went} <= came
    back = do(work, out, on_match=policy)
    assert (back.imported, back.updated) == (0, 0)
