# SPDX-License-Identifier: MIT
"""Copies of a database while it is in use, checked before they count."""

from pathlib import Path

from leaddesk.core.errors import KnownError
from leaddesk.core.store import driver
from leaddesk.core.store.failures import in_words


def back_up(source: driver.Connection, folder: Path, name: str) -> Path:
    """Return the path of a whole and sound copy of the database in `folder`.

    Args:
        folder: Made if missing.
        source: A connection without an open transaction.
        name: File name without suffix; a number is put behind it when it is taken.

    Raises:
        KnownError: there is no room, the folder cannot be written, or the copy is not sound. No
            half copy is left behind.
    """
    waiting = folder / f"{name}.partial"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        try:
            _copy(source, waiting)
            target = _free_name(folder, name)
            waiting.replace(target)
        finally:
            waiting.unlink(missing_ok=True)
    except OSError as error:
        raise KnownError(
            f"No copy of the database could be made in {folder}: {error.strerror}.",
            "Make room or check who may write there, then start leaddesk again.",
        ) from error
    return target


def _copy(source: driver.Connection, path: Path) -> None:
    path.unlink(missing_ok=True)  # what a crash left behind
    with in_words():
        copy = driver.connect(path)
        try:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")  # so that the copy is one file
            found = copy.execute("PRAGMA quick_check").fetchone()[0]
        finally:
            copy.close()
    if found != "ok":
        raise KnownError(
            "leaddesk's database is damaged, so it was left as it is.",
            "Keep the file, and put the newest copy from the backups folder in its place.",
        )


def _free_name(folder: Path, name: str) -> Path:
    target = folder / f"{name}.sqlite"
    number = 2
    while target.exists():
        target = folder / f"{name}-{number}.sqlite"
        number += 1
    return target
