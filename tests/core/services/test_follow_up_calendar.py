# SPDX-License-Identifier: MIT
import pytest
import vobject

from leaddesk.core.errors import KnownError
from leaddesk.core.services import follow_up_calendar, follow_ups
from tests.helpers.due import a_day, some_due


@pytest.fixture
def due(work):
    with work.store.begin() as unit:
        unit.leads.add(some_due())
    a_day(work)
    return follow_ups.listing(work).rows


def test_all_that_is_due_is_written(work, due, tmp_path):
    path = tmp_path / "due.ics"
    assert follow_up_calendar.write(work, path, due) == len(due)
    (calendar,) = vobject.readComponents(path.read_bytes().decode())
    events = calendar.vevent_list
    assert [one.dtstart.value for one in events] == [one.due_at for one in due]
    assert events[0].summary.value == "Call Ingrid back"
    assert "after the shift change" in events[0].description.value
    assert len({one.uid.value for one in events}) == len(due)


def test_a_file_that_cannot_be_written_is_a_sentence(work, due, tmp_path):
    with pytest.raises(KnownError, match="written"):
        follow_up_calendar.write(work, tmp_path, due)
    with pytest.raises(KnownError):
        follow_up_calendar.write(work, tmp_path / "gone" / "due.ics", due)
