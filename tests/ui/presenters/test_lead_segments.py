# SPDX-License-Identifier: MIT
"""Segments and imports in the Leads view, and taking back what was done in it."""

import pytest

from leaddesk.core.domain.lead_query import Condition, LeadQuery, Op, View
from leaddesk.core.services import (
    import_history,
    import_leads,
    import_taking,
    lead_list,
    segments,
)
from leaddesk.core.services.changes import Changes
from leaddesk.core.services.import_leads import ImportOptions
from leaddesk.core.services.lead_list import rows
from leaddesk.ui.presenters.lead_columns import COLUMNS

FAIR = Condition("source", Op.IS, ("Trade fair",))


@pytest.fixture
def presenter(leads_presenter):
    return leads_presenter


def names(screen, desk):
    return [row.name for row in rows(desk.work, screen.last("show_list")[0])]


def answer(ask, screen, typed):
    """Ask for a line and answer it; return what stood in it."""
    ask()
    question = asked(screen)
    question["done"](typed)
    return question["typed"]


def asked(screen):
    """What was asked last, and with which text in its line."""
    question = next(one for one in reversed(screen.shown) if one[0] == "ask_line")
    what, _, done = question[1]
    return {"what": what, "done": done, **question[2]}


def segment_names(screen):
    return [line.text for line in screen.last("show_views")[1]]


def test_a_segment_is_saved_shown_counted_and_deleted(presenter, screen, desk):
    presenter.add_condition(FAIR)
    answer(presenter.segments.ask_save, screen, "Fairs")
    _, own, chosen = screen.last("show_views")
    assert [(line.text, line.count) for line in own] == [("Fairs", 2)]
    assert chosen == own[0].key
    presenter.choose_view(View.ALL)
    assert len(names(screen, desk)) == 12
    assert screen.last("show_views")[2] is View.ALL
    presenter.step_view(-1)
    assert names(screen, desk) == ["Tomás Herrera", "Oleksandr Bondar"]
    presenter.segments.delete()
    assert screen.last("show_views")[1] == []
    for ask in (presenter.segments.delete, presenter.segments.ask_rename):
        ask()
        assert desk.said[-1] == "Choose a segment of yours first."


def test_a_name_that_will_not_do_is_asked_for_again_with_what_was_typed(presenter, screen, desk):
    presenter.segments.ask_save()
    assert "Search or filter first" in desk.said[-1], "all leads are no segment"
    presenter.add_condition(FAIR)
    answer(presenter.segments.ask_save, screen, "Fairs")
    presenter.add_condition(Condition("company", Op.EMPTY))
    answer(presenter.segments.ask_save, screen, "FAIRS")
    again = asked(screen)
    assert again["typed"] == "FAIRS"
    assert again["problem"] == "There is a segment Fairs already. Type another name."
    again["done"]("Fairs, no company")
    assert segment_names(screen) == ["Fairs", "Fairs, no company"]
    assert answer(presenter.segments.ask_rename, screen, "fairs") == "Fairs, no company"
    assert asked(screen)["problem"] == "There is a segment Fairs already. Type another name."
    answer(presenter.segments.ask_rename, screen, "")
    assert "needs a name" in asked(screen)["problem"]
    assert desk.errors == []
    asked(screen)["done"]("Nobody knows")
    assert segment_names(screen) == ["Fairs", "Nobody knows"]


def test_edits_and_segments_are_taken_back_in_the_order_they_were_done(presenter, screen, desk):
    presenter.add_condition(FAIR)
    answer(presenter.segments.ask_save, screen, "Fairs")
    presenter.changes.assign([1, 2], "Ann")
    answer(presenter.segments.ask_rename, screen, "Trade fairs")
    presenter.changes.add_tag([1], "vip")
    key = screen.last("show_views")[1][0].key
    presenter.segments.delete()
    assert desk.said[-1] == "Segment Trade fairs deleted; its leads stay. Ctrl Z takes it back."
    said = []
    for names in (["Trade fairs"], ["Trade fairs"], ["Fairs"], ["Fairs"], []):
        presenter.steps.undo()
        said.append(desk.said[-1])
        assert segment_names(screen) == names
        assert [line.key for line in screen.last("show_views")[1]] == [key][: len(names)]
    assert said == [
        "Taken back: segment Trade fairs deleted",
        "Taken back: tag vip added to 1 lead",
        "Taken back: the segment is called Fairs again",
        "Taken back: owner Ann given to 2 leads",
        "Taken back: segment Fairs saved",
    ]
    presenter.steps.undo()
    assert desk.said[-1] == "Nothing to take back."


