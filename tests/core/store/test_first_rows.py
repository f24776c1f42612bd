# SPDX-License-Identifier: MIT
"""The first rows by the quick ways are those of sorting all there is."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leaddesk.core.domain.lead import Lead
from leaddesk.core.domain.lead_query import Condition, LeadQuery, Op, View
from leaddesk.core.store import first_rows, sorting

FIRST = ("Ann", "Anna", "Bram", "Brambilla", "Özil", "")
LAST = ("Berg", "Bergman", "Ito", "田辺")


@pytest.fixture(scope="module")
def full(tmp_path_factory):
    from leaddesk.core.store.engine import Store

    store = Store.open(tmp_path_factory.mktemp("full") / "leaddesk.sqlite")
    with store.begin() as unit:
        unit.leads.add(
            Lead(
                f"L{n}",
                first_name=FIRST[n % 6],
                last_name=LAST[n * 7 % 4],
                company=("", "Rare Foods", "Foods")[(n * n) % 3],
                employees=n % 5 or None,
                priority=n * 31 % 9,
                phone_e164=f"+4930{n:07d}",
            )
            for n in range(600)
        )
        bare = unit.lead_list._bare
        bare.execute("UPDATE leads SET merged_into = 'L1', search_text = '' WHERE row_id % 50 = 7")
        for order in ("name", "company", "employees"):
            sorting.ensure_index(bare, order)
    yield store
    store.close()


queries = st.builds(
    LeadQuery,
    view=st.sampled_from((View.ALL, View.ALL, View.TO_CALL)),
    search=st.sampled_from(
        ("", "a", "b", "an", "it", "r a", "f be an", "ann", "anna", "bram", "brambi", "b f",
         "berg rare", "ito 4930", "田", "4930000", "zzz", "4930000012", "özil berg",
         "🚀", "rare foods an")
    ),
    order=st.sampled_from(("priority", "name", "company", "employees")),
    descending=st.booleans(),
    most=st.just(0),
    any_of=st.sampled_from((False,)),
    conditions=st.sampled_from(
        ((), (), (Condition("employees", Op.GREATER, ("2",)),), (Condition("company", Op.EMPTY),))
    ),
)  # fmt: skip


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    query=queries,
    most=st.integers(1, 60),
    sampled=st.sampled_from((1, 5, 100, 5000)),
    common=st.sampled_from((0, 1, 10, 5000)),
    few=st.sampled_from((0, 3, 50, 5000)),
    walked=st.sampled_from((0, 30, 5000)),
)
def test_the_first_rows_are_the_first_of_all(  # noqa: PLR0913, PLR0917 - what is drawn
    full, monkeypatch, query, most, sampled, common, few, walked
):
    monkeypatch.setattr(first_rows, "SAMPLED", sampled)
    monkeypatch.setattr(first_rows, "COMMON", common)
    monkeypatch.setattr(first_rows, "FEW", few)
    monkeypatch.setattr(first_rows, "WALKED", walked)
    with full.read() as unit:
        monkeypatch.setattr(unit.lead_list, "_sample", first_rows.Sample())
        every = unit.lead_list.find(query)
        assert unit.lead_list.find(query._replace(most=most)) == every[:most]
        assert unit.lead_list.count(query, 10_000) == len(every)
        assert unit.lead_list.count(query, 5) == min(5, len(every))


def test_merged_leads_are_in_no_list_and_no_count(full):
    with full.read() as unit:
        every = unit.lead_list.find(LeadQuery())
        assert len(every) == unit.lead_list.counts()[2] == 588
        assert not {row_id for row_id in every if row_id % 50 == 7}
        assert len(unit.lead_list.find(LeadQuery(View.TO_CALL))) == unit.lead_list.counts()[0]


def test_the_whole_list_comes_from_an_index_alone(full):
    with full.read() as unit:
        bare = unit.lead_list._bare
        for name in ("priority", "company", "employees"):
            order = sorting.ORDERS[name]
            for descending in (True, False):
                by = sorting.order_by(order, descending=descending, indexed=True)
                plan = bare.execute(
                    "EXPLAIN QUERY PLAN SELECT row_id FROM leads"  # noqa: S608 - constants
                    f" WHERE {order.known or '1'} ORDER BY {by}"
                ).fetchall()
                told = " ".join(step[3] for step in plan)
                assert "COVERING INDEX" in told, name
                assert "TEMP B-TREE" not in told, name


def test_the_sample_is_taken_anew_when_the_leads_became_many_more(store):
    sample = first_rows.Sample()
    with store.begin() as unit:
        bare = unit.lead_list._bare
        assert sample.texts(bare) == []
        unit.leads.add(Lead(f"L{n}", last_name="Old") for n in range(100))
        assert sample.texts(bare) == [" old"] * 100
        unit.leads.add(Lead(f"M{n}", last_name="New") for n in range(10))
        assert len(sample.texts(bare)) == 100
        unit.leads.add(Lead(f"N{n}", last_name="New") for n in range(10))
        assert len(sample.texts(bare)) == 120


def test_a_large_list_gets_an_index_once(full, monkeypatch):
    monkeypatch.setattr(sorting, "LARGE", 100)
    with full.read() as unit:
        assert not unit.lead_list.is_prepared("city")
        assert unit.lead_list.is_prepared("priority")
    with full.begin() as unit:
        assert unit.lead_list.prepare("city")
        assert not unit.lead_list.prepare("city")
        assert unit.lead_list.is_prepared("city")
        unit.lead_list.drop_prepared()
        assert not unit.lead_list.is_prepared("city")
        for name in ("name", "company", "employees"):
            unit.lead_list.prepare(name)


def test_a_lead_is_found_by_what_it_is_called_now(store):
    with store.begin() as unit:
        unit.leads.add([Lead("L1", last_name="Old", description="met in Oslo")])
        lead = unit.leads.get("L1")
        assert list(unit.lead_list.find(LeadQuery(search="osl"))) == [1]
        unit.leads.replace([replace(lead, last_name="New", description="")])
        for search, found in (("old", []), ("oslo", []), ("ne", [1])):
            assert list(unit.lead_list.find(LeadQuery(search=search))) == found
            assert list(unit.lead_list.find(LeadQuery(search=search, most=9))) == found
