# SPDX-License-Identifier: MIT
"""A store in a real file for each test; a transaction left open fails the test."""

import shutil

import pytest

from leaddesk.core.store.engine import Store


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory):
    """A migrated database without a lead, to be copied: migrating anew for every test is slow."""
    path = tmp_path_factory.mktemp("empty") / "leaddesk.sqlite"
    Store.open(path).close()
    return path


@pytest.fixture
def database(empty_database, tmp_path):
    path = tmp_path / "leaddesk.sqlite"
    shutil.copy(empty_database, path)
    return path


@pytest.fixture
def store(database):
    opened = Store.open(database)
    yield opened
    left_open = opened.in_transaction
    opened.close()
    assert not left_open, "the test left a transaction open"
