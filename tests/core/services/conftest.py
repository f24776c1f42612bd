# SPDX-License-Identifier: MIT
"""A workspace over a real profile, with a clock the test moves; nothing is left open behind it."""

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from leaddesk.core.domain.lead import Lead
from leaddesk.core.services.workspace import open_workspace

RESOURCES = Path(__file__).parents[3] / "resources"


def texts(folder, suffix):
    found = sorted((RESOURCES / folder).glob(f"*{suffix}"))
    return {path.name.removesuffix(suffix): path.read_text(encoding="utf-8") for path in found}


def london(lead_id, **fields):
    """Return a lead that can be called at the hour at which the clock stands."""
    usual = {
        "phone": "+44 20 7946 0958",
        "phone_e164": "+442079460958",
        "time_zone": "Europe/London",
    }
    return Lead(lead_id, **(usual | fields))


@dataclass
class MovedClock:
    """A clock that stands until it is moved: on a Monday morning at first."""

    now: datetime = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)

    def __call__(self):
        return self.now

    def move(self, **by):
        self.now += timedelta(**by)


@pytest.fixture
def clock():
    return MovedClock()


@pytest.fixture(scope="session")
def empty_profile(tmp_path_factory):
    folder = tmp_path_factory.mktemp("empty")
    open_workspace(folder, texts).close()
    return folder


@pytest.fixture
def work(empty_profile, profile, clock):
    shutil.copytree(empty_profile, profile)
    opened = open_workspace(profile, texts, clock=clock)
    yield opened
    left_open = opened.store.in_transaction
    opened.close()
    assert not left_open, "the test left a transaction open"
