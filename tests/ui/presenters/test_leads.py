# SPDX-License-Identifier: MIT
"""What the Leads view decides to show."""

import pytest

from leaddesk import resources
from leaddesk.core.domain.lead import Lead
from leaddesk.core.domain.lead_query import Condition, Op, View
from leaddesk.core.services.changes import Changes
from leaddesk.core.services.lead_list import rows
from leaddesk.core.services.settings import load_settings
from leaddesk.core.services.workspace import open_workspace
from leaddesk.core.store import sorting
from leaddesk.ui.presenters import leads as leads_module
from leaddesk.ui.presenters.lead_columns import USUAL
from leaddesk.ui.presenters.leads import LeadsPresenter
from tests.helpers.desk import PlainDesk
from tests.helpers.leads import HOSTILE
from tests.helpers.noon import noon

KEYS = [key for key, _ in USUAL]


@pytest.fixture
def presenter(leads_presenter):
    return leads_presenter


def names(screen, desk):
    return [row.name for row in rows(desk.work, screen.last("show_list")[0])]


@pytest.mark.usefixtures("presenter")
def test_starts_with_all_leads_by_priority(screen, desk):
    assert names(screen, desk)[:2] == ["Ingrid Solheim", "Priya Raman"]
    assert screen.last("show_list")[1] == "12 leads"
    assert screen.last("show_order") == (None, True)
    views, _, chosen = screen.last("show_views")
    assert chosen is View.ALL
    assert [(view.text, view.count) for view in views] == [
        ("All leads", 12),
        ("To call", 11),
        ("Passed to sales", 0),
        ("Nurture", 0),
        ("Disqualified", 0),
    ]


def test_search_says_when_nobody_matches(presenter, screen, desk):
    presenter.search("corvane")
    assert names(screen, desk) == ["Priya Raman"]
    assert screen.last("show_list")[1] == "1 lead"
    presenter.search("nobody at all")
    assert "Nobody matches" in screen.last("show_nothing")[0]


def test_an_empty_view_says_what_comes_there(presenter, screen):
    presenter.choose_view(View.PASSED)
    assert screen.last("show_nothing")[0] == "Nobody here yet"
    assert screen.last("show_views")[2] is View.PASSED


@pytest.mark.parametrize(
    ("leads", "what"),
    [([], "No leads yet"), ([Lead("L1", do_not_call=True)], "Nobody left to call")],
)
def test_an_empty_list_says_what_to_do(screen, profile, leads, what):
    with open_workspace(profile, resources.texts) as work:
        with work.store.begin() as unit:
            unit.leads.add(leads)
        presenter = LeadsPresenter(screen, PlainDesk(work), noon)
        presenter.start()
        presenter.choose_view(View.TO_CALL)
    assert screen.last("show_nothing")[0] == what


def test_sorting_by_a_column_again_turns_it_round(presenter, screen, desk):
    company = KEYS.index("company")
    presenter.sort_by(company)
    assert screen.last("show_order") == (company, False)
    assert names(screen, desk)[:2] == [f"{'A' * 80} {'B' * 80}", "Priya Raman"]
    presenter.sort_by(company)
    assert screen.last("show_order") == (company, True)
    assert names(screen, desk)[-1] == HOSTILE, "a lead without a company comes last either way"


def test_the_first_click_on_a_number_shows_the_largest(presenter, screen, desk):
    presenter.sort_by(KEYS.index("employees"))
    assert screen.last("show_order")[1] is True
    assert names(screen, desk)[1] == "Priya Raman"


def test_keys_sort_by_one_column_after_the_other(presenter, screen):
    presenter.sort_next(1)
    assert screen.last("show_order")[0] == 0
    presenter.sort_next(1)
    assert screen.last("show_order")[0] == 1
    presenter.sort_next(-1)
    presenter.sort_next(-1)
    assert screen.last("show_order")[0] == len(KEYS) - 1


def test_the_last_column_is_the_one_before_the_first(presenter, screen):
    presenter.sort_next(-1)
    assert screen.last("show_order")[0] == len(KEYS) - 1


def test_keys_step_through_the_views(presenter, screen):
    presenter.step_view(1)
    assert screen.last("show_views")[2] is View.TO_CALL
    presenter.step_view(-1)
    presenter.step_view(-1)
    assert screen.last("show_views")[2] is View.DISQUALIFIED


def test_an_answer_to_an_older_search_is_dropped(presenter, screen, desk):
    shown = screen.times("show_list")
    desk.hold()
    presenter.search("a")
    presenter.search("corvane")
    desk.release()
    assert screen.times("show_list") == shown + 1
    assert names(screen, desk) == ["Priya Raman"]


def test_the_page_of_the_chosen_lead(presenter, screen, desk):
    (row,) = rows(desk.work, screen.last("show_list")[0][1:2])
    presenter.choose_lead(row.lead_id)
    (page,) = screen.last("show_page")
    assert page.name == "Priya Raman"
    assert page.grade == "B1"
    assert dict(page.facts)["Employees"] == "1,200"
    assert dict(page.extra) == {"Favourite colour": "green"}
    assert page.foot == "HubSpot id 15001"
    presenter.choose_lead("")
    assert screen.last("show_page") == (None,)


def test_a_page_that_comes_late_is_dropped(presenter, screen, desk):
    first, second = (row.lead_id for row in rows(desk.work, screen.last("show_list")[0][:2]))
    desk.hold()
    presenter.choose_lead(first)
    presenter.choose_lead(second)
    desk.release()
    assert screen.times("show_page") == 1
    assert screen.last("show_page")[0].lead_id == second


