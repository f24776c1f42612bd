# SPDX-License-Identifier: MIT
"""A profile with the leads of `some_leads`, and a desk over it."""

import pytest

from leaddesk import resources
from leaddesk.core.services.workspace import open_workspace
from tests.helpers.desk import PlainDesk, Recorder


@pytest.fixture
def desk(filled):
    with open_workspace(filled, resources.texts) as work:
        yield PlainDesk(work)


@pytest.fixture
def screen():
    return Recorder()
