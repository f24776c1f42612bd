# SPDX-License-Identifier: MIT
"""What the window shows before the database is opened in full is what it shows after."""

import random
from dataclasses import replace
from datetime import timedelta

import pytest

from leaddesk.core.domain.queue import Due
from leaddesk.core.domain.roles import Rep
from leaddesk.core.errors import KnownError
from leaddesk.core.services import calling, lead_list, queue
from leaddesk.core.services.first_screen import ROWS, first_screen
from tests.core.services.conftest import london, texts
from tests.helpers.talks import start

ADA = Rep("Ada Berg")
ZONES = ("Europe/London", "Europe/London", "America/Chicago", "")


@pytest.fixture
def many(work, clock):
    """A workspace with more leads than fit, of every kind."""
    work.rep = ADA
    chance = random.Random(7)  # noqa: S311 - chance, not secrecy
    with work.store.begin() as unit:
        unit.leads.add(
            london(f"L{n}", last_name=f"N{n}", priority=n % 7, time_zone=chance.choice(ZONES))
            for n in range(3 * ROWS)
        )
        for n in range(3 * ROWS):
            state = replace(
                unit.leads.state(f"L{n}"),
                due=chance.choice(list(Due)),
                due_at=clock.now - timedelta(minutes=chance.randrange(3000)),
                due_for=chance.choice(["", ADA.name, "Bo Dahl"]),
                do_not_call=chance.random() < 0.1,
                reserved_by=chance.choice(["", "Bo Dahl"]),
            )
            until = clock.now + timedelta(minutes=9) if state.reserved_by else None
            unit.leads.set_state(f"L{n}", replace(state, reserved_until=until))
    return work


def test_the_first_screen_is_the_top_of_the_queue(many, clock):
    with many.store.begin() as unit:
        unit.leads.add([london("L900", last_name="First")])
    start(many, "L900")
    screen = first_screen(many.profile, texts, ADA, clock)
    top = queue.top(many, ROWS)
    assert len(top.row_ids) == ROWS
    assert list(screen.rows) == lead_list.rows(many, top.row_ids)
    assert screen.counts == lead_list.counts(many)


def test_the_first_screen_is_that_of_who_works_here(many, clock):
    own, others = (first_screen(many.profile, texts, rep, clock) for rep in (ADA, Rep("Bo Dahl")))
    assert own.rows != others.rows


def test_a_call_in_progress_is_told_on_the_first_screen(work, clock):
    with work.store.begin() as unit:
        unit.leads.add([london("L1"), london("L2")])
    start(work)
    screen = first_screen(work.profile, texts, clock=clock)
    assert {row.lead_id: row.note for row in screen.rows}["L1"] == "call in progress"


def test_rules_of_the_profile_count_on_the_first_screen(work, clock):
    with work.store.begin() as unit:
        unit.leads.add([london("L1", country="GB")])
    assert len(first_screen(work.profile, texts, clock=clock).rows) == 1
    (work.profile / "calling.toml").write_text(
        'schema = 1\n[[windows]]\nregions = ["GB"]\nevery_day = "none"\nwhy = "Ours."\n'
    )
    assert first_screen(work.profile, texts, clock=clock).rows == ()


def test_broken_rules_of_the_profile_are_left_for_others_to_tell(work, clock):
    (work.profile / "calling.toml").write_text("schema = [")
    assert first_screen(work.profile, texts, clock=clock) is None


def test_there_is_no_first_screen_without_a_profile(tmp_path, clock):
    assert first_screen(tmp_path / "none", texts, clock=clock) is None
    assert not (tmp_path / "none").exists()


def test_mistakes_in_own_rules_are_told_once_the_workspace_is_open(many, clock):
    (many.profile / calling.OWN_RULES).write_text("schema = 2\n", encoding="utf-8")
    assert first_screen(many.profile, texts, ADA, clock) is None
    with pytest.raises(KnownError, match=calling.OWN_RULES):
        queue.top(many)
