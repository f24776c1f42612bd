# SPDX-License-Identifier: MIT
"""Write a text file so that it appears whole or not at all, also when the power goes."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from leaddesk.core.errors import KnownError


@contextmanager
def whole_file(path: Path) -> Iterator[TextIO]:
    """Give a stream (UTF-8, line ends as written) whose text becomes the file at the end.

    Until then an older file of that name is as it was; after an error it stays.

    Raises:
        KnownError: the folder is gone, cannot be written or is full, or the path is that of a
            folder or a device.
    """
    # Of a length of its own, so that any name will do; the process in it keeps two writers apart.
    part = path.parent / f".leaddesk-{os.getpid()}.part"
    try:
        _refuse_no_file(path)
        try:
            with part.open("w", encoding="utf-8", newline="") as stream:
                yield stream
                stream.flush()
                os.fsync(stream.fileno())
            part.replace(path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise KnownError(
            f"{path} could not be written: {error.strerror}.",
            "Check that the folder is there, has room and may be written, and that no other"
            " program has the file open; then try again.",
        ) from error


def _refuse_no_file(path: Path) -> None:
    if path.exists() and not path.is_file():
        raise KnownError(
            f"{path} could not be written: it is no file.", "Name a file in a folder you may write."
        )
