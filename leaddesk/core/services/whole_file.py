# SPDX-License-Identifier: MIT
"""Text files as a whole: read, or written so that they appear whole or not at all, power or not."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from leaddesk.core.errors import KnownError


def read_whole(path: Path) -> str:
    """Return the text of a UTF-8 file.

    What is no UTF-8 comes as lone surrogates, which the readers of our formats name by line.

    Raises:
        KnownError: it cannot be read.
    """
    try:
        return path.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError as error:
        raise cannot_be_read(path, error) from error


def read_if_there(path: Path) -> str | None:
    """Do what `read_whole` does; None where there is no such file.

    Raises:
        KnownError: it is there and cannot be read.
    """
    try:
        path.stat()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise cannot_be_read(path, error) from error
    return read_whole(path)


def cannot_be_read(path: Path, error: OSError) -> KnownError:
    """Return in words why a file cannot be read."""
    return KnownError(
        f"{path} cannot be read: {error.strerror}.",
        "Check the name and who may read it, then try again.",
    )


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
