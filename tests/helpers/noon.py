# SPDX-License-Identifier: MIT
"""The moment at which tests of calls take place: a Monday noon, when Europe may be called."""

from datetime import UTC, datetime

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def noon() -> datetime:
    """A clock that stands still."""
    return NOON
