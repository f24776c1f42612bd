# SPDX-License-Identifier: MIT
"""A large file is read by two processes; what they make of it is what one makes."""

import pytest

from leaddesk import resources
from leaddesk.core.errors import KnownError
from leaddesk.core.services import import_leads, import_staging, import_taking
from leaddesk.core.services.import_plan import StoppedError
from tests.core.services.test_import_plan import all_leads


@pytest.fixture
def path(work):
    work.texts = resources.texts
    found = work.profile / "file.csv"
    lines = [
        f"Name{n % 2900},n{n % 2900}@x.example,Brno,id{n}" if n % 500 else ",,Brno,"
        for n in range(3300)
    ]
    found.write_text("Last Name,Email,City,external_id.crm\n" + "\n".join(lines), encoding="utf-8")
    return found


def test_two_processes_make_what_one_makes(work, monkeypatch, path):
    alone = import_leads.preview(work, path)
    import_leads.discard(alone)
    monkeypatch.setattr(import_staging, "LARGE", 0)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    together = import_leads.preview(work, path)
    assert together.counts == alone.counts
    assert together.problems == alone.problems
    assert together.columns == alone.columns
    assert [found.name for found in work.profile.glob("*.stage")] == [together.stage.name]
    import_taking.run(work, together)
    found = all_leads(work)
    assert [lead.last_name for lead in found[:3]] == ["Name1", "Name2", "Name3"]
    assert len(found) == alone.counts.imported


def test_about_how_many_rows_there_are_is_told_beside_those_read(work, path):
    path.write_text("Last Name,Shade\n" + "".join(f"N{n},{'x' * 990}\n" for n in range(5_000)))
    told = []
    import_leads.discard(import_leads.preview(work, path, go_on=lambda *one: not told.append(one)))
    assert [rows for rows, _ in told] == [1000 * n for n in range(1, 6)]
    assert told[0] == (1000, 0)
    assert told[-1] == (5000, 5000)
    assert all(4_300 < about <= 5_000 for _, about in told[2:])


def test_stopping_stops_both(work, monkeypatch, path):
    monkeypatch.setattr(import_staging, "LARGE", 0)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    with pytest.raises(StoppedError):
        import_leads.preview(work, path, go_on=lambda rows, _all: rows < 2000)
    assert not list(work.profile.glob("*.stage"))


def test_what_cannot_be_read_is_told_once(work, monkeypatch, path):
    monkeypatch.setattr(import_staging, "LARGE", 0)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    path.write_text("Last Name,Email\n")
    with pytest.raises(KnownError, match="no rows"):
        import_leads.preview(work, path)
    assert not list(work.profile.glob("*.stage"))
