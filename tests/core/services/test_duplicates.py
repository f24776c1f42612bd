# SPDX-License-Identifier: MIT
"""Finding duplicates in a profile: in the whole list, and of one that is entered."""

from dataclasses import replace
from itertools import combinations

import pytest

from benchmarks.duplicates import FEBRL, found_and_true, people_of_febrl
from leaddesk.core.domain.duplicates import LIKELY, compare
from leaddesk.core.domain.lead import Lead
from leaddesk.core.domain.traits import traits_of
from leaddesk.core.errors import KnownError
from leaddesk.core.services import duplicates, import_leads, import_taking, merging
from tests.helpers.leads import some_leads


@pytest.mark.parametrize("path", sorted(FEBRL.glob("*.csv")), ids=lambda path: path.stem)
def test_people_typed_twice_are_found(path):
    found, true = found_and_true(people_of_febrl(path))
    assert len(found & true) / len(found) >= 0.97
    assert len(found & true) / len(true) >= 0.90


def person(lead_id, **fields):
    usual = {"first_name": "Dora", "last_name": "Egli", "company": "Egli Ltd"}
    return Lead(lead_id, **(usual | fields))


def add(work, *leads):
    with work.store.begin() as unit:
        unit.leads.add(leads)


def found(work, limit=100):
    return [(pair.lead.lead_id, pair.other.lead_id) for pair in duplicates.pairs(work, limit)]


@pytest.fixture
def three(work):
    add(
        work,
        *some_leads(12),
        person("L1", email="dora@egli.example", phone_e164="+442079460958", phone="020 7946 0958"),
        person("L2", first_name="Doora", company="Egli Limited"),
        person("L3", first_name="", last_name="", company="Other", email="Dora+x@egli.example"),
    )
    return work


def test_the_likeliest_pair_comes_first_and_says_why(three):
    first, second = duplicates.pairs(three, 10)
    assert (first.lead.lead_id, first.other.lead_id) == ("L1", "L3")
    assert (first.likeness.score, first.likeness.reasons[0]) == (88, "same e-mail")
    assert (second.lead.lead_id, second.other.lead_id) == ("L1", "L2")
    assert second.likeness.reasons == ("name alike 97", "same company")
    assert found(three, 1) == [("L1", "L3")]


def test_what_is_found_is_what_comparing_all_with_all_finds(work):
    names = [("Dora", "Egli"), ("Dora", "Eggli"), ("Bo", "Cole"), ("Egli", "Dora"), ("", "Egli")]
    leads = [
        person(f"L{number}{at}", first_name=first, last_name=last, company=company, city="Brno")
        for number, (first, last) in enumerate(names)
        for at, company in enumerate(("Egli Ltd", "Cole AG", ""))
    ]
    add(work, *leads)
    expected = {
        (one.lead_id, other.lead_id)
        for one, other in combinations(leads, 2)
        if compare(traits_of(one), traits_of(other)).score >= LIKELY
    }
    assert set(found(work, 1000)) == expected
    assert len(expected) > 5


def test_it_goes_on_in_steps_and_stops_when_told(three, monkeypatch):
    monkeypatch.setattr(duplicates, "_LEADS_A_STEP", 4)
    monkeypatch.setattr(duplicates, "_BLOCKS_A_STEP", 1)
    shares = []
    assert len(duplicates.pairs(three, 10, lambda percent: not shares.append(percent))) == 2
    assert shares == sorted(shares)
    assert len(shares) > 8
    assert duplicates.pairs(three, 10, lambda _percent: False) == []
    assert list(three.profile.glob("*.stage")) == []


def test_only_the_best_are_kept(work):
    add(work, *(person(f"L{number}", city="Brno") for number in range(8)))
    assert found(work, 3) == [("L0", "L1"), ("L0", "L2"), ("L0", "L3")]
    assert len(found(work)) == 28


