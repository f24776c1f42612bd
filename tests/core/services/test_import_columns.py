# SPDX-License-Identifier: MIT
"""Where columns may go, and what their cells say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaddesk import resources
from leaddesk.core.domain.column_checks import DateOrder
from leaddesk.core.services import import_leads, import_staging
from leaddesk.core.services.import_columns import EXTRA, choosable_fields, moved
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
    work.texts = resources.texts

    def preview(text, **options):
        path = tmp_path / "fair.csv"
        path.write_text(text, encoding="utf-8")
        made.append(import_leads.preview(work, path, ImportOptions(**options)))
        return made[-1]

    yield preview
    for one in made:
        import_leads.discard(one)


def test_a_column_says_what_all_its_cells_are(look):
    rows = "".join(f"p{n}@x.example;{1 + n % 12:02}.03.2026;green\n" for n in range(50))
    found = look(f"Email;Created At;Shade\n{rows}nobody;23.11.2026;\n")
    email, created, shade = found.checks
    assert (email.valid_count, email.kept_count, email.first_kept) == (50, 1, ((52, "nobody"),))
    assert (created.order, created.valid_count, created.kept_count) == (DateOrder.DMY, 51, 0)
    assert shade is None


def test_a_column_moved_elsewhere_is_checked_as_that(look):
    text = "Email;Shade\na@b.example;green\n"
    (_, check) = look(text, mapping={"Shade": "employees"}).checks
    assert (check.field, check.kept_count, check.first_kept) == ("employees", 1, ((2, "green"),))


def test_numbers_are_checked_by_the_country_of_the_import(look):
    text = "Email;Phone\na@b.example;030 901820\n"
    assert look(text).checks[1].valid_count == 0
    assert look(text, country="DE").checks[1].valid_count == 1


@pytest.mark.parametrize(
    ("last", "counts"), [("23.11.2026", (1102, 0)), ("11.23.2026", (0, 1102)), ("soon", (0, 1102))]
)
def test_all_rows_decide_how_dates_are_read(look, monkeypatch, last, counts):
    """The first thousand rows leave the order open; what the last says holds for all."""
    monkeypatch.setattr(import_staging, "LARGE", 0)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    first = "23.11.2026" if last == "11.23.2026" else "01.02.2026"
    rows = "".join(f"p{n}@x.example;01.02.2026\n" for n in range(1100))
    found = look(f"Email;Created At\na@b.example;{first}\n{rows}b@b.example;{last}\n")
    assert (found.checks[1].valid_count, found.checks[1].kept_count) == counts
