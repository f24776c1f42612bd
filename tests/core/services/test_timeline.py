# SPDX-License-Identifier: MIT
"""Whatever changed a lead beside its calls is told on its page: lists, merges, marks, numbers."""

import pytest

from leaddesk.core.domain.merge import OnMatch
from leaddesk.core.domain.roles import Rep
from leaddesk.core.services import (
    duplicates,
    edit_leads,
    endings,
    import_history,
    import_leads,
    import_taking,
    lead_page,
    merging,
)
from leaddesk.core.services.endings import CallResult
from leaddesk.core.services.import_leads import ImportOptions
from tests.core.services.conftest import london
from tests.helpers.talks import start


def told(work, lead_id="L1"):
    return [entry.text for entry in lead_page.page_of(work, lead_id).timeline]


@pytest.fixture
def two(work):
    work.rep = Rep("Ada Berg")
    with work.store.begin() as unit:
        unit.leads.add(
            [
                london("L1", last_name="Berg", email="bo@berg.example", city="Brno"),
                london("L2", last_name="Cole", email="cy@cole.example"),
            ]
        )
    return work


def imported(work, name, text, policy=OnMatch.OVERWRITE):
    path = work.profile / name
    path.write_text(text, encoding="utf-8")
    options = ImportOptions(on_match=policy, country="GB")
    return import_taking.run(work, import_leads.preview(work, path, options))[0]


def test_an_import_that_changed_a_lead_is_told_with_what_it_changed(two):
    imported(
        two,
        "fair.csv",
        "Email,City,Title,Tags,Do Not Call,Shoe size\nbo@berg.example,Bonn,Buyer,fair,yes,46\n",
    )
    (told_of,) = told(two)
    assert told_of == (
        "Updated by the import of fair.csv: Title (was empty), City (was \u201cBrno\u201d),"
        " Tags (was empty), Do not call (was no), Extra fields"
    )
    assert told(two, "L2") == []


def test_an_import_that_is_taken_back_is_told_of_those_it_left_as_they_were(two, clock):
    first = imported(two, "fair.csv", "Email,City\nbo@berg.example,Bonn\ncy@cole.example,Kiel\n")
    clock.move(hours=1)
    edit_leads.set_field(two, "L2", "city", "Ulm")
    clock.move(hours=1)
    import_history.undo(two, first.batch)
    assert told(two) == [
        "Import of fair.csv taken back: as it was before",
        "Updated by the import of fair.csv: City (was \u201cBrno\u201d)",
    ]
    assert told(two, "L2") == [
        "Import of fair.csv taken back: kept, since something happened with it",
        "City changed by Ada Berg: \u201cKiel\u201d to \u201cUlm\u201d",
        "Updated by the import of fair.csv: City (was empty)",
    ]


def test_who_came_by_an_import_that_was_taken_back_says_why_it_is_there(two, clock):
    first = imported(two, "new.csv", "Last Name,Email\nDahl,di@dahl.example\n")
    lead_id = two.ids.lead("di@dahl.example")
    clock.move(hours=1)
    edit_leads.set_field(two, lead_id, "city", "Ulm")
    clock.move(hours=1)
    import_history.undo(two, first.batch)
    texts = told(two, lead_id)
    assert texts[0] == "Import of new.csv taken back: kept, since something happened with it"
    assert texts[-1] == "Imported from new.csv"


def test_what_imports_changed_of_both_is_the_history_of_the_one_that_stays(two, clock):
    imported(two, "fair.csv", "Email,City\nbo@berg.example,Bonn\ncy@cole.example,Kiel\n")
    clock.move(hours=1)
    merging.merge(two, "L1", "L2")
    assert sorted(told(two)) == [
        "Merged with Cole",
        "Updated by the import of fair.csv: City (was empty)",
        "Updated by the import of fair.csv: City (was \u201cBrno\u201d)",
    ]


def test_a_merge_that_was_taken_back_is_told_of_both(two, clock):
    merging.merge(two, "L1", "L2")
    assert told(two, "L2") == ["Merged with Cole"], "the page of the one that stays"
    clock.move(hours=1)
    merging.undo(two, merging.last_of(two, "L1").merge_id)
    assert told(two) == ["No longer merged with Cole", "Merged with Cole"]
    assert told(two, "L2") == ["No longer merged into Berg", "Merged into Berg"]


def test_who_is_not_the_same_is_told_of_both_and_once(two, clock):
    for _ in range(2):
        duplicates.not_the_same(two, "L1", "L2")
    assert (told(two), told(two, "L2")) == (["Not the same as Cole"], ["Not the same as Berg"])
    clock.move(hours=1)
    for _ in range(2):
        duplicates.maybe_the_same(two, "L2", "L1")
    assert told(two) == ["May be the same as Cole", "Not the same as Cole"]


def test_a_number_somebody_else_asked_not_to_be_called_on_is_told(two):
    endings.end_call(two, start(two, "L1"), CallResult("CONNECTED_TARGET", "DO_NOT_CALL"))
    assert told(two).count("Never call +442079460958 again") == 1
    assert not any("said elsewhere" in text for text in told(two))
    assert told(two, "L2") == ["Never call +442079460958 again, said elsewhere"]


def test_what_is_done_to_many_leads_at_once_is_told_of_each(two, clock):
    with two.store.read() as unit:
        row_ids = list(unit.duplicates.row_ids(["L1", "L2"]).values())
    edit, _ = edit_leads.add_tag(two, row_ids, "fair")
    clock.move(hours=1)
    edit_leads.assign(two, row_ids, "Bo Cole")
    clock.move(hours=1)
    edit_leads.undo(two, edit)
    for lead_id in ("L1", "L2"):
        assert told(two, lead_id) == [
            "Tags changed by Ada Berg: \u201cfair\u201d to nothing",
            "Owner changed by Ada Berg: nothing to \u201cBo Cole\u201d",
            "Tags changed by Ada Berg: nothing to \u201cfair\u201d",
        ]


def test_the_history_is_found_by_indices(two):
    with two.store.read() as unit:
        for query in (
            "SELECT * FROM import_changes WHERE row_id = 1",
            "SELECT * FROM lead_merges WHERE gone_id = 'L1'",
            "SELECT * FROM do_not_call_numbers WHERE phone_e164 IN ('+441')",
        ):
            plan = unit._connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}").all()
            assert all(step[3].startswith("SEARCH") for step in plan), plan
