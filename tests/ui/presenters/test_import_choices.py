# SPDX-License-Identifier: MIT
"""What is chosen for the columns of a file, remembered and forgotten; stopping an import."""

from datetime import UTC, datetime

import pytest

from leaddesk.core.domain.lead_query import LeadQuery
from leaddesk.core.domain.merge import OnMatch
from leaddesk.core.formats import csv_forms
from leaddesk.core.formats.encodings import CODE_PAGES
from leaddesk.core.services import import_history, import_taking, lead_list
from leaddesk.core.services.column_maps import source_key
from leaddesk.core.services.lead_list import counts
from leaddesk.ui.presenters.import_leads import REMEMBERED, ImportPresenter
from leaddesk.ui.presenters.import_reading import DELIMITERS, ENCODINGS
from leaddesk.ui.presenters.import_texts import progress_text, reading_text
from tests.helpers.leads import some_leads
from tests.helpers.noon import NOON

CSV = """Email;Shade;Hue
person1@company.example;Farming;Mining
ada@engine.example;Farming;
"""


@pytest.fixture
def presenter(screen, desk):
    return ImportPresenter(screen, desk)


@pytest.fixture
def write(tmp_path):
    def write(name, text=CSV):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    return write


def line(screen, column):
    (found,) = [one for one in screen.last("show_preview")[0].columns if one.column == column]
    return found


def test_a_column_goes_where_it_is_moved_and_the_import_does_so(presenter, screen, desk, write):
    presenter.choose(write("fair.csv"))
    assert line(screen, "Shade").field == ""
    assert ("industry", "Industry") in presenter.fields(1)
    presenter.move(1, "industry")
    assert line(screen, "Shade").goes_to == "Industry"
    assert line(screen, "Shade").check == (("2 valid", "pass"),)
    presenter.go_on()
    with desk.work.store.read() as unit:
        (batch,) = unit.imports.all()
    assert (batch.imported, batch.updated + batch.skipped) == (1, 1)
    assert "industry" in batch.mapping


def test_a_field_taken_from_another_column_is_said(presenter, screen, write):
    presenter.choose(write("fair.csv"))
    presenter.move(1, "industry")
    assert screen.last("show_preview")[2] == ""
    presenter.move(2, "industry")
    assert screen.last("show_preview")[2] == "Industry is no longer taken from Shade."
    assert (line(screen, "Shade").field, line(screen, "Hue").field) == ("", "industry")


def test_where_it_goes_already_nothing_is_looked_at(presenter, screen, write):
    presenter.choose(write("fair.csv"))
    shown = len(screen.shown)
    presenter.move(0, "email")
    assert len(screen.shown) == shown


def test_one_field_may_follow_another_policy(presenter, screen, write):
    presenter.choose(write("fair.csv"))
    presenter.move(1, "industry")
    presenter.match_field_by(1, OnMatch.OVERWRITE)
    assert line(screen, "Shade").policy == "overwrite"
    assert presenter.policy_of(1) is OnMatch.OVERWRITE
    presenter.match_field_by(1, None)
    assert line(screen, "Shade").policy == ""


def test_where_a_policy_would_do_nothing_there_is_none(presenter, write):
    presenter.choose(write("fair.csv"))
    assert presenter.has_policy(0)
    assert not presenter.has_policy(1)
    presenter.move(1, "do_not_call")
    assert not presenter.has_policy(1)


def test_the_next_file_of_the_source_is_read_as_the_last(presenter, screen, write):
    presenter.choose(write("fair.csv"))
    presenter.move(1, "industry")
    presenter.match_field_by(1, OnMatch.OVERWRITE)
    presenter.go_on()
    presenter.choose(write("next.csv", CSV.replace("ada@", "bob@")))
    assert screen.last("show_preview")[2] == REMEMBERED
    assert (line(screen, "Shade").field, line(screen, "Shade").policy) == ("industry", "overwrite")
    presenter.move(2, "city")
    assert line(screen, "Shade").field == "industry"


