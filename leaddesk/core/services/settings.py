# SPDX-License-Identifier: MIT
"""What one person set for one profile: `settings.json`, holding only what differs from default."""

import json
from dataclasses import dataclass, fields
from enum import StrEnum
from pathlib import Path

from leaddesk.core.errors import KnownError

FILE_NAME = "settings.json"


class Theme(StrEnum):
    """Which of the two palettes the window wears."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings.

    Attributes:
        country: ISO 3166 alpha-2 of phone numbers without a country code; empty: not set.
    """

    theme: Theme = Theme.SYSTEM
    country: str = ""


def load_settings(profile: Path) -> tuple[Settings, tuple[str, ...]]:
    """Return the profile's settings, and a warning for every entry that was not understood.

    A file that is missing, damaged or partly wrong never stops the program: what cannot be
    used keeps its default and is named.
    """
    path = profile / FILE_NAME
    if not path.exists():
        return Settings(), ()

    try:
        entries = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Settings(), (f"{path} cannot be read, so the usual settings are used.",)
    if not isinstance(entries, dict):
        return Settings(), (f"{path} does not hold settings, so the usual ones are used.",)
    theme, theme_warning = _theme(entries.pop("theme", Theme.SYSTEM))
    country, country_warning = _country(entries.pop("country", ""))
    unknown = tuple(f"{FILE_NAME}: the setting {key!r} is not known." for key in entries)
    return Settings(theme, country), (*theme_warning, *country_warning, *unknown)


def save_settings(profile: Path, settings: Settings) -> None:
    """Write what differs from the defaults; the file is replaced whole or not at all.

    Raises:
        KnownError: the profile folder cannot be written.
    """
    usual = Settings()
    entries = {
        field.name: getattr(settings, field.name)
        for field in fields(Settings)
        if getattr(settings, field.name) != getattr(usual, field.name)
    }
    path = profile / FILE_NAME
    waiting = path.with_suffix(".json.new")
    try:
        profile.mkdir(parents=True, exist_ok=True)
        waiting.write_text(json.dumps(entries, indent=2) + "\n", encoding="utf-8")
        waiting.replace(path)
    except OSError as error:
        raise KnownError(
            f"The settings could not be saved in {profile}: {error.strerror}.",
            "Check that the folder exists, can be written and has room, then try again.",
        ) from error


def _theme(found: object) -> tuple[Theme, tuple[str, ...]]:
    try:
        return Theme(str(found)), ()
    except ValueError:
        allowed = ", ".join(Theme)
        return Theme.SYSTEM, (f"{FILE_NAME}: theme is {found!r}; it can be {allowed}.",)


def _country(found: object) -> tuple[str, tuple[str, ...]]:
    text = str(found).strip().upper()
    if not text or (len(text) == 2 and text.isascii() and text.isalpha()):  # noqa: PLR2004 - alpha-2
        return text, ()
    return "", (f"{FILE_NAME}: country is {found!r}; it has to be two letters, such as DE.",)
