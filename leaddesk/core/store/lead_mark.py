# SPDX-License-Identifier: MIT
"""Counts the changes of what leads are told apart by: an import that was looked at asks for it.

Answers, calls and grades do not count: what a file would do does not depend on them.
"""

from sqlalchemy import Connection

_KEY = "changes_of_leads"


def note_change(connection: Connection) -> None:
    """Note that leads were added, removed, merged or told otherwise."""
    connection.info[_KEY] = changes_of_leads(connection) + 1


def changes_of_leads(connection: Connection) -> int:
    """Return how often that was noted since this connection was made."""
    return int(connection.info.get(_KEY, 0))
