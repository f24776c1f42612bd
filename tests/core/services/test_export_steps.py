# SPDX-License-Identifier: MIT
"""An export in steps, with other work between them."""

import csv
from dataclasses import replace

import pytest

from leaddesk.core.domain.events import EventKind
from leaddesk.core.domain.verdict import Verdict
from leaddesk.core.errors import KnownError
from leaddesk.core.services import export_leads
from leaddesk.core.services.export_leads import ExportOptions
from leaddesk.core.services.workspace import DATABASE_NAME
from leaddesk.core.store.engine import Store
from tests.core.services.conftest import london
from tests.helpers import talks


@pytest.fixture
def leads(work):
    with work.store.begin() as unit:
        unit.leads.add(
            [
                london("L" + "A" * 24, last_name="Weber", external_ids={"hubspot": "7"}),
                london("L" + "B" * 24, last_name="Größl", extra={"colour": "a;b\n“c”"}),
                london("L" + "C" * 24, last_name="Cole", tags=("fair", "b2b")),
            ]
        )
    return work


def exported(work):
    with work.store.read() as unit:
        return unit.events.of_lead("L" + "B" * 24, (EventKind.EXPORTED,))


STEPS = (
    ExportOptions(),
    ExportOptions(spreadsheet_safe=True),
    ExportOptions(preset="hubspot"),
    ExportOptions(preset="marketo-rest"),
)


@pytest.mark.parametrize("wanted", STEPS)
def test_in_steps_the_same_is_written_whatever_happens_between_them(leads, tmp_path, wanted):
    talks.decide(leads, "L" + "B" * 24, Verdict.NURTURE, note="„Ja, bald“")
    at_once, _ = export_leads.export(leads, tmp_path / "once.csv", wanted)
    check = export_leads.start_check(leads, tmp_path / "steps.csv", wanted)
    while not check.step():
        pass
    run = export_leads.start_export(leads, tmp_path / "steps.csv", wanted)
    assert not run.step()
    with leads.store.begin() as unit:
        unit.leads.add([london("L" + "D" * 24, last_name="Late")])
        unit.leads.replace([replace(unit.leads.get("L" + "A" * 24), last_name="Changed")])
    while not run.step():
        assert not (tmp_path / "steps.csv").exists()
    assert run.result is not None
    assert check.result is not None
    assert (run.result.rows, run.done, check.result.rows) == (at_once.rows, 3, 3)
    assert check.result.files == run.result.files
    assert lines_of(run.result.file) == lines_of(at_once.file)
    assert len(list(tmp_path.glob("*.csv"))) == 2
    assert list(tmp_path.glob(".leaddesk*")) == []


def lines_of(path):
    """The rows of a file; each export for spreadsheets is signed anew."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return [{**row, "ld_export": ""} for row in csv.DictReader(stream)]


def test_an_export_that_is_given_up_leaves_everything_as_it_was(leads, tmp_path):
    talks.decide(leads, "L" + "B" * 24, Verdict.NURTURE, note="„Ja, bald“")
    path = tmp_path / "out.csv"
    path.write_text("older")
    run = export_leads.start_export(leads, path, ExportOptions())
    run.give_up()
    run = export_leads.start_export(leads, path, ExportOptions())
    assert not run.step()
    assert not run.step()
    assert run.done == 3
    run.give_up()
    assert path.read_text() == "older"
    assert [file.name for file in tmp_path.iterdir() if file.is_file()] == ["out.csv"]
    assert not exported(leads)


@pytest.mark.parametrize("older", [None, "older"])
def test_files_go_again_when_it_cannot_be_noted_what_left_with_them(leads, tmp_path, older):
    decision = talks.decide(leads, "L" + "B" * 24, Verdict.NURTURE, note="„Ja, bald“")
    path = tmp_path / "out.csv"
    if older:
        path.write_text(older)
    with leads.store.read() as unit:
        unit._connection.exec_driver_sql("PRAGMA busy_timeout = 0")
    other = Store.open(leads.profile / DATABASE_NAME)
    with other.begin():
        run = export_leads.start_export(leads, path, ExportOptions())
        with pytest.raises(KnownError, match="Another program is writing"):
            finish(run)
    other.close()
    left = {file.name: file.read_text() for file in tmp_path.iterdir() if file.is_file()}
    assert left == ({"out.csv": older} if older else {})
    assert not exported(leads)
    finish(export_leads.start_export(leads, path, ExportOptions()))
    assert [event.detail["decision"] for event in exported(leads)] == [decision.decision_id]
    assert "Größl" in path.read_text(encoding="utf-8")
    assert [file.name for file in tmp_path.iterdir() if file.is_file()] == ["out.csv"]


def test_a_folder_that_is_gone_is_said_at_a_step_and_nothing_is_left(leads, tmp_path):
    run = export_leads.start_export(leads, tmp_path / "gone" / "out.csv", ExportOptions())
    run.step()
    with pytest.raises(KnownError, match="could not be written"):
        run.step()
    run.give_up()
    assert run.result is None


def test_those_with_a_file_of_their_own_are_counted(work, tmp_path):
    with work.store.begin() as unit:
        unit.leads.add(
            [
                london("L" + "A" * 24, email="a@b.example"),
                london("L" + "B" * 24, email="c@d.example", opted_out=True),
            ]
        )
    check = export_leads.export_check(work, tmp_path / "o.csv", ExportOptions(preset="mailchimp"))
    assert (check.rows, check.opted_out, len(check.files)) == (2, 1, 2)


def test_only_the_file_that_was_agreed_on_is_replaced(work, tmp_path):
    with work.store.begin() as unit:
        unit.leads.add(
            [
                london("L" + "A" * 24, email="a@b.example"),
                london("L" + "B" * 24, email="c@d.example", opted_out=True),
            ]
        )
    path, other = tmp_path / "o.csv", tmp_path / "o.unsubscribed.csv"
    path.write_text("older")
    other.write_text("precious")
    run = export_leads.start_export(work, path, ExportOptions(preset="mailchimp"))
    with pytest.raises(KnownError, match="is there already"):
        finish(run)
    assert (path.read_text(), other.read_text()) == ("older", "precious")
    assert len(list(tmp_path.glob("*.csv"))) == 2
    other.unlink()
    run = export_leads.start_export(work, path, ExportOptions(preset="mailchimp"))
    finish(run)
    assert (run.done, path.read_text() == "older") == (2, False)


def finish(run):
    while not run.step():
        pass
