# SPDX-License-Identifier: MIT
"""Choices for columns, kept by source in a real file."""

from datetime import UTC, datetime

import pytest

from leaddesk.core.store.engine import Store

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "leaddesk.sqlite"


def kept(path, source):
    store = Store.open(path)
    with store.read() as unit:
        found = unit.column_maps.get(source)
    store.close()
    return found


def put(path, source, *texts):
    store = Store.open(path)
    for text in texts:
        with store.begin() as unit:
            unit.column_maps.put(source, text, NOON)
    store.close()


def test_the_latest_choice_is_kept_for_its_source_alone(path):
    put(path, "csv:1", '{"a": 1}', '{"a": 2}')
    put(path, "csv:2", '{"b": 1}')
    assert kept(path, "csv:1") == '{"a": 2}'
    assert kept(path, "csv:2") == '{"b": 1}'
    assert kept(path, "csv:3") == ""


def test_nothing_chosen_leaves_nothing(path):
    put(path, "csv:1", '{"a": 1}', "")
    assert kept(path, "csv:1") == ""