def test_call_hands_over_to_the_call_view(presenter, desk):
    presenter.call("")
    presenter.call("L1")
    assert desk.called == ["L1"]


def test_changes_of_one_lead_refresh_that_line_its_page_and_the_counts(presenter, screen, desk):
    lead_id = rows(desk.work, screen.last("show_list")[0][:1])[0].lead_id
    presenter.choose_lead(lead_id)
    pages, lists = screen.times("show_page"), screen.times("show_list")
    presenter.on_changed(Changes(leads=frozenset({lead_id})))
    assert screen.last("refresh_rows") == (frozenset({lead_id}),)
    assert screen.times("show_page") == pages + 1
    assert screen.times("show_list") == lists + 1


def test_a_change_of_another_kind_refreshes_nothing(presenter, screen):
    before = len(screen.shown)
    presenter.on_changed(Changes(calls=frozenset({"C1"})))
    assert len(screen.shown) == before


def test_an_import_refreshes_everything(presenter, screen):
    presenter.on_changed(Changes(whole_list=True))
    assert screen.last("refresh_rows") == (None,)


def test_lines_that_cannot_be_read_are_said_and_left_empty(presenter, desk):
    got = []
    desk.work = None
    presenter.fetch([1], got.append)
    assert got == [[]]
    assert len(desk.errors) == 1


def test_an_export_is_of_what_is_shown_or_of_the_leads_named(presenter, desk):
    presenter.search("corvane")
    presenter.export(())
    presenter.choose_view(View.NURTURED)
    presenter.export([2, 1])
    (first, none), (second, named) = desk.exported
    assert (first.search, none) == ("corvane", [])
    assert (second.view, named) == (View.NURTURED, [2, 1])


FAIR = Condition("source", Op.IS, ("Trade fair",))


def test_conditions_are_added_turned_and_let_go(presenter, screen, desk):
    presenter.add_condition(FAIR)
    assert names(screen, desk) == ["Tomás Herrera", "Oleksandr Bondar"]
    presenter.add_condition(Condition("employees", Op.GREATER, ("500",)))
    assert screen.last("show_conditions") == (
        ["Source is Trade fair", "Employees is more than 500"],
        False,
    )
    assert names(screen, desk) == ["Tomás Herrera"]
    presenter.turn_conditions()
    assert len(names(screen, desk)) == 4
    presenter.drop_condition(0)
    presenter.add_condition(Condition("company", Op.IS, ("nobody",)))
    presenter.turn_conditions()
    assert screen.last("show_nothing")[0] == "Nobody fulfils all this"


def test_the_first_lines_come_before_all_of_a_long_list(screen, desk, monkeypatch):
    monkeypatch.setattr(leads_module, "FIRST", 5)
    presenter = LeadsPresenter(screen, desk, noon)
    presenter.start()
    lists = [(len(args[0]), args[1]) for name, args, _ in screen.shown if name == "show_list"]
    assert lists == [(5, "5+ leads"), (12, "12 leads")]


def test_the_first_lines_of_a_new_order_wait_for_no_index(screen, desk, monkeypatch):
    monkeypatch.setattr(sorting, "LARGE", 5)
    monkeypatch.setattr(leads_module, "FIRST", 5)
    presenter = LeadsPresenter(screen, desk, noon)
    presenter.start()

    def is_ready():
        with desk.work.store.read() as unit:
            return unit.lead_list.is_prepared("company")

    shown = []
    screen.show_list = lambda row_ids, _count: shown.append((list(row_ids), is_ready()))
    presenter.sort_by(KEYS.index("company"))
    (first, ready_first), (every, ready_then) = shown
    assert first == every[:5]
    assert (ready_first, ready_then) == (False, True)


def test_nothing_is_made_for_an_order_nobody_waits_for(screen, desk, monkeypatch):
    monkeypatch.setattr(sorting, "LARGE", 5)
    monkeypatch.setattr(leads_module, "FIRST", 5)
    presenter = LeadsPresenter(screen, desk, noon)
    presenter.start()
    desk.hold()
    presenter.sort_by(KEYS.index("company"))
    presenter.sort_by(KEYS.index("name"))
    desk.release()
    with desk.work.store.read() as unit:
        assert not unit.lead_list.is_prepared("company")
        assert unit.lead_list.is_prepared("name")


def test_columns_are_remembered(presenter, screen, desk):
    presenter.show_columns((("name", 0), ("phone", 90)))
    other = LeadsPresenter(screen, desk, noon)
    other.start()
    assert other.layout == (("name", 0), ("phone", 90))
    other.show_columns(USUAL)
    assert load_settings(desk.work.profile)[0].lead_columns == ""


def test_out_of_sight_nothing_is_read(presenter, screen):
    presenter.shown(is_shown=False)
    lists = screen.times("show_list")
    presenter.on_changed(Changes(whole_list=True))
    assert screen.times("show_list") == lists
    presenter.shown(is_shown=True)
    assert screen.times("show_list") == lists + 1


def test_tags_are_counted_and_found(presenter, screen, desk):
    presenter.changes.add_tag([1, 2, 3], "fair")
    presenter.on_changed(Changes(whole_list=True))
    assert screen.last("show_tags") == ([("fair", 3)],)
    presenter.add_tag_condition("fair")
    assert len(names(screen, desk)) == 3
