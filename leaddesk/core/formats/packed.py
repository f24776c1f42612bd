# SPDX-License-Identifier: MIT
"""Reads the CSV inside a gzip archive, as far as the archive is whole and no trap."""

import gzip
import io
import zlib
from typing import BinaryIO

from leaddesk.core.errors import KnownError

MOST_BYTES = 16 << 30
"""Of the unpacked file; twice what 10,000,000 leads with 60 columns take."""

MOST_TIMES = 200
"""How many times the archive the unpacked file may be. Lists of leads shrink to a third or a tenth,
the same row over and over to a 150th, what was made to fill a disk to a 1,000th."""

_ALWAYS_ALLOWED = 64 << 20


class Unpacked(io.RawIOBase):
    """What is inside a gzip archive, from the beginning; the archive stays its owner's.

    Attributes:
        fault: Why it ends before the end of the archive, in words; empty: it does not.
    """

    def __init__(self, packed: BinaryIO) -> None:
        super().__init__()
        self._packed = packed
        self._size = packed.seek(0, io.SEEK_END)
        self._count = 0
        self.fault = ""
        self._start()

    def _start(self) -> None:
        self._packed.seek(0)
        self._count = 0
        self.fault = ""
        self._inside = gzip.GzipFile(fileobj=self._packed)

    def readable(self) -> bool:
        """Return True."""
        return True

    def seekable(self) -> bool:
        """Return True: it can be read from its beginning again."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Go back to the beginning, the only place one can go to."""
        if offset or whence:
            raise io.UnsupportedOperation("only to the beginning")
        if self._count or self.fault:
            self._start()
        return 0

    def read(self, size: int = -1, /) -> bytes:
        """Return the next bytes; none at the end, and where the archive is damaged.

        Raises:
            KnownError: far more comes out of the archive than any list of leads has.
        """
        data = self._read(size)
        while 0 < len(data) < size and (more := self._read(size - len(data))):
            data += more
        self._count += len(data)
        if self._count > MOST_BYTES or self._count > max(_ALWAYS_ALLOWED, MOST_TIMES * self._size):
            raise KnownError(
                "Far more comes out of this archive than a list of leads can hold.",
                "Unpack it yourself, look at what is inside, and import the CSV.",
            )
        return data

    def _read(self, size: int) -> bytes:
        if self.fault:
            return b""
        try:
            # What can still be read before the archive ends is given; `read` would lose it.
            return self._inside.read1(size)
        except EOFError:
            self.fault = "is not whole"
        except (OSError, zlib.error):
            self.fault = "is damaged"
        return b""
