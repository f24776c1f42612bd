# SPDX-License-Identifier: MIT
"""Who is of the same company: names decide, else a mail domain of their own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaddesk.core.domain.companies import MAIL_PROVIDERS, same_company
from leaddesk.core.domain.lead import Lead

COMPANIES = st.sampled_from(["", "ACME", "Acme GmbH", "acme & co.", "Corvane Foods", "Corvane"])
EMAILS = st.sampled_from(["", "a@acme.example", "b@ACME.example", "a@gmail.com", "c@other.example"])
LEADS = st.builds(lambda company, email: Lead("L", company=company, email=email), COMPANIES, EMAILS)


@given(LEADS, LEADS)
def test_it_is_so_from_both_sides(one, other):
    assert same_company(one, other) == same_company(other, one)


@given(st.sampled_from(sorted(MAIL_PROVIDERS)), COMPANIES)
def test_an_address_anybody_can_have_makes_no_company(domain, company):
    one, other = Lead("L1", email=f"a@{domain}"), Lead("L2", company=company, email=f"b@{domain}")
    assert not same_company(one, other)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("Müller & Söhne GmbH", ""), ("MULLER UND SOHNE", ""), True),
        (("ACME", "a@acme.example"), ("Zenith", "b@acme.example"), False),
        (("", "a@Acme.example"), ("Acme", "b@acme.EXAMPLE"), True),
        (("", ""), ("", ""), False),
    ],
)
def test_names_come_first_and_a_domain_where_one_is_missing(one, other, same):
    leads = [Lead("L", company=company, email=email) for company, email in (one, other)]
    assert same_company(*leads) is same
