# SPDX-License-Identifier: MIT
"""What the import page decides to show, over real files and a real database."""

import pytest

from leaddesk.core.domain.merge import OnMatch
from leaddesk.core.services import import_taking
from leaddesk.core.services.lead_list import counts
from leaddesk.ui.presenters.import_leads import ImportPresenter

CSV = """First Name;Last Name;Email;Employees;Website;Favourite colour
Ada;Lovelace;ada@engine.example;12;;green
Priya;Raman;person1@company.example;1200;corvane.example;blue
;;;;;nobody at all
"""


@pytest.fixture
def presenter(screen, desk):
    return ImportPresenter(screen, desk)


@pytest.fixture
def csv_file(tmp_path):
    path = tmp_path / "fair.csv"
    path.write_text(CSV, encoding="utf-8")
    return path


def test_a_file_is_looked_at_and_nothing_is_written(presenter, screen, desk, csv_file):
    presenter.choose(str(csv_file))
    assert screen.last("show_working") == ("Reading fair.csv…",)
    text, on_match, _note = screen.last("show_preview")
    assert on_match is OnMatch.FILL
    assert text.title == "Import fair.csv"
    assert "".join(part for part, _ in text.source) == "3 rows · UTF-8 · separator “;”"
    assert [chip for chip, _ in text.chips] == [
        "1 new",
        "1 updates a lead you have",
        "1 row with a problem",
    ]
    assert text.button == "Import 2 leads"
    assert text.problems_title == ("Rows with a problem, kept in fair.rejected.csv with the reason")
    assert text.problems[0].startswith("Line 4:")
    assert counts(desk.work).all == 12
    assert desk.announced == []


def test_columns_say_where_they_go_and_what_they_hold(presenter, screen, csv_file):
    presenter.choose(str(csv_file))
    columns = {line.column: line for line in screen.last("show_preview")[0].columns}
    assert columns["First Name"].goes_to == "First name"
    assert columns["First Name"].values == "Ada, Priya"
    assert columns["Email"].goes_to == "E-mail"
    assert columns["Employees"].values == "12, 1200"
    assert columns["Favourite colour"].goes_to == "Kept as an extra field"
    assert columns["Favourite colour"].extra
    assert columns["Favourite colour"].values.startswith("green")


def test_import_writes_says_what_and_announces_it(presenter, screen, desk, csv_file):
    presenter.choose(str(csv_file))
    presenter.go_on()
    what, rejected = screen.last("show_done")
    assert what == "1 lead added, 1 lead updated."
    assert rejected.startswith("1 row could not be used and was written with the reason to ")
    assert rejected.endswith("fair.rejected.csv")
    assert counts(desk.work).all == 13
    assert sum(changes.whole_list for changes, _ in desk.announced) == 1
    presenter.go_on()
    assert desk.opened == ["leads"]


def test_others_come_between_the_steps_of_an_import(presenter, screen, desk, tmp_path):
    path = tmp_path / "many.csv"
    path.write_text("Last Name\n" + "".join(f"Name{n}\n" for n in range(200)))
    presenter.choose(str(path))
    desk.hold()
    presenter.go_on()
    between = []
    while desk.held:
        held, desk.held = desk.held, []
        for job in held:
            job()
        between.append(counts(desk.work).all)
    assert len(set(between)) > 3
    assert between[-1] == 12 + 200
    assert screen.last("show_done")[0] == "200 leads added."
    assert not list(desk.work.profile.glob("*.stage"))


def test_an_import_that_is_stopped_comes_in_with_the_next_start(presenter, screen, desk, tmp_path):
    path = tmp_path / "many.csv"
    path.write_text("Last Name,Company\n" + "".join(f"N{n},{'x' * 900}\n" for n in range(500)))
    presenter.choose(str(path))
    desk.hold()
    presenter.go_on()
    (start,) = desk.held
    desk.held = []
    start()
    with desk.work.store.read() as unit:
        pages = unit._connection.exec_driver_sql("PRAGMA page_count").scalar()
        unit._connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    desk.release()
    with desk.work.store.read() as unit:
        unit._connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
    title, what, todo = screen.last("show_failed")
    assert (title, "opened next" in todo) == ("many.csv is not imported yet", True)
    assert "full" in what
    import_taking.finish_left_over(desk.work)
    assert counts(desk.work).all == 12 + 500


