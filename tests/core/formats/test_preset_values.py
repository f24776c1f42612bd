# SPDX-License-Identifier: MIT
"""What systems write, read and written: dates, flags, lists, labels."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaddesk.core.formats.cells import tags
from leaddesk.core.formats.csv_writer import cell_text
from leaddesk.core.formats.dates import moment
from leaddesk.core.formats.preset_values import fold_value, joined_tags
from tests.helpers.presets import BY_ID, PRESETS, WRITTEN

MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2068, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 - bounds


@pytest.mark.parametrize("preset", WRITTEN, ids=lambda preset: preset.id)
@given(at=MOMENTS)
def test_a_day_that_is_written_is_read(preset, at):
    day = at.replace(hour=0, minute=0, second=0, microsecond=0)
    text = preset.writing.values.write("created_at", cell_text(day))
    assert moment(preset.read_value("created_at", text)) == day


@pytest.mark.parametrize("preset_id", ["hubspot", "salesforce-api", "marketo-rest", "zoho"])
@given(at=MOMENTS)
def test_a_time_that_is_written_is_read_to_the_minute(preset_id, at):
    preset = BY_ID[preset_id]
    text = preset.writing.values.write("created_at", cell_text(at))
    found = moment(preset.read_value("created_at", text))
    assert found.replace(second=0) == at.replace(second=0, microsecond=0)


@pytest.mark.parametrize(
    ("preset_id", "text", "at"),
    [
        ("hubspot", "2024-01-22 20:36", (2024, 1, 22, 20, 36)),
        ("hubspot", "1/22/2024 8:36 PM", (2024, 1, 22, 20, 36)),
        ("hubspot", "1/22/2024 12:05 am", (2024, 1, 22, 0, 5)),
        ("salesforce", "2024-01-22T20:36:47.000+0000", (2024, 1, 22, 20, 36, 47)),
        ("salesforce", "9/21/2020", (2020, 9, 21)),
        ("marketo", "9/21/20", (2020, 9, 21)),
        ("marketo", "2010-05-07T15:41:32-05:00", (2010, 5, 7, 20, 41, 32)),
        ("zoho", "2026-02-10 07:08:09", (2026, 2, 10, 7, 8, 9)),
        ("zoho", "15 Apr, 2021 00:03:00", (2021, 4, 15, 0, 3)),
        ("mailchimp", "2015-03-16 14:40:47", (2015, 3, 16, 14, 40, 47)),
        ("linkedin", "15 Jan 2023", (2023, 1, 15)),
        ("facebook", "2024-01-22T20:36:47+0000", (2024, 1, 22, 20, 36, 47)),
    ],
)
def test_dates_as_they_were_seen(preset_id, text, at):
    found = moment(BY_ID[preset_id].read_value("created_at", text))
    assert found == datetime(*at, tzinfo=UTC)


@pytest.mark.parametrize("text", ["31/1/2024", "13/13/2024", "soon", "1/2", "25:99", "00/00/2024"])
def test_what_is_no_date_there_stays_as_it_is(text):
    assert BY_ID["salesforce"].read_value("created_at", text) == text


@pytest.mark.parametrize(
    ("preset_id", "date"),
    [
        ("hubspot", "2026-02-03"),
        ("salesforce", "02/03/2026"),
        ("salesforce-api", "2026-02-03"),
        ("marketo", "2/3/26"),
        ("marketo-rest", "2026-02-03"),
        ("zoho", "02/03/2026"),
        ("mailchimp", "2026-02-03"),
    ],
)
def test_days_are_written_as_the_system_reads_them(preset_id, date):
    written = BY_ID[preset_id].writing.values.write("created_at", "2026-02-03T00:00:00Z")
    assert written == date


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.id)
def test_labels_and_internal_names_are_read_in_any_case(preset):
    for field, known in preset.reading.values.items():
        for text, meant in known.items():
            for spelled in (text, text.upper(), f" {text.replace(' ', '_')} ", text.title()):
                assert preset.read_value(field, spelled) == meant
    assert preset.read_value("company", "Acme") == "Acme"


@pytest.mark.parametrize("preset", WRITTEN, ids=lambda preset: preset.id)
def test_every_label_that_is_written_is_read_as_something(preset):
    for field, labels in preset.writing.values.values.items():
        for label in filter(None, labels.values()):
            assert fold_value(label) in preset.reading.values[field]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"])), unique=True))
def test_tags_that_are_joined_are_these_very_tags(texts):
    wanted = tuple(dict.fromkeys(filter(None, map(str.strip, texts))))
    assert tags(joined_tags(wanted)) == wanted


@pytest.mark.parametrize("preset_id", ["hubspot", "salesforce", "zoho", "mailchimp"])
@given(texts=st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]))))
def test_tags_that_are_written_are_read(preset_id, texts):
    preset = BY_ID[preset_id]
    wanted = tuple(dict.fromkeys(filter(None, map(str.strip, texts))))
    text = preset.writing.values.tags(wanted)
    found = tags(preset.read_value("tags", text)) if text else ()
    # What Zoho divides tags by is not known for certain; alone, one with a comma reads as two.
    assert found == wanted or (preset_id == "zoho" and len(wanted) == 1)


def test_a_flag_that_is_not_set_is_left_blank():
    for preset in WRITTEN:
        assert preset.writing.values.write("opted_out", "false") == ""
        assert preset.writing.values.write("opted_out", "true")
