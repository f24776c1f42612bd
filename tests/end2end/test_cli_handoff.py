# SPDX-License-Identifier: MIT
"""`handoff` and `outcomes` as a person meets them: what sales reads, and what it says."""

import io

import pytest
from pypdf import PdfReader

from leaddesk import resources
from leaddesk.core.domain.verdict import Verdict
from leaddesk.core.services.workspace import open_workspace
from tests.helpers.command_line import DONE, WITH_PROBLEMS, leaddesk, parsed, refused
from tests.helpers.leads import some_leads
from tests.helpers.noon import NOON
from tests.helpers.rep import INGRID, PRIYA
from tests.helpers.talks import decide


@pytest.fixture
def passed(profile):
    """A profile in which the first lead was passed to sales on a Monday noon."""
    with open_workspace(profile, resources.texts, clock=lambda: NOON) as work:
        with work.store.begin() as unit:
            unit.leads.add(some_leads())
        decide(work, INGRID, Verdict.PASS, note="every third order is wrong")


@pytest.mark.usefixtures("passed")
def test_a_brief_is_printed_to_paste():
    done = leaddesk("handoff", INGRID)
    assert done.returncode == DONE
    assert done.stdout.startswith("# Ingrid Solheim\n")
    assert "“every third order is wrong”" in done.stdout
    status, found = parsed("handoff", INGRID)
    assert (status, found["lead_id"], found["file"]) == (DONE, INGRID, None)
    assert found["markdown"] == done.stdout


@pytest.mark.usefixtures("passed")
@pytest.mark.parametrize("ending", ["html", "txt", "csv", "vcf"])
def test_a_brief_is_written_as_its_name_says(tmp_path, ending):
    path = tmp_path / f"brief.{ending}"
    done = leaddesk("handoff", INGRID, "--to", path)
    assert (done.returncode, done.stdout) == (DONE, "")
    assert "Solheim" in path.read_text(encoding="utf-8")


@pytest.mark.usefixtures("passed")
def test_a_brief_is_written_as_a_pdf_without_a_screen(tmp_path):
    assert leaddesk("handoff", INGRID, "--to", tmp_path / "b.pdf").returncode == DONE
    reader = PdfReader(io.BytesIO((tmp_path / "b.pdf").read_bytes()))
    assert "every third order is wrong" in " ".join(reader.pages[0].extract_text().split())


@pytest.mark.usefixtures("passed")
def test_what_cannot_be_is_refused_in_a_sentence(tmp_path):
    assert "was not passed to sales" in refused("handoff", PRIYA)
    assert "does not say what to write" in refused("handoff", INGRID, "--to", tmp_path / "b.docx")
    assert "could not be written" in refused("handoff", INGRID, "--to", tmp_path / "no" / "b.pdf")


@pytest.mark.usefixtures("passed")
def test_what_sales_said_comes_back_and_rows_of_nobody_are_left_out(tmp_path):
    answers = tmp_path / "answers.csv"
    answers.write_text(f"lead_id,Outcome\n{INGRID},Accepted\nLnobody,Won\n", encoding="utf-8")
    status, looked = parsed("outcomes", "--dry-run", answers)
    assert (status, looked["added"], looked["rejects_file"]) == (WITH_PROBLEMS, 1, None)
    done = leaddesk("outcomes", answers)
    assert done.returncode == WITH_PROBLEMS
    assert done.stdout.startswith("2 rows: 1 new answer on 1 lead, 0 there already, 1 not usable")
    assert "no lead is 'Lnobody'" in (tmp_path / "answers.rejected.csv").read_text("utf-8-sig")
    assert parsed("outcomes", answers)[1]["known"] == 1


def test_what_is_no_list_of_answers_is_refused(tmp_path):
    leads = tmp_path / "leads.csv"
    leads.write_text("Name,Phone\nAda,1\n", encoding="utf-8")
    assert "no list of what sales said" in refused("outcomes", leads)
