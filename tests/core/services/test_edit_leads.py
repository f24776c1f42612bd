# SPDX-License-Identifier: MIT
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leaddesk.core.domain.lead_query import LeadQuery
from leaddesk.core.domain.stages import Status
from leaddesk.core.errors import BugError, KnownError
from leaddesk.core.services import edit_leads, lead_list, lead_page
from tests.core.services.conftest import london


@pytest.fixture
def leads(work):
    with work.store.begin() as unit:
        unit.leads.add(
            london(f"L{n}", last_name=f"Name {n}", tags=("fair",) if n == 1 else (), country="GB")
            for n in range(5)
        )
    return work


def lead(work, lead_id="L0"):
    return lead_page.page_of(work, lead_id).lead


def revisions(work):
    with work.store.read() as unit:
        found = unit.lead_list._bare.execute("SELECT lead_id, revision FROM leads ORDER BY row_id")
        return dict(found.fetchall())


def set_field(work, field, text, **more):
    return edit_leads.set_field(work, "L0", field, text, **more)[0]


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("company", "  Acme <b>Ltd</b> ", "Acme <b>Ltd</b>"),
        ("email", "ada@company.example", "ada@company.example"),
        ("employees", "1,200", 1200),
        ("tags", "a; b;a", ("a", "b")),
        ("country", "Germany", "DE"),
        ("status", "nurturing", Status.NURTURING),
        ("do_not_call", "yes", True),
        ("do_not_call", "", False),
        ("last_name", "李 🚀 O'Neil", "李 🚀 O'Neil"),
        ("phone", "", ""),
    ],
)
def test_a_text_is_read_as_an_import_would(leads, field, text, value):
    set_field(leads, field, text)
    assert getattr(lead(leads), field) == value


def test_what_follows_follows(leads):
    set_field(leads, "phone", "020 7946 0111")
    assert lead(leads).phone_e164 == "+442079460111"
    set_field(leads, "phone", "030 123456")
    assert lead(leads).phone_e164 == "", "no number of that country"
    set_field(leads, "country", "DE")
    assert lead(leads).phone_e164 == "+4930123456"
    set_field(leads, "revenue", "1.2 Mio. €")
    assert (lead(leads).revenue, lead(leads).currency) == (1_200_000, "EUR")
    assert lead(leads).as_written["revenue"] == "1.2 Mio. €"
    set_field(leads, "revenue", "")
    assert (lead(leads).revenue, lead(leads).as_written.get("revenue")) == (None, None)
    assert list(lead_list.find(leads, LeadQuery(search="4930123"))) == [1]


