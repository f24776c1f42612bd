# SPDX-License-Identifier: MIT
"""Where columns may go, and what their first cells say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaddesk.core.domain.column_checks import DateOrder
from leaddesk.core.services import import_leads
from leaddesk.core.services.import_columns import EXTRA, checks, choosable_fields, moved
from leaddesk.core.services.import_leads import ImportOptions

FIELDS = choosable_fields()
NAMES = ("A", "B", "C", "D")


def test_every_column_may_be_kept_or_left_out_and_none_goes_where_it_follows():
    assert FIELDS[:2] == (EXTRA, "ignored")
    assert {"email", "phone", "company"} <= set(FIELDS)
    assert not [name for name in FIELDS if name.endswith("_e164")]


def test_where_a_column_goes_now_is_offered_once():
    assert choosable_fields("external_id").count("external_id") == 1
    assert choosable_fields("email") == FIELDS


@given(st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(FIELDS)), max_size=12))
def test_a_field_never_has_two_columns(choices):
    columns, mapping = [(name, EXTRA) for name in NAMES], {}
    for column, field in choices:
        mapping = moved(columns, mapping, column, field)
        columns = [(name, mapping.get(name, EXTRA)) for name in NAMES]
        assert dict(columns)[column] == field
    taken = [field for _, field in columns if field not in {EXTRA, "ignored"}]
    assert len(taken) == len(set(taken))


@pytest.fixture
def look(work, tmp_path):
    made = []

    def preview(text, **options):
        path = tmp_path / "fair.csv"
        path.write_text(text, encoding="utf-8")
        made.append(import_leads.preview(work, path, ImportOptions(**options)))
        return made[-1]

    yield preview
    for one in made:
        import_leads.discard(one)


def test_a_column_says_what_its_first_cells_are(look):
    found = look("Email;Created At;Shade\na@b.example;23.11.2026;green\nnobody;24.11.2026;\n")
    by_column = dict(zip(found.header, checks(found), strict=True))
    assert (by_column["Email"].valid_count, by_column["Email"].kept_count) == (1, 1)
    assert by_column["Created At"].order is DateOrder.DMY
    assert by_column["Shade"] is None


def test_a_column_moved_elsewhere_is_checked_as_that(look):
    text = "Email;Shade\na@b.example;green\n"
    (_, check) = checks(look(text, mapping={"Shade": "employees"}))
    assert (check.field, check.kept_count, check.first_kept) == ("employees", 1, "green")


def test_numbers_are_checked_by_the_country_of_the_import(look):
    text = "Email;Phone\na@b.example;030 901820\n"
    assert checks(look(text))[1].valid_count == 0
    assert checks(look(text, country="DE"))[1].valid_count == 1