def test_what_too_many_share_is_not_compared(work, monkeypatch):
    monkeypatch.setattr(duplicates, "MOST_COMPARED", 7)
    add(work, *(person(f"L{number}") for number in range(8)))
    assert found(work) == []
    add(work, *(person(f"L{number}", phone_e164="+442079460958", phone="x") for number in (8, 9)))
    assert found(work) == [("L8", "L9")]


def test_an_empty_profile_has_none(work):
    assert found(work) == []


def test_pairs_that_are_not_the_same_are_remembered(three):
    duplicates.not_the_same(three, "L3", "L1")
    assert found(three) == [("L1", "L2")]
    assert [one.lead.lead_id for one in duplicates.like(three, lead_of(three, "L3"))] == []
    assert duplicates.maybe_the_same(three, "L1", "L3")[0]
    assert found(three) == [("L1", "L3"), ("L1", "L2")]
    with pytest.raises(KnownError, match="not in this profile"):
        duplicates.not_the_same(three, "L1", "L99")


def test_merged_leads_are_no_pair_any_more(three):
    merging.merge(three, "L1", "L3")
    assert found(three) == [("L1", "L2")]
    duplicates.not_the_same(three, "L3", "L2")
    assert found(three) == []


def lead_of(work, lead_id):
    with work.store.read() as unit:
        return unit.leads.get(lead_id)


@pytest.mark.parametrize(
    ("there", "entered"),
    [
        ({"email": "j.doe@gmail.com"}, {"email": "jdoe+work@googlemail.com"}),
        ({"email": "j.doe+x@gmail.com"}, {"email": "jdoe@gmail.com"}),
        ({"email": "jdoe+shop@firm.example"}, {"email": "JDoe@firm.example"}),
        ({"email_2": "jdoe@firm.example"}, {"email": "jdoe+x@firm.example"}),
        ({"mobile": "x", "mobile_e164": "+4969123456"},
         {"phone": "y", "phone_e164": "+4969123456"}),
        ({"phone": "7946-0958"}, {"phone": "7946 0958"}),
        ({"first_name": "Jon", "last_name": "Müller", "company": "Acme GmbH"},
         {"full_name": "Dr. John Muller", "company": "ACME"}),
        ({"first_name": "Søren", "last_name": "Łoś", "company": "Å AS"},
         {"full_name": "Søren Łos", "company": "Å"}),
        ({"company": "Acme GmbH", "city": "Kiel"}, {"company": "Acme", "city": "Kiel"}),
    ],
)  # fmt: skip
def test_who_is_entered_again_is_found(work, there, entered):
    add(work, *some_leads(12), Lead("L1", **there))
    (one,) = duplicates.like(work, Lead("", **entered))
    assert one.lead.lead_id == "L1"
    assert one.likeness.score >= LIKELY
    assert duplicates.like(work, Lead("", last_name="Nobody", company="Nowhere")) == []


def test_a_lead_is_not_like_itself_and_a_merged_one_is_like_nobody(three):
    one = lead_of(three, "L1")
    assert [like.lead.lead_id for like in duplicates.like(three, one)] == ["L3", "L2"]
    merging.merge(three, "L1", "L3")
    assert [like.lead.lead_id for like in duplicates.like(three, one)] == ["L2"]


def test_signs_of_a_search_in_a_name_are_only_letters(three):
    for name in ('"', "* OR *", "NEAR(a b)", "\x00", "it's", "-", "   "):
        duplicates.like(three, replace(person(""), first_name=name, last_name=name, company=name))


def test_a_column_of_birthdays_counts(work):
    path = work.profile / "file.csv"
    path.write_text(
        "First Name,Last Name,City,Date of Birth\n"
        "Dora,Egli,Brno,1980-03-04\nDora,Eggli,Brno,1980-03-04\nDora,Egli,Brno,1991-10-07\n"
    )
    import_taking.run(work, import_leads.preview(work, path))
    (pair,) = duplicates.pairs(work, 10)
    assert {pair.lead.last_name, pair.other.last_name} == {"Egli", "Eggli"}
    assert pair.likeness.reasons[0] == "same day of birth"
