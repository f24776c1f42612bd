# SPDX-License-Identifier: MIT
"""Exact header lines of the systems people come from (tests/data/crm_headers)."""

import csv
import json
from pathlib import Path

import pytest

from leaddesk.core.formats.presets import IGNORED, READABLE_FIELDS, map_columns, recognise
from tests.helpers.presets import PRESETS

HEADERS = json.loads(
    (Path(__file__).parents[2] / "data" / "crm_headers" / "headers.json").read_text("utf-8")
)
PRESET_OF = {
    "brevo": "csv",
    "activecampaign": "csv",
    "google_contacts": "google",
    "facebook_leads": "facebook",
}

# Section 3 of the contracts: field -> what a column of that field may be called in these systems.
NAMES = {
    "external_id": "Record ID|Record ID - Contact|Contact ID|Record Id|Lead ID|LeadId|Id|ID|id|LEID"
    "|LEADID|Person - ID|Apollo Contact Id",
    "first_name": "First Name|FirstName|firstName|FNAME|FIRSTNAME|Given Name",
    "last_name": "Last Name|LastName|lastName|LNAME|LASTNAME|Family Name",
    "full_name": "Name|Full Name|Lead Name|Person - Name|full_name",
    "email": "Email|Email Address|email|EMAIL|Person - Email|E-mail 1 - Value",
    "phone": "Phone Number|Phone|PHONE|phone_number|Person - Phone|Work Direct Phone|Office Phone"
    "|Phone 1 - Value",
    "mobile": "Mobile Phone Number|Mobile Phone|MobilePhone|Mobile",
    "title": "Job Title|Title|Position",
    "company": "Company Name|Company name|Company|Company / Account|CompanyOrAccount|Account Name"
    "|Organization - Name|organization_name|Associated Company|Organization 1 - Name",
    "website": "Website URL|Website",
    "industry": "Industry",
    "employees": "NumberOfEmployees|# Employees",
    "revenue": "Annual Revenue|AnnualRevenue",
    "street": "Street|Street Address|Mailing Street|Primary Address Street",
    "city": "City|Mailing City|Primary Address City|city",
    "state": "State/Region|State|REGION|Mailing State/Province|Primary Address State|state",
    "postal_code": "Postal Code|PostalCode|Zip Code|Mailing Zip/Postal Code|ZIP code"
    "|Primary Address Postalcode",
    "country": "Country/Region|Country|CC|Mailing Country|Primary Address Country|country",
    "source": "Lead Source|LeadSource|Original Source|ORIGIN",
    "status": "Lead Status|Status",
    "stage": "Lifecycle Stage|Stage",
    "owner": "Contact owner|Contact Owner|Lead Owner|OwnerId|Account Owner|Assigned to",
    "created_at": "Create Date|CreatedDate|Created At|Created Time|OPTIN_TIME|created_time"
    "|Date Created|Connected On",
    "last_activity_at": "Last Activity Date|LastActivityDate|Last Activity Time|LAST_CHANGED"
    "|Person - Last activity date|Last Contacted",
    "do_not_call": "DoNotCall|Do Not Call",
    "opted_out": "HasOptedOutOfEmail|Email Opt Out|STATUS",
    "tags": "Tag|TAGS|Tags|Lists",
    "description": "Message|Notes|Description|NOTES",
    "email_2": "Secondary Email|Non Primary E-mails",
    "phone_2": "Home Phone",
    "salutation": "Salutation",
    "time_zone": "TIMEZONE",
}


def header_of(entry) -> list[str]:
    delimiter = ";" if entry["header"].startswith("EMAIL;") else ","
    return next(csv.reader([entry["header"]], delimiter=delimiter))


@pytest.mark.parametrize("entry", HEADERS, ids=lambda entry: f"{entry['system']}-{entry['what']}")
def test_a_header_is_known_as_its_system_and_its_columns_as_its_fields(entry):
    header = header_of(entry)
    preset = recognise(header, PRESETS)
    assert preset.id == PRESET_OF.get(entry["system"], entry["system"])
    for column in map_columns(header, preset):
        assert column.field in {"", "external_id", *READABLE_FIELDS} - {IGNORED}
        if column.field:
            assert column.column in NAMES[column.field].split("|")


@pytest.mark.parametrize("entry", HEADERS, ids=lambda entry: f"{entry['system']}-{entry['what']}")
def test_every_name_of_a_field_is_taken_unless_another_column_has_the_field(entry):
    header = header_of(entry)
    preset = recognise(header, PRESETS)
    columns = map_columns(header, preset)
    taken = {column.field for column in columns}
    for column in columns:
        if not column.field and column.column not in {"Id", "Status", "Address"}:
            for field, names in NAMES.items():
                assert column.column not in names.split("|") or field in taken


def test_only_files_of_those_who_left_make_people_opted_out():
    opted_out = [e["what"] for e in HEADERS if recognise(header_of(e), PRESETS).is_opted_out]
    assert opted_out == ["unsubscribed file"]


def test_of_a_member_of_a_campaign_the_id_is_that_of_the_lead():
    entry = next(e for e in HEADERS if "CampaignMember" in e["what"])
    header = header_of(entry)
    found = {c.column: c.field for c in map_columns(header, recognise(header, PRESETS))}
    assert (found["Id"], found["LeadId"], found["Status"]) == ("", "external_id", "")


@pytest.mark.parametrize(
    "header",
    [
        "Email,First Name,Last Name,Phone",
        "email,firstName,lastName,phone",
        "Email,FirstName,LastName",
        "Record ID,Name,Email",
        "Name,Lead Status,Lead Score",
        "Id,Status,Name,Owner",
        "First Name,Last Name,Company,Position,Email Address",
        "Email Address,First Name,Last Name,Created At,Company",
        "Lead Owner,First Name,Last Name,Lead Source",
    ],
)
def test_what_is_not_certain_is_just_a_csv(header):
    assert recognise(header.split(","), PRESETS).id == "csv"


@pytest.mark.parametrize(
    ("header", "row", "system"),
    [
        ("Record Id,Last Name,Company", "zcrm_12345,Weber,Acme", "zoho"),
        ("Record ID,Last Name,Company", "12345,Weber,Acme", "csv"),
        ("Lead ID,Last Name,Company", "00Q5g00000AbCdE,Weber,Acme", "salesforce"),
        ("Lead ID,Last Name,Company", "17,Weber,Acme", "csv"),
    ],
)
def test_a_value_can_show_the_system_where_the_labels_do_not(header, row, system):
    found = recognise(header.split(","), PRESETS, [row.split(",")])
    assert found.id == system


@pytest.mark.parametrize(
    "spelled",
    ["\ufeffRecord ID, lead status ,CONTACT  OWNER", "record_id,Lead_Status,contact_owner"],
)
def test_labels_are_compared_without_marks_case_and_spaces(spelled):
    assert recognise(spelled.split(","), PRESETS).id == "hubspot"


def test_the_first_of_repeated_labels_is_the_contacts():
    entry = next(e for e in HEADERS if "DUPLICATE" in e["what"])
    header = header_of(entry)
    columns = map_columns(header, recognise(header, PRESETS))
    phones = [(column.column, column.field) for column in columns if "Phone" in column.column]
    assert phones == [("Phone Number", "phone"), ("Phone Number (2)", "")]
