# SPDX-License-Identifier: MIT
"""A large file is looked at in a process of its own, and shows what a small one would."""

from multiprocessing import Pipe, get_context

import pytest

from leaddesk import resources
from leaddesk.core.domain.lead import Lead
from leaddesk.core.services.import_looking import LARGE
from leaddesk.core.services.import_process import Looking
from leaddesk.core.services.lead_list import counts
from leaddesk.ui.presenters.import_leads import CHANGED, ImportPresenter

ROWS = 2_000


@pytest.fixture
def presenter(screen, desk):
    desk.work.texts = resources.texts
    return ImportPresenter(screen, desk)


@pytest.fixture
def path(tmp_path):
    found = tmp_path / "large.csv"
    long = "x" * (LARGE // ROWS)
    rows = "".join(f"Name{n},n{n}@x.example,{long}\n" for n in range(ROWS))
    found.write_text("Last Name,Email,Shade\n" + rows, encoding="utf-8")
    return found


def follow(screen):
    """Do what was put off until something else is shown."""
    while screen.shown[-1][0] == "later":
        screen.shown[-1][1][0]()


def stages(desk):
    return list(desk.work.profile.glob("*.stage"))


def test_it_is_shown_and_imported(presenter, screen, desk, path):
    presenter.choose(str(path))
    assert screen.shown[-1][0] == "later"
    follow(screen)
    assert screen.last("show_preview")[0].button == "Import 2,000 leads"
    before = counts(desk.work).all
    presenter.go_on()
    assert counts(desk.work).all == before + ROWS
    assert not stages(desk)


def test_a_second_reading_is_said_to_be_one_and_has_a_rate_of_its_own(screen, desk, path):
    now = [0.0]
    presenter = ImportPresenter(screen, desk, lambda: now[0])
    desk.hold()
    presenter.choose(str(path))
    ours, theirs = Pipe()
    process = get_context("spawn").Process()
    process.start()
    looking = Looking(process, ours, ())
    said = []
    screen.later(lambda: presenter._follow(1, looking))
    for seconds, told in ((10, (5_000, 5_000)), (12, (1_000, 5_000)), (14, (4_000, 5_000))):
        now[0] = seconds
        theirs.send(told)
        screen.last("later")[0]()
        said.append(screen.last("show_working"))
    looking.stop()
    again = "Reading large.csv once more, by what all its rows say"
    assert said == [
        ("Reading large.csv: 5,000 rows \u00b7 500 rows a second", 100),
        (f"{again}: 1,000 rows", 20),
        (f"{again}: 4,000 rows \u00b7 2,000 rows a second \u00b7 about 1 second left", 80),
    ]


def test_leaving_ends_it(presenter, screen, desk, path):
    presenter.choose(str(path))
    waiting = screen.last("later")[0]
    presenter.leave()
    waiting()
    assert screen.shown[-1][0] == "show_nothing"
    assert not stages(desk)


def test_what_cannot_be_read_is_said(presenter, screen, path):
    path.write_text("Last Name,Email" + "\n" * LARGE)
    presenter.choose(str(path))
    follow(screen)
    assert "no rows" in screen.last("show_failed")[1]


def test_leads_that_changed_meanwhile_are_looked_at_again(presenter, screen, desk, path):
    presenter.choose(str(path))
    follow(screen)
    with desk.work.store.begin() as unit:
        unit.leads.add([Lead("L1", email="n1@x.example", last_name="Name1")])
    presenter.go_on()
    follow(screen)
    text, _, note = screen.last("show_preview")
    assert (text.chips[0][0], note) == ("1,999 new", CHANGED)
    presenter.leave()
    assert not stages(desk)


def test_leaving_as_an_import_begins_leaves_also_where_leads_changed(presenter, screen, desk, path):
    presenter.choose(str(path))
    follow(screen)
    with desk.work.store.begin() as unit:
        unit.leads.add([Lead("L1", email="n1@x.example", last_name="Name1")])
    desk.hold()
    presenter.go_on()
    presenter.leave()
    desk.release()
    assert screen.shown[-1][0] == "show_nothing"
    assert desk.opened == ["leads"]
    assert not stages(desk)
