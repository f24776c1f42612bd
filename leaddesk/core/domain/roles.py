# SPDX-License-Identifier: MIT
"""Who works with a profile, and what their role lets them do.

A role is a rule between colleagues, not a lock. Whoever owns the machine owns the file, can change
their role in the settings and read the database without us. What it gives is that nobody oversteps
by accident, and that what was done is recorded with the name and role of who did it.
"""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What somebody is in the team."""

    REP = "rep"
    LEAD = "lead"
    ADMIN = "admin"


class Right(StrEnum):
    """What not everybody does."""

    OVERRIDE_BLOCK = "override_block"
    PUBLISH_PLAYBOOK = "publish_playbook"
    SEE_OTHERS = "see_others"


_RIGHTS: dict[Role, frozenset[Right]] = {
    Role.REP: frozenset(),
    Role.LEAD: frozenset({Right.OVERRIDE_BLOCK, Right.PUBLISH_PLAYBOOK, Right.SEE_OTHERS}),
    Role.ADMIN: frozenset(Right),
}


@dataclass(frozen=True, slots=True)
class Rep:
    """Who works with the profile; the names are those of merge fields (`rep.name`).

    Attributes:
        phone: The number they can be called back at, as written.
    """

    name: str = ""
    company: str = ""
    phone: str = ""
    role: Role = Role.REP

    @property
    def first_name(self) -> str:
        """The first word of the name; empty when there is no name."""
        return next(iter(self.name.split()), "")


def may(role: Role, right: Right) -> bool:
    """Return whether a role has a right. It keeps nobody out of their own machine (see above)."""
    return right in _RIGHTS[role]
