# SPDX-License-Identifier: MIT
"""Decides what the Settings view shows, and what becomes of a change. Knows no widget.

A change is written and applied on the database thread, in the order it was made: each starts from
what is on disk, so two changes close together never lose one another.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Final, Protocol

from leaddesk.core.domain.roles import Role
from leaddesk.core.services import playbooks
from leaddesk.core.services.changes import Changes
from leaddesk.core.services.settings import (
    TEXT_SIZES,
    Settings,
    Theme,
    apply_settings,
    load_settings,
    save_settings,
)
from leaddesk.ui.presenters.desk import Desk

if TYPE_CHECKING:
    from leaddesk.core.services.workspace import Workspace

ROLES: Final = (
    (Role.REP.value, "Rep"),
    (Role.LEAD.value, "Team lead"),
    (Role.ADMIN.value, "Administrator"),
)
ROLE_NOTE: Final = (
    "A rep calls and decides; a team lead or an administrator may also call in spite of a block,"
    " publish playbooks and see others\u2019 figures \u2013 which on your own machine is an"
    " agreement between colleagues, not a lock."
)
THEMES: Final = (
    (Theme.SYSTEM.value, "As the system"),
    (Theme.LIGHT.value, "Light"),
    (Theme.DARK.value, "Dark"),
)
SIZES: Final = tuple((str(percent), f"{percent} %") for percent in TEXT_SIZES)


@dataclass(frozen=True, slots=True)
class SettingsScreen:
    """The settings as they are on disk, and what there is to choose from.

    Attributes:
        playbook: Id of the playbook that new calls are held with.
        playbooks: (id, title) of those offered.
        playbook_note: Which of the team's own cannot be used, and why; empty: all can.
    """

    settings: Settings
    playbook: str
    playbooks: tuple[tuple[str, str], ...]
    playbook_note: str = ""


class SettingsView(Protocol):
    """What the presenter asks of the view."""

    def show_settings(self, screen: SettingsScreen) -> None:
        """Show the settings; a text that is being typed stays as it is."""


class SettingsPresenter:
    """One per Settings view.

    Args:
        use: Told the settings as soon as they are on disk, for what the window takes from them.
    """

    def __init__(
        self, view: SettingsView, desk: Desk, use: Callable[[Settings], None] = lambda _all: None
    ) -> None:
        self._view = view
        self._desk = desk
        self._use = use

    def refresh(self) -> None:
        """Show what is on disk."""
        self._desk.run(_read, self._view.show_settings)

    def change(self, key: str, text: str) -> None:
        """Take over the new text, or the id chosen, of the setting `key`."""
        edit = _CHANGES[key]
        self._keep(lambda settings: edit(settings, text))

    def change_silent(self, *, on: bool) -> None:
        """Show the score at the end of a call only, or all the time."""
        self._keep(lambda settings: replace(settings, silent=on))

    def _keep(self, edit: Callable[[Settings], Settings]) -> None:
        self._desk.change(partial(_keep, edit=edit), self._kept, self._not_kept, self)

    def _kept(self, screen: SettingsScreen) -> None:
        self._use(screen.settings)
        self._view.show_settings(screen)

    def _not_kept(self, error: Exception) -> None:
        """Say why, and show again what is in force."""
        self._desk.show_error(error)
        self.refresh()


def _named(settings: Settings, text: str) -> Settings:
    return replace(settings, name=_tidy(text))


def _of_company(settings: Settings, text: str) -> Settings:
    return replace(settings, company=_tidy(text))


def _reached_at(settings: Settings, text: str) -> Settings:
    return replace(settings, phone=_tidy(text))


def _from_country(settings: Settings, text: str) -> Settings:
    return replace(settings, country=text)


def _in_role(settings: Settings, text: str) -> Settings:
    return replace(settings, role=Role(text))


def _calling_with(settings: Settings, text: str) -> Settings:
    return replace(settings, playbook=text)


def _in_colours(settings: Settings, text: str) -> Settings:
    return replace(settings, theme=Theme(text))


def _in_size(settings: Settings, text: str) -> Settings:
    return replace(settings, text_percent=int(text))


_CHANGES: Mapping[str, Callable[[Settings, str], Settings]] = {
    "name": _named,
    "company": _of_company,
    "phone": _reached_at,
    "country": _from_country,
    "role": _in_role,
    "playbook": _calling_with,
    "theme": _in_colours,
    "text_percent": _in_size,
}


def _tidy(text: str) -> str:
    return " ".join(text.split())


def _read(work: "Workspace") -> SettingsScreen:
    return _screen(work, load_settings(work.profile)[0])


def _keep(
    work: "Workspace", edit: Callable[[Settings], Settings]
) -> tuple[SettingsScreen, Changes]:
    """Write and apply the settings edited, where that changes any."""
    before = load_settings(work.profile)[0]
    after = edit(before)
    if after != before:
        save_settings(work.profile, after)
        apply_settings(work, after)
    return _screen(work, after), Changes(queue=after.rep != before.rep)


def _screen(work: "Workspace", settings: Settings) -> SettingsScreen:
    offered = tuple((book.id, book.title) for book in playbooks.offered(work))
    note = " ".join(playbooks.refused(work))
    return SettingsScreen(settings, playbooks.active(work).id, offered, note)
