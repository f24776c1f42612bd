# SPDX-License-Identifier: MIT
"""How long a call has lasted, by a clock nobody sets.

The time of day jumps when it is corrected and runs on while the computer sleeps; the time talked
does neither. What a crash interrupted goes on with what was kept.
"""

from collections.abc import Callable

_HOUR_S = 3600


class TalkTimer:
    """Seconds talked.

    Args:
        monotonic: Seconds of a clock that only goes forward, and rests while the computer sleeps.
        talked_s: What was talked before, on the same call.
    """

    def __init__(self, monotonic: Callable[[], float], talked_s: int = 0) -> None:
        self._monotonic = monotonic
        self._started = monotonic() - talked_s

    @property
    def talked_s(self) -> int:
        """Whole seconds."""
        return max(0, int(self._monotonic() - self._started))

    @property
    def text(self) -> str:
        """04:12, from an hour on 1:04:12."""
        return clock_text(self.talked_s)


def clock_text(seconds: int) -> str:
    """Return a duration as a clock shows it."""
    hours, rest = divmod(max(0, seconds), _HOUR_S)
    clock = f"{rest // 60:02}:{rest % 60:02}"
    return f"{hours}:{clock}" if hours else clock
