# SPDX-License-Identifier: MIT
"""Files for other systems: what came from one goes back to it as it came."""

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from io import StringIO
from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leaddesk.core.domain.lead import Lead
from leaddesk.core.domain.merge import OnMatch, merge
from leaddesk.core.domain.stages import Stage, Status
from leaddesk.core.domain.verdict import Verdict
from leaddesk.core.formats.csv_writer import SplitWriter, write_csv
from leaddesk.core.formats.export_rows import RowNotes, still_says
from leaddesk.core.formats.presets import fold_label, map_columns, recognise
from tests.core.formats.test_csv_writer import DECISION
from tests.helpers.presets import BY_ID, PRESETS, WRITTEN, read, written

UNKNOWN = ("GCLID", "Pet", "Custom_Field__c", "Phone Number (2)", "notes", "=formula")
TEXTS = {
    "email": ["ada@weber.example", "Ada@Weber.Example", "no address"],
    "phone": ["+49 30 123456", " 030 123456", "(312) 555-0100", "none"],
    "employees": ["50-99", "1,000", "many"],
    "revenue": ["1.2 Mio. €", "90000", "n/a"],
    "currency": ["EUR", "USD"],
    "country": ["DE", "Germany", "Atlantis"],
    "stage": ["Lead", "customer", "Marketing Qualified Lead", "Our own stage"],
    "tags": ["a;b", '"a, b","c"', "vip", ";x;y"],
    "do_not_call": ["1", "true", "No", "maybe"],
    "opted_out": ["True", "0", "false", "yes"],
    "created_at": ["2024-01-22 20:36:47", "2024-01-22", "9/21/20", "soon", "2024-01-22T20:36:47Z"],
    "last_activity_at": ["2024-01-22T20:36:47.000+0000", "1/2/2024 3:04 PM", "never"],
    "source": ["Web", "Facebook", "My own list"],
    "street": ["Hauptstr. 1", "1 Main St  Atlanta  GA  30308  US", "a\nb"],
}
PLAIN = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=8).filter(
    lambda text: text.strip() and text not in {"NULL", "null", "#N/A"}
)


def statuses(preset) -> list[str]:
    known = preset.reading.values.get("status", {})
    return [*known, *map(str.title, known), "Something of our own"]


def cells_for(preset, label):
    field = preset.fields.get(fold_label(label), "")
    if field == "external_id":
        return st.sampled_from(["00Q1", "zcrm_17", "12345"])
    if field == "status":
        return st.sampled_from(["", *statuses(preset)])
    if field in TEXTS:
        return st.sampled_from(["", *TEXTS[field]])
    return st.just("") | PLAIN


@cache
def labels_of(preset_id: str) -> list[str]:
    """Labels of a file of the system: of those written, of those only read, and unknown ones."""
    preset = BY_ID[preset_id]
    own = list(preset.writing.columns.values())
    own += [label for name, label in preset.writing.words.items() if name not in own]
    own = [label for label in own if label not in preset.ignored]
    fields: dict[str, str] = {}
    for label in own:
        fields.setdefault(preset.fields.get(fold_label(label), label), label)
    return list(fields.values())


@st.composite
def files(draw):
    preset = BY_ID[draw(st.sampled_from([preset.id for preset in WRITTEN]))]
    known = draw(
        st.lists(st.sampled_from(labels_of(preset.id)), unique=True, min_size=2, max_size=12)
    )
    rating = preset.writing.columns.get("rating", "Rating")
    more = [
        label
        for label in (*UNKNOWN, rating)
        if fold_label(label) not in set(map(fold_label, known))
    ]
    header = [*known, *draw(st.lists(st.sampled_from(more), unique=True))]
    rows = draw(
        st.lists(st.tuples(*(cells_for(preset, label) for label in header)), min_size=1, max_size=3)
    )
    return preset.id, header, rows


def places_of(column, out) -> list[int]:
    """Where the cells of a column are in a written file: under its field or under its name."""
    return [
        at
        for at, other in enumerate(out)
        if (column.field and other.field == column.field)
        or fold_label(other.column) == fold_label(column.column)
    ]


