# SPDX-License-Identifier: MIT
import pytest

from leaddesk.core.domain.lead import Lead
from leaddesk.core.store.search import fold, patterns, search_text


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Größl", "grossl"),
        ("GRÖSSL", "grossl"),
        ("Łódź", "łodz"),
        ("ﬁnance", "finance"),
        ("İzmir", "izmir"),
    ],
)
def test_case_and_accents_are_folded(text, folded):
    assert fold(text) == folded
    assert fold(folded) == folded


def test_what_a_search_looks_through_begins_with_the_name():
    lead = Lead(
        "L1",
        first_name="Anna",
        last_name="Größl",
        company="Weber GmbH",
        email="a.groessl@weber.example",
        phone="030 / 123-45",
        phone_e164="+493012345",
    )
    assert search_text(lead).split("\n") == [
        "anna grossl",
        "weber gmbh",
        "a.groessl@weber.example",
        "493012345",
        "03012345",
    ]


def test_words_are_sought_one_by_one_and_numbers_as_one():
    assert patterns("") == []
    assert patterns("  Weber  Größl ") == ["%weber%", "%grossl%"]
    assert patterns("+49 (30) 123-45") == ["%493012345%"]
    assert patterns("100%_\\") == ["%100\\%\\_\\\\%"]


def test_a_page_pasted_into_a_search_stays_a_search_the_database_can_do():
    assert patterns("ada " * 5_000) == ["%ada%"]
    found = patterns(" ".join(map(chr, range(0x4E00, 0x4E00 + 5_000))))
    assert len(found) <= 200
    assert sum(map(len, patterns("x" * 100_000))) < 1_000
