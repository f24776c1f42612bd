# SPDX-License-Identifier: MIT
"""What the export page says, and what becomes of the file, over real leads."""

import resource
from array import array
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaddesk.core.domain.lead_query import LeadQuery, View
from leaddesk.core.errors import KnownError
from leaddesk.core.services.export_leads import ExportCheck
from leaddesk.core.services.settings import load_settings
from leaddesk.ui.presenters.export_leads import ExportPresenter
from leaddesk.ui.presenters.export_texts import HEADINGS, check_text


@pytest.fixture
def presenter(screen, desk):
    return ExportPresenter(screen, desk)


@pytest.fixture
def begun(presenter):
    presenter.begin(LeadQuery(), ())
    return presenter


def change_lead(desk, number, **said):
    with desk.work.store.begin() as unit:
        ((lead, _),) = unit.leads.by_row_ids([number])
        unit.leads.replace([replace(lead, **said)])


@pytest.mark.usefixtures("begun")
def test_all_that_is_shown_is_offered_to_whoever_can_be_written_for(screen):
    assert screen.last("show_leads") == ("Export 12 leads", "All of the list shown")
    targets, chosen = screen.last("show_targets")
    assert dict(targets)["hubspot"] == "HubSpot"
    assert "apollo" not in dict(targets)
    assert chosen == "leaddesk"
    (text,) = screen.last("show_check")
    assert text.chips == (("12 leads", "pass"),)
    assert (text.lines, text.button) == ((), "Export 12 leads")


def test_the_name_that_is_proposed_says_what_is_in_the_file(begun, screen, presenter):
    begun.go_on()
    assert screen.last("ask_place")[0].endswith("/leads.csv")
    begun.turn_protection()
    begun.go_on()
    assert screen.last("ask_place")[0].endswith("/leads.spreadsheet.csv")
    presenter.begin(LeadQuery(View.TO_CALL), ())
    presenter.write_for("zoho")
    presenter.go_on()
    assert screen.last("ask_place")[0].endswith("/leads-to-call-zoho.csv")


def test_protection_is_for_files_of_all_columns_alone(begun, screen):
    begun.write_for("hubspot")
    note, offered, chosen = screen.last("show_safe")
    assert note.startswith("HubSpot would take the protection")
    assert (offered, chosen) == (False, False)
    begun.turn_protection()
    assert screen.last("show_safe")[1:] == (False, False)
    begun.write_for("leaddesk")
    begun.turn_protection()
    assert screen.last("show_safe")[1:] == (True, True)
    begun.write_for("hubspot")
    assert screen.last("show_safe")[1:] == (False, False)


def test_what_a_system_will_stumble_over_is_said_before(desk, begun, screen, tmp_path):
    change_lead(desk, 1, last_name="", full_name="", company="Łódź <b>")
    change_lead(desk, 2, suppressed=True)
    change_lead(desk, 3, industry="Basket weaving")
    begun.write_for("salesforce")
    (text,) = screen.last("show_check")
    assert ("Last Name", "blank", "2", "Salesforce refuses a lead without it") in text.lines
    assert ("Do not contact", "yes", "1", "Left out of a file for Salesforce") in text.lines
    unknown = "Written as it is; not in the list of Salesforce"
    assert ("Industry", "Basket weaving", "1", unknown) in text.lines
    assert ("1 left out", "nurture") in text.chips
    assert ("2 or more will be refused", "dq") in text.chips
    assert text.button == "Export 11 leads"
    assert list(tmp_path.iterdir()) == []


def test_who_has_opted_out_goes_to_a_file_of_their_own(desk, begun, screen, tmp_path):
    change_lead(desk, 1, opted_out=True)
    begun.write_for("mailchimp")
    (text,) = screen.last("show_check")
    assert ("2 files", "accent") in text.chips
    assert ("Opted out", "yes", "1", "In a file of their own") in text.lines
    begun.write(str(tmp_path / "a.csv"))
    said, more = screen.last("show_done")
    files = "2 files in {}: a.csv, a.unsubscribed.csv."
    assert (said, more) == (f"12 leads were written to {files.format(tmp_path)}", "")


def test_what_was_written_where_is_said_and_the_choice_remembered(
    begun, desk, screen, tmp_path, presenter
):
    begun.write_for("hubspot")
    begun.write(str(tmp_path / "out.csv"))
    assert screen.last("show_done") == (f"12 leads were written to out.csv in {tmp_path}.", "")
    assert (tmp_path / "out.csv").read_text(encoding="utf-8").startswith("Record ID,")
    assert load_settings(desk.work.profile)[0].export_for == "hubspot"
    assert desk.opened == []
    begun.go_on()
    assert desk.opened == ["leads"]
    presenter.begin(LeadQuery(), ())
    assert screen.last("show_targets")[1] == "hubspot"
    presenter.go_on()
    assert screen.last("ask_place") == (str(tmp_path / "leads-hubspot.csv"),)


def test_a_target_that_is_gone_is_not_remembered(desk, presenter, screen):
    (desk.work.profile / "settings.json").write_text('{"export_for": "gone"}')
    presenter.begin(LeadQuery(), ())
    assert screen.last("show_targets")[1] == "leaddesk"


