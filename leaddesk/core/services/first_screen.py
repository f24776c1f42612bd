# SPDX-License-Identifier: MIT
"""What the window shows first: the top of the queue, read before SQLAlchemy is loaded."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from leaddesk.core.domain.roles import Rep
from leaddesk.core.errors import KnownError
from leaddesk.core.services import queue
from leaddesk.core.services.clock import Clock, system_clock
from leaddesk.core.services.lead_list import Counts, FirstScreen, Noter
from leaddesk.core.services.workspace import DATABASE_NAME, Texts

if TYPE_CHECKING:
    from leaddesk.core.domain.calling import CallingRules, Whereabouts
    from leaddesk.core.store.queue import Queue

ROWS = 50


@dataclass(slots=True)
class _Desk:
    """A `CallingDesk` without a database."""

    profile: Path
    texts: Texts
    clock: Clock
    rep: Rep
    calling_rules: "CallingRules | None" = None
    whereabouts: "dict[str, Whereabouts]" = field(default_factory=dict)


def first_screen(
    profile: Path, texts: Texts, rep: Rep | None = None, clock: Clock = system_clock
) -> FirstScreen | None:
    """Return the first screen of a profile, read without its lock in a few milliseconds.

    None where there is nothing to read as it stands (no database yet, one that needs migrating,
    a damaged one, calling rules with mistakes): opening the workspace then deals with it.

    Args:
        profile: The folder.
        texts: Reads the data files shipped with the program.
        rep: Whose queue it is; None: nobody's by name.
        clock: What time it is.
    """
    from leaddesk.core.store.first_screen import read_first_screen

    desk = _Desk(profile, texts, clock, rep or Rep())

    def choose(found: "Queue") -> Sequence[int]:
        return queue.page_of(queue.walk_of(desk, found), ROWS).row_ids

    try:
        read = read_first_screen(profile / DATABASE_NAME, choose)
    except KnownError:
        return None
    if read is None:
        return None
    noter = Noter(desk)
    return FirstScreen(
        tuple(noter.line(row, read.open_lead_id) for row in read.rows), Counts(*read.counts)
    )
