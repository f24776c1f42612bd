# SPDX-License-Identifier: MIT
"""How likely two leads are one: spellings, formats, colleagues, namesakes."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from leaddesk.core.domain.duplicates import LIKELY, can_be_likely, compare
from leaddesk.core.domain.lead import Lead
from leaddesk.core.domain.traits import Traits, keys_of, traits_of

ANNA = {
    "first_name": "Anna", "last_name": "Weber", "company": "Weber Rohrtechnik GmbH",
    "street": "Hafenstr. 1", "city": "Kiel", "postal_code": "24103", "country": "DE",
    "phone": "0431 901820", "phone_e164": "+49431901820", "email": "anna@weber.example",
}  # fmt: skip


def traits(*fields, **more):
    """Return what is compared of Anna with these fields alone, and with others in their place."""
    return traits_of(Lead("", **{name: ANNA[name] for name in fields}, **more))


def score(one, other):
    return compare(one, other).score


NAMED = ("first_name", "last_name", "company")


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        (traits("email"), traits(email="ANNA+x@Weber.example", last_name="Berg"), "same e-mail"),
        (traits(email="a.weber@gmail.com"), traits(email="aweber@googlemail.com"), "same e-mail"),
        (
            traits("phone", "phone_e164"),
            traits("first_name", "phone", "phone_e164"),
            "same phone number",
        ),
        (traits(*NAMED), traits("company", full_name="Dr. Anna Weber"), "same name"),
        (traits(*NAMED), traits("company", full_name="Weber, Anna"), "same name"),
        (traits(*NAMED), traits("company", first_name="Weber", last_name="Anna"), "same name"),
        (traits(*NAMED), traits("company", first_name="A.", last_name="Weber"), "name alike 96"),
        (
            traits(*NAMED),
            traits("company", first_name="Anna Maria", last_name="Weber"),
            "name alike 97",
        ),
        (
            traits(*NAMED),
            traits("first_name", company="WEBER ROHRTECHNIK", last_name="Wéber"),
            "same company",
        ),
        (traits("company", "city"), traits("company", "city"), "same company"),
        (
            traits("first_name", "last_name", "phone"),
            traits("first_name", "last_name", "phone", "phone_e164"),
            "phone numbers end alike",
        ),
    ],
)
def test_one_and_the_same(one, other, reason):
    likeness = compare(one, other)
    assert likeness.score >= LIKELY
    assert reason in likeness.reasons
    assert set(keys_of(one)) & set(keys_of(other))
    assert can_be_likely(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            traits(*ANNA),
            traits(
                *ANNA.keys() - {"first_name", "last_name", "email"},
                first_name="Bo",
                last_name="Cole",
                email="bo@weber.example",
            ),
        ),
        (
            traits(*ANNA),
            traits(
                *ANNA.keys() - {"first_name", "email"},
                first_name="Bernd",
                email="bernd@weber.example",
            ),
        ),
        (traits("first_name", "last_name"), traits("first_name", "last_name")),
        (
            traits("first_name", "last_name", company="Acme"),
            traits("first_name", "last_name", company="Zeta"),
        ),
        (
            traits(email="info@weber.example", first_name="Anna"),
            traits(email="info@weber.example", first_name="Bo"),
        ),
        (traits("city", "postal_code", "country"), traits("city", "postal_code", "country")),
        (Traits(), Traits()),
    ],
)
def test_colleagues_families_and_namesakes_are_not(one, other):
    assert score(one, other) < LIKELY


def test_birthdays_and_addresses_in_columns_of_their_own_count():
    extra = {"Date_of_Birth": "1980-03-04", "House number": "12", "address_2": "Rear"}
    one = traits_of(Lead("", last_name="Weber", street="Hafenstr.", extra=extra))
    assert (one.born, one.street, one.place) == ("19800304", "12 hafenstr", "rear")
    likeness = compare(one, one)
    assert likeness.reasons[:2] == ("same day of birth", "same part of the name")
    slipped = one._replace(born="19800305")
    assert score(one, one) > score(one, slipped) > score(one, one._replace(born="19711224"))


few = st.sampled_from
some_traits = st.builds(
    Traits,
    emails=few(
        [(), ("anna@weber.example",), ("hanna@weber.example", "a@b.example"), ("info@x.example",)]
    ),
    phones=few([(), ("49431901820",), ("0431901820", "49431901821")]),
    first=few(["", "anna", "hanna", "a", "weber", "bo", "annabel lee"]),
    last=few(["", "weber", "webber", "anna", "cole", "w"]),
    company=few(["", "weber", "weber rohrtechnik", "webber rohrtechnik", "acme"]),
    street=few(["", "hafenstr 1", "hafenstrasse 1", "am markt 3"]),
    place=few(["", "rear", "reer"]),
    city=few(["", "kiel", "kill", "bonn"]),
    postal_code=few(["", "24103", "24130", "53111"]),
    state=few(["", "sh", "nw"]),
    country=few(["", "DE", "AT"]),
    born=few(["", "", "19800304", "19800305"]),
)


@given(some_traits, some_traits)
def test_which_comes_first_does_not_matter(one, other):
    assert compare(one, other) == compare(other, one)
    assert 0 <= score(one, other) <= 100


@given(some_traits, some_traits)
def test_no_likely_pair_is_left_out_for_speed(one, other):
    assert can_be_likely(one, other) or score(one, other) < LIKELY


@given(some_traits)
@example(traits("last_name", "phone", "phone_e164"))
def test_whoever_says_something_is_like_themselves(one):
    says_enough = bool(one.emails and one.emails != ("info@x.example",)) or bool(one.phones)
    if says_enough:
        assert score(one, one) >= LIKELY
        assert keys_of(one)


@given(st.text(), st.text(), st.text())
def test_any_text_can_be_compared(name, company, other):
    one = traits_of(Lead("", full_name=name, company=company, email=other, phone=other))
    keys_of(one)
    compare(one, one)
