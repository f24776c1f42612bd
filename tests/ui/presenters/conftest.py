# SPDX-License-Identifier: MIT
"""A profile with the leads of `some_leads`, and a desk over it."""

import pytest

from leaddesk import resources
from leaddesk.core.services import playbooks
from leaddesk.core.services.workspace import open_workspace
from leaddesk.ui.presenters.leads import LeadsPresenter
from tests.helpers.desk import PlainDesk, Recorder
from tests.helpers.noon import noon
from tests.helpers.playbook_texts import kinds_texts
from tests.helpers.rep import Hand


@pytest.fixture
def desk(filled):
    with open_workspace(filled, resources.texts, clock=noon) as work:
        yield PlainDesk(work)


@pytest.fixture
def hand(filled):
    """A rep with a playbook that has a question of every kind."""
    with open_workspace(filled, kinds_texts) as work:
        playbooks.choose(work, "kinds")
        made = Hand(PlainDesk(work))
        work.clock = lambda: made.now
        yield made


@pytest.fixture
def screen():
    return Recorder()


@pytest.fixture
def leads_presenter(screen, desk):
    """The presenter of the Leads view, started."""
    made = LeadsPresenter(screen, desk, noon)
    desk.listeners.append(made.on_changed)
    made.start()
    return made