def test_what_happens_on_a_match_is_remembered_too(presenter, screen, write):
    presenter.choose(write("fair.csv"))
    presenter.match_by(OnMatch.SKIP)
    presenter.go_on()
    presenter.choose(write("next.csv", CSV.replace("ada@", "bob@")))
    assert screen.last("show_preview")[1:] == (OnMatch.SKIP, REMEMBERED)
    presenter.forget()
    assert screen.last("show_preview")[1:] == (OnMatch.FILL, "")


def test_what_was_looked_at_alone_is_not_remembered(presenter, screen, write):
    presenter.choose(write("fair.csv"))
    presenter.move(1, "industry")
    presenter.choose(write("fair.csv"))
    assert line(screen, "Shade").field == ""


def test_what_is_forgotten_stays_forgotten(presenter, screen, desk, write):
    presenter.choose(write("fair.csv"))
    presenter.move(1, "industry")
    presenter.go_on()
    presenter.choose(write("fair.csv"))
    presenter.forget()
    assert (line(screen, "Shade").field, screen.last("show_preview")[2]) == ("", "")
    presenter.leave()
    presenter.choose(write("fair.csv"))
    assert line(screen, "Shade").field == ""
    assert not list(desk.work.profile.glob("*.stage"))[1:]


def test_checks_are_of_all_rows(presenter, screen, write):
    presenter.choose(write("fair.csv"))
    assert screen.last("show_preview")[0].check_title == "Check of all 2 rows"
    rows = "".join(f"p{n}@x.example\n" for n in range(90))
    presenter.choose(write("long.csv", f"Email\n{rows}nobody\n"))
    assert screen.last("show_preview")[0].check_title == "Check of all 91 rows"
    assert line(screen, "Email").check == (
        ("90 valid", "pass"),
        ("1 kept as written", "nurture"),
    )
    assert line(screen, "Email").kept == "line 92: nobody"


def test_dates_are_read_as_the_column_says_and_the_rest_is_kept(presenter, screen, desk, write):
    rows = ("a@b.example;03.11.2026", "c@d.example;soon", "e@f.example;23.11.2026", "g@h.example;")
    presenter.choose(write("fair.csv", "\n".join(("Email;Created At", *rows))))
    assert line(screen, "Created At").check == (
        ("2 valid", "pass"),
        ("1 kept as written", "nurture"),
        ("day before month", "pass"),
        ("1 blank", "muted"),
    )
    assert line(screen, "Created At").kept == "line 3: soon"
    presenter.go_on()
    rows = lead_list.find(desk.work, LeadQuery())
    found = {lead.email: lead for lead in lead_list.leads(desk.work, sorted(rows))}
    assert found["a@b.example"].created_at == datetime(2026, 11, 3, tzinfo=UTC)
    assert found["c@d.example"].extra == {"Created At": "soon"}


def test_a_cancelled_import_leaves_nothing_behind(presenter, screen, desk, write):
    before = [lead.lead_id for lead in some_leads()]
    rows = "".join(f"Name{n}\n" for n in range(200))
    presenter.choose(write("many.csv", f"Last Name\n{rows}"))
    desk.hold()
    presenter.go_on()
    for _ in range(3):
        held, desk.held = desk.held, []
        for job in held:
            job()
    assert counts(desk.work).all > len(before)
    presenter.leave()
    while desk.held:
        held, desk.held = desk.held, []
        for job in held:
            job()
    title, what, _ = screen.last("show_failed")
    assert title == "many.csv was not imported"
    assert what == "The import was cancelled, and nothing of it is left."
    assert counts(desk.work).all == len(before)
    assert not list(desk.work.profile.glob("*.stage"))
    import_taking.finish_left_over(desk.work)
    assert counts(desk.work).all == len(before)
    assert [batch.state for batch in import_history.history(desk.work)] == ["undone"]


def test_reading_ends_when_the_file_is_left(presenter, screen, desk, write):
    desk.hold()
    presenter.choose(write("fair.csv"))
    presenter.leave()
    desk.release()
    assert screen.times("show_failed") == 0
    assert not list(desk.work.profile.glob("*.stage"))


