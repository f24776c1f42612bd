# SPDX-License-Identifier: MIT
"""What one person set for one profile: `settings.json`, holding only what differs from default."""

import json
from collections.abc import Callable
from dataclasses import dataclass, fields
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from leaddesk.core.domain.roles import Rep, Role
from leaddesk.core.errors import KnownError
from leaddesk.core.services import playbooks

if TYPE_CHECKING:
    from leaddesk.core.services.workspace import Workspace

FILE_NAME = "settings.json"
TEXT_SIZES = (100, 125, 150)
"""Percent that text can be scaled to."""


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
        name, company, phone: Of who works here; they stand in the script as `rep.*`.
        role: What they may do; see `domain.roles` for what that is worth.
        playbook: Id of the playbook new calls are held with.
        silent: Show the score at the end of a call only.
        text_percent: How large text is; one of `TEXT_SIZES`.
        lead_columns: Columns of the table of leads with their widths, "name:0 company:180"; empty:
            the usual ones.
        export_for: Id of the system leads were written for last; `export_safe`: or for a
            spreadsheet.
    """

    theme: Theme = Theme.SYSTEM
    country: str = ""
    name: str = ""
    company: str = ""
    phone: str = ""
    role: Role = Role.REP
    playbook: str = playbooks.USUAL
    silent: bool = False
    text_percent: int = 100
    lead_columns: str = ""
    export_for: str = ""
    export_safe: bool = False

    @property
    def rep(self) -> Rep:
        """Who works here."""
        return Rep(self.name, self.company, self.phone, self.role)


def apply_settings(work: "Workspace", settings: Settings) -> None:
    """Work as these settings say from now on."""
    work.rep = settings.rep
    work.is_silent = settings.silent
    playbooks.choose(work, settings.playbook)


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
    values: dict[str, object] = {}
    warnings: list[str] = []
    for field in fields(Settings):
        if field.name in entries:
            value, warning = _READ[field.name](entries.pop(field.name), field.name)
            if not warning:
                values[field.name] = value
            warnings += warning
    unknown = [f"{FILE_NAME}: the setting {key!r} is not known." for key in entries]
    return Settings(**values), (*warnings, *unknown)  # type: ignore[arg-type]  # read by their types


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


_Read = tuple[object, tuple[str, ...]]


def _word(words: type[StrEnum], usual: StrEnum) -> Callable[[object, str], _Read]:
    """Return how one of a few words is read."""

    def read(found: object, name: str) -> _Read:
        try:
            return words(str(found)), ()
        except ValueError:
            allowed = ", ".join(words)
            return usual, (f"{FILE_NAME}: {name} is {found!r}; it can be {allowed}.",)

    return read


def _country(found: object, name: str) -> _Read:
    text = str(found).strip().upper()
    if not text or (len(text) == 2 and text.isascii() and text.isalpha()):  # noqa: PLR2004 - alpha-2
        return text, ()
    return "", (f"{FILE_NAME}: {name} is {found!r}; it has to be two letters, such as DE.",)


def _text(found: object, name: str) -> _Read:
    if isinstance(found, str):
        return " ".join(found.split()), ()
    return "", (f"{FILE_NAME}: {name} is {found!r}; it has to be a text.",)


def _flag(found: object, name: str) -> _Read:
    if isinstance(found, bool):
        return found, ()
    return False, (f"{FILE_NAME}: {name} is {found!r}; it has to be true or false.",)


def _percent(found: object, name: str) -> _Read:
    if found in TEXT_SIZES and not isinstance(found, bool):
        return found, ()
    allowed = ", ".join(map(str, TEXT_SIZES))
    return 100, (f"{FILE_NAME}: {name} is {found!r}; it can be {allowed}.",)


_READ: dict[str, Callable[[object, str], _Read]] = {
    "theme": _word(Theme, Theme.SYSTEM),
    "country": _country,
    "name": _text,
    "company": _text,
    "phone": _text,
    "role": _word(Role, Role.REP),
    "playbook": _text,
    "silent": _flag,
    "text_percent": _percent,
    "lead_columns": _text,
    "export_for": _text,
    "export_safe": _flag,
}