@settings(max_examples=50)
@given(files())
def test_a_file_goes_back_cell_for_cell(file):
    preset_id, header, rows = file
    preset = BY_ID[preset_id].for_header(header)
    leads = read(preset, header, rows)
    out, *cells = written(preset, leads)
    out_columns = map_columns(out, preset)
    for lead, row in zip(leads, cells, strict=True):
        before = rows[int(lead.lead_id[1:]) - 2]
        for column, cell in zip(map_columns(header, preset), before, strict=True):
            if cell.strip():
                found = [row[at] for at in places_of(column, out_columns)]
                # Mailchimp's cell takes in the city and the country of other columns.
                is_joined = preset.has_address_cell and column.column == "Address"
                assert cell in found or (is_joined and found[0].startswith(cell)), column


@settings(max_examples=50)
@given(files(), st.sampled_from([OnMatch.FILL, OnMatch.OVERWRITE]))
def test_what_was_written_changes_nothing_when_it_comes_back(file, policy):
    preset_id, header, rows = file
    preset = BY_ID[preset_id].for_header(header)
    leads = read(preset, header, rows)
    out, *cells = written(preset, leads)
    again = read(preset.for_header(out), out, cells)
    assert len(again) == len(leads)
    for lead, back in zip(leads, again, strict=True):
        said = {
            name: value
            for name in Lead.__dataclass_fields__
            if name not in {"lead_id", "as_written"}
            and (value := getattr(back, name)) != getattr(Lead(""), name)
        }
        assert merge(lead, said, policy) == lead


@pytest.mark.parametrize("preset", WRITTEN, ids=lambda preset: preset.id)
def test_what_is_written_is_known_as_the_systems_own(preset):
    header, *_ = written(preset, [Lead("L1", last_name="Weber", tags=("a",))])
    assert recognise(header, PRESETS).system == preset.system
    assert set(preset.writing.required) <= set(header)
    assert set(preset.writing.picklists) <= set(header)


def row_of(preset_id: str, lead: Lead, decision=None) -> dict[str, str]:
    header, row = written(BY_ID[preset_id], [lead], decision)
    return dict(zip(header, row, strict=True))


DECIDED = {
    ("hubspot", "DISQUALIFIED", ""): {"Lead Status": "Unqualified", "Lifecycle Stage": ""},
    ("hubspot", "NURTURING", ""): {"Lead Status": "Bad Timing"},
    ("hubspot", "NURTURING", "unresponsive"): {"Lead Status": "Attempted to Contact"},
    ("salesforce", "DISQUALIFIED", ""): {"Lead Status": "Closed - Not Converted", "Rating": "Cold"},
    ("salesforce", "NURTURING", ""): {"Lead Status": "Working - Contacted", "Rating": "Warm"},
    ("salesforce", "PASSED", ""): {"Lead Status": "Working - Contacted", "Rating": "Hot"},
    ("salesforce-api", "DISQUALIFIED", ""): {"Status": "Closed - Not Converted", "Rating": "Cold"},
    ("zoho", "DISQUALIFIED", ""): {"Lead Status": "Not Qualified"},
    ("zoho", "DISQUALIFIED", "vendor_spam"): {"Lead Status": "Junk Lead"},
    ("zoho", "NURTURING", ""): {"Lead Status": "Contact in Future"},
    ("zoho", "NURTURING", "unresponsive"): {"Lead Status": "Attempted to Contact"},
    ("zoho", "PASSED", ""): {"Lead Status": "Pre-Qualified"},
    ("marketo", "DISQUALIFIED", ""): {"Lead Status": "Disqualified", "Lead Score": "66"},
    ("marketo", "NURTURING", ""): {"Lead Status": "Recycled"},
    ("marketo-rest", "PASSED", ""): {"leadStatus": "SQL", "leadScore": "66"},
    ("mailchimp", "DISQUALIFIED", ""): {"TAGS": '"vip","Disqualified"'},
    ("mailchimp", "NURTURING", ""): {"TAGS": '"vip","Nurture"'},
    ("mailchimp", "PASSED", ""): {"TAGS": '"vip","SQL"'},
}


