# SPDX-License-Identifier: MIT
"""One writing leaddesk a profile: a lock the system lets go of when the process dies.

Forty lines of our own, because the usual library loads asyncio, which would cost a tenth of the
start of the window.
"""

import os
import sys
from pathlib import Path
from typing import Self

from leaddesk.core.errors import KnownError

if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


class InstanceLock:
    """A held lock; made by `take`. The file stays, empty: only the lock on it means something."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor: int | None = descriptor

    @classmethod
    def take(cls, path: Path) -> Self:
        """Return the lock on `path`, taken.

        Raises:
            KnownError: another process holds it, or the file cannot be made.
        """
        try:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise KnownError(
                f"The folder {path.parent} cannot be used: {error.strerror}.",
                "Check who may write there, or name another folder with --profile.",
            ) from error
        try:
            _lock(descriptor)
        except OSError as error:
            os.close(descriptor)
            raise KnownError(
                "leaddesk is open with this profile already, so nothing else can change it.",
                "Close it first; commands that only read work in the meantime.",
            ) from error
        return cls(descriptor)

    def release(self) -> None:
        """Let go of the lock. May be called twice."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