def test_a_deleted_segment_comes_back_beside_a_new_one_of_its_name(presenter, screen, desk):
    presenter.add_condition(FAIR)
    answer(presenter.segments.ask_save, screen, "Fairs")
    presenter.segments.delete()
    segments.save(desk.work, "Fairs", LeadQuery(search="ann"))
    presenter.steps.undo()
    assert segment_names(screen) == ["Fairs", "Fairs 2"]
    assert desk.said[-1].endswith("that name is taken, it is Fairs 2 now")


def test_counting_goes_on_where_it_stopped_out_of_sight(presenter, screen, desk, monkeypatch):
    presenter.changes.add_tag([1, 2, 12], "fair")
    monkeypatch.setattr(segments, "_COUNTED", 5)
    desk.hold()
    presenter.on_changed(Changes(whole_list=True))
    presenter.shown(is_shown=False)
    desk.release()
    counted = screen.times("show_tags")
    presenter.shown(is_shown=True)
    assert screen.times("show_tags") == counted + 1
    assert screen.last("show_tags") == ([("fair", 3)],)


def test_an_import_is_called_by_its_file_wherever_it_is_asked_for(
    presenter, screen, desk, tmp_path
):
    path = tmp_path / "Łódź <b>.csv"
    path.write_text("Email\na@b.example\nc@d.example\n", encoding="utf-8")
    report, changes = import_taking.run(
        desk.work, import_leads.preview(desk.work, path, ImportOptions())
    )
    presenter.on_changed(changes)
    ((batch, called),) = screen.last("show_imports")[0]
    assert batch == report.batch
    assert called.startswith("Łódź <b>.csv, ")
    presenter.search("nobody")
    presenter.show_import(report.batch)
    assert screen.last("show_search") == ("",)
    assert screen.last("show_conditions")[0] == [f"Import is {called}"]
    assert screen.last("show_list")[1] == "2 leads"
    answer(presenter.segments.ask_save, screen, "From Łódź")
    import_history.undo(desk.work, report.batch)
    presenter.on_changed(Changes(whole_list=True))
    assert screen.last("show_conditions")[0] == [f"Import is {called} (taken back)"]
    assert screen.last("show_nothing")[0] == "Nobody fulfils all this"
    presenter.show_import("B-of-another-profile")
    assert screen.last("show_conditions")[0] == ["Import is one not known here"]


def test_changes_are_taken_back_the_latest_first(presenter, screen, desk):
    row = lead_list.table_rows(desk.work, [1])[0]
    presenter.changes.edit(row, COLUMNS["company"], "Acme")
    presenter.changes.assign([1, 2], "Ann")
    presenter.changes.edit(row, COLUMNS["company"], "Acme")
    presenter.steps.undo()
    presenter.steps.undo()
    presenter.steps.undo()
    assert desk.said == [
        "Company changed. Ctrl Z takes it back.",
        "Owner Ann given to 2 leads. Ctrl Z takes it back.",
        "Taken back: owner Ann given to 2 leads",
        "Taken back: company changed",
        "Nothing to take back.",
    ]
    presenter.changes.edit(row, COLUMNS["email"], "nonsense")
    assert "cannot be" in str(desk.errors[-1])
    assert screen.last("refresh_rows") == (None,), "the cell shows what is kept"


def test_chosen_leads_become_a_segment(presenter, screen):
    presenter.changes.put_into_segment([1, 3], "My  list")
    presenter.changes.put_into_segment([2], "my list")
    presenter.on_changed(Changes(whole_list=True))
    (line,) = screen.last("show_views")[1]
    assert (line.text, line.count) == ("My list", 3)
    presenter.steps.undo()
    assert segment_names(screen) == ["My list"], "it was there before the last lead came in"
    presenter.steps.undo()
    assert segment_names(screen) == []
    assert screen.last("show_tags") == ([],)
