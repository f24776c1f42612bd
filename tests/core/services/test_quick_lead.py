# SPDX-License-Identifier: MIT
import pytest

from leaddesk.core.domain.queue import Due
from leaddesk.core.domain.roles import Rep
from leaddesk.core.errors import KnownError
from leaddesk.core.services import lead_list, lead_page, queue, quick_lead
from tests.core.services.conftest import london
from tests.helpers.talks import start


def test_a_number_is_enough_for_a_lead_that_can_be_called(work, clock):
    work.rep = Rep("Ada Berg")
    quick, changes = quick_lead.add(work, " +44 20  7946 0958 ")
    lead = quick.lead
    assert not quick.was_there
    assert (lead.phone, lead.phone_e164) == ("+44 20 7946 0958", "+442079460958")
    assert (lead.created_at, lead.name) == (clock.now, "+44 20 7946 0958")
    assert (changes.leads, changes.queue) == ({lead.lead_id}, True)
    page = lead_page.page_of(work, lead.lead_id)
    assert page.lead == lead
    assert [entry.text for entry in page.timeline] == ["Entered by hand"]
    with work.store.read() as unit:
        assert unit.leads.state(lead.lead_id).due is Due.FRESH
    assert len(queue.top(work).row_ids) == 1
    assert start(work, lead.lead_id)


def test_what_is_known_besides_the_number_is_kept(work):
    lead = quick_lead.add(work, "020 7946 0958", " Dora  Egli ", " Egli  Ltd", country="GB")[0].lead
    assert (lead.full_name, lead.company) == ("Dora Egli", "Egli Ltd")
    assert lead.phone_e164 == "+442079460958"


@pytest.mark.parametrize(
    ("name", "phone", "country", "parts"),
    [
        ("Dora Egli", "+44 20 7946 0958", "", ("", "Dora", "Egli")),
        ("Egli,  Dr. Dora", "+44 20 7946 0958", "", ("Dr.", "Dora", "Egli")),
        ("Dora", "+44 20 7946 0958", "", ("", "", "")),
        ("Mary Sue Watson", "+44 20 7946 0958", "", ("", "", "")),
        ("Egli Ltd", "+44 20 7946 0958", "", ("", "", "")),
        ("Egli Works", "+44 20 7946 0958", "", ("", "", "")),
        ("Sato Hanako", "+81 3 1234 5678", "GB", ("", "", "")),
        ("Sato Hanako", "020 7946 0958", "JP", ("", "", "")),
        ("Dora Egli", "+44 20 7946 0958", "JP", ("", "Dora", "Egli")),
    ],
)
def test_a_name_is_split_where_an_import_would_and_stays_as_written(
    work, name, phone, country, parts
):
    lead = quick_lead.add(work, phone, name, "Egli Works", country)[0].lead
    assert (lead.salutation, lead.first_name, lead.last_name) == parts
    assert lead.full_name == " ".join(name.split())
    assert lead_page.page_of(work, lead.lead_id).lead == lead


@pytest.mark.parametrize("field", ["phone", "phone_2", "mobile"])
def test_a_number_that_somebody_has_already_is_that_lead(work, field):
    numbers = {"phone": "", "phone_e164": ""} | {field: "x", f"{field}_e164": "+442079460958"}
    with work.store.begin() as unit:
        unit.leads.add([london("L1", **numbers)])
    quick, changes = quick_lead.add(work, "+44 (20) 79460958", "Somebody")
    assert (quick.lead.lead_id, quick.was_there) == ("L1", True)
    assert changes.leads == frozenset()
    assert lead_list.counts(work).all == 1


def test_numbers_that_cannot_be_read_are_not_the_same(work):
    first, second = (quick_lead.add(work, "7946 0958")[0].lead for _ in range(2))
    assert first.phone_e164 == ""
    assert first.lead_id != second.lead_id


@pytest.mark.parametrize("text", ["", "   ", "Dora Egli", "1234", "+49"])
def test_what_is_no_number_is_refused(work, text):
    with pytest.raises(KnownError, match="no phone number"):
        quick_lead.add(work, text)
    assert lead_list.counts(work).all == 0
