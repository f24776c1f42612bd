# SPDX-License-Identifier: MIT
"""What every benchmark returns, and how times are taken."""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table.

    Attributes:
        what: What was measured.
        value: The figure, in `unit`.
        goal: The most it may be; None: no promise, shown for the ratio.
        peer: What the same run measured beside it, and `ratio` to it.
    """

    what: str
    value: float
    unit: str
    goal: float | None = None
    peer: str = ""
    ratio: float | None = None

    @property
    def kept(self) -> bool:
        """Whether the promise is kept."""
        return self.goal is None or self.value <= self.goal


def percentile(times: Sequence[float], percent: float) -> float:
    """Return the time that `percent` of all times do not exceed."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))]


def seconds_of(function: Callable[[], object]) -> float:
    """Return how long one call takes."""
    start = time.perf_counter()
    function()
    return time.perf_counter() - start


def times_of(functions: Iterable[Callable[[], object]]) -> list[float]:
    """Return how long each call takes, in seconds."""
    return [seconds_of(function) for function in functions]
