# SPDX-License-Identifier: MIT
import base64
import hashlib
import hmac
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaddesk.core.services.ids import Ids

SECRET = bytes(range(32))


def test_an_id_is_a_letter_and_120_bits():
    ids = Ids(SECRET)
    found = {ids.new("C") for _ in range(100)}
    assert len(found) == 100
    assert all(re.fullmatch(r"C[A-Z2-7]{24}", one) for one in found)


@given(st.binary(min_size=15, max_size=15))
def test_an_id_is_its_bits_in_base32(bits):
    assert Ids(SECRET, lambda _count: bits).new("A") == "A" + base64.b32encode(bits).decode()


def test_all_bits_of_an_id_come_from_the_source():
    assert Ids(SECRET, lambda count: b"\xff" * count).new("A") == "A" + "7" * 24


def test_a_lead_with_an_address_is_named_by_it():
    mac = hmac.new(SECRET, "anna.größl@weber.example".encode(), hashlib.sha256).digest()
    expected = "L" + base64.b32encode(mac[:15]).decode()
    assert Ids(SECRET).lead("anna.größl@weber.example") == expected
    assert Ids(SECRET).lead("  Anna.GRößL@Weber.Example ") == expected


def test_only_ascii_letters_are_lowered():
    ids = Ids(SECRET)
    assert ids.lead("Ärger@weber.example") != ids.lead("ärger@weber.example")


def test_teams_name_the_same_person_differently():
    assert Ids(SECRET).lead("a@b.example") != Ids(SECRET[::-1]).lead("a@b.example")


@pytest.mark.parametrize("email", ["", "  ", "info@weber.example", "Sales@weber.example"])
def test_leads_without_an_address_of_their_own_get_random_ids(email):
    ids = Ids(SECRET)
    assert ids.lead(email) != ids.lead(email)
    assert re.fullmatch(r"L[A-Z2-7]{24}", ids.lead(email))
