# SPDX-License-Identifier: MIT
"""Files of what leads did: recognised by their header alone, and every row is accounted for."""

import csv
import io
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaddesk.core.domain.playbook import ActivityType, EngagementRule
from leaddesk.core.domain.rows import ActivityRow, RowProblem
from leaddesk.core.errors import KnownError
from leaddesk.core.formats.activity_rows import (
    ALLOWED_TIMES,
    activity_types,
    load_activity_words,
    read_activities,
    recognise_activities,
)
from leaddesk.core.formats.csv_reader import open_csv
from leaddesk.core.formats.csv_writer import LEAD_COLUMNS, cell_text, write_rejects
from leaddesk.core.formats.playbook_toml import read_playbook
from leaddesk.core.formats.presets import READABLE_FIELDS, load_presets
from leaddesk.resources import files, find

DATA = Path(__file__).parents[2] / "data"
NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
WORDS = load_activity_words(find("activities/columns.toml").read_text("utf-8"))
BANT = read_playbook(find("playbooks/bant-v1.toml").read_text("utf-8"))
TYPES = activity_types(WORDS, BANT.engagement)

# Headers of lists of leads, of which some have columns that a file of activities has, too.
LEAD_HEADERS = [
    "First Name,Last Name,Email,Type,Date",
    "Vorname;Nachname;E-Mail;Typ;Datum",
    "Name,Company,Email,Event,Event Date",
    "Name,Email,Event Name,Timestamp",
    "Company,Phone,Activity,Date",
    "Email,Last Activity Type,Last Activity Date",
    "Record ID,First Name,Last Name,Email,Last Activity Date,Lead Status,Create Date",
    "Email,Lead Source,Type,Date",
    "Email,Type",
    "Email,Date",
    "Type,Date",
    "Activity Type,Activity Date",
    "",
]


def recognised(header: str):
    delimiter = ";" if ";" in header else ","
    return recognise_activities(header.split(delimiter), WORDS)


def read(text: str, types=TYPES) -> list[ActivityRow | RowProblem]:
    source = open_csv(io.BytesIO(text.encode()))
    columns = recognise_activities(source.header, WORDS)
    assert columns is not None
    return list(read_activities(source.rows(), columns, types, NOW))


def read_one(**cells: str) -> ActivityRow | RowProblem:
    """Read one row, blank where nothing is said."""
    row = {"email": "ada@acme.example", "type": "webinar", "at": "2026-11-20", "note": ""} | cells
    found = read(f"{','.join(row)}\n{','.join(row.values())}\n")
    return found[0]


def at_of(text: str) -> datetime | str:
    row = read_one(at=f'"{text}"')
    return row.at if isinstance(row, ActivityRow) else row.code


def type_of(text: str) -> str:
    row = read_one(type=f'"{text}"')
    return row.type if isinstance(row, ActivityRow) else row.code


@pytest.mark.parametrize("header", LEAD_HEADERS)
def test_a_list_of_leads_is_not_taken_for_activities(header):
    assert recognised(header) is None


def test_no_list_of_leads_that_is_read_is_taken_for_activities():
    assert recognise_activities(LEAD_COLUMNS, WORDS) is None
    assert recognise_activities(READABLE_FIELDS, WORDS) is None
    for path in [*DATA.rglob("*.csv"), find("demo/leads.csv")]:
        with path.open("rb") as stream, suppress(KnownError):  # examples without rows
            assert recognise_activities(open_csv(stream).header, WORDS) is None, path


@given(
    st.sets(
        st.sampled_from(
            sorted(
                {
                    label
                    for preset in load_presets(
                        p.read_text("utf-8") for p in files("presets", ".toml")
                    )
                    for label in preset.fields
                }
            )
        )
    )
)
def test_no_set_of_columns_of_leads_is_taken_for_activities(labels):
    assert recognise_activities(sorted(labels), WORDS) is None


