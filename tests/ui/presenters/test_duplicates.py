# SPDX-License-Identifier: MIT
"""Going through pairs that may be the same, over a real profile."""

import pytest

from leaddesk import resources
from leaddesk.core.domain.lead import Lead
from leaddesk.core.services import duplicates
from leaddesk.core.services.workspace import open_workspace
from leaddesk.ui.presenters.duplicates import DuplicatesPresenter
from tests.helpers.desk import PlainDesk, Recorder
from tests.helpers.leads import HOSTILE, some_leads
from tests.helpers.noon import noon


@pytest.fixture
def desk(profile):
    with open_workspace(profile, resources.texts, clock=noon) as work:
        with work.store.begin() as unit:
            unit.leads.add(some_leads())
            unit.leads.add(
                Lead(f"D{number}", first_name="Dora", last_name=name, company="Egli", city=HOSTILE)
                for number, name in enumerate(("Egli", "Egli", "Eggli"))
            )
        yield PlainDesk(work)


@pytest.fixture
def page():
    return Recorder()


@pytest.fixture
def presenter(desk, page):
    made = DuplicatesPresenter(page, desk)
    made.begin()
    return made


def shown(page):
    return page.last("show_pair")[0]


def ids(desk):
    return {pair.other.lead_id for pair in duplicates.pairs(desk.work, 10)}


@pytest.mark.usefixtures("presenter")
def test_the_likeliest_pair_is_shown_with_what_is_known_and_why(page, desk):
    text = shown(page)
    assert text.title == "3 pairs to look at"
    assert text.reasons == "74 of 100: same name, same company, same city"
    assert ("City", HOSTILE, HOSTILE) in text.rows
    assert all(mine or theirs for _, mine, theirs in text.rows)
    assert page.last("show_progress") == (100,)
    assert list(desk.work.profile.glob("*.stage")) == []


def test_a_merge_leaves_no_pair_of_the_lead_that_went(presenter, page, desk):
    presenter.merge()
    assert shown(page).title == "The last pair"
    assert desk.said == ["Dora Egli is merged into Dora Egli."]
    assert ids(desk) == {"D2"}
    presenter.merge()
    assert page.last("show_end")[0] == "That was the last pair. 2 pairs merged."
    (changes, initiator), *_ = desk.announced
    assert (changes.leads, initiator) == ({"D0", "D1"}, presenter)


def test_the_other_may_be_the_one_that_stays(presenter, desk):
    presenter.swap()
    presenter.merge()
    with desk.work.store.read() as unit:
        assert unit.leads.get("D0").lead_id == "D1"


def test_what_was_decided_last_is_taken_back(presenter, page, desk):
    first = shown(page)
    presenter.merge()
    presenter.undo()
    assert shown(page) == first
    presenter.not_the_same()
    assert ids(desk) == {"D2"}
    presenter.skip()
    presenter.undo()
    assert shown(page) == first
    assert ids(desk) == {"D1", "D2"}
    presenter.undo()
    assert desk.said[-1] == "Nothing to take back."


def test_pairs_that_are_left_wait_for_the_next_time(presenter, page, desk):
    presenter.skip()
    presenter.leave()
    assert desk.opened == ["leads"]
    presenter.begin()
    assert shown(page).title == "2 pairs to look at"


def test_keys_do_nothing_where_no_pair_is_shown(presenter, page, desk):
    for _ in range(3):
        presenter.skip()
    before = len(desk.announced)
    for key in (presenter.merge, presenter.not_the_same, presenter.skip, presenter.swap):
        key()
    assert len(desk.announced) == before
    assert page.last("show_end")[0] == "That was the last pair. 0 pairs merged."


def test_a_search_that_is_left_leaves_nothing(desk, page):
    presenter = DuplicatesPresenter(page, desk)
    desk.hold()
    presenter.begin()
    desk.held.pop(0)()  # the search is there, and its first step waits
    assert list(desk.work.profile.glob("*.stage"))
    presenter.leave()
    desk.release()
    assert page.times("show_pair") == 0
    assert list(desk.work.profile.glob("*.stage")) == []


def test_without_any_pair_it_says_so(desk, page):
    duplicates.not_the_same(desk.work, "D0", "D1")
    duplicates.not_the_same(desk.work, "D0", "D2")
    duplicates.not_the_same(desk.work, "D1", "D2")
    DuplicatesPresenter(page, desk).begin()
    assert page.last("show_end") == (
        "No two leads seem to be the same.", "Esc shows the leads.",
    )  # fmt: skip


def test_what_fails_is_said_and_the_leads_are_shown(desk, page, monkeypatch):
    def broken(_search):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(duplicates.Search, "step", broken)
    DuplicatesPresenter(page, desk).begin()
    assert len(desk.errors) == 1
    assert desk.opened == ["leads"]
    assert list(desk.work.profile.glob("*.stage")) == []
