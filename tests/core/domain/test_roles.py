# SPDX-License-Identifier: MIT
"""Who may do what."""

import pytest

from leaddesk.core.domain.roles import Rep, Right, Role, may


@pytest.mark.parametrize("right", Right)
def test_a_rep_has_no_right_that_leads_and_admins_have(right):
    assert not may(Role.REP, right)
    assert may(Role.LEAD, right)
    assert may(Role.ADMIN, right)


def test_every_role_is_in_the_table():
    assert {may(role, right) for role in Role for right in Right} == {True, False}


@pytest.mark.parametrize(
    ("name", "first"), [("Ada Example", "Ada"), ("  Ada ", "Ada"), ("", ""), ("   ", "")]
)
def test_the_first_name_is_the_first_word_of_the_name(name, first):
    assert Rep(name).first_name == first


def test_nobody_in_particular_is_a_rep():
    assert Rep().role is Role.REP