@pytest.mark.parametrize(
    ("header", "who", "what", "when", "note"),
    [
        ("lead_id,type,at", ("lead_id",), "type", ("at",), None),
        ("email,activity,date,note", ("email",), "activity", ("date",), "note"),
        ("Email,Event,Timestamp", ("email",), "Event", ("Timestamp",), None),
        ("Date,Time,Phone,Type", ("phone",), "Type", ("Date", "Time"), None),
        ("Phone,Type,Time", ("phone",), "Type", ("Time",), None),
        ("external_id.crm,type,at", ("external_id.crm",), "type", ("at",), None),
        ("Lead ID,Event,Event Type,At", ("external_id",), "Event Type", ("At",), None),
        (
            "First Name,Company,Email Address,Activity Type,Activity Date,Subject",
            ("email",),
            "Activity Type",
            ("Activity Date",),
            "Subject",
        ),
        (
            "E-Mail-Adresse;Telefonnummer;Art;Datum;Uhrzeit;Bemerkung",
            ("email", "phone"),
            "Art",
            ("Datum", "Uhrzeit"),
            "Bemerkung",
        ),
        (
            "Firma;Kontakt-ID;Aktivität;Datum der Aktivität;Notiz",
            ("external_id",),
            "Aktivität",
            ("Datum der Aktivität",),
            "Notiz",
        ),
        ("line,reason,email,type,at", ("email",), "type", ("at",), None),
    ],
)
def test_the_usual_headers_are_recognised(header, who, what, when, note):
    columns = recognised(header)
    assert columns is not None
    assert tuple(key for _, key in columns.who) == who
    assert columns.header[columns.type] == what
    assert tuple(columns.header[column] for column in columns.at) == when
    assert (None if columns.note is None else columns.header[columns.note]) == note


def test_an_english_file():
    found = read(
        "First Name,Email,Activity Type,Activity Date,Subject\n"
        "Ada,ada@acme.example,Email opened,2026-11-20 09:15,Autumn letter\n"
        "Bo,bo@acme.example,Form submission,2026-11-19T23:30:00-05:00,\n"
    )
    assert found == [
        ActivityRow(
            2,
            {"email": "ada@acme.example"},
            "email_open",
            datetime(2026, 11, 20, 9, 15, tzinfo=UTC),
            "Autumn letter",
        ),
        ActivityRow(
            3, {"email": "bo@acme.example"}, "form", datetime(2026, 11, 20, 4, 30, tzinfo=UTC)
        ),
    ]


def test_a_german_file():
    found = read(
        "Kontakt-ID;E-Mail;Aktivität;Datum;Uhrzeit;Notiz\n"
        '17; ada@acme.example;Webinar besucht;20.11.2026;9:15;"Mit Frage;\nzum Preis"\n'
        ";bo@acme.example;Formular ausgefüllt;1.3.2026;;\n"
    )
    assert found == [
        ActivityRow(
            2,
            {"external_id": "17", "email": "ada@acme.example"},
            "webinar",
            datetime(2026, 11, 20, 9, 15, tzinfo=UTC),
            "Mit Frage;\nzum Preis",
        ),
        ActivityRow(4, {"email": "bo@acme.example"}, "form", datetime(2026, 3, 1, tzinfo=UTC)),
    ]


def test_every_row_is_either_usable_or_a_problem_with_its_place_and_reason():
    found = read(
        "email,phone,type,at,note\n"
        "ada@acme.example,,webinar,2026-11-20,\n"
        " ,,webinar,2026-11-20,nobody\n"
        "ada@acme.example,,Sneezed,2026-11-20,\n"
        "ada@acme.example,,,2026-11-20,\n"
        ",,,,\n"
        "ada@acme.example,,webinar,,\n"
        "ada@acme.example,,webinar,11/20/2026,\n"
        "ada@acme.example,,webinar,2027-01-01,\n"
        "ada@acme.example,,webinar,2026-11-20,,too much\n"
        ",+49 30 1234567,demo request,2026-11-20,\n"
    )
    usable = [row for row in found if isinstance(row, ActivityRow)]
    problems = [row for row in found if isinstance(row, RowProblem)]
    assert [row.line for row in usable] == [2, 11]
    assert [row.keys for row in usable] == [
        {"email": "ada@acme.example"},
        {"phone": "+49 30 1234567"},
    ]
    assert len(usable) + len(problems) == 9
    ids = ", ".join(kind.id for kind in BANT.engagement.types)
    assert [problem.sentence for problem in problems] == [
        "Line 3: no lead id, id of another system, e-mail or phone.",
        f'Line 4, type: "Sneezed" is no activity of the playbook ({ids}).',
        "Line 5, type: it does not say what the lead did.",
        "Line 7, at: it does not say when it happened.",
        f'Line 8, at: "11/20/2026" is no date ({ALLOWED_TIMES}).',
        'Line 9, at: "2027-01-01" is in the future.',
        "Line 10: 6 fields, the header has 5.",
    ]