def test_only_the_leads_named_are_written(presenter, screen, tmp_path):
    presenter.begin(LeadQuery(), array("q", [3, 1]))
    assert screen.last("show_leads") == ("Export 2 leads", "Those you chose")
    presenter.write(str(tmp_path / "out.csv"))
    assert len((tmp_path / "out.csv").read_text().splitlines()) == 3


def test_of_an_empty_list_nothing_is_written(presenter, screen):
    presenter.begin(LeadQuery(search="nobody at all"), ())
    assert screen.last("show_leads")[0] == "Export 0 leads"
    (text,) = screen.last("show_check")
    assert (text.button, text.fine_more) == ("", "No lead is in this list.")
    presenter.go_on()
    assert screen.times("ask_place") == 0


def test_a_place_that_cannot_be_written_can_be_chosen_anew(begun, screen, tmp_path):
    begun.write(str(tmp_path / "gone" / "out.csv"))
    what, todo = screen.last("show_failed")
    assert "could not be written" in what
    assert todo
    begun.go_on()
    begun.go_on()
    (place,) = screen.last("ask_place")
    assert not place.startswith(str(tmp_path))


def test_a_full_disk_is_said_and_leaves_the_older_file(begun, screen, tmp_path):
    older = tmp_path / "out.csv"
    older.write_text("older")
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (900, usual[1]))
    try:
        begun.write(str(older))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)
    assert "could not be written" in screen.last("show_failed")[0]
    assert older.read_text() == "older"
    assert [path.name for path in tmp_path.iterdir()] == ["out.csv"]


def one_by_one(desk):
    """Yield after each job, as long as there is one."""
    while desk.held:
        desk.held.pop(0)()
        yield


def test_an_export_can_be_stopped_at_any_step(begun, desk, screen, tmp_path):
    file = tmp_path / "out.csv"
    for steps in range(9):
        desk.hold()
        begun.write(str(file))
        for _ in zip(range(steps), one_by_one(desk), strict=False):
            assert not file.exists()
        begun.leave()
        desk.release()
        if file.exists():
            break
        assert list(tmp_path.iterdir()) == []
        assert "cancelled" in desk.said[-1]
        assert screen.shown[-1][0] == "show_check"
    # Esc came while the last step was under way, so all of it is there and said to be.
    assert steps > 2
    assert screen.shown[-1][0] == "show_done"
    assert len(file.read_text().splitlines()) == 13
    begun.leave()
    assert desk.opened == ["leads"]


def test_another_export_waits_for_the_one_that_is_written(begun, desk, tmp_path):
    desk.hold()
    begun.write(str(tmp_path / "out.csv"))
    begun.begin(LeadQuery(search="nobody"), ())
    assert "being written" in desk.said[-1]
    desk.release()
    assert len((tmp_path / "out.csv").read_text().splitlines()) == 13


def test_what_was_found_for_another_target_is_not_shown(begun, desk, screen):
    desk.hold()
    begun.write_for("mailchimp")
    begun.write_for("hubspot")
    desk.release()
    assert [args[0].fine for name, args, _ in screen.shown if name == "show_check"][1:] == [
        screen.last("show_check")[0].fine
    ]
    assert "HubSpot" in screen.last("show_check")[0].fine + str(screen.last("show_check")[0].lines)


def test_a_bug_is_shown_as_one(begun, desk, screen, monkeypatch):
    error = ValueError("a bug")

    def broken(*_):
        raise error

    monkeypatch.setattr("leaddesk.core.services.export_leads.start_check", broken)
    begun.write_for("hubspot")
    assert screen.last("show_failed")[0] == "Nothing was written."
    assert desk.errors == [error]
    assert not isinstance(error, KnownError)


def test_that_a_system_takes_only_so_much_in_one_file_is_said():
    files = tuple(Path(f"a-{number}.csv") for number in range(3))
    text = check_text(ExportCheck(120_000, files), "salesforce", "Salesforce")
    assert text.chips == (("120,000 leads", "pass"), ("3 files", "accent"))
    why = "3 files: Salesforce takes only so much in one"
    assert text.lines == (("All columns", "", "120,000", why),)
    split = check_text(ExportCheck(10, files, opted_out=4), "mailchimp", "Mailchimp")
    assert [line[0] for line in split.lines] == ["Opted out", "All columns"]
    apart = check_text(ExportCheck(10, files[:2], opted_out=4), "mailchimp", "Mailchimp")
    assert [line[0] for line in apart.lines] == ["Opted out"]
    alone = check_text(ExportCheck(4, files[:1], opted_out=4), "mailchimp", "Mailchimp")
    assert alone.lines == (("Opted out", "yes", "4", "The name of the file says so"),)


@given(
    st.dictionaries(st.text(), st.dictionaries(st.text(), st.integers(1, 10**6)), max_size=4),
    st.dictionaries(st.text(), st.integers(1, 10**6), max_size=3),
)
def test_every_value_that_is_not_known_has_a_line(unknown, missing):
    check = ExportCheck(1, (Path("a.csv"),), unknown=unknown, missing=missing)
    text = check_text(check, "zoho", "Zoho CRM")
    named = sorted((line[0], line[1], line[2]) for line in text.lines[len(missing) :])
    assert named == sorted(
        (label, value, f"{number:,}")
        for label, values in unknown.items()
        for value, number in values.items()
    )
    assert len(text.lines) == len(named) + len(missing)
    assert all(len(line) == len(HEADINGS) for line in text.lines)
