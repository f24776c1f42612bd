# SPDX-License-Identifier: MIT
"""Times as the database keeps them: ISO 8601, UTC, microseconds, so that they sort as text."""

from datetime import UTC, datetime


def to_text(at: datetime) -> str:
    """Return for example "2026-11-22T10:00:00.000000Z"; `at` is aware."""
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def from_text(text: str) -> datetime:
    """Return the moment `to_text` wrote."""
    return datetime.fromisoformat(text)


def to_text_or_none(at: datetime | None) -> str | None:
    """Return `to_text`, None for None."""
    return None if at is None else to_text(at)


def from_text_or_none(text: str | None) -> datetime | None:
    """Return `from_text`, None for None."""
    return None if text is None else from_text(text)