def test_rejected_rows_once_corrected_are_read_like_the_file_they_came_from():
    header = ("email", "type", "at")
    problems = read("email,type,at\nada@acme.example,webinar,soon\n")
    written = io.StringIO(newline="")
    assert write_rejects(written, header, problems) == 1
    assert [row.code for row in read(written.getvalue())] == ["bad_time"]
    (row,) = read(written.getvalue().replace("webinar,soon", "webinar,2026-11-20"))
    assert isinstance(row, ActivityRow)
    assert row.keys == {"email": "ada@acme.example"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-20", datetime(2026, 11, 20, tzinfo=UTC)),
        ("2026-11-20 09:15", datetime(2026, 11, 20, 9, 15, tzinfo=UTC)),
        ("2026-11-20 9:15:30", datetime(2026, 11, 20, 9, 15, 30, tzinfo=UTC)),
        ("2026-11-20T09:15:00Z", datetime(2026, 11, 20, 9, 15, tzinfo=UTC)),
        ("2026-11-20 09:15:00 UTC", datetime(2026, 11, 20, 9, 15, tzinfo=UTC)),
        ("2026-11-20 09:15:00 +0100", datetime(2026, 11, 20, 8, 15, tzinfo=UTC)),
        ("2026-11-20T09:15:00.000+0000", datetime(2026, 11, 20, 9, 15, tzinfo=UTC)),
        ("20.11.2026", datetime(2026, 11, 20, tzinfo=UTC)),
        ("5.1.2026, 9:15 Uhr", datetime(2026, 1, 5, 9, 15, tzinfo=UTC)),
        ("20.11.2026 09:15:30", datetime(2026, 11, 20, 9, 15, 30, tzinfo=UTC)),
        ("31.02.2026", "bad_time"),
        ("2026.11.20", datetime(2026, 11, 20, tzinfo=UTC)),
        ("11/20/2026", "bad_time"),
        ("20/11/2026", "bad_time"),
        ("yesterday", "bad_time"),
        ("2026-11-20 25:00", "bad_time"),
        ("0001-01-01T00:00+05:00", "bad_time"),
    ],
)
def test_times_are_read_where_they_are_certain(text, expected):
    assert at_of(text) == expected


@pytest.mark.parametrize(
    ("text", "is_future"),
    [
        ("2026-11-22T10:00:00Z", False),
        ("2026-11-22T10:00:01Z", True),
        ("2026-11-22T11:00:00+01:00", False),
        ("2026-11-22T11:00:01+01:00", True),
        ("2026-11-22 23:59", False),
        ("2026-11-23", False),
        ("2026-11-23 00:01", True),
    ],
)
def test_the_future_begins_where_no_clock_on_earth_has_come_to_it(text, is_future):
    assert (at_of(text) == "future") is is_future


@pytest.mark.parametrize(
    ("date", "time", "expected"),
    [
        ("2026-11-20", "9:15", datetime(2026, 11, 20, 9, 15, tzinfo=UTC)),
        ("2026-11-20", "", datetime(2026, 11, 20, tzinfo=UTC)),
        ("2026-11-20 09:15", "09:15", datetime(2026, 11, 20, 9, 15, tzinfo=UTC)),
        ("2026-11-20", "noon", None),
        ("", "9:15", None),
    ],
)
def test_a_date_and_a_time_of_day_are_put_together(date, time, expected):
    (row,) = read(f"email,type,date,time\nada@acme.example,form,{date},{time}\n")
    assert (row.at if isinstance(row, ActivityRow) else None) == expected