def test_the_same_file_again_has_nothing_to_import(presenter, screen, desk, csv_file):
    presenter.choose(str(csv_file))
    presenter.go_on()
    presenter.choose(str(csv_file))
    text = screen.last("show_preview")[0]
    assert text.button == ""
    assert ("2 are there already", "neutral") in text.chips
    shown = len(screen.shown)
    presenter.go_on()
    assert len(screen.shown) == shown
    assert counts(desk.work).all == 13
    columns = {line.column: line for line in screen.last("show_preview")[0].columns}
    assert columns["First Name"].values == "Ada, Priya"


def test_what_to_do_on_a_match_is_looked_at_anew(presenter, screen, csv_file):
    presenter.choose(str(csv_file))
    presenter.match_by(OnMatch.SKIP)
    text, on_match, _note = screen.last("show_preview")
    assert on_match is OnMatch.SKIP
    assert text.button == "Import 1 lead"
    shown = len(screen.shown)
    presenter.match_by(OnMatch.SKIP)
    assert len(screen.shown) == shown


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n" + bytes(range(256))])
def test_what_is_no_csv_is_a_sentence(presenter, screen, desk, tmp_path, content):
    path = tmp_path / "picture.csv"
    path.write_bytes(content)
    presenter.choose(str(path))
    title, what, _todo = screen.last("show_failed")
    assert title == "picture.csv was not imported"
    assert what
    assert desk.errors == []
    presenter.go_on()
    assert counts(desk.work).all == 12


def test_a_file_that_is_gone_is_a_sentence(presenter, screen, tmp_path):
    presenter.choose(str(tmp_path / "gone.csv"))
    assert screen.last("show_failed")[1]


def test_a_failure_of_ours_is_reported_and_the_page_stays_calm(presenter, screen, desk, csv_file):
    desk.work = None
    presenter.choose(str(csv_file))
    assert screen.last("show_failed")[1] == "Nothing was written."
    assert len(desk.errors) == 1


def test_a_file_left_while_it_is_read_does_not_come_back(presenter, screen, desk, csv_file):
    desk.hold()
    presenter.choose(str(csv_file))
    presenter.leave()
    desk.release()
    assert screen.times("show_preview") == 0
    assert screen.shown[-1][0] == "show_nothing"
    assert desk.opened == ["leads"]


def test_a_failure_of_a_file_that_was_left_is_not_shown(presenter, screen, desk, tmp_path):
    desk.hold()
    presenter.choose(str(tmp_path / "gone.csv"))
    presenter.leave()
    desk.release()
    assert screen.times("show_failed") == 0


def test_the_next_choice_starts_where_the_last_file_was(presenter, csv_file):
    presenter.choose(str(csv_file))
    assert presenter.folder == str(csv_file.parent)


def test_many_problems_are_counted_not_listed(presenter, screen, tmp_path):
    path = tmp_path / "bad.csv"
    path.write_text("Email;Colour\n" + "nobody;x\n" * 30, encoding="utf-8")
    presenter.choose(str(path))
    text = screen.last("show_preview")[0]
    assert len(text.problems) == 13
    assert text.problems[-1] == "And 18 more."


def test_ids_of_the_other_system_are_named_after_it(presenter, screen, tmp_path):
    path = tmp_path / "lead.csv"
    path.write_text(
        "Id,LastName,Company,LeadSource,Status,OwnerId\n00Q1,Raman,Corvane,Web,Open,005\n",
        encoding="utf-8",
    )
    presenter.choose(str(path))
    text = screen.last("show_preview")[0]
    assert text.source[-1] == ("Salesforce", True)
    (line,) = [line for line in text.columns if line.column == "Id"]
    assert line.goes_to == "Id in Salesforce"
    assert line.values == "00Q1"