@pytest.mark.parametrize(("case", "cells"), DECIDED.items(), ids=map(str, DECIDED))
def test_a_decision_becomes_what_the_system_calls_it(case, cells):
    preset_id, status, reason = case
    lead = Lead("L1", last_name="Weber", status=Status(status), tags=("vip",))
    decision = replace(DECISION, decided=Verdict.NURTURE, reason=reason)
    assert cells.items() <= row_of(preset_id, lead, decision).items()


def test_a_lead_passed_to_sales_is_a_sales_qualified_lead_in_hubspot():
    lead = Lead("L1", last_name="Weber", status=Status.PASSED, stage=Stage.SQL)
    row = row_of("hubspot", lead, DECISION)
    assert (row["Lead Status"], row["Lifecycle Stage"]) == ("Connected", "Sales Qualified Lead")
    assert row["leaddesk Score"] == "66"


@pytest.mark.parametrize(
    ("preset_id", "label", "text"),
    [
        ("hubspot", "Lead Status", "New"),
        ("salesforce", "Lead Status", "Open - Not Contacted"),
        ("zoho", "Lead Status", "Not Contacted"),
        ("marketo", "Lead Status", ""),
    ],
)
def test_a_lead_nobody_called_says_so_unless_the_system_knows_it(preset_id, label, text):
    lead = Lead("L1", last_name="Weber")
    assert row_of(preset_id, lead)[label] == text
    known = replace(lead, external_ids={BY_ID[preset_id].system: "17"})
    assert row_of(preset_id, known)[label] == ""


def test_a_text_that_no_longer_says_what_the_lead_says_is_not_given_back():
    came = {"status": "Open Deal", "company": " Acme ", "created_at": "2024-01-22 20:36"}
    lead = Lead(
        "L1",
        company="Globex",
        status=Status.DISQUALIFIED,
        created_at=datetime(2025, 2, 3, tzinfo=UTC),
        as_written=came,
    )
    row = row_of("hubspot", lead)
    assert (row["Lead Status"], row["Company Name"]) == ("Unqualified", "Globex")
    assert row["Create Date"] == "2025-02-03"


def test_opt_outs_are_written_and_never_taken_back():
    lead = Lead("L1", last_name="Weber", opted_out=True, do_not_call=True)
    assert row_of("hubspot", lead)["Unsubscribed from all email"] == "True"
    assert row_of("salesforce", lead)["Email Opt Out"] == "1"
    assert row_of("salesforce-api", lead)["DoNotCall"] == "true"
    assert row_of("salesforce", Lead("L1", last_name="Weber"))["Email Opt Out"] == ""
    # The file said no; since then somebody has opted out here.
    later = replace(lead, as_written={"opted_out": "False", "do_not_call": "0"})
    assert row_of("salesforce", later)["Email Opt Out"] == "1"
    assert row_of("salesforce", later)["Do Not Call"] == "1"


@pytest.mark.parametrize("text", ["#N/A", "NULL"])
@pytest.mark.parametrize("preset", WRITTEN, ids=lambda preset: preset.id)
def test_words_that_wipe_are_never_written(text, preset):
    lead = Lead("L1", last_name="Weber", company=text, extra={"Pet": text})
    assert text not in written(preset, [lead])[1]


def test_the_word_null_of_an_extract_is_nothing():
    header = ["firstName", "lastName", "email", "cookies"]
    (lead,) = read(BY_ID["marketo"], header, [["Russell", "Wilson", "null", "_mch"]])
    assert (lead.email, lead.extra) == ("", {"cookies": "_mch"})


