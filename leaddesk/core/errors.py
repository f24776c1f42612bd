# SPDX-License-Identifier: MIT
"""The two kinds of failure: the user's world did it (`KnownError`), or we did (`BugError`)."""


class KnownError(Exception):
    """Something outside the program: disk full, file locked, folder gone, unreadable input.

    Shown as a calm sentence; nothing was changed unless the sentence says so.

    Attributes:
        what: One sentence that says what happened, in words a rep understands.
        todo: One sentence that says what to do about it; empty when there is nothing to do.
    """

    def __init__(self, what: str, todo: str = "") -> None:
        super().__init__(f"{what} {todo}".strip())
        self.what = what
        self.todo = todo


class BugError(Exception):
    """A mistake of ours: an invariant that does not hold. Becomes a local crash report."""
