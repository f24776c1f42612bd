# SPDX-License-Identifier: MIT
"""An import that comes in step by step: the same in the end, whole or absent, and nobody waits."""

import shutil
import signal
import subprocess
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leaddesk.core.domain.lead import Lead
from leaddesk.core.domain.merge import OnMatch
from leaddesk.core.services import import_history, import_leads, import_taking, lead_list, verify
from leaddesk.core.services.import_leads import ImportOptions
from leaddesk.core.services.lead_list import LeadQuery
from leaddesk.core.services.workspace import open_workspace
from tests.core.services.conftest import texts
from tests.core.services.test_import_plan import all_leads, rows, write

OPTIONS = ImportOptions(on_match=OnMatch.OVERWRITE, country="DE")


def look(work, path):
    return import_leads.preview(work, path, OPTIONS)


def step_on(work, taking, steps=-1):
    """Take steps until it is done, at most so many; return whether it is."""
    while steps:
        is_done, _ = taking.step(work)
        if is_done:
            return True
        steps -= 1
    return False


def forget(work):
    with work.store.begin() as unit:
        unit._connection.exec_driver_sql("DELETE FROM import_changes")
        unit._connection.exec_driver_sql("DELETE FROM leads")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(before=rows, file=rows, stop=st.integers(0, 6))
def test_step_by_step_or_stopped_between_it_is_the_same_in_the_end(
    work, monkeypatch, before, file, stop
):
    monkeypatch.setattr(import_taking, "STEP", 2)
    path = work.profile / "file.csv"
    ends = []
    for is_stepwise in (False, True):
        forget(work)
        for found in (before, file):
            write(path, found)
            if not any(any(cell.strip() for cell in cells) for cells in found):
                continue
            if not is_stepwise:
                import_taking.run(work, look(work, path))
            elif not step_on(work, import_taking.start(work, look(work, path)), stop):
                import_taking.finish_left_over(work)
        ends.append(all_leads(work))
        assert not list(work.profile.glob("*.stage"))
        assert verify.verify(work).integrity == "ok"
    assert ends[0] == ends[1]


def people(path, count, city="Brno"):
    lines = "".join(f"Name{n},n{n}@x.example,{city}\n" for n in range(count))
    path.write_text(f"Last Name,Email,City\n{lines}", encoding="utf-8")
    return path


def test_what_somebody_changes_meanwhile_stays(work):
    path = people(work.profile / "file.csv", 3)
    import_taking.run(work, look(work, path))
    path = people(work.profile / "second.csv", 3, city="Ulm")
    with path.open("a") as stream:
        stream.write("Name9,n9@x.example,Ulm\n")
    taking = import_taking.start(work, look(work, path))
    with work.store.begin() as unit:
        lead = unit.leads.get(work.ids.lead("n1@x.example"))
        unit.leads.replace([Lead(**{**{f: getattr(lead, f) for f in lead.__slots__},
                                    "city": "Kiel"})])  # fmt: skip
        unit.leads.add([Lead(work.ids.lead("n9@x.example"), last_name="Nine")])
    assert step_on(work, taking)
    found = {
        lead.last_name: lead.city
        for lead in lead_list.leads(work, lead_list.find(work, LeadQuery()))
    }
    assert found == {"Name0": "Ulm", "Name1": "Kiel", "Name2": "Ulm", "Nine": "", "Name9": "Ulm"}
    assert taking.done == taking.report.rows == 4
    assert import_history.history(work)[0].state == "whole"


def test_staging_files_of_looks_that_were_left_are_thrown_away(work, clock):
    look(work, people(work.profile / "file.csv", 2))
    assert list(work.profile.glob("*.stage"))
    work.close()
    with open_workspace(work.profile, texts, clock=clock) as again:
        assert not list(again.profile.glob("*.stage"))
        assert lead_list.counts(again).all == 0


@pytest.mark.parametrize("there", [0, 40])
def test_very_many_at_once_are_what_they_are_one_by_one(work, monkeypatch, there):
    """Indices, counts and the search index made anew say what the triggers would have."""
    if there:
        import_taking.run(work, import_leads.preview(work, people(work.profile / "old.csv", there)))
    rows = "".join(f"Zoë {n},Größl{n % 70},z{n % 90}@x.example\n" for n in range(120))
    file = work.profile / "new.csv"
    file.write_text(f"First Name,Last Name,Email\n{rows}", encoding="utf-8")
    monkeypatch.setattr(import_taking, "AT_ONCE", 50)
    import_taking.run(work, import_leads.preview(work, file))
    with work.store.begin() as unit:
        sql = unit._connection.exec_driver_sql
        # Compares the index with the texts of the leads, row by row.
        sql("INSERT INTO lead_search (lead_search, rank) VALUES ('integrity-check', 1)")
        assert unit.integrity() == "ok"
        counted = "SELECT held, due, place, {} FROM {} ORDER BY 1, 2, 3"
        kept = sql(counted.format("number", "queue_counts WHERE number > 0")).all()
        assert kept == sql(counted.format("count(*)", "leads GROUP BY held, due, place")).all()
        found = sql("SELECT count(*) FROM lead_search('\"grossl1\"')").scalar()
        assert found == sql("SELECT count(*) FROM leads WHERE last_name = 'Größl1'").scalar() > 0
    assert not list(work.scratch.glob("*.stage"))


DYING = """
import sys
from pathlib import Path
from leaddesk import resources
from leaddesk.core.services import import_leads, import_taking
from leaddesk.core.services.workspace import open_workspace

profile, file, way = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
with open_workspace(profile, resources.texts) as work:
    preview = import_leads.preview(work, file)
    print("looked", flush=True)
    if way == "at once":
        import_taking.run(work, preview)
    else:
        taking = import_taking.start(work, preview)
        print("started", flush=True)
        while not taking.step(work)[0]:
            print("step", flush=True)
    print("done", flush=True)
"""


@pytest.mark.parametrize(
    "case",
    [
        ("at once", ["looked"], {0, 3000}),
        ("in steps", ["looked", "started"], {3000}),
        ("in steps", ["looked", "started", *["step"] * 7], {3000}),
        ("in steps", ["looked"], {0, 3000}),
    ],
)
def test_after_a_kill_the_batch_is_whole_or_absent(clock, empty_profile, tmp_path, case):
    way, says, wanted = case
    profile = tmp_path / "mortal"
    shutil.copytree(empty_profile, profile)
    file = people(tmp_path / "file.csv", 3000)
    with subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-c", DYING, profile, file, way], stdout=subprocess.PIPE, text=True
    ) as process:
        for word in says:
            assert process.stdout.readline().strip() == word
        process.send_signal(signal.SIGKILL)
    with open_workspace(profile, texts, clock=clock) as again:
        assert lead_list.counts(again).all in wanted
        assert len(import_history.history(again)) == bool(lead_list.counts(again).all)
        assert verify.verify(again).integrity == "ok"
        assert not list(profile.glob("*.stage"))
        with again.store.read() as unit:
            assert unit.integrity() == "ok"
