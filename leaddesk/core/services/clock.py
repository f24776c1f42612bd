# SPDX-License-Identifier: MIT
"""The only place that asks what time it is; everything else is handed a `Clock`."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
"""Returns the present moment, aware, in UTC."""


def system_clock() -> datetime:
    """Return the computer's present moment, UTC."""
    return datetime.now(UTC)
