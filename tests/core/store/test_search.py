# SPDX-License-Identifier: MIT
import random
import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlcipher3 import dbapi2

from leaddesk.core.domain.lead import Lead
from leaddesk.core.store.schema import SEARCH_TABLE
from leaddesk.core.store.search import (
    LONGEST_NOTES,
    beginnings,
    fold,
    match_expression,
    search_text,
    words,
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Größl", "grossl"),
        ("GRÖSSL", "grossl"),
        ("Łódź", "łodz"),
        ("ﬁnance", "finance"),
        ("İzmir", "izmir"),
        ("ᴬ", "a"),
        ("हिन्दी", "हनद"),
    ],
)
def test_case_and_accents_are_folded(text, folded):
    assert fold(text) == folded
    assert fold(folded) == folded


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("O'Neil & Söhne", ["o", "neil", "sohne"]),
        ("a.groessl@weber.example", ["a", "groessl", "weber", "example"]),
        ("田辺商会", ["田", "辺", "商", "会"]),
        ("007 Corp 000", ["7", "corp", "0"]),
        ("٠٣٠", ["30"]),
        ("🚀 Rockets", ["rockets"]),
        ("snake_case", ["snake", "case"]),
        ("x" * 100, ["x" * 64]),
        ("", []),
    ],
)
def test_words_are_letters_and_digits(text, found):
    assert words(text) == found


def test_what_a_search_looks_through_begins_with_the_name():
    lead = Lead(
        "L1",
        first_name="Anna",
        last_name="Größl",
        company="Weber GmbH",
        email="a.groessl@weber.example",
        phone="030 / 123-45",
        phone_e164="+493012345",
        description="Met at the Fair",
    )
    assert search_text(lead) == (
        " anna grossl weber gmbh a groessl example 493012345 3012345 met at the fair"
    )
    assert search_text(Lead("L1")) == ""


@pytest.mark.parametrize(
    ("e164", "national"),
    [("+13125550123", "3125550123"), ("+77012345678", "7012345678"), ("+35312345678", "12345678")],
)
def test_a_number_is_found_as_it_is_dialled_at_home(e164, national):
    assert search_text(Lead("L1", phone_e164=e164)).split() == [e164[1:], national]


def test_only_the_beginning_of_long_notes_is_looked_through():
    lead = Lead("L1", last_name="x", description="a" * LONGEST_NOTES + " end")
    assert not search_text(lead).endswith("end")


@pytest.mark.parametrize(
    ("typed", "sought"),
    [
        ("", []),
        ("  Weber  Größl ", ["weber", "grossl"]),
        ("+49 (30) 123-45", ["493012345"]),
        ("+49 (0)30 123-45", ["493012345"]),
        ("0049 30 12345", ["493012345"]),
        ("weber 030 12 anna", ["weber", "anna", "3012"]),
        ("berg-12", ["berg", "12"]),
        ("an anna", ["anna"]),
        ("100%_\\", ["100"]),
        ("0", ["0"]),
        ("0 anna", ["anna"]),
        ('" OR * NEAR(', ["or", "near"]),
        ("🚀", []),
    ],
)
def test_words_are_sought_one_by_one_and_numbers_as_one(typed, sought):
    assert beginnings(typed) == sought


def test_a_page_pasted_into_a_search_stays_a_search_the_database_can_do():
    assert beginnings("ada " * 5_000) == ["ada"]
    assert len(beginnings(" ".join(map(chr, range(0x4E00, 0x4E00 + 5_000))))) <= 32
    assert beginnings("x" * 100_000) == ["x" * 64]


@pytest.fixture(scope="module")
def index():
    """The full-text index alone, over texts put in by hand."""
    database = dbapi2.connect(":memory:", isolation_level=None)
    database.execute("CREATE TABLE leads (row_id INTEGER PRIMARY KEY, search_text TEXT)")
    database.execute(SEARCH_TABLE)
    database.execute("CREATE VIRTUAL TABLE terms USING fts5vocab(lead_search, 'instance')")
    yield database
    database.close()


def put_in(index, texts):
    index.execute("INSERT INTO lead_search (lead_search) VALUES ('delete-all')")
    index.executemany("INSERT INTO lead_search (rowid, search_text) VALUES (?, ?)", texts)


def test_the_index_sees_the_words_we_see_whatever_the_letter(index):
    codes = [code for code in range(1, 0x110000) if not 0xD800 <= code < 0xE000]
    index.execute("BEGIN")
    put_in(index, ((code, " ".join(words(f"a{chr(code)}b"))) for code in codes))
    seen: dict[int, list[str]] = {}
    for term, doc in index.execute("SELECT term, doc FROM terms"):
        seen.setdefault(doc, []).append(term)
    index.execute("COMMIT")
    wrong = [hex(c) for c in codes if set(words(f"a{chr(c)}b")) != set(seen[c])]
    assert wrong == []


anything = st.text(st.characters(codec="utf-8")) | st.text(string.printable)


PIECES = (
    *string.printable, "\0", "OR", "AND", "NOT", "NEAR(", "*", '"', "''", "--", ";", "^", "{", ":",
    "田", "김", "ß", "İ", "ﬁ", "🚀", "👩‍👩‍👧", "\u200f", "e\u0301", "٣", "\U0001d7dc",
    "\ud800", "\uffff",
)  # fmt: skip


def test_whatever_is_typed_is_no_mistake_to_the_index(index):
    dice = random.Random(20261123)  # noqa: S311 - the same texts in every run
    for _ in range(10_000):
        typed = "".join(dice.choices(PIECES, k=dice.randrange(1, 30)))
        if wanted := beginnings(typed):
            index.execute(
                "SELECT count(*) FROM lead_search WHERE lead_search MATCH ?",
                (match_expression(wanted),),
            ).fetchone()


@settings(max_examples=300)
@given(anything, anything)
def test_the_index_and_the_text_of_a_lead_say_the_same(index, name, typed):
    text = search_text(Lead("L1", last_name=name))
    put_in(index, [(1, text)])
    for search in (typed, name[:3], name):
        wanted = beginnings(search)
        if wanted:
            found = index.execute(
                "SELECT count(*) FROM lead_search WHERE lead_search MATCH ?",
                (match_expression(wanted),),
            ).fetchone()[0]
            assert bool(found) == all(f" {word}" in text for word in wanted)