def test_people_of_a_file_of_those_who_left_have_opted_out():
    for header, row in (
        (["Email Address", "UNSUB_TIME", "UNSUB_REASON"], ["a@b.example", "", ""]),
        (["Email Address", "CLEAN_TIME"], ["a@b.example", "2024-01-22 20:36:47"]),
        (["EMAIL", "UNSUB", "STATUS", "LEID"], ["a@b.example", "", "Unsubscribed", "7"]),
        (["EMAIL", "UNSUB", "STATUS", "LEID"], ["a@b.example", "2024-01-22", "", "7"]),
    ):
        (lead,) = read(recognise(header, PRESETS), header, [row])
        assert lead.opted_out, header
    header = ["EMAIL", "UNSUB", "STATUS", "LEID"]
    (lead,) = read(recognise(header, PRESETS), header, [["a@b.example", "", "subscribed", "7"]])
    assert not lead.opted_out


def test_an_address_in_one_cell_is_taken_apart_and_put_together():
    header = ["Email Address", "Address", "LEID"]
    came = "1 Main St  Suite 5  Atlanta  GA  30308  US"
    (lead,) = read(BY_ID["mailchimp"], header, [["a@b.example", came, "7"]])
    assert (lead.street, lead.city, lead.state) == ("1 Main St\nSuite 5", "Atlanta", "GA")
    assert (lead.postal_code, lead.country) == ("30308", "US")
    assert row_of("mailchimp", lead)["Address"] == came
    moved = replace(lead, city="Macon")
    assert row_of("mailchimp", moved)["Address"] == came.replace("Atlanta", "Macon")


def test_tags_are_read_and_written_as_the_system_divides_them():
    (lead,) = read(BY_ID["mailchimp"], ["Email", "TAGS"], [["a@b.example", '"a;b","2025, new"']])
    assert lead.tags == ("a;b", "2025, new")
    assert row_of("mailchimp", replace(lead, as_written={}))["TAGS"] == '"a;b","2025, new"'
    assert row_of("hubspot", Lead("L1", email="a@b.example", tags=("x", "y")))["Tags"] == ";x;y"
    (lead,) = read(BY_ID["google"], ["Given Name", "Labels"], [["Ada", "friends ::: * myContacts"]])
    assert lead.tags == ("friends", "* myContacts")


def test_values_the_system_does_not_know_and_gaps_are_noted():
    leads = [
        Lead("L1", last_name="Weber", company="Acme", source="Fair", industry="Banking"),
        Lead("L2", company="Acme", source="Fair"),
        Lead("L3", last_name="Cole", source="Web", extra={"Rating": "Boiling"}),
    ]
    notes = RowNotes(BY_ID["salesforce"].writing)
    header, *rows = written(BY_ID["salesforce"], leads)
    assert list(notes.noting(header, rows)) == rows
    assert notes.unknown == {"Lead Source": {"Fair": 2}, "Rating": {"Boiling": 1}}
    assert notes.missing == {"Last Name": 1, "Company": 1}


@given(
    st.lists(st.lists(st.tuples(PLAIN, PLAIN), max_size=9), max_size=4),
    st.integers(0, 4),
    st.sampled_from([0, 20, 60]),
)
def test_files_keep_to_their_limits_and_hold_every_row_once(chunks, max_rows, max_bytes):
    streams = []

    def next_stream():
        streams.append(StringIO(newline=""))
        return streams[-1]

    split = SplitWriter(next_stream, ["a", "b"], max_rows=max_rows, max_bytes=max_bytes)
    for rows in chunks:
        split.write(rows)
    whole = StringIO(newline="")
    write_csv(whole, ["a", "b"], chain.from_iterable(chunks))
    parts = [stream.getvalue() for stream in streams]
    assert all(part.startswith("a,b\r\n") for part in parts)
    assert "".join(part.removeprefix("a,b\r\n") for part in parts) == whole.getvalue()[5:]
    for part in parts:
        assert not max_rows or part.count("\r\n") <= max_rows + 1
        assert not max_bytes or len(part.encode()) <= max_bytes or part.count("\r\n") == 2


def test_an_unchanged_text_still_says_what_it_said():
    hubspot = BY_ID["hubspot"]
    assert still_says(hubspot, "status", " open_deal", "PASSED")
    assert still_says(hubspot, "opted_out", "No", "false")
    assert not still_says(hubspot, "opted_out", "No", "true")
    assert still_says(hubspot, "employees", "50-99", "50")
    assert not still_says(hubspot, "employees", "50-99", "60")