@pytest.mark.parametrize(
    ("done", "total", "seconds", "words"),
    [
        (0, 100, 0.0, "Importing: 0 of 100 rows"),
        (50, 100, 0.5, "Importing: 50 of 100 rows"),
        (50, 100, 1.0, "Importing: 50 of 100 rows · 50 rows a second · about 1 second left"),
        (
            1200,
            240000,
            2.0,
            "Importing: 1,200 of 240,000 rows · 600 rows a second · about 7 minutes left",
        ),
        (100, 100, 2.0, "Importing: 100 of 100 rows · 50 rows a second"),
    ],
)
def test_progress_has_rate_and_time_left(done, total, seconds, words):
    assert progress_text("Importing", done, total, seconds) == words


@pytest.mark.parametrize(
    ("done", "about", "seconds", "words"),
    [
        (1, 0, 0.0, "Reading: 1 row"),
        (1200, 0, 2.0, "Reading: 1,200 rows · 600 rows a second"),
        (1200, 3600, 2.0, "Reading: 1,200 rows · 600 rows a second · about 4 seconds left"),
        (1200, 1200, 2.0, "Reading: 1,200 rows · 600 rows a second"),
    ],
)
def test_reading_has_rate_and_time_left(done, about, seconds, words):
    assert reading_text("Reading", done, about, seconds) == words


def now(presenter):
    return {one.kind: one.now for one in presenter.reading()}


def test_a_file_is_read_as_one_of_another_system(presenter, screen, write):
    presenter.choose(write("fair.csv", "Email,Lead Status\nada@engine.example,OPEN\n"))
    assert now(presenter)["preset"] == "csv"
    presenter.read_by("preset", "hubspot")
    assert screen.last("show_preview")[0].source[-1] == ("HubSpot", True)
    assert now(presenter)["preset"] == "hubspot"
    shown = len(screen.shown)
    presenter.read_by("preset", "hubspot")
    assert len(screen.shown) == shown


def test_a_file_is_read_by_another_encoding_and_separator(presenter, screen, tmp_path):
    path = tmp_path / "fair.csv"
    path.write_bytes("Email;Company|x\nada@engine.example;Gr\u00f6\u00dfe|1\n".encode("cp1252"))
    presenter.choose(str(path))
    presenter.read_by("encoding", "cp1251")
    assert now(presenter)["encoding"] == "cp1251"
    presenter.read_by("encoding", "cp1252")
    presenter.read_by("delimiter", "|")
    assert now(presenter)["delimiter"] == "|"
    names = [line.column for line in screen.last("show_preview")[0].columns]
    assert names == ["Email;Company", "x"]


def test_a_file_stays_as_it_was_where_it_cannot_be_read_otherwise(presenter, screen, tmp_path):
    path = tmp_path / "fair.csv"
    path.write_bytes("Email;Company\nada@engine.example;Gr\u00f6\u00dfe\n".encode("cp1252"))
    presenter.choose(str(path))
    before = now(presenter)
    presenter.move(1, "city")
    presenter.read_by("encoding", "utf-16")
    text, _, note = screen.last("show_preview")
    assert now(presenter) == before
    assert "cannot be read" in note
    assert text.columns[1].goes_to == "City"


def test_the_country_of_a_source_is_remembered(presenter, screen, write):
    text = "Email,Phone\nada@engine.example,0151 23450001\n"
    presenter.choose(write("fair.csv", text))
    assert now(presenter)["country"] == ""
    presenter.read_by("country", "DE")
    check = screen.last("show_preview")[0].columns[1].check
    assert "1 valid" in "".join(part for part, _ in check)
    presenter.go_on()
    presenter.go_on()
    presenter.choose(write("next.csv", text))
    assert now(presenter)["country"] == "DE"
    assert screen.last("show_preview")[2] == REMEMBERED
    presenter.forget()
    assert now(presenter)["country"] == ""


GREEK = "Email|Ville;x\nada@engine.example|Gr\u00f6\u00dfe;1\n"


