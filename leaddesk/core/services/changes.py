# SPDX-License-Identifier: MIT
"""What a command changed: what every writing service returns beside its result."""

from typing import NamedTuple

_NONE: frozenset[str] = frozenset()


class Changes(NamedTuple):
    """Kinds and ids of what changed, for views that refresh just that.

    Attributes:
        whole_list: Many leads changed at once; `leads` then does not name them.
        queue: The order of the queue may have changed.
    """

    leads: frozenset[str] = _NONE
    calls: frozenset[str] = _NONE
    decisions: frozenset[str] = _NONE
    imports: frozenset[str] = _NONE
    segments: frozenset[str] = _NONE
    whole_list: bool = False
    queue: bool = False

    @property
    def what_is_due(self) -> bool:
        """Whether something else may be due now; an answer on a call changes nothing of that."""
        return self.queue or self.whole_list or bool(self.leads and not self.calls)
