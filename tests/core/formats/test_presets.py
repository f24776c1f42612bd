# SPDX-License-Identifier: MIT
"""Recognising systems and columns by the labels of a header."""

import csv
from dataclasses import fields
from pathlib import Path

import pytest

from leaddesk.core.domain.lead import Lead
from leaddesk.core.domain.rows import ColumnMap
from leaddesk.core.formats.csv_writer import DECISION_COLUMNS, LEAD_COLUMNS
from leaddesk.core.formats.presets import (
    IGNORED,
    READABLE_FIELDS,
    fold_label,
    load_presets,
    map_columns,
    recognise,
)
from leaddesk.resources import files
from tests.helpers.presets import own_columns

DATA = Path(__file__).parents[2] / "data"


@pytest.fixture(scope="module")
def presets():
    return load_presets(path.read_text("utf-8") for path in files("presets", ".toml"))


def mapped(header, presets) -> dict[str, str]:
    columns = map_columns(header, recognise(header, presets))
    return {column.column: column.field for column in columns if column.field}


def header_of(name: str) -> list[str]:
    with (DATA / name).open(encoding="utf-8-sig", newline="") as stream:
        return next(csv.reader(stream))


def test_the_shipped_presets_speak_of_fields_of_a_lead_only(presets):
    known = {*READABLE_FIELDS, "external_id"}
    assert {preset.id for preset in presets} >= {"csv", "salesforce", "leaddesk"}
    assert {field for preset in presets for field in preset.fields.values()} <= known


def test_datablist_is_read_without_a_preset_of_its_own(presets):
    header = header_of("datablist_leads/leads-1000.csv")
    assert recognise(header, presets).id == "csv"
    assert mapped(header, presets) == {
        "Lead Owner": "owner",
        "First Name": "first_name",
        "Last Name": "last_name",
        "Company": "company",
        "Phone 1": "phone",
        "Phone 2": "phone_2",
        "Email 1": "email",
        "Email 2": "email_2",
        "Website": "website",
        "Source": "source",
        "Deal Stage": "stage",
        "Notes": "description",
    }


def test_salesforce_is_recognised_by_its_columns_and_read_by_its_api_names(presets):
    header = header_of("salesforce_workshop_export/Lead.csv")
    assert recognise(header, presets).id == "salesforce"
    found = mapped(header, presets)
    assert found["Id"] == "external_id"
    assert found["LastName"] == "last_name"
    assert found["NumberOfEmployees"] == "employees"
    assert found["PostalCode"] == "postal_code"
    assert "MasterRecordId" not in found
    assert "OwnerId" in found


def test_a_salesforce_report_is_recognised_in_any_case(presets):
    header = ["LEAD OWNER", "First Name", "Company / Account", "Email"]
    assert recognise(header, presets).id == "salesforce"


def test_recognition_does_not_claim_what_it_does_not_know(presets):
    for header in (["Id", "Status", "Name"], ["LeadSource", "Status"], ["lead_id", "name"], ["x"]):
        assert recognise(header, presets).id == "csv"


@pytest.mark.parametrize(
    ("labels", "field"),
    [
        (
            "First Name|firstname|firstName|FIRST_NAME|FNAME|Vorname|Prénom|Nombre de pila",
            "first_name",
        ),
        (
            "Last Name|lastname|LastName|Nachname|Nom de famille|Apellidos|Cognome|Sobrenome",
            "last_name",
        ),
        ("Email|E-mail|e_mail|Email Address|E-Mail-Adresse|Correo electrónico", "email"),
        ("Phone|Phone Number|Telefon|Téléphone|Teléfono|Telefono|Telefone", "phone"),
        ("Mobile|Mobile Phone Number|MobilePhone|Handy|Portable|Móvil|Celular", "mobile"),
        ("Company|Company Name|Company / Account|Firma|Société|Empresa|Azienda", "company"),
        ("Job Title|jobtitle|Position|Fonction|Cargo|Ruolo|Designation", "title"),
        ("No. of Employees|Number of Employees|Num Employees|Mitarbeiter", "employees"),
        ("Postal Code|PostalCode|Zip Code|PLZ|Code postal|CAP|CEP", "postal_code"),
        ("State/Region|State|Bundesland|Région|Provincia", "state"),
        ("Country/Region|Country|CC|Land|Pays|País|Paese", "country"),
        ("Lead Source|LeadSource|Original Traffic Source|Person Source|Quelle", "source"),
        ("Lead Status|Status|Person Status", "status"),
        ("Lifecycle Stage|Deal Stage", "stage"),
        ("Contact owner|Lead Owner|Record Owner|OwnerId", "owner"),
        ("Do Not Call|DoNotCall|doNotCall", "do_not_call"),
        ("Email Opt Out|HasOptedOutOfEmail|Unsubscribed from all email", "opted_out"),
        ("Create Date|CreatedDate|Created At|createdAt|Created Time", "created_at"),
    ],
)
def test_labels_of_many_systems_and_languages(labels, field, presets):
    for label in labels.split("|"):
        assert mapped([label], presets) == {label: field}