@pytest.fixture
def export(tmp_path):
    """A file of another system: its labels are alike, what stands below them is not."""

    def write(name, text=GREEK, encoding="cp1252"):
        path = tmp_path / name
        path.write_bytes(text.encode(encoding))
        return str(path)

    return write


def read_greek(presenter, path):
    presenter.choose(path)
    assert (now(presenter)["encoding"], now(presenter)["delimiter"]) == ("cp1252", ";")
    presenter.read_by("encoding", "cp1253")
    presenter.read_by("delimiter", "|")
    presenter.match_by(OnMatch.SKIP)
    presenter.go_on()
    presenter.go_on()


def test_how_a_source_is_read_is_remembered_and_forgotten(presenter, screen, export):
    read_greek(presenter, export("fair.csv"))
    presenter.choose(export("next.csv", GREEK.replace("ada@", "bob@")))
    assert (now(presenter)["encoding"], now(presenter)["delimiter"]) == ("cp1253", "|")
    assert screen.last("show_preview")[1:] == (OnMatch.SKIP, REMEMBERED)
    presenter.go_on()
    presenter.go_on()
    presenter.choose(export("third.csv"))
    assert now(presenter)["delimiter"] == "|", "also where it was only remembered"
    presenter.forget()
    assert (now(presenter)["encoding"], now(presenter)["delimiter"]) == ("cp1252", ";")
    presenter.choose(export("third.csv"))
    assert (now(presenter)["encoding"], screen.last("show_preview")[2]) == ("cp1252", "")


def test_what_is_found_chosen_again_is_not_remembered(presenter, export):
    read_greek(presenter, export("fair.csv"))
    presenter.choose(export("next.csv"))
    presenter.read_by("encoding", "cp1252")
    presenter.read_by("delimiter", ";")
    presenter.move(1, "company")
    presenter.go_on()
    presenter.go_on()
    presenter.choose(export("third.csv"))
    assert (now(presenter)["encoding"], now(presenter)["delimiter"]) == ("cp1252", ";")


def test_a_file_that_is_unicode_is_read_as_what_it_is(presenter, export):
    read_greek(presenter, export("fair.csv"))
    for name, text in (("unicode.csv", GREEK), ("plain.csv", GREEK.replace("\u00f6\u00df", ""))):
        presenter.choose(export(name, text, "utf-8"))
        assert (now(presenter)["encoding"], now(presenter)["delimiter"]) == ("utf-8", "|")
        presenter.go_on()
        presenter.go_on()
    presenter.choose(export("third.csv"))
    assert now(presenter)["encoding"] == "cp1253", "the source was not said to be another one"


def test_labels_that_another_encoding_changes_are_known_again(presenter, screen, export):
    text = "Email;Gr\u00f6\u00dfe;Shade\nada@engine.example;7;Farming\n"
    presenter.choose(export("fair.csv", text))
    presenter.read_by("encoding", "cp1253")
    presenter.move(1, "employees")
    presenter.go_on()
    presenter.go_on()
    presenter.choose(export("next.csv", text.replace("ada@", "bob@")))
    assert now(presenter)["encoding"] == "cp1253"
    assert screen.last("show_preview")[0].columns[1].field == "employees"


def test_a_choice_that_cannot_be_used_is_left_aside(presenter, screen, desk, export):
    path = export("fair.csv")
    presenter.choose(path)
    source = source_key("csv", ("Email|Ville", "x"))
    with desk.work.store.begin() as unit:
        kept = '{"mapping": {"x": "email"}, "by_field": {}, "encoding": "utf-16"}'
        unit.column_maps.put(source, kept, NOON)
    presenter.choose(path)
    assert now(presenter)["encoding"] == "cp1252"
    text, _, note = screen.last("show_preview")
    assert (text.columns[1].field, note) == ("", "")


def test_every_encoding_and_separator_that_is_found_may_be_chosen():
    assert set(ENCODINGS) == {"utf-8", "utf-16", *CODE_PAGES}
    assert set(DELIMITERS) == set(csv_forms.DELIMITERS)