def test_grade_and_priority_follow_the_data(leads):
    before = lead(leads)
    set_field(leads, "employees", "250")
    set_field(leads, "industry", "Manufacturing")
    after = lead(leads)
    assert (before.grade, before.priority) != (after.grade, after.priority)


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("email", "ada at company"), ("employees", "many"), ("country", "Atlantis"),
        ("do_not_call", "perhaps"), ("status", "happy"), ("phone", "call me"),
        ("consent_at", "soon"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_and_changes_nothing(leads, field, text):
    before = lead(leads)
    with pytest.raises(KnownError, match="cannot be") as refused:
        set_field(leads, field, text)
    assert text in str(refused.value)
    assert lead(leads) == before
    assert revisions(leads)["L0"] == 0


def test_somebody_stays_to_be_called(leads):
    set_field(leads, "phone", "")
    with pytest.raises(KnownError, match="Nothing would be left"):
        set_field(leads, "last_name", "")


def test_a_change_counts_and_stands_in_the_history(leads):
    leads.rep = type(leads.rep)("Ann")
    set_field(leads, "company", "Acme")
    set_field(leads, "company", "Acme")
    assert revisions(leads) == {"L0": 1, "L1": 0, "L2": 0, "L3": 0, "L4": 0}
    (entry,) = lead_page.page_of(leads, "L0").timeline
    assert entry.text == "Company changed by Ann: nothing to “Acme”"


def test_undo_brings_back_what_was_and_is_told(leads):
    before = lead(leads)
    edit = set_field(leads, "country", "DE")
    said, changes = edit_leads.undo(leads, edit)
    assert said == "Taken back: country changed"
    assert changes.leads == {"L0"}
    assert lead(leads) == before
    assert revisions(leads)["L0"] == 2
    assert len(lead_page.page_of(leads, "L0").timeline) == 2


def test_undo_leaves_later_changes_alone(leads):
    first = set_field(leads, "company", "Acme")
    set_field(leads, "title", "CFO")
    edit_leads.undo(leads, first)
    assert (lead(leads).company, lead(leads).title) == ("", "CFO")
    second = set_field(leads, "company", "Beta")
    set_field(leads, "company", "Gamma")
    with pytest.raises(KnownError, match="changed again"):
        edit_leads.undo(leads, second)
    assert lead(leads).company == "Gamma"


def test_tags_of_many_are_added_taken_and_brought_back(leads):
    ids = [1, 2, 3, 99]
    edit, changes = edit_leads.add_tag(leads, ids, " Fair ")
    assert (edit.words, edit.count) == ("Tag Fair added to 2 leads", 2), "one has it already"
    assert changes.leads == {"L0", "L2"}
    assert [lead(leads, f"L{n}").tags for n in range(4)] == [("Fair",), ("fair",), ("Fair",), ()]
    taken, _ = edit_leads.remove_tag(leads, [1, 2, 3, 4], "FAIR")
    assert taken.count == 3
    edit_leads.undo(leads, taken)
    assert lead(leads, "L1").tags == ("fair",)
    said, _ = edit_leads.undo(leads, edit)
    assert said == "Taken back: tag Fair added to 2 leads"
    assert [lead(leads, f"L{n}").tags for n in range(3)] == [(), ("fair",), ()]
    assert revisions(leads)["L0"] == 4
    texts = [entry.text for entry in lead_page.page_of(leads, "L0").timeline]
    assert "Tags changed: nothing to “Fair”" in texts


def test_an_owner_is_given_to_many_and_only_unchanged_ones_go_back(leads):
    set_field(leads, "owner", "Bo")
    edit, _ = edit_leads.assign(leads, [1, 2, 3], "Ann")
    set_field(leads, "owner", "Cy")
    said, changes = edit_leads.undo(leads, edit)
    assert said == "Taken back: owner Ann given to 3 leads; 1 changed since and stay"
    assert changes.whole_list
    assert [lead(leads, f"L{n}").owner for n in range(3)] == ["Cy", "", ""]
    with pytest.raises(KnownError, match="All of these"):
        edit_leads.undo(leads, edit)


def test_of_very_many_none_is_named(leads, monkeypatch):
    monkeypatch.setattr(edit_leads, "_FEW", 2)
    edit, changes = edit_leads.assign(leads, [1, 2, 3, 4, 5], "Ann")
    assert edit.count == 5
    assert (changes.whole_list, changes.leads) == (True, frozenset())
    assert all(len(lead_page.page_of(leads, f"L{n}").timeline) == 1 for n in range(5))


def test_a_tag_without_a_name_and_a_field_that_follows_are_refused(leads):
    with pytest.raises(KnownError, match="needs a name"):
        edit_leads.add_tag(leads, [1], " ; ")
    with pytest.raises(BugError):
        set_field(leads, "priority", "9")
    with pytest.raises(KnownError, match="not in this profile"):
        edit_leads.set_field(leads, "none", "company", "x")


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.sampled_from(("company", "phone", "employees", "tags", "country", "revenue")),
            st.sampled_from(("", "Acme", "020 7946 0111", "250", "a;b", "DE", "1.2 Mio. €")),
        ),
        max_size=6,
    )
)
def test_undone_backwards_all_is_as_it_was(leads, steps):
    before = lead(leads)
    edits = []
    for field, text in steps:
        try:
            edits.append(set_field(leads, field, text))
        except KnownError:
            continue
    for edit in reversed([edit for edit in edits if edit is not None]):
        edit_leads.undo(leads, edit)
    assert lead(leads) == before