@pytest.mark.parametrize(
    ("labels", "kind"),
    [
        ("email_open|EMAIL_OPEN|Email opened|emailOpened|E-Mail geöffnet", "email_open"),
        ("white_paper|Whitepaper downloaded|Download", "white_paper"),
        ("Pricing Page|Visited pricing page|Preisseite besucht", "pricing_page"),
        ("Webinar|Webinar attended|Attended webinar|Teilnahme am Webinar", "webinar"),
        ("Form submission|form|Formular abgeschickt", "form"),
        ("Contact us|Kontaktanfrage|contact-request", "contact_request"),
        ("Demo requested|Demo-Anfrage|Request a demo", "demo_request"),
        ("Free trial|Newsletter|Web", "unknown_type"),
    ],
)
def test_activities_are_understood_by_their_usual_names(labels, kind):
    for label in labels.split("|"):
        assert type_of(label) == kind


def test_each_name_of_an_activity_means_one_thing_only():
    names = [name for group in WORDS.types.values() for name in group]
    assert len(names) == len(set(names))


def test_each_label_of_a_column_means_one_thing_only():
    labels = [*WORDS.who, *WORDS.time, *WORDS.note, *WORDS.beside]
    for group in (*WORDS.type, *WORDS.at):
        labels += group
    assert len(labels) == len(set(labels))


def test_a_playbook_that_calls_an_activity_otherwise_is_followed():
    rule = EngagementRule(
        14,
        (
            ActivityType("webinar_attended", 1, 1),
            ActivityType("sneeze", 1, 1),
            ActivityType("Email opened", 1, 1),
            ActivityType("open", 1, 1),
        ),
    )
    types = activity_types(WORDS, rule)
    assert types["teilnahme am webinar"] == "webinar_attended"
    assert types["sneeze"] == "sneeze"
    assert types["opened email"] == "Email opened"
    assert types["open"] == "open"
    assert "form" not in types


def test_a_playbook_without_activities_knows_none():
    (row,) = read(
        "email,type,at\nada@acme.example,webinar,2026-11-20\n", activity_types(WORDS, None)
    )
    assert isinstance(row, RowProblem)
    assert row.reason == '"webinar" is no activity of the playbook (it lists none)'


def test_of_several_columns_for_one_key_the_first_that_is_filled_counts():
    found = read("phone,mobile,type,at\n,0171,form,2026-11-20\n030,0171,form,2026-11-20\n")
    assert [row.keys for row in found] == [{"phone": "0171"}, {"phone": "030"}]


KEYS = ("lead_id", "external_id", "external_id.crm", "email", "phone")
# Control characters would make it no text file at all.
letters = st.characters(codec="utf-8", exclude_categories=["Cc"]) | st.sampled_from('\n\r,;"')
texts = st.text(letters, max_size=8).map(str.strip)
activity_rows = st.builds(
    lambda keys, kind, age, note: ({k: v for k, v in keys.items() if v}, kind, NOW - age, note),
    st.fixed_dictionaries(dict.fromkeys(KEYS, texts)).filter(lambda keys: any(keys.values())),
    st.sampled_from([kind.id for kind in BANT.engagement.types]),
    st.timedeltas(timedelta(0), timedelta(4000)),
    texts,
)


@given(st.lists(activity_rows, min_size=1, max_size=6))
def test_what_was_written_is_read_again(rows):
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow([*KEYS, "type", "at", "note"])
    for keys, kind, at, note in rows:
        writer.writerow([*(keys.get(key, "") for key in KEYS), kind, cell_text(at), note])
    source = open_csv(io.BytesIO(stream.getvalue().encode()), encoding="utf-8", delimiter=",")
    columns = recognise_activities(source.header, WORDS)
    assert columns is not None
    found = list(read_activities(source.rows(), columns, TYPES, NOW))
    assert [(row.keys, row.type, row.at, row.note) for row in found] == rows


@given(st.lists(st.tuples(texts, texts, texts), min_size=1, max_size=6))
def test_the_counts_add_up_whatever_stands_in_the_cells(rows):
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows([("email", "type", "at"), *rows, ("a@b.example", "form", "-")])
    source = open_csv(io.BytesIO(stream.getvalue().encode()), encoding="utf-8", delimiter=",")
    columns = recognise_activities(source.header, WORDS)
    assert columns is not None
    found = list(read_activities(source.rows(), columns, TYPES, NOW))
    assert len(found) == sum(any(row) for row in rows) + 1
    assert all(row.sentence for row in found if isinstance(row, RowProblem))
