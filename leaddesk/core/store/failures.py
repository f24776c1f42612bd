# SPDX-License-Identifier: MIT
"""What the database complains about, in words: the only place that knows its error codes."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlcipher3 import dbapi2

from leaddesk.core.errors import BugError, KnownError

_ROOM = "Make room on the disk, then do it again; everything saved before is still there."
_SENTENCES = {
    "SQLITE_FULL": ("The disk is full, so nothing of this was saved.", _ROOM),
    "SQLITE_BUSY": (
        "Another program is writing to leaddesk's database, so nothing of this was saved.",
        "Wait until it is done, then do it again.",
    ),
    "SQLITE_READONLY": (
        "leaddesk's database cannot be written, so nothing of this was saved.",
        "Check who may write to its folder.",
    ),
    "SQLITE_CANTOPEN": (
        "leaddesk's database cannot be opened.",
        "Check that its folder exists and who may read and write there.",
    ),
    "SQLITE_CORRUPT": (
        "leaddesk's database is damaged.",
        "Keep the file, and put the newest copy from the backups folder in its place.",
    ),
    "SQLITE_NOTADB": (
        "The file with the name of leaddesk's database is no database.",
        "Move it elsewhere, or put the newest copy from the backups folder in its place.",
    ),
    "SQLITE_IOERR": (
        "The disk is full or cannot be read or written, so nothing of this was saved.",
        "Check that the disk is there and has room, then do it again.",
    ),
    "SQLITE_PERM": (
        "leaddesk may not use its database.",
        "Check who may read and write its folder.",
    ),
}
_NAMES_BY_TEXT = {
    "database or disk is full": "SQLITE_FULL",
    "disk I/O error": "SQLITE_IOERR",
    "database disk image is malformed": "SQLITE_CORRUPT",
}
"""The driver's copying of databases raises errors that have a text only."""


@contextmanager
def in_words() -> Iterator[None]:
    """Turn every error of the driver, bare or wrapped by SQLAlchemy, into one of ours."""
    try:
        yield
    except Exception as error:
        bare = getattr(error, "orig", error)
        if isinstance(bare, UnicodeEncodeError):
            raise KnownError(
                "A text has characters that are not valid Unicode, so it cannot be used.",
                "Type it anew.",
            ) from error
        if not isinstance(bare, dbapi2.Error):
            raise
        raise _in_words(bare) from error


def _in_words(error: Exception) -> KnownError | BugError:
    name = str(getattr(error, "sqlite_errorname", _NAMES_BY_TEXT.get(str(error), "")))
    primary = "_".join(name.split("_")[:2])
    if primary in _SENTENCES:
        return KnownError(*_SENTENCES[primary])
    return BugError(f"{name or type(error).__name__}: {error}")
