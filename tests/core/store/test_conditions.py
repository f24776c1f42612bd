# SPDX-License-Identifier: MIT
"""Conditions in SQL against the same questions asked of each lead in Python."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leaddesk.core.domain.lead import Lead
from leaddesk.core.domain.lead_query import OPS, Condition, Kind, LeadQuery, Op
from leaddesk.core.domain.stages import Stage
from leaddesk.core.errors import BugError
from leaddesk.core.store.conditions import clause_of, tags_to_text

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
TEXTS = ("", "Acme", "acme gmbh", "ÖKO AG", "öko ag", "100%", "a_b", "a\\b", "O'Neil", "; DROP")
TAGS = ((), ("fair",), ("Fair", "vip"), ('say "hi"',), ("über",))


def some_leads():
    for n in range(120):
        yield Lead(
            f"L{n}",
            last_name=f"N{n}",
            company=TEXTS[n % 10],
            employees=(None, 0, 9, 250)[n % 4],
            stage=list(Stage)[n % 5],
            tags=TAGS[n * 3 % 5],
            do_not_call=n % 7 == 0,
            extra={} if n % 3 else {'Colour "x"': TEXTS[n // 3 % 10], "Other": "y"},
            created_at=None if n % 6 == 0 else NOW - timedelta(hours=n * 7),
        )


LEADS = {lead.lead_id: lead for lead in some_leads()}


@pytest.fixture(scope="module")
def full(tmp_path_factory):
    from leaddesk.core.store.engine import Store

    store = Store.open(tmp_path_factory.mktemp("full") / "leaddesk.sqlite")
    with store.begin() as unit:
        unit.leads.add(LEADS.values())
    yield store
    store.close()


VALUES = {
    "company": st.sampled_from([*filter(None, TEXTS), "ÖKO", "e", "%", "_", "\\", "'"]),
    'extra.Colour "x"': st.sampled_from([*filter(None, TEXTS), "öko"]),
    "employees": st.sampled_from(("0", "9", "10", "1,000", "-5")),
    "stage": st.sampled_from(("MQL", "mql", "LEAD", "none")),
    "tags": st.sampled_from(("fair", "FAIR", "vip", 'say "hi"', "ÜBER", "x")),
    "do_not_call": st.sampled_from(("yes", "no")),
    "created_at": st.sampled_from(("2026-11-01", "2026-11-10", "2026-11-22", "0001-01-01")),
}
KINDS = {
    "company": Kind.TEXT, 'extra.Colour "x"': Kind.TEXT, "employees": Kind.NUMBER,
    "stage": Kind.WORD, "tags": Kind.TAGS, "do_not_call": Kind.FLAG, "created_at": Kind.TIME,
}  # fmt: skip
COUNTS = {Op.EMPTY: (0, 0), Op.NOT_EMPTY: (0, 0), Op.ANY_OF: (1, 3), Op.BETWEEN: (2, 2)}


@st.composite
def conditions(draw):
    field = draw(st.sampled_from(sorted(VALUES)))
    op = draw(st.sampled_from(OPS[KINDS[field]]))
    least, most = COUNTS.get(op, (1, 1))
    values = st.sampled_from(("0", "1", "20")) if op is Op.PAST_DAYS else VALUES[field]
    return Condition(field, op, tuple(draw(st.lists(values, min_size=least, max_size=most))))


def holds(lead, condition):  # noqa: PLR0911, C901 - one line an operator
    field, op, values = condition.field, condition.op, condition.values
    turned = {
        Op.IS_NOT: Op.IS, Op.CONTAINS_NOT: Op.CONTAINS, Op.HAS_NOT: Op.HAS, Op.NOT_EMPTY: Op.EMPTY,
    }  # fmt: skip
    if op in turned:
        return not holds(lead, Condition(field, turned[op], values))
    found = lead.extra.get(field[6:], "") if field.startswith("extra.") else getattr(lead, field)
    if op is Op.EMPTY:
        return found in ("", None, ())
    if field == "tags":
        return bool({tag.casefold() for tag in found} & {value.casefold() for value in values})
    if field == "do_not_call":
        return found == (values[0] == "yes")
    if field == "employees":
        numbers = sorted(int(value.replace(",", "")) for value in values)
        if found is None:
            return False
        return {
            Op.IS: found == numbers[0],
            Op.GREATER: found > numbers[0],
            Op.LESS: found < numbers[0],
            Op.BETWEEN: numbers[0] <= found <= numbers[-1],
        }[op]
    if field == "created_at":
        if found is None:
            return False
        if op is Op.PAST_DAYS:
            return NOW - timedelta(int(values[0])) <= found <= NOW
        days = sorted(map(date.fromisoformat, values))
        day = found.astimezone().date()
        return {
            Op.BEFORE: day < days[0],
            Op.AFTER: day > days[0],
            Op.BETWEEN: days[0] <= day <= days[-1],
        }[op]
    text, asked = str(found).casefold(), [value.casefold() for value in values]
    if field.startswith("extra.") and not text:
        return False
    if op is Op.CONTAINS:
        return asked[0] in text
    if op is Op.STARTS_WITH:
        return text.startswith(asked[0])
    return text in asked


def found(store, *asked, any_of=False):
    with store.read() as unit:
        query = LeadQuery(conditions=asked, any_of=any_of)
        ids = unit.lead_list.find(query, NOW)
        return {row.lead_id for row in unit.lead_list.rows(ids)}


@settings(max_examples=400)
@given(conditions())
def test_the_database_answers_as_each_lead_would(full, condition):
    assert found(full, condition) == {i for i, lead in LEADS.items() if holds(lead, condition)}


@settings(max_examples=100)
@given(conditions(), conditions(), st.booleans())
def test_all_of_and_any_of_are_and_and_or(full, one, other, any_of):
    both = found(full, one), found(full, other)
    expected = both[0] | both[1] if any_of else both[0] & both[1]
    assert found(full, one, other, any_of=any_of) == expected


@settings(max_examples=200)
@given(st.text(st.characters(codec="utf-8"), min_size=1).filter(str.strip))
def test_nothing_that_is_typed_becomes_sql(full, typed):
    for field, ops in (("company", OPS[Kind.TEXT]), ("tags", OPS[Kind.TAGS])):
        for op in ops:
            values = () if op in {Op.EMPTY, Op.NOT_EMPTY} else (typed,)
            found(full, Condition(field, op, values))
    found(full, Condition(f"extra.{typed}", Op.IS, (typed,)))


def test_calls_can_be_counted_and_words_left_open(full):
    assert found(full, Condition("calls", Op.IS, ("0",))) == set(LEADS)
    assert found(full, Condition("calls", Op.GREATER, ("0",))) == set()
    assert found(full, Condition("batch_id", Op.EMPTY)) == set(LEADS)
    assert found(full, Condition("decided", Op.NOT_EMPTY)) == set()


def test_days_need_to_be_counted_from_some_day():
    with pytest.raises(BugError):
        clause_of(LeadQuery(conditions=(Condition("created_at", Op.PAST_DAYS, ("7",)),)))


def test_tags_are_stored_as_a_list():
    assert tags_to_text(()) == ""
    assert tags_to_text(("über", 'a"b')) == '["über","a\\"b"]'
