# SPDX-License-Identifier: MIT
"""Text files as a whole: read, or written so that they appear whole or not at all, power or not."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple, TextIO

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


class _Part(NamedTuple):
    stream: TextIO
    part: Path
    path: Path


@contextmanager
def whole_file(path: Path) -> Iterator[TextIO]:
    """Give a stream (UTF-8, line ends as written) whose text becomes the file at the end.

    Until then an older file of that name is as it was; after an error it stays.

    Raises:
        KnownError: the folder is gone, cannot be written or is full, or the path is that of a
            folder or a device.
    """
    with whole_files() as opened:
        yield opened(path)


@contextmanager
def whole_files(
    then: Callable[[], None] = lambda: None,
) -> Iterator[Callable[[Path], TextIO]]:
    """Give a function that opens files as `whole_file` does; they all appear at the end.

    Args:
        then: Does what belongs to the files once they are there. After an error of it they are
            gone again, and older files of these names are back.

    Raises:
        KnownError: as of `whole_file`; then none of them has appeared.
    """
    parts: list[_Part] = []

    def opened(path: Path) -> TextIO:
        _refuse_no_file(path)
        # Of a length of its own, so that any name will do; the process keeps two writers apart.
        part = path.parent / f".leaddesk-{os.getpid()}-{len(parts)}.part"
        wanted.append(path)
        stream = part.open("w", encoding="utf-8", newline="")
        parts.append(_Part(stream, part, path))
        return stream

    wanted: list[Path] = []
    try:
        try:
            yield opened
            for stream, _, _ in parts:
                with stream:
                    stream.flush()
                    os.fsync(stream.fileno())
            with _taken_back_after_an_error() as appear:
                for _, part, path in parts:
                    appear(part, path)
                then()
        except BaseException:
            _throw_away(parts)
            raise
    except OSError as error:
        raise KnownError(
            f"{wanted[-1] if wanted else error.filename} could not be written: {error.strerror}.",
            "Check that the folder is there, has room and may be written, and that no other"
            " program has the file open; then try again.",
        ) from error


@contextmanager
def _taken_back_after_an_error() -> Iterator[Callable[[Path, Path], None]]:
    """Give a function that lets a part appear under its name; after an error all are as before."""
    before: list[tuple[Path, Path]] = []

    def appear(part: Path, path: Path) -> None:
        older = part.with_suffix(".older")
        older.unlink(missing_ok=True)
        try:
            if path.exists():
                _keep(path, older)
            part.replace(path)
        except BaseException:
            older.unlink(missing_ok=True)
            raise
        before.append((older, path))

    try:
        yield appear
    except BaseException:
        for older, path in before:
            if older.exists():
                older.replace(path)
            else:
                path.unlink()
        raise
    for older, _ in before:
        with suppress(OSError):  # all is written: what is left behind hurts nobody
            older.unlink(missing_ok=True)


def _keep(path: Path, older: Path) -> None:
    """Give a file a second name, so that it is never gone, whenever the program ends."""
    try:
        older.hardlink_to(path)
    except OSError:  # as on a stick, where a file has one name only
        shutil.copy2(path, older)


def _throw_away(parts: list[_Part]) -> None:
    for stream, part, _ in parts:
        with suppress(OSError):  # what it still had to write is thrown away with the rest
            stream.close()
        part.unlink(missing_ok=True)


def _refuse_no_file(path: Path) -> None:
    if path.exists() and not path.is_file():
        raise KnownError(
            f"{path} could not be written: it is no file.", "Name a file in a folder you may write."
        )
