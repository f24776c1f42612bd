# SPDX-License-Identifier: MIT
"""What was chosen for a source is there for its next file, and for no other."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaddesk.core.domain.merge import OnMatch
from leaddesk.core.services import import_leads, import_looking, import_taking
from leaddesk.core.services.column_maps import Chosen, forget, remember, remembered, source_key
from leaddesk.core.services.import_leads import ImportOptions
from leaddesk.core.services.import_staging import FileSource

CSV = "Email;Shade\nada@engine.example;green\n"
CHOSEN = ImportOptions(
    mapping={"Shade": "industry"},
    by_field={"industry": OnMatch.MIRROR},
    on_match=OnMatch.OVERWRITE,
)


@pytest.fixture
def csv_file(tmp_path):
    path = tmp_path / "fair.csv"
    path.write_text(CSV, encoding="utf-8")
    return path


@pytest.fixture
def looked(work, csv_file):
    """A preview with choices; what it holds on disk is thrown away."""
    preview = import_leads.preview(work, csv_file, CHOSEN)
    yield preview
    import_leads.discard(preview)


def source(preview):
    """Where the file of a preview seems to come from."""
    return FileSource(preview.source.preset, preview.header, "utf-8", ";")


def test_what_was_chosen_is_there_next_time(work, looked):
    assert remembered(work, source(looked)) is None
    remember(work, looked)
    kept = remembered(work, source(looked))
    assert kept == Chosen(CHOSEN.mapping, CHOSEN.by_field, CHOSEN.on_match)


def test_an_import_by_what_was_kept_is_the_same_import(work, looked, csv_file):
    remember(work, looked)
    kept = remembered(work, source(looked))
    again = import_leads.preview(
        work, csv_file, ImportOptions(mapping=kept.mapping, by_field=kept.by_field)
    )
    assert (again.columns, again.counts) == (looked.columns, looked.counts)
    report, _ = import_taking.run(work, again)
    assert report.imported == 1


def test_what_an_earlier_version_kept_is_still_read(work, looked):
    key = source_key(looked.source.preset, looked.header)
    with work.store.begin() as unit:
        unit.column_maps.put(key, '{"mapping": {"Shade": "city"}, "by_field": {}}', work.clock())
    kept = remembered(work, source(looked))
    assert kept == Chosen({"Shade": "city"}, {}, OnMatch.FILL)


def test_a_file_with_choices_is_read_once(work, looked, csv_file):
    remember(work, looked)
    told = []
    found = import_looking.look(
        work, csv_file, ImportOptions(), lambda rows, _all: not told.append(rows), by_memory=True
    )
    import_leads.discard(found.preview)
    assert told == [1]
    assert (found.is_remembered, found.preview.options) == (True, CHOSEN)
    assert found.preview.columns == looked.columns


def test_the_guess_chosen_again_forgets(work, looked):
    remember(work, looked)
    remember(work, replace(looked, options=ImportOptions()))
    assert remembered(work, source(looked)) is None


def test_what_is_forgotten_is_gone(work, looked):
    remember(work, looked)
    forget(work, looked)
    assert remembered(work, source(looked)) is None


@pytest.mark.parametrize(
    ("preset", "header"),
    [("hubspot", ("Email", "Shade")), ("csv", ("Shade", "Email")), ("csv", ("Email",))],
)
def test_another_source_has_choices_of_its_own(work, looked, preset, header):
    remember(work, looked)
    assert remembered(work, FileSource(preset, header, "utf-8", ";")) is None


LABELS = st.lists(st.text(st.characters(codec=None)), max_size=6)


@given(LABELS, LABELS)
def test_sources_are_the_same_when_their_labels_are(one, other):
    assert (source_key("csv", one) == source_key("csv", other)) == (one == other)
