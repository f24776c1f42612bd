# SPDX-License-Identifier: MIT
"""What the history of imports shows, over real imports."""

from dataclasses import replace

import pytest

from leaddesk.core.services import import_leads, import_taking
from leaddesk.core.services.import_leads import ImportOptions
from leaddesk.core.services.lead_list import counts
from leaddesk.ui.presenters.import_history import HistoryPresenter


@pytest.fixture
def presenter(screen, desk):
    return HistoryPresenter(screen, desk)


@pytest.fixture
def imported(desk, tmp_path):
    """Import a file; return its report."""

    def imported(name, text):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        preview = import_leads.preview(desk.work, path, ImportOptions())
        return import_taking.run(desk.work, preview)[0]

    return imported


def test_without_imports_there_are_no_lines(presenter, screen):
    presenter.begin()
    assert screen.last("show_lines") == ((),)
    presenter.ask(0)
    assert screen.times("show_question") == 0


def test_an_import_is_a_line_with_its_counts(presenter, screen, imported):
    imported("<b>Ł fair.csv", "Email;Colour\na@b.example;x\n;y\n")
    presenter.begin()
    ((line,),) = screen.last("show_lines")
    assert (line.file_name, line.counts) == ("<b>Ł fair.csv", "1 new, 1 with a problem")
    assert (line.state, line.can_undo) == ("In the list", True)


def test_undo_says_first_what_it_would_do_and_then_does_it(presenter, screen, desk, imported):
    report = imported("fair.csv", "Email\na@b.example\nc@d.example\ne@f.example\n")
    with desk.work.store.begin() as unit:
        row_id = unit._connection.exec_driver_sql(
            "SELECT row_id FROM leads WHERE email = 'c@d.example'"
        ).scalar()
        ((lead, _),) = unit.leads.by_row_ids([row_id])
        unit.leads.replace([replace(lead, last_name="Łukasiewicz")])
    presenter.begin()
    presenter.ask(0)
    title, what = screen.last("show_question")
    assert title == "Undo the import of fair.csv?"
    assert what == "2 leads go; 1 lead stays, because somebody worked with it since."
    assert counts(desk.work).all == 12 + report.imported
    presenter.confirm()
    said, _, kept = screen.last("show_undone")
    assert said == ("The import of fair.csv was taken back: 2 leads removed, 0 leads as before.")
    assert kept == ("Łukasiewicz",)
    assert counts(desk.work).all == 13
    ((line,),) = screen.last("show_lines")
    assert (line.state, line.can_undo) == ("Taken back", False)
    assert not presenter.can_undo(0)
    presenter.show_leads(0)
    assert desk.imports_shown == [report.batch], "those that stayed"
    presenter.ask(0)
    assert screen.times("show_question") == 1


def test_leads_of_an_import_are_shown_where_there_are_any(presenter, desk, imported):
    presenter.show_leads(0)
    presenter.begin()
    imported("empty.csv", "Email;Colour\n;y\n;z\n")
    presenter.begin()
    presenter.show_leads(0)
    assert desk.imports_shown == []
    assert desk.said == ["No lead of empty.csv is in the list."]
    report = imported("fair.csv", "Email\na@b.example\n")
    presenter.begin()
    rows = [line.batch_id for line in presenter._lines]
    assert presenter.can_undo(rows.index(report.batch))
    presenter.show_leads(rows.index(report.batch))
    assert desk.imports_shown == [report.batch]


def test_esc_keeps_the_import_and_again_leaves(presenter, desk, imported):
    imported("fair.csv", "Email\na@b.example\n")
    presenter.begin()
    presenter.ask(0)
    presenter.leave()
    assert desk.opened == []
    presenter.confirm()
    assert counts(desk.work).all == 13
    presenter.leave()
    assert desk.opened == ["leads"]
