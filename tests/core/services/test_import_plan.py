# SPDX-License-Identifier: MIT
"""The staging file says what `plan_import` says over all rows at once."""

import csv
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leaddesk.core.domain.merge import OnMatch, plan_import
from leaddesk.core.domain.rows import LeadRow, RowProblem
from leaddesk.core.formats.csv_reader import open_csv
from leaddesk.core.formats.presets import load_presets, map_columns, recognise
from leaddesk.core.services import import_leads, import_taking, lead_list
from leaddesk.core.services.import_leads import ImportOptions
from leaddesk.core.services.import_plan import StoppedError
from leaddesk.core.services.lead_list import LeadQuery
from tests.core.services.conftest import texts
from tests.helpers.chunks import read_leads

HEADER = (
    "First Name", "Last Name", "Company", "Email", "Email 2", "Phone", "Mobile", "Title", "Country",
    "Status", "Tags", "Pet", "external_id.crm",
)  # fmt: skip
few = st.sampled_from
# Few values, so that rows share some keys and not others.
row = st.tuples(
    few(["", "Ada", "Bo"]), few(["", "Weber", "Cole"]), few(["", "Weber GmbH", "Cole Ltd"]),
    few(["", "a@x.example", "A@x.example", "b@x.example", "no address"]),
    few(["", "a@x.example", "c@x.example"]),
    few(["", "030 901820", "+49 30 901820", "030 901821"]), few(["", "+49 30 901820"]),
    few(["", "CEO", " CTO "]), few(["", "DE", "Germany"]),
    few(["", "NEW", "PASSED", "odd"]), few(["", "a", "a;b"]), few(["", "cat", "dog"]),
    few(["", "", "7", "8"]),
)  # fmt: skip
rows = st.lists(row, min_size=1, max_size=9)


def write(path, found):
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(HEADER)
        writer.writerows(found)


def all_leads(work):
    found = lead_list.leads(work, sorted(lead_list.find(work, LeadQuery())))
    return [replace(lead, lead_id="", created_at=None) for lead in found]


def expected(work, path, policy):
    """Return what the rules of the domain say of the whole file at once."""
    with path.open("rb") as stream, work.store.read() as unit:
        source = open_csv(stream)
        presets = load_presets(texts("presets", ".toml").values())
        preset = recognise(source.header, presets)
        columns = map_columns(source.header, preset)
        found = list(read_leads(source.rows(), columns, system=preset.id, country="DE"))
        return plan_import(found, unit.leads, policy)


@pytest.mark.timeout(300)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=120)
@given(before=rows, file=rows, policy=few([OnMatch.FILL, OnMatch.OVERWRITE, OnMatch.SKIP]))
def test_the_preview_says_what_the_rules_say_and_the_import_does_it(work, before, file, policy):
    with work.store.begin() as unit:
        unit._connection.exec_driver_sql("DELETE FROM import_changes")
        unit._connection.exec_driver_sql("DELETE FROM leads")
    path = work.profile / "file.csv"
    for found in (before, file):
        write(path, found)
        if any(any(cell.strip() for cell in cells) for cells in found):
            check(work, path, policy)


def check(work, path, policy):
    options = ImportOptions(on_match=policy, country="DE")
    plan = expected(work, path, policy)
    preview = import_leads.preview(work, path, options)
    counts = preview.counts
    assert (counts.rows, counts.imported) == (plan.row_count, len(plan.new))
    assert (counts.updated, counts.skipped) == (plan.updated_count, plan.same_count)
    assert (counts.rejected, counts.duplicates) == (
        len(plan.problems), len(plan.possible_duplicates),
    )  # fmt: skip
    assert counts.leads_updated == len(plan.updates)
    before = {lead.lead_id for lead in lead_list.leads(work, lead_list.find(work, LeadQuery()))}
    import_taking.run(work, preview)
    found = lead_list.leads(work, sorted(lead_list.find(work, LeadQuery())))
    new = [lead for lead in found if lead.lead_id not in before]
    assert [plain(lead) for lead in new] == [expected_lead(row) for row in plan.new]
    changed = {lead.lead_id: lead for lead in found}
    for update in plan.updates:
        assert plain(changed[update.after.lead_id]) == plain(update.after)
    again = import_leads.preview(work, path, options)
    import_leads.discard(again)
    # Rows that overwrite each other's leads may go on doing so: then the rules say that, too.
    plan = expected(work, path, policy)
    assert again.counts.imported == len(plan.new)
    assert again.counts.updated == plan.updated_count


def test_a_name_that_two_rows_make_together_is_that_of_a_third(work):
    both = "a@x.example"
    rows_ = [
        ("", "Cole", "", "", both),
        ("Ada", "", "Weber GmbH", "", both),
        ("Ada", "Cole", "Weber GmbH"),
    ]
    path = work.profile / "file.csv"
    write(path, [(*some, *[""] * (len(HEADER) - len(some))) for some in rows_])
    check(work, path, OnMatch.FILL)
    assert len(expected(work, path, OnMatch.FILL).new) == 0


def plain(lead):
    """Return a lead without its id and what depends on the playbook and the hour."""
    return replace(lead, lead_id="", created_at=None, grade="", engagement=0, fit=None, priority=0)


def expected_lead(found: LeadRow):
    from leaddesk.core.domain.lead import Lead

    return plain(Lead(**{"lead_id": "", **found.values}))


def test_whoever_waits_can_stop_and_nothing_stays_behind(work):
    path = work.profile / "file.csv"
    write(path, [("Ada", "Weber", *[""] * 11)] * 3000)
    with pytest.raises(StoppedError):
        import_leads.preview(work, path, go_on=lambda rows, _all: rows < 1000)
    assert not list(work.profile.glob("*.stage"))


def test_problems_keep_their_place(work):
    path = work.profile / "file.csv"
    write(path, [("Ada", *[""] * 12), ("", "", "", "nobody@", *[""] * 9), ("Bo", *[""] * 12)])
    found = import_leads.preview(work, path)
    import_leads.discard(found)
    assert [(problem.line, problem.code) for problem in found.problems] == [(3, "bad_email")]
    assert isinstance(found.problems[0], RowProblem)