@pytest.mark.parametrize("label", ["Lead Id", "Record ID", "Index", "Score", "Priority", ""])
def test_what_is_not_certain_is_kept_as_it_is(label, presets):
    assert mapped([label], presets) == {}


def test_the_first_of_several_columns_for_a_field_has_it(presets):
    header = ["Phone Number", "Create Date", "Phone Number", "Phone", "", ""]
    preset = recognise(header, presets)
    assert map_columns(header, preset) == (
        ColumnMap("Phone Number", "phone"),
        ColumnMap("Create Date", "created_at"),
        ColumnMap("Phone Number (2)", ""),
        ColumnMap("Phone", ""),
        ColumnMap("Column 5", ""),
        ColumnMap("Column 6", ""),
    )


def test_our_own_columns_come_back_one_to_one(presets):
    lead = Lead(
        lead_id="L1",
        external_ids={"salesforce": "00Q", "my crm": "7"},
        extra={"Hint": "a", "hint": "b", "Status": "c", "status": "d", "extra.x": "e"},
    )
    columns = own_columns([lead], has_decisions=True)
    preset = recognise(columns.header, presets)
    assert preset.id == "leaddesk"
    back = map_columns(columns.header, preset)
    derived = {"revision", "grade", "engagement", "fit", "priority"}
    own = dict(zip(columns.header, back, strict=True))
    for name in LEAD_COLUMNS:
        assert own[name].field == (IGNORED if name in derived else name)
    assert all(own[name].field == IGNORED for name in DECISION_COLUMNS)
    assert own["external_id.salesforce"].field == "external_id.salesforce"
    assert own["external_id.my crm"].field == "external_id.my crm"
    assert [c.column for c in back if not c.field] == list(lead.extra)


def test_a_file_of_rejected_rows_is_read_like_the_file_it_came_from(presets):
    found = mapped(["line", "reason", "Email"], presets)
    assert found == {"line": IGNORED, "reason": IGNORED, "Email": "email"}


def test_labels_are_compared_without_case_accents_and_punctuation():
    assert fold_label("  No._of  Employees* ") == "no of employees"
    assert fold_label("numberOfEmployees") == "number of employees"
    assert fold_label("Größe") == fold_label("GRÖSSE")
    assert {fold_label(f.name) for f in fields(Lead)} == {
        f.name.replace("_", " ") for f in fields(Lead)
    }


def test_columns_of_one_label_are_told_apart(presets):
    header = ["x", "x (2)", "x", "", "x", "extra."]
    columns = map_columns(header, recognise(header, presets))
    names = ["x", "x (2)", "x (3)", "Column 4", "x (4)", "extra."]
    assert [column.column for column in columns] == names
    own = own_columns([Lead("L1", extra=dict.fromkeys(names, "kept"))]).header
    again = map_columns(own, recognise(own, presets))
    assert [column.column for column in again][-len(names) :] == names


def test_a_column_kept_twice_under_one_name_keeps_both_cells(presets):
    header = ("foo", "extra.foo", "email", "extra.email")
    columns = map_columns(header, recognise(header, presets))
    assert [column.column for column in columns if not column.field] == ["foo", "foo (2)", "email"]
